//! Setting a password by a one-time link.

use askama::Template;

use super::parts::faults;
use super::{Fault, Field, Shell};
use crate::text::pages::Words;

/// The form: the new password twice, posted as `link`, `password` and `again`.
#[derive(Debug, Clone, Template)]
#[template(path = "password.html")]
pub struct PasswordPage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// Where the form posts to.
    pub action: String,
    /// The link's secret, kept through the form.
    pub link: String,
    /// What is wrong with the password; its value is never sent back.
    pub password: Field,
    /// What is wrong with its repetition; its value is never sent back.
    pub again: Field,
}

impl PasswordPage {
    /// Everything that is wrong, for the summary.
    pub fn faults(&self) -> Vec<Fault<'_>> {
        faults(&[("password", &self.password), ("again", &self.again)])
    }
}
