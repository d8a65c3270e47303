//! SQL of digests: who holds which post, and the facts of the whole tenant in a few sets.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::dsl::max;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Date, Integer, Nullable, Text, Uuid as SqlUuid};
use diesel::upsert::excluded;
use uuid::Uuid;

use crate::db::{Prepared, TenantConn};
use crate::domain::access::Role;
use crate::domain::digest::{DigestDays, DigestTask};
use crate::domain::digest_day::DayState;
use crate::domain::lang::Lang;
use crate::domain::standing::Standing;
use crate::domain::task::Category;
use crate::error::{Error, Result};
use crate::schema::{digest_days, task_coordinators};
use crate::tasks::{AsOf, bind_as_of};

/// The states of a day.
const PLANNED: &str = "planned";
const MISSED: &str = "missed";

#[derive(QueryableByName)]
struct HolderRow {
    #[diesel(sql_type = SqlUuid)]
    person: Uuid,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    email: String,
    #[diesel(sql_type = Text)]
    language: String,
    #[diesel(sql_type = Bool)]
    active: bool,
    #[diesel(sql_type = Text)]
    role: String,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    unit: Option<Uuid>,
}

/// Somebody who holds a post on a day.
#[derive(Debug, Clone)]
pub struct Holder {
    /// The person.
    pub person: Uuid,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their language.
    pub lang: Lang,
    /// Whether they may sign in.
    pub active: bool,
    /// The role of the post, of a deputy that of the post they are deputy for.
    pub role: Role,
    /// Its unit.
    pub unit: Option<Uuid>,
}

/// Who holds a post of a role with letters on a day, one entry a post. A deputy holds it as the post they are deputy for.
///
/// # Errors
/// The database's.
pub fn holders(conn: &mut TenantConn<'_>, day: NaiveDate) -> Result<Vec<Holder>> {
    let sql = "SELECT h.id AS person, h.full_name AS name, h.email, h.language, h.active,
       coalesce(f.role, p.role) AS role, coalesce(f.unit_id, p.unit_id) AS unit
  FROM posts p
  JOIN persons h ON h.tenant_id = $1 AND h.id = p.person_id
  LEFT JOIN posts f ON f.tenant_id = $1 AND f.id = p.deputy_for_id
 WHERE p.tenant_id = $1 AND p.from_on <= $2 AND (p.until_on > $2 OR p.until_on IS NULL)
   AND coalesce(f.role, p.role) <> 'admin'
 ORDER BY h.id, p.id";
    let asked = Prepared::new(sql.to_owned(), vec![conn.tenant().uuid().into(), day.into()]);
    let rows: Vec<HolderRow> = asked.load(conn.pg())?;
    rows.into_iter()
        .map(|row| {
            Ok(Holder {
                role: Role::from_code(&row.role).ok_or_else(|| unknown("role of a post"))?,
                lang: Lang::from_code(&row.language).ok_or_else(|| unknown("language of a person"))?,
                person: row.person,
                name: row.name,
                email: row.email,
                active: row.active,
                unit: row.unit,
            })
        })
        .collect()
}

#[derive(QueryableByName)]
struct TaskRow {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = Text)]
    category: String,
    #[diesel(sql_type = SqlUuid)]
    unit: Uuid,
    #[diesel(sql_type = Nullable<Date>)]
    due_on: Option<NaiveDate>,
    #[diesel(sql_type = Text)]
    standing: String,
    #[diesel(sql_type = Integer)]
    days_late: i32,
    #[diesel(sql_type = Bool)]
    is_waiting: bool,
    #[diesel(sql_type = Bool)]
    is_refused: bool,
    #[diesel(sql_type = Bool)]
    is_asked: bool,
    #[diesel(sql_type = Bool)]
    is_answered: bool,
    #[diesel(sql_type = Bool)]
    is_extending: bool,
}

