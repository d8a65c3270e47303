//! One request: read, decided a task at a time, taken back.

use actix_web::web;
use chrono::NaiveDate;
use uuid::Uuid;

use super::super::people::field;
use super::super::sending::{self, Told};
use super::super::shell::around;
use super::super::{PageResult, links, page, parse};
use super::{PLACE, TELLS, place, title};
use crate::auth::Member;
use crate::db::TenantConn;
use crate::domain::access::{Act, Acting, may};
use crate::domain::extension::may_decide;
use crate::domain::task::ExtensionDecision;
use crate::error::Result;
use crate::extensions::{self, DecisionTyped, RequestedTask, RulingTyped};
use crate::http::{Body, Caller, Visit};
use crate::pages::{Choice, DecidedLine, DeskLine, ExtensionPage, Link, RulingForm, Words};
use crate::params::Params;
use crate::tenants::Settings;
use crate::text::{date, vocabulary};

/// What was sent and refused, if anything was.
#[derive(Clone, Default)]
struct Sent {
    typed: DecisionTyped,
    told: Told,
}

fn view(
    conn: &mut TenantConn<'_>,
    visit: &Visit,
    member: &Member,
    settings: &Settings,
    id: Uuid,
    sent: &Sent,
) -> Result<ExtensionPage> {
    let w = Words(visit.lang_of(member.lang));
    let request = extensions::request(conn, member.visible(), id)?;
    let letter = &request.letter;
    let is_open = request.is_open();
    let may_rule = is_open && may(member.role, Act::DecideExtensions);
    let is_own = may_rule && !may_decide(&letter.asked_by, &member.actor());
    let decides = may_rule && !is_own;
    // Only what is open has a form, and forms are numbered from 0.
    let mut forms = 0;
    let tasks = request.tasks.iter().map(|row| {
        let form = (decides && row.decision.is_none()).then(|| {
            forms += 1;
            form(w, sent, row, forms - 1)
        });
        desk_line(w, row, form)
    });
    let tasks = tasks.collect();
    Ok(ExtensionPage {
        w,
        shell: around(visit, w, member, settings),
        back: Link { text: w.extensions_title().to_owned(), href: PLACE.to_owned() },
        notice: notice(w, visit),
        errors: sent.told.errors(),
        title: title(w, letter),
        place: place(id),
        unit: letter.unit_name.clone(),
        asked: w.by_on(letter.asker.as_deref(), &date(letter.requested_on)),
        letter_date: letter.letter_date.map(date),
        reason: letter.reason.clone(),
        effect: letter.effect.clone(),
        tasks,
        decided_on: decides.then(|| field(w, &sent.told.faults, "decided_on", &sent.typed.decided_on)),
        is_own,
        may_withdraw: is_open && may(member.role, Act::AskExtensions),
    })
}

fn notice(w: Words, visit: &Visit) -> Option<String> {
    let told = match visit.params().text("done").as_deref() {
        Some("asked") => w.extension_asked(),
        Some("decided") => w.extension_decided(),
        Some("withdrawn") => w.extension_withdrawn(),
        _ => return None,
    };
    Some(told.to_owned())
}

fn desk_line(w: Words, row: &RequestedTask, form: Option<RulingForm>) -> DeskLine {
    let wanted = date(row.wanted_due_on);
    let due = row.due_on.map(date);
    DeskLine {
        id: row.task_id.to_string(),
        task: Link { text: row.title.clone(), href: links::task(row.task_id, None) },
        code: row.code.clone(),
        original_due: row.original_due_on.map(date).filter(|original| Some(original) != due.as_ref()),
        due: due.unwrap_or_else(|| w.none_given().to_owned()),
        wanted: match &row.wanted_words {
            Some(words) if *words != wanted => format!("{wanted} {}", w.in_words(words)),
            _ => wanted,
        },
        earlier: w.times_extended(row.earlier),
        is_late: row.is_asked_late(),
        reason: row.reason.clone(),
        decided: row.decision.map(|decision| DecidedLine {
            decision: vocabulary::capitalised(vocabulary::extension_decision(w.0, Some(decision))),
            by: w.by_on(row.decider.as_deref(), &row.decided_on.map(date).unwrap_or_default()),
            new_due: row.new_due_on.map(date),
            reason: row.decision_reason.clone(),
        }),
        form,
    }
}

fn form(w: Words, sent: &Sent, row: &RequestedTask, n: usize) -> RulingForm {
    let task = row.task_id.to_string();
    let typed = sent.typed.tasks.iter().find(|typed| typed.task == task).cloned();
    let typed = typed.unwrap_or_else(RulingTyped::default);
    // Faults are numbered as the form was sent; somebody may have decided some of it meanwhile.
    let sent_as = sent.typed.tasks.iter().position(|typed| typed.task == task).unwrap_or(n);
    let judged = |name: &str, value: &str| field(w, &sent.told.faults, &format!("{name}_{sent_as}"), value);
    let choice = |decision: ExtensionDecision, text: &str| Choice {
        value: decision.code().to_owned(),
        text: text.to_owned(),
        selected: typed.decision == decision.code(),
    };
    RulingForm {
        task_id: format!("task_{n}"),
        decision_id: format!("decision_{n}"),
        choices: vec![
            choice(ExtensionDecision::Agreed, w.extension_agree()),
            choice(ExtensionDecision::Changed, w.extension_change()),
            choice(ExtensionDecision::Refused, w.extension_refuse()),
        ],
        decision: judged("decision", ""),
        due_id: format!("due_{n}"),
        due: judged("due", &typed.due),
        reason_id: format!("reason_{n}"),
        reason: judged("reason", &typed.reason),
    }
}

/// A request.
pub async fn show(caller: Caller, visit: Visit, id: web::Path<String>) -> PageResult {
    let view = caller
        .run(move |conn, member, settings| {
            view(conn, &visit, member, settings, parse(&id)?, &Sent::default())
        })
        .await?;
    page(view.w, &view)
}

/// Does something to a request and leads to its desk, which tells what was done; or the desk comes back.
async fn act(
    caller: Caller,
    mut visit: Visit,
    id: web::Path<String>,
    (done, typed): (&'static str, DecisionTyped),
    work: impl FnOnce(&mut TenantConn<'_>, &Acting, Uuid, NaiveDate) -> Result<()> + Send + 'static,
) -> PageResult {
    visit.address = format!("{PLACE}/{id}");
    let (path, clock) = (id.clone(), visit.service.app.clock);
    let work = move |conn: &mut TenantConn<'_>, member: &Member, settings: &Settings| {
        let id = parse(&path)?;
        work(conn, &member.acting(), id, settings.today(&clock))?;
        Ok(format!("{}?done={done}", place(id)))
    };
    sending::act(&caller, visit, TELLS, work, move |conn, visit, member, settings, told| {
        view(conn, &visit, member, settings, parse(&id)?, &Sent { typed, told })
    })
    .await
}

/// Decides what was chosen.
pub async fn decide(caller: Caller, visit: Visit, id: web::Path<String>, body: Body) -> PageResult {
    let typed = DecisionTyped::take(&mut Params::parse(&body.text()));
    let sent = typed.clone();
    act(caller, visit, id, ("decided", typed), move |conn, acting, id, today| {
        extensions::decide(conn, acting, id, &sent, today)
    })
    .await
}

/// Takes back what is open.
pub async fn withdraw(caller: Caller, visit: Visit, id: web::Path<String>) -> PageResult {
    act(caller, visit, id, ("withdrawn", DecisionTyped::default()), extensions::withdraw).await
}
