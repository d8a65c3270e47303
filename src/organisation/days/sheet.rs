//! Days as a file has them: an .xlsx workbook or a .csv, a row a day.
//!
//! The row with the headings `Ngày` and `Loại` says which column is which; a file without it has them in the order of the
//! pasted lines. Blank rows say nothing; a workbook's first sheet with content is read, and no other.

use csv::ReaderBuilder;

use super::lines::{DayChanges, DayTyped, MOST_LINES, is_heading};
use crate::domain::deadline::written;
use crate::domain::words::{fold, tidy};
use crate::error::{ParameterFault, ParameterProblem};
use crate::imports::refusal::{Found, Refusal};
use crate::imports::workbook::{self, CellValue, SheetCell, SheetRow, cell_name};

/// The largest file, in bytes: a few years of days are a few pages.
pub const LARGEST: u64 = 1024 * 1024;

/// The headings are looked for in so many rows.
const HEADING_ROWS: usize = 20;

/// Why a file is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unread {
    /// It is no such file, or goes beyond its limits.
    Whole(Refusal),
    /// What is wrong in which cell, named `cells.B5.day`: the cell, and what it should say.
    Cells(Vec<ParameterFault>),
}

/// In which column a field stands, from 0.
#[derive(Debug, Clone, Copy)]
struct Columns {
    day: u32,
    kind: u32,
    name: Option<u32>,
    source: Option<u32>,
    provisional: Option<u32>,
}

impl Columns {
    /// The order of the pasted lines.
    const PLAIN: Self = Self { day: 0, kind: 1, name: Some(2), source: Some(3), provisional: Some(4) };

    /// What the headings of a row say; `None` when it is no heading.
    fn of(row: &SheetRow) -> Option<Self> {
        let find = |names: &[&str]| {
            let is_named = |cell: &&SheetCell| names.contains(&fold(&words(cell)).as_str());
            row.cells.iter().find(is_named).map(|cell| cell.column)
        };
        Some(Self {
            day: row.cells.iter().find(|cell| is_heading(&words(cell))).map(|cell| cell.column)?,
            kind: find(&["loai", "loai ngay", "kind", "type"])?,
            name: find(&["ten", "ten ngay", "noi dung", "name"]),
            source: find(&["van ban", "so van ban", "can cu", "source"]),
            provisional: find(&["tam", "tam thoi", "du kien", "provisional"]),
        })
    }

    /// The cell of a field in a row, by its name.
    fn cell(&self, field: &str, row: u32) -> String {
        let column = match field {
            "kind" => Some(self.kind),
            "name" => self.name,
            "source" => self.source,
            "provisional" => self.provisional,
            _ => None,
        };
        cell_name(column.unwrap_or(self.day), row)
    }
}

/// What a cell says, in one line.
fn words(cell: &SheetCell) -> String {
    match &cell.value {
        CellValue::Text(text) => tidy(text),
        CellValue::Number(number) => number.to_string(),
        CellValue::Date(day) => written(*day),
        CellValue::Bool(true) => "x".to_owned(),
        CellValue::Blank | CellValue::Bool(false) => String::new(),
        CellValue::Error(error) => error.clone(),
    }
}

/// Reads the days of a file of this name.
///
/// # Errors
/// It can't be read as what its name says; every fault of every row.
pub fn of_file(name: &str, bytes: &[u8]) -> Result<DayChanges, Unread> {
    if u64::try_from(bytes.len()).is_ok_and(|length| length > LARGEST) {
        return Err(Unread::Whole(Refusal::TooLarge { limit: LARGEST }));
    }
    let rows = match name.to_lowercase().ends_with(".csv") {
        true => rows_of_csv(bytes)?,
        false => {
            let sheets = workbook::read(bytes).map_err(Unread::Whole)?;
            let filled = sheets.into_iter().find(|sheet| !sheet.hidden && !sheet.rows.is_empty());
            filled.map(|sheet| sheet.rows).unwrap_or_default()
        }
    };
    changes(&rows).map_err(Unread::Cells)
}

/// The rows of a .csv in UTF-8, its cells between commas, semicolons or tabs: what there are most of.
fn rows_of_csv(bytes: &[u8]) -> Result<Vec<SheetRow>, Unread> {
    let other = || Unread::Whole(Refusal::NotXlsx(Found::Other));
    let text = std::str::from_utf8(bytes).map_err(|_| other())?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let count = |separator: &u8| text.bytes().filter(|byte| byte == separator).count();
    let separator = [b',', b';', b'\t'].into_iter().max_by_key(count).unwrap_or(b',');
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|_| other())?;
        let number = record.position().and_then(|at| u32::try_from(at.line()).ok()).unwrap_or_default();
        let cell = |(column, text): (u32, &str)| {
            let text = tidy(text);
            let value = CellValue::Text(text.clone());
            (!text.is_empty()).then_some(SheetCell { column, value, formula: false, percent: false })
        };
        let cells: Vec<SheetCell> = (0..).zip(record.iter()).filter_map(cell).collect();
        if !cells.is_empty() {
            rows.push(SheetRow { number, cells });
        }
    }
    Ok(rows)
}

