//! Reasons for lateness: giving one, the overdue tasks that lack one, and the list they are chosen from.

use actix_web::web;
use uuid::Uuid;

use super::people::field;
use super::sending::{self, Told};
use super::shell::around;
use super::{PageResult, home, links, page, parse, settings as all_settings, task_line};
use crate::auth::Member;
use crate::db::TenantConn;
use crate::domain::access::Act;
use crate::domain::task::LateReasonKind;
use crate::error::{Denial, ParameterFault, Refusal, Result};
use crate::http::{Body, Caller, Visit};
use crate::late_reasons;
use crate::organisation::{self, ReasonLine, ReasonsInput};
use crate::pages::{
    Choice, LateMissingPage, LateReasonPage, LateReasonsPage, Link, ReasonField, TaskLine, Words,
};
use crate::params::Params;
use crate::tasks::acts::Target;
use crate::tasks::{self, LatenessTyped};
use crate::tenants::Settings;
use crate::text::vocabulary;

/// The overdue tasks of the reader's unit without a reason.
pub const MISSING: &str = "/late-reasons";

/// The list as an administrator writes it.
pub const PLACE: &str = "/settings/late-reasons";

/// Where a task's reason is given.
pub(super) fn place(task: Uuid) -> String {
    format!("{}/{task}/late-reason", links::TASKS)
}

/// What was sent and refused, if anything was.
#[derive(Clone, Default)]
struct Sent {
    typed: Option<LatenessTyped>,
    told: Told,
}

fn view(
    conn: &mut TenantConn<'_>,
    visit: &Visit,
    member: &Member,
    settings: &Settings,
    task: Uuid,
    sent: &Sent,
) -> Result<LateReasonPage> {
    let w = Words(visit.lang_of(member.lang));
    let row = tasks::open_for(conn, &member.acting(), Act::ReportTasks, task, None)?;
    let said = tasks::lateness(conn, task)?;
    let kept =
        LatenessTyped { category: said.category.unwrap_or_default(), words: said.words.unwrap_or_default() };
    let typed = sent.typed.as_ref().unwrap_or(&kept);
    let list = late_reasons::list(conn)?;
    let choices = list.iter().filter(|reason| reason.is_active).map(|reason| Choice {
        value: reason.category.clone(),
        text: vocabulary::lateness(w.0, Some(reason.kind), Some(&reason.category), None).unwrap_or_default(),
        selected: reason.category == typed.category,
    });
    Ok(LateReasonPage {
        w,
        shell: around(visit, w, member, settings),
        back: Link { text: w.task().to_owned(), href: links::task(task, None) },
        code: row.code.clone(),
        title: row.title.clone(),
        error: sent.told.error.clone(),
        action: place(task),
        reasons: choices.collect(),
        category: field(w, &sent.told.faults, "category", ""),
        words: field(w, &sent.told.faults, "words", &typed.words),
    })
}

/// The form for a task.
pub async fn show(caller: Caller, visit: Visit, id: web::Path<String>) -> PageResult {
    let view = caller
        .run(move |conn, member, settings| {
            view(conn, &visit, member, settings, parse(&id)?, &Sent::default())
        })
        .await?;
    page(view.w, &view)
}

/// Gives a reason and leads to the task; or the form comes back.
pub async fn explain(caller: Caller, visit: Visit, id: web::Path<String>, body: Body) -> PageResult {
    let mut params = Params::parse(&body.text());
    let mut text = |name: &str| params.exact(name).unwrap_or_default();
    let typed = LatenessTyped { category: text("category"), words: text("words") };
    let (sent, path, clock) = (typed.clone(), id.clone(), visit.service.app.clock);
    let explain = move |conn: &mut TenantConn<'_>, member: &Member, settings: &Settings| {
        let target = Target { id: parse(&path)?, version: None };
        tasks::explain_lateness(conn, &member.acting(), target, &sent, settings.today(&clock))?;
        Ok(links::task(target.id, None))
    };
    let tells = |why: &Refusal| matches!(why, Refusal::NotLate);
    sending::act(&caller, visit, tells, explain, move |conn, visit, member, settings, told| {
        view(conn, &visit, member, settings, parse(&id)?, &Sent { typed: Some(typed), told })
    })
    .await
}

