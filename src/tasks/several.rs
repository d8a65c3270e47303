//! Taking several tasks in hand for one act, in a handful of statements however many they are.

use std::collections::HashMap;

use uuid::Uuid;

use super::TaskRow;
use super::open::check;
use super::store::several;
use crate::db::TenantConn;
use crate::domain::access::{Act, Acting, relation};
use crate::error::{Denial, Result};

/// The tasks of these ids in this order, locked until the transaction ends.
///
/// # Errors
/// One is not there, or not seen by whoever acts; they may not do this to one.
pub fn open_several(
    conn: &mut TenantConn<'_>,
    acting: &Acting,
    act: Act,
    ids: &[Uuid],
) -> Result<Vec<TaskRow>> {
    let mut found: HashMap<Uuid, TaskRow> =
        several::lock(conn, ids)?.into_iter().map(|task| (task.id, task)).collect();
    let coordinating = several::coordinating(conn, ids)?;
    let given = several::given_to(conn, ids, acting.person)?;
    let mut opened = Vec::with_capacity(ids.len());
    for id in ids {
        let task = found.remove(id).ok_or(Denial::NotFound)?;
        let units: Vec<Uuid> =
            coordinating.iter().filter(|(task, _)| task == id).map(|(_, unit)| *unit).collect();
        let tie = relation(acting.unit, task.lead_unit_id, &units, given.contains(id));
        check(acting, act, tie)?;
        opened.push(task);
    }
    Ok(opened)
}

/// Notes that tasks were changed: their versions rise.
///
/// # Errors
/// The database's.
pub fn touch(conn: &mut TenantConn<'_>, ids: &[Uuid]) -> Result<()> {
    several::touch(conn, ids)
}

/// Gives tasks the deadline that their extensions give; their versions rise.
///
/// # Errors
/// The database's.
pub fn restate_due(conn: &mut TenantConn<'_>, ids: &[Uuid]) -> Result<()> {
    several::restate_due(conn, ids)
}
