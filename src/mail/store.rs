//! SQL of the outbox.

use std::collections::HashSet;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use diesel::dsl::count_star;
use diesel::prelude::*;
use diesel::sql_types::{
    Array, BigInt, Bytea, Date, Integer, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid,
};
use serde_json::Value;
use uuid::Uuid;

use super::{DELIVER, Letter, NewLetter, SECRET_KINDS, Tally};
use crate::db::{Prepared, TenantConn};
use crate::domain::lang::Lang;
use crate::error::{Error, Result};
use crate::ids::new_id;
use crate::jobs::back_off;
use crate::schema::letters;

/// How long a claim of letters holds.
const LEASE: TimeDelta = TimeDelta::minutes(2);

/// Tries after which a letter is given up, and leases that may be lost before it is held to kill its worker.
const MOST_ATTEMPTS: i32 = 12;
const MOST_LOSSES: i32 = 3;

/// Rows a statement.
const BATCH: usize = 2_000;

pub(super) fn insert(conn: &mut TenantConn<'_>, new: &[NewLetter<'_>]) -> Result<usize> {
    let (tenant, now) = (conn.tenant().uuid(), conn.now());
    let mut inserted = 0;
    for batch in new.chunks(BATCH) {
        let rows: Vec<_> = batch
            .iter()
            .map(|letter| {
                (
                    (letters::tenant_id.eq(tenant), letters::id.eq(new_id()), letters::kind.eq(letter.kind)),
                    (letters::person_id.eq(letter.person), letters::address.eq(letter.address)),
                    (letters::day.eq(letter.day), letters::key.eq(&letter.key)),
                    (letters::language.eq(letter.lang.code()), letters::payload.eq(&letter.payload)),
                    (letters::planned_at.eq(now), letters::due_at.eq(letter.due_at)),
                    letters::give_up_at.eq(letter.give_up_at),
                )
            })
            .collect();
        inserted +=
            diesel::insert_into(letters::table).values(rows).on_conflict_do_nothing().execute(conn.pg())?;
    }
    Ok(inserted)
}

/// A letter that this process may send until its lease ends.
#[derive(Debug, Clone)]
pub(super) struct Claimed {
    pub letter: Letter,
    pub mime: Option<Vec<u8>>,
    pub attempts: i32,
}

#[derive(QueryableByName)]
struct ClaimedRow {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    person_id: Option<Uuid>,
    #[diesel(sql_type = Text)]
    address: String,
    #[diesel(sql_type = Date)]
    day: NaiveDate,
    #[diesel(sql_type = Text)]
    language: String,
    #[diesel(sql_type = Jsonb)]
    payload: Value,
    #[diesel(sql_type = Nullable<Bytea>)]
    mime: Option<Vec<u8>>,
    #[diesel(sql_type = Integer)]
    attempts: i32,
}

impl TryFrom<ClaimedRow> for Claimed {
    type Error = Error;

    fn try_from(row: ClaimedRow) -> Result<Self> {
        let lang = Lang::from_code(&row.language)
            .ok_or_else(|| Error::Internal("a letter has an unknown language".to_owned()))?;
        let letter = Letter {
            id: row.id,
            kind: row.kind,
            person: row.person_id,
            address: row.address,
            day: row.day,
            lang,
            payload: row.payload,
        };
        Ok(Self { letter, mime: row.mime, attempts: row.attempts })
    }
}

/// What is too late is skipped; what lost its lease too often is dead; what lost it less often is planned again, and may
/// have arrived if it was composed. What is over keeps no text with a way in.
const SORT: &str = "
    UPDATE letters
       SET state = CASE WHEN give_up_at <= $2 THEN 'skipped'
                        WHEN state = 'sending' AND lease_losses + 1 >= $3 THEN 'dead' ELSE 'planned' END,
           reason = CASE WHEN give_up_at <= $2 THEN 'late' END,
           lease_losses = lease_losses + CASE state WHEN 'sending' THEN 1 ELSE 0 END,
           last_error = CASE state WHEN 'sending' THEN 'lease lost' ELSE last_error END,
           possible_duplicate = possible_duplicate OR state = 'sending' AND mime IS NOT NULL,
           lease_until = NULL,
           mime = CASE WHEN kind = ANY ($4) AND (give_up_at <= $2 OR state = 'sending' AND lease_losses + 1 >= $3)
                       THEN NULL ELSE mime END,
           body_text = CASE WHEN kind = ANY ($4) AND (give_up_at <= $2 OR state = 'sending' AND lease_losses + 1 >= $3)
                            THEN NULL ELSE body_text END
     WHERE tenant_id = $1 AND (state = 'sending' AND lease_until < $2 OR state = 'planned' AND give_up_at <= $2)";

