//! Reading the cells of one row: each read gives a value or leaves exactly one fault for its field.

use chrono::{Datelike, NaiveDate};

use super::Cell;
use super::faults::{Fault, FaultKind, VALUE_SHOWN};
use crate::domain::deadline::{self, DateFault, Deadline};
use crate::domain::words::tidy;
use crate::imports::fields::Field;
use crate::imports::headings::Matched;
use crate::imports::workbook::{CellValue, SheetCell, SheetRow, cell_name};

/// The longest title, in characters.
pub const TITLE_LIMIT: usize = 2_000;
/// The longest other text, in characters.
pub const TEXT_LIMIT: usize = 4_000;

/// A fault of this cell is on the row's list already; whatever depends on the cell is not judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Faulty;

/// What reading a cell gives.
pub type Read<T> = Result<Cell<T>, Faulty>;

/// One row being read.
pub struct RowReader<'a> {
    sheet: &'a str,
    row: &'a SheetRow,
    matched: &'a Matched,
    /// The faults found so far, at most one a field.
    pub faults: Vec<Fault>,
}

impl<'a> RowReader<'a> {
    /// A reader of a row under matched headings.
    pub fn new(sheet: &'a str, row: &'a SheetRow, matched: &'a Matched) -> Self {
        Self { sheet, row, matched, faults: Vec::new() }
    }

