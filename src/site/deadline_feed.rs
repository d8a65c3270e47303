//! The address of a person's deadlines for their calendar: the page on which it is made and ended, and what it serves.

use actix_web::http::header::{ETAG, IF_NONE_MATCH};
use actix_web::{HttpRequest, HttpResponse, web};
use sha2::{Digest, Sha256};

use super::shell::around;
use super::{PageResult, account, go_to, page};
use crate::auth::{self, FeedState, Member};
use crate::feeds;
use crate::http::{Caller, Visit, is_known_tag, work};
use crate::pages::{FeedPage, Link, Words};
use crate::tenants::Settings;
use crate::text::date;

/// The page.
pub const PLACE: &str = "/account/calendar";

fn view(
    visit: &Visit,
    member: &Member,
    settings: &Settings,
    state: Option<FeedState>,
    made: Option<&str>,
) -> FeedPage {
    let w = Words(visit.lang_of(member.lang));
    let day =
        |instant: chrono::DateTime<chrono::Utc>| date(instant.with_timezone(&settings.zone).date_naive());
    FeedPage {
        w,
        shell: around(visit, w, member, settings),
        back: Link { text: w.account_title().to_owned(), href: account::PLACE.to_owned() },
        notice: visit.params().text("done").map(|_| w.feed_ended().to_owned()),
        address: made.map(|secret| visit.service.public_url.link(&format!("/calendar/{secret}.ics"))),
        since: state.map(|state| w.feed_since(&day(state.created_at), state.used_on.map(date).as_deref())),
        action: PLACE.to_owned(),
        end: format!("{PLACE}/end"),
    }
}

/// The page.
pub async fn show(caller: Caller, visit: Visit) -> PageResult {
    let view = caller
        .run(move |conn, member, settings| {
            Ok(view(&visit, member, settings, auth::feed_state(conn, member)?, None))
        })
        .await?;
    page(view.w, &view)
}

/// Makes an address, which is shown this once.
pub async fn make(caller: Caller, visit: Visit) -> PageResult {
    let view = caller
        .run(move |conn, member, settings| {
            let made = auth::make_feed(conn, member)?;
            Ok(view(&visit, member, settings, auth::feed_state(conn, member)?, Some(&made)))
        })
        .await?;
    page(view.w, &view)
}

/// Ends the address.
pub async fn end(caller: Caller) -> PageResult {
    caller.run(|conn, member, _| auth::revoke_feed(conn, member)).await?;
    Ok(go_to(&format!("{PLACE}?done=1")).finish())
}

/// `GET /calendar/{token}.ics`: the deadlines of whoever's address this is.
pub async fn serve(req: HttpRequest, visit: Visit, token: web::Path<String>) -> PageResult {
    let document = work(&visit.service, move |service| {
        auth::as_feed_reader(&service.app, &token, |conn, reader, settings| {
            let deadlines = feeds::deadlines(conn, reader, settings.today(&service.app.clock))?;
            Ok(feeds::report::ics(reader.lang, &settings.name, &deadlines, &service.public_url))
        })
    })
    .await?;
    let hash = Sha256::digest(&document);
    let etag = format!("\"{}\"", hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect::<String>());
    let known = req.headers().get(IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    if known.is_some_and(|known| is_known_tag(known, &etag)) {
        return Ok(HttpResponse::NotModified().insert_header((ETAG, etag)).finish());
    }
    let mut response = HttpResponse::Ok();
    response.insert_header((ETAG, etag)).content_type("text/calendar; charset=utf-8");
    Ok(response.body(document))
}
