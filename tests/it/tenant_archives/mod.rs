//! A tenant as a file: everything of it goes in, comes back elsewhere as it was, and is gone when it is deleted.

mod deletion;
mod harmed;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use diesel::prelude::*;
use diesel::sql_types::Text;
use dondoc::domain::access::Role;
use dondoc::error::{Error, Refusal, Result, TenancyFault};
use dondoc::{journal, tenants};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use zip::ZipArchive;

use crate::support::build::{add_task, add_unit};
use crate::support::home::{Home, stderr, workbook};
use crate::support::site::{Site, add_person};
use crate::support::{TestApp, number, run};

const KEY: &str = "0011223344556677";
const ADMIN: &str = "quantri@example.vn";

/// The entries of an archive.
type Entries = BTreeMap<String, Vec<u8>>;

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

fn names(conn: &mut PgConnection, sql: &str) -> Vec<String> {
    diesel::sql_query(sql).load::<Name>(conn).unwrap().into_iter().map(|row| row.name).collect()
}

/// The walled tables, as the catalogue has them.
fn walled(conn: &mut PgConnection) -> Vec<String> {
    names(
        conn,
        "SELECT c.relname::text AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
          WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attname = 'tenant_id'
          ORDER BY 1",
    )
}

/// A hash of each table's rows of a tenant, the tenant's own row and hosts among them.
fn digests(test: &TestApp, slug: &str, but: &str) -> BTreeMap<String, String> {
    let mut conn = test.test_db.superuser();
    let tenant = format!("(SELECT id FROM tenants WHERE slug = '{slug}')");
    let mut tables: Vec<(String, &str)> = walled(&mut conn).into_iter().map(|t| (t, "tenant_id")).collect();
    // A restored tenant has another revision on purpose.
    tables.retain(|(table, _)| table != "tenant_revisions");
    let system = [("tenants", "id"), ("tenant_hosts", "tenant"), ("jobs", "tenant"), ("job_turns", "tenant")];
    tables.extend(system.map(|(table, own)| (table.to_owned(), own)));
    let digest = |(table, own): (String, &str)| {
        let rows = format!("{own} = {tenant} AND NOT ({})", if table == "journal" { but } else { "false" });
        let last = match table.as_str() {
            "journal_links" => {
                format!(" AND entry_id NOT IN (SELECT id FROM journal WHERE tenant_id = {tenant} AND {but})")
            }
            _ => String::new(),
        };
        let sql = format!(
            "SELECT count(*) || ' ' || md5(coalesce(string_agg(t::text, E'\\n' ORDER BY t::text), '')) AS name
               FROM {table} t WHERE {rows}{last}"
        );
        let found = names(&mut conn, &sql).remove(0);
        (table, found)
    };
    tables.into_iter().map(digest).collect()
}

/// A tenant with something in every table that is hard to carry: rows that point to later rows, nulls of both sorts,
/// bytes, arrays, sealed things, a journal.
fn rich(slug: &str) -> (TestApp, TempDir) {
    let test = TestApp::with_owner();
    test.tenant(slug);
    add_person(&test, slug, ADMIN, Role::Admin, None);
    for unit in ["A", "B", "=C"] {
        add_unit(&test, slug, unit);
    }
    for code in ["1", "2", "-3"] {
        add_task(&test, slug, "A", code);
    }
    tenants::add_host(&test.app, slug, &format!("{slug}.example")).unwrap();
    let of = format!("tenant_id = (SELECT id FROM tenants WHERE slug = '{slug}')");
    run(
        &mut test.test_db.superuser(),
        &format!(
            "UPDATE tasks t SET parent_id = (SELECT max(id::text)::uuid FROM tasks WHERE {of}),
                    labels = ARRAY['a,\"b\"', '{{c}}', 'NULL'], imported = 'null', title = E'dòng \\\\ một\\n\"hai\"'
              WHERE {of} AND id <> (SELECT max(id::text)::uuid FROM tasks WHERE {of});
             UPDATE tasks SET imported = '{{\"n\": 1.50, \"s\": null}}' WHERE {of} AND code = '1';
             UPDATE units SET valid_until = '2024-01-01', successor_id = (SELECT id FROM units WHERE {of} AND short_name = 'B')
              WHERE {of} AND short_name = 'A';
             INSERT INTO person_factors (tenant_id, person_id, sealed_seed, last_step, tries, created_at)
             SELECT tenant_id, id, decode(repeat('0aff', 24), 'hex'), 7, ARRAY['2024-11-29 02:00:00.123456+00'::timestamptz], now()
               FROM persons WHERE {of} AND email = '{ADMIN}';
             INSERT INTO factor_offers SELECT tenant_id, gen_random_uuid(), person_id, sealed_seed, now() FROM person_factors WHERE {of};
             INSERT INTO recovery_codes SELECT tenant_id, person_id, decode(repeat('0b', 32), 'hex'), now(), NULL FROM person_factors WHERE {of}"
        ),
    );
    (test, tempfile::tempdir().unwrap())
}

