//! From bytes to sparse cells. Only cells with content are kept, so that a formatted cell far away
//! costs nothing and a value far away is refused by name; formulas are never evaluated.

use std::collections::{BTreeMap, HashSet};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use chrono::NaiveDate;

use super::package;
use super::refusal::{Found, Refusal};
use crate::domain::words::tidy;

/// The last row that may hold content: 20,000 tasks with the rows around them.
pub const MAX_ROWS: u32 = 20_500;
/// The number of columns that may hold content.
pub const MAX_COLUMNS: u32 = 50;
/// The most cells with content in all sheets together.
pub const MAX_CELLS: usize = 400_000;
/// The most merged regions of one sheet: a few in every row that may hold content.
const MAX_MERGES: usize = 60_000;

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub enum CellValue {
    /// Nothing: a formula whose result was never stored.
    Blank,
    /// Tidied text, never empty; the line breaks typed inside the cell are kept as `\n`.
    Text(String),
    /// A bare number.
    Number(f64),
    /// A spreadsheet date of either date system; its time of day is dropped.
    Date(NaiveDate),
    /// TRUE or FALSE.
    Bool(bool),
    /// An error such as `#REF!`.
    Error(String),
}

/// A cell with content.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetCell {
    /// The column, counted from 0.
    pub column: u32,
    /// What it holds; of a formula the result that was stored with it.
    pub value: CellValue,
    /// Whether the cell is a formula.
    pub formula: bool,
    /// Whether the cell shows its number as a percentage, so that 0.5 is 50 %.
    pub percent: bool,
}

/// A row with at least one cell.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetRow {
    /// The row, counted from 1 as people see it.
    pub number: u32,
    /// Its cells by ascending column.
    pub cells: Vec<SheetCell>,
}

impl SheetRow {
    /// The cell of a column, if it has content.
    pub fn cell(&self, column: u32) -> Option<&SheetCell> {
        let at = self.cells.binary_search_by_key(&column, |cell| cell.column).ok()?;
        self.cells.get(at)
    }
}

/// A merged region, inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merge {
    /// The first row, from 1.
    pub top: u32,
    /// The last row, from 1.
    pub bottom: u32,
    /// The first column, from 0.
    pub left: u32,
    /// The last column, from 0.
    pub right: u32,
}

/// One worksheet, sparse.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// The sheet's name.
    pub name: String,
    /// Whether the sheet is hidden.
    pub hidden: bool,
    /// The rows with content by ascending number.
    pub rows: Vec<SheetRow>,
    /// The merged regions by ascending top row.
    pub merges: Vec<Merge>,
}

impl Sheet {
    /// The merge over several columns that begins in a row and covers a column of it.
    pub fn wide_merge(&self, row: u32, column: u32) -> Option<Merge> {
        let first = self.merges.partition_point(|merge| merge.top < row);
        let of_row = self.merges.iter().skip(first).take_while(|merge| merge.top == row);
        of_row
            .filter(|merge| merge.right > merge.left)
            .find(|m| (m.left..=m.right).contains(&column))
            .copied()
    }
}

/// The name of a cell as people read it: column 0, row 5 is `A5`.
pub fn cell_name(column: u32, row: u32) -> String {
    format!("{}{row}", column_name(column))
}

/// The letters of a column counted from 0.
pub fn column_name(column: u32) -> String {
    let mut left = column;
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + u8::try_from(left % 26).unwrap_or_default()));
        if left < 26 {
            break;
        }
        left = left / 26 - 1;
    }
    letters.iter().rev().collect()
}

/// Reads every worksheet of an .xlsx file, within the limits.
pub fn read(bytes: &[u8]) -> Result<Vec<Sheet>, Refusal> {
    package::check(bytes)?;
    // The reader is trusted with well-formed files only: a hostile reference such as `ZZZZZZZZ1` may
    // overflow inside it. Such a file is damaged; the process must go on.
    catch_unwind(AssertUnwindSafe(|| sheets(bytes)))
        .unwrap_or_else(|_| Err(Refusal::Damaged { detail: "the sheet reader gave up".to_string() }))
}

fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, Refusal> {
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
    let names: Vec<(String, bool)> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible))
        .collect();
    let mut left = MAX_CELLS;
    let mut out = Vec::with_capacity(names.len());
    for (name, hidden) in names {
        let rows = rows(&mut book, &name, &mut left)?;
        let merges = merges(&mut book, &name)?;
        let mut sheet = Sheet { name: tidy(&name), hidden, rows, merges };
        copy_down(&mut sheet, &mut left)?;
        out.push(sheet);
    }
    Ok(out)
}

fn rows(book: &mut Xlsx<Cursor<&[u8]>>, name: &str, left: &mut usize) -> Result<Vec<SheetRow>, Refusal> {
    let percents = percents(book, name)?;
    let mut reader = book.worksheet_cells_reader(name).map_err(unreadable)?;
    let mut rows: BTreeMap<u32, Vec<SheetCell>> = BTreeMap::new();
    while let Some(record) = reader.next_cell_with_formula_metadata().map_err(unreadable)? {
        // A formula whose result is the empty text is a blank cell; one without a stored result isn't.
        let unstored = record.formula.is_some() && matches!(record.value, DataRef::Empty);
        let formula = record.formula.is_some();
        let value = value(record.value);
        if value == CellValue::Blank && !unstored {
            continue;
        }
        let (row, column) = record.pos;
        if row >= MAX_ROWS || column >= MAX_COLUMNS {
            if unstored {
                continue;
            }
            let cell = cell_name(column, row.saturating_add(1));
            return Err(Refusal::Beyond { sheet: tidy(name), cell, rows: MAX_ROWS, columns: MAX_COLUMNS });
        }
        *left = left.checked_sub(1).ok_or(Refusal::TooManyCells { limit: MAX_CELLS })?;
        rows.entry(row + 1).or_default().push(SheetCell {
            column,
            value,
            formula,
            percent: percents.contains(&(row, column)),
        });
    }
    Ok(rows
        .into_iter()
        .map(|(number, mut cells)| {
            cells.sort_by_key(|cell| cell.column);
            cells.dedup_by_key(|cell| cell.column);
            cells.shrink_to_fit();
            SheetRow { number, cells }
        })
        .collect())
}

