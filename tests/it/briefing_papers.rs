//! The documents of a briefing: every figure of the canonical JSON stands in each, and what is served is what was kept.

use std::io::Cursor;

use calamine::{Data, DataType, Reader, Xlsx};
use dondoc::briefings::publish::{self, Published};
use dondoc::documents::{Cell, Document, report};
use dondoc::domain::access::Role;
use dondoc::domain::paper::DocumentKind;
use dondoc::papers;
use dondoc::tenants::{self, PaperHead};
use serde_json::Value;

use super::briefings::{ministry, month, publish_on, whole};
use crate::support::site::{As, Site, add_person};
use crate::support::{TestApp, day, part, run};

fn kept(test: &TestApp, of: &Published, kind: DocumentKind) -> Vec<u8> {
    test.act("btttt", |conn, _| publish::document(conn, of.id, kind)).unwrap()
}

/// The words of every row of every table of a file of Word.
fn rows(docx: &[u8]) -> Vec<Vec<String>> {
    let body = part(docx, "word/document.xml");
    let cells = |row: &str| row.split("<w:tc>").skip(1).map(words).collect();
    body.split("<w:tr>").skip(1).map(cells).collect()
}

/// The words of a piece up to the end of its cell.
fn words(piece: &str) -> String {
    let cell = piece.split("</w:tc>").next().unwrap();
    let texts = cell.split("<w:t xml:space=\"preserve\">").skip(1);
    let text: String = texts.map(|text| text.split("</w:t>").next().unwrap()).collect();
    quick_xml::escape::unescape(&text).unwrap().into_owned()
}

/// Whether a cell of a workbook is what the document has, by its kind.
fn is_same(found: &Data, cell: &Cell) -> bool {
    match cell {
        Cell::Blank => found.is_empty(),
        Cell::Text(text) if text.is_empty() => found.is_empty() || found.get_string() == Some(""),
        Cell::Text(text) => found.get_string() == Some(text),
        Cell::Dash => found.get_string() == Some("–"),
        Cell::Date(on) => {
            let serial = on.signed_duration_since(day("1899-12-30")).num_days() as f64;
            found.get_datetime().map(|found| found.as_f64()) == Some(serial)
        }
        Cell::Tenths(n) => found.as_f64() == Some(f64::from(*n) / 1_000.0),
        number => found.as_f64() == number.drawn().map(|n| n as f64),
    }
}

fn word_says(docx: &[u8], document: &Document) {
    // Letterhead and signature have two cells a row.
    let mut found = rows(docx).into_iter().filter(|row| row.len() != 2 || !row[0].starts_with("BỘ"));
    let mut next = move || found.next().unwrap();
    let mut seen = 0;
    let first: Vec<String> =
        document.tables().next().unwrap().columns.iter().map(|column| column.heading.clone()).collect();
    let mut row = next();
    while row != first {
        row = next();
    }
    for table in document.tables() {
        let headings: Vec<_> = table.columns.iter().map(|column| column.heading.clone()).collect();
        while row != headings {
            row = next();
        }
        for cells in table.rows.iter().chain(&table.totals) {
            row = next();
            assert_eq!(row, cells.iter().map(report::shown).collect::<Vec<_>>(), "{}", table.key);
            seen += cells.len();
        }
    }
    assert!(seen > 1_000, "{seen} cells");
}

fn excel_says(xlsx: &[u8], document: &Document) {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(xlsx)).unwrap();
    for table in document.tables() {
        let range = book.worksheet_range(&table.sheet).unwrap();
        let mut rows = range.rows().skip(usize::from(table.caption.is_some()) + 1);
        for cells in table.rows.iter().chain(&table.totals) {
            let row = rows.next().unwrap();
            for (found, cell) in row.iter().zip(cells) {
                assert!(is_same(found, cell), "{}: {found:?} is not {cell:?}", table.key);
            }
        }
    }
}

/// The numbers of a sheet by the words at the left of their rows.
fn named(xlsx: &[u8], sheet: &str, name: &str) -> Vec<Data> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(xlsx)).unwrap();
    let range = book.worksheet_range(sheet).unwrap();
    let row = range.rows().find(|row| row[0].get_string() == Some(name));
    row.unwrap_or_else(|| panic!("no {name} in {sheet}")).to_vec()
}

