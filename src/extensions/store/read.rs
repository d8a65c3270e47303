//! SQL of requests as they are read.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Nullable, Text, Uuid as SqlUuid};
use uuid::Uuid;

use crate::db::{Prepared, TenantConn};
use crate::domain::access::Visible;
use crate::domain::task::{ExtensionDecision, Status};
use crate::error::{Error, Result};
use crate::extensions::list::{RequestFilter, RequestState};
use crate::extensions::model::{RequestListed, RequestedTask};
use crate::schema::task_extensions;

/// Of a row of a request: the deadline when it was asked, and how often it had been extended by then. What was decided
/// on the day it was asked came before it when its row was made before.
const BEFORE: &str = "
  LEFT JOIN LATERAL (
       SELECT count(*) AS earlier,
              (array_agg(x.new_due_on ORDER BY x.decided_on DESC NULLS LAST, x.id DESC))[1] AS due_on
         FROM task_extensions x
        WHERE x.tenant_id = $1 AND x.task_id = e.task_id AND x.new_due_on IS NOT NULL
          AND (x.decided_on IS NULL OR x.decided_on < e.requested_on
               OR (x.decided_on = e.requested_on AND x.id < e.id))) b ON true";

/// Which requests a reader sees: of a unit, those it made and those of tasks that it leads now.
fn seen(visible: Visible) -> (&'static str, Option<Uuid>) {
    match visible {
        Visible::Tenant => ("$2::uuid IS NULL", None),
        Visible::Unit(unit) => (
            "(r.unit_id = $2 OR EXISTS (SELECT FROM task_extensions o JOIN tasks l
                 ON l.tenant_id = $1 AND l.id = o.task_id AND l.lead_unit_id = $2
              WHERE o.tenant_id = $1 AND o.request_id = r.id))",
            Some(unit),
        ),
        Visible::Nothing => ("$2::uuid IS NOT NULL", None),
    }
}

#[derive(QueryableByName)]
struct ListedRow {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    unit_id: Uuid,
    #[diesel(sql_type = Text)]
    unit: String,
    #[diesel(sql_type = Text)]
    unit_name: String,
    #[diesel(sql_type = Text)]
    asked_by: String,
    #[diesel(sql_type = Nullable<Text>)]
    asker: Option<String>,
    #[diesel(sql_type = Date)]
    requested_on: NaiveDate,
    #[diesel(sql_type = Nullable<Text>)]
    letter_number: Option<String>,
    #[diesel(sql_type = Nullable<Date>)]
    letter_date: Option<NaiveDate>,
    #[diesel(sql_type = Text)]
    reason: String,
    #[diesel(sql_type = Nullable<Text>)]
    effect: Option<String>,
    #[diesel(sql_type = BigInt)]
    tasks: i64,
    #[diesel(sql_type = BigInt)]
    open: i64,
    #[diesel(sql_type = BigInt)]
    agreed: i64,
    #[diesel(sql_type = BigInt)]
    late: i64,
}

/// Every request that the reader sees, with the counts of its tasks.
fn listed(visible: Visible, narrowed: &str) -> (String, Option<Uuid>) {
    let (seen, unit) = seen(visible);
    let sql = format!(
        "SELECT r.id, r.unit_id, u.short_name AS unit, u.name AS unit_name, r.asked_by, p.full_name AS asker,
       r.requested_on, r.letter_number, r.letter_date, r.reason, r.effect, c.tasks, c.open, c.agreed, c.late
  FROM extension_requests r
  JOIN units u ON u.tenant_id = $1 AND u.id = r.unit_id
  LEFT JOIN persons p ON p.tenant_id = $1 AND p.id::text = r.asked_by
  JOIN LATERAL (
       SELECT count(*) AS tasks, count(*) FILTER (WHERE e.decision IS NULL) AS open,
              count(e.new_due_on) AS agreed,
              count(*) FILTER (WHERE coalesce(b.due_on, t.original_due_on) < e.requested_on) AS late
         FROM task_extensions e
         JOIN tasks t ON t.tenant_id = $1 AND t.id = e.task_id{BEFORE}
        WHERE e.tenant_id = $1 AND e.request_id = r.id) c ON true
 WHERE r.tenant_id = $1 AND {seen} AND {narrowed}"
    );
    (sql, unit)
}

