//! Planning the reminders of a day, in the hours in which they may leave.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, NaiveTime, Timelike, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use super::day::{RemindedDay, reminded_day};
use super::model::{Recipient, Reminder};
use super::{REMINDER, store};
use crate::calendar;
use crate::db::{Db, TenantConn};
use crate::domain::calendar::WorkingCalendar;
use crate::domain::slots::instant_of;
use crate::error::Result;
use crate::jobs::{Claimed, JobError};
use crate::mail::{self, NewLetter};
use crate::tenants::{self, Settings};

/// The kind of job that plans them.
pub const PLAN: &str = "reminders.plan";

/// From this local hour on no reminder leaves, until the tenant's hour of the digest.
const QUIET_HOUR: u32 = 18;

/// Plans what is due of the job's tenant.
///
/// # Errors
/// The database's.
pub fn plan_due(db: &Db, job: &Claimed) -> std::result::Result<(), JobError> {
    let planned = db.tenant(&job.scope()?, |conn| {
        let settings = tenants::settings(conn)?;
        plan(conn, &settings)
    });
    Ok(planned.map(drop)?)
}

/// Plans the reminders of this working day, once; how many letters are new. Nothing on a day off and in quiet hours: the
/// next working morning tells what was due by then.
///
/// # Errors
/// The database's.
pub fn plan(conn: &mut TenantConn<'_>, settings: &Settings) -> Result<usize> {
    let local = conn.now().with_timezone(&settings.zone).naive_local();
    let day = local.date();
    let is_quiet = local.time() < settings.digest_hour.clock() || local.hour() >= QUIET_HOUR;
    let calendar = calendar::working_calendar(conn)?;
    if !calendar.is_working(day) || is_quiet {
        return Ok(0);
    }
    let last = store::last_run(conn)?;
    let since = last.unwrap_or_else(|| day_before(&calendar, day));
    // A clock that was set back is behind what was told already.
    if since >= day || !store::begin_run(conn, day, since)? {
        return Ok(0);
    }
    let unreached = match last {
        Some(last) => unreached(conn, last)?,
        None => BTreeMap::new(),
    };
    let earliest = unreached.values().copied().min().map_or(since, |own| own.min(since));
    let reminded = reminded_day(conn, earliest, day)?;
    let evening = NaiveTime::from_hms_opt(QUIET_HOUR, 0, 0).map(|time| day.and_time(time));
    let quiet_from = evening.and_then(|time| instant_of(settings.zone, time));
    let now = conn.now();
    let own_since = |to: &Recipient| unreached.get(to).copied().unwrap_or(since);
    let due = reminded.reminders.iter().map(|reminder| (reminder, own_since(&reminder.recipient)));
    let due = due.filter(|(reminder, since)| reminder.items.iter().any(|item| *since < item.told_on));
    let letters: Vec<NewLetter<'_>> =
        due.map(|(reminder, since)| letter(reminder, day, since, now, quiet_from)).collect();
    mail::plan(conn, &letters)
}

/// What would be told on a day, as far as it is known now; `None` on a day off.
///
/// # Errors
/// The database's.
pub fn preview(conn: &mut TenantConn<'_>, day: NaiveDate) -> Result<Option<RemindedDay>> {
    let calendar = calendar::working_calendar(conn)?;
    if !calendar.is_working(day) {
        return Ok(None);
    }
    let since = match store::since_of_run(conn, day)? {
        Some(since) => since,
        None => {
            store::last_run(conn)?.filter(|last| *last < day).unwrap_or_else(|| day_before(&calendar, day))
        }
    };
    reminded_day(conn, since, day).map(Some)
}

fn day_before(calendar: &WorkingCalendar, day: NaiveDate) -> NaiveDate {
    calendar.previous_working(day.pred_opt().unwrap_or(day))
}

/// From which day on those were told nothing whom the last run did not reach.
fn unreached(conn: &mut TenantConn<'_>, last: NaiveDate) -> Result<BTreeMap<Recipient, NaiveDate>> {
    let found = store::unreached(conn, last)?;
    let since = |(person, payload): (Option<Uuid>, Value)| Some((to(person, &payload)?, since(&payload)?));
    Ok(found.into_iter().filter_map(since).collect())
}

/// One letter; of a mailbox one a unit, for one mailbox may serve several.
fn letter<'a>(
    reminder: &'a Reminder,
    day: NaiveDate,
    since: NaiveDate,
    now: DateTime<Utc>,
    quiet_from: Option<DateTime<Utc>>,
) -> NewLetter<'a> {
    let (person, key, to) = match reminder.recipient {
        Recipient::Person(person) => (Some(person), day.to_string(), json!({})),
        Recipient::Mailbox(unit) => (None, format!("{day} {unit}"), json!({ "mailbox": unit })),
        Recipient::Nobody(unit) => (None, format!("{day} {unit}"), json!({ "nobody": unit })),
    };
    let mut payload = json!({ "since": since, "name": format!("nhac-viec-{}", reminder.name) });
    if let (Some(all), Value::Object(to)) = (payload.as_object_mut(), to) {
        all.extend(to);
    }
    NewLetter {
        kind: REMINDER,
        person,
        address: &reminder.address,
        day,
        key,
        lang: reminder.lang,
        payload,
        due_at: now,
        give_up_at: quiet_from,
    }
}

/// To whom a letter was planned.
pub(super) fn to(person: Option<Uuid>, payload: &Value) -> Option<Recipient> {
    let unit = |name: &str| payload.get(name).and_then(Value::as_str).and_then(|id| id.parse().ok());
    let mailbox = || unit("mailbox").map(Recipient::Mailbox);
    person.map(Recipient::Person).or_else(mailbox).or_else(|| unit("nobody").map(Recipient::Nobody))
}

/// The day whose steps its recipient was told last.
pub(super) fn since(payload: &Value) -> Option<NaiveDate> {
    payload.get("since").and_then(Value::as_str).and_then(|day| day.parse().ok())
}
