//! The parts that several pages share.

use crate::text::pages::Mark;

/// A number as it is shown, and the list of exactly its rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Num {
    /// `1.249`.
    pub text: String,
    /// Its rows; `None` when there is nothing to open.
    pub href: Option<String>,
}

impl Num {
    /// A number that leads nowhere.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), href: None }
    }

    /// A number that opens its rows.
    pub fn link(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self { text: text.into(), href: Some(href.into()) }
    }

    /// A nought is shown paler, so that the eye finds what is there.
    pub fn is_nought(&self) -> bool {
        matches!(self.text.as_str(), "0" | "00" | "–")
    }
}

/// Words that lead somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The words.
    pub text: String,
    /// Where to.
    pub href: String,
}

/// A task's mark with the days late.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Badge {
    /// The mark.
    pub mark: Mark,
    /// Days late, `198`; shown behind the word.
    pub days: Option<String>,
}

impl Mark {
    /// The style's class, which is also the name of the shape.
    pub fn class(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::DueToday => "today",
            Self::DueSoon => "soon",
            Self::WithinTerm => "within",
            Self::Waiting => "waiting",
            Self::CompletedOnTime => "done",
            Self::CompletedLate => "late",
            Self::NoDeadline => "none",
            Self::Outside => "outside",
            Self::NotAssigned => "none",
        }
    }
}

/// A typed value that comes back with what is wrong with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Field {
    /// As typed.
    pub value: String,
    /// What is wrong, `None` when nothing is.
    pub error: Option<String>,
}

impl Field {
    /// A value that is right.
    pub fn of(value: impl Into<String>) -> Self {
        Self { value: value.into(), error: None }
    }

    /// A value with its fault.
    pub fn faulty(value: impl Into<String>, error: impl Into<String>) -> Self {
        Self { value: value.into(), error: Some(error.into()) }
    }
}

/// A fault in the summary above a form: the id of its field, and what is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault<'a> {
    /// The field's id.
    pub field: &'a str,
    /// What is wrong.
    pub text: &'a str,
}

/// The faults of a form's fields, in their order.
pub(super) fn faults<'a>(fields: &[(&'static str, &'a Field)]) -> Vec<Fault<'a>> {
    fields
        .iter()
        .filter_map(|(id, field)| field.error.as_deref().map(|text| Fault { field: id, text }))
        .collect()
}

/// A choice of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub text: String,
    /// Whether it is chosen.
    pub selected: bool,
}

/// What is shown of a past day: as known now, with the briefing that was published then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AsTold {
    /// The sentence.
    pub text: String,
    /// What was published with this cut-off, and the tasks that differ now.
    pub links: Vec<Link>,
}

/// A rate, which never stands without its denominator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rate {
    /// `71,3 %`, or `–` when there is nothing to divide by.
    pub percent: String,
    /// The tasks on time.
    pub part: Num,
    /// Of these.
    pub of: Num,
}

/// The choice of a month and a cut-off, sent by GET as `month` and `cutoff`.
#[derive(Debug, Clone, Default)]
pub struct PeriodForm {
    /// Where it is sent.
    pub action: String,
    /// The months there are; the value is `2024-11`, the words `Tháng 11/2024`.
    pub months: Vec<Choice>,
    /// What is wrong with the month in the address.
    pub month_error: Option<String>,
    /// The cut-off as typed, `29/11/2024`.
    pub cutoff: Field,
}

impl PeriodForm {
    /// What is wrong with it.
    pub fn faults(&self) -> Vec<Fault<'_>> {
        let month = self.month_error.as_deref().map(|text| Fault { field: "month", text });
        month.into_iter().chain(faults(&[("cutoff", &self.cutoff)])).collect()
    }
}

/// A task in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskLine {
    /// The task's id.
    pub id: String,
    /// The task's page.
    pub href: String,
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: String,
    /// The lead unit's short name and the list of its tasks.
    pub unit: Num,
    /// The lead unit's full name.
    pub unit_name: String,
    /// The category in words when it is worth saying (`Thường xuyên`); key tasks have none in a list of key tasks.
    pub category: Option<String>,
    /// The source document's number.
    pub source: Option<String>,
    /// The product, with the level it goes to: `Đề án · Thủ tướng Chính phủ`.
    pub product: String,
    /// The deadline on that day, `28/11/2024`.
    pub due: Option<String>,
    /// The deadline's own words when they say more than the date.
    pub due_words: Option<String>,
    /// The original deadline when an extension moved it.
    pub original_due: Option<String>,
    /// The standing on that day.
    pub badge: Badge,
    /// Whether a submission waits, beside the standing.
    pub waiting: bool,
}
