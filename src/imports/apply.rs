//! Writing what was planned: a bounded number of statements, however many tasks there are.

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::plan::PlannedTask;
use super::records::{self, Frame};
use super::state::{Fields, SheetState};
use crate::db::TenantConn;
use crate::error::Result;
use crate::journal::{self, Entry, OPERATOR};
use crate::tasks::{self, Coordination};
use crate::units::{NewUnit, Unit};

/// An import ready to be written.
pub(super) struct Outcome {
    pub import: Uuid,
    pub tasks: Vec<PlannedTask>,
}

/// Tasks written at a time: what they are made into on the way to the database is several times their size.
const BATCH: usize = 1_000;

/// Writes rows, coordinating units, facts and the journal.
pub(super) fn apply(conn: &mut TenantConn<'_>, outcome: &Outcome) -> Result<()> {
    let touched: Vec<&PlannedTask> = outcome.tasks.iter().filter(|task| task.is_to_be_written()).collect();
    touched.chunks(BATCH).try_for_each(|batch| apply_batch(conn, outcome.import, batch))
}

fn apply_batch(conn: &mut TenantConn<'_>, import: Uuid, touched: &[&PlannedTask]) -> Result<()> {
    let states: Vec<SheetState> =
        touched.iter().map(|task| SheetState::of(task.merged.next.clone())).collect::<Result<_>>()?;
    let both: Vec<(&PlannedTask, &SheetState)> = touched.iter().copied().zip(&states).collect();
    let rows: Vec<_> = both
        .iter()
        .map(|(task, state)| records::row(conn, frame(conn, task), state, task.merged.imported.clone()))
        .collect();
    tasks::save(conn, &rows)?;
    coordinations(conn, &both)?;
    facts(conn, import, &both)?;
    let entries: Vec<Entry> = touched
        .iter()
        .filter(|task| task.is_new() || task.is_changed())
        .map(|task| entry(import, task))
        .collect();
    journal::append(conn, &entries)
}

fn frame(conn: &TenantConn<'_>, task: &PlannedTask) -> Frame {
    let (version, created_at) = match &task.known {
        Some(known) => (known.row.version + i32::from(task.is_changed()), known.row.created_at),
        None => (1, conn.now()),
    };
    Frame { id: task.id, code: task.code.clone(), version, created_at }
}

/// The ids of the tasks in which a field changes, and what `make` makes of each of them.
fn changing<T>(
    both: &[(&PlannedTask, &SheetState)],
    field: &str,
    make: impl Fn(&PlannedTask, &SheetState) -> Option<T>,
) -> (Vec<Uuid>, Vec<T>) {
    let changing: Vec<_> = both.iter().filter(|(task, _)| task.changes(field)).collect();
    let ids = changing.iter().map(|(task, _)| task.id).collect();
    (ids, changing.iter().filter_map(|(task, state)| make(task, state)).collect())
}

fn coordinations(conn: &mut TenantConn<'_>, both: &[(&PlannedTask, &SheetState)]) -> Result<()> {
    let (ids, rows) = changing(both, "coordinating", |task, state| {
        Some(
            state
                .coordinating
                .iter()
                .map(|unit| Coordination { task_id: task.id, unit_id: *unit })
                .collect::<Vec<_>>(),
        )
    });
    if ids.is_empty() { Ok(()) } else { tasks::replace_coordinations(conn, &ids, &rows.concat()) }
}

fn facts(conn: &mut TenantConn<'_>, import: Uuid, both: &[(&PlannedTask, &SheetState)]) -> Result<()> {
    let tenant = conn.tenant().uuid();
    let (ids, rows) =
        changing(both, "extended_to", |task, state| records::extension(tenant, task.id, import, state));
    if !ids.is_empty() {
        tasks::replace_imported_extensions(conn, &ids, &rows)?;
    }
    let (ids, rows) =
        changing(both, "status", |task, state| records::submission(tenant, task.id, import, state));
    if !ids.is_empty() {
        tasks::replace_imported_submissions(conn, &ids, &rows)?;
    }
    let (ids, rows) =
        changing(both, "status", |task, state| records::exclusion(tenant, task.id, import, state));
    if ids.is_empty() { Ok(()) } else { tasks::replace_imported_exclusions(conn, &ids, &rows) }
}

/// A task's journal entry: of a new one all it is, of a changed one the fields that changed.
fn entry(import: Uuid, task: &PlannedTask) -> Entry {
    let part = |fields: &Fields| -> Value {
        let kept = fields.iter().filter(|(field, _)| task.changes(field));
        Value::Object(kept.map(|(field, value)| (field.clone(), value.clone())).collect::<Map<_, _>>())
    };
    Entry {
        actor: OPERATOR.to_owned(),
        act: if task.is_new() { "task.create" } else { "task.change" },
        subject: "task",
        subject_id: Some(task.id),
        import_id: Some(import),
        before: task.known.as_ref().map(|known| part(&known.now)),
        after: Some(part(&task.merged.next)),
    }
}

/// Writes the units that were made or changed into the journal.
pub(super) fn journal_units(
    conn: &mut TenantConn<'_>,
    import: Uuid,
    new: &[NewUnit],
    changed: &[(Unit, NewUnit)],
) -> Result<()> {
    let entry = |unit: &NewUnit, act: &'static str, before: Option<Value>, after: Value| Entry {
        actor: OPERATOR.to_owned(),
        act,
        subject: "unit",
        subject_id: Some(unit.id),
        import_id: Some(import),
        before,
        after: Some(after),
    };
    let made = new.iter().map(|unit| entry(unit, "unit.create", None, Value::Object(shown_new(unit))));
    let changed = changed.iter().map(|(old, unit)| {
        let (mut before, mut after) = (shown_old(old), shown_new(unit));
        let same: Vec<String> =
            before.iter().filter(|(k, v)| after.get(*k) == Some(*v)).map(|(k, _)| k.clone()).collect();
        for field in same {
            before.remove(&field);
            after.remove(&field);
        }
        entry(unit, "unit.change", Some(Value::Object(before)), Value::Object(after))
    });
    journal::append(conn, &made.chain(changed).collect::<Vec<_>>())
}

fn shown_old(unit: &Unit) -> Fields {
    shown(
        [("name", Some(&unit.name)), ("short_name", Some(&unit.short_name))],
        unit.kind.as_ref(),
        unit.mailbox.as_ref(),
    )
}

fn shown_new(unit: &NewUnit) -> Fields {
    shown(
        [("name", Some(&unit.name)), ("short_name", Some(&unit.short_name))],
        unit.kind.as_ref(),
        unit.mailbox.as_ref(),
    )
}

fn shown(names: [(&str, Option<&String>); 2], kind: Option<&String>, mailbox: Option<&String>) -> Fields {
    let all = names.into_iter().chain([("kind", kind), ("mailbox", mailbox)]);
    all.map(|(field, value)| (field.to_owned(), json!(value))).collect()
}
