//! The filters of a list: those that hold, in words, and the form.

use chrono::NaiveDate;
use uuid::Uuid;

use super::super::links::TASKS;
use super::{FIELDS, TaskList};
use crate::domain::access::{Role, Visible};
use crate::domain::order::Order;
use crate::domain::task::{Category, Level, ProductKind, Status};
use crate::pages::{Choice, Field, Filters, MoreFilters, Words};
use crate::tasks::input::ME;
use crate::tasks::{Search, StandingFilter};
use crate::text::{date, number, parameter, vocabulary};
use crate::units::Unit;

/// A filter that holds: its name and value in the address, and both in words.
pub(super) struct Held {
    pub name: &'static str,
    pub value: String,
    pub label: &'static str,
    pub words: String,
}

/// The filters that hold, in the order of the address.
pub(super) fn active(w: Words, list: &TaskList<'_>) -> Vec<Held> {
    let asked = list.asked;
    let mut all = Vec::new();
    let mut hold = |name, label, value: Option<(String, String)>| {
        all.extend(value.map(|(value, words)| Held { name, value, label, words }));
    };
    let lang = w.0;
    let code = |code: &str, words: &str| (code.to_owned(), vocabulary::capitalised(words));
    let day = |day: NaiveDate| (day.to_string(), date(day));
    let days = |n: u32| (n.to_string(), number(lang, n.into()));
    let q = asked.q.as_ref().map(|q| q.typed()).filter(|q| !q.is_empty());
    hold("q", w.words_filter(), q.map(|q| (q.to_owned(), w.in_words(q))));
    hold("unit", w.unit(), asked.unit.clone().map(|unit| (unit.clone(), unit)));
    let coordinating = asked.coordinating.and_then(|id| list.units.iter().find(|unit| unit.id == id));
    hold(
        "coordinating",
        w.coordinating(),
        coordinating.map(|unit| (unit.short_name.clone(), unit.short_name.clone())),
    );
    hold(
        "standing",
        w.standing(),
        asked.standing.map(|s| (s.code().to_owned(), w.standing_filter(s).to_owned())),
    );
    hold("category", w.category(), asked.category.map(|c| code(c.code(), vocabulary::category(lang, c))));
    hold("product", w.product_kind(), asked.product.map(|p| code(p.code(), vocabulary::product(lang, p))));
    hold("level", w.level(), (!asked.levels.is_empty()).then(|| levels(w, &asked.levels)));
    hold("due_from", w.due_from(), asked.due_from.map(day));
    hold("due_to", w.due_to(), asked.due_to.map(day));
    hold("completed_from", w.completed_from(), asked.completed_from.map(day));
    hold("completed_to", w.completed_to(), asked.completed_to.map(day));
    hold("late_from", w.late_from(), asked.late_from.map(days));
    hold("late_to", w.late_to(), asked.late_to.map(days));
    rest(w, list, &mut hold);
    all
}

/// The filters that are asked for less often.
fn rest(
    w: Words,
    list: &TaskList<'_>,
    hold: &mut impl FnMut(&'static str, &'static str, Option<(String, String)>),
) {
    let asked = list.asked;
    let words = |q: &Option<Search>| q.as_ref().map(|q| (q.typed().to_owned(), q.typed().to_owned()));
    let day = |day: NaiveDate| (day.to_string(), date(day));
    hold("assignee", w.given_to(), asked.given_to.map(|id| person(w, list, id)));
    hold("leader", w.leader_filter(), asked.leader.map(|id| person(w, list, id)));
    hold("source", w.source_filter(), words(&asked.source));
    hold("label", w.label_filter(), words(&asked.label));
    hold("field", w.field(), words(&asked.field));
    hold("assigned_from", w.assigned_from(), asked.assigned_from.map(day));
    hold("assigned_to", w.assigned_to(), asked.assigned_to.map(day));
    let status =
        |status: Status| (status.code().to_owned(), vocabulary::capitalised(vocabulary::status(w.0, status)));
    hold("status", w.status_filter(), asked.status.map(status));
    let yes = |code: &str, words: &str| (code.to_owned(), words.to_owned());
    hold("extension", w.extensions(), asked.extension_asked.then(|| yes("open", w.extension_open())));
    hold("reason", w.late_reason(), asked.reason_missing.then(|| yes("none", w.reason_none())));
}

/// How the address names a person, and how people do: whoever reads is `me` to both.
fn person(w: Words, list: &TaskList<'_>, id: Uuid) -> (String, String) {
    if list.people.reader == Some(id) {
        return (ME.to_owned(), w.me().to_owned());
    }
    (id.to_string(), list.people.names.get(&id).cloned().unwrap_or_default())
}

fn levels(w: Words, levels: &[Level]) -> (String, String) {
    let codes: Vec<&str> = levels.iter().map(|level| level.code()).collect();
    let words: Vec<String> =
        levels.iter().map(|level| vocabulary::capitalised(vocabulary::level(w.0, *level))).collect();
    (codes.join(","), words.join(", "))
}

