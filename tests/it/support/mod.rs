//! What the tests stand on: one PostgreSQL cluster for all of them, a migrated template, and a clone of
//! it for each test.

pub mod bucket;
pub mod build;
pub mod desk;
pub mod home;
pub mod log;
pub mod mail;
pub mod provider;
pub mod random;
pub mod sheet;
pub mod sink;
pub mod site;

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use dondoc::app::App;
use dondoc::clock::Clock;
use dondoc::cluster::{Cluster, ClusterOptions, Role};
use dondoc::db::{self, Db, TenantConn};
use dondoc::domain::two_factor::FactorRule;
use dondoc::error::Result;
use dondoc::tenants::{self, Settings, TenantInput};
use serde_json::Value;

/// The instant at which every test happens.
pub fn now() -> DateTime<Utc> {
    "2024-11-29T02:00:00Z".parse().unwrap()
}

/// A day, as `2024-11-29`.
pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A file of `tests/data`.
pub fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)
}

/// The path of PATH, for finding the server's programs; tests may ask the environment.
#[allow(clippy::disallowed_methods)]
pub fn search_path() -> Option<std::ffi::OsString> {
    std::env::var_os("PATH")
}

/// The one cluster of this run, without durability; in the system's temporary directory, because the
/// server's user can't enter a clone below a private one. Everybody who needs it holds a share; the
/// server stops with the last share and starts again in some milliseconds, so that none is left behind.
pub fn cluster() -> Arc<Cluster> {
    static CLUSTER: Mutex<Weak<Cluster>> = Mutex::new(Weak::new());
    let mut current = CLUSTER.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(cluster) = current.upgrade() {
        return cluster;
    }
    let mut hasher = DefaultHasher::new();
    env!("CARGO_TARGET_TMPDIR").hash(&mut hasher);
    let data_dir = std::env::temp_dir().join(format!("dondoc-tests-{:x}", hasher.finish()));
    let options = ClusterOptions { data_dir, pg_bin: None, path: search_path(), durable: false };
    let cluster = Arc::new(Cluster::open(&options).expect("the tests' cluster starts"));
    *current = Arc::downgrade(&cluster);
    cluster
}

/// A superuser's connection to a database of the tests' cluster.
pub fn superuser(database: &str) -> PgConnection {
    PgConnection::establish(&cluster().url(Role::Superuser, database)).expect("the superuser connects")
}

/// Runs statements as the superuser, for what no role of ours may do.
pub fn run(conn: &mut PgConnection, sql: &str) {
    diesel::connection::SimpleConnection::batch_execute(conn, sql).unwrap_or_else(|e| panic!("{sql}: {e}"));
}

/// A number that a statement answers.
pub fn number(conn: &mut PgConnection, sql: &str) -> i64 {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        n: i64,
    }
    diesel::sql_query(format!("SELECT ({sql})::bigint AS n")).get_result::<Row>(conn).unwrap().n
}

/// The migrated template, made once for each state of the migrations.
fn template() -> &'static str {
    static TEMPLATE: OnceLock<String> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let mut hasher = DefaultHasher::new();
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
        let mut folders: Vec<_> = std::fs::read_dir(dir).unwrap().map(|f| f.unwrap().path()).collect();
        folders.sort();
        for folder in folders {
            std::fs::read_to_string(folder.join("up.sql")).unwrap().hash(&mut hasher);
        }
        let name = format!("template_{:x}", hasher.finish());
        let mut conn = superuser("postgres");
        // Several test processes may come at once; the loser finds the template made.
        run(&mut conn, "SELECT pg_advisory_lock(20241129)");
        let made = number(
            &mut conn,
            &format!("SELECT count(*) FROM pg_database WHERE datname = '{name}' AND datistemplate"),
        );
        if made == 0 {
            run(&mut conn, &format!("DROP DATABASE IF EXISTS {name}"));
            run(&mut conn, &format!("CREATE DATABASE {name} OWNER dondoc_owner TEMPLATE template0"));
            db::migrate(&cluster().url(Role::Owner, &name)).expect("the migrations run");
            run(&mut conn, &format!("ALTER DATABASE {name} IS_TEMPLATE true"));
        }
        run(&mut conn, "SELECT pg_advisory_unlock(20241129)");
        name
    })
}

/// A database of a test's own, gone when it is dropped.
pub struct TestDb {
    pub name: String,
    cluster: Arc<Cluster>,
}

impl TestDb {
    /// A migrated one.
    pub fn new() -> Self {
        log::begin();
        // Held from here on: the server stops with the last share.
        let cluster = cluster();
        Self::made(cluster, template())
    }

    /// One without a table.
    pub fn empty() -> Self {
        Self::made(cluster(), "template0")
    }

    fn made(cluster: Arc<Cluster>, template: &str) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("it_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let create =
            format!("CREATE DATABASE {name} OWNER dondoc_owner TEMPLATE {template} STRATEGY FILE_COPY");
        run(&mut superuser("postgres"), &create);
        Self { name, cluster }
    }

    pub fn url(&self, role: Role) -> String {
        self.cluster.url(role, &self.name)
    }

    pub fn superuser(&self) -> PgConnection {
        superuser(&self.name)
    }
}

impl Drop for TestDb {
    fn drop(&mut self) {
        run(&mut superuser("postgres"), &format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name));
    }
}

/// An application on a database of its own, with tenants made as the command makes them.
pub struct TestApp {
    pub app: App,
    pub test_db: TestDb,
}

impl TestApp {
    /// An application whose day is 29/11/2024, with a pool of `pool` connections.
    pub fn with_pool(pool: u32) -> Self {
        let test_db = TestDb::new();
        let clock = Clock::fixed(now());
        let db = Db::open(&test_db.url(Role::App), pool, clock).expect("the application's role is accepted");
        Self { app: App::with_db(db, clock), test_db }
    }

    pub fn new() -> Self {
        Self::with_pool(2)
    }

    /// The same, with the owner's role known.
    pub fn with_owner() -> Self {
        let mut test = Self::new();
        test.app.owner = Some(db::Owner::new(test.test_db.url(Role::Owner), test.app.clock));
        test
    }

    /// Makes a tenant in which nobody must have a second factor.
    pub fn tenant(&self, slug: &str) {
        let typed = TenantInput {
            slug: slug.to_owned(),
            name: format!("Tổ chức {slug}"),
            admin_email: format!("admin@{slug}.example"),
        };
        tenants::create(&self.app, &typed.check().unwrap(), |conn, _| {
            tenants::set_factor_rule(conn, FactorRule::NOBODY)
        })
        .unwrap();
    }

    /// Runs something in a tenant's transaction, as the operator.
    pub fn act<T>(
        &self,
        slug: &str,
        work: impl FnOnce(&mut TenantConn<'_>, &Settings) -> Result<T>,
    ) -> Result<T> {
        tenants::operate(&self.app, slug, "test", |conn, settings| Ok((work(conn, settings)?, Value::Null)))
    }
}

/// A part of a package (zip) as text.
pub fn part(package: &[u8], name: &str) -> String {
    let mut text = String::new();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(package)).unwrap();
    std::io::Read::read_to_string(&mut archive.by_name(name).unwrap(), &mut text).unwrap();
    text
}
