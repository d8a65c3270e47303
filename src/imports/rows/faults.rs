//! What can be wrong with a row, as codes with values; `text/imports.rs` words them.

use crate::domain::deadline::DateFault;
use crate::imports::fields::Field;

/// One faulty cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The sheet's name.
    pub sheet: String,
    /// The row, from 1.
    pub row: u32,
    /// The cell, such as `G5`.
    pub cell: String,
    /// The field at fault.
    pub field: Field,
    /// What the cell says, cut after [`VALUE_SHOWN`] characters.
    pub value: String,
    /// What is wrong with it.
    pub kind: FaultKind,
}

/// How many characters of a faulty value are kept.
pub const VALUE_SHOWN: usize = 200;

/// What is wrong with a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaultKind {
    /// A task without a title, a unit without a name.
    Missing,
    /// A blank code although the sheet has a code column.
    BlankCode,
    /// The code, or the name of a unit, stands in an earlier row already.
    Repeated {
        /// The earlier row's sheet.
        sheet: String,
        /// The earlier row.
        row: u32,
    },
    /// No lead unit.
    NoUnit,
    /// Two or more units in the lead cell.
    ManyUnits,
    /// No unit is called so.
    UnknownUnit {
        /// The name not found.
        name: String,
    },
    /// Two units are called so.
    AmbiguousUnit {
        /// The name they share.
        name: String,
    },
    /// The deadline's words are none of the known forms.
    Deadline(DateFault),
    /// The words are no date.
    Date(DateFault),
    /// A bare number stands where a date is expected; it is never guessed to be one.
    BareNumber,
    /// An extension that names no date.
    ExtensionWithoutDate,
    /// An extension to a day before the original deadline.
    ExtensionTooEarly,
    /// Completed, but no day of completion.
    NoCompletion,
    /// Completed before it was assigned.
    CompletedTooEarly,
    /// A word outside the closed list of the field.
    UnknownWord {
        /// The field whose list it is.
        field: Field,
    },
    /// A percentage that is no number from 0 to 100.
    NotPercent,
    /// Words that are no address where a mailbox is expected.
    NotMailbox,
    /// A formula where text is expected, or one without a stored result.
    Formula,
    /// The cell holds a spreadsheet error.
    ErrorValue,
    /// More characters than fit.
    TooLong {
        /// The limit in characters.
        limit: usize,
    },
    /// A control character such as NUL.
    ControlCharacter,
}

/// Something a person should know that refuses nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// The sheet's name.
    pub sheet: String,
    /// The row, from 1.
    pub row: u32,
    /// The cell it is about, or the row's first one.
    pub cell: String,
    /// What it is.
    pub kind: WarningKind,
}

/// What a person should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WarningKind {
    /// Assigned on a day after today.
    AssignedInFuture,
    /// Completed on a day after today.
    CompletedInFuture,
    /// The sheet of tasks is hidden and read all the same.
    HiddenSheet,
    /// An extension of a task that has no deadline.
    ExtensionWithoutDeadline,
    /// A total, a signature or a remark, not read as a task.
    FooterSkipped {
        /// The row's first words.
        words: String,
    },
    /// A cancelled task whose note names no readable day; it counts as cancelled at every cut-off.
    CancelledWithoutDay,
}
