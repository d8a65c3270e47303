//! What a file is, by its content alone. Packages are looked into by their directory: nothing of them is unpacked but
//! the few bytes that say what they are.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};

use infer::MatcherType;
use zip::ZipArchive;

use crate::domain::attachment::FileKind;

/// So many bytes say what a file is.
const HEAD: usize = 8 * 1024;

/// The most entries a package may have; a long presentation has some hundreds.
const MOST_ENTRIES: u16 = 5_000;

/// The end of a package, with the longest remark behind it.
const LONGEST_END: u64 = 66_000;

/// The kind of a file; `None` when it is none that is kept.
///
/// # Errors
/// It can't be read.
pub(super) fn kind(file: &mut File) -> io::Result<Option<FileKind>> {
    let mut head = Vec::with_capacity(HEAD);
    file.rewind()?;
    file.take(HEAD as u64).read_to_end(&mut head)?;
    let found = infer::get(&head);
    match found.map(|kind| (kind.mime_type(), kind.matcher_type())) {
        Some(("application/pdf", _)) => Ok(Some(FileKind::Pdf)),
        Some(("image/png", _)) => Ok(Some(FileKind::Png)),
        Some(("image/jpeg", _)) => Ok(Some(FileKind::Jpeg)),
        // Text in some language, a web page among them, is served as plain text.
        None | Some((_, MatcherType::Text)) => Ok(is_text(file)?.then_some(FileKind::Text)),
        _ if head.starts_with(b"PK\x03\x04") => package(file),
        _ => Ok(None),
    }
}

/// Whether it is UTF-8 from beginning to end, without control characters but those of lines and tabs.
fn is_text(file: &mut File) -> io::Result<bool> {
    file.rewind()?;
    let mut reader = BufReader::new(file);
    let (mut chunk, mut held) = (vec![0u8; 64 * 1024], Vec::new());
    loop {
        let read = reader.read(&mut chunk)?;
        if read == 0 {
            return Ok(held.is_empty());
        }
        held.extend_from_slice(chunk.get(..read).unwrap_or_default());
        let whole = match std::str::from_utf8(&held) {
            Ok(text) => text,
            // A character may be cut in two by the border of what was read.
            Err(error) if error.error_len().is_none() => {
                let whole = held.get(..error.valid_up_to()).unwrap_or_default();
                std::str::from_utf8(whole).unwrap_or_default()
            }
            Err(_) => return Ok(false),
        };
        if whole.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}')) {
            return Ok(false);
        }
        held.drain(..whole.len());
    }
}

/// The kind of a package of parts.
fn package(file: &mut File) -> io::Result<Option<FileKind>> {
    if announced_entries(file)?.is_none_or(|entries| entries > MOST_ENTRIES) {
        return Ok(None);
    }
    file.rewind()?;
    let Ok(mut zip) = ZipArchive::new(BufReader::new(file)) else { return Ok(None) };
    if zip.len() > usize::from(MOST_ENTRIES) {
        return Ok(None);
    }
    let read: std::result::Result<Vec<String>, _> =
        zip.file_names().map(|name| name.map(|name| name.to_lowercase())).collect();
    let Ok(names) = read else { return Ok(None) };
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    // What runs when it is opened, under the name of a document without it.
    if names.iter().any(|name| name.ends_with("vbaproject.bin") || name.starts_with("basic/")) {
        return Ok(None);
    }
    if has("[content_types].xml") {
        let mains = [
            ("word/document.xml", FileKind::Docx),
            ("xl/workbook.xml", FileKind::Xlsx),
            ("ppt/presentation.xml", FileKind::Pptx),
        ];
        return Ok(mains.into_iter().find(|(main, _)| has(main)).map(|(_, kind)| kind));
    }
    let mut said = Vec::new();
    if let Ok(entry) = zip.by_name("mimetype") {
        entry.take(64).read_to_end(&mut said)?;
    }
    let is_odt = said == FileKind::Odt.media_type().as_bytes() && has("content.xml");
    Ok(is_odt.then_some(FileKind::Odt))
}

/// How many entries the end of a package announces, read before anything is allocated for them.
fn announced_entries(file: &mut File) -> io::Result<Option<u16>> {
    let length = file.seek(SeekFrom::End(0))?;
    file.seek(SeekFrom::Start(length.saturating_sub(LONGEST_END)))?;
    let mut tail = Vec::new();
    file.take(LONGEST_END).read_to_end(&mut tail)?;
    let end = tail.windows(4).rposition(|bytes| bytes == b"PK\x05\x06");
    let count = end.and_then(|at| tail.get(at + 10..at + 12)).and_then(|count| count.try_into().ok());
    Ok(count.map(u16::from_le_bytes))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn of(bytes: &[u8]) -> Option<FileKind> {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        kind(&mut file).unwrap()
    }

    fn zip(entries: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = ZipWriter::new(io::Cursor::new(Vec::new()));
        for (name, text) in entries {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn content_decides() {
        assert_eq!(of(b"%PDF-1.7\n%\xe2\xe3"), Some(FileKind::Pdf));
        assert_eq!(of(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), Some(FileKind::Png));
        assert_eq!(of(b"\xff\xd8\xff\xe0\0\x10JFIF\0"), Some(FileKind::Jpeg));
        assert_eq!(of("\u{feff}Báo cáo\r\n\tquý III\n".as_bytes()), Some(FileKind::Text));
        assert_eq!(of(b"<html><script>alert(1)</script>"), Some(FileKind::Text));
        for none in [
            &b"\x7fELF\x02\x01\x01"[..],
            b"MZ\x90\0\x03",
            b"GIF89a\x01\0",
            b"a\0b",
            b"\xff\xfea\0",
            b"{\\rtf1 \xe1",
        ] {
            assert_eq!(of(none), None, "{none:?}");
        }
        let mut long = "ắ".repeat(50_000).into_bytes();
        assert_eq!(of(&long), Some(FileKind::Text), "characters cut by the border of a chunk");
        long.push(0xe1);
        assert_eq!(of(&long), None, "half a character at the end");
    }

    #[test]
    fn packages_are_what_their_parts_are() {
        let types = ("[Content_Types].xml", "<Types/>");
        let odt = FileKind::Odt.media_type();
        assert_eq!(of(&zip(&[types, ("word/document.xml", "")])), Some(FileKind::Docx));
        assert_eq!(of(&zip(&[types, ("xl/workbook.xml", "")])), Some(FileKind::Xlsx));
        assert_eq!(of(&zip(&[types, ("ppt/presentation.xml", "")])), Some(FileKind::Pptx));
        assert_eq!(of(&zip(&[("mimetype", odt), ("content.xml", "")])), Some(FileKind::Odt));
        for none in [
            vec![("a.exe", "MZ")],
            vec![("mimetype", "application/epub+zip"), ("content.xml", "")],
            vec![types, ("word/document.xml", ""), ("word/vbaProject.bin", "x")],
            vec![("word/document.xml", "")],
        ] {
            assert_eq!(of(&zip(&none)), None, "{none:?}");
        }
        let whole = zip(&[types, ("word/document.xml", "")]);
        assert_eq!(of(&whole[..whole.len() - 30]), None, "cut off");
        let many: Vec<(String, &str)> = (0..=MOST_ENTRIES).map(|n| (format!("word/{n}"), "")).collect();
        let many: Vec<(&str, &str)> = many.iter().map(|(name, text)| (name.as_str(), *text)).collect();
        assert_eq!(of(&zip(&[&[types, ("word/document.xml", "")], many.as_slice()].concat())), None);
    }
}
