//! Every sentence shown to a person, in Vietnamese and English. `domain/` returns codes with values;
//! only this module words them. Vietnamese is complete and comes first; a sentence is one function
//! with a branch a language, so that a missing translation does not compile.

use chrono::{Datelike, NaiveDate};

/// The reader's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// Vietnamese, the default.
    #[default]
    Vi,
    /// English.
    En,
}

impl Lang {
    /// The language of a code (`vi`, `en`).
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "vi" => Some(Self::Vi),
            "en" => Some(Self::En),
            _ => None,
        }
    }
}

/// A date as an official writes it: `dd/MM/yyyy` in both languages.
pub fn date(day: NaiveDate) -> String {
    format!("{:02}/{:02}/{}", day.day(), day.month(), day.year())
}
