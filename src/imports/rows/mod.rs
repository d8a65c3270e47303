//! From the cells of a sheet of tasks to checked rows, or to every fault of every row.
//!
//! A row is given out only when it has no fault. Nothing is guessed: a cell that can't be read is a
//! fault with its cell and field, and what depends on it isn't judged again.

mod cancellation;
pub mod cells;
pub mod faults;
pub mod shape;
mod task;

use std::collections::HashMap;

use chrono::NaiveDate;
use uuid::Uuid;

use self::faults::{Fault, Warning, WarningKind};
use super::fields::Field;
use super::layout::Layout;
use super::unit_index::{UnitIndex, names_in, unit_key};
use super::workbook::{CellValue, Sheet, cell_name};
use crate::domain::deadline::Deadline;
use crate::domain::task::{Category, Level, ProductKind, Status};

/// What a sheet says about a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Cell<T> {
    /// The sheet has no such column: an import leaves the field alone.
    #[default]
    Absent,
    /// The cell is blank: an import clears what an import had set.
    Blank,
    /// The value.
    Value(T),
}

impl<T> Cell<T> {
    /// The value, if there is one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Blank => None,
        }
    }

    /// The same with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Cell<U> {
        match self {
            Self::Absent => Cell::Absent,
            Self::Blank => Cell::Blank,
            Self::Value(value) => Cell::Value(change(value)),
        }
    }
}

/// A checked row of a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskRow {
    /// The sheet's name.
    pub sheet: String,
    /// The row, from 1.
    pub row: u32,
    /// Mã; never [`Cell::Blank`].
    pub code: Cell<String>,
    /// Nội dung.
    pub title: String,
    /// Loại nhiệm vụ.
    pub category: Cell<Category>,
    /// Lĩnh vực: the column's word, else the group heading above.
    pub area: Cell<String>,
    /// Số, ký hiệu văn bản giao.
    pub source_number: Cell<String>,
    /// Ngày văn bản giao.
    pub source_date: Cell<NaiveDate>,
    /// Loại văn bản giao.
    pub source_kind: Cell<String>,
    /// Trích yếu văn bản giao.
    pub source_abstract: Cell<String>,
    /// Cơ quan ban hành.
    pub source_issuer: Cell<String>,
    /// Độ khẩn.
    pub urgency: Cell<String>,
    /// The day of assignment; without one of its own, the document's date.
    pub assigned_on: Cell<NaiveDate>,
    /// Whether `assigned_on` is the document's date because the sheet has no column of assignment; a
    /// blank cell of such a column is not meant.
    pub assigned_from_document: bool,
    /// The lead unit's id.
    pub unit: Uuid,
    /// The ids of the coordinating units: no duplicates, never the lead unit.
    pub coordinating: Cell<Vec<Uuid>>,
    /// Sản phẩm.
    pub product: Cell<ProductKind>,
    /// Cấp trình with its words.
    pub level: Cell<(Level, String)>,
    /// The original deadline with its words; blank is no deadline.
    pub due: Cell<(Deadline, String)>,
    /// The deadline it was extended to, with its words; always a date.
    pub extended_to: Cell<(Deadline, String)>,
    /// The day the extension was decided, if the sheet says so.
    pub extension_decided_on: Cell<NaiveDate>,
    /// The status after the rule that the completion date decides; absent when the sheet has neither a
    /// status nor a completion column.
    pub status: Cell<Status>,
    /// Whether the sheet has a column of the status.
    pub has_status_column: bool,
    /// Ngày hoàn thành.
    pub completed_on: Cell<NaiveDate>,
    /// The day a cancelled task was withdrawn, also read from its note; `None` counts at every cut-off.
    pub cancelled_on: Option<NaiveDate>,
    /// Percent complete, 0–100.
    pub percent: Cell<u8>,
    /// Khó khăn, vướng mắc.
    pub obstacles: Cell<String>,
    /// Nguyên nhân chậm.
    pub late_reason: Cell<String>,
    /// Số, ký hiệu văn bản sản phẩm.
    pub product_number: Cell<String>,
    /// Ngày văn bản sản phẩm.
    pub product_date: Cell<NaiveDate>,
    /// Ghi chú.
    pub note: Cell<String>,
}

/// Everything the rows of a workbook say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReadRows {
    /// The rows without a fault, in sheet order.
    pub rows: Vec<TaskRow>,
    /// How many rows of tasks there are, faulty ones included.
    pub row_count: usize,
    /// Every fault of every row, in sheet order.
    pub faults: Vec<Fault>,
    /// What a person should know.
    pub warnings: Vec<Warning>,
}

/// A sheet of tasks with its heading.
#[derive(Debug, Clone)]
pub struct TaskSheet {
    /// Its cells.
    pub sheet: Sheet,
    /// Its heading.
    pub layout: Layout,
}

/// What the rows of all sheets share.
struct Context<'a> {
    units: &'a UnitIndex,
    today: NaiveDate,
    /// The first row of every code's key.
    codes: HashMap<String, (String, u32)>,
    /// Whether the sheet keeps percentages as fractions of one also where no format says so.
    fractions: bool,
}

/// Reads the rows of every sheet of tasks.
pub fn read(sheets: &[TaskSheet], units: &UnitIndex, today: NaiveDate) -> ReadRows {
    let mut out = ReadRows::default();
    let mut context = Context { units, today, codes: HashMap::new(), fractions: false };
    for sheet in sheets {
        out.warnings.extend(hidden(sheet));
        let (planned, warnings) = shape::plan(&sheet.sheet, &sheet.layout);
        context.fractions = keeps_fractions(sheet);
        for row in &planned {
            task::read(sheet, row, &mut context, &mut out);
        }
        out.row_count += planned.len();
        out.warnings.extend(warnings);
    }
    out
}

fn hidden(sheet: &TaskSheet) -> Option<Warning> {
    sheet.sheet.hidden.then(|| Warning {
        sheet: sheet.sheet.name.clone(),
        row: sheet.layout.row,
        cell: cell_name(0, sheet.layout.row),
        kind: WarningKind::HiddenSheet,
    })
}

/// Whether every number of the percentage column is at most one: Excel keeps 50 % as 0.5.
fn keeps_fractions(sheet: &TaskSheet) -> bool {
    let Some(column) = sheet.layout.matched.column(Field::Percent) else {
        return false;
    };
    let below = sheet.sheet.rows.iter().skip(sheet.layout.from);
    let numbers = below.filter_map(|row| row.cell(column)).filter_map(|cell| match cell.value {
        CellValue::Number(number) => Some(number),
        _ => None,
    });
    numbers
        .fold(None, |most: Option<f64>, number| Some(most.map_or(number, |most| most.max(number))))
        .is_some_and(|most| most <= 1.0)
}

/// The distinct names of lead units in sheet order, from the cells that name just one.
pub fn lead_names(sheets: &[TaskSheet]) -> Vec<String> {
    let mut known = std::collections::HashSet::new();
    let mut out = Vec::new();
    for sheet in sheets {
        let Some(column) = sheet.layout.matched.column(Field::Unit) else {
            continue;
        };
        let (planned, _) = shape::plan(&sheet.sheet, &sheet.layout);
        for cell in planned.iter().filter_map(|task| task.row.cell(column)).filter(|cell| !cell.formula) {
            let CellValue::Text(words) = &cell.value else {
                continue;
            };
            if let [name] = names_in(words, &|_| false).as_slice()
                && known.insert(unit_key(name))
            {
                out.push((*name).to_string());
            }
        }
    }
    out
}
