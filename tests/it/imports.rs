//! Workbooks into the database: figures an independent count gives, faults by row and field, and what
//! happens when a file comes again.

use std::collections::BTreeSet;
use std::fs;

use dondoc::briefings::{self, BriefingOut, Request};
use dondoc::domain::period::Month;
use dondoc::imports::report::ReportOut;
use dondoc::imports::{ImportReport, Options};
use dondoc::text::Lang;
use serde_json::Value;

use crate::support::sheet::{PLAIN, counts, import_bytes};
use crate::support::{TestApp, data, day, number};

/// Imports a file of `tests/data`.
fn import(test: &TestApp, slug: &str, name: &str, options: Options) -> ImportReport {
    import_bytes(test, slug, name, &fs::read(data(name)).unwrap(), options)
}

fn json(name: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(data(name)).unwrap()).unwrap()
}

fn computed(test: &TestApp, slug: &str, month: &str, cutoff: &str) -> BriefingOut {
    let request = Request { month: Month::parse(month).unwrap(), cutoff: day(cutoff) };
    let computed = test.act(slug, |conn, settings| briefings::compute(conn, settings, request));
    BriefingOut::from(&computed.unwrap())
}

fn briefing(test: &TestApp, slug: &str, month: &str, cutoff: &str) -> Value {
    serde_json::to_value(computed(test, slug, month, cutoff)).unwrap()
}

/// The figures of an independent count; what only the test's own counter knows is left out.
fn assert_figures(test: &TestApp, slug: &str, expected: &Value) {
    let (month, cutoff) = (expected["month"].as_str().unwrap(), expected["cutoff"].as_str().unwrap());
    let got = briefing(test, slug, month, cutoff);
    let mut compared = 0;
    for (name, value) in expected.as_object().unwrap() {
        match got.get(name) {
            Some(figures) if name == "standings" => {
                for (group, counts) in value.as_object().unwrap() {
                    for (standing, count) in counts.as_object().unwrap() {
                        assert_eq!(
                            &figures[group][standing], count,
                            "{slug} {month} {cutoff} {group} {standing}"
                        );
                    }
                }
            }
            Some(figure) => assert_eq!(figure, value, "{slug} {month} {cutoff} {name}"),
            None => continue,
        }
        compared += 1;
    }
    assert!(compared >= 14, "only {compared} figures were compared");
    let overdue: BTreeSet<&str> =
        got["overdue"].as_array().unwrap().iter().map(|task| task["code"].as_str().unwrap()).collect();
    if let Some(codes) = expected["overdue_rows"]["key"].as_array() {
        assert_eq!(
            overdue,
            codes.iter().map(|code| code.as_str().unwrap()).collect(),
            "{slug} {month} {cutoff}"
        );
    }
}

fn ministry() -> TestApp {
    let test = TestApp::new();
    test.tenant("btttt");
    let report = import(&test, "btttt", "nhiem-vu-2024.xlsx", PLAIN);
    assert_eq!((counts(&report), report.units_created.len()), ([1351, 1351, 0, 0], 34));
    assert!(report.faults.is_empty() && report.conflicts.is_empty());
    test
}

#[test]
fn the_ministrys_workbook_gives_the_figures_the_minister_was_told() {
    let test = ministry();
    let truth = json("nhiem-vu-2024.truth.json");
    for expected in truth["briefings"].as_array().unwrap() {
        assert_figures(&test, "btttt", expected);
    }
    for expected in json("nhiem-vu-2024.months.json").as_array().unwrap() {
        assert_figures(&test, "btttt", expected);
    }
}

#[test]
fn the_units_with_overdue_tasks_stand_in_their_order() {
    let test = ministry();
    let text = serde_json::to_string(&computed(&test, "btttt", "2024-11", "2024-11-29")).unwrap();
    let order = r#""overdue_by_unit":{"CVT":7,"ATTT":6,"CĐSQG":5,"KHTC":2,"PC":2,"CBC":2,"XBIPH":2,"BC":1,"KTS&XHS":1,"#;
    assert!(text.contains(order), "the largest count first, ties in the order of the units");
}

