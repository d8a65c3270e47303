//! Requests as they are read: a list, and one with its tasks.

use uuid::Uuid;

use super::model::{Request, RequestListed};
use super::store;
use crate::db::TenantConn;
use crate::domain::access::Visible;
use crate::error::{Denial, ParameterProblem, Result};
use crate::params::Params;

/// Requests a page.
pub const PAGE: u32 = 50;

/// Which requests are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestState {
    /// With a task that is not decided.
    Open,
    /// Wholly decided or withdrawn.
    Decided,
    /// With a task whose deadline had passed when it was asked.
    Late,
}

impl RequestState {
    /// Every one, in the order of the list's form.
    pub const ALL: [Self; 3] = [Self::Open, Self::Decided, Self::Late];

    /// The code in an address.
    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Decided => "decided",
            Self::Late => "late",
        }
    }

    /// The state of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// What a list of requests is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RequestFilter {
    /// In which state.
    pub state: Option<RequestState>,
    /// Of which unit.
    pub unit: Option<Uuid>,
}

/// The filter of an address (`state`, `unit`), and its page; what is faulty is left out and told.
pub fn filter(params: &mut Params) -> (RequestFilter, u32) {
    let unit = params.text("unit").and_then(|text| {
        let id = Uuid::parse_str(&text).ok();
        if id.is_none() {
            params.fault("unit", ParameterProblem::NoSuchUnit);
        }
        id
    });
    let code = params.text("state");
    let state = code.as_deref().and_then(RequestState::from_code);
    if code.is_some() && state.is_none() {
        let codes = RequestState::ALL.map(RequestState::code).join(" | ");
        params.fault("state", ParameterProblem::NotOneOf(codes));
    }
    let page = params.text("page").map(|text| text.parse::<u32>().ok().filter(|n| (1..=1_000).contains(n)));
    if page == Some(None) {
        params.fault("page", ParameterProblem::NotBetween(1, 1_000));
    }
    (RequestFilter { state, unit }, page.flatten().unwrap_or(1))
}

/// A page of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestPage {
    /// The requests: open ones first, then the latest first.
    pub items: Vec<RequestListed>,
    /// Whether there are more.
    pub has_more: bool,
}

/// The requests of a filter that a reader sees; `page` counts from 1.
///
/// # Errors
/// The database's.
pub fn list(
    conn: &mut TenantConn<'_>,
    visible: Visible,
    filter: &RequestFilter,
    page: u32,
) -> Result<RequestPage> {
    let skip = page.saturating_sub(1).saturating_mul(PAGE);
    let limit = i32::try_from(PAGE).unwrap_or(i32::MAX);
    let skip = i32::try_from(skip).unwrap_or(i32::MAX);
    let mut items = store::page(conn, visible, filter, skip, limit.saturating_add(1))?;
    let has_more = items.len() > PAGE as usize;
    items.truncate(PAGE as usize);
    Ok(RequestPage { items, has_more })
}

/// The request that waits for its decision about a task; whether the reader sees the task is asked before.
///
/// # Errors
/// The database's.
pub fn open_of(conn: &mut TenantConn<'_>, task: Uuid) -> Result<Option<Uuid>> {
    store::open_of(conn, task)
}

/// A request with its tasks.
///
/// # Errors
/// There is none that the reader sees.
pub fn request(conn: &mut TenantConn<'_>, visible: Visible, id: Uuid) -> Result<Request> {
    let letter = store::one(conn, visible, id)?.ok_or(Denial::NotFound)?;
    let tasks = store::tasks(conn, id)?;
    Ok(Request { letter, tasks })
}
