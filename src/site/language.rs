//! The reader's choice of language, kept on their device. Following the link changes nothing with us.

use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::web;

use super::{PageResult, go_to};
use crate::domain::lang::Lang;
use crate::error::Denial;
use crate::http::{LANGUAGE_COOKIE, Visit, is_local_path};

/// The address that switches to a language and comes back.
pub(super) fn switch(to: Lang, back: &str) -> String {
    let query = serde_urlencoded::to_string([("back", back)]).unwrap_or_default();
    format!("/language/{}?{query}", to.code())
}

/// Keeps the choice and leads back.
pub async fn choose(code: web::Path<String>, visit: Visit) -> PageResult {
    let lang = Lang::from_code(&code).ok_or(Denial::NotFound)?;
    let back = visit.params().text("back").filter(|path| is_local_path(path));
    Ok(go_to(back.as_deref().unwrap_or("/")).cookie(kept(&visit, lang)).finish())
}

/// The cookie that keeps a choice on this device.
pub(super) fn kept(visit: &Visit, lang: Lang) -> Cookie<'static> {
    Cookie::build(LANGUAGE_COOKIE, lang.code())
        .path("/")
        .secure(visit.service.public_url.is_secure())
        .http_only(true)
        .same_site(SameSite::Lax)
        .max_age(Duration::days(365))
        .finish()
}
