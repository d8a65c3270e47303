//! How a document's values are written: in Vietnamese, as every document of the state.

use chrono::NaiveDate;

use super::model::{Block, Cell, Document, Heading, Letterhead, Paragraph};
use crate::text::{Lang, date, number, percent};

/// The nation's name and motto, at the head of every document of the state.
pub const NATION: [&str; 2] = ["Cộng hòa xã hội chủ nghĩa Việt Nam", "Độc lập - Tự do - Hạnh phúc"];
/// What stands before the number, the addressee and the recipients.
pub const LABELS: [&str; 3] = ["Số:", "Kính gửi:", "Nơi nhận:"];

/// A blank that is filled in by hand when the document is issued.
const BLANK: &str = "……";

/// A cell as it is written.
pub fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Blank => String::new(),
        Cell::Dash => "–".to_owned(),
        Cell::Text(text) => text.clone(),
        Cell::Number(n) => number(Lang::Vi, *n),
        Cell::Change(0) => "0".to_owned(),
        Cell::Change(n) => {
            format!("{}{}", if *n > 0 { '+' } else { '−' }, number(Lang::Vi, n.unsigned_abs()))
        }
        Cell::Tenths(tenths) => percent(Lang::Vi, Some(*tenths)),
        Cell::Points(tenths) => crate::text::tenths(Lang::Vi, *tenths),
        Cell::Date(day) => date(*day),
        Cell::Days(days) => number(Lang::Vi, (*days).into()),
    }
}

impl Letterhead {
    /// `05/BC-VP`, with a leading zero under ten; a blank where it is not numbered yet.
    pub fn full_number(&self) -> String {
        match self.number {
            Some(number) => format!("{number:02}/{}", self.symbol),
            None => format!("{BLANK}/{}", self.symbol),
        }
    }

    /// `Hà Nội, ngày 05 tháng 01 năm 2024`.
    pub fn place_and_date(&self) -> String {
        format!("{}, {}", self.place.as_deref().unwrap_or(BLANK), crate::text::dated(self.dated))
    }
}

/// In capitals, as the names of bodies and offices stand.
pub(super) fn upper(text: &str) -> String {
    text.to_uppercase()
}

/// What an appendix belongs to: `(Kèm theo Báo cáo số 05/BC-VP ngày 05 tháng 01 năm 2024 của Văn phòng)`.
pub(super) fn accompanies(document: &Document) -> String {
    let head = &document.letterhead;
    let kind = match &document.heading {
        Heading::Report { kind, .. } => kind,
        Heading::Letter { .. } => "Công văn",
    };
    let (number, day) = (head.full_number(), crate::text::dated(head.dated));
    format!("(Kèm theo {kind} số {number} {day} của {})", head.issuer)
}

/// The instant by which a file says on which day it was made.
pub(super) fn printed_day(day: NaiveDate) -> String {
    format!("{}T00:00:00Z", day.format("%Y-%m-%d"))
}

/// The words of a document without its tables, as an office pastes them into another: headings and paragraphs with an
/// empty line between.
pub fn plain(document: &Document) -> String {
    let words = |block: &Block| match block {
        Block::Paragraph(paragraph) => Some(paragraph.text()),
        Block::Table(_) => None,
    };
    let mut parts: Vec<String> = document.opening.iter().filter_map(words).collect();
    for section in &document.sections {
        parts.push(section.heading.clone());
        parts.extend(section.blocks.iter().filter_map(words));
    }
    parts.join("\n\n")
}

/// The words of some paragraphs, one after another.
pub(super) fn paragraphs(blocks: &[Block]) -> impl Iterator<Item = &Paragraph> {
    blocks.iter().filter_map(|block| match block {
        Block::Paragraph(paragraph) => Some(paragraph),
        Block::Table(_) => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_written_as_an_official_writes_them() {
        let cells =
            [Cell::Number(21_914), Cell::Change(3), Cell::Change(-1_200), Cell::Change(0), Cell::Tenths(713)];
        assert_eq!(cells.map(|cell| shown(&cell)), ["21.914", "+3", "−1.200", "0", "71,3 %"]);
        assert_eq!([Cell::Dash, Cell::Blank, Cell::Days(120)].map(|cell| shown(&cell)), ["–", "", "120"]);
    }

    #[test]
    fn number_and_date_have_the_zeros_of_the_decree() {
        let mut head = Letterhead {
            superior: None,
            issuer: "Văn phòng".to_owned(),
            number: Some(5),
            symbol: "BC-VP".to_owned(),
            place: Some("Hà Nội".to_owned()),
            dated: NaiveDate::from_ymd_opt(2024, 1, 5).unwrap(),
        };
        assert_eq!(head.full_number(), "05/BC-VP");
        assert_eq!(head.place_and_date(), "Hà Nội, ngày 05 tháng 01 năm 2024");
        (head.number, head.place) = (Some(142), None);
        assert_eq!(head.full_number(), "142/BC-VP");
        assert_eq!(head.place_and_date(), "……, ngày 05 tháng 01 năm 2024");
        head.number = None;
        assert_eq!(head.full_number(), "……/BC-VP");
    }
}
