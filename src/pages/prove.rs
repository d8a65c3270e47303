//! Proving again who one is.

use askama::Template;

use super::parts::faults;
use super::{Fault, Field, Shell};
use crate::text::pages::Words;

/// The form, posted as `current`, `code` and `next`.
#[derive(Debug, Clone, Template)]
#[template(path = "prove.html")]
pub struct ProvePage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// Where the form posts to.
    pub action: String,
    /// Where to go afterwards, kept through the form.
    pub next: Option<String>,
    /// What is wrong with the password; none for who has none.
    pub current: Option<Field>,
    /// What is wrong with the code; none without a second factor.
    pub code: Option<Field>,
    /// The way by the organisation's provider, when it has one.
    pub by_sso: Option<String>,
}

impl ProvePage {
    /// Everything that is wrong, for the summary.
    pub fn faults(&self) -> Vec<Fault<'_>> {
        let mut all: Vec<_> = self.current.iter().flat_map(|field| faults(&[("current", field)])).collect();
        all.extend(self.code.iter().flat_map(|field| faults(&[("code", field)])));
        all
    }
}
