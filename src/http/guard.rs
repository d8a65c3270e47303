//! The guard of each route: a form comes from our own pages, and who must be signed in shows something for it.

use actix_web::body::{BoxBody, EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{AUTHORIZATION, HOST, ORIGIN};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, web};

use super::caller::Caller;
use super::limits;
use super::problem::Problem;
use super::rate::Left;
use super::service::Service;
use super::{client, cookie};
use crate::auth::{Ask, Credential};
use crate::domain::access::Act;
use crate::text::problem::ProblemKind;

/// What a route asks of whoever comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Nothing.
    Open,
    /// Nothing, not even that a browser sends it from a page of ours: its sealed address alone says what it may do.
    Sealed,
    /// A session or an API key whose role may do this.
    Member(Act),
}

/// Lets a request through to its handler, or answers it.
///
/// # Errors
/// The handler's.
pub async fn guard<B: MessageBody + 'static>(
    need: Need,
    req: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B, BoxBody>>, Error> {
    let left = match admit(need, &req) {
        Ok(left) => left,
        Err(problem) => return Ok(req.into_response(problem.response()).map_into_right_body()),
    };
    let mut response = next.call(req).await?;
    if let Some(left) = left {
        limits::tell(response.headers_mut(), left);
    }
    Ok(response.map_into_left_body())
}

/// Whether a request may go on; for a client of the API what is left of its quota.
fn admit(need: Need, req: &ServiceRequest) -> Result<Option<Left>, Problem> {
    let Some(service) = req.app_data::<web::Data<Service>>() else {
        return Err(ProblemKind::Internal.into());
    };
    let shown = shown(req, service);
    // A browser adds the cookie to whatever another site makes it send; a token it adds to nothing.
    // Whoever shows nothing may be told so, wherever it comes from: there is nothing to be misused.
    if is_api(req) && matches!((need, &shown), (Need::Member(_), Shown::Nothing)) {
        return Err(ProblemKind::NotSignedIn.into());
    }
    let by_client =
        matches!(shown, Shown::Token(_)) || need == Need::Sealed || need == Need::Open && is_api(req);
    if !by_client && !req.method().is_safe() && !is_own_form(req, service) {
        return Err(ProblemKind::CrossSite.into());
    }
    let Need::Member(act) = need else { return admit_stranger(req, service).map(|()| None) };
    let (Shown::Token(credential) | Shown::Cookie(credential)) = shown else {
        return Err(ProblemKind::NotSignedIn.into());
    };
    let left = match is_api(req) {
        true => Some(service.limits.api(&credential, service.now()).map_err(Problem::too_many)?),
        false => None,
    };
    // Pages are for people, and so is whatever is about a session of one's own.
    let ask = Ask { act, of_people: !is_api(req) || act == Act::UseSession };
    req.extensions_mut().insert(Caller::new(credential, ask, service.clone()));
    Ok(left)
}

/// Lets a stranger look at open pages as often as they like, and send them only so much.
fn admit_stranger(req: &ServiceRequest, service: &Service) -> Result<(), Problem> {
    let sends = !req.method().is_safe();
    if let Some(from) = client::address(req.request(), &service.proxies).filter(|_| sends) {
        service.limits.open(from, service.now()).map_err(Problem::too_many)?;
    }
    Ok(())
}

/// What a request shows to be let in.
enum Shown {
    Token(Credential),
    Cookie(Credential),
    Nothing,
}

fn shown(req: &ServiceRequest, service: &Service) -> Shown {
    let header = req.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    // Another scheme is somebody else's, such as a proxy's.
    let token = header
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    if let Some((_, token)) = token {
        // Whoever sends a token means it: a wrong one is not made good by a cookie beside it.
        let token = token.trim();
        let credential =
            Credential::from_api_key(token).or_else(|| service.tokens.read(token, service.now()));
        return credential.map_or(Shown::Nothing, Shown::Token);
    }
    let shown = req.cookie(cookie::name(&service.public_url));
    let credential = shown.and_then(|cookie| Credential::from_cookie(cookie.value()));
    credential.map_or(Shown::Nothing, Shown::Cookie)
}

/// Whether the path is of the API.
pub(super) fn is_api(req: &ServiceRequest) -> bool {
    req.path().starts_with("/api/")
}

/// Whether a browser sent this from one of our own pages. Old browsers without Sec-Fetch-Site send Origin.
fn is_own_form(req: &ServiceRequest, service: &Service) -> bool {
    let header = |name: &str| req.headers().get(name).and_then(|value| value.to_str().ok());
    match header("sec-fetch-site") {
        Some(site) => matches!(site, "same-origin" | "none"),
        None => {
            let scheme = if service.public_url.is_secure() { "https" } else { "http" };
            let origin = header(ORIGIN.as_str()).and_then(|origin| origin.split_once("://"));
            origin.is_some_and(|(said, host)| said == scheme && Some(host) == header(HOST.as_str()))
        }
    }
}
