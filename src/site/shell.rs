//! What stands around a page: the reader's place, the pages of their role, the other language.

use crate::auth::{HeldPost, Member};
use crate::domain::access::{Act, Role, may};
use crate::domain::lang::Lang;
use crate::http::Visit;
use crate::pages::{self, Choice, Here, NavLink, Shell, Words};
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
    let (nav, group) = nav(visit, w, member.role);
    let reader = pages::Member {
        tenant_name: counts.name.clone(),
        post: format!("{} · {place}", member.name),
        home: home::START.to_owned(),
        nav,
        group,
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

/// A page of the navigation, and what its reader may do.
type Entry = (&'static str, &'static str, Act);

/// So many pages stand in one line; more are grouped.
const ONE_LINE: usize = 6;

/// Every page of the navigation, in its group.
fn groups(w: Words) -> Vec<(&'static str, Vec<Entry>)> {
    let figures = vec![
        (home::DASHBOARD, w.nav_overview(), Act::ReadFigures),
        (home::BRIEFINGS, w.nav_briefings(), Act::ReadFigures),
        (evaluation::PLACE, w.nav_evaluation(), Act::ReadFigures),
        (template::PLACE, w.template_title(), Act::ManageForms),
    ];
    let work = vec![
        (home::UNIT, w.nav_unit(), Act::ReadOwnUnit),
        (links::TASKS, w.nav_tasks(), Act::ReadTasks),
        (task_form::NEW, w.nav_give(), Act::GiveTasks),
        (campaigns::PLACE, w.nav_campaigns(), Act::ReadFigures),
        (recurring::PLACE, w.nav_recurring(), Act::ReadFigures),
    ];
    let decisions = vec![
        (submissions::PLACE, w.nav_submissions(), Act::ConfirmTasks),
        (extensions::PLACE, w.nav_extensions(), Act::ReadTasks),
        (opinions::PLACE, w.nav_opinions(), Act::ReadTasks),
    ];
    let organisation = vec![
        (home::ORGANISATION, w.nav_organisation(), Act::ManageTenant),
        (people::PLACE, w.nav_people(), Act::ManageTenant),
        (units::PLACE, w.nav_units(), Act::ManageTenant),
        (settings::PLACE, w.nav_settings(), Act::ManageTenant),
        (calendar::PLACE, w.nav_calendar(), Act::UseSession),
    ];
    let watched = vec![
        (mail::PLACE, w.nav_mail(), Act::ManageTenant),
        (webhooks::PLACE, w.nav_webhooks(), Act::ManageTenant),
        (audit::PLACE, w.nav_audit(), Act::ReadAudit),
    ];
    vec![
        (w.nav_figures(), figures),
        (w.nav_work(), work),
        (w.nav_decisions(), decisions),
        (w.nav_administration(), organisation),
        (w.nav_watched(), watched),
    ]
}

/// The pages of a role in one line, or its groups and in a second line the pages of the group that is being read.
fn nav(visit: &Visit, w: Words, role: Role) -> (Vec<NavLink>, Vec<NavLink>) {
    let here = visit.address.split('?').next().unwrap_or_default();
    let mut groups = groups(w);
    for (_, entries) in &mut groups {
        entries.retain(|(_, _, act)| may(role, *act));
    }
    groups.retain(|(_, entries)| !entries.is_empty());
    let all: Vec<Entry> = groups.iter().flat_map(|(_, entries)| entries.iter().copied()).collect();
    // A page below one of the navigation belongs to the nearest above it.
    let nearest =
        all.iter().map(|(href, _, _)| *href).filter(|href| is_below(here, href)).max_by_key(|h| h.len());
    let link = |(href, text, _): &Entry| NavLink {
        href: (*href).to_owned(),
        text: (*text).to_owned(),
        here: match nearest {
            Some(nearest) if nearest != *href => Here::Elsewhere,
            Some(_) if here == *href => Here::Page,
            Some(_) => Here::Within,
            None => Here::Elsewhere,
        },
    };
    if all.len() <= ONE_LINE {
        return (all.iter().map(link).collect(), Vec::new());
    }
    let is_read = |entries: &[Entry]| entries.iter().any(|(href, _, _)| nearest == Some(*href));
    let line = groups.iter().filter_map(|(name, entries)| match entries.as_slice() {
        [only] => Some(link(only)),
        [first, ..] => {
            let here = if is_read(entries) { Here::Within } else { Here::Elsewhere };
            Some(NavLink { href: first.0.to_owned(), text: (*name).to_owned(), here })
        }
        [] => None,
    });
    let read = groups.iter().find(|(_, entries)| entries.len() > 1 && is_read(entries));
    (line.collect(), read.map(|(_, entries)| entries.iter().map(link).collect()).unwrap_or_default())
}

/// Whether a page is another one, or lies below it.
fn is_below(here: &str, href: &str) -> bool {
    here.strip_prefix(href).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_belongs_to_the_nearest_above_it() {
        assert!(is_below("/tasks", "/tasks") && is_below("/tasks/1", "/tasks"));
        assert!(!is_below("/tasksheet", "/tasks") && !is_below("/", "/tasks"));
    }

    #[test]
    fn no_role_has_more_than_six_entries_in_a_line() {
        for role in Role::ALL {
            let groups: Vec<usize> = groups(Words(Lang::Vi))
                .iter()
                .map(|(_, entries)| entries.iter().filter(|(_, _, act)| may(*role, *act)).count())
                .filter(|count| *count > 0)
                .collect();
            let all: usize = groups.iter().sum();
            assert!(all <= ONE_LINE || groups.len() <= ONE_LINE, "{role:?}");
            assert!(groups.iter().all(|count| *count <= ONE_LINE), "{role:?}");
        }
    }
}
