//! The section of a task's page about extensions, opinions and the reason for lateness.

use chrono::NaiveDate;

use super::super::{extensions as desk, late_reasons, opinions as talk};
use crate::auth::Member;
use crate::db::TenantConn;
use crate::domain::access::{Act, allows_on};
use crate::domain::extension::is_extendable;
use crate::domain::task::Status;
use crate::error::Result;
use crate::pages::{Link, TaskDecisions, Words};
use crate::tasks::{self, TaskRow};
use crate::{extensions, opinions};

/// What is asked, directed and explained about a task today, and what the reader may do.
pub(super) fn of(
    conn: &mut TenantConn<'_>,
    w: Words,
    member: &Member,
    row: &TaskRow,
    today: NaiveDate,
) -> Result<TaskDecisions> {
    let relation = tasks::relation_to(conn, &member.acting(), row)?;
    let may = |act: Act| allows_on(member.role, act, relation);
    let link = |text: &str, href: String| Link { text: text.to_owned(), href };
    let extendable = row.due_on.is_some() && Status::from_code(&row.status).is_some_and(is_extendable);
    let extension = match extensions::open_of(conn, row.id)? {
        Some(request) => Some(link(w.extension_waiting(), desk::place(request))),
        None if extendable && may(Act::AskExtensions) => {
            Some(link(w.extension_ask(), format!("{}?task={}", desk::NEW, row.id)))
        }
        None => None,
    };
    let found = opinions::of_task(conn, row.id)?;
    let talks = !found.is_empty() || may(Act::DirectTasks);
    let words = if found.is_empty() { w.opinion_give() } else { w.opinions_all_of_task() };
    let is_said = tasks::lateness(conn, row.id)?.is_said();
    let explains = may(Act::ReportTasks) && tasks::is_late(conn, row.id, today)?;
    Ok(TaskDecisions {
        extension,
        late_prompt: (explains && !is_said).then(|| link(w.late_reason_give(), late_reasons::place(row.id))),
        late_change: (explains && is_said).then(|| link(w.late_reason_change(), late_reasons::place(row.id))),
        opinions: found.iter().map(|opinion| talk::line(w, opinion, today, false)).collect(),
        all: talks.then(|| link(words, talk::task::place(row.id))),
    })
}
