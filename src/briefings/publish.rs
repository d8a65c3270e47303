//! Publishing: what was computed becomes bytes that stay.
//!
//! What must stay true: nothing is published that does not balance; facts stand still while it is computed and written;
//! the bytes are canonical JSON, from which alone a published briefing is read; a correction is a further version.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::draft::Draft;
use super::make::{self, Listed};
use super::request::{Days, Request};
use super::store;
use super::whole::{Difference, Named, RULES, Whole};
use crate::db::TenantConn;
use crate::domain::briefing::Cell;
use crate::domain::paper::DocumentKind;
use crate::domain::period::Month;
use crate::domain::prose;
use crate::domain::task::ProductKind;
use crate::error::{BriefingFault, Denial, Error, ParameterFault, ParameterProblem, Refusal, Result};
use crate::ids::new_id;
use crate::journal::{self, Entry};
use crate::tasks;
use crate::tenants::Settings;

pub use super::verify::{Flaw, verify};

/// A published briefing, but for its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// Its id.
    pub id: Uuid,
    /// The month.
    pub month: Month,
    /// The version of the month, from 1.
    pub version: u32,
    /// Its number in the year.
    pub number: u32,
    /// That year.
    pub year: i32,
    /// The cut-off.
    pub cutoff: NaiveDate,
    /// The tenant's day of publishing.
    pub published_on: NaiveDate,
    /// The instant.
    pub published_at: DateTime<Utc>,
    /// By whom, as the journal calls them.
    pub published_by: String,
    /// Why the version before was corrected.
    pub reason: Option<String>,
    /// Overdue key tasks.
    pub overdue: u64,
    /// The hash of its bytes.
    pub sha256: Vec<u8>,
}

/// A document made of a briefing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// What it is.
    pub kind: DocumentKind,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// How a briefing is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publishing {
    /// The month.
    pub month: Month,
    /// The version of the draft that was read; `None`: as it is.
    pub draft: Option<i32>,
    /// Why a published version is corrected; none for the first.
    pub reason: Option<String>,
}

/// The most characters of a reason.
const LONGEST_REASON: usize = 2_000;

/// What a month and a draft ask for on a day.
pub fn request(draft: &Draft, days: Days) -> Request {
    Request { month: draft.month, cutoff: draft.cutoff.unwrap_or_else(|| days.usual_cutoff(draft.month)) }
}

/// Why a version is corrected, as it may be kept; `None` when nothing is said.
///
/// # Errors
/// Too long, or no text.
pub fn reason(typed: &str) -> Result<Option<String>> {
    let wrong = |prose::TooLong(most)| {
        let problem = ParameterProblem::TooLong(most);
        Refusal::Parameters(vec![ParameterFault { name: "reason".to_owned(), problem }])
    };
    Ok(prose::read(typed, LONGEST_REASON).map_err(wrong)?)
}

