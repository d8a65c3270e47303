//! SQL of one task with its dated facts and its history.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use serde_json::Value;
use uuid::Uuid;

use crate::db::{Prepared, TenantConn};
use crate::domain::standing::LeadChange;
use crate::domain::task::{ExtensionDecision, Status};
use crate::error::{Error, Result};
use crate::journal::API_KEY;
use crate::schema::{
    task_coordinators, task_exclusions, task_extensions, task_lead_changes, task_submissions, tasks,
};
use crate::tasks::detail::{Actor, ExclusionTold, ExtensionTold, JournalTold, SubmissionTold};
use crate::tasks::model::TaskRow;

/// The entries of a page of its history.
const HISTORY: usize = 50;

/// The task of an id, unless it was deleted.
pub(in crate::tasks) fn row(conn: &mut TenantConn<'_>, id: Uuid) -> Result<Option<TaskRow>> {
    Ok(tasks::table
        .filter(tasks::tenant_id.eq(conn.tenant().uuid()))
        .filter(tasks::id.eq(id))
        .filter(tasks::deleted_at.is_null())
        .select(TaskRow::as_select())
        .first(conn.pg())
        .optional()?)
}

/// The changes of its lead unit, in their order.
pub(in crate::tasks) fn lead_changes(conn: &mut TenantConn<'_>, id: Uuid) -> Result<Vec<LeadChange>> {
    use task_lead_changes::dsl;
    let rows: Vec<(NaiveDate, Uuid)> = dsl::task_lead_changes
        .filter(dsl::tenant_id.eq(conn.tenant().uuid()))
        .filter(dsl::task_id.eq(id))
        .select((dsl::changed_on, dsl::from_unit_id))
        .order((dsl::changed_on, dsl::id))
        .load(conn.pg())?;
    Ok(rows.into_iter().map(|(changed_on, from_unit)| LeadChange { changed_on, from_unit }).collect())
}

/// Its coordinating units.
pub(in crate::tasks) fn coordinating(conn: &mut TenantConn<'_>, id: Uuid) -> Result<Vec<Uuid>> {
    Ok(task_coordinators::table
        .filter(task_coordinators::tenant_id.eq(conn.tenant().uuid()))
        .filter(task_coordinators::task_id.eq(id))
        .select(task_coordinators::unit_id)
        .load(conn.pg())?)
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = task_extensions)]
struct ExtensionRow {
    requested_on: Option<NaiveDate>,
    request_number: Option<String>,
    reason: Option<String>,
    wanted_due_on: NaiveDate,
    wanted_words: Option<String>,
    decision: Option<String>,
    decided_on: Option<NaiveDate>,
    decision_reason: Option<String>,
    new_due_on: Option<NaiveDate>,
}

/// Its extensions, in the order in which they hold.
pub(in crate::tasks) fn extensions(conn: &mut TenantConn<'_>, id: Uuid) -> Result<Vec<ExtensionTold>> {
    use task_extensions::dsl;
    let rows: Vec<ExtensionRow> = dsl::task_extensions
        .filter(dsl::tenant_id.eq(conn.tenant().uuid()))
        .filter(dsl::task_id.eq(id))
        .select(ExtensionRow::as_select())
        // What is open comes last; an agreed one without a day has held from the beginning.
        .order((dsl::decision.is_null(), dsl::decided_on.asc().nulls_first(), dsl::id))
        .load(conn.pg())?;
    rows.into_iter()
        .map(|row| {
            let decision = match &row.decision {
                Some(code) => Some(ExtensionDecision::from_code(code).ok_or_else(|| unknown("decision"))?),
                None => None,
            };
            Ok(ExtensionTold {
                requested_on: row.requested_on,
                request_number: row.request_number,
                reason: row.reason,
                wanted_due_on: row.wanted_due_on,
                wanted_words: row.wanted_words,
                decision,
                decided_on: row.decided_on,
                decision_reason: row.decision_reason,
                new_due_on: row.new_due_on,
            })
        })
        .collect()
}