/// The tasks in progress that a digest may show: overdue, due within the week, waiting, with an extension that was
/// refused since the last one or is to be decided, or with an opinion to answer or an answer to read. Who coordinates and what is newly overdue is not known yet.
pub(super) fn tasks(conn: &mut TenantConn<'_>, days: &DigestDays) -> Result<Vec<DigestTask>> {
    let rest = ", refused AS (
    SELECT DISTINCT task_id FROM task_extensions
     WHERE tenant_id = $1 AND decision = 'refused' AND decided_on > $4 AND decided_on <= $2
), extending AS (
    SELECT DISTINCT task_id FROM task_extensions
     WHERE tenant_id = $1 AND request_id IS NOT NULL AND requested_on <= $2
       AND (decided_on IS NULL OR decided_on > $2)
), said AS (
    SELECT task_id, bool_or(answered_on IS NULL AND answer_due_on IS NOT NULL) AS is_asked,
           bool_or(answered_on IS NOT NULL) AS is_answered
      FROM task_opinions WHERE tenant_id = $1 AND given_on <= $2 AND closed_on IS NULL GROUP BY task_id
)
SELECT d.id, t.code, t.title, d.category, d.unit_id AS unit, d.due_on, d.standing, d.days_late,
       d.waiting_since IS NOT NULL AS is_waiting, r.task_id IS NOT NULL AS is_refused,
       coalesce(o.is_asked, false) AS is_asked, coalesce(o.is_answered, false) AS is_answered,
       e.task_id IS NOT NULL AS is_extending
  FROM task_at d
  JOIN tasks t ON t.tenant_id = $1 AND t.id = d.id
  LEFT JOIN refused r ON r.task_id = d.id
  LEFT JOIN said o ON o.task_id = d.id
  LEFT JOIN extending e ON e.task_id = d.id
 WHERE d.standing IN ('within_term', 'overdue')
   AND (d.due_on <= $5 OR d.waiting_since IS NOT NULL OR r.task_id IS NOT NULL
        OR e.task_id IS NOT NULL OR o.is_asked OR o.is_answered)";
    let as_of = AsOf { day: days.day, soon_until: days.soon_until };
    let asked = bind_as_of(rest, conn.tenant(), as_of).bind(days.since).bind(days.week_until);
    let rows: Vec<TaskRow> = asked.load(conn.pg())?;
    rows.into_iter().map(task).collect()
}

fn task(row: TaskRow) -> Result<DigestTask> {
    Ok(DigestTask {
        category: Category::from_code(&row.category).ok_or_else(|| unknown("category"))?,
        standing: Standing::from_code(&row.standing).ok_or_else(|| unknown("standing"))?,
        days_late: u32::try_from(row.days_late).map_err(|_| unknown("number of days"))?,
        id: row.id,
        code: row.code,
        title: row.title,
        unit: row.unit,
        coordinating: std::collections::BTreeSet::new(),
        due_on: row.due_on,
        is_waiting: row.is_waiting,
        is_refused: row.is_refused,
        is_asked: row.is_asked,
        is_answered: row.is_answered,
        is_extending: row.is_extending,
        is_newly_overdue: false,
    })
}

/// Which units coordinate these tasks.
pub(super) fn coordinators(conn: &mut TenantConn<'_>, ids: &[Uuid]) -> Result<Vec<(Uuid, Uuid)>> {
    Ok(task_coordinators::table
        .filter(task_coordinators::tenant_id.eq(conn.tenant().uuid()))
        .filter(task_coordinators::task_id.eq_any(ids))
        .select((task_coordinators::task_id, task_coordinators::unit_id))
        .load(conn.pg())?)
}

