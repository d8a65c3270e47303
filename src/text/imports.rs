//! The sentences about imported workbooks: each says what is wrong and what is expected instead.

mod refusals;

pub use refusals::{refusal, understood_headings, unrecognised_heading};

use super::Lang;
use crate::domain::deadline::DateFault;
use crate::imports::fields::Field;
use crate::imports::maps::MapFault;
use crate::imports::rows::faults::{FaultKind, WarningKind};

/// A field as a person calls it.
pub fn field(lang: Lang, field: Field) -> &'static str {
    match lang {
        Lang::Vi => field.names().0,
        Lang::En => field.names().1,
    }
}

/// What is wrong with a cell and what is expected there.
pub fn fault(lang: Lang, kind: &FaultKind) -> String {
    match lang {
        Lang::Vi => fault_vi(kind),
        Lang::En => fault_en(kind),
    }
}

const FORMS_VI: &str =
    "Ghi ngày dd/MM/yyyy, \"Tháng 12/2024\", \"Quý IV/2024\", \"Năm 2024\" hoặc \"Thường xuyên\".";
const FORMS_EN: &str =
    "Write a date dd/MM/yyyy, \"Tháng 12/2024\", \"Quý IV/2024\", \"Năm 2024\" or \"Thường xuyên\".";

fn fault_vi(kind: &FaultKind) -> String {
    match kind {
        FaultKind::Missing => "Ô này không được để trống.".into(),
        FaultKind::BlankCode => "Trang tính có cột mã thì dòng nào cũng phải có mã nhiệm vụ.".into(),
        FaultKind::Repeated { sheet, row } => {
            format!("Đã dùng ở dòng {row} của trang tính “{sheet}”. Mỗi dòng phải có một giá trị riêng.")
        }
        FaultKind::NoUnit => "Chưa ghi đơn vị chủ trì. Ghi đúng một đơn vị.".into(),
        FaultKind::ManyUnits => {
            "Có hơn một đơn vị chủ trì. Ghi đúng một đơn vị; các đơn vị khác ghi ở cột phối hợp.".into()
        }
        FaultKind::UnknownUnit { name } => format!(
            "Không có đơn vị “{name}”. Ghi tên đầy đủ hoặc tên viết tắt như trong danh mục đơn vị; nhiều đơn vị phối hợp cách nhau bằng dấu chấm phẩy hoặc xuống dòng."
        ),
        FaultKind::AmbiguousUnit { name } => {
            format!("Có hai đơn vị cùng tên “{name}”. Ghi tên đầy đủ của đơn vị.")
        }
        FaultKind::Deadline(fault) => format!("{} {FORMS_VI}", date_fault_vi(*fault, "thời hạn")),
        FaultKind::Date(fault) => format!("{} Ghi ngày dd/MM/yyyy.", date_fault_vi(*fault, "ngày")),
        FaultKind::BareNumber => {
            "Ô chứa một con số, không phải ngày. Ghi ngày dd/MM/yyyy hoặc định dạng ô là ngày.".into()
        }
        FaultKind::ExtensionWithoutDate => {
            "Gia hạn phải đến một ngày. Ghi ngày dd/MM/yyyy, \"Tháng 12/2024\" hoặc \"Quý IV/2024\".".into()
        }
        FaultKind::ExtensionTooEarly => {
            "Gia hạn đến trước thời hạn gốc. Ngày gia hạn phải từ thời hạn gốc trở đi.".into()
        }
        FaultKind::NoCompletion => "Nhiệm vụ ghi hoàn thành mà không có ngày hoàn thành dd/MM/yyyy.".into(),
        FaultKind::CompletedTooEarly => {
            "Ngày hoàn thành trước ngày giao. Ngày hoàn thành phải từ ngày giao trở đi.".into()
        }
        FaultKind::UnknownWord { field } => {
            format!("Không hiểu từ này. Ghi một trong: {}.", words_of(*field))
        }
        FaultKind::NotPercent => "Không phải tỷ lệ phần trăm. Ghi một số từ 0 đến 100.".into(),
        FaultKind::NotMailbox => {
            "Không phải địa chỉ thư điện tử. Ghi địa chỉ như ten@coquan.gov.vn hoặc để trống.".into()
        }
        FaultKind::Formula => "Ô chứa công thức. Ghi giá trị thay cho công thức.".into(),
        FaultKind::ErrorValue => "Ô báo lỗi của bảng tính. Ghi giá trị đúng.".into(),
        FaultKind::TooLong { limit } => format!("Quá dài. Nhiều nhất {limit} ký tự."),
        FaultKind::ControlCharacter => "Có ký tự điều khiển không in được. Gõ lại ô này.".into(),
    }
}

