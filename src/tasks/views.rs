//! Saved views: lists that people come back to, each the filters of an address under a name.
//!
//! What must stay true: a view is kept as an address and read again as one each time, so that it never shows what its
//! reader may not see, and says so when something it names is gone; only its owner, and the Office for a shared one,
//! changes it; the day is never a part of it.

use serde_json::{Value, json};
use uuid::Uuid;

use super::store::views as store;
use crate::db::TenantConn;
use crate::domain::access::{Act, Acting, may};
use crate::domain::words::tidy;
use crate::error::{Denial, ParameterFault, ParameterProblem, Refusal, Result};
use crate::ids::new_id;
use crate::journal::{self, Entry};
use crate::params::Params;

/// The most characters of a name.
pub const LONGEST_NAME: usize = 60;

/// The most characters of an address's filters.
const LONGEST_QUERY: usize = 2_000;

/// The most views of a person.
const MOST: usize = 50;

/// A saved view as one reader sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedView {
    /// Its id.
    pub id: Uuid,
    /// Whose it is.
    pub owner: Uuid,
    /// The owner's name.
    pub owner_name: String,
    /// What it is called.
    pub name: String,
    /// The filters, as an address has them.
    pub query: String,
    /// Whether everybody of the tenant sees it.
    pub shared: bool,
    /// Whether the reader's list begins with it.
    pub is_default: bool,
}

impl SavedView {
    /// Whether somebody may rename, share or remove it.
    pub fn is_changed_by(&self, acting: &Acting) -> bool {
        acting.person == Some(self.owner) || self.shared && may_share(acting)
    }
}

/// Whether somebody may share views with the tenant.
pub fn may_share(acting: &Acting) -> bool {
    may(acting.role, Act::GiveTasks)
}

/// A view as typed: `name`, `shared`, and of a new one `query`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs)] // The fields are those of the form.
pub struct ViewInput {
    pub name: String,
    pub query: String,
    pub shared: bool,
}

impl ViewInput {
    /// Takes a form's fields.
    pub fn take(params: &mut Params) -> Self {
        Self {
            name: tidy(&params.text("name").unwrap_or_default()),
            query: params.text("query").unwrap_or_default(),
            shared: params.text("shared").is_some(),
        }
    }

    /// Checks it against the views that its owner has; `own` is the one to be changed.
    fn check(&self, views: &[SavedView], owner: Uuid, own: Option<Uuid>) -> Result<()> {
        let mut others = views.iter().filter(|view| view.owner == owner && Some(view.id) != own);
        let is_long = |text: &str, most| text.chars().count() > most || text.chars().any(char::is_control);
        let problem = match self.name.as_str() {
            "" => Some(ParameterProblem::Missing),
            name if is_long(name, LONGEST_NAME) => Some(ParameterProblem::TooLong(LONGEST_NAME)),
            name if others.any(|view| view.name == name) => Some(ParameterProblem::Taken),
            _ => None,
        };
        let faults = [("name", problem), ("query", self.query_problem(views, owner, own))];
        let told = faults.into_iter().filter_map(|(name, problem)| Some((name, problem?)));
        let faults: Vec<ParameterFault> =
            told.map(|(name, problem)| ParameterFault { name: name.to_owned(), problem }).collect();
        if faults.is_empty() { Ok(()) } else { Err(Refusal::Parameters(faults).into()) }
    }

    fn query_problem(&self, views: &[SavedView], owner: Uuid, own: Option<Uuid>) -> Option<ParameterProblem> {
        let is_full = own.is_none() && views.iter().filter(|view| view.owner == owner).count() >= MOST;
        match self.query.chars().count() {
            _ if is_full => Some(ParameterProblem::NotBetween(0, MOST.try_into().unwrap_or(u32::MAX))),
            length if length > LONGEST_QUERY => Some(ParameterProblem::TooLong(LONGEST_QUERY)),
            _ => None,
        }
    }
}

