//! The code at sign-in, enrolling a second factor, its recovery codes.

use askama::Template;

use super::parts::faults;
use super::{Fault, Field, Link, Shell};
use crate::text::pages::Words;

/// The form that asks for a code, posted as `code`, `remember` and `next`.
#[derive(Debug, Clone, Template)]
#[template(path = "code.html")]
pub struct CodePage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// Where the form posts to.
    pub action: String,
    /// Where giving up posts to.
    pub cancel: String,
    /// Where to go afterwards, kept through the form.
    pub next: Option<String>,
    /// The code; its value is never sent back.
    pub code: Field,
    /// Whether the device may be remembered.
    pub may_remember: bool,
}

impl CodePage {
    /// Everything that is wrong, for the summary.
    pub fn faults(&self) -> Vec<Fault<'_>> {
        faults(&[("code", &self.code)])
    }
}

/// The form that enrols a factor, posted as `code` and `next`; signed in also as `current` and `old_code`.
#[derive(Debug, Clone, Template)]
#[template(path = "enrol.html")]
pub struct EnrolPage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// Where the form posts to.
    pub action: String,
    /// Where giving up posts to, while signing in.
    pub cancel: Option<String>,
    /// Where to go afterwards, kept through the form.
    pub next: Option<String>,
    /// The picture as a `data:` address.
    pub picture: String,
    /// The seed as text.
    pub secret: String,
    /// The new authenticator's code.
    pub code: Field,
    /// The password in use, asked of who is signed in already.
    pub current: Option<Field>,
    /// The code of the authenticator in use, when there is one.
    pub old_code: Option<Field>,
}

impl EnrolPage {
    /// Everything that is wrong, for the summary.
    pub fn faults(&self) -> Vec<Fault<'_>> {
        let mut all = faults(&[("code", &self.code)]);
        all.extend(self.current.iter().flat_map(|field| faults(&[("current", field)])));
        all.extend(self.old_code.iter().flat_map(|field| faults(&[("old_code", field)])));
        all
    }
}

/// The recovery codes, shown once.
#[derive(Debug, Clone, Template)]
#[template(path = "recovery_codes.html")]
pub struct RecoveryCodesPage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// The codes, `abcde-fghij`.
    pub codes: Vec<String>,
    /// The way on.
    pub onward: Link,
}
