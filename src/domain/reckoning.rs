//! Why a task has its deadline and stands as it does on a day: the facts behind both, without words (DOMAIN §2).

use chrono::{Days, NaiveDate};

use super::calendar::{DayKind, WorkingCalendar};
use super::standing::{Standing, StandingView};

/// A special day of the calendar, with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedDay {
    /// The day.
    pub day: NaiveDate,
    /// Off or worked.
    pub kind: DayKind,
    /// What it is called.
    pub name: String,
    /// Whether it is not announced yet.
    pub provisional: bool,
}

/// Special days of one name that follow each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedDays {
    /// The first.
    pub from: NaiveDate,
    /// The last.
    pub through: NaiveDate,
    /// Off or worked.
    pub kind: DayKind,
    /// What they are called.
    pub name: String,
    /// Whether they are not announced yet.
    pub provisional: bool,
}

/// The days between a deadline and the day it is judged on, whichever comes first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The first day of it.
    pub from: NaiveDate,
    /// The last.
    pub through: NaiveDate,
    /// How many days there are.
    pub days: u32,
    /// How many of them are worked.
    pub working_days: u32,
    /// What is special in it: what falls on a weekend anyway is left out.
    pub special: Vec<NamedDays>,
}

/// Why a task stands as it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reckoning {
    /// The day since which it has stood so without a break, as far as the facts tell: a later one than it was entered.
    pub since: Option<NaiveDate>,
    /// The days that are left, or by which it is late; none when it is due on the day, completed or not judged.
    pub span: Option<Span>,
    /// Whether the deadline is a day that is not worked: a fixed date stays all the same.
    pub due_on_day_off: bool,
}

/// What is known of a task beside its standing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Known {
    /// The day of assignment.
    pub assigned_on: Option<NaiveDate>,
    /// The day of the decision by which the deadline in force holds; none when it is the original one.
    pub due_decided_on: Option<NaiveDate>,
    /// The first day of the time outside the count that holds on the day.
    pub outside_from: Option<NaiveDate>,
}

/// Works out why a task stands as it does on a day; `special` are the calendar's special days, the earliest first.
pub fn reckon(
    view: &StandingView,
    known: Known,
    day: NaiveDate,
    calendar: &WorkingCalendar,
    special: &[NamedDay],
) -> Reckoning {
    let judged_on = view.waiting_since.unwrap_or(day);
    let span = match (view.standing, view.due_on) {
        (Standing::WithinTerm, Some(due)) if view.waiting_since.is_none() => {
            between(day, due, calendar, special)
        }
        (Standing::Overdue, Some(due)) => between(due, judged_on, calendar, special),
        (Standing::CompletedLate, Some(due)) => {
            view.completed_on.and_then(|completed| between(due, completed, calendar, special))
        }
        _ => None,
    };
    Reckoning {
        since: since(view, known),
        span,
        due_on_day_off: view.due_on.is_some_and(|due| !calendar.is_working(due)),
    }
}

/// Overdue from the day after the deadline on, but not before that deadline was decided.
fn since(view: &StandingView, known: Known) -> Option<NaiveDate> {
    match view.standing {
        Standing::CompletedOnTime | Standing::CompletedLate => view.completed_on,
        Standing::Outside => known.outside_from,
        Standing::NoDeadline => known.assigned_on,
        Standing::WithinTerm => view.waiting_since.or(known.due_decided_on).or(known.assigned_on),
        Standing::Overdue => {
            let late = view.due_on.and_then(|due| due.checked_add_days(Days::new(1)));
            late.max(known.assigned_on).max(known.due_decided_on)
        }
    }
}

/// The days in (`after`, `through`]; none when there are none.
fn between(
    after: NaiveDate,
    through: NaiveDate,
    calendar: &WorkingCalendar,
    special: &[NamedDay],
) -> Option<Span> {
    let days = u32::try_from((through - after).num_days()).ok().filter(|days| *days > 0)?;
    let within = special.iter().filter(|named| after < named.day && named.day <= through);
    Some(Span {
        from: after.checked_add_days(Days::new(1))?,
        through,
        days,
        working_days: calendar.working_days_between(after, through),
        special: runs(within),
    })
}

