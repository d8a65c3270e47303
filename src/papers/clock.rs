//! The draft that makes itself on the tenant's day, and the letter to the Office that says so.

use std::collections::BTreeMap;

use chrono::{Datelike, Days as Step, NaiveDate};
use serde_json::json;

use crate::briefings::{self, Days, Listed, draft, publish};
use crate::calendar;
use crate::db::{Db, TenantConn};
use crate::digests;
use crate::domain::access::Role;
use crate::domain::calendar::WorkingCalendar;
use crate::domain::flow::Line;
use crate::domain::period::{Month, Period};
use crate::error::Result;
use crate::jobs::{Claimed, JobError};
use crate::mail::{self, Composer, Composition, Letter, NewLetter, Words};
use crate::public_url::PublicUrl;
use crate::tenants::{self, Settings, is_email};
use crate::text::{letters, paper};

/// The kind of job that makes drafts.
pub const MAKE: &str = "briefings.make";

/// The kind of letter.
const READY: &str = "briefing_draft";

/// Who makes it, as the journal calls it.
const CLOCK: &str = "clock";

/// Makes the draft of the job's tenant when its day has come.
///
/// # Errors
/// The database's.
pub fn make_due(db: &Db, job: &Claimed) -> std::result::Result<(), JobError> {
    let made = db.tenant(&job.scope()?, |conn| {
        let settings = tenants::settings(conn)?;
        let today = conn.now().with_timezone(&settings.zone).date_naive();
        make(conn, &settings, today)
    });
    Ok(made.map(drop)?)
}

/// Makes the draft of the present month from its day on, once; which month, when it was made.
///
/// # Errors
/// The database's.
pub fn make(conn: &mut TenantConn<'_>, settings: &Settings, today: NaiveDate) -> Result<Option<Month>> {
    let days = Days { kind: settings.period_kind, today };
    let month = days.present_month();
    let calendar = calendar::working_calendar(conn)?;
    let day = day_of(month.period(days.kind), settings.briefing_day, &calendar);
    if today < day || !draft::make(conn, CLOCK, month, day, today)? {
        return Ok(None);
    }
    tell(conn, month, today)?;
    Ok(Some(month))
}

/// The day of a period on which its draft is made: the day of that number, the last one where there is none; without a
/// number the last working day.
fn day_of(period: Period, number: Option<u32>, calendar: &WorkingCalendar) -> NaiveDate {
    let Some(number) = number else { return calendar.previous_working(period.last) };
    let days = period.first.iter_days().take_while(|day| *day <= period.last);
    days.filter(|day| day.day() == number).last().unwrap_or(period.last)
}

/// Plans a letter to everybody in the Office.
fn tell(conn: &mut TenantConn<'_>, month: Month, today: NaiveDate) -> Result<()> {
    let now = conn.now();
    let mut readers = digests::holders(conn, today)?;
    readers.retain(|holder| holder.role == Role::Office && holder.active && is_email(&holder.email));
    readers.sort_by_key(|holder| holder.person);
    readers.dedup_by_key(|holder| holder.person);
    let planned: Vec<NewLetter<'_>> = readers
        .iter()
        .map(|holder| NewLetter {
            kind: READY,
            person: Some(holder.person),
            address: &holder.email,
            day: today,
            key: format!("{READY} {month}"),
            lang: holder.lang,
            payload: json!({ "month": month.to_string() }),
            due_at: now,
            give_up_at: now.checked_add_days(Step::new(7)),
        })
        .collect();
    mail::plan(conn, &planned).map(drop)
}

/// Who composes the letters.
pub fn composers(public_url: &PublicUrl) -> BTreeMap<&'static str, Composer> {
    let url = public_url.clone();
    let composer: Composer = Box::new(move |conn, letters| compose(conn, letters, &url));
    BTreeMap::from([(READY, composer)])
}

/// Composes from what is true now; all of one run are about one month, of which the figures are computed once.
fn compose(conn: &mut TenantConn<'_>, all: &[Letter], url: &PublicUrl) -> Result<Vec<Composition>> {
    let settings = tenants::settings(conn)?;
    let url = tenants::address(conn, url)?;
    let mut told: BTreeMap<Month, (NaiveDate, [u64; 2])> = BTreeMap::new();
    let mut composed = Vec::with_capacity(all.len());
    for letter in all {
        let Some(month) = month_of(letter) else {
            composed.push(Composition::Skip("unknown month"));
            continue;
        };
        let (cutoff, counts) = match told.get(&month) {
            Some(known) => *known,
            None => {
                let counted = counts(conn, &settings, month, letter.day)?;
                told.insert(month, counted);
                counted
            }
        };
        let (subject, lines) = paper::draft_letter(letter.lang, month, cutoff, counts);
        let address = url.link(&format!("/briefings/{month}"));
        composed.push(Composition::Words(around(letter, subject, &lines, &address)));
    }
    Ok(composed)
}

fn month_of(letter: &Letter) -> Option<Month> {
    letter.payload.get("month").and_then(|month| month.as_str()).and_then(Month::parse)
}

/// The cut-off, and how many key tasks are overdue and newly so.
fn counts(
    conn: &mut TenantConn<'_>,
    settings: &Settings,
    month: Month,
    today: NaiveDate,
) -> Result<(NaiveDate, [u64; 2])> {
    let kept = draft::draft(conn, month)?;
    let request = publish::request(&kept, Days { kind: settings.period_kind, today });
    let whole = briefings::of_draft(conn, settings, request, &kept, Listed::First(0))?;
    let totals = whole.totals();
    Ok((request.cutoff, [totals.closing, totals.line(Line::NewlyOverdue)]))
}

fn around(letter: &Letter, subject: String, lines: &[String], address: &str) -> Words {
    let no_answer = letters::no_answer(letter.lang);
    let paragraphs: String = lines.iter().map(|line| format!("<p>{}</p>", letters::escaped(line))).collect();
    Words {
        text: format!("{}\n\n{address}\n\n{no_answer}\n", lines.join("\n\n")),
        html: format!(
            "<!doctype html><html lang=\"{}\"><body>{paragraphs}<p><a href=\"{address}\">{address}</a></p>\
             <p>{no_answer}</p></body></html>",
            letter.lang.code(),
        ),
        subject,
        unsubscribe: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::period::PeriodKind;

    #[test]
    fn a_draft_is_made_on_the_tenants_day_or_the_last_working_day() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let calendar = WorkingCalendar::default();
        let of =
            |month: &str, kind, number| day_of(Month::parse(month).unwrap().period(kind), number, &calendar);
        assert_eq!(of("2024-11", PeriodKind::CalendarMonth, None), day("2024-11-29"));
        assert_eq!(of("2024-11", PeriodKind::CalendarMonth, Some(25)), day("2024-11-25"));
        assert_eq!(of("2024-11", PeriodKind::CalendarMonth, Some(31)), day("2024-11-30"));
        assert_eq!(of("2024-11", PeriodKind::Decree09, Some(28)), day("2024-10-28"));
        assert_eq!(of("2024-11", PeriodKind::Decree09, None), day("2024-11-14"));
    }
}
