//! The Office's dashboard.

use askama::Template;

use super::{AsTold, Bar, Column, Link, Num, PeriodForm, Rate, Segment, Shell, TaskLine};
use crate::text::pages::Words;

/// Key tasks at a cut-off: how many are overdue, where, since when, and what comes.
#[derive(Debug, Clone, Template)]
#[template(path = "dashboard.html")]
pub struct DashboardPage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// The month and cut-off shown, to choose others.
    pub period: PeriodForm,
    /// The cut-off, `29/11/2024`.
    pub as_of: String,
    /// Of a past day: as known now, or as published then.
    pub as_told: Option<AsTold>,
    /// What is overdue; `None` when nothing is.
    pub overdue: Option<OverdueHeadline>,
    /// What the next month asks for.
    pub next: NextMonth,
    /// On-time rate of the month against the deadlines in force.
    pub on_time: Rate,
    /// The same against the original deadlines.
    pub on_time_original: Rate,
    /// All key tasks assigned.
    pub total: Num,
    /// The standings that sum to the total.
    pub standings: Vec<Segment>,
    /// Overdue tasks by unit, the most first.
    pub by_unit: Vec<Bar>,
    /// The units to help first.
    pub help: Vec<HelpUnit>,
    /// Twelve months, the oldest first.
    pub trend: Vec<Column>,
    /// The next tasks to fall due.
    pub soon: Vec<TaskLine>,
    /// All of them, `21` with its rows.
    pub soon_all: Num,
    /// The briefing of this month and cut-off.
    pub briefing: Link,
}

/// The first sentence.
#[derive(Debug, Clone)]
pub struct OverdueHeadline {
    /// Units with overdue tasks, `13`.
    pub units: Num,
    /// Overdue tasks, `32`.
    pub tasks: Num,
    /// The longest delay in days, `198`.
    pub worst_days: Num,
}

/// The second sentence, and the bars below it.
#[derive(Debug, Clone)]
pub struct NextMonth {
    /// `12/2024`; leads nowhere.
    pub month: Num,
    /// Tasks due, `309`.
    pub due: Num,
    /// Schemes to the Government or the Prime Minister, `08`.
    pub schemes: Num,
    /// Circulars, `18`.
    pub circulars: Num,
    /// By kind of product, the most first.
    pub by_product: Vec<Bar>,
}

/// A unit that needs direct help.
#[derive(Debug, Clone)]
pub struct HelpUnit {
    /// The unit's full name, and its overdue tasks.
    pub unit: Link,
    /// Overdue tasks, `07`.
    pub overdue: Num,
    /// The longest delay in days, `198`.
    pub worst_days: Num,
    /// Its on-time rate of the month.
    pub on_time: Rate,
}
