//! What is asked for: a month and its cut-off, read as people write them.

use chrono::{Datelike, NaiveDate};

use crate::domain::deadline::{self, DateFault};
use crate::domain::period::{Month, PeriodKind};

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Request {
    /// The month reported on.
    pub month: Month,
    /// The cut-off.
    pub cutoff: NaiveDate,
}

/// Why a month or a cut-off is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestFault {
    /// Not a month as `2024-11`.
    MonthUnreadable,
    /// A month that has not begun.
    MonthAhead,
    /// A date that can't be read.
    CutoffUnreadable(DateFault),
    /// Not a day on which the month's meeting may be.
    CutoffOutside {
        /// The month's first day.
        first: NaiveDate,
        /// The next month's last day.
        last: NaiveDate,
    },
    /// A day after today.
    CutoffAhead {
        /// Today.
        today: NaiveDate,
    },
}

/// The days on which a month and a cut-off are read: today, and how the tenant counts months.
#[derive(Debug, Clone, Copy)]
pub struct Days {
    /// The month of the briefing.
    pub kind: PeriodKind,
    /// The tenant's business date.
    pub today: NaiveDate,
}

impl Days {
    /// The month whose days hold today.
    pub fn present_month(self) -> Month {
        let month = Month::of(self.today);
        if month.period(self.kind).contains(self.today) { month } else { month.next() }
    }

    /// The cut-off of a month when none is given: its last day, or today when that comes first.
    pub fn usual_cutoff(self, month: Month) -> NaiveDate {
        month.period(self.kind).last.min(self.today)
    }

    /// Reads `2024-11`.
    ///
    /// # Errors
    /// No month, or one that has not begun.
    pub fn read_month(self, typed: &str) -> Result<Month, RequestFault> {
        let month = Month::parse(typed).ok_or(RequestFault::MonthUnreadable)?;
        if month.period(self.kind).first <= self.today { Ok(month) } else { Err(RequestFault::MonthAhead) }
    }

    /// Reads the cut-off of a month, `29/11/2024` or `2024-11-29`: from the month's first day to the last one of the
    /// month after it (June's meeting was on 4/7), and not after today.
    ///
    /// # Errors
    /// No date, or not such a day.
    pub fn read_cutoff(self, typed: &str, month: Month) -> Result<NaiveDate, RequestFault> {
        let cutoff = read_date(typed).map_err(RequestFault::CutoffUnreadable)?;
        let (first, last) = (month.period(self.kind).first, month.next().period(self.kind).last);
        if cutoff < first || last < cutoff {
            return Err(RequestFault::CutoffOutside { first, last });
        }
        if self.today < cutoff {
            return Err(RequestFault::CutoffAhead { today: self.today });
        }
        Ok(cutoff)
    }
}

/// A date as people write it, or as an address has it.
fn read_date(typed: &str) -> Result<NaiveDate, DateFault> {
    match typed.parse::<NaiveDate>() {
        Ok(day) if deadline::YEARS.contains(&day.year()) => Ok(day),
        _ => deadline::parse_date(typed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn days(kind: PeriodKind) -> Days {
        Days { kind, today: day("2024-07-10") }
    }

    fn month(text: &str) -> Month {
        Month::parse(text).unwrap()
    }

    #[test]
    fn a_cut_off_lies_between_the_months_first_day_and_the_next_months_last_one() {
        let days = days(PeriodKind::CalendarMonth);
        let read = |typed, of| days.read_cutoff(typed, month(of));
        for typed in ["4/7/2024", "04/07/2024", "2024-07-04"] {
            assert_eq!(read(typed, "2024-06"), Ok(day("2024-07-04")), "{typed}");
        }
        assert_eq!(read("1/6/2024", "2024-06"), Ok(day("2024-06-01")));
        let outside = RequestFault::CutoffOutside { first: day("2024-05-01"), last: day("2024-06-30") };
        assert_eq!([read("30/4/2024", "2024-05"), read("1/7/2024", "2024-05")], [Err(outside), Err(outside)]);
        assert_eq!(read("11/7/2024", "2024-06"), Err(RequestFault::CutoffAhead { today: days.today }));
        let unreadable = |fault| Err(RequestFault::CutoffUnreadable(fault));
        assert_eq!(read("31/6/2024", "2024-06"), unreadable(DateFault::NotInCalendar));
        assert_eq!(read("hôm qua", "2024-06"), unreadable(DateFault::NotUnderstood));
        assert_eq!(read("4/7", "2024-06"), unreadable(DateFault::NoYear));
    }

    #[test]
    fn a_month_is_one_that_has_begun() {
        let days = days(PeriodKind::CalendarMonth);
        assert_eq!(days.read_month("2024-07"), Ok(month("2024-07")));
        assert_eq!(days.read_month("2024-08"), Err(RequestFault::MonthAhead));
        assert_eq!(days.read_month("7/2024"), Err(RequestFault::MonthUnreadable));
        assert_eq!(
            (days.present_month(), days.usual_cutoff(month("2024-06"))),
            (month("2024-07"), day("2024-06-30"))
        );
    }

    #[test]
    fn the_reporting_month_of_the_decree_begins_on_the_15th() {
        let days = Days { today: day("2024-07-15"), ..days(PeriodKind::Decree09) };
        assert_eq!(days.present_month(), month("2024-08"));
        assert_eq!(days.usual_cutoff(month("2024-08")), days.today);
        assert_eq!(days.read_month("2024-08"), Ok(month("2024-08")));
        assert_eq!(days.read_cutoff("14/6/2024", month("2024-06")), Ok(day("2024-06-14")));
        assert!(days.read_cutoff("14/5/2024", month("2024-06")).is_err());
    }
}
