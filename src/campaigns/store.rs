//! SQL of campaigns.

use chrono::NaiveDate;
use diesel::prelude::*;
use uuid::Uuid;

use super::model::{Campaign, Urge};
use crate::db::TenantConn;
use crate::domain::deadline::Precision;
use crate::domain::task::{Category, ProductKind};
use crate::error::{Error, Result};
use crate::schema::{campaign_tasks, campaign_urges, campaigns};

#[derive(Queryable, Selectable)]
#[diesel(table_name = campaigns)]
struct Row {
    id: Uuid,
    title: String,
    category: String,
    source_number: Option<String>,
    source_date: Option<NaiveDate>,
    source_issuer: Option<String>,
    product: String,
    due_words: String,
    due_precision: String,
    due_on: NaiveDate,
    assigned_on: NaiveDate,
    closed_on: Option<NaiveDate>,
    closed_reason: Option<String>,
    version: i32,
}

impl TryFrom<Row> for Campaign {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        let unknown = |what: &str| Error::Internal(format!("a campaign holds an unknown {what}"));
        Ok(Self {
            category: Category::from_code(&row.category).ok_or_else(|| unknown("category"))?,
            product: ProductKind::from_code(&row.product).ok_or_else(|| unknown("product"))?,
            precision: Precision::from_code(&row.due_precision).ok_or_else(|| unknown("precision"))?,
            closed: row.closed_on.zip(row.closed_reason),
            id: row.id,
            title: row.title,
            source_number: row.source_number,
            source_date: row.source_date,
            source_issuer: row.source_issuer,
            due_words: row.due_words,
            due_on: row.due_on,
            assigned_on: row.assigned_on,
            version: row.version,
        })
    }
}

/// Every campaign, the latest first.
pub(super) fn all(conn: &mut TenantConn<'_>) -> Result<Vec<Campaign>> {
    let rows: Vec<Row> = campaigns::table
        .filter(campaigns::tenant_id.eq(conn.tenant().uuid()))
        .order((campaigns::created_at.desc(), campaigns::id.desc()))
        .select(Row::as_select())
        .load(conn.pg())?;
    rows.into_iter().map(Campaign::try_from).collect()
}

pub(super) fn find(conn: &mut TenantConn<'_>, id: Uuid) -> Result<Option<Campaign>> {
    let row: Option<Row> = campaigns::table
        .filter(campaigns::tenant_id.eq(conn.tenant().uuid()))
        .filter(campaigns::id.eq(id))
        .select(Row::as_select())
        .first(conn.pg())
        .optional()?;
    row.map(Campaign::try_from).transpose()
}

/// The campaign, locked until the transaction ends.
pub(super) fn lock(conn: &mut TenantConn<'_>, id: Uuid) -> Result<Option<Campaign>> {
    let row: Option<Row> = campaigns::table
        .filter(campaigns::tenant_id.eq(conn.tenant().uuid()))
        .filter(campaigns::id.eq(id))
        .select(Row::as_select())
        .for_update()
        .first(conn.pg())
        .optional()?;
    row.map(Campaign::try_from).transpose()
}

pub(super) fn insert(conn: &mut TenantConn<'_>, campaign: &Campaign) -> Result<()> {
    let (tenant, now) = (conn.tenant().uuid(), conn.now());
    diesel::insert_into(campaigns::table)
        .values((
            (
                campaigns::tenant_id.eq(tenant),
                campaigns::id.eq(campaign.id),
                campaigns::title.eq(&campaign.title),
                campaigns::category.eq(campaign.category.code()),
                campaigns::source_number.eq(&campaign.source_number),
                campaigns::source_date.eq(campaign.source_date),
                campaigns::source_issuer.eq(&campaign.source_issuer),
            ),
            (
                campaigns::product.eq(campaign.product.code()),
                campaigns::due_words.eq(&campaign.due_words),
                campaigns::due_precision.eq(campaign.precision.code()),
                campaigns::due_on.eq(campaign.due_on),
                campaigns::assigned_on.eq(campaign.assigned_on),
                campaigns::created_at.eq(now),
                campaigns::updated_at.eq(now),
            ),
        ))
        .execute(conn.pg())?;
    Ok(())
}

