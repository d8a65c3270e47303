//! Acts on several tasks at once, and which tasks each can be done to.

use super::access::Act;
use super::task::Status;
use super::vocabulary::vocabulary;

vocabulary! {
    /// What is done to several tasks at once.
    BulkAct {
        /// Say who in the lead unit does them.
        Assign = "assign",
        /// Remind the heads of the lead units by a letter.
        Urge = "urge",
        /// Give another unit the lead.
        Move = "move",
    }
}

impl BulkAct {
    /// What it is to the table of permissions.
    pub fn act(self) -> Act {
        match self {
            Self::Assign => Act::AssignTasks,
            Self::Urge | Self::Move => Act::GiveTasks,
        }
    }

    /// Whether it is done to the tasks of one lead unit only.
    pub fn is_of_one_unit(self) -> bool {
        self == Self::Assign
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
        /// It is cancelled, paused, returned or transferred.
        Outside = "outside",
        /// Another unit leads it than the first of them.
        OtherUnit = "other_unit",
        /// Nobody of its lead unit can be written to.
        NobodyToUrge = "nobody_to_urge",
    }
}

/// Whether a task of this status can have an act done to it.
///
/// # Errors
/// Why not.
pub fn fits(act: BulkAct, status: Status) -> Result<(), LeftOut> {
    match (act, status) {
        (_, Status::Completed) => Err(LeftOut::Completed),
        (_, Status::Cancelled | Status::Transferred) => Err(LeftOut::Outside),
        // What is paused or was given back goes on with another unit, or with other people, when it goes on.
        (BulkAct::Urge, Status::Paused | Status::Returned) => Err(LeftOut::Outside),
        (BulkAct::Urge, Status::Submitted) => Err(LeftOut::Submitted),
        _ => Ok(()),
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
            assert_eq!(fits(*act, Status::InProgress), Ok(()));
        }
    }

    #[test]
    fn who_waits_for_the_office_is_not_urged() {
        assert_eq!(fits(BulkAct::Urge, Status::Submitted), Err(LeftOut::Submitted));
        assert_eq!(fits(BulkAct::Urge, Status::Paused), Err(LeftOut::Outside));
        assert_eq!(fits(BulkAct::Move, Status::Submitted), Ok(()));
    }
}
