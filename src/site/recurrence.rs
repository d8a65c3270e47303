//! One work that comes again: its turns, and what the Office does with it.

use actix_web::web;
use uuid::Uuid;

use super::recurring::{self, coming_line, form, line, place};
use super::sending::{self, Told};
use super::shell::around;
use super::{PageResult, page, parse, people};
use crate::auth::Member;
use crate::calendar;
use crate::db::TenantConn;
use crate::domain::access::{Act, may};
use crate::error::{Refusal, Result};
use crate::http::{Body, Caller, Visit};
use crate::pages::{Choice, Link, RecurrencePage, TurnLine, Words};
use crate::params::Params;
use crate::recurrences::{self, RecurrenceTyped, TurnDone};
use crate::site::links;
use crate::tasks::holders;
use crate::tenants::Settings;
use crate::text::date;
use crate::units;

/// What was sent and refused, if anything was.
#[derive(Clone, Default)]
struct Sent {
    form: Option<RecurrenceTyped>,
    turn: String,
    reason: String,
    told: Told,
}

fn turn_line(w: Words, done: &TurnDone) -> TurnLine {
    TurnLine {
        turn: done.turn.clone(),
        due: date(done.named_on),
        done_on: date(done.done_on),
        task: done.task.as_ref().map(|(id, code, title)| Link {
            text: format!("{code} · {title}"),
            href: links::task(*id, None),
        }),
        skipped: done.skipped_reason.as_deref().map(|reason| w.recurring_left_out(reason)),
    }
}

fn notice(w: Words, done: Option<String>) -> Option<String> {
    let told = match done.as_deref() {
        Some("saved") => w.recurring_saved(),
        Some("skipped") => w.recurring_skipped(),
        _ => return None,
    };
    Some(told.to_owned())
}

fn view(
    conn: &mut TenantConn<'_>,
    visit: &Visit,
    member: &Member,
    settings: &Settings,
    id: Uuid,
    sent: &Sent,
) -> Result<RecurrencePage> {
    let w = Words(visit.lang_of(member.lang));
    let today = settings.today(&visit.service.app.clock);
    let (of, coming, done) = recurrences::find(conn, settings, id)?;
    let (all, special) = (units::all(conn)?, calendar::days(conn)?);
    let holders = holders(conn, None, today)?;
    let changes = may(member.role, Act::GiveTasks);
    let typed = sent.form.clone().unwrap_or_else(|| RecurrenceTyped::of(&of, &all, &holders));
    let coming_lines: Vec<_> = coming.iter().map(|one| coming_line(w, one, &special)).collect();
    let turn = |line: &crate::pages::ComingLine| Choice {
        value: line.code.clone(),
        text: line.turn.clone(),
        selected: line.code == sent.turn,
    };
    Ok(RecurrencePage {
        w,
        shell: around(visit, w, member, settings),
        back: Link { text: w.recurring_title().to_owned(), href: recurring::PLACE.to_owned() },
        notice: notice(w, visit.params().text("done")),
        place: place(id),
        version: of.version.to_string(),
        line: line(w, &of, &coming, &all),
        is_paused: of.paused_on.is_some(),
        turns: coming_lines.iter().map(turn).collect(),
        coming: coming_lines,
        done: done.iter().map(|done| turn_line(w, done)).collect(),
        form: changes.then(|| form(w, &typed, &sent.told.faults, &all, &holders, today)),
        turn: people::field(w, &sent.told.faults, "turn", ""),
        reason: people::field(w, &sent.told.faults, "reason", &sent.reason),
    })
}

/// One of them.
pub async fn show(caller: Caller, visit: Visit, id: web::Path<String>) -> PageResult {
    let view = caller
        .run(move |conn, member, settings| {
            view(conn, &visit, member, settings, parse(&id)?, &Sent::default())
        })
        .await?;
    page(view.w, &view)
}

/// Does something to one and leads to its page; or the page comes back with what is wrong.
async fn act(
    caller: Caller,
    mut visit: Visit,
    id: web::Path<String>,
    (done, sent): (&'static str, Sent),
    work: impl FnOnce(&mut TenantConn<'_>, &Member, &Settings, Uuid) -> Result<()> + Send + 'static,
) -> PageResult {
    visit.address = format!("{}/{id}", recurring::PLACE);
    let path = id.clone();
    let work = move |conn: &mut TenantConn<'_>, member: &Member, settings: &Settings| {
        let id = parse(&path)?;
        recurrences::find(conn, settings, id)?;
        work(conn, member, settings, id)?;
        Ok(format!("{}?done={done}", place(id)))
    };
    sending::act(&caller, visit, sending::FIELDS, work, move |conn, visit, member, settings, told| {
        view(conn, &visit, member, settings, parse(&id)?, &Sent { told, ..sent })
    })
    .await
}

/// The version that whoever acts has read; one that can't be read is none there ever was.
fn version(params: &mut Params) -> i32 {
    params.text("version").and_then(|version| version.parse().ok()).unwrap_or_default()
}

/// Changes it.
pub async fn change(caller: Caller, visit: Visit, id: web::Path<String>, body: Body) -> PageResult {
    let mut params = Params::parse(&body.text());
    let (version, typed) = (version(&mut params), RecurrenceTyped::take(&mut params));
    let sent = Sent { form: Some(typed.clone()), ..Sent::default() };
    let clock = visit.service.app.clock;
    act(caller, visit, id, ("saved", sent), move |conn, member, settings, id| {
        let today = settings.today(&clock);
        let (all, holders) = (units::all(conn)?, holders(conn, None, today)?);
        let checked = typed.check(&all, &holders, today).map_err(Refusal::Parameters)?;
        recurrences::change(conn, member, settings, (id, version), checked, today)
    })
    .await
}

/// From today on nothing comes.
pub async fn pause(caller: Caller, visit: Visit, id: web::Path<String>, body: Body) -> PageResult {
    let version = version(&mut Params::parse(&body.text()));
    let clock = visit.service.app.clock;
    act(caller, visit, id, ("saved", Sent::default()), move |conn, member, settings, id| {
        recurrences::pause(conn, member, (id, version), settings.today(&clock))
    })
    .await
}

/// It comes again.
pub async fn resume(caller: Caller, visit: Visit, id: web::Path<String>, body: Body) -> PageResult {
    let version = version(&mut Params::parse(&body.text()));
    let clock = visit.service.app.clock;
    act(caller, visit, id, ("saved", Sent::default()), move |conn, member, settings, id| {
        recurrences::resume(conn, member, settings, (id, version), settings.today(&clock))
    })
    .await
}

/// Leaves one turn out.
pub async fn skip(caller: Caller, visit: Visit, id: web::Path<String>, body: Body) -> PageResult {
    let mut params = Params::parse(&body.text());
    let mut text = |name| params.text(name).unwrap_or_default();
    let sent = Sent { turn: text("turn"), reason: text("reason"), ..Sent::default() };
    let (turn, reason, clock) = (sent.turn.clone(), sent.reason.clone(), visit.service.app.clock);
    act(caller, visit, id, ("skipped", sent), move |conn, member, settings, id| {
        recurrences::skip(conn, member, settings, id, (&turn, &reason), settings.today(&clock))
    })
    .await
}
