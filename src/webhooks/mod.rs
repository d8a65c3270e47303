//! Webhooks: addresses of other systems that are told what happens to tasks.
//!
//! What must stay true: only addresses of the open Internet are told, by https, looked at when they are typed and again
//! at each message; a secret is shown once and kept sealed.

mod input;
mod store;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::auth::Seeds;
use crate::db::TenantConn;
use crate::domain::task_event::TaskEvent;
use crate::error::{Denial, Error, Refusal, Result};
use crate::ids::{TenantId, new_id};
use crate::journal::{self, Entry};

pub use input::{LONGEST_NAME, LONGEST_URL, NewWebhook, Reach, WebhookTyped};

/// What a secret begins with, by the Standard Webhooks.
const SECRET_PREFIX: &str = "whsec_";

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
