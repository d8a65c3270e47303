//! The faults of something typed, gathered while its fields are read: all of them are told at once.

use chrono::NaiveDate;

use crate::domain::deadline::parse_date;
use crate::error::{ParameterFault, ParameterProblem};

/// The faults found so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faults(pub Vec<ParameterFault>);

impl Faults {
    /// Says that a field is wrong.
    pub fn add(&mut self, name: &str, problem: ParameterProblem) {
        self.0.push(ParameterFault { name: name.to_owned(), problem });
    }

    /// A text of at most so many characters; `None` when blank.
    pub fn text(&mut self, name: &str, typed: &str, most: usize) -> Option<String> {
        if typed.chars().count() > most || typed.chars().any(char::is_control) {
            self.add(name, ParameterProblem::TooLong(most));
        }
        (!typed.is_empty()).then(|| typed.to_owned())
    }

    /// A text that must be there.
    pub fn needed(&mut self, name: &str, typed: &str, most: usize) -> Option<String> {
        let text = self.text(name, typed, most);
        if text.is_none() {
            self.add(name, ParameterProblem::Missing);
        }
        text
    }

    /// A date; `None` when blank.
    pub fn date(&mut self, name: &str, typed: &str) -> Option<NaiveDate> {
        if typed.is_empty() {
            return None;
        }
        parse_date(typed).map_err(|fault| self.add(name, ParameterProblem::NotADate(fault))).ok()
    }

    /// A whole number between two, both included.
    pub fn number(&mut self, name: &str, typed: &str, least: u32, most: u32) -> Option<u32> {
        let digits = typed.chars().all(|c| c.is_ascii_digit());
        let found = typed.parse().ok().filter(|n| digits && (least..=most).contains(n));
        if found.is_none() {
            self.add(name, ParameterProblem::NotBetween(least, most));
        }
        found
    }

    /// A value of a closed vocabulary.
    pub fn one_of<T: Copy>(
        &mut self,
        name: &str,
        typed: &str,
        from_code: fn(&str) -> Option<T>,
        all: &[T],
        code: fn(T) -> &'static str,
    ) -> Option<T> {
        let found = from_code(typed);
        if found.is_none() {
            let codes = all.iter().map(|value| code(*value)).collect::<Vec<_>>().join(" | ");
            self.add(name, ParameterProblem::NotOneOf(codes));
        }
        found
    }
}
