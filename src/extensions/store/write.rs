//! SQL of making, deciding and taking back requests.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Array, Date, Nullable, Text, Uuid as SqlUuid};
use uuid::Uuid;

use crate::db::TenantConn;
use crate::domain::access::Acting;
use crate::domain::extension::Ruling;
use crate::domain::task::ExtensionDecision;
use crate::error::Result;
use crate::extensions::input::NewRequest;
use crate::ids::new_id;
use crate::schema::{extension_requests, task_extensions};

/// Locks a request until the transaction ends; whether there is one.
pub(in crate::extensions) fn lock(conn: &mut TenantConn<'_>, id: Uuid) -> Result<bool> {
    let locked: Option<Uuid> = extension_requests::table
        .filter(extension_requests::tenant_id.eq(conn.tenant().uuid()))
        .filter(extension_requests::id.eq(id))
        .select(extension_requests::id)
        .for_update()
        .first(conn.pg())
        .optional()?;
    Ok(locked.is_some())
}

/// Writes a request with its tasks; its id.
pub(in crate::extensions) fn insert(
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
pub(in crate::extensions) struct Decided {
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
pub(in crate::extensions) fn decide(
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
pub(in crate::extensions) fn withdraw(
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
