use super::*;
use crate::domain::standing::{ExclusionFact, ExtensionFact, SubmissionDecision, SubmissionFact};

mod properties;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn unit(number: u128) -> UnitRef {
    UnitRef { id: Uuid::from_u128(number), short_name: format!("U{number}"), name: format!("Unit {number}") }
}

/// November 2024 at the cut-off of 29/11; due soon until 4/12.
fn november() -> Cut {
    let month = Month::parse("2024-11").unwrap();
    Cut::new(month, day("2024-11-29"), PeriodKind::CalendarMonth, &WorkingCalendar::default(), 3)
}

/// A key task of unit 1 to be built on.
fn task(due: &str) -> BriefingTask {
    BriefingTask {
        id: Uuid::nil(),
        unit: Uuid::from_u128(1),
        category: Category::Key,
        product: ProductKind::Report,
        level: None,
        facts: TaskFacts {
            assigned_on: Some(day("2024-01-02")),
            original_due_on: (!due.is_empty()).then(|| day(due)),
            ..TaskFacts::default()
        },
    }
}

fn completed(due: &str, on: &str) -> BriefingTask {
    submitted(due, on, Some((on, true)))
}

fn submitted(due: &str, on: &str, decision: Option<(&str, bool)>) -> BriefingTask {
    let decision =
        decision.map(|(on, accepted)| SubmissionDecision { decided_on: day(on), accepted, undone_on: None });
    let mut task = task(due);
    task.facts.submissions = vec![SubmissionFact { submitted_on: day(on), decision }];
    task
}

fn extended(mut task: BriefingTask, decided: &str, to: &str) -> BriefingTask {
    task.facts.extensions.push(ExtensionFact { decided_on: day(decided), new_due_on: day(to) });
    task
}

fn cancelled(mut task: BriefingTask, from: &str) -> BriefingTask {
    task.facts.exclusions = vec![ExclusionFact { from_on: Some(day(from)), until_on: None }];
    task
}

/// The figures of a task in November that are not nought, but for the number of tasks.
fn figures(task: &BriefingTask) -> Vec<(&'static str, u64)> {
    let cell = cell_of(task, &november()).unwrap();
    cell.named().into_iter().filter(|(name, count)| *count > 0 && *name != "tasks").collect()
}

#[test]
fn a_task_due_at_the_cut_off_is_neither_overdue_nor_reached() {
    let on_the_day = [("within_term", 1), ("due_soon", 1), ("due_in_period", 1)];
    assert_eq!(figures(&task("2024-11-29")), on_the_day);
    let day_before =
        [("longest_overdue_days", 1), ("overdue", 1), ("d1_7", 1), ("due_in_period", 1), ("reached", 1)];
    assert_eq!(figures(&task("2024-11-28")), day_before);
    assert_eq!(figures(&task("2024-11-30")), [("within_term", 1), ("due_soon", 1), ("due_in_period", 1)]);
}

#[test]
fn a_completion_counts_from_the_cut_off_on_backwards() {
    let on_time = [
        ("completed_on_time", 1),
        ("due_in_period", 1),
        ("reached", 1),
        ("on_time", 1),
        ("reached_on_time_original", 1),
        ("completed_in_period", 1),
    ];
    assert_eq!(figures(&completed("2024-11-29", "2024-11-29")), on_time);
    assert_eq!(figures(&completed("2024-11-29", "2024-11-30")), figures(&task("2024-11-29")));
    let late = [
        ("completed_late", 1),
        ("due_in_period", 1),
        ("reached", 1),
        ("completed_in_period", 1),
        ("completed_in_period_late", 1),
    ];
    assert_eq!(figures(&completed("2024-11-11", "2024-11-12")), late);
    let last_month = [("completed_late", 1)];
    assert_eq!(figures(&completed("2024-09-30", "2024-10-31")), last_month);
    let ahead = [("completed_on_time", 1), ("completed_in_period", 1)];
    assert_eq!(figures(&completed("2024-12-31", "2024-11-01")), ahead);
}

