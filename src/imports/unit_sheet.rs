//! The sheet of units: names, short names, kinds and reminder mailboxes in sheet order.

use std::collections::HashMap;

use super::fields::Field;
use super::headings::{Certainty, heading_key};
use super::layout::{self, Layout};
use super::maps::HeadingMap;
use super::rows::Cell;
use super::rows::cells::{Read, RowReader};
use super::rows::faults::{Fault, FaultKind};
use super::rows::shape::{is_numeral, names_a_total, without_numeral};
use super::synonyms::{NOT_UNITS, UNITS};
use super::unit_index::unit_key;
use super::workbook::{CellValue, Sheet, SheetRow};

/// A checked row of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitRow {
    /// The sheet's name.
    pub sheet: String,
    /// The row, from 1.
    pub row: u32,
    /// Tên đơn vị.
    pub name: String,
    /// Tên viết tắt; the name itself where the sheet gives none.
    pub short_name: String,
    /// Loại đơn vị.
    pub kind: Option<String>,
    /// Thư điện tử nhận nhắc việc.
    pub mailbox: Option<String>,
}

/// The heading of a sheet of units, if the sheet is one: a name beside a short name, kind or mailbox.
pub fn recognise(sheet: &Sheet, maps: &[HeadingMap]) -> Option<Layout> {
    let layout = layout::find(sheet, &UNITS, maps)?;
    let sure = |field: Field| {
        let column = layout.matched.columns.iter().find(|column| column.field == field);
        column.map(|column| column.certainty)
    };
    sure(Field::UnitName)?;
    let beside = sure(Field::UnitShortName).is_some()
        || sure(Field::UnitMailbox).is_some()
        || sure(Field::UnitKind).is_some_and(|certainty| certainty >= Certainty::Rule);
    let foreign = layout.headings.iter().any(|heading| {
        let key = format!(" {} ", heading_key(&heading.words));
        NOT_UNITS.iter().any(|word| key.contains(&format!(" {word} ")))
    });
    (beside && !foreign).then_some(layout)
}

/// The units of a sheet, or every fault. `seen` holds the names of earlier sheets.
pub fn read(sheet: &Sheet, layout: &Layout, seen: &mut Seen, faults: &mut Vec<Fault>) -> Vec<UnitRow> {
    let mut units = Vec::new();
    for row in sheet.rows.iter().skip(layout.from) {
        if is_no_unit(row, layout) {
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
    let mailbox = optional(reader.text(Field::UnitMailbox));
    if name == Ok(Cell::Blank) {
        reader.fault(Field::UnitName, FaultKind::Missing);
    }
    let Cell::Value(name) = name.ok()? else {
        return None;
    };
    let short_name = match short_name.ok()? {
        Cell::Value(short_name) => short_name,
        Cell::Absent | Cell::Blank => name.clone(),
    };
    let place = (reader.sheet().to_string(), row);
    claim(reader, Field::UnitName, &name, &place, seen);
    claim(reader, Field::UnitShortName, &short_name, &place, seen);
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

fn optional(read: Read<String>) -> Option<Option<String>> {
    read.ok().map(|cell| match cell {
        Cell::Value(words) => Some(words),
        Cell::Absent | Cell::Blank => None,
    })
}

/// Whether a row is a group heading ("I. Sở, ban, ngành"), a total or a repeated heading.
fn is_no_unit(row: &SheetRow, layout: &Layout) -> bool {
    let at = |field| layout.matched.column(field).and_then(|column| row.cell(column));
    let words = |field| {
        at(field).and_then(|cell| match &cell.value {
            CellValue::Text(words) => Some(words.as_str()),
            _ => None,
        })
    };
    if layout.is_repeated(row, Field::UnitName) || layout::is_number_row(row) {
        return true;
    }
    let first = row.cells.iter().find_map(|cell| match &cell.value {
        CellValue::Text(words) => Some(words),
        _ => None,
    });
    if first.is_some_and(|first| names_a_total(first)) {
        return true;
    }
    let ordinal = layout.matched.column(Field::Ordinal);
    let others = row.cells.iter().filter(|cell| Some(cell.column) != ordinal).count();
    let by_letter = words(Field::Ordinal).is_some_and(|o| !o.starts_with(|c: char| c.is_ascii_digit()));
    match others {
        0 => true,
        1 if at(Field::UnitName).is_some() => {
            let name = words(Field::UnitName).unwrap_or_default();
            let lettered = by_letter && words(Field::Ordinal).is_some_and(is_numeral);
            lettered || (ordinal.is_some() && at(Field::Ordinal).is_none() && without_numeral(name).is_some())
        }
        _ => false,
    }
}
