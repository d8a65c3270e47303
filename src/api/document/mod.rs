//! The API's own description (OpenAPI 3.1), made from the code: which addresses there are and who may use them comes from
//! the table of routes, the shapes from the types that are read and written, the refusals from the manners of an
//! operation. Each module of the API tells of its own handlers by an [`Operation`] each.
//!
//! What must stay true: every route of the API is told of, and nothing else is; a test walks the table.

mod operation;
mod refusals;
mod shape;

use actix_web::http::header::CONTENT_LANGUAGE;
use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Map, Value, json};

use super::{
    ApiResult, briefings, bulk, calendar, campaigns, evaluation, extensions, files, late_reasons, opinions,
    recurrences, session, task_life, tasks, units, views, webhooks,
};
use crate::domain::access::{Role, may};
use crate::http::{Need, RouteTable, Routed, Visit, accepted_language};
use crate::public_url::PublicUrl;
use crate::text::{self, Lang};

pub use operation::{Operation, Parameter};
pub use shape::Shape;

/// The address of the document.
pub const PLACE: &str = "/api/v1/openapi.json";

/// The whole API is of this part of the addresses.
const PREFIX: &str = "/api/";

/// Every operation, in the order in which it is told.
pub fn operations() -> Vec<Operation> {
    let own = vec![Operation::get(PLACE, "read_document").gives(Shape::any("object"))];
    [session::operations(), units::operations(), tasks::operations(), briefings::operations()]
        .into_iter()
        .chain([
            task_life::operations(),
            bulk::operations(),
            late_reasons::operations(),
            views::operations(),
            files::operations(),
            webhooks::operations(),
            evaluation::operations(),
            campaigns::operations(),
            recurrences::operations(),
            calendar::operations(),
            extensions::operations(),
            opinions::operations(),
            own,
        ])
        .flatten()
        .collect()
}

/// The routes of the API.
pub fn routes(table: &[Routed]) -> impl Iterator<Item = &Routed> {
    table.iter().filter(|route| route.path.starts_with(PREFIX))
}

/// The document in a language. A route that nobody tells of is left out, which a test notices.
pub fn document(lang: Lang, table: &[Routed], public_url: &PublicUrl) -> Value {
    let operations = operations();
    let (mut paths, mut schemas) = (Map::new(), shape::own());
    for route in routes(table) {
        let is_this = |other: &&Operation| other.method == route.method && other.path == route.path;
        let Some(operation) = operations.iter().find(is_this) else { continue };
        schemas.extend(operation.schemas());
        let path = paths.entry(route.path).or_insert_with(|| json!({}));
        if let Some(methods) = path.as_object_mut() {
            methods.insert(route.method.to_lowercase(), operation.told(lang, route.need));
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Đôn đốc",
            "version": env!("CARGO_PKG_VERSION"),
            "description": text::api::about(lang),
        },
        "servers": [{ "url": public_url.link("") }],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "bearer": { "type": "http", "scheme": "bearer", "description": text::api::bearer(lang) },
            },
        },
    })
}

/// The roles that may use a route; `None`: whoever comes.
pub fn roles(need: Need) -> Option<Vec<Role>> {
    match need {
        Need::Open | Need::Sealed => None,
        Need::Member(act) => Some(Role::ALL.iter().copied().filter(|role| may(*role, act)).collect()),
    }
}

/// `GET /api/v1/openapi.json`: the document.
pub async fn read(req: HttpRequest, visit: Visit, table: web::Data<RouteTable>) -> ApiResult {
    visit.params().finish()?;
    let lang = accepted_language(&req);
    let document = document(lang, &table.0, &visit.service.public_url);
    Ok(HttpResponse::Ok().insert_header((CONTENT_LANGUAGE, lang.code())).json(document))
}
