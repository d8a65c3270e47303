//! The units of the tenant.

use actix_web::HttpResponse;
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::document::{Operation, Shape};
use super::{ApiResult, Listed};
use crate::http::{Caller, Visit};
use crate::units::{self, Unit};

/// What is told of these addresses.
pub(super) fn operations() -> Vec<Operation> {
    vec![Operation::get("/api/v1/units", "list_units").gives(Shape::list::<UnitOut>())]
}

#[derive(Serialize, ToSchema)]
#[schema(as = Unit)]
struct UnitOut {
    id: Uuid,
    short_name: String,
    name: String,
    kind: Option<String>,
    valid_until: Option<NaiveDate>,
}

impl From<Unit> for UnitOut {
    fn from(unit: Unit) -> Self {
        let Unit { id, short_name, name, kind, valid_until, .. } = unit;
        Self { id, short_name, name, kind, valid_until }
    }
}

/// `GET /api/v1/units`: every unit, past ones too, in the tenant's order.
pub async fn list(caller: Caller, visit: Visit) -> ApiResult {
    let units = caller
        .run(move |conn, _, _| {
            visit.params().finish()?;
            units::all(conn)
        })
        .await?;
    let items: Vec<UnitOut> = units.into_iter().map(UnitOut::from).collect();
    Ok(HttpResponse::Ok().json(Listed { items, next: None }))
}
