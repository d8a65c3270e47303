//! A tenant's calendar: days off and make-up working days, one row a date, its own to edit.

mod store;

use std::collections::BTreeSet;

use chrono::Datelike;

use crate::db::TenantConn;
use crate::domain::calendar::{DayKind, WorkingCalendar};
use crate::domain::public_days::public_days;
use crate::error::Result;

/// Gives a new tenant the days of the public sector (DOMAIN §6).
///
/// # Errors
/// The database's.
pub fn install_public_days(conn: &mut TenantConn<'_>) -> Result<()> {
    store::insert(conn, &public_days())
}

/// The tenant's working calendar.
///
/// # Errors
/// The database's.
pub fn working_calendar(conn: &mut TenantConn<'_>) -> Result<WorkingCalendar> {
    Ok(WorkingCalendar::from_special(store::all(conn)?))
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
