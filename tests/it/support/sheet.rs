//! Workbooks made on the spot, and their import.

use dondoc::imports::{self, ImportFile, ImportReport, Options};
use rust_xlsxwriter::Workbook;

use super::TestApp;

/// How most imports are done.
pub const PLAIN: Options = Options { dry_run: false, create_units: false, skip_faulty: false };

/// The bytes of a workbook of these sheets: name, then rows of cells; the first row is the heading.
pub fn workbook(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for (name, rows) in sheets {
        let sheet = workbook.add_worksheet().set_name(*name).unwrap();
        for (y, row) in rows.iter().enumerate() {
            for (x, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
                sheet.write_string(u32::try_from(y).unwrap(), u16::try_from(x).unwrap(), *cell).unwrap();
            }
        }
    }
    workbook.save_to_buffer().unwrap()
}

/// Imports bytes under a file's name.
pub fn import_bytes(test: &TestApp, slug: &str, name: &str, bytes: &[u8], options: Options) -> ImportReport {
    let workbook = imports::open(bytes, &[]).unwrap_or_else(|refusal| panic!("{name}: {refusal:?}"));
    let file = ImportFile::new(name.to_owned(), bytes, workbook);
    test.act(slug, |conn, settings| imports::import(conn, &file, options, settings.today(&test.app.clock)))
        .unwrap()
}

/// Imports one sheet of tasks.
pub fn import_tasks(test: &TestApp, slug: &str, rows: &[&[&str]]) -> ImportReport {
    import_bytes(test, slug, "tasks.xlsx", &workbook(&[("Nhiệm vụ", rows)]), PLAIN)
}

/// Rows, created, changed, unchanged.
pub fn counts(report: &ImportReport) -> [usize; 4] {
    [report.rows, report.created, report.changed, report.unchanged]
}
