//! The files of a task's page: reading, putting one there, taking one away.

use actix_web::{HttpRequest, HttpResponse, web};
use chrono::NaiveDate;
use uuid::Uuid;

use super::super::people::field;
use super::super::shell::around;
use super::super::{PageResult, go_to, parse, refused};
use crate::auth::Member;
use crate::db::TenantConn;
use crate::domain::access::{Act, allows_on};
use crate::error::{ParameterFault, ParameterProblem, Result};
use crate::files::{self, FileTold, NewFile, RemovalTyped};
use crate::http::{Body, Caller, Upload, Visit, download};
use crate::pages::{
    AttachForm, AttachPage, Choice, DetachPage, Field, FileLine, Link, RemovalForm, TaskFiles, Words,
};
use crate::params::Params;
use crate::tasks::{self, TaskDetail, TaskRow};
use crate::tenants::Settings;
use crate::text::date;

/// Where a file is.
fn place(id: Uuid) -> String {
    format!("/files/{id}")
}

/// Where the files of a task's page stand.
fn on_page(task: Uuid) -> String {
    format!("/tasks/{task}#h-files")
}

/// The part of the page: the files that were there on its day, today all of them.
pub(super) fn section(
    conn: &mut TenantConn<'_>,
    w: Words,
    member: &Member,
    settings: &Settings,
    task: &TaskDetail,
    today: NaiveDate,
) -> Result<TaskFiles> {
    let acting = member.acting();
    let relation = tasks::relation_to(conn, &acting, &task.row)?;
    let day = |told: &FileTold| told.file.added_at.with_timezone(&settings.zone).date_naive();
    let told = files::of_task(conn, &acting, &task.row)?;
    // A demo's today is long past, but its files are of now.
    let was_there = |told: &&FileTold| task.day == today || day(told) <= task.day;
    let rows = told.iter().filter(was_there).map(|told| line(w, told, date(day(told))));
    let rows = rows.collect();
    let form = if allows_on(acting.role, Act::AttachFiles, relation) {
        Some(attach_form(conn, w, &task.row, "", &[])?)
    } else {
        None
    };
    Ok(TaskFiles { rows, form })
}

fn line(w: Words, told: &FileTold, added_on: String) -> FileLine {
    let file = &told.file;
    FileLine {
        file: Link { text: file.name.clone(), href: place(file.id) },
        kind: w.file_kind(file.kind, file.bytes),
        purpose: match told.evidence_of {
            Some(day) => w.file_evidence_of(&date(day)),
            None => w.file_of_task().to_owned(),
        },
        by: told.by.clone(),
        added_on,
        removal: told.may_remove.then(|| removal_form(w, file.id, &[], "")),
    }
}

/// The form; a reported completion that waits is offered as what the file is evidence of.
fn attach_form(
    conn: &mut TenantConn<'_>,
    w: Words,
    task: &TaskRow,
    chosen: &str,
    faults: &[ParameterFault],
) -> Result<AttachForm> {
    let open = files::open_submission(conn, task.id)?;
    let choice = |open: files::Open| Choice {
        value: open.id.to_string(),
        text: w.file_evidence_of(&date(open.submitted_on)),
        selected: open.id.to_string() == chosen,
    };
    Ok(AttachForm {
        action: format!("/tasks/{}/files", task.id),
        file: match faults
            .iter()
            .any(|fault| fault.name == "file" && fault.problem == ParameterProblem::Missing)
        {
            true => Field::faulty("", w.file_not_chosen()),
            false => field(w, faults, "file", ""),
        },
        purposes: open.into_iter().map(choice).collect(),
        submission: field(w, faults, "submission", chosen),
    })
}

fn removal_form(w: Words, file: Uuid, faults: &[ParameterFault], typed: &str) -> RemovalForm {
    RemovalForm {
        action: format!("{}/remove", place(file)),
        field: format!("reason-{file}"),
        reason: field(w, faults, "reason", typed),
    }
}

/// Takes a file for a task; or the form comes back.
pub async fn attach(
    caller: Caller,
    visit: Visit,
    id: web::Path<String>,
    req: HttpRequest,
    payload: web::Payload,
) -> actix_web::Result<HttpResponse> {
    // What is no id is that of no task, which only who is signed in hears.
    let task = parse(&id).unwrap_or_default();
    let tenant = Upload::admit(&caller, task).await?;
    let done = match Upload::receive(&caller, tenant, &req, payload).await? {
        Ok(new) => {
            let put = move |conn: &mut TenantConn<'_>, member: &Member, new: &NewFile| {
                files::attach(conn, &member.acting(), task, new)
            };
            Upload::put(&caller, tenant, new, put).await?
        }
        Err(faults) => Err(faults),
    };
    let faults = match done {
        Ok(_) => return Ok(go_to(&on_page(task)).finish()),
        Err(faults) => faults,
    };
    let view = caller
        .run(move |conn, member, settings| {
            let w = Words(visit.lang_of(member.lang));
            let row = files::may_attach(conn, &member.acting(), task)?;
            Ok(AttachPage {
                w,
                shell: around(&visit, w, member, settings),
                back: Link { text: row.code.clone(), href: on_page(task) },
                title: row.title.clone(),
                form: attach_form(conn, w, &row, "", &faults)?,
            })
        })
        .await?;
    Ok(refused(view.w, &view)?)
}

/// Serves a file.
pub async fn read(caller: Caller, visit: Visit, req: HttpRequest, id: web::Path<String>) -> PageResult {
    download::serve(&caller, &visit, &req, &id).await
}

/// Takes a file away; or the form comes back.
pub async fn detach(caller: Caller, visit: Visit, id: web::Path<String>, body: Body) -> PageResult {
    let sent = body.text();
    let done = caller
        .run(move |conn, member, settings| {
            let (acting, id) = (member.acting(), parse(&id)?);
            let (task, file) = files::may_remove(conn, &acting, id)?;
            let mut params = Params::parse(&sent);
            let typed = RemovalTyped::take(&mut params);
            params.finish()?;
            let faults = match typed.check() {
                Ok(why) => {
                    files::remove(conn, &acting, id, &why)?;
                    return Ok(Ok(task.id));
                }
                Err(faults) => faults,
            };
            let w = Words(visit.lang_of(member.lang));
            Ok(Err(DetachPage {
                w,
                shell: around(&visit, w, member, settings),
                back: Link { text: task.code.clone(), href: on_page(task.id) },
                name: file.name,
                form: RemovalForm {
                    field: "reason".to_owned(),
                    ..removal_form(w, id, &faults, typed.reason())
                },
            }))
        })
        .await?;
    match done {
        Ok(task) => Ok(go_to(&on_page(task)).finish()),
        Err(view) => refused(view.w, &view),
    }
}
