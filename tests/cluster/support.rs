//! Data directories of a test's own, questions to a cluster, and other processes that share it.

use std::ffi::OsString;
use std::fs::{self, Permissions};
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use diesel::connection::SimpleConnection;
use diesel::sql_types::Text;
use diesel::{Connection, PgConnection, QueryableByName, RunQueryDsl, sql_query};
use dondoc::cluster::{Cluster, ClusterOptions, DATABASE, Role};

#[expect(
    clippy::disallowed_methods,
    reason = "no product code: the tests use the same PostgreSQL as the product"
)]
fn environment(name: &str) -> Option<OsString> {
    std::env::var_os(name)
}

pub fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// A data directory of a test's own that every user can enter.
pub struct Data(pub tempfile::TempDir);

impl Data {
    pub fn new() -> Self {
        Self::with_mode(0o755)
    }

    pub fn with_mode(mode: u32) -> Self {
        Self(tempfile::Builder::new().permissions(Permissions::from_mode(mode)).tempdir().unwrap())
    }

    pub fn options(&self) -> ClusterOptions {
        options(self.0.path())
    }

    pub fn open(&self) -> Cluster {
        Cluster::open(&self.options()).unwrap()
    }
}

pub fn options(data_dir: &Path) -> ClusterOptions {
    let pg_bin = environment("PG_BIN").map(PathBuf::from);
    ClusterOptions { data_dir: data_dir.into(), pg_bin, path: environment("PATH"), durable: false }
}

pub fn connect(cluster: &Cluster, role: Role) -> PgConnection {
    PgConnection::establish(&cluster.url(role, DATABASE)).unwrap()
}

#[derive(QueryableByName)]
struct Answer {
    #[diesel(sql_type = Text)]
    answer: String,
}

/// The one text a query answers.
pub fn ask(cluster: &Cluster, role: Role, expression: &str) -> String {
    let query = sql_query(format!("SELECT ({expression})::text AS answer"));
    query.get_result::<Answer>(&mut connect(cluster, role)).unwrap().answer
}

pub fn run(cluster: &Cluster, role: Role, sql: &str) {
    connect(cluster, role).batch_execute(sql).unwrap();
}

pub fn server_pid(place: &Path) -> Option<i32> {
    let text = fs::read_to_string(place.join("data/postmaster.pid")).ok()?;
    text.lines().next()?.parse().ok()
}

pub fn kill_9(pid: i32) {
    let pid = rustix::process::Pid::from_raw(pid).unwrap();
    rustix::process::kill_process(pid, rustix::process::Signal::KILL).unwrap();
}

/// The test that [`Holder`] runs, by its full name.
pub const HOLD: &str = "support::hold_the_cluster";

/// Another process with a share in the cluster, until its standard input closes.
pub struct Holder(Child);

impl Holder {
    pub fn spawn(data: &Data) -> Self {
        Self::spawn_by(&mut Command::new("env"), data)
    }

    /// Run by a command that ends in becoming the program it is given.
    pub fn spawn_by(command: &mut Command, data: &Data) -> Self {
        let mut child = command
            .arg(std::env::current_exe().unwrap())
            .args(["--exact", HOLD, "--nocapture"])
            .env(HOLDING, "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        writeln!(child.stdin.as_mut().unwrap(), "{}", data.0.path().display()).unwrap();
        Self(child)
    }

    pub fn wait_until_ready(mut self) -> Self {
        let mut lines = BufReader::new(self.0.stdout.as_mut().unwrap()).lines().map_while(Result::ok);
        assert!(lines.any(|line| line == "holding"), "the other process failed");
        self
    }

    pub fn leave(mut self) {
        drop(self.0.stdin.take());
        self.0.wait().unwrap();
    }

    pub fn kill_9(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

/// What another process of these tests is told by the environment: to be one that shares the cluster.
pub const HOLDING: &str = "HOLD_THE_CLUSTER";

/// The other process: it says nothing of its own, and does nothing in the run of all tests.
#[test]
fn hold_the_cluster() {
    if environment(HOLDING).is_none() {
        return;
    }
    let mut input = std::io::stdin().lines();
    let cluster = Cluster::open(&options(Path::new(&input.next().unwrap().unwrap()))).unwrap();
    println!("\nholding");
    let _until_closed = input.next();
    cluster.leave().unwrap();
}
