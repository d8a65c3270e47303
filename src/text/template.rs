//! Templates of documents in words: why one is not taken.

use super::Lang;
use crate::domain::template::{LARGEST_TEMPLATE, TemplateFault};

/// Why a template is not taken, behind its field's name.
pub fn fault(lang: Lang, fault: &TemplateFault) -> String {
    match lang {
        Lang::Vi => vietnamese(fault),
        Lang::En => english(fault),
    }
}

const LARGEST_MB: u64 = LARGEST_TEMPLATE / (1024 * 1024);

fn vietnamese(fault: &TemplateFault) -> String {
    match fault {
        TemplateFault::TooLarge => format!("tệp quá lớn; mẫu không quá {LARGEST_MB} MB"),
        TemplateFault::NotDocx => {
            "không phải tệp Word dạng docx, hoặc tệp bị hỏng; lưu lại bằng Word dạng docx".to_owned()
        }
        TemplateFault::Bomb => "tệp giải nén ra quá lớn hoặc có quá nhiều phần".to_owned(),
        TemplateFault::Macros => {
            "tệp chứa macro hoặc đối tượng nhúng; lưu lại dạng docx, bỏ các phần đó".to_owned()
        }
        TemplateFault::Outside(what) => {
            format!("tệp lấy dữ liệu từ bên ngoài khi mở ({what}); bỏ liên kết đó")
        }
        TemplateFault::Unreadable(part) => format!("không đọc được phần {part} của tệp; lưu lại bằng Word"),
        TemplateFault::Missing(tags) => {
            format!("thiếu ô nội dung (content control) bắt buộc có thẻ: {}", tags.join(", "))
        }
        TemplateFault::Unknown(tags) => {
            format!("ô nội dung có thẻ không dùng được: {}; xem các thẻ trong mẫu tải về", tags.join(", "))
        }
    }
}

fn english(fault: &TemplateFault) -> String {
    match fault {
        TemplateFault::TooLarge => format!("the file is too large; a template has at most {LARGEST_MB} MB"),
        TemplateFault::NotDocx => {
            "not a Word document (docx), or a damaged one; save it as docx again".to_owned()
        }
        TemplateFault::Bomb => "the file unpacks to too much, or has too many parts".to_owned(),
        TemplateFault::Macros => {
            "the file holds macros or embedded objects; save it as docx without them".to_owned()
        }
        TemplateFault::Outside(what) => {
            format!("the file fetches something from outside when opened ({what}); remove that link")
        }
        TemplateFault::Unreadable(part) => {
            format!("the part {part} of the file can't be read; save it with Word again")
        }
        TemplateFault::Missing(tags) => {
            format!("needed content controls are missing, tagged: {}", tags.join(", "))
        }
        TemplateFault::Unknown(tags) => format!(
            "content controls with unknown tags: {}; the sample has all that there are",
            tags.join(", ")
        ),
    }
}
