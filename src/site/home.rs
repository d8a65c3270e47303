//! Where each role starts, and the administrator's page.

use super::shell::around;
use super::{PageResult, go_to, page};
use crate::domain::access::{Act, may};
use crate::http::{Caller, Visit};
use crate::pages::{MessagePage, Words};
use crate::text::number;
use crate::units;

/// Leads on to the reader's own start page.
pub const START: &str = "/";
/// The Office's and the leaders'.
pub const DASHBOARD: &str = "/dashboard";
/// The unit head's and the staff's.
pub const UNIT: &str = "/unit";
/// The briefing of a month.
pub const BRIEFINGS: &str = "/briefings";
/// The administrator's.
pub const ORGANISATION: &str = "/organisation";

/// Leads to the start page of the reader's role.
pub async fn start(caller: Caller) -> PageResult {
    let place = caller
        .run(|_, member, _| {
            let starts = [(DASHBOARD, Act::ReadFigures), (UNIT, Act::ReadOwnUnit)];
            let own = starts.into_iter().find(|(_, act)| may(member.role, *act));
            Ok(own.map_or(ORGANISATION, |(place, _)| place))
        })
        .await?;
    Ok(go_to(place).finish())
}

/// What an administrator finds until there is something to administer here.
pub async fn organisation(caller: Caller, visit: Visit) -> PageResult {
    let view = caller
        .run(move |conn, member, settings| {
            let w = Words(visit.lang_of(member.lang));
            let present = units::all(conn)?.into_iter().filter(|unit| unit.valid_until.is_none()).count();
            let count = number(w.0, u64::try_from(present).unwrap_or(u64::MAX));
            Ok(MessagePage {
                w,
                shell: around(&visit, w, member, settings),
                is_error: false,
                status: None,
                heading: settings.name.clone(),
                body: vec![w.organisation_lead().to_owned(), w.units_count(&count)],
                request_id: None,
                links: Vec::new(),
            })
        })
        .await?;
    page(view.w, &view)
}
