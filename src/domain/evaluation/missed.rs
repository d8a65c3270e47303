//! How often a task missed a deadline: Decree 335/2025 takes 25 % of its points each time.

use chrono::NaiveDate;

use crate::domain::standing::TaskFacts;

/// A deadline while it held.
#[derive(Debug, Clone, Copy)]
struct Held {
    due_on: Option<NaiveDate>,
    /// The first day.
    from: NaiveDate,
    /// The first day of the next one.
    until: NaiveDate,
}

/// How many of a task's deadlines passed while they held, up to the day it was reported on, or the cut-off. An extension
/// decided in time leaves none behind; one decided after the deadline does not take back that it passed. What lies
/// wholly within a time outside the count (suspended, returned …) is no delay.
pub(super) fn deadlines(facts: &TaskFacts, cutoff: NaiveDate, judged_on: NaiveDate) -> u32 {
    let missed = chain(facts, cutoff).into_iter().filter(|held| is_missed(facts, held, judged_on));
    u32::try_from(missed.count()).unwrap_or(u32::MAX)
}

/// The deadlines one after another, as known at the cut-off.
fn chain(facts: &TaskFacts, cutoff: NaiveDate) -> Vec<Held> {
    let mut moved: Vec<_> = facts.extensions.iter().filter(|moved| moved.decided_on <= cutoff).collect();
    moved.sort_by_key(|moved| moved.decided_on);
    let begins = [(facts.original_due_on, NaiveDate::MIN)]
        .into_iter()
        .chain(moved.into_iter().map(|moved| (Some(moved.new_due_on), moved.decided_on)));
    let begins: Vec<_> = begins.collect();
    let ends = begins.iter().skip(1).map(|(_, from)| *from).chain([NaiveDate::MAX]);
    begins
        .iter()
        .zip(ends)
        .map(|((due_on, from), until)| Held { due_on: *due_on, from: *from, until })
        .collect()
}

fn is_missed(facts: &TaskFacts, held: &Held, judged_on: NaiveDate) -> bool {
    let Some(passed) = held.due_on.and_then(|due| due.succ_opt()) else { return false };
    let first = passed.max(held.from);
    let last = held.until.pred_opt().map_or(NaiveDate::MIN, |day| day.min(judged_on));
    let is_out = |day: NaiveDate| {
        facts.exclusions.iter().any(|out| {
            out.from_on.is_none_or(|from| from <= day) && out.until_on.is_none_or(|until| day < until)
        })
    };
    // One day of it is in the count: its first, or one on which an exclusion has ended.
    let ends = facts.exclusions.iter().filter_map(|out| out.until_on);
    std::iter::once(first).chain(ends).any(|day| first <= day && day <= last && !is_out(day))
}
