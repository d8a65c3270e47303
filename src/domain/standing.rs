//! The standing of a task on any day, past ones too: computed from dated facts, never stored (DOMAIN §2).
//!
//! What was decided after the day asked about changes nothing on it. The first rule that holds wins:
//! assigned after the day → not counted at all; outside the count; no deadline (even when completed);
//! completed; else judged by the day. A task due on the day is not overdue on it.

use chrono::NaiveDate;
use uuid::Uuid;

use super::vocabulary::vocabulary;

/// An extension that was agreed; a refused or open one is no fact here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExtensionFact {
    /// The day it was decided.
    pub decided_on: NaiveDate,
    /// The deadline from that day on.
    pub new_due_on: NaiveDate,
}

/// A unit's report that the task is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SubmissionFact {
    /// The day the unit submitted its product.
    pub submitted_on: NaiveDate,
    /// What the office decided, `None` while it has not.
    pub decision: Option<SubmissionDecision>,
}

/// The office's answer to a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SubmissionDecision {
    /// The day it was decided.
    pub decided_on: NaiveDate,
    /// Confirmed, or else sent back: then the clock never stopped.
    pub accepted: bool,
    /// The first day on which a confirmation no longer holds, because it was a mistake.
    pub undone_on: Option<NaiveDate>,
}

/// A time during which the task is outside the count: cancelled, paused, returned or transferred.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExclusionFact {
    /// The first day it holds; `None` when no day is known: then it holds on every day before its end.
    pub from_on: Option<NaiveDate>,
    /// The first day it no longer holds; `None` while it does.
    pub until_on: Option<NaiveDate>,
}

/// Everything that decides a task's standing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TaskFacts {
    /// The day of assignment; `None` counts as assigned before any day asked about.
    pub assigned_on: Option<NaiveDate>,
    /// The deadline it was given first; kept for ever.
    pub original_due_on: Option<NaiveDate>,
    /// The agreed extensions, in the order they were made.
    pub extensions: Vec<ExtensionFact>,
    /// The submissions, in the order they were made.
    pub submissions: Vec<SubmissionFact>,
    /// The times outside the count.
    pub exclusions: Vec<ExclusionFact>,
}

/// A change of the lead unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeadChange {
    /// The first day of the unit that followed.
    pub changed_on: NaiveDate,
    /// The unit that led before.
    pub from_unit: Uuid,
}

/// The lead unit on a day: the one that the first change after the day took it from, else the present one.
/// Of two changes on one day the earlier made is the first.
pub fn lead_at(present: Uuid, changes: &[LeadChange], day: NaiveDate) -> Uuid {
    let later = changes.iter().filter(|change| change.changed_on > day);
    later.min_by_key(|change| change.changed_on).map_or(present, |change| change.from_unit)
}

vocabulary! {
    /// How a task stands on a day; exactly one for each task that is counted (DOMAIN §2).
    Standing {
        /// Hoàn thành đúng hạn.
        CompletedOnTime = "completed_on_time",
        /// Hoàn thành quá hạn.
        CompletedLate = "completed_late",
        /// Đang thực hiện, trong hạn.
        WithinTerm = "within_term",
        /// Đang thực hiện, quá hạn.
        Overdue = "overdue",
        /// Không có thời hạn: in no rate.
        NoDeadline = "no_deadline",
        /// Ngoài thống kê: cancelled, paused, returned or transferred.
        Outside = "outside",
    }
}

/// A task's standing on a day, with what a list shows beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StandingView {
    /// The standing.
    pub standing: Standing,
    /// The deadline in force on that day.
    pub due_on: Option<NaiveDate>,
    /// The day it was completed, when it was by that day.
    pub completed_on: Option<NaiveDate>,
    /// The day of the submission that waits for confirmation.
    pub waiting_since: Option<NaiveDate>,
    /// Days from the deadline to the completion, the waiting submission or the day asked about;
    /// 0 unless overdue or completed late.
    pub days_late: u32,
    /// Within term, not waiting, and due on or before the horizon.
    pub due_soon: bool,
}

