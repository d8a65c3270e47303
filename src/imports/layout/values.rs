//! What the values below a heading say when its words alone don't settle its meaning.

use std::collections::HashSet;

use super::text;
use crate::domain::deadline;
use crate::domain::task::{Category, Level, ProductKind, Status};
use crate::domain::words::fold;
use crate::imports::fields::Field;
use crate::imports::workbook::{CellValue, Sheet, SheetCell};

/// How many values are looked at.
const VALUES_SAMPLED: usize = 100;
/// The length, in characters, of the longest words that still only mark a row.
const MARK_LENGTH: usize = 20;
/// The categories as marks name them.
const CATEGORIES: [&str; 3] = ["trong tam", "thuong xuyen", "dot xuat"];

/// Whether most values below a heading are values of a field; where a field has no such values, its
/// words must do.
pub(super) fn speak_for(sheet: &Sheet, from: usize, column: u32, field: Field) -> bool {
    let reads: fn(&SheetCell) -> bool = match field {
        Field::Status => |cell| text(cell).is_some_and(|t| Status::from_words(t).is_some()),
        Field::Product => |cell| text(cell).is_some_and(|t| ProductKind::from_words(t).is_some()),
        Field::Category => |cell| text(cell).is_some_and(|t| Category::from_words(t).is_some()),
        Field::Level => |cell| text(cell).is_some_and(|t| Level::from_typed(t).is_some()),
        Field::Due | Field::ExtendedTo => |cell| is_date(cell, |t| deadline::parse(t).is_ok()),
        Field::SourceDate | Field::AssignedOn | Field::CompletedOn => {
            |cell| is_date(cell, |t| deadline::parse_date(t).is_ok())
        }
        Field::Title => return !are_marks(sheet, from, column),
        Field::Percent => |cell| match &cell.value {
            CellValue::Number(number) => (0.0..=100.0).contains(number),
            CellValue::Text(words) => words.trim_end_matches([' ', '%']).parse::<f64>().is_ok(),
            _ => false,
        },
        _ => return true,
    };
    let values = below(sheet, from, column);
    let read = values.iter().filter(|cell| reads(cell)).count();
    if values.is_empty() { field == Field::Due } else { read * 2 >= values.len() }
}

fn below(sheet: &Sheet, from: usize, column: u32) -> Vec<&SheetCell> {
    let rows = sheet.rows.iter().skip(from).filter(|row| row.cells.len() > 2);
    rows.filter_map(|row| row.cell(column)).take(VALUES_SAMPLED).collect()
}

/// Whether a column only marks its rows ("x", "Giao thường xuyên"): nearly all values are very short or
/// name a category, or the same few stand in many rows.
fn are_marks(sheet: &Sheet, from: usize, column: u32) -> bool {
    let values = below(sheet, from, column);
    let words: Vec<String> = values.iter().filter_map(|cell| text(cell)).map(fold).collect();
    let is_mark = |words: &&String| {
        let names_category = words.chars().count() <= MARK_LENGTH
            && CATEGORIES.iter().any(|category| words.contains(category));
        words.chars().count() <= 3 || names_category
    };
    let marks = words.iter().filter(is_mark).count();
    let distinct = words.iter().collect::<HashSet<_>>().len();
    let few = words.len() >= 10 && distinct * 5 <= words.len();
    !values.is_empty() && (marks * 10 >= words.len() * 9 || few)
}

fn is_date(cell: &SheetCell, reads: impl Fn(&str) -> bool) -> bool {
    match &cell.value {
        CellValue::Date(day) => deadline::YEARS.contains(&chrono::Datelike::year(day)),
        CellValue::Text(words) => reads(words),
        _ => false,
    }
}
