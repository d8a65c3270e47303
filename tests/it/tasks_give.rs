//! Giving tasks and changing what they say.

use dondoc::domain::calendar::RollRule;
use dondoc::domain::life::Step;
use dondoc::error::{Error, Refusal, Result};
use dondoc::tasks::TaskRow;
use dondoc::tasks::acts::Target;
use dondoc::tasks::entering::{Entered, TaskTyped, Warning, create, edit};
use uuid::Uuid;

use crate::support::desk::{Desk, from, task};
use crate::support::{day, run};

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn give(desk: &Desk, typed: &TaskTyped) -> Result<Entered> {
    let office = desk.acting("vanphong");
    desk.run(&office, |conn, by| create(conn, by, RollRule::Forward, typed, true))
}

fn change(desk: &Desk, id: Uuid, typed: TaskTyped) -> Result<Entered> {
    let office = desk.acting("vanphong");
    let target = Target { id, version: None };
    desk.run(&office, |conn, by| edit(conn, by, RollRule::Forward, target, typed, true))
}

fn done(entered: Result<Entered>) -> TaskRow {
    match entered.unwrap() {
        Entered::Done(row, _) => *row,
        Entered::Asked(warnings) => panic!("{warnings:?}"),
    }
}

fn faults(entered: Result<Entered>) -> Vec<String> {
    match entered.unwrap_err() {
        Error::Refused(Refusal::Parameters(faults)) => faults.into_iter().map(|fault| fault.name).collect(),
        other => panic!("{other}"),
    }
}

fn warnings(entered: Result<Entered>) -> Vec<&'static str> {
    match entered.unwrap() {
        Entered::Asked(warnings) => warnings.iter().map(Warning::code).collect(),
        Entered::Done(..) => Vec::new(),
    }
}

#[test]
fn a_task_is_given_with_all_its_fields() {
    let desk = Desk::new(2);
    let parent = desk.give("Chương trình chuyển đổi số", "VP", "01/10/2024", "Năm 2025");
    let typed = TaskTyped {
        code: text(" NV/07 "),
        field: text("Viễn thông"),
        parent: text(&parent.code),
        labels: text("chuyển đổi số; 5G;5g"),
        source_number: text("142/TB-BTTTT"),
        source_date: text("30/9/2024"),
        source_kind: text("Thông báo"),
        source_abstract: text("Kết luận\r\ncuộc họp"),
        source_issuer: text("Bộ Thông tin và Truyền thông"),
        urgency: text("Khẩn"),
        coordinating: Some(vec!["CBC".to_owned(), "vp".to_owned()]),
        leader: text("lanhdao@bo.example"),
        follower: text("vanphong@bo.example"),
        product: text("Đề án"),
        level: text("Thủ tướng Chính phủ"),
        note: text("Theo dõi sát"),
        ..task("Xây dựng  đề án phủ sóng", "CVT", "02/10/2024", "Quý IV/2024")
    };
    let row = done(give(&desk, &typed));
    assert_eq!((row.code.as_str(), row.title.as_str()), ("NV/07", "Xây dựng đề án phủ sóng"));
    assert_eq!((row.product.as_str(), row.level.as_deref()), ("scheme", Some("prime_minister")));
    assert_eq!((row.original_due_on, row.due_on), (Some(day("2024-12-31")), Some(day("2024-12-31"))));
    assert_eq!((row.due_words.as_deref(), row.due_precision.as_str()), (Some("Quý IV/2024"), "quarter"));
    assert_eq!((row.parent_id, row.labels.len()), (Some(parent.id), 2));
    assert_eq!(row.source_abstract.as_deref(), Some("Kết luận\ncuộc họp"));
    assert_eq!(row.leader_id, desk.acting("lanhdao").person);
    assert_eq!((row.status.as_str(), parent.code.as_str()), ("not_started", "NV-00001"));
    assert_eq!(desk.task(row.id), row);
}

