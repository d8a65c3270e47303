//! The list of tasks: its filters are its address, and every count above it is a link to its rows.

mod filters;

use std::collections::HashMap;

use chrono::NaiveDate;
use uuid::Uuid;

use super::links::TaskQuery;
use super::shell::around;
use super::{PageResult, briefings, bulk, go_to, misread, page, task_line, urging, views};
use crate::auth::Member;
use crate::db::TenantConn;
use crate::domain::access::{Act, Acting, Visible, may};
use crate::domain::order::Order;
use crate::domain::standing::Standing;
use crate::error::{ParameterFault, Refusal, Result};
use crate::http::{Caller, Visit};
use crate::pages::{ActiveFilter, CountLink, Link, Mark, Num, Shell, TasksPage, ViewsBar, Words};
use crate::tasks::input::{self, TaskListTyped};
use crate::tasks::{self, Holder, Listing, StandingFilter, TaskFilterInput};
use crate::tenants::Settings;
use crate::text::{date, number};
use crate::units::{self, Unit};
use filters::{Held, active, form};

/// The parameters whose faults stand at a field of the form; a fault of another one is no page but an error.
pub const FIELDS: [&str; 9] =
    ["q", "due_from", "due_to", "as_of", "source", "label", "field", "assigned_from", "assigned_to"];

const OVERDUE: StandingFilter = StandingFilter::Is(Standing::Overdue);

/// Whom a list's filters name, and may name.
#[derive(Debug, Default)]
pub struct ListPeople {
    /// Who reads; `None` for a program.
    pub reader: Option<Uuid>,
    /// The tenant's leaders, and the people of the reader's unit.
    pub holders: Vec<Holder>,
    /// The names of all of them.
    pub names: HashMap<Uuid, String>,
}

impl ListPeople {
    fn read(
        conn: &mut TenantConn<'_>,
        acting: &Acting,
        asked: &TaskFilterInput,
        day: NaiveDate,
    ) -> Result<Self> {
        let own: Vec<Uuid> =
            acting.unit.filter(|_| acting.visible() != Visible::Tenant).into_iter().collect();
        let holders = tasks::holders(conn, Some(&own), day)?;
        let asked: Vec<Uuid> = [asked.given_to, asked.leader].into_iter().flatten().collect();
        let mut names = tasks::person_names(conn, &asked)?;
        names.extend(holders.iter().map(|holder| (holder.id, holder.name.clone())));
        Ok(Self { reader: acting.person, holders, names })
    }
}

/// What a list's page is made of.
#[derive(Debug)]
pub struct TaskList<'a> {
    /// The address as typed.
    pub typed: &'a TaskListTyped,
    /// What is wrong with it, at the form's [`FIELDS`].
    pub faults: &'a [ParameterFault],
    /// What was asked.
    pub asked: &'a TaskFilterInput,
    /// The day.
    pub day: NaiveDate,
    /// The tenant's units, in its order.
    pub units: &'a [Unit],
    /// Whom the filters name, and may name.
    pub people: &'a ListPeople,
    /// The rows and figures; `None` when a fault kept the list from being made.
    pub listing: Option<&'a Listing>,
}

/// What a list's address leads to.
enum Shown {
    /// The page; whether something of its address could not be read.
    Page(Box<TasksPage>, bool),
    /// The view with which the reader's list begins.
    View(String),
}

/// A list by its address; without any filter the view with which the reader's list begins.
pub async fn show(caller: Caller, visit: Visit) -> PageResult {
    let shown = caller.run(move |conn, member, settings| shown(conn, &visit, member, settings)).await?;
    match shown {
        Shown::View(place) => Ok(go_to(&place).finish()),
        Shown::Page(view, true) => misread(view.w, &*view),
        Shown::Page(view, false) => page(view.w, &*view),
    }
}

fn shown(conn: &mut TenantConn<'_>, visit: &Visit, member: &Member, settings: &Settings) -> Result<Shown> {
    let w = Words(visit.lang_of(member.lang));
    let today = settings.today(&visit.service.app.clock);
    let acting = member.acting();
    let views = tasks::views(conn, &acting)?;
    if let Some(view) = views.iter().find(|view| view.is_default && !visit.address.contains('?')) {
        return Ok(Shown::View(views::place(view.id)));
    }
    let (asked, faults) = input::read(conn, visit.params(), &acting, today)?;
    // What has no field on the page can't be mended there.
    if faults.iter().any(|fault| !FIELDS.contains(&fault.name.as_str())) {
        return Err(Refusal::Parameters(faults).into());
    }
    let (day, soon, after) = (asked.day, settings.due_soon_days, asked.after.as_ref());
    let listing = match faults.as_slice() {
        [] => Some(tasks::listing(conn, day, soon, asked.filter.clone(), asked.limit, after)),
        _ => None,
    };
    let listing = listing.transpose().map_err(input::named_unit)?;
    let (units, people) = (units::all(conn)?, ListPeople::read(conn, &acting, &asked.filter, today)?);
    let list = TaskList {
        typed: &asked.typed,
        faults: &faults,
        asked: &asked.filter,
        day,
        units: &units,
        people: &people,
        listing: listing.as_ref(),
    };
    let urged = may(member.role, Act::ReadFigures).then(|| urged(&list)).flatten();
    let mut shell = around(visit, w, member, settings);
    if let (Some(reader), Some(q)) = (&mut shell.member, &asked.typed.q) {
        reader.search_words.clone_from(q);
    }
    let view = TasksPage {
        as_told: briefings::told_to(member, conn, w, day, today)?,
        urging: urged.map(|unit| urging::place(unit, day)),
        views: views::bar(&acting, &views, &saved_query(w, &list)),
        // What is done now is done to what is so now.
        bulk: (day == today).then(|| bulk::bar(w, &acting, &list, saved_query(w, &list))).flatten(),
        ..view(w, shell, &list)
    };
    Ok(Shown::Page(Box::new(view), !faults.is_empty()))
}

