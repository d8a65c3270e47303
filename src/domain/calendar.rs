//! The working calendar: which days are worked, counting them, and where computed terms end (DOMAIN §2).
//!
//! A working day is a Monday to Friday that is not declared off, or a day declared worked. A *fixed*
//! deadline never moves; only a computed term rolls off a day that is not worked.

use std::collections::BTreeMap;
use std::ops::Bound;

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use super::vocabulary::vocabulary;

vocabulary! {
    /// What a special day of the calendar is.
    DayKind {
        /// A public holiday, or a day off in exchange for another.
        Off = "off",
        /// A day made up for, mostly a Saturday.
        Work = "work",
    }
}

vocabulary! {
    /// What becomes of a computed term that ends on a day off; a tenant's setting.
    RollRule {
        /// It ends on that day.
        None = "none",
        /// It runs to the end of the next working day (Civil Code art. 148).
        Forward = "forward",
        /// It ends on the working day before.
        Back = "back",
    }
}

/// A day whose kind is declared, whatever its weekday says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpecialDay {
    /// The day.
    pub day: NaiveDate,
    /// What it is.
    pub kind: DayKind,
}

/// A tenant's calendar: Monday to Friday, but for the special days.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WorkingCalendar {
    /// Only the days that differ from what their weekday says.
    exceptions: BTreeMap<NaiveDate, DayKind>,
}

impl WorkingCalendar {
    /// The calendar with these special days; of two for one day the later one holds.
    pub fn from_special(days: impl IntoIterator<Item = SpecialDay>) -> Self {
        let mut exceptions: BTreeMap<_, _> =
            days.into_iter().map(|special| (special.day, special.kind)).collect();
        exceptions.retain(|day, kind| is_weekday(*day) != (*kind == DayKind::Work));
        Self { exceptions }
    }

    /// Whether a day is worked.
    pub fn is_working(&self, day: NaiveDate) -> bool {
        self.exceptions.get(&day).map_or(is_weekday(day), |kind| *kind == DayKind::Work)
    }

    /// How many working days lie in (`after`, `through`]; 0 when that is empty.
    pub fn working_days_between(&self, after: NaiveDate, through: NaiveDate) -> u32 {
        if through <= after {
            return 0;
        }
        let weekdays = weekdays_through(through) - weekdays_through(after);
        let change: i32 = self
            .exceptions
            .range((Bound::Excluded(after), Bound::Included(through)))
            .map(|(_, kind)| if *kind == DayKind::Work { 1 } else { -1 })
            .sum();
        u32::try_from(weekdays + change).unwrap_or(0)
    }

    /// The first working day on or after a day.
    pub fn next_working(&self, day: NaiveDate) -> NaiveDate {
        day.iter_days().find(|day| self.is_working(*day)).unwrap_or(day)
    }

    /// The last working day on or before a day.
    pub fn previous_working(&self, day: NaiveDate) -> NaiveDate {
        std::iter::successors(Some(day), NaiveDate::pred_opt).find(|day| self.is_working(*day)).unwrap_or(day)
    }

    /// The `count`-th working day after a day; the day itself for 0.
    pub fn add_working_days(&self, day: NaiveDate, count: u32) -> NaiveDate {
        let (mut reached, mut left) = (day, count);
        // As many days as are left never hold more working days than that, and hold them all only when
        // each is worked: so the count runs out exactly on a working day, in few steps.
        while left > 0 {
            let Some(next) = reached.checked_add_days(Days::new(u64::from(left))) else {
                return NaiveDate::MAX;
            };
            left = left.saturating_sub(self.working_days_between(reached, next));
            reached = next;
        }
        reached
    }

    /// The last date that is "soon" on `as_of`: at most `count` working days lie in (`as_of`, it], and
    /// `count + 1` would on the next day.
    pub fn soon_horizon(&self, as_of: NaiveDate, count: u32) -> NaiveDate {
        let beyond = self.add_working_days(as_of, count.saturating_add(1));
        beyond.pred_opt().unwrap_or(beyond)
    }

    /// The first day on which a date is "soon": at most `count` working days lie in (it, `date`].
    pub fn soon_from(&self, date: NaiveDate, count: u32) -> NaiveDate {
        let back = std::iter::successors(Some(date), NaiveDate::pred_opt);
        back.take_while(|day| self.working_days_between(*day, date) <= count).last().unwrap_or(date)
    }

    /// Where a computed term that ends on a day really ends.
    pub fn roll(&self, day: NaiveDate, rule: RollRule) -> NaiveDate {
        match rule {
            RollRule::None => day,
            RollRule::Forward => self.next_working(day),
            RollRule::Back => self.previous_working(day),
        }
    }

    /// The end of a term of calendar days; the day it starts on is not counted.
    pub fn term_days(&self, start: NaiveDate, days: u32, rule: RollRule) -> NaiveDate {
        self.roll(start.checked_add_days(Days::new(u64::from(days))).unwrap_or(NaiveDate::MAX), rule)
    }

    /// The end of a term of months: the day of the same number, or the month's last one when it has none.
    pub fn term_months(&self, start: NaiveDate, months: u32, rule: RollRule) -> NaiveDate {
        self.roll(start.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX), rule)
    }
}