fn changes(rows: &[SheetRow]) -> Result<DayChanges, Vec<ParameterFault>> {
    let fault = |name: String, problem| ParameterFault { name, problem };
    let heading =
        rows.iter().take(HEADING_ROWS).enumerate().find_map(|(at, row)| Some((at, Columns::of(row)?)));
    let (columns, rows) = match heading {
        Some((at, columns)) => (columns, rows.get(at + 1..).unwrap_or_default()),
        None => (Columns::PLAIN, rows),
    };
    if rows.is_empty() {
        return Err(vec![fault("file".to_owned(), ParameterProblem::Missing)]);
    }
    if rows.len() > MOST_LINES {
        let most = u32::try_from(MOST_LINES).unwrap_or(u32::MAX);
        return Err(vec![fault("file".to_owned(), ParameterProblem::NotBetween(1, most))]);
    }
    let (mut changes, mut faults) = (DayChanges::new(), Vec::new());
    for row in rows {
        let at = |field: &str| format!("cells.{}.{field}", columns.cell(field, row.number));
        let typed = typed(row, &columns);
        let formulas = row.cells.iter().filter(|cell| cell.formula);
        let formulas: Vec<ParameterFault> = formulas
            .map(|cell| {
                fault(
                    format!("cells.{}.formula", cell_name(cell.column, row.number)),
                    ParameterProblem::Mistyped,
                )
            })
            .collect();
        match typed.check() {
            _ if !formulas.is_empty() => faults.extend(formulas),
            Ok((day, _)) if changes.contains_key(&day) => {
                faults.push(fault(at("day"), ParameterProblem::Repeated))
            }
            Ok((day, said)) => {
                changes.insert(day, said);
            }
            Err(wrong) => faults.extend(wrong.into_iter().map(|wrong| fault(at(&wrong.name), wrong.problem))),
        }
    }
    if faults.is_empty() { Ok(changes) } else { Err(faults) }
}

/// What a row says. Without a column for names each day is called by its kind.
fn typed(row: &SheetRow, columns: &Columns) -> DayTyped {
    let text =
        |column: Option<u32>| column.and_then(|column| row.cell(column)).map(words).unwrap_or_default();
    let typed = DayTyped {
        day: text(Some(columns.day)),
        kind: text(Some(columns.kind)),
        name: text(columns.name),
        source: text(columns.source),
        provisional: text(columns.provisional),
    };
    match columns.name {
        Some(_) => typed,
        None => typed.named_by_kind(),
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::domain::calendar::DayKind;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn cells(text: &str) -> Vec<String> {
        match of_file("lich.CSV", text.as_bytes()) {
            Err(Unread::Cells(faults)) => faults.into_iter().map(|fault| fault.name).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_csv_is_read_by_its_headings_in_any_order() {
        let text = "\u{feff}LỊCH NGHỈ NĂM 2026\n\nLoại;Văn bản;Ngày;Tạm\nOFF;1570/TB;1/1/2026;\nlàm bù;;2026-01-10;x\n;;;\n";
        let read = of_file("lich.csv", text.as_bytes()).unwrap();
        let kept: Vec<_> = read.values().flatten().collect();
        assert_eq!((kept.len(), kept[0].kind, kept[0].source.as_deref()), (2, DayKind::Off, Some("1570/TB")));
        assert_eq!(
            (kept[0].name.as_str(), kept[1].name.as_str(), kept[1].provisional),
            ("Ngày nghỉ", "Làm bù", true)
        );
        // Without headings, with commas, a name in quotes.
        let plain = of_file("a.csv", "30/4/2026,OFF,\"Ngày Chiến thắng, 30/4\"\n".as_bytes()).unwrap();
        assert_eq!(plain[&day("2026-04-30")].as_ref().unwrap().name, "Ngày Chiến thắng, 30/4");
    }

    #[test]
    fn every_fault_stands_at_its_cell() {
        let text = "Tên,Ngày,Loại\nA,31/2/2026,OFF\n,1/1/2026,FREE\nA,1/5/2026,OFF\nB,01/05/2026,WORK\n";
        assert_eq!(cells(text), ["cells.B2.day", "cells.C3.kind", "cells.A3.name", "cells.B5.day"]);
        assert_eq!(cells("Ngày,Loại\n"), ["file"]);
        assert_eq!(cells(&"1/1/2026,OFF,A\n".repeat(401)), ["file"]);
        let whole = |name: &str, bytes: &[u8]| matches!(of_file(name, bytes), Err(Unread::Whole(_)));
        assert!(whole("a.csv", b"\xff\xfe1"), "not UTF-8");
        assert!(whole("a.xlsx", b"1/1/2026;OFF;A"), "not what its name says");
        assert!(whole("a.csv", &vec![b'a'; 1024 * 1024 + 1]));
    }
}
