//! SQL of a unit's day: its groups of tasks in one statement, of each the first and how many there are.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer};
use uuid::Uuid;

use super::at::AsOf;
use super::list::{self, COLUMNS, JOINS, order};
use super::question::{Led, Question, condition};
use crate::db::TenantConn;
use crate::domain::access::Visible;
use crate::domain::standing::Standing;
use crate::error::Result;
use crate::tasks::filter::StandingFilter;
use crate::tasks::model::TaskListed;

#[derive(QueryableByName)]
struct Row {
    #[diesel(embed)]
    task: list::Row,
    #[diesel(sql_type = Integer)]
    part: i32,
    #[diesel(sql_type = BigInt)]
    of: i64,
    #[diesel(sql_type = BigInt)]
    of_key: i64,
}

/// A task of a group.
pub(in crate::tasks) struct Found {
    /// The group's place among them.
    pub part: i32,
    /// How many tasks it has.
    pub total: u64,
    /// How many of them are key tasks.
    pub key: u64,
    pub task: TaskListed,
}

/// Overdue (0), due today (1), due soon but not today (2), waiting (3), coordinating and in progress (4): of each the
/// first `limit` tasks. A task that waits and is overdue stands in both groups.
pub(in crate::tasks) fn groups(
    conn: &mut TenantConn<'_>,
    unit: Uuid,
    as_of: AsOf,
    limit: i32,
) -> Result<Vec<Found>> {
    let mut question = Question::of_day(conn.tenant(), as_of);
    let (led, coordinated) = (question.led_by(unit, Led::Unfinished), question.coordinated_by(unit));
    question.choose_among(format!("{led} UNION ALL {coordinated}"));
    question.see(Visible::Unit(unit));
    let (unit, limit) = (question.place(unit), question.place(limit));
    let leads = |standing| format!("d.unit_id = {unit} AND {}", condition(standing));
    let parts = [
        leads(StandingFilter::Is(Standing::Overdue)),
        leads(StandingFilter::DueToday),
        format!("{} AND d.due_on > $2", leads(StandingFilter::DueSoon)),
        leads(StandingFilter::Waiting),
        format!("d.id IN ({coordinated}) AND {}", condition(StandingFilter::InProgress)),
    ];
    let parts: Vec<String> = parts.iter().enumerate().map(|(n, holds)| format!("({n}, {holds})")).collect();
    let order = order();
    let rest = format!(
        "SELECT * FROM (
    SELECT {COLUMNS}, p.part, count(*) OVER (PARTITION BY p.part) AS of,
           count(*) FILTER (WHERE d.category = 'key') OVER (PARTITION BY p.part) AS of_key,
           row_number() OVER (PARTITION BY p.part ORDER BY {order}) AS place
      FROM task_at d {JOINS}
     CROSS JOIN LATERAL (VALUES {}) AS p (part, holds)
     {{where}} AND p.holds) AS ranked
 WHERE place <= {limit}
 ORDER BY part, place",
        parts.join(", ")
    );
    let rows: Vec<Row> = question.ask(&rest).load(conn.pg())?;
    let found = |row: Row| {
        let (total, key) = (row.of.unsigned_abs(), row.of_key.unsigned_abs());
        Ok(Found { part: row.part, total, key, task: row.task.try_into()? })
    };
    rows.into_iter().map(found).collect()
}
