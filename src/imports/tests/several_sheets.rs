use super::sheets::write;
use super::*;
use crate::imports::fields::Field;

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
    let units: Vec<_> = opened.units.iter().map(|u| (u.name.as_str(), u.short_name.as_str())).collect();
    assert_eq!(units, [("Sở Tài chính", "STC"), ("Sở Y tế", "SYT"), ("Phường Ba Đình", "Phường Ba Đình")]);
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
