//! What people wish of the letters that come by the clock: chosen on their account, or by one request from a letter.
//!
//! What must stay true: who has said nothing has the wishes of everybody; what is overdue is never silenced
//! ([`crate::domain::preference`]); a head who ends the rest is told of to the administrators; a letter's address for
//! ending it names one person and one stream, can't be made by anybody else, and opens nothing but that.

mod link;
pub mod report;
mod store;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::app::App;
use crate::db::TenantConn;
use crate::domain::lang::Lang;
use crate::domain::preference::{MailPreferences, Stream};
use crate::error::{Denial, Result};
use crate::journal::{self, Entry};
use crate::mail::{self, NewLetter};
use crate::tenants;

pub use link::{Asked, Unsubscribe};

/// The letter that tells an administrator of a head who ended the rest.
pub const REST_OFF: &str = "rest_off";

/// The wishes of each of these people, in one query.
///
/// # Errors
/// The database's.
pub fn of(conn: &mut TenantConn<'_>, people: &[Uuid]) -> Result<BTreeMap<Uuid, MailPreferences>> {
    let said = store::preferences(conn, people)?;
    Ok(people.iter().map(|id| (*id, said.get(id).copied().unwrap_or_default())).collect())
}

/// The wishes of one person.
///
/// # Errors
/// The database's.
pub fn of_person(conn: &mut TenantConn<'_>, person: Uuid) -> Result<MailPreferences> {
    Ok(store::preferences(conn, &[person])?.remove(&person).unwrap_or_default())
}

/// Keeps what a person wishes.
///
/// # Errors
/// The database's.
pub fn change(
    conn: &mut TenantConn<'_>,
    person: Uuid,
    wish: MailPreferences,
    today: NaiveDate,
) -> Result<()> {
    let before = of_person(conn, person)?;
    if wish == before {
        return Ok(());
    }
    store::save(conn, person, wish)?;
    let told = Entry {
        actor: person.to_string(),
        act: "mail.prefer",
        subject: "person",
        subject_id: Some(person),
        import_id: None,
        before: Some(shown(before)),
        after: Some(shown(wish)),
    };
    journal::append(conn, &[told])?;
    if before.upcoming && !wish.upcoming {
        tell_of_head(conn, person, today)?;
    }
    Ok(())
}

fn shown(wish: MailPreferences) -> Value {
    json!({
        "digest_hour": wish.time.map(|time| time.to_string()), "upcoming": wish.upcoming, "weekly": wish.weekly,
        "reminders": wish.reminders,
    })
}

/// Once a day at most, whatever a head switches on and off.
fn tell_of_head(conn: &mut TenantConn<'_>, person: Uuid, today: NaiveDate) -> Result<()> {
    let Some(head) = store::head(conn, person, today)? else { return Ok(()) };
    tell_administrators(conn, REST_OFF, &format!("{person} {today}"), &json!({ "head": head }), today)
}

/// Plans a letter of a kind to each administrator of the tenant; of one key each gets one.
///
/// # Errors
/// The database's.
pub fn tell_administrators(
    conn: &mut TenantConn<'_>,
    kind: &'static str,
    key: &str,
    payload: &Value,
    today: NaiveDate,
) -> Result<()> {
    let admins = store::administrators(conn, today)?;
    let now = conn.now();
    let letters: Vec<NewLetter<'_>> = admins
        .iter()
        .map(|admin| NewLetter {
            kind,
            person: Some(admin.id),
            address: &admin.email,
            day: today,
            key: key.to_owned(),
            lang: admin.lang,
            payload: payload.clone(),
            due_at: now,
            give_up_at: None,
        })
        .collect();
    mail::plan(conn, &letters).map(drop)
}

/// In which language the reader of a letter is told what its address would end.
///
/// # Errors
/// The tenant is closed, or the person is gone.
pub fn asked_in(app: &App, asked: &Asked) -> Result<Lang> {
    app.db.tenant(&asked.scope(), |conn| reader(conn, asked))
}

/// Ends what the letter's address names, at once; the reader's language. Asked again it changes nothing.
///
/// # Errors
/// The tenant is closed, or the person is gone.
pub fn unsubscribe(app: &App, asked: &Asked) -> Result<Lang> {
    app.db.tenant(&asked.scope(), |conn| {
        let lang = reader(conn, asked)?;
        let today = tenants::settings(conn)?.today(&app.clock);
        let wish = of_person(conn, asked.person)?.without(asked.stream);
        change(conn, asked.person, wish, today)?;
        Ok(lang)
    })
}

fn reader(conn: &mut TenantConn<'_>, asked: &Asked) -> Result<Lang> {
    if !tenants::is_active(conn)? {
        return Err(Denial::NotFound.into());
    }
    Ok(store::language(conn, asked.person)?.ok_or(Denial::NotFound)?)
}

/// The stream of a kind of letter, if it is of one: `digest`, or `reminder` with whatever stands behind a full stop.
pub fn stream(kind: &str) -> Option<Stream> {
    Stream::from_code(kind.split('.').next().unwrap_or(kind))
}
