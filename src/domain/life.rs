//! The life of a task as one table: which step leads from which status to which, who may take it, and what it asks for
//! (DOMAIN §2). Use cases and buttons both read it, so that what is shown is what is accepted.

use super::access::{Act, Relation, Role, allows_on};
use super::task::Status;
use super::vocabulary::vocabulary;

vocabulary! {
    /// What is done to a task in its life.
    Step {
        /// Say that the work has begun.
        Start = "start",
        /// Note progress, and what stands in the way.
        Note = "note",
        /// Report completion.
        Submit = "submit",
        /// Confirm a reported completion.
        Confirm = "confirm",
        /// Send a reported completion back: the clock never stopped.
        SendBack = "send_back",
        /// Say who in the lead unit does it.
        Assign = "assign",
        /// Give it back to the Office as wrongly addressed.
        Return = "return",
        /// Give a returned task out again, to the same unit or another.
        GiveAgain = "give_again",
        /// Suspend it.
        Pause = "pause",
        /// Go on with a suspended one.
        Resume = "resume",
        /// Give the lead to another unit.
        Move = "move",
        /// Change what it says.
        Edit = "edit",
        /// Transfer it to a body outside the tenant.
        Transfer = "transfer",
        /// Take it off the programme.
        Cancel = "cancel",
        /// Take back a cancellation or a transfer.
        Restore = "restore",
        /// Take back a confirmation that was a mistake.
        Reopen = "reopen",
        /// Delete one that was made by mistake.
        Delete = "delete",
    }
}

/// What a step asks for beside itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Nothing.
    Nothing,
    /// A day, today unless said.
    Day,
    /// A reason.
    Reason,
    /// Both.
    ReasonAndDay,
}

impl Need {
    /// Whether there must be a reason.
    pub fn reason(self) -> bool {
        matches!(self, Self::Reason | Self::ReasonAndDay)
    }

    /// Whether a day may be said; without one the step happens today.
    pub fn day(self) -> bool {
        matches!(self, Self::Day | Self::ReasonAndDay)
    }
}

impl Step {
    /// The table: the status that the step leads to from another; `None` where it is impossible.
    pub fn leads(self, from: Status) -> Option<Status> {
        use Status::{
            Cancelled, Completed, InProgress, NotStarted, Paused, Returned, Submitted, Transferred,
        };
        match (self, from) {
            (Self::Start, NotStarted) => Some(InProgress),
            (Self::Note, NotStarted | InProgress) => Some(InProgress),
            (Self::Submit, NotStarted | InProgress) => Some(Submitted),
            (Self::Confirm, Submitted) => Some(Completed),
            (Self::SendBack, Submitted) => Some(InProgress),
            (Self::Return, NotStarted | InProgress) => Some(Returned),
            (Self::GiveAgain, Returned) => Some(NotStarted),
            (Self::Pause, NotStarted | InProgress) => Some(Paused),
            (Self::Resume, Paused) => Some(InProgress),
            (Self::Transfer, NotStarted | InProgress | Paused | Returned) => Some(Transferred),
            (Self::Cancel, NotStarted | InProgress | Paused | Returned) => Some(Cancelled),
            (Self::Restore, Cancelled | Transferred) => Some(InProgress),
            (Self::Reopen, Completed) => Some(InProgress),
            (Self::Assign | Self::Move, NotStarted | InProgress | Submitted | Paused) => Some(from),
            (Self::Edit | Self::Delete, _) => Some(from),
            _ => None,
        }
    }

    /// The act of the permission table that it is.
    pub fn act(self) -> Act {
        match self {
            Self::Start | Self::Note | Self::Submit => Act::ReportTasks,
            Self::Confirm | Self::SendBack | Self::Reopen => Act::ConfirmTasks,
            Self::Return => Act::ReturnTasks,
            Self::Assign => Act::AssignTasks,
            Self::GiveAgain
            | Self::Pause
            | Self::Resume
            | Self::Move
            | Self::Edit
            | Self::Transfer
            | Self::Cancel
            | Self::Restore
            | Self::Delete => Act::GiveTasks,
        }
    }

