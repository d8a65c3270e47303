//! What a list of a day is asked for.

use chrono::NaiveDate;
use uuid::Uuid;

use super::store::at::AsOf;
use crate::domain::access::Visible;
use crate::domain::order::Order;
use crate::domain::standing::Standing;
use crate::domain::task::{Category, Level, ProductKind, Status};
use crate::domain::words::fold;

/// Which standings are wanted: one, a part of one, or several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StandingFilter {
    /// Exactly this standing.
    Is(Standing),
    /// Due soon, a part of those within their term.
    DueSoon,
    /// Due on the day itself and not waiting: a part of those due soon.
    DueToday,
    /// Within term and not waiting: what is still to be done in time.
    Pending,
    /// Submitted and waiting for confirmation, within term or overdue.
    Waiting,
    /// Within term or overdue.
    InProgress,
    /// Not outside the count.
    Counted,
    /// Counted, and completed or due before the day: what an on-time rate is of.
    Reached,
    /// Reached, and completed by the original deadline.
    OnTimeOriginal,
}

impl StandingFilter {
    /// Those that are no standing of their own.
    const PARTS: [Self; 8] = [
        Self::DueSoon,
        Self::DueToday,
        Self::Pending,
        Self::Waiting,
        Self::InProgress,
        Self::Counted,
        Self::Reached,
        Self::OnTimeOriginal,
    ];

    /// Every one, the standings first.
    pub fn all() -> impl Iterator<Item = Self> {
        Standing::ALL.iter().map(|standing| Self::Is(*standing)).chain(Self::PARTS)
    }

    /// Every code, as a list of what is expected.
    pub fn codes() -> String {
        Self::all().map(Self::code).collect::<Vec<_>>().join(" | ")
    }

    /// The code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Is(standing) => standing.code(),
            Self::DueSoon => "due_soon",
            Self::DueToday => "due_today",
            Self::Pending => "pending",
            Self::Waiting => "waiting",
            Self::InProgress => "in_progress",
            Self::Counted => "counted",
            Self::Reached => "reached",
            Self::OnTimeOriginal => "on_time_original",
        }
    }

    /// The filter of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::all().find(|filter| filter.code() == code)
    }

    /// Whether it lets only tasks through that were not completed by the day.
    pub(super) fn is_unfinished(self) -> bool {
        match self {
            Self::Is(standing) => matches!(standing, Standing::WithinTerm | Standing::Overdue),
            Self::DueSoon | Self::DueToday | Self::Pending | Self::Waiting | Self::InProgress => true,
            Self::Counted | Self::Reached | Self::OnTimeOriginal => false,
        }
    }
}

/// Words to be found in a task, whatever their accents and case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    typed: String,
    folded: String,
}

impl Search {
    /// The most characters that are searched for.
    pub const LONGEST: usize = 200;

    /// What was typed; `None` when it is too long or holds a control character.
    pub fn of(typed: &str) -> Option<Self> {
        let typed = typed.trim();
        let is_fit = typed.chars().count() <= Self::LONGEST && !typed.chars().any(char::is_control);
        is_fit.then(|| Self { typed: typed.to_owned(), folded: fold(typed) })
    }

    /// As typed.
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// Whether it looks for nothing.
    pub(super) fn is_blank(&self) -> bool {
        self.folded.is_empty()
    }

    /// What `LIKE` looks for, each word anywhere; the longest first, which is the one that fewest have.
    pub(super) fn word_patterns(&self) -> Vec<String> {
        let mut words: Vec<&str> = self.folded.split(' ').collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        words.into_iter().map(pattern).collect()
    }

    /// What `LIKE` looks for: the whole anywhere.
    pub(super) fn whole_pattern(&self) -> String {
        pattern(&self.folded)
    }

    /// The words without accents and case.
    pub(super) fn folded(&self) -> &str {
        &self.folded
    }
}

