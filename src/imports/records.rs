//! Between a task's rows in the database and its state as a sheet knows it, both ways.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde_json::Value;
use uuid::Uuid;

use super::state::{DueState, ExtensionState, Fields, LevelState, ProgressState, SheetState};
use crate::db::TenantConn;
use crate::domain::deadline::written;
use crate::domain::task::Status;
use crate::domain::words::fold;
use crate::error::Result;
use crate::ids::new_id;
use crate::tasks::{self, Coordination, ExclusionRow, ExtensionRow, SubmissionRow, TaskRow};

/// A task that the database has, as a sheet knows it.
pub(super) struct Known {
    /// Its row, without what the last import read.
    pub row: TaskRow,
    /// What it is now.
    pub now: Fields,
    /// What the last import read; nothing when it was made in the product.
    pub imported: Fields,
}

/// Reads the states of these tasks: three queries, however many there are.
pub(super) fn known(conn: &mut TenantConn<'_>, rows: Vec<TaskRow>) -> Result<Vec<Known>> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let mut units: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    for Coordination { task_id, unit_id } in tasks::coordinations(conn, &ids)? {
        units.entry(task_id).or_default().push(unit_id);
    }
    let by_task = |e: ExtensionRow| (e.task_id, e);
    // The last of each task comes last, and stays.
    let extensions: HashMap<_, _> = tasks::agreed_extensions(conn, &ids)?.into_iter().map(by_task).collect();
    let exclusions: HashMap<_, _> =
        tasks::exclusions(conn, &ids)?.into_iter().map(|e: ExclusionRow| (e.task_id, e)).collect();
    rows.into_iter()
        .map(|mut row| {
            let coordinating = units.remove(&row.id).unwrap_or_default();
            let state = state(&row, coordinating, extensions.get(&row.id), exclusions.get(&row.id));
            let imported = match row.imported.take() {
                Some(Value::Object(fields)) => fields,
                _ => Fields::new(),
            };
            Ok(Known { now: state.fields()?, imported, row })
        })
        .collect()
}

fn state(
    row: &TaskRow,
    mut coordinating: Vec<Uuid>,
    extension: Option<&ExtensionRow>,
    exclusion: Option<&ExclusionRow>,
) -> SheetState {
    coordinating.sort_unstable();
    SheetState {
        title: row.title.clone(),
        category: row.category.clone(),
        field: row.field.clone(),
        source_number: row.source_number.clone(),
        source_date: row.source_date,
        source_kind: row.source_kind.clone(),
        source_abstract: row.source_abstract.clone(),
        source_issuer: row.source_issuer.clone(),
        urgency: row.source_urgency.clone(),
        assigned_on: row.assigned_on,
        unit: row.lead_unit_id,
        coordinating,
        product: row.product.clone(),
        level: row
            .level
            .clone()
            .map(|level| LevelState { level, words: row.level_words.clone().unwrap_or_default() }),
        due: due(row),
        extended_to: extension.and_then(extended),
        status: progress(row, exclusion),
        percent: row.percent,
        obstacles: row.obstacles.clone(),
        late_reason: row.late_reason.clone(),
        product_number: row.product_number.clone(),
        product_date: row.product_date,
        note: row.note.clone(),
    }
}

fn due(row: &TaskRow) -> Option<DueState> {
    let words = row.due_words.clone().or_else(|| row.original_due_on.map(written))?;
    Some(DueState { words, on: row.original_due_on, precision: row.due_precision.clone() })
}

fn extended(row: &ExtensionRow) -> Option<ExtensionState> {
    let on = row.new_due_on?;
    let words = row.wanted_words.clone().unwrap_or_else(|| written(on));
    Some(ExtensionState { words, on, precision: row.wanted_precision.clone(), decided_on: row.decided_on })
}

fn progress(row: &TaskRow, exclusion: Option<&ExclusionRow>) -> Option<ProgressState> {
    (row.status != Status::NotStarted.code() || row.completed_on.is_some()).then(|| ProgressState {
        status: row.status.clone(),
        completed_on: row.completed_on,
        cancelled_on: exclusion.and_then(|e| e.from_on),
    })
}