#[test]
fn an_extension_decided_after_the_cut_off_is_not_known() {
    let overdue = figures(&task("2024-11-15"));
    assert_eq!(figures(&extended(task("2024-11-15"), "2024-11-30", "2024-12-31")), overdue);
    let moved = figures(&extended(task("2024-11-15"), "2024-11-29", "2024-12-31"));
    assert_eq!(moved, [("within_term", 1), ("due_next", 1)]);
}

#[test]
fn an_extension_polishes_only_the_rate_of_the_deadline_in_force() {
    let task = extended(completed("2024-10-31", "2024-11-20"), "2024-10-30", "2024-11-25");
    let cell = cell_of(&task, &november()).unwrap();
    assert_eq!(cell.on_time_rate(), Rate { part: 1, of: 1 });
    assert_eq!(cell.on_time_rate_original(), Rate { part: 0, of: 1 });
}

#[test]
fn a_task_outside_the_count_is_in_no_figure_but_its_own() {
    assert_eq!(figures(&cancelled(task("2024-11-15"), "2024-11-29")), [("outside", 1)]);
    assert_eq!(figures(&cancelled(completed("2024-11-15", "2024-11-15"), "2024-11-01")), [("outside", 1)]);
    assert_eq!(figures(&cancelled(task("2024-11-15"), "2024-11-30")), figures(&task("2024-11-15")));
}

#[test]
fn a_task_without_deadline_is_completed_in_the_month_but_in_no_rate() {
    assert_eq!(figures(&task("")), [("no_deadline", 1)]);
    assert_eq!(figures(&completed("", "2024-11-20")), [("no_deadline", 1), ("completed_in_period", 1)]);
}

#[test]
fn a_task_assigned_after_the_cut_off_is_not_counted() {
    let mut late = task("2024-12-31");
    late.facts.assigned_on = Some(day("2024-11-30"));
    assert_eq!(cell_of(&late, &november()), None);
    late.facts.assigned_on = Some(day("2024-11-29"));
    assert_eq!(figures(&late), [("within_term", 1), ("due_next", 1)]);
}

#[test]
fn a_waiting_submission_is_judged_at_its_day() {
    let in_time = submitted("2024-11-15", "2024-11-15", None);
    assert_eq!(figures(&in_time), [("within_term", 1), ("waiting", 1), ("due_in_period", 1), ("reached", 1)]);
    let late = [
        ("longest_overdue_days", 10),
        ("overdue", 1),
        ("waiting", 1),
        ("waiting_overdue", 1),
        ("d8_30", 1),
        ("due_in_period", 1),
        ("reached", 1),
    ];
    assert_eq!(figures(&submitted("2024-11-01", "2024-11-11", Some(("2024-12-02", true)))), late);
    let never_stopped = submitted("2024-11-01", "2024-11-11", Some(("2024-11-12", false)));
    assert_eq!(figures(&never_stopped), figures(&task("2024-11-01")));
}

#[test]
fn the_next_month_is_split_by_product_and_level() {
    let due = |product, level| BriefingTask { product, level, ..task("2024-12-31") };
    let tasks = [
        due(ProductKind::Scheme, Some(Level::Government)),
        due(ProductKind::Scheme, Some(Level::PrimeMinister)),
        due(ProductKind::Scheme, Some(Level::Minister)),
        due(ProductKind::Circular, Some(Level::Government)),
        BriefingTask { category: Category::Routine, ..due(ProductKind::Plan, None) },
        BriefingTask { product: ProductKind::Law, ..completed("2024-12-31", "2024-11-20") },
        BriefingTask { product: ProductKind::Law, ..task("2025-01-01") },
    ];
    let figures = Figures::from_tasks(november(), &[unit(1)], &tasks);
    assert_eq!((figures.key.month.due_next, figures.all.month.due_next), (4, 5));
    assert_eq!(figures.key.month.due_next_schemes_to_government, 2);
    let expected = BTreeMap::from([(ProductKind::Scheme, 3), (ProductKind::Circular, 1)]);
    assert_eq!(figures.due_next_by_product, expected);
    assert_eq!(figures.check(), Ok(()));
}

