//! One account a role, with passwords that are random per data directory: derived from the installation's secret, so
//! that a second run can print them again, and one that its user changed is left alone.

use chrono::NaiveDate;
use serde_json::json;

use super::TENANT;
use crate::app::App;
use crate::auth::{self, NewPassword};
use crate::db::TenantConn;
use crate::domain::access::Role;
use crate::error::Result;
use crate::keys::Keys;
use crate::{accounts, tenants, units};

/// The demo's administrator, who comes with the tenant.
pub(super) const ADMIN: &str = "quantri@btttt.example";

/// A day before anything happened, so that every account holds its post on whatever day is shown as today.
pub(super) fn founded() -> NaiveDate {
    NaiveDate::from_ymd_opt(1990, 1, 1).unwrap_or_default()
}

/// Role, address, name, unit. The unit is the one with the most overdue tasks in November 2024.
const ACCOUNTS: [(Role, &str, &str, Option<&str>); 5] = [
    (Role::Office, "vanphong@btttt.example", "Chuyên viên Văn phòng", Some("VP")),
    (Role::Leader, "lanhdao@btttt.example", "Lãnh đạo Bộ", None),
    (Role::UnitHead, "thutruong@btttt.example", "Cục trưởng Cục Viễn thông", Some("CVT")),
    (Role::Staff, "chuyenvien@btttt.example", "Chuyên viên Cục Viễn thông", Some("CVT")),
    (Role::Admin, ADMIN, "Quản trị", None),
];

/// An account to try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// What it may do.
    pub role: Role,
    /// Its address.
    pub email: &'static str,
    /// Its password; `None` when its user chose another.
    pub password: Option<String>,
}

/// The accounts, made where they are missing.
///
/// # Errors
/// The database's.
pub fn accounts(app: &App, keys: &Keys) -> Result<Vec<Account>> {
    tenants::operate(app, TENANT, "demo.accounts", |conn, _| {
        let found =
            ACCOUNTS.iter().map(|account| ensure(conn, keys, *account)).collect::<Result<Vec<_>>>()?;
        Ok((found, json!({})))
    })
}

fn ensure(
    conn: &mut TenantConn<'_>,
    keys: &Keys,
    (role, email, name, unit): (Role, &'static str, &str, Option<&str>),
) -> Result<Account> {
    let password = password(keys, email);
    let is_ours = match auth::has_password(conn, email, &password)? {
        Some(is_ours) => is_ours,
        None => {
            if email != ADMIN {
                let unit = unit.map(|unit| units::find(conn, unit)).transpose()?.map(|unit| unit.id);
                let person = accounts::NewPerson { email, name };
                accounts::add_person_with_post(conn, &person, role, unit, founded())?;
            }
            auth::set_password(conn, email, &NewPassword::parse(&password)?)?;
            true
        }
    };
    Ok(Account { role, email, password: is_ours.then_some(password) })
}

/// Sixteen letters and digits that can't be taken for one another: 80 bits.
fn password(keys: &Keys, email: &str) -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let secret = keys.derive(&format!("demo password of {email}"));
    let letters = secret.iter().take(16).map(|byte| {
        let at = usize::from(byte % 32);
        LETTERS.get(at).copied().map_or('x', char::from)
    });
    let letters: Vec<char> = letters.collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}
