//! SQL of the journal.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text, Uuid as SqlUuid};
use serde_json::Value;
use uuid::Uuid;

use super::read::{EntryFilter, EntryRead, PAGE};
use super::{API_KEY, Entry, Flaw, FlawKind, Verified};
use crate::db::TenantConn;
use crate::error::{Error, Result};
use crate::ids::new_id;
use crate::schema::{imports, journal, persons, tasks, units};

#[derive(Insertable)]
#[diesel(table_name = journal)]
struct NewRow<'a> {
    tenant_id: Uuid,
    id: Uuid,
    at: DateTime<Utc>,
    actor: &'a str,
    act: &'a str,
    subject: &'a str,
    subject_id: Option<Uuid>,
    import_id: Option<Uuid>,
    before: Option<&'a Value>,
    after: Option<&'a Value>,
}

/// Rows a statement; ten values a row stay far below the protocol's 65,535.
const BATCH: usize = 2_000;

pub(super) fn insert(conn: &mut TenantConn<'_>, entries: &[Entry]) -> Result<()> {
    let (tenant_id, at) = (conn.tenant().uuid(), conn.now());
    for batch in entries.chunks(BATCH) {
        let rows: Vec<NewRow<'_>> = batch
            .iter()
            .map(|entry| NewRow {
                tenant_id,
                id: new_id(),
                at,
                actor: &entry.actor,
                act: entry.act,
                subject: entry.subject,
                subject_id: entry.subject_id,
                import_id: entry.import_id,
                before: entry.before.as_ref(),
                after: entry.after.as_ref(),
            })
            .collect();
        diesel::insert_into(journal::table).values(rows).execute(conn.pg())?;
    }
    Ok(())
}

/// The last link, and how many there are.
const END: &str = "
SELECT count(*) AS entries, encode((array_agg(sha256 ORDER BY number DESC))[1], 'hex') AS last_sha256
  FROM journal_links WHERE tenant_id = $1";

#[derive(QueryableByName)]
struct EndRow {
    #[diesel(sql_type = BigInt)]
    entries: i64,
    #[diesel(sql_type = Nullable<Text>)]
    last_sha256: Option<String>,
}

/// The first link that is wrong, else the first entry without one.
const FLAW: &str = "
WITH links AS (
    SELECT l.*, row_number() OVER w AS place,
           coalesce(lag(l.sha256) OVER w, decode(repeat('00', 32), 'hex')) AS before
      FROM journal_links l WHERE l.tenant_id = $1 WINDOW w AS (ORDER BY l.number)
), judged AS (
    SELECT l.number, l.entry_id AS entry,
           CASE WHEN l.number <> l.place OR l.previous_sha256 <> l.before THEN 'unlinked'
                WHEN j.id IS NULL THEN 'missing'
                WHEN l.sha256 <> sha256(l.previous_sha256 || convert_to(journal_told(l.number, j), 'UTF8'))
                THEN 'changed' END AS flaw
      FROM links l LEFT JOIN journal j ON j.tenant_id = $1 AND j.id = l.entry_id
    UNION ALL
    SELECT NULL, j.id, 'unsealed' FROM journal j
     WHERE j.tenant_id = $1
       AND NOT EXISTS (SELECT FROM journal_links l WHERE l.tenant_id = $1 AND l.entry_id = j.id)
)
SELECT number, entry, flaw FROM judged WHERE flaw IS NOT NULL ORDER BY number NULLS LAST, entry LIMIT 1";

#[derive(QueryableByName)]
struct FlawRow {
    #[diesel(sql_type = Nullable<BigInt>)]
    number: Option<i64>,
    #[diesel(sql_type = SqlUuid)]
    entry: Uuid,
    #[diesel(sql_type = Text)]
    flaw: String,
}

