//! The organisation's settings.

use askama::Template;

use super::parts::faults;
use super::{Choice, Fault, Field, Shell};
use crate::text::pages::Words;

/// The sections, each with a form of its own, posted below `/settings`.
#[derive(Debug, Clone, Template)]
#[template(path = "settings.html")]
pub struct SettingsPage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// What was done just now.
    pub notice: Option<String>,
    /// Why what was asked was not done.
    pub error: Option<String>,
    /// The organisation's name.
    pub name: Field,
    /// The body above the office, at the head of documents.
    pub superior: Field,
    /// The place there.
    pub letter_place: Field,
    /// How it counts.
    pub counting: CountingForm,
    /// When the digest is sent: the times, and what is wrong with what was sent.
    pub digest_hours: Vec<Choice>,
    /// What is wrong with the time.
    pub digest_hour: Field,
    /// The steps of reminders.
    pub ladder: Vec<LadderLine>,
    /// Where to prove who one is, until that is done: only then the sections below have forms.
    pub prove: Option<String>,
    /// Whether administrators, the Office and leaders must have a second factor.
    pub factor_required: bool,
    /// Whether heads of units must as well.
    pub factor_heads: bool,
    /// Single sign-on.
    pub sso: SsoForm,
    /// The days off, year by year.
    pub years: Vec<YearLine>,
}

/// How the organisation counts.
#[derive(Debug, Clone, Default)]
pub struct CountingForm {
    /// Working days.
    pub due_soon_days: Field,
    /// The months of the briefing.
    pub periods: Vec<Choice>,
    /// What a term does that ends on a day off.
    pub rolls: Vec<Choice>,
    /// The day of the month on which the briefing's draft is made; blank: the last working day.
    pub briefing_day: Field,
}

/// A step of the ladder, or a blank line for one.
#[derive(Debug, Clone)]
pub struct LadderLine {
    /// Which one.
    pub title: String,
    /// The name of the field of days.
    pub days_id: String,
    /// How many days.
    pub days: Field,
    /// The name of the next field.
    pub side_id: String,
    /// Before or after the deadline.
    pub sides: Vec<Choice>,
    /// The name of the next field.
    pub count_id: String,
    /// Working days or all.
    pub counts: Vec<Choice>,
    /// Who is told.
    pub told: Vec<Switch>,
}

impl LadderLine {
    fn fault(&self) -> Option<Fault<'_>> {
        self.days.error.as_deref().map(|text| Fault { field: &self.days_id, text })
    }
}

/// A box to be ticked.
#[derive(Debug, Clone)]
pub struct Switch {
    /// Its name.
    pub name: String,
    /// What is read.
    pub text: String,
    /// Whether it is ticked.
    pub is_on: bool,
}

/// The provider.
#[derive(Debug, Clone, Default)]
pub struct SsoForm {
    /// Whether there is one.
    pub exists: bool,
    /// Whether passwords open anything.
    pub local_sign_in: bool,
    /// The address to give to the provider.
    pub redirect: String,
    /// The issuer's address.
    pub issuer: Field,
    /// By what it knows us.
    pub client_id: Field,
    /// What is wrong with the secret; its value is never sent back.
    pub client_secret: Field,
}

/// A year's days off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearLine {
    /// The year.
    pub year: String,
    /// Days off.
    pub off: String,
    /// Make-up working days.
    pub work: String,
}

impl SettingsPage {
    /// What is wrong with what was sent.
    pub fn faults(&self) -> Vec<Fault<'_>> {
        let refused = self.error.as_deref().map(|text| Fault { field: "main", text });
        let fields = faults(&[
            ("name", &self.name),
            ("superior", &self.superior),
            ("letter_place", &self.letter_place),
            ("due_soon_days", &self.counting.due_soon_days),
            ("briefing_day", &self.counting.briefing_day),
            ("digest_hour", &self.digest_hour),
            ("issuer", &self.sso.issuer),
            ("client_id", &self.sso.client_id),
            ("client_secret", &self.sso.client_secret),
        ]);
        refused.into_iter().chain(fields).chain(self.ladder.iter().filter_map(LadderLine::fault)).collect()
    }
}