impl TaskFacts {
    /// The deadline in force on a day: that of the extension decided last by then (of two on one day
    /// the later made), else the original one.
    pub fn due_at(&self, day: NaiveDate) -> Option<NaiveDate> {
        self.extensions
            .iter()
            .filter(|extension| extension.decided_on <= day)
            .max_by_key(|extension| extension.decided_on)
            .map_or(self.original_due_on, |extension| Some(extension.new_due_on))
    }

    /// The day the task was completed, when that was submitted and accepted by the day asked about, and
    /// not undone: the submission's day, not the decision's. Of several accepted ones the one decided last.
    pub fn completed_at(&self, day: NaiveDate) -> Option<NaiveDate> {
        self.submissions
            .iter()
            .filter(|submission| submission.submitted_on <= day)
            .filter_map(|submission| Some((submission, submission.decision?)))
            .filter(|(_, decision)| decision.accepted && decision.decided_on <= day)
            .filter(|(_, decision)| decision.undone_on.is_none_or(|undone| day < undone))
            .max_by_key(|(_, decision)| decision.decided_on)
            .map(|(submission, _)| submission.submitted_on)
    }

    /// The day of the latest submission that waited for a decision on the day asked about; `None` when
    /// the task was completed by then.
    pub fn waiting_at(&self, day: NaiveDate) -> Option<NaiveDate> {
        if self.completed_at(day).is_some() {
            return None;
        }
        self.submissions
            .iter()
            .filter(|submission| submission.submitted_on <= day)
            .filter(|submission| submission.decision.is_none_or(|decision| decision.decided_on > day))
            .map(|submission| submission.submitted_on)
            .max()
    }

    /// Whether the task was outside the count on a day.
    pub fn outside_at(&self, day: NaiveDate) -> bool {
        self.exclusions.iter().any(|exclusion| {
            exclusion.from_on.is_none_or(|from| from <= day)
                && exclusion.until_on.is_none_or(|until| day < until)
        })
    }

    /// Whether the task was assigned by a day; one that was not is not counted at all.
    pub fn assigned_by(&self, day: NaiveDate) -> bool {
        self.assigned_on.is_none_or(|assigned| assigned <= day)
    }

    /// The standing on a day; `None` when the task was assigned after it.
    pub fn standing_at(&self, day: NaiveDate) -> Option<Standing> {
        self.view_at(day, day).map(|view| view.standing)
    }

    /// The standing on a day with what is shown beside it; `None` when the task was assigned after it.
    /// `soon_until` is the last deadline that counts as soon (`WorkingCalendar::soon_horizon`).
    pub fn view_at(&self, day: NaiveDate, soon_until: NaiveDate) -> Option<StandingView> {
        if !self.assigned_by(day) {
            return None;
        }
        let (due_on, completed_on, waiting_since) =
            (self.due_at(day), self.completed_at(day), self.waiting_at(day));
        let (standing, days_late) = match due_on {
            _ if self.outside_at(day) => (Standing::Outside, 0),
            None => (Standing::NoDeadline, 0),
            Some(due) => judge(due, completed_on, waiting_since.unwrap_or(day)),
        };
        let due_soon = standing == Standing::WithinTerm
            && waiting_since.is_none()
            && due_on.is_some_and(|due| due <= soon_until);
        Some(StandingView { standing, due_on, completed_on, waiting_since, days_late, due_soon })
    }
}

/// The standing and the days late of a task with a deadline; `judged_on` is the day asked about, or that
/// of the submission that waits on it.
fn judge(due: NaiveDate, completed_on: Option<NaiveDate>, judged_on: NaiveDate) -> (Standing, u32) {
    let days_late = |day: NaiveDate| u32::try_from((day - due).num_days()).unwrap_or(0);
    match completed_on {
        Some(completed) if completed <= due => (Standing::CompletedOnTime, 0),
        Some(completed) => (Standing::CompletedLate, days_late(completed)),
        None if judged_on <= due => (Standing::WithinTerm, 0),
        None => (Standing::Overdue, days_late(judged_on)),
    }
}

#[cfg(test)]
mod tests;
