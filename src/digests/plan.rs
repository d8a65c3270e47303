//! Planning the letters of a day, once: by the clock, or when the operator asks for a day.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde_json::json;
use uuid::Uuid;

use super::model::{Reader, ReaderKind, Recipient, Skip};
use super::readers::readers;
use super::store;
use crate::calendar;
use crate::clock::Clock;
use crate::db::{Db, TenantConn};
use crate::domain::digest_day::{self, DayPlan};
use crate::domain::preference::MailPreferences;
use crate::error::{Error, Result};
use crate::jobs::{Claimed, JobError};
use crate::mail::{self, NewLetter};
use crate::preferences;
use crate::tenants::{self, Settings};
use crate::units::{self, Unit};

/// The kind of letter.
pub const DIGEST: &str = "digest";

/// The kind of job that looks whether a tenant's day is to be planned.
pub const PLAN: &str = "digest.plan";

/// How many days back the days that were planned are looked at.
const LOOK_BACK: TimeDelta = TimeDelta::days(60);

/// Plans what is due of a tenant now: the digests of its day, and the note that days passed without.
///
/// # Errors
/// The database's.
pub fn plan_due(db: &Db, clock: Clock, job: &Claimed) -> std::result::Result<(), JobError> {
    db.tenant(&job.scope()?, |conn| {
        let settings = tenants::settings(conn)?;
        let (today, now) = (settings.today(&clock), conn.now());
        let calendar = calendar::working_calendar(conn)?;
        let done = store::days(conn, today - LOOK_BACK)?;
        let plan = DayPlan::at(&calendar, today, now.with_timezone(&settings.zone).time(), &done);
        store::miss(conn, &plan.missed)?;
        if plan.is_due {
            plan_day(conn, today, Some(&settings))?;
        }
        Ok(())
    })?;
    Ok(())
}

/// Plans the letters of a day to be sent now, whatever the hour; how many there are, 0 when they were planned before or
/// the day is not worked.
///
/// # Errors
/// The database's.
pub fn plan_now(conn: &mut TenantConn<'_>, day: NaiveDate) -> Result<usize> {
    match calendar::working_calendar(conn)?.is_working(day) {
        true => plan_day(conn, day, None),
        false => Ok(0),
    }
}

/// Plans a day, each letter for the hour that its reader or the tenant wants; without settings for now. The row of the
/// day decides: whoever comes second plans nothing.
fn plan_day(conn: &mut TenantConn<'_>, day: NaiveDate, settings: Option<&Settings>) -> Result<usize> {
    if !store::begin_day(conn, day)? {
        return Ok(0);
    }
    let units: HashMap<Uuid, Unit> = units::all(conn)?.into_iter().map(|unit| (unit.id, unit)).collect();
    let mut readers = readers(conn, day)?;
    // Whose day it is not has no letter to be told about.
    readers.retain(|reader| reader.skip != Some(Skip::NotTheirDay));
    let people: Vec<Uuid> = readers.iter().filter_map(|reader| reader.recipient.person()).collect();
    let wishes = preferences::of(conn, &people)?;
    let now = conn.now();
    let letters: Vec<NewLetter<'_>> = readers
        .iter()
        .map(|reader| {
            let wish = reader.recipient.person().and_then(|id| wishes.get(&id));
            let (due_at, give_up_at) = match settings {
                Some(settings) => at_their_hour(settings, wish, now)?,
                None => (now, None),
            };
            let (person, recipient) = match reader.recipient {
                Recipient::Person(id) => (Some(id), id),
                Recipient::Mailbox(unit) => (None, unit),
            };
            Ok(NewLetter {
                kind: DIGEST,
                person,
                address: &reader.address,
                day,
                key: format!("{day} {recipient}"),
                lang: reader.lang,
                payload: json!({ "name": name(reader, &units), "unit": person.is_none().then_some(recipient) }),
                due_at,
                give_up_at,
            })
        })
        .collect::<Result<_>>()?;
    let planned = mail::plan(conn, &letters)?;
    store::count_day(conn, day, planned)?;
    Ok(planned)
}

/// When a letter is sent and when it is given up.
fn at_their_hour(
    settings: &Settings,
    wish: Option<&MailPreferences>,
    now: DateTime<Utc>,
) -> Result<(DateTime<Utc>, Option<DateTime<Utc>>)> {
    let hour = wish.copied().unwrap_or_default().time(settings.digest_hour);
    let times = digest_day::times(settings.zone, now, hour.clock());
    let (due_at, over) = times.ok_or_else(|| Error::Internal("a day without a morning".to_owned()))?;
    Ok((due_at, Some(over)))
}

/// What names the file where letters become files: `CVT-Nguyễn Văn A`, a unit's mailbox `CVT`.
fn name(reader: &Reader, units: &HashMap<Uuid, Unit>) -> String {
    let place = match reader.kind {
        ReaderKind::Head | ReaderKind::Staff => {
            let own = reader.units.iter().filter_map(|unit| units.get(unit)).min_by_key(|unit| unit.position);
            own.map_or(reader.kind.code(), |unit| unit.short_name.as_str())
        }
        ReaderKind::Office | ReaderKind::Leader => reader.kind.code(),
    };
    match reader.recipient {
        Recipient::Person(_) => format!("{place}-{}", reader.name),
        Recipient::Mailbox(_) => place.to_owned(),
    }
}
