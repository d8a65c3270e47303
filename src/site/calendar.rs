//! The calendar of a year: read by everybody, changed by an administrator after seeing what a change would do.

use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{Datelike, Days, NaiveDate};

use super::shell::around;
use super::{PageResult, go_to, page, people, refused};
use crate::auth::Member;
use crate::calendar::{self, CalendarDay};
use crate::db::TenantConn;
use crate::domain::access::{Act, may};
use crate::domain::calendar::DayKind;
use crate::domain::deadline::YEARS;
use crate::domain::period::Month;
use crate::error::{Error, ParameterFault, ParameterProblem, Refusal, Result};
use crate::http::{Answered, Body, Caller, Failure, Upload, Visit, work};
use crate::imports::refusal::Refusal as FileRefusal;
use crate::organisation::days::{self, DayChanges, DayTyped, Unread};
use crate::pages::{CalendarForms, CalendarPage, Choice, DayCell, DayLine, Field, Link, MonthGrid, Words};
use crate::params::Params;
use crate::tenants::Settings;
use crate::text::{date, imports, parameter};

/// The page.
pub const PLACE: &str = "/calendar";

/// The address of a year.
pub(super) fn of_year(year: i32) -> String {
    format!("{PLACE}?year={year}")
}

/// What was sent and refused, if anything was.
#[derive(Clone, Default)]
struct Sent {
    day: DayTyped,
    lines: String,
    replaces: bool,
    faults: Vec<ParameterFault>,
    /// Why a file is not read at all.
    unread: Option<String>,
}

/// What is said of a day, in one line.
pub(super) fn said(w: Words, day: &CalendarDay) -> String {
    let provisional =
        if day.provisional { format!(" ({})", w.calendar_provisional_mark()) } else { String::new() };
    format!("{}: {}{provisional}", w.day_kind(day.kind), day.name)
}

fn weekday(w: Words, day: NaiveDate) -> &'static str {
    let place = usize::try_from(day.weekday().num_days_from_monday()).unwrap_or_default();
    w.weekdays().get(place).map_or("", |(_, name)| *name)
}

/// A day with its weekday.
pub(super) fn named(w: Words, day: NaiveDate) -> String {
    format!("{}, {}", date(day), weekday(w, day))
}

fn cell(w: Words, day: NaiveDate, special: &[CalendarDay]) -> DayCell {
    let found = special.iter().find(|kept| kept.day == day);
    DayCell {
        number: day.day().to_string(),
        class: match found.map(|kept| kept.kind) {
            Some(DayKind::Off) => "off",
            Some(DayKind::Work) => "worked",
            None if day.weekday().num_days_from_monday() > 4 => "rest",
            None => "",
        },
        note: found.map(|kept| said(w, kept)),
        is_provisional: found.is_some_and(|kept| kept.provisional),
    }
}

/// A month from its first Monday's week on.
fn grid(w: Words, month: Month, special: &[CalendarDay]) -> MonthGrid {
    let (first, last) = (month.first(), month.last());
    let begin = first - Days::new(u64::from(first.weekday().num_days_from_monday()));
    let days: Vec<Option<DayCell>> = begin
        .iter_days()
        .take_while(|day| *day <= last || day.weekday() != chrono::Weekday::Mon)
        .map(|day| (first <= day && day <= last).then(|| cell(w, day, special)))
        .collect();
    MonthGrid { name: w.calendar_month(month.month()), weeks: days.chunks(7).map(<[_]>::to_vec).collect() }
}

fn line(w: Words, day: &CalendarDay) -> DayLine {
    DayLine {
        day: named(w, day.day),
        kind: w.day_kind(day.kind).to_owned(),
        name: day.name.clone(),
        source: day.source.clone(),
        is_provisional: day.provisional,
        removal: days::lines(&DayChanges::from([(day.day, None)])),
    }
}

