//! Users of the operating system: the one who runs the server, and whether we are root, who may not.

use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use super::Result;
use super::error::ClusterError;

/// A user of the operating system.
#[derive(Debug, Clone)]
pub(super) struct Account {
    /// The name, which `peer` authentication goes by.
    pub name: String,
    /// Its number.
    pub uid: u32,
    /// Its group's number.
    pub gid: u32,
}

impl Account {
    /// The user with this name or number.
    pub fn find(key: &str) -> Result<Self> {
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
    pub fn can_enter(&self, directory: &Path) -> Result<bool> {
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

/// Whether this process may act as any user.
pub(super) fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// The user who runs the server for root, who may not.
pub(super) fn server_user() -> Result<Account> {
    Account::find("postgres").or_else(|_| Account::find("nobody"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_are_found_by_name_and_by_number() {
        let root = Account::find("root").unwrap();
        assert_eq!((root.uid, root.gid), (0, 0));
        assert_eq!(Account::find("0").unwrap().name, "root");
        assert!(matches!(Account::find("no-such-user"), Err(ClusterError::NoUser(_))));
    }
}
