//! Why nothing was published.

use super::{Error, Refusal};

/// Why a briefing is not published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BriefingFault {
    /// No line of the flow explains these tasks, by their codes.
    Unplaced(Vec<String>),
    /// The month has not begun.
    MonthAhead,
    /// The month is published: a correction says why.
    ReasonNeeded,
    /// Nothing of the month is published that could be corrected.
    NothingToCorrect,
}

impl From<BriefingFault> for Error {
    fn from(fault: BriefingFault) -> Self {
        Self::Refused(Refusal::Briefing(fault))
    }
}
