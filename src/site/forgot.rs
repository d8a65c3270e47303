//! Asking for a link to another password. Whoever asks gets the same answer after the same time.

use std::time::Duration;

use tokio::time::sleep;

use super::shell::before;
use super::sign_in::{self, here};
use super::{PageResult, page, refused};
use crate::auth::{self, HostTenant};
use crate::http::{Body, Visit, work};
use crate::pages::{Field, ForgotPage, Words};
use crate::params::Params;

pub(super) const PLACE: &str = "/sign-in/forgot";

/// No answer comes sooner: longer than looking somebody up and planning their letter takes.
const ANSWER: Duration = Duration::from_millis(300);

/// The form.
pub async fn show(visit: Visit) -> PageResult {
    let view = form(&visit, here(&visit).await?);
    page(view.w, &view)
}

fn form(visit: &Visit, here: Option<HostTenant>) -> ForgotPage {
    let w = Words(visit.lang());
    ForgotPage {
        w,
        shell: before(visit, w),
        action: PLACE.to_owned(),
        sign_in_href: sign_in::PLACE.to_owned(),
        is_asked: false,
        organisation: here.map(|here| here.name),
        tenant: Field::default(),
        email: Field::default(),
    }
}

/// Plans the letter, if there is somebody to write to; or the form comes back with its values.
pub async fn submit(visit: Visit, body: Body) -> PageResult {
    let mut params = Params::parse(&body.text());
    let here = here(&visit).await?;
    let mut view = form(&visit, here.clone());
    let slug = here.map_or_else(|| params.text("tenant").unwrap_or_default(), |here| here.slug);
    let email = params.text("email").unwrap_or_default();
    let missing = |value: &str| value.is_empty().then(|| view.w.field_missing().to_owned());
    let (no_slug, no_email) = (missing(&slug), missing(&email));
    view.tenant = Field { value: slug.clone(), error: no_slug };
    view.email = Field { value: email.clone(), error: no_email };
    if !view.faults().is_empty() {
        return refused(view.w, &view);
    }
    let soonest = sleep(ANSWER);
    work(&visit.service, move |service| auth::forgotten(&service.app, &slug, &email)).await?;
    soonest.await;
    view.is_asked = true;
    page(view.w, &view)
}