fn is_weekday(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// How many Mondays to Fridays lie between the calendar's first day, a Monday, and a day, both included.
fn weekdays_through(day: NaiveDate) -> i32 {
    let days = day.num_days_from_ce();
    days.div_euclid(7) * 5 + days.rem_euclid(7).min(5)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::public_days::public_days;
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn public() -> WorkingCalendar {
        WorkingCalendar::from_special(
            public_days().iter().map(|row| SpecialDay { day: row.day, kind: row.kind }),
        )
    }

    #[test]
    fn holidays_are_off_and_make_up_saturdays_are_worked() {
        let calendar = public();
        for off in ["2024-02-09", "2024-02-10", "2024-04-29", "2025-09-01", "2026-11-24", "2024-11-30"] {
            assert!(!calendar.is_working(day(off)), "{off}");
        }
        for worked in ["2024-05-04", "2025-04-26", "2026-01-10", "2026-08-22", "2024-11-29", "2024-02-15"] {
            assert!(calendar.is_working(day(worked)), "{worked}");
        }
    }

    #[test]
    fn the_days_over_tet_are_counted() {
        let calendar = public();
        assert_eq!(calendar.working_days_between(day("2024-02-07"), day("2024-02-15")), 1);
        assert_eq!(calendar.working_days_between(day("2024-04-26"), day("2024-05-06")), 4);
        assert_eq!(calendar.working_days_between(day("2024-05-06"), day("2024-05-06")), 0);
        assert_eq!(calendar.soon_horizon(day("2024-11-29"), 3), day("2024-12-04"));
        assert_eq!(calendar.soon_horizon(day("2024-11-27"), 2), day("2024-12-01"));
        assert_eq!(calendar.soon_horizon(day("2024-02-07"), 0), day("2024-02-14"));
    }

    #[test]
    fn a_term_that_ends_on_a_day_off_rolls_as_the_tenant_says() {
        let calendar = public();
        let start = day("2024-01-31");
        assert_eq!(calendar.term_days(start, 10, RollRule::Forward), day("2024-02-15"));
        assert_eq!(calendar.term_days(start, 10, RollRule::Back), day("2024-02-07"));
        assert_eq!(calendar.term_days(start, 10, RollRule::None), day("2024-02-10"));
        assert_eq!(calendar.term_months(start, 1, RollRule::Forward), day("2024-02-29"));
        assert_eq!(calendar.term_months(start, 5, RollRule::Forward), day("2024-07-01"));
    }

    #[test]
    fn the_last_word_on_a_day_holds_and_the_end_of_the_calendar_is_no_panic() {
        let twice = |kinds: [DayKind; 2]| {
            WorkingCalendar::from_special(kinds.map(|kind| SpecialDay { day: day("2024-11-29"), kind }))
        };
        assert!(twice([DayKind::Off, DayKind::Work]).is_working(day("2024-11-29")));
        assert!(!twice([DayKind::Work, DayKind::Off]).is_working(day("2024-11-29")));
        let calendar = public();
        assert_eq!(calendar.add_working_days(day("2024-11-29"), u32::MAX), NaiveDate::MAX);
        assert_eq!(calendar.term_days(NaiveDate::MAX, 1, RollRule::Forward), NaiveDate::MAX);
        assert!(calendar.working_days_between(NaiveDate::MIN, NaiveDate::MAX) > 130_000_000);
        assert!(calendar.previous_working(NaiveDate::MIN) >= NaiveDate::MIN);
    }

    /// Days of one year, and calendars with any of them special.
    fn days() -> impl Strategy<Value = NaiveDate> {
        (0..365u64).prop_map(|days| day("2024-06-01") + Days::new(days))
    }

    fn calendars() -> impl Strategy<Value = WorkingCalendar> {
        let special =
            (days(), prop::sample::select(DayKind::ALL)).prop_map(|(day, kind)| SpecialDay { day, kind });
        prop::collection::vec(special, 0..120).prop_map(WorkingCalendar::from_special)
    }

    proptest! {
        #[test]
        fn counting_agrees_with_looking_at_each_day(calendar in calendars(), a in days(), b in days()) {
            let looked_at = a.iter_days().skip(1).take_while(|day| *day <= b).filter(|day| calendar.is_working(*day));
            prop_assert_eq!(calendar.working_days_between(a, b) as usize, looked_at.count());
        }

        #[test]
        fn adding_ends_on_the_working_day_of_that_count(calendar in calendars(), from in days(), count in 0..400u32) {
            let reached = calendar.add_working_days(from, count);
            prop_assert_eq!(calendar.working_days_between(from, reached), count);
            prop_assert!(count == 0 || calendar.is_working(reached));
        }

        #[test]
        fn the_horizon_is_the_last_day_within_the_count(calendar in calendars(), from in days(), count in 0..30u32) {
            let horizon = calendar.soon_horizon(from, count);
            prop_assert!(horizon >= from);
            prop_assert_eq!(calendar.working_days_between(from, horizon), count);
            prop_assert_eq!(calendar.working_days_between(from, horizon + Days::new(1)), count + 1);
        }

        #[test]
        fn a_date_is_soon_from_the_first_day_whose_horizon_holds_it(calendar in calendars(), on in days(), count in 0..30u32) {
            let first = calendar.soon_from(on, count);
            prop_assert!(first <= on && calendar.soon_horizon(first, count) >= on);
            prop_assert!(calendar.soon_horizon(first - Days::new(1), count) < on);
        }

        #[test]
        fn rolling_goes_to_the_nearest_working_day_of_its_side(calendar in calendars(), on in days()) {
            let (next, previous) = (calendar.next_working(on), calendar.previous_working(on));
            prop_assert!(previous <= on && on <= next);
            prop_assert!(calendar.is_working(next) && calendar.is_working(previous));
            prop_assert_eq!(next == on, calendar.is_working(on));
            prop_assert_eq!(calendar.working_days_between(previous, next), u32::from(next != on));
        }
    }
}
