//! Units: the list, and the form for another.

use super::shell::around;
use super::{PageResult, page, people, sending, unit};
use crate::auth::Member;
use crate::db::TenantConn;
use crate::error::{ParameterFault, Result};
use crate::http::{Body, Caller, Visit};
use crate::organisation::{self, UnitInput, UnitListed};
use crate::pages::{Link, UnitLine, UnitsPage, Words};
use crate::params::Params;
use crate::tenants::Settings;
use crate::text::{date, number};

/// The list.
pub const PLACE: &str = "/units";

/// Back to the list, which tells what was done.
pub(super) fn done(what: &str) -> String {
    format!("{PLACE}?done={what}")
}

fn notice(w: Words, done: Option<String>) -> Option<String> {
    let told = match done.as_deref() {
        Some("added") => w.unit_added(),
        Some("changed") => w.account_saved(),
        Some("ended") => w.unit_ended(),
        _ => return None,
    };
    Some(told.to_owned())
}

/// A unit as it stands in the list.
pub(super) fn line(w: Words, listed: &UnitListed, is_over: bool) -> UnitLine {
    let own = &listed.unit;
    UnitLine {
        unit: Link { text: own.name.clone(), href: unit::place(own.id) },
        short_name: own.short_name.clone(),
        term: w.unit_term(own.valid_from.map(date).as_deref(), own.valid_until.map(date).as_deref()),
        is_over,
        successor: listed.successor.clone(),
        open_tasks: number(w.0, listed.open_tasks),
    }
}

fn view(
    conn: &mut TenantConn<'_>,
    visit: &Visit,
    member: &Member,
    settings: &Settings,
    typed: &UnitInput,
    faults: &[ParameterFault],
) -> Result<UnitsPage> {
    let w = Words(visit.lang_of(member.lang));
    let today = settings.today(&visit.service.app.clock);
    let all = organisation::list(conn)?;
    let total = all.iter().filter(|listed| listed.unit.exists_on(today)).count();
    Ok(UnitsPage {
        w,
        shell: around(visit, w, member, settings),
        notice: notice(w, visit.params().text("done")),
        total: number(w.0, total as u64),
        units: all.iter().map(|listed| line(w, listed, !listed.unit.exists_on(today))).collect(),
        action: PLACE.to_owned(),
        name: people::field(w, faults, "name", &typed.name),
        short_name: people::field(w, faults, "short_name", &typed.short_name),
    })
}

/// The list.
pub async fn show(caller: Caller, visit: Visit) -> PageResult {
    let view = caller
        .run(move |conn, member, settings| view(conn, &visit, member, settings, &UnitInput::default(), &[]))
        .await?;
    page(view.w, &view)
}

/// Adds a unit; or the form comes back.
pub async fn add(caller: Caller, visit: Visit, body: Body) -> PageResult {
    let typed = UnitInput::take(&mut Params::parse(&body.text()));
    let (sent, clock) = (typed.clone(), visit.service.app.clock);
    let add = move |conn: &mut TenantConn<'_>, member: &Member, settings: &Settings| {
        organisation::add(conn, member, &sent, settings.today(&clock))?;
        Ok(done("added"))
    };
    sending::act(&caller, visit, sending::FIELDS, add, move |conn, visit, member, settings, told| {
        view(conn, &visit, member, settings, &typed, &told.faults)
    })
    .await
}