/// The filters as they are saved: without the day and the place in the list.
fn saved_query(w: Words, list: &TaskList<'_>) -> String {
    query(list, &active(w, list)).without("as_of").without("limit").query()
}

/// The page of a list.
pub fn view(w: Words, shell: Shell, list: &TaskList<'_>) -> TasksPage {
    let filters = active(w, list);
    let query = query(list, &filters);
    let page = list.listing.map(|listing| &listing.page);
    let tasks = page.map(|page| page.items.as_slice()).unwrap_or_default();
    let is_first = list.typed.cursor.as_deref().is_none_or(str::is_empty);
    let next = page.and_then(|page| page.next.as_ref());
    TasksPage {
        w,
        shell,
        as_of: date(list.day),
        filters: form(w, list, &filters),
        clear_href: (!filters.is_empty()).then(|| TaskQuery::on(list.day).href()),
        active: filters
            .into_iter()
            .map(|filter| ActiveFilter {
                text: w.filter_is(filter.label, &filter.words),
                remove_href: query.clone().without(filter.name).href(),
            })
            .collect(),
        total: list.listing.map(|listing| number(w.0, listing.total)),
        shown: (is_first && next.is_some()).then(|| format!("1–{}", tasks.len())),
        counts: list.listing.map(|listing| counts(w, list, listing, &query)).unwrap_or_default(),
        tasks: tasks.iter().map(|task| task_line::line(w, task, list.day)).collect(),
        as_told: None,
        urging: None,
        files: match tasks {
            [] => Vec::new(),
            _ => [("Excel", "xlsx"), ("CSV", "csv")]
                .map(|(text, form)| Link { text: text.to_owned(), href: query.file(form) })
                .into(),
        },
        views: ViewsBar::default(),
        bulk: None,
        caption: w.tasks_caption(list.asked.order),
        next: next.map(|cursor| query.clone().with("cursor", cursor).href()),
        first: (!is_first).then(|| query.href()),
    }
}

/// The unit whose overdue tasks this list is.
fn urged(list: &TaskList<'_>) -> Option<Uuid> {
    let name = list.asked.unit.as_deref().filter(|_| list.asked.standing == Some(OVERDUE))?;
    let some = list.listing.is_some_and(|listing| listing.total > 0);
    list.units.iter().find(|unit| unit.short_name == name && some).map(|unit| unit.id)
}

/// The address of the list's beginning.
fn query(list: &TaskList<'_>, filters: &[Held]) -> TaskQuery {
    let query = filters
        .iter()
        .fold(TaskQuery::on(list.day), |query, filter| query.with(filter.name, filter.value.as_str()));
    let query = match list.asked.order {
        Order::Late => query,
        order => query.with("sort", order.code()),
    };
    match list.typed.limit.as_deref().filter(|limit| !limit.is_empty()) {
        Some(limit) => query.with("limit", limit),
        None => query,
    }
}

fn counts(w: Words, list: &TaskList<'_>, listing: &Listing, query: &TaskQuery) -> Vec<CountLink> {
    let n = &listing.counts;
    [
        (StandingFilter::Is(Standing::Overdue), Mark::Overdue, n.overdue),
        (StandingFilter::DueSoon, Mark::DueSoon, n.due_soon),
        (StandingFilter::Is(Standing::WithinTerm), Mark::WithinTerm, n.within_term),
        (StandingFilter::Waiting, Mark::Waiting, n.waiting),
        (StandingFilter::Is(Standing::CompletedOnTime), Mark::CompletedOnTime, n.completed_on_time),
        (StandingFilter::Is(Standing::CompletedLate), Mark::CompletedLate, n.completed_late),
        (StandingFilter::Is(Standing::NoDeadline), Mark::NoDeadline, n.no_deadline),
        (StandingFilter::Is(Standing::Outside), Mark::Outside, n.outside),
    ]
    .map(|(standing, mark, count)| CountLink {
        mark,
        n: Num::link(number(w.0, count), query.clone().with("standing", standing.code()).href()),
        current: list.asked.standing == Some(standing),
    })
    .into()
}

#[cfg(test)]
mod tests;
