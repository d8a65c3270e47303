//! The sheet of units: names, short names, kinds and reminder mailboxes in sheet order.

use std::collections::HashMap;

use super::fields::Field;
use super::headings::{Certainty, Column, heading_key};
use super::layout::{self, Layout};
use super::maps::HeadingMap;
use super::rows::Cell;
use super::rows::cells::{Read, RowReader};
use super::rows::faults::{Fault, FaultKind};
use super::rows::shape::{is_numeral, names_a_total, without_numeral};
use super::synonyms::{NOT_UNITS, UNITS};
use super::unit_index::unit_key;
use super::workbook::{CellValue, Sheet, SheetCell, SheetRow, cell_name};
use crate::domain::words::key;

/// A checked row of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitRow {
    /// The sheet's name.
    pub sheet: String,
    /// The row, from 1.
    pub row: u32,
    /// Tên đơn vị.
    pub name: String,
    /// Tên viết tắt; `None` without a column of it and for a blank cell.
    pub short_name: Option<String>,
    /// Loại đơn vị.
    pub kind: Option<String>,
    /// Thư điện tử nhận nhắc việc.
    pub mailbox: Option<String>,
}

/// Words in a heading that tell a list of people.
const PEOPLE: [&str; 9] = [
    "ten nguoi",
    "nguoi",
    "dau moi",
    "chuc vu",
    "chuyen vien",
    "can bo",
    "lanh dao",
    "thu truong",
    "ca nhan",
];
/// Words of a list of people, unless its units have short names: offices have telephones too.
const TELEPHONES: [&str; 3] = ["di dong", "dien thoai", "sdt"];

/// The heading of a sheet of units, if the sheet is one: a name beside a short name, kind or mailbox and
/// nothing of people or figures; or names alone, beside at most their running number.
pub fn recognise(sheet: &Sheet, maps: &[HeadingMap]) -> Option<Layout> {
    let mut layout = layout::find(sheet, &UNITS, maps)?;
    name_by_title(&mut layout);
    let sure = |field: Field| {
        let column = layout.matched.columns.iter().find(|column| column.field == field);
        column.map(|column| column.certainty)
    };
    let name = sure(Field::UnitName)?;
    let beside = sure(Field::UnitShortName).is_some()
        || sure(Field::UnitMailbox).is_some()
        || sure(Field::UnitKind).is_some_and(|certainty| certainty >= Certainty::Rule);
    let alone = name >= Certainty::Rule
        && layout.matched.columns.iter().all(|c| matches!(c.field, Field::Ordinal | Field::UnitName))
        && layout.matched.unrecognised.is_empty()
        && every_row_is_named(sheet, &layout);
    (beside && !is_foreign(&layout) || alone).then_some(layout)
}

/// Takes "Danh sách đơn vị" for the heading of the names where nothing else is.
fn name_by_title(layout: &mut Layout) {
    let title = layout.headings.iter().find(|heading| heading_key(&heading.words) == "danh sach don vi");
    if let Some(heading) = title.filter(|_| layout.matched.column(Field::UnitName).is_none()) {
        let (column, cell) = (heading.column, cell_name(heading.column, heading.row));
        let named = Column { column, field: Field::UnitName, certainty: Certainty::Rule };
        layout.matched.columns.push(named);
        layout.matched.unrecognised.retain(|other| other.cell != cell);
    }
}

/// Whether the headings are those of a list of people or of a table of figures.
fn is_foreign(layout: &Layout) -> bool {
    let keys: Vec<String> = layout.headings.iter().map(|heading| heading_key(&heading.words)).collect();
    let any = |words: &[&str]| {
        let spaced = keys.iter().map(|key| format!(" {key} "));
        spaced.into_iter().any(|key| words.iter().any(|word| key.contains(&format!(" {word} "))))
    };
    let is = |word: &str| keys.iter().any(|key| key == word);
    // "Tên" beside "Đơn vị" is the name of somebody there.
    let named = is("ten") && (is("don vi") || is("co quan") || is("phong ban"));
    let short_names = layout.matched.column(Field::UnitShortName).is_some();
    named || any(NOT_UNITS) || any(&PEOPLE) || (!short_names && any(&TELEPHONES))
}

fn every_row_is_named(sheet: &Sheet, layout: &Layout) -> bool {
    let Some(column) = layout.matched.column(Field::UnitName) else {
        return false;
    };
    let mut rows = sheet.rows.iter().skip(layout.from).peekable();
    rows.peek().is_some() && rows.all(|row| row.cell(column).is_some())
}

/// The units of a sheet, or every fault. `seen` holds the names of earlier sheets.
pub fn read(sheet: &Sheet, layout: &Layout, seen: &mut Seen, faults: &mut Vec<Fault>) -> Vec<UnitRow> {
    let mut units = Vec::new();
    let rows = || sheet.rows.iter().skip(layout.from);
    let lettered = rows().filter(|row| !is_passed_over(row, layout)).all(|row| has_letter(row, layout));
    for row in rows() {
        if is_passed_over(row, layout) || (!lettered && is_group(row, layout)) {
            continue;
        }
        let mut reader = RowReader::new(&sheet.name, row, &layout.matched);
        let unit = unit(&mut reader, row.number, seen);
        if reader.faults.is_empty() {
            units.extend(unit);
        }
        faults.append(&mut reader.faults);
    }
    units
}

