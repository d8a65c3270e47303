//! A tenant's row and settings.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use diesel::prelude::*;
use uuid::Uuid;

use crate::clock::Clock;
use crate::domain::period::PeriodKind;
use crate::domain::two_factor::FactorRule;
use crate::error::{Error, Result};
use crate::schema::{tenant_settings, tenants};

#[derive(Insertable)]
#[diesel(table_name = tenants)]
pub(super) struct TenantRow<'a> {
    pub id: Uuid,
    pub slug: &'a str,
    pub created_at: DateTime<Utc>,
}

/// The settings as they are stored.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = tenant_settings)]
#[allow(missing_docs)] // The columns are described in the migration, once.
pub struct SettingsRow {
    pub name: String,
    pub time_zone: String,
    pub due_soon_days: i16,
    pub period_kind: String,
    pub two_factor_required: bool,
    pub two_factor_unit_heads: bool,
    pub session_idle_minutes: i16,
    pub session_hours: i16,
}

/// How a tenant counts.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The tenant's name.
    pub name: String,
    /// The zone in which its days begin and end.
    pub zone: Tz,
    /// Working days before the deadline from which a task is due soon.
    pub due_soon_days: u32,
    /// The month of the briefing.
    pub period_kind: PeriodKind,
    /// Who must have a second factor.
    pub factor_rule: FactorRule,
    /// After so long without an act a browser's session ends.
    pub session_idle: TimeDelta,
    /// So long after signing in every session ends.
    pub session_life: TimeDelta,
}

impl Settings {
    /// The tenant's business date.
    pub fn today(&self, clock: &Clock) -> NaiveDate {
        clock.today(self.zone)
    }
}

impl TryFrom<SettingsRow> for Settings {
    type Error = Error;

    fn try_from(row: SettingsRow) -> Result<Self> {
        let unknown = |what: &str| Error::Internal(format!("a tenant's settings hold an unknown {what}"));
        Ok(Self {
            zone: row.time_zone.parse().map_err(|_| unknown("time zone"))?,
            due_soon_days: u32::try_from(row.due_soon_days).map_err(|_| unknown("number of days"))?,
            period_kind: PeriodKind::from_code(&row.period_kind).ok_or_else(|| unknown("period"))?,
            factor_rule: FactorRule {
                required: row.two_factor_required,
                unit_heads: row.two_factor_unit_heads,
            },
            session_idle: TimeDelta::minutes(row.session_idle_minutes.into()),
            session_life: TimeDelta::hours(row.session_hours.into()),
            name: row.name,
        })
    }
}
