//! SQL of taking one task in hand.

use diesel::prelude::*;
use uuid::Uuid;

use crate::db::TenantConn;
use crate::error::Result;
use crate::schema::{task_assignees, task_coordinators, tasks};
use crate::tasks::TaskRow;

/// What ties a task to units and people beside its lead unit.
pub(in crate::tasks) struct Ties {
    /// The coordinating units.
    pub coordinating: Vec<Uuid>,
    /// Whether the person does it, or is its contact.
    pub is_given: bool,
}

/// The task, unless it was deleted, locked until the transaction ends.
pub(in crate::tasks) fn lock(conn: &mut TenantConn<'_>, id: Uuid) -> Result<Option<TaskRow>> {
    Ok(tasks::table
        .filter(tasks::tenant_id.eq(conn.tenant().uuid()))
        .filter(tasks::id.eq(id))
        .filter(tasks::deleted_at.is_null())
        .select(TaskRow::as_select())
        .for_update()
        .first(conn.pg())
        .optional()?)
}

/// What ties a task to units, and to a person.
pub(in crate::tasks) fn ties(conn: &mut TenantConn<'_>, id: Uuid, person: Option<Uuid>) -> Result<Ties> {
    let tenant = conn.tenant().uuid();
    let coordinating = task_coordinators::table
        .filter(task_coordinators::tenant_id.eq(tenant))
        .filter(task_coordinators::task_id.eq(id))
        .select(task_coordinators::unit_id)
        .load(conn.pg())?;
    let is_assignee = diesel::dsl::exists(
        task_assignees::table
            .filter(task_assignees::tenant_id.eq(tenant))
            .filter(task_assignees::task_id.eq(id))
            .filter(task_assignees::person_id.nullable().eq(person)),
    );
    let is_contact = diesel::dsl::exists(
        tasks::table
            .filter(tasks::tenant_id.eq(tenant))
            .filter(tasks::id.eq(id))
            .filter(tasks::contact_id.eq(person)),
    );
    let (assignee, contact): (bool, bool) =
        diesel::select((is_assignee, is_contact)).get_result(conn.pg())?;
    Ok(Ties { coordinating, is_given: assignee || contact })
}