#[test]
fn word_excel_and_text_say_what_the_canonical_json_says() {
    let test = ministry();
    let published = publish_on(&test, "btttt", "2024-11", "2024-11-29", None).unwrap();
    let [docx, xlsx, text] = [DocumentKind::Docx, DocumentKind::Xlsx, DocumentKind::Text]
        .map(|kind| kept(&test, &published, kind));
    // What was frozen says what its documents say: they are compared with the JSON alone, read back.
    let document = papers::document(&whole(&test, "btttt", &published));
    word_says(&docx, &document);
    excel_says(&xlsx, &document);
    assert_eq!(String::from_utf8(text).unwrap(), report::plain(&document));
    let content = test.act("btttt", |conn, _| publish::content(conn, published.id)).unwrap();
    let json: Value = serde_json::from_slice(&content).unwrap();
    let key = &json["figures"]["key"];
    let count = |name: &str| Data::Float(key[name].as_u64().unwrap() as f64);
    for (row, figure) in [
        ("Quá hạn", "overdue"),
        ("Phải hoàn thành tháng sau", "due_next"),
        ("Đề án trình Chính phủ, Thủ tướng", "due_next_schemes_to_government"),
        ("Hoàn thành đúng hạn", "completed_on_time"),
    ] {
        assert_eq!(named(&xlsx, "Số liệu chính", row)[1], count(figure), "{row}");
    }
    assert_eq!(named(&xlsx, "Số liệu chính", "Đơn vị có nhiệm vụ quá hạn")[1], Data::Float(13.0));
    let word = rows(&docx);
    let units = json["figures"]["units"].as_array().unwrap();
    assert!(units.len() > 30);
    for unit in units {
        let name = unit["short_name"].as_str().unwrap();
        let row = word.iter().find(|row| row.len() == 16 && row[0] == name).unwrap();
        let number = |at: usize| row[at].replace('.', "").parse::<u64>().unwrap();
        for (at, figure) in
            [(1, "tasks"), (2, "completed_on_time"), (4, "within_term"), (6, "overdue"), (15, "due_next")]
        {
            assert_eq!(Some(number(at)), unit["key"][figure].as_u64(), "{name} {figure}");
        }
    }
    let body = part(&docx, "word/document.xml");
    for sentence in
        ["13 cơ quan, đơn vị có 32 nhiệm vụ trọng tâm quá hạn", "309", "08 đề án", "18 thông tư", "./."]
    {
        assert!(body.contains(sentence), "{sentence}");
    }
}

fn people(test: &TestApp) {
    add_person(test, "btttt", "vp@btttt.example", Role::Office, Some("VP"));
    add_person(test, "btttt", "ld@btttt.example", Role::Leader, None);
}

#[test]
fn what_is_served_is_what_was_kept_whatever_form_comes_after() {
    let test = ministry();
    people(&test);
    let site = Site::new(&test);
    let (office, leader) =
        (site.sign_in("btttt", "vp@btttt.example"), site.sign_in("btttt", "ld@btttt.example"));
    let published = publish_on(&test, "btttt", "2024-11", "2024-11-29", None).unwrap();
    let place = "/briefings/2024-11/1/documents";
    let before = [DocumentKind::Docx, DocumentKind::Xlsx, DocumentKind::Text].map(|kind| {
        let answer = site.get(&leader, &format!("{place}/{}", kind.code()));
        assert_eq!((answer.status, answer.header("content-type")), (200, kind.media_type()));
        assert_eq!(answer.raw, kept(&test, &published, kind));
        (kind, answer.raw)
    });
    // A form of the tenant's own is for what is published from then on.
    let sample = site.get(&office, "/settings/template/sample.docx").raw;
    assert_eq!(site.upload(&office, "/settings/template", &[], "mau.docx", &sample).status, 303);
    run(&mut test.test_db.superuser(), "UPDATE tasks SET title = title || ' (sửa)'");
    let corrected = publish_on(&test, "btttt", "2024-11", "2024-11-29", Some("Bổ sung")).unwrap();
    for (kind, bytes) in before {
        assert_eq!(site.get(&leader, &format!("{place}/{}", kind.code())).raw, bytes);
    }
    let own = part(&kept(&test, &corrected, DocumentKind::Docx), "word/document.xml");
    assert!(own.contains("w:tag w:val=\"overdue_tasks\"") && own.contains("(sửa)"));
    let api = site.token("btttt", "ld@btttt.example");
    let through_api = site.get(&api, "/api/v1/briefings/2024-11/versions/2/documents/docx");
    assert_eq!(through_api.raw, kept(&test, &corrected, DocumentKind::Docx));
    printed_once(&test, &site, &leader, &published);
    let (seen, flaws) = test.act("btttt", |conn, _| publish::verify(conn, None)).unwrap();
    assert_eq!((seen, flaws), (2, Vec::new()));
}

