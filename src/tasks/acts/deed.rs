//! What the journal tells of an act on a task: the values that changed, before and after.

use std::collections::HashMap;

use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::db::TenantConn;
use crate::domain::deadline::written;
use crate::domain::life::Step;
use crate::error::Result;
use crate::journal::{self, Entry};
use crate::tasks::{TaskRow, store};

use super::By;

/// What an act changed beside the columns of the row, or says of itself.
#[derive(Debug, Default)]
pub(in crate::tasks) struct Telling {
    /// Values before.
    pub before: Map<String, Value>,
    /// Values after.
    pub after: Map<String, Value>,
}

impl Telling {
    /// A value that the act says of itself, when it does.
    pub fn say(&mut self, field: &str, value: impl Into<Option<Value>>) {
        if let Some(value) = value.into() {
            self.after.insert(field.to_owned(), value);
        }
    }

    /// Whether nothing was said.
    pub fn is_silent(&self) -> bool {
        self.before.is_empty() && self.after.is_empty()
    }

    /// A value that changed.
    pub fn change(&mut self, field: &str, before: Value, after: Value) {
        if before != after {
            self.before.insert(field.to_owned(), before);
            self.after.insert(field.to_owned(), after);
        }
    }
}

/// The values of a row as the journal tells them, under the codes that imports use too.
fn values(row: &TaskRow, names: &HashMap<Uuid, String>) -> Map<String, Value> {
    let name = |id: Option<Uuid>| id.map(|id| names.get(&id).cloned().unwrap_or_else(|| id.to_string()));
    let level = row.level.as_ref().map(|level| json!({ "level": level, "words": row.level_words }));
    let words = row.due_words.clone().or_else(|| row.original_due_on.map(written));
    let due = words
        .map(|words| json!({ "words": words, "on": row.original_due_on, "precision": row.due_precision }));
    let values = [
        ("title", json!(row.title)),
        ("category", json!(row.category)),
        ("field", json!(row.field)),
        ("parent", json!(row.parent_id)),
        ("labels", json!(row.labels)),
        ("source_number", json!(row.source_number)),
        ("source_date", json!(row.source_date)),
        ("source_kind", json!(row.source_kind)),
        ("source_abstract", json!(row.source_abstract)),
        ("source_issuer", json!(row.source_issuer)),
        ("urgency", json!(row.source_urgency)),
        ("unit", json!(row.lead_unit_id)),
        ("leader", json!(name(row.leader_id))),
        ("contact", json!(name(row.contact_id))),
        ("follower", json!(name(row.follower_id))),
        ("product", json!(row.product)),
        ("level", json!(level)),
        ("assigned_on", json!(row.assigned_on)),
        ("due", json!(due)),
        ("status", json!({ "status": row.status, "completed_on": row.completed_on })),
        ("percent", json!(row.percent)),
        ("obstacles", json!(row.obstacles)),
        ("product_number", json!(row.product_number)),
        ("product_date", json!(row.product_date)),
        ("note", json!(row.note)),
        ("deleted", json!(row.deleted_at.is_some())),
    ];
    values.into_iter().map(|(field, value)| (field.to_owned(), value)).collect()
}

/// What a new task says of itself: every value that is not blank.
pub(in crate::tasks) fn told(row: &TaskRow, names: &HashMap<Uuid, String>) -> Map<String, Value> {
    let is_said = |value: &Value| match value {
        Value::Null | Value::Bool(false) => false,
        Value::Array(items) => !items.is_empty(),
        _ => true,
    };
    values(row, names).into_iter().filter(|(_, value)| is_said(value)).collect()
}

/// The people that rows name.
pub(in crate::tasks) fn named<'a>(rows: impl IntoIterator<Item = &'a TaskRow>) -> Vec<Uuid> {
    let of = |row: &'a TaskRow| [row.leader_id, row.contact_id, row.follower_id].into_iter().flatten();
    let mut ids: Vec<Uuid> = rows.into_iter().flat_map(of).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// The journal's entry of an act on a task.
pub(in crate::tasks) fn entry(by: &By<'_>, act: &'static str, task: Uuid, telling: Telling) -> Entry {
    let some = |values: Map<String, Value>| (!values.is_empty()).then_some(Value::Object(values));
    Entry {
        actor: by.acting.actor.clone(),
        act,
        subject: "task",
        subject_id: Some(task),
        import_id: None,
        before: some(telling.before),
        after: some(telling.after),
    }
}

/// Writes a row that an act changed, with the next version, and tells the journal.
pub(in crate::tasks) fn finish(
    conn: &mut TenantConn<'_>,
    by: &By<'_>,
    step: Step,
    before: &TaskRow,
    after: TaskRow,
    mut telling: Telling,
) -> Result<TaskRow> {
    let after = TaskRow { version: before.version + 1, updated_at: conn.now(), ..after };
    store::rows::change(conn, &after)?;
    let names = store::people::names(conn, &named([before, &after]))?;
    let (old, new) = (values(before, &names), values(&after, &names));
    for (field, value) in new {
        let was = old.get(&field).cloned().unwrap_or(Value::Null);
        telling.change(&field, was, value);
    }
    journal::append(conn, &[entry(by, step.journal_act(), after.id, telling)])?;
    Ok(after)
}
