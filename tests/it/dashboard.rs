//! The dashboard and the briefing's page: their figures are those of the rules and of an independent count, and every
//! number opens exactly its rows.

use std::collections::{BTreeMap, HashMap};
use std::fs;

use askama::Template;
use diesel::prelude::*;
use dondoc::briefings::{self, Briefing, BriefingOut, Dashboard, Request, Shelf};
use dondoc::calendar;
use dondoc::domain::access::{Acting, Role};
use dondoc::domain::briefing::{Cut, cell_of};
use dondoc::domain::flow::OnDay;
use dondoc::domain::period::{Month, PeriodKind};
use dondoc::domain::standing::Standing;
use dondoc::domain::task::Category;
use dondoc::pages::{BriefingPage, DashboardPage, Num, PeriodForm, Rate, Shell};
use dondoc::params::Params;
use dondoc::site;
use dondoc::tasks::{self, TaskListed, input};
use dondoc::text::Lang;
use dondoc::text::pages::Words;
use proptest::test_runner::TestRunner;
use serde_json::Value;

use crate::figures::{UNITS, days, random_tenant};
use crate::support::random::RandomTask;
use crate::support::sheet::{PLAIN, import_bytes};
use crate::support::{TestApp, data, day};

const W: Words = Words(Lang::Vi);

fn ministry() -> TestApp {
    let test = TestApp::new();
    test.tenant("btttt");
    import_bytes(&test, "btttt", "nhiem-vu-2024.xlsx", &fs::read(data("nhiem-vu-2024.xlsx")).unwrap(), PLAIN);
    test
}

fn november() -> Request {
    Request { month: Month::parse("2024-11").unwrap(), cutoff: day("2024-11-29") }
}

fn json(name: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(data(name)).unwrap()).unwrap()
}

fn computed(test: &TestApp, slug: &str, request: Request) -> (Dashboard, Briefing) {
    let shelf = Shelf::default();
    test.act(slug, |conn, settings| {
        let dashboard = briefings::dashboard(&shelf, conn, settings, request)?;
        let briefing = briefings::briefing(&shelf, conn, settings, request)?;
        Ok(((*dashboard).clone(), (*briefing).clone()))
    })
    .unwrap()
}

#[test]
fn the_dashboard_shows_the_briefings_figures_and_those_of_an_independent_count() {
    let (dashboard, briefing) = computed(&ministry(), "btttt", november());
    assert_eq!(dashboard.figures, briefing.figures);
    let got = serde_json::to_value(BriefingOut::from(&briefing)).unwrap();
    let truth = &json("nhiem-vu-2024.truth.json")["briefings"][0];
    for (name, figure) in truth.as_object().unwrap() {
        assert_eq!(&got[name], figure, "{name}");
    }
    let months = json("nhiem-vu-2024.months.json");
    let counted: HashMap<&str, &Value> = months
        .as_array()
        .unwrap()
        .iter()
        .map(|month| (month["cutoff"].as_str().unwrap(), &month["overdue_tasks"]))
        .collect();
    let mut compared = 0;
    for month in &dashboard.trend {
        if let Some(overdue) = counted.get(month.cutoff.to_string().as_str()) {
            assert_eq!(*overdue, &Value::from(month.overdue), "{}", month.cutoff);
            compared += 1;
        }
    }
    assert!(compared >= 10, "only {compared} months were compared");
    assert_eq!(dashboard.trend.len(), 12);
    assert_eq!((dashboard.trend[11].cutoff, dashboard.trend[11].overdue), (day("2024-11-29"), 32));
    assert_eq!(dashboard.soon.len(), 8);
    assert!(dashboard.soon.iter().all(|task| task.due_soon && task.category == Category::Key));
    assert!(dashboard.soon.is_sorted_by_key(|task| task.due_on));
}

#[test]
fn the_trend_is_what_the_rules_and_the_figures_of_each_day_say() {
    let mut runner = TestRunner::deterministic();
    let (test, made, units) = random_tenant(&mut runner, 400);
    for _ in 0..6 {
        let mut asked = days(&mut runner);
        asked.truncate(12);
        let counted = test.act("nay", |conn, _| briefings::lateness(conn, &asked, None)).unwrap().overdue_on;
        for day in asked {
            let (cut, cells) = test
                .act("nay", |conn, _| {
                    let calendar = calendar::working_calendar(conn)?;
                    let cut = Cut::new(Month::of(day), day, PeriodKind::CalendarMonth, &calendar, 3);
                    Ok((cut, briefings::cells(conn, &cut)?))
                })
                .unwrap();
            let of_cells: u64 =
                cells.iter().filter(|(key, _)| key.is_key).map(|(_, cell)| cell.standings.overdue).sum();
            let tasks = made.iter().map(|task| task.at(&units, day)).filter(|t| t.category == Category::Key);
            let of_rules: u64 =
                tasks.filter_map(|task| cell_of(&task, &cut)).map(|cell| cell.standings.overdue).sum();
            let counted = counted.get(&day).copied().unwrap_or(0);
            assert_eq!((counted, of_cells), (of_rules, of_rules), "at {day}");
        }
    }
    assert!(test.act("nay", |conn, _| briefings::lateness(conn, &[], None)).unwrap().overdue_on.is_empty());
}

