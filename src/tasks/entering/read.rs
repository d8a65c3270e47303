//! What the typed fields of a task mean.

use chrono::{Months, NaiveDate};
use uuid::Uuid;

use super::new::{NewTask, Source};
use super::typed::TaskTyped;
use crate::calendar;
use crate::db::TenantConn;
use crate::domain::access::Role;
use crate::domain::calendar::{RollRule, WorkingCalendar};
use crate::domain::deadline::{self, DateFault, Deadline, Precision};
use crate::domain::task::{Category, Level, ProductKind};
use crate::domain::term::Term;
use crate::domain::words::{key, tidy};
use crate::error::{ParameterProblem, Result};
use crate::tasks::acts::By;
use crate::tasks::faults::{Faults, Read, date};
use crate::tasks::{Holder, TaskRow, by_codes, holders};
use crate::units::{self, Unit};

/// The most characters of a title.
const TITLE: usize = 1_000;
/// The most characters of a longer text.
const LONG: usize = 2_000;
/// The most characters of a name or number.
const SHORT: usize = 200;
/// The most characters of a code or a label.
const CODE: usize = 50;
/// The most labels.
const LABELS: usize = 20;
/// A deadline lies at most so many months after the assignment.
const LONGEST: Months = Months::new(120);

/// What a task may name: units, people, another task, days.
#[derive(Debug)]
pub struct Naming {
    /// Every unit of the tenant, past ones too.
    pub units: Vec<Unit>,
    /// Who holds which post today.
    pub holders: Vec<Holder>,
    /// The working calendar.
    pub calendar: WorkingCalendar,
    /// What a computed term does that ends on a day off.
    pub roll: RollRule,
    /// The business day.
    pub today: NaiveDate,
}

impl Naming {
    /// Reads it.
    ///
    /// # Errors
    /// The database's.
    pub fn load(conn: &mut TenantConn<'_>, by: &By<'_>, roll: RollRule) -> Result<Self> {
        let units = units::all(conn)?;
        let holders = holders(conn, None, by.today)?;
        Ok(Self { units, holders, calendar: calendar::working_calendar(conn)?, roll, today: by.today })
    }
}

/// A change of a task as it is, whose values need not be such as can be typed anew.
pub(super) struct Kept<'a> {
    pub row: &'a TaskRow,
    pub coordinating: &'a [Uuid],
    pub typed: &'a TaskTyped,
}

/// Reads the typed fields. What stays as it is (`kept`) is not judged anew.
pub(super) struct Reader<'a> {
    pub naming: &'a Naming,
    pub kept: Option<Kept<'a>>,
    pub parent: Option<&'a TaskRow>,
    pub faults: Faults,
}

/// The task of the parent's code, when there is one.
pub(super) fn parent(conn: &mut TenantConn<'_>, typed: &TaskTyped) -> Result<Option<TaskRow>> {
    match typed.parent.as_deref().map(tidy).filter(|code| !code.is_empty()) {
        Some(code) => Ok(by_codes(conn, &[code])?.into_iter().find(|task| task.deleted_at.is_none())),
        None => Ok(None),
    }
}

