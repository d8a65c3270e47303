use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Worksheet};

use super::*;
use crate::imports::fields::Field;
use crate::imports::rows::Cell;
use crate::imports::rows::faults::{FaultKind, WarningKind};

/// A workbook of one sheet that a closure fills.
fn made(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    fill(sheet);
    workbook.save_to_buffer().unwrap()
}

pub fn write(sheet: &mut Worksheet, row: u32, words: &[&str]) {
    for (column, words) in words.iter().enumerate().filter(|(_, words)| !words.is_empty()) {
        sheet.write_string(row, column as u16, *words).unwrap();
    }
}

fn merge(sheet: &mut Worksheet, from: (u32, u16), to: (u32, u16), words: &str) {
    sheet.merge_range(from.0, from.1, to.0, to.1, words, &Format::new()).unwrap();
}

#[test]
fn another_offices_sheet_in_another_order_is_read() {
    let bytes = book(&[
        vec!["ỦY BAN NHÂN DÂN THÀNH PHỐ", "", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        vec!["", "", "", "Độc lập - Tự do - Hạnh phúc"],
        vec!["BẢNG THEO DÕI NHIỆM VỤ ĐƯỢC GIAO"],
        vec![
            "STT",
            "Trạng thái",
            "Cơ quan chủ trì thực hiện",
            "Thời hạn hoàn thành (theo văn bản)",
            "Công việc được giao",
            "Văn bản giao nhiệm vụ",
            "Ngày giao nhiệm vụ",
            "Lãnh đạo phụ trách",
            "Màu",
        ],
        vec!["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)"],
        vec![
            "1",
            "Đang triển khai",
            "cvt",
            "Quý I/2025",
            "Số hóa hồ sơ",
            "15/TB-UBND",
            "03/02/2025",
            "Phó Chủ tịch",
            "đỏ",
        ],
    ]);
    let opened = opened(&bytes);
    let report = &opened.headings[0];
    assert_eq!(report.row, 4);
    assert_eq!(report.unrecognised.iter().map(|u| u.heading.as_str()).collect::<Vec<_>>(), ["Màu"]);
    assert!(report.recognised.iter().any(|(_, _, field)| *field == Field::Leader));
    let read = opened.rows(&index(), day("31/12/2025"));
    assert_eq!(read.faults, []);
    assert_eq!(read.row_count, 1);
    let row = &read.rows[0];
    assert_eq!((row.title.as_str(), row.unit), ("Số hóa hồ sơ", unit("CVT")));
    assert_eq!(row.assigned_on, Cell::Value(day("03/02/2025")));
    assert_eq!(row.code, Cell::Absent);
    assert_eq!(row.source_date, Cell::Absent);
}

#[test]
fn headings_of_two_lines_are_combined() {
    let bytes = made(|sheet| {
        merge(sheet, (1, 0), (2, 0), "TT");
        merge(sheet, (1, 1), (2, 1), "Nội dung nhiệm vụ");
        merge(sheet, (1, 2), (1, 3), "Văn bản giao");
        merge(sheet, (1, 4), (1, 5), "Đơn vị thực hiện");
        merge(sheet, (1, 6), (1, 7), "Thời hạn");
        merge(sheet, (1, 8), (1, 9), "Sản phẩm");
        write(
            sheet,
            2,
            &["", "", "Số", "Ngày", "Chủ trì", "Phối hợp", "Ban đầu", "Gia hạn", "Số, ký hiệu", "Ngày"],
        );
        write(sheet, 3, &["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]);
        write(
            sheet,
            4,
            &[
                "1",
                "Làm A",
                "1/TB",
                "02/01/2024",
                "CVT",
                "VP",
                "31/10/2024",
                "30/11/2024",
                "9/BC",
                "01/11/2024",
            ],
        );
    });
    let row = only(&bytes);
    assert_eq!(row.source_number, Cell::Value("1/TB".to_string()));
    assert_eq!(row.source_date, Cell::Value(day("02/01/2024")));
    assert_eq!((row.unit, row.coordinating), (unit("CVT"), Cell::Value(vec![unit("VP")])));
    assert_eq!(row.due.value().unwrap().1, "31/10/2024");
    assert_eq!(row.extended_to.value().unwrap().1, "30/11/2024");
    assert_eq!(row.product_number, Cell::Value("9/BC".to_string()));
    assert_eq!(row.product_date, Cell::Value(day("01/11/2024")));
}

#[test]
fn a_group_heading_without_merged_cells_still_groups() {
    let bytes = book(&[
        vec!["TT", "Nhiệm vụ", "Văn bản giao", "", "Chủ trì", "Hạn"],
        vec!["", "", "Số", "Ngày", "", ""],
        vec!["1", "Làm A", "1/TB", "02/01/2024", "CVT", "31/10/2024"],
    ]);
    let row = only(&bytes);
    assert_eq!(row.source_number, Cell::Value("1/TB".to_string()));
    assert_eq!(row.assigned_on, Cell::Value(day("02/01/2024")));
}

#[test]
fn group_headings_in_every_shape_give_the_field() {
    let bytes = made(|sheet| {
        write(sheet, 0, &["TT", "Nội dung nhiệm vụ", "Chủ trì", "Thời hạn"]);
        write(sheet, 1, &["I", "LĨNH VỰC BƯU CHÍNH"]);
        write(sheet, 2, &["1", "Làm A", "CVT", "31/10/2024"]);
        merge(sheet, (3, 0), (3, 3), "II. Lĩnh vực  viễn thông");
        write(sheet, 4, &["2", "Làm B", "CVT", "31/10/2024"]);
        write(sheet, 5, &["", "AN TOÀN THÔNG TIN"]);
        write(sheet, 6, &["3", "Làm C", "CVT", "31/10/2024"]);
        write(sheet, 7, &["TT", "Nội dung nhiệm vụ", "Chủ trì", "Thời hạn"]);
        write(sheet, 8, &["1.1", "1.1. Nhóm con"]);
        write(sheet, 9, &["4", "Làm D", "CVT", "31/10/2024"]);
        write(sheet, 10, &["5"]);
        write(sheet, 11, &["Tổng cộng: 4 nhiệm vụ"]);
        write(sheet, 13, &["", "Nơi nhận: như trên", "CHÁNH VĂN PHÒNG"]);
    });
    let read = read(&bytes);
    assert_eq!(read.faults, []);
    let areas: Vec<&str> = read.rows.iter().map(|row| row.area.value().unwrap().as_str()).collect();
    assert_eq!(areas, ["LĨNH VỰC BƯU CHÍNH", "Lĩnh vực viễn thông", "AN TOÀN THÔNG TIN", "Nhóm con"]);
    assert_eq!(read.row_count, 4);
}

#[test]
fn a_numeral_without_a_column_of_its_own_still_heads_a_group() {
    let bytes = book(&[
        ["", "Mã", "Nhiệm vụ", "Chủ trì", "Hạn"],
        ["I", "", "Bưu chính", "", ""],
        ["1", "A", "Làm A", "CVT", "31/10/2024"],
        ["", "II", "Viễn thông", "", ""],
        ["2", "B", "Làm B", "CVT", "31/10/2024"],
    ]);
    let read = read(&bytes);
    assert_eq!(read.faults, []);
    let areas: Vec<&str> = read.rows.iter().map(|row| row.area.value().unwrap().as_str()).collect();
    assert_eq!(areas, ["Bưu chính", "Viễn thông"]);
}

#[test]
fn footers_are_passed_over_with_a_warning_and_faulty_rows_are_not() {
    let mut rows = vec![GOOD.to_vec()];
    rows.push(row_with(&[
        ("TT", "Tổng cộng"),
        ("Mã nhiệm vụ", ""),
        ("Đơn vị chủ trì", ""),
        ("Thời hạn", ""),
    ]));
    let mut signature = vec![""; 15];
    signature[8] = "NGƯỜI LẬP BIỂU";
    rows.push(signature);
    let mut signature = vec![""; 15];
    signature[10] = "CHÁNH VĂN PHÒNG";
    rows.push(signature);
    let result = read(&tasks(&rows));
    assert_eq!(result.faults, []);
    assert_eq!((result.row_count, result.warnings.len()), (1, 3));
    assert!(result.warnings.iter().all(|w| matches!(w.kind, WarningKind::FooterSkipped { .. })));
    let result = read(&tasks(&[GOOD.to_vec(), row_with(&[("Mã nhiệm vụ", ""), ("Nội dung nhiệm vụ", "")])]));
    assert_eq!(faults(&result), [("B3".into(), "code"), ("C3".into(), "title")]);
}

#[test]
fn a_last_row_that_says_anything_of_a_task_is_one() {
    let heading = ["TT", "Nội dung nhiệm vụ", "Đơn vị chủ trì", "Thời hạn", "Sản phẩm"];
    let good = ["1", "Việc một", "CVT", "31/10/2024", "Thông tư"];
    let told = |last: &[[&'static str; 5]]| {
        let mut rows = vec![heading, good];
        rows.extend(last);
        let read = read(&book(&rows));
        (read.rows.len(), faults(&read).into_iter().map(|(cell, _)| cell).collect::<Vec<_>>())
    };
    assert_eq!(told(&[["", "Bộ trưởng giao xây dựng báo cáo", "CVT", "1/12/2024", ""]]), (2, vec![]));
    assert_eq!(told(&[["", "", "CVT", "31/10/2024", ""]]), (1, vec!["B3".to_string()]));
    assert_eq!(told(&[["", "", "", "31/10/2024", ""]]).1, ["B3", "C3"]);
    assert_eq!(told(&[["", "Thông tư về tần số", "", "", "Thông tư"]]).1, ["C3"]);
    let lost = ["", "Thông tư về tần số", "", "", "Thông tư"];
    assert_eq!(told(&[lost, lost]).1, ["C3", "C4"]);
    assert_eq!(told(&[["2", "Việc hai", "", "", "Thông tư"]]).1, ["C3"]);
    let signature = [
        ["", "Ghi chú: số liệu đến 29/11", "", "", ""],
        ["", "", "", "Hà Nội, ngày 5 tháng 1", ""],
        ["", "NGƯỜI LẬP BIỂU", "THỦ TRƯỞNG ĐƠN VỊ", "", ""],
    ];
    assert_eq!(told(&signature), (1, vec![]));
}

#[test]
fn columns_that_no_field_claims_make_no_row() {
    let filled = |sheet: &mut Worksheet, row: u32, result: &str| {
        sheet.write_formula(row, 4, Formula::new("=IF(D3=\"\",\"\",TODAY()-D3)").set_result(result)).unwrap();
    };
    let bytes = made(|sheet| {
        write(sheet, 0, &["STT", "Nội dung nhiệm vụ", "Đơn vị chủ trì", "Thời hạn", "Số ngày quá hạn"]);
        write(sheet, 1, &["I", "LĨNH VỰC BƯU CHÍNH"]);
        filled(sheet, 1, "");
        write(sheet, 2, &["1", "Việc một", "CVT", "31/10/2024"]);
        filled(sheet, 2, "20");
        for (row, numeral) in [(3, "B.1"), (5, "*"), (7, "-")] {
            write(sheet, row, &[numeral, "Nhóm"]);
            filled(sheet, row, "0");
            write(sheet, row + 1, &["2", "Việc hai", "CVT", "31/10/2024"]);
        }
        for row in 9..12 {
            filled(sheet, row, "0");
            sheet.write_formula(row, 0, Formula::new("=ROW()-1").set_result("9")).unwrap();
        }
    });
    let read = read(&bytes);
    assert_eq!((faults(&read), read.warnings.len()), (vec![], 0));
    let areas: Vec<&str> = read.rows.iter().map(|row| row.area.value().unwrap().as_str()).collect();
    assert_eq!(areas, ["LĨNH VỰC BƯU CHÍNH", "Nhóm", "Nhóm", "Nhóm"]);
}

#[test]
fn dates_numbers_and_formulas_are_told_apart() {
    let date = Format::new().set_num_format("dd/mm/yyyy");
    let bytes = made(|sheet| {
        write(sheet, 0, &HEADINGS);
        for row in 1..=6 {
            write(sheet, row, &GOOD);
            sheet.write_string(row, 1, format!("M-{row}")).unwrap();
            sheet.write_formula(row, 0, "=ROW()-1").unwrap();
        }
        let noon = ExcelDateTime::parse_from_str("2024-11-05T12:30:00").unwrap();
        sheet.write_datetime_with_format(1, 10, &noon, &date).unwrap();
        sheet.write_number(2, 10, 45_600.0).unwrap();
        sheet.write_formula(3, 2, Formula::new("=1&2").set_result("12")).unwrap();
        let cached = Formula::new("=DATE(2024,12,31)").set_result("45657");
        sheet.write_formula_with_format(4, 10, cached, &date).unwrap();
        sheet.write_formula_with_format(5, 10, Formula::new("=A9").set_result("#REF!"), &date).unwrap();
        sheet.write_number(6, 1, 77.0).unwrap();
    });
    let read = read(&bytes);
    let kinds: Vec<_> =
        read.faults.iter().map(|f| (f.cell.as_str(), f.value.as_str(), f.kind.clone())).collect();
    assert_eq!(
        kinds,
        [
            ("K3", "45600", FaultKind::BareNumber),
            ("C4", "12", FaultKind::Formula),
            ("K6", "#REF!", FaultKind::ErrorValue)
        ]
    );
    assert_eq!(read.rows[0].due.value().unwrap().1, "05/11/2024");
    assert_eq!(read.rows[1].due.value().unwrap().1, "31/12/2024");
    assert_eq!(read.rows[2].code, Cell::Value("77".to_string()));
}

#[test]
fn dates_of_the_1904_system_are_the_same_days() {
    let date = Format::new().set_num_format("dd/mm/yyyy");
    let bytes = made(|sheet| {
        write(sheet, 0, &["Nội dung nhiệm vụ", "Chủ trì", "Thời hạn"]);
        write(sheet, 1, &["Làm A", "CVT"]);
        sheet.write_number_with_format(1, 2, 44_135.0, &date).unwrap();
    });
    let later = hostile::repacked(&bytes, |name, xml| {
        let is_book = name == "xl/workbook.xml";
        if is_book { xml.replace("<workbookPr ", "<workbookPr date1904=\"1\" ") } else { xml }
    });
    assert_eq!(only(&bytes).due.value().unwrap().1, "31/10/2020");
    assert_eq!(only(&later).due.value().unwrap().1, "01/11/2024");
}

#[test]
fn cells_merged_downwards_count_for_every_row() {
    let bytes = made(|sheet| {
        write(sheet, 0, &["Mã", "Nội dung nhiệm vụ", "Chủ trì", "Thời hạn"]);
        write(sheet, 1, &["A", "Làm A", "", "31/10/2024"]);
        write(sheet, 2, &["B", "Làm B", "", "30/11/2024"]);
        merge(sheet, (1, 2), (2, 2), "Cục Viễn thông");
    });
    let read = read(&bytes);
    assert_eq!(read.faults, []);
    assert_eq!(read.rows.iter().map(|row| row.unit).collect::<Vec<_>>(), [unit("CVT"); 2]);
}

#[test]
fn percentages_may_be_fractions_or_whole() {
    let sheet_of = |numbers: [f64; 2]| {
        made(|sheet| {
            write(sheet, 0, &["Nhiệm vụ", "Chủ trì", "Hạn", "Tỷ lệ hoàn thành (%)"]);
            for (at, number) in numbers.into_iter().enumerate() {
                let row = at as u32 + 1;
                write(sheet, row, &["Làm", "CVT", "Thường xuyên"]);
                sheet.write_number(row, 3, number).unwrap();
            }
        })
    };
    let percents =
        |bytes: &[u8]| read(bytes).rows.iter().map(|row| *row.percent.value().unwrap()).collect::<Vec<_>>();
    assert_eq!(percents(&sheet_of([0.5, 1.0])), [50, 100]);
    assert_eq!(percents(&sheet_of([1.0, 80.0])), [1, 80]);
    assert_eq!(faults(&read(&sheet_of([10.0, 101.0]))), [("D3".into(), "percent")]);
}

#[test]
fn a_percentage_format_decides_for_its_own_cell() {
    let bytes = made(|sheet| {
        let percent = Format::new().set_num_format("0%");
        write(sheet, 0, &["Nhiệm vụ", "Chủ trì", "Hạn", "Tỷ lệ hoàn thành (%)"]);
        for row in 1..=4 {
            write(sheet, row, &["Làm", "CVT", "Thường xuyên"]);
        }
        sheet.write_number_with_format(1, 3, 0.5, &percent).unwrap();
        sheet.write_number_with_format(2, 3, 1.0, &percent).unwrap();
        sheet.write_number(3, 3, 50.0).unwrap();
        sheet.write_number(4, 3, 1.0).unwrap();
    });
    let percents: Vec<u8> = read(&bytes).rows.iter().map(|row| *row.percent.value().unwrap()).collect();
    assert_eq!(percents, [50, 100, 50, 1]);
}

#[test]
fn a_column_of_results_is_the_status_only_when_its_values_say_so() {
    let sheet_of = |words: &'static str| {
        book(&[["Nhiệm vụ", "Chủ trì", "Hạn", "Kết quả thực hiện"], ["Làm A", "CVT", "31/10/2024", words]])
    };
    assert_eq!(opened(&sheet_of("Đang thực hiện")).headings[0].unrecognised, []);
    let told = &opened(&sheet_of("Đã có công văn xin ý kiến")).headings[0].unrecognised[0];
    assert_eq!(told.guess, Some(Field::Status));
}
