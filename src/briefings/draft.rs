//! The author's part of a month's briefing: cut-off, opening, and what is written under the figures.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::json;

use super::request::Days;
use super::store;
use super::whole::{Blocks, ReportedTotals, TotalsTold};
use crate::db::TenantConn;
use crate::domain::flow::{Effect, Line};
use crate::domain::period::Month;
use crate::domain::prose;
use crate::error::{ParameterFault, ParameterProblem, Refusal, Result};
use crate::journal::{self, Entry};
use crate::params::{Faults, Params};

/// The most characters of a block.
pub const LONGEST_BLOCK: usize = 4_000;

/// The largest total that is typed.
const MOST: u32 = 1_000_000;

/// What is kept of a month that is not published yet, or is to be corrected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The month.
    pub month: Month,
    /// The cut-off chosen; `None`: the usual one.
    pub cutoff: Option<NaiveDate>,
    /// What the author wrote.
    pub blocks: Blocks,
    /// The cut-off before, where no published briefing says it.
    pub opening_on: Option<NaiveDate>,
    /// The opening's totals as typed.
    pub opening: Option<TypedOpening>,
    /// The day on which the clock made it.
    pub made_on: Option<NaiveDate>,
    /// Raised by each change; 0: nothing is kept yet.
    pub version: i32,
}

impl Draft {
    /// The draft of a month of which nothing is kept.
    pub fn blank(month: Month) -> Self {
        Self {
            month,
            cutoff: None,
            blocks: Blocks::default(),
            opening_on: None,
            opening: None,
            made_on: None,
            version: 0,
        }
    }
}

/// Totals of the briefing before, typed by an office that began in mid-year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedOpening {
    /// Overdue key tasks.
    pub overdue: u64,
    /// How many stand on lines of the flow; when there is none, the lines are counted from the tasks.
    pub lines: BTreeMap<Line, u64>,
    /// What the same report said of all tasks.
    pub all: Option<ReportedTotals>,
}

impl TypedOpening {
    /// The totals with the closing as counted; `counted` are the lines of the tasks.
    pub fn totals(&self, closing: u64, counted: &BTreeMap<Line, u64>) -> TotalsTold {
        let lines = if self.lines.is_empty() { counted.clone() } else { self.lines.clone() };
        let lines = lines.into_iter().filter(|(line, _)| line.effect() != Effect::Stays).collect();
        TotalsTold { opening: self.overdue, closing, lines }
    }
}

/// The form of a draft, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs)] // The fields are those of the form.
pub struct DraftTyped {
    pub cutoff: String,
    pub results: String,
    pub causes: String,
    pub proposals: String,
    pub opening_on: String,
    pub opening: String,
    /// Totals of all tasks, in the order of [`REPORTED`].
    pub reported: [String; 5],
    pub lines: BTreeMap<Line, String>,
    pub version: String,
}

/// The fields of what a report made elsewhere said of all tasks.
pub const REPORTED: [&str; 5] =
    ["opening_tasks", "opening_completed", "opening_within_term", "opening_no_deadline", "opening_outside"];

/// The name of a line's field.
pub fn field_of(line: Line) -> String {
    format!("line_{}", line.code())
}

/// The lines that may be typed.
pub fn typed_lines() -> impl Iterator<Item = Line> {
    Line::ALL.iter().copied().filter(|line| line.effect() != Effect::Stays)
}

impl DraftTyped {
    /// Takes a form's fields.
    pub fn take(params: &mut Params) -> Self {
        let mut text = |name: &str| params.text(name).unwrap_or_default();
        Self {
            cutoff: text("cutoff"),
            results: text("results"),
            causes: text("causes"),
            proposals: text("proposals"),
            opening_on: text("opening_on"),
            opening: text("opening"),
            reported: REPORTED.map(&mut text),
            version: text("version"),
            lines: typed_lines().map(|line| (line, text(&field_of(line)))).collect(),
        }
    }

    /// Checks it.
    ///
    /// # Errors
    /// Every fault at once.
    pub fn check(&self, month: Month, days: Days) -> std::result::Result<Draft, Vec<ParameterFault>> {
        let mut faults = Faults::default();
        let (first, last) = (month.period(days.kind).first, month.next().period(days.kind).last);
        let cutoff = faults.date("cutoff", &self.cutoff);
        if cutoff.is_some_and(|cutoff| cutoff < first || last.min(days.today) < cutoff) {
            faults.add("cutoff", ParameterProblem::OutOfRange(first, last.min(days.today)));
        }
        let opening_on = faults.date("opening_on", &self.opening_on);
        let latest = cutoff.unwrap_or_else(|| days.usual_cutoff(month));
        if opening_on.is_some_and(|opening| opening >= latest) {
            let earliest = Month::new(1990, 1).map_or(latest, Month::first);
            faults.add("opening_on", ParameterProblem::OutOfRange(earliest, latest));
        }
        let mut block = |name, typed: &String| block(&mut faults, name, typed);
        let blocks = Blocks {
            results: block("results", &self.results),
            causes: block("causes", &self.causes),
            proposals: block("proposals", &self.proposals),
        };
        let overdue = total(&mut faults, "opening", &self.opening);
        let mut lines = BTreeMap::new();
        for (line, typed) in &self.lines {
            lines.extend(total(&mut faults, &field_of(*line), typed).map(|count| (*line, count)));
        }
        let all = reported(&mut faults, &self.reported);
        if overdue.is_some() && opening_on.is_none() && self.opening_on.is_empty() {
            faults.add("opening_on", ParameterProblem::Missing);
        }
        if overdue.is_none() && (all.is_some() || !lines.is_empty()) && self.opening.is_empty() {
            faults.add("opening", ParameterProblem::Missing);
        }
        let version = self.version.parse().unwrap_or(0);
        let opening = overdue.map(|overdue| TypedOpening { overdue, lines, all });
        let draft = Draft { month, cutoff, blocks, opening_on, opening, made_on: None, version };
        if faults.0.is_empty() { Ok(draft) } else { Err(faults.0) }
    }
}