/// The `LIKE` pattern of a text that stands anywhere, its own signs meaning themselves.
fn pattern(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('%');
    for c in text.chars() {
        if matches!(c, '%' | '_' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('%');
    out
}

/// What is asked for, with the unit still a name. What is not set lets every task through.
#[derive(Debug, Clone)]
pub struct TaskFilterInput {
    /// Whose tasks the reader sees.
    pub visible: Visible,
    /// Words of title, code, labels, and number and abstract of the source document: all of them.
    pub q: Option<Search>,
    /// Short or full name of the lead unit on the day.
    pub unit: Option<String>,
    /// A unit that coordinates.
    pub coordinating: Option<Uuid>,
    /// The standing on the day.
    pub standing: Option<StandingFilter>,
    /// The category.
    pub category: Option<Category>,
    /// The kind of product.
    pub product: Option<ProductKind>,
    /// The levels it is submitted to; any when there are none.
    pub levels: Vec<Level>,
    /// Deadline on or after this day.
    pub due_from: Option<NaiveDate>,
    /// Deadline on or before this day.
    pub due_to: Option<NaiveDate>,
    /// Completed on or after this day, and in the count.
    pub completed_from: Option<NaiveDate>,
    /// Completed on or before this day, and in the count.
    pub completed_to: Option<NaiveDate>,
    /// Overdue by so many days or more; what is not overdue is 0 days late.
    pub late_from: Option<u32>,
    /// Overdue by so many days or fewer, or not at all.
    pub late_to: Option<u32>,
    /// The person it was given to: an assignee, or the contact.
    pub given_to: Option<Uuid>,
    /// The responsible leader.
    pub leader: Option<Uuid>,
    /// A part of the source document's number.
    pub source: Option<Search>,
    /// A label.
    pub label: Option<Search>,
    /// The field of work.
    pub field: Option<Search>,
    /// Assigned on or after this day.
    pub assigned_from: Option<NaiveDate>,
    /// Assigned on or before this day.
    pub assigned_to: Option<NaiveDate>,
    /// The status now, whatever the day.
    pub status: Option<Status>,
    /// Only those with a request for a later deadline that was open on the day.
    pub extension_asked: bool,
    /// Only those overdue without a reason for it.
    pub reason_missing: bool,
    /// What the list is ordered by.
    pub order: Order,
}

impl Default for TaskFilterInput {
    fn default() -> Self {
        Self {
            visible: Visible::Tenant,
            q: None,
            unit: None,
            coordinating: None,
            standing: None,
            category: None,
            product: None,
            levels: Vec::new(),
            due_from: None,
            due_to: None,
            completed_from: None,
            completed_to: None,
            late_from: None,
            late_to: None,
            given_to: None,
            leader: None,
            source: None,
            label: None,
            field: None,
            assigned_from: None,
            assigned_to: None,
            status: None,
            extension_asked: false,
            reason_missing: false,
            order: Order::Late,
        }
    }
}

/// What is asked for, ready for the query.
#[derive(Debug, Clone)]
pub struct TaskFilter {
    pub(super) as_of: AsOf,
    pub(super) unit: Option<Uuid>,
    /// What the words were found in, unless it is too much to be named.
    pub(super) found: Option<Vec<Uuid>>,
    pub(super) asked: TaskFilterInput,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_standing_filter_reads_back() {
        for filter in StandingFilter::all() {
            assert_eq!(StandingFilter::from_code(filter.code()), Some(filter));
        }
        assert_eq!(StandingFilter::from_code("late"), None);
    }

    #[test]
    fn a_search_is_folded_and_its_signs_mean_themselves() {
        let search = Search::of(" 100%  Đề_án ").unwrap();
        assert_eq!(search.word_patterns(), [r"%de\_an%", r"%100\%%"]);
        assert_eq!(search.whole_pattern(), r"%100\% de\_an%");
        assert_eq!(Search::of(&"ă".repeat(201)), None);
        assert_eq!(Search::of("a\0b"), None);
    }
}
