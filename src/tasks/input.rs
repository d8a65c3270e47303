//! A list's address as typed, read into what is asked: once for pages and API.

use chrono::NaiveDate;
use uuid::Uuid;

use super::cursor::Cursor;
use super::faults::{Faults, date};
use super::filter::{Search, StandingFilter, TaskFilterInput};
use super::store::people::names as person_names;
use crate::db::TenantConn;
use crate::domain::access::{Acting, Visible};
use crate::domain::order::Order;
use crate::domain::task::{Category, Level, ProductKind, Status};
use crate::error::{Error, ParameterFault, ParameterProblem, Refusal, Result};
use crate::params::Params;
use crate::units;

/// Whoever reads, as a list's address names them.
pub const ME: &str = "me";

/// Tasks a page, when the address does not say.
const PAGE: u32 = 25;

/// The parameters of a list as typed, to stand in its form again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs)] // The filters of `TaskFilterInput`, by the names of the address.
pub struct TaskListTyped {
    pub q: Option<String>,
    pub unit: Option<String>,
    /// A coordinating unit's short or full name.
    pub coordinating: Option<String>,
    pub standing: Option<String>,
    pub category: Option<String>,
    pub product: Option<String>,
    /// Codes, separated by commas.
    pub level: Option<String>,
    pub due_from: Option<String>,
    pub due_to: Option<String>,
    pub completed_from: Option<String>,
    pub completed_to: Option<String>,
    pub late_from: Option<String>,
    pub late_to: Option<String>,
    /// A person's id, or `me`.
    pub assignee: Option<String>,
    /// A person's id, or `me`.
    pub leader: Option<String>,
    pub source: Option<String>,
    pub label: Option<String>,
    pub field: Option<String>,
    pub assigned_from: Option<String>,
    pub assigned_to: Option<String>,
    pub status: Option<String>,
    /// `open`: with an open request for a later deadline.
    pub extension: Option<String>,
    /// `none`: overdue without a reason for it.
    pub reason: Option<String>,
    pub sort: Option<String>,
    pub as_of: Option<String>,
    pub limit: Option<String>,
    pub cursor: Option<String>,
}

/// A list as it is asked for.
#[derive(Debug, Clone, Default)]
pub struct TaskListAsked {
    /// As it was typed.
    pub typed: TaskListTyped,
    /// The filters.
    pub filter: TaskFilterInput,
    /// The day.
    pub day: NaiveDate,
    /// Tasks a page.
    pub limit: u32,
    /// Behind which task the page begins.
    pub after: Option<Cursor>,
}

/// Reads an address; what is faulty is left out and told.
///
/// # Errors
/// The database's.
pub fn read(
    conn: &mut TenantConn<'_>,
    mut params: Params,
    reader: &Acting,
    today: NaiveDate,
) -> Result<(TaskListAsked, Vec<ParameterFault>)> {
    let typed = TaskListTyped::take(&mut params);
    let (mut asked, faults) = typed.read(reader.visible(), today);
    let mut faults = Faults(faults);
    for fault in params.faults() {
        faults.add(&fault.name, fault.problem);
    }
    if let Some(name) = &typed.coordinating {
        match units::find(conn, name) {
            Ok(unit) => asked.filter.coordinating = Some(unit.id),
            Err(Error::Refused(Refusal::UnitUnknown(_))) => {
                faults.add("coordinating", ParameterProblem::NoSuchUnit);
            }
            Err(error) => return Err(error),
        }
    }
    asked.filter.given_to = person(conn, &mut faults, "assignee", typed.assignee.as_deref(), reader)?;
    asked.filter.leader = person(conn, &mut faults, "leader", typed.leader.as_deref(), reader)?;
    if let Some(cursor) = &typed.cursor {
        asked.after = Cursor::decode(cursor, asked.day, &asked.filter);
        if asked.after.is_none() {
            faults.add("cursor", ParameterProblem::NotACursor);
        }
    }
    Ok((asked, faults.0))
}

