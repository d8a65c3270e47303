//! Work that comes again as JSON.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::model::{Coming, Recurrence};
use crate::domain::recurrence::DayForm;
use crate::units::Unit;

/// A turn to come as JSON.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ComingTurn)]
struct ComingOut {
    turn: String,
    due_on: NaiveDate,
    appears_on: NaiveDate,
}

/// Work that comes again as JSON. `month` is the month of the turn, from 1; `day` the day of that month, or
/// `weekday`, from 1, Monday, as `day_form` says.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Recurrence)]
pub struct RecurrenceOut<'a> {
    id: Uuid,
    title: &'a str,
    category: &'static str,
    source_number: Option<&'a str>,
    source_date: Option<NaiveDate>,
    unit: Option<&'a str>,
    coordinating: Vec<&'a str>,
    leader: Option<Uuid>,
    follower: Option<Uuid>,
    assignees: &'a [Uuid],
    product: &'static str,
    every: &'static str,
    month: u32,
    day_form: &'static str,
    day: Option<u32>,
    weekday: Option<u32>,
    notice_days: u32,
    from: NaiveDate,
    until: Option<NaiveDate>,
    paused_on: Option<NaiveDate>,
    version: i32,
    next: Vec<ComingOut>,
}

impl<'a> RecurrenceOut<'a> {
    /// With the units by their short names.
    pub fn of(of: &'a Recurrence, coming: &[Coming], all: &'a [Unit]) -> Self {
        let name = |id: Uuid| all.iter().find(|unit| unit.id == id).map(|unit| unit.short_name.as_str());
        let next = |one: &Coming| ComingOut {
            turn: one.turn.turn.to_string(),
            due_on: one.turn.due_on,
            appears_on: one.appears_on,
        };
        let (work, day) = (&of.work, of.work.rule.day());
        let (number, is_number) = (day.number(), day.form() == DayForm::Number);
        Self {
            id: of.id,
            title: &work.title,
            category: work.category.code(),
            source_number: work.source_number.as_deref(),
            source_date: work.source_date,
            unit: name(work.unit),
            coordinating: work.coordinating.iter().filter_map(|id| name(*id)).collect(),
            leader: work.leader,
            follower: work.follower,
            assignees: &work.assignees,
            product: work.product.code(),
            every: work.rule.every().code(),
            month: work.rule.month(),
            day_form: day.form().code(),
            day: number.filter(|_| is_number),
            weekday: number.filter(|_| !is_number),
            notice_days: work.notice_days,
            from: work.from_on,
            until: work.until_on,
            paused_on: of.paused_on,
            version: of.version,
            next: coming.iter().map(next).collect(),
        }
    }
}
