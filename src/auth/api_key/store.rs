//! SQL of API keys. Reading one runs at every request, so it is by the typed query builder, which keeps it prepared.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use super::{ApiKeyInput, ApiKeyListed, role};
use crate::auth::member::MemberUnit;
use crate::auth::secret::Key;
use crate::db::TenantConn;
use crate::error::Result;
use crate::schema::{api_keys, tenant_settings, tenants, units};
use crate::tenants::SettingsRow;

/// A key with everything that decides whether it is in force, and as what it acts.
#[derive(Queryable, Selectable)]
#[diesel(table_name = api_keys)]
pub(super) struct KeyRow {
    pub id: Uuid,
    pub name: String,
    pub role: String,
    pub secret_sha256: Vec<u8>,
    pub until_on: Option<NaiveDate>,
    pub revoked_at: Option<DateTime<Utc>>,
    pub used_on: Option<NaiveDate>,
    #[diesel(embed)]
    pub unit: Option<MemberUnit>,
    #[diesel(select_expression = units::valid_until.nullable())]
    pub unit_valid_until: Option<NaiveDate>,
    #[diesel(select_expression = tenants::slug)]
    pub tenant_slug: String,
    #[diesel(select_expression = tenants::state)]
    pub tenant_state: String,
    #[diesel(select_expression = tenants::requests_per_minute)]
    pub requests_per_minute: Option<i32>,
    #[diesel(embed)]
    pub settings: SettingsRow,
}

pub(super) fn read(conn: &mut TenantConn<'_>, id: Uuid) -> Result<Option<KeyRow>> {
    let tenant = conn.tenant().uuid();
    Ok(api_keys::table
        .left_join(
            units::table
                .on(units::tenant_id.eq(api_keys::tenant_id).and(units::id.nullable().eq(api_keys::unit_id))),
        )
        .inner_join(tenant_settings::table.on(tenant_settings::tenant_id.eq(api_keys::tenant_id)))
        .inner_join(tenants::table.on(tenants::id.eq(api_keys::tenant_id)))
        .filter(api_keys::tenant_id.eq(tenant))
        .filter(api_keys::id.eq(id))
        .select(KeyRow::as_select())
        .first(conn.pg())
        .optional()?)
}

/// Writes a key; whether its name was free.
pub(super) fn insert(
    conn: &mut TenantConn<'_>,
    key: &Key,
    name: &str,
    input: &ApiKeyInput,
    unit: Option<Uuid>,
) -> Result<bool> {
    let row = (
        api_keys::tenant_id.eq(conn.tenant().uuid()),
        api_keys::id.eq(key.row),
        api_keys::name.eq(name),
        api_keys::role.eq(input.role.code()),
        api_keys::unit_id.eq(unit),
        api_keys::secret_sha256.eq(key.secret.hash()),
        api_keys::created_at.eq(conn.now()),
        api_keys::until_on.eq(input.until),
    );
    let written = diesel::insert_into(api_keys::table)
        .values(row)
        .on_conflict((api_keys::tenant_id, api_keys::name))
        .do_nothing()
        .execute(conn.pg())?;
    Ok(written == 1)
}

#[derive(Queryable)]
struct ListRow {
    id: Uuid,
    name: String,
    role: String,
    unit: Option<String>,
    created_at: DateTime<Utc>,
    until: Option<NaiveDate>,
    revoked_at: Option<DateTime<Utc>>,
    used_on: Option<NaiveDate>,
}

pub(super) fn list(conn: &mut TenantConn<'_>) -> Result<Vec<ApiKeyListed>> {
    let rows: Vec<ListRow> = api_keys::table
        .left_join(
            units::table
                .on(units::tenant_id.eq(api_keys::tenant_id).and(units::id.nullable().eq(api_keys::unit_id))),
        )
        .filter(api_keys::tenant_id.eq(conn.tenant().uuid()))
        .order((api_keys::created_at.desc(), api_keys::id.desc()))
        .select((
            api_keys::id,
            api_keys::name,
            api_keys::role,
            units::short_name.nullable(),
            api_keys::created_at,
            api_keys::until_on,
            api_keys::revoked_at,
            api_keys::used_on,
        ))
        .load(conn.pg())?;
    let listed = |row: ListRow| {
        let ListRow { id, name, role: code, unit, created_at, until, revoked_at, used_on } = row;
        Ok(ApiKeyListed { id, name, role: role(&code)?, unit, created_at, until, revoked_at, used_on })
    };
    rows.into_iter().map(listed).collect()
}

/// Revokes a key that is not revoked yet; its name.
pub(super) fn revoke(conn: &mut TenantConn<'_>, id: Uuid) -> Result<Option<String>> {
    let key = api_keys::table
        .filter(api_keys::tenant_id.eq(conn.tenant().uuid()))
        .filter(api_keys::id.eq(id))
        .filter(api_keys::revoked_at.is_null());
    Ok(diesel::update(key)
        .set(api_keys::revoked_at.eq(conn.now()))
        .returning(api_keys::name)
        .get_result(conn.pg())
        .optional()?)
}

pub(super) fn touch(conn: &mut TenantConn<'_>, id: Uuid, today: NaiveDate) -> Result<()> {
    let key =
        api_keys::table.filter(api_keys::tenant_id.eq(conn.tenant().uuid())).filter(api_keys::id.eq(id));
    diesel::update(key).set(api_keys::used_on.eq(today)).execute(conn.pg())?;
    Ok(())
}
