//! What a file that comes again does, and does not do.

use dondoc::imports::{ImportReport, Options};
use dondoc::text::{Lang, import_report};

use crate::support::sheet::{PLAIN, counts, import_bytes, import_tasks, workbook};
use crate::support::{TestApp, number, run};

const UNITS: &[&[&str]] =
    &[&["TT", "Tên đơn vị", "Tên viết tắt"], &["1", "Cục Viễn thông", "CVT"], &["2", "Cục Báo chí", "CBC"]];

/// A tenant with two units and the tasks of a sheet.
fn tenant(rows: &[&[&str]]) -> TestApp {
    let test = TestApp::new();
    test.tenant("thu");
    let bytes = workbook(&[("Nhiệm vụ", rows), ("Đơn vị", UNITS)]);
    let report = import_bytes(&test, "thu", "first.xlsx", &bytes, PLAIN);
    assert!(!report.refused, "{:?}", report.faults);
    test
}

fn one(test: &TestApp, condition: &str) -> bool {
    number(&mut test.test_db.superuser(), &format!("SELECT count(*) FROM tasks WHERE {condition}")) == 1
}

const FULL: &[&[&str]] = &[
    &[
        "Mã",
        "Nội dung nhiệm vụ",
        "Đơn vị chủ trì",
        "Ngày giao",
        "Thời hạn",
        "Gia hạn đến",
        "Ngày quyết định gia hạn",
        "Tình trạng",
        "Ngày hoàn thành",
        "Ghi chú",
    ],
    &[
        "A1",
        "Một",
        "CVT",
        "05/01/2024",
        "30/06/2024",
        "30/09/2024",
        "20/06/2024",
        "Đã hoàn thành",
        "15/08/2024",
        "tốt",
    ],
    &[
        "A2",
        "Hai",
        "CBC",
        "05/01/2024",
        "30/06/2024",
        "",
        "",
        "Rút khỏi chương trình",
        "",
        "Rút ngày 31/05/2024",
    ],
    &["A3", "Ba", "CBC", "05/01/2024", "30/06/2024", "", "", "Đang thực hiện", "", ""],
];

/// The sheet without one of its columns.
fn without(heading: &str) -> Vec<Vec<&'static str>> {
    let at = FULL[0].iter().position(|h| *h == heading).unwrap();
    FULL.iter()
        .map(|row| row.iter().enumerate().filter(|(x, _)| *x != at).map(|(_, cell)| *cell).collect())
        .collect()
}

#[test]
fn an_absent_column_touches_nothing() {
    let test = tenant(FULL);
    for heading in ["Gia hạn đến", "Ngày quyết định gia hạn", "Tình trạng", "Ghi chú", "Ngày giao"]
    {
        let rows = without(heading);
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        let report = import_tasks(&test, "thu", &rows);
        assert_eq!(counts(&report), [3, 0, 0, 3], "without {heading}: {report:?}");
    }
    let mut conn = test.test_db.superuser();
    let facts = "SELECT count(*) FROM task_exclusions WHERE from_on = '2024-05-31'";
    assert_eq!(number(&mut conn, facts), 1);
    let decided =
        "SELECT count(*) FROM task_extensions WHERE decided_on = '2024-06-20' AND new_due_on = '2024-09-30'";
    assert_eq!(number(&mut conn, decided), 1);
}

#[test]
fn a_blank_cell_clears_what_an_import_had_set() {
    let test = tenant(FULL);
    let mut rows: Vec<Vec<&str>> = FULL.iter().map(|row| row.to_vec()).collect();
    for x in [5, 6, 7, 8, 9] {
        rows[1][x] = "";
    }
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    assert_eq!(counts(&import_tasks(&test, "thu", &rows)), [3, 0, 1, 2]);
    assert!(one(&test, "code = 'A1' AND status = 'not_started' AND completed_on IS NULL AND note IS NULL"));
    assert!(one(&test, "code = 'A1' AND due_on = '2024-06-30'"));
    let mut conn = test.test_db.superuser();
    assert_eq!(number(&mut conn, "SELECT count(*) FROM task_extensions"), 0);
    assert_eq!(number(&mut conn, "SELECT count(*) FROM task_submissions"), 0);
}

