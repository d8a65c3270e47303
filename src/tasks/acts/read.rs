//! The fields of a step as typed, in a form or as JSON, and what they mean.

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::domain::deadline::YEARS;
use crate::domain::life::Step;
use crate::domain::prose;
use crate::domain::words::key;
use crate::error::{ParameterProblem, Result};
use crate::params::Params;
use crate::tasks::TaskRow;
use crate::tasks::faults::{Faults, Read, date, date_within};
use crate::tasks::people::Holder;
use crate::units::Unit;

/// The most characters of a reason, a note, obstacles or evidence.
const LONG: usize = 2_000;
/// The most characters of a name or number.
const SHORT: usize = 200;

/// The fields of a step as typed; a step takes those that it asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct StepTyped {
    /// The day it holds from; today when blank.
    pub on: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// Progress in words.
    pub note: Option<String>,
    /// Progress in percent; as JSON a number is read too.
    #[serde(deserialize_with = "text_or_number")]
    #[schema(value_type = serde_json::Value)]
    pub percent: Option<String>,
    /// What stands in the way; blank when nothing does any more, absent when there is nothing new about it.
    pub obstacles: Option<String>,
    /// The number of the product's document.
    pub product_number: Option<String>,
    /// The date of the product's document.
    pub product_date: Option<String>,
    /// What shows that it is done.
    pub evidence: Option<String>,
    /// The unit to lead from now on, by short or full name.
    pub unit: Option<String>,
    /// The body outside the tenant.
    pub body: Option<String>,
    /// The day until which a pause is meant to last.
    pub planned_until: Option<String>,
    /// Who does it, by id or address.
    pub assignees: Option<Vec<String>>,
    /// The contact in the unit, by id or address.
    pub contact: Option<String>,
}

/// What a step was told.
#[derive(Debug, Default)]
pub(super) struct StepRead {
    pub on: NaiveDate,
    pub reason: Option<String>,
    pub note: Option<String>,
    pub percent: Option<i16>,
    pub obstacles: Option<String>,
    pub product_number: Option<String>,
    pub product_date: Option<NaiveDate>,
    pub evidence: Option<String>,
    pub unit: Option<Uuid>,
    pub body: Option<String>,
    pub planned_until: Option<NaiveDate>,
    pub assignees: Vec<Holder>,
    pub contact: Option<Holder>,
}

/// What is known beside the typed fields.
pub(super) struct Known<'a> {
    /// The task.
    pub task: &'a TaskRow,
    /// The first day the step may hold from.
    pub first: NaiveDate,
    /// The business day, and the last one it may hold from.
    pub today: NaiveDate,
    /// The tenant's units, for a step that names one.
    pub units: &'a [Unit],
    /// Who holds which post, for a step that names people.
    pub holders: &'a [Holder],
}

/// The fields that a step takes.
pub fn fields(step: Step) -> &'static [&'static str] {
    match step {
        Step::Start | Step::Confirm | Step::Edit => &[],
        Step::Note => &["note", "percent", "obstacles"],
        Step::Submit => &["on", "product_number", "product_date", "evidence"],
        Step::Assign => &["assignees", "contact"],
        Step::SendBack | Step::Return | Step::Reopen | Step::Delete => &["reason"],
        Step::GiveAgain => &["unit", "on", "reason"],
        Step::Move => &["unit", "reason"],
        Step::Pause => &["on", "reason", "planned_until"],
        Step::Transfer => &["body", "on", "reason"],
        Step::Resume | Step::Cancel | Step::Restore => &["on", "reason"],
    }
}

impl StepTyped {
    /// Takes a form's fields.
    pub fn take(step: Step, params: &mut Params) -> Self {
        let fields = fields(step);
        let mut text = |name: &str| if fields.contains(&name) { params.exact(name) } else { None };
        let typed = Self {
            on: text("on"),
            reason: text("reason"),
            note: text("note"),
            percent: text("percent"),
            obstacles: text("obstacles"),
            product_number: text("product_number"),
            product_date: text("product_date"),
            evidence: text("evidence"),
            unit: text("unit"),
            body: text("body"),
            planned_until: text("planned_until"),
            contact: text("contact"),
            assignees: None,
        };
        // A form without a tick says that nobody does it.
        let assignees = fields.contains(&"assignees").then(|| params.many("assignees"));
        Self { assignees, ..typed }
    }

