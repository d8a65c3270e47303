//! The figures of a month.

use actix_web::{HttpResponse, web};

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::document::{Operation, Parameter, Shape};
use super::sent::{Made, Sent};
use super::tag::Shown;
use super::{ApiResult, Listed};
use crate::briefings::publish::{self, Published, Publishing, hexadecimal};
use crate::briefings::{self, BriefingOut, Days, Request};
use crate::domain::paper::DocumentKind;
use crate::domain::period::Month;
use crate::error::{Denial, ParameterFault, ParameterProblem, Refusal, Result};
use crate::http::{Caller, Paper, Visit, paper};
use crate::papers;
use crate::text::problem::ProblemKind;

/// What was published.
const PLACE: &str = "/api/v1/briefings";

/// One version.
const ONE: &str = "/api/v1/briefings/{month}/versions/{version}";

/// How a month is published.
#[derive(Deserialize, ToSchema)]
#[schema(as = BriefingPublishing)]
#[serde(deny_unknown_fields)]
pub struct PublishTyped {
    /// Why a published version is corrected; none for the first.
    reason: Option<String>,
    /// The version of the draft that was read.
    draft: Option<i32>,
}

/// A published version.
#[derive(Serialize, ToSchema)]
#[schema(as = PublishedBriefing)]
pub struct PublishedOut {
    month: String,
    version: u32,
    number: u32,
    year: i32,
    cutoff: NaiveDate,
    published_on: NaiveDate,
    published_at: DateTime<Utc>,
    reason: Option<String>,
    overdue_tasks: u64,
    /// The hash of its bytes.
    sha256: String,
}

impl From<&Published> for PublishedOut {
    fn from(one: &Published) -> Self {
        Self {
            month: one.month.to_string(),
            version: one.version,
            number: one.number,
            year: one.year,
            cutoff: one.cutoff,
            published_on: one.published_on,
            published_at: one.published_at,
            reason: one.reason.clone(),
            overdue_tasks: one.overdue,
            sha256: hexadecimal(&one.sha256),
        }
    }
}

/// What is told of these addresses.
pub(super) fn operations() -> Vec<Operation> {
    let read = Operation::get("/api/v1/briefings/{month}", "read_briefing");
    vec![
        Operation::get(PLACE, "list_briefings").gives(Shape::list::<PublishedOut>()),
        read.with(Parameter::day("cutoff")).gives(Shape::of::<BriefingOut>()),
        Operation::get(ONE, "read_published_briefing").gives_bytes(),
        Operation::get(
            "/api/v1/briefings/{month}/versions/{version}/documents/{kind}",
            "read_briefing_document",
        )
        .gives_bytes(),
        Operation::create("/api/v1/briefings/{month}/versions", "publish_briefing")
            .takes(Shape::of::<PublishTyped>())
            .gives(Shape::of::<PublishedOut>())
            .refuses(ProblemKind::Stale),
    ]
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
            let month = month_of(&month)?;
            let cutoff = cutoff.unwrap_or_else(|| days.usual_cutoff(month));
            let request = Request { month, cutoff };
            let briefing = briefings::briefing(&visit.service.shelf, conn, settings, request)?;
            Ok(BriefingOut::from(&*briefing))
        })
        .await?;
    Ok(HttpResponse::Ok().json(out))
}

fn month_of(text: &str) -> Result<Month> {
    Ok(Month::parse(text).ok_or_else(|| {
        let problem = ParameterProblem::NotAMonth;
        Refusal::Parameters(vec![ParameterFault { name: "month".to_owned(), problem }])
    })?)
}

/// `GET /api/v1/briefings`: what was published, the latest month first, all of it.
pub async fn list(caller: Caller, visit: Visit) -> ApiResult {
    let all = caller.run(move |conn, _, _| {
        visit.params().finish()?;
        publish::all(conn)
    });
    let items: Vec<PublishedOut> = all.await?.iter().map(PublishedOut::from).collect();
    Ok(HttpResponse::Ok().json(Listed { items, next: None }))
}

/// `GET /api/v1/briefings/{month}/versions/{version}`: the bytes that were published, canonical JSON.
pub async fn version(caller: Caller, visit: Visit, path: web::Path<(String, String)>) -> ApiResult {
    let bytes = caller
        .run(move |conn, _, _| {
            visit.params().finish()?;
            let version = path.1.parse().map_err(|_| Denial::NotFound)?;
            let one = publish::version(conn, month_of(&path.0)?, Some(version))?;
            publish::content(conn, one.id)
        })
        .await?;
    Ok(HttpResponse::Ok().content_type("application/json").body(bytes))
}

/// `GET /api/v1/briefings/{month}/versions/{version}/documents/{kind}`: a document as it is kept.
pub async fn document(caller: Caller, visit: Visit, path: web::Path<(String, String, String)>) -> ApiResult {
    let (file, bytes) = paper(&caller, move || {
        visit.params().finish()?;
        let version = path.1.parse().map_err(|_| Denial::NotFound)?;
        let kind = DocumentKind::from_code(&path.2).ok_or(Denial::NotFound)?;
        Ok(Paper { month: month_of(&path.0)?, version: Some(version), kind })
    })
    .await?;
    Ok(HttpResponse::Ok().content_type(file.kind.media_type()).body(bytes))
}

/// `POST /api/v1/briefings/{month}/versions`: publishes the month as its draft stands.
pub async fn publish(caller: Caller, sent: Sent, month: web::Path<String>) -> ApiResult {
    let made = sent.create(&caller, move |conn, scene, typed: PublishTyped| {
        let days = Days { kind: scene.settings.period_kind, today: scene.today };
        let reason = publish::reason(typed.reason.as_deref().unwrap_or_default())?;
        let asked = Publishing { month: month_of(&month)?, draft: typed.draft, reason };
        let actor = scene.member.actor();
        let done = publish::publish(conn, scene.settings, &actor, days, &asked, papers::rendered)?;
        let place = format!("{PLACE}/{}/versions/{}", done.month, done.version);
        Ok(Made { place, shown: Shown::of(1, &PublishedOut::from(&done))? })
    });
    made.await
}
