//! A form that was sent: what it asks for is done and leads on, or its page comes back with what is wrong.
//!
//! What must stay true: a page comes back only with what it can tell; every other failure stays one.

use askama::Template;

use super::{PageResult, go_to, refused};
use crate::auth::Member;
use crate::db::TenantConn;
use crate::error::{Error, ParameterFault, Refusal, Result};
use crate::http::{Caller, Visit};
use crate::pages::Words;
use crate::tenants::Settings;
use crate::text::refusal::refusal;

/// Why a form was refused, as its page tells it; nothing of a form not sent yet.
#[derive(Clone, Default)]
pub(super) struct Told {
    /// At its fields.
    pub faults: Vec<ParameterFault>,
    /// Above it.
    pub error: Option<String>,
}

impl Told {
    fn of(w: Words, why: Refusal) -> Self {
        match why {
            Refusal::Parameters(faults) => Self { faults, error: None },
            other => Self { faults: Vec::new(), error: Some(refusal(w.0, &other)) },
        }
    }

    /// What stands above the form, a sentence a line.
    pub fn errors(&self) -> Vec<String> {
        self.error.iter().flat_map(|error| error.lines()).map(str::to_owned).collect()
    }
}

/// For a page that tells faults of its fields and no other refusal.
pub(super) const FIELDS: fn(&Refusal) -> bool = |_| false;

/// Does what a form asks for and leads to the place that `work` names; or `page` comes back with the faults of its
/// fields, or with a refusal that it `tells` above them.
pub(super) async fn act<P: Template + Send + 'static>(
    caller: &Caller,
    visit: Visit,
    tells: fn(&Refusal) -> bool,
    work: impl FnOnce(&mut TenantConn<'_>, &Member, &Settings) -> Result<String> + Send + 'static,
    page: impl FnOnce(&mut TenantConn<'_>, Visit, &Member, &Settings, Told) -> Result<P> + Send + 'static,
) -> PageResult {
    let failure = match caller.run(work).await {
        Ok(place) => return Ok(go_to(&place).finish()),
        Err(failure) => failure,
    };
    let why = match failure.error() {
        Error::Refused(why) if matches!(why, Refusal::Parameters(_)) || tells(why) => why.clone(),
        _ => return Err(failure),
    };
    let (w, view) = caller
        .run(move |conn, member, settings| {
            let w = Words(visit.lang_of(member.lang));
            Ok((w, page(conn, visit, member, settings, Told::of(w, why))?))
        })
        .await?;
    refused(w, &view)
}
