//! The deadlines of open turns, which were computed from the calendar: where they end when it is another.

use chrono::NaiveDate;
use uuid::Uuid;

use super::store;
use crate::db::TenantConn;
use crate::domain::calendar::{RollRule, WorkingCalendar};
use crate::domain::recurrence::{Rule, Turn};
use crate::error::Result;
use crate::tasks;

pub use crate::tasks::DueMove as TermMove;

/// An open task of a turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The task.
    pub task: Uuid,
    /// The unit that leads it.
    pub unit: Uuid,
    /// By which rule it came.
    pub rule: Rule,
    /// The day that the rule named.
    pub named_on: NaiveDate,
    /// Its deadline, never extended.
    pub due_on: NaiveDate,
}

/// The open tasks of turns that are due on a day or later and were never extended.
///
/// # Errors
/// The database's.
pub fn open_terms(conn: &mut TenantConn<'_>, day: NaiveDate) -> Result<Vec<Term>> {
    store::open_terms(conn, day)
}

/// Which of the terms end on another day when the calendar is another: only those that end where the present one says.
/// What somebody set otherwise stays.
pub fn moves(
    terms: &[Term],
    before: &WorkingCalendar,
    after: &WorkingCalendar,
    roll: RollRule,
) -> Vec<TermMove> {
    let moved = terms.iter().filter_map(|term| {
        let turn = Turn::of(term.rule.every(), term.named_on);
        let due = |calendar| Some(term.rule.in_turn(turn, calendar, roll)?.due_on);
        let (from, to) = (due(before)?, due(after)?);
        (from == term.due_on && to != from).then_some(TermMove { task: term.task, from, to })
    });
    moved.collect()
}

/// Gives terms the deadlines they have by the new calendar.
///
/// # Errors
/// The database's.
pub fn move_terms(conn: &mut TenantConn<'_>, actor: &str, moves: &[TermMove]) -> Result<()> {
    tasks::put_off(conn, actor, moves)
}
