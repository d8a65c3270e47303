//! The part of a task's page with what its reader can do.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::db::TenantConn;
use crate::domain::life::Step;
use crate::error::{ParameterFault, Result};
use crate::pages::{Choice, Field, FormField, Kind, NoteLine, StepForm, TaskActs, Words};
use crate::site::links;
use crate::tasks::acts::{self, By, NoteTold, StepTyped};
use crate::tasks::{Holder, TaskDetail, holders};
use crate::text::{date, parameter};
use crate::units::{self, Unit};

/// The most characters of a reason, note or evidence.
const LONG: usize = 2_000;
/// The most characters of a name or number.
const SHORT: usize = 200;
/// What one tap sends.
const PERCENTS: [&str; 10] = ["10", "20", "30", "40", "50", "60", "70", "80", "90", "100"];

/// What the page has to say of a step beside the task.
#[derive(Debug, Default)]
pub struct Said {
    /// The step that was just taken.
    pub done: Option<Step>,
    /// Why one was not.
    pub error: Option<String>,
    /// The form that comes back, with what is wrong with it.
    pub sent: Option<(Step, StepTyped, Vec<ParameterFault>)>,
}

/// What the forms name.
struct Naming {
    units: Vec<Unit>,
    holders: Vec<Holder>,
    assignees: Vec<(Uuid, String)>,
    today: NaiveDate,
}

/// The steps that the reader may take, on today's page alone, and the log of progress.
pub(super) fn section(
    conn: &mut TenantConn<'_>,
    w: Words,
    by: &By<'_>,
    task: &TaskDetail,
    said: &Said,
) -> Result<TaskActs> {
    let row = &task.row;
    let steps = if task.day == by.today { acts::possible_for(conn, by, row)? } else { Vec::new() };
    let names = |step: Step| steps.contains(&step);
    let naming = Naming {
        units: if names(Step::Move) || names(Step::GiveAgain) { units::all(conn)? } else { Vec::new() },
        holders: if names(Step::Assign) { holders(conn, by.today)? } else { Vec::new() },
        assignees: acts::assignees(conn, row.id)?,
        today: by.today,
    };
    let contact = row.contact_id.map(|id| acts::name(conn, id)).transpose()?.flatten();
    let forms =
        steps.iter().filter(|step| **step != Step::Edit).map(|step| form(w, task, *step, &naming, said));
    Ok(TaskActs {
        notice: said.done.map(|step| w.step_done(step)),
        error: said.error.clone(),
        version: row.version.to_string(),
        forms: forms.collect(),
        edit: names(Step::Edit).then(|| format!("{}/edit", links::task(row.id, None))),
        assignees: naming.assignees.iter().map(|(_, name)| name.clone()).collect(),
        contact,
        notes: acts::log(conn, row.id, task.day)?.into_iter().map(note).collect(),
    })
}

fn note(told: NoteTold) -> NoteLine {
    NoteLine {
        on: date(told.noted_on),
        by: told.by,
        percent: told.percent.map(|percent| format!("{percent} %")),
        words: told.words,
        obstacles: told.obstacles.filter(|text| !text.is_empty()),
    }
}

/// A step as a form, with what was typed in it when it comes back.
fn form(w: Words, task: &TaskDetail, step: Step, naming: &Naming, said: &Said) -> StepForm {
    let sent = said.sent.as_ref().filter(|(sent, _, _)| *sent == step);
    let (typed, faults) = sent.map_or((None, &[][..]), |(_, typed, faults)| (Some(typed), faults.as_slice()));
    let draw = Draw { w, task, step, naming, typed, faults };
    StepForm {
        action: format!("{}/{}", links::task(task.row.id, None), step.path()),
        id: format!("step-{}", step.path()),
        label: w.step(step),
        hint: hint(w, step).to_owned(),
        is_open: sent.is_some() || step == Step::Note,
        is_first: matches!(step, Step::Submit | Step::Confirm | Step::GiveAgain | Step::Resume),
        percents: if step == Step::Note { PERCENTS.to_vec() } else { Vec::new() },
        fields: draw.fields(),
    }
}

fn hint(w: Words, step: Step) -> &'static str {
    match step {
        Step::Move => w.step_move_hint(),
        Step::Delete => w.step_delete_hint(),
        Step::Reopen => w.step_reopen_hint(),
        Step::Return => w.step_return_hint(),
        _ => "",
    }
}

/// Draws the fields of one step.
struct Draw<'a> {
    w: Words,
    task: &'a TaskDetail,
    step: Step,
    naming: &'a Naming,
    typed: Option<&'a StepTyped>,
    faults: &'a [ParameterFault],
}

