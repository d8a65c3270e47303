//! One unit: its names put right, its place in the order, its end.

use actix_web::web;
use uuid::Uuid;

use super::sending::{self, Told};
use super::shell::around;
use super::units::{self as list, line};
use super::{PageResult, page, parse, people};
use crate::auth::Member;
use crate::db::TenantConn;
use crate::error::{Denial, ParameterFault, ParameterProblem, Refusal, Result};
use crate::http::{Body, Caller, Visit};
use crate::organisation::{self, UnitInput, UnitListed};
use crate::pages::{Choice, Link, UnitPage, Words};
use crate::params::Params;
use crate::people::{Person, everybody};
use crate::tenants::Settings;

/// A unit's page.
pub fn place(id: Uuid) -> String {
    format!("{}/{id}", list::PLACE)
}

/// What was sent and refused, if anything was.
#[derive(Clone, Default)]
struct Sent {
    body: String,
    told: Told,
}

fn view(
    conn: &mut TenantConn<'_>,
    visit: &Visit,
    member: &Member,
    settings: &Settings,
    id: Uuid,
    sent: &Sent,
) -> Result<UnitPage> {
    let w = Words(visit.lang_of(member.lang));
    let today = settings.today(&visit.service.app.clock);
    let all = organisation::list(conn)?;
    let own = all.iter().find(|listed| listed.unit.id == id).ok_or(Denial::NotFound)?;
    let (mut params, faults) = (Params::parse(&sent.body), &sent.told.faults);
    let mut typed = |name: &str, kept: &str| match params.text(name) {
        Some(typed) => typed,
        None if faults.iter().any(|fault| fault.name == name) => String::new(),
        None => kept.to_owned(),
    };
    let (name, short_name) = (typed("name", &own.unit.name), typed("short_name", &own.unit.short_name));
    let chosen = typed("successor", "");
    let mailbox = typed("mailbox", own.unit.mailbox.as_deref().unwrap_or_default());
    let overseer = typed("overseer", &own.unit.overseer_id.map(|id| id.to_string()).unwrap_or_default());
    let leaders = everybody(conn, &organisation::leaders(), today)?;
    let leader = |person: &Person| Choice {
        value: person.id.to_string(),
        text: person.name.clone(),
        selected: person.id.to_string() == overseer,
    };
    let others = all.iter().filter(|listed| listed.unit.id != id && listed.unit.exists_on(today));
    let choice = |listed: &UnitListed, selected: bool| Choice {
        value: listed.unit.id.to_string(),
        text: listed.unit.name.clone(),
        selected,
    };
    let ahead =
        all.iter().rev().skip_while(|listed| listed.unit.id != id).nth(1).map(|listed| listed.unit.id);
    Ok(UnitPage {
        w,
        shell: around(visit, w, member, settings),
        back: Link { text: w.units_title().to_owned(), href: list::PLACE.to_owned() },
        place: place(id),
        line: line(w, own, !own.unit.exists_on(today)),
        error: sent.told.error.clone(),
        name: people::field(w, faults, "name", &name),
        short_name: people::field(w, faults, "short_name", &short_name),
        others: others.clone().map(|listed| choice(listed, Some(listed.unit.id) == ahead)).collect(),
        behind: people::field(w, faults, "behind", ""),
        successors: others.map(|listed| choice(listed, listed.unit.id.to_string() == chosen)).collect(),
        successor: people::field(w, faults, "successor", ""),
        mailbox: people::field(w, faults, "mailbox", &mailbox),
        leaders: leaders.iter().map(leader).collect(),
        overseer: people::field(w, faults, "overseer", ""),
        people_href: format!("{}?unit={id}", people::PLACE),
    })
}

/// A unit.
pub async fn show(caller: Caller, visit: Visit, id: web::Path<String>) -> PageResult {
    let view = caller
        .run(move |conn, member, settings| {
            view(conn, &visit, member, settings, parse(&id)?, &Sent::default())
        })
        .await?;
    page(view.w, &view)
}

/// Does something to a unit and leads to the list; or its page comes back with what is wrong.
async fn act(
    caller: Caller,
    mut visit: Visit,
    id: web::Path<String>,
    body: Body,
    done: &'static str,
    work: impl FnOnce(&mut TenantConn<'_>, &Member, &Settings, Uuid, Params) -> Result<()> + Send + 'static,
) -> PageResult {
    let body = body.text();
    let (path, sent) = (id.clone(), body.clone());
    visit.address = parse(&id).map(place).unwrap_or_default();
    let work = move |conn: &mut TenantConn<'_>, member: &Member, settings: &Settings| {
        let id = organisation::find(conn, parse(&path)?)?.unit.id;
        work(conn, member, settings, id, Params::parse(&sent))?;
        Ok(list::done(done))
    };
    let tells = |why: &Refusal| matches!(why, Refusal::Denied(Denial::SuccessorNeeded | Denial::UnitOfToday));
    sending::act(&caller, visit, tells, work, move |conn, visit, member, settings, told| {
        view(conn, &visit, member, settings, parse(&id)?, &Sent { body, told })
    })
    .await
}

/// Puts its names right.
pub async fn rename(caller: Caller, visit: Visit, id: web::Path<String>, body: Body) -> PageResult {
    act(caller, visit, id, body, "changed", |conn, member, _, id, mut params| {
        organisation::rename(conn, member, id, &UnitInput::take(&mut params))
    })
    .await
}

/// The unit that a field names; `None` when it is blank.
fn chosen(params: &mut Params, field: &str) -> Result<Option<Uuid>> {
    let Some(text) = params.text(field) else { return Ok(None) };
    let fault = || ParameterFault { name: field.to_owned(), problem: ParameterProblem::NoSuchUnit };
    let id = Uuid::parse_str(&text).map_err(|_| Refusal::Parameters(vec![fault()]))?;
    Ok(Some(id))
}

/// Puts it behind another.
pub async fn reorder(caller: Caller, visit: Visit, id: web::Path<String>, body: Body) -> PageResult {
    act(caller, visit, id, body, "changed", |conn, member, _, id, mut params| {
        organisation::change_place(conn, member, id, chosen(&mut params, "behind")?)
    })
    .await
}

/// Says who is reminded of its work.
pub async fn remind(caller: Caller, visit: Visit, id: web::Path<String>, body: Body) -> PageResult {
    let clock = visit.service.app.clock;
    act(caller, visit, id, body, "changed", move |conn, member, settings, id, mut params| {
        organisation::remind(conn, member, id, &mut params, settings.today(&clock))
    })
    .await
}

/// Ends it.
pub async fn end(caller: Caller, visit: Visit, id: web::Path<String>, body: Body) -> PageResult {
    let clock = visit.service.app.clock;
    act(caller, visit, id, body, "ended", move |conn, member, settings, id, mut params| {
        let successor = chosen(&mut params, "successor")?;
        organisation::end(conn, member, id, successor, settings.today(&clock)).map(|_| ())
    })
    .await
}
