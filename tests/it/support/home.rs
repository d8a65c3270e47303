//! The built program on a data directory of a test's own.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use super::{data, search_path};

/// A data directory of a test's own, where the server's user can get to.
pub struct Home(tempfile::TempDir);

impl Home {
    pub fn new() -> Self {
        Self(tempfile::Builder::new().prefix("dondoc-cli-").tempdir_in(std::env::temp_dir()).unwrap())
    }

    /// The data directory.
    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// A command on this data directory's private cluster, with nothing else of the environment.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dondoc"));
        command.args(args).env_clear().env("DONDOC_DATA", self.0.path()).stdin(Stdio::null());
        command.envs(search_path().map(|path| ("PATH", path)));
        command
    }

    pub fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    /// Runs a command that must succeed; its standard output.
    pub fn ok(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert_eq!(output.status.code(), Some(0), "{args:?}: {}", stderr(&output));
        String::from_utf8(output.stdout).unwrap()
    }

    pub fn json(&self, args: &[&str]) -> Value {
        serde_json::from_str(&self.ok(args)).unwrap()
    }

    pub fn tenant(&self, slug: &str) {
        let name = format!("Tổ chức {slug}");
        self.ok(&["tenant", "create", slug, "--name", &name, "--admin", "quantri@example.vn"]);
    }

    pub fn import(&self, slug: &str, file: &Path) -> Value {
        self.json(&["import", "--tenant", slug, file.to_str().unwrap(), "--json"])
    }

    /// Whether the server runs, by the file that PostgreSQL keeps while it does.
    pub fn server_runs(&self) -> bool {
        self.0.path().join("pg/data/postmaster.pid").exists()
    }
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

pub fn workbook() -> PathBuf {
    data("nhiem-vu-2024.xlsx")
}
