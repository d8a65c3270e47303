//! The desk of the monthly briefing: the months, a month's draft, what was published, the tasks behind its figures.

pub mod desk;
pub mod published;
pub(in crate::site) mod views;

use chrono::NaiveDate;

use super::home::BRIEFINGS;
use super::shell::around;
use super::{PageResult, briefing, page};
use crate::auth::Member;
use crate::briefings::draft::Draft;
use crate::briefings::publish::{self, Published};
use crate::briefings::{Days, draft};
use crate::db::TenantConn;
use crate::domain::access::{Act, may};
use crate::domain::period::Month;
use crate::error::{Denial, Result};
use crate::http::{Caller, Visit};
use crate::pages::{AsTold, Link, MonthLine, MonthsPage, Words};
use crate::tenants::Settings;
use crate::text::{date, number, paper};

/// A month's desk.
fn place(month: Month) -> String {
    format!("{BRIEFINGS}/{month}")
}

/// A published version.
fn place_of(published: &Published) -> String {
    format!("{}/{}", place(published.month), published.version)
}

/// The month of an address.
fn month_of(text: &str) -> Result<Month> {
    Ok(Month::parse(text).ok_or(Denial::NotFound)?)
}

fn days(visit: &Visit, settings: &Settings) -> Days {
    Days { kind: settings.period_kind, today: settings.today(&visit.service.app.clock) }
}

/// The months; with a month or a cut-off in the address the figures at it.
pub async fn list(caller: Caller, visit: Visit) -> PageResult {
    let mut params = visit.params();
    if params.text("month").is_some() || params.text("cutoff").is_some() {
        return briefing::show(caller, visit).await;
    }
    let view = caller
        .run(move |conn, member, settings| {
            let w = Words(visit.lang_of(member.lang));
            visit.params().finish()?;
            let days = days(&visit, settings);
            let (published, drafts) = (publish::all(conn)?, draft::all(conn)?);
            let present = days.present_month();
            let live = format!("{BRIEFINGS}?month={present}&cutoff={}", days.usual_cutoff(present));
            Ok(MonthsPage {
                w,
                shell: around(&visit, w, member, settings),
                present: Link { text: w.desk_open().to_owned(), href: place(present) },
                live: Link { text: w.desk_live().to_owned(), href: live },
                rows: months(w, days, &published, &drafts),
            })
        })
        .await?;
    page(view.w, &view)
}

fn months(w: Words, days: Days, published: &[Published], drafts: &[Draft]) -> Vec<MonthLine> {
    let mut months: Vec<Month> =
        published.iter().map(|one| one.month).chain(drafts.iter().map(|draft| draft.month)).collect();
    months.sort_unstable();
    months.dedup();
    let line = |month: Month| {
        let versions: Vec<&Published> = published.iter().filter(|one| one.month == month).collect();
        let drafted = drafts.iter().find(|draft| draft.month == month).and_then(|draft| draft.cutoff);
        let cutoff: NaiveDate = match versions.first() {
            Some(last) => last.cutoff,
            None => drafted.unwrap_or_else(|| days.usual_cutoff(month)),
        };
        MonthLine {
            month: Link { text: paper::month(month), href: place(month) },
            cutoff: date(cutoff),
            overdue: versions.first().map_or_else(|| "–".to_owned(), |last| number(w.0, last.overdue)),
            versions: versions.into_iter().map(|one| version_link(w, one)).collect(),
        }
    };
    months.into_iter().rev().map(line).collect()
}

fn version_link(w: Words, published: &Published) -> Link {
    Link { text: w.version_name(published.number, published.version), href: place_of(published) }
}

/// What is to be said of a day: that a past one is shown as known now, and what was published with it as cut-off.
pub(super) fn told(
    conn: &mut TenantConn<'_>,
    w: Words,
    day: NaiveDate,
    today: NaiveDate,
) -> Result<Option<AsTold>> {
    if let Some(one) = publish::published_at(conn, day)? {
        let text = w.as_published(&paper::month(one.month), one.version, one.overdue);
        let changed = Link { text: w.as_changed().to_owned(), href: format!("{}/changed", place_of(&one)) };
        return Ok(Some(AsTold { text, links: vec![version_link(w, &one), changed] }));
    }
    let is_past = day < today;
    Ok(is_past.then(|| AsTold { text: w.as_known().to_owned(), links: Vec::new() }))
}

/// The same for a reader who may not read the figures: nothing.
pub(super) fn told_to(
    member: &Member,
    conn: &mut TenantConn<'_>,
    w: Words,
    day: NaiveDate,
    today: NaiveDate,
) -> Result<Option<AsTold>> {
    if may(member.role, Act::ReadFigures) { told(conn, w, day, today) } else { Ok(None) }
}