    /// The names of the fields that are typed.
    fn typed(&self) -> impl Iterator<Item = &'static str> {
        let texts = [
            ("on", &self.on),
            ("reason", &self.reason),
            ("note", &self.note),
            ("percent", &self.percent),
            ("obstacles", &self.obstacles),
            ("product_number", &self.product_number),
            ("product_date", &self.product_date),
            ("evidence", &self.evidence),
            ("unit", &self.unit),
            ("body", &self.body),
            ("planned_until", &self.planned_until),
            ("contact", &self.contact),
        ];
        let found: Vec<&str> =
            texts.into_iter().filter(|(_, text)| text.is_some()).map(|(name, _)| name).collect();
        found.into_iter().chain(self.assignees.as_ref().map(|_| "assignees"))
    }

    /// What the fields mean for a step.
    ///
    /// # Errors
    /// Every fault.
    pub(super) fn read(&self, step: Step, known: &Known<'_>) -> Result<StepRead> {
        let mut faults = Faults::default();
        for name in self.typed().filter(|name| !fields(step).contains(name)) {
            faults.add(name, ParameterProblem::Unknown);
        }
        let on = faults.filled("on", &self.on, |text| date_within(text, known.first, known.today));
        let on = on.unwrap_or(known.today);
        let read = StepRead {
            on,
            reason: faults.prose("reason", &self.reason, LONG),
            note: faults.prose("note", &self.note, LONG),
            percent: faults.filled("percent", &self.percent, percent),
            obstacles: faults.read("obstacles", &self.obstacles, obstacles),
            product_number: faults.line("product_number", &self.product_number, SHORT),
            product_date: faults.filled("product_date", &self.product_date, date),
            evidence: faults.prose("evidence", &self.evidence, LONG),
            unit: faults.filled("unit", &self.unit, |name| unit(name, step, known)),
            body: faults.line("body", &self.body, SHORT),
            planned_until: faults.filled("planned_until", &self.planned_until, |text| later(text, on)),
            assignees: self.assignees(&mut faults, known),
            contact: faults.filled("contact", &self.contact, |text| holder(text, known)),
        };
        needed(step, &read, known.task, &mut faults);
        faults.finish()?;
        Ok(read)
    }

    fn assignees(&self, faults: &mut Faults, known: &Known<'_>) -> Vec<Holder> {
        let typed = self.assignees.iter().flatten();
        let found: Read<Vec<Holder>> = typed.map(|text| holder(text, known)).collect();
        let mut found = faults.keep("assignees", found).unwrap_or_default();
        found.sort_by_key(|holder| holder.id);
        found.dedup_by_key(|holder| holder.id);
        found
    }
}

/// Says what a step can't do without.
fn needed(step: Step, read: &StepRead, task: &TaskRow, faults: &mut Faults) {
    if step.need().reason() {
        faults.need("reason", &read.reason);
    }
    match step {
        Step::Move | Step::GiveAgain => faults.need("unit", &read.unit),
        Step::Transfer => faults.need("body", &read.body),
        Step::Note => {
            let obstacles = read.obstacles.as_deref();
            let is_new = obstacles.is_some_and(|text| text != task.obstacles.as_deref().unwrap_or_default());
            if read.note.is_none() && read.percent.is_none() && !is_new {
                faults.need("note", &read.note);
            }
        }
        _ => {}
    }
}

/// A number is read as the text of it.
fn text_or_number<'de, D: Deserializer<'de>>(from: D) -> std::result::Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Sent {
        Text(String),
        Number(i64),
    }
    Ok(Option::<Sent>::deserialize(from)?.map(|sent| match sent {
        Sent::Text(text) => text,
        Sent::Number(number) => number.to_string(),
    }))
}

fn percent(text: &str) -> Read<i16> {
    let digits = text.trim_end_matches('%').trim_end();
    let found =
        digits.parse().ok().filter(|n| (0..=100).contains(n) && digits.bytes().all(|b| b.is_ascii_digit()));
    found.ok_or(ParameterProblem::NotBetween(0, 100))
}

/// Obstacles may be blank: then there are none any more.
fn obstacles(text: &str) -> Read<String> {
    let read = prose::read(text, LONG).map_err(|long| ParameterProblem::TooLong(long.0))?;
    Ok(read.unwrap_or_default())
}

/// A day after another.
fn later(text: &str, than: NaiveDate) -> Read<NaiveDate> {
    let first = than.succ_opt().unwrap_or(than);
    let last = NaiveDate::from_ymd_opt(*YEARS.end(), 12, 31).unwrap_or(NaiveDate::MAX);
    date_within(text, first, last)
}

/// A unit that exists today; a task is moved to another one than that which leads it.
fn unit(name: &str, step: Step, known: &Known<'_>) -> Read<Uuid> {
    let wanted = key(name);
    let is_named = |unit: &&Unit| key(&unit.short_name) == wanted || key(&unit.name) == wanted;
    let mut present = known.units.iter().filter(|unit| unit.exists_on(known.today));
    let found = present.find(is_named).ok_or(ParameterProblem::NoSuchUnit)?;
    if step == Step::Move && found.id == known.task.lead_unit_id {
        return Err(ParameterProblem::LeadsAlready);
    }
    Ok(found.id)
}

/// Somebody who holds a post in the lead unit today.
fn holder(text: &str, known: &Known<'_>) -> Read<Holder> {
    let text = text.trim();
    let of_unit = known.holders.iter().filter(|holder| holder.unit == Some(known.task.lead_unit_id));
    let found = of_unit.into_iter().find(|holder| holder.is_called(text));
    found.cloned().ok_or(ParameterProblem::NoSuchPerson)
}
