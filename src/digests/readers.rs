//! Who reads a digest on a day.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::{Reader, ReaderKind, Recipient, Skip};
use super::store::{self, Holder};
use crate::calendar;
use crate::db::TenantConn;
use crate::domain::access::Role;
use crate::domain::digest::DigestDays;
use crate::domain::lang::Lang;
use crate::domain::preference::{MailPreferences, Readership};
use crate::error::Result;
use crate::preferences;
use crate::tenants::is_email;
use crate::units::{self, Unit};

/// Everybody who holds a post with a digest on a day, one entry a person, and the mailboxes of units without a head;
/// nobody on a day that is not worked. A leader's is about the units they oversee, of one who oversees none about the
/// whole tenant.
///
/// # Errors
/// The database's.
pub fn readers(conn: &mut TenantConn<'_>, day: NaiveDate) -> Result<Vec<Reader>> {
    let calendar = calendar::working_calendar(conn)?;
    let Some(days) = DigestDays::of(&calendar, day, 0) else {
        return Ok(Vec::new());
    };
    let begins_week = days.begins_week(&calendar);
    let mut by_person: BTreeMap<Uuid, Vec<Holder>> = BTreeMap::new();
    let mut headed = BTreeSet::new();
    for holder in store::holders(conn, day)? {
        if holder.role == Role::UnitHead && holder.active {
            headed.extend(holder.unit);
        }
        by_person.entry(holder.person).or_default().push(holder);
    }
    let all = units::all(conn)?;
    let overseen = |id: Uuid| {
        all.iter().filter(move |unit| unit.exists_on(day) && unit.overseer_id == Some(id)).map(|unit| unit.id)
    };
    let ids: Vec<Uuid> = by_person.keys().copied().collect();
    let wishes = preferences::of(conn, &ids)?;
    let people = by_person.into_iter().filter_map(|(id, held)| {
        let wish = wishes.get(&id).copied().unwrap_or_default();
        person(&held, wish, overseen(id).collect(), begins_week)
    });
    let mut found: Vec<Reader> = people.collect();
    let orphans = all.iter().filter(|unit| unit.exists_on(day) && !headed.contains(&unit.id)).cloned();
    found.extend(orphans.map(mailbox));
    Ok(found)
}

/// One reader of all the posts of a person.
fn person(
    held: &[Holder],
    wish: MailPreferences,
    overseen: BTreeSet<Uuid>,
    begins_week: bool,
) -> Option<Reader> {
    let first = held.first()?;
    let units_as = |role| held.iter().filter(move |post| post.role == role).filter_map(|post| post.unit);
    let has = |role| held.iter().any(|post| post.role == role);
    let (confirms, leads) = (has(Role::Office), has(Role::Leader));
    let mut units: BTreeSet<Uuid> = units_as(Role::UnitHead).collect();
    let kind = match (units.is_empty(), confirms, leads) {
        (false, _, _) => ReaderKind::Head,
        (true, true, _) => ReaderKind::Office,
        (true, false, true) => ReaderKind::Leader,
        (true, false, false) => ReaderKind::Staff,
    };
    match kind {
        ReaderKind::Staff => units.extend(units_as(Role::Staff)),
        ReaderKind::Leader => units.extend(overseen),
        ReaderKind::Head | ReaderKind::Office => {}
    }
    let skip = match kind {
        _ if !first.active => Some(Skip::Disabled),
        _ if !is_email(&first.email) => Some(Skip::BadAddress),
        ReaderKind::Staff if !begins_week => Some(Skip::NotTheirDay),
        _ => None,
    };
    let readership = match kind {
        ReaderKind::Head => Readership::Head,
        ReaderKind::Staff => Readership::Staff,
        ReaderKind::Office | ReaderKind::Leader => Readership::Overseer,
    };
    Some(Reader {
        recipient: Recipient::Person(first.person),
        name: first.name.clone(),
        address: first.email.clone(),
        lang: first.lang,
        kind,
        units,
        summary: confirms || leads,
        confirms,
        rest: wish.wants_rest(readership, begins_week),
        skip,
    })
}

/// The mailbox of a unit without a head.
fn mailbox(unit: Unit) -> Reader {
    let skip = match unit.mailbox.as_deref() {
        None => Some(Skip::NoMailbox),
        Some(address) if !is_email(address) => Some(Skip::BadAddress),
        Some(_) => None,
    };
    Reader {
        recipient: Recipient::Mailbox(unit.id),
        name: unit.name,
        address: unit.mailbox.unwrap_or_default(),
        lang: Lang::Vi,
        kind: ReaderKind::Head,
        units: BTreeSet::from([unit.id]),
        summary: false,
        confirms: false,
        rest: true,
        skip,
    }
}
