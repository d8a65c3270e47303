use chrono::Days;
use proptest::prelude::*;

use super::*;
use crate::domain::period::PeriodKind;
use crate::domain::standing::{ExclusionFact, ExtensionFact, SubmissionDecision, SubmissionFact};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The third quarter of 2026 at a cut-off.
fn review(cutoff: &str) -> Review {
    let span = Span::parse("2026-Q3").unwrap();
    let period = span.period(PeriodKind::CalendarMonth);
    Review { span, period, cutoff: day(cutoff) }
}

fn due(on: &str) -> TaskFacts {
    TaskFacts { original_due_on: Some(day(on)), ..TaskFacts::default() }
}

fn done(mut task: TaskFacts, on: &str) -> TaskFacts {
    let decision = SubmissionDecision { decided_on: day(on), accepted: true, undone_on: None };
    task.submissions.push(SubmissionFact { submitted_on: day(on), decision: Some(decision) });
    task
}

fn reported(mut task: TaskFacts, on: &str) -> TaskFacts {
    task.submissions.push(SubmissionFact { submitted_on: day(on), decision: None });
    task
}

fn moved(mut task: TaskFacts, decided: &str, to: &str) -> TaskFacts {
    task.extensions.push(ExtensionFact { decided_on: day(decided), new_due_on: day(to) });
    task
}

fn suspended(mut task: TaskFacts, from: &str, until: &str) -> TaskFacts {
    task.exclusions.push(ExclusionFact { from_on: Some(day(from)), until_on: Some(day(until)) });
    task
}

/// What a task adds at the end of October, when all of the quarter has come.
fn tally(task: &TaskFacts) -> Option<Tally> {
    let review = review("2026-10-31");
    Some(TaskJudged::of(task, &review)?.tally(review.cutoff))
}

fn delays(task: &TaskFacts) -> u32 {
    TaskJudged::of(task, &review("2026-10-31")).unwrap().delays
}

#[test]
fn what_is_due_in_the_period_and_was_reached_is_what_a_score_is_of() {
    let one = Tally { due: 1, reached: 1, ..Tally::default() };
    let on_time = Tally { on_time: 1, on_time_original: 1, quarters: 4, ..one };
    assert_eq!(tally(&done(due("2026-08-15"), "2026-08-15")), Some(on_time));
    let late = Tally { completed_late: 1, late_days: 5, delays: 1, quarters: 3, ..one };
    assert_eq!(tally(&done(due("2026-08-15"), "2026-08-20")), Some(late));
    let overdue = Tally { overdue: 1, late_days: 31, delays: 1, ..one };
    assert_eq!(tally(&due("2026-09-30")), Some(overdue));
    assert_eq!(tally(&reported(due("2026-09-30"), "2026-09-29")), Some(Tally { waiting: 1, ..one }));
    // Reported late and waiting: overdue until it was reported, not until the cut-off.
    assert_eq!(tally(&reported(due("2026-09-30"), "2026-10-02")), Some(Tally { late_days: 2, ..overdue }));
    for other in [due("2026-06-30"), due("2026-10-01"), TaskFacts::default()] {
        assert_eq!(tally(&other), None, "{other:?}");
    }
    assert_eq!(tally(&suspended(due("2026-08-15"), "2026-08-01", "2026-12-01")), None, "outside the count");
    let given_later = TaskFacts { assigned_on: Some(day("2026-11-01")), ..due("2026-08-15") };
    assert_eq!(tally(&given_later), None);
    // Moved out of the quarter, and into it.
    assert_eq!(tally(&moved(due("2026-08-15"), "2026-08-10", "2026-12-31")), None);
    assert!(tally(&moved(due("2026-06-15"), "2026-06-10", "2026-07-31")).is_some());
}

#[test]
fn a_task_whose_day_has_not_come_speaks_neither_for_nor_against_its_unit() {
    let review = review("2026-08-15");
    let at = |task: &TaskFacts| TaskJudged::of(task, &review).unwrap().tally(review.cutoff);
    assert_eq!(at(&due("2026-09-30")), Tally { due: 1, ..Tally::default() });
    assert_eq!(at(&due("2026-08-15")).reached, 0, "due today is not overdue today");
    assert_eq!((at(&due("2026-08-14")).reached, at(&due("2026-08-14")).overdue), (1, 1));
    assert_eq!(at(&done(due("2026-09-30"), "2026-08-01")).on_time, 1, "done early counts at once");
}

