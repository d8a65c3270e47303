//! Work that comes again: which turns a rule has, and on what day each is due (DOMAIN §2, "Routine work and campaigns").
//!
//! A rule names a day of one month of each turn; a month too short has its last day instead. The day that a rule names
//! is a computed term: where it is a day off, it rolls as the tenant says.

use std::fmt;

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::calendar::{RollRule, WorkingCalendar};
use super::deadline::YEARS;
use super::period::Month;
use super::vocabulary::vocabulary;

vocabulary! {
    /// How often work comes again.
    Every {
        /// Hằng tháng.
        Month = "month",
        /// Hằng quý.
        Quarter = "quarter",
        /// Sáu tháng một lần.
        HalfYear = "half_year",
        /// Hằng năm.
        Year = "year",
    }
}

impl Every {
    /// How many months a turn has.
    pub fn months(self) -> u32 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::HalfYear => 6,
            Self::Year => 12,
        }
    }
}

vocabulary! {
    /// How a rule names its day of the month.
    DayForm {
        /// By its number.
        Number = "number",
        /// Ngày làm việc đầu tiên.
        FirstWorking = "first_working",
        /// Ngày làm việc cuối cùng.
        LastWorking = "last_working",
        /// The first of a weekday.
        FirstWeekday = "first_weekday",
        /// The last of a weekday.
        LastWeekday = "last_weekday",
    }
}

/// The day of the month that a rule names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayOfMonth {
    /// By its number, 1–31; the last day of a shorter month.
    Number(u32),
    /// The first working day.
    FirstWorking,
    /// The last working day.
    LastWorking,
    /// The first of a weekday.
    First(Weekday),
    /// The last of a weekday.
    Last(Weekday),
}

impl DayOfMonth {
    /// The day of a form with its number: 1–31, or the weekday from 1, Monday, to 7. `None` when they don't fit.
    pub fn of(form: DayForm, number: Option<u32>) -> Option<Self> {
        let weekday = || Weekday::try_from(u8::try_from(number?.checked_sub(1)?).ok()?).ok();
        match form {
            DayForm::Number => number.filter(|day| (1..=31).contains(day)).map(Self::Number),
            DayForm::FirstWorking => Some(Self::FirstWorking),
            DayForm::LastWorking => Some(Self::LastWorking),
            DayForm::FirstWeekday => weekday().map(Self::First),
            DayForm::LastWeekday => weekday().map(Self::Last),
        }
    }

    /// Its form.
    pub fn form(self) -> DayForm {
        match self {
            Self::Number(_) => DayForm::Number,
            Self::FirstWorking => DayForm::FirstWorking,
            Self::LastWorking => DayForm::LastWorking,
            Self::First(_) => DayForm::FirstWeekday,
            Self::Last(_) => DayForm::LastWeekday,
        }
    }

    /// Its number, where the form has one.
    pub fn number(self) -> Option<u32> {
        match self {
            Self::Number(day) => Some(day),
            Self::First(weekday) | Self::Last(weekday) => Some(weekday.number_from_monday()),
            Self::FirstWorking | Self::LastWorking => None,
        }
    }

    fn in_month(self, month: Month, calendar: &WorkingCalendar) -> NaiveDate {
        let (first, last) = (month.first(), month.last());
        match self {
            Self::Number(day) => first.with_day(day).unwrap_or(last),
            Self::FirstWorking => calendar.next_working(first),
            Self::LastWorking => calendar.previous_working(last),
            Self::First(weekday) => first + Days::new(u64::from(weekday.days_since(first.weekday()))),
            Self::Last(weekday) => last - Days::new(u64::from(last.weekday().days_since(weekday))),
        }
    }
}

/// When work comes again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    every: Every,
    month: u32,
    day: DayOfMonth,
}

impl Rule {
    /// The rule of a day in the `month`-th month of each turn; `None` when a turn has no such month.
    pub fn new(every: Every, month: u32, day: DayOfMonth) -> Option<Self> {
        (1..=every.months()).contains(&month).then_some(Self { every, month, day })
    }

    /// How often.
    pub fn every(self) -> Every {
        self.every
    }

    /// In which month of the turn, from 1.
    pub fn month(self) -> u32 {
        self.month
    }

    /// On which day of that month.
    pub fn day(self) -> DayOfMonth {
        self.day
    }

    /// The turns whose named day is `from` or later, the earliest first.
    pub fn occurrences(
        self,
        calendar: &WorkingCalendar,
        roll: RollRule,
        from: NaiveDate,
    ) -> impl Iterator<Item = Occurrence> {
        let turns = std::iter::successors(Some(Turn::of(self.every, from)), |turn| turn.next());
        let all = turns.map_while(move |turn| self.in_turn(turn, calendar, roll));
        all.skip_while(move |occurrence| occurrence.named_on < from)
    }

    /// What the rule says of a turn; `None` beyond the years of deadlines.
    pub fn in_turn(self, turn: Turn, calendar: &WorkingCalendar, roll: RollRule) -> Option<Occurrence> {
        let named_on = self.day.in_month(turn.month(self.month)?, calendar);
        Some(Occurrence { turn, named_on, due_on: calendar.roll(named_on, roll) })
    }
}

