//! What holds for the figures of any tasks.

use chrono::Days;
use proptest::prelude::*;

use super::*;

/// Days from 1/10/2024 to 31/1/2025.
fn days() -> impl Strategy<Value = NaiveDate> {
    (0..123u64).prop_map(|days| day("2024-10-01") + Days::new(days))
}

fn facts() -> impl Strategy<Value = TaskFacts> {
    let maybe = || prop::option::of(days());
    let extension =
        (days(), days()).prop_map(|(decided_on, new_due_on)| ExtensionFact { decided_on, new_due_on });
    let decision = (days(), any::<bool>()).prop_map(|(decided_on, accepted)| SubmissionDecision {
        decided_on,
        accepted,
        undone_on: None,
    });
    let submission = (days(), prop::option::of(decision))
        .prop_map(|(submitted_on, decision)| SubmissionFact { submitted_on, decision });
    let exclusion = (maybe(), maybe()).prop_map(|(from_on, until_on)| ExclusionFact { from_on, until_on });
    let lists = (
        prop::collection::vec(extension, 0..2),
        prop::collection::vec(submission, 0..3),
        prop::option::weighted(0.2, exclusion),
    );
    (maybe(), maybe(), lists).prop_map(
        |(assigned_on, original_due_on, (extensions, submissions, exclusion))| {
            let exclusions = exclusion.into_iter().collect();
            TaskFacts { assigned_on, original_due_on, extensions, submissions, exclusions }
        },
    )
}

fn tasks() -> impl Strategy<Value = Vec<BriefingTask>> {
    let products = prop::sample::select(ProductKind::ALL);
    let levels = prop::option::of(prop::sample::select(Level::ALL));
    let task = (1..5u128, prop::sample::select(Category::ALL), products, levels, facts()).prop_map(
        |(unit, category, product, level, facts)| BriefingTask {
            id: Uuid::nil(),
            unit: Uuid::from_u128(unit),
            category,
            product,
            level,
            facts,
        },
    );
    prop::collection::vec(task, 0..40)
}

proptest! {
    #[test]
    fn figures_of_any_tasks_add_up(tasks in tasks(), cutoff in days()) {
        let cut = Cut { cutoff, soon_until: cutoff + Days::new(5), ..november() };
        let units: Vec<_> = (1..6).map(unit).collect();
        let figures = Figures::from_tasks(cut, &units, &tasks);
        prop_assert_eq!(figures.check(), Ok(()));
        let counted = tasks.iter().filter(|task| task.facts.assigned_by(cutoff)).count() as u64;
        prop_assert_eq!(figures.all.standings.total(), counted);
        let listed: u64 = figures.overdue_by_unit().iter().map(|(_, count)| count).sum();
        prop_assert_eq!(listed, figures.key.standings.overdue);
        prop_assert_eq!(figures.overdue_by_unit().len(), figures.overdue_units());
        prop_assert!(figures.overdue_by_unit().is_sorted_by(|a, b| a.1 >= b.1));
    }

    #[test]
    fn neither_the_order_nor_the_grouping_of_cells_matters(tasks in tasks()) {
        let (cut, units) = (november(), [unit(1), unit(2), unit(3), unit(4)]);
        let mut grouped: BTreeMap<CellKey, Cell> = BTreeMap::new();
        for task in tasks.iter().rev() {
            if let Some(cell) = cell_of(task, &cut) {
                *grouped.entry(CellKey::of(task)).or_default() += cell;
            }
        }
        prop_assert_eq!(Figures::from_cells(cut, &units, grouped), Figures::from_tasks(cut, &units, &tasks));
    }

    #[test]
    fn the_figures_follow_their_definitions(tasks in tasks(), cutoff in days()) {
        let cut = Cut { cutoff, ..november() };
        let figures = Figures::from_tasks(cut, &[], &tasks);
        let (c, month) = (cutoff, figures.key.month);
        let counted: Vec<&TaskFacts> = tasks.iter().filter(|task| task.category == Category::Key)
            .map(|task| &task.facts).filter(|facts| facts.assigned_by(c) && !facts.outside_at(c)).collect();
        let count = |test: &dyn Fn(&TaskFacts) -> bool| counted.iter().filter(|facts| test(facts)).count() as u64;
        let due_in = |facts: &TaskFacts, period: Period| facts.due_at(c).is_some_and(|due| period.contains(due));
        let done = |facts: &TaskFacts| facts.completed_at(c);
        let good = |facts: &TaskFacts| done(facts).is_some() && done(facts) <= facts.due_at(c);
        let done_in = |facts: &TaskFacts| done(facts).is_some_and(|done| cut.period.contains(done));
        prop_assert_eq!(month.due_in_period, count(&|f| due_in(f, cut.period)));
        prop_assert_eq!(month.reached,
            count(&|f| due_in(f, cut.period) && (done(f).is_some() || f.due_at(c) < Some(c))));
        prop_assert_eq!(month.on_time, count(&|f| due_in(f, cut.period) && good(f)));
        prop_assert_eq!(month.completed_in_period, count(&done_in));
        prop_assert_eq!(month.completed_in_period_late,
            count(&|f| done_in(f) && f.due_at(c).is_some() && !good(f)));
        prop_assert_eq!(month.due_next, count(&|f| done(f).is_none() && due_in(f, cut.next)));
        let overdue = |f: &TaskFacts| {
            done(f).is_none() && f.due_at(c).is_some_and(|due| due < f.waiting_at(c).unwrap_or(c))
        };
        prop_assert_eq!(figures.key.standings.overdue, count(&overdue));
    }
}
