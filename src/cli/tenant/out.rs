//! The list of tenants as it is printed.

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use crate::cli::{Format, Output};
use crate::domain::lang::Lang;
use crate::error::{Error, Result};
use crate::tenants::TenantListed;
use crate::text::tenancy;

/// A tenant for programs.
#[derive(Serialize)]
struct TenantOut<'a> {
    id: Uuid,
    slug: &'a str,
    state: &'static str,
    state_since: DateTime<Utc>,
    created_at: DateTime<Utc>,
    most_people: Option<u32>,
    requests_per_minute: Option<u32>,
    most_storage_mb: Option<u32>,
    hosts: &'a [String],
}

impl<'a> From<&'a TenantListed> for TenantOut<'a> {
    fn from(tenant: &'a TenantListed) -> Self {
        Self {
            id: tenant.id,
            slug: &tenant.slug,
            state: if tenant.is_active { "active" } else { "suspended" },
            state_since: tenant.state_since,
            created_at: tenant.created_at,
            most_people: tenant.limits.people,
            requests_per_minute: tenant.limits.requests_per_minute,
            most_storage_mb: tenant.limits.storage_mb,
            hosts: &tenant.hosts,
        }
    }
}

pub(super) fn list(lang: Lang, format: Format, tenants: &[TenantListed]) -> Result<Output> {
    Ok(Output::result(match format {
        Format::Text => tenancy::list(lang, tenants),
        Format::Json => {
            let items: Vec<TenantOut<'_>> = tenants.iter().map(TenantOut::from).collect();
            serde_json::to_string_pretty(&items).map_err(|e| Error::Internal(e.to_string()))?
        }
    }))
}