fn forms(w: Words, year: i32, sent: &Sent) -> CalendarForms {
    let field = |name: &str, typed: &str| people::field(w, &sent.faults, name, typed);
    let kind = |kind: &DayKind| Choice {
        value: kind.code().to_owned(),
        text: w.day_kind(*kind).to_owned(),
        selected: sent.day.kind == kind.code(),
    };
    let line_faults: Vec<String> = sent.faults.iter().filter_map(|fault| line_fault(w, fault)).collect();
    let cell_faults: Vec<String> = sent.faults.iter().filter_map(|fault| cell_fault(w, fault)).collect();
    let whole = field("lines", &sent.lines);
    CalendarForms {
        year: year.to_string(),
        day: field("day", &sent.day.day),
        kinds: DayKind::ALL.iter().map(kind).collect(),
        kind: field("kind", ""),
        name: field("name", &sent.day.name),
        source: field("source", &sent.day.source),
        is_provisional: !sent.day.provisional.is_empty(),
        lines: match line_faults.first() {
            Some(first) => Field::faulty(&sent.lines, first),
            None => whole,
        },
        // The first stands at the field; the summary names them all.
        line_faults: line_faults.into_iter().skip(1).collect(),
        file: match sent.unread.as_ref().or(cell_faults.first()) {
            Some(first) => Field::faulty("", first),
            None => field("file", ""),
        },
        cell_faults: cell_faults.into_iter().skip(1).collect(),
        replaces: sent.replaces,
    }
}

/// A fault of one of the lines, as a sentence.
fn line_fault(w: Words, fault: &ParameterFault) -> Option<String> {
    let (number, cell) = fault.name.strip_prefix("lines.")?.split_once('.')?;
    Some(format!("{}: {}.", w.calendar_line(number, cell), parameter::problem(w.0, &fault.problem)))
}

/// A fault of one of a file's cells, as a sentence.
fn cell_fault(w: Words, fault: &ParameterFault) -> Option<String> {
    let (cell, field) = fault.name.strip_prefix("cells.")?.split_once('.')?;
    Some(format!("{}: {}.", w.calendar_cell(cell, field), parameter::problem(w.0, &fault.problem)))
}

fn year_of(visit: &Visit, today: NaiveDate) -> i32 {
    let typed = visit.params().text("year").and_then(|year| year.parse().ok());
    typed.filter(|year| YEARS.contains(year)).unwrap_or_else(|| today.year())
}

fn view(
    conn: &mut TenantConn<'_>,
    visit: &Visit,
    member: &Member,
    settings: &Settings,
    year: Option<i32>,
    sent: &Sent,
) -> Result<CalendarPage> {
    let w = Words(visit.lang_of(member.lang));
    let year = year.unwrap_or_else(|| year_of(visit, settings.today(&visit.service.app.clock)));
    let mut special = calendar::days(conn)?;
    special.retain(|day| day.day.year() == year);
    let other = |text: &str, year: i32| {
        YEARS.contains(&year).then(|| Link { text: format!("{text} ({year})"), href: of_year(year) })
    };
    let changes = may(member.role, Act::ManageTenant);
    Ok(CalendarPage {
        w,
        shell: around(visit, w, member, settings),
        notice: visit.params().text("done").map(|_| w.calendar_saved().to_owned()),
        year: year.to_string(),
        previous: other(w.calendar_previous(), year - 1),
        next: other(w.calendar_next(), year + 1),
        months: (1..=12)
            .filter_map(|month| Month::new(year, month))
            .map(|month| grid(w, month, &special))
            .collect(),
        days: special.iter().map(|day| line(w, day)).collect(),
        forms: changes.then(|| forms(w, year, sent)),
    })
}

/// The calendar of a year, of this one unless the address says another.
pub async fn show(caller: Caller, visit: Visit) -> PageResult {
    let view = caller
        .run(move |conn, member, settings| view(conn, &visit, member, settings, None, &Sent::default()))
        .await?;
    page(view.w, &view)
}

/// The form comes back.
async fn come_back(caller: &Caller, mut visit: Visit, year: Option<i32>, sent: Sent) -> PageResult {
    visit.address = year.map_or_else(|| PLACE.to_owned(), of_year);
    let view =
        caller.run(move |conn, member, settings| view(conn, &visit, member, settings, year, &sent)).await?;
    refused(view.w, &view)
}

