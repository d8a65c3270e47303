//! What sort of row each row below the heading is: a task, a group heading, or nothing to read.

use crate::domain::deadline;
use crate::domain::task::{Category, ProductKind, Status};
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
            Shape::Skipped => warnings.push(skipped(sheet, row)),
            Shape::Task => tasks.push(Planned { row, group: group.clone() }),
        }
    }
    let rows: Vec<&SheetRow> = tasks.iter().map(|task| task.row).collect();
    for footer in tasks.split_off(view.tasks_end(&rows)) {
        warnings.push(skipped(sheet, footer.row));
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
    /// A total, or words under headings that nobody asked for.
    Skipped,
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

    /// The cells of a row that say something: those of a column that a field claims, without the ordinal.
    fn content<'b>(&self, row: &'b SheetRow) -> impl Iterator<Item = &'b SheetCell> {
        let claimed = |cell: &&SheetCell| self.field(cell.column).is_some_and(|f| f != Field::Ordinal);
        row.cells.iter().filter(claimed)
    }

    fn field(&self, column: u32) -> Option<Field> {
        self.layout.matched.columns.iter().find(|known| known.column == column).map(|known| known.field)
    }

    fn shape(&self, row: &SheetRow) -> Shape {
        if self.layout.is_repeated(row, Field::Title) || is_number_row(row) {
            return Shape::Nothing;
        }
        if self.is_total(row) {
            return Shape::Skipped;
        }
        let ordinal = self.ordinal(row);
        if ordinal.is_none()
            && let Some(group) = self.numbered_elsewhere(row)
        {
            return Shape::Group(group);
        }
        let mut content = self.content(row);
        match (content.next(), content.next()) {
            (None, _) => self.without_content(row, ordinal),
            (Some(only), None) => self.lone(row, ordinal, only).map_or(Shape::Task, Shape::Group),
            _ => Shape::Task,
        }
    }

    /// A row that says nothing under the headings asked for: a heading beside them, a remark, or formulas
    /// and numbers that were filled down.
    fn without_content(&self, row: &SheetRow, ordinal: Option<&SheetCell>) -> Shape {
        let mut typed = row
            .cells
            .iter()
            .filter(|cell| Some(cell.column) != self.ordinal && !cell.formula && text(cell).is_some());
        match (typed.next(), typed.next()) {
            (None, _) => ordinal.map_or(Shape::Nothing, |cell| self.lone_ordinal(cell)),
            (Some(only), None) => self.lone(row, ordinal, only).map_or(Shape::Skipped, Shape::Group),
            _ => Shape::Skipped,
        }
    }

    /// A numeral and a title, where the numeral stands in a column of another or of no heading.
    fn numbered_elsewhere(&self, row: &SheetRow) -> Option<String> {
        let numeral = row.cells.first().filter(|cell| !cell.formula && cell_is_numeral(cell))?;
        let mut others = self.content(row).filter(|cell| cell.column != numeral.column);
        let (Some(title), None) = (others.next(), others.next()) else {
            return None;
        };
        let words = text(title).filter(|_| Some(title.column) == self.title && !title.formula)?;
        (numeral.column < title.column).then(|| heading_words(words))
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
            Some(cell) if !cell_is_numeral(cell) && !is_bullet(cell) => false,
            Some(_) => Some(only.column) == self.title || merged,
            None => {
                // "31/10/2024" under the deadline is no heading.
                let titled = self.field(only.column).is_none_or(|field| field == Field::Title);
                let coded = self.field(only.column) == Some(Field::Code);
                let numbered = (titled || coded) && without_numeral(words).is_some();
                merged || numbered || (titled && is_capitals(words))
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

    fn at<'b>(&self, row: &'b SheetRow, field: Field) -> Option<&'b SheetCell> {
        row.cell(self.layout.matched.column(field)?)
    }

    fn at_is_blank(&self, row: &SheetRow, field: Field) -> bool {
        self.at(row, field).is_none()
    }

    /// The number of rows that are tasks; those behind them are totals, remarks and signatures. A row
    /// that says anything only a task says is never one of these, however little else it says.
    fn tasks_end(&self, rows: &[&SheetRow]) -> usize {
        let last = rows.iter().rposition(|row| self.speaks_of_a_task(row));
        let open = last.map_or(0, |at| at + 1);
        let below = rows.iter().skip(open);
        let signed = below.clone().position(|row| self.is_signed(row)).map_or(rows.len(), |at| open + at);
        let remarks = rows.get(open..signed).unwrap_or_default();
        let kept = remarks.iter().rposition(|row| !self.is_remark(row));
        kept.map_or(open, |at| open + at + 1)
    }

    /// Whether a row is numbered, or has a value that reads as one of a task.
    fn speaks_of_a_task(&self, row: &SheetRow) -> bool {
        let reads = |field: Field, reads: &dyn Fn(&str) -> bool| {
            self.at(row, field).is_some_and(|cell| match &cell.value {
                CellValue::Text(words) => reads(&tidy(words)),
                CellValue::Date(_) => true,
                _ => false,
            })
        };
        let named = |field| self.at(row, field).is_some_and(|cell| !text(cell).is_some_and(is_signature));
        let titled = named(Field::Title);
        self.ordinal(row).is_some_and(cell_is_numeral)
            || named(Field::Code)
            || titled && (named(Field::Unit) || named(Field::Due) || named(Field::Status))
            || named(Field::Unit) && named(Field::Due)
            || reads(Field::Due, &|words| deadline::parse(words).is_ok())
            || reads(Field::CompletedOn, &|words| deadline::parse_date(words).is_ok())
            || reads(Field::Status, &|words| Status::from_words(words).is_some())
            || reads(Field::Product, &|words| ProductKind::from_words(words).is_some())
            || reads(Field::Category, &|words| Category::from_words(words).is_some())
    }

    /// Whether a row below the last task is where somebody signs; whoever does stands below it.
    fn is_signed(&self, row: &SheetRow) -> bool {
        self.content(row).count() <= 3 && row.cells.iter().filter_map(text).any(is_signature)
    }

    /// Whether a row below the last task is a remark: one cell, or one beside a blank title.
    fn is_remark(&self, row: &SheetRow) -> bool {
        let decisive = [Field::Code, Field::Unit, Field::Due, Field::Status, Field::CompletedOn];
        let merged = |cell: &SheetCell| self.sheet.wide_merge(row.number, cell.column).is_some();
        let cells = self.content(row).count();
        let few = cells <= 1 || (cells == 2 && self.at_is_blank(row, Field::Title));
        decisive.iter().all(|field| self.at_is_blank(row, *field)) && (few || row.cells.iter().all(merged))
    }
}