/// The PDF is made once, where LibreOffice is installed, and kept; elsewhere the reader is told.
fn printed_once(test: &TestApp, site: &Site, who: &As, published: &Published) {
    let place = "/briefings/2024-11/1/documents/pdf";
    let first = site.get(who, place);
    if first.status == 409 {
        assert!(first.body.contains("LibreOffice"), "{}", first.body);
        return;
    }
    assert_eq!((first.status, &first.raw[..5]), (200, &b"%PDF-"[..]), "{}", first.body);
    assert_eq!(first.raw, kept(test, published, DocumentKind::Pdf));
    assert_eq!(site.get(who, place).raw, first.raw);
}

#[test]
fn a_document_that_was_changed_or_is_gone_is_found() {
    let test = ministry();
    publish_on(&test, "btttt", "2024-11", "2024-11-29", None).unwrap();
    run(
        &mut test.test_db.superuser(),
        "ALTER TABLE briefing_documents DISABLE TRIGGER stays;
         UPDATE briefing_documents SET bytes = bytes || ' '::bytea, sha256 = sha256(bytes || ' '::bytea)
          WHERE kind = 'text';
         DELETE FROM briefing_documents WHERE kind = 'xlsx'",
    );
    let (_, flaws) = test.act("btttt", |conn, _| publish::verify(conn, Some(month("2024-11")))).unwrap();
    assert_eq!(flaws.iter().map(|flaw| flaw.what).collect::<Vec<_>>(), ["text", "xlsx"]);
}

#[test]
fn a_draft_is_seen_as_its_documents_before_it_is_published() {
    let test = ministry();
    people(&test);
    let site = Site::new(&test);
    let office = site.sign_in("btttt", "vp@btttt.example");
    let draft = |kind: DocumentKind| {
        let answer = site.get(&office, &format!("/briefings/2024-11/draft/documents/{}", kind.code()));
        assert_eq!((answer.status, answer.header("content-type")), (200, kind.media_type()));
        assert!(answer.header("content-disposition").contains("giao-ban-2024-11-du-thao."));
        answer.raw
    };
    let docx = draft(DocumentKind::Docx);
    assert!(part(&docx, "word/document.xml").contains("……/BC-VP"), "a draft has no number");
    assert_eq!(named(&draft(DocumentKind::Xlsx), "Số liệu chính", "Quá hạn")[1], Data::Float(32.0));
    assert!(String::from_utf8(draft(DocumentKind::Text)).unwrap().contains("32 nhiệm vụ trọng tâm quá hạn"));
    assert_eq!(site.get(&office, "/briefings/2024-11/draft/documents/json").status, 404);
}

#[test]
fn a_page_is_printed_with_the_head_of_its_document_as_it_was_when_published() {
    let test = ministry();
    people(&test);
    let head =
        |place: &str| PaperHead { superior: Some("Bộ Thử".to_owned()), place: Some(place.to_owned()) };
    let say = |place: &str| test.act("btttt", |conn, _| tenants::set_paper_head(conn, &head(place))).unwrap();
    say("Hà Nội");
    let published = publish_on(&test, "btttt", "2024-11", "2024-11-29", None).unwrap();
    say("Huế");
    let site = Site::new(&test);
    let leader = site.sign_in("btttt", "ld@btttt.example");
    let page = site.get(&leader, "/briefings/2024-11/1").body;
    let word = part(&kept(&test, &published, DocumentKind::Docx), "word/document.xml");
    let dated = "Hà Nội, ngày 29 tháng 11 năm 2024";
    for said in [dated, "01/BC-VP", "Kính gửi:", "Nơi nhận:", "- Lưu: VT, VP."] {
        assert!(page.contains(said) && word.contains(said), "{said}");
    }
    for (said, capitals) in [("Bộ Thử", "BỘ THỬ"), ("Chánh Văn phòng", "CHÁNH VĂN PHÒNG")] {
        assert!(page.contains(&format!(">{said}<")) && word.contains(capitals), "{said}");
    }
    let draft = site.get(&leader, "/briefings/2024-11").body;
    assert!(draft.contains("Huế, ngày 29 tháng 11 năm 2024") && draft.contains("……/BC-VP"));
    // Two months side by side are no document.
    assert!(!site.get(&leader, "/briefings/2024-11/compare").body.contains("print-only"));
}
