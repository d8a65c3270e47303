use proptest::prelude::*;

use super::super::calendar::{DayKind, SpecialDay};
use super::super::public_days::public_days;
use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn public() -> WorkingCalendar {
    WorkingCalendar::from_special(public_days().iter().map(|row| SpecialDay { day: row.day, kind: row.kind }))
}

fn step(days: i32, count: DayCount) -> Step {
    Step { days, count, told: BTreeSet::from([Told::Contact]) }
}

#[test]
fn the_default_ladder_over_a_holiday() {
    let told = |due: &str| -> Vec<String> {
        Ladder::default().steps().iter().map(|s| s.told_on(day(due), &public()).to_string()).collect()
    };
    // 30/4 and 1/5 are off, Monday 29/4 in exchange for Saturday 4/5.
    assert_eq!(
        told("2024-05-03"),
        ["2024-04-19", "2024-04-25", "2024-05-02", "2024-05-03", "2024-05-04", "2024-05-10", "2024-06-03"]
    );
    // A deadline on a Sunday: a working day is left on Thursday, and Monday tells both of the day and of being late.
    assert_eq!(told("2024-11-24")[2..5], ["2024-11-21", "2024-11-25", "2024-11-25"]);
    let working = step(5, DayCount::Working).told_on(day("2024-04-26"), &public());
    assert_eq!(working, day("2024-05-07"));
}

#[test]
fn a_ladder_is_checked_as_a_whole() {
    let nobody = Step { told: BTreeSet::new(), ..step(2, DayCount::Working) };
    let steps =
        vec![step(0, DayCount::Working), step(366, DayCount::Calendar), nobody, step(0, DayCount::Calendar)];
    let faults = Ladder::of(steps).unwrap_err();
    assert_eq!(faults, [LadderFault::TooFar(1), LadderFault::Nobody(2), LadderFault::Repeated(3)]);
    assert_eq!(Ladder::of(Vec::new()).unwrap_err(), [LadderFault::Length]);
    let many = (0..=12).map(|days| step(days, DayCount::Working)).collect();
    assert_eq!(Ladder::of(many).unwrap_err(), [LadderFault::Length]);
    let sorted = Ladder::of(vec![step(3, DayCount::Working), step(-3, DayCount::Calendar)]).unwrap();
    assert_eq!(sorted.steps()[0].days, -3);
    assert!(Ladder::of(Ladder::default().steps().to_vec()).is_ok());
}

fn calendars() -> impl Strategy<Value = WorkingCalendar> {
    let special = (0u64..500, any::<bool>()).prop_map(|(n, off)| SpecialDay {
        day: day("2024-01-01") + Days::new(n),
        kind: if off { DayKind::Off } else { DayKind::Work },
    });
    prop::collection::vec(special, 0..120).prop_map(WorkingCalendar::from_special)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn each_step_of_a_deadline_is_told_once(
        calendar in calendars(), due in 150u64..300, days in -60i32..90, working in any::<bool>(),
        missed in prop::collection::btree_set(0usize..350, 0..60),
    ) {
        let count = if working { DayCount::Working } else { DayCount::Calendar };
        let ladder = Ladder::of(vec![step(days, count)]).unwrap();
        let start = day("2024-01-01");
        let due = start + Days::new(due);
        let (mut since, mut told) = (start, Vec::new());
        for today in start.iter_days().skip(1).take(500).filter(|day| calendar.is_working(*day)).enumerate()
            .filter(|(n, _)| !missed.contains(n)).map(|(_, day)| day)
        {
            told.extend(ladder.reached(&calendar, since, today).remove(&due).into_iter().flatten()
                .map(|reached| (reached.told_on, today)));
            since = today;
        }
        prop_assert_eq!(told.len(), 1, "{:?}", told);
        let (told_on, today) = told[0];
        prop_assert!(calendar.is_working(told_on) && told_on <= today);
        if working && days < 0 {
            prop_assert_eq!(calendar.working_days_between(told_on, due), days.unsigned_abs());
        }
    }
}