#[test]
fn a_code_is_known_again_in_any_case() {
    let test = tenant(FULL);
    let mut rows: Vec<Vec<&str>> = FULL.iter().map(|row| row.to_vec()).collect();
    rows[1][0] = "a1";
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    assert_eq!(counts(&import_tasks(&test, "thu", &rows)), [3, 0, 0, 3]);
}

#[test]
fn what_was_changed_in_the_product_is_a_conflict_and_stays() {
    let test = tenant(FULL);
    let mut conn = test.test_db.superuser();
    run(&mut conn, "UPDATE tasks SET title = 'Sửa trong hệ thống' WHERE code = 'A1'");
    run(&mut conn, "UPDATE tasks SET status = 'submitted' WHERE code = 'A3'");
    run(&mut conn, "UPDATE tasks SET obstacles = 'Viết ở đây' WHERE code = 'A2'");
    let report = import_tasks(&test, "thu", FULL);
    assert_eq!(counts(&report), [3, 0, 0, 3]);
    let told: Vec<String> =
        report.conflicts.iter().map(|conflict| import_report::conflict_message(Lang::Vi, conflict)).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].contains("giữ “Sửa trong hệ thống”, tệp ghi “Một”"), "{told:?}");
    assert!(told[1].contains("giữ “chờ xác nhận”, tệp ghi “đang thực hiện”"), "{told:?}");
    assert!(one(&test, "title = 'Sửa trong hệ thống'") && one(&test, "obstacles = 'Viết ở đây'"));
}

#[test]
fn a_task_deleted_in_the_product_stays_so() {
    let test = tenant(FULL);
    run(
        &mut test.test_db.superuser(),
        "UPDATE tasks SET deleted_at = now(), deleted_reason = 'nhầm' WHERE code = 'A3'",
    );
    let mut rows: Vec<Vec<&str>> = FULL.iter().map(|row| row.to_vec()).collect();
    rows[3][9] = "mới";
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let report = import_tasks(&test, "thu", &rows);
    assert_eq!((counts(&report), report.conflicts.len()), ([3, 0, 0, 3], 1));
    assert!(import_report::conflict_message(Lang::Vi, &report.conflicts[0]).contains("đã bị xóa"));
    assert!(one(&test, "code = 'A3' AND note IS NULL AND deleted_at IS NOT NULL"));
}

const BARE: &[&[&str]] = &[
    &["Nội dung nhiệm vụ", "Đơn vị chủ trì", "Số văn bản giao", "Ngày giao", "Thời hạn"],
    &["Báo cáo", "CVT", "1/TB", "05/01/2024", "31/03/2024"],
    &["Báo cáo", "CVT", "1/TB", "05/01/2024", "30/06/2024"],
    &["Kế hoạch", "CBC", "2/TB", "05/01/2024", "31/12/2024"],
];

#[test]
fn a_row_without_a_code_is_known_again_also_when_its_task_was_edited() {
    let test = tenant(BARE);
    assert_eq!(
        counts(&import_tasks(&test, "thu", BARE)),
        [3, 0, 0, 3],
        "rows alike are matched in their order"
    );
    let mut conn = test.test_db.superuser();
    run(
        &mut conn,
        "UPDATE tasks SET title = 'Kế hoạch năm', title_key = 'ke hoach nam' WHERE title = 'Kế hoạch'",
    );
    let lead = "(SELECT id FROM units WHERE short_name = 'CBC')";
    run(&mut conn, &format!("UPDATE tasks SET lead_unit_id = {lead} WHERE due_on = '2024-03-31'"));
    let report = import_tasks(&test, "thu", BARE);
    assert_eq!((counts(&report), report.conflicts.len()), ([3, 0, 0, 3], 2), "{:?}", report.conflicts);
    assert_eq!(report.conflicts[0].in_product, "CBC");
}

