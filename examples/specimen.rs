//! Writes the specimen of a briefing as files, for `deploy/drills/documents.sh`: `specimen DIRECTORY`.

use std::fs;
use std::path::PathBuf;

use dondoc::documents::{docx, xlsx};
use dondoc::papers::specimen;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let to = PathBuf::from(std::env::args().nth(1).ok_or("specimen DIRECTORY")?);
    let document = specimen("Bộ Thông tin và Truyền thông");
    fs::write(to.join("specimen.docx"), docx(&document)?)?;
    fs::write(to.join("specimen.xlsx"), xlsx(&document)?)?;
    Ok(())
}
