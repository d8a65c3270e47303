//! Reading an archive: nothing of it is believed before it was looked at.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use sha2::{Digest, Sha256};
use uuid::Uuid;
use zip::ZipArchive;

use super::store::{self, Table};
use super::{FORMAT, MANIFEST, Manifest, SEALED, Sum, file_of, hexadecimal, lines_of, sheet_of};
use crate::db::{TenantConn, known_schema};
use crate::depot::Depot;
use crate::error::{Error, Refusal, Result, TenancyFault};

/// The most entries an archive may hold: a table has two, a file one.
const MOST_ENTRIES: usize = 500_000;
/// The largest manifest, in bytes.
const MOST_MANIFEST: u64 = 128 * 1024 * 1024;
/// The longest row, in bytes.
const MOST_LINE: u64 = 16 * 1024 * 1024;
/// The tightest packing that is believed of an entry larger than [`RATIO_FROM`].
const MOST_RATIO: u64 = 500;
/// Small entries may be packed as tightly as they like.
const RATIO_FROM: u64 = 1024 * 1024;
/// Where the files stand.
const FILES: &str = "files/";
/// Rows are written in statements of about so many bytes.
const BATCH: usize = 1024 * 1024;

/// A row of an archive.
type Line = BTreeMap<String, Option<String>>;

/// An archive whose every entry is what its manifest says.
pub(in crate::tenants) struct Archive {
    zip: ZipArchive<BufReader<File>>,
    pub manifest: Manifest,
}

fn form(why: impl ToString) -> Error {
    TenancyFault::ArchiveForm(why.to_string()).into()
}

fn hostile(what: impl ToString) -> Error {
    TenancyFault::ArchiveHostile(what.to_string()).into()
}

fn damaged(entry: impl ToString) -> Error {
    TenancyFault::ArchiveDamaged(entry.to_string()).into()
}

impl Archive {
    /// Opens an archive and holds every entry against the manifest.
    ///
    /// # Errors
    /// It can't be read, is none of this format, is damaged, or could harm its reader.
    pub(in crate::tenants) fn open(path: &Path) -> Result<Self> {
        let unreadable = |e: std::io::Error| Refusal::FileUnreadable {
            path: path.display().to_string(),
            reason: e.to_string(),
        };
        let file = File::open(path).map_err(unreadable)?;
        let mut zip = ZipArchive::new(BufReader::new(file)).map_err(form)?;
        if zip.len() > MOST_ENTRIES {
            return Err(hostile(format!("{} entries", zip.len())));
        }
        let manifest = manifest(&mut zip)?;
        if manifest.format != FORMAT {
            return Err(form(format!("format {}", manifest.format)));
        }
        if zip.len() != manifest.entries.len() + 1 {
            return Err(damaged(MANIFEST));
        }
        for (name, sum) in &manifest.entries {
            check(&mut zip, name, sum)?;
        }
        Ok(Self { zip, manifest })
    }

    /// Whether its second factors can be opened with the secret of this installation.
    pub(in crate::tenants) fn has_key(&self, key: &str) -> bool {
        self.manifest.key == key
    }

    /// Refuses what does not fit this installation, before anything is written.
    fn fit(&self, conn: &mut TenantConn<'_>, tables: &[Table], slug: &str) -> Result<()> {
        let here = known_schema()?;
        if self.manifest.schema != here {
            let archive = self.manifest.schema.clone();
            return Err(TenancyFault::ArchiveSchema { archive, here }.into());
        }
        let names: BTreeSet<&str> = tables.iter().map(|table| table.name.as_str()).collect();
        let expected: BTreeSet<String> =
            names.iter().flat_map(|name| [lines_of(name), sheet_of(name)]).collect();
        if !self.manifest.tables.keys().map(String::as_str).eq(names)
            || !self.manifest.entries.keys().filter(|name| !name.starts_with(FILES)).eq(&expected)
        {
            return Err(form("its tables are not those of the schema"));
        }
        if let Some(slug) = store::slug_of(conn, self.manifest.tenant)? {
            return Err(TenancyFault::ArchiveHere(slug).into());
        }
        if store::has_slug(conn, slug)? {
            return Err(Refusal::TenantExists(slug.to_owned()).into());
        }
        if let Some(host) = store::taken_host(conn, &self.manifest.hosts)? {
            return Err(TenancyFault::HostTaken(host).into());
        }
        Ok(())
    }

    /// Writes every row, under another slug when that is asked; the sealed tables only `with_factors`. How many.
    ///
    /// # Errors
    /// The schema is another; tenant, slug or a host is taken; a row is not the tenant's.
    pub(in crate::tenants) fn restore(
        &mut self,
        conn: &mut TenantConn<'_>,
        slug: &str,
        with_factors: bool,
    ) -> Result<u64> {
        store::begin(conn)?;
        let tables = super::tables(conn)?;
        self.fit(conn, &tables, slug)?;
        store::defer(conn)?;
        let mut rows = 0;
        for table in tables.iter().filter(|table| with_factors || !SEALED.contains(&table.name.as_str())) {
            rows += self.restore_table(conn, table, slug)?;
        }
        // Somebody may still hold figures of another life of this tenant, under a revision that this one would come to.
        store::leap(conn)?;
        Ok(rows)
    }