#[test]
fn a_dry_run_takes_no_number() {
    let test = tenant(UNITS_ONLY);
    let bytes = workbook(&[("Nhiệm vụ", BARE)]);
    for _ in 0..3 {
        let report = import_bytes(&test, "thu", "dry.xlsx", &bytes, Options { dry_run: true, ..PLAIN });
        assert_eq!(counts(&report), [3, 3, 0, 0]);
    }
    import_bytes(&test, "thu", "dry.xlsx", &bytes, PLAIN);
    assert!(one(&test, "code = 'NV-00001'") && one(&test, "code = 'NV-00003'"));
}

const UNITS_ONLY: &[&[&str]] = &[&["Nội dung nhiệm vụ", "Đơn vị chủ trì", "Thời hạn"]];

fn import_units(test: &TestApp, units: &[&[&str]]) -> ImportReport {
    let bytes = workbook(&[("Nhiệm vụ", UNITS_ONLY), ("Đơn vị", units)]);
    import_bytes(test, "thu", "units.xlsx", &bytes, PLAIN)
}

#[test]
fn a_unit_sheet_changes_what_it_says_and_no_more() {
    let test = tenant(UNITS_ONLY);
    let renamed: &[&[&str]] =
        &[&["Tên đơn vị", "Tên viết tắt", "Email"], &["Cục Viễn thông mới", "CVT", "cvt@a.vn"]];
    assert_eq!(import_units(&test, renamed).units_changed, ["CVT"]);
    let no_short: &[&[&str]] = &[&["Tên đơn vị", "Loại đơn vị"], &["Cục Báo chí", "Cục"]];
    assert_eq!(import_units(&test, no_short).units_changed, ["CBC"], "the short name stays");
    let swapped: &[&[&str]] =
        &[&["Tên đơn vị", "Tên viết tắt"], &["Cục Báo chí", "CVT"], &["Cục Viễn thông mới", "CBC"]];
    assert_eq!(import_units(&test, swapped).units_changed, ["CVT", "CBC"]);
    let mut conn = test.test_db.superuser();
    let now = "SELECT count(*) FROM units WHERE (short_name, name) IN (('CVT', 'Cục Báo chí'), ('CBC', 'Cục Viễn thông mới'))";
    assert_eq!(number(&mut conn, now), 2);
    assert_eq!(number(&mut conn, "SELECT count(*) FROM units"), 2);
}

#[test]
fn a_unit_that_takes_the_name_of_another_is_a_fault() {
    let test = tenant(UNITS_ONLY);
    let clash: &[&[&str]] =
        &[&["Tên đơn vị", "Tên viết tắt"], &["Cục Báo chí", "MOI"], &["Cục Viễn thông", "CBC"]];
    let report = import_units(&test, clash);
    assert!(report.refused && !report.faults.is_empty());
    assert_eq!(number(&mut test.test_db.superuser(), "SELECT count(*) FROM units"), 2);
}

#[test]
fn the_journal_says_what_came_of_an_import() {
    let test = tenant(FULL);
    import_tasks(&test, "thu", FULL);
    let mut conn = test.test_db.superuser();
    let created =
        "SELECT count(*) FROM journal j JOIN imports i ON i.id = j.import_id WHERE j.act = 'task.create'";
    assert_eq!(number(&mut conn, created), 3);
    assert_eq!(number(&mut conn, "SELECT count(*) FROM imports"), 2);
    assert_eq!(number(&mut conn, "SELECT count(*) FROM journal WHERE act = 'person.create'"), 1);
    assert_eq!(number(&mut conn, "SELECT count(*) FROM journal WHERE act = 'unit.create'"), 2);
}
