//! Composing the planned letters of a day.
//!
//! What must stay true: a letter tells what holds when it is composed. Facts and readers of a tenant's day are kept for
//! the letters that follow, and read anew as soon as the revision of the tenant's facts is another: so whoever closes a
//! task before a letter is composed finds it in none, and ten thousand letters read the facts once.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::NaiveDate;
use uuid::Uuid;

use super::compose::compose;
use super::facts::{Facts, facts};
use super::model::{Reader, Recipient};
use super::plan::DIGEST;
use super::readers::readers;
use crate::db::TenantConn;
use crate::error::{Error, Result};
use crate::ids::TenantId;
use crate::mail::{Composer, Composition, Letter, Words};
use crate::public_url::PublicUrl;
use crate::tasks;
use crate::tenants;

/// Days of so many tenants are kept: as many as are worked on at once.
const KEPT: usize = 4;

/// What the letters of a day are made from.
struct Day {
    facts: Facts,
    readers: BTreeMap<Recipient, Reader>,
}

/// Which state of which day.
type Key = (TenantId, NaiveDate, i64);

/// The days kept, the newest first; of a day that is not worked that it is not.
type Shelf = Mutex<VecDeque<(Key, Arc<Option<Day>>)>>;

/// Who composes digests; links lead to the tenant's own host, else to `public_url`.
pub fn composer(public_url: &PublicUrl) -> (&'static str, Composer) {
    let (public_url, shelf) = (public_url.clone(), Shelf::default());
    (DIGEST, Box::new(move |conn, letters| composed(conn, letters, &public_url, &shelf)))
}

fn composed(
    conn: &mut TenantConn<'_>,
    letters: &[Letter],
    public_url: &PublicUrl,
    shelf: &Shelf,
) -> Result<Vec<Composition>> {
    let url = tenants::address(conn, public_url)?;
    let dates: BTreeSet<NaiveDate> = letters.iter().map(|letter| letter.day).collect();
    let read = dates.into_iter().map(|date| Ok((date, day(conn, date, shelf)?)));
    let days = read.collect::<Result<BTreeMap<NaiveDate, Arc<Option<Day>>>>>()?;
    letters
        .iter()
        .map(|letter| match days.get(&letter.day).and_then(|day| day.as_ref().as_ref()) {
            Some(day) => one(day, letter, &url),
            None => Ok(Composition::Skip("not_a_working_day")),
        })
        .collect()
}

fn one(day: &Day, letter: &Letter, url: &PublicUrl) -> Result<Composition> {
    let Some(reader) = recipient(letter).and_then(|recipient| day.readers.get(&recipient)) else {
        return Ok(Composition::Skip("no_post"));
    };
    let made = compose(&day.facts, std::slice::from_ref(reader), url)?.pop();
    Ok(match made.ok_or_else(|| Error::Internal("a digest was not composed".to_owned()))? {
        Ok(letter) => Composition::Words(Words {
            subject: letter.subject,
            text: letter.text,
            html: letter.html,
            unsubscribe: None,
        }),
        Err(skip) => Composition::Skip(skip.code()),
    })
}

/// To whom a letter goes: its person, or the unit whose mailbox it is.
fn recipient(letter: &Letter) -> Option<Recipient> {
    let unit = || letter.payload.get("unit")?.as_str().and_then(|unit| Uuid::parse_str(unit).ok());
    letter.person.map(Recipient::Person).or_else(|| unit().map(Recipient::Mailbox))
}

/// The day as it is now: kept, or read.
fn day(conn: &mut TenantConn<'_>, day: NaiveDate, shelf: &Shelf) -> Result<Arc<Option<Day>>> {
    let key = (conn.tenant(), day, tasks::revision(conn)?.number);
    let kept = shelf.lock().unwrap_or_else(PoisonError::into_inner).iter().find(|(k, _)| *k == key).cloned();
    if let Some((_, day)) = kept {
        return Ok(day);
    }
    let settings = tenants::settings(conn)?;
    let read = match facts(conn, &settings, day)? {
        Some(facts) => {
            let readers = readers(conn, day)?.into_iter().map(|reader| (reader.recipient, reader)).collect();
            Some(Day { facts, readers })
        }
        None => None,
    };
    let read = Arc::new(read);
    let mut shelf = shelf.lock().unwrap_or_else(PoisonError::into_inner);
    shelf.retain(|(other, _)| (other.0, other.1) != (key.0, key.1));
    shelf.push_front((key, read.clone()));
    shelf.truncate(KEPT);
    Ok(read)
}
