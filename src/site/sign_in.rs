//! Signing in and out.

use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, RETRY_AFTER};
use actix_web::{HttpRequest, HttpResponse};

use super::shell::before;
use super::{PageResult, code, enrol, faulty, forgot, go_to, page, refused, sso};
use crate::auth::{self, Browser, Entered, HostTenant, Lane};
use crate::error::{Denial, Error, Refusal};
use crate::http::{Body, Caller, Visit, cookie, hash, is_local_path, work};
use crate::pages::{Field, SignInPage, Words};
use crate::params::Params;
use crate::text::denial::denial;

pub(super) const PLACE: &str = "/sign-in";

/// The form.
pub async fn show(visit: Visit) -> PageResult {
    let mut params = visit.params();
    let mut view = form(&visit, here(&visit).await?, params.text("next"));
    if params.text("set").is_some() {
        view.notice = Some(view.w.password_was_set().to_owned());
    }
    page(view.w, &view)
}

/// The organisation whose host was asked for.
pub(super) async fn here(visit: &Visit) -> crate::error::Result<Option<HostTenant>> {
    let host = visit.host.clone();
    work(&visit.service, move |service| auth::at_host(&service.app, &host)).await
}

fn form(visit: &Visit, here: Option<HostTenant>, next: Option<String>) -> SignInPage {
    let w = Words(visit.lang());
    SignInPage {
        w,
        shell: before(visit, w),
        action: PLACE.to_owned(),
        next: next.filter(|path| is_local_path(path)),
        notice: None,
        error: None,
        organisation: here.map(|here| here.name),
        tenant: Field::default(),
        email: Field::default(),
        password: Field::default(),
        sso_action: sso::PLACE.to_owned(),
        forgot_href: forgot::PLACE.to_owned(),
    }
}

/// What was typed. The password keeps its spaces.
struct Typed {
    tenant: String,
    email: String,
    password: String,
}

/// Compares the password and leads in, or to the step before; or the form comes back with its values.
pub async fn submit(visit: Visit, req: HttpRequest, body: Body) -> PageResult {
    let mut params = Params::parse(&body.text());
    let here = here(&visit).await?;
    let mut view = form(&visit, here.clone(), params.text("next"));
    let w = view.w;
    let typed = Typed {
        // By an organisation's own host nobody gets into another, whatever they send.
        tenant: here.map_or_else(|| params.text("tenant").unwrap_or_default(), |here| here.slug),
        email: params.text("email").unwrap_or_default(),
        password: params.exact("password").unwrap_or_default(),
    };
    let missing = |value: &str| value.is_empty().then(|| w.field_missing().to_owned());
    view.tenant = Field { value: typed.tenant.clone(), error: missing(&typed.tenant) };
    view.email = Field { value: typed.email.clone(), error: missing(&typed.email) };
    view.password.error = missing(&typed.password);
    if !view.faults().is_empty() {
        return refused(w, &view);
    }
    let url = &visit.service.public_url;
    let device = cookie::shown_device(url, &req);
    let (tries, shown) = (&visit.service.tries, cookie::shown_known(url, &req));
    let lane = tries.lane(&typed.tenant, &typed.email, shown.as_deref());
    let is_known = shown.is_some_and(|shown| tries.knows(&typed.tenant, &typed.email, &shown));
    let known = tries.device(&typed.tenant, &typed.email)?;
    match begin(&visit, typed, lane, device, is_known).await {
        Ok(entered) => {
            let mut response = go_on(&visit, entered, view.next.as_deref());
            response
                .add_cookie(&cookie::known(url, known))
                .map_err(|e| Error::Internal(format!("a cookie can't be set: {e}")))?;
            Ok(response)
        }
        Err(Error::Refused(Refusal::Denied(why @ Denial::TooSoon(seconds)))) => {
            view.error = Some(denial(w.0, &why));
            let mut response = faulty(StatusCode::TOO_MANY_REQUESTS, w, &view)?;
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
            Ok(response)
        }
        Err(Error::Refused(Refusal::Denied(Denial::SignInFailed))) => {
            view.error = Some(denial(w.0, &Denial::SignInFailed));
            refused(w, &view)
        }
        Err(error) => Err(error.into()),
    }
}

/// Where a right password, or a provider, leads.
pub(super) fn go_on(visit: &Visit, entered: Entered, next: Option<&str>) -> HttpResponse {
    let url = &visit.service.public_url;
    let (step, place) = match entered {
        Entered::Session(session) => {
            return go_to(next.unwrap_or("/")).cookie(cookie::session(url, session.to_cookie())).finish();
        }
        Entered::ForCode(step) => (step, code::PLACE),
        Entered::ToEnrol(step) => (step, enrol::PLACE),
    };
    go_to(&with_next(place, next)).cookie(cookie::step(url, step.to_text())).finish()
}

/// An address that knows where to go on to.
fn with_next(place: &str, next: Option<&str>) -> String {
    let query = next.and_then(|next| serde_urlencoded::to_string([("next", next)]).ok());
    query.map_or_else(|| place.to_owned(), |query| format!("{place}?{query}"))
}

async fn begin(
    visit: &Visit,
    typed: Typed,
    lane: Lane,
    device: Option<String>,
    is_known: bool,
) -> crate::error::Result<Entered> {
    let Typed { tenant, email, password } = typed;
    visit.service.tries.begin(&lane, visit.service.now())?;
    let known = work(&visit.service, move |service| auth::known(&service.app, &tenant, &email)).await?;
    let (known, is_right) = hash(&visit.service, move |_| {
        let is_right = known.has_password(&password)?;
        Ok((known, is_right))
    })
    .await?;
    if !is_right {
        tracing::info!("a sign-in was refused");
        work(&visit.service, move |service| auth::note_refusal(&service.app, &known)).await?;
        return Err(Denial::SignInFailed.into());
    }
    visit.service.tries.right(&lane);
    let shown = visit.shown.clone();
    work(&visit.service, move |service| {
        let browser = Browser { device: device.as_deref(), shown: shown.as_ref(), is_known };
        auth::enter(&service.app, &known, &browser)
    })
    .await
}

/// Ends the session and takes the cookie away.
pub async fn sign_out(caller: Caller) -> PageResult {
    caller.run(|conn, member, _| auth::sign_out(conn, member)).await?;
    Ok(go_to(PLACE)
        .cookie(cookie::none(&caller.service().public_url))
        .insert_header(("Clear-Site-Data", "\"storage\""))
        .finish())
}
