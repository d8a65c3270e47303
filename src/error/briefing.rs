//! Why nothing was published, or left as a file.

use super::{Error, Refusal};
use crate::domain::export::ExportFault;

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

impl From<ExportFault> for Error {
    fn from(fault: ExportFault) -> Self {
        Self::Refused(Refusal::Export(fault))
    }
}
