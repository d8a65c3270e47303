//! The evaluation of units: the SQL against the rules, the figures and their tasks, the weights, the files.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use dondoc::domain::access::Role;
use dondoc::domain::briefing::BriefingTask;
use dondoc::domain::evaluation::{Review, Scope, Span, Tally, TallyKey, TaskJudged};
use dondoc::domain::period::{Month, PeriodKind};
use dondoc::domain::task::Category;
use dondoc::evaluations;
use dondoc::tasks::{self, TaskRow};
use dondoc::units;
use proptest::test_runner::TestRunner;
use serde_json::Value;

use crate::briefings::ministry;
use crate::figures::{days, random_tenant};
use crate::support::build::{add_unit, task_row};
use crate::support::site::{As, Site, add_person};
use crate::support::{TestApp, day, number, part};

/// What the rules make of single tasks, added up by group.
fn folded(tasks: &[BriefingTask], review: &Review, scope: Scope) -> BTreeMap<TallyKey, Tally> {
    let mut tallies: BTreeMap<TallyKey, Tally> = BTreeMap::new();
    for task in tasks.iter().filter(|task| scope == Scope::All || task.category == Category::Key) {
        if let Some(judged) = TaskJudged::of(&task.facts, review) {
            let key = TallyKey { unit: task.unit, product: task.product };
            *tallies.entry(key).or_default() += judged.tally(review.cutoff);
        }
    }
    tallies
}

#[test]
fn the_tallies_counted_in_sql_are_those_of_the_rules() {
    let mut runner = TestRunner::deterministic();
    let (test, made, units) = random_tenant(&mut runner, 600);
    let mut delays = 0;
    for cutoff in days(&mut runner) {
        for (span, kind, scope) in [
            (Span::quarter_of(Month::of(cutoff)), PeriodKind::CalendarMonth, Scope::All),
            (Span::of_year(2024), PeriodKind::Decree09, Scope::Key),
        ] {
            let review = Review { span, period: span.period(kind), cutoff };
            let counted = test.act("nay", |conn, _| evaluations::tallies(conn, &review, scope)).unwrap();
            let counted: BTreeMap<TallyKey, Tally> = counted.into_iter().collect();
            let tasks: Vec<BriefingTask> = made.iter().map(|task| task.at(&units, cutoff)).collect();
            assert_eq!(counted, folded(&tasks, &review, scope), "{span} at {cutoff}");
            delays += counted.values().map(|tally| tally.delays).sum::<u64>();
        }
    }
    assert!(delays > 500, "{delays}: too few to say anything");
}

/// A tenant with three units: one with a law on time and a late report, one with a report on time and an overdue one,
/// one whose report is not due yet.
fn three_units() -> TestApp {
    let test = TestApp::new();
    test.tenant("mot");
    for unit in ["CVT", "CBC", "VP"] {
        add_unit(&test, "mot", unit);
    }
    for (name, role, unit) in
        [("vp", Role::Office, Some("VP")), ("dau", Role::UnitHead, Some("CVT")), ("qt", Role::Admin, None)]
    {
        add_person(&test, "mot", &format!("{name}@mot.example"), role, unit);
    }
    let made = [
        ("CVT", "law", "2024-10-15", Some("2024-10-10")),
        ("CVT", "report", "2024-10-20", Some("2024-10-25")),
        ("CBC", "report", "2024-11-10", Some("2024-11-10")),
        ("CBC", "report", "2024-11-01", None),
        ("VP", "report", "2024-12-20", None),
        // No key task, and one of another quarter.
        ("VP", "plan", "2024-10-20", None),
        ("CVT", "report", "2024-09-30", None),
    ];
    let save = test.act("mot", |conn, _| {
        let mut rows = Vec::new();
        for (place, (unit, product, due, done)) in made.into_iter().enumerate() {
            let done = done.map(day);
            rows.push(TaskRow {
                code: format!("NV-{place}"),
                product: product.to_owned(),
                category: if product == "plan" { "routine" } else { "key" }.to_owned(),
                due_precision: "day".to_owned(),
                original_due_on: Some(day(due)),
                due_on: Some(day(due)),
                status: if done.is_some() { "completed" } else { "in_progress" }.to_owned(),
                completed_on: done,
                confirmed_on: done,
                ..task_row(conn.tenant().uuid(), units::find(conn, unit)?.id)
            });
        }
        tasks::save(conn, &rows)
    });
    save.unwrap();
    test
}

/// Short names with rank and score.
fn places(answer: &Value) -> Vec<(String, Option<u64>, Option<f64>)> {
    let units = answer["units"].as_array().unwrap().iter();
    units
        .map(|unit| {
            let name = unit["unit"].as_str().unwrap().to_owned();
            (name, unit["rank"].as_u64(), unit["score"].as_f64())
        })
        .collect()
}

