//! What is wrong with a parameter of an address or a field of a form, and what is expected there.

use super::{Lang, attachment, date, template, vocabulary};
use crate::domain::deadline::DateFault;
use crate::error::{ParameterFault, ParameterProblem};

/// What is wrong, with the parameter's name before it.
pub fn named(lang: Lang, fault: &ParameterFault) -> String {
    format!("{}: {}", fault.name, problem(lang, &fault.problem))
}

/// What is wrong, as a sentence beside its field.
pub fn at_field(lang: Lang, wrong: &ParameterProblem) -> String {
    format!("{}.", vocabulary::capitalised(&problem(lang, wrong)))
}

/// What is wrong, behind the parameter's name.
pub fn problem(lang: Lang, problem: &ParameterProblem) -> String {
    match lang {
        Lang::Vi => vietnamese(problem),
        Lang::En => english(problem),
    }
}

fn vietnamese(problem: &ParameterProblem) -> String {
    match problem {
        ParameterProblem::Unknown => "không có tham số này".to_owned(),
        ParameterProblem::Mistyped => "giá trị không đúng kiểu".to_owned(),
        ParameterProblem::File(fault) => attachment::fault(Lang::Vi, *fault),
        ParameterProblem::Template(fault) => template::fault(Lang::Vi, fault),
        ParameterProblem::Repeated => "chỉ được ghi một lần".to_owned(),
        ParameterProblem::Missing => "cần nhập mục này".to_owned(),
        ParameterProblem::NotADate(DateFault::NotInCalendar) => {
            "không có ngày này trong lịch; ghi ngày/tháng/năm, ví dụ 29/11/2024".to_owned()
        }
        ParameterProblem::NotADate(_) => {
            "cần một ngày/tháng/năm, ví dụ 29/11/2024, từ năm 1990 đến 2100".to_owned()
        }
        ParameterProblem::NotAMonth => "cần một tháng như 2024-11, từ năm 1990 đến 2100".to_owned(),
        ParameterProblem::NotASpan => "cần một quý như 2024-Q4 hoặc một năm như 2024, đã bắt đầu".to_owned(),
        ParameterProblem::NotAWeight => "cần một số từ 0,1 đến 10,0, nhiều nhất một chữ số thập phân".to_owned(),
        ParameterProblem::NotOneOf(codes) => format!("cần một trong các giá trị: {codes}"),
        ParameterProblem::NotBetween(least, most) => format!("cần một số nguyên từ {least} đến {most}"),
        ParameterProblem::NobodyTold => "chọn ít nhất một nơi nhận".to_owned(),
        ParameterProblem::TooLong(most) => format!("không quá {most} ký tự, không có ký tự điều khiển"),
        ParameterProblem::NoSuchUnit => "không có đơn vị này".to_owned(),
        ParameterProblem::NoSuchPost => "không có chức vụ này".to_owned(),
        ParameterProblem::NoSuchPerson => "không có người này, hoặc tài khoản đã khóa".to_owned(),
        ParameterProblem::NotAnAddress => "cần một địa chỉ thư điện tử, ví dụ ten@coquan.gov.vn".to_owned(),
        ParameterProblem::Taken => "đã có nơi khác dùng".to_owned(),
        ParameterProblem::TooManyPeople(most) => format!(
            "tổ chức đã đủ {most} người dùng đang hoạt động; khóa bớt tài khoản, hoặc đề nghị đơn vị vận hành nâng giới hạn"
        ),
        ParameterProblem::NotAnIssuer => {
            "cần địa chỉ https của hệ thống đăng nhập, ví dụ https://dangnhap.coquan.gov.vn".to_owned()
        }
        ParameterProblem::NotAnOutsideUrl => {
            "cần địa chỉ https ngoài Internet, không kèm tên đăng nhập, ví dụ https://truc.coquan.gov.vn/su-kien"
                .to_owned()
        }
        ParameterProblem::NotACursor => {
            "không phải con trỏ của danh sách này; dùng đúng giá trị “next” của trang trước".to_owned()
        }
        ParameterProblem::NotADeadline => {
            "cần ngày/tháng/năm, một kỳ như Quý IV/2024, Tháng 12/2024, hoặc thời gian như 15 ngày làm việc, 2 tháng"
                .to_owned()
        }
        ParameterProblem::DueDecided => {
            "đã có quyết định về gia hạn nên không sửa thời hạn gốc; dùng gia hạn".to_owned()
        }
        ParameterProblem::NoSuchTask => "không có nhiệm vụ mang mã này".to_owned(),
        ParameterProblem::PartOfItself => {
            "nhiệm vụ không thể thuộc chính nó hoặc nhiệm vụ con của nó".to_owned()
        }
        ParameterProblem::LeadCoordinates => "đơn vị chủ trì không đồng thời là đơn vị phối hợp".to_owned(),
        ParameterProblem::LeadsAlready => "đơn vị này đang chủ trì nhiệm vụ".to_owned(),
        ParameterProblem::TooMany(most) => format!("không quá {most} mục"),
        ParameterProblem::Unheeded(codes) => format!("còn cảnh báo chưa xác nhận: {codes}"),
        ParameterProblem::OutOfRange(first, chrono::NaiveDate::MAX) => {
            format!("cần một ngày từ {}", date(*first))
        }
        ParameterProblem::OutOfRange(first, last) => {
            format!("cần một ngày từ {} đến {}", date(*first), date(*last))
        }
    }
}

