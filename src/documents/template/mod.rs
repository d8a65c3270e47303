//! A tenant's own template: a document of Word with content controls, known by their tags, which take the document's
//! words.
//!
//! Tags: the parts of the letterhead and heading ([`FORM`]), the key of a section (its paragraphs), the tag of a field,
//! and, in a row of a table, `table.column`: the row comes as often as the table has rows. What must stay true: a template
//! is tried with a specimen before it is taken, so that every tag of it is known to fill; it brings no program and fetches
//! nothing; what it does not name is left out knowingly, which the required tags keep within bounds.

mod check;
mod fill;
mod sample;
mod tree;

pub use check::inspect;
pub use fill::fill;
pub use sample::sample;

use std::collections::BTreeMap;

use super::model::{Block, Document, Heading, Table};
use super::report::{paragraphs, upper};

/// The tags that every template has: what it is about, and the five sections of a briefing.
pub const REQUIRED: [&str; 6] = ["subject", "results", "overdue", "causes", "next_month", "proposals"];

/// The tags of letterhead, heading and ending, and what each is called.
pub const FORM: [(&str, &str); 10] = [
    ("superior", "Cơ quan chủ quản"),
    ("issuer", "Cơ quan ban hành"),
    ("number", "Số, ký hiệu"),
    ("place_date", "Địa danh, ngày tháng"),
    ("kind", "Tên loại văn bản"),
    ("subject", "Trích yếu"),
    ("addressees", "Kính gửi"),
    ("opening", "Đoạn mở đầu"),
    ("recipients", "Nơi nhận"),
    ("signer", "Chức vụ người ký"),
];

/// The parts of a package that hold words.
fn holds_words(name: &str) -> bool {
    let rest = name.strip_prefix("word/").and_then(|rest| rest.strip_suffix(".xml"));
    rest.is_some_and(|part| part == "document" || part.starts_with("header") || part.starts_with("footer"))
}

/// What a document has for each tag: lines of words, each a paragraph where there is room for paragraphs.
struct Values<'a> {
    texts: BTreeMap<&'a str, Vec<String>>,
    tables: BTreeMap<&'a str, &'a Table>,
}

impl<'a> Values<'a> {
    fn of(document: &'a Document) -> Self {
        let head = &document.letterhead;
        let kind = match &document.heading {
            Heading::Report { kind, .. } => upper(kind),
            Heading::Letter { .. } => String::new(),
        };
        let one = |text: String| vec![text];
        let words = |blocks: &[Block]| paragraphs(blocks).map(super::model::Paragraph::text).collect();
        let mut texts = BTreeMap::from([
            ("superior", one(upper(head.superior.as_deref().unwrap_or_default()))),
            ("issuer", one(upper(&head.issuer))),
            ("number", one(head.full_number())),
            ("place_date", one(head.place_and_date())),
            ("kind", one(kind)),
            ("subject", document.heading.subject().split('\n').map(str::to_owned).collect()),
            ("addressees", document.addressees.clone()),
            ("opening", words(&document.opening)),
            ("recipients", document.recipients.clone()),
            ("signer", one(upper(&document.signature.signer))),
        ]);
        texts.extend(document.sections.iter().map(|section| (section.key, words(&section.blocks))));
        texts.extend(document.fields.iter().map(|field| (field.tag, vec![field.text.clone()])));
        Self { texts, tables: document.tables().map(|table| (table.key, table)).collect() }
    }

    /// The table of a tag `table.column`.
    fn table(&self, tag: &str) -> Option<&'a Table> {
        self.tables.get(tag.split_once('.')?.0).copied()
    }

    /// Whether a tag names something.
    fn knows(&self, tag: &str) -> bool {
        self.texts.contains_key(tag) || self.column(tag).is_some()
    }

    /// Which column of which table a tag names.
    fn column(&self, tag: &str) -> Option<usize> {
        let (_, key) = tag.split_once('.')?;
        self.table(tag)?.columns.iter().position(|column| column.key == key)
    }
}
