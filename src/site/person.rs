//! One person: posts, signing in, hand-over; and switching one's own post.

use actix_web::web;
use uuid::Uuid;

use super::post_form::PostChoices;
use super::shell::around;
use super::{PageResult, audit, go_to, home, page, parse, people as list, refused};
use crate::auth::{self, Member};
use crate::db::TenantConn;
use crate::error::{Denial, Error, ParameterFault, Refusal, Result};
use crate::http::{Body, Caller, Visit};
use crate::pages::{Choice, Field, Link, PersonPage, PostLine, Words};
use crate::params::Params;
use crate::people::{self, PeopleFilter, Person, Post, PostInput, WayIn};
use crate::tenants::{self, Settings};
use crate::text::denial::denial;
use crate::text::{date, number};

/// Where another post of one's own is chosen.
pub const SWITCH: &str = "/account/post";

/// A person's page.
pub fn place(id: Uuid) -> String {
    format!("{}/{id}", list::PLACE)
}

/// A post in words: `Cục Viễn thông · Chuyên viên`.
pub(super) fn post(w: Words, post: &Post) -> String {
    let unit = post.unit.as_ref().map(|unit| format!("{} · ", unit.name)).unwrap_or_default();
    format!("{unit}{}", w.role(post.role))
}

/// What is said of a way in: the address to hand out, or where the letter goes.
pub(super) fn told(
    conn: &mut TenantConn<'_>,
    visit: &Visit,
    w: Words,
    person: &Person,
    way: WayIn,
) -> Result<Done> {
    Ok(match way {
        WayIn::Letter => Done { notice: Some(w.person_written_to(&person.email)), ..Done::default() },
        WayIn::Link(link) => {
            let address = tenants::address(conn, &visit.service.public_url)?;
            Done { link: Some(address.link(&auth::link_path(&link))), ..Done::default() }
        }
    })
}

/// The page as it is after whatever was done in the transaction.
pub(super) fn view(
    conn: &mut TenantConn<'_>,
    visit: &Visit,
    member: &Member,
    settings: &Settings,
    id: Uuid,
) -> Result<PersonPage> {
    let w = Words(visit.lang_of(member.lang));
    let today = settings.today(&visit.service.app.clock);
    let person = people::find(conn, id)?;
    let choices = PostChoices::read(conn, today, Some(id))?;
    let open = people::open_tasks(conn, id)?;
    let takers = match open {
        0 => Vec::new(),
        _ => people::everybody(conn, &PeopleFilter::default(), today)?,
    };
    let line = |held: &Post| PostLine {
        id: held.id.to_string(),
        text: post(w, held),
        term: w.post_term_of(&date(held.from_on), held.until_on.map(date).as_deref()),
        is_over: held.is_over(today),
        is_deputy: held.deputy_for.is_some(),
    };
    let taker =
        |taker: &Person| Choice { value: taker.id.to_string(), text: taker.name.clone(), selected: false };
    Ok(PersonPage {
        w,
        shell: around(visit, w, member, settings),
        back: Link { text: w.people_title().to_owned(), href: list::PLACE.to_owned() },
        place: place(id),
        posts: person.posts.iter().map(line).collect(),
        post: choices.form(w, &PostInput::default(), &[]),
        active: person.active,
        notice: None,
        link: None,
        error: None,
        open_tasks: (open > 0).then(|| number(w.0, open as u64)),
        takers: takers.iter().filter(|taker| taker.id != id).map(taker).collect(),
        to: Field::default(),
        audit_href: audit::of_person(&person.email),
        name: person.name,
        email: person.email,
    })
}

/// A person.
pub async fn show(caller: Caller, visit: Visit, id: web::Path<String>) -> PageResult {
    let view =
        caller.run(move |conn, member, settings| view(conn, &visit, member, settings, parse(&id)?)).await?;
    page(view.w, &view)
}

/// What an act on a person may need.
struct Asked<'a> {
    visit: &'a Visit,
    member: &'a Member,
    settings: &'a Settings,
    person: Person,
    params: Params,
}

/// What an act leaves to be said on the page, beside what has changed there.
#[derive(Default)]
pub(super) struct Done {
    pub notice: Option<String>,
    pub link: Option<String>,
}

