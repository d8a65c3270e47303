//! Signing in by an organisation's own provider: the way there, and the way back.

use actix_web::http::StatusCode;
use actix_web::http::header::REFRESH;
use actix_web::{HttpRequest, HttpResponse};

use super::shell::before;
use super::sign_in::go_on;
use super::{PageResult, faulty, page, sign_in};
use crate::auth::{self, Browser, Entered, Flow, HostTenant, SsoFault};
use crate::http::{Visit, cookie, is_local_path, work};
use crate::pages::{Link, MessagePage, Words};

/// Where the way begins, with `tenant`, `next` and, to prove again who one is, `again`.
pub const PLACE: &str = "/sign-in/sso";
/// Where the provider leads back to.
pub const BACK: &str = "/sign-in/sso/callback";

/// Leads to the provider. By a page that goes on by itself: our policy lets no form be redirected to another host.
pub async fn begin(visit: Visit) -> PageResult {
    let mut params = visit.params();
    let here = sign_in::here(&visit).await?;
    let back = back(&visit, here.as_ref());
    // By an organisation's own host nobody gets into another, whatever they send.
    let slug = here.map_or_else(|| params.text("tenant").unwrap_or_default(), |here| here.slug);
    let next = params.text("next").filter(|path| is_local_path(path));
    let is_anew = params.text("again").is_some();
    let service = &visit.service;
    let found = work(service, move |service| auth::provider_of(&service.app, &service.seeds, &slug)).await?;
    let Some(provider) = found else { return trouble(&visit, SsoFault::NotOffered) };
    let begun = service.providers.begin(&provider, &back, next, is_anew, service.now()).await;
    let (address, flow) = match begun {
        Ok(begun) => begun,
        Err(fault) => return trouble(&visit, fault),
    };
    let w = Words(visit.lang());
    let view = MessagePage {
        w,
        shell: before(&visit, w),
        is_error: false,
        status: None,
        heading: w.sso_going().to_owned(),
        alarms: Vec::new(),
        body: vec![w.sso_going_lead().to_owned()],
        request_id: None,
        links: vec![Link { text: w.sso_go().to_owned(), href: address.clone() }],
    };
    let mut response = page(w, &view)?;
    let kept = cookie::flow(&service.public_url, flow.to_cookie(&service.seeds)?);
    response.add_cookie(&kept).map_err(unkept)?;
    let refresh = format!("0; url={address}").parse().map_err(unkept)?;
    response.headers_mut().insert(REFRESH, refresh);
    Ok(response)
}

/// Where the provider leads back to: the host by which somebody set out, as the flow's cookie is that host's.
fn back(visit: &Visit, here: Option<&HostTenant>) -> String {
    here.map_or(&visit.service.public_url, |here| &here.address).link(BACK)
}

fn unkept(why: impl std::fmt::Display) -> crate::error::Error {
    crate::error::Error::Internal(format!("the way to a provider can't be told: {why}"))
}

/// What the provider brings back.
pub async fn come_back(visit: Visit, req: HttpRequest) -> PageResult {
    let mut response = match enter(&visit, &req).await? {
        Ok((entered, next)) => go_on(&visit, entered, next.as_deref()),
        Err(fault) => trouble(&visit, fault)?,
    };
    // Whatever came of it: a way is gone once.
    response.add_cookie(&cookie::no_flow(&visit.service.public_url)).map_err(unkept)?;
    Ok(response)
}

type CameBack = Result<(Entered, Option<String>), SsoFault>;

async fn enter(visit: &Visit, req: &HttpRequest) -> crate::error::Result<CameBack> {
    let service = &visit.service;
    let mut params = visit.params();
    let state = params.text("state").unwrap_or_default();
    let shown = cookie::shown_flow(&service.public_url, req);
    let flow = shown.and_then(|shown| Flow::read(&service.seeds, &shown, &state, service.now()));
    let Some(flow) = flow else { return Ok(Err(SsoFault::Ended)) };
    let Some(code) = params.text("code") else { return Ok(Err(SsoFault::Refused)) };
    let (found, flow) =
        work(service, move |service| Ok((auth::provider_again(&service.app, &service.seeds, &flow)?, flow)))
            .await?;
    let Some(provider) = found else { return Ok(Err(SsoFault::NotOffered)) };
    let back = back(visit, sign_in::here(visit).await?.as_ref());
    let identified = service.providers.identify(&provider, &flow, &back, code, service.now()).await;
    let identity = match identified {
        Ok(identity) => identity,
        Err(fault) => return Ok(Err(fault)),
    };
    let (device, shown) = (cookie::shown_device(&service.public_url, req), visit.shown.clone());
    let entered = work(service, move |service| {
        let browser = Browser { device: device.as_deref(), shown: shown.as_ref(), is_known: true };
        auth::enter_by_sso(&service.app, &provider, &identity, browser)
    })
    .await?;
    Ok(entered.map(|entered| (entered, flow.next)))
}

/// Why nobody came in; what the provider said is not repeated.
fn trouble(visit: &Visit, fault: SsoFault) -> Result<HttpResponse, crate::http::Failure> {
    let w = Words(visit.lang());
    let (status, why) = match fault {
        SsoFault::NotOffered => (StatusCode::UNPROCESSABLE_ENTITY, w.sso_not_offered()),
        SsoFault::Ended => (StatusCode::UNAUTHORIZED, w.sso_ended()),
        SsoFault::Refused => (StatusCode::UNAUTHORIZED, w.sso_refused()),
        SsoFault::Unreachable => (StatusCode::SERVICE_UNAVAILABLE, w.sso_unreachable()),
    };
    let view = MessagePage {
        w,
        shell: before(visit, w),
        is_error: true,
        status: None,
        heading: w.sso_failed().to_owned(),
        alarms: Vec::new(),
        body: vec![why.to_owned()],
        request_id: None,
        links: vec![Link { text: w.sso_again().to_owned(), href: sign_in::PLACE.to_owned() }],
    };
    faulty(status, w, &view)
}
