//! SQL of the list of a day.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Date, Integer, Nullable, Text, Uuid as SqlUuid};
use uuid::Uuid;

use super::at::AsOf;
use super::question::{OVERDUE_DAYS, Question};
use crate::db::{Prepared, TenantConn};
use crate::domain::order::Order;
use crate::domain::standing::Standing;
use crate::domain::task::{Category, Level, ProductKind, Status};
use crate::error::{Error, Result};
use crate::tasks::cursor::{Cursor, Ordered, Worst};
use crate::tasks::filter::{Search, TaskFilter};
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

/// The order of a list that is read whole, where `t` and `u` are joined.
pub(super) fn whole_order(asked: Order) -> String {
    let direction = if asked.is_descending() { "DESC" } else { "ASC" };
    match asked {
        Order::Late => order(),
        other => format!("({}) COLLATE \"C\" {direction}, d.id {direction}", sort_key(other).0),
    }
}

/// The tasks of a day that match the filter.
pub(in crate::tasks) fn list(conn: &mut TenantConn<'_>, filter: &TaskFilter) -> Result<Vec<TaskListed>> {
    let rest = format!("SELECT {COLUMNS} FROM task_at d {JOINS} {{where}} ORDER BY {}", order());
    let question = Question::of(conn.tenant(), filter);
    read(question.ask(&rest).load(conn.pg())?)
}

/// The first of them behind a cursor, in the order asked for, each with the cursor of its place.
pub(in crate::tasks) fn page(
    conn: &mut TenantConn<'_>,
    filter: &TaskFilter,
    limit: u32,
    after: Option<&Cursor>,
) -> Result<Vec<(TaskListed, Cursor)>> {
    match (filter.asked.order, after) {
        (Order::Late, Some(Cursor::Worst(after))) => worst(conn, filter, limit, Some(after)),
        (Order::Late, _) => worst(conn, filter, limit, None),
        (_, Some(Cursor::Ordered(after))) => ordered(conn, filter, limit, Some(after)),
        (_, _) => ordered(conn, filter, limit, None),
    }
}

/// The wide rows are read only for the tasks of the page, and for those of the same place as its first and its last:
/// `first` holds them all, ties too, since it can't tell their codes.
fn worst(
    conn: &mut TenantConn<'_>,
    filter: &TaskFilter,
    limit: u32,
    after: Option<&Worst>,
) -> Result<Vec<(TaskListed, Cursor)>> {
    let mut question = Question::of(conn.tenant(), filter);
    let limit = question.place(i32::try_from(limit).unwrap_or(i32::MAX));
    let (ties, behind) = match after.map(|worst| question.begin_at(worst)) {
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
    let tasks = read(question.ask(&rest).load(conn.pg())?)?;
    Ok(tasks
        .into_iter()
        .map(|task| (Worst::of(&task), task))
        .map(|(w, task)| (task, Cursor::Worst(w)))
        .collect())
}

/// The text by which an order sorts, and what must be joined to have it. A day is a text of ten digits and signs.
fn sort_key(order: Order) -> (&'static str, &'static str) {
    const TASK: &str = "JOIN tasks t ON t.tenant_id = $1 AND t.id = d.id";
    match order {
        Order::Late | Order::Due => ("coalesce(to_char(d.due_on, 'YYYY-MM-DD'), '~')", ""),
        Order::Code => ("t.code", TASK),
        Order::Assigned => ("coalesce(to_char(t.assigned_on, 'YYYY-MM-DD'), '')", TASK),
        Order::Unit => (
            "to_char(u.position, '0000000000') || coalesce(to_char(d.due_on, 'YYYY-MM-DD'), '~')",
            "JOIN units u ON u.tenant_id = $1 AND u.id = d.unit_id",
        ),
        Order::Changed => ("to_char(t.updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')", TASK),
    }
}

#[derive(QueryableByName)]
struct OrderedRow {
    #[diesel(embed)]
    task: Row,
    #[diesel(sql_type = Text)]
    key: String,
}

fn ordered(
    conn: &mut TenantConn<'_>,
    filter: &TaskFilter,
    limit: u32,
    after: Option<&Ordered>,
) -> Result<Vec<(TaskListed, Cursor)>> {
    let mut question = Question::of(conn.tenant(), filter);
    let (key, joins) = sort_key(filter.asked.order);
    let (direction, beyond) = if filter.asked.order.is_descending() { ("DESC", "<") } else { ("ASC", ">") };
    let behind = match after {
        Some(Ordered { key, id }) => {
            let (key, id) = (question.place(key.clone()), question.place(*id));
            format!("WHERE (d.key, d.id) {beyond} ({key}, {id})")
        }
        None => String::new(),
    };
    let limit = question.place(i32::try_from(limit).unwrap_or(i32::MAX));
    let rest = format!(
        ", placed AS (
    SELECT d.*, ({key}) COLLATE \"C\" AS key FROM task_at d {joins} {{where}}
), first AS (
    SELECT d.* FROM placed d {behind} ORDER BY d.key {direction}, d.id {direction} LIMIT {limit}
)
SELECT {COLUMNS}, d.key FROM first d {JOINS} ORDER BY d.key {direction}, d.id {direction}"
    );
    let rows: Vec<OrderedRow> = question.ask(&rest).load(conn.pg())?;
    let placed = |row: OrderedRow| {
        let cursor = Cursor::Ordered(Ordered { key: row.key, id: row.task.id });
        Ok((row.task.try_into()?, cursor))
    };
    rows.into_iter().map(placed).collect()
}

/// What the words are found in, whoever may see it; `None` when it is more than `most`. One look at an index of the
/// tenant's words: behind row-level security no index of parts of words is used.
pub(in crate::tasks) fn found(
    conn: &mut TenantConn<'_>,
    q: &Search,
    most: usize,
) -> Result<Option<Vec<Uuid>>> {
    const FOUND: &str = "SELECT id FROM tasks WHERE tenant_id = $1 AND deleted_at IS NULL AND search_key LIKE ALL ($2) LIMIT $3";
    #[derive(QueryableByName)]
    struct Found {
        #[diesel(sql_type = SqlUuid)]
        id: Uuid,
    }
    let limit = i32::try_from(most).unwrap_or(i32::MAX).saturating_add(1);
    let values = vec![conn.tenant().uuid().into(), q.word_patterns().into(), limit.into()];
    let rows: Vec<Found> = Prepared::new(FOUND.to_owned(), values).load(conn.pg())?;
    Ok((rows.len() <= most).then(|| rows.into_iter().map(|row| row.id).collect()))
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
