//! A request that makes or changes something, and the manners of all of them.
//!
//! What must stay true: whether somebody may, and whether there is such a thing, is answered before anything that the
//! request says; a creation is done once however often it comes; a change is done to the version that it names or not
//! at all, and whoever meant an older one is shown the one there is. A handler brings the use case alone:
//! [`Sent::create`], [`Sent::change`], [`Sent::remove`].

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderName};
use actix_web::{FromRequest, HttpMessage, HttpRequest, HttpResponse, web};
use chrono::NaiveDate;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::tag::{self, Shown};
use super::{ApiResult, body};
use crate::auth::Member;
use crate::db::TenantConn;
use crate::error::{Denial, Error, Refusal, Result};
use crate::http::{Body, Caller, Current, Failure, Problem, Visit};
use crate::idempotency::{self, Answer, Asked, LONGEST_KEY, Once};
use crate::params::Params;
use crate::tenants::Settings;
use crate::text::problem::ProblemKind;

/// The key of a creation (draft-ietf-httpapi-idempotency-key-header-07).
const KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// Says that an answer was given before.
const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");

/// A request that makes or changes something, not yet understood.
pub struct Sent {
    method: String,
    path: String,
    query: String,
    content_type: String,
    key: Option<String>,
    if_match: Option<String>,
    body: web::Bytes,
}

/// Who acts, and where and when.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// Who acts.
    pub member: &'a Member,
    /// How their tenant counts.
    pub settings: &'a Settings,
    /// The tenant's day.
    pub today: NaiveDate,
}

/// How a thing is shown to whoever asks; `None` when there is none, or not for them.
pub type Show = fn(&mut TenantConn<'_>, Scene<'_>, Uuid) -> Result<Option<Shown>>;

/// A change as it is asked for.
pub struct Change<T> {
    /// Of what.
    pub id: Uuid,
    /// The version that it was thought out for.
    pub version: i32,
    /// What it shall be.
    pub typed: T,
}

/// Something that was made.
pub struct Made {
    /// The path where it is.
    pub place: String,
    /// How it is shown.
    pub shown: Shown,
}

