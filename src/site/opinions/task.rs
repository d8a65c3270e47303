//! The opinions of one task: read, given, answered, closed, asked again.

use actix_web::web;
use uuid::Uuid;

use super::super::people::field;
use super::super::sending::{self, Told};
use super::super::shell::around;
use super::super::{PageResult, links, page, parse};
use super::{TELLS, line, speaks_for_leaders, usual_day};
use crate::auth::Member;
use crate::db::TenantConn;
use crate::domain::access::{Act, Relation, allows_on};
use crate::domain::opinion::{OpinionKind, OpinionState};
use crate::error::Result;
use crate::http::{Body, Caller, Visit};
use crate::opinions::{self, AnswerTyped, Opinion, OpinionTyped};
use crate::organisation;
use crate::pages::{Choice, Field, GiveForm, Link, OpinionForms, OpinionLine, TaskOpinionsPage, Words};
use crate::params::Params;
use crate::people::everybody;
use crate::tasks;
use crate::tenants::Settings;

/// The page of a task's opinions.
pub(crate) fn place(task: Uuid) -> String {
    format!("{}/{task}/opinions", links::TASKS)
}

/// What was sent and refused, if anything was; `of` is the opinion that it was about, none for another one.
#[derive(Clone, Default)]
struct Sent {
    of: Option<Uuid>,
    typed: OpinionTyped,
    answer: String,
    told: Told,
}

fn view(
    conn: &mut TenantConn<'_>,
    visit: &Visit,
    member: &Member,
    settings: &Settings,
    task: Uuid,
    sent: &Sent,
) -> Result<TaskOpinionsPage> {
    let w = Words(visit.lang_of(member.lang));
    let today = settings.today(&visit.service.app.clock);
    let acting = member.acting();
    let row = tasks::seen_by(conn, &acting, task)?;
    let relation = tasks::relation_to(conn, &acting, &row)?;
    let usual = usual_day(conn, today)?;
    let found = opinions::of_task(conn, task)?;
    let opinion = |(n, opinion): (usize, &Opinion)| OpinionLine {
        forms: forms(w, member, relation, sent, opinion, n, &usual),
        ..line(w, opinion, today, false)
    };
    let gives = allows_on(member.role, Act::DirectTasks, relation);
    Ok(TaskOpinionsPage {
        w,
        shell: around(visit, w, member, settings),
        back: Link { text: w.task().to_owned(), href: links::task(task, None) },
        code: row.code.clone(),
        title: row.title.clone(),
        notice: visit.params().text("done").map(|_| w.opinion_saved().to_owned()),
        error: sent.told.error.clone(),
        opinions: found.iter().enumerate().map(opinion).collect(),
        give: if gives { Some(give_form(conn, w, member, settings, visit, task, sent)?) } else { None },
    })
}

/// What the reader may do with an opinion.
fn forms(
    w: Words,
    member: &Member,
    relation: Relation,
    sent: &Sent,
    opinion: &Opinion,
    n: usize,
    usual: &str,
) -> OpinionForms {
    let is_sent = sent.of == Some(opinion.id);
    let judged = |name: &str, typed: &str, blank: &str| -> (String, Field) {
        let own = if is_sent { field(w, &sent.told.faults, name, typed) } else { Field::of(blank) };
        (format!("{name}_{n}"), own)
    };
    let is_open = opinion.state() != OpinionState::Closed;
    let is_answerable = matches!(opinion.state(), OpinionState::Waiting | OpinionState::Told);
    let answers = is_answerable && allows_on(member.role, Act::ReportTasks, relation);
    let closes = is_open && opinions::may_close(&member.acting(), opinion);
    OpinionForms {
        place: format!("{}/{}", super::PLACE, opinion.id),
        answer: answers.then(|| judged("answer", &sent.answer, "")),
        close: closes,
        again: (closes && opinion.state() == OpinionState::Answered).then(|| {
            let due = judged("answer_due_on", &sent.typed.answer_due_on, usual);
            (judged("words", &sent.typed.words, ""), due)
        }),
    }
}

