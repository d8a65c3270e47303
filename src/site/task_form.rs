//! Giving a task, and changing what one says.

mod fields;

use actix_web::http::StatusCode;
use actix_web::web;
use uuid::Uuid;

use self::fields::{Form, differences};
use super::shell::around;
use super::task::Scene;
use super::task::steps::version;
use super::{PageResult, faulty, go_to, links, page, parse};
use crate::db::TenantConn;
use crate::domain::life::Step;
use crate::error::{Denial, Error, ParameterFault, Refusal, Result};
use crate::http::{Body, Caller, Failure, Visit};
use crate::pages::{Link, TaskFormPage, WarningLine, Words};
use crate::params::Params;
use crate::tasks::acts::{By, Target};
use crate::tasks::entering::{self, Entered, Naming, Similar, TaskTyped, Warning};
use crate::tasks::{self, TaskRow};
use crate::text::date;
use crate::text::refusal::refusal;

/// Where a task is given.
pub const NEW: &str = "/tasks/new";

/// What a form that comes back has to say.
#[derive(Default)]
struct Said {
    typed: TaskTyped,
    faults: Vec<ParameterFault>,
    warnings: Vec<Warning>,
    error: Option<Refusal>,
}

/// The blank form.
pub async fn new(caller: Caller, visit: Visit) -> PageResult {
    let view = caller
        .run(move |conn, member, settings| {
            visit.params().finish()?;
            let today = settings.today(&visit.service.app.clock);
            let text = |text: &str| Some(text.to_owned());
            let typed =
                TaskTyped { category: text("key"), assigned_on: Some(date(today)), ..TaskTyped::default() };
            view(conn, &Scene { visit: &visit, member, settings }, None, Said { typed, ..Said::default() })
        })
        .await?;
    page(view.w, &view)
}

/// Gives the task; or the form comes back with what is wrong or looks so.
pub async fn add(caller: Caller, mut visit: Visit, body: Body) -> PageResult {
    let mut params = Params::parse(&body.text());
    let typed = TaskTyped::take(&mut params, true);
    let read = params.finish();
    let (service, sent) = (visit.service.clone(), typed.clone());
    let done = caller
        .run(move |conn, member, settings| {
            read?;
            let acting = member.acting();
            let by = By { acting: &acting, today: settings.today(&service.app.clock) };
            entering::create(conn, &by, settings.roll_rule, &sent, true)
        })
        .await;
    visit.address = NEW.to_owned();
    answer(&caller, visit, None, done, typed).await
}

/// The form of a task as it is.
pub async fn edit(caller: Caller, visit: Visit, id: web::Path<String>) -> PageResult {
    let view = caller
        .run(move |conn, member, settings| {
            visit.params().finish()?;
            let task = task(conn, parse(&id)?)?;
            let units = crate::units::all(conn)?;
            let typed = entering::present(conn, &units, &task)?;
            view(
                conn,
                &Scene { visit: &visit, member, settings },
                Some(task),
                Said { typed, ..Said::default() },
            )
        })
        .await?;
    page(view.w, &view)
}

/// Changes the task; or the form comes back, with both texts when somebody else was faster.
pub async fn change(caller: Caller, mut visit: Visit, id: web::Path<String>, body: Body) -> PageResult {
    let mut params = Params::parse(&body.text());
    let (version, typed) = (version(&mut params), TaskTyped::take(&mut params, false));
    let read = params.finish();
    let path = id.into_inner();
    let (service, sent, named) = (visit.service.clone(), typed.clone(), path.clone());
    let done = caller
        .run(move |conn, member, settings| {
            let target = Target { id: parse(&named)?, version };
            read?;
            let acting = member.acting();
            let by = By { acting: &acting, today: settings.today(&service.app.clock) };
            entering::edit(conn, &by, settings.roll_rule, target, sent, true)
        })
        .await;
    let id = match parse(&path) {
        Ok(id) => id,
        Err(_) => return answer(&caller, visit, None, done, typed).await,
    };
    visit.address = format!("{}/edit", links::task(id, None));
    answer(&caller, visit, Some(id), done, typed).await
}