impl Reader<'_> {
    /// The task that the fields say; what is wrong is in `faults`.
    pub fn read(&mut self, typed: &TaskTyped) -> Option<NewTask> {
        let title = self.faults.line("title", &typed.title, TITLE);
        self.faults.need("title", &title);
        let category = self.faults.filled("category", &typed.category, category);
        self.faults.need("category", &category);
        let unit = self.unit(typed);
        let coordinating = self.coordinating(typed, unit);
        let assigned_on = self.assigned_on(typed);
        let (due, due_words) = self.due(typed, assigned_on);
        let new = NewTask {
            code: self.faults.line("code", &typed.code, CODE),
            title: title.unwrap_or_default(),
            category: category.unwrap_or(Category::Key),
            field: self.faults.line("field", &typed.field, SHORT),
            parent: self.parent(typed),
            labels: self.labels(typed),
            source: self.source(typed),
            unit: unit.unwrap_or_default(),
            coordinating,
            leader: self.person("leader", &typed.leader, Role::Leader, |row| row.leader_id),
            follower: self.person("follower", &typed.follower, Role::Office, |row| row.follower_id),
            assignees: Vec::new(),
            product: self.faults.filled("product", &typed.product, product).unwrap_or(ProductKind::Other),
            level: self.level(typed),
            assigned_on,
            due,
            due_words,
            note: self.faults.prose("note", &typed.note, LONG),
            actor: None,
        };
        self.faults.0.is_empty().then_some(new)
    }

    fn source(&mut self, typed: &TaskTyped) -> Source {
        let faults = &mut self.faults;
        Source {
            number: faults.line("source_number", &typed.source_number, SHORT),
            date: faults.filled("source_date", &typed.source_date, date),
            kind: faults.line("source_kind", &typed.source_kind, SHORT),
            summary: faults.prose("source_abstract", &typed.source_abstract, LONG),
            issuer: faults.line("source_issuer", &typed.source_issuer, SHORT),
            urgency: faults.line("urgency", &typed.urgency, SHORT),
        }
    }

    fn present_unit(&self, name: &str) -> Read<Uuid> {
        let wanted = key(name);
        let is_named = |unit: &&Unit| key(&unit.short_name) == wanted || key(&unit.name) == wanted;
        let mut present = self.naming.units.iter().filter(|unit| unit.exists_on(self.naming.today));
        present.find(is_named).map(|unit| unit.id).ok_or(ParameterProblem::NoSuchUnit)
    }

    /// The lead unit; a change leaves it to an act of its own.
    fn unit(&mut self, typed: &TaskTyped) -> Option<Uuid> {
        if let Some(kept) = &self.kept {
            if typed.unit.is_some() {
                self.faults.add("unit", ParameterProblem::Unknown);
            }
            return Some(kept.row.lead_unit_id);
        }
        let name = typed.unit.as_deref().filter(|name| !name.trim().is_empty());
        let unit = name.map(|name| self.present_unit(name));
        let unit = unit.and_then(|read| self.faults.keep("unit", read));
        self.faults.need("unit", &unit);
        unit
    }

    fn coordinating(&mut self, typed: &TaskTyped, lead: Option<Uuid>) -> Vec<Uuid> {
        let names = typed.coordinating.iter().flatten().flat_map(|value| value.split([';', '\n']));
        let names = names.map(str::trim).filter(|name| !name.is_empty());
        let read: Read<Vec<Uuid>> =
            names.map(|name| self.kept_unit(name).map_or_else(|| self.present_unit(name), Ok)).collect();
        let mut units = self.faults.keep("coordinating", read).unwrap_or_default();
        units.sort_unstable();
        units.dedup();
        if lead.is_some_and(|lead| units.contains(&lead)) {
            self.faults.add("coordinating", ParameterProblem::LeadCoordinates);
        }
        units
    }

    /// A unit that coordinates the task already; it may have ended since.
    fn kept_unit(&self, name: &str) -> Option<Uuid> {
        let kept = self.kept.as_ref()?;
        let mut units = self.naming.units.iter().filter(|unit| kept.coordinating.contains(&unit.id));
        units.find(|unit| key(&unit.short_name) == key(name)).map(|unit| unit.id)
    }

    fn parent(&mut self, typed: &TaskTyped) -> Option<Uuid> {
        let parent = self.parent.map(|task| task.id);
        let wants = typed.parent.as_deref().is_some_and(|code| !code.trim().is_empty());
        if wants && parent.is_none() {
            self.faults.add("parent", ParameterProblem::NoSuchTask);
        }
        parent
    }

    fn labels(&mut self, typed: &TaskTyped) -> Vec<String> {
        let mut labels: Vec<String> = Vec::new();
        for label in typed.labels.iter().flat_map(|text| text.split([';', '\n'])).map(tidy) {
            if !label.is_empty() && !labels.iter().any(|other| key(other) == key(&label)) {
                labels.push(label);
            }
        }
        let is_long = |label: &String| label.chars().count() > CODE || label.chars().any(char::is_control);
        if labels.iter().any(is_long) {
            self.faults.add("labels", ParameterProblem::TooLong(CODE));
        } else if labels.len() > LABELS {
            self.faults.add("labels", ParameterProblem::TooMany(LABELS));
        }
        labels
    }

    /// Somebody of a role; who the task names already may have left since.
    fn person(
        &mut self,
        field: &str,
        typed: &Option<String>,
        role: Role,
        kept: impl Fn(&TaskRow) -> Option<Uuid>,
    ) -> Option<Uuid> {
        let (naming, kept) = (self.naming, self.kept.as_ref().and_then(|of| kept(of.row)));
        self.faults.filled(field, typed, |text| {
            if let Some(kept) = kept.filter(|kept| kept.to_string() == text) {
                return Ok(kept);
            }
            let mut of_role = naming.holders.iter().filter(|holder| holder.role == role);
            let found = of_role.find(|holder| holder.is_called(text)).map(|holder| holder.id);
            found.ok_or(ParameterProblem::NoSuchPerson)
        })
    }

    fn level(&mut self, typed: &TaskTyped) -> Option<(Level, String)> {
        let words = self.faults.line("level", &typed.level, SHORT)?;
        let level = Level::from_code(&words).or_else(|| Level::from_typed(&words));
        let kept = self.kept.as_ref().filter(|kept| kept.typed.level.as_deref() == Some(words.as_str()));
        let kept = kept.and_then(|kept| Level::from_code(kept.row.level.as_deref()?));
        match level.or(kept) {
            Some(level) => Some((level, words)),
            None => {
                self.faults.add("level", ParameterProblem::NotOneOf(codes(Level::ALL, Level::code)));
                None
            }
        }
    }

    fn assigned_on(&mut self, typed: &TaskTyped) -> Option<NaiveDate> {
        let assigned_on = self.faults.filled("assigned_on", &typed.assigned_on, date);
        match &self.kept {
            None => assigned_on.or(Some(self.naming.today)),
            // A sheet without that column may have brought the task; once there is a day there is one.
            Some(kept) => {
                if kept.row.assigned_on.is_some() {
                    self.faults.need("assigned_on", &assigned_on);
                }
                assigned_on
            }
        }
    }

    fn due(&mut self, typed: &TaskTyped, assigned_on: Option<NaiveDate>) -> (Deadline, Option<String>) {
        let start = assigned_on.unwrap_or(self.naming.today);
        let words = self.faults.line("due", &typed.due, SHORT);
        if let Some(kept) = self.kept.as_ref().filter(|kept| tidied(&kept.typed.due) == words) {
            let row = kept.row;
            let precision = Precision::from_code(&row.due_precision).unwrap_or(Precision::None);
            let due = Deadline { due_on: row.original_due_on, precision };
            let words = row.due_words.clone();
            if row.assigned_on != assigned_on {
                self.faults.keep("assigned_on", in_order(due, start));
            }
            return (due, words);
        }
        let (naming, text) = (self.naming, words.clone());
        let due = self.faults.filled("due", &text, |text| in_order(due(text, start, naming)?, start));
        (due.unwrap_or(Deadline::NONE), words)
    }
}