/// Publishes a month as its draft stands; `render` makes its documents.
///
/// # Errors
/// The draft was changed meanwhile; the parts don't add up, or a task has no line; the month has not begun; a correction
/// gives no reason, or a first version gives one.
pub fn publish(
    conn: &mut TenantConn<'_>,
    settings: &Settings,
    actor: &str,
    days: Days,
    asked: &Publishing,
    render: impl FnOnce(&mut TenantConn<'_>, &Whole) -> Result<Vec<Rendered>>,
) -> Result<Published> {
    if days.today < asked.month.period(days.kind).first {
        return Err(BriefingFault::MonthAhead.into());
    }
    let mut draft = store::drafts::lock(conn, asked.month, actor)?;
    if asked.draft.is_some_and(|version| version != draft.version) {
        return Err(Refusal::Stale(draft.version).into());
    }
    tasks::hold_revision(conn)?;
    let last = store::published::of_month(conn, asked.month)?.into_iter().next();
    match (&last, &asked.reason) {
        (Some(_), None) => return Err(BriefingFault::ReasonNeeded.into()),
        (None, Some(_)) => return Err(BriefingFault::NothingToCorrect.into()),
        _ => {}
    }
    if let Some(last) = &last {
        // The day stays the month's: what came after it is no correction.
        draft.cutoff.get_or_insert(last.cutoff);
    }
    let mut whole = make::compute(conn, settings, request(&draft, days), &draft, Listed::Everything)?;
    check(&whole)?;
    let year = i16::try_from(days.today.year()).map_err(|e| Error::Internal(e.to_string()))?;
    let number = store::published::next_number(conn, year)?;
    let version = last.as_ref().map_or(1, |last| last.version + 1);
    whole.named = Some(Named {
        number: u32::try_from(number).map_err(|e| Error::Internal(e.to_string()))?,
        version,
        published_on: days.today,
        by: store::published::name_of(conn, actor)?,
        reason: asked.reason.clone(),
    });
    if let Some(last) = &last {
        whole.differences = differences(&read(conn, last.id)?, &whole);
    }
    let documents = render(conn, &whole)?;
    keep(conn, actor, &whole, year, number, documents)
}

/// Whether it may be published.
///
/// # Errors
/// What does not add up, or which tasks have no line.
pub fn check(whole: &Whole) -> Result<()> {
    if !whole.unplaced.is_empty() {
        let known = whole.by_id();
        let code = |id: &Uuid| known.get(id).map_or_else(|| id.to_string(), |task| task.code.clone());
        return Err(BriefingFault::Unplaced(whole.unplaced.iter().map(code).collect()).into());
    }
    Ok(whole.check().map_err(Refusal::OutOfBalance)?)
}

fn keep(
    conn: &mut TenantConn<'_>,
    actor: &str,
    whole: &Whole,
    year: i16,
    number: i32,
    documents: Vec<Rendered>,
) -> Result<Published> {
    let content = canonical(whole)?;
    let cut = whole.figures.cut;
    let named = whole.named.as_ref().ok_or_else(|| Error::Internal("it has no name".to_owned()))?;
    let count = |n: u64| i64::try_from(n).map_err(|e| Error::Internal(e.to_string()));
    let row = store::published::Row {
        tenant_id: conn.tenant().uuid(),
        id: new_id(),
        month: cut.month.first(),
        version: i32::try_from(named.version).map_err(|e| Error::Internal(e.to_string()))?,
        year,
        number,
        cutoff: cut.cutoff,
        published_on: named.published_on,
        published_at: conn.now(),
        published_by: actor.to_owned(),
        reason: named.reason.clone(),
        rules: RULES.to_owned(),
        overdue: count(whole.figures.key.standings.overdue)?,
        sha256: hash(&content),
    };
    let documents: Vec<(Rendered, Vec<u8>)> = documents
        .into_iter()
        .map(|document| {
            let sha256 = hash(&document.bytes);
            (document, sha256)
        })
        .collect();
    let tasks: Vec<Uuid> = whole.tasks.iter().map(|task| task.id).collect();
    store::published::insert(conn, &row, &content, &documents, &tasks)?;
    let published: Published = row.try_into()?;
    journal::append(conn, &[entry(actor, &published, &documents)])?;
    Ok(published)
}

fn entry(actor: &str, published: &Published, documents: &[(Rendered, Vec<u8>)]) -> Entry {
    let told = documents.iter().map(|(document, sha256)| (document.kind.code(), hexadecimal(sha256)));
    let kinds: BTreeMap<&str, String> = told.collect();
    Entry {
        actor: actor.to_owned(),
        act: "briefing.publish",
        subject: "briefing",
        subject_id: Some(published.id),
        import_id: None,
        before: None,
        after: Some(json!({
            "month": published.month.to_string(),
            "version": published.version,
            "number": published.number,
            "cutoff": published.cutoff,
            "reason": published.reason,
            "sha256": hexadecimal(&published.sha256),
            "documents": kinds,
        })),
    }
}

/// The SHA-256 of bytes.
pub fn hash(bytes: &[u8]) -> Vec<u8> {
    Sha256::digest(bytes).to_vec()
}

/// Bytes as digits.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The one spelling of a briefing as JSON: keys sorted, no spaces, whole numbers only.
///
/// # Errors
/// A number with a point, which has many spellings.
pub fn canonical(whole: &Whole) -> Result<Vec<u8>> {
    let value = serde_json::to_value(whole).map_err(|e| Error::Internal(e.to_string()))?;
    if has_point(&value) {
        return Err(Error::Internal("a briefing holds a number that is not whole".to_owned()));
    }
    serde_json::to_vec(&value).map_err(|e| Error::Internal(e.to_string()))
}

fn has_point(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.is_f64(),
        Value::Array(items) => items.iter().any(has_point),
        Value::Object(fields) => fields.values().any(has_point),
        Value::Null | Value::Bool(_) | Value::String(_) => false,
    }
}

/// A published briefing, read from its bytes.
///
/// # Errors
/// There is none of this id, or its bytes are not a briefing of this form.
pub fn read(conn: &mut TenantConn<'_>, id: Uuid) -> Result<Whole> {
    whole_of(&store::published::content(conn, id)?)
}

pub(super) fn whole_of(content: &[u8]) -> Result<Whole> {
    serde_json::from_slice(content)
        .map_err(|e| Error::Internal(format!("a published briefing can't be read: {e}")))
}

