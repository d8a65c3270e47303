//! The briefing as one JSON object, with the names and shapes of DOMAIN §3.

use chrono::NaiveDate;
use serde::ser::{Serialize, SerializeMap, Serializer};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use super::actions::Briefing;
use crate::domain::briefing::{AgeBuckets, Cell, Rate, StandingCounts, UnitFigures};
use crate::error::{Error, Result};
use crate::tasks::TaskListed;
use crate::text::{Lang, vocabulary};

/// The whole object.
#[derive(serde::Serialize, ToSchema)]
#[schema(as = Briefing)]
pub struct BriefingOut {
    cutoff: NaiveDate,
    month: String,
    overdue_tasks: u64,
    overdue_units: u64,
    #[schema(value_type = std::collections::BTreeMap<String, u64>)]
    overdue_by_unit: Ordered,
    longest_overdue_days: u32,
    due_in_month: u64,
    due_in_month_reached: u64,
    due_in_month_on_time: u64,
    due_in_month_on_time_original: u64,
    on_time_rate: RateOut,
    on_time_rate_original: RateOut,
    completed_in_month: u64,
    completed_in_month_late: u64,
    due_next_month: u64,
    #[schema(value_type = std::collections::BTreeMap<String, u64>)]
    due_next_month_by_product: Ordered,
    due_next_month_schemes_to_government: u64,
    standings: StandingsOut,
    age_buckets: AgesOut,
    units: Vec<UnitOut>,
    overdue: Vec<OverdueOut>,
}

/// Counts by name, in an order that means something.
struct Ordered(Vec<(String, u64)>);

impl Serialize for Ordered {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, count) in &self.0 {
            map.serialize_entry(name, count)?;
        }
        map.end()
    }
}

/// A rate with its denominator; `percent` is null when there is nothing to divide by.
#[derive(serde::Serialize, ToSchema)]
#[schema(as = Rate)]
struct RateOut {
    part: u64,
    of: u64,
    percent: Option<f64>,
}

impl From<Rate> for RateOut {
    fn from(rate: Rate) -> Self {
        Self { part: rate.part, of: rate.of, percent: rate.percent_tenths().map(|t| f64::from(t) / 10.0) }
    }
}

#[derive(serde::Serialize, ToSchema)]
#[schema(as = BriefingStandings)]
struct StandingsOut {
    key: CountsOut,
    all: CountsOut,
}

/// `due_soon` is part of `within_term`; `waiting` of `within_term` and `overdue`.
#[derive(serde::Serialize, ToSchema)]
#[schema(as = StandingCounts)]
struct CountsOut {
    completed_on_time: u64,
    completed_late: u64,
    within_term: u64,
    overdue: u64,
    no_deadline: u64,
    outside: u64,
    total: u64,
    due_soon: u64,
    waiting: u64,
}

impl From<&Cell> for CountsOut {
    fn from(cell: &Cell) -> Self {
        let StandingCounts {
            completed_on_time,
            completed_late,
            within_term,
            overdue,
            no_deadline,
            outside,
            due_soon,
            waiting,
        } = cell.standings;
        Self {
            completed_on_time,
            completed_late,
            within_term,
            overdue,
            no_deadline,
            outside,
            total: cell.tasks,
            due_soon,
            waiting,
        }
    }
}

#[derive(serde::Serialize, ToSchema)]
#[schema(as = AgeBuckets)]
struct AgesOut {
    #[serde(rename = "1-7")]
    d1_7: u64,
    #[serde(rename = "8-30")]
    d8_30: u64,
    #[serde(rename = "31-60")]
    d31_60: u64,
    #[serde(rename = "61-120")]
    d61_120: u64,
    over_120: u64,
}

impl From<AgeBuckets> for AgesOut {
    fn from(ages: AgeBuckets) -> Self {
        let AgeBuckets { d1_7, d8_30, d31_60, d61_120, over_120 } = ages;
        Self { d1_7, d8_30, d31_60, d61_120, over_120 }
    }
}