/// The words that a column with a closed list knows; they are Vietnamese in every language.
fn words_of(field: Field) -> &'static str {
    match field {
        Field::Status => {
            "Chưa thực hiện, Đang thực hiện, Đang triển khai, Hoàn thành, Đã hoàn thành, Rút khỏi chương trình, Không thực hiện"
        }
        Field::Category => "Trọng tâm, Thường xuyên, Đột xuất",
        Field::Product => {
            "Luật, Nghị định, Nghị quyết, Quyết định, Đề án, Thông tư, Chỉ thị, Kế hoạch, Báo cáo, Văn bản, Hội nghị, Khác"
        }
        Field::Level => {
            "Bộ Chính trị, Ban Bí thư, Quốc hội, Chính phủ, Thủ tướng Chính phủ, Bộ trưởng, Chủ tịch UBND, HĐND"
        }
        _ => "",
    }
}

fn date_fault_vi(fault: DateFault, what: &str) -> String {
    match fault {
        DateFault::NotInCalendar => format!("Không có {what} này trong lịch."),
        DateFault::NoYear => format!("Không rõ năm của {what}."),
        DateFault::NotUnderstood => format!("Không hiểu {what}."),
    }
}

fn fault_en(kind: &FaultKind) -> String {
    match kind {
        FaultKind::Missing => "This cell must not be blank.".into(),
        FaultKind::BlankCode => "In a sheet with a code column every row needs a code.".into(),
        FaultKind::Repeated { sheet, row } => {
            format!("Used in row {row} of sheet “{sheet}” already. Every row needs its own.")
        }
        FaultKind::NoUnit => "No lead unit. Name exactly one unit.".into(),
        FaultKind::ManyUnits => {
            "More than one lead unit. Name exactly one; the others belong in the coordinating column.".into()
        }
        FaultKind::UnknownUnit { name } => format!(
            "There is no unit “{name}”. Write the full or short name as in the list of units; separate coordinating units by semicolons or new lines."
        ),
        FaultKind::AmbiguousUnit { name } => {
            format!("Two units are called “{name}”. Write the unit's full name.")
        }
        FaultKind::Deadline(fault) => format!("{} {FORMS_EN}", date_fault_en(*fault, "deadline")),
        FaultKind::Date(fault) => format!("{} Write a date dd/MM/yyyy.", date_fault_en(*fault, "date")),
        FaultKind::BareNumber => {
            "The cell holds a bare number, not a date. Write dd/MM/yyyy or format the cell as a date.".into()
        }
        FaultKind::ExtensionWithoutDate => {
            "An extension needs a date. Write dd/MM/yyyy, \"Tháng 12/2024\" or \"Quý IV/2024\".".into()
        }
        FaultKind::ExtensionTooEarly => {
            "Extended to a day before the original deadline. It must be that day or later.".into()
        }
        FaultKind::NoCompletion => "Completed, but without a day of completion dd/MM/yyyy.".into(),
        FaultKind::CompletedTooEarly => {
            "Completed before it was assigned. The day of completion must not be earlier.".into()
        }
        FaultKind::UnknownWord { field } => {
            format!("This word is not understood. Write one of: {}.", words_of(*field))
        }
        FaultKind::NotPercent => "Not a percentage. Write a number from 0 to 100.".into(),
        FaultKind::NotMailbox => {
            "Not an e-mail address. Write one such as name@office.gov.vn or leave the cell blank.".into()
        }
        FaultKind::Formula => "The cell holds a formula. Write its value instead.".into(),
        FaultKind::ErrorValue => "The cell shows a spreadsheet error. Write the right value.".into(),
        FaultKind::TooLong { limit } => format!("Too long. At most {limit} characters."),
        FaultKind::ControlCharacter => "It contains a control character. Type the cell again.".into(),
    }
}

