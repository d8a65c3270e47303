//! The tables of a document as Excel opens them: one sheet a table, real numbers and dates, the drawn series as a chart.
//!
//! What must stay true: words are written as words and never become formulas; equal documents are equal bytes.

mod cells;
pub mod stream;

use rust_xlsxwriter::{
    Chart as Drawn, ChartFont, ChartLegendPosition, ChartType, DocProperties, ExcelDateTime, Format,
    FormatAlign, Workbook, Worksheet, XlsxError,
};

use super::model::{Chart, Document, Table};
use crate::error::{Error, Result};
use cells::{FONT, Looks, put};
use chrono::{Datelike, NaiveDate};

/// The media type of the file.
pub const MEDIA_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A4, as print set-ups count papers.
const A4: u8 = 9;
/// A chart's size in pixels.
const CHART: (u32, u32) = (760, 320);

fn failed(error: XlsxError) -> Error {
    Error::Internal(format!("a workbook can't be written: {error}"))
}

/// The file.
///
/// # Errors
/// A sheet's name that no workbook takes, or two of one name.
pub fn xlsx(document: &Document) -> Result<Vec<u8>> {
    let mut book = Workbook::new();
    book.set_properties(&properties(document).map_err(failed)?);
    let looks = Looks::default();
    for table in document.tables() {
        sheet(book.add_worksheet(), table, &looks).map_err(failed)?;
    }
    book.save_to_buffer().map_err(failed)
}

fn properties(document: &Document) -> std::result::Result<DocProperties, XlsxError> {
    Ok(DocProperties::new()
        .set_title(document.heading.subject())
        .set_author(&document.letterhead.issuer)
        .set_creation_datetime(&day(document.letterhead.dated)?))
}

fn day(day: NaiveDate) -> std::result::Result<ExcelDateTime, XlsxError> {
    let year = u16::try_from(day.year()).unwrap_or_default();
    ExcelDateTime::from_ymd(year, day.month0() as u8 + 1, day.day0() as u8 + 1)
}

/// Caption, headings, rows, totals. All are few: a briefing's tables are no export.
fn sheet(sheet: &mut Worksheet, table: &Table, looks: &Looks) -> std::result::Result<(), XlsxError> {
    sheet.set_name(&table.sheet)?;
    let mut row = 0;
    if let Some(caption) = &table.caption {
        let format = Format::new().set_font_name(FONT).set_font_size(13).set_bold();
        sheet.write_string_with_format(row, 0, caption, &format)?;
        row += 1;
    }
    let headings = row;
    prepare(sheet, table, headings)?;
    sheet.set_row_height(row, cells::height(cells::headings(&table.columns)))?;
    for (at, column) in (0..).zip(&table.columns) {
        sheet.write_string_with_format(row, at, &column.heading, &looks.heading)?;
    }
    for values in &table.rows {
        row += 1;
        sheet.set_row_height(row, cells::height(cells::texts(values, &table.columns)))?;
        for (at, cell) in (0..).zip(values) {
            put(sheet, row, at, cell, looks.of(cell))?;
        }
    }
    let last = row;
    for (at, cell) in (0..).zip(table.totals.iter().flatten()) {
        put(sheet, last + 1, at, cell, &looks.of(cell).clone().set_bold())?;
    }
    if let Some(chart) = &table.chart {
        let drawn = draw(table, chart, headings, last);
        let beside = u16::try_from(table.columns.len() + 1).unwrap_or(u16::MAX);
        sheet.insert_chart(headings, beside, &drawn)?;
    }
    Ok(())
}

/// Widths, headings that stay in sight and come again on every page, A4 on its side.
fn prepare(sheet: &mut Worksheet, table: &Table, headings: u32) -> std::result::Result<(), XlsxError> {
    for (at, column) in (0..).zip(&table.columns) {
        sheet.set_column_width(at, cells::width(column.width))?;
    }
    print_set_up(sheet, headings)
}

/// A4 on its side, one page wide, headings on every page, the page's number below.
fn print_set_up(sheet: &mut Worksheet, headings: u32) -> std::result::Result<(), XlsxError> {
    sheet.set_freeze_panes(headings + 1, 0)?;
    sheet.set_repeat_rows(headings, headings)?;
    sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
    sheet.set_footer(format!("&C&\"{FONT},Regular\"&P/&N"));
    Ok(())
}

fn draw(table: &Table, chart: &Chart, headings: u32, last: u32) -> Drawn {
    let name = table.sheet.as_str();
    let mut font = ChartFont::new();
    font.set_name(FONT);
    let mut drawn = Drawn::new(ChartType::Line);
    for column in &chart.series {
        let column = u16::try_from(*column).unwrap_or(u16::MAX);
        drawn
            .add_series()
            .set_name((name, headings, column))
            .set_categories((name, headings + 1, 0, last, 0))
            .set_values((name, headings + 1, column, last, column));
    }
    drawn.title().set_name(&chart.title).set_font(&font);
    drawn.legend().set_position(ChartLegendPosition::Bottom).set_font(&font);
    drawn.x_axis().set_font(&font);
    drawn.y_axis().set_font(&font);
    drawn.set_width(CHART.0).set_height(CHART.1);
    drawn
}

impl Looks {
    fn heading() -> Format {
        cells::plain().set_bold().set_text_wrap().set_align(FormatAlign::Center)
    }
}
