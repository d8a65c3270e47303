//! Collecting what is wrong with typed fields: all of it at once, each at its field.

use chrono::NaiveDate;

use crate::domain::deadline;
use crate::domain::prose;
use crate::domain::words::tidy;
use crate::error::{ParameterFault, ParameterProblem, Refusal, Result};

/// What a field of a form, or a value read from it, turned out to be.
pub(super) type Read<T> = std::result::Result<T, ParameterProblem>;

/// The faults found so far.
#[derive(Debug, Default)]
pub(super) struct Faults(pub Vec<ParameterFault>);

impl Faults {
    /// Notes a fault; a field has one, the first that was found.
    pub fn add(&mut self, name: &str, problem: ParameterProblem) {
        if self.has(name) {
            return;
        }
        self.0.push(ParameterFault { name: name.to_owned(), problem });
    }

    fn has(&self, name: &str) -> bool {
        self.0.iter().any(|fault| fault.name == name)
    }

    /// A field that is typed, read; `None` when it is not, or can't be.
    pub fn read<T>(
        &mut self,
        name: &str,
        typed: &Option<String>,
        read: impl FnOnce(&str) -> Read<T>,
    ) -> Option<T> {
        let result = read(typed.as_deref()?);
        self.keep(name, result)
    }

    /// The same of a form, where a blank field is one that is not typed.
    pub fn filled<T>(
        &mut self,
        name: &str,
        typed: &Option<String>,
        read: impl FnOnce(&str) -> Read<T>,
    ) -> Option<T> {
        let text = typed.as_deref().map(str::trim).filter(|text| !text.is_empty())?;
        let result = read(text);
        self.keep(name, result)
    }

    /// A short text: one line, at most so many characters.
    pub fn line(&mut self, name: &str, typed: &Option<String>, most: usize) -> Option<String> {
        self.filled(name, typed, |text| within(tidy(text), most))
    }

    /// A longer text of several lines, at most so many characters.
    pub fn prose(&mut self, name: &str, typed: &Option<String>, most: usize) -> Option<String> {
        self.read(name, typed, |text| {
            prose::read(text, most).map_err(|long| ParameterProblem::TooLong(long.0))
        })?
    }

    /// A value or its fault.
    pub fn keep<T>(&mut self, name: &str, read: Read<T>) -> Option<T> {
        match read {
            Ok(value) => Some(value),
            Err(problem) => {
                self.add(name, problem);
                None
            }
        }
    }

    /// Says that a field is needed, unless it was filled or is faulty already.
    pub fn need<T>(&mut self, name: &str, value: &Option<T>) {
        if value.is_none() {
            self.add(name, ParameterProblem::Missing);
        }
    }

    /// Nothing, when nothing is wrong.
    ///
    /// # Errors
    /// Every fault.
    pub fn finish(self) -> Result<()> {
        if self.0.is_empty() { Ok(()) } else { Err(Refusal::Parameters(self.0).into()) }
    }
}

/// A date as typed.
pub(super) fn date(typed: &str) -> Read<NaiveDate> {
    deadline::parse_date(typed).map_err(ParameterProblem::NotADate)
}

/// A date as typed, from one day to another.
pub(super) fn date_within(typed: &str, first: NaiveDate, last: NaiveDate) -> Read<NaiveDate> {
    let on = date(typed)?;
    if (first..=last).contains(&on) { Ok(on) } else { Err(ParameterProblem::OutOfRange(first, last)) }
}

/// A tidied text that is short enough and without control characters.
fn within(text: String, most: usize) -> Read<String> {
    let is_fit = text.chars().count() <= most && !text.chars().any(char::is_control);
    if is_fit { Ok(text) } else { Err(ParameterProblem::TooLong(most)) }
}
