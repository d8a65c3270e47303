//! The measures of Decree 30/2020, and the parts of the file that say them once.

use crate::documents::xml::Xml;

/// The namespaces of a part of words.
pub(super) const SPACES: [(&str, &str); 5] = [
    ("xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    ("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    ("xmlns:wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
    ("xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
    ("xmlns:c", "http://schemas.openxmlformats.org/drawingml/2006/chart"),
];

/// The one typeface.
pub(super) const FONT: &str = "Times New Roman";

/// Sizes in points: running text; the head's capitals; number, place and motto; a table; the lines of `Nơi nhận`.
pub(super) const BODY: u8 = 14;
pub(super) const CAPITALS: u8 = 12;
pub(super) const HEAD: u8 = 13;
pub(super) const TABLE: u8 = 12;
pub(super) const RECIPIENTS: u8 = 11;

/// The least space between two paragraphs, 6 points, and the indent of a first line, 1.27 cm; in twentieths of a point.
pub(super) const BETWEEN: u32 = 120;
pub(super) const FIRST_LINE: u32 = 720;

/// Typeface, size, language, and a line's height of whoever says nothing else.
pub(super) fn styles() -> Vec<u8> {
    Xml::part("w:styles", &SPACES, |xml| {
        xml.nest("w:docDefaults", &[], |xml| {
            xml.nest("w:rPrDefault", &[], |xml| {
                xml.nest("w:rPr", &[], |xml| {
                    let font = ["w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"].map(|kind| (kind, FONT));
                    xml.empty("w:rFonts", &font);
                    let size = (u32::from(BODY) * 2).to_string();
                    xml.value("w:sz", "w:val", &size);
                    xml.value("w:szCs", "w:val", &size);
                    xml.empty("w:lang", &[("w:val", "vi-VN"), ("w:eastAsia", "vi-VN")]);
                });
            });
            xml.raw("<w:pPrDefault><w:pPr><w:spacing w:before=\"0\" w:after=\"0\"/></w:pPr></w:pPrDefault>");
        });
        xml.nest("w:style", &[("w:type", "paragraph"), ("w:default", "1"), ("w:styleId", "Normal")], |xml| {
            xml.value("w:name", "w:val", "Normal");
        });
    })
}

/// What Word asks before it opens a file without complaint.
pub(super) fn settings() -> Vec<u8> {
    Xml::part("w:settings", &SPACES, |xml| {
        xml.raw("<w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"720\"/><w:compat><w:compatSetting ");
        xml.raw(
            "w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/>",
        );
        xml.raw("</w:compat>");
    })
}
