//! A tenant as one file: everything the catalogue says is its own, to be kept or restored elsewhere.
//!
//! The archive is a zip of `manifest.json` ([`Manifest`]); for each table `tables/NAME.jsonl`, a row a line, every value
//! the database's own text of it or null, so that nothing is rounded; `tables/NAME.csv`, the same for people; and
//! `files/ID`, the bytes of each file that is kept.
//!
//! What must stay true: the tables are read from the catalogue, never from a list; an archive is of one instant; a file
//! that is there is whole; nothing is written of an archive that is not what its manifest says.

mod draft;
mod read;
mod store;
mod write;

pub(super) use read::Archive;
pub(super) use write::{About, write};

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::db::TenantConn;
use crate::error::{Error, Result};
use store::Table;

/// The format of the archives that are written, and the only one that is read.
const FORMAT: u32 = 1;

/// The entry that tells of all the others.
const MANIFEST: &str = "manifest.json";

/// The tables whose rows are worth nothing without the installation's secret, and those that hang on them. A test holds
/// them to the catalogue.
const SEALED: [&str; 8] = [
    "factor_offers",
    "idempotency_keys",
    "person_factors",
    "recovery_codes",
    "sso_providers",
    "webhooks",
    "webhook_messages",
    "webhook_attempts",
];

/// What an archive is and holds.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    format: u32,
    /// The version of the program that wrote it.
    product: String,
    /// The last migration of the schema that its rows are of.
    schema: String,
    /// Which installation's secret seals what is sealed in it.
    key: String,
    made_at: DateTime<Utc>,
    pub tenant: Uuid,
    pub slug: String,
    pub is_active: bool,
    pub hosts: Vec<String>,
    /// The rows of each table.
    tables: BTreeMap<String, u64>,
    /// Every other entry, by its name.
    entries: BTreeMap<String, Sum>,
}

/// What an entry must be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sum {
    bytes: u64,
    /// In hexadecimal digits.
    sha256: String,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// How many tables there are.
    pub tables: usize,
    /// The rows of all of them.
    pub rows: u64,
    /// How many files there are.
    pub files: usize,
}

fn lines_of(table: &str) -> String {
    format!("tables/{table}.jsonl")
}

fn file_of(id: Uuid) -> String {
    format!("files/{id}")
}

fn sheet_of(table: &str) -> String {
    format!("tables/{table}.csv")
}

/// Digits as they are written of a hash.
fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Every table that holds something of a tenant, each behind those that it refers to.
fn tables(conn: &mut TenantConn<'_>) -> Result<Vec<Table>> {
    let mut left = store::tables(conn)?;
    let mut ordered: Vec<Table> = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let waits = |table: &Table| table.parents.iter().any(|parent| left.iter().any(|t| t.name == *parent));
        let (ready, waiting): (Vec<_>, Vec<_>) = left.iter().cloned().partition(|table| !waits(table));
        if ready.is_empty() {
            return Err(Error::Internal("tables of a tenant refer to each other in a circle".to_owned()));
        }
        ordered.extend(ready);
        left = waiting;
    }
    Ok(ordered)
}

/// Removes every row of the tenant, by the owner's role.
pub(super) fn remove(conn: &mut TenantConn<'_>) -> Result<()> {
    store::begin(conn)?;
    store::begin_removal(conn)?;
    tables(conn)?.iter().rev().try_for_each(|table| store::remove(conn, table))
}