#[test]
fn a_city_with_other_headings_gives_its_figures() {
    let test = TestApp::new();
    test.tenant("tinh");
    let report = import(&test, "tinh", "tinh-2025.xlsx", PLAIN);
    assert_eq!((counts(&report), report.units_created.len()), ([3239, 3239, 0, 0], 126));
    for expected in json("tinh-2025.truth.json")["briefings"].as_array().unwrap() {
        assert_figures(&test, "tinh", expected);
    }
    assert_eq!(counts(&import(&test, "tinh", "tinh-2025.xlsx", PLAIN)), [3239, 0, 0, 3239]);
}

#[test]
fn a_workbook_without_codes_and_units_is_known_again() {
    let test = TestApp::new();
    test.tenant("so");
    let refused = import(&test, "so", "khong-ma.xlsx", PLAIN);
    assert!(refused.refused, "without units every lead unit is unknown");
    let create = Options { create_units: true, ..PLAIN };
    let report = import(&test, "so", "khong-ma.xlsx", create);
    assert_eq!((counts(&report), report.units_created.len()), ([200, 200, 0, 0], 10));
    for expected in json("khong-ma.truth.json")["briefings"].as_array().unwrap() {
        assert_figures(&test, "so", expected);
    }
    assert_eq!(counts(&import(&test, "so", "khong-ma.xlsx", create)), [200, 0, 0, 200]);
    assert_eq!(counts(&import(&test, "so", "khong-ma-sua.xlsx", PLAIN)), [200, 0, 5, 195]);
    for expected in json("khong-ma-sua.truth.json")["briefings"].as_array().unwrap() {
        assert_figures(&test, "so", expected);
    }
    let ours = "SELECT count(*) FROM tasks WHERE code ~ '^NV-[0-9]{5}$'";
    assert_eq!(number(&mut test.test_db.superuser(), ours), 200);
}

#[test]
fn the_same_file_again_changes_nothing_and_a_changed_one_just_those_tasks() {
    let test = ministry();
    assert_eq!(counts(&import(&test, "btttt", "nhiem-vu-2024.xlsx", PLAIN)), [1351, 0, 0, 1351]);
    let dry = import(&test, "btttt", "nhiem-vu-2024-sua.xlsx", Options { dry_run: true, ..PLAIN });
    assert_eq!(counts(&dry), [1354, 3, 7, 1344]);
    let mut conn = test.test_db.superuser();
    assert_eq!(number(&mut conn, "SELECT count(*) FROM tasks"), 1351, "a dry run writes nothing");
    let report = import(&test, "btttt", "nhiem-vu-2024-sua.xlsx", PLAIN);
    assert_eq!(counts(&report), [1354, 3, 7, 1344]);
    assert_figures(&test, "btttt", &json("nhiem-vu-2024-sua.truth.json")["briefings"][0]);
    let last = "SELECT id FROM imports ORDER BY id DESC LIMIT 1";
    for (act, count) in [("task.create", 3), ("task.change", 7)] {
        let journaled = format!("SELECT count(*) FROM journal WHERE act = '{act}' AND import_id = ({last})");
        assert_eq!(number(&mut conn, &journaled), count, "{act}");
    }
    let bumped = "SELECT count(*) FROM tasks WHERE version = 2";
    assert_eq!(number(&mut conn, bumped), 7, "only a changed task has a new version");
}

/// What the database keeps as it is now must be what its facts give (the overdue index counts on it).
#[test]
fn the_present_columns_are_those_of_the_facts() {
    let test = ministry();
    import(&test, "btttt", "nhiem-vu-2024-sua.xlsx", PLAIN);
    let drifted = "SELECT count(*) FROM tasks t
        LEFT JOIN task_submissions s ON (s.tenant_id, s.task_id) = (t.tenant_id, t.id) AND s.accepted
        LEFT JOIN task_extensions e ON (e.tenant_id, e.task_id) = (t.tenant_id, t.id) AND e.new_due_on IS NOT NULL
        LEFT JOIN task_exclusions x ON (x.tenant_id, x.task_id) = (t.tenant_id, t.id)
       WHERE t.completed_on IS DISTINCT FROM s.submitted_on OR t.confirmed_on IS DISTINCT FROM s.decided_on
          OR t.due_on IS DISTINCT FROM coalesce(e.new_due_on, t.original_due_on)
          OR (t.status = 'cancelled') <> (x.id IS NOT NULL)
          OR (t.status = 'completed') <> (t.completed_on IS NOT NULL)";
    assert_eq!(number(&mut test.test_db.superuser(), drifted), 0);
}

