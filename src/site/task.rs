//! One task: why it stands as it does, its facts, and its history in words.

mod acts;
pub mod files;
pub mod history;
pub mod steps;

pub(super) use acts::{Said, send_back};

use actix_web::web;
use chrono::{Days, NaiveDate};
use chrono_tz::Tz;
use uuid::Uuid;

use super::links::TaskQuery;
use super::shell::around;
use super::{PageResult, page, parse, task_line};
use crate::auth::Member;
use crate::db::TenantConn;
use crate::domain::life::Step;
use crate::domain::standing::Standing;
use crate::domain::task::{Category, Level, ProductKind};
use crate::error::{Denial, Result};
use crate::http::{Caller, Visit};
use crate::pages::{
    Badge, Deadline, Exclusion, Extension, Link, Mark, Shell, Source, Submission, TaskActs, TaskDecisions,
    TaskFiles, TaskPage, Why, Words,
};
use crate::tasks::acts::By;
use crate::tasks::{self, ExtensionTold, SubmissionTold, TaskDetail, TaskListed, TaskRow};
use crate::tenants::Settings;
use crate::text::{date, number, vocabulary};

/// A task, as it stood on a day.
pub async fn show(caller: Caller, visit: Visit, id: web::Path<String>) -> PageResult {
    let view = caller
        .run(move |conn, member, settings| {
            let mut params = visit.params();
            let (as_of, done) = (params.date("as_of"), params.text("done"));
            params.finish()?;
            let said = Said { done: done.as_deref().and_then(Step::from_code), ..Said::default() };
            assemble(conn, &Scene { visit: &visit, member, settings }, parse(&id)?, as_of, &said)
        })
        .await?;
    page(view.w, &view)
}

/// The id of an address.
/// Who reads, by which visit.
pub(super) struct Scene<'a> {
    pub visit: &'a Visit,
    pub member: &'a Member,
    pub settings: &'a Settings,
}

/// The whole page: the task, and what its reader can do with it.
pub(super) fn assemble(
    conn: &mut TenantConn<'_>,
    scene: &Scene<'_>,
    id: Uuid,
    as_of: Option<NaiveDate>,
    said: &Said,
) -> Result<TaskPage> {
    let Scene { visit, member, settings } = *scene;
    let w = Words(visit.lang_of(member.lang));
    let today = settings.today(&visit.service.app.clock);
    let day = as_of.unwrap_or(today);
    let found = tasks::detail(conn, id, member.visible(), day, settings.due_soon_days)?;
    let task = found.ok_or(Denial::NotFound)?;
    let list = if day == today { TaskQuery::default() } else { TaskQuery::on(day) };
    let back = Link { text: w.nav_tasks().to_owned(), href: list.href() };
    let decisions = decisions::of(conn, w, member, &task.row, today)?;
    let late = tasks::lateness(conn, id)?;
    let late_reason = vocabulary::lateness(w.0, late.kind, late.category.as_deref(), late.words.as_deref());
    let files = files::section(conn, w, member, settings, &task, today)?;
    let acting = member.acting();
    let acts = acts::section(conn, w, &By { acting: &acting, today }, &task, said)?;
    let view = view(w, around(visit, w, member, settings), back, settings.zone, &task);
    Ok(TaskPage { acts, files, decisions, late_reason, ..view })
}

