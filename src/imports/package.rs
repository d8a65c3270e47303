//! The gate before the workbook reader: what the zip package may hold.
//!
//! Every limit is measured on the unpacked stream, never on the sizes that a package declares, so that
//! a reader behind this gate meets at most [`MAX_UNPACKED`] bytes and no document type declarations.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::refusal::{Found, Refusal};

/// The largest upload, in bytes.
pub const MAX_UPLOAD: u64 = 5 * 1024 * 1024;
/// The most parts a package may hold.
pub const MAX_PARTS: usize = 200;
/// The most bytes all parts together may unpack to.
pub const MAX_UNPACKED: u64 = 50 * 1024 * 1024;
/// The tightest packing that is believed of a part larger than [`RATIO_FROM`].
const MAX_RATIO: u64 = 100;
/// Small parts may be packed as tightly as they like.
const RATIO_FROM: u64 = 1024 * 1024;
/// The most shared strings a workbook may announce; the reader reserves room for the number announced.
const MAX_STRINGS: u64 = 400_000;
/// How much of a chunk is looked at again with the next one, so that no word hides on the border.
const OVERLAP: usize = 64;

/// Refuses a file that is no workbook or would harm its reader.
pub fn check(bytes: &[u8]) -> Result<(), Refusal> {
    if bytes.len() as u64 > MAX_UPLOAD {
        return Err(Refusal::TooLarge { limit: MAX_UPLOAD });
    }
    if !bytes.starts_with(b"PK\x03\x04") {
        return Err(Refusal::NotXlsx(foreign(bytes)));
    }
    if declared_parts(bytes) > MAX_PARTS {
        return Err(Refusal::TooManyParts { limit: MAX_PARTS });
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if archive.len() > MAX_PARTS {
        return Err(Refusal::TooManyParts { limit: MAX_PARTS });
    }
    let mut names = Vec::with_capacity(archive.len());
    let mut left = MAX_UNPACKED;
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(damaged)?;
        let name = part.name().map_err(damaged)?.to_string();
        if part.is_symlink() || part.encrypted() {
            return Err(Refusal::Suspicious { part: name });
        }
        let packed = part.compressed_size().max(1);
        let size = scan(&name, &mut part, left)?;
        if size > RATIO_FROM && size / packed > MAX_RATIO {
            return Err(Refusal::Ratio { part: name });
        }
        left -= size;
        names.push(name.to_lowercase().replace('\\', "/"));
    }
    is_workbook(&names)
}

/// What a file without the zip signature is.
fn foreign(bytes: &[u8]) -> Found {
    if !bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Found::Other;
    }
    let marker: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if bytes.windows(marker.len()).any(|w| w == marker) { Found::Encrypted } else { Found::Xls }
}

/// The number of parts the end record declares, read before anything is allocated for them.
fn declared_parts(bytes: &[u8]) -> usize {
    let tail = bytes.get(bytes.len().saturating_sub(66_000)..).unwrap_or_default();
    let end = tail.windows(4).rposition(|w| w == b"PK\x05\x06");
    end.and_then(|at| tail.get(at + 10..at + 12))
        .and_then(|count| count.try_into().ok())
        .map_or(0, |count| usize::from(u16::from_le_bytes(count)))
}

/// Whether the parts are those of an .xlsx workbook.
fn is_workbook(names: &[String]) -> Result<(), Refusal> {
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    let book = names.iter().any(|name| name.starts_with("xl/workbook") && name.ends_with(".xml"));
    if has("[content_types].xml") && book {
        return Ok(());
    }
    let found = if has("xl/workbook.bin") {
        Found::Xlsb
    } else if has("mimetype") && has("content.xml") {
        Found::Ods
    } else {
        Found::Zip
    };
    Err(Refusal::NotXlsx(found))
}

/// Unpacks a part chunk by chunk, counting and looking for declarations; the size in bytes.
fn scan(name: &str, part: &mut impl Read, left: u64) -> Result<u64, Refusal> {
    let lower = name.to_lowercase();
    let is_xml = lower.ends_with(".xml") || lower.ends_with(".rels");
    let strings = lower.ends_with("sharedstrings.xml");
    let mut limited = part.take(left + 1);
    let mut window: Vec<u8> = Vec::with_capacity(64 * 1024 + OVERLAP);
    let mut chunk = vec![0u8; 64 * 1024];
    let mut size = 0u64;
    loop {
        let read = limited.read(&mut chunk).map_err(damaged)?;
        if read == 0 {
            break;
        }
        let fresh = chunk.get(..read).unwrap_or_default();
        let first = size == 0;
        size += read as u64;
        if size > left {
            return Err(Refusal::Unpacked { limit: MAX_UNPACKED });
        }
        if is_xml {
            window.extend_from_slice(fresh);
            let wide = first && (fresh.starts_with(&[0xff, 0xfe]) || fresh.starts_with(&[0xfe, 0xff]));
            if wide || declares(&window) || (strings && announces_too_many(&window)) {
                return Err(Refusal::Suspicious { part: name.to_string() });
            }
            let keep = window.len().saturating_sub(OVERLAP);
            window.drain(..keep);
        }
    }
    Ok(size)
}

/// Whether the bytes hold a document type or entity declaration, in any case.
fn declares(bytes: &[u8]) -> bool {
    bytes.windows(2).enumerate().filter(|(_, pair)| *pair == b"<!").any(|(at, _)| {
        let rest = bytes.get(at + 2..).unwrap_or_default();
        [&b"DOCTYPE"[..], b"ENTITY"]
            .iter()
            .any(|word| rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)))
    })
}

/// Whether the string table announces more strings than a workbook of ours can hold.
fn announces_too_many(bytes: &[u8]) -> bool {
    const WORD: &[u8] = b"uniqueCount";
    bytes.windows(WORD.len()).enumerate().filter(|(_, word)| *word == WORD).any(|(at, _)| {
        let rest = bytes.get(at + WORD.len()..).unwrap_or_default();
        match rest {
            [b'=', b'"' | b'\'', digits @ ..] => {
                let number: String = digits
                    .iter()
                    .take_while(|b| b.is_ascii_digit())
                    .take(20)
                    .map(|b| char::from(*b))
                    .collect();
                number.len() > 7 || number.parse::<u64>().is_ok_and(|count| count > MAX_STRINGS)
            }
            // White space around the sign is legal, no program writes it, and it may hide a number.
            [b'=' | b' ' | b'\t' | b'\r' | b'\n', ..] => true,
            _ => false,
        }
    })
}

fn damaged(error: impl std::fmt::Display) -> Refusal {
    Refusal::Damaged { detail: error.to_string() }
}
