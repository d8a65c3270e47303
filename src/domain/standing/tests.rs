use chrono::Days;
use proptest::prelude::*;

use super::*;

fn day(number: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 11, 1).unwrap() + Days::new(u64::from(number))
}

fn due_on(number: u32) -> TaskFacts {
    TaskFacts { assigned_on: Some(day(0)), original_due_on: Some(day(number)), ..TaskFacts::default() }
}

fn submitted(on: u32, decision: Option<(u32, bool)>) -> SubmissionFact {
    let decision =
        decision.map(|(on, accepted)| SubmissionDecision { decided_on: day(on), accepted, undone_on: None });
    SubmissionFact { submitted_on: day(on), decision }
}

fn extended(decided: u32, to: u32) -> ExtensionFact {
    ExtensionFact { decided_on: day(decided), new_due_on: day(to) }
}

/// The standing and the days late on a day.
fn at(facts: &TaskFacts, number: u32) -> Option<(Standing, u32)> {
    facts.view_at(day(number), day(number)).map(|view| (view.standing, view.days_late))
}

#[test]
fn a_task_is_overdue_from_the_day_after_its_deadline() {
    let task = due_on(10);
    assert_eq!(at(&task, 9), Some((Standing::WithinTerm, 0)));
    assert_eq!(at(&task, 10), Some((Standing::WithinTerm, 0)));
    assert_eq!(at(&task, 11), Some((Standing::Overdue, 1)));
}

#[test]
fn a_task_assigned_after_the_day_is_not_counted_even_when_cancelled() {
    let mut task = TaskFacts { assigned_on: Some(day(5)), ..due_on(10) };
    task.exclusions = vec![ExclusionFact { from_on: None, until_on: None }];
    assert_eq!(at(&task, 4), None);
    assert_eq!(at(&task, 5), Some((Standing::Outside, 0)));
    assert_eq!(TaskFacts { assigned_on: None, ..due_on(10) }.standing_at(day(0)), Some(Standing::WithinTerm));
}

#[test]
fn the_completion_is_judged_by_the_day_of_the_submission() {
    let mut task = due_on(10);
    task.submissions = vec![submitted(10, Some((14, true)))];
    assert_eq!(at(&task, 12), Some((Standing::WithinTerm, 0)));
    assert_eq!(at(&task, 14), Some((Standing::CompletedOnTime, 0)));
    task.submissions = vec![submitted(13, Some((14, true)))];
    assert_eq!(at(&task, 12), Some((Standing::Overdue, 2)));
    assert_eq!(at(&task, 30), Some((Standing::CompletedLate, 3)));
}

#[test]
fn a_confirmation_holds_until_the_day_it_is_undone() {
    let mut task = due_on(10);
    let decision = SubmissionDecision { decided_on: day(11), accepted: true, undone_on: Some(day(15)) };
    task.submissions = vec![SubmissionFact { submitted_on: day(9), decision: Some(decision) }];
    assert_eq!(at(&task, 10), Some((Standing::WithinTerm, 0)));
    assert_eq!(at(&task, 14), Some((Standing::CompletedOnTime, 0)));
    assert_eq!(at(&task, 15), Some((Standing::Overdue, 5)));
}

#[test]
fn a_waiting_task_is_judged_at_its_submission() {
    let mut task = due_on(10);
    task.submissions = vec![submitted(12, None)];
    let view = task.view_at(day(20), day(25)).unwrap();
    assert_eq!((view.standing, view.days_late, view.waiting_since), (Standing::Overdue, 2, Some(day(12))));
    task.submissions = vec![submitted(9, None)];
    let view = task.view_at(day(9), day(12)).unwrap();
    assert_eq!(
        (view.standing, view.waiting_since, view.due_soon),
        (Standing::WithinTerm, Some(day(9)), false)
    );
}

#[test]
fn a_submission_sent_back_never_stopped_the_clock() {
    let mut task = due_on(10);
    task.submissions = vec![submitted(9, Some((15, false)))];
    assert_eq!(at(&task, 14), Some((Standing::WithinTerm, 0)));
    assert_eq!(at(&task, 15), Some((Standing::Overdue, 5)));
    task.submissions.push(submitted(16, Some((18, true))));
    assert_eq!(at(&task, 17), Some((Standing::Overdue, 6)));
    assert_eq!(at(&task, 18), Some((Standing::CompletedLate, 6)));
}

#[test]
fn an_accepted_submission_of_a_later_day_is_no_completion_yet() {
    let mut task = due_on(10);
    task.submissions = vec![submitted(20, Some((5, true)))];
    assert_eq!(task.completed_at(day(19)), None);
    assert_eq!(task.completed_at(day(20)), Some(day(20)));
}

#[test]
fn the_extension_decided_last_is_in_force_and_only_from_its_decision() {
    let mut task = due_on(10);
    task.extensions = vec![extended(12, 30), extended(8, 20), extended(12, 25)];
    assert_eq!(task.due_at(day(7)), Some(day(10)));
    assert_eq!(task.due_at(day(8)), Some(day(20)));
    assert_eq!(task.due_at(day(12)), Some(day(25)));
}

