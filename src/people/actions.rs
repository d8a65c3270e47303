//! An administrator's acts on people and posts. `actor` is the acting person.

use chrono::NaiveDate;
use serde_json::{Value, json};
use uuid::Uuid;

use super::input::NewPost;
use super::model::{PeopleFilter, PeopleListed, Person, Post, Present};
use super::store;
use crate::accounts::{self, NewPerson};
use crate::auth;
use crate::db::TenantConn;
use crate::error::{Denial, ParameterFault, ParameterProblem, Refusal, Result};
use crate::journal::{self, Entry};
use crate::tenants;

/// People on a page.
const PAGE: usize = 50;

/// The people of a filter, by name.
///
/// # Errors
/// The database's.
pub fn list(conn: &mut TenantConn<'_>, filter: &PeopleFilter, today: NaiveDate) -> Result<PeopleListed> {
    let mut found = store::people(conn, None)?;
    found.retain(|person| filter.has(person, today));
    let total = found.len();
    let from = filter.after.and_then(|after| found.iter().position(|person| person.id == after));
    let mut items = found.split_off(from.map_or(0, |at| at + 1));
    let is_more = items.len() > PAGE;
    items.truncate(PAGE);
    let next = items.last().map(|person| person.id).filter(|_| is_more);
    Ok(PeopleListed { items, total, next })
}

/// All the people of a filter, however many.
///
/// # Errors
/// The database's.
pub fn everybody(conn: &mut TenantConn<'_>, filter: &PeopleFilter, today: NaiveDate) -> Result<Vec<Person>> {
    let mut found = store::people(conn, None)?;
    found.retain(|person| person.active && filter.has(person, today));
    Ok(found)
}

/// The person of an id.
///
/// # Errors
/// There is none.
pub fn find(conn: &mut TenantConn<'_>, id: Uuid) -> Result<Person> {
    Ok(store::people(conn, Some(id))?.pop().ok_or(Denial::NotFound)?)
}

/// How many there are.
///
/// # Errors
/// The database's.
pub fn present(conn: &mut TenantConn<'_>, today: NaiveDate) -> Result<Present> {
    store::present(conn, today)
}

pub(super) fn entry(
    actor: Uuid,
    act: &'static str,
    person: Uuid,
    before: Option<Value>,
    after: Option<Value>,
) -> Entry {
    let actor = actor.to_string();
    Entry { actor, act, subject: "person", subject_id: Some(person), import_id: None, before, after }
}

fn told(post: Uuid, new: &NewPost) -> Value {
    json!({
        "post": post, "role": new.role.code(), "unit": new.unit, "from_on": new.from_on, "until_on": new.until_on,
        "deputy_for": new.deputy_for,
    })
}

/// Adds a person with a first post.
///
/// # Errors
/// The address is somebody's already, or the tenant has as many people as it may.
pub fn add(conn: &mut TenantConn<'_>, actor: Uuid, new: &NewPerson<'_>, post: &NewPost) -> Result<Uuid> {
    store::lock(conn)?;
    if let Some(most) = full(conn)? {
        let full =
            ParameterFault { name: "email".to_owned(), problem: ParameterProblem::TooManyPeople(most) };
        return Err(Refusal::Parameters(vec![full]).into());
    }
    if accounts::person_of(conn, new.email)?.is_some() {
        let taken = ParameterFault { name: "email".to_owned(), problem: ParameterProblem::Taken };
        return Err(Refusal::Parameters(vec![taken]).into());
    }
    let person = accounts::add_person(conn, new)?;
    let given = store::insert_post(conn, person, post)?;
    let created = entry(actor, "person.create", person, None, Some(json!({ "name": new.name })));
    let posted = entry(actor, "post.create", person, None, Some(told(given, post)));
    journal::append(conn, &[created, posted])?;
    Ok(person)
}

/// The most people the tenant may have, when it has them.
fn full(conn: &mut TenantConn<'_>) -> Result<Option<u32>> {
    let Some(most) = tenants::limits(conn)?.people else { return Ok(None) };
    Ok((store::active_people(conn)? >= u64::from(most)).then_some(most))
}

/// Lets a person sign in again, or ends all their sessions and links and lets them in no more.
///
/// # Errors
/// It would be the last administrator, or one more than the tenant may have.
pub fn set_active(
    conn: &mut TenantConn<'_>,
    actor: Uuid,
    person: Uuid,
    active: bool,
    today: NaiveDate,
) -> Result<()> {
    store::lock(conn)?;
    if active && let Some(most) = full(conn)? {
        return Err(Denial::TooManyPeople(most).into());
    }
    store::set_active(conn, person, active)?;
    let act = if active { "person.enable" } else { "person.disable" };
    if !active {
        auth::end_sessions(conn, person)?;
        auth::spend_links(conn, person)?;
        keep_an_admin(conn, today)?;
    }
    journal::append(conn, &[entry(actor, act, person, None, None)])
}

/// Gives a person another post.
///
/// # Errors
/// The database's.
pub fn add_post(conn: &mut TenantConn<'_>, actor: Uuid, person: Uuid, new: &NewPost) -> Result<()> {
    let post = store::insert_post(conn, person, new)?;
    journal::append(conn, &[entry(actor, "post.create", person, None, Some(told(post, new)))])
}

/// Ends a post today; one that would only begin later is never held.
///
/// # Errors
/// It is not this person's, is over, or is the last administrator's.
pub fn end_post(
    conn: &mut TenantConn<'_>,
    actor: Uuid,
    person: &Person,
    post: Uuid,
    today: NaiveDate,
) -> Result<()> {
    store::lock(conn)?;
    let held = person.posts.iter().find(|held: &&Post| held.id == post && !held.is_over(today));
    let held = held.ok_or(Denial::NotFound)?;
    let until_on = held.from_on.max(today);
    store::end_post(conn, post, until_on)?;
    keep_an_admin(conn, today)?;
    let before = json!({ "post": post, "role": held.role.code(), "until_on": held.until_on });
    let after = json!({ "post": post, "until_on": until_on });
    journal::append(conn, &[entry(actor, "post.end", person.id, Some(before), Some(after))])
}

fn keep_an_admin(conn: &mut TenantConn<'_>, today: NaiveDate) -> Result<()> {
    if store::has_admin(conn, today)? { Ok(()) } else { Err(Denial::LastAdmin.into()) }
}
