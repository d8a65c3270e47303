//! The page of a list, put together.

use askama::Template;
use uuid::Uuid;

use super::super::task_line::tests::{day, listed};
use super::*;
use crate::domain::briefing::StandingCounts;
use crate::domain::task::Level;
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
        people: &ListPeople::default(),
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
    assert_eq!(first.counts[0].n, Num::link("1.249", "/tasks?as_of=2024-11-29&unit=CVT&standing=overdue"));
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