#[test]
fn no_deadline_comes_before_completed_and_outside_before_both() {
    let mut task = TaskFacts { original_due_on: None, ..due_on(0) };
    task.submissions = vec![submitted(3, Some((3, true)))];
    assert_eq!(at(&task, 5), Some((Standing::NoDeadline, 0)));
    task.exclusions = vec![ExclusionFact { from_on: Some(day(6)), until_on: Some(day(8)) }];
    let standings: Vec<_> = (5..=8).map(|n| task.standing_at(day(n)).unwrap()).collect();
    assert_eq!(standings, [Standing::NoDeadline, Standing::Outside, Standing::Outside, Standing::NoDeadline]);
}

#[test]
fn due_soon_ends_at_the_horizon() {
    let task = due_on(10);
    let soon = |on, until| task.view_at(day(on), day(until)).unwrap().due_soon;
    assert!(soon(7, 10) && soon(10, 10) && !soon(6, 9) && !soon(11, 14));
}

#[test]
fn every_code_reads_back() {
    for standing in Standing::ALL {
        assert_eq!(Standing::from_code(standing.code()), Some(*standing));
    }
}

const SPAN: std::ops::Range<u32> = 0..30;

fn decisions() -> impl Strategy<Value = Option<(u32, bool)>> {
    prop::option::of((SPAN, any::<bool>()))
}

/// Any task around thirty days, sensible or not.
fn tasks() -> impl Strategy<Value = TaskFacts> {
    let maybe = || prop::option::of(SPAN.prop_map(day));
    let extensions = prop::collection::vec((SPAN, SPAN).prop_map(|(on, to)| extended(on, to)), 0..3);
    let submissions =
        prop::collection::vec((SPAN, decisions()).prop_map(|(on, decision)| submitted(on, decision)), 0..3);
    let exclusion = (maybe(), maybe()).prop_map(|(from_on, until_on)| ExclusionFact { from_on, until_on });
    let exclusions = prop::collection::vec(exclusion, 0..2);
    (maybe(), maybe(), extensions, submissions, exclusions).prop_map(
        |(assigned_on, original_due_on, extensions, submissions, exclusions)| TaskFacts {
            assigned_on,
            original_due_on,
            extensions,
            submissions,
            exclusions,
        },
    )
}

/// The facts as they were known on a day.
fn known_on(task: &TaskFacts, on: NaiveDate) -> TaskFacts {
    let mut known = task.clone();
    known.extensions.retain(|extension| extension.decided_on <= on);
    known.submissions.retain(|submission| submission.submitted_on <= on);
    for submission in &mut known.submissions {
        submission.decision = submission.decision.filter(|decision| decision.decided_on <= on);
    }
    known.exclusions.retain(|exclusion| exclusion.from_on.is_none_or(|from| from <= on));
    for exclusion in &mut known.exclusions {
        exclusion.until_on = exclusion.until_on.filter(|until| *until <= on);
    }
    known
}

proptest! {
    #[test]
    fn exactly_one_standing_holds_and_its_days_late_fit(task in tasks(), on in SPAN, soon in SPAN) {
        let on = day(on);
        let Some(view) = task.view_at(on, day(soon)) else {
            prop_assert!(task.assigned_on.unwrap() > on);
            return Ok(());
        };
        let (outside, due, completed) = (task.outside_at(on), task.due_at(on), task.completed_at(on));
        let judged = task.waiting_at(on).unwrap_or(on);
        let counted = |test: &dyn Fn(NaiveDate) -> bool| !outside && due.is_some_and(test);
        let holding: Vec<Standing> = [
            (Standing::Outside, outside),
            (Standing::NoDeadline, !outside && due.is_none()),
            (Standing::CompletedOnTime, counted(&|due| completed.is_some_and(|c| c <= due))),
            (Standing::CompletedLate, counted(&|due| completed.is_some_and(|c| c > due))),
            (Standing::WithinTerm, counted(&|due| completed.is_none() && judged <= due)),
            (Standing::Overdue, counted(&|due| completed.is_none() && judged > due)),
        ].into_iter().filter(|(_, holds)| *holds).map(|(standing, _)| standing).collect();
        prop_assert_eq!(holding, vec![view.standing]);
        let late = matches!(view.standing, Standing::CompletedLate | Standing::Overdue);
        prop_assert_eq!(view.days_late > 0, late);
        prop_assert!(!view.due_soon || (view.standing == Standing::WithinTerm && view.waiting_since.is_none()));
    }

    #[test]
    fn what_became_known_later_changes_nothing(task in tasks(), on in SPAN, soon in SPAN) {
        let (on, soon) = (day(on), day(soon));
        prop_assert_eq!(known_on(&task, on).view_at(on, soon), task.view_at(on, soon));
    }

    #[test]
    fn time_alone_never_makes_an_overdue_task_good(task in tasks(), on in SPAN, later in SPAN) {
        let known = known_on(&task, day(on));
        let (before, after) = (known.standing_at(day(on)), known.standing_at(day(on + later)));
        match before {
            Some(Standing::WithinTerm) => {
                prop_assert!(matches!(after, Some(Standing::WithinTerm | Standing::Overdue)));
            }
            None => {}
            settled => prop_assert_eq!(after, settled),
        }
    }

    #[test]
    fn a_refused_submission_counts_as_none_once_it_is_refused(task in tasks(), on in SPAN, refused in SPAN) {
        let mut with = task.clone();
        with.submissions.push(submitted(refused.min(on), Some((on, false))));
        prop_assert_eq!(with.view_at(day(on), day(on)), task.view_at(day(on), day(on)));
    }
}
