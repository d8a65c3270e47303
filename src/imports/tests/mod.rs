//! Workbooks made for one rule each, the real files, and files that mean harm.

mod headings;
mod headings_grouped;
mod headings_told_apart;
mod hostile;
mod properties;
mod real_files;
mod rules;
mod several_sheets;
mod sheets;

use chrono::NaiveDate;
use rust_xlsxwriter::Workbook;
use uuid::Uuid;

use super::maps::HeadingMap;
use super::refusal::Refusal;
use super::rows::{ReadRows, TaskRow};
use super::unit_index::UnitIndex;
use super::{OpenedWorkbook, open};

/// The units of the workbooks made here: (full name, short name).
const UNITS: [(&str, &str); 4] = [
    ("Cục Viễn thông", "CVT"),
    ("Vụ Kế hoạch - Tài chính", "KHTC"),
    ("Cục Phát thanh, truyền hình và thông tin điện tử", "PTTH&TTĐT"),
    ("Văn phòng Bộ", "VP"),
];

const HEADINGS: [&str; 15] = [
    "TT",
    "Mã nhiệm vụ",
    "Nội dung nhiệm vụ",
    "Loại nhiệm vụ",
    "Số, ký hiệu văn bản giao",
    "Ngày văn bản",
    "Đơn vị chủ trì",
    "Đơn vị phối hợp",
    "Sản phẩm",
    "Cấp trình",
    "Thời hạn",
    "Gia hạn đến",
    "Tình trạng",
    "Ngày hoàn thành",
    "Ghi chú",
];

const GOOD: [&str; 15] = [
    "1",
    "M-1",
    "Xây dựng đề án",
    "Trọng tâm",
    "12/TB",
    "05/01/2024",
    "CVT",
    "",
    "Đề án",
    "Chính phủ",
    "31/10/2024",
    "",
    "Đang thực hiện",
    "",
    "",
];

/// A good row with some columns (by heading) changed.
fn row_with(changes: &[(&str, &'static str)]) -> Vec<&'static str> {
    let mut row = GOOD.to_vec();
    for (heading, words) in changes {
        let at = HEADINGS.iter().position(|h| h == heading).unwrap();
        row[at] = words;
    }
    row
}

fn day(words: &str) -> NaiveDate {
    crate::domain::deadline::parse_date(words).unwrap()
}

fn unit(short_name: &str) -> Uuid {
    let at = UNITS.iter().position(|(_, short)| *short == short_name).unwrap();
    Uuid::from_u128(at as u128 + 1)
}

fn index() -> UnitIndex {
    UnitIndex::new(
        UNITS.iter().enumerate().map(|(at, (name, short))| (Uuid::from_u128(at as u128 + 1), *name, *short)),
    )
}

/// A workbook of one sheet of text; blank strings are no cells.
fn book<R: AsRef<[&'static str]>>(rows: &[R]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("Nhiệm vụ").unwrap();
    for (at, row) in rows.iter().enumerate() {
        for (column, words) in row.as_ref().iter().enumerate().filter(|(_, words)| !words.is_empty()) {
            sheet.write_string(at as u32, column as u16, *words).unwrap();
        }
    }
    workbook.save_to_buffer().unwrap()
}

/// A sheet with the usual heading and these rows below it, from row 2.
fn tasks(rows: &[Vec<&'static str>]) -> Vec<u8> {
    let mut all = vec![HEADINGS.to_vec()];
    all.extend(rows.iter().cloned());
    book(&all)
}

fn opened(bytes: &[u8]) -> OpenedWorkbook {
    open(bytes, &[]).unwrap()
}

fn read(bytes: &[u8]) -> ReadRows {
    opened(bytes).rows(&index(), day("31/12/2024"))
}

fn refused(bytes: &[u8], maps: &[&str]) -> Refusal {
    let maps: Vec<HeadingMap> = maps.iter().map(|map| HeadingMap::parse(map).unwrap()).collect();
    open(bytes, &maps).unwrap_err()
}

/// The only row of a sheet that has no faults.
fn only(bytes: &[u8]) -> TaskRow {
    let read = read(bytes);
    assert_eq!(read.faults, []);
    assert_eq!(read.rows.len(), 1);
    read.rows[0].clone()
}

/// The faults as (cell, field code).
fn faults(read: &ReadRows) -> Vec<(String, &'static str)> {
    read.faults.iter().map(|fault| (fault.cell.clone(), fault.field.code())).collect()
}