/// Every published briefing, the latest month first, of it the latest version first.
///
/// # Errors
/// The database's.
pub fn all(conn: &mut TenantConn<'_>) -> Result<Vec<Published>> {
    store::published::all(conn)
}

/// The versions of a month, the latest first.
///
/// # Errors
/// The database's.
pub fn versions(conn: &mut TenantConn<'_>, month: Month) -> Result<Vec<Published>> {
    store::published::of_month(conn, month)
}

/// A version of a month; the last one when none is named.
///
/// # Errors
/// There is none.
pub fn version(conn: &mut TenantConn<'_>, month: Month, version: Option<u32>) -> Result<Published> {
    let all = versions(conn, month)?;
    let found = all.into_iter().find(|one| version.is_none_or(|version| one.version == version));
    Ok(found.ok_or(Denial::NotFound)?)
}

/// The last briefing published with a cut-off.
///
/// # Errors
/// The database's.
pub fn published_at(conn: &mut TenantConn<'_>, cutoff: NaiveDate) -> Result<Option<Published>> {
    store::published::at(conn, cutoff)
}

/// The bytes that were published, as they are.
///
/// # Errors
/// The database's.
pub fn content(conn: &mut TenantConn<'_>, id: Uuid) -> Result<Vec<u8>> {
    store::published::content(conn, id)
}

/// Which documents a published briefing has.
///
/// # Errors
/// The database's.
pub fn documents(conn: &mut TenantConn<'_>, id: Uuid) -> Result<Vec<DocumentKind>> {
    Ok(store::published::documents(conn, id)?.into_iter().map(|(kind, _)| kind).collect())
}

/// The bytes of a document, as they were made.
///
/// # Errors
/// There is none of this kind.
pub fn document(conn: &mut TenantConn<'_>, id: Uuid, kind: DocumentKind) -> Result<Vec<u8>> {
    Ok(store::published::document(conn, id, kind)?.ok_or(Denial::NotFound)?)
}

/// Keeps the PDF of a published briefing, made of its file of Word; the bytes that are kept, which are others when
/// somebody was first.
///
/// # Errors
/// The database's.
pub fn keep_pdf(conn: &mut TenantConn<'_>, actor: &str, id: Uuid, pdf: Vec<u8>) -> Result<Vec<u8>> {
    let kind = DocumentKind::Pdf;
    let sha256 = hash(&pdf);
    let told = json!({ "documents": { kind.code(): hexadecimal(&sha256) } });
    if !store::published::add_document(conn, id, &Rendered { kind, bytes: pdf }, &sha256)? {
        return document(conn, id, kind);
    }
    let entry = Entry { subject: "briefing", ..Entry::operator("briefing.document", told) };
    journal::append(conn, &[Entry { actor: actor.to_owned(), subject_id: Some(id), ..entry }])?;
    document(conn, id, kind)
}

/// The figures that differ between two versions: the whole's, then each unit's.
pub fn differences(before: &Whole, after: &Whole) -> Vec<Difference> {
    let mut found = differing(None, &before.figures.key, &after.figures.key);
    let mut compare = |figure: String, before: u64, after: u64| {
        if before != after {
            found.push(Difference { figure, unit: None, before, after });
        }
    };
    compare("opening".to_owned(), before.before.overdue, after.before.overdue);
    for kind in ProductKind::ALL {
        let of = |one: &Whole| one.figures.due_next_by_product.get(kind).copied().unwrap_or(0);
        compare(format!("due_next:{}", kind.code()), of(before), of(after));
    }
    let blank = Cell::default();
    let name = |whole: &Whole, id: Uuid| {
        whole.figures.units.iter().find(|unit| unit.unit.id == id).map(|unit| unit.key)
    };
    for unit in &after.figures.units {
        let old = name(before, unit.unit.id).unwrap_or(blank);
        found.extend(differing(Some(&unit.unit.short_name), &old, &unit.key));
    }
    for unit in before.figures.units.iter().filter(|unit| name(after, unit.unit.id).is_none()) {
        found.extend(differing(Some(&unit.unit.short_name), &unit.key, &blank));
    }
    found
}

fn differing(unit: Option<&str>, before: &Cell, after: &Cell) -> Vec<Difference> {
    let pairs = before.named().into_iter().zip(after.named());
    pairs
        .filter(|((_, before), (_, after))| before != after)
        .map(|((figure, before), (_, after))| Difference {
            figure: figure.to_owned(),
            unit: unit.map(str::to_owned),
            before,
            after,
        })
        .collect()
}
