//! SQL of the observatory. The texts of letters are read in one place, for the demo.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::dsl::{count_star, sql};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool};
use uuid::Uuid;

use super::{Bounced, DayCount, LetterFilter, LetterListed};
use crate::db::TenantConn;
use crate::domain::letter::LetterState;
use crate::error::{Error, Result};
use crate::schema::{letters, persons};

fn state(code: &str) -> Result<LetterState> {
    LetterState::of_row(code).ok_or_else(|| Error::Internal("a letter has an unknown state".to_owned()))
}

/// The letters of a day and later, counted.
pub(super) fn days(conn: &mut TenantConn<'_>, first: NaiveDate) -> Result<Vec<DayCount>> {
    type Row = (NaiveDate, String, Option<String>, i64, i64);
    let rows: Vec<Row> = letters::table
        .filter(letters::tenant_id.eq(conn.tenant().uuid()))
        .filter(letters::day.ge(first))
        .group_by((letters::day, letters::state, letters::reason))
        .order((letters::day.desc(), letters::state, letters::reason))
        .select((
            letters::day,
            letters::state,
            letters::reason,
            count_star(),
            sql::<BigInt>("count(*) FILTER (WHERE possible_duplicate)"),
        ))
        .load(conn.pg())?;
    rows.into_iter()
        .map(|(day, code, reason, count, duplicates)| {
            let (count, duplicates) = (count.unsigned_abs(), duplicates.unsigned_abs());
            Ok(DayCount { day, state: state(&code)?, reason, count, duplicates })
        })
        .collect()
}

#[derive(Queryable)]
struct LetterRow {
    id: Uuid,
    kind: String,
    person: Option<Uuid>,
    name: Option<String>,
    address: String,
    day: NaiveDate,
    state: String,
    reason: Option<String>,
    last_error: Option<String>,
    subject: Option<String>,
    due_at: DateTime<Utc>,
    sent_at: Option<DateTime<Utc>>,
    possible_duplicate: bool,
    has_text: bool,
}

impl TryFrom<LetterRow> for LetterListed {
    type Error = Error;

    fn try_from(row: LetterRow) -> Result<Self> {
        Ok(Self {
            state: state(&row.state)?,
            person: row.person.zip(row.name),
            why: row.reason.or(row.last_error),
            at: row.sent_at.unwrap_or(row.due_at),
            id: row.id,
            kind: row.kind,
            address: row.address,
            day: row.day,
            subject: row.subject,
            may_be_double: row.possible_duplicate,
            has_text: row.has_text,
        })
    }
}

macro_rules! listed {
    ($conn:expr) => {
        letters::table
            .left_join(persons::table.on(
                persons::tenant_id.eq(letters::tenant_id).and(persons::id.nullable().eq(letters::person_id)),
            ))
            .filter(letters::tenant_id.eq($conn.tenant().uuid()))
            .select((
                letters::id,
                letters::kind,
                letters::person_id,
                persons::full_name.nullable(),
                letters::address,
                letters::day,
                letters::state,
                letters::reason,
                letters::last_error,
                letters::subject,
                letters::due_at,
                letters::sent_at,
                letters::possible_duplicate,
                sql::<Bool>("body_text IS NOT NULL"),
            ))
    };
}

/// The letters of a filter in the order in which they were planned.
pub(super) fn letters(
    conn: &mut TenantConn<'_>,
    filter: &LetterFilter,
    most: usize,
) -> Result<Vec<LetterListed>> {
    let mut asked = listed!(conn)
        .filter(letters::day.eq(filter.day))
        .order(letters::id)
        .limit(i64::try_from(most).unwrap_or(i64::MAX))
        .into_boxed();
    if let Some(state) = filter.state {
        asked = asked.filter(letters::state.eq_any(state.rows()));
    }
    if let Some(kind) = &filter.kind {
        asked = asked.filter(letters::kind.eq(kind.clone()));
    }
    if let Some(after) = filter.after {
        asked = asked.filter(letters::id.gt(after));
    }
    let rows: Vec<LetterRow> = asked.load(conn.pg())?;
    rows.into_iter().map(LetterListed::try_from).collect()
}

/// One letter.
pub(super) fn letter(conn: &mut TenantConn<'_>, id: Uuid) -> Result<Option<LetterListed>> {
    let row: Option<LetterRow> = listed!(conn).filter(letters::id.eq(id)).first(conn.pg()).optional()?;
    row.map(LetterListed::try_from).transpose()
}

pub(super) fn kinds(conn: &mut TenantConn<'_>, day: NaiveDate) -> Result<Vec<String>> {
    let of_day =
        letters::table.filter(letters::tenant_id.eq(conn.tenant().uuid())).filter(letters::day.eq(day));
    Ok(of_day.select(letters::kind).distinct().order(letters::kind).load(conn.pg())?)
}

/// Makes a letter that is over one that was never tried; what was composed stays.
pub(super) fn plan_again(
    conn: &mut TenantConn<'_>,
    id: Uuid,
    give_up_at: Option<DateTime<Utc>>,
) -> Result<()> {
    let over = letters::table
        .filter(letters::tenant_id.eq(conn.tenant().uuid()))
        .filter(letters::id.eq(id))
        .filter(letters::state.eq_any(["skipped", "dead"]));
    let values = (
        letters::state.eq("planned"),
        letters::reason.eq(None::<String>),
        letters::last_error.eq(None::<String>),
        letters::attempts.eq(0),
        letters::lease_losses.eq(0),
        letters::due_at.eq(conn.now()),
        letters::give_up_at.eq(give_up_at),
    );
    diesel::update(over).set(values).execute(conn.pg())?;
    Ok(())
}

pub(super) fn bounced(conn: &mut TenantConn<'_>) -> Result<Vec<Bounced>> {
    type Row = (Uuid, String, String, Option<DateTime<Utc>>);
    let rows: Vec<Row> = persons::table
        .filter(persons::tenant_id.eq(conn.tenant().uuid()))
        .filter(persons::address_bounced_at.is_not_null())
        .order((persons::full_name, persons::id))
        .select((persons::id, persons::full_name, persons::email, persons::address_bounced_at))
        .load(conn.pg())?;
    let bounced = |(person, name, address, at): Row| Some(Bounced { person, name, address, at: at? });
    Ok(rows.into_iter().filter_map(bounced).collect())
}

/// Takes the flag off; the address, if it had one.
pub(super) fn clear_bounce(conn: &mut TenantConn<'_>, person: Uuid) -> Result<Option<String>> {
    let flagged = persons::table
        .filter(persons::tenant_id.eq(conn.tenant().uuid()))
        .filter(persons::id.eq(person))
        .filter(persons::address_bounced_at.is_not_null());
    let cleared = diesel::update(flagged).set(persons::address_bounced_at.eq(None::<DateTime<Utc>>));
    Ok(cleared.returning(persons::email).get_result(conn.pg()).optional()?)
}

/// What a letter says.
pub(super) fn text(conn: &mut TenantConn<'_>, id: Uuid) -> Result<Option<String>> {
    let text: Option<Option<String>> = letters::table
        .filter(letters::tenant_id.eq(conn.tenant().uuid()))
        .filter(letters::id.eq(id))
        .select(letters::body_text)
        .first(conn.pg())
        .optional()?;
    Ok(text.flatten())
}
