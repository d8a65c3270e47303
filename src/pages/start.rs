//! The start page of a unit's head and of its staff.

use askama::Template;

use super::{Link, Num, Shell, TaskLine, ViewChip};
use crate::text::pages::{Mark, Words};

/// The unit's work on the day, the worst first; made for a phone.
#[derive(Debug, Clone, Template)]
#[template(path = "start.html")]
pub struct StartPage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// The unit's full name.
    pub unit_name: String,
    /// The day, `29/11/2024`.
    pub as_of: String,
    /// What is overdue; `None` when nothing is.
    pub worst: Option<Worst>,
    /// The saved views that the reader sees.
    pub views: Vec<ViewChip>,
    /// What waits for the unit beside its deadlines: reasons and answers to give.
    pub waits: Vec<Link>,
    /// The groups in their order.
    pub groups: Vec<Group>,
}

/// The first sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worst {
    /// Overdue tasks, `08`.
    pub overdue: String,
    /// Of these, key tasks, `07`.
    pub key: String,
    /// The longest delay in days, `239`.
    pub days: String,
}

/// Which group of tasks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupKind {
    /// Overdue.
    Overdue,
    /// Due today.
    Today,
    /// Due soon.
    Soon,
    /// Waiting for confirmation.
    Waiting,
    /// Led by another unit.
    Coordinating,
}

/// A group of tasks.
#[derive(Debug, Clone)]
pub struct Group {
    /// Which.
    pub kind: GroupKind,
    /// How many there are in all, and the list of them.
    pub n: Num,
    /// The first of them.
    pub tasks: Vec<TaskLine>,
    /// Whether there are more than those.
    pub more: bool,
}

impl Group {
    /// The id of its section.
    pub fn id(&self) -> &'static str {
        match self.kind {
            GroupKind::Overdue => "overdue",
            GroupKind::Today => "today",
            GroupKind::Soon => "soon",
            GroupKind::Waiting => "waiting",
            GroupKind::Coordinating => "coordinating",
        }
    }

    /// Its mark.
    pub fn mark(&self) -> Mark {
        match self.kind {
            GroupKind::Overdue => Mark::Overdue,
            GroupKind::Today => Mark::DueToday,
            GroupKind::Soon => Mark::DueSoon,
            GroupKind::Waiting => Mark::Waiting,
            GroupKind::Coordinating => Mark::WithinTerm,
        }
    }

    /// Its heading.
    pub fn heading(&self, w: &Words) -> &'static str {
        match self.kind {
            GroupKind::Overdue => w.group_overdue(),
            GroupKind::Today => w.group_today(),
            GroupKind::Soon => w.group_soon(),
            GroupKind::Waiting => w.group_waiting(),
            GroupKind::Coordinating => w.group_coordinating(),
        }
    }

    /// What it says when it is empty.
    pub fn empty(&self, w: &Words) -> &'static str {
        match self.kind {
            GroupKind::Overdue => w.none_overdue(),
            GroupKind::Today => w.none_today(),
            GroupKind::Soon => w.none_soon(),
            GroupKind::Waiting => w.none_waiting(),
            GroupKind::Coordinating => w.none_coordinating(),
        }
    }
}
