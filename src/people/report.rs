//! The letters by which people are let in: an invitation, and a link after an old password is forgotten.

use std::collections::BTreeMap;

use serde_json::json;
use uuid::Uuid;

use super::model::Person;
use super::store;
use crate::auth;
use crate::db::TenantConn;
use crate::domain::lang::Lang;
use crate::error::Result;
use crate::ids::new_id;
use crate::mail::{self, Composer, Composition, Letter, NewLetter, Words};
use crate::public_url::PublicUrl;
use crate::tenants::Settings;
use crate::text::letters;
use chrono::NaiveDate;

/// The letter that comes with a new account.
const INVITATION: &str = "invitation";

/// The letter that lets somebody choose another password.
const RESET: &str = "reset";

/// Plans the letter by which a person sets their password: a first one or another. Its link is made when it is composed, so
/// that no secret waits in the outbox.
///
/// # Errors
/// The database's.
pub fn write_to(conn: &mut TenantConn<'_>, person: &Person, is_new: bool, today: NaiveDate) -> Result<()> {
    let now = conn.now();
    let letter = NewLetter {
        kind: if is_new { INVITATION } else { RESET },
        person: Some(person.id),
        address: &person.email,
        day: today,
        key: new_id().to_string(),
        lang: store::language(conn, person.id)?,
        payload: json!({}),
        due_at: now,
        give_up_at: None,
    };
    mail::plan(conn, &[letter]).map(drop)
}

/// Who composes these letters.
pub fn composers(public_url: &PublicUrl) -> BTreeMap<&'static str, Composer> {
    let composer = |kind: &'static str| -> (&'static str, Composer) {
        let public_url = public_url.clone();
        (kind, Box::new(move |conn, letters| compose(conn, letters, &public_url)))
    };
    BTreeMap::from([composer(INVITATION), composer(RESET)])
}

fn compose(
    conn: &mut TenantConn<'_>,
    letters: &[Letter],
    public_url: &PublicUrl,
) -> Result<Vec<Composition>> {
    let settings = crate::tenants::settings(conn)?;
    let present =
        store::reachable(conn, &letters.iter().filter_map(|letter| letter.person).collect::<Vec<_>>())?;
    letters
        .iter()
        .map(|letter| match letter.person.filter(|person| present.contains(person)) {
            Some(person) => worded(conn, letter, person, &settings, public_url).map(Composition::Words),
            None => Ok(Composition::Skip("person gone")),
        })
        .collect()
}

fn worded(
    conn: &mut TenantConn<'_>,
    letter: &Letter,
    person: Uuid,
    settings: &Settings,
    public_url: &PublicUrl,
) -> Result<Words> {
    let link = auth::issue_link(conn, person)?;
    let address = public_url.link(&auth::link_path(&link));
    let (subject, lines): (String, Vec<String>) =
        letters::way_in(letter.lang, letter.kind == INVITATION, &settings.name, auth::LINK_HOURS);
    Ok(around(letter.lang, subject, &lines, &address))
}

fn around(lang: Lang, subject: String, lines: &[String], address: &str) -> Words {
    let html: String = lines.iter().map(|line| format!("<p>{}</p>", letters::escaped(line))).collect();
    Words {
        text: format!("{}\n\n{address}\n\n{}\n", lines.join("\n\n"), letters::no_answer(lang)),
        html: format!(
            "<!doctype html><html lang=\"{}\"><body>{html}<p><a href=\"{address}\">{address}</a></p><p>{}</p></body></html>",
            lang.code(),
            letters::no_answer(lang)
        ),
        subject,
        unsubscribe: None,
    }
}