    /// The sheet's name.
    pub fn sheet(&self) -> &'a str {
        self.sheet
    }

    /// Whether the sheet has a column of a field.
    pub fn has(&self, field: Field) -> bool {
        self.matched.column(field).is_some()
    }

    /// The name of a field's cell; of a field without a column that of the column standing in for it.
    pub fn cell_name(&self, field: Field) -> String {
        let stand_in = match field {
            Field::AssignedOn => Field::SourceDate,
            Field::CompletedOn => Field::Status,
            _ => Field::Title,
        };
        let column = self.matched.column(field).or_else(|| self.matched.column(stand_in)).unwrap_or(0);
        cell_name(column, self.row.number)
    }

    /// Notes a fault of a field, unless the field has one.
    pub fn fault(&mut self, field: Field, kind: FaultKind) -> Faulty {
        if !self.faults.iter().any(|fault| fault.field == field) {
            let shown = self.cell(field).map(shown).unwrap_or_default();
            self.faults.push(Fault {
                sheet: self.sheet.to_string(),
                row: self.row.number,
                cell: self.cell_name(field),
                field,
                value: shown.chars().take(VALUE_SHOWN).collect(),
                kind,
            });
        }
        Faulty
    }

    fn cell(&self, field: Field) -> Option<&'a SheetCell> {
        self.row.cell(self.matched.column(field)?)
    }

    /// The words of a cell with their line breaks, not longer than a limit in characters.
    pub fn lines(&mut self, field: Field, limit: usize) -> Read<String> {
        if !self.has(field) {
            return Ok(Cell::Absent);
        }
        let Some(cell) = self.cell(field) else {
            return Ok(Cell::Blank);
        };
        if cell.formula {
            return Err(self.fault(field, FaultKind::Formula));
        }
        if matches!(cell.value, CellValue::Error(_)) {
            return Err(self.fault(field, FaultKind::ErrorValue));
        }
        let words = shown(cell);
        if words.chars().any(|c| c.is_control() && c != '\n') {
            return Err(self.fault(field, FaultKind::ControlCharacter));
        }
        if words.chars().count() > limit {
            return Err(self.fault(field, FaultKind::TooLong { limit }));
        }
        Ok(if words.is_empty() { Cell::Blank } else { Cell::Value(words) })
    }

    /// The words of a cell on one line.
    pub fn text(&mut self, field: Field) -> Read<String> {
        let limit = if field == Field::Title { TITLE_LIMIT } else { TEXT_LIMIT };
        Ok(self.lines(field, limit)?.map(|words| if words.contains('\n') { tidy(&words) } else { words }))
    }

    /// A word of a closed list.
    pub fn word<T>(&mut self, field: Field, from_words: impl Fn(&str) -> Option<T>) -> Read<T> {
        match self.text(field)? {
            Cell::Absent => Ok(Cell::Absent),
            Cell::Blank => Ok(Cell::Blank),
            Cell::Value(words) => {
                let value = from_words(&words).map(Cell::Value);
                value.ok_or_else(|| self.fault(field, FaultKind::UnknownWord { field }))
            }
        }
    }

    /// A date, whose fault counts as that of the field it plays the part of.
    pub fn date_as(&mut self, field: Field, part: Field) -> Read<NaiveDate> {
        let read = self.dated(field, deadline::parse_date);
        match read {
            Ok(cell) => Ok(cell.map(|dated| match dated {
                Dated::Day(day) => day,
                Dated::Words(day, _) => day,
            })),
            Err(kind) => {
                let kind =
                    if let DatedFault::Words(fault) = kind { FaultKind::Date(fault) } else { kind.into() };
                Err(self.fault(part, kind))
            }
        }
    }

    /// A date.
    pub fn date(&mut self, field: Field) -> Read<NaiveDate> {
        self.date_as(field, field)
    }

    /// A deadline with its words; those of a spreadsheet date are `dd/MM/yyyy`.
    pub fn deadline(&mut self, field: Field) -> Read<(Deadline, String)> {
        match self.dated(field, deadline::parse) {
            Ok(cell) => Ok(cell.map(|dated| match dated {
                Dated::Day(day) => {
                    let precision = deadline::Precision::Day;
                    (Deadline { due_on: Some(day), precision }, deadline::written(day))
                }
                Dated::Words(deadline, words) => (deadline, words),
            })),
            Err(DatedFault::Words(fault)) => Err(self.fault(field, FaultKind::Deadline(fault))),
            Err(other) => Err(self.fault(field, other.into())),
        }
    }

    /// A spreadsheet date or words that a rule reads. A formula gives its stored result.
    fn dated<T>(
        &self,
        field: Field,
        read: impl Fn(&str) -> Result<T, DateFault>,
    ) -> Result<Cell<Dated<T>>, DatedFault> {
        if !self.has(field) {
            return Ok(Cell::Absent);
        }
        let Some(cell) = self.cell(field) else {
            return Ok(Cell::Blank);
        };
        match &cell.value {
            CellValue::Blank => Err(DatedFault::NoResult),
            CellValue::Text(words) => {
                let words = tidy(words);
                let value = read(&words).map_err(DatedFault::Words)?;
                Ok(Cell::Value(Dated::Words(value, words)))
            }
            CellValue::Date(day) if deadline::YEARS.contains(&day.year()) => {
                Ok(Cell::Value(Dated::Day(*day)))
            }
            CellValue::Date(_) => Err(DatedFault::Words(DateFault::NotInCalendar)),
            CellValue::Number(_) => Err(DatedFault::Number),
            CellValue::Bool(_) => Err(DatedFault::Words(DateFault::NotUnderstood)),
            CellValue::Error(_) => Err(DatedFault::Error),
        }
    }

    /// A percentage from 0 to 100. A cell formatted as one keeps 1 for all of it; with `fractions` every
    /// number of the column does.
    pub fn percent(&mut self, field: Field, fractions: bool) -> Read<u8> {
        if !self.has(field) {
            return Ok(Cell::Absent);
        }
        let Some(cell) = self.cell(field) else {
            return Ok(Cell::Blank);
        };
        let number = match &cell.value {
            CellValue::Blank => return Err(self.fault(field, FaultKind::Formula)),
            CellValue::Error(_) => return Err(self.fault(field, FaultKind::ErrorValue)),
            // A General cell beside whole percentages keeps 1 for 1 %.
            CellValue::Number(number) if cell.percent || fractions => Some(number * 100.0),
            CellValue::Number(number) => Some(*number),
            CellValue::Text(words) => words.trim_end_matches([' ', '%']).replace(',', ".").parse().ok(),
            CellValue::Date(_) | CellValue::Bool(_) => None,
        };
        match number.map(f64::round).filter(|number| (0.0..=100.0).contains(number)) {
            // In range by the line above.
            Some(number) => Ok(Cell::Value(number as u8)),
            None => Err(self.fault(field, FaultKind::NotPercent)),
        }
    }
}

enum Dated<T> {
    Day(NaiveDate),
    Words(T, String),
}

enum DatedFault {
    Words(DateFault),
    Number,
    NoResult,
    Error,
}

impl From<DatedFault> for FaultKind {
    fn from(fault: DatedFault) -> Self {
        match fault {
            DatedFault::Words(fault) => Self::Date(fault),
            DatedFault::Number => Self::BareNumber,
            DatedFault::NoResult => Self::Formula,
            DatedFault::Error => Self::ErrorValue,
        }
    }
}

/// A cell's words as a person sees them.
pub fn shown(cell: &SheetCell) -> String {
    match &cell.value {
        CellValue::Blank => String::new(),
        CellValue::Text(words) => words.clone(),
        CellValue::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        CellValue::Number(number) => number.to_string(),
        CellValue::Date(day) => deadline::written(*day),
        CellValue::Bool(true) => "TRUE".to_string(),
        CellValue::Bool(false) => "FALSE".to_string(),
        CellValue::Error(error) => error.clone(),
    }
}
