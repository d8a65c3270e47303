//! Taking one task in hand to change it: it is there, this reader sees it, may do this to it, and means the version that
//! it has. Every act on one task begins here.

use uuid::Uuid;

use super::TaskRow;
use super::store::{detail, open};
use crate::db::TenantConn;
use crate::domain::access::{Act, Acting, Relation, Visible, allows_on, relation};
use crate::error::{Denial, Refusal, Result};

/// How whoever acts stands to a task.
///
/// # Errors
/// The database's.
pub fn relation_to(conn: &mut TenantConn<'_>, acting: &Acting, task: &TaskRow) -> Result<Relation> {
    let ties = open::ties(conn, task.id, acting.person)?;
    Ok(relation(acting.unit, task.lead_unit_id, &ties.coordinating, ties.is_given))
}

/// The task, to read what belongs to it.
///
/// # Errors
/// It is not there, or not seen by them.
pub fn seen_by(conn: &mut TenantConn<'_>, acting: &Acting, id: Uuid) -> Result<TaskRow> {
    let task = detail::row(conn, id)?.ok_or(Denial::NotFound)?;
    let relation = relation_to(conn, acting, &task)?;
    check(acting, Act::ReadTasks, relation)?;
    Ok(task)
}

/// The task, locked until the transaction ends. `version` is the one that whoever acts has read; `None` for an act that
/// whatever was changed meanwhile does not matter to.
///
/// # Errors
/// It is not there, or not seen by them; they may not do this to it; somebody has changed it meanwhile.
pub fn open_for(
    conn: &mut TenantConn<'_>,
    acting: &Acting,
    act: Act,
    id: Uuid,
    version: Option<i32>,
) -> Result<TaskRow> {
    let task = open::lock(conn, id)?.ok_or(Denial::NotFound)?;
    let relation = relation_to(conn, acting, &task)?;
    check(acting, act, relation)?;
    match version {
        Some(version) if version != task.version => Err(Refusal::Stale(task.version).into()),
        _ => Ok(task),
    }
}

/// Nothing, when whoever acts sees a task that they stand so to, and may do this to it.
pub(super) fn check(acting: &Acting, act: Act, relation: Relation) -> Result<()> {
    let is_seen = match acting.visible() {
        Visible::Tenant => true,
        Visible::Unit(_) => relation != Relation::Other,
        Visible::Nothing => false,
    };
    if !is_seen {
        return Err(Denial::NotFound.into());
    }
    if allows_on(acting.role, act, relation) { Ok(()) } else { Err(Denial::NotPermitted.into()) }
}
