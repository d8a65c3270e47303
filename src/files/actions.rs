//! Use cases of files.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use uuid::Uuid;

use super::model::{FileTold, NewFile, Removal, TaskFile};
use super::store::{self, Open};
use crate::db::TenantConn;
use crate::domain::access::{Act, Acting, Role, allows_on};
use crate::domain::attachment::{FileFault, USUAL_STORAGE_MB};
use crate::domain::life::Step;
use crate::error::{Denial, Error, ParameterFault, ParameterProblem, Refusal, Result};
use crate::journal::{self, Entry};
use crate::tasks::acts::{By, StepTyped, Target, take_step};
use crate::tasks::{self, TaskRow};

/// A MB of the tenants' limits, in bytes.
const MB: u64 = 1024 * 1024;

/// The task, when they may put a file to it: asked before anything of a file is taken.
///
/// # Errors
/// It is not there, or they may not.
pub fn may_attach(conn: &mut TenantConn<'_>, acting: &Acting, task: Uuid) -> Result<TaskRow> {
    tasks::open_for(conn, acting, Act::AttachFiles, task, None)
}

/// The reported completion of a task that waits for the Office, which takes evidence.
///
/// # Errors
/// The database's.
pub fn open_submission(conn: &mut TenantConn<'_>, task: Uuid) -> Result<Option<Open>> {
    store::open_submission(conn, task)
}

/// Puts a file, whose bytes are kept already, to a task.
///
/// # Errors
/// The task is not there, or they may not; what the tenant may keep is used up; it shall be evidence of what does not
/// wait any more.
pub fn attach(conn: &mut TenantConn<'_>, acting: &Acting, task: Uuid, new: &NewFile) -> Result<TaskFile> {
    let task = may_attach(conn, acting, task)?;
    if let Some(submission) = new.submission {
        let open = store::open_submission(conn, task.id)?;
        if open.is_none_or(|open| open.id != submission) {
            return Err(not_open(conn, &task, submission)?);
        }
    }
    let put = put(conn, acting, &task, new.submission, std::slice::from_ref(new))?.pop();
    put.ok_or_else(|| Error::Internal("no file was put to a task".to_owned()))
}

/// Reports completion, with files, whose bytes are kept already, as evidence of it; the task after it.
///
/// # Errors
/// As of the step; what the tenant may keep is used up.
pub fn submit(
    conn: &mut TenantConn<'_>,
    by: &By<'_>,
    target: Target,
    typed: &StepTyped,
    evidence: &[NewFile],
) -> Result<TaskRow> {
    let task = take_step(conn, by, Step::Submit, target, typed)?;
    if !evidence.is_empty() {
        let open = store::open_submission(conn, task.id)?;
        let open = open.ok_or_else(|| Error::Internal("what was just reported does not wait".to_owned()))?;
        put(conn, by.acting, &task, Some(open.id), evidence)?;
    }
    Ok(task)
}

/// Puts files to a task that is open for it.
fn put(
    conn: &mut TenantConn<'_>,
    acting: &Acting,
    task: &TaskRow,
    submission: Option<Uuid>,
    new: &[NewFile],
) -> Result<Vec<TaskFile>> {
    let most = store::lock_storage(conn)?.unwrap_or(USUAL_STORAGE_MB);
    let sum = new.iter().fold(store::kept_bytes(conn)?, |sum, new| sum.saturating_add(new.bytes));
    if sum > u64::from(most) * MB {
        let problem = ParameterProblem::File(FileFault::Full(most));
        return Err(at_field("file", problem).into());
    }
    let added_at = conn.now();
    let file = |new: &NewFile| TaskFile {
        id: new.id,
        task: task.id,
        submission,
        name: new.name.clone(),
        kind: new.kind,
        bytes: new.bytes,
        sha256: new.sha256,
        added_by: acting.actor.clone(),
        added_at,
    };
    let files: Vec<TaskFile> = new.iter().map(file).collect();
    store::insert(conn, &files)?;
    let told = |file: &TaskFile| {
        entry(acting, task, "task.attach", json!({ "file": null }), json!({ "file": file.name }))
    };
    changed(conn, task, &files.iter().map(told).collect::<Vec<_>>())?;
    Ok(files)
}

