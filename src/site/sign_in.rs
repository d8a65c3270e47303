//! Signing in and out.

use super::shell::before;
use super::{PageResult, go_to, page, refused};
use crate::auth::{self, Credential, SessionKind};
use crate::error::{Denial, Error, Refusal};
use crate::http::{Body, Caller, Visit, cookie, hash, is_local_path, work};
use crate::pages::{Field, SignInPage, Words};
use crate::params::Params;
use crate::text::denial::denial;

const PLACE: &str = "/sign-in";

/// The form.
pub async fn show(visit: Visit) -> PageResult {
    let mut params = visit.params();
    let mut view = form(&visit, params.text("next"));
    if params.text("set").is_some() {
        view.notice = Some(view.w.password_was_set().to_owned());
    }
    page(view.w, &view)
}

fn form(visit: &Visit, next: Option<String>) -> SignInPage {
    let w = Words(visit.lang());
    SignInPage {
        w,
        shell: before(visit, w),
        action: PLACE.to_owned(),
        next: next.filter(|path| is_local_path(path)),
        notice: None,
        error: None,
        tenant: Field::default(),
        email: Field::default(),
        password_error: None,
    }
}

/// What was typed. The password keeps its spaces.
struct Typed {
    tenant: String,
    email: String,
    password: String,
}

/// Compares the password and begins a session; or the form comes back with its values.
pub async fn submit(visit: Visit, body: Body) -> PageResult {
    let mut params = Params::parse(&body.text());
    let mut view = form(&visit, params.text("next"));
    let w = view.w;
    let typed = Typed {
        tenant: params.text("tenant").unwrap_or_default(),
        email: params.text("email").unwrap_or_default(),
        password: params.exact("password").unwrap_or_default(),
    };
    let missing = |value: &str| value.is_empty().then(|| w.field_missing().to_owned());
    view.tenant = Field { value: typed.tenant.clone(), error: missing(&typed.tenant) };
    view.email = Field { value: typed.email.clone(), error: missing(&typed.email) };
    view.password_error = missing(&typed.password);
    if !view.faults().is_empty() {
        return refused(w, &view);
    }
    match begin(&visit, typed).await {
        Ok(session) => {
            let place = view.next.as_deref().unwrap_or("/");
            let kept = cookie::session(&visit.service.public_url, session.to_cookie());
            Ok(go_to(place).cookie(kept).finish())
        }
        Err(Error::Refused(Refusal::Denied(Denial::SignInFailed))) => {
            view.error = Some(denial(w.0, &Denial::SignInFailed));
            refused(w, &view)
        }
        Err(error) => Err(error.into()),
    }
}

async fn begin(visit: &Visit, typed: Typed) -> crate::error::Result<Credential> {
    let Typed { tenant, email, password } = typed;
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
    let shown = visit.shown.clone();
    work(&visit.service, move |service| {
        auth::begin_session(&service.app, &known, SessionKind::Browser, shown.as_ref())
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