/// Leads to the task, or brings the form back.
async fn answer(
    caller: &Caller,
    visit: Visit,
    id: Option<Uuid>,
    done: std::result::Result<Entered, Failure>,
    typed: TaskTyped,
) -> PageResult {
    let (status, said) = match done {
        Ok(Entered::Done(task, _)) => {
            let place = links::task(task.id, None);
            return Ok(go_to(&format!("{place}?done={}", Step::Edit.code())).finish());
        }
        Ok(Entered::Asked(warnings)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, Said { typed, warnings, ..Said::default() })
        }
        Err(failure) => match failure.error() {
            Error::Refused(Refusal::Parameters(faults)) => {
                let faults = faults.clone();
                (StatusCode::UNPROCESSABLE_ENTITY, Said { typed, faults, ..Said::default() })
            }
            Error::Refused(why @ Refusal::Stale(_)) => {
                let error = Some(why.clone());
                (StatusCode::PRECONDITION_FAILED, Said { typed, error, ..Said::default() })
            }
            _ => return Err(failure),
        },
    };
    let view = caller
        .run(move |conn, member, settings| {
            let task = id.map(|id| task(conn, id)).transpose()?;
            view(conn, &Scene { visit: &visit, member, settings }, task, said)
        })
        .await?;
    faulty(status, view.w, &view)
}

/// A task that was not deleted. Who gives tasks sees them all.
fn task(conn: &mut TenantConn<'_>, id: Uuid) -> Result<TaskRow> {
    let found = tasks::by_ids(conn, &[id])?.into_iter().find(|task| task.deleted_at.is_none());
    Ok(found.ok_or(Denial::NotFound)?)
}

/// The form of a new task, or of one as it is now.
fn view(
    conn: &mut TenantConn<'_>,
    scene: &Scene<'_>,
    task: Option<TaskRow>,
    said: Said,
) -> Result<TaskFormPage> {
    let Scene { visit, member, settings } = *scene;
    let w = Words(visit.lang_of(member.lang));
    let acting = member.acting();
    let by = By { acting: &acting, today: settings.today(&visit.service.app.clock) };
    let naming = Naming::load(conn, &by, settings.roll_rule)?;
    let form = Form { w, naming: &naming, typed: &said.typed, faults: &said.faults, is_new: task.is_none() };
    let is_stale = matches!(said.error, Some(Refusal::Stale(_)));
    let differences = match &task {
        Some(task) if is_stale => {
            let now = entering::present(conn, &naming.units, task)?;
            let now = Form { typed: &now, ..form };
            differences(&now.groups(), &form.groups())
        }
        _ => Vec::new(),
    };
    let title = if task.is_none() { w.task_new() } else { w.task_edit() };
    let back = match &task {
        Some(task) => Link { text: task.code.clone(), href: links::task(task.id, None) },
        None => Link { text: w.nav_tasks().to_owned(), href: links::TASKS.to_owned() },
    };
    Ok(TaskFormPage {
        w,
        shell: around(visit, w, member, settings),
        action: task.as_ref().map_or_else(|| NEW.to_owned(), |_| format!("{}/edit", back.href)),
        back,
        title: title.to_owned(),
        send: if task.is_none() { w.task_new() } else { w.task_save() }.to_owned(),
        version: task.map(|task| task.version.to_string()),
        groups: form.groups(),
        warnings: said.warnings.iter().map(|warning| line(w, warning)).collect(),
        differences,
        error: said.error.map(|why| if is_stale { w.edit_stale().to_owned() } else { refusal(w.0, &why) }),
    })
}

/// A warning, with the tasks that it is about.
fn line(w: Words, warning: &Warning) -> WarningLine {
    let link = |similar: &Similar| Link {
        text: format!("{} · {}", similar.code, similar.title),
        href: links::task(similar.id, None),
    };
    let tasks = match warning {
        Warning::Duplicates(similar) => similar.iter().map(link).collect(),
        _ => Vec::new(),
    };
    WarningLine { code: warning.code(), text: w.warning(warning), tasks }
}
