//! Making a cluster: `initdb`, our settings, the roles and the database. All of it happens in a directory
//! called `making-…`, renamed to `data` as the last step: what is called `data` is whole, and what was left
//! half-made is thrown away and made anew.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread::sleep;
use std::time::Duration;

use super::account::Account;
use super::binaries::Binaries;
use super::error::ClusterError;
use super::locks::Gate;
use super::place::Place;
use super::{DATABASE, Result, Role, last_lines};

/// The same text an operator runs on a server of their own.
const ROLES: &str = include_str!("../../deploy/roles.sql");
/// And the one for inside the database.
const INSIDE: &str = include_str!("../../deploy/database.sql");

/// What differs from PostgreSQL's own settings; an operator may change them. Where the server listens and how
/// durable it is, is said at each start.
const SETTINGS: &str = "
# The private cluster of Đôn đốc: a few local connections, short queries.
max_connections = 50
shared_buffers = 128MB
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
log_line_prefix = '%m [%p] '
";

/// What the names of half-made clusters begin with.
const HALF_MADE: &str = "making-";

/// Makes the cluster of `place`.
///
/// Nothing is synced on the way (`--no-sync` saves seconds on a slow disk): until the system has written its
/// buffers, half a minute at most, a power cut may cost the new cluster. Everything after this is synced.
pub(super) fn make(_gate: &Gate, place: &Place, binaries: &Binaries) -> Result<()> {
    clear_half_made(place)?;
    let data = place.home.join(format!("{HALF_MADE}{}", std::process::id()));
    initdb(place, binaries, &data)?;
    let settings = data.join("postgresql.conf");
    let append = |mut file: fs::File| file.write_all(SETTINGS.as_bytes());
    append(place.open_private(&settings)?).map_err(ClusterError::at(&settings))?;
    run_alone(place, binaries, &data, ("postgres", ROLES))?;
    run_alone(place, binaries, &data, (DATABASE, INSIDE))?;
    let finished = place.data();
    fs::rename(&data, &finished).map_err(ClusterError::at(&finished))
}

/// The rules of who may connect: by the socket, as the operating system's user who runs the server or as root,
/// as any of our roles. Written before each start, as the user's name may differ after a restore elsewhere.
pub(super) fn write_access_rules(place: &Place) -> Result<()> {
    let rules = "# Written by dondoc at each start.\nlocal all all peer map=dondoc\n";
    place.write_private(&place.data().join("pg_hba.conf"), rules)?;
    place.write_private(&place.data().join("pg_ident.conf"), &identities(&place.owner))
}

fn identities(owner: &Account) -> String {
    let mut map = String::from("# Written by dondoc at each start.\n");
    for user in ["root", &owner.name] {
        for role in Role::ALL {
            map.push_str(&format!("dondoc \"{user}\" {}\n", role.name()));
        }
    }
    map
}

fn initdb(place: &Place, binaries: &Binaries, data: &Path) -> Result<()> {
    let program = binaries.initdb();
    let output = place
        .owner
        .command(&program, &place.home)
        .args(["--no-sync", "--no-instructions", "--encoding=UTF8", "--locale=C.UTF-8", "--auth=peer"])
        .args(["--locale-provider=icu", "--icu-locale=vi", "--username", Role::Superuser.name(), "-D"])
        .arg(data)
        .stdin(Stdio::null())
        .output()
        .map_err(place.cannot_run(&program, &place.home))?;
    succeeded(output, data)
}

/// Runs statements in a database in single-user mode, which needs neither a server nor a client. `-j`: a
/// statement ends with an empty line.
fn run_alone(place: &Place, binaries: &Binaries, data: &Path, (database, sql): (&str, &str)) -> Result<()> {
    let program = binaries.postgres();
    let mut command = place.owner.command(&program, &place.home);
    command.args(["--single", "-F", "-j", "-c", "exit_on_error=on", "-c", "log_checkpoints=off", "-D"]);
    command.arg(data).arg(database);
    let output = fed(&mut command, sql).map_err(ClusterError::running(&program))?;
    succeeded(output, data)
}

/// Runs a command that reads `input`, and collects what it says.
fn fed(command: &mut Command, input: &str) -> io::Result<Output> {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    if let Some(mut stdin) = child.stdin.take()
        && let Err(error) = stdin.write_all(input.as_bytes())
    {
        // It ended early and says why itself.
        tracing::debug!(%error, "single-user mode did not read everything");
    }
    child.wait_with_output()
}

fn succeeded(output: Output, data: &Path) -> Result<()> {
    if output.status.success() {
        return Ok(());
    }
    let said = [output.stdout, output.stderr].concat();
    Err(ClusterError::NotMade { data: data.into(), output: last_lines(&said) })
}

fn clear_half_made(place: &Place) -> Result<()> {
    for half_made in half_made(place)? {
        tracing::info!(path = %half_made.display(), "a half-made cluster is thrown away");
        remove(&half_made).map_err(ClusterError::at(&half_made))?;
    }
    Ok(())
}

fn half_made(place: &Place) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(&place.home).map_err(ClusterError::at(&place.home))?;
    let named =
        |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(HALF_MADE));
    Ok(entries.flatten().map(|entry| entry.path()).filter(named).collect())
}

/// Removes a directory, with patience: the `initdb` of a killed process may still write for a moment, until it
/// finds nobody reading what it says, and then removes it as well.
fn remove(directory: &Path) -> io::Result<()> {
    let mut attempts = 0;
    loop {
        match fs::remove_dir_all(directory) {
            Ok(()) => return Ok(()),
            Err(_) if !directory.exists() => return Ok(()),
            Err(error) if attempts == 20 => return Err(error),
            Err(_) => attempts += 1,
        }
        sleep(Duration::from_millis(100));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_statement_of_the_roles_ends_with_an_empty_line() {
        let statements = [ROLES, INSIDE].into_iter().flat_map(|text| text.split(";\n\n"));
        for statement in statements {
            let sql: Vec<_> = statement.lines().filter(|line| !line.starts_with("--")).collect();
            assert!(!sql.concat().contains(';'), "more than one statement: {statement}");
        }
        assert!([ROLES, INSIDE].iter().all(|text| text.ends_with(";\n\n")));
    }
}