/// What a row of the database needs beside the state.
pub(super) struct Frame {
    pub id: Uuid,
    pub code: String,
    pub version: i32,
    pub created_at: DateTime<Utc>,
}

/// The row of a state. Its deadline is the extension's if there is one; a completion that a sheet
/// reports was confirmed on the same day.
pub(super) fn row(conn: &TenantConn<'_>, frame: Frame, state: &SheetState, imported: Fields) -> TaskRow {
    let due = state.due.as_ref();
    let original_due_on = due.and_then(|due| due.on);
    let completed_on = state.status.as_ref().and_then(|progress| progress.completed_on);
    TaskRow {
        tenant_id: conn.tenant().uuid(),
        id: frame.id,
        code: frame.code,
        title: state.title.clone(),
        title_key: fold(&state.title),
        category: state.category.clone(),
        field: state.field.clone(),
        source_number: state.source_number.clone(),
        source_date: state.source_date,
        source_kind: state.source_kind.clone(),
        source_abstract: state.source_abstract.clone(),
        source_issuer: state.source_issuer.clone(),
        source_urgency: state.urgency.clone(),
        lead_unit_id: state.unit,
        product: state.product.clone(),
        level: state.level.as_ref().map(|level| level.level.clone()),
        level_words: state.level.as_ref().map(|level| level.words.clone()),
        assigned_on: state.assigned_on,
        due_words: due.map(|due| due.words.clone()),
        due_precision: due.map_or_else(|| "none".to_owned(), |due| due.precision.clone()),
        original_due_on,
        due_on: state.extended_to.as_ref().map(|extension| extension.on).or(original_due_on),
        status: state
            .status
            .as_ref()
            .map_or_else(|| Status::NotStarted.code().to_owned(), |progress| progress.status.clone()),
        percent: state.percent,
        obstacles: state.obstacles.clone(),
        late_reason: state.late_reason.clone(),
        completed_on,
        confirmed_on: completed_on,
        product_number: state.product_number.clone(),
        product_date: state.product_date,
        note: state.note.clone(),
        imported: Some(Value::Object(imported)),
        version: frame.version,
        created_at: frame.created_at,
        updated_at: conn.now(),
        deleted_at: None,
        parent_id: None,
        labels: Vec::new(),
        leader_id: None,
        contact_id: None,
        follower_id: None,
        confirmed_by: None,
        deleted_reason: None,
    }
}

/// The extension of a state, as a fact.
pub(super) fn extension(
    tenant_id: Uuid,
    task_id: Uuid,
    import: Uuid,
    state: &SheetState,
) -> Option<ExtensionRow> {
    let extension = state.extended_to.as_ref()?;
    Some(ExtensionRow {
        tenant_id,
        id: new_id(),
        task_id,
        wanted_due_on: extension.on,
        wanted_words: Some(extension.words.clone()),
        wanted_precision: extension.precision.clone(),
        decision: Some("agreed".to_owned()),
        decided_on: extension.decided_on,
        new_due_on: Some(extension.on),
        import_id: Some(import),
    })
}

/// The completion of a state, as a fact: submitted and accepted on the same day.
pub(super) fn submission(
    tenant_id: Uuid,
    task_id: Uuid,
    import: Uuid,
    state: &SheetState,
) -> Option<SubmissionRow> {
    let submitted_on = state.status.as_ref()?.completed_on?;
    Some(SubmissionRow {
        tenant_id,
        id: new_id(),
        task_id,
        submitted_on,
        accepted: Some(true),
        decided_on: Some(submitted_on),
        undone_on: None,
        import_id: Some(import),
    })
}

/// The cancellation of a state, as a fact.
pub(super) fn exclusion(
    tenant_id: Uuid,
    task_id: Uuid,
    import: Uuid,
    state: &SheetState,
) -> Option<ExclusionRow> {
    let progress = state.status.as_ref().filter(|p| p.status == Status::Cancelled.code())?;
    Some(ExclusionRow {
        tenant_id,
        id: new_id(),
        task_id,
        state: progress.status.clone(),
        from_on: progress.cancelled_on,
        until_on: None,
        import_id: Some(import),
    })
}
