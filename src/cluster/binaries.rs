//! Finding PostgreSQL's server programs: `PG_BIN` alone when it is set, else /usr/lib/postgresql/*/bin (the
//! newest first), else `PATH`. Data made by one major version are only ever opened with the same one.

use std::path::{Path, PathBuf};
use std::{env, fs, process::Command};

use super::error::{ClusterError, OLDEST_MAJOR};
use super::{ClusterOptions, Result};

/// Where Debian and Ubuntu keep a directory per major version.
const DEBIAN: &str = "/usr/lib/postgresql";

/// One installation of the server.
#[derive(Debug, Clone)]
pub(super) struct Binaries {
    bin: PathBuf,
    major: u32,
}

impl Binaries {
    /// The newest usable installation; with `made_by`, the one of that major version for the data there.
    pub fn find(options: &ClusterOptions, made_by: Option<(u32, &Path)>) -> Result<Self> {
        let mut newest_refused: Option<Self> = None;
        for bin in candidates(options) {
            let Some(found) = Self::at(bin)? else { continue };
            if made_by.map_or(found.major >= OLDEST_MAJOR, |(major, _)| found.major == major) {
                return Ok(found);
            }
            if newest_refused.as_ref().is_none_or(|refused| refused.major < found.major) {
                newest_refused = Some(found);
            }
        }
        Err(match (newest_refused, made_by) {
            (Some(_), Some((made_by, data))) => ClusterError::OtherMajor { data: data.into(), made_by },
            (Some(old), None) => ClusterError::TooOld { found: old.major, bin: old.bin },
            (None, _) => ClusterError::NoServer { searched: searched(options) },
        })
    }

    /// The server itself.
    pub fn postgres(&self) -> PathBuf {
        self.bin.join("postgres")
    }

    /// The maker of clusters.
    pub fn initdb(&self) -> PathBuf {
        self.bin.join("initdb")
    }

    fn at(bin: PathBuf) -> Result<Option<Self>> {
        let postgres = bin.join("postgres");
        if !postgres.is_file() || !bin.join("initdb").is_file() {
            return Ok(None);
        }
        let output =
            Command::new(&postgres).arg("--version").output().map_err(ClusterError::running(&postgres))?;
        let major = major_version(&String::from_utf8_lossy(&output.stdout));
        Ok(major.map(|major| Self { bin, major }))
    }
}

/// The major version in the words of `postgres --version`.
fn major_version(words: &str) -> Option<u32> {
    let number = words.split_once("(PostgreSQL) ")?.1;
    let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

fn candidates(options: &ClusterOptions) -> Vec<PathBuf> {
    if let Some(bin) = &options.pg_bin {
        return vec![bin.clone()];
    }
    let mut majors: Vec<u32> = fs::read_dir(DEBIAN)
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .collect();
    majors.sort_unstable_by(|a, b| b.cmp(a));
    let debian = majors.iter().map(|major| Path::new(DEBIAN).join(major.to_string()).join("bin"));
    let path = options.path.iter().flat_map(env::split_paths).filter(|dir| dir.is_absolute());
    debian.chain(path).collect()
}

fn searched(options: &ClusterOptions) -> String {
    match &options.pg_bin {
        Some(bin) => format!("PG_BIN ({})", bin.display()),
        None => format!("{DEBIAN}/*/bin and PATH"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read_from_releases_and_betas() {
        assert_eq!(major_version("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n"), Some(15));
        assert_eq!(major_version("postgres (PostgreSQL) 19beta1\n"), Some(19));
        assert_eq!(major_version("postgres (PostgreSQL) 9.6.24\n"), Some(9));
        assert_eq!(major_version("something else"), None);
    }

    /// A directory with programs that say they are of this version. A shell writes them: a file this process
    /// still held open for writing, in the child of another test's thread, could not be run.
    fn installation(version: &str) -> tempfile::TempDir {
        let bin = tempfile::tempdir().unwrap();
        let script =
            r#"for p in postgres initdb; do printf '#!/bin/sh\necho "%s"\n' "$0" >$p; chmod 755 $p; done"#;
        let words = format!("postgres (PostgreSQL) {version}");
        let made = Command::new("sh").args(["-c", script, &words]).current_dir(bin.path()).status().unwrap();
        assert!(made.success());
        bin
    }

    fn options(pg_bin: &Path) -> ClusterOptions {
        ClusterOptions { data_dir: "unused".into(), pg_bin: Some(pg_bin.into()), path: None, durable: false }
    }

    #[test]
    fn a_server_too_old_is_refused_and_what_to_install_is_said() {
        let old = installation("14.9");
        let said = Binaries::find(&options(old.path()), None).unwrap_err().to_string();
        assert!(said.contains("PostgreSQL 14") && said.contains("install PostgreSQL 15 or newer"), "{said}");
    }

    #[test]
    fn no_server_is_refused_and_what_to_install_is_said() {
        let empty = tempfile::tempdir().unwrap();
        let said = Binaries::find(&options(empty.path()), None).unwrap_err().to_string();
        assert!(said.contains("PG_BIN") && said.contains("apt-get install postgresql"), "{said}");
    }

    #[test]
    fn data_are_opened_only_by_the_version_that_made_them() {
        let newer = installation("17.2");
        let made_by = |major| Some((major, Path::new("/somewhere/data")));
        assert!(Binaries::find(&options(newer.path()), made_by(17)).is_ok());
        let said = Binaries::find(&options(newer.path()), made_by(15)).unwrap_err().to_string();
        assert!(said.contains("install postgresql-15"), "{said}");
    }
}
