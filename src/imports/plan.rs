//! Which task each row is, and what the import does to it.

use std::collections::{HashMap, HashSet, VecDeque};

use serde_json::Value;
use uuid::Uuid;

use super::actions::Conflict;
use super::merge::{self, Merged};
use super::records::{self, Known};
use super::rows::{Cell, TaskRow as SheetRow};
use super::state::{self, Before, Fields};
use crate::db::TenantConn;
use crate::domain::words::{fold, key};
use crate::error::Result;
use crate::ids::new_id;
use crate::tasks::{self, RowKey};

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
    /// What the sheet says where that conflicts; the rest is merged.
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
        let conflict = |field: Option<&str>, in_sheet, in_product| Conflict {
            sheet: self.sheet.clone(),
            row: self.row,
            code: self.code.clone(),
            field: field.map(str::to_owned),
            in_sheet,
            in_product,
        };
        if self.known.as_ref().is_some_and(|known| known.row.deleted_at.is_some()) {
            return vec![conflict(None, Value::Null, Value::Null)];
        }
        let value = |fields: &Fields, field: &str| named(fields.get(field).unwrap_or(&Value::Null), names);
        let both = self.merged.conflicts.iter();
        both.map(|field| conflict(Some(field), value(&self.said, field), value(&self.merged.next, field)))
            .collect()
    }
}

/// A value with units by their short names.
fn named(value: &Value, names: &HashMap<Uuid, String>) -> Value {
    match value {
        Value::String(text) => {
            let unit = text.parse::<Uuid>().ok().and_then(|id| names.get(&id));
            Value::String(unit.unwrap_or(text).clone())
        }
        Value::Array(items) => items.iter().map(|item| named(item, names)).collect(),
        other => other.clone(),
    }
}

/// Finds the task of each row and merges the row into it.
///
/// New tasks without a code get one only when `give` says so: a dry run takes no numbers.
pub(super) fn plan(conn: &mut TenantConn<'_>, rows: &[SheetRow], give: bool) -> Result<Vec<PlannedTask>> {
    let mut known = known_tasks(conn, rows)?;
    let unwritten = state::unwritten();
    let mut tasks = Vec::with_capacity(rows.len());
    for (position, row) in rows.iter().enumerate() {
        let known = known.remove(&position);
        let (now, imported) = match &known {
            Some(known) => (&known.now, &known.imported),
            None => (&unwritten, &unwritten),
        };
        let said = state::said(row, Before { now, imported })?;
        let deleted = known.as_ref().is_some_and(|known| known.row.deleted_at.is_some());
        // A task that was deleted here stays so, whatever the sheet says.
        let merged = if deleted { untouched(now, imported) } else { merge::merge(now, imported, &said) };
        let conflicting = said.into_iter().filter(|(field, _)| merged.conflicts.contains(field)).collect();
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
            said: conflicting,
        });
    }
    if give {
        give_codes(conn, &mut tasks)?;
    }
    Ok(tasks)
}

fn untouched(now: &Fields, imported: &Fields) -> Merged {
    Merged { next: now.clone(), imported: imported.clone(), ..Merged::default() }
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
        let by_code: HashMap<String, Uuid> = found.iter().map(|task| (key(&task.code), task.id)).collect();
        for (position, row) in rows.iter().enumerate() {
            if let Some(id) = row.code.value().and_then(|code| by_code.get(&key(code))) {
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
    let tasks = tasks::keys_of_units(conn, &units)?;
    let mut positions = HashMap::new();
    // First by what the last import read of a task, then by what it is now: an edit in the product makes
    // no new task of the row it came from.
    let imported = tasks.iter().filter_map(|task| Some((task.id, task.imported.clone()?)));
    match_in_order(&bare, imported, &mut positions);
    let now = tasks.iter().map(|task| (task.id, task.now.clone()));
    match_in_order(&bare, now, &mut positions);
    Ok(positions)
}

/// Gives rows that are matched to no task yet the tasks of the same key, in their order.
fn match_in_order(
    rows: &[(usize, &SheetRow)],
    tasks: impl Iterator<Item = (Uuid, RowKey)>,
    positions: &mut HashMap<Uuid, usize>,
) {
    let mut queues: HashMap<RowKey, VecDeque<Uuid>> = HashMap::new();
    for (id, key) in tasks.filter(|(id, _)| !positions.contains_key(id)).collect::<Vec<_>>() {
        queues.entry(key).or_default().push_back(id);
    }
    let matched: HashSet<usize> = positions.values().copied().collect();
    for (position, row) in rows.iter().filter(|(position, _)| !matched.contains(position)) {
        let key = RowKey {
            source_number: row.source_number.value().map(|number| fold(number)),
            lead_unit_id: row.unit,
            title_key: fold(&row.title),
        };
        if let Some(id) = queues.get_mut(&key).and_then(VecDeque::pop_front) {
            positions.insert(id, *position);
        }
    }
}

/// Gives codes of ours to new tasks that came without one.
fn give_codes(conn: &mut TenantConn<'_>, tasks: &mut [PlannedTask]) -> Result<()> {
    let without: Vec<&mut PlannedTask> = tasks.iter_mut().filter(|task| task.code.is_empty()).collect();
    let codes = tasks::fresh_codes(conn, without.len())?;
    for (task, code) in without.into_iter().zip(codes) {
        task.code = code;
    }
    Ok(())
}
