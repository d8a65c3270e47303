//! Why a task is late, as its unit says.

use actix_web::web;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::ApiResult;
use super::document::{Operation, Shape};
use super::sent::{Known, Scene, Sent};
use super::tag::Shown;
use crate::db::TenantConn;
use crate::domain::task::LateReasonKind;
use crate::error::{Denial, Error, Refusal, Result};
use crate::http::{Caller, Visit};
use crate::tasks::acts::Target;
use crate::tasks::{self, LatenessTyped};
use crate::text::problem::ProblemKind;

/// The reason of a task.
const PLACE: &str = "/api/v1/tasks/{id}/late-reason";

/// What is told of these addresses.
pub(super) fn operations() -> Vec<Operation> {
    let shown = Shape::of::<LatenessOut>;
    let change = Operation::change("PUT", PLACE, "explain_lateness").takes(Shape::of::<LatenessTyped>());
    vec![
        Operation::show(PLACE, "read_late_reason").gives(shown()),
        change.refuses(ProblemKind::Refused).gives(shown()),
    ]
}

/// Why a task is late: the reason chosen from the tenant's list, and what was said beside it. The version is the task's.
#[derive(Serialize, ToSchema)]
#[schema(as = LateReasonGiven)]
struct LatenessOut {
    kind: Option<&'static str>,
    category: Option<String>,
    words: Option<String>,
    version: i32,
}

fn show(conn: &mut TenantConn<'_>, scene: Scene<'_>, id: Uuid) -> Result<Option<Shown>> {
    let task = match tasks::seen_by(conn, &scene.member.acting(), id) {
        Ok(task) => task,
        Err(Error::Refused(Refusal::Denied(Denial::NotFound))) => return Ok(None),
        Err(error) => return Err(error),
    };
    let said = tasks::lateness(conn, id)?;
    let kind = said.kind.map(LateReasonKind::code);
    let out = LatenessOut { kind, category: said.category, words: said.words, version: task.version };
    Shown::of(task.version, &out).map(Some)
}

/// `GET /api/v1/tasks/{id}/late-reason`: why it is late, as far as that was said.
pub async fn read(caller: Caller, visit: Visit, known: Known, id: web::Path<String>) -> ApiResult {
    known.show(&caller, visit, &id, show).await
}

/// `PUT /api/v1/tasks/{id}/late-reason`: says why, with a reason of the tenant's list.
pub async fn explain(caller: Caller, sent: Sent, id: web::Path<String>) -> ApiResult {
    let said = sent.change(&caller, &id, show, |conn, scene, asked| {
        let (typed, target): (LatenessTyped, _) =
            (asked.typed, Target { id: asked.id, version: Some(asked.version) });
        tasks::explain_lateness(conn, &scene.member.acting(), target, &typed, scene.today)
    });
    said.await
}
