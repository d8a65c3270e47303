//! Where the heading stands: the best row, or block of rows, among the first ones of a sheet.

mod lines;
mod values;

use super::fields::Field;
use super::headings::{Evidence, Heading, Matched, heading_key, match_headings};
use super::maps::HeadingMap;
use super::synonyms::Vocabulary;
use super::workbook::{CellValue, Sheet, SheetCell, SheetRow};
use lines::Block;

/// How many rows with content are tried as the heading; mottoes and titles stand above it.
const ROWS_TRIED: usize = 40;

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
    for at in 0..sheet.rows.len().min(ROWS_TRIED) {
        for Block { row, from, headings } in lines::blocks(sheet, at, vocabulary) {
            let evidence = |column, field| values::speak_for(sheet, from, column, field);
            let matched = match_headings(&headings, vocabulary, maps, &evidence as Evidence<'_>);
            let score = matched.score();
            if score > best.as_ref().map_or(0, |layout| layout.matched.score()) {
                best = Some(Layout { row, from, headings, matched });
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
