//! Saved views: saved, opened, renamed, shared, removed, and the one that opens first.

use actix_web::web;
use uuid::Uuid;

use super::links::{TASKS, TaskQuery};
use super::shell::around;
use super::{PageResult, go_to, page, parse, people, sending};
use crate::auth::Member;
use crate::db::TenantConn;
use crate::domain::access::Acting;
use crate::error::{ParameterFault, Result};
use crate::http::{Body, Caller, Visit};
use crate::pages::{BrokenView, Link, UnsavedView, ViewChip, ViewLine, ViewsBar, ViewsPage, Words};
use crate::params::Params;
use crate::tasks::{self, SavedView, ViewInput};
use crate::tenants::Settings;
use crate::text::parameter;

/// The page on which views are looked after.
pub const PLACE: &str = "/views";

/// Where a view opens.
pub fn place(id: Uuid) -> String {
    format!("{PLACE}/{id}")
}

/// The bar above a list with these filters.
pub(super) fn bar(acting: &Acting, views: &[SavedView], query: &str) -> ViewsBar {
    let chip = |view: &SavedView| ViewChip {
        name: view.name.clone(),
        href: place(view.id),
        current: !query.is_empty() && view.query == query,
        shared: view.shared,
    };
    ViewsBar {
        chips: views.iter().map(chip).collect(),
        save: (!query.is_empty() && acting.person.is_some()).then(|| PLACE.to_owned()),
        query: query.to_owned(),
        may_share: tasks::may_share(acting),
        manage: PLACE.to_owned(),
    }
}

fn notice(w: Words, done: Option<&str>) -> Option<String> {
    let told = match done? {
        "saved" => w.view_saved(),
        "changed" => w.view_changed(),
        "removed" => w.view_removed(),
        _ => return None,
    };
    Some(told.to_owned())
}

fn view(conn: &mut TenantConn<'_>, visit: &Visit, member: &Member, settings: &Settings) -> Result<ViewsPage> {
    let w = Words(visit.lang_of(member.lang));
    let acting = member.acting();
    let line = |view: SavedView| ViewLine {
        id: view.id.to_string(),
        may_change: view.is_changed_by(&acting),
        owner: (acting.person != Some(view.owner)).then_some(view.owner_name),
        view: Link { text: view.name, href: place(view.id) },
        shared: view.shared,
        is_default: view.is_default,
    };
    Ok(ViewsPage {
        w,
        shell: around(visit, w, member, settings),
        back: Link {
            text: w.nav_tasks().to_owned(),
            href: TaskQuery::on(settings.today(&visit.service.app.clock)).href(),
        },
        notice: notice(w, visit.params().text("done").as_deref()),
        broken: None,
        unsaved: None,
        error: None,
        views: tasks::views(conn, &acting)?.into_iter().map(line).collect(),
        place: PLACE.to_owned(),
        may_share: tasks::may_share(&acting),
    })
}

/// The views that the reader sees.
pub async fn show(caller: Caller, visit: Visit) -> PageResult {
    let view = caller.run(move |conn, member, settings| view(conn, &visit, member, settings)).await?;
    page(view.w, &view)
}

/// Opens a view: its list, or what of it no longer holds.
pub async fn open(caller: Caller, visit: Visit, id: web::Path<String>) -> PageResult {
    enum Opened {
        List(String),
        Broken(Box<ViewsPage>),
    }
    let opened = caller
        .run(move |conn, member, settings| {
            let (acting, today) = (member.acting(), settings.today(&visit.service.app.clock));
            let found = tasks::view_of(conn, &acting, parse(&id)?)?;
            let faults = tasks::query_faults(conn, &acting, &found.query, today)?;
            if faults.is_empty() {
                return Ok(Opened::List(format!("{TASKS}?{}", found.query)));
            }
            let page = view(conn, &visit, member, settings)?;
            let told = |fault: &ParameterFault| parameter::named(page.w.0, fault);
            let broken = BrokenView {
                faults: faults.iter().map(told).collect(),
                rest: without(&found.query, &faults),
                name: found.name,
            };
            Ok(Opened::Broken(Box::new(ViewsPage { broken: Some(broken), ..page })))
        })
        .await?;
    match opened {
        Opened::List(place) => Ok(go_to(&place).finish()),
        Opened::Broken(view) => page(view.w, &*view),
    }
}

