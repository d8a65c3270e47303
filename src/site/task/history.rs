//! A task's history: what was done to it, by whom and when, with the values before and after in words.

use std::collections::HashMap;

use actix_web::web;
use chrono_tz::Tz;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::super::links;
use super::super::shell::around;
use super::super::{PageResult, page};
use crate::domain::briefing::UnitRef;
use crate::error::{Denial, ParameterProblem};
use crate::http::{Caller, Visit};
use crate::pages::{Change, HistoryEntry, Link, TaskHistoryPage, Words};
use crate::tasks::{self, JournalTold};

/// What was done to a task before an entry.
pub(super) fn place(task: Uuid, before: Uuid) -> String {
    format!("{}/{task}/history?before={before}", links::TASKS)
}

/// A page of a task's history.
pub async fn show(caller: Caller, visit: Visit, id: web::Path<String>) -> PageResult {
    let view = caller
        .run(move |conn, member, settings| {
            let w = Words(visit.lang_of(member.lang));
            let mut params = visit.params();
            let typed = params.text("before");
            let before = typed.as_deref().and_then(|text| Uuid::parse_str(text).ok());
            if typed.is_some() && before.is_none() {
                params.fault("before", ParameterProblem::NotACursor);
            }
            params.finish()?;
            let id = Uuid::parse_str(&id).map_err(|_| Denial::NotFound)?;
            let found = tasks::history(conn, id, member.visible(), before)?.ok_or(Denial::NotFound)?;
            let earlier = found.journal.last().filter(|_| found.has_earlier);
            Ok(TaskHistoryPage {
                w,
                shell: around(&visit, w, member, settings),
                back: Link { text: found.row.title.clone(), href: links::task(id, None) },
                code: found.row.code.clone(),
                earlier: earlier.map(|last| place(id, last.id)),
                history: entries(w, settings.zone, &found.journal, &found.units, &found.people),
            })
        })
        .await?;
    page(view.w, &view)
}

/// Entries of the journal in words; `zone` is the tenant's.
pub(super) fn entries(
    w: Words,
    zone: Tz,
    journal: &[JournalTold],
    units: &[UnitRef],
    people: &HashMap<Uuid, String>,
) -> Vec<HistoryEntry> {
    let entry = |told: &JournalTold| {
        let at = told.at.with_timezone(&zone);
        // That a task was made says all by itself: its fields stand above.
        let is_told = told.act != "task.create";
        HistoryEntry {
            at: at.format("%d/%m/%Y %H:%M").to_string(),
            at_machine: at.to_rfc3339(),
            actor: w.journal_actor(&told.actor),
            act: w.journal_act(&told.act),
            changes: if is_told { changes(w, told, units, people) } else { Vec::new() },
        }
    };
    journal.iter().map(entry).collect()
}

fn changes(w: Words, told: &JournalTold, units: &[UnitRef], people: &HashMap<Uuid, String>) -> Vec<Change> {
    let after = told.after.as_ref().and_then(|after| after.as_object());
    let before = told.before.as_ref().and_then(|before| before.as_object());
    let mut fields: Vec<&String> = after.into_iter().chain(before).flat_map(|values| values.keys()).collect();
    fields.sort();
    fields.dedup();
    // Ids of letters and opinions say nothing to a reader.
    fields.retain(|field| !matches!(field.as_str(), "request" | "opinion" | "in_name_of"));
    let worded = |field: &String, values: Option<&Map<String, Value>>| {
        w.journal_value(field, &called(values?.get(field)?, people), units)
    };
    let change = |field: &String| Change {
        field: w.journal_field(field),
        before: worded(field, before),
        after: worded(field, after),
    };
    // What was blank and is blank says nothing, and neither does an id that nobody is called by.
    fields
        .into_iter()
        .map(change)
        .filter(|change| change.before.is_some() || change.after.is_some())
        .collect()
}

/// The value with people's names in place of their ids.
fn called(value: &Value, people: &HashMap<Uuid, String>) -> Value {
    match value {
        Value::String(text) => {
            let name = Uuid::parse_str(text).ok().and_then(|id| people.get(&id));
            name.map_or_else(|| value.clone(), |name| Value::String(name.clone()))
        }
        Value::Array(items) => Value::Array(items.iter().map(|item| called(item, people)).collect()),
        other => other.clone(),
    }
}
