//! Files of tasks: the list, taking one, its bytes, taking one away.

use actix_web::http::header::LOCATION;
use actix_web::{HttpRequest, HttpResponse, web};
use uuid::Uuid;

use super::{ApiResult, Listed};
use crate::error::{Denial, Refusal, Result};
use crate::files::report::{FileOut, FileToldOut};
use crate::files::{self, Removal};
use crate::http::{Caller, Failure, Problem, Upload, Visit, download};
use crate::tasks;
use crate::text::problem::ProblemKind;

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
) -> actix_web::Result<HttpResponse> {
    let task = id_of(&id).map_err(Failure::from)?;
    match Upload::attach(&caller, task, &req, payload).await? {
        Ok(file) => Ok(HttpResponse::Created()
            .insert_header((LOCATION, format!("/api/v1/files/{}", file.id)))
            .json(FileOut::from(&file))),
        Err(faults) => Err(Problem { faults, ..ProblemKind::Unprocessable.into() }.into()),
    }
}

/// `GET /api/v1/files/{id}`: its bytes.
pub async fn read(caller: Caller, visit: Visit, req: HttpRequest, id: web::Path<String>) -> ApiResult {
    download::serve(&caller, &visit, &req, &id).await
}

/// `DELETE /api/v1/files/{id}?reason=`: takes a file away.
pub async fn detach(caller: Caller, visit: Visit, id: web::Path<String>) -> ApiResult {
    caller
        .run(move |conn, member, _| {
            let (acting, id) = (member.acting(), id_of(&id)?);
            files::may_remove(conn, &acting, id)?;
            let mut params = visit.params();
            let why = Removal::take(&mut params);
            let faults = params.faults();
            match (why, faults.as_slice()) {
                (Some(why), []) => files::remove(conn, &acting, id, &why).map(drop),
                _ => Err(Refusal::Parameters(faults).into()),
            }
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
