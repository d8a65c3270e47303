//! Computing the whole of a briefing from the facts, in a handful of statements.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::actions::counted;
use super::dashboard::{self, TrendMonth};
use super::draft::Draft;
use super::opening::{Opening, Start};
use super::request::Request;
use super::store;
use super::telling::{coverage, government, next, reasons, told};
use super::whole::{DayTold, FORMAT, PlacedTold, RULES, TrendTold, Whole};
use crate::calendar::{self, CalendarDay};
use crate::db::TenantConn;
use crate::domain::briefing::{Cell, Figures, UnitFigures, UnitRef};
use crate::domain::flow::{Between, Flow, OnDay, Placed, Source};
use crate::domain::standing::StandingView;
use crate::error::Result;
use crate::tasks::{self, AsOf, Chosen, Mark, Sight, TaskListed};
use crate::tenants::Settings;
use crate::units;

/// How often it is computed when facts change meanwhile.
const TRIES: u32 = 3;

/// Which tasks are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listed {
    /// Those that the briefing names.
    Named,
    /// Every key task, so that every figure has its rows.
    Everything,
}

/// The whole of a month's briefing as its draft stands. When facts change meanwhile it is computed again.
///
/// # Errors
/// The figures don't add up; the database's.
pub fn whole(
    conn: &mut TenantConn<'_>,
    settings: &Settings,
    request: Request,
    draft: &Draft,
    listed: Listed,
) -> Result<Whole> {
    for _ in 1..TRIES {
        let before = tasks::revision(conn)?;
        let made = compute(conn, settings, request, draft, listed)?;
        if tasks::revision(conn)?.number == before.number {
            return Ok(made);
        }
    }
    compute(conn, settings, request, draft, listed)
}

pub(super) fn compute(
    conn: &mut TenantConn<'_>,
    settings: &Settings,
    request: Request,
    draft: &Draft,
    listed: Listed,
) -> Result<Whole> {
    let calendar_days = calendar::days(conn)?;
    let working = calendar::calendar_of(&calendar_days);
    let (mut figures, cells) = counted(conn, settings, request)?;
    let cut = figures.cut;
    let closing_on = AsOf { day: cut.cutoff, soon_until: cut.soon_until };
    let start = Start::find(conn, settings, request, draft)?;
    let opening_on =
        AsOf { day: start.cutoff, soon_until: working.soon_horizon(start.cutoff, settings.due_soon_days) };
    let overdue = store::flow::overdue(conn, &[opening_on.day, closing_on.day])?;
    let mut named: BTreeSet<Uuid> = overdue.values().flatten().copied().collect();
    named.extend(start.published_ids());
    let ids: Vec<Uuid> = named.iter().copied().collect();
    let seen = Seen::read(conn, &ids, opening_on, closing_on, start.published_at())?;
    let opening = start.opening(draft, &seen.then);
    let flow = Flow::over(ids.into_iter().map(|id| seen.between(id, &opening)));
    named = flow.placed().iter().map(|placed| placed.task).collect();
    add_ended(conn, &mut figures, &flow)?;
    let extensions = store::surroundings::extensions(conn, cut.period.first, cut.cutoff)?;
    let government = government(conn, &cut, closing_on)?;
    named.extend(extensions.iter().map(|told| told.task));
    named.extend(&government.tasks);
    let tasks = told(conn, listed, &named, closing_on, &opening.published)?;
    let trend = trend(conn, settings, request, &figures)?;
    let counts = tasks::campaign_counts(conn, cut.cutoff, settings.due_soon_days)?;
    let typed = draft.opening.as_ref().filter(|_| opening.before.source == Source::Typed);
    Ok(Whole {
        format: FORMAT,
        rules: RULES.to_owned(),
        tenant: settings.name.clone(),
        named: None,
        calendar: special(&calendar_days, opening.before.cutoff, cut.next.last),
        typed: typed.map(|typed| typed.totals(figures.key.standings.overdue, &flow.totals().lines)),
        unplaced: flow.unplaced().collect(),
        flow: placed(&flow),
        before: opening.before,
        reasons: reasons(conn, overdue.get(&cut.cutoff).map(Vec::as_slice).unwrap_or_default())?,
        next: next(&figures, &cells),
        campaigns: store::surroundings::campaigns(conn, cut.period, cut.cutoff, &counts)?,
        coverage: coverage(conn, &figures, &working, closing_on)?,
        trend,
        blocks: draft.blocks.clone(),
        differences: Vec::new(),
        figures,
        tasks,
        government,
        extensions,
    })
}

