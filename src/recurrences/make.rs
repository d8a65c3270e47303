//! Making the tasks of the turns whose time has come.

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
use crate::tasks::{Holder, holders};
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
            let unit = units::present(&all, of.work.unit, today).map(|unit| unit.id);
            coming(of).into_iter().map(move |(turn, appears_on)| Due { of, turn, appears_on, unit })
        })
        .collect();
    give(conn, &due, &all, today)
}

fn give(conn: &mut TenantConn<'_>, due: &[Due<'_>], all: &[Unit], today: NaiveDate) -> Result<usize> {
    let own = || due.iter().filter_map(|due| Some((due, due.unit?)));
    let holders = if own().next().is_some() { holders(conn, None, today)? } else { Vec::new() };
    let known = Known { all, holders: &holders, today };
    // Each task is given in the name of who wrote down the work; the Office may give any.
    let acting = Acting { actor: String::new(), person: None, role: Role::Office, unit: None };
    let new = own().map(|(due, unit)| known.task(due, unit)).collect();
    let given = write_new(conn, &By { acting: &acting, today }, new)?;
    let mut rows: Vec<TurnRow> =
        own().zip(given).map(|((due, _), task)| row(due, Some(task.id), today)).collect();
    let made = rows.len();
    rows.extend(due.iter().filter(|due| due.unit.is_none()).map(|due| row(due, None, today)));
    store::insert_turns(conn, &rows)?;
    Ok(made)
}

/// What a turn's task may name today.
struct Known<'a> {
    all: &'a [Unit],
    holders: &'a [Holder],
    today: NaiveDate,
}

impl Known<'_> {
    fn task(&self, due: &Due<'_>, unit: Uuid) -> NewTask {
        let work = &due.of.work;
        let coordinating =
            work.coordinating.iter().filter_map(|id| units::present(self.all, *id, self.today));
        let mut coordinating: Vec<Uuid> =
            coordinating.map(|other| other.id).filter(|id| *id != unit).collect();
        coordinating.sort_unstable();
        coordinating.dedup();
        NewTask {
            code: None,
            title: format!("{} ({})", work.title, due.turn.turn.written()),
            category: work.category,
            field: None,
            parent: None,
            labels: Vec::new(),
            source: Source {
                number: work.source_number.clone(),
                date: work.source_date,
                ..Source::default()
            },
            unit,
            coordinating,
            leader: work.leader.filter(|id| self.holds(*id, |held| held.role == Role::Leader)),
            follower: work.follower.filter(|id| self.holds(*id, |held| held.role == Role::Office)),
            assignees: self.of_unit(&work.assignees, unit),
            product: work.product,
            level: None,
            assigned_on: Some(due.appears_on),
            due: Deadline { due_on: Some(due.turn.due_on), precision: Precision::Day },
            due_words: Some(written(due.turn.named_on)),
            note: None,
            actor: Some(due.of.actor.clone()),
        }
    }

    /// Whether somebody holds such a post today: who has left it is left out of what comes.
    fn holds(&self, person: Uuid, is_such: impl Fn(&Holder) -> bool) -> bool {
        self.holders.iter().any(|held| held.id == person && is_such(held))
    }

    fn of_unit(&self, people: &[Uuid], unit: Uuid) -> Vec<Uuid> {
        let is_there = |person: &Uuid| self.holds(*person, |held| held.unit == Some(unit));
        people.iter().copied().filter(is_there).collect()
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
