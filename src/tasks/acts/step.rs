//! Taking one step.

use chrono::NaiveDate;
use serde_json::json;
use uuid::Uuid;

use super::deed::{self, Telling};
use super::read::{Known, StepRead, StepTyped};
use super::{By, Target, confirm_all, facts};
use crate::db::TenantConn;
use crate::domain::life::{Step, possible};
use crate::domain::task::Status;
use crate::error::{Denial, Error, Refusal, Result};
use crate::tasks::{Holder, TaskRow, holders, open_for, relation_to, store};
use crate::units;

/// The steps that whoever acts may take with a task as it is. One of a published briefing is deleted no more.
///
/// # Errors
/// The database's.
pub fn possible_for(conn: &mut TenantConn<'_>, by: &By<'_>, task: &TaskRow) -> Result<Vec<Step>> {
    let relation = relation_to(conn, by.acting, task)?;
    let mut steps = possible(task.status()?, by.acting.role, relation);
    if steps.contains(&Step::Delete) && store::acts::is_published(conn, task.id)? {
        steps.retain(|step| *step != Step::Delete);
    }
    Ok(steps)
}

/// The task, locked, with the status that the step leads to.
pub(in crate::tasks) fn open_step(
    conn: &mut TenantConn<'_>,
    by: &By<'_>,
    step: Step,
    target: Target,
) -> Result<(TaskRow, Status)> {
    let task = open_for(conn, by.acting, step.act(), target.id, target.version)?;
    let status = task.status()?;
    match step.leads(status) {
        Some(next) => Ok((task, next)),
        None => {
            let possible = possible_for(conn, by, &task)?;
            Err(Refusal::TaskStep { status, possible }.into())
        }
    }
}

/// Takes a step with a task; the task after it. A change of what it says is [`crate::tasks::entering::edit`].
///
/// # Errors
/// The task is not there or not seen; the step is not permitted, not possible or not of this version; fields that are
/// wrong, all of them.
pub fn take_step(
    conn: &mut TenantConn<'_>,
    by: &By<'_>,
    step: Step,
    target: Target,
    typed: &StepTyped,
) -> Result<TaskRow> {
    let (before, next) = open_step(conn, by, step, target)?;
    if step == Step::Confirm {
        let mut confirmed = confirm_all(conn, by, &[target])?;
        return confirmed.pop().ok_or_else(|| Error::Internal("nothing was confirmed".to_owned()));
    }
    let read = read(conn, by, step, &before, typed)?;
    let mut deed = Deed { by, step, after: before.clone(), read, telling: Telling::default() };
    deed.after.status = next.code().to_owned();
    deed.tell();
    deed.carry_out(conn, next)?;
    let Deed { after, telling, .. } = deed;
    deed::finish(conn, by, step, &before, after, telling)
}

/// Reads the fields, with what must be known for it.
fn read(
    conn: &mut TenantConn<'_>,
    by: &By<'_>,
    step: Step,
    task: &TaskRow,
    typed: &StepTyped,
) -> Result<StepRead> {
    let units = match step {
        Step::Move | Step::GiveAgain => units::all(conn)?,
        _ => Vec::new(),
    };
    let holders = if step == Step::Assign { holders(conn, None, by.today)? } else { Vec::new() };
    let first = first_day(conn, by, step, task)?;
    typed.read(step, &Known { task, first, today: by.today, units: &units, holders: &holders })
}

/// The first day from which a step may hold: not before the assignment, and what ends a time outside the count not
/// before that began.
fn first_day(conn: &mut TenantConn<'_>, by: &By<'_>, step: Step, task: &TaskRow) -> Result<NaiveDate> {
    let assigned = task.assigned_on.unwrap_or(NaiveDate::MIN).min(by.today);
    Ok(match step {
        Step::Resume | Step::GiveAgain | Step::Restore => {
            let began = store::acts::open_exclusion(conn, task.id)?;
            began.and_then(|exclusion| exclusion.from_on).unwrap_or(assigned).min(by.today)
        }
        _ => assigned,
    })
}

/// A step on its way.
struct Deed<'a> {
    by: &'a By<'a>,
    step: Step,
    after: TaskRow,
    read: StepRead,
    telling: Telling,
}

