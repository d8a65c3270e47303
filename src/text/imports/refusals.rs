//! The sentences about workbooks that are refused whole.

use super::field;
use crate::imports::fields::Field;
use crate::imports::refusal::{Found, Refusal, SheetProblem, Unrecognised};
use crate::text::Lang;

/// Why a whole file is refused, and what to do about it.
pub fn refusal(lang: Lang, refusal: &Refusal) -> String {
    match lang {
        Lang::Vi => refusal_vi(refusal),
        Lang::En => refusal_en(refusal),
    }
}

fn megabytes(bytes: u64) -> u64 {
    bytes / 1024 / 1024
}

fn refusal_vi(refusal: &Refusal) -> String {
    match refusal {
        Refusal::TooLarge { limit } => format!("Tệp lớn hơn {} MB.", megabytes(*limit)),
        Refusal::NotXlsx(found) => format!("{} Cần tệp Excel .xlsx.", found_vi(*found)),
        Refusal::TooManyParts { limit } => {
            format!("Tệp có hơn {limit} thành phần bên trong, không phải bảng tính bình thường.")
        }
        Refusal::Unpacked { limit } => {
            format!("Nội dung tệp khi giải nén lớn hơn {} MB. Xóa định dạng ở các dòng, cột trống.", megabytes(*limit))
        }
        Refusal::Ratio { part } | Refusal::Suspicious { part } => {
            format!("Thành phần “{part}” của tệp không giống của bảng tính nào; tệp bị từ chối vì an toàn.")
        }
        Refusal::Damaged { detail } => {
            format!("Không đọc được tệp ({detail}). Mở tệp bằng Excel, lưu lại dạng .xlsx rồi thử lại.")
        }
        Refusal::Beyond { sheet, cell, rows, columns } => format!(
            "Trang tính “{sheet}” có dữ liệu ở ô {cell}, ngoài {rows} dòng và {columns} cột được đọc. Xóa ô đó hoặc chia tệp."
        ),
        Refusal::TooManyCells { limit } => format!("Tệp có hơn {limit} ô có dữ liệu. Chia tệp thành nhiều phần."),
        Refusal::NoTaskSheet { best: None } => {
            "Không có trang tính nào có dòng tiêu đề của danh mục nhiệm vụ: cần các cột nội dung nhiệm vụ, đơn vị chủ trì, thời hạn.".into()
        }
        Refusal::NoTaskSheet { best: Some(problem) } => problem_text(Lang::Vi, problem),
        Refusal::Ambiguous { sheet, field: meant, headings } => format!(
            "Trang tính “{sheet}” có nhiều cột cùng có thể là {}: {}. Chọn cột bằng --map \"TIÊU ĐỀ={}\", bỏ cột kia bằng --map \"TIÊU ĐỀ=ignore\"; cột trùng tiêu đề thì ghi chữ cái của cột.",
            field(Lang::Vi, *meant),
            listed(headings),
            meant.code()
        ),
        Refusal::MapUnused { heading } => format!("--map nêu tiêu đề “{heading}” nhưng không trang tính nào có tiêu đề đó."),
    }
}

fn found_vi(found: Found) -> &'static str {
    match found {
        Found::Xls => "Đây là tệp Excel kiểu cũ (.xls).",
        Found::Encrypted => "Tệp có đặt mật khẩu.",
        Found::Xlsb => "Đây là tệp Excel nhị phân (.xlsb).",
        Found::Ods => "Đây là tệp OpenDocument (.ods).",
        Found::Zip => "Đây là tệp nén, không phải bảng tính.",
        Found::Other => "Đây không phải bảng tính Excel.",
    }
}

fn refusal_en(refusal: &Refusal) -> String {
    match refusal {
        Refusal::TooLarge { limit } => format!("The file is larger than {} MB.", megabytes(*limit)),
        Refusal::NotXlsx(found) => format!("{} An Excel .xlsx file is needed.", found_en(*found)),
        Refusal::TooManyParts { limit } => format!("The file has more than {limit} parts; no workbook has."),
        Refusal::Unpacked { limit } => {
            format!(
                "Unpacked, the file is larger than {} MB. Clear the formats of blank rows and columns.",
                megabytes(*limit)
            )
        }
        Refusal::Ratio { part } | Refusal::Suspicious { part } => {
            format!("The file's part “{part}” is like no workbook's; the file is refused for safety.")
        }
        Refusal::Damaged { detail } => {
            format!("The file can't be read ({detail}). Open it in Excel, save it as .xlsx and try again.")
        }
        Refusal::Beyond { sheet, cell, rows, columns } => format!(
            "Sheet “{sheet}” has content in cell {cell}, beyond the {rows} rows and {columns} columns that are read. Clear it or split the file."
        ),
        Refusal::TooManyCells { limit } => {
            format!("The file has more than {limit} cells with content. Split it.")
        }
        Refusal::NoTaskSheet { best: None } => {
            "No sheet has a heading row of tasks: columns for title, lead unit and deadline are needed."
                .into()
        }
        Refusal::NoTaskSheet { best: Some(problem) } => problem_text(Lang::En, problem),
        Refusal::Ambiguous { sheet, field: meant, headings } => format!(
            "In sheet “{sheet}” several columns may be the {}: {}. Choose one by --map \"HEADING={}\" and leave the other out by --map \"HEADING=ignore\"; where headings are the same, write the column's letter.",
            field(Lang::En, *meant),
            listed(headings),
            meant.code()
        ),
        Refusal::MapUnused { heading } => format!("--map names the heading “{heading}”, which no sheet has."),
    }
}

