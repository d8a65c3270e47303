//! Setting a password by a one-time link. Looking at the page spends nothing; only sending the form does.

use super::shell::before;
use super::{PageResult, go_to, page, refused};
use crate::auth::{self, NewPassword, OneTimeLink};
use crate::error::{Denial, Error, Refusal};
use crate::http::{Body, Visit, hash};
use crate::pages::{Field, PasswordPage, Words};
use crate::params::Params;
use crate::text::denial::denial;

/// The form.
pub async fn show(visit: Visit) -> PageResult {
    let link = visit.params().text("link").unwrap_or_default();
    let view = form(&visit, link);
    page(view.w, &view)
}

fn form(visit: &Visit, link: String) -> PasswordPage {
    let w = Words(visit.lang());
    let mut shell = before(visit, w);
    // The address holds the secret: no link of this page repeats it.
    shell.other_language = None;
    PasswordPage {
        w,
        shell,
        action: auth::LINK_PLACE.to_owned(),
        link,
        password: Field::default(),
        again: Field::default(),
    }
}

/// Sets the password and leads to signing in; or the form comes back.
pub async fn submit(visit: Visit, body: Body) -> PageResult {
    let mut params = Params::parse(&body.text());
    let mut view = form(&visit, params.text("link").unwrap_or_default());
    let typed = params.exact("password").unwrap_or_default();
    if params.exact("again").unwrap_or_default() != typed {
        view.again = Field::faulty("", view.w.password_differs());
    }
    match set(&visit, &view.link, typed, view.again.error.is_none()).await {
        Ok(true) => Ok(go_to("/sign-in?set=1").finish()),
        Ok(false) => refused(view.w, &view),
        Err(Error::Refused(Refusal::Denied(why))) => {
            view.password = Field::faulty("", denial(view.w.0, &why));
            refused(view.w, &view)
        }
        Err(error) => Err(error.into()),
    }
}

/// Whether it was set; it is not tried while the form has another fault.
async fn set(visit: &Visit, link: &str, typed: String, is_whole: bool) -> crate::error::Result<bool> {
    let password = NewPassword::parse(&typed)?;
    if !is_whole {
        return Ok(false);
    }
    let link = OneTimeLink::parse(link).ok_or(Denial::LinkSpent)?;
    hash(&visit.service, move |service| auth::set_password_by_link(&service.app, &link, &password)).await?;
    Ok(true)
}
