//! Writing an archive, a row at a time.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::draft::{Draft, unwritable};
use super::store::{self, Table};
use super::{FORMAT, MANIFEST, Manifest, Sum, Written, file_of, hexadecimal, lines_of, sheet_of};
use crate::db::{TenantConn, known_schema};
use crate::depot::Depot;
use crate::domain::words::as_cell;
use crate::error::{Error, Result, TenancyFault};

/// Spreadsheets take a file for UTF-8 when it begins so.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// How rows are kept.
const PACKED: CompressionMethod = CompressionMethod::Deflated;

/// What the manifest says of the tenant beside its rows.
pub(in crate::tenants) struct About {
    pub slug: String,
    pub is_active: bool,
    pub hosts: Vec<String>,
    pub key: String,
}

/// Counts and hashes what goes through.
struct Summing<W> {
    to: W,
    hash: Sha256,
    bytes: u64,
}

impl<W: Write> Write for Summing<W> {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        let written = self.to.write(buf)?;
        self.hash.update(buf.get(..written).unwrap_or_default());
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// The file under way.
struct Archiver<'a> {
    zip: ZipWriter<BufWriter<&'a File>>,
    path: &'a Path,
    entries: BTreeMap<String, Sum>,
}

impl Archiver<'_> {
    /// Writes one entry; `fill` says how many rows it has.
    fn entry(
        &mut self,
        name: String,
        method: CompressionMethod,
        fill: impl FnOnce(&mut dyn Write, &dyn Fn(io::Error) -> Error) -> Result<u64>,
    ) -> Result<u64> {
        let path = self.path;
        let options = SimpleFileOptions::default().compression_method(method).large_file(true);
        let options = options.unix_permissions(0o600);
        self.zip.start_file(&name, options).map_err(|e| unwritable(path, e))?;
        let mut summing = Summing { to: &mut self.zip, hash: Sha256::new(), bytes: 0 };
        let rows = fill(&mut summing, &|e| unwritable(path, e))?;
        let sum = Sum { bytes: summing.bytes, sha256: hexadecimal(&summing.hash.finalize()) };
        self.entries.insert(name, sum);
        Ok(rows)
    }

    /// Writes a table twice: its rows for programs, then for people. The two are of one snapshot.
    fn table(&mut self, conn: &mut TenantConn<'_>, table: &Table) -> Result<u64> {
        let rows = self.entry(lines_of(&table.name), PACKED, |to, told| lines(conn, table, to, told))?;
        self.entry(sheet_of(&table.name), PACKED, |to, told| sheet(conn, table, to, told))?;
        Ok(rows)
    }

    /// Writes the files that are kept, as they are: most are packed already.
    fn files(&mut self, conn: &mut TenantConn<'_>, depot: &Depot) -> Result<usize> {
        let kept = store::kept_files(conn)?;
        for (id, _, sha256) in &kept {
            let lost = |why: String| Error::from(TenancyFault::FileLost(format!("{id}: {why}")));
            let sha256 = sha256.as_slice().try_into().map_err(|_| lost("its hash".to_owned()))?;
            self.entry(file_of(*id), CompressionMethod::Stored, |to, _| {
                let copied = depot.copy_to(conn.tenant(), *id, sha256, to);
                copied.map(|()| 0).map_err(|error| lost(error.to_string()))
            })?;
        }
        Ok(kept.len())
    }
}

fn lines(
    conn: &mut TenantConn<'_>,
    table: &Table,
    to: &mut dyn Write,
    told: &dyn Fn(io::Error) -> Error,
) -> Result<u64> {
    let mut rows = 0;
    store::each_row(conn, table, |row| {
        rows += 1;
        let line: BTreeMap<&String, &Option<String>> = table.columns.iter().zip(&row).collect();
        serde_json::to_writer(&mut *to, &line).map_err(|e| told(e.into()))?;
        to.write_all(b"\n").map_err(told)
    })?;
    Ok(rows)
}

fn sheet(
    conn: &mut TenantConn<'_>,
    table: &Table,
    to: &mut dyn Write,
    told: &dyn Fn(io::Error) -> Error,
) -> Result<u64> {
    to.write_all(BYTE_ORDER_MARK).map_err(told)?;
    let mut sheet = csv::Writer::from_writer(to);
    let mut rows = 0;
    sheet.write_record(&table.columns).map_err(|e| told(e.into()))?;
    store::each_row(conn, table, |row| {
        rows += 1;
        let cells = row.iter().map(|cell| as_cell(cell.as_deref().unwrap_or_default()));
        sheet.write_record(cells.map(|cell| cell.into_owned())).map_err(|e| told(e.into()))
    })?;
    sheet.flush().map_err(told)?;
    Ok(rows)
}

/// Writes the tenant as the transaction sees it.
///
/// # Errors
/// The file is there already or can't be written.
pub(in crate::tenants) fn write(
    conn: &mut TenantConn<'_>,
    depot: &Depot,
    about: &About,
    to: &Path,
) -> Result<Written> {
    store::begin(conn)?;
    let draft = Draft::begin(to)?;
    let zip = ZipWriter::new(BufWriter::new(&draft.file));
    let mut archiver = Archiver { zip, path: to, entries: BTreeMap::new() };
    let mut tables = BTreeMap::new();
    for table in super::tables(conn)? {
        let rows = archiver.table(conn, &table)?;
        tables.insert(table.name, rows);
    }
    let files = archiver.files(conn, depot)?;
    let written = Written { tables: tables.len(), rows: tables.values().sum(), files };
    let manifest = Manifest {
        format: FORMAT,
        product: env!("CARGO_PKG_VERSION").to_owned(),
        schema: known_schema()?,
        key: about.key.clone(),
        made_at: conn.now(),
        tenant: conn.tenant().uuid(),
        slug: about.slug.clone(),
        is_active: about.is_active,
        hosts: about.hosts.clone(),
        tables,
        entries: archiver.entries.clone(),
    };
    archiver.entry(MANIFEST.to_owned(), PACKED, |to, told| {
        serde_json::to_writer_pretty(to, &manifest).map_err(|e| told(e.into()))?;
        Ok(0)
    })?;
    let file = archiver.zip.finish().map_err(|e| unwritable(to, e))?;
    file.into_inner().map_err(|e| unwritable(to, e.error()))?;
    draft.keep()?;
    Ok(written)
}
