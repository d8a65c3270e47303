//! Confirming reported completions: one, or several in one act.

use std::collections::HashMap;

use serde_json::json;
use uuid::Uuid;

use super::deed::{Telling, entry};
use super::{By, Target};
use crate::db::TenantConn;
use crate::domain::access::{Relation, Visible, may};
use crate::domain::life::{Step, possible};
use crate::domain::task::Status;
use crate::error::{Denial, Refusal, Result};
use crate::journal::{self, Entry};
use crate::tasks::store::acts::{self as store, Waiting};
use crate::tasks::{TaskRow, by_ids};

/// Confirms what units have reported as completed: each task is completed on the day of its report. All of them, or
/// none; the tasks after it, by id.
///
/// # Errors
/// One is not there; whoever acts may not confirm; of one task why it can't be, of several which can't be and why.
pub fn confirm_all(conn: &mut TenantConn<'_>, by: &By<'_>, targets: &[Target]) -> Result<Vec<TaskRow>> {
    let step = Step::Confirm;
    if !may(by.acting.role, step.act()) || by.acting.visible() != Visible::Tenant {
        return Err(Denial::NotPermitted.into());
    }
    let versions: HashMap<Uuid, Option<i32>> =
        targets.iter().map(|target| (target.id, target.version)).collect();
    let ids: Vec<Uuid> = versions.keys().copied().collect();
    let tasks = store::lock_all(conn, &ids)?;
    if tasks.len() < ids.len() {
        return Err(Denial::NotFound.into());
    }
    let waiting: HashMap<Uuid, Waiting> =
        store::waiting(conn, &ids)?.into_iter().map(|waiting| (waiting.task_id, waiting)).collect();
    let mut refused = Vec::new();
    for task in &tasks {
        let version = versions.get(&task.id).copied().flatten();
        if let Some(why) = refusal(by, task, version, waiting.get(&task.id))? {
            refused.push((task.code.clone(), why));
        }
    }
    match (refused.pop(), refused.is_empty()) {
        (None, _) => {}
        (Some((_, why)), true) if ids.len() == 1 => return Err(why.into()),
        (Some(last), _) => {
            refused.push(last);
            return Err(Refusal::SomeTasks(refused).into());
        }
    }
    let accepted: Vec<Uuid> = waiting.values().map(|waiting| waiting.id).collect();
    store::accept(conn, &accepted, by.today, by.acting)?;
    let entries: Vec<Entry> =
        tasks.iter().filter_map(|task| Some(told(by, task, waiting.get(&task.id)?))).collect();
    journal::append(conn, &entries)?;
    let mut after = by_ids(conn, &ids)?;
    after.sort_by_key(|task| task.id);
    Ok(after)
}

/// Why a task can't be confirmed.
fn refusal(
    by: &By<'_>,
    task: &TaskRow,
    version: Option<i32>,
    waiting: Option<&Waiting>,
) -> Result<Option<Refusal>> {
    if version.is_some_and(|version| version != task.version) {
        return Ok(Some(Refusal::Stale(task.version)));
    }
    let status = task.status()?;
    let Some(waiting) = waiting.filter(|_| Step::Confirm.leads(status).is_some()) else {
        // Who may confirm may do the same with every task, however their unit stands to it.
        let possible = possible(status, by.acting.role, Relation::Other);
        return Ok(Some(Refusal::TaskStep { status, possible }));
    };
    let is_own = waiting.submitted_by.as_deref() == Some(by.acting.actor.as_str());
    Ok(is_own.then_some(Refusal::Denied(Denial::OwnSubmission)))
}

/// What the journal says of a confirmation.
fn told(by: &By<'_>, task: &TaskRow, waiting: &Waiting) -> Entry {
    let mut telling = Telling::default();
    let after = json!({ "status": Status::Completed.code(), "completed_on": waiting.submitted_on });
    telling.change("status", json!({ "status": task.status, "completed_on": null }), after);
    telling.change("percent", json!(task.percent), json!(100));
    if let Some(number) = &waiting.product_number {
        telling.change("product_number", json!(task.product_number), json!(number));
    }
    if let Some(date) = waiting.product_date {
        telling.change("product_date", json!(task.product_date), json!(date));
    }
    entry(by, Step::Confirm.journal_act(), task.id, telling)
}
