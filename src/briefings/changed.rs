//! What is known otherwise now of a published briefing's cut-off: which tasks, and in what.

use std::collections::HashMap;

use uuid::Uuid;

use super::telling::task_told;
use super::whole::{TaskTold, Whole};
use crate::calendar;
use crate::db::TenantConn;
use crate::error::Result;
use crate::tasks::{self, AsOf, Chosen};
use crate::tenants::Settings;

/// A key task that stands otherwise at a published cut-off by what is known now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The task.
    pub id: Uuid,
    /// As it was published; `None`: it was not counted.
    pub then: Option<TaskTold>,
    /// As it is known now; `None`: it is not counted any more.
    pub now: Option<TaskTold>,
}

/// In what a task differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Differs {
    /// It was not counted.
    Added,
    /// It is not counted any more: deleted, no key task, or given later.
    Gone,
    /// Its standing.
    Standing,
    /// Its deadline.
    Due,
    /// The day of its completion.
    Completed,
    /// Its lead unit.
    Unit,
    /// Its product.
    Product,
}

impl Changed {
    /// In what it differs, at least in one thing.
    pub fn differences(&self) -> Vec<Differs> {
        let (then, now) = match (&self.then, &self.now) {
            (Some(then), Some(now)) => (then, now),
            (None, _) => return vec![Differs::Added],
            (_, None) => return vec![Differs::Gone],
        };
        let all = [
            (Differs::Standing, then.standing != now.standing),
            (Differs::Due, then.due_on != now.due_on),
            (Differs::Completed, then.completed_on != now.completed_on),
            (Differs::Unit, then.unit_id != now.unit_id),
            (Differs::Product, then.product != now.product),
        ];
        all.into_iter().filter_map(|(of, differs)| differs.then_some(of)).collect()
    }
}

/// The key tasks that stand otherwise at the cut-off of a published briefing by what is known now, in the order of their
/// codes.
///
/// # Errors
/// The database's.
pub fn changed_since(conn: &mut TenantConn<'_>, settings: &Settings, whole: &Whole) -> Result<Vec<Changed>> {
    let day = whole.figures.cut.cutoff;
    let soon_until = calendar::working_calendar(conn)?.soon_horizon(day, settings.due_soon_days);
    let sights = tasks::sights(conn, Chosen::Key, AsOf { day, soon_until })?;
    let mut now: HashMap<Uuid, TaskTold> =
        sights.into_iter().map(|sight| (sight.task.id, task_told(sight))).collect();
    let counted = whole.tasks.iter().filter(|task| task.standing.is_some());
    let both: Vec<Changed> = counted
        .map(|then| Changed { id: then.id, now: now.remove(&then.id), then: Some(then.clone()) })
        .collect();
    let added = now.into_values().map(|now| Changed { id: now.id, then: None, now: Some(now) });
    let mut found: Vec<Changed> =
        both.into_iter().chain(added).filter(|one| !one.differences().is_empty()).collect();
    found.sort_by(|a, b| a.code().cmp(b.code()));
    Ok(found)
}

impl Changed {
    /// Its code.
    pub fn code(&self) -> &str {
        self.then.as_ref().or(self.now.as_ref()).map_or("", |task| &task.code)
    }
}
