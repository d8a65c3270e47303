//! SQL of opinions.

use chrono::NaiveDate;
use diesel::dsl::exists;
use diesel::prelude::*;
use diesel::sql_types::{Date, Nullable, Text, Uuid as SqlUuid};
use uuid::Uuid;

use super::input::NewOpinion;
use super::list::OpinionFilter;
use super::model::Opinion;
use crate::db::{Prepared, TenantConn};
use crate::domain::access::{Acting, Role};
use crate::domain::opinion::OpinionKind;
use crate::error::{Error, Result};
use crate::ids::new_id;
use crate::schema::{persons, posts, task_opinions};

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    task_id: Uuid,
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = Text)]
    unit: String,
    #[diesel(sql_type = Text)]
    unit_name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    words: String,
    #[diesel(sql_type = Text)]
    given_by: String,
    #[diesel(sql_type = Nullable<Text>)]
    giver: Option<String>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    leader_id: Option<Uuid>,
    #[diesel(sql_type = Nullable<Text>)]
    leader: Option<String>,
    #[diesel(sql_type = Date)]
    given_on: NaiveDate,
    #[diesel(sql_type = Nullable<Date>)]
    answer_due_on: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    follows_id: Option<Uuid>,
    #[diesel(sql_type = Nullable<Text>)]
    answer: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    answerer: Option<String>,
    #[diesel(sql_type = Nullable<Date>)]
    answered_on: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Date>)]
    closed_on: Option<NaiveDate>,
}

/// Every opinion on a task that was not deleted.
const OPINIONS: &str = "
SELECT o.id, o.task_id, t.code, t.title, u.short_name AS unit, u.name AS unit_name, o.kind, o.words, o.given_by,
       g.full_name AS giver, o.leader_id, l.full_name AS leader, o.given_on, o.answer_due_on, o.follows_id, o.answer,
       a.full_name AS answerer, o.answered_on, o.closed_on
  FROM task_opinions o
  JOIN tasks t ON t.tenant_id = $1 AND t.id = o.task_id AND t.deleted_at IS NULL
  JOIN units u ON u.tenant_id = $1 AND u.id = t.lead_unit_id
  LEFT JOIN persons g ON g.tenant_id = $1 AND g.id::text = o.given_by
  LEFT JOIN persons l ON l.tenant_id = $1 AND l.id = o.leader_id
  LEFT JOIN persons a ON a.tenant_id = $1 AND a.id::text = o.answered_by
 WHERE o.tenant_id = $1 AND ";

fn load(conn: &mut TenantConn<'_>, asked: Prepared) -> Result<Vec<Opinion>> {
    let rows: Vec<Row> = asked.load(conn.pg())?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Those of a filter: of a unit's tasks, of one whose opinion it is, or of everybody.
pub(super) fn select(
    conn: &mut TenantConn<'_>,
    unit: Option<Uuid>,
    own: Option<String>,
    filter: OpinionFilter,
) -> Result<Vec<Opinion>> {
    let state = match filter {
        OpinionFilter::Waiting => "o.closed_on IS NULL AND o.answer IS NULL AND o.answer_due_on IS NOT NULL",
        OpinionFilter::Answered => "o.closed_on IS NULL AND o.answer IS NOT NULL",
        OpinionFilter::Closed => "o.closed_on IS NOT NULL",
    };
    let order = match filter {
        OpinionFilter::Waiting => "o.answer_due_on, o.id",
        OpinionFilter::Answered => "o.answered_on, o.id",
        OpinionFilter::Closed => "o.closed_on DESC, o.id DESC",
    };
    let sql = format!(
        "{OPINIONS} {state} AND ($2::uuid IS NULL OR t.lead_unit_id = $2)
   AND ($3::text IS NULL OR o.given_by = $3 OR o.leader_id::text = $3) ORDER BY {order} LIMIT 200"
    );
    let asked = Prepared::new(sql, vec![conn.tenant().uuid().into(), unit.into(), own.into()]);
    load(conn, asked)
}

/// Those on a task, the latest first.
pub(super) fn of_task(conn: &mut TenantConn<'_>, task: Uuid) -> Result<Vec<Opinion>> {
    let sql = format!("{OPINIONS} o.task_id = $2 ORDER BY o.given_on DESC, o.id DESC");
    let asked = Prepared::new(sql, vec![conn.tenant().uuid().into(), task.into()]);
    load(conn, asked)
}

/// That of an id.
pub(super) fn one(conn: &mut TenantConn<'_>, id: Uuid) -> Result<Option<Opinion>> {
    let asked = Prepared::new(format!("{OPINIONS} o.id = $2"), vec![conn.tenant().uuid().into(), id.into()]);
    Ok(load(conn, asked)?.pop())
}

impl TryFrom<Row> for Opinion {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        let unknown = || Error::Internal("an opinion is of an unknown kind".to_owned());
        Ok(Self {
            kind: OpinionKind::from_code(&row.kind).ok_or_else(unknown)?,
            id: row.id,
            task_id: row.task_id,
            code: row.code,
            title: row.title,
            unit: row.unit,
            unit_name: row.unit_name,
            words: row.words,
            given_by: row.given_by,
            giver: row.giver,
            leader_id: row.leader_id,
            leader: row.leader,
            given_on: row.given_on,
            answer_due_on: row.answer_due_on,
            follows_id: row.follows_id,
            answer: row.answer,
            answerer: row.answerer,
            answered_on: row.answered_on,
            closed_on: row.closed_on,
        })
    }
}

