//! What signing in has to write to people: that something was done to their account, and the way back in that they ask
//! for themselves. Planned in the transaction of the act, composed by `people`.

mod store;

use chrono::TimeDelta;
use serde_json::json;
use uuid::Uuid;

use super::links::FORGOTTEN_MINUTES;
use super::sign_in::asked;
use crate::app::App;
use crate::db::{Claim, TenantConn};
use crate::error::Result;
use crate::ids::new_id;
use crate::journal::{self, Entry};
use crate::mail::{self, NewLetter};
use crate::tenants;

/// The kind of letter that tells people what was done to their account.
pub const NOTICE: &str = "notice";

/// The kind of letter with a link that somebody asked for at the sign-in page.
pub const FORGOTTEN: &str = "forgotten";

/// So many of them an hour.
const MOST_AN_HOUR: usize = 3;

/// What people are told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// The right password came from a browser in which it had not been typed before.
    NewBrowser,
    /// The right password came from a program.
    Program,
    /// Another password was set.
    Password,
    /// A second factor was set up, or another one.
    FactorSet,
    /// The second factor was taken away.
    FactorEnded,
}

impl Notice {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::NewBrowser, Self::Program, Self::Password, Self::FactorSet, Self::FactorEnded];

    /// Its code in the outbox.
    pub fn code(self) -> &'static str {
        match self {
            Self::NewBrowser => "new_browser",
            Self::Program => "program",
            Self::Password => "password",
            Self::FactorSet => "factor_set",
            Self::FactorEnded => "factor_ended",
        }
    }

    /// The notice of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|notice| notice.code() == code)
    }
}

/// Plans the letter that tells a person of something done now, in its transaction. Programs come often: of them people
/// hear once a day.
pub(super) fn tell(conn: &mut TenantConn<'_>, person: Uuid, notice: Notice) -> Result<()> {
    let (address, lang) = store::addressee(conn, person)?;
    let local = conn.now().with_timezone(&tenants::settings(conn)?.zone);
    let day = local.date_naive();
    let letter = NewLetter {
        kind: NOTICE,
        person: Some(person),
        address: &address,
        day,
        key: if notice == Notice::Program { format!("program {day}") } else { new_id().to_string() },
        lang,
        payload: json!({ "what": notice.code(), "at": local.format("%H:%M %d/%m/%Y").to_string() }),
        due_at: conn.now(),
        give_up_at: None,
    };
    mail::plan(conn, &[letter]).map(drop)
}

/// Tells a person that their password is another now; a first one is no news to them.
pub(super) fn tell_of_password(conn: &mut TenantConn<'_>, person: Uuid) -> Result<()> {
    if store::has_password(conn, person)? { tell(conn, person, Notice::Password) } else { Ok(()) }
}

/// Plans the letter with a link for whoever says that they have forgotten their password: at most three an hour, and
/// nothing tells whether there is such a person.
///
/// # Errors
/// The database's.
pub fn forgotten(app: &App, slug: &str, email: &str) -> Result<()> {
    let Some((slug, email)) = asked(slug, email) else { return Ok(()) };
    let Some(tenant) = tenants::active(app, &slug)? else { return Ok(()) };
    app.db.tenant(&Claim::of(tenant), |conn| {
        let Some(person) = store::may_set_password(conn, &email)? else { return Ok(()) };
        let now = conn.now();
        let (ever, lately) = mail::planned(conn, FORGOTTEN, person, now - TimeDelta::hours(1))?;
        if lately >= MOST_AN_HOUR {
            return Ok(());
        }
        let (address, lang) = store::addressee(conn, person)?;
        let letter = NewLetter {
            kind: FORGOTTEN,
            person: Some(person),
            address: &address,
            day: tenants::settings(conn)?.today(&app.clock),
            // Two at once are the same.
            key: ever.to_string(),
            lang,
            payload: json!({}),
            due_at: now,
            give_up_at: Some(now + TimeDelta::minutes(FORGOTTEN_MINUTES)),
        };
        mail::plan(conn, &[letter])?;
        journal::append(conn, &[asked_entry(person)])
    })
}

/// Whoever asked is not known; the person's own entry tells that somebody did.
fn asked_entry(person: Uuid) -> Entry {
    Entry {
        actor: person.to_string(),
        act: "password.forget",
        subject: "person",
        subject_id: Some(person),
        import_id: None,
        before: None,
        after: None,
    }
}
