//! The outermost middleware: every answer gets its headers and request id here, every error its body.

use std::time::Instant;

use actix_web::body::{BoxBody, EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Serialize;
use serde_json::Value;
use tracing::Instrument;
use uuid::Uuid;

use super::problem::Problem;
use super::service::Service;
use super::visit::{accepted_language, chosen_language, is_local_path};
use super::{cookie, limits};
use crate::domain::lang::Lang;
use crate::error::ParameterFault;
use crate::ids::new_id;
use crate::pages::{MessagePage, Shell, Words};
use crate::text;
use crate::text::problem::ProblemKind;

/// The id of a request, which the log and the answer share.
#[derive(Debug, Clone, Copy)]
pub struct RequestId(pub Uuid);

/// Marks an error answer whose handler wrote the body itself, such as a form with its faults.
#[derive(Debug, Clone, Copy)]
pub struct Worded;

/// No source but ourselves, nothing inline, no frame, no plug-in.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'";

/// The same on every answer.
const HEADERS: [(HeaderName, &str); 7] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (header::CROSS_ORIGIN_OPENER_POLICY, "same-origin"),
    (header::CROSS_ORIGIN_RESOURCE_POLICY, "same-origin"),
    (header::PERMISSIONS_POLICY, "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    (header::X_FRAME_OPTIONS, "DENY"),
];

/// So many faults are told at once: more is no slip of the pen.
const FAULTS_TOLD: usize = 20;

/// Wraps every request.
///
/// # Errors
/// What a middleware inside could not answer itself.
pub async fn edge<B: MessageBody + 'static>(
    req: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B, BoxBody>>, Error> {
    let (id, begun) = (RequestId(new_id()), Instant::now());
    req.extensions_mut().insert(id);
    // Whatever is logged meanwhile carries the id that the reader is shown.
    let span = tracing::error_span!("request", id = %id.0);
    let response = next.call(req).instrument(span).await?;
    let mut response = match problem_of(&response) {
        Some(problem) => {
            let (request, inner) = response.into_parts();
            let mut told = tell(&request, id, &problem);
            // What the inner answer says of methods and quotas stays.
            for name in [header::ALLOW, limits::POLICY, limits::LEFT] {
                if let Some(value) = inner.headers().get(&name) {
                    told.headers_mut().insert(name, value.clone());
                }
            }
            // In seconds: a busy moment passes soon, codes are counted over five minutes.
            let patience = match problem.kind {
                ProblemKind::Unavailable | ProblemKind::InProgress => Some(2),
                ProblemKind::TooMany => Some(300),
                _ => None,
            };
            if let Some(seconds) = problem.wait.or(patience) {
                told.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            }
            ServiceResponse::new(request, told).map_into_right_body()
        }
        None => response.map_into_left_body(),
    };
    let is_secure = service(response.request()).is_some_and(|service| service.public_url.is_secure());
    put_headers(response.headers_mut(), id, is_secure);
    log(&response, id, begun);
    Ok(response)
}

fn service(req: &HttpRequest) -> Option<&web::Data<Service>> {
    req.app_data::<web::Data<Service>>()
}

fn problem_of<B>(response: &ServiceResponse<B>) -> Option<Problem> {
    let extensions = response.response().extensions();
    if let Some(problem) = extensions.get::<Problem>() {
        return Some(problem.clone());
    }
    let status = response.status();
    let is_error = status.is_client_error() || status.is_server_error();
    (is_error && extensions.get::<Worded>().is_none()).then(|| Problem::of_status(status))
}

/// The answer that tells of a problem: to a client as a document, to a reader as a page or by the way to sign in.
fn tell(req: &HttpRequest, id: RequestId, problem: &Problem) -> HttpResponse<BoxBody> {
    if req.path().starts_with("/api/") {
        return document(accepted_language(req), id, problem);
    }
    if problem.kind == ProblemKind::NotSignedIn {
        return to_sign_in(req);
    }
    if problem.kind == ProblemKind::ProofNeeded {
        return to_proof(req);
    }
    let lang = chosen_language(req).unwrap_or_default();
    let demo_day = service(req).and_then(|service| service.demo_day).map(text::date);
    let shell = Shell { version: env!("CARGO_PKG_VERSION").to_owned(), demo_day, ..Shell::default() };
    let mut page =
        MessagePage::trouble(Words(lang), shell, problem.kind.trouble(), Some(id.0.to_string()), "/");
    if let Some(refusal) = &problem.refusal {
        page.body = vec![text::refusal::refusal(lang, refusal)];
    }
    let faults = problem.faults.iter().take(FAULTS_TOLD);
    page.body.extend(faults.map(|fault| text::parameter::named(lang, fault)));
    let status = problem.status();
    page.status = Some(status.as_u16().to_string());
    match page.render() {
        Ok(html) => HttpResponse::build(status).content_type("text/html; charset=utf-8").body(html),
        Err(_) => HttpResponse::new(StatusCode::INTERNAL_SERVER_ERROR),
    }
}

/// The problem document (RFC 9457), in the order in which it is read.
#[derive(Serialize)]
struct Document<'a> {
    r#type: String,
    title: &'static str,
    status: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    instance: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FaultOut>,
    #[serde(skip_serializing_if = "Option::is_none")]
    current: Option<&'a Value>,
}

