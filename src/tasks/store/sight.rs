//! SQL of tasks seen on a day by what is known now, with the lead unit's id: what briefings are made of.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Date, Text, Uuid as SqlUuid};
use uuid::Uuid;

use super::at::AsOf;
use super::list::{COLUMNS, JOINS, Row, read};
use super::question::Question;
use crate::db::TenantConn;
use crate::domain::task::Status;
use crate::error::{Error, Result};
use crate::tasks::model::TaskListed;

/// Which tasks are looked at.
#[derive(Debug, Clone, Copy)]
pub enum Chosen<'a> {
    /// Those of these ids.
    Ids(&'a [Uuid]),
    /// Every key task.
    Key,
    /// The key tasks that the Government or the Prime Minister gave.
    Government,
}

/// Selects the key tasks given by the Government, the Prime Minister or the Office of the Government: their number says
/// so (`1234/QĐ-TTg`, `05/NQ-CP`, `5537/VPCP-KGVX`), or who issued the document.
pub const GIVEN_BY_GOVERNMENT: &str = "SELECT id FROM tasks
 WHERE tenant_id = $1 AND category = 'key' AND deleted_at IS NULL
   AND (source_number ~ '[-/](TTg|CP|VPCP)(-|$)'
        OR source_issuer ~* '^\\s*(chính phủ|thủ tướng|văn phòng chính phủ)')";

const KEY: &str = "SELECT id FROM tasks WHERE tenant_id = $1 AND category = 'key' AND deleted_at IS NULL";

/// A task on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sight {
    /// Its lead unit.
    pub unit: Uuid,
    /// What a list shows of it.
    pub task: TaskListed,
}

#[derive(QueryableByName)]
struct SightRow {
    #[diesel(sql_type = SqlUuid)]
    unit_id: Uuid,
    #[diesel(embed)]
    row: Row,
}

/// Tasks as they were on a day, by their codes; what is not counted on it is left out.
///
/// # Errors
/// The database's.
pub fn sights(conn: &mut TenantConn<'_>, chosen: Chosen<'_>, as_of: AsOf) -> Result<Vec<Sight>> {
    let mut question = Question::of_day(conn.tenant(), as_of);
    let ids = match chosen {
        Chosen::Ids(ids) => {
            let texts: Vec<String> = ids.iter().map(Uuid::to_string).collect();
            format!("SELECT unnest({}::text[]::uuid[])", question.place(texts))
        }
        Chosen::Key => KEY.to_owned(),
        Chosen::Government => GIVEN_BY_GOVERNMENT.to_owned(),
    };
    question.choose_among(ids);
    let rest = format!(
        "SELECT d.unit_id, {COLUMNS} FROM task_at d {JOINS} WHERE d.category = 'key' ORDER BY t.code COLLATE \"C\""
    );
    let rows: Vec<SightRow> = question.ask(&rest).load(conn.pg())?;
    let (units, rows): (Vec<Uuid>, Vec<Row>) = rows.into_iter().map(|row| (row.unit_id, row.row)).unzip();
    Ok(units.into_iter().zip(read(rows)?).map(|(unit, task)| Sight { unit, task }).collect())
}

/// What a task is now, whatever day is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// Whether it is a key task.
    pub is_key: bool,
    /// Whether it was deleted.
    pub is_deleted: bool,
    /// Why it is outside the count on the day.
    pub outside: Option<Status>,
}

#[derive(QueryableByName)]
struct MarkRow {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Bool)]
    is_key: bool,
    #[diesel(sql_type = Bool)]
    is_deleted: bool,
    #[diesel(sql_type = diesel::sql_types::Nullable<Text>)]
    state: Option<String>,
}

const MARKS: &str = "
SELECT t.id, t.category = 'key' AS is_key, t.deleted_at IS NOT NULL AS is_deleted,
       (SELECT e.state FROM task_exclusions e
         WHERE e.tenant_id = $1 AND e.task_id = t.id AND (e.from_on <= $3 OR e.from_on IS NULL)
           AND (e.until_on > $3 OR e.until_on IS NULL)
         ORDER BY e.from_on DESC NULLS LAST, e.id DESC LIMIT 1) AS state
  FROM tasks t WHERE t.tenant_id = $1 AND t.id = ANY ($2)";

/// What tasks are now, and why they are outside the count on a day.
///
/// # Errors
/// The database's.
pub fn marks(conn: &mut TenantConn<'_>, ids: &[Uuid], day: NaiveDate) -> Result<HashMap<Uuid, Mark>> {
    let tenant = conn.tenant().uuid();
    let rows: Vec<MarkRow> = diesel::sql_query(MARKS)
        .bind::<SqlUuid, _>(tenant)
        .bind::<Array<SqlUuid>, _>(ids)
        .bind::<Date, _>(day)
        .load(conn.pg())?;
    let mark = |row: MarkRow| {
        let unknown = || Error::Internal("a task is outside the count in an unknown state".to_owned());
        let outside = match &row.state {
            Some(code) => Some(Status::from_code(code).ok_or_else(unknown)?),
            None => None,
        };
        Ok((row.id, Mark { is_key: row.is_key, is_deleted: row.is_deleted, outside }))
    };
    rows.into_iter().map(mark).collect()
}
