//! Where each role starts, and the administrator's page.

use super::audit::PLACE as AUDIT;
use super::mail;
use super::people::PLACE as PEOPLE;
use super::settings::PLACE as SETTINGS;
use super::shell::around;
use super::units::PLACE as UNITS;
use super::{PageResult, go_to, page};
use crate::domain::access::{Act, may};
use crate::http::{Caller, Visit};
use crate::observatory;
use crate::pages::{Link, MessagePage, Words};
use crate::people;
use crate::text::number;

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

/// Where an administrator starts: what there is to look after.
pub async fn organisation(caller: Caller, visit: Visit) -> PageResult {
    let asking = visit.clone();
    let (mut view, tenant, failed) = caller
        .run(move |conn, member, settings| {
            let visit = asking;
            let w = Words(visit.lang_of(member.lang));
            let today = settings.today(&visit.service.app.clock);
            let failed = observatory::failed_since(conn, mail::yesterday(today))?;
            let present = people::present(conn, today)?;
            let n = |n| number(w.0, n);
            let links = [
                (w.nav_people(), PEOPLE),
                (w.nav_units(), UNITS),
                (w.nav_settings(), SETTINGS),
                (w.nav_mail(), mail::PLACE),
                (w.nav_audit(), AUDIT),
            ];
            let view = MessagePage {
                w,
                shell: around(&visit, w, member, settings),
                is_error: false,
                status: None,
                heading: settings.name.clone(),
                alarms: Vec::new(),
                body: vec![
                    w.organisation_lead().to_owned(),
                    w.people_count(&n(present.people)),
                    w.units_count(&n(present.units)),
                    w.units_without_head(&n(present.without_head)),
                ],
                request_id: None,
                links: links.map(|(text, href)| Link { text: text.to_owned(), href: href.to_owned() }).into(),
            };
            Ok((view, conn.tenant(), failed))
        })
        .await?;
    view.alarms = view.w.alarms(&mail::watched(&visit, tenant).await?, failed);
    page(view.w, &view)
}
