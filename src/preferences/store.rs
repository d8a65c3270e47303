//! SQL of what people wish.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Text, Uuid as SqlUuid};
use uuid::Uuid;

use crate::db::{Prepared, TenantConn};
use crate::domain::lang::Lang;
use crate::domain::preference::{MailPreferences, SendTime};
use crate::error::{Error, Result};
use crate::schema::{mail_preferences, persons};

type Row = (Uuid, Option<i16>, bool, bool, bool);

/// What these people have said; who has said nothing is not among them.
pub(super) fn preferences(
    conn: &mut TenantConn<'_>,
    people: &[Uuid],
) -> Result<BTreeMap<Uuid, MailPreferences>> {
    let rows: Vec<Row> = mail_preferences::table
        .filter(mail_preferences::tenant_id.eq(conn.tenant().uuid()))
        .filter(mail_preferences::person_id.eq_any(people))
        .select((
            mail_preferences::person_id,
            mail_preferences::digest_minute,
            mail_preferences::upcoming,
            mail_preferences::weekly,
            mail_preferences::reminders,
        ))
        .load(conn.pg())?;
    let wish = |(person, minute, upcoming, weekly, reminders): Row| {
        let time = match minute {
            Some(minute) => Some(SendTime::from_minutes(minute).ok_or_else(|| unknown("time of a digest"))?),
            None => None,
        };
        Ok((person, MailPreferences { time, upcoming, weekly, reminders }))
    };
    rows.into_iter().map(wish).collect()
}

pub(super) fn save(conn: &mut TenantConn<'_>, person: Uuid, wish: MailPreferences) -> Result<()> {
    let values = (
        mail_preferences::digest_minute.eq(wish.time.map(SendTime::minutes)),
        mail_preferences::upcoming.eq(wish.upcoming),
        mail_preferences::weekly.eq(wish.weekly),
        mail_preferences::reminders.eq(wish.reminders),
        mail_preferences::changed_at.eq(conn.now()),
    );
    let whose =
        (mail_preferences::tenant_id.eq(conn.tenant().uuid()), mail_preferences::person_id.eq(person));
    diesel::insert_into(mail_preferences::table)
        .values((whose, values))
        .on_conflict((mail_preferences::tenant_id, mail_preferences::person_id))
        .do_update()
        .set(values)
        .execute(conn.pg())?;
    Ok(())
}

/// The language of a person, if the tenant has them.
pub(super) fn language(conn: &mut TenantConn<'_>, person: Uuid) -> Result<Option<Lang>> {
    let code: Option<String> = persons::table
        .filter(persons::tenant_id.eq(conn.tenant().uuid()))
        .filter(persons::id.eq(person))
        .select(persons::language)
        .first(conn.pg())
        .optional()?;
    code.map(|code| lang(&code)).transpose()
}

#[derive(QueryableByName)]
struct HolderRow {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    email: String,
    #[diesel(sql_type = Text)]
    language: String,
}

/// Active people who hold a post of a role on a day; a deputy holds it as the post they are deputy for.
const HOLDERS: &str = "
    SELECT h.id, h.full_name AS name, h.email, h.language FROM persons h
     WHERE h.tenant_id = $1 AND h.active AND EXISTS (
           SELECT FROM posts p LEFT JOIN posts f ON f.tenant_id = $1 AND f.id = p.deputy_for_id
            WHERE p.tenant_id = $1 AND p.person_id = h.id AND coalesce(f.role, p.role) = $3
              AND p.from_on <= $2 AND (p.until_on > $2 OR p.until_on IS NULL))";

/// The name of a person who is head of a unit on a day.
pub(super) fn head(conn: &mut TenantConn<'_>, person: Uuid, day: NaiveDate) -> Result<Option<String>> {
    let values = vec![conn.tenant().uuid().into(), day.into(), "unit_head".to_owned().into(), person.into()];
    let rows: Vec<HolderRow> = Prepared::new(format!("{HOLDERS} AND h.id = $4"), values).load(conn.pg())?;
    Ok(rows.into_iter().next().map(|row| row.name))
}

/// Somebody who is written to.
pub(super) struct Administrator {
    pub id: Uuid,
    pub email: String,
    pub lang: Lang,
}

pub(super) fn administrators(conn: &mut TenantConn<'_>, day: NaiveDate) -> Result<Vec<Administrator>> {
    let values = vec![conn.tenant().uuid().into(), day.into(), "admin".to_owned().into()];
    let rows: Vec<HolderRow> = Prepared::new(format!("{HOLDERS} ORDER BY h.id"), values).load(conn.pg())?;
    rows.into_iter()
        .map(|row| Ok(Administrator { id: row.id, email: row.email, lang: lang(&row.language)? }))
        .collect()
}

fn lang(code: &str) -> Result<Lang> {
    Lang::from_code(code).ok_or_else(|| unknown("language of a person"))
}

fn unknown(what: &str) -> Error {
    Error::Internal(format!("the database holds an unknown {what}"))
}