/// The page of a task; `back` is the list the reader came from, `zone` the tenant's.
pub fn view(w: Words, shell: Shell, back: Link, zone: Tz, task: &TaskDetail) -> TaskPage {
    let row = &task.row;
    let due = due(task);
    let original = row.original_due_on.filter(|original| Some(*original) != due);
    let unit = |unit: &crate::domain::briefing::UnitRef| Link {
        text: unit.name.clone(),
        href: TaskQuery::on(task.day).with("unit", &unit.short_name).href(),
    };
    let completed_on = task.listed.as_ref().and_then(|listed| listed.completed_on);
    TaskPage {
        w,
        shell,
        back,
        acts: TaskActs::default(),
        code: row.code.clone(),
        title: row.title.clone(),
        category: category(w, &row.category),
        as_of: date(task.day),
        badge: task.listed.as_ref().map_or(Badge { mark: Mark::NotAssigned, days: None }, |listed| {
            task_line::badge(w, listed, task.day)
        }),
        deadline: deadline(task, due),
        why: why(w, task),
        reasons: reasons(w, task),
        due: due.map(date),
        due_words: row.due_words.clone(),
        original_due: original.map(date),
        lead: unit(&task.lead),
        coordinating: task.coordinating.iter().map(unit).collect(),
        field: row.field.clone(),
        product: product(w, &row.product),
        level: row.level_words.clone().or_else(|| level(w, row.level.as_deref())),
        assigned_on: row.assigned_on.map(date),
        percent: row.percent.map(|percent| percent.to_string()),
        obstacles: row.obstacles.clone(),
        late_reason: None,
        completed_on: completed_on.map(date),
        product_document: product_document(w, row),
        note: row.note.clone(),
        source: source(row),
        decisions: TaskDecisions::default(),
        extensions: task.extensions.iter().map(|told| extension(w, told)).collect(),
        submissions: submissions(w, task),
        exclusions: exclusions(w, task),
        files: TaskFiles::default(),
        history: history::entries(w, zone, &task.journal, &task.units, &task.people),
        earlier: task.journal.last().filter(|_| task.has_earlier).map(|last| history::place(row.id, last.id)),
    }
}

/// The words of a stored code; a code that is not known shows itself.
fn category(w: Words, code: &str) -> String {
    let words = Category::from_code(code).map_or(code, |category| vocabulary::category(w.0, category));
    w.task_of_category(words)
}

fn product(w: Words, code: &str) -> String {
    vocabulary::capitalised(ProductKind::from_code(code).map_or(code, |kind| vocabulary::product(w.0, kind)))
}

fn level(w: Words, code: Option<&str>) -> Option<String> {
    let level = Level::from_code(code?)?;
    Some(vocabulary::capitalised(vocabulary::level(w.0, level)))
}

/// The deadline on the day.
fn due(task: &TaskDetail) -> Option<NaiveDate> {
    match &task.listed {
        Some(listed) => listed.due_on,
        None => last_extension(task).map_or(task.row.original_due_on, |told| told.new_due_on),
    }
}

/// The extension that holds on the day: of those agreed by then the last.
fn last_extension(task: &TaskDetail) -> Option<&ExtensionTold> {
    task.extensions.iter().rev().find(|told| told.holds_on(task.day))
}

/// Where the deadline comes from.
fn deadline(task: &TaskDetail, due: Option<NaiveDate>) -> Deadline {
    let row = &task.row;
    let words = row.due_words.clone();
    let Some(due) = due else { return Deadline::None { words } };
    let Some(last) = last_extension(task) else {
        let date = date(due);
        return Deadline::Original { words: words.filter(|words| *words != date), date };
    };
    let times = task.extensions.iter().filter(|told| told.holds_on(task.day)).count().to_string();
    // An extension without a day of its own counts as decided when the task was assigned.
    match (row.original_due_on, last.decided_on.or(row.assigned_on)) {
        (Some(from), Some(decided_on)) => {
            Deadline::Extended { from: date(from), to: date(due), decided_on: date(decided_on), times }
        }
        _ => Deadline::Moved { to: date(due), times },
    }
}

/// What was asked and decided about the deadline, since when it stands so, and the days that were counted.
fn reasons(w: Words, task: &TaskDetail) -> Vec<String> {
    let mut all: Vec<String> = task.extensions.iter().map(|told| w.extension_step(told)).collect();
    if let Some((listed, why)) = task.listed.as_ref().zip(task.why.as_ref()) {
        all.extend(w.reckoning(listed.standing, why));
    }
    all
}

/// Why the task stands as it does.
fn why(w: Words, task: &TaskDetail) -> Why {
    let as_of = date(task.day);
    let Some(listed) = &task.listed else {
        let assigned = task.row.assigned_on.map(date).unwrap_or_default();
        return Why::NotAssigned { assigned, as_of };
    };
    if listed.standing == Standing::Outside {
        return outside(w, task);
    }
    let Some(due_on) = listed.due_on else { return Why::NoDeadline };
    let due = date(due_on);
    let days = number(w.0, listed.days_late.into());
    let completed = listed.completed_on.map(date).unwrap_or_default();
    match listed.standing {
        Standing::CompletedOnTime => Why::CompletedOnTime { due, completed },
        Standing::CompletedLate => Why::CompletedLate { due, completed, days },
        Standing::Overdue => match listed.waiting_since {
            Some(submitted) => Why::OverdueWaiting { due, submitted: date(submitted), days },
            None => Why::Overdue { due, as_of, days },
        },
        _ => within_term(w, task, listed, due_on),
    }
}