/// Locks an opinion until the transaction ends; whether there is one.
pub(super) fn lock(conn: &mut TenantConn<'_>, id: Uuid) -> Result<bool> {
    let locked: Option<Uuid> = task_opinions::table
        .filter(task_opinions::tenant_id.eq(conn.tenant().uuid()))
        .filter(task_opinions::id.eq(id))
        .select(task_opinions::id)
        .for_update()
        .first(conn.pg())
        .optional()?;
    Ok(locked.is_some())
}

/// Those of the tasks for which an explanation was asked that is not closed.
pub(super) fn explaining(conn: &mut TenantConn<'_>, tasks: &[Uuid]) -> Result<Vec<Uuid>> {
    Ok(task_opinions::table
        .filter(task_opinions::tenant_id.eq(conn.tenant().uuid()))
        .filter(task_opinions::task_id.eq_any(tasks))
        .filter(task_opinions::kind.eq(OpinionKind::Explanation.code()))
        .filter(task_opinions::closed_on.is_null())
        .select(task_opinions::task_id)
        .load(conn.pg())?)
}

/// Whether somebody who may sign in is a leader on a day.
pub(super) fn is_leader(conn: &mut TenantConn<'_>, person: Uuid, day: NaiveDate) -> Result<bool> {
    let tenant = conn.tenant().uuid();
    let post = posts::table
        .inner_join(
            persons::table.on(persons::tenant_id.eq(posts::tenant_id).and(persons::id.eq(posts::person_id))),
        )
        .filter(posts::tenant_id.eq(tenant))
        .filter(posts::person_id.eq(person))
        .filter(posts::role.eq(Role::Leader.code()))
        .filter(posts::from_on.le(day))
        .filter(posts::until_on.is_null().or(posts::until_on.gt(day)))
        .filter(persons::active);
    Ok(diesel::select(exists(post)).get_result(conn.pg())?)
}

/// Writes the same opinion to each of these tasks; the ids, in their order.
pub(super) fn insert(
    conn: &mut TenantConn<'_>,
    acting: &Acting,
    tasks: &[Uuid],
    new: &NewOpinion,
    follows: Option<Uuid>,
    today: NaiveDate,
) -> Result<Vec<Uuid>> {
    let tenant = conn.tenant().uuid();
    let ids: Vec<Uuid> = tasks.iter().map(|_| new_id()).collect();
    let rows: Vec<_> = tasks
        .iter()
        .zip(&ids)
        .map(|(task, id)| {
            (
                task_opinions::tenant_id.eq(tenant),
                task_opinions::id.eq(*id),
                task_opinions::task_id.eq(*task),
                task_opinions::kind.eq(new.kind.code()),
                task_opinions::words.eq(&new.words),
                task_opinions::given_by.eq(&acting.actor),
                task_opinions::leader_id.eq(new.leader),
                task_opinions::given_on.eq(today),
                task_opinions::answer_due_on.eq(new.answer_due_on),
                task_opinions::follows_id.eq(follows),
            )
        })
        .collect();
    diesel::insert_into(task_opinions::table).values(rows).execute(conn.pg())?;
    Ok(ids)
}

/// Writes the answer.
pub(super) fn answer(
    conn: &mut TenantConn<'_>,
    id: Uuid,
    words: &str,
    by: &str,
    day: NaiveDate,
) -> Result<()> {
    let own = task_opinions::table
        .filter(task_opinions::tenant_id.eq(conn.tenant().uuid()))
        .filter(task_opinions::id.eq(id));
    let answered = (
        task_opinions::answer.eq(words),
        task_opinions::answered_by.eq(by),
        task_opinions::answered_on.eq(day),
    );
    diesel::update(own).set(answered).execute(conn.pg())?;
    Ok(())
}

/// Closes it.
pub(super) fn close(conn: &mut TenantConn<'_>, id: Uuid, by: &str, day: NaiveDate) -> Result<()> {
    let own = task_opinions::table
        .filter(task_opinions::tenant_id.eq(conn.tenant().uuid()))
        .filter(task_opinions::id.eq(id));
    let closed = (task_opinions::closed_by.eq(by), task_opinions::closed_on.eq(day));
    diesel::update(own).set(closed).execute(conn.pg())?;
    Ok(())
}
