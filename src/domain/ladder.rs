//! The ladder of reminders: on which working day who is told of a deadline, before it, on it and after it.
//!
//! What must stay true: of one deadline every step is told on exactly one working day; a step that falls on a day off is
//! told on the next working day. Days that nobody told anything are caught up by the next day that does.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};

use super::calendar::WorkingCalendar;
use super::vocabulary::vocabulary;

vocabulary! {
    /// Who is told, from the nearest to the task upwards.
    Told {
        /// The contact person, else the assignees, else the head of the lead unit.
        Contact = "contact",
        /// The head of the lead unit.
        Head = "head",
        /// The task's follower, else the office.
        Office = "office",
        /// The responsible leader, else the office.
        Leader = "leader",
    }
}

vocabulary! {
    /// How the days of a step are counted.
    DayCount {
        /// Days that are worked.
        Working = "working",
        /// All days.
        Calendar = "calendar",
    }
}

/// The most steps of a ladder.
pub const MOST_STEPS: usize = 12;

/// The most days between a deadline and a step.
pub const MOST_DAYS: u32 = 365;

/// A step: some days before a deadline (negative), on it, or after it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Step {
    /// Days from the deadline.
    pub days: i32,
    /// How they are counted.
    pub count: DayCount,
    /// Who is told.
    pub told: BTreeSet<Told>,
}

impl Step {
    /// The working day on which it is told of a deadline.
    pub fn told_on(&self, due: NaiveDate, calendar: &WorkingCalendar) -> NaiveDate {
        let n = self.days.unsigned_abs();
        let falls_on = match (self.count, self.days) {
            (DayCount::Working, ..0) => working_days_before(calendar, due, n),
            (DayCount::Working, _) => calendar.add_working_days(due, n),
            (DayCount::Calendar, ..0) => due.checked_sub_days(Days::new(n.into())).unwrap_or(due),
            (DayCount::Calendar, _) => due.checked_add_days(Days::new(n.into())).unwrap_or(due),
        };
        calendar.next_working(falls_on)
    }
}

/// The last working day with `count` more of them up to a deadline.
fn working_days_before(calendar: &WorkingCalendar, due: NaiveDate, count: u32) -> NaiveDate {
    let before = |day: NaiveDate| calendar.previous_working(day.pred_opt().unwrap_or(day));
    (0..count).fold(calendar.previous_working(due), |day, _| before(day))
}

/// A step that is told of a deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reached<'a> {
    /// The day it is to be told, at most the day asked about.
    pub told_on: NaiveDate,
    /// The step.
    pub step: &'a Step,
}

/// What is wrong with a ladder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LadderFault {
    /// It has no step, or too many.
    Length,
    /// The step at this place is too far from the deadline.
    TooFar(usize),
    /// The step at this place is told to nobody.
    Nobody(usize),
    /// The step at this place stands before it already.
    Repeated(usize),
}

/// A tenant's steps, the earliest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ladder(Vec<Step>);

impl Default for Ladder {
    /// The contact person 7, 3 and 1 working days before and on the day; the head as well a day later; head and office
    /// after a week; the leader after thirty days.
    fn default() -> Self {
        use DayCount::{Calendar, Working};
        let step = |days, count, told: &[Told]| Step { days, count, told: told.iter().copied().collect() };
        Self(vec![
            step(-7, Working, &[Told::Contact]),
            step(-3, Working, &[Told::Contact]),
            step(-1, Working, &[Told::Contact]),
            step(0, Calendar, &[Told::Contact]),
            step(1, Calendar, &[Told::Contact, Told::Head]),
            step(7, Calendar, &[Told::Head, Told::Office]),
            step(30, Calendar, &[Told::Leader]),
        ])
    }
}

impl Ladder {
    /// The ladder of these steps, in any order.
    ///
    /// # Errors
    /// What is wrong, in the order of the steps as given.
    pub fn of(steps: Vec<Step>) -> std::result::Result<Self, Vec<LadderFault>> {
        let mut faults = Vec::new();
        if steps.is_empty() || steps.len() > MOST_STEPS {
            faults.push(LadderFault::Length);
        }
        let mut seen = BTreeSet::new();
        for (place, step) in steps.iter().enumerate() {
            // On the day is the same day in either count.
            let count = if step.days == 0 { DayCount::Calendar } else { step.count };
            if step.days.unsigned_abs() > MOST_DAYS {
                faults.push(LadderFault::TooFar(place));
            } else if !seen.insert((step.days, count)) {
                faults.push(LadderFault::Repeated(place));
            } else if step.told.is_empty() {
                faults.push(LadderFault::Nobody(place));
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let mut steps = steps;
        steps.sort();
        Ok(Self(steps))
    }

    /// The steps, the earliest first.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// The deadlines of which a step is told after one day and not after another, each with its steps.
    pub fn reached(
        &self,
        calendar: &WorkingCalendar,
        since: NaiveDate,
        day: NaiveDate,
    ) -> BTreeMap<NaiveDate, Vec<Reached<'_>>> {
        let furthest = |of: fn(i32) -> i32| {
            self.0.iter().map(|step| of(step.days).max(0).unsigned_abs()).max().unwrap_or(0)
        };
        let first = working_days_before(calendar, since, furthest(|days| days));
        let last = calendar.add_working_days(day, furthest(|days| -days) + 1);
        first
            .iter_days()
            .take_while(|due| *due <= last)
            .map(|due| (due, self.reached_of(calendar, due, since, day)))
            .filter(|(_, reached)| !reached.is_empty())
            .collect()
    }

    fn reached_of(
        &self,
        calendar: &WorkingCalendar,
        due: NaiveDate,
        since: NaiveDate,
        day: NaiveDate,
    ) -> Vec<Reached<'_>> {
        let told = self.0.iter().map(|step| Reached { told_on: step.told_on(due, calendar), step });
        told.filter(|reached| since < reached.told_on && reached.told_on <= day).collect()
    }
}

#[cfg(test)]
mod tests;
