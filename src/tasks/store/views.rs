//! SQL of saved views.

use diesel::prelude::*;
use diesel::sql_types::{Bool, Text, Uuid as SqlUuid};
use uuid::Uuid;

use crate::db::{Prepared, TenantConn};
use crate::error::Result;
use crate::schema::{default_views, persons, saved_views};
use crate::tasks::views::{SavedView, ViewInput};

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    owner_id: Uuid,
    #[diesel(sql_type = Text)]
    owner_name: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    query: String,
    #[diesel(sql_type = Bool)]
    shared: bool,
    #[diesel(sql_type = Bool)]
    is_default: bool,
}

const SEEN: &str = "
SELECT v.id, v.owner_id, p.full_name AS owner_name, v.name, v.query, v.shared, d.view_id IS NOT NULL AS is_default
  FROM saved_views v
  JOIN persons p ON p.tenant_id = $1 AND p.id = v.owner_id
  LEFT JOIN default_views d ON d.tenant_id = $1 AND d.person_id = $2 AND d.view_id = v.id
 WHERE v.tenant_id = $1 AND (v.owner_id = $2 OR v.shared)
 ORDER BY v.owner_id <> $2, v.name COLLATE \"vi-x-icu\", v.id";

pub(in crate::tasks) fn seen_by(conn: &mut TenantConn<'_>, person: Uuid) -> Result<Vec<SavedView>> {
    let values = vec![conn.tenant().uuid().into(), person.into()];
    let rows: Vec<Row> = Prepared::new(SEEN.to_owned(), values).load(conn.pg())?;
    let view = |row: Row| SavedView {
        id: row.id,
        owner: row.owner_id,
        owner_name: row.owner_name,
        name: row.name,
        query: row.query,
        shared: row.shared,
        is_default: row.is_default,
    };
    Ok(rows.into_iter().map(view).collect())
}

/// Lets only one transaction at a time change the views of a person.
pub(in crate::tasks) fn lock(conn: &mut TenantConn<'_>, owner: Uuid) -> Result<()> {
    let row =
        persons::table.filter(persons::tenant_id.eq(conn.tenant().uuid())).filter(persons::id.eq(owner));
    row.select(persons::id).for_no_key_update().execute(conn.pg())?;
    Ok(())
}

pub(in crate::tasks) fn insert(
    conn: &mut TenantConn<'_>,
    id: Uuid,
    owner: Uuid,
    typed: &ViewInput,
) -> Result<()> {
    let row = (
        saved_views::tenant_id.eq(conn.tenant().uuid()),
        saved_views::id.eq(id),
        saved_views::owner_id.eq(owner),
        saved_views::name.eq(&typed.name),
        saved_views::query.eq(&typed.query),
        saved_views::shared.eq(typed.shared),
        saved_views::created_at.eq(conn.now()),
    );
    diesel::insert_into(saved_views::table).values(row).execute(conn.pg())?;
    Ok(())
}

pub(in crate::tasks) fn update(conn: &mut TenantConn<'_>, id: Uuid, typed: &ViewInput) -> Result<()> {
    let row = saved_views::table
        .filter(saved_views::tenant_id.eq(conn.tenant().uuid()))
        .filter(saved_views::id.eq(id));
    diesel::update(row)
        .set((saved_views::name.eq(&typed.name), saved_views::shared.eq(typed.shared)))
        .execute(conn.pg())?;
    Ok(())
}

pub(in crate::tasks) fn delete(conn: &mut TenantConn<'_>, id: Uuid) -> Result<()> {
    let row = saved_views::table
        .filter(saved_views::tenant_id.eq(conn.tenant().uuid()))
        .filter(saved_views::id.eq(id));
    diesel::delete(row).execute(conn.pg())?;
    Ok(())
}

/// No list begins with the view any more, but for that of `keeping`.
pub(in crate::tasks) fn forget_defaults(
    conn: &mut TenantConn<'_>,
    view: Uuid,
    keeping: Option<Uuid>,
) -> Result<()> {
    let rows = default_views::table
        .filter(default_views::tenant_id.eq(conn.tenant().uuid()))
        .filter(default_views::view_id.eq(view))
        .filter(default_views::person_id.nullable().is_distinct_from(keeping));
    diesel::delete(rows).execute(conn.pg())?;
    Ok(())
}

pub(in crate::tasks) fn set_default(
    conn: &mut TenantConn<'_>,
    person: Uuid,
    view: Option<Uuid>,
) -> Result<()> {
    let tenant = conn.tenant().uuid();
    let own = default_views::table
        .filter(default_views::tenant_id.eq(tenant))
        .filter(default_views::person_id.eq(person));
    diesel::delete(own).execute(conn.pg())?;
    if let Some(view) = view {
        let row = (
            default_views::tenant_id.eq(tenant),
            default_views::person_id.eq(person),
            default_views::view_id.eq(view),
        );
        diesel::insert_into(default_views::table).values(row).execute(conn.pg())?;
    }
    Ok(())
}