/// The requests of a filter, open ones first, then the latest first; of these `limit` behind the first `skip`.
pub(in crate::extensions) fn page(
    conn: &mut TenantConn<'_>,
    visible: Visible,
    filter: &RequestFilter,
    skip: i32,
    limit: i32,
) -> Result<Vec<RequestListed>> {
    let state = match filter.state {
        None => "true",
        Some(RequestState::Open) => "c.open > 0",
        Some(RequestState::Decided) => "c.open = 0",
        Some(RequestState::Late) => "c.late > 0",
    };
    let (sql, unit) = listed(visible, &format!("{state} AND ($3::uuid IS NULL OR r.unit_id = $3)"));
    let sql = format!("{sql} ORDER BY c.open = 0, r.requested_on DESC, r.id DESC OFFSET $4 LIMIT $5");
    let asked = Prepared::new(sql, vec![conn.tenant().uuid().into(), unit.into(), filter.unit.into()]);
    let rows: Vec<ListedRow> = asked.bind(skip).bind(limit).load(conn.pg())?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// The request of an id, if the reader sees it.
pub(in crate::extensions) fn one(
    conn: &mut TenantConn<'_>,
    visible: Visible,
    id: Uuid,
) -> Result<Option<RequestListed>> {
    let (sql, unit) = listed(visible, "r.id = $3");
    let asked = Prepared::new(sql, vec![conn.tenant().uuid().into(), unit.into(), id.into()]);
    let row: Option<ListedRow> = asked.get_result(conn.pg()).optional()?;
    Ok(row.map(Into::into))
}

impl From<ListedRow> for RequestListed {
    fn from(row: ListedRow) -> Self {
        Self {
            id: row.id,
            unit_id: row.unit_id,
            unit: row.unit,
            unit_name: row.unit_name,
            asked_by: row.asked_by,
            asker: row.asker,
            requested_on: row.requested_on,
            letter_number: row.letter_number,
            letter_date: row.letter_date,
            reason: row.reason,
            effect: row.effect,
            tasks: row.tasks.unsigned_abs(),
            open: row.open.unsigned_abs(),
            agreed: row.agreed.unsigned_abs(),
            late: row.late.unsigned_abs(),
        }
    }
}

#[derive(QueryableByName)]
struct TaskRow {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    task_id: Uuid,
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = Text)]
    status: String,
    #[diesel(sql_type = Nullable<Date>)]
    original_due_on: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Date>)]
    due_on: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Date>)]
    due_then: Option<NaiveDate>,
    #[diesel(sql_type = BigInt)]
    earlier: i64,
    #[diesel(sql_type = Date)]
    requested_on: NaiveDate,
    #[diesel(sql_type = Nullable<Text>)]
    reason: Option<String>,
    #[diesel(sql_type = Date)]
    wanted_due_on: NaiveDate,
    #[diesel(sql_type = Nullable<Text>)]
    wanted_words: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    decision: Option<String>,
    #[diesel(sql_type = Nullable<Date>)]
    decided_on: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Text>)]
    decider: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    decision_reason: Option<String>,
    #[diesel(sql_type = Nullable<Date>)]
    new_due_on: Option<NaiveDate>,
}

/// The tasks of a request, in the order they were asked.
pub(in crate::extensions) fn tasks(conn: &mut TenantConn<'_>, request: Uuid) -> Result<Vec<RequestedTask>> {
    let sql = format!(
        "SELECT e.id, e.task_id, t.code, t.title, t.status, t.original_due_on, t.due_on,
       coalesce(b.due_on, t.original_due_on) AS due_then, b.earlier, e.requested_on, e.reason, e.wanted_due_on,
       e.wanted_words, e.decision, e.decided_on, p.full_name AS decider, e.decision_reason, e.new_due_on
  FROM task_extensions e
  JOIN tasks t ON t.tenant_id = $1 AND t.id = e.task_id
  LEFT JOIN persons p ON p.tenant_id = $1 AND p.id::text = e.decided_by{BEFORE}
 WHERE e.tenant_id = $1 AND e.request_id = $2 ORDER BY e.id"
    );
    let asked = Prepared::new(sql, vec![conn.tenant().uuid().into(), request.into()]);
    let rows: Vec<TaskRow> = asked.load(conn.pg())?;
    rows.into_iter().map(TryInto::try_into).collect()
}

