//! The daily digest: which rows a reader's letter has and in what order, and whether it is sent (DOMAIN §4).
//!
//! What must stay true: each section is exactly a list that a link can open; totals are true whatever is shown; the
//! rows of all sections together are at most [`LONGEST`].

use std::cmp::Reverse;
use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate};
use uuid::Uuid;

use super::calendar::WorkingCalendar;
use super::standing::Standing;
use super::task::Category;
use super::vocabulary::vocabulary;

/// The most rows of a letter, over all its sections.
pub const LONGEST: usize = 50;

/// How many working days ahead a deadline still brings a letter.
const WEEK: u32 = 7;

/// The days a digest speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DigestDays {
    /// Its day.
    pub day: NaiveDate,
    /// The day of the reader's last digest, else the working day before.
    pub since: NaiveDate,
    /// The last deadline that is due soon.
    pub soon_until: NaiveDate,
    /// The last deadline within seven working days; never before `soon_until`.
    pub week_until: NaiveDate,
}

impl DigestDays {
    /// The days of a digest; `None` on a day that is not worked, for then there is none.
    pub fn of(calendar: &WorkingCalendar, day: NaiveDate, soon: u32) -> Option<Self> {
        calendar.is_working(day).then(|| Self {
            day,
            since: calendar.previous_working(day.pred_opt().unwrap_or(day)),
            soon_until: calendar.soon_horizon(day, soon),
            week_until: calendar.soon_horizon(day, soon.max(WEEK)),
        })
    }

    /// Whether it is the first working day of its week, on which staff get theirs.
    pub fn begins_week(&self, calendar: &WorkingCalendar) -> bool {
        let before = calendar.previous_working(self.day.pred_opt().unwrap_or(self.day));
        before.iso_week() != self.day.iso_week()
    }

    /// The day after that of the digest.
    pub fn tomorrow(&self) -> NaiveDate {
        self.day.checked_add_days(Days::new(1)).unwrap_or(self.day)
    }
}

/// A task in progress on the day, with what a digest asks about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DigestTask {
    /// Its id.
    pub id: Uuid,
    /// The code.
    pub code: String,
    /// The title.
    pub title: String,
    /// Key, routine or ad hoc.
    pub category: Category,
    /// The lead unit on the day.
    pub unit: Uuid,
    /// The units that coordinate.
    pub coordinating: BTreeSet<Uuid>,
    /// The deadline on the day.
    pub due_on: Option<NaiveDate>,
    /// The standing on the day.
    pub standing: Standing,
    /// Days late on the day.
    pub days_late: u32,
    /// Submitted and waiting for confirmation.
    pub is_waiting: bool,
    /// An extension was refused since the last digest.
    pub is_refused: bool,
    /// An opinion or a request for explanation waits for the lead unit's answer.
    pub is_asked: bool,
    /// Such an answer waits to be read.
    pub is_answered: bool,
    /// A request for a later deadline waits to be decided.
    pub is_extending: bool,
    /// Overdue now and not at the last digest.
    pub is_newly_overdue: bool,
}

impl DigestTask {
    /// Whether it is a key task.
    pub fn is_key(&self) -> bool {
        self.category == Category::Key
    }

    /// Whether it is still to be done in time, with a deadline between two days.
    pub fn is_due(&self, from: NaiveDate, to: NaiveDate) -> bool {
        let is_pending = self.standing == Standing::WithinTerm && !self.is_waiting;
        is_pending && self.due_on.is_some_and(|due| from <= due && due <= to)
    }

    /// Key tasks first, then the worst, then by deadline and code.
    fn order(&self) -> impl Ord + '_ {
        (!self.is_key(), Reverse(self.overdue_days()), self.due_on.unwrap_or(NaiveDate::MAX), &self.code)
    }

    fn overdue_days(&self) -> u32 {
        if self.standing == Standing::Overdue { self.days_late } else { 0 }
    }
}

vocabulary! {
    /// The sections of a digest, in their order.
    SectionKind {
        /// Overdue.
        Overdue = "overdue",
        /// Due on the day.
        Today = "today",
        /// Due soon, but not on the day.
        Soon = "soon",
        /// Due within seven working days, but not soon.
        Week = "week",
        /// Submissions that wait for the reader's confirmation.
        Submissions = "submissions",
        /// Opinions and requests for explanation that the reader's units are to answer.
        Asked = "asked",
        /// Answers that wait for the reader.
        Answered = "answered",
        /// Requests for later deadlines that wait for the reader's decision.
        Extending = "extending",
        /// Extensions of the reader's units that were refused since the last digest.
        Refused = "refused",
        /// In progress or overdue, due within the week, and a unit of the reader coordinates.
        Coordinating = "coordinating",
    }
}

/// For whom a digest is made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scope {
    /// The reader's own units; of a reader without any the whole tenant.
    pub units: BTreeSet<Uuid>,
    /// Whether submissions of the tenant wait for the reader.
    pub confirms: bool,
    /// Whether answers and requests for later deadlines wait for the reader: the Office or a leader.
    pub directs: bool,
    /// Whether the reader answers for their units.
    pub answers: bool,
}

