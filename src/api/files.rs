//! Files of tasks: the list, taking one, its bytes, taking one away.

use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::json;
use uuid::Uuid;

use super::document::{Operation, Shape};
use super::sent::{self, Scene, Sent};
use super::tag::Shown;
use super::{ApiResult, Listed};
use crate::auth::Member;
use crate::db::TenantConn;
use crate::error::{Denial, Error, Refusal, Result};
use crate::files::report::{FileOut, FileToldOut};
use crate::files::{self, NewFile, RemovalTyped, TaskFile};
use crate::http::{Answered, Caller, Problem, Upload, Visit, download};
use crate::idempotency::{self, Answer};
use crate::tasks;
use crate::text::problem::ProblemKind;

/// What is told of these addresses.
pub(super) fn operations() -> Vec<Operation> {
    const OF_TASK: &str = "/api/v1/tasks/{id}/files";
    const ONE: &str = "/api/v1/files/{id}";
    let form = Shape::any("object")
        .field("file", json!({ "type": "string", "contentMediaType": "application/octet-stream" }), true)
        .field("submission", json!({ "type": "string", "format": "uuid" }), false);
    vec![
        Operation::get(OF_TASK, "list_files").gives(Shape::list::<FileToldOut<'_>>()),
        Operation::create(OF_TASK, "attach_file").takes_form(form).gives(Shape::of::<FileOut<'_>>()),
        Operation::show(ONE, "read_file").gives_bytes(),
        Operation::change("DELETE", ONE, "remove_file").takes(Shape::of::<RemovalTyped>()),
    ]
}

fn id_of(text: &str) -> Result<Uuid> {
    Ok(Uuid::parse_str(text).map_err(|_| Denial::NotFound)?)
}

/// `GET /api/v1/tasks/{id}/files`: the files of a task, the oldest first, all of them.
pub async fn list(caller: Caller, visit: Visit, id: web::Path<String>) -> ApiResult {
    let told = caller
        .run(move |conn, member, _| {
            visit.params().finish()?;
            let (acting, id) = (member.acting(), id_of(&id)?);
            let task = tasks::seen_by(conn, &acting, id)?;
            files::of_task(conn, &acting, &task)
        })
        .await?;
    let items: Vec<FileToldOut<'_>> = told.iter().map(FileToldOut::from).collect();
    Ok(HttpResponse::Ok().json(Listed { items, next: None }))
}

/// How a file is shown, but for its bytes. It never changes, so that it has one version.
fn shown(file: &TaskFile) -> Result<Shown> {
    Shown::of(1, &FileOut::from(file))
}

fn show(conn: &mut TenantConn<'_>, scene: Scene<'_>, id: Uuid) -> Result<Option<Shown>> {
    match files::find(conn, &scene.member.acting(), id) {
        Ok(file) => shown(&file).map(Some),
        Err(Error::Refused(Refusal::Denied(Denial::NotFound))) => Ok(None),
        Err(error) => Err(error),
    }
}

/// `POST /api/v1/tasks/{id}/files`: takes `multipart/form-data` with `file` and, when it is evidence of the reported
/// completion that waits, its id as `submission`.
///
/// # Errors
/// 422 names each field that is wrong.
pub async fn attach(
    caller: Caller,
    id: web::Path<String>,
    req: HttpRequest,
    payload: web::Payload,
) -> Answered<HttpResponse> {
    // What is no id is that of no task, which only who is signed in hears.
    let task = id_of(&id).unwrap_or_default();
    let tenant = Upload::admit(&caller, task).await?;
    let key = sent::key_of(&req)?;
    let done = match Upload::receive(&caller, tenant, &req, payload).await? {
        Ok(new) => {
            let service = caller.service().clone();
            let once = move |conn: &mut TenantConn<'_>, member: &Member, new: &NewFile| {
                // What the form says, not how: its boundary is another one each time.
                let (task_said, evidence) =
                    (task.into_bytes(), new.submission.unwrap_or_default().into_bytes());
                let said = [&b"file"[..], &task_said, &evidence, new.name.as_bytes()];
                let asked = sent::asked_under(&key, member, said, &new.sha256);
                idempotency::once(conn, &service.seeds, &asked, |conn| {
                    let shown = shown(&files::attach(conn, &member.acting(), task, new)?)?;
                    let location = Some(format!("/api/v1/files/{}", new.id));
                    Ok(Answer { status: 201, location, etag: Some(shown.etag()), body: shown.json })
                })
            };
            Upload::put(&caller, tenant, new, once).await?
        }
        Err(faults) => Err(faults),
    };
    match done {
        Ok(once) => Ok(sent::answered(once)),
        Err(faults) => Err(Problem { faults, ..ProblemKind::Unprocessable.into() }.into()),
    }
}

/// `GET /api/v1/files/{id}`: its bytes.
pub async fn read(caller: Caller, visit: Visit, req: HttpRequest, id: web::Path<String>) -> ApiResult {
    download::serve(&caller, &visit, &req, &id).await
}

/// `DELETE /api/v1/files/{id}`: takes a file away, for the reason that the body gives.
pub async fn detach(caller: Caller, sent: Sent, id: web::Path<String>) -> ApiResult {
    let removed = sent.change(&caller, &id, show, |conn, scene, asked| {
        let acting = scene.member.acting();
        files::may_remove(conn, &acting, asked.id)?;
        let typed: RemovalTyped = asked.typed;
        files::remove(conn, &acting, asked.id, &typed.check().map_err(Refusal::Parameters)?).map(drop)
    });
    removed.await
}
