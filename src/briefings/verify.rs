//! Looking at what was published again.

use super::publish::{self, Published, canonical, check, hash, hexadecimal, whole_of};
use super::store;
use crate::db::TenantConn;
use crate::domain::paper::DocumentKind;
use crate::domain::period::Month;
use crate::error::Result;

/// What is wrong with a published briefing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// The month.
    pub month: Month,
    /// The version.
    pub version: u32,
    /// `content`, `form`, `balance`, `journal` (whose chain has another hash), or the kind of a document.
    pub what: &'static str,
}

/// Looks at what was published again: hashes of content and documents, the canonical spelling, the sums, and the hashes
/// that the journal told when they were kept.
///
/// # Errors
/// The database's.
pub fn verify(conn: &mut TenantConn<'_>, month: Option<Month>) -> Result<(usize, Vec<Flaw>)> {
    let mut all = publish::all(conn)?;
    all.retain(|one| month.is_none_or(|month| one.month == month));
    let mut flaws = Vec::new();
    // One after the other: of each the bytes may be tens of megabytes.
    for one in &all {
        let found = of_content(conn, one)?.into_iter().chain(of_documents(conn, one)?);
        flaws.extend(found.map(|what| Flaw { month: one.month, version: one.version, what }));
    }
    Ok((all.len(), flaws))
}

fn of_content(conn: &mut TenantConn<'_>, one: &Published) -> Result<Vec<&'static str>> {
    let mut found = Vec::new();
    let content = publish::content(conn, one.id)?;
    if hash(&content) != one.sha256 {
        found.push("content");
    }
    match whole_of(&content) {
        Ok(whole) if canonical(&whole)? != content => found.push("form"),
        Ok(whole) if check(&whole).is_err() => found.push("balance"),
        Ok(_) => {}
        Err(_) => found.push("form"),
    }
    if store::published::told(conn, one.id)?.content != Some(hexadecimal(&hash(&content))) {
        found.push("journal");
    }
    Ok(found)
}

/// Documents whose bytes are not those of which the journal tells, and those that are missing.
fn of_documents(conn: &mut TenantConn<'_>, one: &Published) -> Result<Vec<&'static str>> {
    let mut told = store::published::told(conn, one.id)?.documents;
    let mut found = Vec::new();
    for (kind, sha256) in store::published::documents(conn, one.id)? {
        let real = hash(&publish::document(conn, one.id, kind)?);
        if real != sha256 || told.remove(kind.code()) != Some(hexadecimal(&real)) {
            found.push(kind.code());
        }
    }
    let kinds = DocumentKind::ALL.iter().map(|kind| kind.code());
    found.extend(kinds.filter(|kind| told.contains_key(*kind)));
    Ok(found)
}
