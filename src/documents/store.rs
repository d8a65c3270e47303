//! SQL of templates.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::db::TenantConn;
use crate::error::Result;
use crate::schema::document_templates::{self, dsl};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = document_templates)]
pub(super) struct TemplateRow {
    pub tenant_id: uuid::Uuid,
    pub version: i32,
    pub name: String,
    pub content: Vec<u8>,
    pub sha256: Vec<u8>,
    pub added_by: String,
    pub added_at: DateTime<Utc>,
    pub withdrawn_at: Option<DateTime<Utc>>,
}

/// The last version, withdrawn or not.
pub(super) fn last(conn: &mut TenantConn<'_>) -> Result<Option<TemplateRow>> {
    Ok(dsl::document_templates
        .filter(dsl::tenant_id.eq(conn.tenant().uuid()))
        .order(dsl::version.desc())
        .select(TemplateRow::as_select())
        .first(conn.pg())
        .optional()?)
}

pub(super) fn insert(conn: &mut TenantConn<'_>, row: TemplateRow) -> Result<()> {
    diesel::insert_into(document_templates::table).values(row).execute(conn.pg())?;
    Ok(())
}

/// Whether the version was in force.
pub(super) fn withdraw(conn: &mut TenantConn<'_>, version: i32) -> Result<bool> {
    let in_force = dsl::document_templates
        .filter(dsl::tenant_id.eq(conn.tenant().uuid()))
        .filter(dsl::version.eq(version))
        .filter(dsl::withdrawn_at.is_null());
    Ok(diesel::update(in_force).set(dsl::withdrawn_at.eq(conn.now())).execute(conn.pg())? == 1)
}
