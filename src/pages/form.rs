//! The fields of longer forms, one kind of view for all of them.

use super::{Choice, Fault, Field};

/// A field with everything that is drawn of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FormField {
    /// Its id, alone of its kind on the page.
    pub id: String,
    /// The name it is sent by.
    pub name: &'static str,
    /// Its label.
    pub label: String,
    /// What is expected; empty when the label says it all.
    pub hint: String,
    /// How it is drawn.
    pub kind: Kind,
    /// What stands in it, and what is wrong with it.
    pub field: Field,
    /// What there is to choose from.
    pub choices: Vec<Choice>,
    /// The most characters.
    pub most: usize,
    /// Whether it can't be left blank.
    pub is_needed: bool,
}

/// How a field is drawn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Kind {
    /// One line of text.
    #[default]
    Line,
    /// Several lines of text.
    Prose,
    /// A date.
    Date,
    /// A percentage.
    Percent,
    /// One of several.
    Choice,
    /// Some of several.
    Ticks,
}

impl Kind {
    /// Whether it is drawn so; a template compares no variants.
    pub fn is(self, name: &str) -> bool {
        let own = match self {
            Self::Line => "line",
            Self::Prose => "prose",
            Self::Date => "date",
            Self::Percent => "percent",
            Self::Choice => "choice",
            Self::Ticks => "ticks",
        };
        own == name
    }
}

impl FormField {
    /// What is wrong with it.
    pub fn fault(&self) -> Option<Fault<'_>> {
        self.field.error.as_deref().map(|text| Fault { field: &self.id, text })
    }
}

/// Fields that belong together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldGroup {
    /// The heading.
    pub heading: String,
    /// The fields.
    pub fields: Vec<FormField>,
}
