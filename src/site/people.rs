//! People: the list, and the form for another.

use uuid::Uuid;

use super::person;
use super::post_form::{self, PostChoices};
use super::shell::around;
use super::{PageResult, page, refused};
use crate::accounts::NewPerson;
use crate::domain::access::Role;
use crate::error::{Error, ParameterFault, ParameterProblem, Refusal};
use crate::http::{Body, Caller, Failure, Visit};
use crate::pages::{Choice, Field, Link, NewPersonPage, PeoplePage, PersonLine, Shell, Words};
use crate::params::Params;
use crate::people::{self, PeopleFilter, Person, PersonInput};
use crate::text::{number, parameter};
use crate::units;

/// The list.
pub const PLACE: &str = "/people";
const NEW: &str = "/people/new";

/// The people of a filter.
pub async fn show(caller: Caller, visit: Visit) -> PageResult {
    let view = caller
        .run(move |conn, member, settings| {
            let w = Words(visit.lang_of(member.lang));
            let today = settings.today(&visit.service.app.clock);
            let mut params = visit.params();
            let filter = filter(&mut params);
            params.finish()?;
            let units = units::all(conn)?;
            let found = people::list(conn, &filter, today)?;
            let unit = |unit: &units::Unit| Choice {
                value: unit.id.to_string(),
                text: unit.name.clone(),
                selected: filter.unit == Some(unit.id),
            };
            let line = |person: &Person| PersonLine {
                person: Link { text: person.name.clone(), href: person::place(person.id) },
                email: person.email.clone(),
                posts: person
                    .posts
                    .iter()
                    .filter(|post| post.holds_on(today))
                    .map(|p| person::post(w, p))
                    .collect(),
                active: person.active,
            };
            let next = found.next.map(|next| address(&filter, next));
            Ok(PeoplePage {
                w,
                shell: around(&visit, w, member, settings),
                action: PLACE.to_owned(),
                q: Field::of(filter.q.clone().unwrap_or_default()),
                units: units.iter().filter(|unit| unit.valid_until.is_none()).map(unit).collect(),
                roles: post_form::roles(w, filter.role),
                total: number(w.0, found.total as u64),
                people: found.items.iter().map(line).collect(),
                next,
                add_href: NEW.to_owned(),
            })
        })
        .await?;
    page(view.w, &view)
}

fn filter(params: &mut Params) -> PeopleFilter {
    let mut id = |name: &str, wrong: ParameterProblem| {
        let text = params.text(name)?;
        let id = Uuid::parse_str(&text).ok();
        if id.is_none() {
            params.fault(name, wrong);
        }
        id
    };
    let (unit, after) = (id("unit", ParameterProblem::NoSuchUnit), id("after", ParameterProblem::NotACursor));
    let role = params.text("role");
    let known = role.as_deref().and_then(Role::from_code);
    if role.is_some() && known.is_none() {
        let codes: Vec<_> = Role::ALL.iter().map(|role| role.code()).collect();
        params.fault("role", ParameterProblem::NotOneOf(codes.join(", ")));
    }
    PeopleFilter { q: params.text("q"), unit, role: known, after }
}

fn address(filter: &PeopleFilter, after: Uuid) -> String {
    let parts = [
        ("q", filter.q.clone()),
        ("unit", filter.unit.map(|unit| unit.to_string())),
        ("role", filter.role.map(|role| role.code().to_owned())),
        ("after", Some(after.to_string())),
    ];
    let held: Vec<_> = parts.into_iter().filter(|(_, value)| value.is_some()).collect();
    format!("{PLACE}?{}", serde_urlencoded::to_string(held).unwrap_or_default())
}

/// The form.
pub async fn new(caller: Caller, visit: Visit) -> PageResult {
    let view = caller
        .run(move |conn, member, settings| {
            // Before the form, so that nothing typed is lost.
            member.must_be_proved()?;
            let w = Words(visit.lang_of(member.lang));
            let choices = PostChoices::read(conn, settings.today(&visit.service.app.clock), None)?;
            Ok(form(w, around(&visit, w, member, settings), &choices, &PersonInput::default(), &[]))
        })
        .await?;
    page(view.w, &view)
}

fn form(
    w: Words,
    shell: Shell,
    choices: &PostChoices,
    typed: &PersonInput,
    faults: &[ParameterFault],
) -> NewPersonPage {
    NewPersonPage {
        w,
        shell,
        back: Link { text: w.people_title().to_owned(), href: PLACE.to_owned() },
        action: NEW.to_owned(),
        name: field(w, faults, "name", &typed.name),
        email: field(w, faults, "email", &typed.email),
        post: choices.form(w, &typed.post, faults),
    }
}

/// A field with what was typed and what is wrong with it.
pub(super) fn field(w: Words, faults: &[ParameterFault], name: &str, typed: &str) -> Field {
    match faults.iter().find(|fault| fault.name == name) {
        Some(fault) => Field::faulty(typed, parameter::at_field(w.0, &fault.problem)),
        None => Field::of(typed),
    }
}

/// Adds a person and shows the link for them; or the form comes back.
pub async fn add(caller: Caller, visit: Visit, body: Body) -> PageResult {
    let (shown, typed) = (visit.clone(), PersonInput::take(&mut Params::parse(&body.text())));
    let sent = typed.clone();
    let done = caller
        .run(move |conn, member, settings| {
            member.must_be_proved()?;
            let today = settings.today(&visit.service.app.clock);
            let choices = PostChoices::read(conn, today, None)?;
            let mut faults = sent.faults();
            let post = sent.post.check(&choices.unit_ids(), choices.principals(), today);
            faults.extend(post.as_ref().err().into_iter().flatten().cloned());
            let (Ok(post), true) = (post, faults.is_empty()) else {
                return Err(Refusal::Parameters(faults).into());
            };
            let new = NewPerson { email: &sent.email, name: &sent.name };
            let id = people::add(conn, member.person, &new, &post)?;
            let person = people::find(conn, id)?;
            let way = people::let_in(&visit.service.app, conn, settings, member.person, &person, true)?;
            let mut visit = visit;
            visit.address = person::place(id);
            let mut view = person::view(conn, &visit, member, settings, id)?;
            let told = person::told(conn, &visit, view.w, &person, way)?;
            (view.notice, view.link) = (told.notice, told.link);
            Ok(view)
        })
        .await;
    match done {
        Ok(view) => page(view.w, &view),
        Err(failure) => come_back(&caller, shown, failure, typed).await,
    }
}

async fn come_back(caller: &Caller, visit: Visit, failure: Failure, typed: PersonInput) -> PageResult {
    let Error::Refused(Refusal::Parameters(faults)) = failure.error() else { return Err(failure) };
    let faults = faults.clone();
    let view = caller
        .run(move |conn, member, settings| {
            let w = Words(visit.lang_of(member.lang));
            let choices = PostChoices::read(conn, settings.today(&visit.service.app.clock), None)?;
            Ok(form(w, around(&visit, w, member, settings), &choices, &typed, &faults))
        })
        .await?;
    refused(view.w, &view)
}
