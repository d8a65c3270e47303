//! Months and the reporting periods made of them (DOMAIN §3).

use std::fmt;

use chrono::{Datelike, Days, Months, NaiveDate};

use super::deadline::YEARS;
use super::vocabulary::vocabulary;

/// The last day of a reporting month by Decree 09/2019, which begins on the day after it in the month before.
const DECREE_09_LAST_DAY: u64 = 14;

/// A calendar month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    first: NaiveDate,
}

impl Month {
    /// The month of a year, `None` when there is no such month.
    pub fn new(year: i32, month: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, 1).map(|first| Self { first })
    }

    /// The month that a date lies in.
    pub fn of(date: NaiveDate) -> Self {
        Self { first: date - Days::new(u64::from(date.day0())) }
    }

    /// Reads `2024-11`; `None` for everything else, and for years that no deadline has.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, month) = text.split_once('-')?;
        let digits = |part: &str, length| part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(year, 4) || !digits(month, 2) {
            return None;
        }
        let year = year.parse().ok().filter(|year| YEARS.contains(year))?;
        Self::new(year, month.parse().ok()?)
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.first.year()
    }

    /// The month of the year, 1–12.
    pub fn month(self) -> u32 {
        self.first.month()
    }

    /// The first day.
    pub fn first(self) -> NaiveDate {
        self.first
    }

    /// The last day.
    pub fn last(self) -> NaiveDate {
        self.first.checked_add_months(Months::new(1)).map_or(NaiveDate::MAX, |next| next - Days::new(1))
    }

    /// The month after this one (itself at the end of the calendar).
    pub fn next(self) -> Self {
        Self { first: self.first.checked_add_months(Months::new(1)).unwrap_or(self.first) }
    }

    /// The month before this one (itself at the beginning of the calendar).
    pub fn previous(self) -> Self {
        Self { first: self.first.checked_sub_months(Months::new(1)).unwrap_or(self.first) }
    }

    /// The days a report for this month covers.
    pub fn period(self, kind: PeriodKind) -> Period {
        match kind {
            PeriodKind::CalendarMonth => Period { first: self.first, last: self.last() },
            PeriodKind::Decree09 => Period {
                first: self.previous().first + Days::new(DECREE_09_LAST_DAY),
                last: self.first + Days::new(DECREE_09_LAST_DAY - 1),
            },
        }
    }
}

impl fmt::Display for Month {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:04}-{:02}", self.year(), self.month())
    }
}

vocabulary! {
    /// Which days count as a report's month; a tenant chooses.
    PeriodKind {
        /// From the first to the last day of the month.
        CalendarMonth = "calendar_month",
        /// From the 15th of the month before to the 14th (Decree 09/2019).
        Decree09 = "decree_09",
    }
}

/// A run of days, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    /// The first day.
    pub first: NaiveDate,
    /// The last day.
    pub last: NaiveDate,
}

impl Period {
    /// Whether a day lies in the period.
    pub fn contains(self, day: NaiveDate) -> bool {
        self.first <= day && day <= self.last
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_month_is_read_in_one_spelling_only() {
        assert_eq!(Month::parse("2024-11").unwrap().to_string(), "2024-11");
        for wrong in ["2024-13", "2024-00", "2024-1", "24-11", "2024/11", "+024-11", "2024-11-01", ""] {
            assert_eq!(Month::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_reporting_month_of_the_decree_runs_from_the_15th_to_the_14th() {
        let january = Month::parse("2024-01").unwrap().period(PeriodKind::Decree09);
        assert_eq!(january, Period { first: day("2023-12-15"), last: day("2024-01-14") });
        let november = Month::parse("2024-11").unwrap().period(PeriodKind::CalendarMonth);
        assert_eq!(november, Period { first: day("2024-11-01"), last: day("2024-11-30") });
    }

    #[test]
    fn the_ends_of_the_calendar_are_no_panic() {
        assert_eq!(Month::of(NaiveDate::MAX).next().last(), NaiveDate::MAX);
        assert_eq!(Month::of(NaiveDate::MIN).previous().first(), NaiveDate::MIN);
    }

    proptest! {
        #[test]
        fn periods_of_either_kind_follow_each_other_without_a_gap(year in 1990..2100i32, month in 1..=12u32) {
            let month = Month::new(year, month).unwrap();
            prop_assert_eq!(Month::parse(&month.to_string()), Some(month));
            prop_assert_eq!(month.next().previous(), month);
            prop_assert_eq!(Month::of(month.last()), month);
            for kind in PeriodKind::ALL {
                let (this, next) = (month.period(*kind), month.next().period(*kind));
                prop_assert_eq!(this.last + Days::new(1), next.first);
                prop_assert!(this.contains(this.first) && !this.contains(next.first));
            }
        }
    }
}
