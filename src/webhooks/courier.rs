//! The job that hands a message over: takes it up, makes one attempt while no connection is held, writes down what became
//! of it, and sees that somebody comes again.

use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use uuid::Uuid;

use super::post::{self, Heard, Letter};
use super::store::messages::{self as store, Taken};
use super::{entry, purpose};
use crate::auth::Seeds;
use crate::clock::Clock;
use crate::db::{Db, TenantConn};
use crate::domain::delivery::{DeliveryFault, MessageState};
use crate::domain::outside::Reach;
use crate::error::{Error, Result};
use crate::jobs::{self, Claimed, JobError, back_off};
use crate::journal;
use crate::public_url::PublicUrl;

/// The kind of job.
pub const DELIVER: &str = "webhooks.deliver";

/// Attempts before a message is dead: about seven hours.
const MOST_ATTEMPTS: i32 = 12;

/// So long nothing comes through before an address is switched off.
const FAILING: TimeDelta = TimeDelta::days(3);

/// What hands messages over.
pub struct Courier {
    db: Db,
    clock: Clock,
    reach: Reach,
    seeds: Seeds,
    public_url: PublicUrl,
}

/// The key of a job that tries a message at an instant.
pub(super) fn key(message: Uuid, at: DateTime<Utc>) -> String {
    format!("{message} {}", at.timestamp_micros())
}

/// What is to be done with a message whose turn has come.
enum Turn {
    Over,
    Send(Box<Taken>),
}

impl Courier {
    /// One that goes so far.
    pub fn new(db: Db, clock: Clock, reach: Reach, seeds: Seeds, public_url: PublicUrl) -> Self {
        Self { db, clock, reach, seeds, public_url }
    }

    /// Makes one attempt.
    ///
    /// # Errors
    /// The database's, or a fault of ours: the job is done again. What the other side does is written down instead.
    pub fn deliver(&self, job: &Claimed) -> std::result::Result<(), JobError> {
        let scope = job.scope()?;
        let id = job.key.split(' ').next().and_then(|id| Uuid::parse_str(id).ok());
        let id = id.ok_or_else(|| JobError::Fail("no message".to_owned()))?;
        let Turn::Send(taken) = self.db.tenant(&scope, |conn| turn(conn, id))? else { return Ok(()) };
        let secret = self.db.tenant(&scope, |conn| {
            let secret = self.seeds.open_text(&purpose(conn.tenant(), taken.webhook), &taken.sealed_secret);
            secret.ok_or_else(|| Error::Internal("a webhook's secret does not open".to_owned()))
        })?;
        let letter = Letter {
            id: format!("msg_{}", id.simple()),
            url: &taken.url,
            secret: &secret,
            body: self.body(&taken),
        };
        let begun = Instant::now();
        let heard = post::send(self.reach, &letter, self.clock.now())?;
        let millis = i32::try_from(begun.elapsed().as_millis()).unwrap_or(i32::MAX);
        Ok(self.db.tenant(&scope, |conn| record(conn, &taken, heard, millis))?)
    }

    /// The same words at each attempt, and nothing that its reader may not be meant to know: what it is about is read
    /// where it stands, by whoever may.
    fn body(&self, taken: &Taken) -> String {
        let task = taken.task;
        json!({
            "type": taken.event,
            "timestamp": taken.happened_at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true),
            "data": { "task_id": task, "url": self.public_url.link(&format!("/api/v1/tasks/{task}")) },
        })
        .to_string()
    }
}

/// Takes a message up, unless it is over or its address is left in peace for now.
fn turn(conn: &mut TenantConn<'_>, id: Uuid) -> Result<Turn> {
    let Some(taken) = store::take(conn, id)? else { return Ok(Turn::Over) };
    if taken.state != MessageState::Waiting {
        return Ok(Turn::Over);
    }
    if !taken.is_active {
        store::end(conn, id, MessageState::Dead)?;
        let off = Heard { status: None, fault: Some(DeliveryFault::SwitchedOff) };
        store::attempt(conn, id, off, 0)?;
        return Ok(Turn::Over);
    }
    let now = conn.now();
    if let Some(until) = taken.paused_until.filter(|until| now < *until) {
        jobs::enqueue(conn, DELIVER, &key(id, until), until)?;
        return Ok(Turn::Over);
    }
    Ok(Turn::Send(Box::new(taken)))
}

/// Writes down what became of an attempt.
fn record(conn: &mut TenantConn<'_>, taken: &Taken, heard: Heard, millis: i32) -> Result<()> {
    store::attempt(conn, taken.id, heard, millis)?;
    let Some(fault) = heard.fault else {
        store::end(conn, taken.id, MessageState::Delivered)?;
        return store::answers(conn, taken.webhook);
    };
    let now = conn.now();
    let failures = taken.failures + 1;
    let until = now + back_off(failures, taken.id);
    let since = taken.failing_since.unwrap_or(now);
    store::fails(conn, taken.webhook, failures, since, until)?;
    if taken.attempts + 1 >= MOST_ATTEMPTS {
        store::end(conn, taken.id, MessageState::Dead)?;
    } else {
        jobs::enqueue(conn, DELIVER, &key(taken.id, until), until)?;
    }
    if fault == DeliveryFault::Gone || since + FAILING <= now {
        store::switch_off(conn, taken.webhook)?;
        let why = json!({ "why": fault.code(), "failing_since": since });
        let told = entry(journal::OPERATOR.to_owned(), "webhook.switch_off", taken.webhook, None, Some(why));
        journal::append(conn, &[told])?;
    }
    Ok(())
}