fn block(faults: &mut Faults, name: &str, typed: &str) -> Option<String> {
    prose::read(typed, LONGEST_BLOCK).unwrap_or_else(|prose::TooLong(most)| {
        faults.add(name, ParameterProblem::TooLong(most));
        None
    })
}

/// Totals of all tasks; none when nothing is typed, and what is left blank is nought.
fn reported(faults: &mut Faults, typed: &[String; 5]) -> Option<ReportedTotals> {
    let mut counts = [None; 5];
    for ((count, name), typed) in counts.iter_mut().zip(REPORTED).zip(typed) {
        *count = total(faults, name, typed);
    }
    let [tasks, parts @ ..] = counts;
    if tasks.is_none() && parts.iter().any(Option::is_some) {
        faults.add(REPORTED[0], ParameterProblem::Missing);
    }
    let [completed, within_term, no_deadline, outside] = parts.map(Option::unwrap_or_default);
    tasks.map(|tasks| ReportedTotals { tasks, completed, within_term, no_deadline, outside })
}

fn total(faults: &mut Faults, name: &str, typed: &str) -> Option<u64> {
    let typed = typed.trim();
    if typed.is_empty() {
        return None;
    }
    let count = typed.parse::<u32>().ok().filter(|count| *count <= MOST);
    if count.is_none() {
        faults.add(name, ParameterProblem::NotBetween(0, MOST));
    }
    count.map(u64::from)
}

/// What is kept of a month. Of one that is published the cut-off stays, unless another is kept.
///
/// # Errors
/// The database's.
pub fn draft(conn: &mut TenantConn<'_>, month: Month) -> Result<Draft> {
    let mut draft = store::drafts::find(conn, month)?.unwrap_or_else(|| Draft::blank(month));
    if draft.cutoff.is_none() {
        draft.cutoff = store::published::of_month(conn, month)?.first().map(|last| last.cutoff);
    }
    Ok(draft)
}

/// Every month of which something is kept, the latest first.
///
/// # Errors
/// The database's.
pub fn all(conn: &mut TenantConn<'_>) -> Result<Vec<Draft>> {
    store::drafts::all(conn)
}

/// Makes a month's draft when nothing is kept of it; whether it was made.
///
/// # Errors
/// The database's.
pub fn make(
    conn: &mut TenantConn<'_>,
    actor: &str,
    month: Month,
    cutoff: NaiveDate,
    day: NaiveDate,
) -> Result<bool> {
    if !store::drafts::make(conn, month, cutoff, day, actor)? {
        return Ok(false);
    }
    let told = json!({ "month": month.to_string(), "cutoff": cutoff });
    let entry = Entry { subject: "briefing", ..Entry::operator("briefing.make", told) };
    journal::append(conn, &[Entry { actor: actor.to_owned(), ..entry }])?;
    Ok(true)
}

/// Keeps the author's part of a month; `draft.version` is the one that was read.
///
/// # Errors
/// Somebody has changed it meanwhile; the totals typed of an earlier report don't add up.
pub fn save(conn: &mut TenantConn<'_>, actor: &str, draft: &Draft) -> Result<()> {
    if let Some(TypedOpening { overdue, all: Some(all), .. }) = &draft.opening {
        all.check(*overdue).map_err(Refusal::OutOfBalance)?;
    }
    let before = store::drafts::lock(conn, draft.month, actor)?;
    if before.version != draft.version {
        return Err(Refusal::Stale(before.version).into());
    }
    store::drafts::update(conn, actor, draft)?;
    let told = |draft: &Draft| {
        json!({
            "month": draft.month.to_string(),
            "cutoff": draft.cutoff,
            "results": draft.blocks.results,
            "causes": draft.blocks.causes,
            "proposals": draft.blocks.proposals,
            "opening_on": draft.opening_on,
            "opening": draft.opening.as_ref().map(|opening| opening.overdue),
        })
    };
    let entry = Entry {
        actor: actor.to_owned(),
        act: "briefing.draft",
        subject: "briefing",
        subject_id: None,
        import_id: None,
        before: Some(told(&before)),
        after: Some(told(draft)),
    };
    journal::append(conn, &[entry])
}