/// Does something to a person and shows their page, with what was wrong at its field.
async fn act(
    caller: Caller,
    visit: Visit,
    id: web::Path<String>,
    body: Body,
    work: impl FnOnce(&mut TenantConn<'_>, Asked<'_>) -> Result<Done> + Send + 'static,
) -> PageResult {
    let mut shown = visit;
    shown.address = parse(&id).map(place).unwrap_or_default();
    let body = body.text();
    let (visit, path, sent) = (shown.clone(), id.clone(), body.clone());
    let done = caller
        .run(move |conn, member, settings| {
            let person = people::find(conn, parse(&path)?)?;
            let id = person.id;
            let params = Params::parse(&sent);
            let done = work(conn, Asked { visit: &visit, member, settings, person, params })?;
            // Who ended their own post or disabled themselves sees the page a last time.
            let view = view(conn, &visit, member, settings, id)?;
            Ok(PersonPage { notice: done.notice, link: done.link, ..view })
        })
        .await;
    let failure = match done {
        Ok(view) => return page(view.w, &view),
        Err(failure) => failure,
    };
    let refusal = match failure.error() {
        Error::Refused(
            refusal
            @ (Refusal::Parameters(_) | Refusal::Denied(Denial::LastAdmin | Denial::TooManyPeople(_))),
        ) => refusal.clone(),
        _ => return Err(failure),
    };
    let view = caller
        .run(move |conn, member, settings| {
            let mut view = view(conn, &shown, member, settings, parse(&id)?)?;
            match &refusal {
                Refusal::Denied(why) => view.error = Some(denial(view.w.0, why)),
                Refusal::Parameters(faults) => {
                    let today = settings.today(&shown.service.app.clock);
                    let choices = PostChoices::read(conn, today, parse(&id).ok())?;
                    put(&mut view, &choices, &body, faults);
                }
                _ => {}
            }
            Ok(view)
        })
        .await?;
    refused(view.w, &view)
}

/// Puts what was typed and what is wrong with it at its fields.
fn put(view: &mut PersonPage, choices: &PostChoices, body: &str, faults: &[ParameterFault]) {
    let typed = PostInput::take(&mut Params::parse(body));
    view.post = choices.form(view.w, &typed, faults);
    view.to = list::field(view.w, faults, "to", "");
}

/// Makes a link by which the person sets a password: sent to them, or shown this once.
pub async fn link(caller: Caller, visit: Visit, id: web::Path<String>, body: Body) -> PageResult {
    act(caller, visit, id, body, |conn, asked| {
        asked.member.must_be_proved()?;
        let app = &asked.visit.service.app;
        let way = people::let_in(app, conn, asked.settings, asked.member.person, &asked.person, false)?;
        let w = Words(asked.visit.lang_of(asked.member.lang));
        told(conn, asked.visit, w, &asked.person, way)
    })
    .await
}

/// Lets the person in no more.
pub async fn disable(caller: Caller, visit: Visit, id: web::Path<String>, body: Body) -> PageResult {
    set_active(caller, visit, id, body, false).await
}

/// Lets the person in again.
pub async fn enable(caller: Caller, visit: Visit, id: web::Path<String>, body: Body) -> PageResult {
    set_active(caller, visit, id, body, true).await
}

async fn set_active(
    caller: Caller,
    visit: Visit,
    id: web::Path<String>,
    body: Body,
    active: bool,
) -> PageResult {
    act(caller, visit, id, body, move |conn, asked| {
        let today = asked.settings.today(&asked.visit.service.app.clock);
        people::set_active(conn, asked.member.person, asked.person.id, active, today)?;
        Ok(Done::default())
    })
    .await
}

/// Gives the person another post.
pub async fn add_post(caller: Caller, visit: Visit, id: web::Path<String>, body: Body) -> PageResult {
    act(caller, visit, id, body, |conn, mut asked| {
        asked.member.must_be_proved()?;
        let today = asked.settings.today(&asked.visit.service.app.clock);
        let choices = PostChoices::read(conn, today, Some(asked.person.id))?;
        let typed = PostInput::take(&mut asked.params);
        let new =
            typed.check(&choices.unit_ids(), choices.principals(), today).map_err(Refusal::Parameters)?;
        people::add_post(conn, asked.member.person, asked.person.id, &new)?;
        Ok(Done::default())
    })
    .await
}

/// Ends a post.
pub async fn end_post(caller: Caller, visit: Visit, id: web::Path<String>, body: Body) -> PageResult {
    act(caller, visit, id, body, |conn, mut asked| {
        asked.member.must_be_proved()?;
        let today = asked.settings.today(&asked.visit.service.app.clock);
        let post = parse(&asked.params.text("post").unwrap_or_default())?;
        people::end_post(conn, asked.member.person, &asked.person, post, today)?;
        Ok(Done::default())
    })
    .await
}

/// Hands all open tasks of the person to another.
pub async fn hand_over(caller: Caller, visit: Visit, id: web::Path<String>, body: Body) -> PageResult {
    act(caller, visit, id, body, |conn, mut asked| {
        let nobody =
            ParameterFault { name: "to".to_owned(), problem: crate::error::ParameterProblem::NoSuchPerson };
        let to = asked.params.text("to").and_then(|to| Uuid::parse_str(&to).ok());
        let to = match to {
            Some(to) => people::find(conn, to).ok(),
            None => None,
        };
        let to = to.ok_or(Refusal::Parameters(vec![nobody]))?;
        let n = people::hand_over(conn, asked.member.person, &asked.person, &to)?;
        let w = Words(asked.visit.lang_of(asked.member.lang));
        Ok(Done { notice: Some(w.handed_over(&number(w.0, n as u64), &to.name)), ..Done::default() })
    })
    .await
}

/// Lets the reader act in another of their posts.
pub async fn switch(caller: Caller, body: Body) -> PageResult {
    caller
        .run(move |conn, member, _| {
            let post = parse(&Params::parse(&body.text()).text("post").unwrap_or_default())?;
            auth::switch_post(conn, member, post)
        })
        .await?;
    Ok(go_to(home::START).finish())
}
