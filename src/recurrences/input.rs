//! What is typed of work that comes again, checked: every fault at once, by the name of its field.

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;
use uuid::Uuid;

use super::model::{Recurrence, RecurringWork};
use crate::domain::access::Role;
use crate::domain::deadline::written;
use crate::domain::recurrence::{DayForm, DayOfMonth, Every, Rule};
use crate::domain::task::{Category, ProductKind};
use crate::domain::words::tidy;
use crate::error::{ParameterFault, ParameterProblem};
use crate::params::{Faults, Params};
use crate::tasks::Holder;
use crate::units::{self, Unit};

/// The most characters of a title.
const LONGEST_TITLE: usize = 500;

/// The most characters of a document's number.
const LONGEST_NUMBER: usize = 100;

/// The most working days before a deadline on which a task may appear.
const MOST_NOTICE: u32 = 60;

/// As typed. `unit` is an id or a name; `coordinating` names, separated by semicolons or lines; `weekday` from 1, Monday;
/// `leader`, `follower` and `assignees` are people by id or address.
///
/// In JSON the numbers are numbers, and `coordinating` and `assignees` are lists.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[schema(as = NewRecurrence)]
#[serde(default, deny_unknown_fields)]
#[allow(missing_docs)] // The fields are those of the form.
pub struct RecurrenceTyped {
    pub title: String,
    pub category: String,
    #[serde(deserialize_with = "text")]
    #[schema(value_type = Option<String>, default = json!(null))]
    pub source_number: String,
    #[serde(deserialize_with = "text")]
    #[schema(value_type = Option<String>, default = json!(null))]
    pub source_date: String,
    pub unit: String,
    #[serde(deserialize_with = "names")]
    #[schema(value_type = Vec<String>, default = json!([]))]
    pub coordinating: String,
    #[serde(deserialize_with = "text")]
    #[schema(value_type = Option<String>, default = json!(null))]
    pub leader: String,
    #[serde(deserialize_with = "text")]
    #[schema(value_type = Option<String>, default = json!(null))]
    pub follower: String,
    #[serde(deserialize_with = "names")]
    #[schema(value_type = Vec<String>, default = json!([]))]
    pub assignees: String,
    pub product: String,
    pub every: String,
    #[serde(deserialize_with = "digits")]
    #[schema(value_type = Option<u32>, default = json!(null))]
    pub month: String,
    pub day_form: String,
    #[serde(deserialize_with = "digits")]
    #[schema(value_type = Option<u32>, default = json!(null))]
    pub day: String,
    #[serde(deserialize_with = "digits")]
    #[schema(value_type = Option<u32>, default = json!(null))]
    pub weekday: String,
    #[serde(deserialize_with = "digits")]
    #[schema(value_type = Option<u32>, default = json!(null))]
    pub notice_days: String,
    pub from: String,
    #[serde(deserialize_with = "text")]
    #[schema(value_type = Option<String>, default = json!(null))]
    pub until: String,
}

/// A number of JSON as its digits.
fn digits<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(Option::<u32>::deserialize(deserializer)?.map_or_else(String::new, |number| number.to_string()))
}

/// A list of names with semicolons between.
fn names<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(Vec::<String>::deserialize(deserializer)?.join("; "))
}

/// A text that may be null.
fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(Option::<String>::deserialize(deserializer)?.unwrap_or_default())
}

/// The unit that a field means.
fn unit(faults: &mut Faults, name: &str, typed: &str, all: &[Unit], today: NaiveDate) -> Option<Uuid> {
    let found = units::named(all, typed, today).map(|unit| unit.id);
    if found.is_none() {
        let is_missing = typed.is_empty();
        faults.add(name, if is_missing { ParameterProblem::Missing } else { ParameterProblem::NoSuchUnit });
    }
    found
}

