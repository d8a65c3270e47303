//! Signing in.

use askama::Template;

use super::parts::faults;
use super::{Fault, Field, Shell};
use crate::text::pages::Words;

/// The form: tenant, e-mail and password, posted as `tenant`, `email`, `password` and `next`. By an organisation's own
/// host nobody is asked for the tenant.
#[derive(Debug, Clone, Template)]
#[template(path = "sign_in.html")]
pub struct SignInPage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// Where the form posts to.
    pub action: String,
    /// Where to go afterwards, kept through the form.
    pub next: Option<String>,
    /// What to know before, such as that the session ended.
    pub notice: Option<String>,
    /// What is wrong with the whole, such as a wrong password.
    pub error: Option<String>,
    /// The organisation whose host this is.
    pub organisation: Option<String>,
    /// The tenant's slug; not asked for by its own host.
    pub tenant: Field,
    /// The e-mail address.
    pub email: Field,
    /// What is wrong with the password; its value is never sent back.
    pub password: Field,
    /// Where the way to an organisation's own provider begins, asked by GET with `tenant` and `next`.
    pub sso_action: String,
    /// Where a link to another password is asked for.
    pub forgot_href: String,
}

/// Asking for a link to another password: `tenant` and `email`. The answer is the same whoever asks.
#[derive(Debug, Clone, Template)]
#[template(path = "forgot.html")]
pub struct ForgotPage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// Where the form posts to.
    pub action: String,
    /// Back to signing in.
    pub sign_in_href: String,
    /// Whether it was asked for just now.
    pub is_asked: bool,
    /// The organisation whose host this is.
    pub organisation: Option<String>,
    /// The tenant's slug; not asked for by its own host.
    pub tenant: Field,
    /// The e-mail address.
    pub email: Field,
}

impl ForgotPage {
    /// Everything that is wrong, for the summary.
    pub fn faults(&self) -> Vec<Fault<'_>> {
        faults(&[("tenant", &self.tenant), ("email", &self.email)])
    }
}

impl SignInPage {
    /// Everything that is wrong, for the summary.
    pub fn faults(&self) -> Vec<Fault<'_>> {
        let whole = self.error.as_deref().map(|text| Fault { field: "email", text });
        let fields = [("tenant", &self.tenant), ("email", &self.email), ("password", &self.password)];
        whole.into_iter().chain(faults(&fields)).collect()
    }
}
