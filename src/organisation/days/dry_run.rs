//! What a change of the calendar would do before it is done: days, terms that end on another day, and deadlines whose
//! due-soon mark would come on another day.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::lines::DayChanges;
use crate::calendar::{self, CalendarDay};
use crate::db::TenantConn;
use crate::error::Result;
use crate::recurrences::{self, Term, TermMove};
use crate::tasks::{self, DueAhead, StandingFilter, TaskFilterInput};
use crate::tenants::Settings;
use crate::units;

/// A day of which something else would be said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayChanged {
    /// The day.
    pub day: NaiveDate,
    /// What is said of it.
    pub before: Option<CalendarDay>,
    /// What would be.
    pub after: Option<CalendarDay>,
}

/// Terms that would end on another day, those of one day and another together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermMoved {
    /// When they end.
    pub from: NaiveDate,
    /// When they would.
    pub to: NaiveDate,
    /// How many.
    pub tasks: u64,
    /// The units that lead them.
    pub units: BTreeSet<Uuid>,
}

/// Deadlines of one day that would be due soon from another day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkMoved {
    /// The deadline.
    pub due_on: NaiveDate,
    /// Since when they are due soon, not before today.
    pub from: NaiveDate,
    /// Since when they would be.
    pub to: NaiveDate,
    /// How many tasks.
    pub tasks: u64,
    /// The units that lead them.
    pub units: BTreeSet<Uuid>,
}

/// A task with a deadline or a mark on another day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touched {
    /// The task.
    pub id: Uuid,
    /// Its code; what it says is not for who looks after the calendar.
    pub code: String,
    /// The lead unit's short name.
    pub unit: String,
    /// The deadline, as it is.
    pub due_on: NaiveDate,
    /// The deadline that it would have; `None`: only the mark comes on another day.
    pub to: Option<NaiveDate>,
}

/// So many of the tasks are named.
const NAMED: usize = 100;

/// What a change would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DryRun {
    /// The days, without those of which the same is said already.
    pub days: Vec<DayChanged>,
    /// The terms.
    pub terms: Vec<TermMoved>,
    /// The due-soon marks.
    pub marks: Vec<MarkMoved>,
    /// The tasks, at most a hundred: first those with another deadline.
    pub touched: Vec<Touched>,
    /// Of all this and of the calendar there is, so that what is confirmed is what was shown.
    pub hash: String,
    pub(super) moves: Vec<TermMove>,
}

impl DryRun {
    pub(super) fn read(
        conn: &mut TenantConn<'_>,
        settings: &Settings,
        changes: &DayChanges,
        today: NaiveDate,
    ) -> Result<Self> {
        let kept = calendar::days(conn)?;
        let days = changed(&kept, changes);
        let (before, after) = (calendar::calendar_of(&kept), calendar::calendar_of(&after(&kept, changes)));
        let terms = recurrences::open_terms(conn, today)?;
        let moves = recurrences::moves(&terms, &before, &after, settings.roll_rule);
        let ahead = tasks::due_ahead(conn, today)?;
        let soon = settings.due_soon_days;
        let marks = marks(&ahead, |due| (before.soon_from(due, soon), after.soon_from(due, soon)), today);
        let terms = term_moves(&moves, &terms);
        let touched = touched(conn, &moves, &marks, today, soon)?;
        let said = format!("{kept:?}\n{days:?}\n{terms:?}\n{moves:?}\n{marks:?}\n{today}");
        Ok(Self { days, terms, marks, touched, hash: hex(&Sha256::digest(said.as_bytes())), moves })
    }

    /// How many deadlines would be others.
    pub fn deadlines(&self) -> u64 {
        self.terms.iter().map(|moved| moved.tasks).sum()
    }

    /// How many due-soon marks would come on another day.
    pub fn marked(&self) -> u64 {
        self.marks.iter().map(|moved| moved.tasks).sum()
    }

    /// The units with a deadline or a mark on another day.
    pub fn units(&self) -> BTreeSet<Uuid> {
        let terms = self.terms.iter().flat_map(|moved| &moved.units);
        terms.chain(self.marks.iter().flat_map(|moved| &moved.units)).copied().collect()
    }
}

