//! Lists as files: the rows of the list and no others, words that compute nothing, a journal, limits.

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use chrono::TimeDelta;
use dondoc::documents::XLSX;
use dondoc::domain::access::{Act, Role, may};
use dondoc::tasks::{self, MOST_IN_AN_HOUR, MOST_ROWS, TaskFilterInput, TaskListed};
use dondoc::text::date;

use crate::support::build::{add_task, add_unit, copy_task};
use crate::support::sheet::{PLAIN, import_bytes};
use crate::support::site::{Answer, As, Site, add_person};
use crate::support::{TestApp, data, day, now, number, run};

const OFFICE: &str = "vp@btttt.example";
const HEAD: &str = "cvt@btttt.example";

fn ministry() -> TestApp {
    let test = TestApp::new();
    test.tenant("btttt");
    import_bytes(&test, "btttt", "nhiem-vu-2024.xlsx", &fs::read(data("nhiem-vu-2024.xlsx")).unwrap(), PLAIN);
    add_person(&test, "btttt", OFFICE, Role::Office, Some("VP"));
    add_person(&test, "btttt", HEAD, Role::UnitHead, Some("CVT"));
    test
}

/// A tenant with one task, `count` times.
fn many(count: usize) -> TestApp {
    let test = TestApp::new();
    test.tenant("btttt");
    add_unit(&test, "btttt", "VP");
    add_person(&test, "btttt", OFFICE, Role::Office, Some("VP"));
    let task = add_task(&test, "btttt", "VP", "NV-1");
    copy_task(&mut test.test_db.superuser(), task, count - 1, "jsonb_build_object('code', 'NV-1-' || n)");
    test
}

/// The rows of a workbook's first sheet below the headings, each by the headings.
fn rows(file: &[u8]) -> Vec<BTreeMap<String, Data>> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(file)).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    let mut rows = range.rows();
    let headings: Vec<String> = rows.next().unwrap().iter().map(ToString::to_string).collect();
    rows.map(|row| headings.iter().cloned().zip(row.iter().cloned()).collect()).collect()
}

fn listed(test: &TestApp, on: &str, unit: Option<&str>) -> Vec<TaskListed> {
    let asked = TaskFilterInput { unit: unit.map(str::to_owned), ..TaskFilterInput::default() };
    test.act("btttt", |conn, settings| tasks::list(conn, day(on), settings.due_soon_days, asked)).unwrap()
}

fn text(data: &Data) -> &str {
    match data {
        Data::String(text) => text,
        other => panic!("{other:?} is no text"),
    }
}

#[test]
fn a_file_holds_the_rows_of_its_list_in_the_lists_order() {
    let test = ministry();
    let site = Site::new(&test);
    let office = site.sign_in("btttt", OFFICE);
    let page = site.get(&office, "/tasks?unit=CVT&as_of=2024-11-29");
    assert!(page.body.contains("/tasks.xlsx?") && page.body.contains("/tasks.csv?"));
    let expected = listed(&test, "2024-11-29", Some("CVT"));
    assert!(expected.len() > 30);

    let excel = site.get(&office, "/tasks.xlsx?unit=CVT&as_of=2024-11-29&limit=25");
    assert_eq!((excel.status, excel.header("content-type")), (200, XLSX));
    assert!(excel.header("content-disposition").contains("nhiem-vu-2024-11-29.xlsx"));
    let found = rows(&excel.raw);
    assert_eq!(found.len(), expected.len());
    for (row, task) in found.iter().zip(&expected) {
        assert_eq!((text(&row["Mã"]), text(&row["Nội dung nhiệm vụ"])), (&*task.code, &*task.title));
        assert_eq!(text(&row["Đơn vị chủ trì"]), task.unit_name);
        match (task.due_on, &row["Thời hạn hiện tại"]) {
            (Some(due), Data::DateTime(found)) => {
                let serial = due.signed_duration_since(day("1899-12-30")).num_days();
                assert!((found.as_f64() - serial as f64).abs() < f64::EPSILON);
            }
            (due, found) => assert!(due.is_none() && matches!(found, Data::Empty), "{due:?} {found:?}"),
        }
        if task.days_late > 0 {
            assert_eq!(row["Số ngày quá hạn"], Data::Float(task.days_late.into()));
        }
    }

    let csv = site.get(&office, "/tasks.csv?unit=CVT&as_of=2024-11-29");
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    let mut sheet = csv::Reader::from_reader(csv.raw.strip_prefix("\u{feff}".as_bytes()).unwrap());
    let lines: Vec<_> = sheet.records().map(Result::unwrap).collect();
    assert_eq!(lines.len(), expected.len());
    for (line, task) in lines.iter().zip(&expected) {
        assert_eq!((&line[0], &line[10]), (&*task.code, &*task.due_on.map(date).unwrap_or_default()));
    }
}

