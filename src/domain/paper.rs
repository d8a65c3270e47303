//! The documents of a briefing.

use super::vocabulary::vocabulary;

vocabulary! {
    /// What a document of a published briefing is.
    DocumentKind {
        /// A document of Word.
        Docx = "docx",
        /// A workbook.
        Xlsx = "xlsx",
        /// As it is printed.
        Pdf = "pdf",
        /// Its paragraphs.
        Text = "text",
    }
}

impl DocumentKind {
    /// The type of its bytes.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Pdf => "application/pdf",
            Self::Text => "text/plain; charset=utf-8",
        }
    }

    /// How its file's name ends.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Pdf => "pdf",
            Self::Text => "txt",
        }
    }
}
