//! Work that comes again: the list, the form, and one.

use askama::Template;

use super::parts::faults;
use super::{Choice, Fault, Field, Link, Shell};
use crate::text::pages::Words;

/// The list.
#[derive(Debug, Clone, Template)]
#[template(path = "recurring.html")]
pub struct RecurringPage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// What comes again.
    pub lines: Vec<RecurringLine>,
    /// The form for another; `None` for who may only read.
    pub add_href: Option<String>,
}

/// What comes again, in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecurringLine {
    /// The title and its page.
    pub task: Link,
    /// The lead unit.
    pub unit: String,
    /// When it comes, in words.
    pub rule: String,
    /// When the next turn is due.
    pub next: Option<String>,
    /// Whether it comes, in words.
    pub state: String,
}

/// What is typed of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs)] // The fields are those of the form; a list of choices stands before what is wrong with the choice.
pub struct RecurrenceForm {
    pub title: Field,
    pub source_number: Field,
    pub source_date: Field,
    pub categories: Vec<Choice>,
    pub category: Field,
    pub units: Vec<Choice>,
    pub unit: Field,
    pub coordinating: Field,
    pub leaders: Vec<Choice>,
    pub leader: Field,
    pub followers: Vec<Choice>,
    pub follower: Field,
    pub assignees: Field,
    pub products: Vec<Choice>,
    pub product: Field,
    pub everies: Vec<Choice>,
    pub every: Field,
    pub month: Field,
    pub forms: Vec<Choice>,
    pub day_form: Field,
    pub day: Field,
    pub weekdays: Vec<Choice>,
    pub weekday: Field,
    pub notice_days: Field,
    pub from: Field,
    pub until: Field,
}

impl RecurrenceForm {
    /// What is wrong with it.
    pub fn faults(&self) -> Vec<Fault<'_>> {
        faults(&[
            ("title", &self.title),
            ("source_number", &self.source_number),
            ("source_date", &self.source_date),
            ("category", &self.category),
            ("unit", &self.unit),
            ("coordinating", &self.coordinating),
            ("assignees", &self.assignees),
            ("leader", &self.leader),
            ("follower", &self.follower),
            ("product", &self.product),
            ("every", &self.every),
            ("month", &self.month),
            ("day_form", &self.day_form),
            ("day", &self.day),
            ("weekday", &self.weekday),
            ("notice_days", &self.notice_days),
            ("from", &self.from),
            ("until", &self.until),
        ])
    }
}

/// A turn to come, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComingLine {
    /// The turn's code.
    pub code: String,
    /// The turn.
    pub turn: String,
    /// When it is due.
    pub due: String,
    /// Whether that depends on days that are not announced yet.
    pub is_provisional: bool,
    /// When its task appears.
    pub appears: String,
}

/// The form for another.
#[derive(Debug, Clone, Template)]
#[template(path = "recurrence_new.html")]
pub struct NewRecurrencePage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// The list.
    pub back: Link,
    /// Where it is sent.
    pub action: String,
    /// What is typed.
    pub form: RecurrenceForm,
    /// The rule in words, once it was asked for.
    pub rule: Option<String>,
    /// The turns that it would bring.
    pub coming: Vec<ComingLine>,
}

/// What became of a turn, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TurnLine {
    /// The turn's code.
    pub turn: String,
    /// The day that the rule named.
    pub due: String,
    /// When its task was made, or it was left out.
    pub done_on: String,
    /// Its task.
    pub task: Option<Link>,
    /// Why it was left out.
    pub skipped: Option<String>,
}

/// One of them.
#[derive(Debug, Clone, Template)]
#[template(path = "recurrence.html")]
pub struct RecurrencePage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// The list.
    pub back: Link,
    /// What was done just now.
    pub notice: Option<String>,
    /// Its page; acts are sent to addresses below it.
    pub place: String,
    /// Its version, which every act carries.
    pub version: String,
    /// As in the list.
    pub line: RecurringLine,
    /// Whether it is paused.
    pub is_paused: bool,
    /// The turns to come.
    pub coming: Vec<ComingLine>,
    /// Those that came.
    pub done: Vec<TurnLine>,
    /// To change it; `None` for who may only read.
    pub form: Option<RecurrenceForm>,
    /// The turns that may be left out.
    pub turns: Vec<Choice>,
    /// What is wrong with the one chosen.
    pub turn: Field,
    /// Why a turn is left out.
    pub reason: Field,
}

impl RecurrencePage {
    /// What is wrong with what was sent.
    pub fn faults(&self) -> Vec<Fault<'_>> {
        let own = faults(&[("turn", &self.turn), ("reason", &self.reason)]);
        own.into_iter().chain(self.form.iter().flat_map(RecurrenceForm::faults)).collect()
    }
}
