use super::*;
use crate::domain::deadline::{DateFault, Precision};
use crate::domain::task::{Level, Status};
use crate::imports::fields::Field;
use crate::imports::rows::Cell;
use crate::imports::rows::faults::{FaultKind, WarningKind};

fn with(changes: &[(&str, &'static str)]) -> Vec<u8> {
    tasks(&[row_with(changes)])
}

fn one_fault(changes: &[(&str, &'static str)]) -> (Field, FaultKind) {
    let read = read(&with(changes));
    assert_eq!(read.faults.len(), 1, "{changes:?}: {:?}", read.faults);
    assert_eq!((read.rows.len(), read.row_count), (0, 1));
    (read.faults[0].field, read.faults[0].kind.clone())
}

#[test]
fn a_good_row_is_read() {
    let row = only(&tasks(&[GOOD.to_vec()]));
    assert_eq!(row.code, Cell::Value("M-1".to_string()));
    assert_eq!(row.unit, unit("CVT"));
    assert_eq!(row.level, Cell::Value((Level::Government, "Chính phủ".to_string())));
    assert_eq!(row.coordinating, Cell::Blank);
    assert_eq!(row.percent, Cell::Absent);
    assert_eq!(row.area, Cell::Absent);
    assert_eq!(row.status, Cell::Value(Status::InProgress));
}

#[test]
fn the_completion_date_decides_and_not_the_word() {
    for (status, completed, resolved) in [
        ("", "", Status::NotStarted),
        ("", "01/10/2024", Status::Completed),
        ("Chưa thực hiện", "01/10/2024", Status::Completed),
        ("Đang triển khai", "01/10/2024", Status::Completed),
        ("ĐÃ HOÀN THÀNH", "01/10/2024", Status::Completed),
        ("Không thực hiện", "01/10/2024", Status::Cancelled),
        ("Đang thực hiện", "", Status::InProgress),
    ] {
        let row = only(&with(&[("Tình trạng", status), ("Ngày hoàn thành", completed)]));
        assert_eq!(row.status, Cell::Value(resolved), "{status} {completed}");
    }
    let none = one_fault(&[("Tình trạng", "Hoàn thành")]);
    assert_eq!(none, (Field::CompletedOn, FaultKind::NoCompletion));
}

#[test]
fn each_field_is_checked_and_named() {
    for (heading, words, field) in [
        ("Nội dung nhiệm vụ", "", Field::Title),
        ("Mã nhiệm vụ", "", Field::Code),
        ("Loại nhiệm vụ", "Quan trọng", Field::Category),
        ("Ngày văn bản", "khoảng tháng 5", Field::AssignedOn),
        ("Đơn vị chủ trì", "", Field::Unit),
        ("Đơn vị chủ trì", "CVT; VP", Field::Unit),
        ("Đơn vị chủ trì", "Cục Hàng hải", Field::Unit),
        ("Đơn vị phối hợp", "VP, KHTC", Field::Coordinating),
        ("Sản phẩm", "Bài thơ", Field::Product),
        ("Cấp trình", "Chánh phủ", Field::Level),
        ("Thời hạn", "khi có yêu cầu", Field::Due),
        ("Thời hạn", "31/11/2024", Field::Due),
        ("Thời hạn", "30/11", Field::Due),
        ("Gia hạn đến", "30/10/2024", Field::ExtendedTo),
        ("Gia hạn đến", "Thường xuyên", Field::ExtendedTo),
        ("Tình trạng", "Sắp xong rồi", Field::Status),
        ("Ngày hoàn thành", "04/01/2024", Field::CompletedOn),
        ("Ngày hoàn thành", "xong", Field::CompletedOn),
    ] {
        assert_eq!(one_fault(&[(heading, words)]).0, field, "{heading} = {words}");
    }
}

#[test]
fn one_cause_is_one_fault() {
    let (field, kind) = one_fault(&[("Thời hạn", "31/11/2024"), ("Gia hạn đến", "01/01/2024")]);
    assert_eq!((field, kind), (Field::Due, FaultKind::Deadline(DateFault::NotInCalendar)));
    let (field, _) = one_fault(&[("Tình trạng", "xong"), ("Ngày hoàn thành", "01/10/2024")]);
    assert_eq!(field, Field::Status);
    let (field, _) = one_fault(&[("Ngày văn bản", "?"), ("Ngày hoàn thành", "01/10/2024")]);
    assert_eq!(field, Field::AssignedOn);
}

#[test]
fn all_faults_of_a_row_are_told() {
    let bytes = with(&[("Nội dung nhiệm vụ", ""), ("Thời hạn", "?"), ("Đơn vị chủ trì", "XYZ")]);
    assert_eq!(faults(&read(&bytes)), [("C2".into(), "title"), ("G2".into(), "unit"), ("K2".into(), "due")]);
}

#[test]
fn a_code_used_by_an_earlier_row_is_a_fault_even_of_a_faulty_one() {
    let rows = [row_with(&[("Thời hạn", "?")]), row_with(&[("Mã nhiệm vụ", "m-1")])];
    let read = read(&tasks(&rows));
    assert_eq!(faults(&read), [("K2".into(), "due"), ("B3".into(), "code")]);
    let earlier = FaultKind::Repeated { sheet: "Nhiệm vụ".to_string(), row: 2 };
    assert_eq!(read.faults[1].kind, earlier);
}

#[test]
fn coordinating_units_are_separated_by_semicolons_and_lines_never_by_commas() {
    let names = "Cục Phát thanh, truyền hình và thông tin điện tử;KHTC\n- vp\nCVT; KHTC;";
    let row = only(&with(&[("Đơn vị phối hợp", names)]));
    assert_eq!(row.coordinating, Cell::Value(vec![unit("PTTH&TTĐT"), unit("KHTC"), unit("VP")]));
}

#[test]
fn unit_names_may_be_wrapped_dashed_and_decomposed() {
    for name in
        ["Vụ Kế hoạch\n- Tài chính", "VỤ KẾ HOẠCH – TÀI CHÍNH", "Vu\u{323} Kê\u{301} hoạch-Tài chính", "khtc"]
    {
        let row = only(&with(&[("Đơn vị chủ trì", name)]));
        assert_eq!(row.unit, unit("KHTC"), "{name}");
    }
}

#[test]
fn deadlines_keep_their_words() {
    for (words, due, precision) in [
        ("Quý IV/2024", Some("31/12/2024"), Precision::Quarter),
        ("Thường xuyên", None, Precision::None),
        ("  Trước ngày\n25/12/2024 ", Some("25/12/2024"), Precision::Day),
    ] {
        let row = only(&with(&[("Thời hạn", words)]));
        let (deadline, kept) = row.due.value().unwrap();
        assert_eq!((deadline.due_on, deadline.precision), (due.map(day), precision));
        assert_eq!(*kept, crate::domain::words::tidy(words));
    }
    assert_eq!(only(&with(&[("Thời hạn", "")])).due, Cell::Blank);
}

#[test]
fn a_cancellations_day_is_read_in_its_note() {
    for (note, expected) in [
        ("Rút ngày 31/10/2024", Some("31/10/2024")),
        ("Giao ngày 01/02/2024, rút ngày 31/10/2024 theo TB 12/TB-VP", Some("31/10/2024")),
        ("Rút từ ngày 5 tháng 6 năm 2024.", Some("05/06/2024")),
        ("Theo văn bản 15/5/2024.", Some("15/05/2024")),
        ("Theo thông báo 12/2024", None),
        ("Đã rút khỏi chương trình theo CV 123 ngày 5/11/2024", Some("05/11/2024")),
        ("Rút ngày 31/10/2024 theo CV 12 ngày 5/9/2024", Some("31/10/2024")),
        ("Đúng tiến độ đến 30/9/2024; rút ngày 31/10/2024", Some("31/10/2024")),
        ("Nội dung theo CV 123/VP ngày 5/9/2024, rút ngày 31/10/2024", Some("31/10/2024")),
        ("Theo CV 12/VP ngày 5/9/2024 của Sở Thủy lợi; rút ngày 31/10/2024", Some("31/10/2024")),
        ("Xây dựng từ ngày 1/3/2024, rút khỏi chương trình ngày 31/10/2024", Some("31/10/2024")),
        ("Rút ngày 31.10.2024", Some("31/10/2024")),
        ("Rút ngày 31/10", None),
        ("Rút ngày 31/10 theo CV 12 ngày 5/9/2024", None),
        ("Theo CV 123 ngày 5/9/2024 cho rút ngày 31/10/2024", Some("31/10/2024")),
        ("Không thực hiện từ 31/10/2024", Some("31/10/2024")),
        ("Rút 31-10-2024", Some("31/10/2024")),
        ("Rút khỏi chương trình (CV số 15/10/2024 ngày 31/10/2024)", Some("31/10/2024")),
        ("RÚT NGÀY 31/10/2024.", Some("31/10/2024")),
        ("Rút từ tháng 10/2024", None),
        ("Rút ngày 31/10/2024 (giao ngày 5/1/2024)", Some("31/10/2024")),
        ("Rút (giao ngày 5/1/2024)", None),
        ("Huyện đã báo cáo ngày 5/9/2024; rút ngày 31/10/2024", Some("31/10/2024")),
        ("Giao ngày 5/1/2024. Rút ngày 31/10/2024", Some("31/10/2024")),
        ("Rút ngày 1/10/2024, giao lại, rút ngày 31/10/2024", Some("31/10/2024")),
        ("Rút kinh nghiệm ngày 5/9/2024; dừng ngày 31/10/2024", Some("31/10/2024")),
        ("Giao ngày 5/1/2024, sửa ngày 6/1/2024", None),
        ("Chuyển sang 2025", None),
        ("", None),
    ] {
        let bytes = with(&[("Tình trạng", "Rút khỏi chương trình"), ("Ghi chú", note)]);
        assert_eq!(only(&bytes).cancelled_on, expected.map(day), "{note}");
        let warned = read(&bytes).warnings.iter().any(|w| w.kind == WarningKind::CancelledWithoutDay);
        assert_eq!(warned, expected.is_none());
    }
    assert_eq!(only(&with(&[("Ghi chú", "Rút ngày 31/10/2024")])).cancelled_on, None);
}

#[test]
fn warnings_refuse_nothing() {
    let future =
        read(&with(&[("Ngày văn bản", "01/02/2025"), ("Thời hạn", ""), ("Gia hạn đến", "01/03/2025")]));
    let kinds: Vec<_> = future.warnings.iter().map(|w| (w.cell.as_str(), &w.kind)).collect();
    assert_eq!(
        kinds,
        [("F2", &WarningKind::AssignedInFuture), ("L2", &WarningKind::ExtensionWithoutDeadline)]
    );
    assert_eq!(future.rows.len(), 1);
    let done = read(&with(&[("Ngày hoàn thành", "01/02/2025")]));
    let kinds: Vec<_> = done.warnings.iter().map(|w| (w.cell.as_str(), &w.kind)).collect();
    assert_eq!(kinds, [("N2", &WarningKind::CompletedInFuture)]);
}

#[test]
fn a_row_tells_what_its_sheet_has_no_column_for() {
    let row = only(&tasks(&[GOOD.to_vec()]));
    assert!(row.has_status_column && row.assigned_from_document);
    let bytes = book(&[
        ["Nhiệm vụ", "Chủ trì", "Hạn", "Ngày giao", "Ngày văn bản"],
        ["Làm A", "CVT", "31/10/2024", "", "05/01/2024"],
    ]);
    let row = only(&bytes);
    assert!(!row.has_status_column && !row.assigned_from_document);
    let bytes = book(&[["Nhiệm vụ", "Chủ trì", "Hạn"], ["Làm A", "CVT", "31/10/2024"]]);
    assert!(!only(&bytes).assigned_from_document);
}

#[test]
fn long_text_and_control_characters_are_faults() {
    let long: &'static str = Box::leak("a".repeat(2_001).into_boxed_str());
    assert_eq!(one_fault(&[("Nội dung nhiệm vụ", long)]).1, FaultKind::TooLong { limit: 2_000 });
    assert_eq!(one_fault(&[("Nội dung nhiệm vụ", "a\u{1}b")]).1, FaultKind::ControlCharacter);
}

#[test]
fn a_documents_date_beside_its_number_is_the_day_of_assignment() {
    for (cell, expected) in [
        ("Thông báo số 142/TB-VP ngày 05/01/2024", Cell::Value(day("05/01/2024"))),
        ("142/TB-VP\n5/1/2024", Cell::Value(day("05/01/2024"))),
        ("05/2024/QĐ-UBND", Cell::Absent),
        ("1/TB ngày 05/01/2024, 2/TB ngày 06/01/2024", Cell::Absent),
    ] {
        let bytes = book(&[
            ["Nhiệm vụ", "Chủ trì", "Hạn", "Số, ký hiệu, ngày tháng văn bản giao"],
            ["Làm A", "CVT", "31/10/2024", cell],
        ]);
        let row = only(&bytes);
        assert_eq!((row.assigned_on, row.source_date), (expected, expected), "{cell}");
    }
}

#[test]
fn the_column_of_assignment_goes_before_the_documents_date() {
    let sheet = |assigned: &'static str, document: &'static str| {
        book(&[
            ["Nhiệm vụ", "Chủ trì", "Hạn", "Ngày giao", "Ngày văn bản"],
            ["Làm A", "CVT", "31/10/2024", assigned, document],
        ])
    };
    assert_eq!(only(&sheet("06/01/2024", "05/01/2024")).assigned_on, Cell::Value(day("06/01/2024")));
    assert_eq!(only(&sheet("", "05/01/2024")).assigned_on, Cell::Value(day("05/01/2024")));
    assert_eq!(only(&sheet("", "")).assigned_on, Cell::Blank);
    assert_eq!(faults(&read(&sheet("", "?"))), [("E2".into(), "source_date")]);
    assert_eq!(faults(&read(&sheet("?", "05/01/2024"))), [("D2".into(), "assigned_on")]);
}
