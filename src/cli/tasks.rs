//! `dondoc tasks`: the rows behind every number.

use chrono::NaiveDate;
use clap::Args;
use serde_json::{Value, json};

use super::{Format, Output, day};
use crate::app::App;
use crate::domain::task::{Category, Level, ProductKind};
use crate::error::{Error, Result};
use crate::tasks::report::TaskOut;
use crate::tasks::{self, StandingFilter, TaskFilterInput};
use crate::{tenants, text};

#[derive(Debug, Args)]
pub(super) struct TasksArgs {
    /// The tenant.
    #[arg(long, value_name = "SLUG")]
    tenant: String,
    /// Only this lead unit: its short or full name.
    #[arg(long)]
    unit: Option<String>,
    /// completed_on_time, completed_late, within_term, overdue, no_deadline or outside; or a part of one or several:
    /// due_soon, due_today, pending, waiting, in_progress, counted, reached, on_time_original.
    #[arg(long, value_parser = standing)]
    standing: Option<StandingFilter>,
    /// key, routine or ad_hoc.
    #[arg(long, value_parser = category)]
    category: Option<Category>,
    /// The kind of product: law, decree, resolution, decision, scheme, circular, directive, plan, report,
    /// document, conference or other.
    #[arg(long, value_parser = product)]
    product: Option<ProductKind>,
    /// The level it is submitted to, government or prime_minister …; several may be given.
    #[arg(long = "level", value_parser = level, value_name = "LEVEL")]
    levels: Vec<Level>,
    /// Due on or after this day.
    #[arg(long, value_parser = day, value_name = "DATE")]
    due_from: Option<NaiveDate>,
    /// Due on or before this day.
    #[arg(long, value_parser = day, value_name = "DATE")]
    due_to: Option<NaiveDate>,
    /// Completed on or after this day.
    #[arg(long, value_parser = day, value_name = "DATE")]
    completed_from: Option<NaiveDate>,
    /// Completed on or before this day.
    #[arg(long, value_parser = day, value_name = "DATE")]
    completed_to: Option<NaiveDate>,
    /// The day whose standing is asked; today when left out.
    #[arg(long, value_parser = day, value_name = "DATE")]
    as_of: Option<NaiveDate>,
    /// text or json.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

fn standing(typed: &str) -> std::result::Result<StandingFilter, String> {
    StandingFilter::from_code(typed).ok_or_else(StandingFilter::codes)
}

fn category(typed: &str) -> std::result::Result<Category, String> {
    Category::from_code(typed).ok_or_else(|| "key | routine | ad_hoc".into())
}

fn level(typed: &str) -> std::result::Result<Level, String> {
    let codes: Vec<_> = Level::ALL.iter().map(|level| level.code()).collect();
    Level::from_code(typed).ok_or_else(|| codes.join(" | "))
}

fn product(typed: &str) -> std::result::Result<ProductKind, String> {
    let codes: Vec<_> = ProductKind::ALL.iter().map(|kind| kind.code()).collect();
    ProductKind::from_code(typed).ok_or_else(|| codes.join(" | "))
}

/// What stands of it in the journal: all that was asked.
fn told(args: &TasksArgs, as_of: NaiveDate) -> Value {
    let levels: Vec<_> = args.levels.iter().map(|level| level.code()).collect();
    json!({
        "as_of": as_of, "unit": args.unit, "standing": args.standing.map(StandingFilter::code),
        "category": args.category.map(Category::code), "product": args.product.map(ProductKind::code),
        "levels": levels, "due_from": args.due_from, "due_to": args.due_to,
        "completed_from": args.completed_from, "completed_to": args.completed_to,
    })
}

pub(super) fn run(app: &App, args: &TasksArgs) -> Result<Output> {
    let filter = TaskFilterInput {
        unit: args.unit.clone(),
        standing: args.standing,
        category: args.category,
        product: args.product,
        levels: args.levels.clone(),
        due_from: args.due_from,
        due_to: args.due_to,
        completed_from: args.completed_from,
        completed_to: args.completed_to,
        ..TaskFilterInput::default()
    };
    let (as_of, tasks) = tenants::operate(app, &args.tenant, "tasks.read", |conn, settings| {
        let as_of = args.as_of.unwrap_or_else(|| settings.today(&app.clock));
        let tasks = tasks::list(conn, as_of, settings.due_soon_days, filter)?;
        Ok(((as_of, tasks), told(args, as_of)))
    })?;
    match args.format {
        Format::Json => {
            let items: Vec<TaskOut<'_>> = tasks.iter().map(TaskOut::from).collect();
            let whole = json!({ "as_of": as_of, "count": items.len(), "items": items });
            Ok(Output::result(
                serde_json::to_string_pretty(&whole).map_err(|e| Error::Internal(e.to_string()))?,
            ))
        }
        Format::Text => Ok(Output::result(text::tasks::list(app.lang, as_of, &tasks))),
    }
}
