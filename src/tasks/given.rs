//! Deadlines that were computed from the calendar, when it is another.

use chrono::NaiveDate;
use serde_json::json;

use super::store::given::{self, DueMove};
use crate::db::TenantConn;
use crate::error::Result;
use crate::journal::{self, Entry};

/// Gives open tasks another deadline where the one they have was computed from the calendar: it was never extended, and
/// it is the original one still. What is otherwise by now stays as it is.
///
/// # Errors
/// The database's.
pub fn put_off(conn: &mut TenantConn<'_>, actor: &str, moves: &[DueMove]) -> Result<()> {
    if moves.is_empty() {
        return Ok(());
    }
    let moved = given::move_due(conn, moves)?;
    let due = |on: NaiveDate| Some(json!({ "due": { "on": on } }));
    let entry = |one: &DueMove| Entry {
        actor: actor.to_owned(),
        act: "task.change",
        subject: "task",
        subject_id: Some(one.task),
        import_id: None,
        before: due(one.from),
        after: due(one.to),
    };
    let entries: Vec<Entry> = moves.iter().filter(|one| moved.contains(&one.task)).map(entry).collect();
    journal::append(conn, &entries)
}
