//! The one cookie of a signed-in browser.

use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};

use crate::public_url::PublicUrl;

/// The longest life of the cookie; the session behind it may end sooner.
const HOURS: i64 = 12;

/// The cookie's name: `__Host-` binds it to this very host, and needs https.
pub fn name(url: &PublicUrl) -> &'static str {
    if url.is_secure() { "__Host-dondoc" } else { "dondoc" }
}

/// The cookie of a session.
pub fn session(url: &PublicUrl, value: String) -> Cookie<'static> {
    Cookie::build(name(url), value)
        .path("/")
        .secure(url.is_secure())
        .http_only(true)
        .same_site(SameSite::Lax)
        .max_age(Duration::hours(HOURS))
        .finish()
}

/// What takes it away again.
pub fn none(url: &PublicUrl) -> Cookie<'static> {
    let mut cookie = session(url, String::new());
    cookie.make_removal();
    cookie
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_bound_to_the_host_where_browsers_allow_it() {
        let secure = PublicUrl::parse("https://dondoc.example/").unwrap();
        let cookie = session(&secure, "x".to_owned()).to_string();
        assert_eq!(cookie, "__Host-dondoc=x; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=43200");
        assert_eq!(name(&PublicUrl::parse("http://127.0.0.1:1").unwrap()), "dondoc");
    }
}
