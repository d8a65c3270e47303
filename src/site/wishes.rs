//! What a person wishes of letters: on their account, and by the address in a letter, which needs nobody to sign in.

use actix_web::{HttpResponse, web};

use super::shell::before;
use super::{PageResult, account, go_to, page, refused};
use crate::domain::lang::Lang;
use crate::domain::preference::{MailPreferences, SendTime, Stream};
use crate::error::{Denial, ParameterProblem};
use crate::http::{Body, Caller, Failure, Visit, work};
use crate::pages::{Choice, Field, MailForm, UnsubscribePage, Words};
use crate::params::Params;
use crate::preferences::{self, Asked};
use crate::tenants::Settings;
use crate::text::parameter;

/// The section of the account page.
pub(super) fn form(w: Words, wish: MailPreferences, settings: &Settings) -> MailForm {
    let choice = |time: SendTime| Choice {
        value: time.to_string(),
        text: time.to_string(),
        selected: wish.time == Some(time),
    };
    MailForm {
        times: SendTime::all().map(choice).collect(),
        usual: w.wishes_usual(&settings.digest_hour.to_string()),
        time: Field::default(),
        upcoming: wish.upcoming,
        weekly: wish.weekly,
        reminders: wish.reminders,
    }
}

/// Reads the form; a time that can't be chosen as the error.
fn read(body: &str) -> Result<MailPreferences, MailPreferences> {
    let mut params = Params::parse(body);
    let typed = params.text("digest_hour");
    let time = typed.as_deref().and_then(SendTime::parse);
    let mut is_on = |name| params.text(name).is_some();
    let wish = MailPreferences {
        time,
        upcoming: is_on("upcoming"),
        weekly: is_on("weekly"),
        reminders: is_on("reminders"),
    };
    if typed.is_some() && time.is_none() { Err(wish) } else { Ok(wish) }
}

/// Keeps what is wished; or the page comes back.
pub async fn save(caller: Caller, visit: Visit, body: Body) -> PageResult {
    let read = read(&body.text());
    let faulty = caller
        .run(move |conn, member, settings| match read {
            Ok(wish) => {
                let today = settings.today(&visit.service.app.clock);
                preferences::change(conn, member.person, wish, today).map(|()| None)
            }
            Err(wish) => {
                let mut view = account::view(&visit, conn, member, settings)?;
                let may: Vec<String> = SendTime::all().map(|time| time.to_string()).collect();
                let problem = ParameterProblem::NotOneOf(may.join(", "));
                view.mail = form(view.w, wish, settings);
                view.mail.time = Field::faulty("", parameter::at_field(view.w.0, &problem));
                Ok(Some(view))
            }
        })
        .await?;
    match faulty {
        Some(view) => refused(view.w, &view),
        None => Ok(go_to(&account::done("saved")).finish()),
    }
}

fn asked(visit: &Visit, token: &str) -> Result<Asked, Failure> {
    let reader = visit.service.unsubscribe.as_ref();
    Ok(reader.and_then(|reader| reader.read(token)).ok_or(Denial::NotFound)?)
}

fn told(visit: &Visit, lang: Lang, stream: Stream, action: Option<String>) -> Result<HttpResponse, Failure> {
    let w = Words(visit.lang_of(lang));
    let first = if action.is_some() { w.unsubscribe_lead(stream) } else { w.unsubscribe_done() };
    let view = UnsubscribePage {
        w,
        shell: before(visit, w),
        heading: w.unsubscribe_title(stream).to_owned(),
        body: vec![first.to_owned(), w.unsubscribe_undo().to_owned()],
        action,
    };
    page(w, &view)
}

/// What the address in a letter would end, with a button; looking at it changes nothing.
pub async fn ask(visit: Visit, token: web::Path<String>) -> PageResult {
    let asked = asked(&visit, &token)?;
    let lang = work(&visit.service, move |service| preferences::asked_in(&service.app, &asked)).await?;
    let action = format!("/u/{token}");
    told(&visit, lang, asked.stream, Some(action))
}

/// Ends it at once, whoever sends this: a mail program does so without a cookie (RFC 8058).
pub async fn end(visit: Visit, token: web::Path<String>) -> PageResult {
    let asked = asked(&visit, &token)?;
    let lang = work(&visit.service, move |service| preferences::unsubscribe(&service.app, &asked)).await?;
    told(&visit, lang, asked.stream, None)
}