/// A letter that lost its lease comes alone: should it have killed its worker, it takes no other with it.
///
/// The rows that are locked are named by their place: by their ids the planner, which knows nothing yet of thousands of
/// letters that were planned just now, compares every letter with every one of them.
const CLAIM: &str = "
    WITH due AS (SELECT place, row_number() OVER (ORDER BY lease_losses DESC, due_at, id) AS turn,
                        max(lease_losses) OVER () AS most_losses
                   FROM (SELECT ctid AS place, id, lease_losses, due_at FROM letters
                          WHERE tenant_id = $1 AND state = 'planned' AND due_at <= $2
                          ORDER BY lease_losses DESC, due_at, id LIMIT $4 FOR UPDATE SKIP LOCKED) AS locked)
    UPDATE letters SET state = 'sending', attempts = attempts + 1, lease_until = $3
      FROM due
     WHERE tenant_id = $1 AND letters.ctid = due.place AND (due.most_losses = 0 OR due.turn = 1)
    RETURNING letters.id, kind, person_id, address, day, language, payload, mime, attempts";

pub(super) fn claim(conn: &mut TenantConn<'_>, most: usize) -> Result<Vec<Claimed>> {
    let (tenant, now) = (conn.tenant().uuid(), conn.now());
    diesel::sql_query(SORT)
        .bind::<SqlUuid, _>(tenant)
        .bind::<Timestamptz, _>(now)
        .bind::<Integer, _>(MOST_LOSSES)
        .bind::<Array<Text>, _>(SECRET_KINDS.as_slice())
        .execute(conn.pg())?;
    let mut rows: Vec<ClaimedRow> = diesel::sql_query(CLAIM)
        .bind::<SqlUuid, _>(tenant)
        .bind::<Timestamptz, _>(now)
        .bind::<Timestamptz, _>(now + LEASE)
        .bind::<BigInt, _>(i64::try_from(most).unwrap_or(i64::MAX))
        .load(conn.pg())?;
    rows.sort_by_key(|row| row.id);
    rows.into_iter().map(Claimed::try_from).collect()
}

/// A letter as composed.
pub(super) struct Composed {
    pub id: Uuid,
    pub attempts: i32,
    pub message_id: String,
    pub subject: String,
    pub text: String,
    pub mime: Vec<u8>,
}

