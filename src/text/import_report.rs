//! What an import did, worded line by line.

use super::{Lang, imports, number};
use crate::imports::rows::faults::{Fault, Warning};
use crate::imports::{Conflict, HeadingReport, ImportReport};

/// The line that counts.
pub fn summary(lang: Lang, report: &ImportReport, dry_run: bool) -> String {
    let [rows, created, changed, unchanged, units] =
        [report.rows, report.created, report.changed, report.unchanged, report.units_created.len()]
            .map(whole);
    match (lang, report.refused, dry_run) {
        (Lang::Vi, true, _) => {
            format!(
                "Tệp bị từ chối: {} lỗi trong {rows} dòng nhiệm vụ. Chưa ghi gì.",
                whole(report.faults.len())
            )
        }
        (Lang::En, true, _) => {
            format!(
                "The file is refused: {} faults in {rows} rows. Nothing was written.",
                whole(report.faults.len())
            )
        }
        (Lang::Vi, false, dry) => format!(
            "{}{rows} dòng nhiệm vụ: {created} tạo mới, {changed} thay đổi, {unchanged} không đổi; {units} đơn vị tạo mới.",
            if dry { "Chạy thử, chưa ghi gì. " } else { "" }
        ),
        (Lang::En, false, dry) => format!(
            "{}{rows} rows: {created} created, {changed} changed, {unchanged} unchanged; {units} units created.",
            if dry { "Dry run, nothing was written. " } else { "" }
        ),
    }
}

fn whole(n: usize) -> String {
    number(u64::try_from(n).unwrap_or(u64::MAX))
}

/// Everything else a person should know: faults, conflicts, warnings, units made.
pub fn remarks(lang: Lang, report: &ImportReport) -> Vec<String> {
    let faults = report.faults.iter().map(|fault| fault_line(lang, fault));
    let conflicts = report.conflicts.iter().map(|conflict| conflict_line(lang, conflict));
    let warnings = report.warnings.iter().map(|warning| warning_line(lang, warning));
    let units = (!report.units_created.is_empty()).then(|| {
        let names = report.units_created.join("; ");
        match lang {
            Lang::Vi => format!("Đơn vị tạo mới: {names}"),
            Lang::En => format!("Units created: {names}"),
        }
    });
    faults.chain(conflicts).chain(warnings).chain(units).collect()
}

/// The headings that are not imported, with guesses, and the sheets that are not read.
pub fn not_read(lang: Lang, headings: &[HeadingReport], ignored_sheets: &[String]) -> Vec<String> {
    let columns = headings.iter().flat_map(|sheet| {
        sheet.unrecognised.iter().map(move |heading| {
            let heading = imports::unrecognised_heading(lang, heading);
            match lang {
                Lang::Vi => {
                    format!("{}: không nhập cột {heading}; chọn bằng --map \"TIÊU ĐỀ=TRƯỜNG\".", sheet.sheet)
                }
                Lang::En => format!(
                    "{}: column {heading} is not imported; settle it by --map \"HEADING=FIELD\".",
                    sheet.sheet
                ),
            }
        })
    });
    let sheets = ignored_sheets.iter().map(|sheet| match lang {
        Lang::Vi => format!("Không đọc trang tính “{sheet}”: không phải danh mục nhiệm vụ hay đơn vị."),
        Lang::En => format!("Sheet “{sheet}” is not read: it lists neither tasks nor units."),
    });
    columns.chain(sheets).collect()
}

fn fault_line(lang: Lang, fault: &Fault) -> String {
    let (field, what) = (imports::field(lang, fault.field), imports::fault(lang, &fault.kind));
    let value = if fault.value.is_empty() { String::new() } else { format!(" “{}”", fault.value) };
    format!("{}, {} ({field}){value}: {what}", place(lang, &fault.sheet, fault.row), fault.cell)
}

fn warning_line(lang: Lang, warning: &Warning) -> String {
    let what = imports::warning(lang, &warning.kind);
    let mark = match lang {
        Lang::Vi => "Lưu ý",
        Lang::En => "Note",
    };
    format!("{mark}: {}, {}: {what}", place(lang, &warning.sheet, warning.row), warning.cell)
}

fn conflict_line(lang: Lang, conflict: &Conflict) -> String {
    format!(
        "{}, {}: {}",
        place(lang, &conflict.sheet, conflict.row),
        conflict.code,
        conflict_message(lang, conflict)
    )
}

/// What a conflict says: the values of both sides, and whose stands.
pub fn conflict_message(lang: Lang, conflict: &Conflict) -> String {
    let Conflict { in_sheet, in_product, field, .. } = conflict;
    let field =
        crate::imports::fields::Field::from_code(field).map_or(field.as_str(), |f| imports::field(lang, f));
    match lang {
        Lang::Vi => format!(
            "{field} đã được sửa trong hệ thống sau lần nhập trước: giữ “{in_product}”, tệp ghi “{in_sheet}”."
        ),
        Lang::En => format!(
            "{field} was changed in the product since the last import: “{in_product}” stays, the sheet says “{in_sheet}”."
        ),
    }
}

fn place(lang: Lang, sheet: &str, row: u32) -> String {
    match lang {
        Lang::Vi => format!("{sheet}, dòng {row}"),
        Lang::En => format!("{sheet}, row {row}"),
    }
}
