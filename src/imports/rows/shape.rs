//! What sort of row each row below the heading is: a task, a group heading, or nothing to read.

use crate::domain::words::{key, tidy};
use crate::imports::fields::Field;
use crate::imports::layout::{Layout, is_number_row};
use crate::imports::rows::faults::{Warning, WarningKind};
use crate::imports::workbook::{CellValue, Sheet, SheetCell, SheetRow, cell_name};

/// A row of a task, with the group heading it stands below.
#[derive(Debug, Clone)]
pub struct Planned<'a> {
    /// The row.
    pub row: &'a SheetRow,
    /// The words of the nearest group heading above.
    pub group: Option<String>,
}

/// The rows of tasks of a sheet, with warnings about the footer rows that were passed over.
pub fn plan<'a>(sheet: &'a Sheet, layout: &Layout) -> (Vec<Planned<'a>>, Vec<Warning>) {
    let view = View::new(sheet, layout);
    let mut tasks = Vec::new();
    let mut warnings = Vec::new();
    let mut group: Option<String> = None;
    for row in sheet.rows.iter().skip(layout.from) {
        match view.shape(row) {
            Shape::Nothing => {}
            Shape::Group(words) => group = Some(words),
            Shape::Total => warnings.push(skipped(sheet, row)),
            Shape::Task => tasks.push(Planned { row, group: group.clone() }),
        }
    }
    while let Some(last) = tasks.pop_if(|task| view.is_footer(task.row)) {
        warnings.push(skipped(sheet, last.row));
    }
    warnings.sort_by_key(|warning| warning.row);
    (tasks, warnings)
}

fn skipped(sheet: &Sheet, row: &SheetRow) -> Warning {
    let words = row.cells.iter().filter_map(text).next().map(tidy).unwrap_or_default();
    let column = row.cells.first().map_or(0, |cell| cell.column);
    Warning {
        sheet: sheet.name.clone(),
        row: row.number,
        cell: cell_name(column, row.number),
        kind: WarningKind::FooterSkipped { words: words.chars().take(80).collect() },
    }
}

enum Shape {
    Nothing,
    Group(String),
    Total,
    Task,
}

/// The columns that decide what a row is.
struct View<'a> {
    sheet: &'a Sheet,
    layout: &'a Layout,
    ordinal: Option<u32>,
    title: Option<u32>,
}

impl<'a> View<'a> {
    fn new(sheet: &'a Sheet, layout: &'a Layout) -> Self {
        let column = |field| layout.matched.column(field);
        Self { sheet, layout, ordinal: column(Field::Ordinal), title: column(Field::Title) }
    }

