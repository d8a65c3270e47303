//! Computing the whole of a briefing from the facts, in a handful of statements.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::{DateTime, Days as Step, NaiveDate, Utc};
use uuid::Uuid;

use super::actions::{self, counted};
use super::dashboard;
use super::draft::Draft;
use super::publish::{self, Published};
use super::request::Request;
use super::store;
use super::whole::{
    Before, Coverage, DayTold, FORMAT, Government, NextTold, PlacedTold, RULES, ReasonTold, TaskTold,
    TrendTold, UnitBefore, Whole,
};
use crate::calendar;
use crate::db::TenantConn;
use crate::domain::briefing::{Cell, CellKey, Cut, Figures};
use crate::domain::calendar::WorkingCalendar;
use crate::domain::flow::{Between, Flow, OnDay, Source};
use crate::domain::standing::{Standing, StandingView};
use crate::domain::task::ProductKind;
use crate::error::Result;
use crate::tasks::{self, AsOf, Chosen, Mark, Sight, TaskListed};
use crate::tenants::Settings;

/// How many working days count as lately.
const LATELY_DAYS: u32 = 5;

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
) -> Result<Whole> {
    for _ in 1..TRIES {
        let before = tasks::revision(conn)?;
        let made = compute(conn, settings, request, draft, Listed::Named)?;
        if tasks::revision(conn)?.number == before.number {
            return Ok(made);
        }
    }
    compute(conn, settings, request, draft, Listed::Named)
}

/// The tasks of a published briefing that stand otherwise at its cut-off by what is known now, as they were published.
///
/// # Errors
/// The database's.
pub fn changed_since(conn: &mut TenantConn<'_>, settings: &Settings, whole: &Whole) -> Result<Vec<TaskTold>> {
    let day = whole.figures.cut.cutoff;
    let soon_until = calendar::working_calendar(conn)?.soon_horizon(day, settings.due_soon_days);
    let now = tasks::sights(conn, Chosen::Key, AsOf { day, soon_until })?;
    let now: HashMap<Uuid, TaskTold> =
        now.into_iter().map(|sight| (sight.task.id, task_told(sight))).collect();
    let differs = |task: &&TaskTold| {
        now.get(&task.id).is_none_or(|now| {
            let of =
                |task: &TaskTold| (task.standing, task.due_on, task.completed_on, task.unit_id, task.product);
            of(now) != of(task)
        })
    };
    let counted = whole.tasks.iter().filter(|task| task.standing.is_some());
    Ok(counted.filter(differs).cloned().collect())
}

/// What the flow begins from.
struct Opening {
    before: Before,
    /// The overdue tasks with their units.
    tasks: HashMap<Uuid, Uuid>,
    /// The tasks as they were published.
    published: Vec<TaskTold>,
    published_at: Option<DateTime<Utc>>,
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
    let (figures, cells) = counted(conn, settings, request)?;
    let cut = figures.cut;
    let closing_on = AsOf { day: cut.cutoff, soon_until: cut.soon_until };
    let overdue = actions::overdue(conn, settings, request)?;
    let opening = opening(conn, settings, request, draft)?;
    let opening_on = AsOf {
        day: opening.before.cutoff,
        soon_until: working.soon_horizon(opening.before.cutoff, settings.due_soon_days),
    };
    let ids: Vec<Uuid> = opening
        .tasks
        .keys()
        .copied()
        .chain(overdue.iter().map(|task| task.id))
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    let seen = Seen::read(conn, &ids, opening_on, closing_on, &opening)?;
    let flow = Flow::over(ids.iter().map(|id| seen.between(*id, &opening)));
    let extensions = store::surroundings::extensions(conn, cut.period.first, cut.cutoff)?;
    let government = government(conn, &cut, closing_on)?;
    let mut named: BTreeSet<Uuid> = ids.into_iter().collect();
    named.extend(extensions.iter().map(|told| told.task));
    named.extend(&government.tasks);
    let tasks = told(conn, listed, &named, closing_on, &opening.published)?;
    let trend = dashboard::trend(conn, request, settings.period_kind, figures.key.standings.overdue)?;
    let counts = tasks::campaign_counts(conn, cut.cutoff, settings.due_soon_days)?;
    let typed = draft.opening.as_ref().filter(|_| opening.before.source == Source::Typed);
    Ok(Whole {
        format: FORMAT,
        rules: RULES.to_owned(),
        tenant: settings.name.clone(),
        named: None,
        calendar: calendar_days
            .iter()
            .filter(|day| (opening.before.cutoff..=cut.next.last).contains(&day.day))
            .map(|day| DayTold { day: day.day, kind: day.kind })
            .collect(),
        typed: typed.map(|typed| typed.totals(figures.key.standings.overdue, &flow.totals().lines)),
        unplaced: flow.unplaced().collect(),
        flow: flow
            .placed()
            .iter()
            .filter_map(|placed| {
                let line = placed.line?;
                Some(PlacedTold { task: placed.task, line, from: placed.from, to: placed.to })
            })
            .collect(),
        before: opening.before,
        reasons: reasons(conn, &overdue)?,
        next: next(&figures, &cells),
        campaigns: store::surroundings::campaigns(conn, cut.period, cut.cutoff, &counts)?,
        coverage: coverage(conn, &figures, &working, closing_on)?,
        trend: trend
            .iter()
            .map(|month| TrendTold { month: month.month, cutoff: month.cutoff, overdue: month.overdue })
            .collect(),
        blocks: draft.blocks.clone(),
        differences: Vec::new(),
        figures,
        tasks,
        government,
        extensions,
    })
}

