//! What an import does to one task: the sheet against the task as it is now and as the last import read
//! it (DOMAIN §2, "A sheet's other rules").
//!
//! An absent column touches nothing. A blank cell clears only what an import had set. What was changed
//! in the product since the last import is a conflict, reported and not overwritten.

use serde_json::Value;

use super::state::Fields;

/// The outcome for one task.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Merged {
    /// The task afterwards.
    pub next: Fields,
    /// What this import has read, for the next one to compare with.
    pub imported: Fields,
    /// The fields that change.
    pub changed: Vec<String>,
    /// The fields in which sheet and product disagree; the product's value stands.
    pub conflicts: Vec<String>,
}

/// Merges the fields a sheet has columns for into a task.
pub(super) fn merge(now: &Fields, imported: &Fields, sheet: &Fields) -> Merged {
    let mut merged = Merged { next: now.clone(), imported: imported.clone(), ..Merged::default() };
    for (field, said) in sheet {
        let current = now.get(field).unwrap_or(&Value::Null);
        let before = imported.get(field).unwrap_or(&Value::Null);
        if said == current {
            merged.imported.insert(field.clone(), said.clone());
        } else if current == before {
            merged.next.insert(field.clone(), said.clone());
            merged.imported.insert(field.clone(), said.clone());
            merged.changed.push(field.clone());
        } else if !(is_blank(said) && is_blank(before)) {
            merged.conflicts.push(field.clone());
        }
    }
    merged
}

/// Nothing there: no value, or a list of none.
fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn fields(value: Value) -> Fields {
        match value {
            Value::Object(map) => map,
            _ => Fields::new(),
        }
    }

    fn outcome(now: Value, imported: Value, sheet: Value) -> (Value, Vec<String>, Vec<String>) {
        let merged = merge(&fields(now), &fields(imported), &fields(sheet));
        (Value::Object(merged.next), merged.changed, merged.conflicts)
    }

    #[test]
    fn an_absent_column_touches_nothing() {
        let (next, changed, conflicts) = outcome(json!({"note": "a"}), json!({"note": "a"}), json!({}));
        assert_eq!((next, changed.len(), conflicts.len()), (json!({"note": "a"}), 0, 0));
    }

    #[test]
    fn a_blank_cell_clears_what_an_import_had_set() {
        let (next, changed, _) = outcome(json!({"note": "a"}), json!({"note": "a"}), json!({"note": null}));
        assert_eq!((next, changed), (json!({"note": null}), vec!["note".to_owned()]));
    }

    #[test]
    fn a_blank_cell_leaves_what_was_written_in_the_product() {
        let (next, changed, conflicts) = outcome(json!({"note": "a"}), json!({}), json!({"note": null}));
        assert_eq!((next, changed.len(), conflicts.len()), (json!({"note": "a"}), 0, 0));
    }

    #[test]
    fn a_change_in_the_product_is_a_conflict_and_stays() {
        let (next, changed, conflicts) =
            outcome(json!({"note": "mine"}), json!({"note": "old"}), json!({"note": "sheet"}));
        assert_eq!((next, changed.len()), (json!({"note": "mine"}), 0));
        assert_eq!(conflicts, ["note"]);
    }

    #[test]
    fn a_change_that_both_made_alike_is_none() {
        let (_, changed, conflicts) =
            outcome(json!({"note": "new"}), json!({"note": "old"}), json!({"note": "new"}));
        assert_eq!((changed.len(), conflicts.len()), (0, 0));
    }

    fn any_fields() -> impl Strategy<Value = Fields> {
        proptest::collection::btree_map("[a-c]", proptest::option::of("[xy]"), 0..4)
            .prop_map(|map| map.into_iter().map(|(k, v)| (k, json!(v))).collect())
    }

    proptest! {
        #[test]
        fn the_same_sheet_again_changes_nothing(now in any_fields(), imported in any_fields(), sheet in any_fields()) {
            let once = merge(&now, &imported, &sheet);
            let twice = merge(&once.next, &once.imported, &sheet);
            prop_assert!(twice.changed.is_empty());
            prop_assert_eq!(twice.next, once.next);
            prop_assert_eq!(twice.conflicts, once.conflicts);
        }
    }
}