#[derive(QueryableByName)]
struct IdRow {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

/// What was overdue at the last digest.
pub(super) fn overdue_then(conn: &mut TenantConn<'_>, days: &DigestDays) -> Result<Vec<Uuid>> {
    let as_of = AsOf { day: days.since, soon_until: days.since };
    let rest = "SELECT d.id FROM task_at d WHERE d.standing = 'overdue'";
    let rows: Vec<IdRow> = bind_as_of(rest, conn.tenant(), as_of).load(conn.pg())?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

#[derive(QueryableByName)]
struct CountRow {
    #[diesel(sql_type = SqlUuid)]
    unit: Uuid,
    #[diesel(sql_type = BigInt)]
    n: i64,
}

/// How many tasks of each unit were confirmed as completed since the last digest.
pub(super) fn completed(conn: &mut TenantConn<'_>, days: &DigestDays) -> Result<Vec<(Uuid, u64)>> {
    let rest = "SELECT d.unit_id AS unit, count(*) AS n
  FROM task_at d JOIN tasks t ON t.tenant_id = $1 AND t.id = d.id
 WHERE d.completed_on IS NOT NULL AND d.standing <> 'outside' AND t.confirmed_on > $4
 GROUP BY d.unit_id";
    let as_of = AsOf { day: days.day, soon_until: days.soon_until };
    let rows: Vec<CountRow> = bind_as_of(rest, conn.tenant(), as_of).bind(days.since).load(conn.pg())?;
    Ok(rows.into_iter().map(|row| (row.unit, row.n.unsigned_abs())).collect())
}

/// What became of the days from one on.
pub(super) fn days(conn: &mut TenantConn<'_>, from: NaiveDate) -> Result<BTreeMap<NaiveDate, DayState>> {
    let rows: Vec<(NaiveDate, String)> = digest_days::table
        .filter(digest_days::tenant_id.eq(conn.tenant().uuid()))
        .filter(digest_days::day.ge(from))
        .select((digest_days::day, digest_days::state))
        .load(conn.pg())?;
    let state = |code: &str| if code == PLANNED { DayState::Planned } else { DayState::Missed };
    Ok(rows.into_iter().map(|(day, code)| (day, state(&code))).collect())
}

/// Notes days that passed without a digest.
pub(super) fn miss(conn: &mut TenantConn<'_>, missed: &[NaiveDate]) -> Result<()> {
    let (tenant, now) = (conn.tenant().uuid(), conn.now());
    let rows: Vec<_> = missed
        .iter()
        .map(|day| {
            (
                digest_days::tenant_id.eq(tenant),
                digest_days::day.eq(*day),
                digest_days::state.eq(MISSED),
                digest_days::decided_at.eq(now),
            )
        })
        .collect();
    diesel::insert_into(digest_days::table).values(rows).on_conflict_do_nothing().execute(conn.pg())?;
    Ok(())
}

/// Takes a day to be planned; whether nobody had.
pub(super) fn begin_day(conn: &mut TenantConn<'_>, day: NaiveDate) -> Result<bool> {
    let row = (
        digest_days::tenant_id.eq(conn.tenant().uuid()),
        digest_days::day.eq(day),
        digest_days::state.eq(PLANNED),
        digest_days::decided_at.eq(conn.now()),
    );
    let planned =
        (digest_days::state.eq(PLANNED), digest_days::decided_at.eq(excluded(digest_days::decided_at)));
    let upsert = diesel::insert_into(digest_days::table)
        .values(row)
        .on_conflict((digest_days::tenant_id, digest_days::day))
        .do_update()
        .set(planned);
    Ok(diesel::query_dsl::methods::FilterDsl::filter(upsert, digest_days::state.eq(MISSED))
        .execute(conn.pg())?
        == 1)
}

/// Notes how many letters a day has.
pub(super) fn count_day(conn: &mut TenantConn<'_>, day: NaiveDate, letters: usize) -> Result<()> {
    let own = digest_days::table
        .filter(digest_days::tenant_id.eq(conn.tenant().uuid()))
        .filter(digest_days::day.eq(day));
    let letters = i32::try_from(letters).unwrap_or(i32::MAX);
    diesel::update(own).set(digest_days::letters.eq(letters)).execute(conn.pg())?;
    Ok(())
}

/// The last day before one for which digests were planned.
pub(super) fn last_planned(conn: &mut TenantConn<'_>, before: NaiveDate) -> Result<Option<NaiveDate>> {
    Ok(digest_days::table
        .filter(digest_days::tenant_id.eq(conn.tenant().uuid()))
        .filter(digest_days::state.eq(PLANNED))
        .filter(digest_days::day.lt(before))
        .select(max(digest_days::day))
        .first(conn.pg())?)
}

fn unknown(what: &str) -> Error {
    Error::Internal(format!("the database holds an unknown {what}"))
}
