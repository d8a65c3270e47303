//! SQL of work that comes again.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use diesel::prelude::*;
use uuid::Uuid;

use super::model::{Recurrence, RecurringWork, TurnDone};
use super::terms::Term;
use crate::db::TenantConn;
use crate::domain::recurrence::{DayForm, DayOfMonth, Every, Rule};
use crate::domain::task::{Category, ProductKind};
use crate::error::{Error, Result};
use crate::schema::{
    recurrence_assignees, recurrence_coordinators, recurrence_turns, recurrences, task_extensions, tasks,
};

#[derive(Queryable, Selectable)]
#[diesel(table_name = recurrences)]
struct Row {
    id: Uuid,
    title: String,
    category: String,
    source_number: Option<String>,
    source_date: Option<NaiveDate>,
    lead_unit_id: Uuid,
    product: String,
    every: String,
    month: i16,
    day_form: String,
    day_number: Option<i16>,
    notice_days: i16,
    from_on: NaiveDate,
    until_on: Option<NaiveDate>,
    acts_from: NaiveDate,
    paused_on: Option<NaiveDate>,
    actor: String,
    version: i32,
    leader_id: Option<Uuid>,
    follower_id: Option<Uuid>,
}

fn unknown(what: &str) -> Error {
    Error::Internal(format!("a recurrence holds an unknown {what}"))
}

fn rule(every: &str, month: i16, form: &str, number: Option<i16>) -> Result<Rule> {
    let day = DayForm::from_code(form)
        .and_then(|form| DayOfMonth::of(form, number.and_then(|number| u32::try_from(number).ok())));
    let month = u32::try_from(month).unwrap_or_default();
    let rule = Every::from_code(every).zip(day).and_then(|(every, day)| Rule::new(every, month, day));
    rule.ok_or_else(|| unknown("rule"))
}

impl Row {
    fn read(self, coordinating: Vec<Uuid>, assignees: Vec<Uuid>) -> Result<Recurrence> {
        let work = RecurringWork {
            category: Category::from_code(&self.category).ok_or_else(|| unknown("category"))?,
            product: ProductKind::from_code(&self.product).ok_or_else(|| unknown("product"))?,
            rule: rule(&self.every, self.month, &self.day_form, self.day_number)?,
            notice_days: u32::try_from(self.notice_days).map_err(|_| unknown("number of days"))?,
            title: self.title,
            source_number: self.source_number,
            source_date: self.source_date,
            unit: self.lead_unit_id,
            coordinating,
            leader: self.leader_id,
            follower: self.follower_id,
            assignees,
            from_on: self.from_on,
            until_on: self.until_on,
        };
        Ok(Recurrence {
            id: self.id,
            work,
            acts_from: self.acts_from,
            paused_on: self.paused_on,
            actor: self.actor,
            version: self.version,
        })
    }
}

/// Rows with their coordinating units and assignees.
fn read(conn: &mut TenantConn<'_>, rows: Vec<Row>) -> Result<Vec<Recurrence>> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let found: Vec<(Uuid, Uuid)> = recurrence_coordinators::table
        .filter(recurrence_coordinators::tenant_id.eq(conn.tenant().uuid()))
        .filter(recurrence_coordinators::recurrence_id.eq_any(&ids))
        .select((recurrence_coordinators::recurrence_id, recurrence_coordinators::unit_id))
        .order(recurrence_coordinators::unit_id)
        .load(conn.pg())?;
    let assigned: Vec<(Uuid, Uuid)> = recurrence_assignees::table
        .filter(recurrence_assignees::tenant_id.eq(conn.tenant().uuid()))
        .filter(recurrence_assignees::recurrence_id.eq_any(&ids))
        .select((recurrence_assignees::recurrence_id, recurrence_assignees::person_id))
        .order(recurrence_assignees::person_id)
        .load(conn.pg())?;
    let (mut units, mut people) = (gathered(found), gathered(assigned));
    rows.into_iter()
        .map(|row| {
            let id = row.id;
            row.read(units.remove(&id).unwrap_or_default(), people.remove(&id).unwrap_or_default())
        })
        .collect()
}

/// Pairs by their first.
fn gathered(pairs: Vec<(Uuid, Uuid)>) -> HashMap<Uuid, Vec<Uuid>> {
    let mut found: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    for (of, one) in pairs {
        found.entry(of).or_default().push(one);
    }
    found
}

/// Every recurrence, by title.
pub(super) fn all(conn: &mut TenantConn<'_>) -> Result<Vec<Recurrence>> {
    let rows = recurrences::table
        .filter(recurrences::tenant_id.eq(conn.tenant().uuid()))
        .order((recurrences::title, recurrences::id))
        .select(Row::as_select())
        .load(conn.pg())?;
    read(conn, rows)
}

