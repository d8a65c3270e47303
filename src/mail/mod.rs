//! The outbox: every letter is planned as a row in the transaction of what it tells of, composed once, sent outside any
//! transaction, recorded.
//!
//! What must stay true: a letter is composed and stored at its first claim and never again, so that another try is the
//! same letter under the same message id; no connection to the database is held while a server is spoken to; the row
//! stays when the text is gone. One letter that can't be composed or sent stops no other.

mod breaker;
mod deliver;
mod lines;
mod message;
mod smtp;
mod store;
mod transport;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;
use uuid::Uuid;

use crate::db::TenantConn;
use crate::domain::lang::Lang;
use crate::error::Result;
use crate::ids::TenantId;
use crate::jobs;

pub use deliver::{PostRoom, directory, purge};
pub use message::sender;
pub use transport::{Kept, Transport};

/// The kind of job that sends what a tenant has planned.
pub const DELIVER: &str = "mail.deliver";

/// The kind of job that removes a tenant's old texts.
pub const PURGE: &str = "mail.purge";

/// Kinds whose text holds a link that opens something: gone as soon as the letter is sent.
const SECRET_KINDS: [&str; 3] = ["invitation", "reset", "forgotten"];

/// A letter to be planned.
#[derive(Debug, Clone)]
pub struct NewLetter<'a> {
    /// What sort of letter: names the composer.
    pub kind: &'static str,
    /// To whom, unless it goes to a mailbox that is nobody's.
    pub person: Option<Uuid>,
    /// The address.
    pub address: &'a str,
    /// The tenant's business date; of a digest, the day it tells of.
    pub day: NaiveDate,
    /// What makes it one letter of its kind to this person, or mailbox: a date, or an id.
    pub key: String,
    /// The reader's language.
    pub lang: Lang,
    /// What it is composed from beside the rows; never a secret. `name` names the file where letters become files.
    pub payload: Value,
    /// When it is to be sent.
    pub due_at: DateTime<Utc>,
    /// When it is worth sending no more.
    pub give_up_at: Option<DateTime<Utc>>,
}

/// A letter that is to be composed.
#[derive(Debug, Clone)]
pub struct Letter {
    /// Its id.
    pub id: Uuid,
    /// What sort of letter.
    pub kind: String,
    /// To whom, unless to a mailbox.
    pub person: Option<Uuid>,
    /// The address.
    pub address: String,
    /// The business date.
    pub day: NaiveDate,
    /// The reader's language.
    pub lang: Lang,
    /// What was planned with it.
    pub payload: Value,
}

/// The words of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// One line.
    pub subject: String,
    /// The text, complete in itself.
    pub text: String,
    /// The same as HTML.
    pub html: String,
    /// Where its reader can end letters of this kind by one request, if they may.
    pub unsubscribe: Option<String>,
}

/// What became of a letter when it was to be composed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Composition {
    /// The letter.
    Words(Words),
    /// There is nothing to say any more; the code says why.
    Skip(&'static str),
}

/// Where the reader of a letter can end letters of its kind by one request, if they may.
pub type WayOut = Box<dyn Fn(TenantId, &Letter) -> Result<Option<String>> + Send + Sync>;

/// Composes letters of one kind and tenant: one answer a letter, in their order, in a number of queries that does not
/// depend on how many they are.
pub type Composer = Box<dyn Fn(&mut TenantConn<'_>, &[Letter]) -> Result<Vec<Composition>> + Send + Sync>;

/// Plans letters, and their delivery, in the transaction of what they tell of; one that is planned already is the same.
/// Returns how many were new.
///
/// # Errors
/// The database's.
pub fn plan(conn: &mut TenantConn<'_>, letters: &[NewLetter<'_>]) -> Result<usize> {
    let planned = store::insert(conn, letters)?;
    if let Some(due_at) = letters.iter().map(|letter| letter.due_at).min().filter(|_| planned > 0) {
        jobs::enqueue(conn, DELIVER, &crate::ids::new_id().to_string(), due_at)?;
    }
    Ok(planned)
}

/// What became of the letters of one kind and day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    /// Sent.
    pub sent: u64,
    /// Left out, by the code of the reason.
    pub skipped: BTreeMap<String, u64>,
    /// Given up.
    pub dead: u64,
    /// Planned or under way.
    pub open: u64,
}

impl Tally {
    /// All of them.
    pub fn all(&self) -> u64 {
        self.sent + self.skipped.values().sum::<u64>() + self.dead + self.open
    }
}

/// Counts the letters of one kind and day.
///
/// # Errors
/// The database's.
pub fn tally(conn: &mut TenantConn<'_>, kind: &str, day: NaiveDate) -> Result<Tally> {
    store::tally(conn, kind, day)
}

/// Ends the invitations and links that a person was to be sent and has not been yet, in the transaction in which they get
/// another.
///
/// # Errors
/// The database's.
pub fn withdraw_ways_in(conn: &mut TenantConn<'_>, person: Uuid) -> Result<()> {
    store::withdraw(conn, person)
}

/// How many letters of a kind a person was ever to have, and how many of them since an instant.
///
/// # Errors
/// The database's.
pub fn planned(
    conn: &mut TenantConn<'_>,
    kind: &str,
    person: Uuid,
    since: DateTime<Utc>,
) -> Result<(usize, usize)> {
    store::planned(conn, kind, person, since)
}
