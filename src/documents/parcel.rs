//! Packages of parts as Word and Excel read them (zip). Written so that equal parts are equal bytes: no time of day, one
//! order, one way of packing. Read behind limits that are measured on what unpacks, never on what a package declares.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::domain::template::TemplateFault;
use crate::error::{Error, Result};

/// A part: its name and its bytes.
pub(super) type Part = (String, Vec<u8>);

/// The most parts, and the most bytes that all of them unpack to.
const MOST_PARTS: usize = 200;
const MOST_UNPACKED: u64 = 50 * 1024 * 1024;

/// The tightest packing that is believed of a part larger than so many bytes.
const TIGHTEST: u64 = 100;
const TIGHT_FROM: u64 = 1024 * 1024;

/// Puts parts together.
///
/// # Errors
/// More parts or larger ones than a package may have.
pub(super) fn pack<'a>(parts: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Result<Vec<u8>> {
    let failed =
        |error: zip::result::ZipError| Error::Internal(format!("a package can't be written: {error}"));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default());
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(name, options).map_err(failed)?;
        zip.write_all(bytes).map_err(|error| failed(error.into()))?;
    }
    Ok(zip.finish().map_err(failed)?.into_inner())
}

/// Takes a package apart.
///
/// # Errors
/// It is none, or would harm its reader.
pub(super) fn unpack(bytes: &[u8]) -> std::result::Result<Vec<Part>, TemplateFault> {
    let damaged = |_| TemplateFault::NotDocx;
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if archive.len() > MOST_PARTS {
        return Err(TemplateFault::Bomb);
    }
    let mut left = MOST_UNPACKED;
    let mut parts: Vec<Part> = Vec::with_capacity(archive.len());
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(damaged)?;
        let name = part.name().map_err(damaged)?.to_string();
        if part.is_symlink() || part.encrypted() || parts.iter().any(|(other, _)| *other == name) {
            return Err(TemplateFault::NotDocx);
        }
        let packed = part.compressed_size().max(1);
        let mut content = Vec::new();
        part.by_ref().take(left + 1).read_to_end(&mut content).map_err(|_| TemplateFault::NotDocx)?;
        let size = content.len() as u64;
        if size > left || (size > TIGHT_FROM && size / packed > TIGHTEST) {
            return Err(TemplateFault::Bomb);
        }
        left -= size;
        parts.push((name, content));
    }
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_out_and_a_bomb_does_not() {
        let file = pack([("a", &b"1"[..]), ("b/c", b"2")]).unwrap();
        assert_eq!(
            unpack(&file).unwrap(),
            [("a".to_owned(), b"1".to_vec()), ("b/c".to_owned(), b"2".to_vec())]
        );
        assert_eq!(unpack(b"PK"), Err(TemplateFault::NotDocx));
        let bomb = pack([("a", vec![0; 2 * 1024 * 1024].as_slice())]).unwrap();
        assert_eq!(unpack(&bomb), Err(TemplateFault::Bomb));
        let many: Vec<String> = (0..=MOST_PARTS).map(|n| n.to_string()).collect();
        let many = pack(many.iter().map(|name| (name.as_str(), &b""[..]))).unwrap();
        assert_eq!(unpack(&many), Err(TemplateFault::Bomb));
    }
}