/// Whether a row's first words are those of a total. Accents count: a "Tổng công ty" is a unit.
pub fn names_a_total(words: &str) -> bool {
    let words = key(words);
    [key("tổng cộng"), key("tổng số")].iter().any(|start| words.starts_with(start))
}

/// How the block below a sheet begins: to whom it goes and who signs.
fn is_signature(words: &str) -> bool {
    const STARTS: [&str; 16] = [
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
        "ghi chú:",
        "lưu ý:",
        "(ký",
    ];
    let words = key(words);
    let place_and_day = key(", ngày ");
    STARTS.iter().any(|start| words.starts_with(&key(start))) || words.contains(&place_and_day)
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

/// A mark before a heading in place of its numeral.
fn is_bullet(cell: &SheetCell) -> bool {
    text(cell).is_some_and(|words| matches!(words, "*" | "-" | "+" | "•" | "–" | "—"))
}

fn heading_words(words: &str) -> String {
    let words = tidy(words);
    without_numeral(&words).map(str::to_string).unwrap_or(words)
}

fn is_capitals(words: &str) -> bool {
    words.chars().any(char::is_uppercase) && !words.chars().any(char::is_lowercase)
}

/// Whether words are a running number: `1`, `1.2`, `IV.`, `a)`, `(3)`, `B.1`.
pub fn is_numeral(words: &str) -> bool {
    let plain = words.trim().trim_matches(['(', ')', '[', ']', '.', '/', ':', '-', ',']);
    let digits = !plain.is_empty()
        && plain.split(['.', '-']).all(|part| part.len() <= 5 && part.chars().all(|c| c.is_ascii_digit()));
    let letters = plain.chars().count() == 1 && plain.chars().all(char::is_alphabetic);
    let figures = |part: &str| part.chars().all(|c| c.is_ascii_digit());
    let mixed = plain.split('.').all(|part| is_roman(part) || figures(part));
    let below_letter = plain.split_once('.').is_some_and(|(letter, rest)| {
        letter.chars().count() == 1
            && letter.chars().all(char::is_uppercase)
            && rest.split('.').all(|part| !part.is_empty() && figures(part))
    });
    digits || letters || below_letter || (!plain.is_empty() && (is_roman(plain) || mixed))
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
        for words in ["1", "12.", "1.2", "IV", "a)", "(3)", "A", "II.1", "I.", "1-2", "B.1", "Đ.2"] {
            assert!(is_numeral(words), "{words}");
        }
        for words in ["", "Vụ", "2024/1", "12/TB", "LĨNH VỰC", ".", "T.P"] {
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