impl Sent {
    /// Makes something, once for each key: 201 with its place, its tag and itself. Whatever came with the same key
    /// before is answered in the same words.
    ///
    /// # Errors
    /// Not signed in, not permitted, or what `work` says.
    pub async fn create<T: DeserializeOwned + 'static>(
        self,
        caller: &Caller,
        work: impl FnOnce(&mut TenantConn<'_>, Scene<'_>, T) -> Result<Made> + Send + 'static,
    ) -> ApiResult {
        let service = caller.service().clone();
        let done = caller.run(move |conn, member, settings| {
            let (asked, typed) = match self.asked(member).and_then(|asked| Ok((asked, self.typed()?))) {
                Ok(read) => read,
                Err(problem) => return Ok(Err(problem)),
            };
            let scene = Scene { member, settings, today: settings.today(&service.app.clock) };
            let once = idempotency::once(conn, &service.seeds, &asked, |conn| {
                let Made { place, shown } = work(conn, scene, typed)?;
                let etag = Some(shown.etag());
                Ok(Answer { status: 201, location: Some(place), etag, body: shown.json })
            });
            Ok(Ok(once?))
        });
        Ok(or_fields(done.await)?.map_or_else(Problem::response, answered))
    }

    /// Changes something: 200 with its new tag and itself as it is then.
    ///
    /// # Errors
    /// Not signed in, not permitted, no such thing, or what `work` says.
    pub async fn change<T: DeserializeOwned + 'static>(
        self,
        caller: &Caller,
        id: &str,
        show: Show,
        work: impl FnOnce(&mut TenantConn<'_>, Scene<'_>, Change<T>) -> Result<()> + Send + 'static,
    ) -> ApiResult {
        self.changed(caller, id, show, Self::typed, work).await
    }

    /// Takes something away, or does to it what needs no more said: 204 when it is gone, else 200 as after a change.
    ///
    /// # Errors
    /// Not signed in, not permitted, no such thing, or what `work` says.
    pub async fn remove(
        self,
        caller: &Caller,
        id: &str,
        show: Show,
        work: impl FnOnce(&mut TenantConn<'_>, Scene<'_>, Change<()>) -> Result<()> + Send + 'static,
    ) -> ApiResult {
        self.changed(caller, id, show, Self::nothing, work).await
    }

    async fn changed<T: 'static>(
        self,
        caller: &Caller,
        id: &str,
        show: Show,
        read: fn(&Self) -> std::result::Result<T, Problem>,
        work: impl FnOnce(&mut TenantConn<'_>, Scene<'_>, Change<T>) -> Result<()> + Send + 'static,
    ) -> ApiResult {
        let (clock, id) = (caller.service().app.clock, Uuid::parse_str(id).ok());
        let done = caller.run(move |conn, member, settings| {
            let id = id.ok_or(Denial::NotFound)?;
            let scene = Scene { member, settings, today: settings.today(&clock) };
            let before = show(conn, scene, id)?.ok_or(Denial::NotFound)?;
            let version = match self.version_of(&before) {
                Ok(version) => version,
                Err(problem) => return Ok(Err(problem)),
            };
            let typed = match read(&self) {
                Ok(typed) => typed,
                Err(problem) => return Ok(Err(problem)),
            };
            work(conn, scene, Change { id, version, typed })?;
            Ok(Ok(show(conn, scene, id)?))
        });
        match or_fields(done.await) {
            Ok(Ok(Some(shown))) => Ok(shown.whole()),
            Ok(Ok(None)) => Ok(HttpResponse::NoContent().finish()),
            Ok(Err(problem)) => Ok(problem.response()),
            // Somebody was quicker, between our looking and the work's taking it in hand.
            Err(failure) if matches!(failure.error(), Error::Refused(Refusal::Stale(_))) => {
                Ok(stale(&now(caller, id, show).await?).response())
            }
            Err(failure) => Err(failure),
        }
    }

    /// The creation that this asks for.
    fn asked(&self, member: &Member) -> std::result::Result<Asked, Problem> {
        let key = self.key.as_deref().and_then(key).ok_or(ProblemKind::KeyNeeded)?;
        let said = [&self.method, &self.path, &self.query, &self.content_type].map(|part| part.as_bytes());
        Ok(asked_under(key, member, said, &self.body))
    }

    /// The version that this means, which is the one there is.
    fn version_of(&self, shown: &Shown) -> std::result::Result<i32, Problem> {
        let named = tag::versions(self.if_match.as_deref()).ok_or(ProblemKind::VersionNeeded)?;
        if named.contains(&shown.version) { Ok(shown.version) } else { Err(stale(shown)) }
    }

    fn typed<T: DeserializeOwned>(&self) -> std::result::Result<T, Problem> {
        self.no_parameters()?;
        body::json_of(&self.content_type, &self.body)
    }

    fn nothing(&self) -> std::result::Result<(), Problem> {
        self.no_parameters()
    }

    fn no_parameters(&self) -> std::result::Result<(), Problem> {
        let faults = Params::parse(&self.query).faults();
        if faults.is_empty() { Ok(()) } else { Err(Problem { faults, ..ProblemKind::BadParameter.into() }) }
    }
}

/// What is asked for under a key by saying all this.
pub(super) fn asked_under<'a>(
    key: &str,
    member: &Member,
    said: impl IntoIterator<Item = &'a [u8]>,
    body: &[u8],
) -> Asked {
    let mut hash = Sha256::new();
    for part in said {
        hash = hash.chain_update(part).chain_update([0]);
    }
    let request_sha256 = hash.chain_update(body).finalize().into();
    Asked { holder: member.person, key: key.to_owned(), request_sha256 }
}

/// What became of a creation, as it is answered.
pub(super) fn answered(once: Once) -> HttpResponse {
    match once {
        Once::Done(answer) => told(answer, false),
        Once::Replayed(answer) => told(answer, true),
        Once::Reused => Problem::from(ProblemKind::KeyReused).response(),
        Once::InProgress => Problem::from(ProblemKind::InProgress).response(),
    }
}

/// The key of a request whose body is read otherwise.
///
/// # Errors
/// It has none.
pub(super) fn key_of(req: &HttpRequest) -> std::result::Result<String, Problem> {
    let mut sent = req.headers().get_all(&KEY).filter_map(|value| value.to_str().ok());
    let found = (sent.next(), sent.next());
    let (Some(only), None) = found else { return Err(ProblemKind::KeyNeeded.into()) };
    Ok(key(only).ok_or(ProblemKind::KeyNeeded)?.to_owned())
}

/// What a key says; its header's form puts it in quotes, and not every client does.
fn key(sent: &str) -> Option<&str> {
    let quoted = sent.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let key = quoted.unwrap_or(sent);
    let is_key =
        (1..=LONGEST_KEY).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_graphic() && b != b'"');
    is_key.then_some(key)
}