/// The unit's reports of completion, in their order.
pub(in crate::tasks) fn submissions(conn: &mut TenantConn<'_>, id: Uuid) -> Result<Vec<SubmissionTold>> {
    use task_submissions::dsl;
    Ok(dsl::task_submissions
        .filter(dsl::tenant_id.eq(conn.tenant().uuid()))
        .filter(dsl::task_id.eq(id))
        .select(SubmissionTold::as_select())
        .order((dsl::submitted_on, dsl::id))
        .load(conn.pg())?)
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = task_exclusions)]
struct ExclusionRow {
    state: String,
    from_on: Option<NaiveDate>,
    until_on: Option<NaiveDate>,
    reason: Option<String>,
}

/// The times in which it is outside the count, in their order.
pub(in crate::tasks) fn exclusions(conn: &mut TenantConn<'_>, id: Uuid) -> Result<Vec<ExclusionTold>> {
    use task_exclusions::dsl;
    let rows: Vec<ExclusionRow> = dsl::task_exclusions
        .filter(dsl::tenant_id.eq(conn.tenant().uuid()))
        .filter(dsl::task_id.eq(id))
        .select(ExclusionRow::as_select())
        .order((dsl::from_on.asc().nulls_first(), dsl::id))
        .load(conn.pg())?;
    rows.into_iter()
        .map(|row| {
            let state = Status::from_code(&row.state).ok_or_else(|| unknown("state"))?;
            Ok(ExclusionTold { state, from_on: row.from_on, until_on: row.until_on, reason: row.reason })
        })
        .collect()
}

#[derive(QueryableByName)]
struct JournalRow {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Timestamptz)]
    at: DateTime<Utc>,
    #[diesel(sql_type = Text)]
    actor: String,
    #[diesel(sql_type = Text)]
    act: String,
    #[diesel(sql_type = Nullable<Text>)]
    person: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    file_name: Option<String>,
    #[diesel(sql_type = Nullable<Jsonb>)]
    before: Option<Value>,
    #[diesel(sql_type = Nullable<Jsonb>)]
    after: Option<Value>,
}

/// What the journal says of a task, the latest first; a person's name is looked up with it.
const JOURNAL: &str = "
SELECT j.id, j.at, j.actor, j.act, p.full_name AS person, i.file_name, j.before, j.after
  FROM journal j
  LEFT JOIN persons p ON p.tenant_id = $1 AND p.id::text = j.actor
  LEFT JOIN imports i ON i.tenant_id = $1 AND i.id = j.import_id
 WHERE j.tenant_id = $1 AND j.subject = 'task' AND j.subject_id = $2
   AND ($3::uuid IS NULL OR (j.at, j.id) < (SELECT at, id FROM journal WHERE tenant_id = $1 AND id = $3))
 ORDER BY j.at DESC, j.id DESC LIMIT $4";

/// A page of its history, the latest first, from behind an entry on; and whether there is more.
pub(in crate::tasks) fn journal(
    conn: &mut TenantConn<'_>,
    id: Uuid,
    before: Option<Uuid>,
) -> Result<(Vec<JournalTold>, bool)> {
    let limit = i32::try_from(HISTORY).unwrap_or(i32::MAX).saturating_add(1);
    let values = vec![conn.tenant().uuid().into(), id.into(), before.into(), limit.into()];
    let mut rows: Vec<JournalRow> = Prepared::new(JOURNAL.to_owned(), values).load(conn.pg())?;
    let is_more = rows.len() > HISTORY;
    rows.truncate(HISTORY);
    let actor = |row: &mut JournalRow| match (row.person.take(), row.file_name.take()) {
        (_, Some(file_name)) => Actor::Import { file_name },
        (Some(name), None) => Actor::Person { name },
        (None, None) => match row.actor.strip_prefix(API_KEY) {
            Some(name) => Actor::Key { name: name.to_owned() },
            None => Actor::Operator,
        },
    };
    let told = |mut row: JournalRow| JournalTold {
        id: row.id,
        at: row.at,
        actor: actor(&mut row),
        act: row.act,
        before: row.before,
        after: row.after,
    };
    Ok((rows.into_iter().map(told).collect(), is_more))
}

fn unknown(what: &str) -> Error {
    Error::Internal(format!("a task holds an unknown {what}"))
}
