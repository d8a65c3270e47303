//! SQL of what was published; nothing here changes a row of it.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::upsert::excluded;
use serde_json::Value;
use uuid::Uuid;

use crate::briefings::publish::{Published, Rendered};
use crate::db::TenantConn;
use crate::domain::paper::DocumentKind;
use crate::domain::period::Month;
use crate::error::{Error, Result};
use crate::schema::{briefing_documents, briefing_numbers, briefing_tasks, briefings, journal, persons};

/// Rows a statement.
const BATCH: usize = 5_000;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = briefings)]
pub(in crate::briefings) struct Row {
    pub tenant_id: Uuid,
    pub id: Uuid,
    pub month: NaiveDate,
    pub version: i32,
    pub year: i16,
    pub number: i32,
    pub cutoff: NaiveDate,
    pub published_on: NaiveDate,
    pub published_at: DateTime<Utc>,
    pub published_by: String,
    pub reason: Option<String>,
    pub rules: String,
    pub overdue: i64,
    pub sha256: Vec<u8>,
}

impl TryFrom<Row> for Published {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        let wrong = |_| Error::Internal("a published briefing holds a number that can't be".to_owned());
        Ok(Self {
            id: row.id,
            month: Month::of(row.month),
            version: u32::try_from(row.version).map_err(wrong)?,
            number: u32::try_from(row.number).map_err(wrong)?,
            year: row.year.into(),
            cutoff: row.cutoff,
            published_on: row.published_on,
            published_at: row.published_at,
            published_by: row.published_by,
            reason: row.reason,
            overdue: row.overdue.unsigned_abs(),
            sha256: row.sha256,
        })
    }
}

/// Every published briefing, the latest month first, of it the latest version first.
pub(in crate::briefings) fn all(conn: &mut TenantConn<'_>) -> Result<Vec<Published>> {
    let rows: Vec<Row> = briefings::table
        .filter(briefings::tenant_id.eq(conn.tenant().uuid()))
        .order((briefings::month.desc(), briefings::version.desc()))
        .select(Row::as_select())
        .load(conn.pg())?;
    rows.into_iter().map(Published::try_from).collect()
}

/// The versions of a month, the latest first.
pub(in crate::briefings) fn of_month(conn: &mut TenantConn<'_>, month: Month) -> Result<Vec<Published>> {
    let rows: Vec<Row> = briefings::table
        .filter(briefings::tenant_id.eq(conn.tenant().uuid()))
        .filter(briefings::month.eq(month.first()))
        .order(briefings::version.desc())
        .select(Row::as_select())
        .load(conn.pg())?;
    rows.into_iter().map(Published::try_from).collect()
}

/// The last version of the last month before a month whose cut-off lies before a day.
pub(in crate::briefings) fn before(
    conn: &mut TenantConn<'_>,
    month: Month,
    cutoff: NaiveDate,
) -> Result<Option<Published>> {
    let row: Option<Row> = briefings::table
        .filter(briefings::tenant_id.eq(conn.tenant().uuid()))
        .filter(briefings::month.lt(month.first()))
        .filter(briefings::cutoff.lt(cutoff))
        .order((briefings::month.desc(), briefings::version.desc()))
        .select(Row::as_select())
        .first(conn.pg())
        .optional()?;
    row.map(Published::try_from).transpose()
}

/// The last version whose cut-off is a day.
pub(in crate::briefings) fn at(conn: &mut TenantConn<'_>, cutoff: NaiveDate) -> Result<Option<Published>> {
    let row: Option<Row> = briefings::table
        .filter(briefings::tenant_id.eq(conn.tenant().uuid()))
        .filter(briefings::cutoff.eq(cutoff))
        .order((briefings::month.desc(), briefings::version.desc()))
        .select(Row::as_select())
        .first(conn.pg())
        .optional()?;
    row.map(Published::try_from).transpose()
}

/// The bytes that were published.
pub(in crate::briefings) fn content(conn: &mut TenantConn<'_>, id: Uuid) -> Result<Vec<u8>> {
    Ok(briefings::table
        .filter(briefings::tenant_id.eq(conn.tenant().uuid()))
        .filter(briefings::id.eq(id))
        .select(briefings::content)
        .first(conn.pg())?)
}

/// The documents of a published briefing: which there are, and their hashes.
pub(in crate::briefings) fn documents(
    conn: &mut TenantConn<'_>,
    id: Uuid,
) -> Result<Vec<(DocumentKind, Vec<u8>)>> {
    let rows: Vec<(String, Vec<u8>)> = briefing_documents::table
        .filter(briefing_documents::tenant_id.eq(conn.tenant().uuid()))
        .filter(briefing_documents::briefing_id.eq(id))
        .select((briefing_documents::kind, briefing_documents::sha256))
        .order(briefing_documents::kind)
        .load(conn.pg())?;
    let unknown = || Error::Internal("a published document is of an unknown kind".to_owned());
    rows.into_iter()
        .map(|(kind, sha256)| Ok((DocumentKind::from_code(&kind).ok_or_else(unknown)?, sha256)))
        .collect()
}