fn at_field(name: &str, problem: ParameterProblem) -> Refusal {
    Refusal::Parameters(vec![ParameterFault { name: name.to_owned(), problem }])
}

/// Why a reported completion takes no evidence: it is decided, or none of this task.
fn not_open(conn: &mut TenantConn<'_>, task: &TaskRow, submission: Uuid) -> Result<Error> {
    Ok(match store::is_decided(conn, task.id, submission)? {
        Some(_) => Denial::EvidenceDecided.into(),
        None => at_field("submission", ParameterProblem::NotOneOf(String::new())).into(),
    })
}

/// A file, of a task that they see.
///
/// # Errors
/// It is not there, was removed, or its task is not theirs to see.
pub fn find(conn: &mut TenantConn<'_>, acting: &Acting, id: Uuid) -> Result<TaskFile> {
    let file = store::find(conn, id)?.ok_or(Denial::NotFound)?;
    tasks::seen_by(conn, acting, file.task)?;
    Ok(file)
}

/// The files of a task that they see, the oldest first.
///
/// # Errors
/// The database's.
pub fn of_task(conn: &mut TenantConn<'_>, acting: &Acting, task: &TaskRow) -> Result<Vec<FileTold>> {
    let relation = tasks::relation_to(conn, acting, task)?;
    let may_attach = allows_on(acting.role, Act::AttachFiles, relation);
    let names: BTreeMap<String, String> = store::names_of(conn, task.id)?.into_iter().collect();
    let files = store::of_task(conn, task.id)?;
    let told = |(file, evidence): (TaskFile, Option<store::Evidence>)| FileTold {
        by: names.get(&file.added_by).cloned(),
        evidence_of: evidence.as_ref().map(|evidence| evidence.submitted_on),
        may_remove: may_attach
            && is_theirs(acting, &file)
            && evidence.is_none_or(|evidence| !evidence.is_decided),
        file,
    };
    Ok(files.into_iter().map(told).collect())
}

fn is_theirs(acting: &Acting, file: &TaskFile) -> bool {
    acting.role == Role::Office || file.added_by == acting.actor
}

/// A file that they may take away: one they put there themselves, or any for the Office.
///
/// # Errors
/// It is not there, or they may not; it is evidence that was decided about.
pub fn may_remove(conn: &mut TenantConn<'_>, acting: &Acting, id: Uuid) -> Result<(TaskRow, TaskFile)> {
    let file = store::find(conn, id)?.ok_or(Denial::NotFound)?;
    let task = may_attach(conn, acting, file.task)?;
    if !is_theirs(acting, &file) {
        return Err(Denial::NotPermitted.into());
    }
    if let Some(submission) = file.submission
        && store::is_decided(conn, task.id, submission)? == Some(true)
    {
        return Err(Denial::EvidenceDecided.into());
    }
    Ok((task, file))
}

/// Takes a file away: nobody is shown it from now on, and its bytes go the next night.
///
/// # Errors
/// As of [`may_remove`].
pub fn remove(conn: &mut TenantConn<'_>, acting: &Acting, id: Uuid, why: &Removal) -> Result<TaskFile> {
    let (task, file) = may_remove(conn, acting, id)?;
    if !store::remove(conn, id, &acting.actor, &why.reason)? {
        return Err(Denial::NotFound.into());
    }
    let (before, after) = (json!({ "file": file.name }), json!({ "reason": why.reason }));
    changed(conn, &task, &[entry(acting, &task, "task.detach", before, after)])?;
    Ok(file)
}

/// The task has another version, and the journal tells why.
fn changed(conn: &mut TenantConn<'_>, task: &TaskRow, entries: &[Entry]) -> Result<()> {
    tasks::touch(conn, &[task.id])?;
    journal::append(conn, entries)
}

fn entry(acting: &Acting, task: &TaskRow, act: &'static str, before: Value, after: Value) -> Entry {
    let (actor, subject_id) = (acting.actor.clone(), Some(task.id));
    let (before, after) = (Some(before), Some(after));
    Entry { actor, act, subject: "task", subject_id, import_id: None, before, after }
}