/// The published briefing before; else totals as typed; else what is known now of the cut-off before.
fn opening(
    conn: &mut TenantConn<'_>,
    settings: &Settings,
    request: Request,
    draft: &Draft,
) -> Result<Opening> {
    if let Some(published) = store::published::before(conn, request.month, request.cutoff)? {
        let whole = publish::read(conn, published.id)?;
        return Ok(published_opening(&published, whole));
    }
    let month = request.month.previous();
    let usual = month.period(settings.period_kind).last.min(request.cutoff - Step::new(1));
    let cutoff = draft.opening_on.unwrap_or(usual);
    let (figures, _) = counted(conn, settings, Request { month, cutoff })?;
    let soon_until = figures.cut.soon_until;
    let ids = store::flow::overdue(conn, cutoff)?;
    let overdue = tasks::sights(conn, Chosen::Ids(&ids), AsOf { day: cutoff, soon_until })?;
    let mut before = before(Source::Computed, &figures);
    if let Some(typed) = &draft.opening {
        before.source = Source::Typed;
        before.key.standings.overdue = typed.overdue;
    }
    Ok(Opening {
        before,
        tasks: overdue.into_iter().map(|sight| (sight.task.id, sight.unit)).collect(),
        published: Vec::new(),
        published_at: None,
    })
}

fn published_opening(published: &Published, whole: Whole) -> Opening {
    let before = Before { version: Some(published.version), ..before(Source::Published, &whole.figures) };
    Opening {
        before,
        tasks: whole.overdue().into_iter().map(|task| (task.id, task.unit_id)).collect(),
        published: whole.tasks,
        published_at: Some(published.published_at),
    }
}

