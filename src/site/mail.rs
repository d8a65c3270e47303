//! What became of the tenant's letters: by day, one by one, and the alarms of the jobs.

use actix_web::web;
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use uuid::Uuid;

use super::shell::around;
use super::{PageResult, go_to, page, parse, person};
use crate::domain::letter::LetterState;
use crate::error::{Denial, ParameterFault, ParameterProblem, Refusal, Result};
use crate::http::{Caller, Failure, Visit, work};
use crate::ids::TenantId;
use crate::jobs::{self, Watch};
use crate::observatory::{self, Again, Bounced, DayCount, LetterFilter, LetterListed};
use crate::pages::{
    BouncedLine, Choice, LetterLine, LetterPage, LettersPage, Link, MailDay, MailPage, Num, Words,
};
use crate::params::Params;
use crate::text::{date, number};
use crate::timetable::TIMETABLE;

/// The page.
pub const PLACE: &str = "/mail";
const LETTERS: &str = "/mail/letters";
const TEXT: &str = "/mail/text";

/// How the jobs of the tenant and of the installation are doing, after who asks has been let in.
pub(super) async fn watched(visit: &Visit, tenant: TenantId) -> std::result::Result<Watch, Failure> {
    let watched = work(&visit.service, move |service| jobs::watch(&service.app.db, TIMETABLE, Some(tenant)));
    let watch = watched.await?;
    visit.service.bell.hear(&watch);
    Ok(watch)
}

/// The first day of the letters whose failure is an alarm.
pub(super) fn yesterday(today: NaiveDate) -> NaiveDate {
    today.pred_opt().unwrap_or(today)
}

fn at(instant: DateTime<Utc>, zone: Tz) -> String {
    let local = instant.with_timezone(&zone);
    format!("{} {}", local.format("%H:%M"), date(local.date_naive()))
}

fn address(place: &str, parts: &[(&str, Option<String>)]) -> String {
    let held: Vec<_> = parts.iter().filter(|(_, value)| value.is_some()).collect();
    format!("{place}?{}", serde_urlencoded::to_string(held).unwrap_or_default())
}

fn of_day(day: NaiveDate, state: Option<LetterState>) -> String {
    let state = state.map(|state| state.code().to_owned());
    address(LETTERS, &[("day", Some(day.to_string())), ("state", state)])
}

/// The days.
pub async fn show(caller: Caller, visit: Visit) -> PageResult {
    let asking = visit.clone();
    let (mut view, tenant, failed) = caller
        .run(move |conn, member, settings| {
            let visit = asking;
            let w = Words(visit.lang_of(member.lang));
            let today = settings.today(&visit.service.app.clock);
            let counts = observatory::days(conn, today)?;
            let bounced = observatory::bounced(conn)?;
            let cleared = visit.params().text("done").is_some();
            let view = MailPage {
                w,
                shell: around(&visit, w, member, settings),
                notice: cleared.then(|| w.mail_cleared().to_owned()),
                alarms: Vec::new(),
                days: by_day(w, &counts),
                bounced: bounced.iter().map(|one| bounced_line(one, settings.zone)).collect(),
            };
            let failed = observatory::failed_since(conn, yesterday(today))?;
            Ok((view, conn.tenant(), failed))
        })
        .await?;
    view.alarms = view.w.alarms(&watched(&visit, tenant).await?, failed);
    page(view.w, &view)
}

fn by_day(w: Words, counts: &[DayCount]) -> Vec<MailDay> {
    counts.chunk_by(|a, b| a.day == b.day).filter_map(|of_day| day_line(w, of_day)).collect()
}

fn day_line(w: Words, counts: &[DayCount]) -> Option<MailDay> {
    let day = counts.first()?.day;
    let num = |state: LetterState| {
        let n = counts.iter().filter(|count| count.state == state).map(|count| count.count).sum();
        let text = number(w.0, n);
        if n == 0 { Num::plain(text) } else { Num::link(text, of_day(day, Some(state))) }
    };
    let reason = |count: &DayCount| {
        let why = count.reason.as_ref()?;
        Some(format!("{} {}", number(w.0, count.count), w.letter_why(why)))
    };
    let double = counts.iter().map(|count| count.duplicates).sum();
    Some(MailDay {
        day: Link { text: date(day), href: of_day(day, None) },
        planned: num(LetterState::Planned),
        sent: num(LetterState::Sent),
        skipped: num(LetterState::Skipped),
        reasons: counts.iter().filter_map(reason).collect(),
        failed: num(LetterState::Dead),
        double: Num::plain(number(w.0, double)),
    })
}

fn bounced_line(bounced: &Bounced, zone: Tz) -> BouncedLine {
    BouncedLine {
        person: Link { text: bounced.name.clone(), href: person::place(bounced.person) },
        address: bounced.address.clone(),
        at: at(bounced.at, zone),
        clear: format!("{PLACE}/bounced/{}/clear", bounced.person),
    }
}

/// Takes the flag off an address.
pub async fn clear(caller: Caller, id: web::Path<String>) -> PageResult {
    caller.run(move |conn, member, _| observatory::clear_bounce(conn, member.person, parse(&id)?)).await?;
    Ok(go_to(&format!("{PLACE}?done=cleared")).finish())
}

/// The filter of an address, and what was done just now; without a day it is today.
fn read(mut params: Params, today: NaiveDate) -> Result<(LetterFilter, Option<String>)> {
    let day = params.date("day").unwrap_or(today);
    let (state, kind, after) = (params.text("state"), params.text("kind"), params.text("after"));
    let known = state.as_deref().and_then(LetterState::from_code);
    if state.is_some() && known.is_none() {
        let codes: Vec<_> = LetterState::ALL.iter().map(|state| state.code()).collect();
        params.fault("state", ParameterProblem::NotOneOf(codes.join(", ")));
    }
    let place = after.as_deref().and_then(|id| Uuid::parse_str(id).ok());
    if after.is_some() && place.is_none() {
        params.fault("after", ParameterProblem::NotACursor);
    }
    let done = params.text("done");
    params.finish()?;
    Ok((LetterFilter { day, state: known, kind, after: place }, done))
}

