//! What looks like a slip in a task that somebody enters: shown, and asked about once.

use chrono::NaiveDate;
use uuid::Uuid;

use super::new::NewTask;
use super::read::Naming;
use super::typed::TaskTyped;
use crate::db::TenantConn;
use crate::domain::similarity::{ALIKE, similarity, telling_words};
use crate::domain::task::{ProductKind, is_urgent};
use crate::domain::words::fold;
use crate::error::Result;
use crate::tasks::{TaskRow, store};

/// A term is short below so many working days.
const SHORT_TERM: u32 = 2;
/// How many similar tasks are shown.
const SHOWN: usize = 5;
/// How many words of a title are looked for in others.
const WORDS: usize = 8;

/// A doubt about what was entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warning {
    /// From the assignment to the deadline there are only so many working days.
    ShortTerm(u32),
    /// Nothing says what the task shall end in.
    NoResult,
    /// It is assigned on a day to come.
    FutureAssignment(NaiveDate),
    /// Open tasks have almost this title.
    Duplicates(Vec<Similar>),
}

/// An open task with almost the same title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Similar {
    /// The task.
    pub id: Uuid,
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: String,
}

impl Warning {
    /// The code by which a form says that it was heeded.
    pub fn code(&self) -> &'static str {
        match self {
            Self::ShortTerm(_) => "short_term",
            Self::NoResult => "no_result",
            Self::FutureAssignment(_) => "future_assignment",
            Self::Duplicates(_) => "duplicates",
        }
    }
}

/// Whether there is a warning that was not shown and heeded before.
pub(super) fn is_unheeded(warnings: &[Warning], typed: &TaskTyped) -> bool {
    let is_heeded = |warning: &Warning| typed.heeded.iter().flatten().any(|code| code == warning.code());
    !warnings.iter().all(is_heeded)
}

/// The doubts about a new task.
pub(super) fn of_new(conn: &mut TenantConn<'_>, naming: &Naming, new: &NewTask) -> Result<Vec<Warning>> {
    let mut found: Vec<Warning> =
        [short_term(naming, new), no_result(new), future(naming, new)].into_iter().flatten().collect();
    found.extend(duplicates(conn, &fold(&new.title), None)?);
    Ok(found)
}

/// The doubts about a change: only those about what it changes.
pub(super) fn of_change(
    conn: &mut TenantConn<'_>,
    naming: &Naming,
    before: &TaskRow,
    new: &NewTask,
) -> Result<Vec<Warning>> {
    let is_other_day = new.assigned_on != before.assigned_on;
    let is_other_due = new.due.due_on != before.original_due_on || is_other_day;
    let mut found = Vec::new();
    found.extend(short_term(naming, new).filter(|_| is_other_due));
    found.extend(no_result(new).filter(|_| new.product.code() != before.product));
    found.extend(future(naming, new).filter(|_| is_other_day));
    let title_key = fold(&new.title);
    if title_key != before.title_key {
        found.extend(duplicates(conn, &title_key, Some(before.id))?);
    }
    Ok(found)
}

fn short_term(naming: &Naming, new: &NewTask) -> Option<Warning> {
    let (start, due) = (new.assigned_on?, new.due.due_on?);
    let days = naming.calendar.working_days_between(start, due);
    let is_urgent = new.source.urgency.as_deref().is_some_and(is_urgent);
    (days < SHORT_TERM && !is_urgent).then_some(Warning::ShortTerm(days))
}

fn no_result(new: &NewTask) -> Option<Warning> {
    (new.product == ProductKind::Other).then_some(Warning::NoResult)
}

fn future(naming: &Naming, new: &NewTask) -> Option<Warning> {
    new.assigned_on.filter(|on| *on > naming.today).map(Warning::FutureAssignment)
}

/// Open tasks whose titles are alike, the most alike first.
fn duplicates(conn: &mut TenantConn<'_>, title_key: &str, own: Option<Uuid>) -> Result<Option<Warning>> {
    let words = telling_words(title_key, WORDS);
    if words.is_empty() {
        return Ok(None);
    }
    let mut alike: Vec<_> = store::entering::with_words(conn, title_key, &words, own)?
        .into_iter()
        .map(|found| (similarity(&found.title_key, title_key), found))
        .filter(|(part, _)| *part >= ALIKE)
        .collect();
    alike.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    let similar =
        |found: store::entering::Titled| Similar { id: found.id, code: found.code, title: found.title };
    let shown: Vec<Similar> = alike.into_iter().take(SHOWN).map(|(_, found)| similar(found)).collect();
    Ok((!shown.is_empty()).then_some(Warning::Duplicates(shown)))
}
