//! Where the heading stands: the best row, or pair of rows, among the first ones of a sheet.

use super::fields::Field;
use super::headings::{Evidence, Heading, Matched, heading_key, match_headings};
use super::maps::HeadingMap;
use super::synonyms::Vocabulary;
use super::workbook::{CellValue, Sheet, SheetCell, SheetRow};
use crate::domain::deadline;
use crate::domain::task::{Category, Level, ProductKind, Status};

/// How many rows with content are tried as the heading; mottoes and titles stand above it.
const ROWS_TRIED: usize = 40;
/// How many values below a heading are looked at when its words alone don't settle its meaning.
const VALUES_SAMPLED: usize = 100;

/// A heading that was found, and where the rows below it begin.
#[derive(Debug, Clone)]
pub struct Layout {
    /// The last row of the heading, from 1.
    pub row: u32,
    /// The position of the first row below it in `Sheet::rows`.
    pub from: usize,
    /// The headings of that row.
    pub headings: Vec<Heading>,
    /// What they mean.
    pub matched: Matched,
}

/// The best heading of a sheet, if any row has a heading at all.
pub fn find(sheet: &Sheet, vocabulary: &Vocabulary, maps: &[HeadingMap]) -> Option<Layout> {
    let mut best: Option<Layout> = None;
    for (at, row) in sheet.rows.iter().enumerate().take(ROWS_TRIED) {
        // One line first: a second line must add something to be believed.
        let next = sheet.rows.get(at + 1).filter(|next| next.number == row.number + 1);
        let two = next.map(|next| (two_lines(sheet, row, next), next.number, at + 2));
        let one = (one_line(row), row.number, at + 1);
        for (headings, number, from) in std::iter::once(one).chain(two) {
            let evidence = |column, field| speaks_for(sheet, from, column, field);
            let matched = match_headings(&headings, vocabulary, maps, &evidence as Evidence<'_>);
            let score = matched.score();
            if score > best.as_ref().map_or(0, |layout| layout.matched.score()) {
                best = Some(Layout { row: number, from, headings, matched });
            }
        }
    }
    let mut layout = best?;
    if sheet.rows.get(layout.from).is_some_and(is_number_row) {
        layout.from += 1;
    }
    Some(layout)
}

fn text(cell: &SheetCell) -> Option<&str> {
    match &cell.value {
        CellValue::Text(text) => Some(text),
        _ => None,
    }
}

fn text_at(row: &SheetRow, column: u32) -> Option<&str> {
    row.cell(column).and_then(text)
}

fn one_line(row: &SheetRow) -> Vec<Heading> {
    let texts = row.cells.iter().filter_map(|cell| Some((cell.column, text(cell)?)));
    texts
        .map(|(column, words)| Heading { column, row: row.number, group: None, words: words.to_string() })
        .collect()
}

/// The headings of two rows, the upper one of which groups columns.
fn two_lines(sheet: &Sheet, upper: &SheetRow, lower: &SheetRow) -> Vec<Heading> {
    let mut columns: Vec<u32> = upper.cells.iter().chain(&lower.cells).map(|cell| cell.column).collect();
    columns.sort_unstable();
    columns.dedup();
    let heading = |column: u32| {
        let top = text_at(upper, column);
        let Some(words) = text_at(lower, column) else {
            let words = top?.to_string();
            return Some(Heading { column, row: upper.number, group: None, words });
        };
        let group = top.or_else(|| group_from_the_left(sheet, upper, lower, column));
        let group = group.filter(|group| *group != words).map(str::to_string);
        Some(Heading { column, row: lower.number, group, words: words.to_string() })
    };
    columns.into_iter().filter_map(heading).collect()
}

/// The group heading over a column whose own upper cell is blank: merged, or simply left of it.
fn group_from_the_left<'a>(
    sheet: &Sheet,
    upper: &'a SheetRow,
    lower: &SheetRow,
    column: u32,
) -> Option<&'a str> {
    if let Some(merge) = sheet.wide_merge(upper.number, column) {
        return text_at(upper, merge.left);
    }
    let nearest = upper.cells.iter().rev().find(|cell| cell.column < column && text(cell).is_some())?;
    let grouped = (nearest.column..column).all(|between| text_at(lower, between).is_some());
    let merged_elsewhere = sheet.wide_merge(upper.number, nearest.column).is_some();
    let stands_alone = text_at(lower, nearest.column) == text(nearest);
    text(nearest).filter(|_| grouped && !merged_elsewhere && !stands_alone)
}