#[test]
fn the_tasks_of_both_ends_of_the_flow_are_those_of_the_rules() {
    let mut runner = TestRunner::deterministic();
    let (test, made, units) = random_tenant(&mut runner, 400);
    let on = |task: &RandomTask, day| {
        let task = task.at(&units, day);
        let view = task.facts.view_at(day, day)?;
        Some(OnDay { unit: task.unit, view, outside: None })
    };
    let is_overdue = |end: Option<OnDay>| end.is_some_and(|end| end.view.standing == Standing::Overdue);
    let mut found = 0;
    for _ in 0..6 {
        let trend = days(&mut runner);
        let (opening, closing) = (trend[2].min(trend[3]), trend[2].max(trend[3]));
        let asked = Some([opening, closing]);
        let seen = test.act("nay", |conn, _| briefings::lateness(conn, &trend, asked)).unwrap();
        let mut of_rules: Vec<_> = made
            .iter()
            .map(|task| (task.at(&units, opening), [opening, closing].map(|day| on(task, day))))
            .filter(|(task, ends)| task.category == Category::Key && ends.iter().any(|end| is_overdue(*end)))
            .map(|(task, ends)| (task.id, ends))
            .collect();
        let mut of_sql: Vec<_> = seen.ends.iter().map(|(id, ends)| (*id, [ends.then, ends.now])).collect();
        of_rules.sort_by_key(|(id, _)| *id);
        of_sql.sort_by_key(|(id, _)| *id);
        assert_eq!(of_sql, of_rules, "from {opening} to {closing}");
        let closed = of_rules.iter().filter(|(_, [_, now])| is_overdue(*now)).count() as u64;
        assert_eq!(seen.overdue_on.get(&closing).copied().unwrap_or(0), closed);
        found += of_rules.len();
    }
    assert!(found > 100, "only {found} tasks were overdue");
}

fn pages(test: &TestApp, slug: &str, w: Words, request: Request) -> (DashboardPage, BriefingPage) {
    let (dashboard, briefing) = computed(test, slug, request);
    let settings = test.act(slug, |_, settings| Ok(settings.clone())).unwrap();
    let period = PeriodForm::default();
    (
        site::dashboard::view(w, Shell::default(), period.clone(), &dashboard),
        site::briefing::view(w, Shell::default(), period, &settings, &briefing).unwrap(),
    )
}

fn of_rate(rate: &Rate) -> [&Num; 2] {
    [&rate.part, &rate.of]
}

fn of_dashboard(page: &DashboardPage) -> Vec<&Num> {
    let mut found =
        vec![&page.next.due, &page.next.schemes, &page.next.circulars, &page.total, &page.soon_all];
    found.extend(page.overdue.iter().flat_map(|overdue| [&overdue.tasks, &overdue.worst_days]));
    found.extend([&page.on_time, &page.on_time_original].into_iter().flat_map(of_rate));
    found.extend(page.next.by_product.iter().chain(&page.by_unit).map(|bar| &bar.n));
    found.extend(page.standings.iter().map(|part| &part.n));
    found.extend(page.standings.iter().flat_map(|part| part.soon.iter().chain(&part.waiting)));
    found.extend(page.help.iter().flat_map(|unit| [&unit.overdue, &unit.worst_days]));
    found.extend(page.help.iter().flat_map(|unit| of_rate(&unit.on_time)));
    found.extend(page.trend.iter().map(|month| &month.n));
    found
}

fn of_briefing(page: &BriefingPage) -> Vec<&Num> {
    let mut found = vec![&page.next_total];
    found.extend(page.next_by_product.iter().map(|row| &row.n).chain(page.ages.iter().map(|bar| &bar.n)));
    for row in page.units.iter().chain([&page.all]) {
        found.extend([&row.total, &row.on_time, &row.late, &row.within, &row.soon, &row.overdue]);
        found.extend([&row.no_deadline, &row.outside, &row.longest, &row.next]);
        found.extend(of_rate(&row.rate));
    }
    found
}

/// The rows that an address of the task list asks for, read as the pages and the API read it.
fn rows(test: &TestApp, slug: &str, query: &str) -> Vec<TaskListed> {
    let office = Acting { actor: String::new(), person: None, role: Role::Office, unit: None };
    test.act(slug, |conn, settings| {
        let (asked, faults) = input::read(conn, Params::parse(query), &office, day("2026-01-01"))?;
        assert!(faults.is_empty(), "{query}: {faults:?}");
        tasks::list(conn, asked.day, settings.due_soon_days, asked.filter)
    })
    .unwrap()
}

