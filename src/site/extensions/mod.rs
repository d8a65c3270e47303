//! The extension desk: the list of requests; the form and the desk stand beside it.

pub mod desk;
pub mod new;

use uuid::Uuid;

use super::shell::around;
use super::{PageResult, page};
use crate::domain::access::{Act, Visible, may};
use crate::error::Refusal;
use crate::extensions::{self, RequestFilter, RequestListed, RequestState};
use crate::http::{Caller, Visit};
use crate::pages::{Choice, ExtensionsPage, Link, RequestLine, Words};
use crate::text::{date, number};
use crate::units;

/// The list.
pub const PLACE: &str = "/extensions";

/// The form for a request.
pub const NEW: &str = "/extensions/new";

/// What the pages tell beside the faults of fields.
const TELLS: fn(&Refusal) -> bool = |why| matches!(why, Refusal::Extension(_));

/// A request's page.
pub(super) fn place(id: Uuid) -> String {
    format!("{PLACE}/{id}")
}

/// What a request is called: its letter's number, else its day.
fn title(w: Words, letter: &RequestListed) -> String {
    letter.letter_number.clone().unwrap_or_else(|| w.request_of(&date(letter.requested_on)))
}

fn line(w: Words, letter: &RequestListed) -> RequestLine {
    RequestLine {
        letter: Link { text: title(w, letter), href: place(letter.id) },
        unit: letter.unit.clone(),
        asked: w.by_on(letter.asker.as_deref(), &date(letter.requested_on)),
        tasks: number(w.0, letter.tasks),
        progress: w.request_progress(letter.agreed, letter.open, letter.tasks),
        late: (letter.late > 0).then(|| w.asked_late(letter.late)),
    }
}

fn next(filter: &RequestFilter, page: u32) -> String {
    let parts = [
        ("state", filter.state.map(|state| state.code().to_owned())),
        ("unit", filter.unit.map(|unit| unit.to_string())),
        ("page", Some((page + 1).to_string())),
    ];
    let held: Vec<_> = parts.into_iter().filter(|(_, value)| value.is_some()).collect();
    format!("{PLACE}?{}", serde_urlencoded::to_string(held).unwrap_or_default())
}

/// The list.
pub async fn show(caller: Caller, visit: Visit) -> PageResult {
    let view = caller
        .run(move |conn, member, settings| {
            let w = Words(visit.lang_of(member.lang));
            let mut params = visit.params();
            let notice = params.text("done").map(|_| w.extension_withdrawn().to_owned());
            let (filter, page) = extensions::filter(&mut params);
            params.finish()?;
            let found = extensions::list(conn, member.visible(), &filter, page)?;
            let units = match member.visible() {
                Visible::Tenant => units::all(conn)?,
                _ => Vec::new(),
            };
            let state = |state: RequestState| Choice {
                value: state.code().to_owned(),
                text: w.request_state(state).to_owned(),
                selected: filter.state == Some(state),
            };
            let unit = |unit: &units::Unit| Choice {
                value: unit.id.to_string(),
                text: unit.name.clone(),
                selected: filter.unit == Some(unit.id),
            };
            Ok(ExtensionsPage {
                w,
                shell: around(&visit, w, member, settings),
                notice,
                ask: may(member.role, Act::AskExtensions).then(|| NEW.to_owned()),
                action: PLACE.to_owned(),
                states: RequestState::ALL.map(state).to_vec(),
                units: units.iter().map(unit).collect(),
                requests: found.items.iter().map(|letter| line(w, letter)).collect(),
                next: found.has_more.then(|| next(&filter, page)),
            })
        })
        .await?;
    page(view.w, &view)
}
