//! Who is to be told what on a day: the tasks that reached a step, each with the people its steps name.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::{Candidate, Item, Recipient, Reminder, Skip};
use super::{ladder, store};
use crate::calendar;
use crate::db::TenantConn;
use crate::digests::{self, Holder, Reader};
use crate::domain::access::Role;
use crate::domain::calendar::WorkingCalendar;
use crate::domain::digest::DigestDays;
use crate::domain::ladder::Told;
use crate::domain::lang::Lang;
use crate::domain::task::Category;
use crate::error::Result;
use crate::tenants::is_email;
use crate::units::{self, Unit};

/// The reminders of a working day.
#[derive(Debug)]
pub struct RemindedDay {
    /// The day.
    pub day: NaiveDate,
    /// The tasks that the reminders are about.
    pub tasks: Vec<Candidate>,
    /// One a recipient.
    pub reminders: Vec<Reminder>,
    pub(super) calendar: WorkingCalendar,
    pub(super) units: Vec<Unit>,
}

/// Reads what reached a step after one day and up to a working day, in seven statements. Past steps of one task are told
/// as one: the last of them, by the highest of whom it names.
///
/// # Errors
/// The database's.
pub fn reminded_day(conn: &mut TenantConn<'_>, since: NaiveDate, day: NaiveDate) -> Result<RemindedDay> {
    let calendar = calendar::working_calendar(conn)?;
    let ladder = ladder(conn)?;
    let reached = ladder.reached(&calendar, since, day);
    let mut tasks = store::candidates(conn, day, reached.keys().copied())?;
    tasks.sort_by_cached_key(|task| {
        (task.category != Category::Key, Reverse(task.days_late), task.due_on, task.code.clone())
    });
    let mut holders = digests::holders(conn, day)?;
    holders.retain(|holder| holder.active);
    let units = units::all(conn)?;
    let digests = digests::readers(conn, day)?;
    let week = DigestDays::of(&calendar, day, 0).map_or(day, |days| days.week_until);
    let people = People { holders: &holders, units: &units, digests: &digests, week };
    let mut found: BTreeMap<Recipient, BTreeMap<usize, Item>> = BTreeMap::new();
    for (place, task) in tasks.iter().enumerate() {
        let mut steps = reached.get(&task.due_on).cloned().unwrap_or_default();
        steps.sort();
        for step in steps {
            for told in &step.step.told {
                for recipient in people.told(task, *told) {
                    let in_digest = *told == Told::Contact && people.reads_of(recipient, task);
                    let item = Item { task: place, told_on: step.told_on, told: *told, in_digest };
                    // In the order of steps, and upwards: the last one stays.
                    found.entry(recipient).or_default().insert(place, item);
                }
            }
        }
    }
    let reminders = found.into_iter().map(|(to, items)| people.reminder(to, items.into_values().collect()));
    let reminders = reminders.collect();
    Ok(RemindedDay { day, tasks, reminders, calendar, units })
}

impl RemindedDay {
    /// The task of an item.
    pub fn task(&self, item: &Item) -> Option<&Candidate> {
        self.tasks.get(item.task)
    }

    /// The short name of a unit.
    pub(super) fn short_name(&self, id: Uuid) -> &str {
        self.units.iter().find(|unit| unit.id == id).map_or("", |unit| unit.short_name.as_str())
    }
}

impl Reminder {
    /// What is to be written of it, or why nothing is: without what the digest of the day says anyway.
    pub fn worth_telling(&self) -> std::result::Result<Vec<Item>, Skip> {
        let items: Vec<Item> = self.items.iter().copied().filter(|item| !item.in_digest).collect();
        match self.recipient {
            _ if self.items.is_empty() => Err(Skip::NothingLeft),
            Recipient::Nobody(_) => Err(Skip::NobodyToTell),
            _ if items.is_empty() => Err(Skip::InDigest),
            _ if !is_email(&self.address) => Err(Skip::BadAddress),
            _ => Ok(items),
        }
    }
}

