//! Webhooks: the addresses that are told, and one with its messages.

use askama::Template;

use super::parts::faults;
use super::{Fault, Field, Link, Shell, Switch};
use crate::text::pages::Words;

/// The addresses, and the form for another.
#[derive(Debug, Clone, Template)]
#[template(path = "webhooks.html")]
pub struct WebhooksPage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// What was done just now.
    pub notice: Option<String>,
    /// The addresses.
    pub hooks: Vec<HookLine>,
    /// Where another is sent.
    pub action: String,
    /// Another.
    pub form: HookForm,
}

/// An address in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HookLine {
    /// Its name and page.
    pub link: Link,
    /// Where messages go.
    pub url: String,
    /// What it is told.
    pub events: String,
    /// Whether it is on, and whether it fails.
    pub state: String,
}

/// An address as it is typed.
#[derive(Debug, Clone, Default)]
pub struct HookForm {
    /// What people call it.
    pub name: Field,
    /// Where messages go.
    pub url: Field,
    /// What it is told: a box each.
    pub events: Vec<Switch>,
    /// What is wrong with the boxes.
    pub event: Field,
    /// Whether it is on.
    pub active: bool,
}

impl HookForm {
    fn faults(&self) -> Vec<Fault<'_>> {
        faults(&[("name", &self.name), ("url", &self.url), ("events", &self.event)])
    }
}

impl WebhooksPage {
    /// What is wrong with the form.
    pub fn faults(&self) -> Vec<Fault<'_>> {
        self.form.faults()
    }
}

/// One address.
#[derive(Debug, Clone, Template)]
#[template(path = "webhook.html")]
pub struct WebhookPage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// The list.
    pub back: Link,
    /// What was done just now.
    pub notice: Option<String>,
    /// The secret, when the address was made just now.
    pub secret: Option<String>,
    /// Its name.
    pub heading: String,
    /// That it was switched off, or fails.
    pub warning: Option<String>,
    /// What somebody else has made of it meanwhile; else none.
    pub now: Option<HookLine>,
    /// The page; the acts are sent to addresses below it.
    pub place: String,
    /// The version that the form is of.
    pub version: String,
    /// The form.
    pub form: HookForm,
    /// The latest messages.
    pub messages: Vec<MessageLine>,
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageLine {
    /// What it tells.
    pub event: String,
    /// The task's code.
    pub task: String,
    /// When it happened.
    pub at: String,
    /// What became of it.
    pub state: String,
    /// Each attempt in words, the latest first.
    pub attempts: Vec<String>,
    /// Where sending it again posts to.
    pub again: Option<String>,
}

impl WebhookPage {
    /// What is wrong with the form.
    pub fn faults(&self) -> Vec<Fault<'_>> {
        self.form.faults()
    }
}