#[test]
fn each_deadline_that_passed_is_a_delay() {
    let task = due("2026-07-15");
    assert_eq!(delays(&done(task.clone(), "2026-07-15")), 0);
    assert_eq!(delays(&done(task.clone(), "2026-07-16")), 1);
    let in_time = moved(task.clone(), "2026-07-15", "2026-08-15");
    assert_eq!(delays(&done(in_time.clone(), "2026-08-15")), 0, "extended in time");
    // Decided on the morning after the last day: no day was seen on which it was overdue.
    assert_eq!(delays(&done(moved(task.clone(), "2026-07-16", "2026-08-15"), "2026-08-01")), 0);
    let behind = moved(task.clone(), "2026-07-20", "2026-08-15");
    assert_eq!(delays(&done(behind.clone(), "2026-08-01")), 1, "an extension takes back no delay");
    assert_eq!(delays(&done(behind.clone(), "2026-08-16")), 2);
    assert_eq!(delays(&moved(behind.clone(), "2026-08-20", "2026-09-10")), 3);
    // Of two decided on one day the first never held.
    let twice = moved(moved(task.clone(), "2026-07-10", "2026-07-01"), "2026-07-10", "2026-08-15");
    assert_eq!(delays(&done(twice, "2026-08-01")), 0);
    // Suspended before its day, and given another one on the day it went on.
    let paused = moved(suspended(task, "2026-07-10", "2026-08-01"), "2026-08-01", "2026-09-01");
    assert_eq!(delays(&done(paused, "2026-08-30")), 0);
    let often = [
        ("2026-07-05", "2026-07-08"),
        ("2026-07-12", "2026-07-15"),
        ("2026-07-20", "2026-07-25"),
        ("2026-08-01", "2026-08-05"),
    ];
    let often = often.into_iter().fold(due("2026-07-01"), |task, (decided, to)| moved(task, decided, to));
    let all = tally(&done(often, "2026-09-01")).unwrap();
    assert_eq!((all.delays, all.quarters), (5, 0), "four delays leave nothing, a fifth takes no more");
}

fn unit(number: u128) -> UnitRef {
    UnitRef {
        id: Uuid::from_u128(number),
        short_name: format!("Đ{number}"),
        name: format!("Đơn vị {number}"),
    }
}

fn of(unit: u128, product: ProductKind, tally: Tally) -> (TallyKey, Tally) {
    (TallyKey { unit: Uuid::from_u128(unit), product }, tally)
}

fn evaluated(formula: Formula, weights: Weights, tallies: &[(TallyKey, Tally)]) -> Evaluation {
    let units: Vec<UnitRef> = (1..=4).map(unit).collect();
    Evaluation::new(review("2026-10-31"), Scope::Key, formula, weights, &units, tallies.iter().copied())
}

#[test]
fn progress_points_are_what_delays_leave_of_the_converted_products() {
    // Unit 1: a law on time and a report once late; unit 2: two reports, one of them never finished.
    let on_time =
        Tally { due: 1, reached: 1, on_time: 1, on_time_original: 1, quarters: 4, ..Tally::default() };
    let late = Tally {
        due: 1,
        reached: 1,
        completed_late: 1,
        late_days: 5,
        delays: 1,
        quarters: 3,
        ..Tally::default()
    };
    let overdue = Tally { due: 1, reached: 1, overdue: 1, late_days: 9, delays: 1, ..Tally::default() };
    let tallies = [
        of(1, ProductKind::Law, on_time),
        of(1, ProductKind::Report, late),
        of(2, ProductKind::Report, on_time),
        of(2, ProductKind::Report, overdue),
    ];
    let weights = Weights::new([(ProductKind::Law, 30)]);
    let points = |formula, weights: &Weights| -> Vec<Option<u32>> {
        let all = evaluated(formula, weights.clone(), &tallies);
        all.units.iter().map(|unit| unit.scored.score.map(|score| score.tenths)).collect()
    };
    // (3,0 + 0,75) ÷ 4,0 = 93,75, half-up 93,8; without the weight (1 + 0,75) ÷ 2 = 87,5.
    assert_eq!(points(Formula::Decree335, &weights), [Some(938), Some(500), None, None]);
    assert_eq!(points(Formula::Decree335, &Weights::default()), [Some(875), Some(500), None, None]);
    assert_eq!(points(Formula::Decree90, &weights), [Some(750), Some(500), None, None]);
    let all = evaluated(Formula::Decree335, weights, &tallies);
    let score = all.units[0].scored.score.unwrap();
    assert_eq!((score.earned, score.of), (3_750, 4_000));
    // All together: (3,0 + 0,75 + 1,0) ÷ 6,0 = 79,1666…
    assert_eq!(all.total.score.map(|score| score.tenths), Some(792));
    assert_eq!(all.total.tally.reached, 4);
}

