//! What is wrong with a parameter of an address or a field of a form.

use chrono::NaiveDate;

use crate::domain::attachment::FileFault;
use crate::domain::deadline::DateFault;
use crate::domain::template::TemplateFault;

/// What is wrong with one parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParameterFault {
    /// Its name.
    pub name: String,
    /// What is wrong.
    pub problem: ParameterProblem,
}

/// How a parameter can be wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParameterProblem {
    /// There is no parameter of this name.
    Unknown,
    /// It stands more than once.
    Repeated,
    /// It is needed.
    Missing,
    /// Not a date from 1990 to 2100.
    NotADate(DateFault),
    /// Not a month from 1990 to 2100.
    NotAMonth,
    /// Neither a quarter nor a year, or one that has not begun.
    NotASpan,
    /// Not a weight from 0,1 to 10,0.
    NotAWeight,
    /// None of these.
    NotOneOf(String),
    /// Not a whole number between these.
    NotBetween(u32, u32),
    /// A step of reminders that is told to nobody.
    NobodyTold,
    /// Longer than so many characters, or with a control character in it.
    TooLong(usize),
    /// The tenant has no unit of this name.
    NoSuchUnit,
    /// Not a post one can be deputy for.
    NoSuchPost,
    /// Nobody of the tenant, or nobody who may sign in.
    NoSuchPerson,
    /// Not an e-mail address.
    NotAnAddress,
    /// Somebody else has it.
    Taken,
    /// The operator lets the tenant have so many people who may sign in.
    TooManyPeople(u32),
    /// Not the cursor of this list: take it as the list before it gave it.
    NotACursor,
    /// Not the address of a provider: https, or http on the machine itself.
    NotAnIssuer,
    /// Not a file that is taken.
    File(FileFault),
    /// Not a template that is taken.
    Template(TemplateFault),
    /// Not an https address of the open Internet.
    NotAnOutsideUrl,
    /// A value of another type is expected, or none.
    Mistyped,
    /// Not between these days.
    OutOfRange(NaiveDate, NaiveDate),
    /// Neither a date, a period nor a term.
    NotADeadline,
    /// A deadline is put right no more once an extension of it was decided.
    DueDecided,
    /// No task of this code.
    NoSuchTask,
    /// A task is no part of itself, or of a part of it.
    PartOfItself,
    /// The lead unit does not coordinate as well.
    LeadCoordinates,
    /// The unit leads the task already.
    LeadsAlready,
    /// More than so many.
    TooMany(usize),
    /// There are warnings that were not heeded, by their codes.
    Unheeded(String),
}
