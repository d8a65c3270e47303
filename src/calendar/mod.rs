//! A tenant's calendar: days off and make-up working days, one row a date, its own to edit.

mod store;

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use crate::db::TenantConn;
use crate::domain::calendar::{DayKind, SpecialDay, WorkingCalendar};
use crate::domain::public_days::public_days;
use crate::error::Result;

/// Gives a new tenant the days of the public sector (DOMAIN §6).
///
/// # Errors
/// The database's.
pub fn install_public_days(conn: &mut TenantConn<'_>) -> Result<()> {
    let announced = public_days().into_iter().map(|day| CalendarDay {
        day: day.day,
        kind: day.kind,
        name: day.name.to_owned(),
        source: None,
        provisional: day.provisional,
    });
    store::save(conn, &announced.collect::<Vec<_>>())
}

/// A special day as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarDay {
    /// The day.
    pub day: NaiveDate,
    /// Off or worked.
    pub kind: DayKind,
    /// Why.
    pub name: String,
    /// The document that says so.
    pub source: Option<String>,
    /// Whether it is not announced yet.
    pub provisional: bool,
}

/// The calendar that special days make.
pub fn calendar_of(days: &[CalendarDay]) -> WorkingCalendar {
    WorkingCalendar::from_special(days.iter().map(|day| SpecialDay { day: day.day, kind: day.kind }))
}

/// Every special day, the earliest first.
///
/// # Errors
/// The database's.
pub fn days(conn: &mut TenantConn<'_>) -> Result<Vec<CalendarDay>> {
    store::all(conn)
}

/// Lets one change of the calendar come after the other, until the transaction ends.
///
/// # Errors
/// The database's.
pub fn lock(conn: &mut TenantConn<'_>) -> Result<()> {
    store::lock(conn)
}

/// Keeps days, in place of what was said of them before.
///
/// # Errors
/// The database's.
pub fn save(conn: &mut TenantConn<'_>, days: &[CalendarDay]) -> Result<()> {
    store::save(conn, days)
}

/// Forgets what was said of days: each is judged by its weekday again.
///
/// # Errors
/// The database's.
pub fn forget(conn: &mut TenantConn<'_>, days: &[NaiveDate]) -> Result<()> {
    store::delete(conn, days)
}

/// The tenant's working calendar.
///
/// # Errors
/// The database's.
pub fn working_calendar(conn: &mut TenantConn<'_>) -> Result<WorkingCalendar> {
    Ok(calendar_of(&store::all(conn)?))
}

/// A year's special days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearDays {
    /// The year.
    pub year: i32,
    /// Its days off, beside the weekends.
    pub off: usize,
    /// Its make-up working days.
    pub work: usize,
}

/// How many days off and make-up working days each year has, the earliest year first.
///
/// # Errors
/// The database's.
pub fn years(conn: &mut TenantConn<'_>) -> Result<Vec<YearDays>> {
    let days = store::all(conn)?;
    let of = |year: i32, kind: DayKind| {
        days.iter().filter(|day| day.day.year() == year && day.kind == kind).count()
    };
    let years: BTreeSet<i32> = days.iter().map(|day| day.day.year()).collect();
    let counted = |year| YearDays { year, off: of(year, DayKind::Off), work: of(year, DayKind::Work) };
    Ok(years.into_iter().map(counted).collect())
}
