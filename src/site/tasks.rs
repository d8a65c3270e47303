//! The list of tasks: its filters are its address, and every count above it is a link to its rows.

use chrono::NaiveDate;
use uuid::Uuid;

use super::links::{TASKS, TaskQuery};
use super::shell::around;
use super::{PageResult, misread, page, task_line, urging};
use crate::domain::access::{Act, Visible, may};
use crate::domain::standing::Standing;
use crate::domain::task::{Category, Level, ProductKind};
use crate::error::{ParameterFault, Refusal};
use crate::http::{Caller, Visit};
use crate::pages::{
    ActiveFilter, Choice, CountLink, Field, Filters, Link, Mark, Num, Shell, TasksPage, Words,
};
use crate::tasks::input::{self, TaskListTyped};
use crate::tasks::{self, Listing, StandingFilter, TaskFilterInput};
use crate::text::{date, number, parameter, vocabulary};
use crate::units::{self, Unit};

/// The parameters whose faults stand at a field of the form; a fault of another one is no page but an error.
pub const FIELDS: [&str; 4] = ["q", "due_from", "due_to", "as_of"];

const OVERDUE: StandingFilter = StandingFilter::Is(Standing::Overdue);

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
    /// The rows and figures; `None` when a fault kept the list from being made.
    pub listing: Option<&'a Listing>,
}

/// A list by its address.
pub async fn show(caller: Caller, visit: Visit) -> PageResult {
    let (view, is_misread) = caller
        .run(move |conn, member, settings| {
            let w = Words(visit.lang_of(member.lang));
            let today = settings.today(&visit.service.app.clock);
            let (asked, faults) = input::read(conn, visit.params(), member.visible(), today)?;
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
            let units = units::all(conn)?;
            let list = TaskList {
                typed: &asked.typed,
                faults: &faults,
                asked: &asked.filter,
                day,
                units: &units,
                listing: listing.as_ref(),
            };
            let urged = may(member.role, Act::ReadFigures).then(|| urged(&list)).flatten();
            let mut shell = around(&visit, w, member, settings);
            if let (Some(reader), Some(q)) = (&mut shell.member, &asked.typed.q) {
                reader.search_words.clone_from(q);
            }
            let view =
                TasksPage { urging: urged.map(|unit| urging::place(unit, day)), ..view(w, shell, &list) };
            Ok((view, !faults.is_empty()))
        })
        .await?;
    if is_misread { misread(view.w, &view) } else { page(view.w, &view) }
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
        urging: None,
        files: match tasks {
            [] => Vec::new(),
            _ => [("Excel", "xlsx"), ("CSV", "csv")]
                .map(|(text, form)| Link { text: text.to_owned(), href: query.file(form) })
                .into(),
        },
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

/// A filter that holds: its name and value in the address, and both in words.
struct Held {
    name: &'static str,
    value: String,
    label: &'static str,
    words: String,
}

/// The filters that hold, in the order of the address.
fn active(w: Words, list: &TaskList<'_>) -> Vec<Held> {
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
    all
}

fn levels(w: Words, levels: &[Level]) -> (String, String) {
    let codes: Vec<&str> = levels.iter().map(|level| level.code()).collect();
    let words: Vec<String> =
        levels.iter().map(|level| vocabulary::capitalised(vocabulary::level(w.0, *level))).collect();
    (codes.join(","), words.join(", "))
}

/// The address of the list's beginning.
fn query(list: &TaskList<'_>, filters: &[Held]) -> TaskQuery {
    let query = filters
        .iter()
        .fold(TaskQuery::on(list.day), |query, filter| query.with(filter.name, filter.value.as_str()));
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

fn form(w: Words, list: &TaskList<'_>, filters: &[Held]) -> Filters {
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
        kept: kept(list, filters),
    }
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
        "standing" | "category" | "product" => true,
        _ => FIELDS.contains(&name),
    };
    let without_field = filters.iter().filter(|filter| !has_field(filter.name));
    without_field.map(|filter| (filter.name.to_owned(), filter.value.clone())).collect()
}

#[cfg(test)]
mod tests {
    use askama::Template;
    use uuid::Uuid;

    use super::super::task_line::tests::{day, listed};
    use super::*;
    use crate::domain::briefing::StandingCounts;
    use crate::tasks::{Search, TaskPage};
    use crate::text::Lang;