#[test]
fn a_reader_gets_what_they_see_and_a_wrong_address_is_told() {
    let test = ministry();
    let site = Site::new(&test);
    let head = site.sign_in("btttt", HEAD);
    let api = site.token("btttt", HEAD);
    let own = rows(&site.get(&head, "/tasks.xlsx?as_of=2024-11-29").raw);
    let mut seen = 0;
    let mut next = Some("/api/v1/tasks?limit=200&as_of=2024-11-29".to_owned());
    while let Some(address) = next {
        let page = site.get(&api, &address).json();
        seen += page["items"].as_array().unwrap().len();
        let cursor = page["next"].as_str();
        next = cursor.map(|cursor| format!("/api/v1/tasks?limit=200&as_of=2024-11-29&cursor={cursor}"));
    }
    assert_eq!(own.len(), seen);
    assert!(seen > 0 && seen < listed(&test, "2024-11-29", None).len());
    for wrong in ["standing=late", "due_from=31/2/2024", "unit=XYZ", "no_such=1"] {
        assert_eq!(site.get(&head, &format!("/tasks.csv?{wrong}")).status, 400, "{wrong}");
    }
    add_person(&test, "btttt", "qt@btttt.example", Role::Admin, None);
    assert!(!may(Role::Admin, Act::ReadTasks));
    let admin = site.sign_in("btttt", "qt@btttt.example");
    assert_eq!(site.get(&admin, "/tasks.xlsx").status, 403);
}

#[test]
fn words_stay_words() {
    let test = many(1);
    let hostile = "=HYPERLINK(\"http://evil.example\")";
    run(&mut test.test_db.superuser(), &format!("UPDATE tasks SET title = '{hostile}', title_key = 'x'"));
    let site = Site::new(&test);
    let office = site.sign_in("btttt", OFFICE);
    let csv = site.get(&office, "/tasks.csv").body;
    assert!(csv.contains("\"'=HYPERLINK(\"\"http://evil.example\"\")\""), "{csv}");
    let excel = site.get(&office, "/tasks.xlsx").raw;
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(excel.as_slice())).unwrap();
    assert_eq!(book.worksheet_formula("Nhiệm vụ").unwrap().used_cells().count(), 0);
    assert_eq!(text(&rows(&excel)[0]["Nội dung nhiệm vụ"]), hostile);
}

fn export(site: &Site, who: &As) -> Answer {
    site.get(who, "/tasks.csv")
}

#[test]
fn every_export_is_told_and_a_reader_has_so_many_an_hour() {
    let test = many(3);
    add_person(&test, "btttt", "vp2@btttt.example", Role::Office, Some("VP"));
    let site = Site::new(&test);
    let office = site.sign_in("btttt", OFFICE);
    for _ in 0..MOST_IN_AN_HOUR {
        assert_eq!(export(&site, &office).status, 200);
    }
    let refused = export(&site, &office);
    assert_eq!((refused.status, refused.header("retry-after")), (429, "3600"));
    let told = "SELECT count(*) FROM journal WHERE act = 'tasks.export' AND after ->> 'rows' = '3'";
    assert_eq!(number(&mut test.test_db.superuser(), told), i64::try_from(MOST_IN_AN_HOUR).unwrap());
    assert_eq!(export(&site, &site.sign_in("btttt", "vp2@btttt.example")).status, 200, "another's");
    let later = Site::at(&test, now() + TimeDelta::minutes(61));
    assert_eq!(export(&later, &later.sign_in("btttt", OFFICE)).status, 200);
}

#[test]
fn fifty_thousand_rows_leave_and_more_are_refused() {
    let test = many(MOST_ROWS + 1);
    let site = Site::new(&test);
    let office = site.sign_in("btttt", OFFICE);
    let refused = site.get(&office, "/tasks.xlsx");
    assert_eq!(refused.status, 409);
    assert!(refused.body.contains("50.000"), "{}", refused.body);
    run(&mut test.test_db.superuser(), "DELETE FROM tasks WHERE code = 'NV-1-1'");
    let csv = site.get(&office, "/tasks.csv");
    assert_eq!((csv.status, csv.body.lines().count()), (200, MOST_ROWS + 1));
    let excel = site.get(&office, "/tasks.xlsx");
    assert_eq!(rows(&excel.raw).len(), MOST_ROWS);
}
