//! The rows that may be a heading: one row, or several where an upper one groups the columns below it.
//!
//! A row of groups is never read without the row below it, nor that row without its groups: the day a
//! task starts must not become its deadline because only "Thời gian thực hiện" was read.

use super::{text, text_at};
use crate::imports::headings::{Heading, names_a_field};
use crate::imports::rows::shape::is_numeral;
use crate::imports::synonyms::Vocabulary;
use crate::imports::workbook::{Sheet, SheetRow};

/// How many lines a heading has at most.
const LINES: usize = 4;

/// Rows that may be the heading.
pub(super) struct Block {
    /// The last of them, from 1.
    pub row: u32,
    /// The position of the first row below them.
    pub from: usize,
    /// The headings.
    pub headings: Vec<Heading>,
}

/// The ways to read a heading that begins with a row.
pub(super) fn blocks(sheet: &Sheet, at: usize, vocabulary: &Vocabulary) -> Vec<Block> {
    let pair = |at: usize| {
        let (upper, lower) = (sheet.rows.get(at)?, sheet.rows.get(at + 1)?);
        (lower.number == upper.number + 1).then_some((upper, lower))
    };
    let grouped = |at: usize| pair(at).filter(|(upper, lower)| groups(sheet, upper, lower, vocabulary));
    let Some(row) = sheet.rows.get(at).filter(|_| at == 0 || grouped(at - 1).is_none()) else {
        return Vec::new();
    };
    let mut block = Block { row: row.number, from: at + 1, headings: one_line(row) };
    while block.from < at + LINES
        && let Some((upper, lower)) = grouped(block.from - 1)
    {
        let headings = stacked(sheet, &block.headings, upper, lower);
        block = Block { row: lower.number, from: block.from + 1, headings };
    }
    let second = pair(at).filter(|(upper, lower)| block.from == at + 1 && may_continue(sheet, upper, lower));
    // One line first: a second line that needn't be one must add something to be believed.
    let two = second.map(|(upper, lower)| {
        let headings = stacked(sheet, &block.headings, upper, lower);
        Block { row: lower.number, from: at + 2, headings }
    });
    std::iter::once(block).chain(two).collect()
}

/// Whether a row surely groups columns of the row below it.
fn groups(sheet: &Sheet, upper: &SheetRow, lower: &SheetRow, vocabulary: &Vocabulary) -> bool {
    let own: Vec<u32> = own_columns(sheet, upper, lower);
    let spanning = |column: &u32| {
        let spans = |m: &&crate::imports::workbook::Merge| {
            m.left == *column && m.right == *column && m.top <= upper.number && m.bottom >= lower.number
        };
        sheet.merges.iter().any(|merge| spans(&merge))
    };
    let texts = upper.cells.iter().filter(|cell| text(cell).is_some()).map(|cell| cell.column);
    if texts.filter(spanning).take(2).count() == 2 && !own.is_empty() {
        return true;
    }
    let below = |column: u32| sheet.wide_merge(upper.number, column).filter(|m| m.bottom == upper.number);
    let beside = |needed: usize| {
        let named = upper.cells.iter().filter(|cell| {
            !own.contains(&cell.column)
                && below(cell.column).is_none()
                && text(cell).is_some_and(|words| names_a_field(words, vocabulary))
        });
        named.take(needed).count() == needed
    };
    let shared = own.iter().filter_map(|column| below(*column)).any(|merge| {
        let within = own.iter().filter(|column| (merge.left..=merge.right).contains(column));
        text_at(upper, merge.left).is_some() && within.take(2).count() == 2
    });
    if shared && beside(1) {
        return true;
    }
    // Without merged cells: a second heading stands to the right of the group's, below no other.
    let only_words = lower.cells.iter().all(|cell| text(cell).is_some() && !cell.formula);
    let unheaded = own.iter().any(|column| {
        upper.cell(*column).is_none() && group_from_the_left(sheet, upper, lower, *column).is_some()
    });
    only_words && unheaded && own.len() >= 2 && beside(2)
}

/// The columns in which the lower row has words of its own.
fn own_columns(sheet: &Sheet, upper: &SheetRow, lower: &SheetRow) -> Vec<u32> {
    let copied = |column: u32| {
        sheet.merges.iter().any(|m| {
            m.left == column && m.right == column && m.top <= upper.number && m.bottom >= lower.number
        })
    };
    let words = lower.cells.iter().filter(|cell| text(cell).is_some() && !copied(cell.column));
    words.map(|cell| cell.column).collect()
}

/// Whether a row may be the second line of a heading, and not a group of tasks right below it: it has
/// words in a column without a heading, or several below headings, not only a numeral and a title.
fn may_continue(sheet: &Sheet, upper: &SheetRow, lower: &SheetRow) -> bool {
    let own = own_columns(sheet, upper, lower);
    let words = own.iter().filter(|column| text_at(lower, **column).is_some_and(|w| !is_numeral(w)));
    let unheaded = own.iter().any(|column| upper.cell(*column).is_none());
    words.take(2).count() == 2 || (unheaded && own.len() >= 2)
}

fn one_line(row: &SheetRow) -> Vec<Heading> {
    let texts = row.cells.iter().filter_map(|cell| Some((cell.column, text(cell)?)));
    texts
        .map(|(column, words)| Heading { column, row: row.number, group: None, words: words.to_string() })
        .collect()
}

/// Headings with one more line below them. `above` are those down to the upper row.
fn stacked(sheet: &Sheet, above: &[Heading], upper: &SheetRow, lower: &SheetRow) -> Vec<Heading> {
    let mut columns: Vec<u32> = above.iter().map(|heading| heading.column).collect();
    columns.extend(lower.cells.iter().map(|cell| cell.column));
    columns.sort_unstable();
    columns.dedup();
    let heading = |column: u32| {
        let top = above.iter().find(|heading| heading.column == column);
        let Some(words) = text_at(lower, column) else {
            return top.cloned();
        };
        if let Some(top) = top.filter(|top| top.words == words) {
            return Some(Heading { row: lower.number, ..top.clone() });
        }
        let group = top.or_else(|| {
            let from = group_from_the_left(sheet, upper, lower, column)?;
            above.iter().find(|heading| heading.column == from)
        });
        let group = group.filter(|group| group.words != words).map(Heading::shown);
        Some(Heading { column, row: lower.number, group, words: words.to_string() })
    };
    columns.into_iter().filter_map(heading).collect()
}

/// The column of the group heading over a column whose own upper cell is blank: merged, or simply left
/// of it.
fn group_from_the_left(sheet: &Sheet, upper: &SheetRow, lower: &SheetRow, column: u32) -> Option<u32> {
    if let Some(merge) = sheet.wide_merge(upper.number, column) {
        return text_at(upper, merge.left).map(|_| merge.left);
    }
    let nearest = upper.cells.iter().rev().find(|cell| cell.column < column && text(cell).is_some())?;
    let grouped = (nearest.column..column).all(|between| text_at(lower, between).is_some());
    let merged_elsewhere = sheet.wide_merge(upper.number, nearest.column).is_some();
    let stands_alone = text_at(lower, nearest.column) == text(nearest);
    Some(nearest.column).filter(|_| grouped && !merged_elsewhere && !stands_alone)
}
