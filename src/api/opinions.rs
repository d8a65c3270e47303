//! Directing opinions and requests for explanation: given to a task, answered, closed, asked again.

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::document::{Operation, Shape};
use super::sent::{Made, Scene, Sent};
use super::tag::Shown;
use super::{ApiResult, Listed};
use crate::db::TenantConn;
use crate::error::{Denial, Error, Refusal, Result};
use crate::http::{Caller, Visit};
use crate::opinions::report::OpinionOut;
use crate::opinions::{self, AnswerTyped, OpinionTyped};
use crate::tasks;

/// What is told of these addresses.
pub(super) fn operations() -> Vec<Operation> {
    const OF_TASK: &str = "/api/v1/tasks/{id}/opinions";
    let (typed, shown) = (Shape::of::<OpinionTyped>, Shape::of::<OpinionOut<'_>>);
    let change = |path, id| Operation::change("POST", path, id).gives(shown());
    vec![
        Operation::get(OF_TASK, "list_opinions").gives(Shape::list::<OpinionOut<'_>>()),
        Operation::create(OF_TASK, "give_opinion").takes(typed()).gives(shown()),
        Operation::show("/api/v1/opinions/{id}", "read_opinion").gives(shown()),
        change("/api/v1/opinions/{id}/answer", "answer_opinion").takes(Shape::of::<AnswerTyped>()),
        change("/api/v1/opinions/{id}/close", "close_opinion"),
        change("/api/v1/opinions/{id}/again", "ask_opinion_again").takes(typed()),
    ]
}

fn id_of(text: &str) -> Result<Uuid> {
    Ok(Uuid::parse_str(text).map_err(|_| Denial::NotFound)?)
}

/// How an opinion is shown to whoever sees its task.
fn show(conn: &mut TenantConn<'_>, scene: Scene<'_>, id: Uuid) -> Result<Option<Shown>> {
    let found = opinions::one(conn, id)
        .and_then(|opinion| tasks::seen_by(conn, &scene.member.acting(), opinion.task_id).map(|_| opinion));
    match found {
        Ok(opinion) => Shown::of(opinion.version(), &OpinionOut::on(&opinion, scene.today)).map(Some),
        Err(Error::Refused(Refusal::Denied(Denial::NotFound))) => Ok(None),
        Err(error) => Err(error),
    }
}

/// `GET /api/v1/tasks/{id}/opinions`: what was said about a task, the latest first, all of it.
pub async fn list(caller: Caller, visit: Visit, id: web::Path<String>) -> ApiResult {
    let (found, today) = caller
        .run(move |conn, member, settings| {
            visit.params().finish()?;
            let task = tasks::seen_by(conn, &member.acting(), id_of(&id)?)?;
            Ok((opinions::of_task(conn, task.id)?, settings.today(&visit.service.app.clock)))
        })
        .await?;
    let items: Vec<OpinionOut<'_>> = found.iter().map(|opinion| OpinionOut::on(opinion, today)).collect();
    Ok(HttpResponse::Ok().json(Listed { items, next: None }))
}

/// `POST /api/v1/tasks/{id}/opinions`: gives an opinion, or asks for an explanation.
pub async fn give(caller: Caller, sent: Sent, id: web::Path<String>) -> ApiResult {
    // Whether there is such a task is answered before anything that the request says.
    let task = caller
        .run(move |conn, member, _| Ok(tasks::seen_by(conn, &member.acting(), id_of(&id)?)?.id))
        .await?;
    let made = sent.create(&caller, move |conn, scene, typed: OpinionTyped| {
        let given = opinions::give(conn, &scene.member.acting(), task, &typed, scene.today)?;
        let shown = show(conn, scene, given)?.ok_or(Denial::NotFound)?;
        Ok(Made { place: format!("/api/v1/opinions/{given}"), shown })
    });
    made.await
}

/// `GET /api/v1/opinions/{id}`: one of them.
pub async fn read(
    caller: Caller,
    visit: Visit,
    known: super::sent::Known,
    id: web::Path<String>,
) -> ApiResult {
    known.show(&caller, visit, &id, show).await
}

/// `POST /api/v1/opinions/{id}/answer`: answers for the unit that leads the task.
pub async fn answer(caller: Caller, sent: Sent, id: web::Path<String>) -> ApiResult {
    let answered = sent.change(&caller, &id, show, |conn, scene, asked| {
        let typed: AnswerTyped = asked.typed;
        opinions::answer(conn, &scene.member.acting(), asked.id, &typed, scene.today).map(drop)
    });
    answered.await
}

/// `POST /api/v1/opinions/{id}/close`: nothing more is to be done about it.
pub async fn close(caller: Caller, sent: Sent, id: web::Path<String>) -> ApiResult {
    let closed = sent.remove(&caller, &id, show, |conn, scene, asked| {
        opinions::close(conn, &scene.member.acting(), asked.id, scene.today).map(drop)
    });
    closed.await
}

/// `POST /api/v1/opinions/{id}/again`: closes it and asks on with other words and another day.
pub async fn again(caller: Caller, sent: Sent, id: web::Path<String>) -> ApiResult {
    let asked = sent.change(&caller, &id, show, |conn, scene, asked| {
        let typed: OpinionTyped = asked.typed;
        opinions::ask_again(conn, &scene.member.acting(), asked.id, &typed, scene.today).map(drop)
    });
    asked.await
}
