//! A cell of a sheet: what it is, and how it looks.

use rust_xlsxwriter::{ColNum, Format, FormatAlign, FormatBorder, RowNum, Worksheet, XlsxError};

use crate::documents::model::Cell;
use crate::documents::report::shown;

/// The one typeface.
pub(super) const FONT: &str = "Times New Roman";

/// The looks of a sheet's cells, made once.
pub(super) struct Looks {
    pub heading: Format,
    text: Format,
    count: Format,
    change: Format,
    rate: Format,
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
        Cell::Date(day) => sheet.write_date_with_format(row, column, *day, look)?,
    };
    Ok(())
}

/// A width of millimetres in characters of a sheet.
pub(super) fn width(millimetres: u16) -> f64 {
    (f64::from(millimetres) / 2.0).clamp(5.0, 100.0)
}
