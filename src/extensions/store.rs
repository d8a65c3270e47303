//! SQL of the extension desk.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Date, Nullable, Text, Uuid as SqlUuid};
use uuid::Uuid;

use super::input::NewRequest;
use super::list::{RequestFilter, RequestState};
use super::model::{RequestListed, RequestedTask};
use crate::db::{Prepared, TenantConn};
use crate::domain::access::{Acting, Visible};
use crate::domain::extension::Ruling;
use crate::domain::task::{ExtensionDecision, Status};
use crate::error::{Error, Result};
use crate::ids::new_id;
use crate::schema::{extension_requests, task_extensions};

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
pub(super) fn page(
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
pub(super) fn one(conn: &mut TenantConn<'_>, visible: Visible, id: Uuid) -> Result<Option<RequestListed>> {
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
pub(super) fn tasks(conn: &mut TenantConn<'_>, request: Uuid) -> Result<Vec<RequestedTask>> {
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

/// Locks a request until the transaction ends; whether there is one.
pub(super) fn lock(conn: &mut TenantConn<'_>, id: Uuid) -> Result<bool> {
    let locked: Option<Uuid> = extension_requests::table
        .filter(extension_requests::tenant_id.eq(conn.tenant().uuid()))
        .filter(extension_requests::id.eq(id))
        .select(extension_requests::id)
        .for_update()
        .first(conn.pg())
        .optional()?;
    Ok(locked.is_some())
}

/// Those of the tasks that have an open request.
pub(super) fn asked_already(conn: &mut TenantConn<'_>, tasks: &[Uuid]) -> Result<Vec<Uuid>> {
    Ok(task_extensions::table
        .filter(task_extensions::tenant_id.eq(conn.tenant().uuid()))
        .filter(task_extensions::task_id.eq_any(tasks))
        .filter(task_extensions::decision.is_null())
        .select(task_extensions::task_id)
        .load(conn.pg())?)
}

/// Writes a request with its tasks; its id.
pub(super) fn insert(
    conn: &mut TenantConn<'_>,
    acting: &Acting,
    unit: Uuid,
    request: &NewRequest,
    today: NaiveDate,
) -> Result<Uuid> {
    let (tenant, now, id) = (conn.tenant().uuid(), conn.now(), new_id());
    let letter = (
        extension_requests::tenant_id.eq(tenant),
        extension_requests::id.eq(id),
        extension_requests::unit_id.eq(unit),
        extension_requests::asked_by.eq(&acting.actor),
        extension_requests::requested_on.eq(today),
        extension_requests::letter_number.eq(&request.letter_number),
        extension_requests::letter_date.eq(request.letter_date),
        extension_requests::reason.eq(&request.reason),
        extension_requests::effect.eq(&request.effect),
        extension_requests::created_at.eq(now),
    );
    diesel::insert_into(extension_requests::table).values(letter).execute(conn.pg())?;
    let rows: Vec<_> = request
        .tasks
        .iter()
        .map(|ask| {
            (
                task_extensions::tenant_id.eq(tenant),
                task_extensions::id.eq(new_id()),
                task_extensions::task_id.eq(ask.task),
                task_extensions::request_id.eq(id),
                task_extensions::requested_on.eq(today),
                task_extensions::request_number.eq(&request.letter_number),
                task_extensions::reason.eq(&ask.reason),
                task_extensions::wanted_due_on.eq(ask.due_on),
                task_extensions::wanted_words.eq(&ask.words),
                task_extensions::wanted_precision.eq(ask.precision.code()),
            )
        })
        .collect();
    diesel::insert_into(task_extensions::table).values(rows).execute(conn.pg())?;
    Ok(id)
}

/// What is written about one row of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decided {
    /// The row.
    pub id: Uuid,
    pub ruling: Ruling,
    pub reason: Option<String>,
    /// The deadline from then on.
    pub new_due_on: Option<NaiveDate>,
}

const DECIDE: &str = "
UPDATE task_extensions e
   SET decision = d.decision, decided_on = $3, decided_by = $4, decision_reason = d.reason, new_due_on = d.due::date
  FROM unnest($2::text[], $5::text[], $6::text[], $7::text[]) AS d (id, decision, reason, due)
 WHERE e.tenant_id = $1 AND e.id = d.id::uuid AND e.decision IS NULL";

/// Decides rows of a request that are open.
pub(super) fn decide(
    conn: &mut TenantConn<'_>,
    decided: &[Decided],
    day: NaiveDate,
    decider: &str,
) -> Result<()> {
    let texts = |of: &dyn Fn(&Decided) -> Option<String>| decided.iter().map(of).collect::<Vec<_>>();
    diesel::sql_query(DECIDE)
        .bind::<SqlUuid, _>(conn.tenant().uuid())
        .bind::<Array<Text>, _>(decided.iter().map(|d| d.id.to_string()).collect::<Vec<_>>())
        .bind::<Date, _>(day)
        .bind::<Text, _>(decider)
        .bind::<Array<Nullable<Text>>, _>(texts(&|d| Some(d.ruling.decision().code().to_owned())))
        .bind::<Array<Nullable<Text>>, _>(texts(&|d| d.reason.clone()))
        .bind::<Array<Nullable<Text>>, _>(texts(&|d| d.new_due_on.map(|due| due.to_string())))
        .execute(conn.pg())?;
    Ok(())
}

/// Takes back what is open of a request; the tasks of it.
pub(super) fn withdraw(
    conn: &mut TenantConn<'_>,
    request: Uuid,
    day: NaiveDate,
    by: &str,
) -> Result<Vec<Uuid>> {
    let open = task_extensions::table
        .filter(task_extensions::tenant_id.eq(conn.tenant().uuid()))
        .filter(task_extensions::request_id.eq(request))
        .filter(task_extensions::decision.is_null());
    let withdrawn = (
        task_extensions::decision.eq(ExtensionDecision::Withdrawn.code()),
        task_extensions::decided_on.eq(day),
        task_extensions::decided_by.eq(by),
    );
    Ok(diesel::update(open).set(withdrawn).returning(task_extensions::task_id).get_results(conn.pg())?)
}

/// The letter that asks for a task and is not decided.
pub(super) fn open_of(conn: &mut TenantConn<'_>, task: Uuid) -> Result<Option<Uuid>> {
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
pub(super) fn askable(conn: &mut TenantConn<'_>, unit: Uuid) -> Result<Vec<Askable>> {
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
