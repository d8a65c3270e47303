//! Enrolling a second factor on the way in, for those who must have one.

use actix_web::HttpRequest;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};

use super::code::{CANCEL, begin_again, has_ended, shown_step};
use super::shell::before;
use super::{PageResult, page, refused};
use crate::auth::{self, Confirmed, Offer};
use crate::error::{Error, Result};
use crate::http::{Body, Visit, cookie, is_local_path, work};
use crate::pages::{EnrolPage, Field, Link, RecoveryCodesPage, Shell, Words};
use crate::params::Params;

pub(super) const PLACE: &str = "/sign-in/enrol";

/// A picture of a text, black on white whatever the page's colours, as a `data:` address.
pub(super) fn picture(text: &str) -> Result<String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M)
        .map_err(|e| Error::Internal(format!("a QR code can't be drawn: {e}")))?;
    let svg = code
        .render()
        .min_dimensions(232, 232)
        .dark_color(svg::Color("#000"))
        .light_color(svg::Color("#fff"))
        .build();
    Ok(format!("data:image/svg+xml;base64,{}", STANDARD.encode(svg)))
}

fn form(visit: &Visit, next: Option<String>, offer: &Offer) -> Result<EnrolPage> {
    let w = Words(visit.lang());
    Ok(EnrolPage {
        w,
        shell: before(visit, w),
        action: PLACE.to_owned(),
        cancel: Some(CANCEL.to_owned()),
        next: next.filter(|path| is_local_path(path)),
        picture: picture(&offer.address)?,
        secret: offer.secret.clone(),
        code: Field::default(),
        current: None,
        old_code: None,
    })
}

/// The recovery codes, this once, with the cookie of the new session.
pub(super) fn recovery_codes(w: Words, shell: Shell, codes: Vec<String>, onward: &str) -> PageResult {
    let onward = Link { text: w.recovery_done().to_owned(), href: onward.to_owned() };
    page(w, &RecoveryCodesPage { w, shell, codes, onward })
}

/// The form.
pub async fn show(visit: Visit, req: HttpRequest) -> PageResult {
    let Some(step) = shown_step(&visit, &req) else { return Ok(begin_again(&visit)) };
    let offered =
        work(&visit.service, move |service| auth::offer_by_step(&service.app, &service.seeds, &step));
    match offered.await {
        Ok(offer) => {
            let view = form(&visit, visit.params().text("next"), &offer)?;
            page(view.w, &view)
        }
        Err(error) if has_ended(&error) => Ok(begin_again(&visit)),
        Err(error) => Err(error.into()),
    }
}

/// Confirms the factor, shows the recovery codes and leads in; or the form comes back.
pub async fn submit(visit: Visit, req: HttpRequest, body: Body) -> PageResult {
    let Some(step) = shown_step(&visit, &req) else { return Ok(begin_again(&visit)) };
    let mut params = Params::parse(&body.text());
    let (next, typed) = (params.text("next"), params.text("code"));
    let is_missing = typed.is_none();
    let typed = typed.unwrap_or_default();
    let done = work(&visit.service, move |service| {
        let offer = auth::offer_by_step(&service.app, &service.seeds, &step)?;
        Ok((auth::confirm_by_step(&service.app, &service.seeds, &step, &typed)?, offer))
    });
    match done.await {
        Ok((Confirmed::Session(session, codes), _)) => {
            let w = Words(visit.lang());
            let onward = next.filter(|path| is_local_path(path)).unwrap_or_else(|| "/".to_owned());
            let mut shell = before(&visit, w);
            // Its address can't be asked for again.
            shell.other_language = None;
            let mut response = recovery_codes(w, shell, codes, &onward)?;
            let url = &visit.service.public_url;
            for kept in [cookie::session(url, session.to_cookie()), cookie::no_step(url)] {
                response.add_cookie(&kept).map_err(|e| Error::Internal(format!("a cookie: {e}")))?;
            }
            Ok(response)
        }
        Ok((Confirmed::Wrong, offer)) => {
            let mut view = form(&visit, next, &offer)?;
            let fault = if is_missing { view.w.field_missing() } else { view.w.code_wrong() };
            view.code = Field::faulty("", fault);
            refused(view.w, &view)
        }
        Err(error) if has_ended(&error) => Ok(begin_again(&visit)),
        Err(error) => Err(error.into()),
    }
}
