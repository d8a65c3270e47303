//! Where a cluster lives and whose it is. Its home is a directory only the server's user can enter (mode 0700):
//! the data, the locks, the log and, when its path is short enough, the socket. Everything that this process
//! writes there goes through [`open_private`], so that the same user may run the next command.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt, chown, fchown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use rustix::fs::OFlags;
use sha2::{Digest, Sha256};

use super::error::ClusterError;
use super::{ClusterOptions, Result};

/// The name PostgreSQL gives its socket.
pub(super) const SOCKET: &str = ".s.PGSQL.5432";

/// The longest path of a unix socket in bytes (`sun_path` without its closing zero).
const LONGEST_SOCKET: usize = 107;

/// A user of the operating system.
#[derive(Debug, Clone)]
pub(super) struct Account {
    /// The name, which `peer` authentication goes by.
    pub name: String,
    uid: u32,
    gid: u32,
}

impl Account {
    /// The user with this name or number.
    fn find(key: &str) -> Result<Self> {
        let output = Command::new("getent")
            .args(["passwd", key])
            .output()
            .map_err(ClusterError::running(Path::new("getent")))?;
        let line = String::from_utf8_lossy(&output.stdout);
        let mut fields = line.trim_end().split(':');
        let name = fields.next().unwrap_or_default().to_owned();
        match (fields.nth(1).map(str::parse), fields.next().map(str::parse)) {
            (Some(Ok(uid)), Some(Ok(gid))) if !name.is_empty() => Ok(Self { name, uid, gid }),
            _ => Err(ClusterError::NoUser(key.to_owned())),
        }
    }

    /// A command that runs as this user, in `directory`, without the settings our own environment may hold for
    /// clients and for our own service manager. Supplementary groups are dropped.
    pub fn command(&self, program: &Path, directory: &Path) -> Command {
        let mut command = Command::new(program);
        for setting in ["PGDATA", "PGPORT", "PGOPTIONS", "PGDATESTYLE", "PGCLIENTENCODING", "NOTIFY_SOCKET"] {
            command.env_remove(setting);
        }
        command.env("LC_ALL", "C.UTF-8").current_dir(directory);
        if is_root() {
            command.gid(self.gid).uid(self.uid);
        }
        command
    }

    /// Whether this user gets as far as into `directory`: asked of the system, which also knows access lists.
    fn can_enter(&self, directory: &Path) -> Result<bool> {
        let test = Path::new("test");
        let status = self
            .command(test, Path::new("/"))
            .arg("-x")
            .arg(directory)
            .status()
            .map_err(ClusterError::running(test))?;
        Ok(status.success())
    }
}

/// The home of one cluster.
#[derive(Debug)]
pub(super) struct Place {
    /// The directory, absolute and free of symbolic links.
    pub home: PathBuf,
    /// The server's user.
    pub owner: Account,
    /// Whether it is not below the directory that was asked for.
    pub moved: bool,
}

impl Place {
    /// The home for `options`: the one that exists, else a new one, which is made here.
    ///
    /// As root the server runs as `postgres`, else as `nobody`, and an existing home stays its owner's. When that
    /// user can't get to the directory asked for (it is below /root, say), the home is elsewhere, always the same
    /// for the same directory.
    pub fn choose(options: &ClusterOptions) -> Result<Self> {
        fs::create_dir_all(&options.data_dir).map_err(ClusterError::at(&options.data_dir))?;
        let asked = options.data_dir.canonicalize().map_err(ClusterError::at(&options.data_dir))?;
        let below = asked.join("pg");
        let elsewhere = elsewhere(&asked, options.durable);
        if !is_root() {
            let owner = Account::find(&rustix::process::geteuid().as_raw().to_string())?;
            return Self::make(below, owner, false);
        }
        for (home, moved) in [(&below, false), (&elsewhere, true)] {
            if let Some(uid) = fs::metadata(home).ok().map(|there| there.uid()).filter(|uid| *uid != 0) {
                return Self::make(home.clone(), Account::find(&uid.to_string())?, moved);
            }
        }
        let owner = Account::find("postgres").or_else(|_| Account::find("nobody"))?;
        let moved = !owner.can_enter(&asked)?;
        Self::make(if moved { elsewhere } else { below }, owner, moved)
    }

    fn make(home: PathBuf, owner: Account, moved: bool) -> Result<Self> {
        if let Some(parent) = home.parent() {
            fs::create_dir_all(parent).map_err(ClusterError::at(parent))?;
        }
        make_private(&home, &owner)?;
        Ok(Self { home, owner, moved })
    }

    /// The cluster's data.
    pub fn data(&self) -> PathBuf {
        self.home.join("data")
    }

    /// What the server writes about itself.
    pub fn log(&self) -> PathBuf {
        self.home.join("server.log")
    }

    /// A directory for the socket, made: the home itself, unless its path is too long for a socket.
    pub fn socket_directory(&self) -> Result<PathBuf> {
        if fits_a_socket(&self.home) {
            return Ok(self.home.clone());
        }
        let short = in_tmp(&self.home);
        make_private(&short, &self.owner)?;
        Ok(short)
    }