/// Adds the units that overdue tasks came from, and that have ended since without anything left in their name.
fn add_ended(conn: &mut TenantConn<'_>, figures: &mut Figures, flow: &Flow) -> Result<()> {
    let known: HashSet<Uuid> = figures.units.iter().map(|unit| unit.unit.id).collect();
    let ends = flow.placed().iter().flat_map(|placed| [placed.from, placed.to]).flatten();
    let gone: HashSet<Uuid> = ends.filter(|unit| !known.contains(unit)).collect();
    if !gone.is_empty() {
        let ended = units::all(conn)?.into_iter().filter(|unit| gone.contains(&unit.id));
        figures.units.extend(ended.map(|unit| UnitFigures {
            unit: UnitRef { id: unit.id, short_name: unit.short_name, name: unit.name },
            key: Cell::default(),
            all: Cell::default(),
        }));
    }
    Ok(())
}

/// The special days of the calendar from one day to another.
fn special(days: &[CalendarDay], first: NaiveDate, last: NaiveDate) -> Vec<DayTold> {
    let within = days.iter().filter(|day| (first..=last).contains(&day.day));
    within.map(|day| DayTold { day: day.day, kind: day.kind }).collect()
}

fn placed(flow: &Flow) -> Vec<PlacedTold> {
    let told = |placed: &Placed| {
        let line = placed.line?;
        Some(PlacedTold { task: placed.task, line, from: placed.from, to: placed.to })
    };
    flow.placed().iter().filter_map(told).collect()
}

fn trend(
    conn: &mut TenantConn<'_>,
    settings: &Settings,
    request: Request,
    figures: &Figures,
) -> Result<Vec<TrendTold>> {
    let overdue = figures.key.standings.overdue;
    let months = dashboard::trend(conn, request, settings.period_kind, overdue)?;
    let told = |at: &TrendMonth| TrendTold { month: at.month, cutoff: at.cutoff, overdue: at.overdue };
    Ok(months.iter().map(told).collect())
}

/// The tasks of both ends on both days.
struct Seen {
    then: HashMap<Uuid, Sight>,
    now: HashMap<Uuid, Sight>,
    marks: HashMap<Uuid, Mark>,
    recategorised: HashSet<Uuid>,
}

impl Seen {
    fn read(
        conn: &mut TenantConn<'_>,
        ids: &[Uuid],
        opening: AsOf,
        closing: AsOf,
        published_at: Option<DateTime<Utc>>,
    ) -> Result<Self> {
        let by_id = |sights: Vec<Sight>| sights.into_iter().map(|sight| (sight.task.id, sight)).collect();
        Ok(Self {
            then: by_id(tasks::sights(conn, Chosen::Ids(ids), opening)?),
            now: by_id(tasks::sights(conn, Chosen::Ids(ids), closing)?),
            marks: tasks::marks(conn, ids, closing.day)?,
            recategorised: match published_at {
                Some(since) => store::flow::recategorised(conn, ids, since)?,
                None => HashSet::new(),
            },
        })
    }

    fn between(&self, id: Uuid, opening: &Opening) -> Between {
        let mark = self.marks.get(&id);
        let on_day = |sight: &Sight| OnDay {
            unit: sight.unit,
            view: view(&sight.task),
            outside: mark.and_then(|mark| mark.outside),
        };
        Between {
            id,
            opening: opening.tasks.get(&id).copied(),
            then: self.then.get(&id).map(on_day),
            now: self.now.get(&id).map(on_day),
            is_key: mark.is_some_and(|mark| mark.is_key),
            // One that was counted then was a key task already.
            made_key: self.recategorised.contains(&id) && !opening.counted.contains(&id),
            is_deleted: mark.is_none_or(|mark| mark.is_deleted),
        }
    }
}

fn view(task: &TaskListed) -> StandingView {
    StandingView {
        standing: task.standing,
        due_on: task.due_on,
        completed_on: task.completed_on,
        waiting_since: task.waiting_since,
        days_late: task.days_late,
        due_soon: task.due_soon,
    }
}
