//! How Vietnamese offices (and a few English ones) head their columns.
//!
//! Every phrase is written as [`super::headings::heading_key`] leaves it: lower case, no accents, no
//! punctuation, one space. An exact wording stands for one field alone; a weak one is used only when
//! no better heading claims the field; a rule recognises longer wordings by their telling phrases; a
//! veto takes a field away from every heading that says one of its phrases, whatever else matches.

mod rules;
mod units;
mod vetoes;
mod words;

pub use units::NOT_UNITS;

use super::fields::Field;

/// A field with the wordings that mean it.
pub struct Wordings {
    /// The field meant.
    pub field: Field,
    /// Wordings that mean this field and no other.
    pub exact: &'static [&'static str],
    /// Wordings that may mean it when nothing better does.
    pub weak: &'static [&'static str],
}

/// A longer wording: a phrase of every group must occur, none of the others may.
pub struct Rule {
    /// The field meant.
    pub field: Field,
    /// Groups of phrases; one of each must occur.
    pub all: &'static [&'static [&'static str]],
    /// Phrases that tell it is something else.
    pub none: &'static [&'static str],
}

/// The wordings and rules of one kind of sheet.
/// Phrases that tell a heading isn't this field, however well another part of it matches. They are
/// looked for in the whole heading: its group and its brackets too.
pub struct Veto {
    /// The field that isn't meant.
    pub field: Field,
    /// The telling phrases.
    pub phrases: &'static [&'static str],
    /// Phrases that tell only in the heading itself: a group may say them of other columns.
    pub own: &'static [&'static str],
}

/// The wordings and rules of one kind of sheet.
pub struct Vocabulary {
    /// Short wordings by field.
    pub wordings: &'static [Wordings],
    /// Rules for longer wordings.
    pub rules: &'static [Rule],
    /// What takes a field away from a heading.
    pub vetoes: &'static [Veto],
    /// What a heading may mean that no rule recognises; for a person to confirm.
    pub guesses: &'static [Rule],
}

const fn words(field: Field, exact: &'static [&'static str], weak: &'static [&'static str]) -> Wordings {
    Wordings { field, exact, weak }
}

const fn rule(field: Field, all: &'static [&'static [&'static str]], none: &'static [&'static str]) -> Rule {
    Rule { field, all, none }
}

/// The headings of a sheet of tasks.
pub static TASKS: Vocabulary = Vocabulary {
    wordings: words::TASK_WORDINGS,
    rules: rules::TASK_RULES,
    vetoes: vetoes::TASK_VETOES,
    guesses: rules::TASK_GUESSES,
};

/// The headings of a sheet of units.
pub static UNITS: Vocabulary =
    Vocabulary { wordings: units::UNIT_WORDINGS, rules: units::UNIT_RULES, vetoes: &[], guesses: &[] };