/// The lead unit is found by the list itself: what it says of an unknown one, as a fault of the parameter.
pub fn named_unit(error: Error) -> Error {
    match error {
        Error::Refused(Refusal::UnitUnknown(_)) => {
            let fault = ParameterFault { name: "unit".to_owned(), problem: ParameterProblem::NoSuchUnit };
            Refusal::Parameters(vec![fault]).into()
        }
        other => other,
    }
}

impl TaskListTyped {
    fn take(params: &mut Params) -> Self {
        Self {
            q: params.text("q"),
            unit: params.text("unit"),
            coordinating: params.text("coordinating"),
            standing: params.text("standing"),
            category: params.text("category"),
            product: params.text("product"),
            level: params.text("level"),
            due_from: params.text("due_from"),
            due_to: params.text("due_to"),
            completed_from: params.text("completed_from"),
            completed_to: params.text("completed_to"),
            late_from: params.text("late_from"),
            late_to: params.text("late_to"),
            assignee: params.text("assignee"),
            leader: params.text("leader"),
            source: params.text("source"),
            label: params.text("label"),
            field: params.text("field"),
            assigned_from: params.text("assigned_from"),
            assigned_to: params.text("assigned_to"),
            status: params.text("status"),
            extension: params.text("extension"),
            reason: params.text("reason"),
            sort: params.text("sort"),
            as_of: params.text("as_of"),
            limit: params.text("limit"),
            cursor: params.text("cursor"),
        }
    }

    /// Everything that can be read without the database.
    pub(crate) fn read(&self, visible: Visible, today: NaiveDate) -> (TaskListAsked, Vec<ParameterFault>) {
        let mut faults = Faults::default();
        let filter = TaskFilterInput {
            visible,
            q: faults.read("q", &self.q, words),
            unit: self.unit.clone(),
            coordinating: None,
            standing: faults.read("standing", &self.standing, |code| {
                StandingFilter::from_code(code)
                    .ok_or_else(|| ParameterProblem::NotOneOf(StandingFilter::codes()))
            }),
            category: faults.read("category", &self.category, |code| {
                known(code, Category::from_code, Category::ALL, Category::code)
            }),
            product: faults.read("product", &self.product, |code| {
                known(code, ProductKind::from_code, ProductKind::ALL, ProductKind::code)
            }),
            levels: faults.read("level", &self.level, levels).unwrap_or_default(),
            due_from: faults.read("due_from", &self.due_from, date),
            due_to: faults.read("due_to", &self.due_to, date),
            completed_from: faults.read("completed_from", &self.completed_from, date),
            completed_to: faults.read("completed_to", &self.completed_to, date),
            late_from: faults.read("late_from", &self.late_from, |n| number(n, 0, 100_000)),
            late_to: faults.read("late_to", &self.late_to, |n| number(n, 0, 100_000)),
            given_to: None,
            leader: None,
            source: faults.read("source", &self.source, words),
            label: faults.read("label", &self.label, words),
            field: faults.read("field", &self.field, words),
            assigned_from: faults.read("assigned_from", &self.assigned_from, date),
            assigned_to: faults.read("assigned_to", &self.assigned_to, date),
            status: faults.read("status", &self.status, |code| {
                known(code, Status::from_code, Status::ALL, Status::code)
            }),
            extension_asked: faults.read("extension", &self.extension, |code| only(code, "open")).is_some(),
            reason_missing: faults.read("reason", &self.reason, |code| only(code, "none")).is_some(),
            order: faults
                .read("sort", &self.sort, |code| known(code, Order::from_code, Order::ALL, Order::code))
                .unwrap_or(Order::Late),
        };
        let as_of = faults.read("as_of", &self.as_of, date);
        let limit = faults.read("limit", &self.limit, |n| number(n, 1, super::LONGEST_PAGE));
        // Who goes on without naming the day again goes on with the list's own, also after midnight.
        let of_cursor = self.cursor.as_deref().and_then(Cursor::day_of);
        let day = as_of.or(of_cursor).unwrap_or(today);
        let asked =
            TaskListAsked { typed: self.clone(), filter, day, limit: limit.unwrap_or(PAGE), after: None };
        (asked, faults.0)
    }
}

