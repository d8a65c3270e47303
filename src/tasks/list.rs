//! The list of a day: the rows behind every number.

use chrono::NaiveDate;

use super::cursor::Cursor;
use super::filter::{StandingFilter, TaskFilter, TaskFilterInput};
use super::model::TaskListed;
use super::store;
use super::store::at::AsOf;
use crate::calendar;
use crate::db::TenantConn;
use crate::domain::briefing::StandingCounts;
use crate::domain::standing::Standing;
use crate::error::Result;
use crate::units;

/// The most tasks of a page.
pub const LONGEST_PAGE: u32 = 200;

/// So many tasks that words were found in are named to the database one by one; more are looked for with all.
const MOST_FOUND: usize = 10_000;

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskPage {
    /// The tasks, in the order asked for.
    pub items: Vec<TaskListed>,
    /// The cursor of the next page; `None` on the last.
    pub next: Option<String>,
}

/// A page of a list and the figures above it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// The page.
    pub page: TaskPage,
    /// How the tasks stand that match everything asked but the standing.
    pub counts: StandingCounts,
    /// How many tasks match everything asked.
    pub total: u64,
}

/// The tasks of a day that match, most days overdue first, then by deadline and code.
///
/// # Errors
/// No such unit.
pub fn list(
    conn: &mut TenantConn<'_>,
    day: NaiveDate,
    due_soon_days: u32,
    asked: TaskFilterInput,
) -> Result<Vec<TaskListed>> {
    let filter = ready(conn, day, due_soon_days, asked)?;
    store::list::list(conn, &filter)
}

/// The tasks of a day that match, in the order asked for: at most `limit` of them (1 to [`LONGEST_PAGE`]), from behind a cursor on.
///
/// # Errors
/// No such unit.
pub fn page(
    conn: &mut TenantConn<'_>,
    day: NaiveDate,
    due_soon_days: u32,
    asked: TaskFilterInput,
    limit: u32,
    after: Option<&Cursor>,
) -> Result<TaskPage> {
    let filter = ready(conn, day, due_soon_days, asked)?;
    page_of(conn, &filter, limit, after)
}

fn page_of(
    conn: &mut TenantConn<'_>,
    filter: &TaskFilter,
    limit: u32,
    after: Option<&Cursor>,
) -> Result<TaskPage> {
    let limit = limit.clamp(1, LONGEST_PAGE);
    // One more than is shown tells whether there is a next page.
    let mut items = store::list::page(conn, filter, limit + 1, after)?;
    let shown = usize::try_from(limit).unwrap_or(usize::MAX);
    let has_more = items.len() > shown;
    items.truncate(shown);
    let last = items.last().filter(|_| has_more);
    let next = last.map(|(_, cursor)| cursor.encode(filter.as_of.day, &filter.asked));
    Ok(TaskPage { items: items.into_iter().map(|(task, _)| task).collect(), next })
}

/// A page of a list with what stands above it: how many tasks there are, and how they stand.
///
/// # Errors
/// No such unit.
pub fn listing(
    conn: &mut TenantConn<'_>,
    day: NaiveDate,
    due_soon_days: u32,
    asked: TaskFilterInput,
    limit: u32,
    after: Option<&Cursor>,
) -> Result<Listing> {
    let mut filter = ready(conn, day, due_soon_days, asked)?;
    let page = page_of(conn, &filter, limit, after)?;
    let standing = filter.asked.standing.take();
    let counts = store::counts::counts(conn, &filter)?;
    let total = match standing {
        None => counts.total(),
        Some(standing) => match counted(standing, &counts) {
            Some(total) => total,
            None => {
                filter.asked.standing = Some(standing);
                store::counts::counts(conn, &filter)?.total()
            }
        },
    };
    Ok(Listing { page, counts, total })
}

/// How many tasks a standing lets through, when the counts tell.
fn counted(standing: StandingFilter, counts: &StandingCounts) -> Option<u64> {
    Some(match standing {
        StandingFilter::Is(Standing::CompletedOnTime) => counts.completed_on_time,
        StandingFilter::Is(Standing::CompletedLate) => counts.completed_late,
        StandingFilter::Is(Standing::WithinTerm) => counts.within_term,
        StandingFilter::Is(Standing::Overdue) => counts.overdue,
        StandingFilter::Is(Standing::NoDeadline) => counts.no_deadline,
        StandingFilter::Is(Standing::Outside) => counts.outside,
        StandingFilter::DueSoon => counts.due_soon,
        StandingFilter::Waiting => counts.waiting,
        StandingFilter::InProgress => counts.within_term + counts.overdue,
        StandingFilter::Counted => counts.total() - counts.outside,
        StandingFilter::DueToday
        | StandingFilter::Pending
        | StandingFilter::Reached
        | StandingFilter::OnTimeOriginal => return None,
    })
}

/// How many tasks stand how that match everything asked but the standing.
///
/// # Errors
/// No such unit.
pub fn counts(
    conn: &mut TenantConn<'_>,
    day: NaiveDate,
    due_soon_days: u32,
    asked: TaskFilterInput,
) -> Result<StandingCounts> {
    let asked = TaskFilterInput { standing: None, ..asked };
    let filter = ready(conn, day, due_soon_days, asked)?;
    store::counts::counts(conn, &filter)
}

pub(super) fn ready(
    conn: &mut TenantConn<'_>,
    day: NaiveDate,
    due_soon_days: u32,
    asked: TaskFilterInput,
) -> Result<TaskFilter> {
    let unit = match &asked.unit {
        Some(name) => Some(units::find(conn, name)?.id),
        None => None,
    };
    let soon_until = calendar::working_calendar(conn)?.soon_horizon(day, due_soon_days);
    let found = match asked.q.as_ref().filter(|q| !q.is_blank()) {
        Some(q) => store::list::found(conn, q, MOST_FOUND)?,
        None => None,
    };
    Ok(TaskFilter { as_of: AsOf { day, soon_until }, unit, found, asked })
}
