//! Work that comes again.

use actix_web::{HttpResponse, web};
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
    ]
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
        let checked = typed.check(&units::all(conn)?, scene.today).map_err(Refusal::Parameters)?;
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
        let checked = typed.check(&units::all(conn)?, scene.today).map_err(Refusal::Parameters)?;
        let (settings, of) = (scene.settings, (asked.id, asked.version));
        recurrences::change(conn, scene.member, settings, of, checked, scene.today)
    });
    changed.await
}