/// Those that are not paused, locked until the transaction ends.
pub(super) fn lock_live(conn: &mut TenantConn<'_>) -> Result<Vec<Recurrence>> {
    let rows = recurrences::table
        .filter(recurrences::tenant_id.eq(conn.tenant().uuid()))
        .filter(recurrences::paused_on.is_null())
        .order(recurrences::id)
        .select(Row::as_select())
        .for_update()
        .load(conn.pg())?;
    read(conn, rows)
}

/// One, locked until the transaction ends.
pub(super) fn lock(conn: &mut TenantConn<'_>, id: Uuid) -> Result<Option<Recurrence>> {
    let rows = recurrences::table
        .filter(recurrences::tenant_id.eq(conn.tenant().uuid()))
        .filter(recurrences::id.eq(id))
        .select(Row::as_select())
        .for_update()
        .load(conn.pg())?;
    Ok(read(conn, rows)?.pop())
}

fn small(number: u32) -> i16 {
    i16::try_from(number).unwrap_or(i16::MAX)
}

pub(super) fn insert(conn: &mut TenantConn<'_>, of: &Recurrence) -> Result<()> {
    save(conn, of)?;
    name(conn, of)
}

/// Everything of it but its id and its birth.
pub(super) fn update(conn: &mut TenantConn<'_>, of: &Recurrence) -> Result<()> {
    save(conn, of)?;
    diesel::delete(
        recurrence_coordinators::table
            .filter(recurrence_coordinators::tenant_id.eq(conn.tenant().uuid()))
            .filter(recurrence_coordinators::recurrence_id.eq(of.id)),
    )
    .execute(conn.pg())?;
    diesel::delete(
        recurrence_assignees::table
            .filter(recurrence_assignees::tenant_id.eq(conn.tenant().uuid()))
            .filter(recurrence_assignees::recurrence_id.eq(of.id)),
    )
    .execute(conn.pg())?;
    name(conn, of)
}

fn save(conn: &mut TenantConn<'_>, of: &Recurrence) -> Result<()> {
    let now = conn.now();
    let (work, day) = (&of.work, of.work.rule.day());
    let changing = (
        (
            recurrences::title.eq(&work.title),
            recurrences::category.eq(work.category.code()),
            recurrences::source_number.eq(&work.source_number),
            recurrences::source_date.eq(work.source_date),
            recurrences::lead_unit_id.eq(work.unit),
            recurrences::leader_id.eq(work.leader),
            recurrences::follower_id.eq(work.follower),
            recurrences::product.eq(work.product.code()),
            recurrences::every.eq(work.rule.every().code()),
            recurrences::month.eq(small(work.rule.month())),
            recurrences::day_form.eq(day.form().code()),
            recurrences::day_number.eq(day.number().map(small)),
        ),
        (
            recurrences::notice_days.eq(small(work.notice_days)),
            recurrences::from_on.eq(work.from_on),
            recurrences::until_on.eq(work.until_on),
            recurrences::acts_from.eq(of.acts_from),
            recurrences::paused_on.eq(of.paused_on),
            recurrences::actor.eq(&of.actor),
            recurrences::version.eq(of.version),
            recurrences::updated_at.eq(now),
        ),
    );
    let fixed = (
        recurrences::tenant_id.eq(conn.tenant().uuid()),
        recurrences::id.eq(of.id),
        recurrences::created_at.eq(now),
    );
    if of.version == 1 {
        diesel::insert_into(recurrences::table).values((fixed, changing)).execute(conn.pg())?;
    } else {
        let own = recurrences::table.filter(recurrences::tenant_id.eq(conn.tenant().uuid()));
        diesel::update(own.filter(recurrences::id.eq(of.id))).set(changing).execute(conn.pg())?;
    }
    Ok(())
}

/// Writes which units coordinate, and who does it.
fn name(conn: &mut TenantConn<'_>, of: &Recurrence) -> Result<()> {
    let tenant = conn.tenant().uuid();
    let rows: Vec<_> = of
        .work
        .coordinating
        .iter()
        .map(|unit| {
            (
                recurrence_coordinators::tenant_id.eq(tenant),
                recurrence_coordinators::recurrence_id.eq(of.id),
                recurrence_coordinators::unit_id.eq(*unit),
            )
        })
        .collect();
    diesel::insert_into(recurrence_coordinators::table).values(rows).execute(conn.pg())?;
    let row = |person: &Uuid| {
        (
            recurrence_assignees::tenant_id.eq(tenant),
            recurrence_assignees::recurrence_id.eq(of.id),
            recurrence_assignees::person_id.eq(*person),
        )
    };
    let rows: Vec<_> = of.work.assignees.iter().map(row).collect();
    diesel::insert_into(recurrence_assignees::table).values(rows).execute(conn.pg())?;
    Ok(())
}

