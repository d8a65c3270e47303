//! The figures of a month.

use actix_web::{HttpResponse, web};

use super::ApiResult;
use super::document::{Operation, Parameter, Shape};
use crate::briefings::{self, BriefingOut, Days, Request};
use crate::domain::period::Month;
use crate::error::{ParameterFault, ParameterProblem, Refusal};
use crate::http::{Caller, Visit};

/// What is told of these addresses.
pub(super) fn operations() -> Vec<Operation> {
    let read = Operation::get("/api/v1/briefings/{month}", "read_briefing");
    vec![read.with(Parameter::day("cutoff")).gives(Shape::of::<BriefingOut>())]
}

/// `GET /api/v1/briefings/{month}?cutoff=`: the figures and the overdue tasks behind them; without a cut-off they
/// stand on the month's last day, or on today when that comes first. A later day may be asked for: what would be then if
/// nothing changed.
pub async fn read(caller: Caller, visit: Visit, month: web::Path<String>) -> ApiResult {
    let out = caller
        .run(move |conn, _, settings| {
            let mut params = visit.params();
            let cutoff = params.date("cutoff");
            params.finish()?;
            let days = Days { kind: settings.period_kind, today: settings.today(&visit.service.app.clock) };
            let month = Month::parse(&month).ok_or_else(|| {
                let problem = ParameterProblem::NotAMonth;
                Refusal::Parameters(vec![ParameterFault { name: "month".to_owned(), problem }])
            })?;
            let cutoff = cutoff.unwrap_or_else(|| days.usual_cutoff(month));
            let request = Request { month, cutoff };
            let briefing = briefings::briefing(&visit.service.shelf, conn, settings, request)?;
            Ok(BriefingOut::from(&*briefing))
        })
        .await?;
    Ok(HttpResponse::Ok().json(out))
}
