//! Which task each row is, and what the import does to it.

use std::collections::{HashMap, VecDeque};

use serde_json::Value;
use uuid::Uuid;

use super::actions::Conflict;
use super::merge::{self, Merged};
use super::records::{self, Known};
use super::rows::{Cell, TaskRow as SheetRow};
use super::state::{self, Fields};
use crate::db::TenantConn;
use crate::domain::words::fold;
use crate::error::Result;
use crate::ids::new_id;
use crate::tasks::{self, TaskKey};

/// A task as the import leaves it.
pub(super) struct PlannedTask {
    pub id: Uuid,
    pub code: String,
    /// What the database has, unless the task is new.
    pub known: Option<Known>,
    pub merged: Merged,
    /// Where it stands in the file.
    pub sheet: String,
    pub row: u32,
    said: Fields,
}

impl PlannedTask {
    pub fn is_new(&self) -> bool {
        self.known.is_none()
    }

    pub fn is_changed(&self) -> bool {
        !self.merged.changed.is_empty()
    }

    /// Whether the row has to be written, if only to remember what was read.
    pub fn is_to_be_written(&self) -> bool {
        self.known.as_ref().is_none_or(|known| self.is_changed() || known.imported != self.merged.imported)
    }

    /// Whether one of these fields changes.
    pub fn changes(&self, field: &str) -> bool {
        self.merged.changed.iter().any(|changed| changed == field)
    }

    /// The disagreements, with units by their short names.
    pub fn conflicts(&self, names: &HashMap<Uuid, String>) -> Vec<Conflict> {
        let shown = |fields: &Fields, field: &str| shown(fields.get(field).unwrap_or(&Value::Null), names);
        self.merged
            .conflicts
            .iter()
            .map(|field| Conflict {
                sheet: self.sheet.clone(),
                row: self.row,
                code: self.code.clone(),
                field: field.clone(),
                in_sheet: shown(&self.said, field),
                in_product: shown(&self.merged.next, field),
            })
            .collect()
    }
}

/// A value as a person reads it: the words of a compound one, the short names of units.
fn shown(value: &Value, names: &HashMap<Uuid, String>) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => {
            let unit = text.parse::<Uuid>().ok().and_then(|id| names.get(&id));
            unit.unwrap_or(text).clone()
        }
        Value::Array(items) => items.iter().map(|item| shown(item, names)).collect::<Vec<_>>().join("; "),
        Value::Object(parts) => {
            let words = parts.get("words").into_iter().chain(parts.get("status"));
            let dates = parts.get("completed_on").into_iter().chain(parts.get("cancelled_on"));
            words
                .chain(dates)
                .filter(|part| !part.is_null())
                .map(|part| shown(part, names))
                .collect::<Vec<_>>()
                .join(" ")
        }
        other => other.to_string(),
    }
}

/// Finds the task of each row and merges the row into it.
pub(super) fn plan(conn: &mut TenantConn<'_>, rows: &[SheetRow]) -> Result<Vec<PlannedTask>> {
    let mut known = known_tasks(conn, rows)?;
    let mut tasks = Vec::with_capacity(rows.len());
    for (position, row) in rows.iter().enumerate() {
        let said = state::said(row)?;
        let known = known.remove(&position);
        let merged = match &known {
            // A task that was deleted here stays so, whatever the sheet says.
            Some(known) if known.row.deleted_at.is_some() => deleted(known),
            Some(known) => merge::merge(&known.now, &known.imported, &said),
            None => merge::merge(&state::unwritten(), &state::unwritten(), &said),
        };
        tasks.push(PlannedTask {
            id: known.as_ref().map_or_else(new_id, |known| known.row.id),
            code: known
                .as_ref()
                .map(|known| known.row.code.clone())
                .or(row.code.value().cloned())
                .unwrap_or_default(),
            known,
            merged,
            sheet: row.sheet.clone(),
            row: row.row,
            said,
        });
    }
    give_codes(conn, &mut tasks)?;
    Ok(tasks)
}

fn deleted(known: &Known) -> Merged {
    Merged {
        next: known.now.clone(),
        imported: known.imported.clone(),
        changed: Vec::new(),
        conflicts: vec!["title".to_owned()],
    }
}

/// The tasks that the database has, by the position of their row: known again by code or, in a sheet
/// without a code column, by document number, lead unit and folded title (DOMAIN §2). Rows alike in all
/// three are matched in their order.
fn known_tasks(conn: &mut TenantConn<'_>, rows: &[SheetRow]) -> Result<HashMap<usize, Known>> {
    let codes: Vec<String> = rows.iter().filter_map(|row| row.code.value().cloned()).collect();
    let mut found = Vec::new();
    let mut position_of: HashMap<Uuid, usize> = HashMap::new();
    if !codes.is_empty() {
        found = tasks::by_codes(conn, &codes)?;
        let by_code: HashMap<&str, Uuid> = found.iter().map(|task| (task.code.as_str(), task.id)).collect();
        for (position, row) in rows.iter().enumerate() {
            if let Some(id) = row.code.value().and_then(|code| by_code.get(code.as_str())) {
                position_of.insert(*id, position);
            }
        }
    }
    let by_key = known_by_key(conn, rows)?;
    if !by_key.is_empty() {
        found.extend(tasks::by_ids(conn, &by_key.keys().copied().collect::<Vec<_>>())?);
        position_of.extend(by_key);
    }
    let known = records::known(conn, found)?;
    Ok(known.into_iter().filter_map(|task| Some((*position_of.get(&task.row.id)?, task))).collect())
}

fn known_by_key(conn: &mut TenantConn<'_>, rows: &[SheetRow]) -> Result<HashMap<Uuid, usize>> {
    let bare: Vec<(usize, &SheetRow)> =
        rows.iter().enumerate().filter(|(_, row)| row.code == Cell::Absent).collect();
    if bare.is_empty() {
        return Ok(HashMap::new());
    }
    let mut units: Vec<Uuid> = bare.iter().map(|(_, row)| row.unit).collect();
    units.sort_unstable();
    units.dedup();
    let mut queues: HashMap<(Option<String>, Uuid, String), VecDeque<Uuid>> = HashMap::new();
    for TaskKey { id, source_number, lead_unit_id, title_key } in tasks::keys_of_units(conn, &units)? {
        queues.entry((source_number, lead_unit_id, title_key)).or_default().push_back(id);
    }
    Ok(bare
        .into_iter()
        .filter_map(|(position, row)| {
            let key = (row.source_number.value().cloned(), row.unit, fold(&row.title));
            Some((queues.get_mut(&key)?.pop_front()?, position))
        })
        .collect())
}

/// Gives codes of ours to new tasks that came without one; a number whose code is taken is passed over.
fn give_codes(conn: &mut TenantConn<'_>, tasks: &mut [PlannedTask]) -> Result<()> {
    let mut without: Vec<&mut PlannedTask> = tasks.iter_mut().filter(|task| task.code.is_empty()).collect();
    while !without.is_empty() {
        let wanted = i32::try_from(without.len()).unwrap_or(i32::MAX);
        let first = tasks::next_numbers(conn, wanted)?;
        let mut codes: Vec<String> = (first..).take(without.len()).map(|n| format!("NV-{n:05}")).collect();
        let taken = tasks::taken_codes(conn, &codes)?;
        codes.retain(|code| !taken.contains(code));
        let rest = without.split_off(codes.len());
        for (task, code) in without.into_iter().zip(codes) {
            task.code = code;
        }
        without = rest;
    }
    Ok(())
}
