//! The letters about people's accounts, composed: invitations, links to another password, notices.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use uuid::Uuid;

use super::store;
use crate::auth::{self, Notice};
use crate::db::TenantConn;
use crate::domain::lang::Lang;
use crate::error::Result;
use crate::mail::{Composer, Composition, Letter, Words};
use crate::public_url::PublicUrl;
use crate::tenants;
use crate::text::letters;

/// The letter that comes with a new account.
pub(super) const INVITATION: &str = "invitation";

/// The letter by which an administrator lets somebody choose another password.
pub(super) const RESET: &str = "reset";

/// Who composes these letters.
pub fn composers(public_url: &PublicUrl) -> BTreeMap<&'static str, Composer> {
    let way_in = |kind: &'static str, life: TimeDelta| -> (&'static str, Composer) {
        let public_url = public_url.clone();
        (kind, Box::new(move |conn, letters| ways_in(conn, letters, &public_url, life)))
    };
    let day = TimeDelta::hours(auth::LINK_HOURS);
    BTreeMap::from([
        way_in(INVITATION, day),
        way_in(RESET, day),
        way_in(auth::FORGOTTEN, TimeDelta::minutes(auth::FORGOTTEN_MINUTES)),
        (auth::NOTICE, Box::new(notices)),
    ])
}

fn ways_in(
    conn: &mut TenantConn<'_>,
    all: &[Letter],
    public_url: &PublicUrl,
    life: TimeDelta,
) -> Result<Vec<Composition>> {
    let tenant = tenants::settings(conn)?.name;
    let public_url = tenants::address(conn, public_url)?;
    let addressees: Vec<Uuid> = all.iter().filter_map(|letter| letter.person).collect();
    let present = store::reachable(conn, &addressees)?;
    let held = |letter: &Letter| letter.person.filter(|person| present.contains(person));
    let invited: Vec<Uuid> = all.iter().filter_map(held).collect();
    let mut links = auth::issue_links(conn, &invited, life)?.into_iter();
    let composed = all.iter().map(|letter| {
        let Some(link) = held(letter).and_then(|_| links.next()) else {
            return Composition::Skip("person gone");
        };
        let (subject, lines) = match letter.kind.as_str() {
            auth::FORGOTTEN => letters::forgotten(letter.lang, &tenant, life.num_minutes()),
            kind => letters::way_in(letter.lang, kind == INVITATION, &tenant, life.num_hours()),
        };
        let address = public_url.link(&auth::link_path(&link));
        Composition::Words(around(letter.lang, subject, &lines, Some(&address)))
    });
    Ok(composed.collect())
}

/// Notices go out whatever has become of the person: whoever shut them out may be what they have to hear of.
fn notices(conn: &mut TenantConn<'_>, all: &[Letter]) -> Result<Vec<Composition>> {
    let tenant = tenants::settings(conn)?.name;
    let composed = all.iter().map(|letter| {
        let told = |name: &str| letter.payload.get(name).and_then(|value| value.as_str());
        let (Some(notice), Some(at)) = (told("what").and_then(Notice::from_code), told("at")) else {
            return Composition::Skip("unknown notice");
        };
        let (subject, lines) = letters::notice(letter.lang, notice, &tenant, at);
        Composition::Words(around(letter.lang, subject, &lines, None))
    });
    Ok(composed.collect())
}

fn around(lang: Lang, subject: String, lines: &[String], address: Option<&str>) -> Words {
    let no_answer = letters::no_answer(lang);
    let mut paragraphs: Vec<String> =
        lines.iter().map(|line| format!("<p>{}</p>", letters::escaped(line))).collect();
    let mut parts = lines.to_vec();
    if let Some(address) = address {
        paragraphs.push(format!("<p><a href=\"{address}\">{address}</a></p>"));
        parts.push(address.to_owned());
    }
    Words {
        text: format!("{}\n\n{no_answer}\n", parts.join("\n\n")),
        html: format!(
            "<!doctype html><html lang=\"{}\"><body>{}<p>{no_answer}</p></body></html>",
            lang.code(),
            paragraphs.concat(),
        ),
        subject,
        unsubscribe: None,
    }
}