pub(super) fn form(w: Words, list: &TaskList<'_>, filters: &[Held]) -> Filters {
    let asked = list.asked;
    let lang = w.0;
    let choice = |value: &str, words: &str, selected| Choice {
        value: value.to_owned(),
        text: vocabulary::capitalised(words),
        selected,
    };
    let standings = StandingFilter::all()
        .map(|s| choice(s.code(), w.standing_filter(s), asked.standing == Some(s)))
        .collect();
    let categories = Category::ALL
        .iter()
        .map(|c| choice(c.code(), vocabulary::category(lang, *c), asked.category == Some(*c)))
        .collect();
    let products = ProductKind::ALL
        .iter()
        .map(|p| choice(p.code(), vocabulary::product(lang, *p), asked.product == Some(*p)))
        .collect();
    let typed = list.typed;
    Filters {
        action: TASKS.to_owned(),
        q: field(w, list, "q", typed.q.as_deref(), None),
        units: units(list),
        standings,
        categories,
        products,
        due_from: field(w, list, "due_from", typed.due_from.as_deref(), asked.due_from),
        due_to: field(w, list, "due_to", typed.due_to.as_deref(), asked.due_to),
        as_of: field(w, list, "as_of", typed.as_of.as_deref(), Some(list.day)),
        more: more(w, list),
        kept: kept(list, filters),
    }
}

/// The part of the form that opens when it is wanted.
fn more(w: Words, list: &TaskList<'_>) -> MoreFilters {
    let (asked, typed) = (list.asked, list.typed);
    let plain =
        |value: &str, text: &str, selected| Choice { value: value.into(), text: text.into(), selected };
    let words = |name, typed: &Option<String>| field(w, list, name, typed.as_deref(), None);
    let day = |name, typed: &Option<String>, day| field(w, list, name, typed.as_deref(), day);
    let statuses = Status::ALL.iter().map(|status| Choice {
        value: status.code().to_owned(),
        text: vocabulary::capitalised(vocabulary::status(w.0, *status)),
        selected: asked.status == Some(*status),
    });
    MoreFilters {
        assignees: people(w, list, asked.given_to, |role| role != Role::Leader),
        leaders: people(w, list, asked.leader, |role| role == Role::Leader),
        statuses: statuses.collect(),
        source: words("source", &typed.source),
        label: words("label", &typed.label),
        field: words("field", &typed.field),
        assigned_from: day("assigned_from", &typed.assigned_from, asked.assigned_from),
        assigned_to: day("assigned_to", &typed.assigned_to, asked.assigned_to),
        extensions: vec![plain("open", w.extension_open(), asked.extension_asked)],
        reasons: vec![plain("none", w.reason_none(), asked.reason_missing)],
        orders: Order::ALL.iter().map(|o| plain(o.code(), w.order(*o), asked.order == *o)).collect(),
        is_open: [asked.given_to, asked.leader].iter().any(Option::is_some)
            || [&asked.source, &asked.label, &asked.field].iter().any(|q| q.is_some())
            || asked.assigned_from.or(asked.assigned_to).is_some()
            || asked.status.is_some()
            || asked.extension_asked
            || asked.reason_missing
            || asked.order != Order::Late
            || list.faults.iter().any(|fault| MORE_FIELDS.contains(&fault.name.as_str())),
    }
}

/// The fields of that part that can be wrong.
const MORE_FIELDS: [&str; 5] = ["source", "label", "field", "assigned_from", "assigned_to"];

/// Whoever reads, those who hold a post of such a role, and the one that is chosen.
fn people(w: Words, list: &TaskList<'_>, chosen: Option<Uuid>, of: impl Fn(Role) -> bool) -> Vec<Choice> {
    let mut ids: Vec<Uuid> = list.people.reader.into_iter().collect();
    ids.extend(list.people.holders.iter().filter(|holder| of(holder.role)).map(|holder| holder.id));
    ids.extend(chosen);
    let mut choices: Vec<Choice> = Vec::new();
    for id in ids {
        let (value, text) = person(w, list, id);
        if !choices.iter().any(|choice| choice.value == value) {
            choices.push(Choice { value, text, selected: chosen == Some(id) });
        }
    }
    choices
}

/// A field with its value, a date as people write it; a faulty one as it was typed, with its fault.
fn field(
    w: Words,
    list: &TaskList<'_>,
    name: &str,
    typed: Option<&str>,
    understood: Option<NaiveDate>,
) -> Field {
    let typed = typed.unwrap_or_default();
    match list.faults.iter().find(|fault| fault.name == name) {
        Some(fault) => Field::faulty(typed, parameter::at_field(w.0, &fault.problem)),
        None => Field::of(understood.map_or_else(|| typed.to_owned(), date)),
    }
}

/// The units to choose from: those there are on the day, and the one that is chosen. A reader who sees one unit's
/// tasks has no choice.
fn units(list: &TaskList<'_>) -> Vec<Choice> {
    if list.asked.visible != Visible::Tenant {
        return Vec::new();
    }
    let is_chosen = |unit: &Unit| list.asked.unit.as_ref().is_some_and(|name| *name == unit.short_name);
    list.units
        .iter()
        .filter(|unit| unit.valid_until.is_none_or(|end| list.day < end) || is_chosen(unit))
        .map(|unit| Choice {
            value: unit.short_name.clone(),
            text: unit.name.clone(),
            selected: is_chosen(unit),
        })
        .collect()
}

/// The filters that hold and have no field, so that the form keeps them.
fn kept(list: &TaskList<'_>, filters: &[Held]) -> Vec<(String, String)> {
    let has_field = |name: &str| match name {
        "unit" => list.asked.visible == Visible::Tenant,
        "standing" | "category" | "product" | "assignee" | "leader" | "status" | "extension" | "reason" => {
            true
        }
        _ => FIELDS.contains(&name),
    };
    let without_field = filters.iter().filter(|filter| !has_field(filter.name));
    without_field.map(|filter| (filter.name.to_owned(), filter.value.clone())).collect()
}
