//! Tasks: the list of a day, and one with its facts.

use actix_web::{HttpResponse, web};
use serde_json::json;
use uuid::Uuid;

use super::document::{Operation, Parameter, Shape};
use super::sent::{Known, Scene};
use super::tag::Shown;
use super::{ApiResult, Listed};
use crate::db::TenantConn;
use crate::domain::order::Order;
use crate::domain::task::{Category, ProductKind, Status};
use crate::error::{Denial, Refusal, Result};
use crate::http::{Caller, Visit};
use crate::tasks::report::{TaskDetailOut, TaskOut};
use crate::tasks::{self, Search, StandingFilter, input};

/// What is told of these addresses.
pub(super) fn operations() -> Vec<Operation> {
    let days =
        ["due_from", "due_to", "completed_from", "completed_to", "assigned_from", "assigned_to", "as_of"];
    let number = |least: u32, most: u32| json!({ "type": "integer", "minimum": least, "maximum": most });
    let text = |most: usize| json!({ "type": "string", "maxLength": most });
    let mut list = Operation::get("/api/v1/tasks", "list_tasks").gives(Shape::list::<TaskOut<'_>>());
    for parameter in [
        Parameter::query("q", text(Search::LONGEST)),
        Parameter::query("unit", text(200)),
        Parameter::query("coordinating", text(200)),
        Parameter::code("standing", &StandingFilter::codes().split(" | ").collect::<Vec<_>>()),
        Parameter::code("category", &codes(Category::ALL, Category::code)),
        Parameter::code("product", &codes(ProductKind::ALL, ProductKind::code)),
        Parameter::query("level", text(200)),
        Parameter::query("late_from", number(0, 100_000)),
        Parameter::query("late_to", number(0, 100_000)),
        Parameter::query("assignee", text(36)),
        Parameter::query("leader", text(36)),
        Parameter::query("source", text(Search::LONGEST)),
        Parameter::query("label", text(Search::LONGEST)),
        Parameter::query("field", text(Search::LONGEST)),
        Parameter::code("status", &codes(Status::ALL, Status::code)),
        Parameter::code("extension", &["open"]),
        Parameter::code("reason", &["none"]),
        Parameter::code("sort", &codes(Order::ALL, Order::code)),
        Parameter::query("limit", number(1, tasks::LONGEST_PAGE)),
        Parameter::query("cursor", text(500)),
    ] {
        list = list.with(parameter);
    }
    for name in days {
        list = list.with(Parameter::day(name));
    }
    let read = Operation::show("/api/v1/tasks/{id}", "read_task").with(Parameter::day("as_of"));
    vec![list, read.gives(Shape::of::<TaskDetailOut<'_>>())]
}

fn codes<T: Copy>(all: &[T], code: fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|value| code(*value)).collect()
}

/// `GET /api/v1/tasks`: the tasks of a day that match, most days overdue first, then by deadline and code, or as `sort`
/// says. The filters are those of [`input::TaskListTyped`]; `limit` is 25 unless said, 200 at most; `cursor` is `next`
/// of the part before.
pub async fn list(caller: Caller, visit: Visit) -> ApiResult {
    let page = caller
        .run(move |conn, member, settings| {
            let today = settings.today(&visit.service.app.clock);
            let (asked, faults) = input::read(conn, visit.params(), &member.acting(), today)?;
            if !faults.is_empty() {
                return Err(Refusal::Parameters(faults).into());
            }
            let (soon, after) = (settings.due_soon_days, asked.after.as_ref());
            tasks::page(conn, asked.day, soon, asked.filter, asked.limit, after).map_err(input::named_unit)
        })
        .await?;
    let items: Vec<TaskOut<'_>> = page.items.iter().map(TaskOut::from).collect();
    Ok(HttpResponse::Ok().json(Listed { items, next: page.next.clone() }))
}

/// `GET /api/v1/tasks/{id}?as_of=`: one task, its standing on a day, its dated facts and its history.
pub async fn read(caller: Caller, visit: Visit, known: Known, id: web::Path<String>) -> ApiResult {
    let shown = caller
        .run(move |conn, member, settings| {
            let mut params = visit.params();
            let as_of = params.date("as_of");
            params.finish()?;
            let id = Uuid::parse_str(&id).map_err(|_| Denial::NotFound)?;
            let day = as_of.unwrap_or_else(|| settings.today(&visit.service.app.clock));
            let scene = Scene { member, settings, today: day };
            Ok(show(conn, scene, id)?.ok_or(Denial::NotFound)?)
        })
        .await?;
    Ok(known.unless_known(shown))
}

/// How a task is shown on a day: after a change, and to whoever meant an older version of it, on today.
pub fn show(conn: &mut TenantConn<'_>, scene: Scene<'_>, id: Uuid) -> Result<Option<Shown>> {
    let Scene { member, settings, today } = scene;
    let found = tasks::detail(conn, id, member.visible(), today, settings.due_soon_days)?;
    found.map(|task| Shown::of(task.row.version, &TaskDetailOut::from(&task))).transpose()
}