/// The views that somebody sees: their own, then those shared with them, each by name. A program has none.
///
/// # Errors
/// The database's.
pub fn views(conn: &mut TenantConn<'_>, acting: &Acting) -> Result<Vec<SavedView>> {
    match acting.person {
        Some(person) => store::seen_by(conn, person),
        None => Ok(Vec::new()),
    }
}

/// One of them.
///
/// # Errors
/// There is none of this id, or they don't see it.
pub fn view_of(conn: &mut TenantConn<'_>, acting: &Acting, id: Uuid) -> Result<SavedView> {
    let found = views(conn, acting)?.into_iter().find(|view| view.id == id);
    Ok(found.ok_or(Denial::NotFound)?)
}

/// Saves a view. That its filters can be read is for the caller to see to.
///
/// # Errors
/// A name that is none, too long or taken; too many views; sharing what they may not share.
pub fn save_view(conn: &mut TenantConn<'_>, acting: &Acting, typed: &ViewInput) -> Result<Uuid> {
    let owner = acting.person.ok_or(Denial::NotPermitted)?;
    store::lock(conn, owner)?;
    typed.check(&views(conn, acting)?, owner, None)?;
    if typed.shared && !may_share(acting) {
        return Err(Denial::NotPermitted.into());
    }
    let id = new_id();
    store::insert(conn, id, owner, typed)?;
    journal::append(conn, &[entry(acting, "view.save", id, None, Some(told(typed)))])?;
    Ok(id)
}

/// Renames a view, shares it or keeps it to its owner. Whoever else's list began with it begins without it then.
///
/// # Errors
/// They don't see it; they may not change it; a name that can't be.
pub fn change_view(conn: &mut TenantConn<'_>, acting: &Acting, id: Uuid, typed: &ViewInput) -> Result<()> {
    let view = changeable(conn, acting, id)?;
    store::lock(conn, view.owner)?;
    typed.check(&store::seen_by(conn, view.owner)?, view.owner, Some(id))?;
    if typed.shared && !view.shared && !may_share(acting) {
        return Err(Denial::NotPermitted.into());
    }
    if (&typed.name, typed.shared) == (&view.name, view.shared) {
        return Ok(());
    }
    store::update(conn, id, typed)?;
    if !typed.shared {
        store::forget_defaults(conn, id, Some(view.owner))?;
    }
    let before = json!({ "name": view.name, "shared": view.shared });
    journal::append(conn, &[entry(acting, "view.change", id, Some(before), Some(told(typed)))])
}

/// Removes a view.
///
/// # Errors
/// They don't see it; they may not change it.
pub fn remove_view(conn: &mut TenantConn<'_>, acting: &Acting, id: Uuid) -> Result<()> {
    let view = changeable(conn, acting, id)?;
    store::forget_defaults(conn, id, None)?;
    store::delete(conn, id)?;
    let before = json!({ "name": view.name, "shared": view.shared });
    journal::append(conn, &[entry(acting, "view.remove", id, Some(before), None)])
}

/// Lets somebody's list of tasks begin with a view that they see, or with none.
///
/// # Errors
/// They don't see it.
pub fn begin_with(conn: &mut TenantConn<'_>, acting: &Acting, view: Option<Uuid>) -> Result<()> {
    let person = acting.person.ok_or(Denial::NotPermitted)?;
    let id = view.map(|id| view_of(conn, acting, id)).transpose()?.map(|view| view.id);
    store::set_default(conn, person, id)
}

fn changeable(conn: &mut TenantConn<'_>, acting: &Acting, id: Uuid) -> Result<SavedView> {
    let view = view_of(conn, acting, id)?;
    if view.is_changed_by(acting) { Ok(view) } else { Err(Denial::NotPermitted.into()) }
}

fn told(typed: &ViewInput) -> Value {
    json!({ "name": typed.name, "shared": typed.shared })
}

fn entry(acting: &Acting, act: &'static str, id: Uuid, before: Option<Value>, after: Option<Value>) -> Entry {
    let actor = acting.actor.clone();
    Entry { actor, act, subject: "view", subject_id: Some(id), import_id: None, before, after }
}