#[test]
fn units_with_overdue_work_stand_by_count_and_then_in_their_order() {
    let of =
        |number, category| BriefingTask { unit: Uuid::from_u128(number), category, ..task("2024-05-15") };
    let key = Category::Key;
    let tasks = [of(3, key), of(1, key), of(4, key), of(4, key), of(2, Category::AdHoc)];
    let units: Vec<_> = [5, 3, 2, 1, 4].map(unit).into();
    let figures = Figures::from_tasks(november(), &units, &tasks);
    let listed: Vec<_> =
        figures.overdue_by_unit().into_iter().map(|(u, n)| (u.short_name.as_str(), n)).collect();
    assert_eq!(listed, [("U4", 2), ("U3", 1), ("U1", 1)]);
    assert_eq!(
        (figures.overdue_units(), figures.key.standings.overdue, figures.all.standings.overdue),
        (3, 4, 5)
    );
    assert_eq!((figures.key.longest_overdue_days, figures.key.ages.over_120), (198, 4));
    assert_eq!(figures.units.len(), 5);
}

#[test]
fn days_late_fall_into_their_buckets() {
    let edges = [0, 1, 7, 8, 30, 31, 60, 61, 120, 121].map(bucket_of);
    use AgeBucket::{D1To7, D8To30, D31To60, D61To120, Over120};
    let some = [D1To7, D1To7, D8To30, D8To30, D31To60, D31To60, D61To120, D61To120, Over120].map(Some);
    assert_eq!(edges[0], None);
    assert_eq!(edges[1..], some);
}

#[test]
fn rates_are_rounded_half_up_and_a_share_of_nothing_is_none() {
    let tenths = |part, of| Rate { part, of }.percent_tenths();
    assert_eq!(tenths(72, 101), Some(713));
    assert_eq!((tenths(1, 2000), tenths(1, 2001)), (Some(1), Some(0)));
    assert_eq!((tenths(0, 5), tenths(5, 5), tenths(0, 0)), (Some(0), Some(1000), None));
    assert_eq!(tenths(u64::MAX, u64::MAX), Some(1000));
}

#[test]
fn published_figures_balance_or_are_refused() {
    assert_eq!(balance(21_914, &[14_068, 1_983, 5_640, 223]), Ok(()));
    assert_eq!(balance(596, &[501, 85, 7, 2, 1]), Ok(()));
    assert_eq!(balance(9_831, &[7_892, 1_602, 319]), Err(9_813));
    let government_2017 = Cell {
        tasks: 21_914,
        standings: StandingCounts {
            completed_on_time: 14_068,
            completed_late: 1_983,
            within_term: 5_640,
            overdue: 223,
            ..StandingCounts::default()
        },
        ages: AgeBuckets { d1_7: 223, ..AgeBuckets::default() },
        longest_overdue_days: 7,
        ..Cell::default()
    };
    let group = CellKey { unit: unit(1).id, is_key: true, product: ProductKind::Other };
    let figures = Figures::from_cells(november(), &[unit(1)], [(group, government_2017)]);
    assert_eq!(figures.check(), Ok(()));
}

/// What is wrong with figures of one overdue task after a change to them.
fn broken(change: impl FnOnce(&mut Figures)) -> Option<Identity> {
    let mut figures = Figures::from_tasks(november(), &[unit(1)], &[task("2024-11-15"), task("2024-12-15")]);
    change(&mut figures);
    figures.check().err().map(|imbalance| imbalance.identity)
}

