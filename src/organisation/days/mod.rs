//! Days off and make-up days as an administrator looks after them.
//!
//! What must stay true: nothing of a calendar changes but by a dry run that was confirmed as it was shown: the
//! confirmation carries the change and the hash of all that the dry run said, and is refused when either has moved.

mod dry_run;
mod lines;
mod sheet;

use chrono::{Datelike, NaiveDate};
use serde_json::{Value, json};

pub use dry_run::{DayChanged, DryRun, MarkMoved, TermMoved, Touched};
pub use lines::{DayChanges, DayTyped, lines, of_year, read};
pub use sheet::{LARGEST, Unread, of_file};

use crate::auth::Member;
use crate::calendar::{self, CalendarDay};
use crate::db::TenantConn;
use crate::domain::deadline::written;
use crate::error::{Refusal, Result};
use crate::journal::{self, Entry};
use crate::recurrences;
use crate::tenants::Settings;

/// The days of a year that are not on a new list of it are to be forgotten.
///
/// # Errors
/// The database's.
pub fn replacing(conn: &mut TenantConn<'_>, year: i32, mut changes: DayChanges) -> Result<DayChanges> {
    for kept in calendar::days(conn)?.into_iter().filter(|kept| kept.day.year() == year) {
        changes.entry(kept.day).or_insert(None);
    }
    Ok(changes)
}

/// What a change would do, as of today.
///
/// # Errors
/// The database's.
pub fn dry_run(
    conn: &mut TenantConn<'_>,
    settings: &Settings,
    changes: &DayChanges,
    today: NaiveDate,
) -> Result<DryRun> {
    DryRun::read(conn, settings, changes, today)
}

/// Makes a change as its dry run showed it; `hash` is the dry run's.
///
/// # Errors
/// [`Refusal::Moved`]: it would do something else by now.
pub fn apply(
    conn: &mut TenantConn<'_>,
    member: &Member,
    settings: &Settings,
    changes: &DayChanges,
    hash: &str,
    today: NaiveDate,
) -> Result<()> {
    calendar::lock(conn)?;
    let run = dry_run(conn, settings, changes, today)?;
    if run.hash != hash {
        return Err(Refusal::Moved.into());
    }
    let said: Vec<CalendarDay> = run.days.iter().filter_map(|changed| changed.after.clone()).collect();
    let forgotten: Vec<NaiveDate> =
        run.days.iter().filter(|changed| changed.after.is_none()).map(|changed| changed.day).collect();
    if run.days.is_empty() {
        return Ok(());
    }
    calendar::save(conn, &said)?;
    calendar::forget(conn, &forgotten)?;
    recurrences::move_terms(conn, &member.actor(), &run.moves)?;
    let told = |of: fn(&DayChanged) -> Option<&CalendarDay>| -> Value {
        json!({ "days": run.days.iter().filter_map(of).map(told).collect::<Vec<_>>() })
    };
    journal::append(
        conn,
        &[Entry {
            actor: member.actor(),
            act: "calendar.change",
            subject: "tenant",
            subject_id: None,
            import_id: None,
            before: Some(told(|changed| changed.before.as_ref())),
            after: Some(told(|changed| changed.after.as_ref())),
        }],
    )
}

/// A day in the journal.
fn told(day: &CalendarDay) -> String {
    let provisional = if day.provisional { " (tạm)" } else { "" };
    format!("{} {} {}{provisional}", written(day.day), day.kind.code(), day.name)
}
