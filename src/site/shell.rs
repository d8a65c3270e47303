//! What stands around a page: the reader's place, the pages of their role, the other language.

use crate::auth::{HeldPost, Member};
use crate::domain::access::{Act, Role, may};
use crate::domain::lang::Lang;
use crate::http::Visit;
use crate::pages::{self, Choice, NavItem, Shell, Words};
use crate::site::{
    audit, calendar, campaigns, evaluation, extensions, home, language, links, mail, opinions, people,
    person, recurring, settings, submissions, task_form, template, units, webhooks,
};
use crate::tenants::Settings;
use crate::text::date;

/// Around the page of a signed-in reader.
pub(super) fn around(visit: &Visit, w: Words, member: &Member, counts: &Settings) -> Shell {
    // The Office's role is its unit's name already.
    let place = match (&member.unit, member.role) {
        (Some(unit), Role::Office) => unit.name.clone(),
        (Some(unit), role) => format!("{} · {}", unit.name, w.role(role)),
        (None, role) => w.role(role).to_owned(),
    };
    let sees_tasks = may(member.role, Act::ReadTasks);
    let reader = pages::Member {
        tenant_name: counts.name.clone(),
        post: format!("{} · {place}", member.name),
        home: home::START.to_owned(),
        nav: nav(visit, w, member),
        search_action: sees_tasks.then(|| links::TASKS.to_owned()),
        search_words: String::new(),
        posts: posts(w, member),
        switch: person::SWITCH.to_owned(),
        sign_out: "/sign-out".to_owned(),
    };
    Shell { member: Some(reader), ..before(visit, w) }
}

/// The posts to choose from; none for who holds only this one.
fn posts(w: Words, member: &Member) -> Vec<Choice> {
    let choice = |post: &HeldPost| Choice {
        value: post.id.to_string(),
        text: match &post.unit {
            Some(unit) => format!("{unit} · {}", w.role(post.role)),
            None => w.role(post.role).to_owned(),
        },
        selected: post.id == member.post,
    };
    if member.posts.len() > 1 { member.posts.iter().map(choice).collect() } else { Vec::new() }
}

/// Around a page for somebody not known yet.
pub(super) fn before(visit: &Visit, w: Words) -> Shell {
    let (name, other) = match w.0 {
        Lang::Vi => ("English", Lang::En),
        Lang::En => ("Tiếng Việt", Lang::Vi),
    };
    Shell {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        demo_day: visit.service.demo_day.map(date),
        other_language: Some((
            language::switch(other, &visit.address),
            name.to_owned(),
            other.code().to_owned(),
        )),
        ..Shell::default()
    }
}

/// The pages of a role.
fn nav(visit: &Visit, w: Words, member: &Member) -> Vec<NavItem> {
    let here = visit.address.split('?').next().unwrap_or_default();
    [
        (home::DASHBOARD, w.nav_overview(), Act::ReadFigures),
        (home::UNIT, w.nav_unit(), Act::ReadOwnUnit),
        (links::TASKS, w.nav_tasks(), Act::ReadTasks),
        (task_form::NEW, w.nav_give(), Act::GiveTasks),
        (submissions::PLACE, w.nav_submissions(), Act::ConfirmTasks),
        (extensions::PLACE, w.nav_extensions(), Act::ReadTasks),
        (opinions::PLACE, w.nav_opinions(), Act::ReadTasks),
        (home::BRIEFINGS, w.nav_briefings(), Act::ReadFigures),
        (evaluation::PLACE, w.nav_evaluation(), Act::ReadFigures),
        (campaigns::PLACE, w.nav_campaigns(), Act::ReadFigures),
        (recurring::PLACE, w.nav_recurring(), Act::ReadFigures),
        (template::PLACE, w.template_title(), Act::ManageForms),
        (calendar::PLACE, w.nav_calendar(), Act::UseSession),
        (home::ORGANISATION, w.nav_organisation(), Act::ManageTenant),
        (people::PLACE, w.nav_people(), Act::ManageTenant),
        (units::PLACE, w.nav_units(), Act::ManageTenant),
        (settings::PLACE, w.nav_settings(), Act::ManageTenant),
        (mail::PLACE, w.nav_mail(), Act::ManageTenant),
        (webhooks::PLACE, w.nav_webhooks(), Act::ManageTenant),
        (audit::PLACE, w.nav_audit(), Act::ReadAudit),
    ]
    .into_iter()
    .filter(|(_, _, act)| may(member.role, *act))
    .map(|(href, text, _)| NavItem { href: href.to_owned(), text: text.to_owned(), current: href == here })
    .collect()
}
