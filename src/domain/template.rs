//! What may be wrong with a template that a tenant puts in place of our own form.

/// The largest template, in bytes.
pub const LARGEST_TEMPLATE: u64 = 5 * 1024 * 1024;

/// Why a template is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TemplateFault {
    /// Larger than [`LARGEST_TEMPLATE`].
    TooLarge,
    /// Not a document of Word (docx), or one that can't be read.
    NotDocx,
    /// It unpacks to more than any document needs, or has too many parts.
    Bomb,
    /// It holds macros or other programs.
    Macros,
    /// It fetches something from outside when it is opened; the value says what.
    Outside(String),
    /// A part of it can't be read as XML, or declares entities; the value names it.
    Unreadable(String),
    /// These controls are needed and not there.
    Missing(Vec<String>),
    /// These tags name nothing.
    Unknown(Vec<String>),
}