fn give_form(
    conn: &mut TenantConn<'_>,
    w: Words,
    member: &Member,
    settings: &Settings,
    visit: &Visit,
    task: Uuid,
    sent: &Sent,
) -> Result<GiveForm> {
    let leaders = if speaks_for_leaders(member) {
        everybody(conn, &organisation::leaders(), settings.today(&visit.service.app.clock))?
    } else {
        Vec::new()
    };
    let none = Sent::default();
    let own = if sent.of.is_none() { sent } else { &none };
    let choice = |value: String, text: &str, chosen: &str| Choice {
        selected: value == chosen,
        text: text.to_owned(),
        value,
    };
    let kind = |kind: &OpinionKind| choice(kind.code().to_owned(), w.opinion_kind_of(*kind), &own.typed.kind);
    Ok(GiveForm {
        action: place(task),
        kinds: OpinionKind::ALL.iter().map(kind).collect(),
        kind: field(w, &own.told.faults, "kind", ""),
        words: field(w, &own.told.faults, "words", &own.typed.words),
        due: field(w, &own.told.faults, "answer_due_on", &own.typed.answer_due_on),
        leaders: leaders.iter().map(|l| choice(l.id.to_string(), &l.name, &own.typed.leader)).collect(),
        leader: field(w, &own.told.faults, "leader", ""),
    })
}

/// The opinions of a task.
pub async fn show(caller: Caller, visit: Visit, id: web::Path<String>) -> PageResult {
    let view = caller
        .run(move |conn, member, settings| {
            view(conn, &visit, member, settings, parse(&id)?, &Sent::default())
        })
        .await?;
    page(view.w, &view)
}

/// Does something and leads to the task's opinions; or they come back with what is wrong.
async fn act(
    caller: Caller,
    visit: Visit,
    sent: Sent,
    work: impl FnOnce(&mut TenantConn<'_>, &Member, &Settings) -> Result<Uuid> + Send + 'static,
    task: impl FnOnce(&mut TenantConn<'_>) -> Result<Uuid> + Send + 'static,
) -> PageResult {
    let work = move |conn: &mut TenantConn<'_>, member: &Member, settings: &Settings| {
        Ok(format!("{}?done=saved", place(work(conn, member, settings)?)))
    };
    sending::act(&caller, visit, TELLS, work, move |conn, mut visit, member, settings, told| {
        let task = task(conn)?;
        visit.address = place(task);
        view(conn, &visit, member, settings, task, &Sent { told, ..sent })
    })
    .await
}

/// Gives an opinion, or asks for an explanation.
pub async fn give(caller: Caller, visit: Visit, id: web::Path<String>, body: Body) -> PageResult {
    let typed = OpinionTyped::take(&mut Params::parse(&body.text()));
    let sent = Sent { typed: typed.clone(), ..Sent::default() };
    let (clock, path) = (visit.service.app.clock, id.clone());
    let work = move |conn: &mut TenantConn<'_>, member: &Member, settings: &Settings| {
        let task = parse(&path)?;
        opinions::give(conn, &member.acting(), task, &typed, settings.today(&clock))?;
        Ok(task)
    };
    act(caller, visit, sent, work, move |_| parse(&id)).await
}

/// The task of an opinion in an address.
fn task_of(id: String) -> impl FnOnce(&mut TenantConn<'_>) -> Result<Uuid> + Send + 'static {
    move |conn| Ok(opinions::one(conn, parse(&id)?)?.task_id)
}

/// Answers.
pub async fn answer(caller: Caller, visit: Visit, id: web::Path<String>, body: Body) -> PageResult {
    let typed = AnswerTyped::take(&mut Params::parse(&body.text()));
    let sent = Sent { of: Uuid::parse_str(&id).ok(), answer: typed.answer.clone(), ..Sent::default() };
    let (clock, path) = (visit.service.app.clock, id.clone());
    let work = move |conn: &mut TenantConn<'_>, member: &Member, settings: &Settings| {
        opinions::answer(conn, &member.acting(), parse(&path)?, &typed, settings.today(&clock))
    };
    act(caller, visit, sent, work, task_of(id.into_inner())).await
}

/// Closes.
pub async fn close(caller: Caller, visit: Visit, id: web::Path<String>) -> PageResult {
    let sent = Sent { of: Uuid::parse_str(&id).ok(), ..Sent::default() };
    let (clock, path) = (visit.service.app.clock, id.clone());
    let work = move |conn: &mut TenantConn<'_>, member: &Member, settings: &Settings| {
        opinions::close(conn, &member.acting(), parse(&path)?, settings.today(&clock))
    };
    act(caller, visit, sent, work, task_of(id.into_inner())).await
}

/// Asks again.
pub async fn again(caller: Caller, visit: Visit, id: web::Path<String>, body: Body) -> PageResult {
    let typed = OpinionTyped::take(&mut Params::parse(&body.text()));
    let sent = Sent { of: Uuid::parse_str(&id).ok(), typed: typed.clone(), ..Sent::default() };
    let (clock, path) = (visit.service.app.clock, id.clone());
    let work = move |conn: &mut TenantConn<'_>, member: &Member, settings: &Settings| {
        opinions::ask_again(conn, &member.acting(), parse(&path)?, &typed, settings.today(&clock))
    };
    act(caller, visit, sent, work, task_of(id.into_inner())).await
}