/// The letters of a day.
pub async fn letters(caller: Caller, visit: Visit) -> PageResult {
    let view = caller
        .run(move |conn, member, settings| {
            let w = Words(visit.lang_of(member.lang));
            let today = settings.today(&visit.service.app.clock);
            let (filter, done) = read(visit.params(), today)?;
            let found = observatory::letters(conn, &filter)?;
            let is_demo = visit.service.demo_day.is_some();
            let line = |letter: &LetterListed| letter_line(w, letter, settings.zone, today, is_demo);
            Ok(LettersPage {
                w,
                shell: around(&visit, w, member, settings),
                back: Link { text: w.mail_title().to_owned(), href: PLACE.to_owned() },
                notice: done.and_then(|done| notice(w, &done)).map(str::to_owned),
                heading: w.mail_of_day(&date(filter.day)),
                action: LETTERS.to_owned(),
                day: filter.day.to_string(),
                states: states(w, filter.state),
                kinds: kinds(w, observatory::kinds(conn, filter.day)?, filter.kind.as_deref()),
                letters: found.items.iter().map(line).collect(),
                next: found.next.map(|next| next_page(&filter, next)),
            })
        })
        .await?;
    page(view.w, &view)
}

fn notice(w: Words, done: &str) -> Option<&'static str> {
    match done {
        "again" => Some(w.mail_planned_again()),
        "past" => Some(w.mail_past_digest()),
        "not-over" => Some(w.mail_not_over()),
        _ => None,
    }
}

fn states(w: Words, chosen: Option<LetterState>) -> Vec<Choice> {
    let choice = |state: &LetterState| Choice {
        value: state.code().to_owned(),
        text: w.letter_state(*state).to_owned(),
        selected: chosen == Some(*state),
    };
    LetterState::ALL.iter().map(choice).collect()
}

fn kinds(w: Words, there_are: Vec<String>, chosen: Option<&str>) -> Vec<Choice> {
    let choice = |kind: String| Choice {
        text: w.letter_kind(&kind),
        selected: chosen == Some(kind.as_str()),
        value: kind,
    };
    there_are.into_iter().map(choice).collect()
}

fn next_page(filter: &LetterFilter, after: Uuid) -> String {
    let parts = [
        ("day", Some(filter.day.to_string())),
        ("state", filter.state.map(|state| state.code().to_owned())),
        ("kind", filter.kind.clone()),
        ("after", Some(after.to_string())),
    ];
    address(LETTERS, &parts)
}

fn letter_line(w: Words, letter: &LetterListed, zone: Tz, today: NaiveDate, is_demo: bool) -> LetterLine {
    let may = observatory::may_send(&letter.kind, letter.state, letter.day, today);
    let person = |(id, name): &(Uuid, String)| Link { text: name.clone(), href: person::place(*id) };
    LetterLine {
        person: letter.person.as_ref().map(person),
        address: letter.address.clone(),
        kind: w.letter_kind(&letter.kind),
        subject: letter.subject.clone(),
        state: w.letter_state(letter.state).to_owned(),
        why: letter.why.as_deref().map(|why| w.letter_why(why)),
        may_be_double: letter.may_be_double,
        at: at(letter.at, zone),
        again: (may == Again::Planned).then(|| format!("{LETTERS}/{}/again", letter.id)),
        not_again: (may == Again::PastDigest).then(|| w.mail_past_digest().to_owned()),
        text: (is_demo && letter.has_text).then(|| address(TEXT, &[("letter", Some(letter.id.to_string()))])),
    }
}

/// Sends a letter again, and leads back to its day.
pub async fn again(caller: Caller, visit: Visit, id: web::Path<String>) -> PageResult {
    let (done, day) = caller
        .run(move |conn, member, settings| {
            let today = settings.today(&visit.service.app.clock);
            observatory::send_again(conn, member.person, parse(&id)?, settings.zone, today)
        })
        .await?;
    let done = match done {
        Again::Planned => "again",
        Again::PastDigest => "past",
        Again::NotOver => "not-over",
    };
    let parts = [("day", Some(day.to_string())), ("done", Some(done.to_owned()))];
    Ok(go_to(&address(LETTERS, &parts)).finish())
}

/// What a letter says, for whoever tries the demo; nowhere else.
pub async fn text(caller: Caller, visit: Visit) -> PageResult {
    let view = caller
        .run(move |conn, member, settings| {
            if visit.service.demo_day.is_none() {
                return Err(Denial::NotFound.into());
            }
            let w = Words(visit.lang_of(member.lang));
            let mut params = visit.params();
            let id = params.text("letter").and_then(|id| Uuid::parse_str(&id).ok());
            let missing = || ParameterFault { name: "letter".to_owned(), problem: ParameterProblem::Missing };
            let id = id.ok_or_else(|| Refusal::Parameters(vec![missing()]))?;
            let (letter, text) = observatory::text_of(conn, id)?;
            let heading = w.mail_of_day(&date(letter.day));
            Ok(LetterPage {
                w,
                shell: around(&visit, w, member, settings),
                back: Link { text: heading, href: of_day(letter.day, None) },
                subject: letter.subject.unwrap_or_default(),
                address: letter.address,
                text,
            })
        })
        .await?;
    page(view.w, &view)
}