/// What is wrong with one parameter, or with the field of a body that a JSON pointer (RFC 6901) leads to.
#[derive(Serialize)]
struct FaultOut {
    #[serde(skip_serializing_if = "Option::is_none")]
    parameter: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pointer: Option<String>,
    detail: String,
}

/// Tells a client. Of a failure of ours it says nothing but that it was one.
fn document(lang: Lang, id: RequestId, problem: &Problem) -> HttpResponse<BoxBody> {
    let is_body = problem.kind == ProblemKind::Unprocessable;
    let fault = |fault: &ParameterFault| FaultOut {
        parameter: (!is_body).then(|| fault.name.clone()),
        pointer: is_body.then(|| fault.name.clone()),
        detail: text::parameter::problem(lang, &fault.problem),
    };
    let body = Document {
        r#type: format!("urn:dondoc:problem:{}", problem.kind.code()),
        title: text::problem::title(lang, problem.kind),
        status: problem.kind.status(),
        detail: problem.refusal.as_ref().map(|refusal| text::refusal::refusal(lang, refusal)),
        instance: id.0.urn().to_string(),
        errors: problem.faults.iter().take(FAULTS_TOLD).map(fault).collect(),
        current: problem.current.as_ref().map(|current| &current.body),
    };
    let mut response = HttpResponse::build(problem.status());
    response.content_type("application/problem+json").insert_header((header::CONTENT_LANGUAGE, lang.code()));
    if problem.kind == ProblemKind::NotSignedIn {
        response.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
    }
    if let Some(current) = &problem.current {
        response.insert_header((header::ETAG, current.etag.as_str()));
    }
    response.body(serde_json::to_string(&body).unwrap_or_default())
}

/// To the form, which leads back to what was asked for.
fn to_sign_in(req: &HttpRequest) -> HttpResponse<BoxBody> {
    let asked = req.uri().path_and_query().map_or("/", |address| address.as_str());
    let query = serde_urlencoded::to_string([("next", asked)]).unwrap_or_default();
    let leads_back = *req.method() == Method::GET && asked != "/";
    let place = if leads_back { format!("/sign-in?{query}") } else { "/sign-in".to_owned() };
    let mut response = HttpResponse::SeeOther();
    response.insert_header((header::LOCATION, place));
    if let Some(service) = service(req)
        && req.cookie(cookie::name(&service.public_url)).is_some()
    {
        response.cookie(cookie::none(&service.public_url));
    }
    response.finish()
}

/// Where a signed-in person proves again who they are.
pub const PROOF: &str = "/account/prove";

/// To that form, which leads back to the page that asked.
fn to_proof(req: &HttpRequest) -> HttpResponse<BoxBody> {
    let shown = req.headers().get(header::REFERER).and_then(|value| value.to_str().ok());
    let own = service(req).map(|service| service.public_url.link("")).unwrap_or_default();
    let asked = match *req.method() == Method::GET {
        true => req.uri().path_and_query().map(|address| address.as_str()),
        false => shown.and_then(|shown| shown.strip_prefix(&own)),
    };
    let next = asked.filter(|path| is_local_path(path)).unwrap_or("/");
    let query = serde_urlencoded::to_string([("next", next)]).unwrap_or_default();
    HttpResponse::SeeOther().insert_header((header::LOCATION, format!("{PROOF}?{query}"))).finish()
}

fn put_headers(headers: &mut HeaderMap, id: RequestId, is_secure: bool) {
    // A file that somebody sent is held even tighter than a page.
    let own_policy = headers.get(header::CONTENT_SECURITY_POLICY).cloned();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if let Some(policy) = own_policy {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    if let Ok(value) = HeaderValue::from_str(&id.0.to_string()) {
        headers.insert(HeaderName::from_static("x-request-id"), value);
    }
    if is_secure {
        let year = HeaderValue::from_static("max-age=31536000; includeSubDomains");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, year);
    }
    // Whatever is not said to be lasting is a signed-in person's.
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}

/// One line a request: no query, no address, nothing of a person.
fn log<B>(response: &ServiceResponse<B>, id: RequestId, begun: Instant) {
    let micros = u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX);
    let request = response.request();
    tracing::info!(
        request = %id.0,
        method = %request.method(),
        route = request.match_pattern().as_deref().unwrap_or("-"),
        status = response.status().as_u16(),
        micros,
        "answered"
    );
}