/// Whom a day's steps can name.
struct People<'a> {
    holders: &'a [Holder],
    units: &'a [Unit],
    digests: &'a [Reader],
    /// The last deadline that a digest shows.
    week: NaiveDate,
}

impl People<'_> {
    /// Who is told of a task as what: nearest first, and never nothing.
    fn told(&self, task: &Candidate, told: Told) -> Vec<Recipient> {
        let head = || self.posts(Role::UnitHead, Some(task.unit));
        let office = || self.posts(Role::Office, None);
        let found = match told {
            Told::Contact => {
                let contact = self.present(task.contact.as_slice());
                let assignees = || self.present(&task.assignees);
                first(first(contact, assignees), head)
            }
            Told::Head => head(),
            Told::Office => first(self.present(task.follower.as_slice()), office),
            Told::Leader => first(self.present(task.leader.as_slice()), office),
        };
        let by_unit = || match told {
            Told::Contact | Told::Head => self.mailbox(task.unit),
            Told::Office | Told::Leader => Vec::new(),
        };
        first(first(found, by_unit), || vec![Recipient::Nobody(task.unit)])
    }

    /// Those of some persons who hold a post.
    fn present(&self, persons: &[Uuid]) -> Vec<Recipient> {
        let holds = |person: &&Uuid| self.holders.iter().any(|holder| holder.person == **person);
        persons.iter().filter(holds).map(|person| Recipient::Person(*person)).collect()
    }

    fn posts(&self, role: Role, unit: Option<Uuid>) -> Vec<Recipient> {
        let held = self.holders.iter();
        let held = held.filter(|holder| holder.role == role && (unit.is_none() || holder.unit == unit));
        held.map(|holder| Recipient::Person(holder.person)).collect()
    }

    fn mailbox(&self, unit: Uuid) -> Vec<Recipient> {
        let has = self.units.iter().any(|other| other.id == unit && other.mailbox.is_some());
        if has { vec![Recipient::Mailbox(unit)] } else { Vec::new() }
    }

    /// Whether somebody's digest of the day shows a task.
    fn reads_of(&self, recipient: Recipient, task: &Candidate) -> bool {
        let same = |reader: &Reader| match (reader.recipient, recipient) {
            (digests::Recipient::Person(one), Recipient::Person(other)) => one == other,
            (digests::Recipient::Mailbox(one), Recipient::Mailbox(other)) => one == other,
            _ => false,
        };
        let shows = |reader: &Reader| reader.units.is_empty() || reader.units.contains(&task.unit);
        task.due_on <= self.week
            && self.digests.iter().any(|reader| same(reader) && reader.skip.is_none() && shows(reader))
    }

    fn reminder(&self, recipient: Recipient, items: Vec<Item>) -> Reminder {
        let unit = |id: Uuid| self.units.iter().find(|unit| unit.id == id);
        let (name, address, lang) = match recipient {
            Recipient::Person(person) => self
                .holders
                .iter()
                .find(|holder| holder.person == person)
                .map(|holder| (holder.name.clone(), holder.email.clone(), holder.lang))
                .unwrap_or_default(),
            Recipient::Mailbox(id) => {
                let unit = unit(id);
                let mailbox = unit.and_then(|unit| unit.mailbox.clone()).unwrap_or_default();
                (unit.map_or_else(String::new, |unit| unit.name.clone()), mailbox, Lang::Vi)
            }
            Recipient::Nobody(id) => {
                (unit(id).map_or_else(String::new, |unit| unit.name.clone()), String::new(), Lang::Vi)
            }
        };
        Reminder { recipient, name, address, lang, items }
    }
}

/// The first ones, else the others.
fn first(found: Vec<Recipient>, others: impl FnOnce() -> Vec<Recipient>) -> Vec<Recipient> {
    if found.is_empty() { others() } else { found }
}
