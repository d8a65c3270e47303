//! What became of the letters, and ending them from a letter.

use askama::Template;

use super::{Choice, Link, Num, Shell};
use crate::text::pages::Words;

/// What a person wishes of letters, posted to `/account/mail`.
#[derive(Debug, Clone, Default)]
pub struct MailForm {
    /// The times, posted as `digest_hour`.
    pub times: Vec<Choice>,
    /// The tenant's own time, as the choice of who has none.
    pub usual: String,
    /// What is wrong with the time.
    pub time: super::Field,
    /// Whether the daily digest holds what is not overdue.
    pub upcoming: bool,
    /// Whether the weekly summary does.
    pub weekly: bool,
    /// Whether reminders come before deadlines.
    pub reminders: bool,
}

/// The page of a letter's address: asks, or tells that it is done.
#[derive(Debug, Clone, Template)]
#[template(path = "unsubscribe.html")]
pub struct UnsubscribePage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// The heading.
    pub heading: String,
    /// What it means, or that it is done.
    pub body: Vec<String>,
    /// Where the button posts to; none once it is done.
    pub action: Option<String>,
}

/// The letters of the last days.
#[derive(Debug, Clone, Template)]
#[template(path = "mail.html")]
pub struct MailPage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// What was done just now.
    pub notice: Option<String>,
    /// What somebody should look at.
    pub alarms: Vec<String>,
    /// The days, the latest first.
    pub days: Vec<MailDay>,
    /// Whose addresses came back.
    pub bounced: Vec<BouncedLine>,
}

/// A day's letters; each number opens its letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailDay {
    /// The day, and all its letters.
    pub day: Link,
    /// To be sent.
    pub planned: Num,
    /// Sent.
    pub sent: Num,
    /// Skipped.
    pub skipped: Num,
    /// Why: `3 không có việc đến hạn`.
    pub reasons: Vec<String>,
    /// Given up.
    pub failed: Num,
    /// Maybe arrived twice.
    pub double: Num,
}

/// Somebody whose address came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BouncedLine {
    /// Their page.
    pub person: Link,
    /// The address.
    pub address: String,
    /// When: `09:00 29/11/2024`.
    pub at: String,
    /// Where taking the flag off posts to.
    pub clear: String,
}

/// The letters of a day.
#[derive(Debug, Clone, Template)]
#[template(path = "letters.html")]
pub struct LettersPage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// Back to the days.
    pub back: Link,
    /// What was done just now.
    pub notice: Option<String>,
    /// The heading.
    pub heading: String,
    /// Where the filters are sent, with `day` as it is.
    pub action: String,
    /// The day as it is sent, `2024-11-29`.
    pub day: String,
    /// The states.
    pub states: Vec<Choice>,
    /// The kinds there are.
    pub kinds: Vec<Choice>,
    /// The letters.
    pub letters: Vec<LetterLine>,
    /// The next page.
    pub next: Option<String>,
}

/// A letter in the list; never what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterLine {
    /// The person's page, unless it goes to a mailbox.
    pub person: Option<Link>,
    /// The address.
    pub address: String,
    /// What sort of letter.
    pub kind: String,
    /// Its subject, once composed.
    pub subject: Option<String>,
    /// How far it has come.
    pub state: String,
    /// Why it was skipped or failed.
    pub why: Option<String>,
    /// Whether it may have arrived twice.
    pub may_be_double: bool,
    /// When it was sent, or is or was due.
    pub at: String,
    /// Where sending it again posts to.
    pub again: Option<String>,
    /// Why it is not sent again.
    pub not_again: Option<String>,
    /// Its text, in the demo.
    pub text: Option<String>,
}

/// A letter of the demo.
#[derive(Debug, Clone, Template)]
#[template(path = "letter.html")]
pub struct LetterPage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// Back to the day's letters.
    pub back: Link,
    /// The subject.
    pub subject: String,
    /// The address.
    pub address: String,
    /// What it says, as plain text.
    pub text: String,
}
