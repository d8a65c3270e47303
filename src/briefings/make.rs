//! Computing the whole of a briefing from the facts, in a handful of statements.

use std::collections::{BTreeSet, HashSet};

use chrono::NaiveDate;
use uuid::Uuid;

use super::actions::counted;
use super::dashboard::{Earlier, TrendMonth};
use super::draft::Draft;
use super::opening::Start;
use super::request::Request;
use super::seen::Seen;
use super::store;
use super::telling::{campaigns, coverage, government, next, reasons, told};
use super::whole::{DayTold, ExtensionTold, FORMAT, Government, PlacedTold, RULES, TrendTold, Whole};
use crate::calendar::{self, CalendarDay};
use crate::db::TenantConn;
use crate::domain::briefing::{Cell, Figures, UnitFigures, UnitRef};
use crate::domain::flow::{Flow, Placed, Source};
use crate::error::Result;
use crate::tasks::{self, AsOf};
use crate::tenants::Settings;
use crate::units;

/// How often it is computed when facts change meanwhile.
const TRIES: u32 = 3;

/// Which tasks are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listed {
    /// Of those that the briefing names, the first of each table: so many, those with as many days late included.
    First(usize),
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
    let earlier = Earlier::of(request.month, settings.period_kind);
    let seen = Seen::read(
        conn,
        &earlier.days(),
        &start.published_ids(),
        opening_on,
        closing_on,
        start.published_at(),
    )?;
    let opening = start.opening(draft, &seen);
    let flow = seen.flow(&opening);
    add_ended(conn, &mut figures, &flow)?;
    let extensions = store::surroundings::extensions(conn, cut.period.first, cut.cutoff)?;
    let government = government(conn, &cut, closing_on)?;
    let overdue = seen.overdue();
    let named = named(listed, &seen, &flow, &extensions, &government);
    let tasks = told(conn, listed, &named, closing_on, &opening.published)?;
    let trend = earlier.trend(request, figures.key.standings.overdue, &seen.overdue_on);
    let typed = draft.opening.as_ref().filter(|_| opening.before.source == Source::Typed);
    Ok(Whole {
        format: FORMAT,
        rules: RULES.to_owned(),
        tenant: settings.name.clone(),
        superior: settings.paper_head.superior.clone(),
        place: settings.paper_head.place.clone(),
        named: None,
        calendar: special(&calendar_days, opening.before.cutoff, cut.next.last),
        typed: typed.map(|typed| typed.totals(figures.key.standings.overdue, &flow.totals().lines)),
        unplaced: flow.unplaced().collect(),
        flow: placed(&flow),
        before: opening.before,
        reasons: reasons(conn, &overdue)?,
        next: next(&figures, &cells),
        campaigns: campaigns(conn, &cut, settings.due_soon_days)?,
        coverage: coverage(conn, &figures, &working, closing_on)?,
        trend: trend.iter().map(trend_told).collect(),
        blocks: draft.blocks.clone(),
        differences: Vec::new(),
        figures,
        tasks,
        government,
        extensions,
    })
}

/// The tasks that are told: those of the flow and of the tables, or the first of each table.
fn named(
    listed: Listed,
    seen: &Seen,
    flow: &Flow,
    extensions: &[ExtensionTold],
    government: &Government,
) -> BTreeSet<Uuid> {
    let (overdue, most) = match listed {
        Listed::First(most) => (seen.latest(most), most),
        Listed::Named | Listed::Everything => {
            (flow.placed().iter().map(|placed| placed.task).collect(), usize::MAX)
        }
    };
    let extended = extensions.iter().take(most).map(|told| told.task);
    let given = government.tasks.iter().take(most).copied();
    overdue.into_iter().chain(flow.unplaced().take(most)).chain(extended).chain(given).collect()
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

fn trend_told(month: &TrendMonth) -> TrendTold {
    TrendTold { month: month.month, cutoff: month.cutoff, overdue: month.overdue }
}
