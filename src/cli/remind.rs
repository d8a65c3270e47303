//! `dondoc remind`: who would be reminded of what on a day.

use chrono::NaiveDate;
use clap::Args;
use serde_json::{Value, json};

use super::{Format, Output, day};
use crate::app::App;
use crate::domain::lang::Lang;
use crate::error::{Error, Result};
use crate::reminders::{self, Item, RemindedDay, Reminder};
use crate::tenants;
use crate::text::mail::{self, ReminderWords};

#[derive(Debug, Args)]
pub(super) struct RemindArgs {
    /// The tenant.
    #[arg(long, value_name = "SLUG")]
    tenant: String,
    /// The day; today when left out.
    #[arg(long, value_parser = day)]
    date: Option<NaiveDate>,
    /// Only shows who would be told what; reminders are planned by the clock alone.
    #[arg(long, required = true)]
    dry_run: bool,
    /// text or json.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(super) fn run(app: &App, args: &RemindArgs) -> Result<Output> {
    let (day, reminded) = tenants::operate(app, &args.tenant, "reminder.read", |conn, settings| {
        let day = args.date.unwrap_or_else(|| settings.today(&app.clock));
        Ok(((day, reminders::preview(conn, day)?), json!({ "date": day })))
    })?;
    match (args.format, reminded) {
        (Format::Json, reminded) => as_json(day, reminded.as_ref()),
        (Format::Text, None) => Ok(Output::result(mail::not_working(app.lang, day))),
        (Format::Text, Some(reminded)) => Ok(Output::result(as_text(app.lang, &reminded))),
    }
}

/// A reminder's tasks as code and step, those of the digest too; and why it is not sent.
fn told(lang: Lang, day: &RemindedDay, items: &[Item]) -> Vec<(String, String)> {
    let line = |item: &Item| {
        let task = day.task(item)?;
        Some((task.code.clone(), reminders::report::status(day, item, ReminderWords(lang))))
    };
    items.iter().filter_map(line).collect()
}

fn as_text(lang: Lang, day: &RemindedDay) -> String {
    let item = |reminder: &Reminder| {
        let (items, skip) = match reminder.worth_telling() {
            Ok(items) => (items, None),
            Err(skip) => (reminder.items.clone(), Some(mail::not_reminded(lang, skip.code()))),
        };
        let lines: Vec<String> =
            told(lang, day, &items).into_iter().map(|(code, status)| format!("{code}: {status}")).collect();
        let said = lines.join("\n    ");
        let line = match skip {
            Some(why) => mail::reader_line(lang, &reminder.address, &reminder.name, Err(why)),
            None => return mail::reader_line(lang, &reminder.address, &reminder.name, Ok(&said)),
        };
        format!("{line}\n    {said}")
    };
    day.reminders.iter().map(item).collect::<Vec<_>>().join("\n")
}

fn as_json(date: NaiveDate, day: Option<&RemindedDay>) -> Result<Output> {
    let item = |day: &RemindedDay, reminder: &Reminder| {
        let skip = reminder.worth_telling().err().map(|skip| skip.code());
        let tasks = reminder.items.iter().filter_map(|item| {
            let task = day.task(item)?;
            Some(json!({
                "code": task.code, "due_on": task.due_on, "days_late": task.days_late, "told": item.told.code(),
                "told_on": item.told_on, "in_digest": item.in_digest,
            }))
        });
        json!({
            "name": reminder.name, "address": reminder.address, "skip": skip, "tasks": tasks.collect::<Vec<Value>>(),
        })
    };
    let items: Vec<Value> =
        day.into_iter().flat_map(|day| day.reminders.iter().map(|one| item(day, one))).collect();
    let whole = json!({ "date": date, "working_day": day.is_some(), "items": items });
    Ok(Output::result(serde_json::to_string_pretty(&whole).map_err(|e| Error::Internal(e.to_string()))?))
}
