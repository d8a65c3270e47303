//! The use case: what the Office's dashboard shows.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::actions::counted;
use super::request::Request;
use super::store;
use crate::db::TenantConn;
use crate::domain::briefing::Figures;
use crate::domain::period::{Month, PeriodKind};
use crate::domain::task::Category;
use crate::error::Result;
use crate::tasks::{self, StandingFilter, TaskFilterInput, TaskListed};
use crate::tenants::Settings;

/// How many months the trend looks back on, the one asked for included.
const TREND_MONTHS: usize = 12;

/// How many tasks that are due soon are shown.
const SOON: u32 = 8;

/// Key tasks at a cut-off: the figures of the briefing, how it came to them, and what falls due next.
#[derive(Debug, Clone)]
pub struct Dashboard {
    /// The figures; they balance.
    pub figures: Figures,
    /// The overdue key tasks of twelve months, the oldest first.
    pub trend: Vec<TrendMonth>,
    /// The first key tasks to fall due among those due soon, at most eight.
    pub soon: Vec<TaskListed>,
}

/// A month of the trend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrendMonth {
    /// The month.
    pub month: Month,
    /// The day counted on: the month's last one, or the cut-off in the month asked for.
    pub cutoff: NaiveDate,
    /// Key tasks overdue on that day, as was known on it.
    pub overdue: u64,
}

/// Computes what the dashboard of a month shows at a cut-off.
///
/// # Errors
/// The parts don't add up to their wholes: then no figure is given.
pub(super) fn compute(conn: &mut TenantConn<'_>, settings: &Settings, request: Request) -> Result<Dashboard> {
    let (figures, _) = counted(conn, settings, request)?;
    let earlier = Earlier::of(request.month, settings.period_kind);
    let overdue_on = store::lateness::lateness(conn, &earlier.days(), None)?.overdue_on;
    let trend = earlier.trend(request, figures.key.standings.overdue, &overdue_on);
    let asked = TaskFilterInput {
        standing: Some(StandingFilter::DueSoon),
        category: Some(Category::Key),
        ..TaskFilterInput::default()
    };
    let soon = tasks::page(conn, request.cutoff, settings.due_soon_days, asked, SOON, None)?.items;
    Ok(Dashboard { figures, trend, soon })
}

/// The months of the trend before the last one with the day each is counted on, the oldest first.
pub(super) struct Earlier(Vec<(Month, NaiveDate)>);

impl Earlier {
    /// Those before a month.
    pub fn of(month: Month, kind: PeriodKind) -> Self {
        let earlier = std::iter::successors(Some(month.previous()), |month| Some(month.previous()));
        let mut days: Vec<_> =
            earlier.map(|month| (month, month.period(kind).last)).take(TREND_MONTHS - 1).collect();
        days.reverse();
        Self(days)
    }

    /// The days.
    pub fn days(&self) -> Vec<NaiveDate> {
        self.0.iter().map(|(_, day)| *day).collect()
    }

    /// The trend: these months as they were counted, and the one asked for with its overdue tasks as the figures have
    /// them.
    pub fn trend(
        &self,
        request: Request,
        overdue: u64,
        overdue_on: &HashMap<NaiveDate, u64>,
    ) -> Vec<TrendMonth> {
        let counted = |day: &NaiveDate| overdue_on.get(day).copied().unwrap_or(0);
        let earlier = self.0.iter().map(|(month, day)| TrendMonth {
            month: *month,
            cutoff: *day,
            overdue: counted(day),
        });
        let Request { month, cutoff } = request;
        earlier.chain([TrendMonth { month, cutoff, overdue }]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn earlier_months_are_counted_on_their_last_day() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let month = |text: &str| Month::parse(text).unwrap();
        let days = Earlier::of(month("2024-06"), PeriodKind::CalendarMonth).0;
        assert_eq!((days.len(), days[0]), (11, (month("2023-07"), day("2023-07-31"))));
        assert_eq!(days[10], (month("2024-05"), day("2024-05-31")));
        assert_eq!(Earlier::of(month("2024-06"), PeriodKind::Decree09).0[10].1, day("2024-05-14"));
    }
}
