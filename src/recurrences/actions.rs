//! What the Office does with work that comes again.

use chrono::NaiveDate;
use serde_json::{Value, json};
use uuid::Uuid;

use super::make::make;
use super::model::{Coming, Recurrence, RecurringWork, TurnDone};
use super::store::{self, TurnRow};
use crate::auth::Member;
use crate::calendar;
use crate::db::TenantConn;
use crate::domain::words::tidy;
use crate::error::{Denial, ParameterFault, ParameterProblem, Refusal, Result};
use crate::ids::new_id;
use crate::journal::{self, Entry};
use crate::tenants::Settings;

/// How many turns to come are shown.
const SHOWN: usize = 5;

/// The most characters of a reason.
const LONGEST_REASON: usize = 500;

/// Everything that comes again, by title; each with the turns that come next, none while it is paused.
///
/// # Errors
/// The database's.
pub fn list(conn: &mut TenantConn<'_>, settings: &Settings) -> Result<Vec<(Recurrence, Vec<Coming>)>> {
    let calendar = calendar::working_calendar(conn)?;
    let done = store::codes_done(conn)?;
    let coming = |of: &Recurrence| -> Vec<Coming> {
        if of.paused_on.is_some() {
            return Vec::new();
        }
        let turns = of.turns(&calendar, settings.roll_rule);
        let left = turns.filter(|turn| !done.contains(&(of.id, turn.turn.to_string())));
        left.take(SHOWN).map(|turn| Coming { turn, appears_on: of.appears_on(&turn, &calendar) }).collect()
    };
    let all = store::all(conn)?;
    Ok(all.into_iter().map(|of| (of.clone(), coming(&of))).collect())
}

/// The turns that something not kept yet would bring.
///
/// # Errors
/// The database's.
pub fn preview(
    conn: &mut TenantConn<'_>,
    settings: &Settings,
    work: &RecurringWork,
    today: NaiveDate,
) -> Result<Vec<Coming>> {
    let calendar = calendar::working_calendar(conn)?;
    let of = Recurrence::new(Uuid::nil(), work.clone(), String::new(), today);
    let turns = of.turns(&calendar, settings.roll_rule).take(SHOWN);
    Ok(turns.map(|turn| Coming { turn, appears_on: of.appears_on(&turn, &calendar) }).collect())
}

/// One of them, with the turns to come and those that came, the latest first.
///
/// # Errors
/// There is none of this id.
pub fn find(
    conn: &mut TenantConn<'_>,
    settings: &Settings,
    id: Uuid,
) -> Result<(Recurrence, Vec<Coming>, Vec<TurnDone>)> {
    let found = list(conn, settings)?.into_iter().find(|(of, _)| of.id == id);
    let (of, coming) = found.ok_or(Denial::NotFound)?;
    let done = store::done(conn, id)?;
    Ok((of, coming, done))
}

fn entry(member: &Member, act: &'static str, id: Uuid, before: Option<Value>, after: Option<Value>) -> Entry {
    let (actor, subject_id) = (member.actor(), Some(id));
    Entry { actor, act, subject: "recurrence", subject_id, import_id: None, before, after }
}

fn told(of: &Recurrence) -> Value {
    let work = &of.work;
    json!({
        "title": work.title, "category": work.category.code(), "source_number": work.source_number,
        "source_date": work.source_date, "unit": work.unit, "coordinating": work.coordinating,
        "product": work.product.code(), "every": work.rule.every().code(), "month_of_turn": work.rule.month(),
        "day_form": work.rule.day().form().code(), "day_number": work.rule.day().number(),
        "leader": work.leader, "follower": work.follower, "assignees": work.assignees,
        "notice_days": work.notice_days, "from_on": work.from_on, "until_on": work.until_on,
    })
}

/// Adds work that comes again, and makes at once what is to appear by today; its id.
///
/// # Errors
/// The database's.
pub fn add(
    conn: &mut TenantConn<'_>,
    member: &Member,
    settings: &Settings,
    work: RecurringWork,
    today: NaiveDate,
) -> Result<Uuid> {
    let of = Recurrence::new(new_id(), work, member.actor(), today);
    store::insert(conn, &of)?;
    journal::append(conn, &[entry(member, "recurrence.create", of.id, None, Some(told(&of)))])?;
    make(conn, settings, today)?;
    Ok(of.id)
}

/// The recurrence, locked, of the version that whoever acts has read.
fn open(conn: &mut TenantConn<'_>, id: Uuid, version: i32) -> Result<Recurrence> {
    let of = store::lock(conn, id)?.ok_or(Denial::NotFound)?;
    if of.version == version { Ok(of) } else { Err(Refusal::Stale(of.version).into()) }
}

