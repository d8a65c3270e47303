//! The calendar of a year: read, and put as a whole after a dry run that says what it would do.

use std::collections::{BTreeSet, HashMap};

use actix_web::{HttpResponse, web};
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::ApiResult;
use super::document::{Operation, Shape};
use super::sent::Sent;
use crate::calendar::{self, CalendarDay};
use crate::db::TenantConn;
use crate::domain::deadline::YEARS;
use crate::error::{Denial, Refusal, Result};
use crate::http::{Caller, Visit};
use crate::organisation::days::{self, DayChanged, DayChanges, DayTyped, DryRun};
use crate::text::problem::ProblemKind;
use crate::units;

const YEAR: &str = "/api/v1/calendar/{year}";

/// What is told of these addresses.
pub(super) fn operations() -> Vec<Operation> {
    let preview = Operation::plain("POST", "/api/v1/calendar/{year}/preview", "preview_calendar");
    let put = Operation::plain("PUT", YEAR, "put_calendar").refuses(ProblemKind::Stale);
    vec![
        Operation::get(YEAR, "read_calendar").gives(Shape::of::<YearOut>()),
        preview.takes(Shape::of::<YearTyped>()).gives(Shape::of::<DryRunOut>()),
        put.takes(Shape::of::<YearPut>()).gives(Shape::of::<YearOut>()),
    ]
}

/// The special days of a year, all of them: those that are not named would be forgotten.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewCalendarYear)]
struct YearTyped {
    #[schema(max_items = 366)]
    days: Vec<DayIn>,
}

/// The same days as in a dry run, with its `hash`: what is done is what was shown.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PreviewedCalendarYear)]
struct YearPut {
    #[schema(max_items = 366)]
    days: Vec<DayIn>,
    hash: String,
}

/// A day off, or a make-up working day: `kind` is `off` or `work`.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewCalendarDay)]
struct DayIn {
    day: String,
    kind: String,
    name: String,
    source: Option<String>,
    #[serde(default)]
    provisional: bool,
}

impl From<DayIn> for DayTyped {
    fn from(day: DayIn) -> Self {
        let DayIn { day, kind, name, source, provisional } = day;
        let provisional = if provisional { "x" } else { "" }.to_owned();
        Self { day, kind, name, source: source.unwrap_or_default(), provisional }
    }
}

#[derive(Serialize, ToSchema)]
#[schema(as = CalendarYear)]
struct YearOut {
    year: i32,
    days: Vec<DayOut>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = CalendarDay)]
struct DayOut {
    day: NaiveDate,
    kind: &'static str,
    name: String,
    source: Option<String>,
    provisional: bool,
}

impl From<&CalendarDay> for DayOut {
    fn from(kept: &CalendarDay) -> Self {
        let CalendarDay { day, kind, name, source, provisional } = kept.clone();
        Self { day, kind: kind.code(), name, source, provisional }
    }
}

/// What a change would do: days of which something else would be said, deadlines that would end on another day, and
/// deadlines that would be due soon from another day on.
#[derive(Serialize, ToSchema)]
#[schema(as = CalendarDryRun)]
struct DryRunOut {
    hash: String,
    days: Vec<ChangedOut>,
    deadlines: Vec<MovedOut>,
    due_soon: Vec<MarkOut>,
    /// The first hundred of the tasks.
    tasks: Vec<TouchedOut>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = CalendarDayChanged)]
struct ChangedOut {
    day: NaiveDate,
    before: Option<DayOut>,
    after: Option<DayOut>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = DeadlinesMoved)]
struct MovedOut {
    from: NaiveDate,
    to: NaiveDate,
    tasks: u64,
    units: Vec<String>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = DueSoonMoved)]
struct MarkOut {
    due_on: NaiveDate,
    from: NaiveDate,
    to: NaiveDate,
    tasks: u64,
    units: Vec<String>,
}

