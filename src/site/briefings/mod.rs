//! The desk of the monthly briefing: the months, a month's draft, what was published, the tasks behind its figures.

pub mod desk;
pub mod published;
mod views;

use chrono::NaiveDate;

use super::home::BRIEFINGS;
use super::shell::around;
use super::{PageResult, briefing, page};
use crate::briefings::draft::Draft;
use crate::briefings::publish::{self, Published};
use crate::briefings::{self, Days, draft};
use crate::domain::period::Month;
use crate::error::{Denial, Result};
use crate::http::{Caller, Visit};
use crate::pages::{Link, MonthLine, MonthsPage, Words};
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

/// The briefing published with a cut-off, and what today's facts give instead.
pub(super) fn told_then(
    conn: &mut crate::db::TenantConn<'_>,
    w: Words,
    figures: &crate::domain::briefing::Figures,
) -> Result<(String, Option<Link>)> {
    let Some(published) = briefings::publish::published_at(conn, figures.cut.cutoff)? else {
        return Ok((w.as_known().to_owned(), None));
    };
    let now = figures.key.standings.overdue;
    let words = w.as_published(&paper::month(published.month), published.version, published.overdue, now);
    let href = format!("{}/changed", place_of(&published));
    Ok((words, Some(Link { text: w.as_changed().to_owned(), href })))
}