/// The (row, column) of the numbers that a sheet shows as percentages. The reader tells formulas and
/// formats in two passes, so that the second is made only for workbooks that have such a format.
fn percents(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<HashSet<(u32, u32)>, Refusal> {
    let mut reader = book.worksheet_cells_reader(name).map_err(unreadable)?;
    let formats: Vec<bool> = reader
        .styles()
        .iter()
        .map(|style| style.number_format.as_ref().is_some_and(|format| format.format_code.contains('%')))
        .collect();
    let mut out = HashSet::new();
    if !formats.contains(&true) {
        return Ok(out);
    }
    while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(unreadable)? {
        let (row, column) = cell.get_position();
        let number = matches!(cell.get_value(), DataRef::Int(_) | DataRef::Float(_));
        if number && row < MAX_ROWS && column < MAX_COLUMNS && formats.get(style) == Some(&true) {
            out.insert((row, column));
        }
    }
    Ok(out)
}

/// What a cell of the reader means to us.
fn value(raw: DataRef<'_>) -> CellValue {
    match raw {
        DataRef::Empty => CellValue::Blank,
        DataRef::Int(number) => CellValue::Number(number as f64),
        DataRef::Float(number) => CellValue::Number(number),
        DataRef::String(text) => text_value(&text),
        DataRef::SharedString(text) => text_value(text),
        DataRef::Bool(is) => CellValue::Bool(is),
        DataRef::Error(error) => CellValue::Error(error.to_string()),
        DataRef::DateTime(moment) => {
            let number = moment.as_f64();
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            let date = NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day));
            // Below one day it is a time of day, and a duration is no date either.
            match date.filter(|_| moment.is_datetime() && number >= 1.0) {
                Some(date) => CellValue::Date(date),
                None => CellValue::Number(number),
            }
        }
        DataRef::DateTimeIso(text) => {
            let date = text.get(..10).and_then(|day| day.parse().ok());
            date.map_or_else(|| text_value(&text), CellValue::Date)
        }
        DataRef::DurationIso(text) => text_value(&text),
    }
}

/// Text line by line tidied, without its blank lines.
fn text_value(raw: &str) -> CellValue {
    let breaks = ['\n', '\r', '\u{b}', '\u{85}', '\u{2028}', '\u{2029}'];
    let text = if raw.contains(breaks) {
        let lines: Vec<String> = raw.split(breaks).map(tidy).filter(|line| !line.is_empty()).collect();
        lines.join("\n")
    } else {
        tidy(raw)
    };
    if text.is_empty() { CellValue::Blank } else { CellValue::Text(text) }
}

fn merges(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Vec<Merge>, Refusal> {
    let regions = book.merge_cells_by_sheet_name(name).map_err(unreadable)?;
    if regions.len() > MAX_MERGES {
        return Err(Refusal::TooManyCells { limit: MAX_CELLS });
    }
    let mut merges: Vec<Merge> = regions
        .into_iter()
        .filter(|region| region.start.0 <= region.end.0 && region.start.1 <= region.end.1)
        .map(|region| Merge {
            top: region.start.0.saturating_add(1),
            bottom: region.end.0.saturating_add(1),
            left: region.start.1,
            right: region.end.1,
        })
        .collect();
    merges.sort_by_key(|merge| (merge.top, merge.left));
    Ok(merges)
}

/// Copies the value of a merge of one column into the rows below it that have content of their own.
fn copy_down(sheet: &mut Sheet, left: &mut usize) -> Result<(), Refusal> {
    for merge in sheet.merges.iter().filter(|m| m.left == m.right && m.top < m.bottom) {
        let first = sheet.rows.partition_point(|row| row.number < merge.top);
        let last = sheet.rows.partition_point(|row| row.number <= merge.bottom);
        let Some((top, below)) = sheet.rows.get_mut(first..last).and_then(<[SheetRow]>::split_first_mut)
        else {
            continue;
        };
        let Some(cell) = top.cell(merge.left).filter(|_| top.number == merge.top) else {
            continue;
        };
        for row in below {
            *left = left.checked_sub(1).ok_or(Refusal::TooManyCells { limit: MAX_CELLS })?;
            match row.cells.binary_search_by_key(&merge.left, |cell| cell.column) {
                Ok(at) => {
                    if let Some(old) = row.cells.get_mut(at) {
                        *old = cell.clone();
                    }
                }
                Err(at) => row.cells.insert(at, cell.clone()),
            }
        }
    }
    Ok(())
}

fn unreadable(error: XlsxError) -> Refusal {
    match error {
        XlsxError::Password => Refusal::NotXlsx(Found::Encrypted),
        other => Refusal::Damaged { detail: other.to_string() },
    }
}
