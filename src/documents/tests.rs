//! Every file is read back and says what the document says.

use std::io::{Cursor, Read};

use calamine::{Data, DataType, Reader, Xlsx};
use chrono::NaiveDate;
use quick_xml::Reader as XmlReader;
use quick_xml::events::Event;
use zip::ZipArchive;

use super::report::{plain, shown};
use super::*;
use specimen::specimen;

mod specimen;

/// The day 0 of a workbook's calendar.
const FIRST_DAY: NaiveDate = NaiveDate::from_ymd_opt(1899, 12, 30).unwrap();

/// A part of a package as text.
pub(super) fn part(file: &[u8], name: &str) -> String {
    let mut text = String::new();
    ZipArchive::new(Cursor::new(file)).unwrap().by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// The words of every paragraph and, apart, of every row of every table in a part of words.
pub(super) fn words(xml: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = XmlReader::from_str(xml);
    let (mut paragraphs, mut rows) = (Vec::new(), Vec::new());
    let (mut is_words, mut paragraph, mut row) = (false, String::new(), Vec::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) => match tag.name().0 {
                "w:t" => is_words = true,
                "w:p" => paragraph.clear(),
                "w:tr" => row.clear(),
                "w:tc" => row.push(String::new()),
                _ => {}
            },
            Event::Empty(tag) if tag.name().0 == "w:br" => paragraph.push('\n'),
            Event::Text(text) if is_words => paragraph.push_str(&text),
            Event::GeneralRef(entity) if is_words => {
                let entity = format!("&{};", &*entity);
                paragraph.push_str(&quick_xml::escape::unescape(&entity).unwrap());
            }
            Event::End(tag) => match tag.name().0 {
                "w:t" => is_words = false,
                "w:p" => {
                    paragraphs.push(paragraph.clone());
                    if let Some(cell) = row.last_mut() {
                        cell.push_str(&paragraph);
                    }
                }
                "w:tr" => rows.push(std::mem::take(&mut row)),
                _ => {}
            },
            Event::Eof => return (paragraphs, rows),
            _ => {}
        }
    }
}

fn november() -> Document {
    let mut document = specimen("Bộ Thông tin và Truyền thông");
    // What would be markup or a formula is words like others.
    let hostile = "=HYPERLINK(\"http://x\") & <b>\u{1}";
    let Some(Block::Table(table)) = document.appendices[1].blocks.first_mut() else { panic!("no table") };
    table.rows[0][1] = Cell::Text(hostile.to_owned());
    document
}

/// The words of a cell as any file can hold them.
fn written(cell: &Cell) -> String {
    shown(cell).replace('\u{1}', "")
}

#[test]
fn word_reads_every_cell_and_paragraph_of_the_document() {
    let document = november();
    let file = docx(&document).unwrap();
    let (paragraphs, rows) = words(&part(&file, "word/document.xml"));
    for line in plain(&document).split("\n\n") {
        assert!(paragraphs.iter().any(|paragraph| paragraph == line), "{line}");
    }
    // The letterhead has two rows before, the signature one.
    let mut rows = rows.into_iter().filter(|row| row.len() > 2);
    for table in document.tables() {
        let headings: Vec<_> = table.columns.iter().map(|column| column.heading.clone()).collect();
        assert_eq!(rows.next().unwrap(), headings);
        for cells in table.rows.iter().chain(&table.totals) {
            assert_eq!(rows.next().unwrap(), cells.iter().map(written).collect::<Vec<_>>());
        }
    }
    assert_eq!(rows.next(), None);
}