/// Whether a row only numbers the columns: "(1) (2) (3)", "1 2 3", "A B 1 2 3=1+2".
pub fn is_number_row(row: &SheetRow) -> bool {
    let is_label = |cell: &SheetCell| match &cell.value {
        CellValue::Number(number) => number.fract() == 0.0 && (0.0..100.0).contains(number),
        CellValue::Text(words) => {
            let plain: String = words.chars().filter(|c| !matches!(c, '(' | ')' | '[' | ']' | ' ')).collect();
            let letter = plain.len() == 1 && plain.chars().all(|c| c.is_ascii_uppercase());
            let sum = plain.len() <= 12
                && plain.chars().all(|c| c.is_ascii_digit() || "=+-/*:".contains(c))
                && plain.chars().next().is_some_and(|c| c.is_ascii_digit());
            letter || (sum && (plain.contains('=') || plain.len() <= 2))
        }
        _ => false,
    };
    row.cells.len() >= 3 && row.cells.iter().all(is_label)
}

/// Whether most values below a heading are values of a field; where a field has no such values, its
/// words must do.
fn speaks_for(sheet: &Sheet, from: usize, column: u32, field: Field) -> bool {
    let reads: fn(&SheetCell) -> bool = match field {
        Field::Status => |cell| text(cell).is_some_and(|t| Status::from_words(t).is_some()),
        Field::Product => |cell| text(cell).is_some_and(|t| ProductKind::from_words(t).is_some()),
        Field::Category => |cell| text(cell).is_some_and(|t| Category::from_words(t).is_some()),
        Field::Level => |cell| text(cell).is_some_and(|t| Level::from_typed(t).is_some()),
        Field::Due | Field::ExtendedTo => |cell| is_date(cell, |t| deadline::parse(t).is_ok()),
        Field::SourceDate | Field::AssignedOn | Field::CompletedOn => {
            |cell| is_date(cell, |t| deadline::parse_date(t).is_ok())
        }
        Field::Percent => |cell| match &cell.value {
            CellValue::Number(number) => (0.0..=100.0).contains(number),
            CellValue::Text(words) => words.trim_end_matches([' ', '%']).parse::<f64>().is_ok(),
            _ => false,
        },
        _ => return true,
    };
    let below = sheet.rows.iter().skip(from).filter(|row| row.cells.len() > 2);
    let values: Vec<&SheetCell> = below.filter_map(|row| row.cell(column)).take(VALUES_SAMPLED).collect();
    let read = values.iter().filter(|cell| reads(cell)).count();
    if values.is_empty() { field == Field::Due } else { read * 2 >= values.len() }
}

fn is_date(cell: &SheetCell, reads: impl Fn(&str) -> bool) -> bool {
    match &cell.value {
        CellValue::Date(day) => deadline::YEARS.contains(&chrono::Datelike::year(day)),
        CellValue::Text(words) => reads(words),
        _ => false,
    }
}

impl Layout {
    /// Whether a row repeats the heading, as sheets made for printing do on every page.
    pub fn is_repeated(&self, row: &SheetRow, field: Field) -> bool {
        let Some(column) = self.matched.column(field) else {
            return false;
        };
        let own = self.headings.iter().find(|heading| heading.column == column);
        let words = row.cell(column).and_then(text);
        own.zip(words).is_some_and(|(own, words)| heading_key(&own.words) == heading_key(words))
    }
}
