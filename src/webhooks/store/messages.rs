//! SQL of messages and attempts.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use crate::db::TenantConn;
use crate::domain::delivery::{DeliveryFault, MessageState};
use crate::domain::task_event::TaskEvent;
use crate::error::{Error, Result};
use crate::schema::{tasks, webhook_attempts, webhook_messages, webhooks};
use crate::webhooks::post::Heard;

/// So many messages are shown.
pub const MESSAGES: i64 = 50;

/// A message as an administrator sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its id.
    pub id: Uuid,
    /// What it tells.
    pub event: TaskEvent,
    /// The code of the task.
    pub task: String,
    /// When it happened.
    pub happened_at: DateTime<Utc>,
    /// What became of it.
    pub state: MessageState,
    /// Each attempt, the latest first.
    pub attempts: Vec<Attempt>,
}

/// An attempt to hand a message over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// When.
    pub at: DateTime<Utc>,
    /// The HTTP status of the answer.
    pub status: Option<u16>,
    /// Why it failed.
    pub fault: Option<DeliveryFault>,
    /// How long it took, in milliseconds.
    pub millis: i32,
}

/// A message whose turn has come, with its address.
pub(in crate::webhooks) struct Taken {
    pub id: Uuid,
    pub webhook: Uuid,
    pub event: String,
    pub task: Uuid,
    pub happened_at: DateTime<Utc>,
    pub state: MessageState,
    pub attempts: i32,
    pub url: String,
    pub is_active: bool,
    pub sealed_secret: Vec<u8>,
    pub failures: i32,
    pub failing_since: Option<DateTime<Utc>>,
    pub paused_until: Option<DateTime<Utc>>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = webhook_messages)]
struct MessageRow {
    id: Uuid,
    webhook_id: Uuid,
    event: String,
    task_id: Uuid,
    happened_at: DateTime<Utc>,
    state: String,
    attempts: i32,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = webhooks)]
struct AddressRow {
    url: String,
    active: bool,
    sealed_secret: Vec<u8>,
    failures: i32,
    failing_since: Option<DateTime<Utc>>,
    paused_until: Option<DateTime<Utc>>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = webhook_attempts)]
struct AttemptRow {
    message_id: Uuid,
    at: DateTime<Utc>,
    status: Option<i16>,
    fault: Option<String>,
    millis: i32,
}

fn state(code: &str) -> Result<MessageState> {
    MessageState::from_code(code).ok_or_else(|| Error::Internal("a message of an unknown state".to_owned()))
}

/// The message of an id with its address.
pub(in crate::webhooks) fn take(conn: &mut TenantConn<'_>, id: Uuid) -> Result<Option<Taken>> {
    let tenant = conn.tenant().uuid();
    let found: Option<(MessageRow, AddressRow)> = webhook_messages::table
        .inner_join(
            webhooks::table.on(webhooks::tenant_id
                .eq(webhook_messages::tenant_id)
                .and(webhooks::id.eq(webhook_messages::webhook_id))),
        )
        .filter(webhook_messages::tenant_id.eq(tenant))
        .filter(webhook_messages::id.eq(id))
        .select((MessageRow::as_select(), AddressRow::as_select()))
        .first(conn.pg())
        .optional()?;
    let Some((message, address)) = found else { return Ok(None) };
    let MessageRow { id, webhook_id, event, task_id, happened_at, attempts, .. } = message;
    let AddressRow { url, active, sealed_secret, failures, failing_since, paused_until } = address;
    Ok(Some(Taken {
        id,
        webhook: webhook_id,
        event,
        task: task_id,
        happened_at,
        state: state(&message.state)?,
        attempts,
        url,
        is_active: active,
        sealed_secret,
        failures,
        failing_since,
        paused_until,
    }))
}

/// Writes an attempt down.
pub(in crate::webhooks) fn attempt(
    conn: &mut TenantConn<'_>,
    id: Uuid,
    heard: Heard,
    millis: i32,
) -> Result<()> {
    let tenant = conn.tenant().uuid();
    let row = (
        webhook_attempts::tenant_id.eq(tenant),
        webhook_attempts::message_id.eq(id),
        webhook_attempts::at.eq(conn.now()),
        webhook_attempts::status.eq(heard.status.and_then(|status| i16::try_from(status).ok())),
        webhook_attempts::fault.eq(heard.fault.map(DeliveryFault::code)),
        webhook_attempts::millis.eq(millis),
    );
    diesel::insert_into(webhook_attempts::table).values(row).on_conflict_do_nothing().execute(conn.pg())?;
    let own = webhook_messages::table
        .filter(webhook_messages::tenant_id.eq(tenant).and(webhook_messages::id.eq(id)));
    diesel::update(own)
        .set(webhook_messages::attempts.eq(webhook_messages::attempts + 1))
        .execute(conn.pg())?;
    Ok(())
}

/// Ends a message.
pub(in crate::webhooks) fn end(conn: &mut TenantConn<'_>, id: Uuid, state: MessageState) -> Result<()> {
    let own = webhook_messages::table
        .filter(webhook_messages::tenant_id.eq(conn.tenant().uuid()).and(webhook_messages::id.eq(id)));
    diesel::update(own).set(webhook_messages::state.eq(state.code())).execute(conn.pg())?;
    Ok(())
}

