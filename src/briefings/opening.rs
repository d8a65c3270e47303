//! What the flow begins from: the briefing published before; else totals as typed; else what is known now of the cut-off
//! before.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, Days as Step, NaiveDate, Utc};
use uuid::Uuid;

use super::draft::Draft;
use super::publish::{self, Published};
use super::request::Request;
use super::seen::Seen;
use super::store;
use super::whole::{Before, TaskTold, UnitBefore, Whole};
use crate::db::TenantConn;
use crate::domain::flow::Source;
use crate::domain::period::Month;
use crate::error::Result;
use crate::tenants::Settings;

/// The day before, and what was published of it.
pub(super) struct Start {
    /// The cut-off before.
    pub cutoff: NaiveDate,
    month: Month,
    published: Option<(Published, Whole)>,
}

/// The opening.
pub(super) struct Opening {
    /// As it is told.
    pub before: Before,
    /// The overdue tasks with their units.
    pub tasks: HashMap<Uuid, Uuid>,
    /// The tasks that were counted as they were published.
    pub counted: HashSet<Uuid>,
    /// The tasks as they were published.
    pub published: Vec<TaskTold>,
}

impl Start {
    /// Finds it.
    pub fn find(
        conn: &mut TenantConn<'_>,
        settings: &Settings,
        request: Request,
        draft: &Draft,
    ) -> Result<Self> {
        if let Some(published) = store::published::before(conn, request.month, request.cutoff)? {
            let whole = publish::read(conn, published.id)?;
            let (cutoff, month) = (published.cutoff, published.month);
            return Ok(Self { cutoff, month, published: Some((published, whole)) });
        }
        let month = request.month.previous();
        let usual = month.period(settings.period_kind).last.min(request.cutoff - Step::new(1));
        Ok(Self { cutoff: draft.opening_on.unwrap_or(usual), month, published: None })
    }

    /// The tasks that were published as overdue.
    pub fn published_ids(&self) -> Vec<Uuid> {
        let overdue = self.published.iter().flat_map(|(_, whole)| whole.overdue());
        overdue.map(|task| task.id).collect()
    }

    /// When it was published.
    pub fn published_at(&self) -> Option<DateTime<Utc>> {
        self.published.as_ref().map(|(published, _)| published.published_at)
    }

    /// The opening; `seen` are the tasks by what is known now.
    pub fn opening(self, draft: &Draft, seen: &Seen) -> Opening {
        let Self { cutoff, month, published } = self;
        let told = |source, version, tasks: &HashMap<Uuid, Uuid>| Before {
            source,
            month,
            cutoff,
            version,
            overdue: tasks.len() as u64,
            units: by_unit(tasks),
            totals: None,
        };
        if let Some((published, whole)) = published {
            let tasks = whole.overdue().into_iter().map(|task| (task.id, task.unit_id)).collect();
            let before = told(Source::Published, Some(published.version), &tasks);
            let counted =
                whole.tasks.iter().filter(|task| task.standing.is_some()).map(|task| task.id).collect();
            return Opening { before, tasks, counted, published: whole.tasks };
        }
        let tasks = seen.overdue_then();
        let computed = told(Source::Computed, None, &tasks);
        let before = match &draft.opening {
            Some(typed) => {
                let (overdue, totals) = (typed.overdue, typed.all);
                // Nobody typed what each unit had of it.
                Before { source: Source::Typed, overdue, totals, units: Vec::new(), ..computed }
            }
            None => computed,
        };
        Opening { before, tasks, counted: HashSet::new(), published: Vec::new() }
    }
}

/// How many each unit has, in the order of their ids.
fn by_unit(tasks: &HashMap<Uuid, Uuid>) -> Vec<UnitBefore> {
    let mut counts: BTreeMap<Uuid, u64> = BTreeMap::new();
    for unit in tasks.values() {
        *counts.entry(*unit).or_default() += 1;
    }
    counts.into_iter().map(|(unit, overdue)| UnitBefore { unit, overdue }).collect()
}