/// Days that follow each other and are the same in all else, as one.
fn runs<'a>(days: impl Iterator<Item = &'a NamedDay>) -> Vec<NamedDays> {
    let mut all: Vec<NamedDays> = Vec::new();
    for day in days {
        let follows = |last: &NamedDays| {
            last.through.succ_opt() == Some(day.day)
                && (last.kind, &last.name, last.provisional) == (day.kind, &day.name, day.provisional)
        };
        match all.last_mut().filter(|last| follows(last)) {
            Some(last) => last.through = day.day,
            None => all.push(NamedDays {
                from: day.day,
                through: day.day,
                kind: day.kind,
                name: day.name.clone(),
                provisional: day.provisional,
            }),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::calendar::SpecialDay;
    use super::super::public_days::public_days;
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn named() -> Vec<NamedDay> {
        let public = public_days();
        let mut days: Vec<NamedDay> = public
            .iter()
            .map(|public| NamedDay {
                day: public.day,
                kind: public.kind,
                name: public.name.to_owned(),
                provisional: public.provisional,
            })
            .collect();
        days.sort_by_key(|named| named.day);
        days
    }

    fn calendar() -> WorkingCalendar {
        WorkingCalendar::from_special(named().iter().map(|d| SpecialDay { day: d.day, kind: d.kind }))
    }

    fn view(standing: Standing, due: &str) -> StandingView {
        StandingView {
            standing,
            due_on: Some(day(due)),
            completed_on: None,
            waiting_since: None,
            days_late: 0,
            due_soon: false,
        }
    }

    fn reckoned(view: &StandingView, known: Known, on: &str) -> Reckoning {
        reckon(view, known, day(on), &calendar(), &named())
    }

    #[test]
    fn the_days_left_over_tet_are_counted_and_named() {
        let why = reckoned(&view(Standing::WithinTerm, "2024-02-16"), Known::default(), "2024-02-06");
        let span = why.span.unwrap();
        assert_eq!(
            (span.from, span.through, span.days, span.working_days),
            (day("2024-02-07"), day("2024-02-16"), 10, 3)
        );
        let tet = &span.special[0];
        assert_eq!(
            (tet.from, tet.through, tet.name.as_str()),
            (day("2024-02-08"), day("2024-02-14"), "Tết Nguyên đán")
        );
        assert_eq!(span.special.len(), 1);
    }

    #[test]
    fn provisional_and_made_up_days_stand_by_themselves() {
        let why = reckoned(&view(Standing::WithinTerm, "2026-11-25"), Known::default(), "2026-11-20");
        assert!(why.span.unwrap().special[0].provisional);
        let why = reckoned(&view(Standing::Overdue, "2024-04-26"), Known::default(), "2024-05-06");
        let kinds: Vec<DayKind> = why.span.unwrap().special.iter().map(|days| days.kind).collect();
        assert!(kinds.contains(&DayKind::Work) && kinds.contains(&DayKind::Off));
    }

    #[test]
    fn a_standing_has_lasted_since_what_made_it_so() {
        let known = Known {
            assigned_on: Some(day("2024-05-29")),
            due_decided_on: Some(day("2024-06-20")),
            outside_from: Some(day("2024-07-01")),
        };
        let since = |view: &StandingView| reckoned(view, known, "2024-11-29").since;
        assert_eq!(since(&view(Standing::Overdue, "2024-09-06")), Some(day("2024-09-07")));
        // A deadline that had passed when it was decided.
        assert_eq!(since(&view(Standing::Overdue, "2024-06-01")), Some(day("2024-06-20")));
        assert_eq!(since(&view(Standing::WithinTerm, "2024-12-31")), Some(day("2024-06-20")));
        assert_eq!(since(&view(Standing::Outside, "2024-12-31")), Some(day("2024-07-01")));
        let waits = StandingView {
            waiting_since: Some(day("2024-11-01")),
            ..view(Standing::WithinTerm, "2024-12-31")
        };
        assert_eq!(
            (since(&waits), reckoned(&waits, known, "2024-11-29").span),
            (Some(day("2024-11-01")), None)
        );
    }

    #[test]
    fn a_fixed_deadline_on_a_day_off_is_told() {
        assert!(
            reckoned(&view(Standing::WithinTerm, "2024-11-30"), Known::default(), "2024-11-29")
                .due_on_day_off
        );
        let today = reckoned(&view(Standing::WithinTerm, "2024-11-29"), Known::default(), "2024-11-29");
        assert_eq!((today.due_on_day_off, today.span), (false, None));
    }

    proptest! {
        #[test]
        fn a_spans_days_are_its_working_days_and_the_rest(left in 1u64..500) {
            let on = day("2024-01-01");
            let due = on + Days::new(left);
            let view = StandingView { due_on: Some(due), ..view(Standing::WithinTerm, "2024-01-01") };
            let span = reckon(&view, Known::default(), on, &calendar(), &named()).span.unwrap();
            prop_assert_eq!(u64::from(span.days), left);
            let off = on.iter_days().skip(1).take_while(|d| *d <= due).filter(|d| !calendar().is_working(*d)).count();
            prop_assert_eq!(span.working_days as usize + off, span.days as usize);
        }
    }
}