    /// What it asks for. A unit returns a task on the day it says so: by an earlier one it would take lateness out of
    /// the figures of the past.
    pub fn need(self) -> Need {
        match self {
            Self::Start | Self::Note | Self::Confirm | Self::Assign | Self::Edit => Need::Nothing,
            Self::Submit | Self::Resume | Self::GiveAgain => Need::Day,
            Self::SendBack | Self::Return | Self::Move | Self::Reopen | Self::Delete => Need::Reason,
            Self::Pause | Self::Transfer | Self::Cancel | Self::Restore => Need::ReasonAndDay,
        }
    }

    /// What the journal calls it.
    pub fn journal_act(self) -> &'static str {
        match self {
            Self::Start => "task.start",
            Self::Note => "task.note",
            Self::Submit => "task.submit",
            Self::Confirm => "task.confirm",
            Self::SendBack => "task.send_back",
            Self::Assign => "task.assign",
            Self::Return => "task.return",
            Self::GiveAgain => "task.give_again",
            Self::Pause => "task.pause",
            Self::Resume => "task.resume",
            Self::Move => "task.move",
            Self::Edit => "task.change",
            Self::Transfer => "task.transfer",
            Self::Cancel => "task.cancel",
            Self::Restore => "task.restore",
            Self::Reopen => "task.reopen",
            Self::Delete => "task.delete",
        }
    }

    /// The last part of its address.
    pub fn path(self) -> String {
        self.code().replace('_', "-")
    }
}

/// The steps that the holder of a post may take with a task of this status that their unit stands so to.
pub fn possible(status: Status, role: Role, relation: Relation) -> Vec<Step> {
    let steps = Step::ALL.iter().copied();
    steps.filter(|step| step.leads(status).is_some() && allows_on(role, step.act(), relation)).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_possible_is_what_the_tables_let_pass(
            status in proptest::sample::select(Status::ALL),
            role in proptest::sample::select(Role::ALL),
            relation in proptest::sample::select(Relation::ALL),
        ) {
            let found = possible(status, role, relation);
            for step in Step::ALL.iter().copied() {
                let passes = step.leads(status).is_some() && allows_on(role, step.act(), relation);
                prop_assert_eq!(found.contains(&step), passes, "{:?}", step);
            }
        }

        #[test]
        fn a_way_of_steps_ends_where_the_table_says(
            steps in proptest::collection::vec(proptest::sample::select(Step::ALL), 0..40),
        ) {
            let mut status = Status::NotStarted;
            for step in steps {
                if let Some(next) = step.leads(status) {
                    // Completion is never reached but by a confirmation of what was submitted.
                    prop_assert!(next != Status::Completed || next == status || status == Status::Submitted);
                    status = next;
                }
            }
        }
    }

    #[test]
    fn every_status_is_reached_and_none_is_a_trap() {
        let reach = |from: Status| {
            let mut seen = HashSet::from([from]);
            let mut open = vec![from];
            while let Some(status) = open.pop() {
                for next in Step::ALL.iter().filter_map(|step| step.leads(status)) {
                    if seen.insert(next) {
                        open.push(next);
                    }
                }
            }
            seen
        };
        for status in Status::ALL.iter().copied() {
            assert_eq!(reach(status).len(), Status::ALL.len(), "from {status:?}");
        }
    }

    #[test]
    fn every_step_is_somebodys_and_possible_somewhere() {
        for step in Step::ALL.iter().copied() {
            let somewhere = Status::ALL.iter().any(|status| {
                Role::ALL.iter().any(|role| {
                    Relation::ALL.iter().any(|relation| possible(*status, *role, *relation).contains(&step))
                })
            });
            assert!(somewhere, "{step:?}");
            assert!(step.journal_act().starts_with("task."), "{step:?}");
        }
    }

    #[test]
    fn who_reports_never_confirms() {
        for role in Role::ALL.iter().copied() {
            for relation in Relation::ALL.iter().copied() {
                let reports = possible(Status::InProgress, role, relation).contains(&Step::Submit);
                let confirms = possible(Status::Submitted, role, relation).contains(&Step::Confirm);
                assert!(!(reports && confirms), "{role:?} {relation:?}");
            }
        }
    }
}