impl Deed<'_> {
    /// What the step says of itself.
    fn tell(&mut self) {
        let read = &self.read;
        if self.step.need().day() {
            self.telling.say("on", json!(read.on));
        }
        let words = [
            ("reason", &read.reason),
            ("words", &read.note),
            ("evidence", &read.evidence),
            ("body", &read.body),
        ];
        for (field, said) in words {
            self.telling.say(field, said.as_ref().map(|said| json!(said)));
        }
        self.telling.say("planned_until", read.planned_until.map(|day| json!(day)));
    }

    fn carry_out(&mut self, conn: &mut TenantConn<'_>, next: Status) -> Result<()> {
        match self.step {
            Step::Note => self.note(conn),
            Step::Submit => self.submit(conn),
            Step::SendBack => {
                let (actor, reason) = (&self.by.acting.actor, self.read.reason.as_deref());
                store::acts::send_back(conn, self.after.id, self.by.today, actor, reason)
            }
            Step::Reopen => self.reopen(conn),
            Step::Return | Step::Pause | Step::Cancel | Step::Transfer => self.leave(conn, next),
            Step::Resume | Step::Restore => store::acts::end_exclusions(conn, self.after.id, self.read.on),
            Step::GiveAgain => {
                store::acts::end_exclusions(conn, self.after.id, self.read.on)?;
                self.lead(conn, self.read.on)
            }
            Step::Move => self.lead(conn, self.by.today),
            Step::Assign => self.assign(conn),
            Step::Delete => {
                if store::acts::is_published(conn, self.after.id)? {
                    return Err(Denial::TaskPublished.into());
                }
                self.after.deleted_at = Some(conn.now());
                self.after.deleted_reason = self.read.reason.clone();
                Ok(())
            }
            Step::Start => Ok(()),
            Step::Confirm | Step::Edit => {
                Err(Error::Internal(format!("{:?} is a use case of its own", self.step)))
            }
        }
    }

    fn note(&mut self, conn: &mut TenantConn<'_>) -> Result<()> {
        let (read, by) = (&self.read, self.by);
        store::acts::insert_note(conn, &facts::note(conn.tenant(), conn.now(), by, self.after.id, read))?;
        self.after.percent = read.percent.or(self.after.percent);
        if let Some(obstacles) = &read.obstacles {
            self.after.obstacles = Some(obstacles.clone()).filter(|text| !text.is_empty());
        }
        Ok(())
    }

    fn submit(&mut self, conn: &mut TenantConn<'_>) -> Result<()> {
        let row = facts::submission(conn.tenant(), self.by, self.after.id, &self.read);
        self.telling.say("submitted_number", row.product_number.as_ref().map(|number| json!(number)));
        self.telling.say("submitted_date", row.product_date.map(|date| json!(date)));
        store::acts::insert_submission(conn, &row)
    }

    /// The acceptance holds no longer from today on; the days since it was made stay as they were.
    fn reopen(&mut self, conn: &mut TenantConn<'_>) -> Result<()> {
        store::acts::undo_submission(conn, self.after.id, self.by.today, self.read.reason.as_deref())?;
        self.after.completed_on = None;
        self.after.confirmed_on = None;
        self.after.confirmed_by = None;
        Ok(())
    }

    /// Out of the count from a day on; a pause or a return that held until then ends with it.
    fn leave(&mut self, conn: &mut TenantConn<'_>, state: Status) -> Result<()> {
        store::acts::end_exclusions(conn, self.after.id, self.read.on)?;
        let row = facts::exclusion(conn.tenant(), self.after.id, state, &self.read);
        store::acts::insert_exclusion(conn, &row)
    }

    /// Another unit leads from a day on; who did it in the old one does it no longer.
    fn lead(&mut self, conn: &mut TenantConn<'_>, day: NaiveDate) -> Result<()> {
        let Some(unit) = self.read.unit.filter(|unit| *unit != self.after.lead_unit_id) else {
            return Ok(());
        };
        let row = facts::lead_change(conn.tenant(), &self.after, day, self.read.reason.clone());
        store::acts::insert_lead_change(conn, &row)?;
        self.after.lead_unit_id = unit;
        self.after.contact_id = None;
        self.replace_assignees(conn, &[])?;
        let coordinating = store::detail::coordinating(conn, self.after.id)?;
        let rest: Vec<Uuid> = coordinating.iter().copied().filter(|other| *other != unit).collect();
        self.telling.change("coordinating", json!(coordinating), json!(rest));
        store::acts::stop_coordinating(conn, self.after.id, unit)
    }

    fn assign(&mut self, conn: &mut TenantConn<'_>) -> Result<()> {
        let assignees = std::mem::take(&mut self.read.assignees);
        self.after.contact_id = self.read.contact.as_ref().map(|holder| holder.id);
        self.replace_assignees(conn, &assignees)
    }

    fn replace_assignees(&mut self, conn: &mut TenantConn<'_>, holders: &[Holder]) -> Result<()> {
        let before = store::people::assignees(conn, self.after.id)?;
        let names = |people: Vec<&String>| json!(people);
        self.telling.change(
            "assignees",
            names(before.iter().map(|(_, name)| name).collect()),
            names(holders.iter().map(|holder| &holder.name).collect()),
        );
        let ids: Vec<Uuid> = holders.iter().map(|holder| holder.id).collect();
        store::people::replace_assignees(conn, self.after.id, &ids)
    }
}
