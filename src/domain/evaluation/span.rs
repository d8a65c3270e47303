//! A quarter or a year, as an address has it: `2026-Q3`, `2026`.

use std::fmt;

use chrono::NaiveDate;

use crate::domain::deadline::YEARS;
use crate::domain::period::{Month, Period, PeriodKind};

/// A quarter or a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    year: i32,
    /// 1–4; none of a whole year.
    quarter: Option<u32>,
}

impl Span {
    /// The quarter of a month.
    pub fn quarter_of(month: Month) -> Self {
        Self { year: month.year(), quarter: Some((month.month() - 1) / 3 + 1) }
    }

    /// A whole year.
    pub fn of_year(year: i32) -> Self {
        Self { year, quarter: None }
    }

    /// The quarter whose days hold a day, as a tenant counts months.
    pub fn present(day: NaiveDate, kind: PeriodKind) -> Self {
        let month = Month::of(day);
        Self::quarter_of(if month.period(kind).contains(day) { month } else { month.next() })
    }

    /// Reads `2026-Q3` or `2026`; `None` for everything else, and for years that no deadline has.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, quarter) = match text.split_once("-Q") {
            Some((year, quarter)) => (year, Some(quarter)),
            None => (text, None),
        };
        let digits = |part: &str, length| part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(year, 4) || quarter.is_some_and(|quarter| !digits(quarter, 1)) {
            return None;
        }
        let year = year.parse().ok().filter(|year| YEARS.contains(year))?;
        let Some(quarter) = quarter else { return Some(Self { year, quarter: None }) };
        let quarter = quarter.parse().ok().filter(|quarter| (1..=4).contains(quarter))?;
        Some(Self { year, quarter: Some(quarter) })
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.year
    }

    /// The quarter, 1–4; none of a whole year.
    pub fn quarter(self) -> Option<u32> {
        self.quarter
    }

    /// The quarter before this one; the year before of a whole year.
    pub fn previous(self) -> Self {
        match self.quarter {
            None => Self { year: self.year - 1, quarter: None },
            Some(1) => Self { year: self.year - 1, quarter: Some(4) },
            Some(quarter) => Self { year: self.year, quarter: Some(quarter - 1) },
        }
    }

    /// Its days: those of its months, as a tenant counts them.
    pub fn period(self, kind: PeriodKind) -> Period {
        let (first, last) = match self.quarter {
            Some(quarter) => (3 * quarter - 2, 3 * quarter),
            None => (1, 12),
        };
        Period { first: self.month(first).period(kind).first, last: self.month(last).period(kind).last }
    }

    /// A month of its year; the last one of all at the end of the calendar.
    fn month(self, number: u32) -> Month {
        Month::new(self.year, number).unwrap_or(Month::of(NaiveDate::MAX))
    }
}

impl fmt::Display for Span {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.quarter {
            Some(quarter) => write!(out, "{:04}-Q{quarter}", self.year),
            None => write!(out, "{:04}", self.year),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::Days;
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_quarter_is_read_in_one_spelling_only() {
        assert_eq!(Span::parse("2026-Q3").unwrap().to_string(), "2026-Q3");
        assert_eq!(Span::parse("2026"), Some(Span::of_year(2026)));
        for wrong in [
            "2026-Q0", "2026-Q5", "2026-q3", "2026-3", "26-Q3", "2026-Q03", "2026-", "Q3", "", "1989",
            "2026-Q+",
        ] {
            assert_eq!(Span::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_quarter_is_its_three_months_as_the_tenant_counts_them() {
        let third = Span::parse("2026-Q3").unwrap();
        let calendar = third.period(PeriodKind::CalendarMonth);
        assert_eq!(calendar, Period { first: day("2026-07-01"), last: day("2026-09-30") });
        let reporting = third.period(PeriodKind::Decree09);
        assert_eq!(reporting, Period { first: day("2026-06-15"), last: day("2026-09-14") });
        assert_eq!(Span::present(day("2026-09-15"), PeriodKind::CalendarMonth), third);
        assert_eq!(Span::present(day("2026-09-15"), PeriodKind::Decree09).to_string(), "2026-Q4");
        assert_eq!(Span::present(day("2026-12-15"), PeriodKind::Decree09).to_string(), "2027-Q1");
    }

    proptest! {
        #[test]
        fn four_quarters_are_their_year_without_a_gap(year in 1991..2100i32) {
            for kind in PeriodKind::ALL {
                let whole = Span::of_year(year).period(*kind);
                let fourth = Span { year, quarter: Some(4) };
                let back = std::iter::successors(Some(fourth), |span| Some(span.previous()));
                let quarters: Vec<Period> = back.take(4).map(|span| span.period(*kind)).collect();
                prop_assert_eq!((quarters[3].first, quarters[0].last), (whole.first, whole.last));
                for pair in quarters.windows(2) {
                    prop_assert_eq!(pair[1].last + Days::new(1), pair[0].first);
                }
                let last = Span::of_year(year - 1).period(*kind).last;
                prop_assert_eq!(last + Days::new(1), whole.first);
                prop_assert_eq!(Span::parse(&fourth.to_string()), Some(fourth));
            }
        }
    }
}
