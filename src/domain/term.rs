//! Computed terms as people write them: "15 ngày làm việc", "30 ngày kể từ ngày giao", "2 tháng" (DOMAIN §2, counting
//! days). A fixed date is no term: see `deadline`.

use chrono::NaiveDate;

use super::calendar::{RollRule, WorkingCalendar};
use super::words::fold;

/// How long a task may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Term {
    /// So many working days.
    WorkingDays(u32),
    /// So many days of the calendar.
    Days(u32),
    /// So many months.
    Months(u32),
}

/// The most days or months that are read: more is a slip of the keyboard.
const MOST: u32 = 3_650;

/// What may stand behind a term.
const SINCE: [&str; 4] = [" ke tu ngay giao", " ke tu ngay duoc giao", " ke tu ngay nhan", " tu ngay giao"];

impl Term {
    /// The term that words mean, in any case and without accents too; `None` when they mean none.
    pub fn parse(words: &str) -> Option<Self> {
        let folded = fold(words);
        let mut rest = folded.trim_end_matches('.').trim_start_matches("trong ");
        rest = rest.trim_start_matches("vong ").trim_start_matches("thoi han ");
        rest = SINCE.iter().find_map(|tail| rest.strip_suffix(tail)).unwrap_or(rest);
        let (number, unit) = rest.split_once(' ')?;
        let digits = (1..=4).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
        let count: u32 = number.parse().ok().filter(|n| digits && (1..=MOST).contains(n))?;
        match unit.trim() {
            "ngay lam viec" => Some(Self::WorkingDays(count)),
            "ngay" => Some(Self::Days(count)),
            "tuan" => Some(Self::Days(count.checked_mul(7)?)),
            "thang" => Some(Self::Months(count)),
            "nam" => Some(Self::Months(count.checked_mul(12)?)),
            _ => None,
        }
    }

    /// The day on which a term that begins on a day ends; the day it begins on is not counted.
    pub fn end(self, calendar: &WorkingCalendar, start: NaiveDate, rule: RollRule) -> NaiveDate {
        match self {
            Self::WorkingDays(count) => calendar.add_working_days(start, count),
            Self::Days(count) => calendar.term_days(start, count, rule),
            Self::Months(count) => calendar.term_months(start, count, rule),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::{DayKind, SpecialDay};

    #[test]
    fn terms_are_read_as_people_write_them() {
        let cases = [
            ("15 ngày làm việc", Some(Term::WorkingDays(15))),
            ("Trong thời hạn 05 ngày làm việc kể từ ngày giao", Some(Term::WorkingDays(5))),
            ("trong vòng 30 NGÀY.", Some(Term::Days(30))),
            ("2 tuần", Some(Term::Days(14))),
            ("02 tháng", Some(Term::Months(2))),
            ("1 năm", Some(Term::Months(12))),
            ("0 ngày", None),
            ("-1 ngày", None),
            ("99999 ngày", None),
            ("vài ngày", None),
            ("Tháng 12/2024", None),
            ("", None),
        ];
        for (words, term) in cases {
            assert_eq!(Term::parse(words), term, "{words}");
        }
    }

    #[test]
    fn a_term_that_ends_on_a_day_off_follows_the_rule() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let off = SpecialDay { day: day("2025-01-01"), kind: DayKind::Off };
        let calendar = WorkingCalendar::from_special([off]);
        let end = |term: Term, rule| term.end(&calendar, day("2024-12-02"), rule);
        assert_eq!(end(Term::Days(30), RollRule::None), day("2025-01-01"));
        assert_eq!(end(Term::Days(30), RollRule::Forward), day("2025-01-02"));
        assert_eq!(end(Term::Months(1), RollRule::Back), day("2025-01-02"));
        assert_eq!(end(Term::WorkingDays(5), RollRule::Forward), day("2024-12-09"));
    }
}