/// The list without the filters that are wrong.
fn without(query: &str, faults: &[ParameterFault]) -> String {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap_or_default();
    let right: Vec<_> =
        pairs.into_iter().filter(|(name, _)| !faults.iter().any(|fault| fault.name == *name)).collect();
    format!("{TASKS}?{}", serde_urlencoded::to_string(right).unwrap_or_default())
}

/// Saves the filters of a list; or the form comes back.
pub async fn save(caller: Caller, visit: Visit, body: Body) -> PageResult {
    let typed = ViewInput::take(&mut Params::parse(&body.text()));
    let (sent, clock) = (typed.clone(), visit.service.app.clock);
    let save = move |conn: &mut TenantConn<'_>, member: &Member, settings: &Settings| {
        tasks::save_view(conn, &member.acting(), &sent, settings.today(&clock)).map(place)
    };
    sending::act(&caller, visit, sending::FIELDS, save, move |conn, visit, member, settings, told| {
        let page = view(conn, &visit, member, settings)?;
        let unsaved = UnsavedView {
            action: PLACE.to_owned(),
            name: people::field(page.w, &told.faults, "name", &typed.name),
            query: typed.query,
            shared: typed.shared,
        };
        Ok(ViewsPage { error: rest(page.w, &told.faults), unsaved: Some(unsaved), ..page })
    })
    .await
}

/// What is wrong beside the name.
fn rest(w: Words, faults: &[ParameterFault]) -> Option<String> {
    let others: Vec<String> = faults
        .iter()
        .filter(|fault| fault.name != "name")
        .map(|fault| parameter::named(w.0, fault))
        .collect();
    (!others.is_empty()).then(|| others.join("; "))
}

/// Does something to a view and leads to the page; or it comes back with what is wrong.
async fn act(
    caller: Caller,
    visit: Visit,
    id: web::Path<String>,
    done: &'static str,
    work: impl FnOnce(&mut TenantConn<'_>, &Acting, Uuid) -> Result<()> + Send + 'static,
) -> PageResult {
    let work = move |conn: &mut TenantConn<'_>, member: &Member, _: &Settings| {
        work(conn, &member.acting(), parse(&id)?)?;
        Ok(format!("{PLACE}?done={done}"))
    };
    sending::act(&caller, visit, sending::FIELDS, work, move |conn, visit, member, settings, told| {
        let page = view(conn, &visit, member, settings)?;
        let worded = told.faults.iter().map(|fault| parameter::at_field(page.w.0, &fault.problem));
        Ok(ViewsPage { error: Some(worded.collect::<Vec<_>>().join(" ")), ..page })
    })
    .await
}

/// Renames it, shares it or keeps it to its owner.
pub async fn change(caller: Caller, visit: Visit, id: web::Path<String>, body: Body) -> PageResult {
    let typed = ViewInput::take(&mut Params::parse(&body.text()));
    act(caller, visit, id, "changed", move |conn, acting, id| tasks::change_view(conn, acting, id, &typed))
        .await
}

/// Removes it.
pub async fn remove(caller: Caller, visit: Visit, id: web::Path<String>) -> PageResult {
    act(caller, visit, id, "removed", tasks::remove_view).await
}

/// Lets the reader's list begin with it, or no longer.
pub async fn begin(caller: Caller, visit: Visit, id: web::Path<String>, body: Body) -> PageResult {
    let begins = Params::parse(&body.text()).text("begin").as_deref() == Some("yes");
    act(caller, visit, id, "changed", move |conn, acting, id| {
        let view = tasks::view_of(conn, acting, id)?;
        tasks::begin_with(conn, acting, begins.then_some(view.id))
    })
    .await
}
