//! The form of documents.

use askama::Template;

use super::parts::faults;
use super::{Fault, Field, Shell};
use crate::text::pages::Words;

/// The tenant's template and what there is to make one.
#[derive(Debug, Clone, Template)]
#[template(path = "template.html")]
pub struct TemplatePage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// What was done just now.
    pub notice: Option<String>,
    /// The template in force; `None`: our own form.
    pub kept: Option<KeptTemplate>,
    /// What is wrong with the file that was sent.
    pub file: Field,
    /// The tags that every template has.
    pub needed: Vec<String>,
}

/// A template in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptTemplate {
    /// The file's name.
    pub name: String,
    /// Since when, `29/11/2024`.
    pub added_on: String,
}

impl TemplatePage {
    /// What is wrong with what was sent.
    pub fn faults(&self) -> Vec<Fault<'_>> {
        faults(&[("file", &self.file)])
    }
}
