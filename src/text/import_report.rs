//! What an import did, worded line by line.

use chrono::NaiveDate;
use serde_json::Value;

use super::{Lang, date, imports, number, vocabulary};
use crate::domain::task::{Category, ProductKind, Status};
use crate::imports::fields::Field;
use crate::imports::rows::faults::{Fault, Warning};
use crate::imports::{Conflict, HeadingReport, ImportReport};

/// The line that counts.
pub fn summary(lang: Lang, report: &ImportReport, dry_run: bool) -> String {
    let [rows, created, changed, unchanged, units] =
        [report.rows, report.created, report.changed, report.unchanged, report.units_created.len()]
            .map(|n| whole(lang, n));
    match (lang, report.refused, dry_run) {
        (Lang::Vi, true, _) => {
            format!(
                "Tệp bị từ chối: {} lỗi trong {rows} dòng nhiệm vụ. Chưa ghi gì.",
                whole(lang, report.faults.len())
            )
        }
        (Lang::En, true, _) => {
            format!(
                "The file is refused: {} faults in {rows} rows. Nothing was written.",
                whole(lang, report.faults.len())
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

fn whole(lang: Lang, n: usize) -> String {
    number(lang, u64::try_from(n).unwrap_or(u64::MAX))
}

/// Everything else a person should know: faults, conflicts, warnings, units made.
pub fn remarks(lang: Lang, report: &ImportReport) -> Vec<String> {
    let faults = report.faults.iter().map(|fault| fault_line(lang, fault));
    let conflicts = report.conflicts.iter().map(|conflict| conflict_line(lang, conflict));
    let warnings = report.warnings.iter().map(|warning| warning_line(lang, warning));
    let units = |names: &[String], vi: &str, en: &str| {
        let head = if lang == Lang::Vi { vi } else { en };
        (!names.is_empty()).then(|| format!("{head}: {}", names.join("; ")))
    };
    let made = units(&report.units_created, "Đơn vị tạo mới", "Units created");
    let changed = units(&report.units_changed, "Đơn vị thay đổi", "Units changed");
    faults.chain(conflicts).chain(warnings).chain(made).chain(changed).collect()
}

/// What the headings were taken for, sheet by sheet; those that are not imported, with guesses; and the
/// sheets that are not read.
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
    headings.iter().map(|sheet| understood(lang, sheet)).chain(columns).chain(sheets).collect()
}

/// "Nhiệm vụ (tiêu đề dòng 6): Mã nhiệm vụ → code; …"
fn understood(lang: Lang, sheet: &HeadingReport) -> String {
    let columns = imports::understood_headings(&sheet.recognised);
    match lang {
        Lang::Vi => format!("{} (tiêu đề dòng {}): {columns}", sheet.sheet, sheet.row),
        Lang::En => format!("{} (heading in row {}): {columns}", sheet.sheet, sheet.row),
    }
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
    let Some(field) = &conflict.field else {
        return match lang {
            Lang::Vi => "nhiệm vụ đã bị xóa trong hệ thống, không nhập lại.".to_owned(),
            Lang::En => "the task was deleted in the product and stays so.".to_owned(),
        };
    };
    let field = Field::from_code(field).map_or(field.as_str(), |f| imports::field(lang, f));
    let [in_sheet, in_product] = [&conflict.in_sheet, &conflict.in_product].map(|side| value(lang, side));
    match lang {
        Lang::Vi => format!(
            "{field} đã được sửa trong hệ thống sau lần nhập trước: giữ “{in_product}”, tệp ghi “{in_sheet}”."
        ),
        Lang::En => format!(
            "{field} was changed in the product since the last import: “{in_product}” stays, the sheet says “{in_sheet}”."
        ),
    }
}

/// A stored value as a person reads it: words for codes, dates as an official writes them.
pub fn value(lang: Lang, stored: &Value) -> String {
    match stored {
        Value::Null => String::new(),
        Value::String(text) => word(lang, text),
        Value::Array(items) => items.iter().map(|item| value(lang, item)).collect::<Vec<_>>().join("; "),
        Value::Object(parts) => {
            let told = ["words", "status", "completed_on", "cancelled_on"];
            let shown = told.iter().filter_map(|name| parts.get(*name)).map(|part| value(lang, part));
            shown.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
        }
        other => other.to_string(),
    }
}

fn word(lang: Lang, text: &str) -> String {
    let day = text.parse::<NaiveDate>().ok().map(date);
    let status = || Status::from_code(text).map(|s| vocabulary::status(lang, s).to_owned());
    let category = || Category::from_code(text).map(|c| vocabulary::category(lang, c).to_owned());
    let product = || ProductKind::from_code(text).map(|p| vocabulary::product(lang, p).to_owned());
    day.or_else(status).or_else(category).or_else(product).unwrap_or_else(|| text.to_owned())
}

fn place(lang: Lang, sheet: &str, row: u32) -> String {
    match lang {
        Lang::Vi => format!("{sheet}, dòng {row}"),
        Lang::En => format!("{sheet}, row {row}"),
    }
}
