//! SQL of webhooks.

pub(super) mod messages;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use super::{NewWebhook, Webhook};
use crate::db::TenantConn;
use crate::domain::task_event::TaskEvent;
use crate::error::Result;
use crate::schema::webhooks;

#[derive(Queryable, Selectable)]
#[diesel(table_name = webhooks)]
struct WebhookRow {
    id: Uuid,
    name: String,
    url: String,
    events: Vec<Option<String>>,
    active: bool,
    version: i32,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    failing_since: Option<DateTime<Utc>>,
    switched_off_at: Option<DateTime<Utc>>,
}

impl From<WebhookRow> for Webhook {
    fn from(row: WebhookRow) -> Self {
        let events = row.events.iter().flatten().filter_map(|code| TaskEvent::from_code(code)).collect();
        let WebhookRow { id, name, url, active, version, created_at, updated_at, .. } = row;
        let WebhookRow { failing_since, switched_off_at, .. } = row;
        Self {
            id,
            name,
            url,
            events,
            is_active: active,
            version,
            created_at,
            updated_at,
            failing_since,
            switched_off_at,
        }
    }
}

fn codes(new: &NewWebhook) -> Vec<Option<&'static str>> {
    new.events.iter().map(|event| Some(event.code())).collect()
}

pub(super) fn all(conn: &mut TenantConn<'_>) -> Result<Vec<Webhook>> {
    let rows: Vec<WebhookRow> = webhooks::table
        .filter(webhooks::tenant_id.eq(conn.tenant().uuid()))
        .order((webhooks::name, webhooks::id))
        .select(WebhookRow::as_select())
        .load(conn.pg())?;
    Ok(rows.into_iter().map(Webhook::from).collect())
}

pub(super) fn find(conn: &mut TenantConn<'_>, id: Uuid) -> Result<Option<Webhook>> {
    let row: Option<WebhookRow> = webhooks::table
        .filter(webhooks::tenant_id.eq(conn.tenant().uuid()).and(webhooks::id.eq(id)))
        .select(WebhookRow::as_select())
        .first(conn.pg())
        .optional()?;
    Ok(row.map(Webhook::from))
}

/// The address, locked until the transaction ends.
pub(super) fn lock(conn: &mut TenantConn<'_>, id: Uuid) -> Result<Option<Webhook>> {
    let row: Option<WebhookRow> = webhooks::table
        .filter(webhooks::tenant_id.eq(conn.tenant().uuid()).and(webhooks::id.eq(id)))
        .select(WebhookRow::as_select())
        .for_update()
        .first(conn.pg())
        .optional()?;
    Ok(row.map(Webhook::from))
}

pub(super) fn insert(conn: &mut TenantConn<'_>, id: Uuid, new: &NewWebhook, sealed: Vec<u8>) -> Result<()> {
    let row = (
        webhooks::tenant_id.eq(conn.tenant().uuid()),
        webhooks::id.eq(id),
        webhooks::name.eq(&new.name),
        webhooks::url.eq(&new.url),
        webhooks::events.eq(codes(new)),
        webhooks::active.eq(new.is_active),
        webhooks::sealed_secret.eq(sealed),
        webhooks::created_at.eq(conn.now()),
        webhooks::updated_at.eq(conn.now()),
    );
    diesel::insert_into(webhooks::table).values(row).execute(conn.pg())?;
    Ok(())
}

pub(super) fn update(conn: &mut TenantConn<'_>, id: Uuid, new: &NewWebhook) -> Result<()> {
    let own = webhooks::table.filter(webhooks::tenant_id.eq(conn.tenant().uuid()).and(webhooks::id.eq(id)));
    let values = (
        webhooks::name.eq(&new.name),
        webhooks::url.eq(&new.url),
        webhooks::events.eq(codes(new)),
        webhooks::active.eq(new.is_active),
        webhooks::version.eq(webhooks::version + 1),
        webhooks::updated_at.eq(conn.now()),
        // Another address, or one that was put right, is tried at once.
        webhooks::failures.eq(0),
        webhooks::failing_since.eq(None::<DateTime<Utc>>),
        webhooks::paused_until.eq(None::<DateTime<Utc>>),
        webhooks::switched_off_at.eq(None::<DateTime<Utc>>),
    );
    diesel::update(own).set(values).execute(conn.pg())?;
    Ok(())
}

pub(super) fn delete(conn: &mut TenantConn<'_>, id: Uuid) -> Result<()> {
    let own = webhooks::table.filter(webhooks::tenant_id.eq(conn.tenant().uuid()).and(webhooks::id.eq(id)));
    diesel::delete(own).execute(conn.pg())?;
    Ok(())
}
