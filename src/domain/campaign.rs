//! How a unit of a campaign has reported.

use super::standing::Standing;
use super::vocabulary::vocabulary;

vocabulary! {
    /// What a unit's line of the board says.
    Reported {
        /// Đã báo cáo: confirmed.
        Done = "reported",
        /// Chờ xác nhận.
        Waiting = "waiting",
        /// Quá hạn chưa báo cáo.
        Overdue = "overdue",
        /// Chưa báo cáo, còn hạn.
        Pending = "pending",
        /// Outside the count: cancelled, paused, returned or transferred.
        Outside = "outside",
        /// Its task was deleted.
        Removed = "removed",
    }
}

impl Reported {
    /// What the standing of a unit's task on a day says; `None`: the task is not there.
    pub fn of(standing: Option<Standing>, is_waiting: bool) -> Self {
        match standing {
            None => Self::Removed,
            Some(Standing::Outside) => Self::Outside,
            Some(Standing::CompletedOnTime | Standing::CompletedLate) => Self::Done,
            Some(_) if is_waiting => Self::Waiting,
            Some(Standing::Overdue) => Self::Overdue,
            Some(Standing::WithinTerm | Standing::NoDeadline) => Self::Pending,
        }
    }

    /// Whether the unit is still to report.
    pub fn is_owing(self) -> bool {
        matches!(self, Self::Overdue | Self::Pending)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_reported_and_waits_owes_nothing_however_late() {
        assert_eq!(Reported::of(Some(Standing::Overdue), true), Reported::Waiting);
        let owing: Vec<_> =
            Standing::ALL.iter().filter(|one| Reported::of(Some(**one), false).is_owing()).collect();
        assert_eq!(owing, [&Standing::WithinTerm, &Standing::Overdue, &Standing::NoDeadline]);
        assert!(!Reported::of(None, false).is_owing());
    }
}