impl TryFrom<TaskRow> for RequestedTask {
    type Error = Error;

    fn try_from(row: TaskRow) -> Result<Self> {
        let unknown = || Error::Internal("an extension holds an unknown code".to_owned());
        let decision = match &row.decision {
            Some(code) => Some(ExtensionDecision::from_code(code).ok_or_else(unknown)?),
            None => None,
        };
        Ok(Self {
            id: row.id,
            task_id: row.task_id,
            code: row.code,
            title: row.title,
            status: Status::from_code(&row.status).ok_or_else(unknown)?,
            original_due_on: row.original_due_on,
            due_on: row.due_on,
            due_then: row.due_then,
            earlier: row.earlier.unsigned_abs(),
            requested_on: row.requested_on,
            reason: row.reason,
            wanted_due_on: row.wanted_due_on,
            wanted_words: row.wanted_words,
            decision,
            decided_on: row.decided_on,
            decider: row.decider,
            decision_reason: row.decision_reason,
            new_due_on: row.new_due_on,
        })
    }
}

/// Those of the tasks that have an open request.
pub(in crate::extensions) fn asked_already(conn: &mut TenantConn<'_>, tasks: &[Uuid]) -> Result<Vec<Uuid>> {
    Ok(task_extensions::table
        .filter(task_extensions::tenant_id.eq(conn.tenant().uuid()))
        .filter(task_extensions::task_id.eq_any(tasks))
        .filter(task_extensions::decision.is_null())
        .select(task_extensions::task_id)
        .load(conn.pg())?)
}

/// The letter that asks for a task and is not decided.
pub(in crate::extensions) fn open_of(conn: &mut TenantConn<'_>, task: Uuid) -> Result<Option<Uuid>> {
    let found: Option<Option<Uuid>> = task_extensions::table
        .filter(task_extensions::tenant_id.eq(conn.tenant().uuid()))
        .filter(task_extensions::task_id.eq(task))
        .filter(task_extensions::decision.is_null())
        .select(task_extensions::request_id)
        .first(conn.pg())
        .optional()?;
    Ok(found.flatten())
}

/// A task that a later deadline may be asked for.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Askable {
    /// The task.
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    /// Its code.
    #[diesel(sql_type = Text)]
    pub code: String,
    /// Its title.
    #[diesel(sql_type = Text)]
    pub title: String,
    /// Its deadline.
    #[diesel(sql_type = Date)]
    pub due_on: NaiveDate,
    /// How often it was extended.
    #[diesel(sql_type = BigInt)]
    pub extended: i64,
}

/// The open tasks that a unit leads and that have a deadline and no open request, the earliest deadline first.
pub(in crate::extensions) fn askable(conn: &mut TenantConn<'_>, unit: Uuid) -> Result<Vec<Askable>> {
    let sql = "SELECT t.id, t.code, t.title, t.due_on,
       (SELECT count(*) FROM task_extensions x
         WHERE x.tenant_id = $1 AND x.task_id = t.id AND x.new_due_on IS NOT NULL) AS extended
  FROM tasks t
 WHERE t.tenant_id = $1 AND t.lead_unit_id = $2 AND t.completed_on IS NULL AND t.deleted_at IS NULL
   AND t.status IN ('not_started', 'in_progress', 'submitted') AND t.due_on IS NOT NULL
   AND NOT EXISTS (SELECT FROM task_extensions e
                    WHERE e.tenant_id = $1 AND e.task_id = t.id AND e.decision IS NULL)
 ORDER BY t.due_on, t.code";
    let asked = Prepared::new(sql.to_owned(), vec![conn.tenant().uuid().into(), unit.into()]);
    Ok(asked.load(conn.pg())?)
}
