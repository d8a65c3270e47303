//! Wordings that sound like a field and mean another one, or none.

use super::headings::matched;
use crate::imports::fields::Field;

fn meaning(words: &str) -> Option<Field> {
    matched(&[words]).columns.first().map(|column| column.field)
}

fn guess(words: &str) -> Option<Field> {
    matched(&[words]).unrecognised.first().and_then(|heading| heading.guess)
}

#[test]
fn a_planned_day_is_never_the_day_of_completion() {
    for words in "Ngày hoàn thành (dự kiến)|Ngày hoàn thành (KH)|Ngày hoàn thành theo kế hoạch|Ngày cam kết hoàn thành|\
        Ngày cần hoàn thành|Ngày hoàn thành được giao|Ngày hoàn thành (theo VB giao)|Ngày hoàn thành ban đầu|\
        Ngày hoàn thành mới|Ngày bắt đầu - hoàn thành|Ngày xác nhận hoàn thành|Ngày đôn đốc hoàn thành|\
        Ngày nhắc hoàn thành|Planned completion date|Completion date (planned)|Required completion date|\
        Khối lượng hoàn thành thực tế|Giá trị hoàn thành thực tế|Hạn hoàn thành (thực tế)"
        .split('|')
    {
        assert!(matches!(meaning(words), None | Some(Field::Due)), "{words}");
    }
    for words in ["Hạn hoàn thành (thực tế)", "Khối lượng hoàn thành thực tế", "Giá trị hoàn thành thực tế"]
    {
        assert_eq!(meaning(words), None, "{words}");
    }
}

#[test]
fn other_documents_and_requests_are_not_taken() {
    for (field, headings) in [
        (
            Field::SourceDate,
            "Ngày dự kiến ban hành|Ngày ban hành thực tế|Ngày phải ban hành|Ngày văn bản trả lời|\
            Ngày văn bản đi|Ngày văn bản đôn đốc|Ngày công văn nhắc|Ngày ký tờ trình|Ngày trình ban hành|Ngày ban hành (kết quả)",
        ),
        (
            Field::SourceNumber,
            "Số văn bản trả lời|Số văn bản đi|Số văn bản trình|Số văn bản ban hành|Số văn bản đôn đốc|\
            Số văn bản xử lý|Số công văn nhắc|Số ký hiệu tờ trình|Số ký hiệu hồ sơ|Số, ký hiệu (kết quả)",
        ),
        (
            Field::ExtendedTo,
            "Ngày trình gia hạn|Tờ trình gia hạn|Hồ sơ gia hạn|Ý kiến gia hạn|Kết quả gia hạn|Yêu cầu gia hạn|\
            Gia hạn từ ngày|Cơ quan cho gia hạn|Gia hạn (có/không)|Số ngày gia hạn|Thời gian gia hạn (ngày)|Lý do gia hạn|\
            Số lần gia hạn|Căn cứ gia hạn|Văn bản gia hạn|Xin gia hạn đến",
        ),
        (
            Field::Code,
            "Mã số thuế|Mã số dự án|Mã số đề tài|Mã số đề án|Mã số ngành|Mã số công chức|Mã số kho",
        ),
    ] {
        for words in headings.split('|') {
            assert_ne!(meaning(words), Some(field), "{words}");
        }
    }
    assert_eq!(meaning("Sản phẩm (số, ký hiệu văn bản)"), Some(Field::ProductNumber));
}

#[test]
fn a_guess_does_not_mislead() {
    assert_eq!(guess("Xin gia hạn đến"), Some(Field::ExtendedTo));
    assert_eq!(guess("Kết quả thực hiện (ngày hoàn thành)"), Some(Field::CompletedOn));
    assert_eq!(guess("Ngày thực hiện"), None);
}

#[test]
fn more_offices_wordings_are_known() {
    for (field, headings) in [
        (
            Field::Unit,
            "ĐVCT|ĐV chủ trì|Phân công thực hiện|Đơn vị được phân công|Cơ quan xử lý|\
            Cơ quan/đơn vị chịu trách nhiệm|Vụ/Cục|Đơn vị nhận nhiệm vụ|Người/đơn vị chủ trì",
        ),
        (Field::Coordinating, "ĐVPH|Đơn vị liên quan|Đơn vị tham gia"),
        (
            Field::Due,
            "Thời gian hoàn thành theo kế hoạch|Thời gian dự kiến hoàn thành|Ngày dự kiến hoàn thành|\
            Yêu cầu hoàn thành|Ngày yêu cầu hoàn thành|Hạn trả lời|Hạn giải quyết|Ngày phải hoàn thành|Hạn h.thành|\
            Ngày hoàn thành theo kế hoạch|Tiến độ",
        ),
        (
            Field::Title,
            "Nội dung giao nhiệm vụ|Nhiệm vụ do Bộ trưởng giao|Nội dung kết luận/chỉ đạo|Tên đề án|\
            Danh mục nhiệm vụ|Ý kiến chỉ đạo|Việc được giao",
        ),
        (Field::SourceNumber, "Số CV|Số TB"),
        (Field::ExtendedTo, "Thời hạn hoàn thành sau điều chỉnh"),
    ] {
        for words in headings.split('|') {
            assert_eq!(meaning(words), Some(field), "{words}");
        }
    }
}