#[derive(QueryableByName)]
struct SavedRow {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

const SAVE: &str = "
    UPDATE letters l SET message_id = c.message_id, subject = c.subject, body_text = c.body_text,
           mime = decode(c.mime, 'base64'), lease_until = $3
      FROM jsonb_to_recordset($2) AS c (id uuid, attempts integer, message_id text, subject text, body_text text,
                                        mime text)
     WHERE l.tenant_id = $1 AND l.id = c.id AND l.attempts = c.attempts AND l.state = 'sending'
    RETURNING l.id";

/// Keeps composed letters, in one statement; which of them are still ours to send.
pub(super) fn save_composed(conn: &mut TenantConn<'_>, composed: &[Composed]) -> Result<HashSet<Uuid>> {
    let now = conn.now();
    let values = composed
        .iter()
        .map(|letter| {
            serde_json::json!({
                "id": letter.id, "attempts": letter.attempts, "message_id": letter.message_id,
                "subject": letter.subject, "body_text": letter.text, "mime": STANDARD.encode(&letter.mime),
            })
        })
        .collect();
    let saved: Vec<SavedRow> = diesel::sql_query(SAVE)
        .bind::<SqlUuid, _>(conn.tenant().uuid())
        .bind::<Jsonb, _>(Value::Array(values))
        .bind::<Timestamptz, _>(now + LEASE)
        .load(conn.pg())?;
    Ok(saved.into_iter().map(|row| row.id).collect())
}

/// What became of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fate {
    Sent,
    Skipped(&'static str),
    /// Another time; `undecided` when it may have arrived.
    Again {
        code: String,
        undecided: bool,
    },
    /// Given back as it was: nothing of it failed.
    Returned {
        at: DateTime<Utc>,
    },
    Dead {
        code: String,
        bounced: bool,
    },
}

const RECORD: &str = "
    UPDATE letters l
       SET state = r.state, reason = r.reason, last_error = r.code, attempts = r.left_attempts,
           due_at = coalesce(r.due_at, l.due_at), sent_at = CASE r.state WHEN 'sent' THEN $3 END, lease_until = NULL,
           possible_duplicate = l.possible_duplicate OR r.undecided,
           mime = CASE WHEN r.forgotten THEN NULL ELSE l.mime END,
           body_text = CASE WHEN r.forgotten THEN NULL ELSE l.body_text END
      FROM jsonb_to_recordset($2) AS r (id uuid, attempts integer, left_attempts integer, state text, reason text,
                                        code text, due_at timestamptz, undecided boolean, forgotten boolean)
     WHERE l.tenant_id = $1 AND l.id = r.id AND l.attempts = r.attempts AND l.state = 'sending'";

const BOUNCED: &str = "
    UPDATE persons p SET address_bounced_at = $3
      FROM letters l
     WHERE l.tenant_id = $1 AND l.id = ANY ($2) AND p.tenant_id = $1 AND p.id = l.person_id AND p.email = l.address";

const SENT: &str = "
    UPDATE letters SET state = 'sent', sent_at = $4, lease_until = NULL, last_error = NULL
     WHERE tenant_id = $1 AND id = $2 AND attempts = $3 AND state = 'sending'";

const SENT_SECRET: &str = "
    UPDATE letters SET state = 'sent', sent_at = $4, lease_until = NULL, last_error = NULL, mime = NULL, body_text = NULL
     WHERE tenant_id = $1 AND id = $2 AND attempts = $3 AND state = 'sending'";

/// Records what became of letters in one statement, but for those that somebody has claimed since.
pub(super) fn record(conn: &mut TenantConn<'_>, fates: &[(Claimed, Fate)]) -> Result<()> {
    if fates.is_empty() {
        return Ok(());
    }
    if let [(claimed, Fate::Sent)] = fates {
        return record_sent(conn, claimed);
    }
    let (tenant, now) = (conn.tenant().uuid(), conn.now());
    let rows = fates.iter().map(|(claimed, fate)| recorded(claimed, fate, now)).collect();
    diesel::sql_query(RECORD)
        .bind::<SqlUuid, _>(tenant)
        .bind::<Jsonb, _>(Value::Array(rows))
        .bind::<Timestamptz, _>(now)
        .execute(conn.pg())?;
    let bounced: Vec<Uuid> = fates
        .iter()
        .filter(|(_, fate)| matches!(fate, Fate::Dead { bounced: true, .. }))
        .map(|(claimed, _)| claimed.letter.id)
        .collect();
    if !bounced.is_empty() {
        diesel::sql_query(BOUNCED)
            .bind::<SqlUuid, _>(tenant)
            .bind::<Array<SqlUuid>, _>(bounced)
            .bind::<Timestamptz, _>(now)
            .execute(conn.pg())?;
    }
    Ok(())
}

/// What befalls nearly all of them, one at a time: a statement that the server has planned once. Of a letter with a secret
/// nothing is kept.
fn record_sent(conn: &mut TenantConn<'_>, claimed: &Claimed) -> Result<()> {
    let is_secret = SECRET_KINDS.contains(&claimed.letter.kind.as_str());
    Prepared::new(if is_secret { SENT_SECRET } else { SENT }.to_owned(), Vec::new())
        .bind(conn.tenant().uuid())
        .bind(claimed.letter.id)
        .bind(claimed.attempts)
        .bind(conn.now())
        .execute(conn.pg())?;
    Ok(())
}

fn recorded(claimed: &Claimed, fate: &Fate, now: DateTime<Utc>) -> Value {
    let (id, attempts) = (claimed.letter.id, claimed.attempts);
    let is_last = attempts >= MOST_ATTEMPTS;
    let (state, reason, code, due_at) = match fate {
        Fate::Sent => ("sent", None, None, None),
        Fate::Skipped(reason) => ("skipped", Some(*reason), None, None),
        Fate::Again { code, .. } if is_last => ("dead", None, Some(code), None),
        Fate::Again { code, .. } => ("planned", None, Some(code), Some(now + back_off(attempts, id))),
        Fate::Returned { at } => ("planned", None, None, Some(*at)),
        Fate::Dead { code, .. } => ("dead", None, Some(code), None),
    };
    let forgotten = state != "planned" && SECRET_KINDS.contains(&claimed.letter.kind.as_str());
    serde_json::json!({
        "id": id, "attempts": attempts, "state": state, "reason": reason, "code": code, "due_at": due_at,
        "left_attempts": attempts - i32::from(matches!(fate, Fate::Returned { .. })),
        "undecided": matches!(fate, Fate::Again { undecided: true, .. }), "forgotten": forgotten,
    })
}

/// Ends letters with a way in that a person has not been sent yet, as they are to have another one.
pub(super) fn withdraw(conn: &mut TenantConn<'_>, person: Uuid) -> Result<()> {
    let waiting = letters::table
        .filter(letters::tenant_id.eq(conn.tenant().uuid()))
        .filter(letters::person_id.eq(person))
        .filter(letters::kind.eq_any(SECRET_KINDS))
        .filter(letters::state.eq("planned").or(letters::state.eq("sending").and(letters::mime.is_null())));
    let over = (letters::state.eq("skipped"), letters::reason.eq("replaced"));
    let nothing = (letters::mime.eq(None::<Vec<u8>>), letters::body_text.eq(None::<String>));
    let no_lease = letters::lease_until.eq(None::<DateTime<Utc>>);
    diesel::update(waiting).set((over, nothing, no_lease)).execute(conn.pg())?;
    Ok(())
}

/// How many letters of a kind a person was ever to have, and how many of them since an instant.
pub(super) fn planned(
    conn: &mut TenantConn<'_>,
    kind: &str,
    person: Uuid,
    since: DateTime<Utc>,
) -> Result<(usize, usize)> {
    let planned: Vec<DateTime<Utc>> = letters::table
        .filter(letters::tenant_id.eq(conn.tenant().uuid()))
        .filter(letters::person_id.eq(person))
        .filter(letters::kind.eq(kind))
        .select(letters::planned_at)
        .load(conn.pg())?;
    Ok((planned.len(), planned.iter().filter(|at| **at > since).count()))
}

/// Sees that somebody comes for the letters that are left: one job, at the time of the next one.
const FOLLOW: &str = "
    WITH next AS (SELECT least((SELECT min(due_at) FROM letters WHERE tenant_id = $1 AND state = 'planned'),
                               (SELECT min(lease_until) FROM letters WHERE tenant_id = $1 AND state = 'sending')) AS at)
    SELECT greatest($3, at) AS next_due FROM next
     WHERE at IS NOT NULL
       AND NOT EXISTS (SELECT FROM jobs WHERE tenant = $1 AND kind = $2 AND state = 'queued'
                          AND due_at <= greatest($3, at))";

#[derive(QueryableByName)]
struct NextRow {
    #[diesel(sql_type = Nullable<Timestamptz>)]
    next_due: Option<DateTime<Utc>>,
}

/// When the next letter is due, if no job is waiting for it yet; never before `earliest`.
pub(super) fn next_due(conn: &mut TenantConn<'_>, earliest: DateTime<Utc>) -> Result<Option<DateTime<Utc>>> {
    let found: Option<NextRow> = diesel::sql_query(FOLLOW)
        .bind::<SqlUuid, _>(conn.tenant().uuid())
        .bind::<Text, _>(DELIVER)
        .bind::<Timestamptz, _>(earliest)
        .get_result(conn.pg())
        .optional()?;
    Ok(found.and_then(|row| row.next_due))
}

/// Removes the texts of letters that are over; the rows stay.
pub(super) fn purge(conn: &mut TenantConn<'_>, days: i64) -> Result<usize> {
    let before = conn.now() - TimeDelta::days(days);
    let old = letters::table
        .filter(letters::tenant_id.eq(conn.tenant().uuid()))
        .filter(letters::state.eq_any(["sent", "skipped", "dead"]))
        .filter(letters::planned_at.lt(before))
        .filter(letters::mime.is_not_null());
    let nothing = (letters::mime.eq(None::<Vec<u8>>), letters::body_text.eq(None::<String>));
    Ok(diesel::update(old).set(nothing).execute(conn.pg())?)
}

pub(super) fn tally(conn: &mut TenantConn<'_>, kind: &str, day: NaiveDate) -> Result<Tally> {
    let rows: Vec<(String, Option<String>, i64)> = letters::table
        .filter(letters::tenant_id.eq(conn.tenant().uuid()))
        .filter(letters::day.eq(day))
        .filter(letters::kind.eq(kind))
        .group_by((letters::state, letters::reason))
        .select((letters::state, letters::reason, count_star()))
        .load(conn.pg())?;
    let mut tally = Tally::default();
    for (state, reason, n) in rows {
        let n = n.unsigned_abs();
        match (state.as_str(), reason) {
            ("sent", _) => tally.sent += n,
            ("dead", _) => tally.dead += n,
            ("skipped", Some(reason)) => *tally.skipped.entry(reason).or_default() += n,
            _ => tally.open += n,
        }
    }
    Ok(tally)
}