#[test]
fn the_line_of_decree_90_is_everything_finished_and_four_fifths_on_time() {
    let finished = |on_time, completed_late| Tally {
        reached: on_time + completed_late,
        on_time,
        completed_late,
        ..Tally::default()
    };
    assert_eq!(finished(4, 1).meets_line(), Some(true), "80 % is enough");
    assert_eq!(finished(799, 200).meets_line(), Some(false), "79,98 % shows as 80,0 % and is not");
    assert_eq!(finished(799, 200).on_time_rate().percent_tenths(), Some(800));
    assert_eq!(Tally { reached: 10, overdue: 1, ..finished(9, 0) }.meets_line(), Some(false));
    assert_eq!(Tally::default().meets_line(), None);
}

#[test]
fn equal_scores_share_a_rank_and_the_next_one_comes_after_all_of_them() {
    let share = |on_time, reached| Tally { reached, on_time, ..Tally::default() };
    let tallies = [
        of(1, ProductKind::Report, share(1, 2)),
        of(2, ProductKind::Report, share(3, 3)),
        of(3, ProductKind::Law, share(2, 4)),
        // 0,4999…: the same as shown, so the same place.
        of(4, ProductKind::Report, share(4_999_999, 10_000_000)),
    ];
    let places = |tallies: &[(TallyKey, Tally)]| -> Vec<(String, Option<u32>)> {
        let all = evaluated(Formula::Decree90, Weights::default(), tallies);
        all.units.into_iter().map(|unit| (unit.unit.short_name, unit.rank)).collect()
    };
    let expected =
        [("Đ2", 1), ("Đ1", 2), ("Đ3", 2), ("Đ4", 2)].map(|(name, rank)| (name.to_owned(), Some(rank)));
    assert_eq!(places(&tallies), expected);
    let places = places(&tallies[..2]);
    assert_eq!(places[2..], [("Đ3".to_owned(), None), ("Đ4".to_owned(), None)], "nothing due, no place");
}

#[test]
fn the_decree_in_force_is_that_of_the_year() {
    assert_eq!([2024, 2025].map(Formula::of_year), [Formula::Decree90; 2]);
    assert_eq!([2026, 2027].map(Formula::of_year), [Formula::Decree335; 2]);
}

/// Days from 1/6 to 31/10/2026.
fn days() -> impl Strategy<Value = NaiveDate> {
    (0..153u64).prop_map(|days| day("2026-06-01") + Days::new(days))
}

fn facts() -> impl Strategy<Value = TaskFacts> {
    let extension = (prop::option::weighted(0.9, days()), days()).prop_map(|(decided_on, new_due_on)| {
        ExtensionFact { decided_on: decided_on.unwrap_or(NaiveDate::MIN), new_due_on }
    });
    let submission =
        (days(), prop::option::of((days(), any::<bool>()))).prop_map(|(submitted_on, decided)| {
            let decided = decided.map(|(decided_on, accepted)| SubmissionDecision {
                decided_on,
                accepted,
                undone_on: None,
            });
            SubmissionFact { submitted_on, decision: decided }
        });
    let exclusion = (prop::option::of(days()), prop::option::of(days()))
        .prop_map(|(from_on, until_on)| ExclusionFact { from_on, until_on });
    let lists = (
        prop::collection::vec(extension, 0..4),
        prop::collection::vec(submission, 0..2),
        prop::option::weighted(0.3, exclusion),
    );
    (prop::option::weighted(0.9, days()), lists).prop_map(
        |(original_due_on, (extensions, submissions, out))| {
            let exclusions = out.into_iter().collect();
            TaskFacts { assigned_on: None, original_due_on, extensions, submissions, exclusions }
        },
    )
}

