//! A cell of a sheet: what it is, and how it looks.

use rust_xlsxwriter::{ColNum, Format, FormatAlign, FormatBorder, RowNum, Worksheet, XlsxError};

use crate::documents::model::{Cell, Column};
use crate::documents::report::shown;

/// The one typeface.
pub(super) const FONT: &str = "Times New Roman";

/// A line's height and the greatest of a row, in points.
const LINE: f64 = 17.0;
const MOST_HEIGHT: f64 = 400.0;

/// The looks of a sheet's cells, made once.
pub(super) struct Looks {
    pub heading: Format,
    text: Format,
    count: Format,
    change: Format,
    rate: Format,
    points: Format,
    date: Format,
    dash: Format,
}

pub(super) fn plain() -> Format {
    Format::new()
        .set_font_name(FONT)
        .set_font_size(12)
        .set_border(FormatBorder::Thin)
        .set_align(FormatAlign::VerticalCenter)
}

impl Default for Looks {
    fn default() -> Self {
        Self {
            heading: Self::heading(),
            text: plain().set_text_wrap(),
            count: plain().set_num_format("#,##0"),
            change: plain().set_num_format("+#,##0;-#,##0;0"),
            rate: plain().set_num_format("0.0%"),
            points: plain().set_num_format("0.0"),
            date: plain().set_num_format("dd/mm/yyyy").set_align(FormatAlign::Center),
            dash: plain().set_align(FormatAlign::Center),
        }
    }
}

impl Looks {
    /// How a cell looks.
    pub fn of(&self, cell: &Cell) -> &Format {
        match cell {
            Cell::Blank | Cell::Text(_) => &self.text,
            Cell::Dash => &self.dash,
            Cell::Number(_) | Cell::Days(_) => &self.count,
            Cell::Change(_) => &self.change,
            Cell::Tenths(_) => &self.rate,
            Cell::Points(_) => &self.points,
            Cell::Date(_) => &self.date,
        }
    }
}

/// Writes a cell as what it is.
pub(super) fn put(
    sheet: &mut Worksheet,
    row: RowNum,
    column: ColNum,
    cell: &Cell,
    look: &Format,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Blank => sheet.write_blank(row, column, look)?,
        Cell::Dash => sheet.write_string_with_format(row, column, shown(cell), look)?,
        Cell::Text(text) => sheet.write_string_with_format(row, column, text, look)?,
        Cell::Number(n) => sheet.write_number_with_format(row, column, *n as f64, look)?,
        Cell::Change(n) => sheet.write_number_with_format(row, column, *n as f64, look)?,
        Cell::Days(n) => sheet.write_number_with_format(row, column, *n, look)?,
        Cell::Tenths(n) => sheet.write_number_with_format(row, column, f64::from(*n) / 1_000.0, look)?,
        Cell::Points(n) => sheet.write_number_with_format(row, column, f64::from(*n) / 10.0, look)?,
        Cell::Date(day) => sheet.write_date_with_format(row, column, *day, look)?,
    };
    Ok(())
}

/// The height that the words of a row need in points: no program that opens the file has to guess it.
pub(super) fn height<'a>(cells: impl Iterator<Item = (&'a str, u16)>) -> f64 {
    let lines = |(text, millimetres): (&str, u16)| {
        let room = (width(millimetres) * 0.9).max(1.0);
        text.split('\n').map(|line| (line.chars().count() as f64 / room).ceil().max(1.0)).sum::<f64>()
    };
    (cells.map(lines).fold(1.0, f64::max) * LINE).min(MOST_HEIGHT)
}

/// The words of cells beside the widths of their columns.
pub(super) fn texts<'a>(cells: &'a [Cell], columns: &'a [Column]) -> impl Iterator<Item = (&'a str, u16)> {
    cells.iter().zip(columns).filter_map(|(cell, column)| match cell {
        Cell::Text(text) => Some((text.as_str(), column.width)),
        _ => None,
    })
}

/// The headings of columns beside their widths.
pub(super) fn headings(columns: &[Column]) -> impl Iterator<Item = (&str, u16)> {
    columns.iter().map(|column| (column.heading.as_str(), column.width))
}

/// A width of millimetres in characters of a sheet.
pub(super) fn width(millimetres: u16) -> f64 {
    (f64::from(millimetres) / 2.0).clamp(5.0, 100.0)
}