fn found_en(found: Found) -> &'static str {
    match found {
        Found::Xls => "This is an old Excel file (.xls).",
        Found::Encrypted => "The file is locked by a password.",
        Found::Xlsb => "This is a binary Excel file (.xlsb).",
        Found::Ods => "This is an OpenDocument file (.ods).",
        Found::Zip => "This is a zip file, not a workbook.",
        Found::Other => "This is not an Excel workbook.",
    }
}

fn listed(headings: &[(String, String)]) -> String {
    let named: Vec<String> = headings.iter().map(|(heading, cell)| format!("“{heading}” ({cell})")).collect();
    named.join(", ")
}

fn problem_text(lang: Lang, problem: &SheetProblem) -> String {
    let SheetProblem { sheet, row, missing, unrecognised, recognised } = problem;
    let names: Vec<String> =
        missing.iter().map(|wanted| format!("{} ({})", field(lang, *wanted), wanted.code())).collect();
    let names = names.join(", ");
    let others: Vec<String> =
        unrecognised.iter().map(|heading| unrecognised_heading(lang, heading)).collect();
    let others = if others.is_empty() { "–".to_string() } else { others.join("; ") };
    let known = if recognised.is_empty() { "–".to_string() } else { understood_headings(recognised) };
    let code = missing.first().map_or("title", |field| field.code());
    match lang {
        Lang::Vi => format!(
            "Trang tính “{sheet}” (tiêu đề ở dòng {row}) thiếu cột bắt buộc: {names}. Các tiêu đề chưa nhận ra: {others}; đã hiểu: {known}. Chỉ rõ bằng --map \"TIÊU ĐỀ={code}\"."
        ),
        Lang::En => format!(
            "Sheet “{sheet}” (heading in row {row}) lacks the columns: {names}. Headings not recognised: {others}; understood: {known}. Settle it by --map \"HEADING={code}\"."
        ),
    }
}

/// The headings that are understood, each with the code of its field: "Mã nhiệm vụ → code; …".
pub fn understood_headings(recognised: &[(String, String, Field)]) -> String {
    let named: Vec<String> =
        recognised.iter().map(|(heading, _, field)| format!("{heading} → {}", field.code())).collect();
    named.join("; ")
}

/// A heading that was not recognised, with its guess.
pub fn unrecognised_heading(lang: Lang, heading: &Unrecognised) -> String {
    let Unrecognised { heading, cell, guess } = heading;
    match (lang, guess) {
        (Lang::Vi, Some(guess)) => {
            format!("“{heading}” ({cell}), có thể là {} ({})", field(lang, *guess), guess.code())
        }
        (Lang::En, Some(guess)) => {
            format!("“{heading}” ({cell}), perhaps the {} ({})", field(lang, *guess), guess.code())
        }
        (_, None) => format!("“{heading}” ({cell})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_without_its_columns_is_told_how_to_go_on() {
        let unrecognised = vec![Unrecognised {
            heading: "Ai làm".to_string(),
            cell: "B4".to_string(),
            guess: Some(Field::Unit),
        }];
        let missing = vec![Field::Unit];
        let recognised = vec![("Thời hạn".to_string(), "C4".to_string(), Field::Due)];
        let problem = SheetProblem { sheet: "Việc".to_string(), row: 4, missing, unrecognised, recognised };
        assert_eq!(
            refusal(Lang::Vi, &Refusal::NoTaskSheet { best: Some(problem) }),
            "Trang tính “Việc” (tiêu đề ở dòng 4) thiếu cột bắt buộc: đơn vị chủ trì (unit). Các tiêu đề chưa nhận ra: “Ai làm” (B4), có thể là đơn vị chủ trì (unit); đã hiểu: Thời hạn → due. Chỉ rõ bằng --map \"TIÊU ĐỀ=unit\"."
        );
    }
}