/// Where each name was first used, by its key.
pub type Seen = HashMap<String, (String, u32)>;

fn unit(reader: &mut RowReader<'_>, row: u32, seen: &mut Seen) -> Option<UnitRow> {
    let name = reader.text(Field::UnitName);
    let short_name = reader.text(Field::UnitShortName);
    let kind = optional(reader.text(Field::UnitKind));
    let mailbox = mailbox(reader);
    if name == Ok(Cell::Blank) {
        reader.fault(Field::UnitName, FaultKind::Missing);
    }
    let Cell::Value(name) = name.ok()? else {
        return None;
    };
    let short_name = optional(short_name)?;
    let place = (reader.sheet().to_string(), row);
    claim(reader, Field::UnitName, &name, &place, seen);
    if let Some(short_name) = &short_name {
        claim(reader, Field::UnitShortName, short_name, &place, seen);
    }
    let (sheet, row) = place;
    Some(UnitRow { sheet, row, name, short_name, kind: kind?, mailbox: mailbox? })
}

/// Notes a name as used here, or the fault that an earlier row uses it.
fn claim(reader: &mut RowReader<'_>, field: Field, name: &str, place: &(String, u32), seen: &mut Seen) {
    match seen.get(&unit_key(name)).cloned() {
        Some(earlier) if earlier == *place => {}
        Some((sheet, row)) => {
            reader.fault(field, FaultKind::Repeated { sheet, row });
        }
        None => {
            seen.insert(unit_key(name), place.clone());
        }
    }
}

/// The mailbox: one address, several behind semicolons or commas, or a word that there is none.
fn mailbox(reader: &mut RowReader<'_>) -> Option<Option<String>> {
    let Some(words) = optional(reader.text(Field::UnitMailbox))? else {
        return Some(None);
    };
    if ["-", "không", "không có"].iter().any(|none| key(none) == key(&words)) {
        return Some(None);
    }
    let mut addresses = words.split([';', ',']).map(str::trim).filter(|part| !part.is_empty()).peekable();
    if addresses.peek().is_none() || !addresses.all(is_address) {
        reader.fault(Field::UnitMailbox, FaultKind::NotMailbox);
        return None;
    }
    Some(Some(words))
}

fn is_address(words: &str) -> bool {
    let plain = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_graphic() && c != '@');
    words.split_once('@').is_some_and(|(name, host)| plain(name) && plain(host))
}

fn optional(read: Read<String>) -> Option<Option<String>> {
    read.ok().map(|cell| match cell {
        Cell::Value(words) => Some(words),
        Cell::Absent | Cell::Blank => None,
    })
}

/// Whether a row is a total, a repeated heading, or says nothing of a unit.
fn is_passed_over(row: &SheetRow, layout: &Layout) -> bool {
    if layout.is_repeated(row, Field::UnitName) || layout::is_number_row(row) {
        return true;
    }
    let first = row.cells.iter().find_map(|cell| match &cell.value {
        CellValue::Text(words) => Some(words),
        _ => None,
    });
    first.is_some_and(|first| names_a_total(first)) || claimed(row, layout).next().is_none()
}

/// The cells under a heading of a unit, without the ordinal.
fn claimed<'a>(row: &'a SheetRow, layout: &'a Layout) -> impl Iterator<Item = &'a SheetCell> {
    let field = |column| layout.matched.columns.iter().find(|known| known.column == column);
    row.cells.iter().filter(move |cell| field(cell.column).is_some_and(|c| c.field != Field::Ordinal))
}

fn words_at<'a>(row: &'a SheetRow, layout: &Layout, field: Field) -> Option<&'a str> {
    match &row.cell(layout.matched.column(field)?)?.value {
        CellValue::Text(words) => Some(words),
        _ => None,
    }
}

/// Whether a row is numbered by a letter or a Roman number.
fn has_letter(row: &SheetRow, layout: &Layout) -> bool {
    words_at(row, layout, Field::Ordinal)
        .is_some_and(|words| is_numeral(words) && !words.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether a row is a group heading ("I. Sở, ban, ngành"): a name alone behind a letter.
fn is_group(row: &SheetRow, layout: &Layout) -> bool {
    let Some(name) = words_at(row, layout, Field::UnitName).filter(|_| claimed(row, layout).count() == 1)
    else {
        return false;
    };
    let ordinal = layout.matched.column(Field::Ordinal);
    let unnumbered = ordinal.is_some_and(|column| row.cell(column).is_none());
    has_letter(row, layout) || (unnumbered && without_numeral(name).is_some())
}
