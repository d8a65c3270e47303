use super::sheets::write;
use super::*;
use crate::imports::fields::Field;
use crate::imports::rows::faults::WarningKind;

#[test]
fn units_are_read_from_every_unit_sheet_and_lists_of_people_are_not() {
    let mut workbook = Workbook::new();
    write(workbook.add_worksheet().set_name("Công việc").unwrap(), 0, &["Nhiệm vụ", "Chủ trì", "Hạn"]);
    let sheet = workbook.add_worksheet().set_name("Sở ngành").unwrap();
    write(sheet, 0, &["DANH MỤC ĐƠN VỊ"]);
    write(sheet, 1, &["STT", "Tên cơ quan", "Ký hiệu", "Email"]);
    write(sheet, 2, &["A", "Sở, ban, ngành"]);
    write(sheet, 3, &["1", "Sở Tài chính", "STC", "stc@x.example"]);
    write(sheet, 4, &["2", "Sở Y tế", "SYT"]);
    write(sheet, 5, &["3", "", "SXD"]);
    write(sheet, 6, &["4", "Sở Nội vụ", "stc"]);
    let sheet = workbook.add_worksheet().set_name("Xã").unwrap();
    write(sheet, 0, &["TT", "Đơn vị", "Loại đơn vị"]);
    write(sheet, 1, &["1", "Phường Ba Đình", "Phường"]);
    let sheet = workbook.add_worksheet().set_name("Danh bạ").unwrap();
    write(sheet, 0, &["TT", "Họ và tên", "Đơn vị", "Email"]);
    write(sheet, 1, &["1", "Nguyễn Văn A", "Sở Y tế", "a@x.example"]);
    let opened = opened(&workbook.save_to_buffer().unwrap());
    let units: Vec<_> = opened.units.iter().map(|u| (u.name.as_str(), u.short_name.as_deref())).collect();
    assert_eq!(units, [("Sở Tài chính", Some("STC")), ("Sở Y tế", Some("SYT")), ("Phường Ba Đình", None)]);
    assert_eq!(opened.units[2].kind.as_deref(), Some("Phường"));
    let told: Vec<_> = opened.unit_faults.iter().map(|f| (f.cell.as_str(), f.field.code())).collect();
    assert_eq!(told, [("B6", "unit_name"), ("C7", "unit_short_name")]);
    assert_eq!(opened.ignored_sheets, ["Danh bạ"]);
}

#[test]
fn codes_repeat_across_sheets_and_every_task_sheet_is_read() {
    let mut workbook = Workbook::new();
    for name in ["Quý I", "Quý II"] {
        let sheet = workbook.add_worksheet().set_name(name).unwrap();
        write(sheet, 0, &HEADINGS);
        write(sheet, 1, &GOOD);
    }
    let read = read(&workbook.save_to_buffer().unwrap());
    assert_eq!((read.rows.len(), read.row_count), (1, 2));
    assert_eq!((read.faults[0].sheet.as_str(), read.faults[0].field), ("Quý II", Field::Code));
}

/// The units, faulty cells and sheets left out of a workbook with a sheet of tasks and another one.
fn beside_tasks(rows: &[&[&str]]) -> (Vec<String>, Vec<String>, usize) {
    let mut workbook = Workbook::new();
    write(workbook.add_worksheet().set_name("Công việc").unwrap(), 0, &["Nhiệm vụ", "Chủ trì", "Hạn"]);
    let sheet = workbook.add_worksheet().set_name("Khác").unwrap();
    for (at, row) in rows.iter().enumerate() {
        write(sheet, at as u32, row);
    }
    let opened = opened(&workbook.save_to_buffer().unwrap());
    let units = opened.units.iter().map(|unit| unit.name.clone()).collect();
    (units, opened.unit_faults.iter().map(|f| f.cell.clone()).collect(), opened.ignored_sheets.len())
}

#[test]
fn a_list_of_people_is_no_list_of_units() {
    let one = |words: &[&str]| words.iter().map(|word| word.to_string()).collect::<Vec<_>>();
    for heading in [
        ["STT", "Tên", "Đơn vị", "Email"],
        ["STT", "Đơn vị", "Đầu mối", "Email"],
        ["STT", "Tên đơn vị", "Thủ trưởng", "Email"],
        ["STT", "Tên đơn vị", "Điện thoại", "Email"],
    ] {
        assert_eq!(beside_tasks(&[&heading, &["1", "CVT", "CVT", "a@b.vn"]]), (vec![], vec![], 1));
    }
    let units = beside_tasks(&[&["STT", "Tên đơn vị", "Viết tắt", "Điện thoại"], &["1", "Vụ A", "VA", "1"]]);
    assert_eq!(units, (one(&["Vụ A"]), vec![], 0));
    for heading in ["Tên đơn vị", "Danh sách đơn vị"] {
        let units = beside_tasks(&[&["STT", heading], &["1", "Vụ A"], &["2", "Vụ B"]]);
        assert_eq!(units, (one(&["Vụ A", "Vụ B"]), vec![], 0));
    }
    let roman = beside_tasks(&[&["STT", "Tên đơn vị", "Email"], &["I", "Vụ A"], &["II", "Vụ B"]]);
    assert_eq!(roman.0, ["Vụ A", "Vụ B"]);
    let mailboxes =
        [["1", "A", "không có"], ["2", "B", "a@b.vn; c@d.vn"], ["3", "C", "-"], ["4", "D", "hỏi sau"]];
    let [a, b, c, d] = &mailboxes;
    let mailboxes = beside_tasks(&[&["STT", "Tên đơn vị", "Email"], a, b, c, d]);
    assert_eq!((mailboxes.0, mailboxes.1), (one(&["A", "B", "C"]), one(&["C5"])));
}

#[test]
fn a_hidden_sheet_of_tasks_is_read_with_a_warning() {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("Bìa").unwrap();
    let sheet = workbook.add_worksheet().set_name("Bản cũ").unwrap().set_hidden(true);
    write(sheet, 0, &HEADINGS);
    write(sheet, 1, &GOOD);
    let read = read(&workbook.save_to_buffer().unwrap());
    assert_eq!(read.rows.len(), 1);
    let told: Vec<_> = read.warnings.iter().map(|w| (w.sheet.as_str(), &w.kind)).collect();
    assert_eq!(told, [("Bản cũ", &WarningKind::HiddenSheet)]);
}