fn date_fault_en(fault: DateFault, what: &str) -> String {
    match fault {
        DateFault::NotInCalendar => format!("There is no such {what} in the calendar."),
        DateFault::NoYear => format!("The {what} has no year."),
        DateFault::NotUnderstood => format!("The {what} is not understood."),
    }
}

/// What a person should know about a row that was read.
pub fn warning(lang: Lang, kind: &WarningKind) -> String {
    match (lang, kind) {
        (Lang::Vi, WarningKind::AssignedInFuture) => "Ngày giao sau ngày hôm nay.".into(),
        (Lang::En, WarningKind::AssignedInFuture) => "Assigned on a day after today.".into(),
        (Lang::Vi, WarningKind::CompletedInFuture) => "Ngày hoàn thành sau ngày hôm nay.".into(),
        (Lang::En, WarningKind::CompletedInFuture) => "Completed on a day after today.".into(),
        (Lang::Vi, WarningKind::HiddenSheet) => {
            "Trang tính này đang ẩn nhưng vẫn được nhập. Xóa trang tính nếu không dùng.".into()
        }
        (Lang::En, WarningKind::HiddenSheet) => {
            "This sheet is hidden and imported all the same. Delete it if it is not meant.".into()
        }
        (Lang::Vi, WarningKind::ExtensionWithoutDeadline) => {
            "Có gia hạn nhưng nhiệm vụ không có thời hạn gốc.".into()
        }
        (Lang::En, WarningKind::ExtensionWithoutDeadline) => {
            "Extended, but without an original deadline.".into()
        }
        (Lang::Vi, WarningKind::FooterSkipped { words }) => {
            format!("Không đọc dòng “{words}” là nhiệm vụ.")
        }
        (Lang::En, WarningKind::FooterSkipped { words }) => {
            format!("The row “{words}” is not read as a task.")
        }
        (Lang::Vi, WarningKind::CancelledWithoutDay) => {
            "Nhiệm vụ đã rút không có ngày rút; coi là đã rút ở mọi ngày chốt.".into()
        }
        (Lang::En, WarningKind::CancelledWithoutDay) => {
            "Cancelled without a day; counted as cancelled at every cut-off.".into()
        }
    }
}

/// Why a `--map` can't be read.
pub fn map_fault(lang: Lang, fault: &MapFault) -> String {
    let codes: Vec<&str> = Field::ALL.iter().map(|field| field.code()).collect();
    let codes = codes.join(", ");
    match (lang, fault) {
        (Lang::Vi, MapFault::NoHeading) => "Viết --map \"TIÊU ĐỀ CỘT=TRƯỜNG\".".into(),
        (Lang::En, MapFault::NoHeading) => "Write --map \"HEADING=FIELD\".".into(),
        (Lang::Vi, MapFault::UnknownField(code)) => {
            format!("Không có trường “{code}”. Các trường: {codes}; hoặc ignore để bỏ qua cột.")
        }
        (Lang::En, MapFault::UnknownField(code)) => {
            format!("There is no field “{code}”. The fields: {codes}; or ignore to leave the column out.")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_says_what_is_expected() {
        let kind = FaultKind::Deadline(DateFault::NotUnderstood);
        assert_eq!(
            fault(Lang::Vi, &kind),
            "Không hiểu thời hạn. Ghi ngày dd/MM/yyyy, \"Tháng 12/2024\", \"Quý IV/2024\", \"Năm 2024\" hoặc \"Thường xuyên\"."
        );
        let kind = FaultKind::UnknownWord { field: Field::Category };
        assert_eq!(
            fault(Lang::Vi, &kind),
            "Không hiểu từ này. Ghi một trong: Trọng tâm, Thường xuyên, Đột xuất."
        );
    }

    #[test]
    fn the_words_offered_are_words_that_are_read() {
        use crate::domain::task::{Category, Level, ProductKind, Status};
        let all = |field, reads: &dyn Fn(&str) -> bool| words_of(field).split(", ").all(reads);
        assert!(all(Field::Status, &|w| Status::from_words(w).is_some()));
        assert!(all(Field::Category, &|w| Category::from_words(w).is_some()));
        assert!(all(Field::Product, &|w| ProductKind::from_words(w).is_some()));
        assert!(all(Field::Level, &|w| Level::from_typed(w).is_some()));
    }
}