/// The (row, field) of every fault, as the file beside the workbook expects them.
fn expected_faults(list: &Value) -> BTreeSet<(u64, String)> {
    let pair = |fault: &Value| (fault["row"].as_u64().unwrap(), fault["field"].as_str().unwrap().to_owned());
    list.as_array().unwrap().iter().map(pair).collect()
}

fn faults(report: &ImportReport) -> BTreeSet<(u64, String)> {
    report.faults.iter().map(|fault| (fault.row.into(), fault.field.code().to_owned())).collect()
}

#[test]
fn a_file_with_faults_is_refused_whole_and_names_each() {
    let test = ministry();
    let before = briefing(&test, "btttt", "2024-11", "2024-11-29");
    let report = import(&test, "btttt", "nhiem-vu-loi.xlsx", PLAIN);
    assert!(report.refused);
    let expected = expected_faults(&json("nhiem-vu-loi.expected.json"));
    assert_eq!((faults(&report), report.faults.len()), (expected.clone(), expected.len()));
    let other = import(&test, "btttt", "loi-khac.xlsx", PLAIN);
    let expected = expected_faults(&json("loi-khac.expected.json")["faults"]);
    assert_eq!((faults(&other), other.faults.len()), (expected.clone(), expected.len()));
    assert_eq!(briefing(&test, "btttt", "2024-11", "2024-11-29"), before);
    let mut conn = test.test_db.superuser();
    assert_eq!(number(&mut conn, "SELECT count(*) FROM tasks"), 1351);
    assert_eq!(number(&mut conn, "SELECT count(*) FROM imports"), 1);
}

#[test]
fn the_right_rows_of_a_faulty_file_are_imported_when_asked() {
    let test = ministry();
    let skip = Options { skip_faulty: true, ..PLAIN };
    let report = import(&test, "btttt", "nhiem-vu-loi.xlsx", skip);
    assert_eq!((counts(&report), report.faults.len(), report.refused), ([12, 1, 0, 0], 11, false));
    let out = serde_json::to_value(ReportOut::new(Lang::Vi, &report)).unwrap();
    for name in ["sheet", "row", "cell", "field", "value", "message"] {
        assert!(out["faults"][0].get(name).is_some(), "a fault has its {name}");
    }
    assert_eq!((&out["rows"], &out["created"], &out["units_created"]), (&12.into(), &1.into(), &0.into()));
    assert_eq!(out["faults"][0]["cell"], "K5");
}

#[test]
fn two_tenants_may_have_the_same_codes() {
    let test = ministry();
    test.tenant("hai");
    assert_eq!(counts(&import(&test, "hai", "nhiem-vu-2024.xlsx", PLAIN)), [1351, 1351, 0, 0]);
    assert_figures(&test, "btttt", &json("nhiem-vu-2024.truth.json")["briefings"][0]);
    assert_eq!(number(&mut test.test_db.superuser(), "SELECT count(*) FROM tasks"), 2702);
}

/// Deadline words of an independent list, those that the law names literally.
#[test]
fn deadlines_mean_what_the_law_says() {
    let unescape = |words: &str| {
        let words = words.strip_prefix('"').and_then(|w| w.strip_suffix('"')).unwrap_or(words);
        words.replace("\\n", "\n").replace("\\t", "\t").replace("\\u00a0", "\u{a0}").replace("\\\\", "\\")
    };
    let list = fs::read_to_string(data("deadlines.tsv")).unwrap();
    let mut compared = 0;
    for line in list.lines().filter(|line| !line.starts_with('#')) {
        let [words, expected, "law"] = line.split('\t').collect::<Vec<_>>()[..] else { continue };
        let got = match dondoc::domain::deadline::parse(&unescape(words)) {
            Ok(deadline) => deadline.due_on.map_or("none".to_owned(), |day| day.to_string()),
            Err(_) => "fault".to_owned(),
        };
        assert_eq!(got, expected, "{words}");
        compared += 1;
    }
    assert!(compared > 100, "only {compared} lines were compared");
}
