//! Packages of parts as Word and Excel read them (zip), written so that equal parts are equal bytes: no time of day, one
//! order, one way of packing.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::error::{Error, Result};

/// A part: its name and its bytes.
pub(super) type Part = (String, Vec<u8>);

/// Puts parts together.
///
/// # Errors
/// More parts or larger ones than a package may have.
pub(super) fn pack<'a>(parts: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Result<Vec<u8>> {
    let failed = |error: zip::result::ZipError| Error::Internal(format!("a package can't be written: {error}"));
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