/// The faults that a use case finds are those of the body's fields.
fn or_fields<T>(
    done: std::result::Result<std::result::Result<T, Problem>, Failure>,
) -> std::result::Result<std::result::Result<T, Problem>, Failure> {
    match done {
        Err(failure) => match failure.error() {
            Error::Refused(Refusal::Parameters(faults)) => Ok(Err(body::faulty(faults))),
            _ => Err(failure),
        },
        done => done,
    }
}

/// A thing as it is now, in a transaction of its own.
async fn now(caller: &Caller, id: Option<Uuid>, show: Show) -> std::result::Result<Shown, Failure> {
    let clock = caller.service().app.clock;
    let shown = caller.run(move |conn, member, settings| {
        let scene = Scene { member, settings, today: settings.today(&clock) };
        Ok(show(conn, scene, id.ok_or(Denial::NotFound)?)?.ok_or(Denial::NotFound)?)
    });
    shown.await
}

/// Somebody has changed it meanwhile, to this.
fn stale(shown: &Shown) -> Problem {
    let body = serde_json::from_str(&shown.json).unwrap_or_default();
    let current = Some(Box::new(Current { etag: shown.etag(), body }));
    Problem { current, ..ProblemKind::Stale.into() }
}

fn told(answer: Answer, is_replayed: bool) -> HttpResponse {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::CREATED);
    let mut response = HttpResponse::build(status);
    for (name, value) in [(header::LOCATION, answer.location), (header::ETAG, answer.etag)] {
        if let Some(value) = value {
            response.insert_header((name, value));
        }
    }
    if is_replayed {
        response.insert_header((REPLAYED, "true"));
    }
    response.content_type("application/json").body(answer.body)
}

impl FromRequest for Sent {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = std::result::Result<Self, Problem>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let header = |name: &HeaderName| {
            let values = req.headers().get_all(name).map(|value| value.to_str().unwrap_or_default());
            let all: Vec<&str> = values.collect();
            (!all.is_empty()).then(|| all.join(", "))
        };
        let (key, if_match) = (header(&KEY), header(&header::IF_MATCH));
        let (method, path) = (req.method().to_string(), req.path().to_owned());
        let (query, content_type) = (req.query_string().to_owned(), req.content_type().to_owned());
        let arriving = Body::from_request(req, payload);
        Box::pin(async move {
            let Body(body) = arriving.await?;
            Ok(Self { method, path, query, content_type, key, if_match, body })
        })
    }
}

/// What a reader has already: an `If-None-Match`.
pub struct Known(Option<String>);

impl Known {
    /// Shows one thing without parameters: 200 with its tag, or 304 when the reader has it already.
    ///
    /// # Errors
    /// Not signed in, not permitted, no such thing; a parameter.
    pub async fn show(self, caller: &Caller, visit: Visit, id: &str, show: Show) -> ApiResult {
        let id = Uuid::parse_str(id).ok();
        let shown = caller.run(move |conn, member, settings| {
            visit.params().finish()?;
            let scene = Scene { member, settings, today: settings.today(&visit.service.app.clock) };
            Ok(show(conn, scene, id.ok_or(Denial::NotFound)?)?.ok_or(Denial::NotFound)?)
        });
        Ok(self.unless_known(shown.await?))
    }

    /// The thing, or 304 when the reader has it already.
    pub fn unless_known(&self, shown: Shown) -> HttpResponse {
        shown.unless_known(self.0.as_deref())
    }
}

impl FromRequest for Known {
    type Error = Problem;
    type Future = std::future::Ready<std::result::Result<Self, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let known = req.headers().get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
        std::future::ready(Ok(Self(known.map(str::to_owned))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_short_and_plain() {
        assert_eq!(
            key("\"8e03978e-40d5-43dd-bc93-6894a57f9324\""),
            Some("8e03978e-40d5-43dd-bc93-6894a57f9324")
        );
        assert_eq!(key("abc"), Some("abc"));
        let long = "a".repeat(LONGEST_KEY + 1);
        assert_eq!(key(&long[1..]), Some(&long[1..]));
        for wrong in ["", "\"\"", "\"", "a\"b", "a b", "é", long.as_str(), "a\u{7}"] {
            assert_eq!(key(wrong), None, "{wrong}");
        }
    }
}
