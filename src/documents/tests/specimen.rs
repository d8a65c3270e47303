//! A document that has everything a document may have, to be written and read back.

use chrono::NaiveDate;

use crate::documents::{
    Appendix, Block, Cell, Chart, Column, Document, Field, Heading, Letterhead, Section, Signature, Table,
};
use crate::text::{count, date};

/// What a table says of itself and its columns: key, heading, millimetres.
type Columns = [(&'static str, &'static str, u16)];

/// The document of a tenant.
pub(super) fn specimen(tenant: &str) -> Document {
    let day = |d, m, y| NaiveDate::from_ymd_opt(y, m, d).unwrap_or_default();
    let cutoff = day(29, 11, 2024);
    Document {
        letterhead: Letterhead {
            superior: Some(tenant.to_owned()),
            issuer: "Văn phòng".to_owned(),
            number: Some(5),
            symbol: "BC-VP".to_owned(),
            place: Some("Hà Nội".to_owned()),
            dated: cutoff,
        },
        heading: Heading::Report {
            kind: "Báo cáo".to_owned(),
            subject: "Kết quả thực hiện nhiệm vụ trọng tâm tháng 11 năm 2024\nvà nhiệm vụ tháng 12 năm 2024"
                .to_owned(),
        },
        addressees: vec![format!("Lãnh đạo {tenant}")],
        opening: vec![Block::words(format!(
            "Văn phòng báo cáo tình hình thực hiện nhiệm vụ trọng tâm, số liệu chốt đến hết ngày {}, như sau:",
            date(cutoff)
        ))],
        sections: sections(),
        recipients: vec![
            "- Như trên;".to_owned(),
            "- Các đơn vị thuộc Bộ;".to_owned(),
            "- Lưu: VT, TH.".to_owned(),
        ],
        signature: Signature { authority: None, signer: "Chánh Văn phòng".to_owned(), name: None },
        appendices: vec![
            appendix("Phụ lục I", "Kết quả thực hiện theo đơn vị", by_unit()),
            appendix("Phụ lục II", "Danh mục nhiệm vụ quá hạn", overdue(day(31, 10, 2024), day(15, 5, 2024))),
            appendix("Phụ lục III", "Diễn biến 12 tháng", trend()),
        ],
        fields: fields(cutoff),
    }
}

fn section(key: &'static str, heading: &str, blocks: Vec<Block>) -> Section {
    Section { key, heading: heading.to_owned(), blocks }
}

fn appendix(label: &str, title: &str, table: Table) -> Appendix {
    Appendix { label: label.to_owned(), title: title.to_owned(), blocks: vec![Block::Table(table)] }
}

fn sections() -> Vec<Section> {
    vec![
        section(
            "results",
            "I. Kết quả thực hiện",
            vec![Block::words(format!(
                "Trong tháng có {} nhiệm vụ đến hạn; {} nhiệm vụ đã tới hạn, hoàn thành đúng hạn {} nhiệm vụ (71,3 %).",
                count(110),
                count(101),
                count(72)
            ))],
        ),
        section(
            "overdue",
            "II. Nhiệm vụ quá hạn",
            vec![Block::words(format!(
                "Có {} đơn vị với {} nhiệm vụ quá hạn; quá hạn lâu nhất {} ngày.",
                count(13),
                count(32),
                count(198)
            ))],
        ),
        section(
            "causes",
            "III. Nguyên nhân",
            vec![Block::words("Nguyên nhân do Văn phòng tổng hợp từ báo cáo của đơn vị.")],
        ),
        section(
            "next_month",
            "IV. Nhiệm vụ tháng 12 năm 2024",
            vec![Block::words(format!(
                "Có {} nhiệm vụ phải hoàn thành, trong đó có {} đề án trình Chính phủ, Thủ tướng Chính phủ và {} thông tư.",
                count(309),
                count(8),
                count(18)
            ))],
        ),
        section(
            "proposals",
            "V. Kiến nghị",
            vec![Block::words(
                "Đề nghị các đơn vị tập trung hoàn thành nhiệm vụ quá hạn, nhiệm vụ tháng sau./.",
            )],
        ),
    ]
}

fn table(key: &'static str, sheet: &str, columns: &Columns, rows: Vec<Vec<Cell>>) -> Table {
    let column = |(key, heading, width): &(&'static str, &str, u16)| Column {
        key,
        heading: (*heading).to_owned(),
        width: *width,
    };
    Table {
        key,
        sheet: sheet.to_owned(),
        caption: None,
        columns: columns.iter().map(column).collect(),
        rows,
        totals: None,
        chart: None,
    }
}

