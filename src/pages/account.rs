//! The account page.

use askama::Template;

use super::parts::faults;
use super::{Choice, Fault, Field, MailForm, Shell};
use crate::text::pages::Words;

/// What a person sees and changes of their own account. The forms post below `/account`.
#[derive(Debug, Clone, Template)]
#[template(path = "account.html")]
pub struct AccountPage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// What was done just now.
    pub notice: Option<String>,
    /// The person's name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their post: `Cục Viễn thông · Thủ trưởng đơn vị`.
    pub post: String,
    /// The languages, posted as `language`.
    pub languages: Vec<Choice>,
    /// What is wished of letters.
    pub mail: MailForm,
    /// Changing the password.
    pub password: PasswordForm,
    /// The second factor.
    pub factor: FactorSection,
    /// The sessions in force.
    pub sessions: Vec<SessionLine>,
}

/// The form that changes the password; no value is ever sent back.
#[derive(Debug, Clone, Default)]
pub struct PasswordForm {
    /// How long the new one must be.
    pub hint: String,
    /// The password in use, posted as `current`.
    pub current: Field,
    /// The code, posted as `code`; none without a second factor.
    pub code: Option<Field>,
    /// The new one, posted as `password`.
    pub new: Field,
    /// The same again, posted as `again`.
    pub again: Field,
}

/// What there is of the second factor, and the form that renews codes or ends it, posted as `do`.
#[derive(Debug, Clone, Default)]
pub struct FactorSection {
    /// Whether there is one.
    pub exists: bool,
    /// Whether the role must have one.
    pub demanded: bool,
    /// How many recovery codes are left, `10`.
    pub recovery_left: String,
    /// The password in use, posted as `factor_password`.
    pub password: Field,
    /// The code, posted as `factor_code`.
    pub code: Field,
}

/// A session in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionLine {
    /// Where ending it posts to; none for the one that asks.
    pub end: Option<String>,
    /// Whether it is an API client's.
    pub is_api: bool,
    /// `09:00 29/11/2024`.
    pub begun: String,
    /// When it was last used.
    pub seen: String,
}

impl AccountPage {
    /// Everything that is wrong, for the summary.
    pub fn faults(&self) -> Vec<Fault<'_>> {
        let form = &self.password;
        let mut all = faults(&[("digest_hour", &self.mail.time), ("current", &form.current)]);
        all.extend(form.code.iter().flat_map(|code| faults(&[("code", code)])));
        all.extend(faults(&[
            ("password", &form.new),
            ("again", &form.again),
            ("factor_password", &self.factor.password),
            ("factor_code", &self.factor.code),
        ]));
        all
    }

    /// Whether there is a session beside the one that asks.
    pub fn has_others(&self) -> bool {
        self.sessions.iter().any(|session| session.end.is_some())
    }
}
