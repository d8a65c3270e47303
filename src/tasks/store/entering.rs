//! SQL of entering and changing tasks.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Date, Nullable, Text, Uuid as SqlUuid};
use uuid::Uuid;

use crate::db::{Prepared, TenantConn, Value};
use crate::error::Result;
use crate::schema::task_extensions;

/// Titles read to be compared; a title of which more are alike than this is no slip.
const MOST: usize = 500;

/// A task and its title.
#[derive(QueryableByName)]
pub(in crate::tasks) struct Titled {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = Text)]
    pub code: String,
    #[diesel(sql_type = Text)]
    pub title: String,
    #[diesel(sql_type = Text)]
    pub title_key: String,
}

/// The open tasks whose folded titles are about as long as one and have most of these words; the words are letters and
/// digits only.
pub(in crate::tasks) fn with_words(
    conn: &mut TenantConn<'_>,
    title_key: &str,
    words: &[&str],
    own: Option<Uuid>,
) -> Result<Vec<Titled>> {
    let number = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
    let length = title_key.chars().count();
    let mut values: Vec<Value> = vec![
        conn.tenant().uuid().into(),
        own.into(),
        number(length * 6 / 10).into(),
        number(length * 10 / 6 + 1).into(),
        number(words.len().saturating_sub(words.len() / 3)).into(),
    ];
    let mut has = Vec::new();
    for word in words {
        values.push(format!("%{word}%").into());
        has.push(format!("(title_key LIKE ${})::int", values.len()));
    }
    let sql = format!(
        "SELECT id, code, title, title_key FROM tasks
          WHERE tenant_id = $1 AND completed_on IS NULL AND deleted_at IS NULL
            AND status NOT IN ('cancelled', 'transferred') AND id IS DISTINCT FROM $2
            AND length(title_key) BETWEEN $3 AND $4 AND {} >= $5
          LIMIT {MOST}",
        has.join(" + ")
    );
    Ok(Prepared::new(sql, values).load(conn.pg())?)
}

/// Whether a later deadline was ever decided about, agreed or refused.
pub(in crate::tasks) fn has_decided_extension(conn: &mut TenantConn<'_>, task: Uuid) -> Result<bool> {
    use task_extensions::dsl;
    let decided = dsl::task_extensions
        .filter(dsl::tenant_id.eq(conn.tenant().uuid()))
        .filter(dsl::task_id.eq(task))
        .filter(dsl::decision.is_not_null());
    Ok(diesel::select(diesel::dsl::exists(decided)).get_result(conn.pg())?)
}

const FIRST_FACT: &str = "
SELECT least((SELECT min(submitted_on) FROM task_submissions WHERE tenant_id = $1 AND task_id = $2),
             (SELECT min(from_on) FROM task_exclusions WHERE tenant_id = $1 AND task_id = $2)) AS day";

#[derive(QueryableByName)]
struct FirstFact {
    #[diesel(sql_type = Nullable<Date>)]
    day: Option<NaiveDate>,
}

/// The first day of which a report or a time outside the count is known.
pub(in crate::tasks) fn first_fact_on(conn: &mut TenantConn<'_>, task: Uuid) -> Result<Option<NaiveDate>> {
    let values = vec![conn.tenant().uuid().into(), task.into()];
    let row: FirstFact = Prepared::new(FIRST_FACT.to_owned(), values).get_result(conn.pg())?;
    Ok(row.day)
}

const ABOVE: &str = "
WITH RECURSIVE above AS (
    SELECT id, parent_id FROM tasks WHERE tenant_id = $1 AND id = $2
    UNION
    SELECT t.id, t.parent_id FROM tasks t JOIN above ON t.tenant_id = $1 AND t.id = above.parent_id
)
SELECT EXISTS (SELECT FROM above WHERE id = $3) AS is_part";

#[derive(QueryableByName)]
struct Part {
    #[diesel(sql_type = Bool)]
    is_part: bool,
}

/// Whether a task is another one or a part of it, at any depth.
pub(in crate::tasks) fn is_part_of(conn: &mut TenantConn<'_>, task: Uuid, of: Uuid) -> Result<bool> {
    let values = vec![conn.tenant().uuid().into(), task.into(), of.into()];
    let row: Part = Prepared::new(ABOVE.to_owned(), values).get_result(conn.pg())?;
    Ok(row.is_part)
}