#[test]
fn whatever_does_not_add_up_is_found() {
    assert_eq!(broken(|_| {}), None);
    assert_eq!(broken(|f| f.key.tasks += 1), Some(Identity::Standings));
    assert_eq!(broken(|f| f.units[0].all.standings.outside += 1), Some(Identity::Standings));
    assert_eq!(broken(|f| f.all.ages.d8_30 += 1), Some(Identity::Ages));
    assert_eq!(broken(|f| f.key.longest_overdue_days = 0), Some(Identity::Ages));
    assert_eq!(broken(|f| f.units.clear()), Some(Identity::Units));
    assert_eq!(broken(|f| f.all.longest_overdue_days += 1), Some(Identity::Units));
    assert_eq!(broken(|f| f.due_next_by_product.clear()), Some(Identity::Products));
    assert_eq!(broken(|f| f.key.standings.waiting = 3), Some(Identity::Parts));
    assert_eq!(broken(|f| f.all = Cell::default()), Some(Identity::Parts));
}

#[test]
fn a_task_of_a_unit_that_is_not_listed_does_not_disappear() {
    let figures = Figures::from_tasks(november(), &[unit(2)], &[task("2024-11-15")]);
    let expected = Imbalance { identity: Identity::Units, figure: "tasks", unit: None, whole: 1, parts: 0 };
    assert_eq!(figures.check(), Err(expected));
}

#[test]
fn the_units_to_help_are_those_with_most_overdue_then_the_longest_then_in_their_order() {
    let of = |number, due| BriefingTask { unit: Uuid::from_u128(number), ..task(due) };
    let short = "2024-11-20";
    let tasks =
        [of(1, short), of(2, short), of(3, "2024-05-15"), of(4, short), of(4, short), of(5, "2024-12-15")];
    let units: Vec<_> = [5, 2, 1, 3, 4].map(unit).into();
    let figures = Figures::from_tasks(november(), &units, &tasks);
    let named = |count| {
        figures.units_to_help(count).into_iter().map(|u| u.unit.short_name.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(named(3), ["U4", "U3", "U2"]);
    assert_eq!(named(9), ["U4", "U3", "U2", "U1"]);
}

/// The figures of so many tasks of each kind.
fn of_many(kinds: &[(usize, BriefingTask)]) -> Figures {
    let tasks: Vec<BriefingTask> =
        kinds.iter().flat_map(|(count, task)| std::iter::repeat_n(task.clone(), *count)).collect();
    Figures::from_tasks(november(), &[unit(1)], &tasks)
}

#[test]
fn the_further_published_sets_are_reproduced_from_tasks() {
    let (on_time, late) = (completed("2024-10-01", "2024-09-30"), completed("2024-10-01", "2024-10-05"));
    let (within, overdue) = (task("2024-12-31"), task("2024-11-01"));
    let government = of_many(&[
        (14_068, on_time.clone()),
        (1_983, late.clone()),
        (5_640, within.clone()),
        (223, overdue.clone()),
    ]);
    let n = government.key.standings;
    assert_eq!(government.check(), Ok(()));
    assert_eq!(
        [government.key.tasks, n.completed_on_time, n.completed_late, n.within_term, n.overdue],
        [21_914, 14_068, 1_983, 5_640, 223]
    );
    let withdrawn = cancelled(task("2024-10-01"), "2024-09-01");
    let ministry = of_many(&[(480, on_time), (21, late), (85, within), (7, overdue), (3, withdrawn)]);
    let n = ministry.key.standings;
    assert_eq!(ministry.check(), Ok(()));
    assert_eq!(
        [ministry.key.tasks, n.completed_on_time + n.completed_late, n.within_term, n.overdue, n.outside],
        [596, 501, 85, 7, 3]
    );
}

#[test]
fn the_set_that_does_not_add_up_is_refused_with_its_difference() {
    let printed = StandingCounts {
        completed_on_time: 7_892,
        within_term: 1_602,
        overdue: 319,
        ..StandingCounts::default()
    };
    let mut figures = of_many(&[]);
    figures.key = Cell { tasks: 9_831, standings: printed, ..Cell::default() };
    let found = figures.check().unwrap_err();
    assert_eq!(
        (found.identity, found.whole, found.parts, found.whole - found.parts),
        (Identity::Standings, 9_831, 9_813, 18)
    );
}