fn fault<T: std::fmt::Debug>(done: Result<T>) -> TenancyFault {
    match done {
        Err(Error::Refused(Refusal::Tenancy(fault))) => fault,
        other => panic!("{other:?}"),
    }
}

fn entries(path: &Path) -> Entries {
    let mut zip = ZipArchive::new(File::open(path).unwrap()).unwrap();
    let mut entries = Entries::new();
    for index in 0..zip.len() {
        let mut entry = zip.by_index(index).unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        entries.insert(entry.name().unwrap().to_string(), bytes);
    }
    entries
}

fn manifest(entries: &Entries) -> Value {
    serde_json::from_slice(&entries["manifest.json"]).unwrap()
}

#[test]
fn the_archive_holds_every_walled_table_of_the_catalogue() {
    let (test, dir) = rich("mot");
    let path = dir.path().join("mot.zip");
    tenants::export(&test.app, "mot", &path, KEY.to_owned()).unwrap();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1, "nothing is left beside it");
    let entries = entries(&path);
    let manifest = manifest(&entries);
    let mut tables = walled(&mut test.test_db.superuser());
    // Outside the wall, and the tenant's as well.
    tables.extend(["job_turns", "jobs", "tenant_hosts", "tenants"].map(str::to_owned));
    for table in &tables {
        let lines = &entries[&format!("tables/{table}.jsonl")];
        let rows = lines.iter().filter(|byte| **byte == b'\n').count();
        assert_eq!(manifest["tables"][table], rows, "{table}");
        assert!(entries.contains_key(&format!("tables/{table}.csv")), "{table}");
    }
    assert_eq!(manifest["tables"].as_object().unwrap().len(), tables.len());
    assert_eq!(entries.len(), 2 * tables.len() + 1);
    for (name, sum) in manifest["entries"].as_object().unwrap() {
        let hash: String = Sha256::digest(&entries[name]).iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!((&sum["bytes"], &sum["sha256"]), (&json!(entries[name].len()), &json!(hash)), "{name}");
    }
    let told = ["format", "product", "schema", "tenant", "slug", "made_at", "is_active", "hosts", "key"];
    assert!(told.iter().all(|name| !manifest[name].is_null()), "{manifest}");
    let again = tenants::export(&test.app, "mot", &path, KEY.to_owned());
    assert!(matches!(fault(again), TenancyFault::FileExists(_)));
}

#[test]
fn a_spreadsheet_computes_nothing_of_it() {
    let (test, dir) = rich("mot");
    let path = dir.path().join("mot.zip");
    tenants::export(&test.app, "mot", &path, KEY.to_owned()).unwrap();
    let entries = entries(&path);
    for (table, cell) in [("units", "'=C"), ("tasks", "'-3")] {
        let text = String::from_utf8(entries[&format!("tables/{table}.csv")].clone()).unwrap();
        let mut sheet = csv::Reader::from_reader(text.strip_prefix('\u{feff}').unwrap().as_bytes());
        let cells: Vec<String> = sheet
            .records()
            .flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>())
            .collect();
        assert!(cells.iter().any(|found| found == cell), "{table}: {cells:?}");
        assert!(!cells.iter().any(|found| found.starts_with(['=', '+', '-', '@'])), "{table}: {cells:?}");
    }
}

#[test]
fn a_restored_tenant_is_the_same_to_the_last_byte() {
    let (test, dir) = rich("mot");
    let path = dir.path().join("mot.zip");
    tenants::export(&test.app, "mot", &path, KEY.to_owned()).unwrap();
    let there = TestApp::new();
    there.tenant("khac");
    let before = digests(&there, "khac", "false");
    let restored = tenants::import(&there.app, &path, None, KEY).unwrap();
    assert_eq!((restored.slug.as_str(), restored.without_factors, restored.is_active), ("mot", false, true));
    assert_eq!(digests(&there, "mot", "act = 'tenant.import'"), digests(&test, "mot", "false"));
    assert_eq!(digests(&there, "khac", "false"), before, "nobody else's changed");

    let chain = there.act("mot", |conn, _| journal::verify(conn)).unwrap();
    assert_eq!(chain.flaw, None);
    let of = "tenant_id = (SELECT id FROM tenants WHERE slug = 'mot')";
    let restored_at = format!("SELECT count(*) FROM journal WHERE {of} AND act = 'tenant.import'");
    assert_eq!(number(&mut there.test_db.superuser(), &restored_at), 1);

    // Exported again it gives the same rows; the journal has gone on.
    let again = dir.path().join("again.zip");
    tenants::export(&there.app, "mot", &again, KEY.to_owned()).unwrap();
    let (first, second) = (entries(&path), entries(&again));
    let is_same = |name: &str| name.starts_with("tables/") && !name.starts_with("tables/tenant_revisions");
    for (name, bytes) in first.iter().filter(|(name, _)| is_same(name)) {
        let is_journal = name.starts_with("tables/journal");
        let same = if is_journal { second[name].starts_with(bytes) } else { second[name] == *bytes };
        assert!(same, "{name}");
    }
}