impl Scope {
    fn leads(&self, task: &DigestTask) -> bool {
        self.units.is_empty() || self.units.contains(&task.unit)
    }

    /// Whether what is directed and decided about a task is the reader's: the Office's always.
    fn oversees(&self, task: &DigestTask) -> bool {
        self.directs && (self.confirms || self.leads(task))
    }

    /// Whether a section has a task; `unit` alone when it is given, else everything of the reader.
    fn has(&self, kind: SectionKind, task: &DigestTask, days: &DigestDays) -> bool {
        let next = |day: NaiveDate| day.checked_add_days(Days::new(1)).unwrap_or(day);
        match kind {
            SectionKind::Overdue => self.leads(task) && task.standing == Standing::Overdue,
            SectionKind::Today => self.leads(task) && task.is_due(days.day, days.day),
            SectionKind::Soon => self.leads(task) && task.is_due(next(days.day), days.soon_until),
            SectionKind::Week => self.leads(task) && task.is_due(next(days.soon_until), days.week_until),
            SectionKind::Submissions => self.confirms && task.is_waiting,
            SectionKind::Asked => self.answers && self.leads(task) && task.is_asked,
            SectionKind::Answered => self.oversees(task) && task.is_answered,
            SectionKind::Extending => self.oversees(task) && task.is_extending,
            SectionKind::Refused => !self.units.is_empty() && self.leads(task) && task.is_refused,
            SectionKind::Coordinating => {
                !task.coordinating.is_disjoint(&self.units)
                    && task.due_on.is_some_and(|due| due <= days.week_until)
            }
        }
    }
}

/// A section that has tasks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section<'a> {
    /// Which one.
    pub kind: SectionKind,
    /// How many tasks it has.
    pub total: u64,
    /// How many of them are key tasks.
    pub key: u64,
    /// How many are of each unit: of the one that leads, in the last section of the one that coordinates.
    pub by_unit: Vec<(Uuid, u64)>,
    /// The first of them.
    pub rows: Vec<&'a DigestTask>,
}

/// What happened since the last digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Changes {
    /// Overdue now and not then.
    pub newly_overdue: u64,
    /// Due tomorrow.
    pub due_tomorrow: u64,
    /// Confirmed as completed since.
    pub completed: u64,
}

/// What a letter shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest<'a> {
    /// Since the last digest.
    pub changes: Changes,
    /// In order; those without a task are left out.
    pub sections: Vec<Section<'a>>,
}

impl<'a> Digest<'a> {
    /// The digest of a reader over tasks in progress, at most `rows` of them shown; tasks that are not the reader's
    /// are left out. `completed` is how many of the reader's were confirmed since the last one.
    pub fn of(
        tasks: &[&'a DigestTask],
        scope: &Scope,
        days: &DigestDays,
        completed: u64,
        rows: usize,
    ) -> Self {
        let mut left = rows.min(LONGEST);
        let mut sections = Vec::new();
        for kind in SectionKind::ALL.iter().copied() {
            let mut found: Vec<&DigestTask> =
                tasks.iter().copied().filter(|task| scope.has(kind, task, days)).collect();
            if found.is_empty() {
                continue;
            }
            found.sort_by(|a, b| a.order().cmp(&b.order()));
            let (total, key) = (whole(found.len()), whole(found.iter().filter(|task| task.is_key()).count()));
            let by_unit = by_unit(kind, &found, scope);
            found.truncate(left);
            left -= found.len();
            sections.push(Section { kind, total, key, by_unit, rows: found });
        }
        let count = |holds: &dyn Fn(&DigestTask) -> bool| {
            whole(tasks.iter().filter(|task| scope.leads(task) && holds(task)).count())
        };
        let changes = Changes {
            newly_overdue: count(&|task| task.is_newly_overdue),
            due_tomorrow: count(&|task| task.is_due(days.tomorrow(), days.tomorrow())),
            completed,
        };
        Self { changes, sections }
    }

    /// The section of a kind, if it has tasks.
    pub fn section(&self, kind: SectionKind) -> Option<&Section<'a>> {
        self.sections.iter().find(|section| section.kind == kind)
    }

    /// How many tasks a section has.
    pub fn total(&self, kind: SectionKind) -> u64 {
        self.section(kind).map_or(0, |section| section.total)
    }

    /// Whether it is sent: something is overdue, due within the week, or waits for the reader. What the reader's units
    /// only coordinate brings no letter.
    pub fn is_due(&self) -> bool {
        self.sections.iter().any(|section| section.kind != SectionKind::Coordinating)
    }
}

/// How many tasks of a section are each unit's, in the order of ids.
fn by_unit(kind: SectionKind, found: &[&DigestTask], scope: &Scope) -> Vec<(Uuid, u64)> {
    let units = scope.units.iter().map(|unit| {
        let is_of = |task: &&&DigestTask| match kind {
            SectionKind::Coordinating => task.coordinating.contains(unit),
            _ => task.unit == *unit,
        };
        (*unit, whole(found.iter().filter(is_of).count()))
    });
    units.filter(|(_, n)| *n > 0).collect()
}

fn whole(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests;
