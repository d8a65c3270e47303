//! The reported completions that wait: confirmed several at once.

use actix_web::http::StatusCode;
use uuid::Uuid;

use super::shell::around;
use super::task::{Scene, document, send_back};
use super::{PageResult, faulty, go_to, links, page};
use crate::db::TenantConn;
use crate::error::{Denial, Error, ParameterFault, ParameterProblem, Refusal, Result};
use crate::http::{Body, Caller, Failure, Visit};
use crate::pages::{Field, SubmissionsPage, WaitingRow, Words};
use crate::params::Params;
use crate::tasks::acts::{By, Target, WaitingTold, confirm_all, waiting};
use crate::text::refusal::refusal;
use crate::text::{date, number, parameter};

/// The page.
pub const PLACE: &str = "/submissions";

/// How many are shown.
const SHOWN: i32 = 100;

/// What the page says beside the reports.
#[derive(Default)]
struct Said {
    done: Option<u64>,
    why: Option<Refusal>,
    ticked: Vec<String>,
}

/// The reports that wait.
pub async fn show(caller: Caller, visit: Visit) -> PageResult {
    let view = caller
        .run(move |conn, member, settings| {
            let mut params = visit.params();
            let done = params.text("done").and_then(|n| n.parse().ok());
            params.finish()?;
            view(conn, &Scene { visit: &visit, member, settings }, &Said { done, ..Said::default() })
        })
        .await?;
    page(view.w, &view)
}

fn view(conn: &mut TenantConn<'_>, scene: &Scene<'_>, said: &Said) -> Result<SubmissionsPage> {
    let w = Words(scene.visit.lang_of(scene.member.lang));
    let (total, found) = waiting(conn, SHOWN)?;
    let actor = scene.member.actor();
    let (errors, ticked) = told(w, said.why.as_ref());
    let shown = found.len() as u64;
    Ok(SubmissionsPage {
        w,
        shell: around(scene.visit, w, scene.member, scene.settings),
        notice: said.done.map(|n| w.confirmed(&number(w.0, n))),
        errors,
        ticked,
        total: w.waiting_total(&number(w.0, total)),
        rows: found.into_iter().map(|told| row(w, told, &actor, &said.ticked)).collect(),
        is_more: shown < total,
    })
}

/// Why nothing was confirmed: by task, or at the ticks.
fn told(w: Words, why: Option<&Refusal>) -> (Vec<String>, Field) {
    match why {
        None => (Vec::new(), Field::default()),
        Some(Refusal::Parameters(faults)) => {
            let problem = faults.first().map(|fault| &fault.problem);
            let text = match problem {
                Some(ParameterProblem::Missing) | None => w.none_ticked().to_owned(),
                Some(problem) => parameter::at_field(w.0, problem),
            };
            (Vec::new(), Field::faulty("", text))
        }
        Some(Refusal::SomeTasks(tasks)) => {
            let line = |(code, why): &(String, Refusal)| format!("{code}: {}", refusal(w.0, why));
            (tasks.iter().map(line).collect(), Field::default())
        }
        Some(other) => (vec![refusal(w.0, other)], Field::default()),
    }
}

fn row(w: Words, told: WaitingTold, actor: &str, ticked: &[String]) -> WaitingRow {
    let value = format!("{}:{}", told.task, told.version);
    let late = told.due_on.map_or(0, |due| (told.submitted_on - due).num_days());
    WaitingRow {
        is_ticked: ticked.contains(&value),
        may_confirm: told.submitted_by.as_deref() != Some(actor),
        value,
        href: links::task(told.task, None),
        send_back: send_back(told.task),
        code: told.code,
        title: told.title,
        unit: told.unit,
        submitted_on: date(told.submitted_on),
        by: told.name,
        due: told.due_on.map(date),
        late: u64::try_from(late)
            .ok()
            .filter(|days| *days > 0)
            .map(|days| w.reported_late(&number(w.0, days))),
        document: document(w, told.product_number.as_ref(), told.product_date),
        evidence: told.evidence,
    }
}

/// The task and the version that a tick sends.
fn target(value: &str) -> Option<Target> {
    let (id, version) = value.split_once(':')?;
    Some(Target { id: Uuid::parse_str(id).ok()?, version: Some(version.parse().ok()?) })
}

/// The tasks that are ticked, at least one.
fn targets(ticked: &[String]) -> Result<Vec<Target>> {
    let fault = |problem| Refusal::Parameters(vec![ParameterFault { name: "task".to_owned(), problem }]);
    if ticked.is_empty() {
        return Err(fault(ParameterProblem::Missing).into());
    }
    let found: Option<Vec<Target>> = ticked.iter().map(|value| target(value)).collect();
    Ok(found.ok_or_else(|| fault(ParameterProblem::NoSuchTask))?)
}

/// Confirms what is ticked: all of it or nothing.
pub async fn confirm(caller: Caller, visit: Visit, body: Body) -> PageResult {
    let mut params = Params::parse(&body.text());
    let ticked = params.many("task");
    let read = params.finish();
    let (service, sent) = (visit.service.clone(), ticked.clone());
    let done = caller
        .run(move |conn, member, settings| {
            read?;
            let acting = member.acting();
            let by = By { acting: &acting, today: settings.today(&service.app.clock) };
            confirm_all(conn, &by, &targets(&sent)?)
        })
        .await;
    match done {
        Ok(tasks) => Ok(go_to(&format!("{PLACE}?done={}", tasks.len())).finish()),
        Err(failure) => come_back(&caller, visit, failure, ticked).await,
    }
}

async fn come_back(caller: &Caller, mut visit: Visit, failure: Failure, ticked: Vec<String>) -> PageResult {
    let Error::Refused(why) = failure.error() else { return Err(failure) };
    let status = match why {
        Refusal::Parameters(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Refusal::SomeTasks(_) | Refusal::TaskStep { .. } => StatusCode::CONFLICT,
        Refusal::Denied(Denial::OwnSubmission) => StatusCode::CONFLICT,
        Refusal::Stale(_) => StatusCode::PRECONDITION_FAILED,
        _ => return Err(failure),
    };
    let said = Said { why: Some(why.clone()), ticked, ..Said::default() };
    visit.address = PLACE.to_owned();
    let view = caller
        .run(move |conn, member, settings| view(conn, &Scene { visit: &visit, member, settings }, &said));
    let view = view.await?;
    faulty(status, view.w, &view)
}