fn place(name: &str, rank: u64, score: f64) -> (String, Option<u64>, Option<f64>) {
    (name.to_owned(), Some(rank), Some(score))
}

#[test]
fn units_are_ranked_by_the_formula_of_the_year_or_the_one_asked_for() {
    let test = three_units();
    let site = Site::new(&test);
    let office = site.token("mot", "vp@mot.example");
    let ask = |query: &str| site.get(&office, &format!("/api/v1/evaluation{query}"));
    let nothing = ("VP".to_owned(), None, None);
    let answer = ask("").json();
    assert_eq!((answer["period"].as_str(), answer["formula"].as_str()), (Some("2024-Q4"), Some("decree_90")));
    assert_eq!(places(&answer), [place("CVT", 1, 50.0), place("CBC", 1, 50.0), nothing.clone()]);
    let cvt = &answer["units"][0];
    assert_eq!((cvt["meets_80_percent_line"].as_bool(), cvt["late_days"].as_u64()), (Some(false), Some(5)));
    assert_eq!(
        (answer["units"][1]["overdue"].as_u64(), answer["units"][1]["late_days"].as_u64()),
        (Some(1), Some(28))
    );
    let progress = ask("?period=2024-Q4&formula=decree_335").json();
    assert_eq!(places(&progress), [place("CVT", 1, 87.5), place("CBC", 2, 50.0), nothing]);
    let how = progress["units"][0]["how"].as_str().unwrap();
    assert!(how.ends_with("Điểm = 100 × 1,75 ÷ 2 = 87,5."), "{how}");
    assert_eq!(progress["total"]["score"].as_f64(), Some(68.8), "(1 + 0,75 + 1) ÷ 4 = 68,75");
    // The year has the task of September as well; all tasks have the routine one of the third unit.
    assert_eq!(places(&ask("?period=2024&formula=decree_335").json())[1], place("CBC", 2, 50.0).clone());
    assert_eq!(ask("?period=2024").json()["total"]["reached"], 5);
    assert_eq!(places(&ask("?tasks=all").json())[2], place("VP", 3, 0.0));
    // Before the late report was handed in it was overdue.
    let earlier = ask("?period=2024-Q4&cutoff=2024-10-24&formula=decree_335").json();
    assert_eq!(earlier["units"][0]["overdue"], 1);
    for wrong in ["?period=2024-Q5", "?period=2025", "?cutoff=2024-11-30", "?formula=x", "?tasks=x", "?x=1"] {
        assert_eq!(ask(wrong).problem().0, 400, "{wrong}");
    }
}

#[test]
fn an_administrator_says_what_products_weigh() {
    let test = three_units();
    let site = Site::new(&test);
    let (admin, office) = (site.sign_in("mot", "qt@mot.example"), site.token("mot", "vp@mot.example"));
    let page = site.get(&admin, "/settings/evaluation").body;
    assert_eq!(page.matches("value=\"1,0\"").count(), 12, "{page}");
    let form = |law: &str| {
        let kinds = dondoc::domain::task::ProductKind::ALL.iter().map(|kind| kind.code());
        let one = |code| format!("weight_{code}={}", if code == "law" { law } else { "1%2C0" });
        kinds.map(one).collect::<Vec<_>>().join("&")
    };
    let refused = site.send(&admin, "POST", "/settings/evaluation", &form("0"));
    assert!(refused.status == 422 && refused.body.contains("id=\"weight_law-error\""), "{}", refused.body);
    assert_eq!(site.send(&admin, "POST", "/settings/evaluation", &form("3%2C0")).status, 303);
    assert_eq!(site.send(&admin, "POST", "/settings/evaluation", &form("3.0")).status, 303);
    let told = "SELECT count(*) FROM journal WHERE act = 'settings.change'
        AND before->>'product_weights' = '' AND after->>'product_weights' = 'law 3.0'";
    assert_eq!(number(&mut test.test_db.superuser(), told), 1, "the same again is no change");
    let progress = site.get(&office, "/api/v1/evaluation?formula=decree_335").json();
    // (3 + 0,75) ÷ 4 = 93,75.
    assert_eq!(places(&progress)[0], place("CVT", 1, 93.8));
    let office = site.sign_in("mot", "vp@mot.example");
    assert_eq!(site.send(&office, "POST", "/settings/evaluation", &form("1")).status, 403);
    let page = site.get(&office, "/evaluation?formula=decree_335").body;
    assert!(page.contains("luật 3,0; các loại khác 1,0") && page.contains("100 × 3,75 ÷ 4 = 93,8"), "{page}");
}

