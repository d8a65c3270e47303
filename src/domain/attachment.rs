//! What may be put to a task as a file: its kinds, its name, its size. What a file is, its content decides; its name has
//! to agree.

use unicode_normalization::UnicodeNormalization;

use super::vocabulary::vocabulary;

/// The largest file, in bytes.
pub const LARGEST_FILE: u64 = 20 * 1024 * 1024;

/// What a tenant may keep unless the operator says otherwise, in MB.
pub const USUAL_STORAGE_MB: u32 = 10 * 1024;

/// The longest name, in characters.
const LONGEST_NAME: usize = 150;

vocabulary! {
    /// The kinds of files that are kept.
    FileKind {
        /// PDF.
        Pdf = "pdf",
        /// A picture.
        Png = "png",
        /// A photograph.
        Jpeg = "jpeg",
        /// Plain text, UTF-8.
        Text = "text",
        /// A text document of Word.
        Docx = "docx",
        /// A workbook of Excel.
        Xlsx = "xlsx",
        /// A presentation of PowerPoint.
        Pptx = "pptx",
        /// A text document of the OpenDocument format.
        Odt = "odt",
    }
}

impl FileKind {
    /// The endings of names that say this kind, in small letters; the first is the usual one.
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Png => &["png"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Text => &["txt"],
            Self::Docx => &["docx"],
            Self::Xlsx => &["xlsx"],
            Self::Pptx => &["pptx"],
            Self::Odt => &["odt"],
        }
    }

    /// The media type it is served as.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Text => "text/plain; charset=utf-8",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Pptx => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            Self::Odt => "application/vnd.oasis.opendocument.text",
        }
    }

    /// The kind that a name says.
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        let ending = ending.to_lowercase();
        Self::ALL.iter().copied().find(|kind| kind.endings().contains(&ending.as_str()))
    }
}

/// Why a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileFault {
    /// Its name carries a path, a control character or a device's name, or is too long.
    Name,
    /// There is nothing in it.
    Empty,
    /// It is larger than [`LARGEST_FILE`].
    TooLarge,
    /// Its name says no kind that is kept.
    Kind,
    /// Its name says one kind, its content is another, or none that is kept.
    Differs {
        /// The kind of its name.
        named: FileKind,
        /// The kind of its content.
        found: Option<FileKind>,
    },
    /// The tenant keeps as much as the operator allows it, in MB.
    Full(u32),
}

/// Names that are devices on some systems, whatever ending follows.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];

/// A file's name as it is kept: composed, without outer blanks.
///
/// # Errors
/// [`FileFault::Name`].
pub fn file_name(sent: &str) -> Result<String, FileFault> {
    let name: String = sent.trim().nfc().collect();
    let is_plain = |c: char| !c.is_control() && !"/\\:*?\"<>|".contains(c) && !turns_text(c);
    let fits = !name.is_empty() && name.chars().count() <= LONGEST_NAME && name.chars().all(is_plain);
    if fits && !name.starts_with('.') && !name.ends_with('.') && !is_device(&name) {
        Ok(name)
    } else {
        Err(FileFault::Name)
    }
}

/// Characters that are not seen, or turn the direction of what follows: `fdp.exe` reads `exe.pdf` behind one.
fn turns_text(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let bare = stem.trim_end_matches(|c: char| c.is_ascii_digit());
    DEVICES.contains(&bare) && (stem == bare) != matches!(bare, "com" | "lpt")
}

/// The kind of a file, when name and content agree.
///
/// # Errors
/// [`FileFault::Kind`] or [`FileFault::Differs`].
pub fn agreed_kind(name: &str, found: Option<FileKind>) -> Result<FileKind, FileFault> {
    let named = FileKind::of_name(name).ok_or(FileFault::Kind)?;
    if found == Some(named) { Ok(named) } else { Err(FileFault::Differs { named, found }) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_carry_no_path_and_no_trick() {
        for good in ["Báo cáo quý III.pdf", "12-QĐ-TTg (bản ký).docx", "a.b.txt", "console.txt", "com.txt"]
        {
            assert_eq!(file_name(&format!(" {good} ")).as_deref(), Ok(good));
        }
        for bad in [
            "",
            " ",
            "../x.pdf",
            "a/b.pdf",
            "C:\\a.pdf",
            "..",
            ".htaccess",
            "a.pdf.",
            "a\0.pdf",
            "a\r\nb.pdf",
            "NUL.txt",
            "con",
            "Com1.pdf",
            "lpt9",
            "a\u{202e}fdp.exe",
            "a\u{200b}.pdf",
            "x|y.pdf",
        ] {
            assert_eq!(file_name(bad), Err(FileFault::Name), "{bad:?}");
        }
        assert_eq!(file_name(&"a".repeat(LONGEST_NAME + 1)), Err(FileFault::Name));
        let decomposed = "Ba\u{301}o ca\u{301}o.pdf";
        assert_eq!(file_name(decomposed).as_deref(), Ok("Báo cáo.pdf"));
    }

    #[test]
    fn name_and_content_must_agree() {
        assert_eq!(agreed_kind("a.JPG", Some(FileKind::Jpeg)), Ok(FileKind::Jpeg));
        assert_eq!(agreed_kind("a.exe", None), Err(FileFault::Kind));
        assert_eq!(agreed_kind("pdf", Some(FileKind::Pdf)), Err(FileFault::Kind));
        let lie = FileFault::Differs { named: FileKind::Pdf, found: Some(FileKind::Png) };
        assert_eq!(agreed_kind("a.pdf", Some(FileKind::Png)), Err(lie));
        let nothing = FileFault::Differs { named: FileKind::Docx, found: None };
        assert_eq!(agreed_kind("a.docx", None), Err(nothing));
    }

    proptest! {
        #[test]
        fn whatever_is_sent_a_name_is_one_step_of_a_path(sent in "\\PC{0,40}") {
            if let Ok(name) = file_name(&sent) {
                let path = std::path::Path::new(&name);
                prop_assert_eq!(path.components().count(), 1);
                prop_assert_eq!(path.file_name().and_then(|n| n.to_str()), Some(name.as_str()));
            }
        }
    }
}
