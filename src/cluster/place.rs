//! Where a cluster lives and whose it is. Its home is a directory only the server's user can enter (mode 0700):
//! the data, the locks, the log and, when its path is short enough, the socket. Everything that this process
//! writes there goes through [`open_private`], so that the same user may run the next command.

use std::ffi::OsStr;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt, chown, fchown};
use std::path::{Path, PathBuf};

use rustix::fs::OFlags;
use sha2::{Digest, Sha256};

use super::account::{Account, is_root, server_user};
use super::error::ClusterError;
use super::{ClusterOptions, Result};

/// The name PostgreSQL gives its socket.
pub(super) const SOCKET: &str = ".s.PGSQL.5432";

/// The longest path of a unix socket in bytes (`sun_path` without its closing zero).
const LONGEST_SOCKET: usize = 107;

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
    /// user can't get to the directory asked for (it is below /root, say), the home is away, always the same for
    /// the same directory, and a file `elsewhere` in the directory says where.
    pub fn choose(options: &ClusterOptions) -> Result<Self> {
        make_directories(&options.data_dir)?;
        let asked = options.data_dir.canonicalize().map_err(ClusterError::at(&options.data_dir))?;
        if asked.as_os_str().as_bytes().contains(&b'\n') {
            return Err(ClusterError::PathForm { path: asked });
        }
        let below = asked.join("pg");
        let away = marked(&asked)?.unwrap_or_else(|| elsewhere(&asked, options.durable));
        match (holds_data(&below), holds_data(&away)) {
            (true, true) => Err(ClusterError::TwoHomes { below, away }),
            (true, false) => Self::with_its_owner(below, false),
            (false, true) => Self::with_its_owner(away, true),
            (false, false) if fs::symlink_metadata(&below).is_ok() || !is_root() => {
                Self::with_its_owner(below, false)
            }
            (false, false) => {
                let owner = server_user()?;
                if owner.can_enter(&asked)? {
                    return Self::make(below, owner, false);
                }
                mark(&asked, &away);
                Self::make(away, owner, true)
            }
        }
    }

    /// The home of whoever has it already; as root, who runs no server, on behalf of that user.
    fn with_its_owner(home: PathBuf, moved: bool) -> Result<Self> {
        let owner = if is_root() {
            match fs::symlink_metadata(&home).map_err(ClusterError::at(&home))?.uid() {
                0 => server_user()?,
                uid => Account::find(&uid.to_string())?,
            }
        } else {
            Account::find(&rustix::process::geteuid().as_raw().to_string())?
        };
        Self::make(home, owner, moved)
    }

    fn make(home: PathBuf, owner: Account, moved: bool) -> Result<Self> {
        if let Some(parent) = home.parent() {
            make_directories(parent)?;
        }
        make_private(&home, &owner)?;
        Ok(Self { home, owner, moved })
    }

    /// Refuses a home that has become something else since, such as a link to somebody else's.
    pub fn check_home(&self) -> Result<()> {
        self.is_own_directory(&self.home)
    }

    /// Whether there are data; refuses what is called `data` and is not a directory of the server's user.
    pub fn has_data(&self) -> Result<bool> {
        let data = self.data();
        match fs::symlink_metadata(&data) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            _ => self.is_own_directory(&data).map(|()| true),
        }
    }

    fn is_own_directory(&self, path: &Path) -> Result<()> {
        let present = fs::symlink_metadata(path).map_err(ClusterError::at(path))?;
        if present.is_dir() && present.uid() == self.owner.uid {
            return Ok(());
        }
        Err(ClusterError::NotOurs { path: path.into(), owner: self.owner.name.clone() })
    }

    /// For `map_err`: why `program` could not be run in `directory`, which may be the directory's fault.
    pub fn cannot_run(&self, program: &Path, directory: &Path) -> impl FnOnce(io::Error) -> ClusterError {
        move |error| {
            let denied = error.kind() == io::ErrorKind::PermissionDenied;
            if denied && !self.owner.can_enter(directory).unwrap_or(true) {
                return ClusterError::NoWay { path: directory.into(), owner: self.owner.name.clone() };
            }
            ClusterError::running(program)(error)
        }
    }

    /// The cluster's data.
    pub fn data(&self) -> PathBuf {
        self.home.join("data")
    }

    /// What the server writes about itself.
    pub fn log(&self) -> PathBuf {
        self.home.join("server.log")
    }

    /// A directory for the socket, made: the home itself, unless its path can't be a socket's.
    pub fn socket_directory(&self) -> Result<PathBuf> {
        let directory = self.socket_path();
        if directory != self.home {
            make_private(&directory, &self.owner)?;
        }
        Ok(directory)
    }

    /// Where that directory is.
    pub fn socket_path(&self) -> PathBuf {
        if fits_a_socket(&self.home) { self.home.clone() } else { in_tmp(&self.home) }
    }

    /// Opens a file of the home that must be there already.
    pub fn open_present(&self, path: &Path) -> Result<File> {
        let no_links = OFlags::NOFOLLOW.bits().cast_signed();
        OpenOptions::new()
            .read(true)
            .write(true)
            .custom_flags(no_links)
            .open(path)
            .map_err(ClusterError::at(path))
    }

    /// Opens a file of the home for reading and appending, made when missing, the owner's alone.
    pub fn open_private(&self, path: &Path) -> Result<File> {
        open_private(path, &self.owner).map_err(ClusterError::at(path))
    }

    /// Makes a file of the home hold exactly this text.
    pub fn write_private(&self, path: &Path, text: &str) -> Result<()> {
        if read_own(path).is_ok_and(|present| present == text.as_bytes()) {
            return Ok(());
        }
        let file = self.open_private(path)?;
        file.set_len(0).and_then(|()| (&file).write_all(text.as_bytes())).map_err(ClusterError::at(path))
    }
}