    fn ordinal<'b>(&self, row: &'b SheetRow) -> Option<&'b SheetCell> {
        row.cell(self.ordinal?)
    }

    fn shape(&self, row: &SheetRow) -> Shape {
        if self.layout.is_repeated(row, Field::Title) || is_number_row(row) {
            return Shape::Nothing;
        }
        if self.is_total(row) {
            return Shape::Total;
        }
        let ordinal = self.ordinal(row);
        let mut others = row.cells.iter().filter(|cell| Some(cell.column) != self.ordinal);
        if ordinal.is_none()
            && let Some(group) = self.numbered_elsewhere(row)
        {
            return Shape::Group(group);
        }
        match (others.next(), others.next()) {
            (None, _) => ordinal.map_or(Shape::Nothing, |cell| self.lone_ordinal(cell)),
            (Some(only), None) => self.lone(row, ordinal, only).map_or(Shape::Task, Shape::Group),
            _ => Shape::Task,
        }
    }

    /// A numeral and a title, where the numeral stands in a column of another or of no heading.
    fn numbered_elsewhere(&self, row: &SheetRow) -> Option<String> {
        let [numeral, title] = row.cells.as_slice() else {
            return None;
        };
        let words = text(title).filter(|_| Some(title.column) == self.title && !title.formula)?;
        (!numeral.formula && cell_is_numeral(numeral)).then(|| heading_words(words))
    }

    /// A row with words in its ordinal column alone: a number typed ahead, or a heading.
    fn lone_ordinal(&self, cell: &SheetCell) -> Shape {
        match text(cell) {
            Some(words) if !is_numeral(words) && words.chars().any(char::is_alphabetic) => {
                Shape::Group(heading_words(words))
            }
            _ => Shape::Nothing,
        }
    }

    /// The group heading that a row with one cell beside its ordinal is, if it is one.
    fn lone(&self, row: &SheetRow, ordinal: Option<&SheetCell>, only: &SheetCell) -> Option<String> {
        let words = text(only).filter(|_| !only.formula)?;
        let merged = self.sheet.wide_merge(row.number, only.column).is_some();
        let heading = match ordinal {
            Some(cell) if !cell_is_numeral(cell) => false,
            Some(_) => Some(only.column) == self.title || merged,
            None => {
                let known = self.layout.matched.columns.iter().find(|column| column.column == only.column);
                let capitals = is_capitals(words) && known.is_none_or(|column| column.field == Field::Title);
                merged || without_numeral(words).is_some() || capitals
            }
        };
        heading.then(|| heading_words(words))
    }

    fn is_total(&self, row: &SheetRow) -> bool {
        let total = row.cells.iter().find_map(text).is_some_and(names_a_total);
        let blank = [Field::Code, Field::Unit, Field::Due].iter().all(|field| self.at_is_blank(row, *field));
        let lead = row.cells.first().is_some_and(|cell| self.title.is_none_or(|title| cell.column <= title));
        total && blank && lead && !self.ordinal(row).is_some_and(cell_is_numeral)
    }

    fn at_is_blank(&self, row: &SheetRow, field: Field) -> bool {
        self.layout.matched.column(field).is_none_or(|column| row.cell(column).is_none())
    }

    /// Whether a row below the last task is a signature or a remark.
    fn is_footer(&self, row: &SheetRow) -> bool {
        let blank = |fields: &[Field]| fields.iter().all(|field| self.at_is_blank(row, *field));
        let numbered = self.ordinal(row).is_some_and(cell_is_numeral);
        if numbered {
            return false;
        }
        let merged = |cell: &SheetCell| self.sheet.wide_merge(row.number, cell.column).is_some();
        let few = row.cells.len() <= 2 || row.cells.iter().all(merged);
        let plain = row.cells.iter().all(|cell| !cell.formula);
        let signed = row.cells.len() <= 3 && row.cells.iter().filter_map(text).any(is_signature);
        blank(&[Field::Code, Field::Unit, Field::Due, Field::Status])
            || (few && plain && blank(&[Field::Title, Field::Code]))
            || (signed && blank(&[Field::Code]))
    }
}

/// Whether a row's first words are those of a total. Accents count: a "Tổng công ty" is a unit.
pub fn names_a_total(words: &str) -> bool {
    let words = key(words);
    [key("tổng cộng"), key("tổng số")].iter().any(|start| words.starts_with(start))
}

/// How the block below a sheet begins: to whom it goes and who signs.
fn is_signature(words: &str) -> bool {
    const STARTS: [&str; 13] = [
        "nơi nhận",
        "người lập",
        "người tổng hợp",
        "chánh văn phòng",
        "kt.",
        "tl.",
        "tm.",
        "tuq.",
        "thủ trưởng",
        "giám đốc",
        "chủ tịch",
        "bộ trưởng",
        "trưởng phòng",
    ];
    let words = key(words);
    STARTS.iter().any(|start| words.starts_with(&key(start)))
}

fn text(cell: &SheetCell) -> Option<&str> {
    match &cell.value {
        CellValue::Text(words) if !words.is_empty() => Some(words),
        _ => None,
    }
}

fn cell_is_numeral(cell: &SheetCell) -> bool {
    match &cell.value {
        CellValue::Number(_) | CellValue::Blank => true,
        CellValue::Text(words) => is_numeral(words),
        // A spreadsheet makes a date of "1.1" or "2-3".
        CellValue::Date(_) => true,
        CellValue::Bool(_) | CellValue::Error(_) => false,
    }
}

