//! The tasks of both ends of the flow on both days, by what is known now.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::opening::Opening;
use super::store::flow;
use super::store::lateness::{Ends, Lateness, lateness};
use crate::db::TenantConn;
use crate::domain::flow::{Between, Flow, OnDay};
use crate::domain::standing::{Standing, StandingView};
use crate::error::Result;
use crate::tasks::{self, AsOf, Chosen, Mark, Sight, TaskListed};

/// The tasks that were overdue on one of the two days, and those that were published as overdue in the opening.
pub(super) struct Seen {
    ends: HashMap<Uuid, Ends>,
    /// How many were overdue on each day of the trend.
    pub overdue_on: HashMap<NaiveDate, u64>,
    /// What those are now that are outside the count, or not counted as overdue on either day.
    marks: HashMap<Uuid, Mark>,
    recategorised: HashSet<Uuid>,
}

impl Seen {
    /// Reads them, and counts the overdue tasks on the days of the trend; `published` are the overdue tasks of the opening, if it was published at `published_at`.
    pub fn read(
        conn: &mut TenantConn<'_>,
        trend: &[NaiveDate],
        published: &[Uuid],
        opening: AsOf,
        closing: AsOf,
        published_at: Option<DateTime<Utc>>,
    ) -> Result<Self> {
        let Lateness { mut ends, overdue_on } = lateness(conn, trend, Some([opening.day, closing.day]))?;
        let others: Vec<Uuid> = published.iter().filter(|id| !ends.contains_key(id)).copied().collect();
        let outside = |ends: &Ends| ends.now.is_some_and(|now| now.view.standing == Standing::Outside);
        let mut unclear: Vec<Uuid> =
            ends.iter().filter(|(_, ends)| outside(ends)).map(|(id, _)| *id).collect();
        if !others.is_empty() {
            for sight in tasks::sights(conn, Chosen::Ids(&others), opening)? {
                ends.entry(sight.task.id).or_default().then = Some(on_day(&sight));
            }
            for sight in tasks::sights(conn, Chosen::Ids(&others), closing)? {
                ends.entry(sight.task.id).or_default().now = Some(on_day(&sight));
            }
            // One that was deleted is counted on neither day.
            others.iter().for_each(|id| _ = ends.entry(*id).or_default());
            unclear.extend(others);
        }
        let gone = Mark { is_key: false, is_deleted: true, outside: None };
        let mut marks = tasks::marks(conn, &unclear, closing.day)?;
        unclear.iter().for_each(|id| _ = marks.entry(*id).or_insert(gone));
        let all: Vec<Uuid> = ends.keys().copied().collect();
        Ok(Self {
            marks,
            recategorised: match published_at {
                Some(since) => flow::recategorised(conn, &all, since)?,
                None => HashSet::new(),
            },
            ends,
            overdue_on,
        })
    }

    /// The overdue tasks of the opening's day with their units, by what is known now.
    pub fn overdue_then(&self) -> HashMap<Uuid, Uuid> {
        let then = self.ends.iter().filter_map(|(id, ends)| Some((*id, ends.then?)));
        then.filter(|(_, then)| is_overdue(then)).map(|(id, then)| (id, then.unit)).collect()
    }

    /// The overdue tasks of the cut-off, in the order of their ids.
    pub fn overdue(&self) -> Vec<Uuid> {
        let mut overdue: Vec<Uuid> = self.overdue_now().map(|(id, _)| id).collect();
        overdue.sort_unstable();
        overdue
    }

    /// Of these the latest, and all that are as late as the last of them.
    pub fn latest(&self, most: usize) -> Vec<Uuid> {
        let Some(place) = most.checked_sub(1) else { return Vec::new() };
        let by_lateness = |view: &StandingView| (Reverse(view.days_late), view.due_on);
        let mut overdue: Vec<_> = self.overdue_now().map(|(id, now)| (by_lateness(&now.view), id)).collect();
        overdue.sort_unstable();
        let last = overdue.get(place).map(|(lateness, _)| *lateness);
        let are_shown = overdue.iter().take_while(|(lateness, _)| last.is_none_or(|last| *lateness <= last));
        are_shown.map(|(_, id)| *id).collect()
    }

    fn overdue_now(&self) -> impl Iterator<Item = (Uuid, OnDay)> {
        let now = self.ends.iter().filter_map(|(id, ends)| Some((*id, ends.now?)));
        now.filter(|(id, now)| is_overdue(now) && self.is_counted(id))
    }

    /// Whether it is a key task now, and not deleted.
    fn is_counted(&self, id: &Uuid) -> bool {
        self.marks.get(id).is_none_or(|mark| mark.is_key && !mark.is_deleted)
    }

    /// The flow from an opening to the cut-off, in the order of the tasks' ids.
    pub fn flow(&self, opening: &Opening) -> Flow {
        let mut ids: Vec<Uuid> = self.ends.keys().copied().collect();
        ids.sort_unstable();
        Flow::over(ids.into_iter().map(|id| self.between(id, opening)))
    }

    fn between(&self, id: Uuid, opening: &Opening) -> Between {
        let mark = self.marks.get(&id);
        let Ends { then, now } = self.ends.get(&id).copied().unwrap_or_default();
        let outside = mark.and_then(|mark| mark.outside);
        Between {
            id,
            opening: opening.tasks.get(&id).copied(),
            then,
            now: now.map(|now| OnDay { outside, ..now }),
            is_key: mark.is_none_or(|mark| mark.is_key),
            // One that was counted then was a key task already.
            made_key: self.recategorised.contains(&id) && !opening.counted.contains(&id),
            is_deleted: mark.is_some_and(|mark| mark.is_deleted),
        }
    }
}

fn is_overdue(on_day: &OnDay) -> bool {
    on_day.view.standing == Standing::Overdue
}

fn on_day(sight: &Sight) -> OnDay {
    OnDay { unit: sight.unit, view: view(&sight.task), outside: None }
}

fn view(task: &TaskListed) -> StandingView {
    StandingView {
        standing: task.standing,
        due_on: task.due_on,
        completed_on: task.completed_on,
        waiting_since: task.waiting_since,
        days_late: task.days_late,
        due_soon: task.due_soon,
    }
}