fn within_term(w: Words, task: &TaskDetail, listed: &TaskListed, due_on: NaiveDate) -> Why {
    let (due, as_of) = (date(due_on), date(task.day));
    if let Some(submitted) = listed.waiting_since {
        return Why::Waiting { due, submitted: date(submitted) };
    }
    if due_on == task.day {
        return Why::DueToday { due };
    }
    if listed.due_soon {
        return Why::DueSoon { due, as_of, working_days: task.working_days_left.to_string() };
    }
    let days = u64::try_from((due_on - task.day).num_days()).unwrap_or(0);
    Why::WithinTerm { due, as_of, days: number(w.0, days) }
}

fn outside(w: Words, task: &TaskDetail) -> Why {
    let held = task.exclusions.iter().find(|told| told.holds_on(task.day));
    let state = held.map(|told| vocabulary::capitalised(vocabulary::status(w.0, told.state)));
    Why::Outside { state: state.unwrap_or_default(), from: held.and_then(|told| told.from_on).map(date) }
}

fn product_document(w: Words, row: &TaskRow) -> Option<String> {
    document(w, row.product_number.as_ref(), row.product_date)
}

/// The product's document and what shows that it is done, as they were reported.
fn evidence(w: Words, told: &SubmissionTold) -> Option<String> {
    let document = document(w, told.product_number.as_ref(), told.product_date);
    let parts: Vec<String> = document.into_iter().chain(told.evidence.clone()).collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// A document by number and date.
pub(super) fn document(w: Words, number: Option<&String>, on: Option<NaiveDate>) -> Option<String> {
    match (number, on.map(date)) {
        (Some(number), Some(date)) => Some(w.dated_document(number, &date)),
        (Some(number), None) => Some(number.clone()),
        (None, Some(date)) => Some(w.document_of(&date)),
        (None, None) => None,
    }
}

/// The source document; `None` when nothing of it is known.
fn source(row: &TaskRow) -> Option<Source> {
    let source = Source {
        number: row.source_number.clone(),
        date: row.source_date.map(date),
        kind: row.source_kind.clone(),
        issuer: row.source_issuer.clone(),
        summary: row.source_abstract.clone(),
        urgency: row.source_urgency.clone(),
    };
    let all = [&source.number, &source.date, &source.kind, &source.issuer, &source.summary, &source.urgency];
    all.iter().any(|part| part.is_some()).then_some(source)
}

fn extension(w: Words, told: &ExtensionTold) -> Extension {
    let wanted = date(told.wanted_due_on);
    Extension {
        asked_on: told.requested_on.map(date),
        wanted: told.wanted_words.clone().unwrap_or(wanted),
        decision: vocabulary::capitalised(vocabulary::extension_decision(w.0, told.decision)),
        decided_on: told.decided_on.map(date),
        new_due: told.new_due_on.map(date),
        letter: told.request_number.clone(),
        reason: told.decision_reason.clone().or_else(|| told.reason.clone()),
    }
}

fn submissions(w: Words, task: &TaskDetail) -> Vec<Submission> {
    let told = task.submissions.iter();
    told.map(|told| Submission {
        submitted_on: date(told.submitted_on),
        decision: match told.undone_on {
            Some(on) => w.confirmation_undone(&date(on)),
            None => vocabulary::capitalised(vocabulary::submission_decision(w.0, told.accepted)),
        },
        decided_on: told.decided_on.map(date),
        reason: told.undone_reason.clone().or_else(|| told.reason.clone()),
        evidence: evidence(w, told),
    })
    .collect()
}

/// The page shows the last day of a time outside the count; kept is the first one after it.
fn exclusions(w: Words, task: &TaskDetail) -> Vec<Exclusion> {
    let last = |until: NaiveDate| until.checked_sub_days(Days::new(1)).unwrap_or(until);
    let told = task.exclusions.iter();
    told.map(|told| Exclusion {
        state: vocabulary::capitalised(vocabulary::status(w.0, told.state)),
        from: told.from_on.map(date),
        until: told.until_on.map(last).map(date),
        reason: told.reason.clone(),
    })
    .collect()
}

mod decisions;

#[cfg(test)]
mod tests;