fn tallies() -> impl Strategy<Value = Vec<(TallyKey, Tally)>> {
    let one = (1..5u128, prop::sample::select(ProductKind::ALL), facts())
        .prop_filter_map("counted", |(unit, product, facts)| Some(of(unit, product, tally(&facts)?)));
    prop::collection::vec(one, 0..40)
}

fn weights() -> impl Strategy<Value = Weights> {
    let one = (prop::sample::select(ProductKind::ALL), Weights::RANGE);
    prop::collection::vec(one, 0..12).prop_map(Weights::new)
}

/// Day by day: the deadlines that held on a day on which the task was late and in the count.
fn missed_day_by_day(facts: &TaskFacts, cutoff: NaiveDate, judged_on: NaiveDate) -> u32 {
    let known =
        |day: NaiveDate| facts.extensions.iter().filter(|moved| moved.decided_on <= day.min(cutoff)).count();
    let all = day("2026-05-01").iter_days().take_while(|day| *day <= judged_on);
    let late = all.filter(|day| facts.due_at(*day).is_some_and(|due| due < *day) && !facts.outside_at(*day));
    let mut held: Vec<usize> = late.map(known).collect();
    held.dedup();
    held.len() as u32
}

proptest! {
    #[test]
    fn delays_are_those_that_somebody_would_note_day_by_day(facts in facts(), cutoff in days()) {
        let review = Review { cutoff, ..review("2026-10-31") };
        if let Some(judged) = TaskJudged::of(&facts, &review) {
            let view = facts.view_at(cutoff, cutoff).unwrap();
            let judged_on = view.completed_on.or(view.waiting_since).unwrap_or(cutoff);
            let noted = missed_day_by_day(&facts, cutoff, judged_on).max(u32::from(judged.days_late > 0));
            prop_assert_eq!(judged.delays, noted);
        }
    }

    #[test]
    fn each_reached_task_is_on_exactly_one_line(facts in facts(), cutoff in days()) {
        let review = Review { cutoff, ..review("2026-10-31") };
        if let Some(task) = TaskJudged::of(&facts, &review) {
            let n = task.tally(cutoff);
            prop_assert_eq!(n.due, 1);
            prop_assert_eq!(n.reached, n.on_time + n.completed_late + n.overdue + n.waiting);
            prop_assert!(n.on_time_original <= n.completed() && n.quarters <= 4 * n.completed());
            prop_assert_eq!(n.late_days > 0, n.completed_late + n.overdue > 0);
        }
    }

    #[test]
    fn units_add_up_to_the_total_and_every_score_is_of_a_hundred(
        tallies in tallies(),
        weights in weights(),
        formula in prop::sample::select(Formula::ALL),
    ) {
        let all = evaluated(formula, weights, &tallies);
        let mut sum = Tally::default();
        for unit in &all.units {
            sum += unit.scored.tally;
            prop_assert_eq!(unit.rank.is_some(), unit.scored.tally.reached > 0);
            if let Some(score) = unit.scored.score {
                prop_assert!(score.earned <= score.of && score.tenths <= 1000);
                // Rounded half-up: never further than half a tenth from the exact value.
                let exact = 1000 * i128::from(score.earned) - i128::from(score.tenths) * i128::from(score.of);
                prop_assert!(-i128::from(score.of) <= 2 * exact && 2 * exact < i128::from(score.of));
            }
        }
        prop_assert_eq!(sum, all.total.tally);
    }

    #[test]
    fn a_rank_is_one_more_than_there_are_better_ones(tallies in tallies(), weights in weights()) {
        let all = evaluated(Formula::Decree335, weights, &tallies);
        let points = |unit: &UnitScored| unit.scored.score.map(|score| score.tenths);
        for unit in &all.units {
            let better = all.units.iter().filter(|other| points(other) > points(unit)).count();
            prop_assert_eq!(unit.rank, points(unit).map(|_| better as u32 + 1));
        }
    }

    #[test]
    fn equal_weights_weigh_nothing(tallies in tallies(), weight in Weights::RANGE) {
        let even = Weights::new(ProductKind::ALL.iter().map(|kind| (*kind, weight)));
        for formula in Formula::ALL {
            let points = |weights| -> Vec<_> {
                let all = evaluated(*formula, weights, &tallies);
                all.units.iter().map(|unit| (unit.rank, unit.scored.score.map(|score| score.tenths))).collect()
            };
            prop_assert_eq!(points(even.clone()), points(Weights::default()));
        }
    }
}
