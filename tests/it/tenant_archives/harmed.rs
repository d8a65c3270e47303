//! Archives that were damaged, changed or made to harm: of none is anything written.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use dondoc::error::TenancyFault;
use dondoc::tenants;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{Entries, KEY, entries, fault, manifest, rich};
use crate::support::{TestApp, number};

fn pack(path: &Path, entries: &Entries) {
    let mut zip = ZipWriter::new(File::create(path).unwrap());
    for (name, bytes) in entries {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap();
}

/// Gives an entry other bytes and the manifest their sum.
fn put(entries: &mut Entries, name: &str, bytes: Vec<u8>) {
    let hash: String = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
    let mut told = manifest(entries);
    told["entries"][name] = json!({ "bytes": bytes.len(), "sha256": hash });
    entries.insert("manifest.json".into(), serde_json::to_vec(&told).unwrap());
    entries.insert(name.to_owned(), bytes);
}

fn tell(entries: &mut Entries, name: &str, value: Value) {
    let mut told = manifest(entries);
    told[name] = value;
    entries.insert("manifest.json".into(), serde_json::to_vec(&told).unwrap());
}

/// What is done to a good archive.
type Harm = fn(&mut Entries);

const UNITS: &str = "tables/units.jsonl";

fn edited(entries: &Entries, name: &str, from: &str, to: &str) -> Vec<u8> {
    String::from_utf8(entries[name].clone()).unwrap().replace(from, to).into_bytes()
}

#[test]
fn of_a_harmed_archive_nothing_is_written() {
    let (test, dir) = rich("mot");
    let path = dir.path().join("mot.zip");
    tenants::export(&test.app, "mot", &path, KEY.to_owned()).unwrap();
    let good = entries(&path);
    let cases: [(&str, Harm); 12] = [
        ("ArchiveDamaged", |e| {
            let other = edited(e, UNITS, "\"A\"", "\"X\"");
            e.insert(UNITS.into(), other);
        }),
        ("ArchiveDamaged", |e| drop(e.remove(UNITS))),
        ("ArchiveDamaged", |e| drop(e.insert("../../etc/passwd".into(), b"x".to_vec()))),
        ("ArchiveForm", |e| drop(e.remove("manifest.json"))),
        ("ArchiveForm", |e| drop(e.insert("manifest.json".into(), b"{".to_vec()))),
        ("ArchiveForm", |e| tell(e, "format", json!(2))),
        ("ArchiveForm", |e| put(e, "tables/pg_authid.jsonl", b"{}\n".to_vec())),
        ("ArchiveSchema", |e| tell(e, "schema", json!("20200101000000"))),
        ("ArchiveHostile", |e| drop(e.insert("manifest.json".into(), vec![b' '; 2 << 20]))),
        ("ArchiveHostile", |e| put(e, UNITS, vec![b' '; 20 << 20])),
        ("ArchiveDamaged", |e| {
            let tenant = manifest(e)["tenant"].as_str().unwrap().to_owned();
            let other = edited(e, UNITS, &tenant, "00000000-0000-7000-8000-000000000000");
            put(e, UNITS, other);
        }),
        ("ArchiveDamaged", |e| {
            let fewer = edited(e, "tables/tenant_hosts.jsonl", "\n", "");
            put(e, "tables/tenant_hosts.jsonl", [fewer, b"\n\n".to_vec()].concat());
        }),
    ];
    let there = TestApp::new();
    for (number_of, (kind, harm)) in cases.into_iter().enumerate() {
        let mut entries = good.clone();
        harm(&mut entries);
        let harmed = dir.path().join("harmed.zip");
        pack(&harmed, &entries);
        let found = fault(tenants::import(&there.app, &harmed, None, KEY));
        assert!(format!("{found:?}").starts_with(kind), "{number_of}: {found:?}");
        let left = "SELECT (SELECT count(*) FROM tenants) + (SELECT count(*) FROM units)";
        assert_eq!(number(&mut there.test_db.superuser(), left), 0, "{number_of}");
    }
    fs::write(&path, b"no zip").unwrap();
    assert!(matches!(fault(tenants::import(&there.app, &path, None, KEY)), TenancyFault::ArchiveForm(_)));
}