/// What a change of one day would do.
pub async fn day(caller: Caller, visit: Visit, body: Body) -> PageResult {
    let day = DayTyped::take(&mut Params::parse(&body.text()));
    match day.check() {
        Ok((on, said)) => {
            super::calendar_change::preview(caller, visit, DayChanges::from([(on, said)]), None).await
        }
        Err(faults) => come_back(&caller, visit, None, Sent { day, faults, ..Sent::default() }).await,
    }
}

/// What a change of many days would do.
pub async fn lines(caller: Caller, visit: Visit, body: Body) -> PageResult {
    let mut params = Params::parse(&body.text());
    let lines = params.exact("lines").unwrap_or_default();
    let year = params.text("year").and_then(|year| year.parse().ok()).filter(|year| YEARS.contains(year));
    let replaces = params.text("replace").is_some();
    match days::read(&lines) {
        Ok(changes) => {
            super::calendar_change::preview(caller, visit, changes, year.filter(|_| replaces)).await
        }
        Err(faults) => {
            come_back(&caller, visit, year, Sent { lines, replaces, faults, ..Sent::default() }).await
        }
    }
}

/// What the days of a file would do; or the form comes back with what is wrong in which cell.
pub async fn file(
    caller: Caller,
    visit: Visit,
    req: HttpRequest,
    payload: web::Payload,
) -> Answered<HttpResponse> {
    // Who may not change the calendar is told so before anything of a file is taken.
    caller.run(|_, _, _| Ok(())).await?;
    let Upload { mut params, mut files } = Upload::take(&req, payload, caller.service()).await?;
    let year = params.text("year").and_then(|year| year.parse().ok()).filter(|year| YEARS.contains(year));
    let replaces = params.text("replace").is_some();
    let sent = Sent { replaces, ..Sent::default() };
    let Some((name, incoming)) = files.pop() else {
        let missing = ParameterFault { name: "file".to_owned(), problem: ParameterProblem::Missing };
        return Ok(come_back(&caller, visit, year, Sent { faults: vec![missing], ..sent }).await?);
    };
    let read = work(caller.service(), move |_| {
        if incoming.bytes() > days::LARGEST {
            return Ok(Err(Unread::Whole(FileRefusal::TooLarge { limit: days::LARGEST })));
        }
        Ok(days::of_file(&name, &incoming.read()?))
    });
    Ok(match read.await.map_err(Failure::from)? {
        Ok(changes) => {
            super::calendar_change::preview(caller, visit, changes, year.filter(|_| replaces)).await?
        }
        Err(Unread::Cells(faults)) => come_back(&caller, visit, year, Sent { faults, ..sent }).await?,
        Err(Unread::Whole(why)) => {
            let lang = caller.run({
                let visit = visit.clone();
                move |_, member, _| Ok(visit.lang_of(member.lang))
            });
            let unread = Some(imports::refusal(lang.await?, &why));
            come_back(&caller, visit, year, Sent { unread, ..sent }).await?
        }
    })
}

/// Makes a change that was seen; or shows it anew when it would do something else by now.
pub async fn apply(caller: Caller, visit: Visit, body: Body) -> PageResult {
    let mut params = Params::parse(&body.text());
    let (lines, hash) = (params.exact("lines").unwrap_or_default(), params.text("hash").unwrap_or_default());
    let changes = match days::read(&lines) {
        Ok(changes) => changes,
        Err(faults) => {
            return come_back(&caller, visit, None, Sent { lines, faults, ..Sent::default() }).await;
        }
    };
    let year = changes.keys().next().map_or(0, Datelike::year);
    let (asked, clock) = (changes.clone(), visit.service.app.clock);
    let done = caller
        .run(move |conn, member, settings| {
            days::apply(conn, member, settings, &asked, &hash, settings.today(&clock))
        })
        .await;
    match done {
        Ok(()) => Ok(go_to(&format!("{}&done=1", of_year(year))).finish()),
        Err(failure) if matches!(failure.error(), Error::Refused(Refusal::Moved)) => {
            super::calendar_change::moved(caller, visit, changes).await
        }
        Err(failure) => Err(failure),
    }
}