fn before(source: Source, figures: &Figures) -> Before {
    let units = figures.units.iter().filter(|unit| unit.key.tasks > 0);
    Before {
        source,
        month: figures.cut.month,
        cutoff: figures.cut.cutoff,
        version: None,
        key: figures.key,
        units: units.map(|unit| UnitBefore { unit: unit.unit.id, key: unit.key }).collect(),
    }
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
        from: &Opening,
    ) -> Result<Self> {
        let by_id = |sights: Vec<Sight>| sights.into_iter().map(|sight| (sight.task.id, sight)).collect();
        Ok(Self {
            then: by_id(tasks::sights(conn, Chosen::Ids(ids), opening)?),
            now: by_id(tasks::sights(conn, Chosen::Ids(ids), closing)?),
            marks: tasks::marks(conn, ids, closing.day)?,
            recategorised: match from.published_at {
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
            made_key: self.recategorised.contains(&id),
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

/// The tasks as the briefing tells them; one that is not counted at the cut-off as it was published before.
fn told(
    conn: &mut TenantConn<'_>,
    listed: Listed,
    named: &BTreeSet<Uuid>,
    as_of: AsOf,
    published: &[TaskTold],
) -> Result<Vec<TaskTold>> {
    let ids: Vec<Uuid> = named.iter().copied().collect();
    let chosen = if listed == Listed::Everything { Chosen::Key } else { Chosen::Ids(&ids) };
    let mut told: Vec<TaskTold> = tasks::sights(conn, chosen, as_of)?.into_iter().map(task_told).collect();
    let known: HashSet<Uuid> = told.iter().map(|task| task.id).collect();
    let gone = published.iter().filter(|task| named.contains(&task.id) && !known.contains(&task.id));
    told.extend(gone.map(|task| TaskTold {
        standing: None,
        days_late: 0,
        due_soon: false,
        waiting_since: None,
        ..task.clone()
    }));
    Ok(told)
}

fn task_told(sight: Sight) -> TaskTold {
    let task = sight.task;
    TaskTold {
        id: task.id,
        code: task.code,
        title: task.title,
        unit: task.unit,
        unit_id: sight.unit,
        product: task.product,
        level: task.level,
        source: task.source_number,
        due_words: task.due_words,
        original_due_on: task.original_due_on,
        due_on: task.due_on,
        completed_on: task.completed_on,
        waiting_since: task.waiting_since,
        standing: Some(task.standing),
        days_late: task.days_late,
        due_soon: task.due_soon,
    }
}

fn reasons(conn: &mut TenantConn<'_>, overdue: &[TaskListed]) -> Result<Vec<ReasonTold>> {
    let ids: Vec<Uuid> = overdue.iter().map(|task| task.id).collect();
    let mut known = store::reasons::of(conn, &ids)?;
    let told = |id: Uuid| {
        let reason = known.remove(&id)?;
        let (kind, category) = (reason.kind, reason.category);
        Some(ReasonTold { task: id, kind, category, words: reason.words, leader: reason.leader })
    };
    Ok(ids.into_iter().filter_map(told).collect())
}

/// What the next month asks for, by unit and product.
fn next(figures: &Figures, cells: &[(CellKey, Cell)]) -> Vec<NextTold> {
    let mut counts: HashMap<(Uuid, ProductKind), u64> = HashMap::new();
    for (key, cell) in cells.iter().filter(|(key, cell)| key.is_key && cell.month.due_next > 0) {
        *counts.entry((key.unit, key.product)).or_default() += cell.month.due_next;
    }
    let of_unit = |unit: Uuid| ProductKind::ALL.iter().map(move |product| (unit, *product));
    let pairs = figures.units.iter().flat_map(|unit| of_unit(unit.unit.id));
    let told =
        |(unit, product)| counts.get(&(unit, product)).map(|count| NextTold { unit, product, count: *count });
    pairs.filter_map(told).collect()
}

fn government(conn: &mut TenantConn<'_>, cut: &Cut, as_of: AsOf) -> Result<Government> {
    let mut key = Cell::default();
    for (_, cell) in store::cells::given_by_government(conn, cut)? {
        key += cell;
    }
    let mut given = tasks::sights(conn, Chosen::Government, as_of)?;
    given.retain(|sight| matches!(sight.task.standing, Standing::Overdue | Standing::WithinTerm));
    Ok(Government { key, tasks: given.into_iter().map(|sight| sight.task.id).collect() })
}

fn coverage(
    conn: &mut TenantConn<'_>,
    figures: &Figures,
    calendar: &WorkingCalendar,
    as_of: AsOf,
) -> Result<Coverage> {
    let since = lately(calendar, as_of.day);
    let updated: HashMap<Uuid, bool> =
        store::surroundings::updated(conn, as_of, since)?.into_iter().collect();
    let silent = figures.units.iter().filter(|unit| updated.get(&unit.unit.id) == Some(&false));
    let silent: Vec<String> = silent.map(|unit| unit.unit.short_name.clone()).collect();
    let (units, missing) = (updated.len() as u64, silent.len() as u64);
    Ok(Coverage { since, units, updated: units - missing.min(units), silent })
}

/// The first of the last five working days up to a day.
fn lately(calendar: &WorkingCalendar, day: NaiveDate) -> NaiveDate {
    let back = std::iter::successors(Some(day), NaiveDate::pred_opt);
    let working = back.filter(|day| calendar.is_working(*day)).take(LATELY_DAYS as usize);
    working.last().unwrap_or(day)
}
