//! A tenant's row and settings.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use diesel::prelude::*;
use uuid::Uuid;

use crate::clock::Clock;
use crate::domain::calendar::RollRule;
use crate::domain::period::PeriodKind;
use crate::domain::preference::SendTime;
use crate::domain::two_factor::FactorRule;
use crate::error::{Error, Result};
use crate::schema::{tenant_settings, tenants};

#[derive(Insertable)]
#[diesel(table_name = tenants)]
pub(super) struct TenantRow<'a> {
    pub id: Uuid,
    pub slug: &'a str,
    pub created_at: DateTime<Utc>,
    pub state_since: DateTime<Utc>,
}

/// A tenant as the system tables know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TenantListed {
    /// Its id.
    pub id: Uuid,
    /// The short name in addresses and commands.
    pub slug: String,
    /// Whether anybody may sign in.
    pub is_active: bool,
    /// Since when it is so.
    pub state_since: DateTime<Utc>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// What the operator allows it.
    pub limits: Limits,
    /// The host names by which its people come, the first one first.
    pub hosts: Vec<String>,
}

/// What the operator allows a tenant; `None` where nothing is limited.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Limits {
    /// The most people who may sign in.
    pub people: Option<u32>,
    /// The most requests answered in a minute.
    pub requests_per_minute: Option<u32>,
    /// The most MB of files that are kept; without one, what holds for everybody.
    pub storage_mb: Option<u32>,
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
    pub roll_rule: String,
    pub two_factor_required: bool,
    pub two_factor_unit_heads: bool,
    pub session_idle_minutes: i16,
    pub session_hours: i16,
    pub digest_hour: i16,
    pub briefing_day: Option<i16>,
    pub superior: Option<String>,
    pub letter_place: Option<String>,
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
    /// What a computed term does that ends on a day off.
    pub roll_rule: RollRule,
    /// Who must have a second factor.
    pub factor_rule: FactorRule,
    /// After so long without an act a browser's session ends.
    pub session_idle: TimeDelta,
    /// So long after signing in every session ends.
    pub session_life: TimeDelta,
    /// When the daily digest is sent.
    pub digest_hour: SendTime,
    /// The day of the month on which a draft of the briefing is made by itself; `None`: the period's last working day.
    pub briefing_day: Option<u32>,
    /// What stands at the head of its documents.
    pub paper_head: PaperHead,
}

/// What a tenant says of the head of its documents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PaperHead {
    /// The body above the issuing office; `None`: the tenant by its name.
    pub superior: Option<String>,
    /// The place, `Hà Nội`; `None`: a blank is left.
    pub place: Option<String>,
}

impl Settings {
    /// The body above the office that issues documents.
    pub fn superior(&self) -> &str {
        self.paper_head.superior.as_deref().unwrap_or(&self.name)
    }

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
            roll_rule: RollRule::from_code(&row.roll_rule).ok_or_else(|| unknown("roll rule"))?,
            factor_rule: FactorRule {
                required: row.two_factor_required,
                unit_heads: row.two_factor_unit_heads,
            },
            session_idle: TimeDelta::minutes(row.session_idle_minutes.into()),
            session_life: TimeDelta::hours(row.session_hours.into()),
            digest_hour: SendTime::from_minutes(row.digest_hour).ok_or_else(|| unknown("hour"))?,
            briefing_day: row
                .briefing_day
                .map(|day| u32::try_from(day).map_err(|_| unknown("day of the briefing")))
                .transpose()?,
            paper_head: PaperHead { superior: row.superior, place: row.letter_place },
            name: row.name,
        })
    }
}

/// How a tenant shall count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counting {
    /// Working days before the deadline from which a task is due soon, 0–30.
    pub due_soon_days: u32,
    /// The month of the briefing.
    pub period_kind: PeriodKind,
    /// What a computed term does that ends on a day off.
    pub roll_rule: RollRule,
    /// The day of the month on which a draft of the briefing is made, 1–31; `None`: the period's last working day.
    pub briefing_day: Option<u32>,
}
