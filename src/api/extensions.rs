//! The extension desk: requests for later deadlines, and the decisions about them.

use actix_web::{HttpResponse, web};
use serde_json::json;
use uuid::Uuid;

use super::document::{Operation, Parameter, Shape};
use super::sent::{Known, Made, Scene, Sent};
use super::tag::Shown;
use super::{ApiResult, Listed};
use crate::db::TenantConn;
use crate::error::{Denial, Error, Refusal, Result};
use crate::extensions::report::{RequestListedOut, RequestOut};
use crate::extensions::{self, DecisionTyped, RequestTyped};
use crate::http::{Caller, Visit};

/// What is told of these addresses.
pub(super) fn operations() -> Vec<Operation> {
    const PLACE: &str = "/api/v1/extensions";
    let shown = Shape::of::<RequestOut<'_>>;
    let list = Operation::get(PLACE, "list_extensions")
        .with(Parameter::code("state", &["open", "decided", "late"]))
        .with(Parameter::query("unit", json!({ "type": "string", "format": "uuid" })))
        .with(Parameter::query("page", json!({ "type": "integer", "minimum": 1, "maximum": 1_000 })));
    vec![
        list.gives(Shape::list::<RequestListedOut<'_>>()),
        Operation::create(PLACE, "ask_extension").takes(Shape::of::<RequestTyped>()).gives(shown()),
        Operation::show("/api/v1/extensions/{id}", "read_extension").gives(shown()),
        Operation::change("POST", "/api/v1/extensions/{id}/decide", "decide_extension")
            .takes(Shape::of::<DecisionTyped>())
            .gives(shown()),
        Operation::change("POST", "/api/v1/extensions/{id}/withdraw", "withdraw_extension").gives(shown()),
    ]
}

/// How a request is shown to whoever sees it.
fn show(conn: &mut TenantConn<'_>, scene: Scene<'_>, id: Uuid) -> Result<Option<Shown>> {
    match extensions::request(conn, scene.member.visible(), id) {
        Ok(request) => Shown::of(request.version(), &RequestOut::from(&request)).map(Some),
        Err(Error::Refused(Refusal::Denied(Denial::NotFound))) => Ok(None),
        Err(error) => Err(error),
    }
}

/// `GET /api/v1/extensions`: requests, open ones first, then the latest first. `state` is `open`, `decided` or `late`,
/// `unit` a unit's id; `next` is the number of the next page, to be sent as `page`.
pub async fn list(caller: Caller, visit: Visit) -> ApiResult {
    let (found, page) = caller
        .run(move |conn, member, _| {
            let mut params = visit.params();
            let (filter, page) = extensions::filter(&mut params);
            params.finish()?;
            Ok((extensions::list(conn, member.visible(), &filter, page)?, page))
        })
        .await?;
    let items: Vec<RequestListedOut<'_>> = found.items.iter().map(RequestListedOut::from).collect();
    Ok(HttpResponse::Ok().json(Listed { items, next: found.has_more.then(|| (page + 1).to_string()) }))
}

/// `POST /api/v1/extensions`: asks for later deadlines of some tasks of the caller's unit.
pub async fn ask(caller: Caller, sent: Sent) -> ApiResult {
    let made = sent.create(&caller, |conn, scene, typed: RequestTyped| {
        let id = extensions::ask(conn, &scene.member.acting(), &typed, scene.today)?;
        let shown = show(conn, scene, id)?.ok_or(Denial::NotFound)?;
        Ok(Made { place: format!("/api/v1/extensions/{id}"), shown })
    });
    made.await
}

/// `GET /api/v1/extensions/{id}`: one request with its tasks and their decisions.
pub async fn read(caller: Caller, visit: Visit, known: Known, id: web::Path<String>) -> ApiResult {
    known.show(&caller, visit, &id, show).await
}

/// `POST /api/v1/extensions/{id}/decide`: decides some or all of its tasks.
pub async fn decide(caller: Caller, sent: Sent, id: web::Path<String>) -> ApiResult {
    let decided = sent.change(&caller, &id, show, |conn, scene, asked| {
        let typed: DecisionTyped = asked.typed;
        extensions::decide(conn, &scene.member.acting(), asked.id, &typed, scene.today)
    });
    decided.await
}

/// `POST /api/v1/extensions/{id}/withdraw`: takes back what is open.
pub async fn withdraw(caller: Caller, sent: Sent, id: web::Path<String>) -> ApiResult {
    let withdrawn = sent.remove(&caller, &id, show, |conn, scene, asked| {
        extensions::withdraw(conn, &scene.member.acting(), asked.id, scene.today)
    });
    withdrawn.await
}