#[test]
fn the_office_reads_it_down_to_each_task_and_a_unit_does_not() {
    let test = three_units();
    let site = Site::new(&test);
    let (office, head) = (site.sign_in("mot", "vp@mot.example"), site.sign_in("mot", "dau@mot.example"));
    let unit = test.act("mot", |conn, _| Ok(units::find(conn, "CVT")?.id)).unwrap();
    for path in ["/evaluation".to_owned(), "/evaluation.xlsx".to_owned(), format!("/evaluation/{unit}")] {
        assert_eq!(site.get(&head, &path).status, 403, "{path}");
    }
    let page = site.get(&office, &format!("/evaluation/{unit}?period=2024-Q4&formula=decree_335"));
    assert_eq!(page.status, 200, "{}", page.body);
    for words in
        ["Hạng 1 trên 2 đơn vị", "87,5 điểm", "NV-0", "NV-1", "<td data-label=\"Được tính\">0,75</td>"]
    {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    assert!(!page.body.contains("NV-6"), "due in another quarter");
    let nobody = "/evaluation/00000000-0000-0000-0000-000000000000";
    assert_eq!(site.get(&office, nobody).status, 404);
    let wrong = site.get(&office, "/evaluation?cutoff=31/13/2024&period=2024-Q4");
    assert!(wrong.status == 400 && wrong.body.contains("id=\"cutoff-error\""), "{}", wrong.body);
    assert!(wrong.body.contains("value=\"31/13/2024\""), "what was typed stays");
}

/// Each number of a page's table that stands for tasks, with the query of their list.
fn numbers(page: &str) -> Vec<(String, usize)> {
    let table = page.split("<table class=\"units\">").nth(1).unwrap().split("</table>").next().unwrap();
    let links = table.split("<a class=\"n\" href=\"/tasks?").skip(1);
    links
        .map(|link| {
            let (query, rest) = link.split_once("\">").unwrap();
            let number = rest.split('<').next().unwrap().replace('.', "");
            (query.replace("&#38;", "&").replace("&amp;", "&"), number.parse().unwrap())
        })
        .collect()
}

#[test]
fn every_figure_of_the_ministry_has_exactly_its_tasks_and_the_files_say_the_same() {
    let test = ministry();
    add_person(&test, "btttt", "ld@btttt.example", Role::Leader, None);
    let site = Site::new(&test);
    let leader = site.sign_in("btttt", "ld@btttt.example");
    let api = site.token("btttt", "ld@btttt.example");
    let page = site.get(&leader, "/evaluation?period=2024-Q4");
    let numbers = numbers(&page.body);
    assert!(numbers.len() > 60, "{}", numbers.len());
    for (query, number) in numbers.iter().step_by(7).chain(numbers.iter().rev().take(7)) {
        assert_eq!(listed(&site, &api, query), *number, "{query}");
    }
    let answer = site.get(&api, "/api/v1/evaluation?period=2024-Q4").json();
    let book = site.get(&leader, "/evaluation.xlsx?period=2024-Q4");
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(&book.raw)).unwrap();
    assert_eq!(book.sheet_names(), ["Xếp hạng", "Cách tính điểm"]);
    let rows = book.worksheet_range("Xếp hạng").unwrap();
    let rows: Vec<&[Data]> = rows.rows().skip(1).collect();
    let letter = site.get(&leader, "/evaluation.docx?period=2024-Q4");
    let letter = part(&letter.raw, "word/document.xml");
    let units = answer["units"].as_array().unwrap();
    assert_eq!(rows.len(), units.len() + 1, "and the total");
    for (row, unit) in rows.iter().zip(units) {
        assert_eq!(row[0].to_string(), unit["unit_name"].as_str().unwrap());
        let figures = [(1, "rank"), (2, "score"), (4, "reached"), (5, "completed"), (6, "completed_on_time")];
        for (column, key) in
            figures.into_iter().chain([(10, "completed_late"), (11, "overdue"), (13, "late_days")])
        {
            let told = unit[key].as_f64();
            assert_eq!(
                row[column],
                told.map_or(Data::String("–".to_owned()), Data::Float),
                "{key} of {unit}"
            );
        }
        assert!(letter.contains(unit["how"].as_str().unwrap()), "{unit}");
    }
    assert!(letter.contains("Đánh giá kết quả thực hiện nhiệm vụ của các đơn vị quý IV năm 2024"));
}

/// How many tasks a list has.
fn listed(site: &Site, who: &As, query: &str) -> usize {
    let (mut count, mut next) = (0, String::new());
    loop {
        let page = site.get(who, &format!("/api/v1/tasks?{query}&limit=200{next}")).json();
        count += page["items"].as_array().unwrap_or_else(|| panic!("{query}: {page}")).len();
        match page["next"].as_str() {
            Some(cursor) => next = format!("&cursor={cursor}"),
            None => return count,
        }
    }
}