#[test]
fn deadlines_are_dates_periods_or_terms() {
    let mut desk = Desk::new(1);
    desk.today = day("2024-12-02");
    let due = |title: &str, due: &str| done(give(&desk, &task(title, "CVT", "02/12/2024", due))).due_on;
    assert_eq!(due("Rà soát quy hoạch tần số", "15 ngày làm việc"), Some(day("2024-12-23")));
    assert_eq!(due("Họp báo thường kỳ", "30 ngày"), Some(day("2025-01-02")));
    assert_eq!(due("Kiểm tra dịch vụ bưu chính", "02 tháng kể từ ngày giao"), Some(day("2025-02-03")));
    assert_eq!(due("Trực ban hằng ngày", "Thường xuyên"), None);
    let wrong = |due: &str| faults(give(&desk, &task("Một việc khác hẳn", "CVT", "02/12/2024", due)));
    for words in ["sớm", "31/2/2025", "15/12", "01/12/2024", "01/12/2035"] {
        assert_eq!(wrong(words), ["due"], "{words}");
    }
}

#[test]
fn every_fault_of_a_task_is_told_at_once() {
    let desk = Desk::new(1);
    let typed = TaskTyped {
        code: Some("x".repeat(51)),
        category: text("quan trọng"),
        unit: text("Không có"),
        coordinating: Some(vec!["CBC; Ai đó".to_owned()]),
        parent: text("NV-99999"),
        labels: Some("l".repeat(51)),
        source_date: text("31/2/2024"),
        leader: text("vanphong@bo.example"),
        follower: text("lanhdao@bo.example"),
        product: text("phép màu"),
        level: text("Chính phũ gì đó"),
        assigned_on: text("1/1/1989"),
        due: text("bao giờ xong thì xong"),
        title: text(" "),
        ..TaskTyped::default()
    };
    let mut found = faults(give(&desk, &typed));
    found.sort();
    let expected = [
        "assigned_on",
        "category",
        "code",
        "coordinating",
        "due",
        "follower",
        "labels",
        "leader",
        "level",
        "parent",
        "product",
        "source_date",
        "title",
        "unit",
    ];
    assert_eq!(found, expected);
    let lead = TaskTyped { coordinating: Some(vec!["CVT".to_owned()]), ..task("A", "CVT", "", "") };
    assert_eq!(faults(give(&desk, &lead)), ["coordinating"]);
    let first = desk.give("Một việc", "CVT", "01/10/2024", "");
    let again = TaskTyped { code: Some(first.code.to_lowercase()), ..task("Việc khác", "CVT", "", "") };
    assert_eq!(faults(give(&desk, &again)), ["code"]);
    let head = desk.acting("truong.cvt");
    let refused =
        desk.run(&head, |conn, by| create(conn, by, RollRule::Forward, &task("A", "CVT", "", ""), true));
    assert!(matches!(refused, Err(Error::Refused(Refusal::Denied(_)))));
}

#[test]
fn what_looks_like_a_slip_is_asked_about_once() {
    let desk = Desk::new(1);
    let title = "Xây dựng Đề án chuyển đổi số ngành bưu chính giai đoạn 2025-2030";
    desk.give(title, "CVT", "01/10/2024", "31/12/2024");
    let twice = TaskTyped {
        product: text(""),
        ..task(
            "Xây dựng đề án chuyển đổi số ngành Bưu chính, giai đoạn 2025 – 2030",
            "CBC",
            "02/12/2024",
            "3/12/2024",
        )
    };
    let asked = ["short_term", "no_result", "future_assignment", "duplicates"];
    assert_eq!(warnings(give(&desk, &twice)), asked);
    let some = TaskTyped { heeded: Some(vec!["short_term".to_owned()]), ..twice.clone() };
    assert_eq!(warnings(give(&desk, &some)), asked);
    let all = TaskTyped { heeded: Some(asked.map(str::to_owned).to_vec()), ..twice.clone() };
    let row = done(give(&desk, &all));
    for urgency in ["khẩn", "Thượng khẩn", "Hỏa tốc"] {
        let urgent = TaskTyped { urgency: text(urgency), ..twice.clone() };
        assert!(!warnings(give(&desk, &urgent)).contains(&"short_term"), "{urgency}");
    }
    // A change is asked about what it changes alone.
    let retitled = TaskTyped { title: text("Một tên gọi hoàn toàn mới"), ..TaskTyped::default() };
    assert_eq!(warnings(change(&desk, row.id, retitled)), Vec::<&str>::new());
    let back = TaskTyped { title: text(title), ..TaskTyped::default() };
    assert_eq!(warnings(change(&desk, row.id, back)), ["duplicates"]);
}

