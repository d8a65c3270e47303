//! Paragraphs: how they look, and the rules drawn under words.

use super::form::{BETWEEN, BODY, FIRST_LINE};
use crate::documents::model::Run;
use crate::documents::xml::Xml;

/// Where the words of a paragraph stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Center,
    Right,
    Both,
}

impl Align {
    fn code(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Center => "center",
            Self::Right => "right",
            Self::Both => "both",
        }
    }
}

/// How a paragraph looks; what its runs say of bold and italic is added.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    /// In points.
    pub size: u8,
    pub bold: bool,
    pub italic: bool,
    pub align: Align,
    /// In twentieths of a point, as all that follows.
    pub first_line: u32,
    pub before: u32,
    pub after: u32,
    /// Stays on one page with what follows.
    pub keep: bool,
}

impl Look {
    /// Running text.
    pub const BODY: Self = Self {
        size: BODY,
        bold: false,
        italic: false,
        align: Align::Both,
        first_line: FIRST_LINE,
        before: 0,
        after: BETWEEN,
        keep: false,
    };
    /// A section's heading.
    pub const HEADING: Self = Self { bold: true, keep: true, ..Self::BODY };

    /// Words in the middle, close to the next.
    pub const fn centered(size: u8) -> Self {
        Self { size, align: Align::Center, first_line: 0, after: 0, ..Self::BODY }
    }

    /// Words at the left, close to the next.
    pub const fn left(size: u8) -> Self {
        Self { align: Align::Left, ..Self::centered(size) }
    }

    pub const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    pub const fn italic(self) -> Self {
        Self { italic: true, ..self }
    }

    pub const fn before(self, before: u32) -> Self {
        Self { before, ..self }
    }

    pub const fn after(self, after: u32) -> Self {
        Self { after, ..self }
    }

    pub const fn kept(self) -> Self {
        Self { keep: true, ..self }
    }

    pub const fn align(self, align: Align) -> Self {
        Self { align, ..self }
    }
}

/// A paragraph of words that all look the same.
pub(super) fn words(xml: &mut Xml, look: Look, text: &str) {
    runs(xml, look, &[Run::plain(text)]);
}

/// A paragraph.
pub(super) fn runs(xml: &mut Xml, look: Look, runs: &[Run]) {
    xml.nest("w:p", &[], |xml| {
        properties(xml, look);
        for run in runs {
            stretch(xml, look, run);
        }
    });
}

/// What a paragraph is, before its words.
pub(super) fn properties(xml: &mut Xml, look: Look) {
    xml.nest("w:pPr", &[], |xml| {
        if look.keep {
            xml.empty("w:keepNext", &[]);
        }
        xml.empty(
            "w:spacing",
            &[("w:before", &look.before.to_string()), ("w:after", &look.after.to_string())],
        );
        if look.first_line > 0 {
            xml.value("w:ind", "w:firstLine", &look.first_line.to_string());
        }
        xml.value("w:jc", "w:val", look.align.code());
    });
}

/// Words within a paragraph.
pub(super) fn stretch(xml: &mut Xml, look: Look, run: &Run) {
    xml.nest("w:r", &[], |xml| {
        xml.nest("w:rPr", &[], |xml| {
            if look.bold || run.bold {
                xml.empty("w:b", &[]);
            }
            if look.italic || run.italic {
                xml.empty("w:i", &[]);
            }
            let size = (u32::from(look.size) * 2).to_string();
            xml.value("w:sz", "w:val", &size);
            xml.value("w:szCs", "w:val", &size);
        });
        for (at, line) in run.text.split('\n').enumerate() {
            if at > 0 {
                xml.empty("w:br", &[]);
            }
            xml.leaf("w:t", &[("xml:space", "preserve")], line);
        }
    });
}

/// A rule of a width in the middle of a space, both in twentieths of a point: the lower border of a paragraph that is
/// only a hair high, so that it stays right whatever stands above.
pub(super) fn rule(xml: &mut Xml, width: u32, space: u32, keep: bool) {
    let side = (space.saturating_sub(width) / 2).to_string();
    xml.nest("w:p", &[], |xml| {
        xml.nest("w:pPr", &[], |xml| {
            if keep {
                xml.empty("w:keepNext", &[]);
            }
            xml.raw(
                "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"auto\"/></w:pBdr>",
            );
            xml.raw("<w:spacing w:before=\"40\" w:after=\"0\" w:line=\"40\" w:lineRule=\"exact\"/>");
            xml.empty("w:ind", &[("w:left", &side), ("w:right", &side)]);
            xml.raw("<w:rPr><w:sz w:val=\"2\"/><w:szCs w:val=\"2\"/></w:rPr>");
        });
    });
}