fn heading_words(words: &str) -> String {
    let words = tidy(words);
    without_numeral(&words).map(str::to_string).unwrap_or(words)
}

fn is_capitals(words: &str) -> bool {
    words.chars().any(char::is_uppercase) && !words.chars().any(char::is_lowercase)
}

/// Whether words are a running number: `1`, `1.2`, `IV.`, `a)`, `(3)`.
pub fn is_numeral(words: &str) -> bool {
    let plain = words.trim().trim_matches(['(', ')', '[', ']', '.', '/', ':', '-', ',']);
    let digits = !plain.is_empty()
        && plain.split(['.', '-']).all(|part| part.len() <= 5 && part.chars().all(|c| c.is_ascii_digit()));
    let letters = plain.chars().count() == 1 && plain.chars().all(char::is_alphabetic);
    let mixed = plain.split('.').all(|part| is_roman(part) || part.chars().all(|c| c.is_ascii_digit()));
    digits || letters || (!plain.is_empty() && (is_roman(plain) || mixed))
}

fn is_roman(words: &str) -> bool {
    let all = |figures: &str| words.chars().all(|c| figures.contains(c));
    !words.is_empty() && words.len() <= 7 && (all("IVX") || all("ivx"))
}

/// The words behind a leading numeral such as `I.`, `2)`, `1.1` or `A -`; `None` without one.
pub fn without_numeral(words: &str) -> Option<&str> {
    let open = words.trim_start().trim_start_matches('(');
    let end = open.find(|c: char| !(c.is_alphanumeric() || c == '.'))?;
    let (mut numeral, mut rest) = open.split_at_checked(end)?;
    // "I.Lĩnh vực": the numeral ends with its full stop.
    if let Some((before, _)) = numeral.split_once('.').filter(|_| !is_numeral(numeral)) {
        rest = open.get(before.len()..)?;
        numeral = before;
    }
    let bare = numeral.trim_end_matches('.');
    let is_short = bare.len() <= 7 && !(bare.len() > 3 && bare.chars().all(|c| c.is_ascii_digit()));
    if !is_short || !is_numeral(bare) || bare.chars().any(|c| c.is_ascii_lowercase()) && bare.len() > 1 {
        return None;
    }
    let spaced = rest.trim_start();
    let behind = spaced.trim_start_matches([')', '.', '/', ':', '-', '–', '—']);
    let delimited = numeral.len() > bare.len() || behind.len() < spaced.len() || bare.contains('.');
    let behind = behind.trim_start();
    (delimited && !behind.is_empty()).then_some(behind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_are_numbers_letters_and_roman_numbers() {
        for words in ["1", "12.", "1.2", "IV", "a)", "(3)", "A", "II.1", "I.", "1-2"] {
            assert!(is_numeral(words), "{words}");
        }
        for words in ["", "Vụ", "2024/1", "12/TB", "LĨNH VỰC", "."] {
            assert!(!is_numeral(words), "{words}");
        }
    }

    #[test]
    fn a_leading_numeral_is_cut_off() {
        for (words, rest) in [
            ("I. LĨNH VỰC BƯU CHÍNH", Some("LĨNH VỰC BƯU CHÍNH")),
            ("I.Lĩnh vực", Some("Lĩnh vực")),
            ("A - Nhiệm vụ", Some("Nhiệm vụ")),
            ("1.1 Báo chí", Some("Báo chí")),
            ("2) Báo chí", Some("Báo chí")),
            ("(III) Báo chí", Some("Báo chí")),
            ("Lĩnh vực", None),
            ("5G trên toàn quốc", None),
            ("I", None),
            ("2024: năm dữ liệu", None),
            ("VI mạch bán dẫn", None),
        ] {
            assert_eq!(without_numeral(words), rest, "{words}");
        }
    }
}
