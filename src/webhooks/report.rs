//! The letter that tells an administrator of an address that was switched off by itself.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::courier::OFF;
use crate::db::TenantConn;
use crate::error::Result;
use crate::mail::{Composer, Composition, Letter};
use crate::preferences::report::notice;
use crate::public_url::PublicUrl;
use crate::tenants;
use crate::text::letters;

/// Who composes it.
pub fn composers(public_url: &PublicUrl) -> BTreeMap<&'static str, Composer> {
    let url = public_url.clone();
    let composer: Composer = Box::new(move |conn, letters| compose(conn, letters, &url));
    BTreeMap::from([(OFF, composer)])
}

/// What is on again, or gone, is told of no more.
fn compose(conn: &mut TenantConn<'_>, all: &[Letter], public_url: &PublicUrl) -> Result<Vec<Composition>> {
    let tenant = tenants::settings(conn)?.name;
    let url = tenants::address(conn, public_url)?;
    let hooks = super::all(conn)?;
    let composed = all.iter().map(|letter| {
        let id =
            letter.payload.get("webhook").and_then(|id| id.as_str()).and_then(|id| Uuid::parse_str(id).ok());
        let Some(hook) = hooks.iter().find(|hook| Some(hook.id) == id && !hook.is_active) else {
            return Composition::Skip("on again");
        };
        let place = url.link(&format!("/webhooks/{}", hook.id));
        let (subject, lines) = letters::hook_off(letter.lang, &tenant, &hook.name, &hook.url, &place);
        Composition::Words(notice(letter.lang, subject, &lines))
    });
    Ok(composed.collect())
}
