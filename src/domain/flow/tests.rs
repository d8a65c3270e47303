//! The flow over random facts: every task has one line, and the parts sum.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use super::*;
use crate::domain::standing::{
    ExclusionFact, ExtensionFact, LeadChange, SubmissionDecision, SubmissionFact, TaskFacts, lead_at,
};

fn day(n: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 10, 1).unwrap() + Days::new(n)
}

const OPENING: u64 = 30;
const CLOSING: u64 = 60;

/// A task's facts, and who leads it.
#[derive(Debug, Clone)]
struct Told {
    facts: TaskFacts,
    lead: u8,
    leads: Vec<(u64, u8)>,
    is_key: bool,
}

fn unit(n: u8) -> Uuid {
    Uuid::from_u128(n.into())
}

fn submission() -> impl Strategy<Value = SubmissionFact> {
    (0u64..80, 0u64..30, 0u8..4, 0u64..30).prop_map(|(on, after, kind, undone)| {
        let decided_on = day(on + after);
        let decision = SubmissionDecision {
            decided_on,
            accepted: kind > 1,
            undone_on: (kind == 3).then(|| decided_on + Days::new(undone)),
        };
        SubmissionFact { submitted_on: day(on), decision: (kind > 0).then_some(decision) }
    })
}

fn told() -> impl Strategy<Value = Told> {
    let extension = (0u64..80, 0u64..90)
        .prop_map(|(on, due)| ExtensionFact { decided_on: day(on), new_due_on: day(due) });
    let exclusion = (0u64..80, 0u64..40).prop_map(|(from, days)| ExclusionFact {
        from_on: Some(day(from)),
        until_on: (days < 35).then(|| day(from + days)),
    });
    let facts = (
        proptest::option::of(0u64..70),
        proptest::option::weighted(0.9, 0u64..70),
        proptest::collection::vec(extension, 0..3),
        proptest::collection::vec(submission(), 0..3),
        proptest::collection::vec(exclusion, 0..2),
    );
    let leads = proptest::collection::vec((0u64..80, 0u8..3), 0..2);
    (facts, 0u8..3, leads, proptest::bool::weighted(0.8)).prop_map(|(facts, lead, leads, is_key)| {
        let (assigned, due, extensions, submissions, exclusions) = facts;
        let facts = TaskFacts {
            assigned_on: assigned.map(day),
            original_due_on: due.map(day),
            extensions,
            submissions,
            exclusions,
        };
        Told { facts, lead, leads, is_key }
    })
}

impl Told {
    fn on(&self, n: u64) -> Option<OnDay> {
        let changes: Vec<_> = self
            .leads
            .iter()
            .map(|(on, from)| LeadChange { changed_on: day(*on), from_unit: unit(*from) })
            .collect();
        let view = self.facts.view_at(day(n), day(n))?;
        let outside = (view.standing == Standing::Outside).then_some(Status::Cancelled);
        Some(OnDay { unit: lead_at(unit(self.lead), &changes, day(n)), view, outside })
    }

    fn between(&self, id: usize) -> Between {
        let then = self.on(OPENING);
        let was_overdue = |then: &OnDay| self.is_key && then.view.standing == Standing::Overdue;
        Between {
            id: Uuid::from_u128(id as u128),
            opening: then.filter(was_overdue).map(|then| then.unit),
            then,
            now: self.on(CLOSING),
            is_key: self.is_key,
            made_key: false,
            is_deleted: false,
        }
    }
}

/// What the opening said and what was known of it later differ: the opening is any set of tasks.
fn changed() -> impl Strategy<Value = (Told, Option<u8>, bool, bool)> {
    (told(), proptest::option::of(0u8..3), any::<bool>(), proptest::bool::weighted(0.1))
}

fn balances(flow: &Flow) -> Result<(), TestCaseError> {
    let totals = flow.totals();
    prop_assert_eq!(totals.check(), Ok(()));
    let units: Vec<UnitFlow> = (0..3).map(|n| flow.of_unit(unit(n))).collect();
    for flow in &units {
        prop_assert!(flow.balances(), "{:?}", flow);
    }
    let sum = |of: fn(&UnitFlow) -> u64| units.iter().map(of).sum::<u64>();
    prop_assert_eq!(sum(|unit| unit.opening), totals.opening);
    prop_assert_eq!(sum(|unit| unit.closing), totals.closing);
    prop_assert_eq!(sum(|unit| unit.moved_in), sum(|unit| unit.moved_out));
    Ok(())
}

proptest! {
    /// Facts alone, both ends computed: no task is without a line.
    #[test]
    fn each_task_of_both_ends_has_one_line_and_the_parts_sum(
        tasks in proptest::collection::vec(told(), 0..60),
    ) {
        let between: Vec<Between> = tasks.iter().enumerate().map(|(id, task)| task.between(id)).collect();
        let ends = between.iter().filter(|task| task.opening.is_some() || task.closing().is_some()).count();
        let flow = Flow::over(between);
        prop_assert_eq!(flow.placed().len(), ends);
        prop_assert_eq!(flow.unplaced().count(), 0);
        balances(&flow)?;
    }

    /// An opening that was published and facts that were changed since: corrections, deletions and changes of
    /// category have lines too.
    #[test]
    fn a_published_opening_balances_whatever_was_changed_since(
        tasks in proptest::collection::vec(changed(), 0..60),
    ) {
        let between = tasks.iter().enumerate().map(|(id, (task, opening, made_key, is_deleted))| Between {
            opening: opening.map(unit),
            made_key: *made_key,
            is_deleted: *is_deleted,
            ..task.between(id)
        });
        let flow = Flow::over(between);
        prop_assert_eq!(flow.unplaced().count(), 0);
        balances(&flow)?;
    }
}

#[test]
fn totals_that_do_not_add_up_say_by_how_much() {
    let mut totals = Totals { opening: 41, closing: 32, ..Totals::default() };
    totals.lines.extend([(Line::NewlyOverdue, 12), (Line::Completed, 18), (Line::Extended, 3)]);
    assert_eq!(totals.check(), Ok(()));
    totals.opening = 40;
    let found = totals.check().unwrap_err();
    assert_eq!((found.identity, found.whole, found.parts), (Identity::Flow, 53, 52));
}