#[derive(serde::Serialize, ToSchema)]
#[schema(as = UnitFigures)]
struct UnitOut {
    unit: String,
    name: String,
    key: CountsOut,
    all: CountsOut,
    on_time_rate: RateOut,
    due_next_month: u64,
    longest_overdue_days: u32,
}

impl From<&UnitFigures> for UnitOut {
    fn from(figures: &UnitFigures) -> Self {
        Self {
            unit: figures.unit.short_name.clone(),
            name: figures.unit.name.clone(),
            key: CountsOut::from(&figures.key),
            all: CountsOut::from(&figures.all),
            on_time_rate: figures.key.on_time_rate().into(),
            due_next_month: figures.key.month.due_next,
            longest_overdue_days: figures.key.longest_overdue_days,
        }
    }
}

#[derive(serde::Serialize, ToSchema)]
#[schema(as = OverdueTask)]
struct OverdueOut {
    code: String,
    title: String,
    unit: String,
    source_number: Option<String>,
    due_on: Option<NaiveDate>,
    due_words: Option<String>,
    days_late: u32,
    waiting_since: Option<NaiveDate>,
}

impl From<&TaskListed> for OverdueOut {
    fn from(task: &TaskListed) -> Self {
        Self {
            code: task.code.clone(),
            title: task.title.clone(),
            unit: task.unit.clone(),
            source_number: task.source_number.clone(),
            due_on: task.due_on,
            due_words: task.due_words.clone(),
            days_late: task.days_late,
            waiting_since: task.waiting_since,
        }
    }
}

impl From<&Briefing> for BriefingOut {
    fn from(briefing: &Briefing) -> Self {
        let figures = &briefing.figures;
        let (key, month) = (&figures.key, &figures.key.month);
        let by_unit = figures.overdue_by_unit();
        Self {
            cutoff: figures.cut.cutoff,
            month: figures.cut.month.to_string(),
            overdue_tasks: key.standings.overdue,
            overdue_units: u64::try_from(by_unit.len()).unwrap_or(u64::MAX),
            overdue_by_unit: Ordered(by_unit.iter().map(|(unit, n)| (unit.short_name.clone(), *n)).collect()),
            longest_overdue_days: key.longest_overdue_days,
            due_in_month: month.due_in_period,
            due_in_month_reached: month.reached,
            due_in_month_on_time: month.on_time,
            due_in_month_on_time_original: month.reached_on_time_original,
            on_time_rate: key.on_time_rate().into(),
            on_time_rate_original: key.on_time_rate_original().into(),
            completed_in_month: month.completed_in_period,
            completed_in_month_late: month.completed_in_period_late,
            due_next_month: month.due_next,
            due_next_month_by_product: Ordered(products(briefing)),
            due_next_month_schemes_to_government: month.due_next_schemes_to_government,
            standings: StandingsOut { key: CountsOut::from(key), all: CountsOut::from(&figures.all) },
            age_buckets: key.ages.into(),
            units: figures.units.iter().map(UnitOut::from).collect(),
            overdue: briefing.overdue.iter().map(OverdueOut::from).collect(),
        }
    }
}

/// The kinds of product are keys here, so they keep one language: Vietnamese, capital first (DOMAIN §3).
fn products(briefing: &Briefing) -> Vec<(String, u64)> {
    briefing
        .figures
        .due_next_by_product
        .iter()
        .map(|(kind, n)| (vocabulary::capitalised(vocabulary::product(Lang::Vi, *kind)), *n))
        .collect()
}

/// How much of the hash names figures on paper.
const REFERENCE_BYTES: usize = 4;

impl Briefing {
    /// What names these figures on paper: `2024-11 · 2024-11-29 · 7f3a09c1`; others have another name.
    ///
    /// # Errors
    /// They can't be written as JSON.
    pub fn reference(&self) -> Result<String> {
        let text =
            serde_json::to_vec(&BriefingOut::from(self)).map_err(|e| Error::Internal(e.to_string()))?;
        let hash: String =
            Sha256::digest(text).iter().take(REFERENCE_BYTES).map(|byte| format!("{byte:02x}")).collect();
        Ok(format!("{} · {} · {hash}", self.figures.cut.month, self.figures.cut.cutoff))
    }
}
