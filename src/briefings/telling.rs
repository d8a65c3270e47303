//! What stands around the figures of a briefing: its tasks as they are named, reasons, the next month, coverage.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;
use uuid::Uuid;

use super::make::Listed;
use super::store;
use super::store::surroundings::OpenCampaign;
use super::whole::{CampaignTold, Coverage, Government, NextTold, ReasonTold, TaskTold};
use crate::db::TenantConn;
use crate::domain::briefing::{Cell, CellKey, Cut, Figures};
use crate::domain::calendar::WorkingCalendar;
use crate::domain::standing::Standing;
use crate::domain::task::ProductKind;
use crate::error::Result;
use crate::tasks::{self, AsOf, Chosen, Sight};

/// How many working days count as lately.
const LATELY_DAYS: u32 = 5;

/// The tasks as the briefing tells them; one that is not counted at the cut-off as it was published before.
pub(super) fn told(
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

pub(super) fn task_told(sight: Sight) -> TaskTold {
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

pub(super) fn reasons(conn: &mut TenantConn<'_>, overdue: &[Uuid]) -> Result<Vec<ReasonTold>> {
    let mut known = store::reasons::of(conn, overdue)?;
    let told = |id: &Uuid| {
        let reason = known.remove(id)?;
        let (kind, category) = (reason.kind, reason.category);
        Some(ReasonTold { task: *id, kind, category, words: reason.words, leader: reason.leader })
    };
    Ok(overdue.iter().filter_map(told).collect())
}

/// What the next month asks for, by unit and product.
pub(super) fn next(figures: &Figures, cells: &[(CellKey, Cell)]) -> Vec<NextTold> {
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

pub(super) fn government(conn: &mut TenantConn<'_>, cut: &Cut, as_of: AsOf) -> Result<Government> {
    let mut given = tasks::sights(conn, Chosen::Government, as_of)?;
    let mut key = Cell::default();
    if !given.is_empty() {
        for (_, cell) in store::cells::given_by_government(conn, cut)? {
            key += cell;
        }
    }
    given.retain(|sight| matches!(sight.task.standing, Standing::Overdue | Standing::WithinTerm));
    Ok(Government { key, tasks: given.into_iter().map(|sight| sight.task.id).collect() })
}

/// The campaigns that were open in the period, with how their tasks stood at the cut-off.
pub(super) fn campaigns(
    conn: &mut TenantConn<'_>,
    cut: &Cut,
    due_soon_days: u32,
) -> Result<Vec<CampaignTold>> {
    let open = store::surroundings::campaigns(conn, cut.period, cut.cutoff)?;
    if open.is_empty() {
        return Ok(Vec::new());
    }
    let counts = tasks::campaign_counts(conn, cut.cutoff, due_soon_days)?;
    let told = |campaign: OpenCampaign| {
        let counted = counts.iter().find(|counts| counts.campaign == campaign.id)?;
        // One of before belongs here as long as somebody still owes it.
        if campaign.due_on < cut.period.first && counted.overdue == 0 {
            return None;
        }
        Some(CampaignTold {
            id: campaign.id,
            title: campaign.title,
            due_on: campaign.due_on,
            units: counted.total.unsigned_abs(),
            reported: (counted.reported + counted.waiting).unsigned_abs(),
            overdue: counted.overdue.unsigned_abs(),
        })
    };
    Ok(open.into_iter().filter_map(told).collect())
}

pub(super) fn coverage(
    conn: &mut TenantConn<'_>,
    figures: &Figures,
    calendar: &WorkingCalendar,
    as_of: AsOf,
) -> Result<Coverage> {
    let since = lately(calendar, as_of.day);
    let updated = store::surroundings::updated(conn, as_of, since)?;
    let leads = |cell: &Cell| cell.standings.within_term + cell.standings.overdue > 0;
    let leading: Vec<_> = figures.units.iter().filter(|unit| leads(&unit.all)).collect();
    let silent = leading.iter().filter(|unit| !updated.contains(&unit.unit.id));
    let silent: Vec<String> = silent.map(|unit| unit.unit.short_name.clone()).collect();
    let (units, missing) = (leading.len() as u64, silent.len() as u64);
    Ok(Coverage { since, units, updated: units - missing.min(units), silent })
}

/// The first of the last five working days up to a day.
fn lately(calendar: &WorkingCalendar, day: NaiveDate) -> NaiveDate {
    let back = std::iter::successors(Some(day), NaiveDate::pred_opt);
    let working = back.filter(|day| calendar.is_working(*day)).take(LATELY_DAYS as usize);
    working.last().unwrap_or(day)
}