/// The bytes of a document.
pub(in crate::briefings) fn document(
    conn: &mut TenantConn<'_>,
    id: Uuid,
    kind: DocumentKind,
) -> Result<Option<Vec<u8>>> {
    Ok(briefing_documents::table
        .filter(briefing_documents::tenant_id.eq(conn.tenant().uuid()))
        .filter(briefing_documents::briefing_id.eq(id))
        .filter(briefing_documents::kind.eq(kind.code()))
        .select(briefing_documents::bytes)
        .first(conn.pg())
        .optional()?)
}

/// What somebody is called: a person by name, everybody else as the journal calls them.
pub(in crate::briefings) fn name_of(conn: &mut TenantConn<'_>, actor: &str) -> Result<String> {
    let Ok(person) = Uuid::parse_str(actor) else { return Ok(actor.to_owned()) };
    let name: Option<String> = persons::table
        .filter(persons::tenant_id.eq(conn.tenant().uuid()))
        .filter(persons::id.eq(person))
        .select(persons::full_name)
        .first(conn.pg())
        .optional()?;
    Ok(name.unwrap_or_else(|| actor.to_owned()))
}

/// The hashes that the journal told.
#[derive(Debug, Default)]
pub(in crate::briefings) struct Told {
    /// Of the briefing's own bytes.
    pub content: Option<String>,
    /// Of its documents, by the codes of their kinds.
    pub documents: BTreeMap<String, String>,
}

/// The hashes that the journal told when a briefing was published, and when a document of it was kept.
pub(in crate::briefings) fn told(conn: &mut TenantConn<'_>, id: Uuid) -> Result<Told> {
    let entries: Vec<Option<Value>> = journal::table
        .filter(journal::tenant_id.eq(conn.tenant().uuid()))
        .filter(journal::subject.eq("briefing"))
        .filter(journal::subject_id.eq(id))
        .filter(journal::act.eq_any(["briefing.publish", "briefing.document"]))
        .select(journal::after)
        .load(conn.pg())?;
    let mut told = Told::default();
    for entry in entries.into_iter().flatten() {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        told.content = told.content.or_else(|| entry.get("sha256").and_then(text));
        let documents = entry.get("documents").and_then(Value::as_object);
        told.documents.extend(
            documents.into_iter().flatten().filter_map(|(kind, hash)| Some((kind.clone(), text(hash)?))),
        );
    }
    Ok(told)
}

/// Keeps a document of a published briefing when there is none of its kind; whether it was kept.
pub(in crate::briefings) fn add_document(
    conn: &mut TenantConn<'_>,
    id: Uuid,
    document: &Rendered,
    sha256: &[u8],
) -> Result<bool> {
    let kept = diesel::insert_into(briefing_documents::table)
        .values((
            briefing_documents::tenant_id.eq(conn.tenant().uuid()),
            briefing_documents::briefing_id.eq(id),
            briefing_documents::kind.eq(document.kind.code()),
            briefing_documents::bytes.eq(&document.bytes),
            briefing_documents::sha256.eq(sha256),
        ))
        .on_conflict_do_nothing()
        .execute(conn.pg())?;
    Ok(kept == 1)
}

/// The next number of a year; the counter stays locked until the transaction ends.
pub(in crate::briefings) fn next_number(conn: &mut TenantConn<'_>, year: i16) -> Result<i32> {
    use briefing_numbers::dsl;
    let tenant = conn.tenant().uuid();
    Ok(diesel::insert_into(dsl::briefing_numbers)
        .values((dsl::tenant_id.eq(tenant), dsl::year.eq(year), dsl::last_number.eq(1)))
        .on_conflict((dsl::tenant_id, dsl::year))
        .do_update()
        .set(dsl::last_number.eq(briefing_numbers::last_number + excluded(dsl::last_number)))
        .returning(dsl::last_number)
        .get_result(conn.pg())?)
}

/// Writes what is published, with its documents and the tasks that stand in it.
pub(in crate::briefings) fn insert(
    conn: &mut TenantConn<'_>,
    row: &Row,
    content: &[u8],
    documents: &[(Rendered, Vec<u8>)],
    tasks: &[Uuid],
) -> Result<()> {
    let tenant = conn.tenant().uuid();
    diesel::insert_into(briefings::table).values((row, briefings::content.eq(content))).execute(conn.pg())?;
    let rows: Vec<_> = documents
        .iter()
        .map(|(document, sha256)| {
            (
                briefing_documents::tenant_id.eq(tenant),
                briefing_documents::briefing_id.eq(row.id),
                briefing_documents::kind.eq(document.kind.code()),
                briefing_documents::bytes.eq(&document.bytes),
                briefing_documents::sha256.eq(sha256),
            )
        })
        .collect();
    diesel::insert_into(briefing_documents::table).values(rows).execute(conn.pg())?;
    for batch in tasks.chunks(BATCH) {
        let rows: Vec<_> = batch
            .iter()
            .map(|task| {
                (
                    briefing_tasks::tenant_id.eq(tenant),
                    briefing_tasks::task_id.eq(*task),
                    briefing_tasks::briefing_id.eq(row.id),
                )
            })
            .collect();
        diesel::insert_into(briefing_tasks::table).values(rows).execute(conn.pg())?;
    }
    Ok(())
}