/// Opens every number that leads somewhere; how many there were.
fn open_all(test: &TestApp, slug: &str, found: &[&Num]) -> usize {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for num in found {
        let shown: String = num.text.chars().filter(char::is_ascii_digit).collect();
        let Some(href) = &num.href else {
            assert!(matches!(num.text.as_str(), "0" | "00" | "–"), "{} leads nowhere", num.text);
            continue;
        };
        let query = href.strip_prefix("/tasks?").unwrap_or_else(|| panic!("{href} is no list"));
        let named: BTreeMap<String, String> = serde_urlencoded::from_str(query).unwrap();
        let shown: usize = shown.parse().unwrap();
        // A number of days opens the tasks that are so many days late; every other one as many rows as it says.
        let days = named.get("late_from").filter(|from| named.get("late_to") == Some(*from));
        match days {
            Some(days) => {
                assert_eq!(days.parse::<usize>().unwrap(), shown, "{href}");
                assert!(!rows(test, slug, query).is_empty(), "{href}");
            }
            None => {
                let counted = *seen.entry(href).or_insert_with(|| rows(test, slug, query).len());
                assert_eq!(counted, shown, "{href}");
            }
        }
    }
    seen.len()
}

#[test]
fn every_number_opens_exactly_its_rows() {
    let test = ministry();
    let (dashboard, briefing) = pages(&test, "btttt", W, november());
    assert!(open_all(&test, "btttt", &of_dashboard(&dashboard)) > 40);
    assert!(open_all(&test, "btttt", &of_briefing(&briefing)) > 200);
}

#[test]
fn every_number_over_random_facts_opens_exactly_its_rows() {
    let (test, _, _) = random_tenant(&mut TestRunner::deterministic(), 400);
    for (month, cutoff) in [("2024-06", "2024-07-04"), ("2024-09", "2024-09-10")] {
        let request = Request { month: Month::parse(month).unwrap(), cutoff: day(cutoff) };
        let (dashboard, briefing) = pages(&test, "nay", Words(Lang::En), request);
        assert!(dashboard.standings.iter().filter(|part| part.waiting.is_some()).count() == 2);
        assert!(open_all(&test, "nay", &of_dashboard(&dashboard)) > 15);
        assert!(open_all(&test, "nay", &of_briefing(&briefing)) > 30);
        assert_eq!(briefing.units.len(), UNITS.len());
    }
}

#[test]
fn the_pages_say_what_the_november_meeting_heard() {
    let test = ministry();
    let (dashboard, briefing) = pages(&test, "btttt", W, november());
    let overdue = dashboard.overdue.unwrap();
    assert_eq!(
        [&overdue.units, &overdue.tasks, &overdue.worst_days].map(|num| num.text.as_str()),
        ["13", "32", "198"]
    );
    assert_eq!(overdue.units.href.as_deref(), Some("#h-units"));
    let next = [&dashboard.next.due, &dashboard.next.schemes, &dashboard.next.circulars];
    assert_eq!(next.map(|num| num.text.as_str()), ["309", "08", "18"]);
    assert_eq!(dashboard.help.len(), 3);
    assert_eq!(dashboard.help[0].overdue.text, "07");
    assert_eq!(dashboard.by_unit[0].n.text, "7");
    assert_eq!(dashboard.on_time.percent, "71,3 %");
    assert_eq!((briefing.paragraphs.len(), briefing.overdue.len(), briefing.units.len()), (4, 32, 34));
    assert_eq!(
        (briefing.overdue[0].days.as_str(), briefing.computed_at.as_str()),
        ("198", "29/11/2024 09:00")
    );
    let (_, again) = pages(&test, "btttt", W, november());
    assert_eq!(briefing.reference, again.reference);
    let october = Request { month: Month::parse("2024-10").unwrap(), cutoff: day("2024-10-31") };
    assert_ne!(briefing.reference, pages(&test, "btttt", W, october).1.reference);
}

#[test]
fn a_tenant_without_tasks_has_a_dashboard() {
    let test = TestApp::new();
    test.tenant("moi");
    let (dashboard, briefing) = pages(&test, "moi", W, november());
    assert!(dashboard.overdue.is_none() && dashboard.trend.is_empty() && dashboard.soon.is_empty());
    assert!(briefing.units.is_empty() && briefing.overdue.is_empty());
    assert!(of_dashboard(&dashboard).iter().all(|num| num.href.is_none()));
}

#[test]
fn an_overdue_row_says_why_and_who_answers_for_it() {
    let test = ministry();
    test.act("btttt", |conn, _| {
        diesel::sql_query(
            "UPDATE tasks SET late_reason_kind = 'objective', late_reason = 'chờ ý kiến cơ quan phối hợp',
                              leader_id = (SELECT id FROM persons) WHERE code = 'BTTTT-2024-0393'",
        )
        .execute(conn.for_tests())?;
        Ok(())
    })
    .unwrap();
    let (_, briefing) = pages(&test, "btttt", W, november());
    let row = briefing.overdue.iter().find(|row| row.task.code == "BTTTT-2024-0393").unwrap();
    assert_eq!(row.cause.as_deref(), Some("Khách quan: chờ ý kiến cơ quan phối hợp"));
    assert_eq!(row.leader.as_deref(), Some("admin@btttt.example"));
    assert!(briefing.overdue.iter().filter(|row| row.leader.is_some()).count() == 1);
    let html = briefing.render().unwrap();
    assert!(html.contains("Lãnh đạo phụ trách: admin@btttt.example"));
}
