//! Making the tasks of the turns whose time has come.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::Recurrence;
use super::store::{self, TurnRow};
use crate::calendar;
use crate::db::{Db, TenantConn};
use crate::domain::access::{Acting, Role};
use crate::domain::deadline::{Deadline, Precision, written};
use crate::domain::recurrence::Occurrence;
use crate::error::Result;
use crate::jobs::{Claimed, JobError};
use crate::tasks::acts::By;
use crate::tasks::entering::{NewTask, Source, write_new};
use crate::tenants::{self, Settings};
use crate::units::{self, Unit};

/// The kind of job that makes them.
pub const MAKE: &str = "recurrences.make";

/// So many turns of one recurrence are caught up with at once.
const MOST_AT_ONCE: usize = 24;

/// Why a turn was left out whose unit has ended, in the words of the rows.
const NO_UNIT: &str = "Đơn vị chủ trì đã kết thúc và không có đơn vị kế thừa";

/// Makes what is due of the job's tenant.
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

/// A turn whose time has come.
struct Due<'a> {
    of: &'a Recurrence,
    turn: Occurrence,
    appears_on: NaiveDate,
    unit: Option<Uuid>,
}

/// Makes the task of every turn that is to appear by a day and has not yet; how many.
///
/// # Errors
/// The database's.
pub fn make(conn: &mut TenantConn<'_>, settings: &Settings, today: NaiveDate) -> Result<usize> {
    let live = store::lock_live(conn)?;
    if live.is_empty() {
        return Ok(0);
    }
    let done = store::codes_done(conn)?;
    let calendar = calendar::working_calendar(conn)?;
    let all = units::all(conn)?;
    let coming = |of: &Recurrence| -> Vec<(Occurrence, NaiveDate)> {
        let turns = of.turns(&calendar, settings.roll_rule);
        let turns = turns.map(|turn| (turn, of.appears_on(&turn, &calendar)));
        turns
            .take_while(|(_, appears_on)| *appears_on <= today)
            .filter(|(turn, _)| !done.contains(&(of.id, turn.turn.to_string())))
            .take(MOST_AT_ONCE)
            .collect()
    };
    let due: Vec<Due<'_>> = live
        .iter()
        .flat_map(|of| {
            let unit = units::present(&all, of.unit, today).map(|unit| unit.id);
            coming(of).into_iter().map(move |(turn, appears_on)| Due { of, turn, appears_on, unit })
        })
        .collect();
    give(conn, &due, &all, today)
}

fn give(conn: &mut TenantConn<'_>, due: &[Due<'_>], all: &[Unit], today: NaiveDate) -> Result<usize> {
    let mut rows = Vec::new();
    let names: BTreeSet<&str> = due.iter().map(|due| due.of.actor.as_str()).collect();
    // One act for each of the few in whose names work comes again.
    for actor in names {
        let own = || due.iter().filter(|due| due.of.actor == actor).filter_map(|due| Some((due, due.unit?)));
        let acting = Acting { actor: actor.to_owned(), person: None, role: Role::Office, unit: None };
        let by = By { acting: &acting, today };
        let new = own().map(|(due, unit)| task(due, unit, all, today)).collect();
        let given = write_new(conn, &by, new)?;
        rows.extend(own().zip(given).map(|((due, _), task)| row(due, Some(task.id), today)));
    }
    let made = rows.len();
    rows.extend(due.iter().filter(|due| due.unit.is_none()).map(|due| row(due, None, today)));
    store::insert_turns(conn, &rows)?;
    Ok(made)
}

fn task(due: &Due<'_>, unit: Uuid, all: &[Unit], today: NaiveDate) -> NewTask {
    let of = due.of;
    let coordinating = of.coordinating.iter().filter_map(|id| units::present(all, *id, today));
    let mut coordinating: Vec<Uuid> = coordinating.map(|other| other.id).filter(|id| *id != unit).collect();
    coordinating.sort_unstable();
    coordinating.dedup();
    NewTask {
        code: None,
        title: format!("{} ({})", of.title, due.turn.turn.written()),
        category: of.category,
        field: None,
        parent: None,
        labels: Vec::new(),
        source: Source { number: of.source_number.clone(), date: of.source_date, ..Source::default() },
        unit,
        coordinating,
        leader: None,
        follower: None,
        product: of.product,
        level: None,
        assigned_on: Some(due.appears_on),
        due: Deadline { due_on: Some(due.turn.due_on), precision: Precision::Day },
        due_words: Some(written(due.turn.named_on)),
        note: None,
    }
}

fn row(due: &Due<'_>, task: Option<Uuid>, today: NaiveDate) -> TurnRow {
    TurnRow {
        recurrence: due.of.id,
        turn: due.turn.turn.to_string(),
        named_on: due.turn.named_on,
        task,
        skipped_reason: task.is_none().then(|| NO_UNIT.to_owned()),
        done_on: today,
    }
}
