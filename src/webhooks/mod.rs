//! Webhooks: addresses of other systems that are told what happens to tasks.
//!
//! What must stay true: whatever the journal says of a task is told, by the database, in the transaction of the act; only
//! addresses of the open Internet are told, by https, looked at when they are typed and again at each attempt; a secret is
//! shown once and kept sealed; a message is the same words at each attempt, and no attempt is made while a connection to
//! the database is held.

mod courier;
mod input;
mod post;
mod store;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::auth::Seeds;
use crate::db::TenantConn;
use crate::domain::task_event::TaskEvent;
use crate::error::{Denial, Error, Refusal, Result};
use crate::ids::{TenantId, new_id};
use crate::jobs;
use crate::journal::{self, Entry};

pub use courier::{Courier, DELIVER};
pub use input::{LONGEST_NAME, LONGEST_URL, NewWebhook, WebhookTyped};
pub use store::messages::{Attempt, MESSAGES, Message};

/// What a secret begins with, by the Standard Webhooks.
const SECRET_PREFIX: &str = "whsec_";

/// How long messages that are over are kept, in days.
const KEPT_DAYS: i64 = 30;

/// An address that is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    /// Its id.
    pub id: Uuid,
    /// What people call it.
    pub name: String,
    /// Where messages go.
    pub url: String,
    /// What it is told.
    pub events: Vec<TaskEvent>,
    /// Whether it is told anything now.
    pub is_active: bool,
    /// How often it was changed, and one.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
    /// Since when nothing has come through.
    pub failing_since: Option<DateTime<Utc>>,
    /// When it was switched off by itself.
    pub switched_off_at: Option<DateTime<Utc>>,
}

/// An address that was just made, with the secret that is shown this once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookMade {
    /// The address.
    pub webhook: Webhook,
    /// With what its messages are signed.
    pub secret: String,
}

/// Every address of the tenant, by name.
///
/// # Errors
/// The database's.
pub fn all(conn: &mut TenantConn<'_>) -> Result<Vec<Webhook>> {
    store::all(conn)
}

/// The address of an id.
///
/// # Errors
/// The database's.
pub fn find(conn: &mut TenantConn<'_>, id: Uuid) -> Result<Option<Webhook>> {
    store::find(conn, id)
}

/// Adds an address.
///
/// # Errors
/// The database's.
pub fn add(conn: &mut TenantConn<'_>, seeds: &Seeds, actor: String, new: &NewWebhook) -> Result<WebhookMade> {
    let (id, secret) = (new_id(), generate()?);
    let sealed = seeds.seal_text(&purpose(conn.tenant(), id), &secret)?;
    store::insert(conn, id, new, sealed)?;
    journal::append(conn, &[entry(actor, "webhook.create", id, None, Some(told(new)))])?;
    let webhook = find(conn, id)?.ok_or(Denial::NotFound)?;
    Ok(WebhookMade { webhook, secret })
}

/// The latest messages to an address, each with its attempts, the latest first.
///
/// # Errors
/// The database's.
pub fn messages(conn: &mut TenantConn<'_>, id: Uuid) -> Result<Vec<Message>> {
    store::messages::latest(conn, id)
}

/// Has a message tried again at once, whatever became of it.
///
/// # Errors
/// There is none of this id.
pub fn again(conn: &mut TenantConn<'_>, actor: String, webhook: Uuid, message: Uuid) -> Result<()> {
    if !store::messages::revive(conn, webhook, message)? {
        return Err(Denial::NotFound.into());
    }
    let now = conn.now();
    jobs::enqueue(conn, DELIVER, &courier::key(message, now), now)?;
    let after = json!({ "message": message });
    journal::append(conn, &[entry(actor, "webhook.again", webhook, None, Some(after))])
}

/// Removes what was told a month ago.
///
/// # Errors
/// The database's.
pub fn purge(conn: &mut TenantConn<'_>) -> Result<usize> {
    let before = conn.now() - TimeDelta::days(KEPT_DAYS);
    store::messages::purge(conn, before)
}

/// Changes an address from the version that whoever asks has read.
///
/// # Errors
/// There is none of this id; somebody has changed it meanwhile.
pub fn change(
    conn: &mut TenantConn<'_>,
    actor: String,
    id: Uuid,
    version: i32,
    new: &NewWebhook,
) -> Result<()> {
    let before = taken(conn, id, version)?;
    store::update(conn, id, new)?;
    let (before, after) = (told(&before.into()), told(new));
    journal::append(conn, &[entry(actor, "webhook.change", id, Some(before), Some(after))])
}

/// Takes an address away.
///
/// # Errors
/// There is none of this id; somebody has changed it meanwhile.
pub fn remove(conn: &mut TenantConn<'_>, actor: String, id: Uuid, version: i32) -> Result<()> {
    let before = taken(conn, id, version)?;
    store::delete(conn, id)?;
    journal::append(conn, &[entry(actor, "webhook.remove", id, Some(told(&before.into())), None)])
}

/// The address, locked until the transaction ends.
fn taken(conn: &mut TenantConn<'_>, id: Uuid, version: i32) -> Result<Webhook> {
    let webhook = store::lock(conn, id)?.ok_or(Denial::NotFound)?;
    if webhook.version == version { Ok(webhook) } else { Err(Refusal::Stale(webhook.version).into()) }
}

impl From<Webhook> for NewWebhook {
    fn from(webhook: Webhook) -> Self {
        let Webhook { name, url, events, is_active, .. } = webhook;
        Self { name, url, events, is_active }
    }
}

/// What the journal says of an address.
fn told(webhook: &NewWebhook) -> Value {
    let events: Vec<&str> = webhook.events.iter().map(|event| event.code()).collect();
    json!({ "name": webhook.name, "url": webhook.url, "events": events, "active": webhook.is_active })
}

fn entry(actor: String, act: &'static str, id: Uuid, before: Option<Value>, after: Option<Value>) -> Entry {
    Entry { actor, act, subject: "webhook", subject_id: Some(id), import_id: None, before, after }
}

/// What a secret is sealed for: it opens for its own address alone.
fn purpose(tenant: TenantId, id: Uuid) -> Vec<u8> {
    [b"webhook ".as_slice(), tenant.uuid().as_bytes(), id.as_bytes()].concat()
}

/// A fresh secret of 256 bits.
fn generate() -> Result<String> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)
        .map_err(|e| Error::Internal(format!("the system gives no randomness: {e}")))?;
    Ok(format!("{SECRET_PREFIX}{}", STANDARD.encode(bytes)))
}