/// What became of a turn, to be kept.
pub(super) struct TurnRow {
    pub recurrence: Uuid,
    pub turn: String,
    pub named_on: NaiveDate,
    pub task: Option<Uuid>,
    pub skipped_reason: Option<String>,
    pub done_on: NaiveDate,
}

pub(super) fn insert_turns(conn: &mut TenantConn<'_>, turns: &[TurnRow]) -> Result<()> {
    let tenant = conn.tenant().uuid();
    let rows: Vec<_> = turns
        .iter()
        .map(|row| {
            (
                recurrence_turns::tenant_id.eq(tenant),
                recurrence_turns::recurrence_id.eq(row.recurrence),
                recurrence_turns::turn.eq(&row.turn),
                recurrence_turns::named_on.eq(row.named_on),
                recurrence_turns::task_id.eq(row.task),
                recurrence_turns::skipped_reason.eq(&row.skipped_reason),
                recurrence_turns::done_on.eq(row.done_on),
            )
        })
        .collect();
    diesel::insert_into(recurrence_turns::table).values(rows).execute(conn.pg())?;
    Ok(())
}

/// The turns that came or were left out, of every recurrence.
pub(super) fn codes_done(conn: &mut TenantConn<'_>) -> Result<HashSet<(Uuid, String)>> {
    let rows: Vec<(Uuid, String)> = recurrence_turns::table
        .filter(recurrence_turns::tenant_id.eq(conn.tenant().uuid()))
        .select((recurrence_turns::recurrence_id, recurrence_turns::turn))
        .load(conn.pg())?;
    Ok(rows.into_iter().collect())
}

/// What became of the turns of one, the latest first.
pub(super) fn done(conn: &mut TenantConn<'_>, id: Uuid) -> Result<Vec<TurnDone>> {
    type Read = (String, NaiveDate, Option<String>, NaiveDate, Option<(Uuid, String, String)>);
    let tenant = conn.tenant().uuid();
    let its_task = tasks::tenant_id.eq(tenant).and(recurrence_turns::task_id.eq(tasks::id.nullable()));
    let rows: Vec<Read> = recurrence_turns::table
        .left_join(tasks::table.on(its_task))
        .filter(recurrence_turns::tenant_id.eq(tenant))
        .filter(recurrence_turns::recurrence_id.eq(id))
        .order(recurrence_turns::named_on.desc())
        .select((
            recurrence_turns::turn,
            recurrence_turns::named_on,
            recurrence_turns::skipped_reason,
            recurrence_turns::done_on,
            (tasks::id, tasks::code, tasks::title).nullable(),
        ))
        .load(conn.pg())?;
    let turn = |(turn, named_on, skipped_reason, done_on, task)| TurnDone {
        turn,
        named_on,
        task,
        skipped_reason,
        done_on,
    };
    Ok(rows.into_iter().map(turn).collect())
}

/// The open tasks of turns that are due on a day or later and were never extended.
pub(super) fn open_terms(conn: &mut TenantConn<'_>, day: NaiveDate) -> Result<Vec<Term>> {
    type Read = (Uuid, Uuid, NaiveDate, NaiveDate, String, i16, String, Option<i16>);
    let tenant = conn.tenant().uuid();
    let extended = task_extensions::table
        .filter(task_extensions::tenant_id.eq(tenant))
        .filter(task_extensions::task_id.eq(tasks::id))
        .filter(task_extensions::new_due_on.is_not_null());
    let its_task = tasks::tenant_id.eq(tenant).and(recurrence_turns::task_id.eq(tasks::id.nullable()));
    let its_rule = recurrences::tenant_id.eq(tenant).and(recurrences::id.eq(recurrence_turns::recurrence_id));
    let rows: Vec<Read> = recurrence_turns::table
        .inner_join(tasks::table.on(its_task))
        .inner_join(recurrences::table.on(its_rule))
        .filter(recurrence_turns::tenant_id.eq(tenant))
        .filter(tasks::deleted_at.is_null())
        .filter(tasks::completed_on.is_null())
        .filter(tasks::status.ne_all(["cancelled", "transferred"]))
        .filter(tasks::original_due_on.ge(day))
        .filter(diesel::dsl::not(diesel::dsl::exists(extended)))
        .order(tasks::id)
        .select((
            tasks::id,
            tasks::lead_unit_id,
            recurrence_turns::named_on,
            tasks::original_due_on.assume_not_null(),
            recurrences::every,
            recurrences::month,
            recurrences::day_form,
            recurrences::day_number,
        ))
        .load(conn.pg())?;
    rows.into_iter()
        .map(|(task, unit, named_on, due_on, every, month, form, number)| {
            Ok(Term { task, unit, named_on, due_on, rule: rule(&every, month, &form, number)? })
        })
        .collect()
}