/// The person that a field means, who holds such a post; none when it is blank.
fn person(
    faults: &mut Faults,
    name: &str,
    typed: &str,
    holders: &[Holder],
    is_such: impl Fn(&Holder) -> bool,
) -> Option<Uuid> {
    if typed.is_empty() {
        return None;
    }
    let found = holders.iter().find(|held| is_such(held) && held.is_called(typed)).map(|held| held.id);
    if found.is_none() {
        faults.add(name, ParameterProblem::NoSuchPerson);
    }
    found
}

impl RecurrenceTyped {
    /// Takes a form's fields.
    pub fn take(params: &mut Params) -> Self {
        let mut text = |name| tidy(&params.text(name).unwrap_or_default());
        Self {
            title: text("title"),
            category: text("category"),
            source_number: text("source_number"),
            source_date: text("source_date"),
            unit: text("unit"),
            coordinating: text("coordinating"),
            leader: text("leader"),
            follower: text("follower"),
            assignees: text("assignees"),
            product: text("product"),
            every: text("every"),
            month: text("month"),
            day_form: text("day_form"),
            day: text("day"),
            weekday: text("weekday"),
            notice_days: text("notice_days"),
            from: text("from"),
            until: text("until"),
        }
    }

    /// A blank form: routine reports, every month by the 16th, told ten working days before.
    pub fn blank(today: NaiveDate) -> Self {
        Self {
            category: Category::Routine.code().to_owned(),
            product: ProductKind::Report.code().to_owned(),
            every: Every::Month.code().to_owned(),
            month: "1".to_owned(),
            day_form: DayForm::Number.code().to_owned(),
            day: "16".to_owned(),
            notice_days: "10".to_owned(),
            from: written(today),
            ..Self::default()
        }
    }

    /// What there is, to be changed.
    pub fn of(kept: &Recurrence, all: &[Unit], holders: &[Holder]) -> Self {
        let work = &kept.work;
        let day = work.rule.day();
        let number =
            |is_wanted: bool| day.number().filter(|_| is_wanted).map_or_else(String::new, |n| n.to_string());
        let names = work.coordinating.iter().filter_map(|id| all.iter().find(|unit| unit.id == *id));
        let is_number = day.form() == DayForm::Number;
        let person = |id: Option<Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
        // Who holds no post there any more is not named again.
        let address = |id: &Uuid| {
            let of_unit = |held: &&Holder| held.id == *id && held.unit == Some(work.unit);
            holders.iter().find(of_unit).map(|held| held.email.as_str())
        };
        Self {
            title: work.title.clone(),
            category: work.category.code().to_owned(),
            source_number: work.source_number.clone().unwrap_or_default(),
            source_date: work.source_date.map(written).unwrap_or_default(),
            unit: work.unit.to_string(),
            coordinating: names.map(|unit| unit.short_name.as_str()).collect::<Vec<_>>().join("; "),
            leader: person(work.leader),
            follower: person(work.follower),
            assignees: work.assignees.iter().filter_map(address).collect::<Vec<_>>().join("; "),
            product: work.product.code().to_owned(),
            every: work.rule.every().code().to_owned(),
            month: work.rule.month().to_string(),
            day_form: day.form().code().to_owned(),
            day: number(is_number),
            weekday: number(!is_number),
            notice_days: work.notice_days.to_string(),
            from: written(work.from_on),
            until: work.until_on.map(written).unwrap_or_default(),
        }
    }