fn english(problem: &ParameterProblem) -> String {
    match problem {
        ParameterProblem::Unknown => "there is no such parameter".to_owned(),
        ParameterProblem::Mistyped => "a value of another type is expected".to_owned(),
        ParameterProblem::File(fault) => attachment::fault(Lang::En, *fault),
        ParameterProblem::Template(fault) => template::fault(Lang::En, fault),
        ParameterProblem::Repeated => "may stand only once".to_owned(),
        ParameterProblem::Missing => "is needed".to_owned(),
        ParameterProblem::NotADate(DateFault::NotInCalendar) => {
            "there is no such date; write day/month/year, such as 29/11/2024".to_owned()
        }
        ParameterProblem::NotADate(_) => {
            "a date is expected, such as 29/11/2024 or 2024-11-29, 1990–2100".to_owned()
        }
        ParameterProblem::NotAMonth => "a month is expected, as 2024-11, 1990–2100".to_owned(),
        ParameterProblem::NotASpan => "a quarter as 2024-Q4 or a year as 2024 is expected, begun".to_owned(),
        ParameterProblem::NotAWeight => "a number from 0.1 to 10.0 is expected, one decimal at most".to_owned(),
        ParameterProblem::NotOneOf(codes) => format!("one of these is expected: {codes}"),
        ParameterProblem::NotBetween(least, most) => format!("a whole number is expected, {least}–{most}"),
        ParameterProblem::NobodyTold => "choose at least one who is told".to_owned(),
        ParameterProblem::TooLong(most) => {
            format!("at most {most} characters, none of them a control character")
        }
        ParameterProblem::NoSuchUnit => "there is no such unit".to_owned(),
        ParameterProblem::NoSuchPost => "there is no such post".to_owned(),
        ParameterProblem::NoSuchPerson => "there is nobody like this who may sign in".to_owned(),
        ParameterProblem::NotAnAddress => "an e-mail address is expected, as name@office.gov.vn".to_owned(),
        ParameterProblem::Taken => "it is in use already".to_owned(),
        ParameterProblem::TooManyPeople(most) => format!(
            "the organisation has its {most} active people already; disable somebody, or ask the operator for more"
        ),
        ParameterProblem::NotAnIssuer => {
            "the provider's https address is expected, such as https://login.office.gov.vn".to_owned()
        }
        ParameterProblem::NotAnOutsideUrl => {
            "an https address of the Internet without a user name is expected, such as https://bus.office.gov.vn/events"
                .to_owned()
        }
        ParameterProblem::NotACursor => {
            "not a cursor of this list; use “next” of the page before as it is".to_owned()
        }
        ParameterProblem::NotADeadline => {
            "a date, a period such as Quý IV/2024 or Tháng 12/2024, or a term such as 15 ngày làm việc is expected"
                .to_owned()
        }
        ParameterProblem::DueDecided => {
            "an extension was decided, so the original deadline stays; ask for an extension".to_owned()
        }
        ParameterProblem::NoSuchTask => "there is no task of this code".to_owned(),
        ParameterProblem::PartOfItself => "a task is no part of itself, or of a part of it".to_owned(),
        ParameterProblem::LeadCoordinates => "the lead unit does not coordinate as well".to_owned(),
        ParameterProblem::LeadsAlready => "this unit leads the task already".to_owned(),
        ParameterProblem::TooMany(most) => format!("at most {most}"),
        ParameterProblem::Unheeded(codes) => format!("there are warnings that are not heeded: {codes}"),
        ParameterProblem::OutOfRange(first, chrono::NaiveDate::MAX) => {
            format!("a day from {} on is expected", date(*first))
        }
        ParameterProblem::OutOfRange(first, last) => {
            format!("a day from {} to {} is expected", date(*first), date(*last))
        }
    }
}
