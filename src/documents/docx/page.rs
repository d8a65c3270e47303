//! Pages: A4, the margins, the number in the middle of the top margin.
//!
//! The first page bears no number. Every appendix counts its own pages anew, as the decree wants (appendix I, part I,
//! "Phụ lục"), and its first bears none either.

use super::form::{HEAD, SPACES};
use super::paragraph::{Align, Look, properties};
use crate::documents::model::{Appendix, Block};
use crate::documents::xml::Xml;

/// The relation by which pages find their head.
pub(super) const HEADER: &str = "rId-header1";

/// Columns of more millimetres together turn a page on its side.
const PORTRAIT_MM: u32 = 165;

/// A4 and its margins in twentieths of a point: top and bottom 20 mm, left 30, right 15; the number 10 mm below the edge.
const SHORT: u32 = 11_906;
const LONG: u32 = 16_838;
const TOP: u32 = 1_134;
const LEFT: u32 = 1_701;
const RIGHT: u32 = 850;
const NUMBER: u32 = 567;

/// How a page lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Page {
    Portrait,
    Landscape,
}

impl Page {
    /// How an appendix lies: on its side when one of its tables needs the room.
    pub fn of(appendix: &Appendix) -> Self {
        let is_wide = appendix.blocks.iter().any(|block| match block {
            Block::Table(table) => {
                table.columns.iter().map(|column| u32::from(column.width)).sum::<u32>() > PORTRAIT_MM
            }
            Block::Paragraph(_) => false,
        });
        if is_wide { Self::Landscape } else { Self::Portrait }
    }

    /// The room between the margins, in twentieths of a point.
    pub const fn room(self) -> u32 {
        match self {
            Self::Portrait => SHORT - LEFT - RIGHT,
            Self::Landscape => LONG - LEFT - RIGHT,
        }
    }

    /// The properties of the pages up to here.
    pub fn section(self, xml: &mut Xml, is_appendix: bool) {
        let (width, height) = match self {
            Self::Portrait => (SHORT, LONG),
            Self::Landscape => (LONG, SHORT),
        };
        let text = |n: u32| n.to_string();
        xml.nest("w:sectPr", &[], |xml| {
            xml.empty("w:headerReference", &[("w:type", "default"), ("r:id", HEADER)]);
            xml.value("w:type", "w:val", "nextPage");
            let size = [("w:w", &*text(width)), ("w:h", &*text(height))];
            match self {
                Self::Portrait => xml.empty("w:pgSz", &size),
                Self::Landscape => {
                    xml.empty("w:pgSz", &[size[0], size[1], ("w:orient", "landscape")]);
                }
            }
            let (top, left, right, number) = (text(TOP), text(LEFT), text(RIGHT), text(NUMBER));
            xml.empty(
                "w:pgMar",
                &[
                    ("w:top", &top),
                    ("w:right", &right),
                    ("w:bottom", &top),
                    ("w:left", &left),
                    ("w:header", &number),
                    ("w:footer", &number),
                    ("w:gutter", "0"),
                ],
            );
            if is_appendix {
                xml.value("w:pgNumType", "w:start", "1");
            }
            xml.empty("w:titlePg", &[]);
        });
    }
}

/// The head of every page but the first: its number.
pub(super) fn header() -> Vec<u8> {
    Xml::part("w:hdr", &SPACES, |xml| {
        xml.nest("w:p", &[], |xml| {
            properties(xml, Look::centered(HEAD).align(Align::Center));
            let size = u32::from(HEAD) * 2;
            let looks = format!("<w:rPr><w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/></w:rPr>");
            let mut run = |inner: &str| xml.raw(&format!("<w:r>{looks}{inner}</w:r>"));
            run("<w:fldChar w:fldCharType=\"begin\"/>");
            run("<w:instrText xml:space=\"preserve\"> PAGE </w:instrText>");
            run("<w:fldChar w:fldCharType=\"separate\"/>");
            run("<w:t>2</w:t>");
            run("<w:fldChar w:fldCharType=\"end\"/>");
        });
    })
}
