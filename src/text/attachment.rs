//! Files in words: their kinds, their sizes, why one is not taken.

use super::{Lang, number};
use crate::domain::attachment::{FileFault, FileKind, LARGEST_FILE};

/// A kind, as `tài liệu Word (docx)`.
pub fn kind(lang: Lang, kind: FileKind) -> &'static str {
    let (vi, en) = match kind {
        FileKind::Pdf => ("PDF", "PDF"),
        FileKind::Png => ("ảnh PNG", "PNG picture"),
        FileKind::Jpeg => ("ảnh JPEG", "JPEG picture"),
        FileKind::Text => ("văn bản thuần (txt)", "plain text (txt)"),
        FileKind::Docx => ("tài liệu Word (docx)", "Word document (docx)"),
        FileKind::Xlsx => ("bảng tính Excel (xlsx)", "Excel workbook (xlsx)"),
        FileKind::Pptx => ("bản trình chiếu (pptx)", "presentation (pptx)"),
        FileKind::Odt => ("tài liệu OpenDocument (odt)", "OpenDocument text (odt)"),
    };
    match lang {
        Lang::Vi => vi,
        Lang::En => en,
    }
}

/// A size: `640 KB`, `1,2 MB`.
pub fn size(lang: Lang, bytes: u64) -> String {
    if bytes < 1_000_000 {
        return format!("{} KB", number(lang, bytes.div_ceil(1_000)));
    }
    let tenths = bytes.div_ceil(100_000);
    let point = if lang == Lang::Vi { ',' } else { '.' };
    format!("{}{point}{} MB", number(lang, tenths / 10), tenths % 10)
}

/// The kinds that are taken, and how large.
pub fn taken(lang: Lang) -> String {
    let largest = LARGEST_FILE / (1024 * 1024);
    match lang {
        Lang::Vi => format!("PDF, docx, xlsx, pptx, odt, png, jpg hoặc txt (UTF-8), không quá {largest} MB"),
        Lang::En => format!("PDF, docx, xlsx, pptx, odt, png, jpg or txt (UTF-8), at most {largest} MB"),
    }
}

/// Why a file is not taken, behind its field's name.
pub fn fault(lang: Lang, fault: FileFault) -> String {
    match lang {
        Lang::Vi => vietnamese(fault),
        Lang::En => english(fault),
    }
}

fn vietnamese(fault: FileFault) -> String {
    let lang = Lang::Vi;
    match fault {
        FileFault::Name => "tên tệp không dùng được: không chứa đường dẫn (/ \\ :), ký tự đặc biệt hay tên thiết bị, không quá 150 ký tự; đổi tên rồi chọn lại".to_owned(),
        FileFault::Empty => "tệp không có nội dung".to_owned(),
        FileFault::TooLarge => format!("tệp quá lớn; {}", taken(lang)),
        FileFault::Kind => format!("loại tệp này không nhận; {}", taken(lang)),
        FileFault::Differs { named, found: Some(found) } => format!(
            "tên tệp ghi là {} nhưng nội dung là {}; chọn đúng tệp hoặc sửa phần đuôi của tên",
            kind(lang, named),
            kind(lang, found)
        ),
        FileFault::Differs { named, found: None } => format!(
            "nội dung không phải là {} như tên tệp ghi, hoặc tệp bị hỏng, có mật khẩu hay chứa macro",
            kind(lang, named)
        ),
        FileFault::Full(most) => format!(
            "tổ chức đã dùng hết {} MB dung lượng tệp; gỡ bớt tệp, hoặc đề nghị đơn vị vận hành nâng giới hạn",
            number(lang, most.into())
        ),
    }
}

fn english(fault: FileFault) -> String {
    let lang = Lang::En;
    match fault {
        FileFault::Name => "the name can't be used: no path (/ \\ :), special character or device name, at most 150 characters; rename the file and choose it again".to_owned(),
        FileFault::Empty => "there is nothing in the file".to_owned(),
        FileFault::TooLarge => format!("the file is too large; {}", taken(lang)),
        FileFault::Kind => format!("this kind of file is not taken; {}", taken(lang)),
        FileFault::Differs { named, found: Some(found) } => format!(
            "the name says {} but the content is {}; choose the right file or mend the ending of its name",
            kind(lang, named),
            kind(lang, found)
        ),
        FileFault::Differs { named, found: None } => format!(
            "the content is no {} as the name says, or the file is damaged, locked by a password or holds macros",
            kind(lang, named)
        ),
        FileFault::Full(most) => format!(
            "the organisation has used its {} MB for files; remove some, or ask the operator for more",
            number(lang, most.into())
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_rounded_up_and_written_as_read() {
        let sizes = [1, 999, 640_000, 1_000_000, 1_150_000, 20_971_520];
        assert_eq!(
            sizes.map(|bytes| size(Lang::Vi, bytes)),
            ["1 KB", "1 KB", "640 KB", "1,0 MB", "1,2 MB", "21,0 MB"]
        );
        assert_eq!(size(Lang::En, 1_234_567), "1.3 MB");
    }
}
