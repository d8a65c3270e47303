//! What became of a tenant's letters, as its administrator looks after them: by day, one by one, sent again, and the
//! addresses that came back.
//!
//! What must stay true: an administrator sees who, when and why, never what a letter says, but in the demo; a digest of
//! a past day is not sent again; whatever is done stands in the journal.

mod store;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use serde_json::json;
use uuid::Uuid;

use crate::db::TenantConn;
use crate::domain::letter::LetterState;
use crate::domain::preference::Stream;
use crate::error::{Denial, Result};
use crate::ids::new_id;
use crate::jobs;
use crate::journal::{self, Entry};
use crate::mail;
use crate::preferences::stream;

/// Days of the summary.
const DAYS: u64 = 14;

/// Letters on a page.
const PAGE: usize = 50;

/// The letters of a day in one state, and for one reason where they were skipped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayCount {
    /// The business date.
    pub day: NaiveDate,
    /// The state.
    pub state: LetterState,
    /// Why they were skipped.
    pub reason: Option<String>,
    /// How many.
    pub count: u64,
    /// How many of them may have arrived twice.
    pub duplicates: u64,
}

/// Which letters are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterFilter {
    /// Their business date.
    pub day: NaiveDate,
    /// Their state.
    pub state: Option<LetterState>,
    /// Their kind.
    pub kind: Option<String>,
    /// The letter they come after.
    pub after: Option<Uuid>,
}

/// A letter in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterListed {
    /// Its id.
    pub id: Uuid,
    /// What sort of letter.
    pub kind: String,
    /// To whom, with their name, unless to a mailbox.
    pub person: Option<(Uuid, String)>,
    /// The address.
    pub address: String,
    /// The business date.
    pub day: NaiveDate,
    /// The state.
    pub state: LetterState,
    /// Why it was skipped, or what its last try met: a code.
    pub why: Option<String>,
    /// Its subject, once it is composed.
    pub subject: Option<String>,
    /// When it was sent, else when it is or was due.
    pub at: DateTime<Utc>,
    /// Whether it may have arrived twice.
    pub may_be_double: bool,
    /// Whether its text is still there.
    pub has_text: bool,
}

/// A page of letters, and after which one the next begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LettersListed {
    /// The letters.
    pub items: Vec<LetterListed>,
    /// The last one, if there are more.
    pub next: Option<Uuid>,
}

/// Somebody whose address came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounced {
    /// Who.
    pub person: Uuid,
    /// Their name.
    pub name: String,
    /// Their address.
    pub address: String,
    /// When a server last said that nobody has it.
    pub at: DateTime<Utc>,
}

/// What becomes of a letter that is to be sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Again {
    /// It is planned.
    Planned,
    /// It is not over yet, or has been sent.
    NotOver,
    /// A digest of a day that is past.
    PastDigest,
}

/// Whether a letter in this state can be sent again on a day.
pub fn may_send(kind: &str, state: LetterState, day: NaiveDate, today: NaiveDate) -> Again {
    if !matches!(state, LetterState::Skipped | LetterState::Dead) {
        return Again::NotOver;
    }
    let is_past = stream(kind) == Some(Stream::Digest) && day < today;
    if is_past { Again::PastDigest } else { Again::Planned }
}

/// The letters of the last fourteen days, counted; the latest day first.
///
/// # Errors
/// The database's.
pub fn days(conn: &mut TenantConn<'_>, today: NaiveDate) -> Result<Vec<DayCount>> {
    store::days(conn, today.checked_sub_days(Days::new(DAYS - 1)).unwrap_or(today))
}

/// How many letters of a day and later were given up.
///
/// # Errors
/// The database's.
pub fn failed_since(conn: &mut TenantConn<'_>, day: NaiveDate) -> Result<u64> {
    let counts = store::days(conn, day)?;
    Ok(counts.iter().filter(|c| c.state == LetterState::Dead).map(|c| c.count).sum())
}

/// The letters of a filter.
///
/// # Errors
/// The database's.
pub fn letters(conn: &mut TenantConn<'_>, filter: &LetterFilter) -> Result<LettersListed> {
    let mut items = store::letters(conn, filter, PAGE + 1)?;
    let is_more = items.len() > PAGE;
    items.truncate(PAGE);
    let next = items.last().map(|letter| letter.id).filter(|_| is_more);
    Ok(LettersListed { items, next })
}