    fn unit() -> Unit {
        Unit {
            id: Uuid::nil(),
            name: "Cục Viễn thông".into(),
            short_name: "CVT".into(),
            kind: None,
            mailbox: None,
            position: 1,
            valid_from: None,
            valid_until: None,
            successor_id: None,
            overseer_id: None,
        }
    }

    fn listing() -> Listing {
        Listing {
            page: TaskPage { items: vec![listed()], next: Some("abc".into()) },
            counts: StandingCounts { overdue: 1_249, ..StandingCounts::default() },
            total: 1_249,
        }
    }

    fn asked() -> TaskFilterInput {
        TaskFilterInput {
            q: Search::of("quá hạn"),
            unit: Some("CVT".into()),
            standing: Some(StandingFilter::Is(Standing::Overdue)),
            levels: vec![Level::Government, Level::PrimeMinister],
            due_to: Some(day("2024-11-30")),
            ..TaskFilterInput::default()
        }
    }

    fn page(typed: &TaskListTyped, asked: &TaskFilterInput, faults: &[ParameterFault]) -> TasksPage {
        let (units, listing) = ([unit()], listing());
        let list = TaskList {
            typed,
            faults,
            asked,
            day: day("2024-11-29"),
            units: &units,
            listing: faults.is_empty().then_some(&listing),
        };
        view(Words(Lang::Vi), Shell::default(), &list)
    }

    #[test]
    fn every_filter_is_shown_with_the_list_without_it() {
        let page = page(&TaskListTyped::default(), &asked(), &[]);
        let shown: Vec<_> = page.active.iter().map(|filter| filter.text.as_str()).collect();
        assert_eq!(
            shown,
            [
                "Từ ngữ: “quá hạn”",
                "Đơn vị: CVT",
                "Tình trạng: Quá hạn",
                "Cấp trình: Chính phủ, Thủ tướng Chính phủ",
                "Hạn đến ngày: 30/11/2024"
            ]
        );
        assert_eq!(
            page.active[0].remove_href,
            "/tasks?as_of=2024-11-29&unit=CVT&standing=overdue&level=government%2Cprime_minister&due_to=2024-11-30"
        );
        assert_eq!(page.clear_href.as_deref(), Some("/tasks?as_of=2024-11-29"));
        assert_eq!(page.filters.kept, [("level".to_owned(), "government,prime_minister".to_owned())]);
        assert_eq!(page.filters.due_to.value, "30/11/2024");
        assert!(page.filters.units[0].selected);
    }

    #[test]
    fn counts_filter_and_pages_go_on_and_back() {
        let typed = TaskListTyped::default();
        let asked = TaskFilterInput { unit: Some("CVT".into()), ..TaskFilterInput::default() };
        let first = page(&typed, &asked, &[]);
        assert_eq!((first.total.as_deref(), first.shown.as_deref()), (Some("1.249"), Some("1–1")));
        assert_eq!(
            first.counts[0].n,
            Num::link("1.249", "/tasks?as_of=2024-11-29&unit=CVT&standing=overdue")
        );
        assert_eq!(first.next.as_deref(), Some("/tasks?as_of=2024-11-29&unit=CVT&cursor=abc"));
        assert_eq!(first.first, None);
        let typed = TaskListTyped { cursor: Some("x".into()), limit: Some("10".into()), ..typed };
        let later = page(&typed, &asked, &[]);
        assert_eq!(later.first.as_deref(), Some("/tasks?as_of=2024-11-29&unit=CVT&limit=10"));
        assert_eq!(later.shown, None);
        assert!(later.render().unwrap().contains("Trình đề án"));
    }

    #[test]
    fn a_faulty_field_comes_back_as_typed() {
        let typed = TaskListTyped { due_from: Some("cuối năm".into()), ..TaskListTyped::default() };
        let (asked, faults) = typed.read(Visible::Tenant, day("2024-11-29"));
        let page = page(&typed, &asked.filter, &faults);
        assert_eq!(page.filters.due_from.value, "cuối năm");
        assert!(page.filters.due_from.error.is_some() && page.faults().len() == 1);
        assert!(page.tasks.is_empty() && page.counts.is_empty());
    }

    #[test]
    fn who_sees_one_unit_has_no_choice_of_units() {
        let asked = TaskFilterInput { visible: Visible::Unit(Uuid::nil()), ..asked() };
        let page = page(&TaskListTyped::default(), &asked, &[]);
        assert!(page.filters.units.is_empty());
        assert!(page.filters.kept.contains(&("unit".to_owned(), "CVT".to_owned())));
    }
}
