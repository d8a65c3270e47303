use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::*;
use crate::imports::package;
use crate::imports::refusal::Found;
use crate::imports::workbook;

/// A package of parts.
fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The same package with the text of its parts changed.
pub fn repacked(bytes: &[u8], change: impl Fn(&str, String) -> String) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let name = part.name().unwrap().to_string();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        let changed = change(&name, text);
        parts.push((name, changed));
    }
    let parts: Vec<(&str, &[u8])> =
        parts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    packed(&parts)
}

fn with_sheet(change: impl Fn(String) -> String) -> Vec<u8> {
    repacked(&tasks(&[GOOD.to_vec()]), |name, xml| if name.contains("sheet1") { change(xml) } else { xml })
}

#[test]
fn other_kinds_of_files_are_named() {
    let not = |bytes: &[u8]| match refused(bytes, &[]) {
        Refusal::NotXlsx(found) => found,
        other => panic!("{other:?}"),
    };
    assert_eq!(not(b"TT,Nhiem vu\n1,A"), Found::Other);
    assert_eq!(not(b""), Found::Other);
    assert_eq!(not(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), Found::Xls);
    let locked: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(not(&[&b"\xd0\xcf\x11\xe0"[..], &locked].concat()), Found::Encrypted);
    assert_eq!(not(&packed(&[("mimetype", b"x"), ("content.xml", b"x")])), Found::Ods);
    assert_eq!(not(&packed(&[("[Content_Types].xml", b"x"), ("xl/workbook.bin", b"x")])), Found::Xlsb);
    assert_eq!(not(&packed(&[("a.txt", b"x")])), Found::Zip);
}

#[test]
fn bombs_are_refused() {
    let zeros = vec![0u8; 20 * 1024 * 1024];
    let tight = packed(&[("[Content_Types].xml", b"x"), ("xl/workbook.xml", b"x"), ("xl/a.bin", &zeros)]);
    assert_eq!(refused(&tight, &[]), Refusal::Ratio { part: "xl/a.bin".to_string() });
    let many: Vec<String> = (0..40_000).map(|at| format!("{at}")).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), &b""[..])).collect();
    assert_eq!(refused(&packed(&many), &[]), Refusal::TooManyParts { limit: 200 });
    let large = vec![0u8; package::MAX_UPLOAD as usize + 1];
    assert_eq!(refused(&large, &[]), Refusal::TooLarge { limit: package::MAX_UPLOAD });
}

#[test]
fn the_sum_of_all_parts_is_measured_while_unpacking() {
    // Each part is small enough to be packed as tightly as it likes.
    let part = vec![0u8; 1_000_000];
    let names: Vec<String> = (0..60).map(|at| format!("xl/{at}.bin")).collect();
    let mut parts: Vec<(&str, &[u8])> = vec![("[Content_Types].xml", b"x"), ("xl/workbook.xml", b"x")];
    parts.extend(names.iter().map(|name| (name.as_str(), part.as_slice())));
    assert_eq!(refused(&packed(&parts), &[]), Refusal::Unpacked { limit: package::MAX_UNPACKED });
}

#[test]
fn declarations_are_refused() {
    for declaration in ["<!DOCTYPE x [<!ENTITY a \"b\">]>", "<!doctype x>"] {
        let bytes = with_sheet(|xml| xml.replacen("?>", &format!("?>{declaration}"), 1));
        assert!(matches!(refused(&bytes, &[]), Refusal::Suspicious { .. }));
    }
}

#[test]
fn an_announced_number_of_strings_reserves_nothing() {
    for count in ["99999999999", "0000000000000000000000099999999999"] {
        let bytes = repacked(&tasks(&[GOOD.to_vec()]), |name, xml| {
            let text = xml.find("uniqueCount=\"").filter(|_| name.ends_with("sharedStrings.xml"));
            text.map_or(xml.clone(), |at| format!("{}{count}{}", &xml[..at + 13], &xml[at + 13..]))
        });
        assert!(matches!(refused(&bytes, &[]), Refusal::Suspicious { .. }), "{count}");
    }
}

#[test]
fn a_value_far_away_is_refused_by_name_and_a_format_is_not() {
    let at = |cell: &str, content: &str| {
        let row: String = cell.chars().filter(char::is_ascii_digit).collect();
        let extra = format!("<row r=\"{row}\"><c r=\"{cell}\">{content}</c></row></sheetData>");
        with_sheet(|xml| xml.replace("</sheetData>", &extra))
    };
    for cell in ["XFD1048576", "AY3", "A20501"] {
        match refused(&at(cell, "<v>1</v>"), &[]) {
            Refusal::Beyond { cell: named, .. } => assert_eq!(named, cell),
            other => panic!("{other:?}"),
        }
        assert_eq!(read(&at(cell, "")).rows.len(), 1);
    }
}

#[test]
fn broken_packages_and_references_are_damaged_and_nothing_panics() {
    let good = tasks(&[GOOD.to_vec()]);
    for cut in [4, 30, good.len() / 2, good.len() - 1] {
        assert!(open(&good[..cut], &[]).is_err());
    }
    for reference in ["ZZZZZZZZZZ1", "A99999999999", "1", ""] {
        let bytes = with_sheet(|xml| xml.replace("r=\"A2\"", &format!("r=\"{reference}\"")));
        let _ = open(&bytes, &[]);
    }
    let bytes = with_sheet(|xml| xml.replace("</row>", "").replace("</sheetData>", ""));
    assert!(matches!(refused(&bytes, &[]), Refusal::Damaged { .. }));
}

#[test]
fn ten_thousand_rows_and_more_pass() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, words) in HEADINGS.iter().enumerate() {
        sheet.write_string(3, column as u16, *words).unwrap();
    }
    for row in 0..20_000u32 {
        for (column, words) in GOOD.iter().enumerate().filter(|(_, words)| !words.is_empty()) {
            sheet.write_string(row + 4, column as u16, *words).unwrap();
        }
        sheet.write_string(row + 4, 1, format!("M-{row}")).unwrap();
        sheet.write_string(row + 4, 2, format!("Nhiệm vụ số {row} của năm")).unwrap();
    }
    let bytes = workbook.save_to_buffer().unwrap();
    let sheets = workbook::read(&bytes).unwrap();
    assert_eq!(sheets[0].rows.len(), 20_001);
    let read = read(&bytes);
    assert_eq!((read.faults.len(), read.rows.len()), (0, 20_000));
}