/// The overdue tasks of the reader's unit without a reason; each leads to its form.
pub async fn missing(caller: Caller, visit: Visit) -> PageResult {
    let view = caller
        .run(move |conn, member, settings| {
            let w = Words(visit.lang_of(member.lang));
            visit.params().finish()?;
            let unit = member.unit.as_ref().ok_or(Denial::NotFound)?;
            let today = settings.today(&visit.service.app.clock);
            let found = tasks::unexplained(conn, &unit.short_name, today, settings.due_soon_days)?;
            let tasks = found
                .iter()
                .map(|task| TaskLine { href: place(task.id), ..task_line::line(w, task, today) })
                .collect();
            Ok(LateMissingPage {
                w,
                shell: around(&visit, w, member, settings),
                back: Link { text: w.start_title().to_owned(), href: home::UNIT.to_owned() },
                tasks,
            })
        })
        .await?;
    page(view.w, &view)
}

fn list_view(
    conn: &mut TenantConn<'_>,
    visit: &Visit,
    member: &Member,
    settings: &Settings,
    sent: Option<(&ReasonsInput, &[ParameterFault])>,
) -> Result<LateReasonsPage> {
    let w = Words(visit.lang_of(member.lang));
    let (typed, faults) = match sent {
        Some((typed, faults)) => (typed.clone(), faults),
        None => (ReasonsInput::of(&late_reasons::list(conn)?), [].as_slice()),
    };
    let kind = |kind: &LateReasonKind, chosen: &str| Choice {
        value: kind.code().to_owned(),
        text: vocabulary::capitalised(vocabulary::late_reason_kind(w.0, *kind)),
        selected: kind.code() == chosen,
    };
    let line = |(n, line): (usize, &ReasonLine)| {
        let (kind_id, category_id) = (format!("kind_{n}"), format!("category_{n}"));
        ReasonField {
            title: w.late_reason_line(n + 1),
            kinds: LateReasonKind::ALL.iter().map(|k| kind(k, &line.kind)).collect(),
            kind: field(w, faults, &kind_id, ""),
            category: field(w, faults, &category_id, &line.category),
            kind_id,
            category_id,
            active_id: format!("active_{n}"),
            is_active: line.is_active,
        }
    };
    Ok(LateReasonsPage {
        w,
        shell: around(visit, w, member, settings),
        back: Link { text: w.settings_title().to_owned(), href: all_settings::PLACE.to_owned() },
        notice: visit.params().text("done").map(|_| w.account_saved().to_owned()),
        action: PLACE.to_owned(),
        lines: typed.lines.iter().enumerate().map(line).collect(),
    })
}

/// The list of reasons.
pub async fn list(caller: Caller, visit: Visit) -> PageResult {
    let view =
        caller.run(move |conn, member, settings| list_view(conn, &visit, member, settings, None)).await?;
    page(view.w, &view)
}

/// Saves the list; or the form comes back.
pub async fn save(caller: Caller, visit: Visit, body: Body) -> PageResult {
    let typed = ReasonsInput::take(&mut Params::parse(&body.text()));
    let sent = typed.clone();
    let save = move |conn: &mut TenantConn<'_>, member: &Member, _: &Settings| {
        organisation::change_late_reasons(conn, member, &sent)?;
        Ok(format!("{PLACE}?done=saved"))
    };
    sending::act(&caller, visit, sending::FIELDS, save, move |conn, visit, member, settings, told| {
        list_view(conn, &visit, member, settings, Some((&typed, &told.faults)))
    })
    .await
}