/// A text as it is compared; blank is none.
fn tidied(typed: &Option<String>) -> Option<String> {
    typed.as_deref().map(tidy).filter(|text| !text.is_empty())
}

/// A deadline as typed: a date or period, or a term that begins on the day of assignment.
fn due(text: &str, start: NaiveDate, naming: &Naming) -> Read<Deadline> {
    match (deadline::parse(text), Term::parse(text)) {
        (Ok(due), _) => Ok(due),
        (Err(_), Some(term)) => {
            let due_on = Some(term.end(&naming.calendar, start, naming.roll));
            Ok(Deadline { due_on, precision: Precision::Day })
        }
        (Err(DateFault::NotUnderstood), None) => Err(ParameterProblem::NotADeadline),
        (Err(fault), None) => Err(ParameterProblem::NotADate(fault)),
    }
}

/// A deadline that is not before the assignment, and not so late that it is a slip.
fn in_order(due: Deadline, start: NaiveDate) -> Read<Deadline> {
    let last = start.checked_add_months(LONGEST).unwrap_or(NaiveDate::MAX);
    match due.due_on {
        Some(on) if !(start..=last).contains(&on) => Err(ParameterProblem::OutOfRange(start, last)),
        _ => Ok(due),
    }
}

fn category(text: &str) -> Read<Category> {
    let found = Category::from_code(text).or_else(|| Category::from_words(text));
    found.ok_or_else(|| ParameterProblem::NotOneOf(codes(Category::ALL, Category::code)))
}

fn product(text: &str) -> Read<ProductKind> {
    let found = ProductKind::from_code(text).or_else(|| ProductKind::from_words(text));
    found.ok_or_else(|| ParameterProblem::NotOneOf(codes(ProductKind::ALL, ProductKind::code)))
}

fn codes<T: Copy>(all: &[T], code: fn(T) -> &'static str) -> String {
    all.iter().map(|value| code(*value)).collect::<Vec<_>>().join(" | ")
}
