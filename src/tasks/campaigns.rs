//! The tasks of campaigns as they stand on a day.

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::TaskListed;
use super::store::at::AsOf;
use super::store::campaigns::{self, CampaignCounts};
use crate::calendar;
use crate::db::TenantConn;
use crate::error::Result;

fn as_of(conn: &mut TenantConn<'_>, day: NaiveDate, due_soon_days: u32) -> Result<AsOf> {
    Ok(AsOf { day, soon_until: calendar::working_calendar(conn)?.soon_horizon(day, due_soon_days) })
}

/// The tasks of a campaign on a day, in no order.
///
/// # Errors
/// The database's.
pub fn of_campaign(
    conn: &mut TenantConn<'_>,
    campaign: Uuid,
    day: NaiveDate,
    due_soon_days: u32,
) -> Result<Vec<TaskListed>> {
    let as_of = as_of(conn, day, due_soon_days)?;
    campaigns::of_campaign(conn, campaign, as_of)
}

/// How the tasks of each campaign stand on a day.
///
/// # Errors
/// The database's.
pub fn campaign_counts(
    conn: &mut TenantConn<'_>,
    day: NaiveDate,
    due_soon_days: u32,
) -> Result<Vec<CampaignCounts>> {
    let as_of = as_of(conn, day, due_soon_days)?;
    campaigns::counts(conn, as_of)
}
