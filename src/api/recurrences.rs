//! Work that comes again.

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::document::{Operation, Shape};
use super::sent::{Known, Made, Scene, Sent};
use super::tag::Shown;
use super::{ApiResult, Listed};
use crate::db::TenantConn;
use crate::error::{Error, Refusal, Result};
use crate::http::{Caller, Visit};
use crate::recurrences::report::RecurrenceOut;
use crate::recurrences::{self, RecurrenceTyped};
use crate::tasks::holders;
use crate::units;

const PLACE: &str = "/api/v1/recurrences";
const ONE: &str = "/api/v1/recurrences/{id}";

/// What the API says of work that comes again.
pub(super) fn operations() -> Vec<Operation> {
    let (typed, shown) = (Shape::of::<RecurrenceTyped>, Shape::of::<RecurrenceOut<'static>>);
    vec![
        Operation::get(PLACE, "list_recurrences").gives(Shape::list::<RecurrenceOut<'static>>()),
        Operation::create(PLACE, "add_recurrence").takes(typed()).gives(shown()),
        Operation::show(ONE, "read_recurrence").gives(shown()),
        Operation::change("PUT", ONE, "change_recurrence").takes(typed()).gives(shown()),
        Operation::change("POST", "/api/v1/recurrences/{id}/pause", "pause_recurrence").gives(shown()),
        Operation::change("POST", "/api/v1/recurrences/{id}/resume", "resume_recurrence").gives(shown()),
        Operation::change("POST", "/api/v1/recurrences/{id}/skip", "skip_turn")
            .takes(Shape::of::<SkipTyped>())
            .gives(shown()),
    ]
}

/// A turn to come that is left out, by the code it has in `next`, and why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TurnLeftOut)]
struct SkipTyped {
    #[schema(example = "2026-12")]
    turn: String,
    reason: String,
}

/// How one is shown: with the turns that come next.
fn show(conn: &mut TenantConn<'_>, scene: Scene<'_>, id: Uuid) -> Result<Option<Shown>> {
    let all = units::all(conn)?;
    let found = recurrences::list(conn, scene.settings)?;
    let found = found.iter().find(|(of, _)| of.id == id);
    found.map(|(of, coming)| Shown::of(of.version, &RecurrenceOut::of(of, coming, &all))).transpose()
}

/// `GET /api/v1/recurrences`: everything that comes again, by title.
pub async fn list(caller: Caller, visit: Visit) -> ApiResult {
    let (found, all) = caller
        .run(move |conn, _, settings| {
            visit.params().finish()?;
            Ok((recurrences::list(conn, settings)?, units::all(conn)?))
        })
        .await?;
    let items: Vec<_> = found.iter().map(|(of, coming)| RecurrenceOut::of(of, coming, &all)).collect();
    Ok(HttpResponse::Ok().json(Listed { items, next: None }))
}

/// `POST /api/v1/recurrences`: adds one; the fields are those of [`RecurrenceTyped`].
pub async fn add(caller: Caller, sent: Sent) -> ApiResult {
    let made = sent.create(&caller, |conn, scene, typed: RecurrenceTyped| {
        let checked = typed
            .check(&units::all(conn)?, &holders(conn, None, scene.today)?, scene.today)
            .map_err(Refusal::Parameters)?;
        let id = recurrences::add(conn, scene.member, scene.settings, checked, scene.today)?;
        let gone = || Error::Internal("what was just made is not there".to_owned());
        let shown = show(conn, scene, id)?.ok_or_else(gone)?;
        Ok(Made { place: format!("{PLACE}/{id}"), shown })
    });
    made.await
}

/// `GET /api/v1/recurrences/{id}`: one of them.
pub async fn read(caller: Caller, visit: Visit, known: Known, id: web::Path<String>) -> ApiResult {
    known.show(&caller, visit, &id, show).await
}

/// `PUT /api/v1/recurrences/{id}`: changes it as a whole, for the turns to come.
pub async fn change(caller: Caller, sent: Sent, id: web::Path<String>) -> ApiResult {
    let changed = sent.change(&caller, &id, show, |conn, scene, asked| {
        let typed: RecurrenceTyped = asked.typed;
        let checked = typed
            .check(&units::all(conn)?, &holders(conn, None, scene.today)?, scene.today)
            .map_err(Refusal::Parameters)?;
        let (settings, of) = (scene.settings, (asked.id, asked.version));
        recurrences::change(conn, scene.member, settings, of, checked, scene.today)
    });
    changed.await
}

/// `POST /api/v1/recurrences/{id}/pause`: from today on nothing comes.
pub async fn pause(caller: Caller, sent: Sent, id: web::Path<String>) -> ApiResult {
    let paused = sent.remove(&caller, &id, show, |conn, scene, asked| {
        recurrences::pause(conn, scene.member, (asked.id, asked.version), scene.today)
    });
    paused.await
}

/// `POST /api/v1/recurrences/{id}/resume`: it comes again from today on.
pub async fn resume(caller: Caller, sent: Sent, id: web::Path<String>) -> ApiResult {
    let resumed = sent.remove(&caller, &id, show, |conn, scene, asked| {
        let of = (asked.id, asked.version);
        recurrences::resume(conn, scene.member, scene.settings, of, scene.today)
    });
    resumed.await
}

/// `POST /api/v1/recurrences/{id}/skip`: leaves out one of the turns to come.
pub async fn skip(caller: Caller, sent: Sent, id: web::Path<String>) -> ApiResult {
    let skipped = sent.change(&caller, &id, show, |conn, scene, asked| {
        let typed: SkipTyped = asked.typed;
        let turn = (typed.turn.as_str(), typed.reason.as_str());
        recurrences::skip(conn, scene.member, scene.settings, asked.id, turn, scene.today)
    });
    skipped.await
}
