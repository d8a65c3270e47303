//! The draft of an urging letter, to be read and printed.

use askama::Template;

use super::{Link, Shell, TaskLine};
use crate::text::pages::Words;
use crate::text::urging::Letter;

/// The letter to a unit with its annex.
#[derive(Debug, Clone, Template)]
#[template(path = "urging.html")]
pub struct UrgingPage {
    /// The sentences.
    pub w: Words,
    /// The sentences of the letter, which is Vietnamese.
    pub vi: Words,
    /// What stands around.
    pub shell: Shell,
    /// The unit, and its overdue tasks.
    pub back: Link,
    /// The day, `29/11/2024`.
    pub as_of: String,
    /// The letter; `None` when there is nothing to urge.
    pub letter: Option<Letter>,
    /// The letter for Word.
    pub file: String,
    /// The annex: each task and its days late.
    pub annex: Vec<(TaskLine, String)>,
    /// How many overdue tasks wait for confirmation, when any does.
    pub waiting: Option<String>,
}