/// The first of the tasks that a change touches.
fn touched(
    conn: &mut TenantConn<'_>,
    moves: &[TermMove],
    marks: &[MarkMoved],
    today: NaiveDate,
    soon: u32,
) -> Result<Vec<Touched>> {
    let to: BTreeMap<Uuid, NaiveDate> = moves.iter().map(|moved| (moved.task, moved.to)).collect();
    let ids: Vec<Uuid> = moves.iter().take(NAMED).map(|moved| moved.task).collect();
    let units: BTreeMap<Uuid, String> =
        units::all(conn)?.into_iter().map(|unit| (unit.id, unit.short_name)).collect();
    let mut found: Vec<Touched> = Vec::new();
    for task in tasks::by_ids(conn, &ids)? {
        let unit = units.get(&task.lead_unit_id).cloned().unwrap_or_default();
        let Some(due_on) = task.due_on else { continue };
        found.push(Touched { id: task.id, code: task.code, unit, due_on, to: to.get(&task.id).copied() });
    }
    found.sort_by(|one, other| (one.due_on, &one.code).cmp(&(other.due_on, &other.code)));
    let dues: BTreeSet<NaiveDate> = marks.iter().map(|moved| moved.due_on).collect();
    let (Some(first), Some(last)) = (dues.first(), dues.last()) else { return Ok(found) };
    let asked = TaskFilterInput {
        standing: Some(StandingFilter::Pending),
        due_from: Some(*first),
        due_to: Some(*last),
        ..TaskFilterInput::default()
    };
    let listed = tasks::page(conn, today, soon, asked, tasks::LONGEST_PAGE, None)?.items;
    let marked = listed.into_iter().filter(|task| !to.contains_key(&task.id)).filter_map(|task| {
        let due_on = task.due_on.filter(|due| dues.contains(due))?;
        Some(Touched { id: task.id, code: task.code, unit: task.unit, due_on, to: None })
    });
    found.extend(marked);
    found.truncate(NAMED);
    Ok(found)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The days of which something else is said.
fn changed(kept: &[CalendarDay], changes: &DayChanges) -> Vec<DayChanged> {
    let before: BTreeMap<NaiveDate, &CalendarDay> = kept.iter().map(|kept| (kept.day, kept)).collect();
    changes
        .iter()
        .map(|(day, after)| DayChanged {
            day: *day,
            before: before.get(day).copied().cloned(),
            after: after.clone(),
        })
        .filter(|changed| changed.before != changed.after)
        .collect()
}

/// The days as they would be.
fn after(kept: &[CalendarDay], changes: &DayChanges) -> Vec<CalendarDay> {
    let rest = kept.iter().filter(|kept| !changes.contains_key(&kept.day)).cloned();
    rest.chain(changes.values().flatten().cloned()).collect()
}

fn marks(
    ahead: &[DueAhead],
    since: impl Fn(NaiveDate) -> (NaiveDate, NaiveDate),
    today: NaiveDate,
) -> Vec<MarkMoved> {
    let mut found: BTreeMap<NaiveDate, MarkMoved> = BTreeMap::new();
    for due in ahead {
        let moved = found.entry(due.due_on).or_insert_with(|| {
            let (from, to) = since(due.due_on);
            // What is due soon already stays so, whenever it came to be.
            let (from, to) = (from.max(today), to.max(today));
            MarkMoved { due_on: due.due_on, from, to, tasks: 0, units: BTreeSet::new() }
        });
        moved.tasks += due.tasks.unsigned_abs();
        moved.units.insert(due.unit);
    }
    found.into_values().filter(|moved| moved.from != moved.to).collect()
}

fn term_moves(moves: &[TermMove], terms: &[Term]) -> Vec<TermMoved> {
    let units: BTreeMap<Uuid, Uuid> = terms.iter().map(|term| (term.task, term.unit)).collect();
    let mut found: BTreeMap<(NaiveDate, NaiveDate), TermMoved> = BTreeMap::new();
    for one in moves {
        let moved = found.entry((one.from, one.to)).or_insert_with(|| TermMoved {
            from: one.from,
            to: one.to,
            tasks: 0,
            units: BTreeSet::new(),
        });
        moved.tasks += 1;
        moved.units.extend(units.get(&one.task));
    }
    found.into_values().collect()
}
