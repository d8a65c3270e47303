//! SQL of exports: rows one by one, and how many files a reader had.

use chrono::{DateTime, Utc};
use diesel::pg::PgRowByRowLoadingMode;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};

use super::list::{COLUMNS, JOINS, Row, whole_order};
use super::question::Question;
use crate::db::TenantConn;
use crate::error::Result;
use crate::schema::journal;
use crate::tasks::filter::TaskFilter;
use crate::tasks::model::TaskListed;

/// What the journal calls an export.
pub(in crate::tasks) const ACT: &str = "tasks.export";

/// Gives the tasks of a list to `take` as the server sends them, `most` at most.
pub(in crate::tasks) fn each(
    conn: &mut TenantConn<'_>,
    filter: &TaskFilter,
    most: usize,
    mut take: impl FnMut(TaskListed) -> Result<()>,
) -> Result<()> {
    let order = whole_order(filter.asked.order);
    let rest = format!("SELECT {COLUMNS} FROM task_at d {JOINS} {{where}} ORDER BY {order} LIMIT {most}");
    let question = Question::of(conn.tenant(), filter).ask(&rest);
    for row in question.load_iter::<Row, PgRowByRowLoadingMode>(conn.pg())? {
        take(row?.try_into()?)?;
    }
    Ok(())
}

#[derive(QueryableByName)]
struct TurnRow {
    #[diesel(sql_type = Bool)]
    taken: bool,
}

/// Whether no other export of a reader is on its way: then this is the one until its transaction ends. It waits for none:
/// who waits holds a connection that others need.
pub(in crate::tasks) fn take_turn(conn: &mut TenantConn<'_>, actor: &str) -> Result<bool> {
    let key = format!("{ACT} {} {actor}", conn.tenant().uuid());
    let row: TurnRow =
        diesel::sql_query("SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS taken")
            .bind::<Text, _>(key)
            .get_result(conn.pg())?;
    Ok(row.taken)
}

/// When the reader's last exports since an instant were, the latest first, `most` at most.
pub(in crate::tasks) fn latest(
    conn: &mut TenantConn<'_>,
    actor: &str,
    since: DateTime<Utc>,
    most: usize,
) -> Result<Vec<DateTime<Utc>>> {
    let asked = journal::table
        .filter(journal::tenant_id.eq(conn.tenant().uuid()))
        // Subject and instant are those of an index.
        .filter(journal::subject.eq("list"))
        .filter(journal::subject_id.is_null())
        .filter(journal::at.gt(since))
        .filter(journal::act.eq(ACT))
        .filter(journal::actor.eq(actor));
    Ok(asked
        .select(journal::at)
        .order(journal::at.desc())
        .limit(i64::try_from(most).unwrap_or(i64::MAX))
        .load(conn.pg())?)
}
