//! The urging letter (công văn đôn đốc) as an office writes it, by Decree 30/2020. A letter of the state is Vietnamese,
//! whatever its reader chose; number and signature are for those who issue it.

use super::vocabulary::{self, capitalised};
use super::{Lang, count, date, dated};
use crate::documents::report::{LABELS, NATION};
use crate::documents::{Appendix, Block, Cell, Column, Document, Heading, Letterhead, Signature, Table};
use crate::tasks::{TaskListed, Urging};
use crate::tenants::Settings;

/// The letter's words, part by part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The superior body: `Bộ Thông tin và Truyền thông`.
    pub superior: String,
    /// The issuing body.
    pub body: &'static str,
    /// `/BTTTT-VP`; the number before it is given when the letter is issued.
    pub symbol: String,
    /// `V/v …`.
    pub subject: &'static str,
    /// The place; none where a blank is left.
    pub place: Option<String>,
    /// `ngày 29 tháng 11 năm 2024`.
    pub dated: String,
    /// Whom it is for.
    pub to: String,
    /// The paragraphs; the last one ends with `./.`.
    pub paragraphs: Vec<String>,
    /// `Nơi nhận`.
    pub recipients: [&'static str; 3],
    /// Whose signature it waits for.
    pub signer: &'static str,
}

impl Letter {
    /// The nation's name and motto, at the head of every letter of the state.
    pub const NATION: [&str; 2] = NATION;
    /// What stands before the number, the addressee and the recipients.
    pub const LABELS: [&str; 3] = LABELS;
    /// The head of the annex, before the unit's name.
    pub const ANNEX: &str = "Phụ lục: Danh mục nhiệm vụ quá hạn của";
}

/// The letter of a tenant's office to a unit that has something overdue; `None` when it has nothing.
pub fn letter(settings: &Settings, urging: &Urging) -> Option<Letter> {
    (!urging.tasks.is_empty()).then(|| Letter {
        superior: settings.superior().to_owned(),
        body: "Văn phòng",
        symbol: format!("/{}-VP", initials(&settings.name)),
        subject: "V/v đôn đốc thực hiện nhiệm vụ quá hạn",
        place: settings.paper_head.place.clone(),
        dated: dated(urging.day),
        to: urging.unit.name.clone(),
        paragraphs: vec![facts(urging), request(urging), "Trân trọng./.".to_owned()],
        recipients: ["- Như trên;", "- Lãnh đạo (để báo cáo);", "- Lưu: VT, TH."],
        signer: "Chánh Văn phòng",
    })
}

/// The letter with its annex as a document; `None` when there is nothing to urge.
pub fn document(settings: &Settings, urging: &Urging) -> Option<Document> {
    let letter = letter(settings, urging)?;
    let symbol = letter.symbol.trim_start_matches('/').to_owned();
    Some(Document {
        letterhead: Letterhead {
            superior: Some(letter.superior),
            issuer: letter.body.to_owned(),
            number: None,
            symbol,
            place: letter.place,
            dated: urging.day,
        },
        heading: Heading::Letter { subject: letter.subject.to_owned() },
        addressees: vec![letter.to.clone()],
        opening: letter.paragraphs.into_iter().map(Block::words).collect(),
        sections: Vec::new(),
        recipients: letter.recipients.map(str::to_owned).into(),
        signature: Signature { authority: None, signer: letter.signer.to_owned(), name: None },
        appendices: vec![Appendix {
            label: "Phụ lục".to_owned(),
            title: format!("Danh mục nhiệm vụ quá hạn của {}", letter.to),
            blocks: vec![Block::Table(annex(urging))],
        }],
        fields: Vec::new(),
    })
}

/// The tasks, each with what the unit is asked about it.
fn annex(urging: &Urging) -> Table {
    let columns = [
        ("ordinal", "TT", 10),
        ("code", "Mã", 28),
        ("title", "Nhiệm vụ", 96),
        ("category", "Loại", 24),
        ("source", "Văn bản giao", 40),
        ("due", "Thời hạn", 26),
        ("days_late", "Số ngày quá hạn", 22),
    ];
    let column =
        |(key, heading, width): (&'static str, &str, u16)| Column { key, heading: heading.to_owned(), width };
    let row = |(at, task): (u64, &TaskListed)| {
        vec![
            Cell::Number(at),
            Cell::Text(task.code.clone()),
            Cell::Text(task.title.clone()),
            Cell::Text(capitalised(vocabulary::category(Lang::Vi, task.category))),
            Cell::words(task.source_number.clone()),
            Cell::date(task.due_on),
            Cell::Days(task.days_late),
        ]
    };
    Table {
        key: "overdue",
        sheet: "Nhiệm vụ quá hạn".to_owned(),
        caption: None,
        columns: columns.map(column).into(),
        rows: (1..).zip(&urging.tasks).map(row).collect(),
        totals: None,
        chart: None,
    }
}

fn facts(urging: &Urging) -> String {
    let key = match urging.key() {
        0 => String::new(),
        key => format!(", trong đó có {} nhiệm vụ trọng tâm", count(key)),
    };
    format!(
        "Qua theo dõi việc thực hiện các nhiệm vụ được giao, tính đến ngày {}, {} có {} nhiệm vụ quá hạn chưa hoàn \
         thành{key}; nhiệm vụ quá hạn lâu nhất là {} ngày (danh mục tại Phụ lục kèm theo).",
        date(urging.day),
        urging.unit.name,
        count(urging.tasks.len().try_into().unwrap_or(u64::MAX)),
        count(urging.longest().into()),
    )
}

fn request(urging: &Urging) -> String {
    format!(
        "Văn phòng đề nghị {} tập trung chỉ đạo, hoàn thành các nhiệm vụ nêu trên; báo cáo rõ nguyên nhân chậm, khó \
         khăn, vướng mắc (nếu có) và thời hạn hoàn thành của từng nhiệm vụ, gửi về Văn phòng trước ngày {} để tổng \
         hợp, báo cáo tại hội nghị giao ban.",
        urging.unit.name,
        date(urging.answer_by),
    )
}

/// The abbreviation by which an office signs: `BTTTT` for a ministry, `UBND` for every people's committee.
fn initials(tenant: &str) -> String {
    if tenant.to_lowercase().starts_with("ủy ban nhân dân") {
        return "UBND".to_owned();
    }
    let words = tenant.split_whitespace().filter(|word| word.to_lowercase() != "và");
    words.filter_map(|word| word.chars().next()).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_office_signs_by_the_initials_of_its_body() {
        assert_eq!(initials("Bộ Thông tin và Truyền thông"), "BTTTT");
        assert_eq!(initials("Bộ Khoa học và Công nghệ"), "BKHCN");
        assert_eq!(initials("Ủy ban nhân dân tỉnh Lâm Đồng"), "UBND");
    }
}
