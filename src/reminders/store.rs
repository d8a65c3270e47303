//! SQL of reminders: the ladder, the runs, and the tasks that reached a step.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Array, Date, Integer, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use serde_json::Value;
use uuid::Uuid;

use super::REMINDER;
use super::model::Candidate;
use crate::db::TenantConn;
use crate::domain::ladder::{DayCount, Step, Told};
use crate::domain::standing::Standing;
use crate::domain::task::Category;
use crate::error::{Error, Result};
use crate::schema::{ladder_steps, reminder_runs};
use crate::tasks::{AsOf, bind_as_of};

/// A step as it is stored: days, count, and whether contact, head, office and leader are told.
type StepRow = (i32, String, bool, bool, bool, bool);

pub(super) fn steps(conn: &mut TenantConn<'_>) -> Result<Vec<Step>> {
    let rows: Vec<StepRow> = ladder_steps::table
        .filter(ladder_steps::tenant_id.eq(conn.tenant().uuid()))
        .select((
            ladder_steps::days,
            ladder_steps::count,
            ladder_steps::tell_contact,
            ladder_steps::tell_head,
            ladder_steps::tell_office,
            ladder_steps::tell_leader,
        ))
        .load(conn.pg())?;
    rows.into_iter()
        .map(|(days, count, contact, head, office, leader)| {
            let count = DayCount::from_code(&count).ok_or_else(|| unknown("count of days"))?;
            let told = [contact, head, office, leader].into_iter().zip(Told::ALL);
            let told = told.filter(|(is_told, _)| *is_told).map(|(_, who)| *who).collect();
            Ok(Step { days, count, told })
        })
        .collect()
}

pub(super) fn replace_steps(conn: &mut TenantConn<'_>, steps: &[Step]) -> Result<()> {
    let tenant = conn.tenant().uuid();
    let old = ladder_steps::table.filter(ladder_steps::tenant_id.eq(tenant));
    diesel::delete(old).execute(conn.pg())?;
    let row = |step: &Step| {
        (
            (ladder_steps::tenant_id.eq(tenant), ladder_steps::days.eq(step.days)),
            ladder_steps::count.eq(step.count.code()),
            ladder_steps::tell_contact.eq(step.told.contains(&Told::Contact)),
            ladder_steps::tell_head.eq(step.told.contains(&Told::Head)),
            ladder_steps::tell_office.eq(step.told.contains(&Told::Office)),
            ladder_steps::tell_leader.eq(step.told.contains(&Told::Leader)),
        )
    };
    let rows: Vec<_> = steps.iter().map(row).collect();
    diesel::insert_into(ladder_steps::table).values(rows).execute(conn.pg())?;
    Ok(())
}

/// The last day on which reminders were planned.
pub(super) fn last_run(conn: &mut TenantConn<'_>) -> Result<Option<NaiveDate>> {
    Ok(reminder_runs::table
        .filter(reminder_runs::tenant_id.eq(conn.tenant().uuid()))
        .select(diesel::dsl::max(reminder_runs::day))
        .first(conn.pg())?)
}

/// The first day not told again by the run of a day, if there was one.
pub(super) fn since_of_run(conn: &mut TenantConn<'_>, day: NaiveDate) -> Result<Option<NaiveDate>> {
    Ok(reminder_runs::table
        .filter(reminder_runs::tenant_id.eq(conn.tenant().uuid()))
        .filter(reminder_runs::day.eq(day))
        .select(reminder_runs::since)
        .first(conn.pg())
        .optional()?)
}

/// Takes the run of a day; whether nobody had it before. Who comes at the same time waits for the first one's end.
pub(super) fn begin_run(conn: &mut TenantConn<'_>, day: NaiveDate, since: NaiveDate) -> Result<bool> {
    let row = (
        reminder_runs::tenant_id.eq(conn.tenant().uuid()),
        reminder_runs::day.eq(day),
        reminder_runs::since.eq(since),
        reminder_runs::planned_at.eq(conn.now()),
    );
    let inserted =
        diesel::insert_into(reminder_runs::table).values(row).on_conflict_do_nothing().execute(conn.pg())?;
    Ok(inserted == 1)
}

#[derive(QueryableByName)]
struct LateRow {
    #[diesel(sql_type = Nullable<SqlUuid>)]
    person_id: Option<Uuid>,
    #[diesel(sql_type = Jsonb)]
    payload: Value,
}

/// Whom the run of a day did not reach before the evening, and with what the letter was planned.
pub(super) fn unreached(conn: &mut TenantConn<'_>, day: NaiveDate) -> Result<Vec<(Option<Uuid>, Value)>> {
    let sql = "SELECT person_id, payload FROM letters
 WHERE tenant_id = $1 AND kind = $2 AND day = $3
   AND (state = 'skipped' AND reason = 'late' OR state IN ('planned', 'sending') AND give_up_at <= $4)";
    let rows: Vec<LateRow> = diesel::sql_query(sql)
        .bind::<SqlUuid, _>(conn.tenant().uuid())
        .bind::<Text, _>(REMINDER)
        .bind::<Date, _>(day)
        .bind::<Timestamptz, _>(conn.now())
        .load(conn.pg())?;
    Ok(rows.into_iter().map(|row| (row.person_id, row.payload)).collect())
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
    #[diesel(sql_type = Date)]
    due_on: NaiveDate,
    #[diesel(sql_type = Text)]
    standing: String,
    #[diesel(sql_type = Integer)]
    days_late: i32,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    contact: Option<Uuid>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    follower: Option<Uuid>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    leader: Option<Uuid>,
    #[diesel(sql_type = Array<SqlUuid>)]
    assignees: Vec<Uuid>,
}

/// The tasks in progress on a day with one of these deadlines on it. What is outside the count, completed, or waits for
/// confirmation is not among them.
pub(super) fn candidates(
    conn: &mut TenantConn<'_>,
    day: NaiveDate,
    deadlines: impl Iterator<Item = NaiveDate>,
) -> Result<Vec<Candidate>> {
    let rest =
        "SELECT d.id, t.code, t.title, d.category, d.unit_id AS unit, d.due_on, d.standing, d.days_late,
       t.contact_id AS contact, t.follower_id AS follower, t.leader_id AS leader,
       ARRAY(SELECT a.person_id FROM task_assignees a
              WHERE a.tenant_id = $1 AND a.task_id = d.id ORDER BY a.person_id) AS assignees
  FROM task_at d
  JOIN tasks t ON t.tenant_id = $1 AND t.id = d.id
 WHERE d.standing IN ('within_term', 'overdue') AND d.waiting_since IS NULL
   AND d.due_on = ANY ($4::text[]::date[])";
    let deadlines: Vec<String> = deadlines.map(|day| day.to_string()).collect();
    let asked = bind_as_of(rest, conn.tenant(), AsOf { day, soon_until: day }).bind(deadlines);
    let rows: Vec<TaskRow> = asked.load(conn.pg())?;
    rows.into_iter()
        .map(|row| {
            Ok(Candidate {
                category: Category::from_code(&row.category).ok_or_else(|| unknown("category"))?,
                is_overdue: row.standing == Standing::Overdue.code(),
                days_late: u32::try_from(row.days_late).map_err(|_| unknown("number of days"))?,
                id: row.id,
                code: row.code,
                title: row.title,
                unit: row.unit,
                due_on: row.due_on,
                contact: row.contact,
                assignees: row.assignees,
                follower: row.follower,
                leader: row.leader,
            })
        })
        .collect()
}

fn unknown(what: &str) -> Error {
    Error::Internal(format!("the database holds an unknown {what}"))
}
