//! SQL of the list of a day.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Date, Integer, Nullable, Text, Uuid as SqlUuid};
use uuid::Uuid;

use super::at::AsOf;
use super::question::{OVERDUE_DAYS, Question};
use crate::db::TenantConn;
use crate::domain::standing::Standing;
use crate::domain::task::{Category, Level, ProductKind, Status};
use crate::error::{Error, Result};
use crate::tasks::cursor::Cursor;
use crate::tasks::filter::TaskFilter;
use crate::tasks::model::TaskListed;

#[derive(QueryableByName)]
pub(super) struct Row {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = Text)]
    category: String,
    #[diesel(sql_type = Text)]
    unit: String,
    #[diesel(sql_type = Text)]
    unit_name: String,
    #[diesel(sql_type = Nullable<Text>)]
    source_number: Option<String>,
    #[diesel(sql_type = Text)]
    product: String,
    #[diesel(sql_type = Nullable<Text>)]
    level: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    level_words: Option<String>,
    #[diesel(sql_type = Nullable<Date>)]
    assigned_on: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Text>)]
    due_words: Option<String>,
    #[diesel(sql_type = Nullable<Date>)]
    original_due_on: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Date>)]
    due_on: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Date>)]
    completed_on: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Date>)]
    waiting_since: Option<NaiveDate>,
    #[diesel(sql_type = Text)]
    status: String,
    #[diesel(sql_type = Text)]
    standing: String,
    #[diesel(sql_type = Integer)]
    days_late: i32,
    #[diesel(sql_type = Bool)]
    due_soon: bool,
}

/// The columns of a row of a list; `d` is `task_at`, `t` the task, `u` the lead unit on the day.
pub(super) const COLUMNS: &str =
    "d.id, t.code, t.title, d.category, u.short_name AS unit, u.name AS unit_name, t.source_number, d.product, d.level,
       t.level_words, t.assigned_on, t.due_words, d.original_due_on, d.due_on, d.completed_on, d.waiting_since,
       t.status, d.standing, d.days_late, coalesce(d.due_soon, false) AS due_soon";

/// What is joined to `task_at d` for a row of a list.
pub(super) const JOINS: &str = "JOIN tasks t ON t.tenant_id = $1 AND t.id = d.id
  JOIN units u ON u.tenant_id = $1 AND u.id = d.unit_id";

/// The order of lists. A cursor compares with it, so the code's order is that of its bytes in both.
pub(super) fn order() -> String {
    format!("{OVERDUE_DAYS} DESC, d.due_on NULLS LAST, t.code COLLATE \"C\"")
}

/// The tasks of a day that match the filter.
pub(in crate::tasks) fn list(conn: &mut TenantConn<'_>, filter: &TaskFilter) -> Result<Vec<TaskListed>> {
    let rest = format!("SELECT {COLUMNS} FROM task_at d {JOINS} {{where}} ORDER BY {}", order());
    let question = Question::of(conn.tenant(), filter);
    read(question.ask(&rest).load(conn.pg())?)
}

/// The first of them behind a cursor.
///
/// The wide rows are read only for the tasks of the page, and for those of the same place as its first and its last:
/// `first` holds them all, ties too, since it can't tell their codes.
pub(in crate::tasks) fn page(
    conn: &mut TenantConn<'_>,
    filter: &TaskFilter,
    limit: u32,
    after: Option<&Cursor>,
) -> Result<Vec<TaskListed>> {
    let mut question = Question::of(conn.tenant(), filter);
    let limit = question.place(i32::try_from(limit).unwrap_or(i32::MAX));
    let (ties, behind) = match after.map(|cursor| question.begin_at(cursor)) {
        Some((same, behind)) => {
            (format!(" + (SELECT count(*) FROM matching d WHERE {same})"), format!("WHERE {behind}"))
        }
        None => (String::new(), String::new()),
    };
    let rest = format!(
        ", matching AS (
    SELECT d.* FROM task_at d {{where}}
), first AS (
    SELECT d.* FROM matching d ORDER BY {OVERDUE_DAYS} DESC, d.due_on NULLS LAST FETCH FIRST ({limit}{ties}) ROWS WITH TIES
)
SELECT {COLUMNS} FROM first d {JOINS} {behind} ORDER BY {} LIMIT {limit}",
        order()
    );
    read(question.ask(&rest).load(conn.pg())?)
}

/// One task as it is on a day, when it is counted then.
pub(in crate::tasks) fn one(conn: &mut TenantConn<'_>, id: Uuid, as_of: AsOf) -> Result<Option<TaskListed>> {
    let mut question = Question::of_day(conn.tenant(), as_of);
    let id = question.place(id);
    question.choose_among(format!("SELECT {id}::uuid"));
    let rows = question.ask(&format!("SELECT {COLUMNS} FROM task_at d {JOINS}")).load(conn.pg())?;
    Ok(read(rows)?.pop())
}

pub(super) fn read(rows: Vec<Row>) -> Result<Vec<TaskListed>> {
    rows.into_iter().map(TaskListed::try_from).collect()
}

impl TryFrom<Row> for TaskListed {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        let unknown = |what: &str| Error::Internal(format!("a task holds an unknown {what}"));
        let level = match &row.level {
            Some(code) => Some(Level::from_code(code).ok_or_else(|| unknown("level"))?),
            None => None,
        };
        Ok(Self {
            category: Category::from_code(&row.category).ok_or_else(|| unknown("category"))?,
            product: ProductKind::from_code(&row.product).ok_or_else(|| unknown("product"))?,
            status: Status::from_code(&row.status).ok_or_else(|| unknown("status"))?,
            standing: Standing::from_code(&row.standing).ok_or_else(|| unknown("standing"))?,
            days_late: u32::try_from(row.days_late).map_err(|_| unknown("number of days"))?,
            id: row.id,
            code: row.code,
            title: row.title,
            unit: row.unit,
            unit_name: row.unit_name,
            source_number: row.source_number,
            level,
            level_words: row.level_words,
            assigned_on: row.assigned_on,
            due_words: row.due_words,
            original_due_on: row.original_due_on,
            due_on: row.due_on,
            completed_on: row.completed_on,
            waiting_since: row.waiting_since,
            due_soon: row.due_soon,
        })
    }
}