/// The person that a parameter names: by id, or `me`.
fn person(
    conn: &mut TenantConn<'_>,
    faults: &mut Faults,
    name: &str,
    typed: Option<&str>,
    reader: &Acting,
) -> Result<Option<Uuid>> {
    let Some(typed) = typed else { return Ok(None) };
    let found = match typed {
        ME => reader.person,
        id => match Uuid::parse_str(id) {
            Ok(id) => person_names(conn, &[id])?.contains_key(&id).then_some(id),
            Err(_) => None,
        },
    };
    if found.is_none() {
        faults.add(name, ParameterProblem::NoSuchPerson);
    }
    Ok(found)
}

fn words(typed: &str) -> std::result::Result<Search, ParameterProblem> {
    Search::of(typed).ok_or(ParameterProblem::TooLong(Search::LONGEST))
}

fn number(typed: &str, least: u32, most: u32) -> std::result::Result<u32, ParameterProblem> {
    let digits = typed.bytes().all(|b| b.is_ascii_digit());
    let found = typed.parse().ok().filter(|n| digits && (least..=most).contains(n));
    found.ok_or(ParameterProblem::NotBetween(least, most))
}

fn known<T: Copy>(
    code: &str,
    from_code: fn(&str) -> Option<T>,
    all: &[T],
    code_of: fn(T) -> &'static str,
) -> std::result::Result<T, ParameterProblem> {
    let codes = || all.iter().map(|value| code_of(*value)).collect::<Vec<_>>().join(" | ");
    from_code(code).ok_or_else(|| ParameterProblem::NotOneOf(codes()))
}

/// The one value that a filter has.
fn only(code: &str, value: &str) -> std::result::Result<(), ParameterProblem> {
    if code == value { Ok(()) } else { Err(ParameterProblem::NotOneOf(value.to_owned())) }
}

fn levels(typed: &str) -> std::result::Result<Vec<Level>, ParameterProblem> {
    typed.split(',').map(|code| known(code.trim(), Level::from_code, Level::ALL, Level::code)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(query: &str) -> TaskListTyped {
        TaskListTyped::take(&mut Params::parse(query))
    }

    #[test]
    fn an_address_is_read_and_blanks_are_not_set() {
        let query = "q=&unit=CVT&standing=due_today&category=key&level=government,prime_minister&due_from=01/12/2024\
                     &due_to=2024-12-31&late_from=8&as_of=29/11/2024&limit=25&status=paused&extension=open&sort=code";
        let (asked, faults) = typed(query).read(Visible::Tenant, NaiveDate::MIN);
        assert!(faults.is_empty(), "{faults:?}");
        let filter = asked.filter;
        assert_eq!((filter.q, asked.typed.unit.as_deref()), (None, Some("CVT")));
        assert_eq!(filter.standing, Some(StandingFilter::DueToday));
        assert_eq!(filter.levels, [Level::Government, Level::PrimeMinister]);
        assert_eq!(filter.due_from.map(|day| day.to_string()).as_deref(), Some("2024-12-01"));
        assert_eq!((filter.late_from, asked.limit), (Some(8), 25));
        assert_eq!((filter.status, filter.order), (Some(Status::Paused), Order::Code));
        assert!(filter.extension_asked && !filter.reason_missing);
        assert_eq!(Some(asked.day), NaiveDate::from_ymd_opt(2024, 11, 29));
    }

    #[test]
    fn every_fault_is_told_with_its_name() {
        let query = "standing=x&category=y&product=z&level=minister,a&due_from=b&as_of=31/2/2024&limit=201&late_to=-1\
                     &status=a&extension=closed&reason=x&sort=y&assigned_to=1";
        let (_, faults) = typed(query).read(Visible::Nothing, NaiveDate::MIN);
        let names: Vec<_> = faults.iter().map(|fault| fault.name.as_str()).collect();
        assert_eq!(
            names,
            [
                "standing",
                "category",
                "product",
                "level",
                "due_from",
                "late_to",
                "assigned_to",
                "status",
                "extension",
                "reason",
                "sort",
                "as_of",
                "limit"
            ]
        );
    }

    #[test]
    fn a_day_of_no_year_of_ours_is_no_date() {
        for day in ["+12345-01-01", "99999-01-01", "-0001-01-01", "20241129"] {
            assert!(date(day).is_err(), "{day}");
        }
    }
}