pub(super) fn verify(conn: &mut TenantConn<'_>) -> Result<Verified> {
    let tenant = conn.tenant().uuid();
    let end: EndRow = diesel::sql_query(END).bind::<SqlUuid, _>(tenant).get_result(conn.pg())?;
    let flaw =
        diesel::sql_query(FLAW).bind::<SqlUuid, _>(tenant).get_result::<FlawRow>(conn.pg()).optional()?;
    let flaw = flaw.map(|row| {
        let kind = match row.flaw.as_str() {
            "unlinked" => FlawKind::Unlinked,
            "missing" => FlawKind::Missing,
            "changed" => FlawKind::Changed,
            _ => FlawKind::Unsealed,
        };
        Flaw { number: row.number, entry: row.entry, kind }
    });
    let entries = u64::try_from(end.entries).map_err(|_| Error::Internal("a negative count".to_owned()))?;
    Ok(Verified { entries, last_sha256: end.last_sha256, flaw })
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = journal)]
struct ReadRow {
    id: Uuid,
    at: DateTime<Utc>,
    actor: String,
    act: String,
    subject: String,
    subject_id: Option<Uuid>,
    import_id: Option<Uuid>,
    before: Option<Value>,
    after: Option<Value>,
}

/// The latest entries of a filter, one more than a page has. Ids are made in the order of time.
pub(super) fn entries(conn: &mut TenantConn<'_>, filter: &EntryFilter) -> Result<Vec<EntryRead>> {
    let mut asked = journal::table
        .filter(journal::tenant_id.eq(conn.tenant().uuid()))
        .select(ReadRow::as_select())
        .order(journal::id.desc())
        .limit(i64::try_from(PAGE).unwrap_or(i64::MAX) + 1)
        .into_boxed();
    if let Some(act) = &filter.act {
        asked = asked.filter(journal::act.eq(act));
    }
    if let Some(person) = filter.person {
        asked = asked.filter(journal::actor.eq(person.to_string()).or(journal::subject_id.eq(person)));
    }
    if let Some(from) = filter.from {
        asked = asked.filter(journal::at.ge(from));
    }
    if let Some(until) = filter.until {
        asked = asked.filter(journal::at.lt(until));
    }
    if let Some(before) = filter.before {
        asked = asked.filter(journal::id.lt(before));
    }
    let rows: Vec<ReadRow> = asked.load(conn.pg())?;
    let names = names(conn, &rows)?;
    let entry = |row: ReadRow| EntryRead {
        key: row.actor.strip_prefix(API_KEY).map(str::to_owned),
        person: row.actor.parse().ok().and_then(|actor: Uuid| names.get(&actor).cloned()),
        file_name: row.import_id.and_then(|id| names.get(&id).cloned()),
        about: row.subject_id.and_then(|id| names.get(&id).cloned()),
        id: row.id,
        at: row.at,
        act: row.act,
        subject: row.subject,
        before: row.before,
        after: row.after,
    };
    Ok(rows.into_iter().map(entry).collect())
}

/// What the rows name by id: people, units, tasks, imports. Ids are unique across them.
fn names(conn: &mut TenantConn<'_>, rows: &[ReadRow]) -> Result<HashMap<Uuid, String>> {
    let tenant = conn.tenant().uuid();
    let ids: Vec<Uuid> = rows
        .iter()
        .flat_map(|row| [row.actor.parse().ok(), row.subject_id, row.import_id])
        .flatten()
        .collect();
    let people = persons::table
        .filter(persons::tenant_id.eq(tenant).and(persons::id.eq_any(&ids)))
        .select((persons::id, persons::full_name));
    let mut names: HashMap<Uuid, String> = people.load::<(Uuid, String)>(conn.pg())?.into_iter().collect();
    let led = units::table
        .filter(units::tenant_id.eq(tenant).and(units::id.eq_any(&ids)))
        .select((units::id, units::name));
    names.extend(led.load::<(Uuid, String)>(conn.pg())?);
    let done = tasks::table
        .filter(tasks::tenant_id.eq(tenant).and(tasks::id.eq_any(&ids)))
        .select((tasks::id, tasks::code));
    names.extend(done.load::<(Uuid, String)>(conn.pg())?);
    let files = imports::table
        .filter(imports::tenant_id.eq(tenant).and(imports::id.eq_any(&ids)))
        .select((imports::id, imports::file_name));
    names.extend(files.load::<(Uuid, String)>(conn.pg())?);
    Ok(names)
}
