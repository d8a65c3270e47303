//! The cookies of a browser: its session, the step before it, the device that needs no code, the way to a
//! provider.

use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};

use crate::domain::two_factor::REMEMBERED_DAYS;
use crate::public_url::PublicUrl;

/// The longest life of the cookie; the session behind it may end sooner.
const HOURS: i64 = 12;

/// How long a browser is known after it has signed in.
const KNOWN_DAYS: i64 = 180;

/// The cookie's name: `__Host-` binds it to this very host, and needs https.
pub fn name(url: &PublicUrl) -> &'static str {
    if url.is_secure() { "__Host-dondoc" } else { "dondoc" }
}

/// The name of the cookie between password and code.
fn step_name(url: &PublicUrl) -> &'static str {
    if url.is_secure() { "__Host-dondoc-step" } else { "dondoc-step" }
}

/// The name of the cookie of a remembered device.
fn device_name(url: &PublicUrl) -> &'static str {
    if url.is_secure() { "__Host-dondoc-device" } else { "dondoc-device" }
}

/// The name of the cookie that keeps the way to a provider and back.
fn flow_name(url: &PublicUrl) -> &'static str {
    if url.is_secure() { "__Host-dondoc-sso" } else { "dondoc-sso" }
}

/// The name of the cookie of a browser that has signed in before.
fn known_name(url: &PublicUrl) -> &'static str {
    if url.is_secure() { "__Host-dondoc-known" } else { "dondoc-known" }
}

fn ours(url: &PublicUrl, name: &'static str, value: String, life: Duration) -> Cookie<'static> {
    Cookie::build(name, value)
        .path("/")
        .secure(url.is_secure())
        .http_only(true)
        .same_site(SameSite::Lax)
        .max_age(life)
        .finish()
}

fn removed(mut cookie: Cookie<'static>) -> Cookie<'static> {
    cookie.make_removal();
    cookie
}

/// The cookie of a session.
pub fn session(url: &PublicUrl, value: String) -> Cookie<'static> {
    ours(url, name(url), value, Duration::hours(HOURS))
}

/// What takes it away again.
pub fn none(url: &PublicUrl) -> Cookie<'static> {
    removed(session(url, String::new()))
}

/// The cookie between password and code; the step behind it ends sooner.
pub fn step(url: &PublicUrl, value: String) -> Cookie<'static> {
    ours(url, step_name(url), value, Duration::hours(1))
}

/// What takes it away again.
pub fn no_step(url: &PublicUrl) -> Cookie<'static> {
    removed(step(url, String::new()))
}

/// The step that a browser shows.
pub fn shown_step(url: &PublicUrl, req: &HttpRequest) -> Option<String> {
    req.cookie(step_name(url)).map(|cookie| cookie.value().to_owned())
}

/// The cookie of a remembered device.
pub fn device(url: &PublicUrl, value: String) -> Cookie<'static> {
    ours(url, device_name(url), value, Duration::days(REMEMBERED_DAYS))
}

/// The device that a browser shows.
pub fn shown_device(url: &PublicUrl, req: &HttpRequest) -> Option<String> {
    req.cookie(device_name(url)).map(|cookie| cookie.value().to_owned())
}

/// The cookie of the way to a provider and back; Lax, so that the provider's redirect brings it along.
pub fn flow(url: &PublicUrl, value: String) -> Cookie<'static> {
    ours(url, flow_name(url), value, Duration::minutes(10))
}

/// What takes it away again.
pub fn no_flow(url: &PublicUrl) -> Cookie<'static> {
    removed(flow(url, String::new()))
}

/// The way that a browser shows.
pub fn shown_flow(url: &PublicUrl, req: &HttpRequest) -> Option<String> {
    req.cookie(flow_name(url)).map(|cookie| cookie.value().to_owned())
}

/// The cookie of a browser that has signed in before.
pub fn known(url: &PublicUrl, value: String) -> Cookie<'static> {
    ours(url, known_name(url), value, Duration::days(KNOWN_DAYS))
}

/// What the browser was known by when it last signed in.
pub fn shown_known(url: &PublicUrl, req: &HttpRequest) -> Option<String> {
    req.cookie(known_name(url)).map(|cookie| cookie.value().to_owned())
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
