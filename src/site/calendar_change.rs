//! What a change of the calendar would do, to be confirmed.

use std::collections::{BTreeSet, HashMap};

use actix_web::http::StatusCode;
use uuid::Uuid;

use super::calendar::{PLACE, named, said};
use super::links;
use super::shell::around;
use super::{PageResult, faulty, page};
use crate::auth::Member;
use crate::calendar::CalendarDay;
use crate::db::TenantConn;
use crate::domain::access::{Act, may};
use crate::error::Result;
use crate::http::{Caller, Visit};
use crate::organisation::days::{self, DayChanges, DryRun};
use crate::pages::{CalendarChangePage, Link, TouchedLine, Words};
use crate::tenants::Settings;
use crate::text::{date, number};
use crate::units;

fn view(
    conn: &mut TenantConn<'_>,
    visit: &Visit,
    member: &Member,
    settings: &Settings,
    changes: &DayChanges,
    has_moved: bool,
) -> Result<CalendarChangePage> {
    let w = Words(visit.lang_of(member.lang));
    let run = days::dry_run(conn, settings, changes, settings.today(&visit.service.app.clock))?;
    let names: HashMap<Uuid, String> =
        units::all(conn)?.into_iter().map(|unit| (unit.id, unit.short_name)).collect();
    let mut shell = around(visit, w, member, settings);
    // The other language has no address of its own here: a form led here.
    shell.other_language = None;
    Ok(CalendarChangePage {
        w,
        shell,
        back: Link { text: w.nav_calendar().to_owned(), href: PLACE.to_owned() },
        effect: effect(w, &run),
        has_moved,
        days: said_days(w, &run),
        terms: run
            .terms
            .iter()
            .map(|moved| {
                [
                    named(w, moved.from),
                    named(w, moved.to),
                    number(w.0, moved.tasks),
                    list(&moved.units, &names),
                ]
            })
            .collect(),
        marks: run
            .marks
            .iter()
            .map(|moved| {
                let [due, from, to] = [moved.due_on, moved.from, moved.to].map(date);
                [due, from, to, number(w.0, moved.tasks), list(&moved.units, &names)]
            })
            .collect(),
        touched: run
            .touched
            .iter()
            .map(|task| TouchedLine {
                code: task.code.clone(),
                href: may(member.role, Act::ReadTasks).then(|| links::task(task.id, None)),
                unit: task.unit.clone(),
                due: date(task.due_on),
                to: task.to.map(date),
            })
            .collect(),
        more: (run.deadlines() + run.marked())
            .checked_sub(run.touched.len() as u64)
            .filter(|rest| *rest > 0)
            .map(|rest| w.calendar_more(&number(w.0, rest))),
        lines: days::lines(changes),
        hash: run.hash,
    })
}

fn effect(w: Words, run: &DryRun) -> String {
    w.calendar_effect(run.deadlines(), run.marked(), run.units().len() as u64)
}

fn said_days(w: Words, run: &DryRun) -> Vec<[String; 3]> {
    let told = |day: &Option<CalendarDay>| match day {
        Some(day) => said(w, day),
        None => w.calendar_untouched().to_owned(),
    };
    run.days.iter().map(|day| [named(w, day.day), told(&day.before), told(&day.after)]).collect()
}

fn list(units: &BTreeSet<Uuid>, names: &HashMap<Uuid, String>) -> String {
    let mut found: Vec<&str> = units.iter().filter_map(|id| names.get(id)).map(String::as_str).collect();
    found.sort_unstable();
    found.join(", ")
}

/// Shows what a change would do; of a `year` that is replaced, days not in it are forgotten.
pub(super) async fn preview(
    caller: Caller,
    mut visit: Visit,
    changes: DayChanges,
    year: Option<i32>,
) -> PageResult {
    visit.address = PLACE.to_owned();
    let view = caller
        .run(move |conn, member, settings| {
            let changes = match year {
                Some(year) => days::replacing(conn, year, changes)?,
                None => changes,
            };
            view(conn, &visit, member, settings, &changes, false)
        })
        .await?;
    page(view.w, &view)
}

/// Shows what a change would do by now, as it is not what was shown.
pub(super) async fn moved(caller: Caller, mut visit: Visit, changes: DayChanges) -> PageResult {
    visit.address = PLACE.to_owned();
    let view = caller
        .run(move |conn, member, settings| view(conn, &visit, member, settings, &changes, true))
        .await?;
    faulty(StatusCode::CONFLICT, view.w, &view)
}