/// Makes a directory and those above it. Root's stay open to the server's user whatever the umask: what is
/// private is the home below.
fn make_directories(directory: &Path) -> Result<()> {
    let missing: Vec<_> = directory
        .ancestors()
        .filter(|ancestor| !ancestor.as_os_str().is_empty())
        .take_while(|ancestor| !ancestor.exists())
        .collect();
    fs::create_dir_all(directory).map_err(ClusterError::at(directory))?;
    for made in missing.into_iter().filter(|_| is_root()) {
        fs::set_permissions(made, fs::Permissions::from_mode(0o755)).map_err(ClusterError::at(made))?;
    }
    Ok(())
}

/// Whether there are data in a home, or may be, as it is somebody else's.
fn holds_data(home: &Path) -> bool {
    home.join("data").try_exists().unwrap_or(true)
}

/// The file that says where the home of a directory is.
const MARK: &str = "elsewhere";

/// The home that the directory's mark names. Root heeds only root's.
fn marked(asked: &Path) -> Result<Option<PathBuf>> {
    let path = asked.join(MARK);
    match fs::symlink_metadata(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Ok(mark) if mark.is_file() && (mark.uid() == 0 || !is_root()) => {}
        _ => return Err(ClusterError::NotOurs { path, owner: "root".to_owned() }),
    }
    let text = read_own(&path).map_err(ClusterError::at(&path))?;
    let home = PathBuf::from(OsStr::from_bytes(text.trim_ascii()));
    Ok(home.is_absolute().then_some(home))
}

/// Leaves the mark, if that can be: the home is found without it as long as the directory keeps its name.
fn mark(asked: &Path, home: &Path) {
    let path = asked.join(MARK);
    let write = || {
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o644).open(&path)?;
        file.write_all(home.as_os_str().as_bytes())?;
        file.write_all(b"\n")?;
        file.set_permissions(fs::Permissions::from_mode(0o644))
    };
    match write() {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            tracing::warn!(%error, path = %path.display(), "where the data are can't be written down");
        }
        _ => {}
    }
}

/// Reads a file, never through a symbolic link: as root we would show what the one who left it may not see.
pub(super) fn read_own(path: &Path) -> io::Result<Vec<u8>> {
    let flags = OFlags::NOFOLLOW.union(OFlags::NONBLOCK).bits().cast_signed();
    let mut text = Vec::new();
    OpenOptions::new().read(true).custom_flags(flags).open(path)?.read_to_end(&mut text)?;
    Ok(text)
}

/// Never through a symbolic link, nor another name of somebody's file: as root we write where an unprivileged
/// user could have left one.
fn open_private(path: &Path, owner: &Account) -> io::Result<File> {
    let no_links = OFlags::NOFOLLOW.bits().cast_signed();
    let file = OpenOptions::new()
        .read(true)
        .append(true)
        .create(true)
        .mode(0o600)
        .custom_flags(no_links)
        .open(path)?;
    let present = file.metadata()?;
    // Root's: made this moment, or by a process that was killed before it could hand it over.
    let is_own = present.uid() == owner.uid || (is_root() && present.uid() == 0);
    if !present.is_file() || present.nlink() != 1 || !is_own {
        return Err(io::Error::other(format!("is not a plain file of the user {}", owner.name)));
    }
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

/// Whether a socket can be there: short enough, and without what separates names for libpq (a comma) or is read
/// otherwise than it is written.
fn fits_a_socket(directory: &Path) -> bool {
    let path = directory.join(SOCKET);
    let bytes = path.as_os_str().as_bytes();
    bytes.len() <= LONGEST_SOCKET
        && !bytes.iter().any(|byte| byte.is_ascii_control() || matches!(byte, b',' | b'\\'))
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
        let (one, other) = (Path::new("/home/a"), Path::new("/home/b"));
        assert_eq!(elsewhere(one, true), elsewhere(one, true));
        assert_ne!(elsewhere(one, true), elsewhere(other, true));
        assert!(elsewhere(one, true).starts_with("/var/lib/dondoc"));
        assert!(elsewhere(one, false).starts_with("/tmp"));
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
