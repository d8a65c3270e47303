//! The evaluation of units.

use actix_web::{HttpRequest, HttpResponse};
use serde_json::json;

use super::ApiResult;
use super::document::{Operation, Parameter, Shape};
use crate::domain::evaluation::{Formula, Scope};
use crate::evaluations::report::{self, EvaluationOut};
use crate::evaluations::{self, Typed};
use crate::http::{Caller, Visit, accepted_language};

/// The address.
const PLACE: &str = "/api/v1/evaluation";

/// What is told of it.
pub(super) fn operations() -> Vec<Operation> {
    let period = json!({ "type": "string", "pattern": "^20[0-9]{2}(-Q[1-4])?$", "examples": ["2024-Q4"] });
    let formulas: Vec<&str> = Formula::ALL.iter().map(|one| one.code()).collect();
    let scopes: Vec<&str> = Scope::ALL.iter().map(|one| one.code()).collect();
    let read = Operation::get(PLACE, "read_evaluation")
        .with(Parameter::query("period", period))
        .with(Parameter::day("cutoff"))
        .with(Parameter::code("formula", &formulas))
        .with(Parameter::code("tasks", &scopes));
    vec![read.gives(Shape::of::<EvaluationOut>())]
}

/// `GET /api/v1/evaluation?period=&cutoff=&formula=&tasks=`: the units of a quarter or a year with their figures, scores
/// and ranks, the best first; sentences in the language of `Accept-Language`.
pub async fn read(req: HttpRequest, caller: Caller, visit: Visit) -> ApiResult {
    let lang = accepted_language(&req);
    let out = caller
        .run(move |conn, _, settings| {
            let mut params = visit.params();
            let typed = Typed::take(&mut params);
            params.finish()?;
            let today = settings.today(&visit.service.app.clock);
            let asked = typed.strictly(settings.period_kind, today)?;
            Ok(report::json(lang, &evaluations::evaluate(conn, &asked)?))
        })
        .await?;
    Ok(HttpResponse::Ok().json(out))
}
