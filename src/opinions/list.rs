//! Opinions as they are read: of one task, and those that wait for somebody.

use uuid::Uuid;

use super::model::Opinion;
use super::store;
use crate::db::TenantConn;
use crate::domain::access::{Act, Acting, Role, Visible, may};
use crate::error::{Denial, Result};

/// Which opinions are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpinionFilter {
    /// Those that wait for a unit's answer.
    Waiting,
    /// Those that were answered and are to be read.
    Answered,
    /// Those that are closed.
    Closed,
}

impl OpinionFilter {
    /// Every one, in the order of the list's links.
    pub const ALL: [Self; 3] = [Self::Waiting, Self::Answered, Self::Closed];

    /// The code in an address.
    pub fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Answered => "answered",
            Self::Closed => "closed",
        }
    }

    /// The filter of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|filter| filter.code() == code)
    }
}

/// What whoever acts is to read or to answer: of a unit what its tasks were asked, of a leader the answers to their own;
/// the Office reads everything. The most urgent first, at most 200.
///
/// # Errors
/// The database's.
pub fn select(conn: &mut TenantConn<'_>, acting: &Acting, filter: OpinionFilter) -> Result<Vec<Opinion>> {
    let leader = match (acting.role, filter) {
        (Role::Leader, OpinionFilter::Answered) => Some(acting.actor.clone()),
        _ => None,
    };
    match acting.visible() {
        Visible::Tenant => store::select(conn, None, leader, filter),
        Visible::Unit(unit) => store::select(conn, Some(unit), leader, filter),
        Visible::Nothing => Ok(Vec::new()),
    }
}

/// The opinions on a task, the latest first. Whether the reader sees the task is asked before.
///
/// # Errors
/// The database's.
pub fn of_task(conn: &mut TenantConn<'_>, task: Uuid) -> Result<Vec<Opinion>> {
    store::of_task(conn, task)
}

/// The opinion of an id; whether the reader sees its task is asked with the task.
///
/// # Errors
/// There is none.
pub fn one(conn: &mut TenantConn<'_>, id: Uuid) -> Result<Opinion> {
    Ok(store::one(conn, id)?.ok_or(Denial::NotFound)?)
}

/// Whether somebody may close an opinion, or ask again: the Office, whoever gave it, and whose it is.
pub fn may_close(acting: &Acting, opinion: &Opinion) -> bool {
    let is_own = opinion.given_by == acting.actor
        || acting.person.is_some_and(|person| opinion.leader_id == Some(person));
    may(acting.role, Act::DirectTasks) && (acting.role == Role::Office || is_own)
}