impl Draw<'_> {
    fn fields(&self) -> Vec<FormField> {
        let w = self.w;
        let mut fields = Vec::new();
        match self.step {
            Step::Note => fields.extend([
                self.prose("note", w.step_note(), false),
                FormField {
                    hint: w.obstacles_hint().to_owned(),
                    ..self.prose("obstacles", w.obstacles(), false)
                },
            ]),
            Step::Submit => fields.extend([
                self.line("product_number", w.product_number()),
                self.day("product_date", w.product_date()),
                self.prose("evidence", w.evidence(), false),
            ]),
            Step::Assign => fields.extend(self.people()),
            Step::Move | Step::GiveAgain => fields.push(self.unit()),
            Step::Transfer => {
                fields.push(FormField { is_needed: true, ..self.line("body", w.receiving_body()) })
            }
            _ => {}
        }
        let need = self.step.need();
        if need.day() {
            let label = if self.step == Step::Submit { w.submit_on() } else { w.step_on() };
            fields.insert(0, self.day("on", label));
        }
        if self.step == Step::Pause {
            fields.push(self.day("planned_until", w.planned_until()));
        }
        if need.reason() || matches!(self.step, Step::Resume | Step::GiveAgain) {
            fields.push(self.prose("reason", w.reason(), need.reason()));
        }
        fields
    }

    /// What stands in a field: what was typed, else what is there to begin with.
    fn value(&self, name: &str) -> String {
        let row = &self.task.row;
        let Some(typed) = self.typed else {
            return match name {
                "on" => date(self.naming.today),
                "obstacles" => row.obstacles.clone().unwrap_or_default(),
                _ => String::new(),
            };
        };
        let text = match name {
            "on" => &typed.on,
            "reason" => &typed.reason,
            "note" => &typed.note,
            "obstacles" => &typed.obstacles,
            "product_number" => &typed.product_number,
            "product_date" => &typed.product_date,
            "evidence" => &typed.evidence,
            "unit" => &typed.unit,
            "body" => &typed.body,
            "planned_until" => &typed.planned_until,
            _ => &typed.contact,
        };
        text.clone().unwrap_or_default()
    }

    fn field(&self, name: &'static str, label: &str, kind: Kind) -> FormField {
        let fault = self.faults.iter().find(|fault| fault.name == name);
        let error = fault.map(|fault| parameter::at_field(self.w.0, &fault.problem));
        FormField {
            id: format!("{}-{name}", self.step.path()),
            name,
            label: label.to_owned(),
            hint: String::new(),
            kind,
            field: Field { value: self.value(name), error },
            choices: Vec::new(),
            most: if kind == Kind::Prose { LONG } else { SHORT },
            is_needed: false,
        }
    }

    fn line(&self, name: &'static str, label: &str) -> FormField {
        self.field(name, label, Kind::Line)
    }

    fn prose(&self, name: &'static str, label: &str, is_needed: bool) -> FormField {
        FormField { is_needed, ..self.field(name, label, Kind::Prose) }
    }

    fn day(&self, name: &'static str, label: &str) -> FormField {
        FormField { hint: self.w.date_hint().to_owned(), ..self.field(name, label, Kind::Date) }
    }

    /// The units that exist today; a returned task may go to the same one again.
    fn unit(&self) -> FormField {
        let lead = self.task.row.lead_unit_id;
        let field = self.field("unit", self.w.new_lead(), Kind::Choice);
        let is_offered =
            |unit: &&Unit| unit.exists_on(self.naming.today) && (self.step != Step::Move || unit.id != lead);
        let choice = |unit: &Unit| Choice {
            selected: unit.short_name == field.field.value,
            value: unit.short_name.clone(),
            text: unit.name.clone(),
        };
        let choices = self.naming.units.iter().filter(is_offered).map(choice).collect();
        FormField { choices, is_needed: true, ..field }
    }

    /// The people of the lead unit, each once.
    fn people(&self) -> [FormField; 2] {
        let row = &self.task.row;
        let mut of_unit: Vec<&Holder> = Vec::new();
        for holder in self.naming.holders.iter().filter(|holder| holder.unit == Some(row.lead_unit_id)) {
            if !of_unit.iter().any(|other| other.id == holder.id) {
                of_unit.push(holder);
            }
        }
        let typed =
            |id: &str| self.typed.is_some_and(|typed| typed.assignees.iter().flatten().any(|one| one == id));
        let does = |holder: &Holder| match self.typed {
            Some(_) => typed(&holder.id.to_string()),
            None => self.naming.assignees.iter().any(|(id, _)| *id == holder.id),
        };
        let choice = |holder: &&Holder, selected: bool| Choice {
            value: holder.id.to_string(),
            text: holder.name.clone(),
            selected,
        };
        let assignees = self.field("assignees", self.w.assignees(), Kind::Ticks);
        let contact = self.field("contact", self.w.contact(), Kind::Choice);
        let is_contact = |holder: &Holder| match self.typed {
            Some(_) => contact.field.value == holder.id.to_string(),
            None => row.contact_id == Some(holder.id),
        };
        let of =
            |is: &dyn Fn(&Holder) -> bool| of_unit.iter().map(|holder| choice(holder, is(holder))).collect();
        let (ticks, contacts) = (of(&does), of(&is_contact));
        [
            FormField { hint: self.w.assignees_hint().to_owned(), choices: ticks, ..assignees },
            FormField { choices: contacts, ..contact },
        ]
    }
}

/// Where a report of a task is sent back: its form on the task's page.
pub(in crate::site) fn send_back(task: Uuid) -> String {
    format!("{}#step-{}", links::task(task, None), Step::SendBack.path())
}
