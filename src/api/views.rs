//! Saved views: the filters of a list of tasks under a name.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::document::{Operation, Shape};
use super::sent::{Known, Made, Scene, Sent};
use super::tag::Shown;
use super::{ApiResult, Listed};
use crate::db::TenantConn;
use crate::domain::access::Acting;
use crate::domain::words::tidy;
use crate::error::{Denial, Error, ParameterFault, Refusal, Result};
use crate::http::{Caller, Visit};
use crate::tasks::{self, SavedView, ViewInput};

const PLACE: &str = "/api/v1/views";
const ONE: &str = "/api/v1/views/{id}";

/// What is told of these addresses.
pub(super) fn operations() -> Vec<Operation> {
    let shown = Shape::of::<ViewOut>;
    vec![
        Operation::get(PLACE, "list_views").gives(Shape::list::<ViewOut>()),
        Operation::create(PLACE, "save_view").takes(Shape::of::<ViewTyped>()).gives(shown()),
        Operation::show(ONE, "read_view").gives(shown()),
        Operation::change("DELETE", ONE, "remove_view"),
    ]
}

/// A view to be saved; `query` is that of `GET /api/v1/tasks`, without `as_of`, `limit` and `cursor`.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewView)]
struct ViewTyped {
    #[schema(max_length = 60)]
    name: String,
    #[schema(max_length = 2000, example = "standing=overdue&unit=CVT")]
    query: String,
    /// Whether everybody of the tenant sees it.
    #[serde(default)]
    shared: bool,
}

#[derive(Serialize, ToSchema)]
#[schema(as = View)]
struct ViewOut {
    id: Uuid,
    name: String,
    query: String,
    shared: bool,
    owner: String,
    is_own: bool,
    is_default: bool,
}

impl ViewOut {
    fn of(view: SavedView, acting: &Acting) -> Self {
        let SavedView { id, owner, owner_name, name, query, shared, is_default } = view;
        Self { id, name, query, shared, owner: owner_name, is_own: acting.person == Some(owner), is_default }
    }
}

/// How a view is shown. It is kept or removed here, never changed, so that it has one version.
fn show(conn: &mut TenantConn<'_>, scene: Scene<'_>, id: Uuid) -> Result<Option<Shown>> {
    let acting = scene.member.acting();
    match tasks::view_of(conn, &acting, id) {
        Ok(view) => Shown::of(1, &ViewOut::of(view, &acting)).map(Some),
        Err(Error::Refused(Refusal::Denied(Denial::NotFound))) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The faults of the filters stand in `query`.
fn in_query(error: Error) -> Error {
    let Error::Refused(Refusal::Parameters(faults)) = error else { return error };
    let named = |fault: ParameterFault| match fault.name.as_str() {
        "name" | "query" => fault,
        other => ParameterFault { name: format!("query.{other}"), ..fault },
    };
    Refusal::Parameters(faults.into_iter().map(named).collect()).into()
}

/// `GET /api/v1/views`: one's own views, then those shared, each by name.
pub async fn list(caller: Caller, visit: Visit) -> ApiResult {
    let items: Vec<ViewOut> = caller
        .run(move |conn, member, _| {
            visit.params().finish()?;
            let acting = member.acting();
            let found = tasks::views(conn, &acting)?;
            Ok(found.into_iter().map(|view| ViewOut::of(view, &acting)).collect())
        })
        .await?;
    Ok(HttpResponse::Ok().json(Listed { items, next: None }))
}

/// `POST /api/v1/views`: saves one.
pub async fn save(caller: Caller, sent: Sent) -> ApiResult {
    let made = sent.create(&caller, |conn, scene, typed: ViewTyped| {
        let typed = ViewInput { name: tidy(&typed.name), query: typed.query, shared: typed.shared };
        let saved = tasks::save_view(conn, &scene.member.acting(), &typed, scene.today).map_err(in_query)?;
        let shown = show(conn, scene, saved)?.ok_or(Denial::NotFound)?;
        Ok(Made { place: format!("{PLACE}/{saved}"), shown })
    });
    made.await
}

/// `GET /api/v1/views/{id}`: one of them.
pub async fn read(caller: Caller, visit: Visit, known: Known, id: web::Path<String>) -> ApiResult {
    known.show(&caller, visit, &id, show).await
}

/// `DELETE /api/v1/views/{id}`: removes one's own; the Office a shared one as well.
pub async fn remove(caller: Caller, sent: Sent, id: web::Path<String>) -> ApiResult {
    let removed = sent.remove(&caller, &id, show, |conn, scene, asked| {
        tasks::remove_view(conn, &scene.member.acting(), asked.id)
    });
    removed.await
}