#[test]
fn word_gets_the_form_of_the_decree() {
    let file = docx(&november()).unwrap();
    let body = part(&file, "word/document.xml");
    let (paragraphs, _) = words(&body);
    for line in [
        "BỘ THÔNG TIN VÀ TRUYỀN THÔNG",
        "VĂN PHÒNG",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 05/BC-VP",
        "Hà Nội, ngày 29 tháng 11 năm 2024",
        "BÁO CÁO",
        "Kính gửi: Lãnh đạo Bộ Thông tin và Truyền thông",
        "Nơi nhận:",
        "CHÁNH VĂN PHÒNG",
        "Phụ lục II",
        "(Kèm theo Báo cáo số 05/BC-VP ngày 29 tháng 11 năm 2024 của Văn phòng)",
    ] {
        assert!(paragraphs.iter().any(|paragraph| paragraph == line), "{line}");
    }
    let pages = body.matches("<w:titlePg/>").count();
    assert_eq!((pages, body.matches("w:orient=\"landscape\"").count()), (4, 2));
    assert_eq!(body.matches("<w:tblHeader/>").count(), 3, "a heading a table");
    assert_eq!(body.matches("<w:cantSplit/>").count(), body.matches("<w:tr>").count());
    assert!(body.contains("w:top=\"1134\" w:right=\"850\" w:bottom=\"1134\" w:left=\"1701\""));
    assert!(part(&file, "word/header1.xml").contains(" PAGE "));
    assert!(part(&file, "word/charts/chart1.xml").contains("<c:v>32</c:v>"));
}

#[test]
fn excel_reads_numbers_dates_and_words_as_such() {
    let document = november();
    let file = xlsx(&document).unwrap();
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(file.as_slice())).unwrap();
    for table in document.tables() {
        let range = book.worksheet_range(&table.sheet).unwrap();
        let mut rows = range.rows();
        let headings: Vec<_> =
            table.columns.iter().map(|column| Data::String(column.heading.clone())).collect();
        assert_eq!(rows.next().unwrap(), headings);
        for cells in table.rows.iter().chain(&table.totals) {
            for (found, cell) in rows.next().unwrap().iter().zip(cells) {
                match cell {
                    Cell::Blank => assert!(found.is_empty(), "{found:?}"),
                    Cell::Text(_) | Cell::Dash => {
                        assert_eq!(
                            found.get_string().unwrap().replace("_x0001_", "").replace('\u{1}', ""),
                            written(cell)
                        );
                    }
                    Cell::Date(day) => {
                        let serial = day.signed_duration_since(FIRST_DAY).num_days() as f64;
                        assert_eq!(found.get_datetime().map(|day| day.as_f64()), Some(serial));
                    }
                    Cell::Tenths(n) => assert_eq!(found.as_f64(), Some(f64::from(*n) / 1_000.0)),
                    number => assert_eq!(found.as_f64(), number.drawn().map(|n| n as f64)),
                }
            }
        }
        assert_eq!(book.worksheet_formula(&table.sheet).unwrap().used_cells().count(), 0);
    }
    let sheet = part(&file, "xl/worksheets/sheet2.xml");
    assert!(sheet.contains("state=\"frozen\"") && sheet.contains("orientation=\"landscape\""));
    assert!(part(&file, "xl/workbook.xml").contains("_xlnm.Print_Titles"));
    assert!(part(&file, "xl/charts/chart1.xml").contains("'Diễn biến 12 tháng'!$B$2:$B$13"));
}

#[test]
fn equal_documents_are_equal_bytes() {
    assert_eq!(docx(&november()).unwrap(), docx(&november()).unwrap());
    assert_eq!(xlsx(&november()).unwrap(), xlsx(&november()).unwrap());
}

/// The specimen's template with something in its words replaced.
fn with_words(from: &str, to: &str) -> Vec<u8> {
    let file = template::sample(&november()).unwrap();
    let mut parts = parcel::unpack(&file).unwrap();
    for (_, bytes) in parts.iter_mut().filter(|(name, _)| name == "word/document.xml") {
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert!(text.contains(from), "{from}");
        *bytes = text.replace(from, to).into_bytes();
    }
    parcel::pack(parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()))).unwrap()
}

/// The specimen's template with a part more, or another one.
fn with_part(name: &str, text: &str) -> Vec<u8> {
    let file = template::sample(&november()).unwrap();
    let mut parts = parcel::unpack(&file).unwrap();
    parts.retain(|(other, _)| other != name);
    parts.push((name.to_owned(), text.as_bytes().to_vec()));
    parcel::pack(parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()))).unwrap()
}