/// Lets a message be tried anew, and its address at once; `false` when there is none.
pub(in crate::webhooks) fn revive(conn: &mut TenantConn<'_>, webhook: Uuid, id: Uuid) -> Result<bool> {
    let tenant = conn.tenant().uuid();
    let own = webhook_messages::table
        .filter(webhook_messages::tenant_id.eq(tenant).and(webhook_messages::id.eq(id)))
        .filter(webhook_messages::webhook_id.eq(webhook));
    let values = (webhook_messages::state.eq(MessageState::Waiting.code()), webhook_messages::attempts.eq(0));
    let found = diesel::update(own).set(values).execute(conn.pg())? == 1;
    let address = webhooks::table.filter(webhooks::tenant_id.eq(tenant).and(webhooks::id.eq(webhook)));
    diesel::update(address).set(webhooks::paused_until.eq(None::<DateTime<Utc>>)).execute(conn.pg())?;
    Ok(found)
}

/// An address has answered.
pub(in crate::webhooks) fn answers(conn: &mut TenantConn<'_>, webhook: Uuid) -> Result<()> {
    let own =
        webhooks::table.filter(webhooks::tenant_id.eq(conn.tenant().uuid()).and(webhooks::id.eq(webhook)));
    let none = None::<DateTime<Utc>>;
    let values =
        (webhooks::failures.eq(0), webhooks::failing_since.eq(none), webhooks::paused_until.eq(none));
    diesel::update(own).set(values).execute(conn.pg())?;
    Ok(())
}

/// An address has failed so often, and is left in peace for a while.
pub(in crate::webhooks) fn fails(
    conn: &mut TenantConn<'_>,
    webhook: Uuid,
    failures: i32,
    since: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<()> {
    let own =
        webhooks::table.filter(webhooks::tenant_id.eq(conn.tenant().uuid()).and(webhooks::id.eq(webhook)));
    let values = (
        webhooks::failures.eq(failures),
        webhooks::failing_since.eq(since),
        webhooks::paused_until.eq(until),
    );
    diesel::update(own).set(values).execute(conn.pg())?;
    Ok(())
}

/// Switches an address off.
pub(in crate::webhooks) fn switch_off(conn: &mut TenantConn<'_>, webhook: Uuid) -> Result<()> {
    let own =
        webhooks::table.filter(webhooks::tenant_id.eq(conn.tenant().uuid()).and(webhooks::id.eq(webhook)));
    let values = (
        webhooks::active.eq(false),
        webhooks::switched_off_at.eq(conn.now()),
        webhooks::version.eq(webhooks::version + 1),
        webhooks::updated_at.eq(conn.now()),
    );
    diesel::update(own).set(values).execute(conn.pg())?;
    Ok(())
}

/// Removes the messages that happened before.
pub(in crate::webhooks) fn purge(conn: &mut TenantConn<'_>, before: DateTime<Utc>) -> Result<usize> {
    let old = webhook_messages::table
        .filter(webhook_messages::tenant_id.eq(conn.tenant().uuid()))
        .filter(webhook_messages::happened_at.lt(before))
        .filter(webhook_messages::state.ne(MessageState::Waiting.code()));
    Ok(diesel::delete(old).execute(conn.pg())?)
}

/// The latest messages to an address.
pub(in crate::webhooks) fn latest(conn: &mut TenantConn<'_>, webhook: Uuid) -> Result<Vec<Message>> {
    let tenant = conn.tenant().uuid();
    let rows: Vec<(MessageRow, String)> = webhook_messages::table
        .inner_join(tasks::table.on(
            tasks::tenant_id.eq(webhook_messages::tenant_id).and(tasks::id.eq(webhook_messages::task_id)),
        ))
        .filter(webhook_messages::tenant_id.eq(tenant))
        .filter(webhook_messages::webhook_id.eq(webhook))
        .order((webhook_messages::happened_at.desc(), webhook_messages::id))
        .limit(MESSAGES)
        .select((MessageRow::as_select(), tasks::code))
        .load(conn.pg())?;
    let ids: Vec<Uuid> = rows.iter().map(|(row, _)| row.id).collect();
    let attempts: Vec<AttemptRow> = webhook_attempts::table
        .filter(webhook_attempts::tenant_id.eq(tenant))
        .filter(webhook_attempts::message_id.eq_any(ids))
        .order(webhook_attempts::at.desc())
        .select(AttemptRow::as_select())
        .load(conn.pg())?;
    let told = |(row, task): (MessageRow, String)| {
        let unknown = || Error::Internal("a message of an unknown event".to_owned());
        Ok(Message {
            event: TaskEvent::from_code(&row.event).ok_or_else(unknown)?,
            task,
            happened_at: row.happened_at,
            state: state(&row.state)?,
            attempts: attempts
                .iter()
                .filter(|attempt| attempt.message_id == row.id)
                .map(Attempt::from)
                .collect(),
            id: row.id,
        })
    };
    rows.into_iter().map(told).collect()
}

impl From<&AttemptRow> for Attempt {
    fn from(row: &AttemptRow) -> Self {
        Self {
            at: row.at,
            status: row.status.and_then(|status| u16::try_from(status).ok()),
            fault: row.fault.as_deref().and_then(DeliveryFault::from_code),
            millis: row.millis,
        }
    }
}
