//! Acts on several tasks at once, and which tasks each can be done to.

use super::access::Act;
use super::extension::is_extendable;
use super::life::Step;
use super::task::Status;
use super::vocabulary::vocabulary;

vocabulary! {
    /// What is done to several tasks at once.
    BulkAct {
        /// Say who in the lead unit does them.
        Assign = "assign",
        /// Remind the heads of the lead units by a letter.
        Urge = "urge",
        /// Confirm that they are completed.
        Confirm = "confirm",
        /// Ask for a later deadline.
        Extend = "extend",
        /// Give another unit the lead.
        Move = "move",
    }
}

impl BulkAct {
    /// What it is to the table of permissions.
    pub fn act(self) -> Act {
        match self {
            Self::Assign => Step::Assign.act(),
            Self::Confirm => Step::Confirm.act(),
            Self::Move => Step::Move.act(),
            Self::Extend => Act::AskExtensions,
            Self::Urge => Act::GiveTasks,
        }
    }

    /// Whether it is done to the tasks of one lead unit only.
    pub fn is_of_one_unit(self) -> bool {
        self == Self::Assign
    }

    /// Whether it can be done to a task of this status.
    fn suits(self, status: Status) -> bool {
        match self {
            Self::Assign => Step::Assign.leads(status).is_some(),
            Self::Confirm => Step::Confirm.leads(status).is_some(),
            Self::Move => Step::Move.leads(status).is_some(),
            Self::Extend => is_extendable(status),
            Self::Urge => matches!(status, Status::NotStarted | Status::InProgress),
        }
    }
}

vocabulary! {
    /// Why a task is left out of an act on several.
    LeftOut {
        /// It is gone, or whoever acts does not see it.
        Gone = "gone",
        /// Whoever acts may not do this to it.
        NotPermitted = "not_permitted",
        /// It is completed.
        Completed = "completed",
        /// It waits for the Office's answer.
        Submitted = "submitted",
        /// It was not reported as completed.
        NotReported = "not_reported",
        /// Whoever acts has reported it.
        OwnReport = "own_report",
        /// It is cancelled, paused, returned or transferred.
        Outside = "outside",
        /// Another unit leads it than the first of them.
        OtherUnit = "other_unit",
        /// It has no deadline that could be later.
        NoDeadline = "no_deadline",
        /// A later deadline is asked for already.
        AskedAlready = "asked_already",
        /// Nobody of its lead unit can be written to.
        NobodyToUrge = "nobody_to_urge",
    }
}

/// Whether a task of this status can have an act done to it.
///
/// # Errors
/// Why not.
pub fn fits(act: BulkAct, status: Status) -> Result<(), LeftOut> {
    match status {
        _ if act.suits(status) => Ok(()),
        Status::Completed => Err(LeftOut::Completed),
        Status::Submitted => Err(LeftOut::Submitted),
        Status::NotStarted | Status::InProgress => Err(LeftOut::NotReported),
        Status::Cancelled | Status::Paused | Status::Returned | Status::Transferred => Err(LeftOut::Outside),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_over_is_left_out_of_every_act() {
        for act in BulkAct::ALL {
            assert_eq!(fits(*act, Status::Completed), Err(LeftOut::Completed));
            assert_eq!(fits(*act, Status::Cancelled), Err(LeftOut::Outside));
            assert_eq!(fits(*act, Status::InProgress).is_err(), *act == BulkAct::Confirm);
        }
    }

    #[test]
    fn who_waits_for_the_office_is_not_urged() {
        assert_eq!(fits(BulkAct::Urge, Status::Submitted), Err(LeftOut::Submitted));
        assert_eq!(fits(BulkAct::Urge, Status::Paused), Err(LeftOut::Outside));
        assert_eq!(fits(BulkAct::Move, Status::Submitted), Ok(()));
    }
}