#[test]
fn a_template_takes_every_word_and_cell_of_the_document() {
    let document = november();
    let file = template::sample(&document).unwrap();
    assert_eq!(template::inspect(&file, &document), Ok(()));
    let filled = template::fill(&file, &document).unwrap();
    let (paragraphs, rows) = words(&part(&filled, "word/document.xml"));
    let of_sections = document.sections.iter().flat_map(|section| report::paragraphs(&section.blocks));
    for line in of_sections.map(Paragraph::text).chain(["05/BC-VP".to_owned(), "BÁO CÁO".to_owned()]) {
        assert!(paragraphs.contains(&line), "{line}");
    }
    assert!(paragraphs.contains(&"Số nhiệm vụ quá hạn: 32".to_owned()));
    let mut rows = rows.into_iter();
    for table in document.tables() {
        rows.next().unwrap();
        for cells in table.rows.iter().chain(&table.totals) {
            assert_eq!(rows.next().unwrap(), cells.iter().map(written).collect::<Vec<_>>());
        }
    }
    assert_eq!(rows.next(), None);
    assert_eq!(filled, template::fill(&file, &document).unwrap());
}

#[test]
fn a_control_that_prompts_loses_the_look_of_a_prompt_and_what_it_was_bound_to() {
    let prompt = "<w:showingPlcHdr/><w:dataBinding w:xpath=\"/a\"/><w:tag w:val=\"issuer\"/>";
    let filled = template::fill(&with_words("<w:tag w:val=\"issuer\"/>", prompt), &november()).unwrap();
    let body = part(&filled, "word/document.xml");
    assert!(!body.contains("showingPlcHdr") && !body.contains("dataBinding"));
    assert!(body.contains("<w:r><w:t xml:space=\"preserve\">VĂN PHÒNG</w:t></w:r>"));
}

#[test]
fn a_template_is_refused_with_its_reason() {
    use crate::domain::template::TemplateFault as Fault;
    let outside =
        "<Relationships><Relationship Id=\"a\" TargetMode=\"External\" Target=\"http://x\"/></Relationships>";
    let elsewhere =
        "<Relationships><Relationship Type=\"a/officeDocument\" Target=\"word/x.xml\"/></Relationships>";
    let macros = "application/vnd.ms-word.document.macroEnabled.main+xml";
    let many = "<a>".repeat(300);
    let refused = [
        (with_words("w:val=\"causes\"", "w:val=\"results\""), Fault::Missing(vec!["causes".to_owned()])),
        (
            with_words("w:val=\"by_unit.unit\"", "w:val=\"by_unit.x\""),
            Fault::Unknown(vec!["by_unit.x".to_owned()]),
        ),
        (
            with_words("<w:body>", "<w:instrText>DD</w:instrText><w:instrText>EAUTO c</w:instrText><w:body>"),
            Fault::Outside("DDE".to_owned()),
        ),
        (
            with_words("<w:body>", "<w:instrText>&#73;NCLUDETEXT x</w:instrText><w:body>"),
            Fault::Outside("INCLUDETEXT".to_owned()),
        ),
        (
            with_part("word/footnotes.xml", "<x:a><x:instrText>DDE a</x:instrText></x:a>"),
            Fault::Outside("DDE".to_owned()),
        ),
        (
            with_words("w:val=\"causes\"", "w:val=\"by_unit.unit\""),
            Fault::Unknown(vec!["by_unit.unit".to_owned()]),
        ),
        (with_words("<w:body>", "<![CDATA[a]]><w:body>"), Fault::Unreadable("word/document.xml".to_owned())),
        (with_part("_rels/.rels", elsewhere), Fault::NotDocx),
        (with_words("<w:body>", "<!DOCTYPE a><w:body>"), Fault::Unreadable("word/document.xml".to_owned())),
        (with_part("word/header1.xml", &many), Fault::Unreadable("word/header1.xml".to_owned())),
        (with_part("word/_rels/settings.xml.rels", outside), Fault::Outside("http://x".to_owned())),
        (with_part("word/vbaProject.bin", ""), Fault::Macros),
        (with_part("[Content_Types].xml", macros), Fault::Macros),
        (with_part("[Content_Types].xml", ""), Fault::NotDocx),
        (xlsx(&november()).unwrap(), Fault::NotDocx),
        (b"%PDF-1.7".to_vec(), Fault::NotDocx),
        (vec![0; 6 * 1024 * 1024], Fault::TooLarge),
    ];
    for (file, fault) in refused {
        assert_eq!(template::inspect(&file, &november()), Err(fault));
    }
}