/// Says that something of it was changed.
pub(super) fn raise(conn: &mut TenantConn<'_>, id: Uuid) -> Result<()> {
    let now = conn.now();
    let own =
        campaigns::table.filter(campaigns::tenant_id.eq(conn.tenant().uuid())).filter(campaigns::id.eq(id));
    diesel::update(own)
        .set((campaigns::version.eq(campaigns::version + 1), campaigns::updated_at.eq(now)))
        .execute(conn.pg())?;
    Ok(())
}

pub(super) fn close(conn: &mut TenantConn<'_>, id: Uuid, day: NaiveDate, reason: &str) -> Result<()> {
    raise(conn, id)?;
    let own =
        campaigns::table.filter(campaigns::tenant_id.eq(conn.tenant().uuid())).filter(campaigns::id.eq(id));
    diesel::update(own)
        .set((campaigns::closed_on.eq(day), campaigns::closed_reason.eq(reason)))
        .execute(conn.pg())?;
    Ok(())
}

/// The unit and the task of each.
pub(super) fn given(conn: &mut TenantConn<'_>, id: Uuid) -> Result<Vec<(Uuid, Uuid)>> {
    Ok(campaign_tasks::table
        .filter(campaign_tasks::tenant_id.eq(conn.tenant().uuid()))
        .filter(campaign_tasks::campaign_id.eq(id))
        .select((campaign_tasks::unit_id, campaign_tasks::task_id))
        .load(conn.pg())?)
}

/// Keeps which unit has which task.
pub(super) fn insert_given(conn: &mut TenantConn<'_>, id: Uuid, given: &[(Uuid, Uuid)]) -> Result<()> {
    let tenant = conn.tenant().uuid();
    let rows: Vec<_> = given
        .iter()
        .map(|(unit, task)| {
            (
                campaign_tasks::tenant_id.eq(tenant),
                campaign_tasks::campaign_id.eq(id),
                campaign_tasks::unit_id.eq(*unit),
                campaign_tasks::task_id.eq(*task),
            )
        })
        .collect();
    diesel::insert_into(campaign_tasks::table).values(rows).execute(conn.pg())?;
    Ok(())
}

/// When the units of a campaign were urged, the latest first.
pub(super) fn urges(conn: &mut TenantConn<'_>, id: Uuid) -> Result<Vec<Urge>> {
    let tenant = conn.tenant().uuid();
    let its = campaign_tasks::table
        .filter(campaign_tasks::tenant_id.eq(tenant))
        .filter(campaign_tasks::campaign_id.eq(id))
        .select(campaign_tasks::task_id);
    Ok(campaign_urges::table
        .filter(campaign_urges::tenant_id.eq(tenant))
        .filter(campaign_urges::task_id.eq_any(its))
        .order(campaign_urges::urged_on.desc())
        .select((campaign_urges::task_id, campaign_urges::urged_on, campaign_urges::letters))
        .load(conn.pg())?)
}

/// Keeps which tasks were urged on a day, and by how many letters.
pub(super) fn insert_urges(
    conn: &mut TenantConn<'_>,
    actor: &str,
    day: NaiveDate,
    urged: &[(Uuid, i32)],
) -> Result<()> {
    let tenant = conn.tenant().uuid();
    let rows: Vec<_> = urged
        .iter()
        .map(|(task, letters)| {
            (
                campaign_urges::tenant_id.eq(tenant),
                campaign_urges::task_id.eq(*task),
                campaign_urges::urged_on.eq(day),
                campaign_urges::actor.eq(actor),
                campaign_urges::letters.eq(*letters),
            )
        })
        .collect();
    diesel::insert_into(campaign_urges::table).values(rows).execute(conn.pg())?;
    Ok(())
}