/// One time that the work comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occurrence {
    /// Which turn it is of.
    pub turn: Turn,
    /// The day that the rule names.
    pub named_on: NaiveDate,
    /// The day on which it is due: where the named day is off, the one it rolls to.
    pub due_on: NaiveDate,
}

/// A month, quarter, half-year or year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Turn {
    every: Every,
    /// Counted from the turn that begins the year 0.
    index: i32,
}

impl Turn {
    /// The turn that a day lies in.
    pub fn of(every: Every, day: NaiveDate) -> Self {
        let place = i32::try_from(day.month0() / every.months()).unwrap_or_default();
        Self { every, index: day.year() * Self::a_year(every) + place }
    }

    /// How many turns a year has.
    fn a_year(every: Every) -> i32 {
        i32::try_from(12 / every.months()).unwrap_or(1)
    }

    /// The turn after it.
    pub fn next(self) -> Option<Self> {
        Some(Self { index: self.index.checked_add(1)?, ..self })
    }

    fn year(self) -> i32 {
        self.index.div_euclid(Self::a_year(self.every))
    }

    /// Its place in the year, from 1.
    fn number(self) -> u32 {
        u32::try_from(self.index.rem_euclid(Self::a_year(self.every))).unwrap_or_default() + 1
    }

    /// Its `n`-th month, from 1.
    fn month(self, n: u32) -> Option<Month> {
        let year = Some(self.year()).filter(|year| YEARS.contains(year))?;
        Month::new(year, (self.number() - 1) * self.every.months() + n)
    }

    /// As an official writes it, `quý IV/2024`; a deadline of these words is its last day.
    pub fn written(self) -> String {
        let (year, number) = (self.year(), self.number());
        match (self.every, number) {
            (Every::Month, _) => format!("tháng {number}/{year}"),
            (Every::Quarter, 1) => format!("quý I/{year}"),
            (Every::Quarter, 2) => format!("quý II/{year}"),
            (Every::Quarter, 3) => format!("quý III/{year}"),
            (Every::Quarter, _) => format!("quý IV/{year}"),
            (Every::HalfYear, 1) => format!("6 tháng đầu năm {year}"),
            (Every::HalfYear, _) => format!("6 tháng cuối năm {year}"),
            (Every::Year, _) => format!("năm {year}"),
        }
    }
}

