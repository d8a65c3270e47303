//! What the digests of a tenant's day are made from.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;
use uuid::Uuid;

use super::store;
use crate::calendar;
use crate::db::TenantConn;
use crate::domain::digest::{DigestDays, DigestTask, Scope};
use crate::domain::standing::Standing;
use crate::error::Result;
use crate::tenants::Settings;
use crate::units::{self, Unit};

/// The facts of a tenant's day; every reader's digest is made from them in memory.
#[derive(Debug)]
pub struct Facts {
    pub(super) days: DigestDays,
    pub(super) tenant: String,
    tasks: Vec<DigestTask>,
    /// The places in `tasks` of what a unit leads or coordinates.
    places: HashMap<Uuid, Vec<usize>>,
    /// The places in `tasks` of what answers somebody's questions.
    answered: HashMap<Uuid, Vec<usize>>,
    completed: BTreeMap<Uuid, u64>,
    units: Vec<Unit>,
}

/// How a unit stands, for a summary.
pub(super) struct UnitStanding<'a> {
    pub unit: &'a Unit,
    pub overdue: u64,
    pub key: u64,
    pub soon: u64,
}

/// Reads the facts of a day in eight statements; `None` on a day that is not worked.
///
/// # Errors
/// The database's.
pub fn facts(conn: &mut TenantConn<'_>, settings: &Settings, day: NaiveDate) -> Result<Option<Facts>> {
    let calendar = calendar::working_calendar(conn)?;
    let Some(days) = DigestDays::of(&calendar, day, settings.due_soon_days) else {
        return Ok(None);
    };
    // After days without digests the changes of all of them are told.
    let days = DigestDays { since: store::last_planned(conn, day)?.unwrap_or(days.since), ..days };
    let mut tasks = store::tasks(conn, &days)?;
    let then: HashSet<Uuid> = store::overdue_then(conn, &days)?.into_iter().collect();
    let ids: Vec<Uuid> = tasks.iter().map(|task| task.id).collect();
    let mut coordinators: HashMap<Uuid, BTreeSet<Uuid>> = HashMap::new();
    for (task, unit) in store::coordinators(conn, &ids)? {
        coordinators.entry(task).or_default().insert(unit);
    }
    let (mut places, mut answered) = (HashMap::<Uuid, Vec<usize>>::new(), HashMap::<Uuid, Vec<usize>>::new());
    for (place, task) in tasks.iter_mut().enumerate() {
        task.is_newly_overdue = task.standing == Standing::Overdue && !then.contains(&task.id);
        task.coordinating = coordinators.remove(&task.id).unwrap_or_default();
        for unit in task.coordinating.iter().chain([&task.unit]) {
            places.entry(*unit).or_default().push(place);
        }
        for person in &task.answered_to {
            answered.entry(*person).or_default().push(place);
        }
    }
    let completed = store::completed(conn, &days)?.into_iter().collect();
    let units = units::all(conn)?;
    Ok(Some(Facts { days, tenant: settings.name.clone(), tasks, places, answered, completed, units }))
}

impl Facts {
    /// The days the digests speak of.
    pub fn days(&self) -> &DigestDays {
        &self.days
    }

    /// The tasks that a reader's digest may show.
    pub(super) fn tasks_of(&self, scope: &Scope) -> Vec<&DigestTask> {
        if scope.units.is_empty() || scope.confirms {
            return self.tasks.iter().collect();
        }
        let places = scope.units.iter().filter_map(|unit| self.places.get(unit)).flatten();
        let answered = scope.person.and_then(|person| self.answered.get(&person)).into_iter().flatten();
        let once: BTreeSet<usize> = places.chain(answered).copied().collect();
        once.into_iter().filter_map(|place| self.tasks.get(place)).collect()
    }

    /// How many tasks of these units, or of all, were confirmed since the last digest.
    pub(super) fn completed_of(&self, scope: &Scope) -> u64 {
        let own = |unit: &Uuid| scope.units.is_empty() || scope.units.contains(unit);
        self.completed.iter().filter(|(unit, _)| own(unit)).map(|(_, n)| n).sum()
    }

    /// The short name of a unit.
    pub(super) fn short_name(&self, id: Uuid) -> &str {
        self.units.iter().find(|unit| unit.id == id).map_or("", |unit| unit.short_name.as_str())
    }

    /// The units with overdue work or a deadline soon: most overdue first, ties in the tenant's order.
    pub(super) fn summary(&self) -> Vec<UnitStanding<'_>> {
        let mut found: Vec<UnitStanding<'_>> = self
            .units
            .iter()
            .map(|unit| {
                let led = self.places.get(&unit.id).into_iter().flatten();
                let led: Vec<&DigestTask> = led
                    .filter_map(|place| self.tasks.get(*place))
                    .filter(|task| task.unit == unit.id)
                    .collect();
                let count = |holds: &dyn Fn(&DigestTask) -> bool| {
                    led.iter().filter(|task| holds(task)).fold(0u64, |n, _| n + 1)
                };
                let is_overdue = |task: &DigestTask| task.standing == Standing::Overdue;
                UnitStanding {
                    unit,
                    overdue: count(&is_overdue),
                    key: count(&|task| is_overdue(task) && task.is_key()),
                    soon: count(&|task| task.is_due(self.days.day, self.days.soon_until)),
                }
            })
            .filter(|standing| standing.overdue + standing.soon > 0)
            .collect();
        found.sort_by_key(|standing| std::cmp::Reverse(standing.overdue));
        found
    }
}