    /// Checks it against the units and the people of today.
    ///
    /// # Errors
    /// Every fault at once.
    pub fn check(
        &self,
        all: &[Unit],
        holders: &[Holder],
        today: NaiveDate,
    ) -> Result<RecurringWork, Vec<ParameterFault>> {
        let mut faults = Faults::default();
        let title = faults.needed("title", &self.title, LONGEST_TITLE);
        let category =
            faults.one_of("category", &self.category, Category::from_code, Category::ALL, Category::code);
        let source_number = faults.text("source_number", &self.source_number, LONGEST_NUMBER);
        let source_date = faults.date("source_date", &self.source_date);
        let unit = unit(&mut faults, "unit", &self.unit, all, today);
        let coordinating = self.coordinating(&mut faults, all, today);
        let leader = person(&mut faults, "leader", &self.leader, holders, |held| held.role == Role::Leader);
        let follower =
            person(&mut faults, "follower", &self.follower, holders, |held| held.role == Role::Office);
        let assignees = self.assignees(&mut faults, holders, unit);
        let product = faults.one_of(
            "product",
            &self.product,
            ProductKind::from_code,
            ProductKind::ALL,
            ProductKind::code,
        );
        let rule = self.rule(&mut faults);
        let notice_days = faults.number("notice_days", &self.notice_days, 0, MOST_NOTICE);
        let from_on = faults.date("from", &self.from).unwrap_or(today);
        let until_on = faults.date("until", &self.until);
        if until_on.is_some_and(|until| until < from_on) {
            faults.add("until", ParameterProblem::OutOfRange(from_on, NaiveDate::MAX));
        }
        let coordinating = coordinating.into_iter().filter(|id| Some(*id) != unit).collect();
        match (title, category, unit, product, rule, notice_days, faults.0.is_empty()) {
            (Some(title), Some(category), Some(unit), Some(product), Some(rule), Some(notice_days), true) => {
                Ok(RecurringWork {
                    title,
                    category,
                    source_number,
                    source_date,
                    unit,
                    coordinating,
                    leader,
                    follower,
                    assignees,
                    product,
                    rule,
                    notice_days,
                    from_on,
                    until_on,
                })
            }
            _ => Err(faults.0),
        }
    }

    fn coordinating(&self, faults: &mut Faults, all: &[Unit], today: NaiveDate) -> Vec<Uuid> {
        let names = self.coordinating.split(';').map(str::trim).filter(|name| !name.is_empty());
        let mut found: Vec<Uuid> = Vec::new();
        for name in names {
            match units::named(all, name, today) {
                Some(unit) if found.contains(&unit.id) => {}
                Some(unit) => found.push(unit.id),
                None => {
                    faults.add("coordinating", ParameterProblem::NoSuchUnit);
                    break;
                }
            }
        }
        found
    }

    /// Who does it: people of the lead unit.
    fn assignees(&self, faults: &mut Faults, holders: &[Holder], unit: Option<Uuid>) -> Vec<Uuid> {
        let typed = self.assignees.split(';').map(str::trim).filter(|text| !text.is_empty());
        let of_unit = |text: &str| {
            let is_meant = |held: &&Holder| held.unit == unit && held.is_called(text);
            holders.iter().find(is_meant).map(|held| held.id)
        };
        let Some(mut found) = typed.map(of_unit).collect::<Option<Vec<Uuid>>>() else {
            faults.add("assignees", ParameterProblem::NoSuchPerson);
            return Vec::new();
        };
        found.sort_unstable();
        found.dedup();
        found
    }

    fn rule(&self, faults: &mut Faults) -> Option<Rule> {
        let every = faults.one_of("every", &self.every, Every::from_code, Every::ALL, Every::code);
        let month = match every {
            // Each turn is one month.
            Some(Every::Month) => Some(1),
            Some(every) => faults.number("month", &self.month, 1, every.months()),
            None => None,
        };
        let form = faults.one_of("day_form", &self.day_form, DayForm::from_code, DayForm::ALL, DayForm::code);
        let number = match form {
            Some(DayForm::Number) => faults.number("day", &self.day, 1, 31),
            Some(DayForm::FirstWeekday | DayForm::LastWeekday) => {
                faults.number("weekday", &self.weekday, 1, 7)
            }
            Some(DayForm::FirstWorking | DayForm::LastWorking) | None => None,
        };
        Rule::new(every?, month?, DayOfMonth::of(form?, number)?)
    }
}
