//! SQL of the tasks of campaigns.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Uuid as SqlUuid};
use uuid::Uuid;

use super::at::AsOf;
use super::list::{self, COLUMNS, JOINS};
use super::question::{Question, condition};
use crate::db::TenantConn;
use crate::domain::standing::Standing;
use crate::error::Result;
use crate::tasks::filter::StandingFilter;
use crate::tasks::model::TaskListed;

/// How the tasks of a campaign stand; without deleted ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, QueryableByName)]
pub struct CampaignCounts {
    /// The campaign.
    #[diesel(sql_type = SqlUuid)]
    pub campaign: Uuid,
    /// Its tasks.
    #[diesel(sql_type = BigInt)]
    pub total: i64,
    /// Reported and confirmed.
    #[diesel(sql_type = BigInt)]
    pub reported: i64,
    /// Reported, waiting for confirmation.
    #[diesel(sql_type = BigInt)]
    pub waiting: i64,
    /// Not reported, and overdue.
    #[diesel(sql_type = BigInt)]
    pub overdue: i64,
    /// Not reported, within the term.
    #[diesel(sql_type = BigInt)]
    pub pending: i64,
    /// Outside the count.
    #[diesel(sql_type = BigInt)]
    pub outside: i64,
}

/// The tasks of a campaign as they stand on a day.
pub(in crate::tasks) fn of_campaign(
    conn: &mut TenantConn<'_>,
    campaign: Uuid,
    as_of: AsOf,
) -> Result<Vec<TaskListed>> {
    let mut question = Question::of_day(conn.tenant(), as_of);
    let campaign = question.place(campaign);
    question.choose_among(format!(
        "SELECT task_id FROM campaign_tasks WHERE tenant_id = $1 AND campaign_id = {campaign}"
    ));
    list::read(question.ask(&format!("SELECT {COLUMNS} FROM task_at d {JOINS}")).load(conn.pg())?)
}

/// How the tasks of each campaign stand on a day; a campaign without a task is not among them.
pub(in crate::tasks) fn counts(conn: &mut TenantConn<'_>, as_of: AsOf) -> Result<Vec<CampaignCounts>> {
    let mut question = Question::of_day(conn.tenant(), as_of);
    question.choose_among("SELECT task_id FROM campaign_tasks WHERE tenant_id = $1".to_owned());
    let late = condition(StandingFilter::Is(Standing::Overdue));
    let rest = format!(
        "SELECT c.campaign_id AS campaign, count(*) AS total,
       count(*) FILTER (WHERE d.completed_on IS NOT NULL AND d.standing <> 'outside') AS reported,
       count(*) FILTER (WHERE {}) AS waiting,
       count(*) FILTER (WHERE {late} AND d.waiting_since IS NULL) AS overdue,
       count(*) FILTER (WHERE {}) AS pending,
       count(*) FILTER (WHERE d.standing = 'outside') AS outside
  FROM task_at d JOIN campaign_tasks c ON c.tenant_id = $1 AND c.task_id = d.id
 GROUP BY c.campaign_id",
        condition(StandingFilter::Waiting),
        condition(StandingFilter::Pending),
    );
    Ok(question.ask(&rest).load(conn.pg())?)
}