#[test]
fn people_sign_in_where_their_tenant_was_restored_under_another_slug() {
    let (test, dir) = rich("mot");
    let path = dir.path().join("mot.zip");
    tenants::export(&test.app, "mot", &path, KEY.to_owned()).unwrap();
    let there = TestApp::new();
    let restored = tenants::import(&there.app, &path, Some("moi"), "another key").unwrap();
    assert!(restored.without_factors);
    let mut conn = there.test_db.superuser();
    // What another installation's secret has sealed would lock its owner out; the catalogue says which tables those are.
    let sealed = names(
        &mut conn,
        "SELECT DISTINCT table_name::text AS name FROM information_schema.columns WHERE table_schema = 'public'
            AND (column_name LIKE 'sealed\\_%' OR column_name LIKE '%\\_hmac') ORDER BY 1",
    );
    assert_eq!(
        sealed,
        [
            "factor_offers",
            "idempotency_keys",
            "person_factors",
            "recovery_codes",
            "sso_providers",
            "webhooks"
        ]
    );
    for table in sealed {
        assert_eq!(number(&mut conn, &format!("SELECT count(*) FROM {table}")), 0, "{table}");
    }
    let site = Site::new(&there);
    assert_eq!(site.get(&site.sign_in("moi", ADMIN), "/account").status, 200);
    assert_eq!(there.act("moi", |conn, _| journal::verify(conn)).unwrap().flaw, None);
}

#[test]
fn what_is_here_already_is_not_restored_over() {
    let (test, dir) = rich("mot");
    let path = dir.path().join("mot.zip");
    tenants::export(&test.app, "mot", &path, KEY.to_owned()).unwrap();
    let before = digests(&test, "mot", "false");
    let import = |test: &TestApp, slug| tenants::import(&test.app, &path, slug, KEY);
    assert_eq!(fault(import(&test, Some("moi"))), TenancyFault::ArchiveHere("mot".into()));
    assert_eq!(digests(&test, "mot", "false"), before);
    let there = TestApp::new();
    there.tenant("mot");
    let taken = import(&there, None);
    assert!(matches!(taken, Err(Error::Refused(Refusal::TenantExists(_)))), "{taken:?}");
    let form = import(&there, Some("Bộ"));
    assert!(matches!(form, Err(Error::Refused(Refusal::SlugForm(_)))), "{form:?}");
    tenants::add_host(&there.app, "mot", "mot.example").unwrap();
    assert_eq!(fault(import(&there, Some("moi"))), TenancyFault::HostTaken("mot.example".into()));
    assert_eq!(number(&mut there.test_db.superuser(), "SELECT count(*) FROM tenants"), 1);
}

/// As its operator does it: the briefing of a ministry's year from one installation to another, and away.
#[test]
fn a_ministry_moves_to_another_installation() {
    let (here, there) = (Home::new(), Home::new());
    here.tenant("btttt");
    here.import("btttt", &workbook());
    let briefing = |home: &Home, slug: &str| {
        home.json(&[
            "briefing",
            "--tenant",
            slug,
            "--month",
            "2024-11",
            "--cutoff",
            "2024-11-29",
            "--format",
            "json",
        ])
    };
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("btttt.zip");
    let path = file.to_str().unwrap();
    assert_eq!(here.ok(&["tenant", "export", "btttt", "--to", path]).trim(), path);
    assert_eq!(there.ok(&["tenant", "import", path, "--slug", "moi"]).trim(), "moi");
    assert_eq!(briefing(&there, "moi"), briefing(&here, "btttt"));
    there.ok(&["audit", "verify", "--tenant", "moi"]);
    assert_eq!(there.run(&["tenant", "import", path]).status.code(), Some(1), "it is here already");

    for confirm in [&[][..], &["--confirm", "khac"]] {
        let refused = here.run(&[&["tenant", "delete", "btttt"], confirm].concat());
        assert_eq!((refused.status.code(), refused.stdout.is_empty()), (Some(1), true));
        assert!(stderr(&refused).contains("--confirm btttt"), "{}", stderr(&refused));
    }
    let kept = here.ok(&["tenant", "delete", "btttt", "--confirm", "btttt"]);
    let kept = kept.trim();
    assert!(kept.contains("/exports/btttt-") && entries(Path::new(kept)).len() > 40, "{kept}");
    assert_eq!(here.json(&["tenant", "list", "--format", "json"]), json!([]));
    here.ok(&["tenant", "import", kept]);
    here.ok(&["tenant", "resume", "btttt"]);
    assert_eq!(briefing(&here, "btttt"), briefing(&there, "moi"));
}