    /// Opens a file of the home for reading and appending, made when missing, the owner's alone.
    pub fn open_private(&self, path: &Path) -> Result<File> {
        open_private(path, &self.owner).map_err(ClusterError::at(path))
    }

    /// Makes a file of the home hold exactly this text.
    pub fn write_private(&self, path: &Path, text: &str) -> Result<()> {
        if fs::read_to_string(path).is_ok_and(|present| present == text) {
            return Ok(());
        }
        let file = self.open_private(path)?;
        file.set_len(0).and_then(|()| (&file).write_all(text.as_bytes())).map_err(ClusterError::at(path))
    }
}

/// Whether this process may act as any user.
fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// Never through a symbolic link: as root we write where an unprivileged user could have left one.
fn open_private(path: &Path, owner: &Account) -> io::Result<File> {
    let no_links = OFlags::NOFOLLOW.bits().cast_signed();
    let file = OpenOptions::new()
        .read(true)
        .append(true)
        .create(true)
        .mode(0o600)
        .custom_flags(no_links)
        .open(path)?;
    if is_root() {
        fchown(&file, Some(owner.uid), Some(owner.gid))?;
    }
    Ok(file)
}

/// Makes a directory that only `owner` can enter; one that exists must be just that already.
fn make_private(directory: &Path, owner: &Account) -> Result<()> {
    let at = || ClusterError::at(directory);
    match DirBuilder::new().mode(0o700).create(directory) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(at()(error)),
        Ok(()) if is_root() => chown(directory, Some(owner.uid), Some(owner.gid)).map_err(at())?,
        Ok(()) => {}
    }
    let present = fs::symlink_metadata(directory).map_err(at())?;
    let owned = present.is_dir() && (present.uid() == owner.uid || (is_root() && present.uid() == 0));
    if !owned {
        return Err(ClusterError::NotOurs { path: directory.into(), owner: owner.name.clone() });
    }
    if present.uid() != owner.uid {
        // Left by a process that was killed between making it and handing it over.
        chown(directory, Some(owner.uid), Some(owner.gid)).map_err(at())?;
    }
    if present.permissions().mode() & 0o777 != 0o700 {
        fs::set_permissions(directory, fs::Permissions::from_mode(0o700)).map_err(at())?;
    }
    Ok(())
}

/// The home for a directory the server's user can't get to. A cluster without durability is a test's, and goes
/// where the system clears up.
fn elsewhere(asked: &Path, durable: bool) -> PathBuf {
    if durable { Path::new("/var/lib/dondoc").join(hash(asked)) } else { in_tmp(asked) }
}

/// A short name of its own for `path` in the system's temporary directory; not in `TMPDIR`, which may itself be
/// long, private, or different for the next process.
fn in_tmp(path: &Path) -> PathBuf {
    Path::new("/tmp").join(format!("dondoc-{}", hash(path)))
}

/// 16 hexadecimal digits that stand for a path.
fn hash(path: &Path) -> String {
    let digest = Sha256::digest(path.as_os_str().as_bytes());
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

fn fits_a_socket(directory: &Path) -> bool {
    directory.join(SOCKET).as_os_str().len() <= LONGEST_SOCKET
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_socket_path_of_107_bytes_fits_and_one_of_108_does_not() {
        let directory = |length: usize| PathBuf::from(format!("/{}", "x".repeat(length - 1)));
        let name = "/.s.PGSQL.5432".len();
        assert!(fits_a_socket(&directory(107 - name)));
        assert!(!fits_a_socket(&directory(108 - name)));
        assert!(fits_a_socket(&in_tmp(&directory(3000))));
    }

    #[test]
    fn another_home_is_always_the_same_for_the_same_directory() {
        let (one, other) = (Path::new("/root/a"), Path::new("/root/b"));
        assert_eq!(elsewhere(one, true), elsewhere(one, true));
        assert_ne!(elsewhere(one, true), elsewhere(other, true));
        assert!(elsewhere(one, true).starts_with("/var/lib/dondoc"));
        assert!(elsewhere(one, false).starts_with("/tmp"));
    }

    #[test]
    fn accounts_are_found_by_name_and_by_number() {
        let root = Account::find("root").unwrap();
        assert_eq!((root.uid, root.gid), (0, 0));
        assert_eq!(Account::find("0").unwrap().name, "root");
        assert!(matches!(Account::find("no-such-user"), Err(ClusterError::NoUser(_))));
    }

    #[test]
    fn a_link_left_in_place_of_a_file_or_directory_is_not_followed() {
        let directory = tempfile::tempdir().unwrap();
        let me = Account::find(&rustix::process::geteuid().as_raw().to_string()).unwrap();
        let (target, link) = (directory.path().join("target"), directory.path().join("link"));
        fs::create_dir(&target).unwrap();
        std::os::unix::fs::symlink(&target, &link).unwrap();
        assert!(matches!(make_private(&link, &me), Err(ClusterError::NotOurs { .. })));
        fs::remove_dir(&target).unwrap();
        assert!(open_private(&link, &me).is_err() && !target.exists());
    }
}