    /// Keeps the files whose rows were restored: exactly those, each as its row says.
    ///
    /// # Errors
    /// The archive has another file, or another of the same name; the depot can't be reached.
    pub(in crate::tenants) fn restore_files(
        &mut self,
        conn: &mut TenantConn<'_>,
        depot: &Depot,
    ) -> Result<()> {
        let rows = store::kept_files(conn)?;
        let of_row = |(id, bytes, sha256): &(Uuid, i64, Vec<u8>)| {
            let bytes = u64::try_from(*bytes).unwrap_or_default();
            (file_of(*id), Sum { bytes, sha256: hexadecimal(sha256) })
        };
        let expected: BTreeMap<String, Sum> = rows.iter().map(of_row).collect();
        let found = self.manifest.entries.iter().filter(|(name, _)| name.starts_with(FILES));
        if !found.eq(&expected) {
            return Err(damaged(FILES));
        }
        for (id, _, _) in rows {
            let entry = self.zip.by_name(&file_of(id)).map_err(form)?;
            depot.keep(conn.tenant(), id, entry)?;
        }
        Ok(())
    }

    fn restore_table(&mut self, conn: &mut TenantConn<'_>, table: &Table, slug: &str) -> Result<u64> {
        let tenant = self.manifest.tenant;
        let name = lines_of(&table.name);
        let mut entry = BufReader::new(self.zip.by_name(&name).map_err(form)?);
        let (mut rows, mut batch, mut line) = (0, String::new(), Vec::new());
        loop {
            line.clear();
            let read = (&mut entry).take(MOST_LINE + 1).read_until(b'\n', &mut line).map_err(form)?;
            if read as u64 > MOST_LINE {
                return Err(hostile(&name));
            }
            if read == 0 || batch.len() >= BATCH {
                write(conn, table, &mut batch)?;
            }
            if read == 0 {
                break;
            }
            let mut row = row(table, tenant, &line).ok_or_else(|| damaged(&name))?;
            if table.name == "tenants" {
                row.insert("slug".to_owned(), Some(slug.to_owned()));
            }
            batch.push(if batch.is_empty() { '[' } else { ',' });
            batch.push_str(&serde_json::to_string(&row).map_err(form)?);
            rows += 1;
        }
        if self.manifest.tables.get(&table.name) == Some(&rows) { Ok(rows) } else { Err(damaged(name)) }
    }
}

fn write(conn: &mut TenantConn<'_>, table: &Table, batch: &mut String) -> Result<()> {
    if batch.is_empty() {
        return Ok(());
    }
    batch.push(']');
    store::insert(conn, table, batch)?;
    batch.clear();
    Ok(())
}

/// A row of the table that is the tenant's own. The walls would refuse another's as well, but not in the tables that
/// have none.
fn row(table: &Table, tenant: Uuid, line: &[u8]) -> Option<Line> {
    let row: Line = serde_json::from_slice(line).ok()?;
    let has_columns = row.len() == table.columns.len() && table.columns.iter().all(|c| row.contains_key(c));
    let owner = row.get(&table.tenant_column)?.as_deref().and_then(|id| Uuid::parse_str(id).ok());
    (has_columns && owner == Some(tenant)).then_some(row)
}

fn manifest(zip: &mut ZipArchive<BufReader<File>>) -> Result<Manifest> {
    let entry = zip.by_name(MANIFEST).map_err(|_| form("it has no manifest.json"))?;
    if is_too_tight(entry.size(), entry.compressed_size()) {
        return Err(hostile(MANIFEST));
    }
    let mut bytes = Vec::new();
    entry.take(MOST_MANIFEST + 1).read_to_end(&mut bytes).map_err(form)?;
    if bytes.len() as u64 > MOST_MANIFEST {
        return Err(hostile(MANIFEST));
    }
    serde_json::from_slice(&bytes).map_err(|e| form(format!("{MANIFEST}: {e}")))
}

/// Whether so many bytes can't have been packed into so few.
fn is_too_tight(bytes: u64, packed: u64) -> bool {
    bytes > RATIO_FROM && bytes / packed.max(1) > MOST_RATIO
}

/// Holds an entry against what the manifest says of it; no more is unpacked than that.
fn check(zip: &mut ZipArchive<BufReader<File>>, name: &str, sum: &Sum) -> Result<()> {
    let entry = zip.by_name(name).map_err(|_| damaged(name))?;
    if entry.is_symlink() || entry.encrypted() {
        return Err(hostile(name));
    }
    if is_too_tight(sum.bytes, entry.compressed_size()) {
        return Err(hostile(name));
    }
    let (mut hash, mut bytes, mut chunk) = (Sha256::new(), 0u64, vec![0u8; 64 * 1024]);
    let mut limited = entry.take(sum.bytes.saturating_add(1));
    loop {
        let read = limited.read(&mut chunk).map_err(|_| damaged(name))?;
        if read == 0 {
            break;
        }
        bytes += read as u64;
        hash.update(chunk.get(..read).unwrap_or_default());
    }
    let is_right = bytes == sum.bytes && hexadecimal(&hash.finalize()) == sum.sha256;
    if is_right { Ok(()) } else { Err(damaged(name)) }
}