fn by_unit() -> Table {
    let columns = [
        ("unit", "Đơn vị", 42),
        ("assigned", "Được giao", 20),
        ("on_time", "Hoàn thành đúng hạn", 24),
        ("late", "Hoàn thành quá hạn", 24),
        ("within_term", "Trong hạn", 20),
        ("overdue", "Quá hạn", 20),
        ("no_deadline", "Không có thời hạn", 22),
        ("outside", "Ngoài thống kê", 22),
        ("on_time_rate", "Tỷ lệ đúng hạn", 22),
        ("longest", "Chậm nhất (ngày)", 22),
        ("change", "So với tháng trước", 22),
    ];
    let row = |unit: &str, counts: [u64; 7], rate: Option<u32>, longest: u32, change: i64| {
        let mut cells = vec![Cell::Text(unit.to_owned())];
        cells.extend(counts.map(Cell::Number));
        cells.extend([Cell::rate(rate), Cell::Days(longest), Cell::Change(change)]);
        cells
    };
    let rows = vec![
        row("Cục Viễn thông", [60, 30, 6, 15, 7, 1, 1], Some(811), 198, 2),
        row("Cục An toàn thông tin", [48, 28, 3, 10, 6, 0, 1], Some(757), 121, -1),
        row("Viện Chiến lược", [2, 0, 0, 1, 1, 0, 0], None, 9, 0),
    ];
    let mut totals = row("Tổng số", [110, 58, 9, 26, 14, 1, 2], Some(784), 198, 1);
    totals.truncate(columns.len());
    Table { totals: Some(totals), ..table("by_unit", "Theo đơn vị", &columns, rows) }
}

fn overdue(source: NaiveDate, due: NaiveDate) -> Table {
    let columns = [
        ("code", "Mã", 22),
        ("title", "Nhiệm vụ", 78),
        ("unit", "Đơn vị", 24),
        ("source", "Văn bản giao", 34),
        ("source_date", "Ngày văn bản", 24),
        ("due", "Thời hạn", 24),
        ("days_late", "Số ngày chậm", 18),
        ("reason", "Nguyên nhân", 40),
    ];
    let row = |code: &str, title: &str, unit: &str, days| {
        let words = [code, title, unit, "142/TB-BTTTT"].map(|text| Cell::Text(text.to_owned()));
        let mut cells = words.to_vec();
        cells.extend([Cell::Date(source), Cell::Date(due), Cell::Days(days), Cell::Blank]);
        cells
    };
    let rows = vec![
        row("NV-2024-0001", "Trình đề án phát triển hạ tầng số", "CVT", 198),
        row("NV-2024-0002", "Báo cáo tình hình an toàn thông tin", "ATTT", 121),
    ];
    table("overdue", "Nhiệm vụ quá hạn", &columns, rows)
}

fn trend() -> Table {
    let columns =
        [("month", "Tháng", 40), ("overdue", "Quá hạn", 40), ("completed", "Hoàn thành trong tháng", 50)];
    let overdue = [21, 19, 25, 24, 30, 41, 38, 36, 35, 34, 33, 32];
    let completed = [60, 44, 71, 80, 77, 92, 83, 70, 74, 79, 81, 85];
    let months = std::iter::once((12, 2023)).chain((1..=11).map(|month| (month, 2024)));
    let rows = months.zip(overdue.into_iter().zip(completed)).map(|((month, year), (overdue, completed))| {
        vec![Cell::Text(format!("{month:02}/{year}")), Cell::Number(overdue), Cell::Number(completed)]
    });
    let chart = Chart {
        title: "Nhiệm vụ quá hạn và hoàn thành theo tháng".to_owned(), series: vec![1, 2]
    };
    Table { chart: Some(chart), ..table("trend", "Diễn biến 12 tháng", &columns, rows.collect()) }
}

fn fields(cutoff: NaiveDate) -> Vec<Field> {
    let field = |tag, name: &str, text: String| Field { tag, name: name.to_owned(), text };
    vec![
        field("month", "Tháng", "11/2024".to_owned()),
        field("cutoff", "Ngày chốt số liệu", date(cutoff)),
        field("overdue_tasks", "Số nhiệm vụ quá hạn", count(32)),
        field("overdue_units", "Số đơn vị có nhiệm vụ quá hạn", count(13)),
        field("due_in_month", "Số nhiệm vụ đến hạn trong tháng", count(110)),
        field("due_next_month", "Số nhiệm vụ đến hạn tháng sau", count(309)),
    ]
}
