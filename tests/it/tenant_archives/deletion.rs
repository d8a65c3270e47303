//! Deleting a tenant: a file is left and nothing else, or nothing was done.

use std::path::{Path, PathBuf};
use std::time::Duration;

use diesel::prelude::*;
use dondoc::error::TenancyFault;
use dondoc::{journal, tenants};

use super::{KEY, digests, fault, names, rich};
use crate::support::{TestApp, number, run};

/// How many values of every column of every table are the tenant's id.
fn traces(conn: &mut PgConnection, tenant: &str) -> Vec<String> {
    let columns = names(
        conn,
        "SELECT format('SELECT ''%1$s.%2$s'' AS name FROM %1$I WHERE %2$I::text = ', table_name, column_name) AS name
           FROM information_schema.columns WHERE table_schema = 'public' AND data_type = 'uuid'",
    );
    columns.into_iter().flat_map(|sql| names(conn, &format!("{sql}'{tenant}'"))).collect()
}

#[test]
fn a_deleted_tenant_leaves_a_file_and_nothing_else() {
    let (test, dir) = rich("mot");
    test.tenant("hai");
    let (mot, hai) = (digests(&test, "mot", "false"), digests(&test, "hai", "false"));
    let mut conn = test.test_db.superuser();
    let id = names(&mut conn, "SELECT id::text AS name FROM tenants WHERE slug = 'mot'").remove(0);
    assert!(traces(&mut conn, &id).len() > 20, "the test looks where something is");
    let revision = "SELECT revision FROM tenant_revisions WHERE tenant_id <> (SELECT id FROM tenants WHERE slug = 'hai')";
    let before = number(&mut conn, revision);
    let path: PathBuf = dir.path().join("below/mot.zip");
    tenants::delete(&test.app, "mot", &path, KEY.to_owned()).unwrap();
    assert_eq!(traces(&mut conn, &id), Vec::<String>::new());
    assert_eq!(digests(&test, "hai", "false"), hai);

    let restored = tenants::import(&test.app, &path, None, KEY).unwrap();
    // Figures kept of its first life are found under no revision of its second.
    assert!(before > 0 && number(&mut conn, revision) > before + 1_000_000_000);
    assert!(!restored.is_active, "it comes back as it went: suspended");
    tenants::set_active(&test.app, "mot", true, None).unwrap();
    let mut again = digests(&test, "mot", "act IN ('tenant.import', 'tenant.resume', 'tenant.delete')");
    assert_eq!(test.act("mot", |conn, _| journal::verify(conn)).unwrap().flaw, None);
    assert_eq!(again.remove("tenants"), mot.get("tenants").cloned(), "the clock stands still");
    assert!(again.iter().all(|(table, digest)| mot[table] == *digest), "{again:?}");
}

#[test]
fn without_the_owners_role_nothing_is_deleted() {
    let test = TestApp::new();
    test.tenant("mot");
    let before = digests(&test, "mot", "false");
    let refused = tenants::delete(&test.app, "mot", Path::new("never.zip"), KEY.to_owned());
    assert_eq!(fault(refused), TenancyFault::OwnerNeeded);
    assert_eq!(digests(&test, "mot", "false"), before);
}

/// What somebody writes between the file and the removal would be in neither: then nothing is removed.
#[test]
fn a_change_meanwhile_stops_the_deletion() {
    let (test, dir) = rich("mot");
    let mut other = test.test_db.superuser();
    run(&mut other, "BEGIN; UPDATE tasks SET note = 'muộn' WHERE code = '1'");
    let path = dir.path().join("mot.zip");
    std::thread::scope(|scope| {
        let deletion = scope.spawn(|| tenants::delete(&test.app, "mot", &path, KEY.to_owned()));
        let waits = "SELECT count(*) FROM pg_stat_activity
                      WHERE datname = current_database() AND wait_event_type = 'Lock'";
        while number(&mut test.test_db.superuser(), waits) == 0 {
            assert!(!deletion.is_finished(), "it waited for nobody");
            std::thread::sleep(Duration::from_millis(10));
        }
        run(&mut other, "COMMIT");
        assert!(deletion.join().unwrap().is_err());
    });
    let mut conn = test.test_db.superuser();
    assert_eq!(number(&mut conn, "SELECT count(*) FROM tasks WHERE note = 'muộn'"), 1);
    assert_eq!(number(&mut conn, "SELECT count(*) FROM tenants WHERE state = 'suspended'"), 1);
}