/// The kinds of letters of a day.
///
/// # Errors
/// The database's.
pub fn kinds(conn: &mut TenantConn<'_>, day: NaiveDate) -> Result<Vec<String>> {
    store::kinds(conn, day)
}

/// Plans a letter again that was skipped or given up: the same letter where it was composed already. What becomes of it,
/// and its business date.
///
/// # Errors
/// There is none.
pub fn send_again(
    conn: &mut TenantConn<'_>,
    actor: Uuid,
    id: Uuid,
    zone: Tz,
    today: NaiveDate,
) -> Result<(Again, NaiveDate)> {
    let letter = store::letter(conn, id)?.ok_or(Denial::NotFound)?;
    let may = may_send(&letter.kind, letter.state, letter.day, today);
    if may != Again::Planned {
        return Ok((may, letter.day));
    }
    // A digest is worth nothing once its day is over.
    let give_up_at = if stream(&letter.kind) == Some(Stream::Digest) { end_of(today, zone) } else { None };
    store::plan_again(conn, id, give_up_at)?;
    jobs::enqueue(conn, mail::DELIVER, &new_id().to_string(), conn.now())?;
    let after = json!({ "kind": letter.kind, "day": letter.day, "address": letter.address });
    let about = letter.person.map(|(person, _)| person);
    told(conn, actor, "mail.resend", about, after)?;
    Ok((may, letter.day))
}

fn end_of(day: NaiveDate, zone: Tz) -> Option<DateTime<Utc>> {
    let midnight = day.succ_opt()?.and_time(NaiveTime::MIN);
    Some(zone.from_local_datetime(&midnight).earliest()?.with_timezone(&Utc))
}

fn told(
    conn: &mut TenantConn<'_>,
    actor: Uuid,
    act: &'static str,
    about: Option<Uuid>,
    after: serde_json::Value,
) -> Result<()> {
    let entry = Entry {
        actor: actor.to_string(),
        act,
        subject: if about.is_some() { "person" } else { "tenant" },
        subject_id: about,
        import_id: None,
        before: None,
        after: Some(after),
    };
    journal::append(conn, &[entry])
}

/// Whose addresses came back.
///
/// # Errors
/// The database's.
pub fn bounced(conn: &mut TenantConn<'_>) -> Result<Vec<Bounced>> {
    store::bounced(conn)
}

/// Takes the flag off a person's address.
///
/// # Errors
/// There is no such person, or their address has no flag.
pub fn clear_bounce(conn: &mut TenantConn<'_>, actor: Uuid, person: Uuid) -> Result<()> {
    let address = store::clear_bounce(conn, person)?.ok_or(Denial::NotFound)?;
    told(conn, actor, "mail.bounce_clear", Some(person), json!({ "address": address }))
}

/// What a letter says: subject and text, while the text is there. For the demo alone.
///
/// # Errors
/// There is none.
pub fn text_of(conn: &mut TenantConn<'_>, id: Uuid) -> Result<(LetterListed, String)> {
    let letter = store::letter(conn, id)?.ok_or(Denial::NotFound)?;
    let text = store::text(conn, id)?.ok_or(Denial::NotFound)?;
    Ok((letter, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_over_is_sent_again_and_no_digest_of_a_past_day() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let (then, today) = (day("2024-11-28"), day("2024-11-29"));
        for state in LetterState::ALL.iter().copied() {
            let is_over = matches!(state, LetterState::Skipped | LetterState::Dead);
            let expected = |otherwise| if is_over { otherwise } else { Again::NotOver };
            assert_eq!(may_send("digest", state, today, today), expected(Again::Planned));
            assert_eq!(may_send("digest", state, then, today), expected(Again::PastDigest));
            assert_eq!(may_send("invitation", state, then, today), expected(Again::Planned));
        }
    }

    #[test]
    fn a_day_ends_at_midnight_of_its_clocks() {
        let end = end_of("2024-11-29".parse().unwrap(), "Asia/Ho_Chi_Minh".parse().unwrap());
        assert_eq!(end, Some("2024-11-29T17:00:00Z".parse().unwrap()));
    }
}
