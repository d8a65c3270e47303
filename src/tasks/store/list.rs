//! SQL of the list of a day.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Date, Integer, Nullable, Text, Uuid as SqlUuid};
use uuid::Uuid;

use super::at::bind_as_of;
use crate::db::TenantConn;
use crate::domain::standing::Standing;
use crate::domain::task::{Category, Level, ProductKind, Status};
use crate::error::{Error, Result};
use crate::tasks::list::{StandingFilter, TaskFilter};
use crate::tasks::model::TaskListed;

#[derive(QueryableByName)]
struct Row {
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

/// A filter that is not set is `NULL` and lets every row through.
const LIST: &str = "
SELECT d.id, t.code, t.title, d.category, u.short_name AS unit, t.source_number, d.product, d.level, t.level_words,
       t.assigned_on, t.due_words, d.original_due_on, d.due_on, d.completed_on, d.waiting_since, t.status,
       d.standing, d.days_late, coalesce(d.due_soon, false) AS due_soon
  FROM task_at d
  JOIN tasks t ON t.tenant_id = $1 AND t.id = d.id
  JOIN units u ON u.tenant_id = $1 AND u.id = d.unit_id
 WHERE ($4::uuid IS NULL OR d.unit_id = $4)
   AND ($5::text IS NULL OR d.category = $5)
   AND ($6::text IS NULL OR d.product = $6)
   AND ($7::text IS NULL OR CASE $7 WHEN 'due_soon' THEN d.due_soon
                                    WHEN 'waiting' THEN d.waiting_since IS NOT NULL
                                                        AND d.standing IN ('within_term', 'overdue')
                                    ELSE d.standing = $7 END)
   AND ($8::date IS NULL OR d.due_on >= $8) AND ($9::date IS NULL OR d.due_on <= $9)
   AND ($10::date IS NULL OR d.completed_on >= $10) AND ($11::date IS NULL OR d.completed_on <= $11)
   AND (cardinality($12::text[]) = 0 OR d.level = ANY ($12))
 ORDER BY CASE d.standing WHEN 'overdue' THEN d.days_late ELSE 0 END DESC, d.due_on, t.code";

/// The tasks of a day that match the filter.
pub(in crate::tasks) fn list(conn: &mut TenantConn<'_>, filter: &TaskFilter) -> Result<Vec<TaskListed>> {
    let asked = &filter.asked;
    let levels: Vec<&str> = asked.levels.iter().map(|level| level.code()).collect();
    let rows: Vec<Row> = bind_as_of(LIST, conn.tenant(), filter.as_of)
        .bind::<Nullable<SqlUuid>, _>(filter.unit)
        .bind::<Nullable<Text>, _>(asked.category.map(Category::code))
        .bind::<Nullable<Text>, _>(asked.product.map(ProductKind::code))
        .bind::<Nullable<Text>, _>(asked.standing.map(StandingFilter::code))
        .bind::<Nullable<Date>, _>(asked.due_from)
        .bind::<Nullable<Date>, _>(asked.due_to)
        .bind::<Nullable<Date>, _>(asked.completed_from)
        .bind::<Nullable<Date>, _>(asked.completed_to)
        .bind::<Array<Text>, _>(levels)
        .load(conn.pg())?;
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