#[test]
fn a_change_keeps_what_is_not_typed_and_what_was_odd_before() {
    let desk = Desk::new(2);
    let row = desk.give("Một việc", "CVT", "01/10/2024", "15/11/2024");
    run(
        &mut desk.test.test_db.superuser(),
        "UPDATE tasks SET level = 'other', level_words = 'Cấp trên', due_words = 'ngay', assigned_on = NULL",
    );
    let note = TaskTyped { note: text("Ghi chú"), ..TaskTyped::default() };
    let after = done(change(&desk, row.id, note.clone()));
    assert_eq!((after.note.as_deref(), after.version), (Some("Ghi chú"), 2));
    assert_eq!((after.level_words.as_deref(), after.due_words.as_deref()), (Some("Cấp trên"), Some("ngay")));
    assert_eq!((after.assigned_on, after.due_on), (None, Some(day("2024-11-15"))));
    assert_eq!(done(change(&desk, row.id, note)).version, 2);
    let cleared =
        TaskTyped { note: text(""), coordinating: Some(vec!["CBC".to_owned()]), ..TaskTyped::default() };
    assert_eq!((done(change(&desk, row.id, cleared))).note, None);
    assert_eq!(
        faults(change(&desk, row.id, TaskTyped { unit: text("CBC"), ..TaskTyped::default() })),
        ["unit"]
    );
    let part = desk.give("Một phần việc", "CVT", "01/10/2024", "15/11/2024");
    let below = TaskTyped { parent: text(&row.code), ..TaskTyped::default() };
    done(change(&desk, part.id, below));
    let circle = TaskTyped { parent: text(&part.code), ..TaskTyped::default() };
    assert_eq!(faults(change(&desk, row.id, circle)), ["parent"]);
}

#[test]
fn an_original_deadline_is_put_right_with_a_reason_until_an_extension_is_decided() {
    let desk = Desk::new(2);
    let row = desk.give("Một việc", "CVT", "01/10/2024", "15/11/2024");
    let later = TaskTyped { due: text("30/11/2024"), ..TaskTyped::default() };
    assert_eq!(faults(change(&desk, row.id, later.clone())), ["correction"]);
    let told = TaskTyped { correction: text("Nhập nhầm"), ..later };
    let after = done(change(&desk, row.id, told));
    assert_eq!((after.original_due_on, after.due_on), (Some(day("2024-11-30")), Some(day("2024-11-30"))));
    run(
        &mut desk.test.test_db.superuser(),
        "INSERT INTO task_extensions (tenant_id, id, task_id, wanted_due_on, wanted_precision, decision, decided_on)
         SELECT tenant_id, id, id, '2024-12-31', 'day', 'refused', '2024-11-20' FROM tasks",
    );
    let again =
        TaskTyped { due: text("15/12/2024"), correction: text("Nhập nhầm"), ..TaskTyped::default() };
    assert_eq!(faults(change(&desk, row.id, again)), ["due"]);
    // The assignment is put right too, but never to after what was done.
    desk.step("truong.cvt", Step::Submit, row.id, &from("20/11/2024")).unwrap();
    let after = TaskTyped { assigned_on: text("21/11/2024"), ..TaskTyped::default() };
    assert_eq!(faults(change(&desk, row.id, after)), ["assigned_on"]);
    let before = TaskTyped { assigned_on: text("20/11/2024"), ..TaskTyped::default() };
    assert_eq!(done(change(&desk, row.id, before)).assigned_on, Some(day("2024-11-20")));
}