/// Changes what comes from today on; what came already is a task of its own.
///
/// # Errors
/// There is none of this id; somebody has changed it meanwhile.
pub fn change(
    conn: &mut TenantConn<'_>,
    member: &Member,
    settings: &Settings,
    (id, version): (Uuid, i32),
    work: RecurringWork,
    today: NaiveDate,
) -> Result<()> {
    let before = open(conn, id, version)?;
    let moves = work.rule != before.work.rule || work.from_on != before.work.from_on;
    let acts_from = if moves { today } else { before.acts_from };
    let version = before.version + 1;
    let after = Recurrence { work, acts_from, actor: member.actor(), version, ..before.clone() };
    store::update(conn, &after)?;
    let (old, new) = differing(told(&before), told(&after));
    journal::append(conn, &[entry(member, "recurrence.change", id, Some(old), Some(new))])?;
    make(conn, settings, today).map(drop)
}

/// Only what differs of two objects with the same names.
fn differing(before: Value, after: Value) -> (Value, Value) {
    let (Value::Object(mut before), Value::Object(mut after)) = (before, after) else {
        return (Value::Null, Value::Null);
    };
    let same: Vec<String> = before
        .iter()
        .filter(|(name, value)| after.get(*name) == Some(*value))
        .map(|(name, _)| name.clone())
        .collect();
    for name in same {
        before.remove(&name);
        after.remove(&name);
    }
    (Value::Object(before), Value::Object(after))
}

/// From today on nothing comes.
///
/// # Errors
/// There is none of this id; somebody has changed it meanwhile.
pub fn pause(
    conn: &mut TenantConn<'_>,
    member: &Member,
    (id, version): (Uuid, i32),
    today: NaiveDate,
) -> Result<()> {
    let of = open(conn, id, version)?;
    if of.paused_on.is_some() {
        return Ok(());
    }
    store::update(conn, &Recurrence { paused_on: Some(today), version: of.version + 1, ..of })?;
    journal::append(conn, &[entry(member, "recurrence.pause", id, None, Some(json!({ "from_on": today })))])
}

/// It comes again from today on; what it would have brought meanwhile is not made up for.
///
/// # Errors
/// There is none of this id; somebody has changed it meanwhile.
pub fn resume(
    conn: &mut TenantConn<'_>,
    member: &Member,
    settings: &Settings,
    (id, version): (Uuid, i32),
    today: NaiveDate,
) -> Result<()> {
    let of = open(conn, id, version)?;
    let Some(paused_on) = of.paused_on else { return Ok(()) };
    let resumed = Recurrence {
        paused_on: None,
        acts_from: today,
        version: of.version + 1,
        actor: member.actor(),
        ..of
    };
    store::update(conn, &resumed)?;
    let (before, after) = (json!({ "from_on": paused_on }), json!({ "from_on": today }));
    journal::append(conn, &[entry(member, "recurrence.resume", id, Some(before), Some(after))])?;
    make(conn, settings, today).map(drop)
}

/// Leaves out one of the turns to come.
///
/// # Errors
/// There is none of this id; no reason; the turn is none of those that come next, or came already.
pub fn skip(
    conn: &mut TenantConn<'_>,
    member: &Member,
    settings: &Settings,
    id: Uuid,
    (turn, reason): (&str, &str),
    today: NaiveDate,
) -> Result<()> {
    store::lock(conn, id)?.ok_or(Denial::NotFound)?;
    let (_, coming, _) = find(conn, settings, id)?;
    let reason = tidy(reason);
    let found = coming.iter().find(|one| one.turn.turn.to_string() == turn);
    let problem = match reason.as_str() {
        "" => Some(ParameterProblem::Missing),
        text if text.chars().count() > LONGEST_REASON => Some(ParameterProblem::TooLong(LONGEST_REASON)),
        _ => None,
    };
    let fault = |name: &str, problem| ParameterFault { name: name.to_owned(), problem };
    let mut faults: Vec<_> = problem.map(|problem| fault("reason", problem)).into_iter().collect();
    if found.is_none() {
        let turns: Vec<String> = coming.iter().map(|one| one.turn.turn.to_string()).collect();
        faults.push(fault("turn", ParameterProblem::NotOneOf(turns.join(" | "))));
    }
    let (Some(found), true) = (found, faults.is_empty()) else {
        return Err(Refusal::Parameters(faults).into());
    };
    let named_on = found.turn.named_on;
    let told = json!({ "turn": turn, "reason": reason });
    let row = TurnRow {
        recurrence: id,
        turn: turn.to_owned(),
        named_on,
        task: None,
        skipped_reason: Some(reason),
        done_on: today,
    };
    store::insert_turns(conn, &[row])?;
    journal::append(conn, &[entry(member, "recurrence.skip", id, None, Some(told))])
}