/// A task with its deadline, and the one that it would have; null when only its due-soon mark moves.
#[derive(Serialize, ToSchema)]
#[schema(as = TaskTouched)]
struct TouchedOut {
    id: Uuid,
    code: String,
    unit: String,
    due_on: NaiveDate,
    to: Option<NaiveDate>,
}

impl DryRunOut {
    fn of(run: DryRun, names: &HashMap<Uuid, String>) -> Self {
        let named = |units: &BTreeSet<Uuid>| units.iter().filter_map(|id| names.get(id)).cloned().collect();
        let day = |changed: &DayChanged| ChangedOut {
            day: changed.day,
            before: changed.before.as_ref().map(DayOut::from),
            after: changed.after.as_ref().map(DayOut::from),
        };
        let term = |moved: &days::TermMoved| MovedOut {
            from: moved.from,
            to: moved.to,
            tasks: moved.tasks,
            units: named(&moved.units),
        };
        let mark = |moved: &days::MarkMoved| MarkOut {
            due_on: moved.due_on,
            from: moved.from,
            to: moved.to,
            tasks: moved.tasks,
            units: named(&moved.units),
        };
        let touched = |task: days::Touched| {
            let days::Touched { id, code, unit, due_on, to } = task;
            TouchedOut { id, code, unit, due_on, to }
        };
        Self {
            tasks: run.touched.iter().cloned().map(touched).collect(),
            days: run.days.iter().map(day).collect(),
            deadlines: run.terms.iter().map(term).collect(),
            due_soon: run.marks.iter().map(mark).collect(),
            hash: run.hash,
        }
    }
}

fn year_of(text: &str) -> Result<i32> {
    let year = text.parse().ok().filter(|year| YEARS.contains(year));
    Ok(year.ok_or(Denial::NotFound)?)
}

/// The special days of a year.
fn shown(conn: &mut TenantConn<'_>, year: i32) -> Result<YearOut> {
    let kept = calendar::days(conn)?;
    let days = kept.iter().filter(|kept| kept.day.year() == year).map(DayOut::from).collect();
    Ok(YearOut { year, days })
}

/// What these days would change of a year.
fn changes(conn: &mut TenantConn<'_>, year: i32, typed: Vec<DayIn>) -> Result<DayChanges> {
    let typed: Vec<DayTyped> = typed.into_iter().map(DayTyped::from).collect();
    days::replacing(conn, year, days::of_year(&typed, year).map_err(Refusal::Parameters)?)
}

/// `GET /api/v1/calendar/{year}`: days off and make-up working days of a year, the earliest first.
pub async fn read(caller: Caller, visit: Visit, year: web::Path<String>) -> ApiResult {
    let shown = caller
        .run(move |conn, _, _| {
            visit.params().finish()?;
            shown(conn, year_of(&year)?)
        })
        .await?;
    Ok(HttpResponse::Ok().json(shown))
}

/// `POST /api/v1/calendar/{year}/preview`: what it would do to put these days in place of those there are.
pub async fn preview(caller: Caller, sent: Sent, year: web::Path<String>) -> ApiResult {
    let told = sent.act(&caller, move |conn, scene, typed: YearTyped| {
        let changes = changes(conn, year_of(&year)?, typed.days)?;
        let run = days::dry_run(conn, scene.settings, &changes, scene.today)?;
        let names = units::all(conn)?.into_iter().map(|unit| (unit.id, unit.short_name)).collect();
        Ok(DryRunOut::of(run, &names))
    });
    told.await
}

/// `PUT /api/v1/calendar/{year}`: puts these days in place of those there are, as the dry run showed it.
pub async fn put(caller: Caller, sent: Sent, year: web::Path<String>) -> ApiResult {
    let put = sent.act(&caller, move |conn, scene, typed: YearPut| {
        let year = year_of(&year)?;
        let changes = changes(conn, year, typed.days)?;
        days::apply(conn, scene.member, scene.settings, &changes, &typed.hash, scene.today)?;
        shown(conn, year)
    });
    put.await
}