/// The code by which a turn is stored: `2024-11`, `2024-Q4`, `2024-H2`, `2024`.
impl fmt::Display for Turn {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, number) = (self.year(), self.number());
        match self.every {
            Every::Month => write!(out, "{year:04}-{number:02}"),
            Every::Quarter => write!(out, "{year:04}-Q{number}"),
            Every::HalfYear => write!(out, "{year:04}-H{number}"),
            Every::Year => write!(out, "{year:04}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::calendar::{DayKind, SpecialDay};
    use super::super::deadline;
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

    /// The first turns from a day on, and when each is due.
    fn dues(rule: Rule, roll: RollRule, from: &str, count: usize) -> Vec<(String, String)> {
        let calendar = public();
        let found = rule.occurrences(&calendar, roll, day(from)).take(count);
        found.map(|one| (one.turn.to_string(), one.due_on.to_string())).collect()
    }

    fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
        list.iter().map(|(turn, due)| ((*turn).to_owned(), (*due).to_owned())).collect()
    }

    #[test]
    fn rules_of_offices_name_their_days() {
        use DayOfMonth::{First, Last, LastWorking, Number};
        let rule = |every, month, day| Rule::new(every, month, day).unwrap();
        let monthly = rule(Every::Month, 1, Number(16));
        let (none, forward) = (RollRule::None, RollRule::Forward);
        let expected = [("2024-11", "2024-11-18"), ("2024-12", "2024-12-16"), ("2025-01", "2025-01-16")];
        assert_eq!(dues(monthly, forward, "2024-11-16", 3), pairs(&expected));
        assert_eq!(dues(monthly, none, "2024-11-17", 1), pairs(&[("2024-12", "2024-12-16")]));
        let quarterly = rule(Every::Quarter, 3, Number(15));
        let expected = [("2024-Q4", "2024-12-16"), ("2025-Q1", "2025-03-17")];
        assert_eq!(dues(quarterly, forward, "2024-10-01", 2), pairs(&expected));
        assert_eq!(dues(quarterly, RollRule::Back, "2024-10-01", 1), pairs(&[("2024-Q4", "2024-12-13")]));
        let yearly = rule(Every::Year, 11, Number(27));
        assert_eq!(dues(yearly, none, "2024-11-28", 1), pairs(&[("2025", "2025-11-27")]));
        let half = rule(Every::HalfYear, 6, Number(31));
        assert_eq!(
            dues(half, none, "2024-01-01", 2),
            pairs(&[("2024-H1", "2024-06-30"), ("2024-H2", "2024-12-31")])
        );
        let short = rule(Every::Month, 1, Number(30));
        assert_eq!(dues(short, none, "2024-02-01", 1), pairs(&[("2024-02", "2024-02-29")]));
        let last = rule(Every::Quarter, 3, LastWorking);
        assert_eq!(
            dues(last, none, "2024-04-01", 2),
            pairs(&[("2024-Q2", "2024-06-28"), ("2024-Q3", "2024-09-30")])
        );
        let monday = rule(Every::Month, 1, First(Weekday::Mon));
        assert_eq!(
            dues(monday, none, "2024-09-01", 2),
            pairs(&[("2024-09", "2024-09-02"), ("2024-10", "2024-10-07")])
        );
        assert_eq!(dues(monday, forward, "2024-09-01", 1), pairs(&[("2024-09", "2024-09-04")]));
        let friday = rule(Every::Month, 1, Last(Weekday::Fri));
        assert_eq!(dues(friday, none, "2024-11-01", 1), pairs(&[("2024-11", "2024-11-29")]));
    }

    #[test]
    fn what_is_no_rule_is_refused() {
        assert_eq!(Rule::new(Every::Quarter, 4, DayOfMonth::FirstWorking), None);
        assert_eq!(Rule::new(Every::Month, 0, DayOfMonth::FirstWorking), None);
        for (form, number) in [
            (DayForm::Number, None),
            (DayForm::Number, Some(0)),
            (DayForm::Number, Some(32)),
            (DayForm::FirstWeekday, None),
            (DayForm::LastWeekday, Some(0)),
            (DayForm::LastWeekday, Some(8)),
        ] {
            assert_eq!(DayOfMonth::of(form, number), None, "{form:?} {number:?}");
        }
    }

    #[test]
    fn a_rule_ends_with_the_years_of_deadlines() {
        let rule = Rule::new(Every::Year, 12, DayOfMonth::Number(31)).unwrap();
        let calendar = public();
        let years = rule.occurrences(&calendar, RollRule::None, day("2098-01-01")).count();
        assert_eq!(years, 3);
        assert_eq!(rule.occurrences(&calendar, RollRule::None, NaiveDate::MAX).count(), 0);
    }

    fn days_of_month() -> impl Strategy<Value = DayOfMonth> {
        (prop::sample::select(DayForm::ALL), 1..=7u32, 1..=31u32).prop_map(|(form, weekday, number)| {
            let number = if form == DayForm::Number { number } else { weekday };
            DayOfMonth::of(form, Some(number)).unwrap()
        })
    }

    fn rules() -> impl Strategy<Value = Rule> {
        (prop::sample::select(Every::ALL), 0..12u32, days_of_month())
            .prop_map(|(every, month, day)| Rule::new(every, month % every.months() + 1, day).unwrap())
    }

    fn calendars() -> impl Strategy<Value = WorkingCalendar> {
        let special = (0..1500u64, prop::sample::select(DayKind::ALL))
            .prop_map(|(n, kind)| SpecialDay { day: day("2024-01-01") + Days::new(n), kind });
        prop::collection::vec(special, 0..200).prop_map(WorkingCalendar::from_special)
    }

    proptest! {
        #[test]
        fn turns_follow_each_other_and_each_is_due_once_in_its_turn(
            rule in rules(), calendar in calendars(), roll in prop::sample::select(RollRule::ALL), from in 0..1000u64,
        ) {
            let from = day("2024-01-01") + Days::new(from);
            let found: Vec<_> = rule.occurrences(&calendar, roll, from).take(8).collect();
            prop_assert_eq!(found.len(), 8);
            for pair in found.windows(2) {
                prop_assert_eq!(pair[0].turn.next(), Some(pair[1].turn));
                prop_assert!(pair[0].due_on <= pair[1].due_on);
            }
            for one in &found {
                prop_assert!(one.named_on >= from);
                prop_assert_eq!(one.turn, Turn::of(rule.every(), Month::of(one.named_on).first()));
                prop_assert_eq!(one.due_on, calendar.roll(one.named_on, roll));
                prop_assert!(roll == RollRule::None || calendar.is_working(one.due_on));
                prop_assert_eq!(rule.in_turn(one.turn, &calendar, roll), Some(*one));
            }
        }

        #[test]
        fn the_words_of_a_turn_are_a_deadline_on_its_last_day(every in prop::sample::select(Every::ALL), n in 0..20_000u64) {
            let on = day("1995-01-01") + Days::new(n);
            let turn = Turn::of(every, on);
            let last = deadline::parse(&turn.written()).unwrap().due_on.unwrap();
            prop_assert!(on <= last);
            prop_assert_eq!(turn.next(), Some(Turn::of(every, last + Days::new(1))));
            prop_assert_eq!(Turn::of(every, last), turn);
        }

        #[test]
        fn a_day_is_known_again_by_its_form_and_number(day in days_of_month()) {
            prop_assert_eq!(DayOfMonth::of(day.form(), day.number()), Some(day));
        }
    }
}
