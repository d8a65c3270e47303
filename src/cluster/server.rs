//! The server's process: whether it runs, starting it, stopping it. That none runs is known by [`Vacancy`] alone.
//! What one says about itself is in `postmaster.pid`, checked against the process or the socket: the number in a
//! file that a killed server left behind may long be another program's, and one in another container is not seen.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, ErrorKind, Read, Write};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::os::unix::fs::MetadataExt;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::thread::sleep;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, WaitOptions, kill_process, waitpid};

use super::binaries::Binaries;
use super::error::ClusterError;
use super::locks::{Gate, Vacancy};
use super::place::{Place, SOCKET, read_own};
use super::{Result, last_lines, making};

/// How often a process on its way up or down is looked at.
const LOOK: Duration = Duration::from_millis(3);
/// Longer than any crash recovery of this product's amounts of data.
const PATIENCE: Duration = Duration::from_secs(120);
/// How long a server that says it is ready may take to answer.
const ANSWER: Duration = Duration::from_secs(10);
/// How long the children of a killed server may hold its shared memory, and a server that is not seen may be silent.
const LINGERING: Duration = Duration::from_secs(15);
/// The size at which the log begins anew, the old one kept beside it.
const LOG_LIMIT: u64 = 10_000_000;

/// What `postmaster.pid` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Running {
    pid: i32,
    /// The number in the socket's name.
    pub port: u16,
    /// Where the socket is: in the place for it, else the server's word.
    pub socket_directory: PathBuf,
    status: String,
    /// Whether its process is seen from here.
    seen: bool,
    /// Whether the socket is in the place for it, so that nobody else's server answers there.
    near: bool,
}

impl Running {
    /// What the last server on these data wrote, which may be a server that ended long ago.
    fn find(place: &Place) -> Option<Self> {
        let data = place.data();
        let mut last = Self::parse(&read_own(&data.join("postmaster.pid")).ok()?)?;
        last.seen = serves(last.pid, &data);
        let directory = place.socket_path();
        last.near = directory.join(format!(".s.PGSQL.{}", last.port)).exists();
        if last.near {
            last.socket_directory = directory;
        }
        Some(last)
    }

    /// Lines: process, data, start time, port, socket directory, address, shared memory, status. The last ones
    /// are missing while the server starts; single-user mode writes its process as a negative number.
    fn parse(text: &[u8]) -> Option<Self> {
        let mut lines = text.split(|byte| *byte == b'\n');
        let number = |line: &[u8]| std::str::from_utf8(line).ok()?.trim().parse::<i32>().ok();
        let pid = lines.next().and_then(number)?.checked_abs().filter(|pid| *pid > 0)?;
        let port = lines.nth(2).and_then(number).and_then(|port| port.try_into().ok()).unwrap_or_default();
        let socket_directory =
            lines.next().map(|line| OsString::from_vec(line.to_vec()).into()).unwrap_or_default();
        let status =
            lines.nth(2).map(|line| String::from_utf8_lossy(line).trim().to_owned()).unwrap_or_default();
        Some(Self { pid, port, socket_directory, status, seen: false, near: false })
    }

    /// Whether the server says it is ready and answers. Asking it tells a server that works from one that was
    /// killed this very moment: it gets the request for encryption, which it answers with one letter before
    /// anything else.
    fn answers(&self) -> bool {
        self.status == "ready" && self.asked_for_encryption().is_ok()
    }

    fn asked_for_encryption(&self) -> io::Result<()> {
        const SSL_REQUEST: [u8; 8] = [0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f];
        let socket = self.socket_directory.join(format!(".s.PGSQL.{}", self.port));
        let mut stream = UnixStream::connect(socket)?;
        stream.set_read_timeout(Some(ANSWER))?;
        stream.write_all(&SSL_REQUEST)?;
        stream.read_exact(&mut [0])
    }

    /// What it says about itself, in words for an operator.
    fn state(&self) -> &str {
        match self.status.as_str() {
            "" => "starting",
            "ready" => "running without answering",
            status => status,
        }
    }
}

/// The server of `place`, ready: the one that runs, adopted if need be, or a new one.
pub(super) fn ensure(
    gate: &Gate,
    place: &Place,
    durable: bool,
    binaries: impl Fn() -> Result<Binaries>,
) -> Result<Running> {
    let begun = Instant::now();
    let mut started: Option<Started> = None;
    loop {
        let running = Running::find(place);
        let (seen, near) = running.as_ref().map_or((false, false), |last| (last.seen, last.near));
        let answering = running.as_ref().filter(|last| last.answers());
        if let Some(running) = answering.filter(|_| seen || near) {
            return Ok(running.clone());
        }
        if started.is_none() && !seen {
            match (Vacancy::find(gate, place)?, answering) {
                (Some(vacancy), _) => started = Some(start(vacancy, place, durable, &binaries()?)?),
                (None, Some(running)) => return Ok(running.clone()),
                (None, None) if begun.elapsed() > LINGERING => {
                    return Err(ClusterError::OutOfReach { data: place.data(), waited: begun.elapsed() });
                }
                (None, None) => {}
            }
        }
        if let Some(ended) = started.take_if(|server| server.has_ended()) {
            ended.may_be_tried_again(place, begun)?;
        }
        if begun.elapsed() > PATIENCE {
            let status = running.as_ref().map_or("starting", Running::state).to_owned();
            let (log, tail) = (place.log(), log_tail(place, 0));
            return Err(ClusterError::NotReady { status, waited: begun.elapsed(), log, tail });
        }
        sleep(LOOK);
    }
}

/// A server this process started, until it is ready.
struct Started {
    child: Child,
    /// Where the log ended before.
    log_from: u64,
}

impl Started {
    fn has_ended(&mut self) -> bool {
        self.child.try_wait().is_ok_and(|status| status.is_some())
    }

    /// An error, unless another server was faster (its starter was killed before it could be seen) or a killed
    /// predecessor's children are still about.
    fn may_be_tried_again(&self, place: &Place, begun: Instant) -> Result<()> {
        if Running::find(place).is_some_and(|other| other.seen) {
            return Ok(());
        }
        let tail = log_tail(place, self.log_from);
        if tail.contains("shared memory block") && begun.elapsed() < LINGERING {
            tracing::debug!("processes of a killed server are still ending");
            sleep(Duration::from_millis(100));
            return Ok(());
        }
        Err(ClusterError::NotStarted { log: place.log(), tail })
    }
}

/// Runs a program with the lock it got as standard input moved to 3, and without the files that whoever called us
/// left open. Ours are closed anyway; the caller's (a lock file, a pipe somebody reads to its end) would stay in
/// use for as long as the server runs. Numbers of two digits are more than a plain `sh` can name.
const WITHOUT_OUR_CALLERS_FILES: &str = r#"exec 3<&0 </dev/null
for file in /proc/self/fd/*; do
    file=${file##*/}
    case $file in
        [0-3]) ;;
        ?) eval "exec $file>&-" ;;
        *) if [ -n "${BASH_VERSION:-}" ]; then eval "exec $file>&-"; fi ;;
    esac
done
exec "$0" "$@""#;

/// The shell for it, and its options; `p`: nothing of the caller's environment is run.
fn shell() -> (&'static Path, &'static str) {
    let bash = Path::new("/bin/bash");
    if bash.exists() { (bash, "-pc") } else { (Path::new("sh"), "-c") }
}

/// Starts the server without waiting for it.
///
/// It gets its own process group, so that Ctrl-C reaches only us, who then stop it. It gets no parent-death
/// signal: other processes may use it when the one that started it is killed, and the next to come adopts it.
fn start(vacancy: Vacancy, place: &Place, durable: bool, binaries: &Binaries) -> Result<Started> {
    let (data, log) = (place.data(), place.log());
    let socket_directory = place.socket_directory()?;
    forget_dead_server(place, &socket_directory)?;
    making::write_access_rules(place)?;
    let output = open_log(place)?;
    let log_from = output.metadata().map_err(ClusterError::at(&log))?.len();
    let copy = output.try_clone().map_err(ClusterError::at(&log))?;
    let (shell, options) = shell();
    let mut command = place.owner.command(shell, &data);
    command.args([options, WITHOUT_OUR_CALLERS_FILES]).arg(binaries.postgres()).arg("-D").arg(&data);
    command.args(["-c", "listen_addresses=", "-c", "port=5432", "-c"]).arg(listening_in(&socket_directory));
    if !durable {
        command.args(["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]);
    }
    tracing::debug!(data = %data.display(), "the PostgreSQL server is started");
    let child = command
        .stdin(vacancy.into_standard_input())
        .stdout(output)
        .stderr(copy)
        .process_group(0)
        .spawn()
        .map_err(place.cannot_run(shell, &data))?;
    Ok(Started { child, log_from })
}

/// The setting for the socket's directory, quoted as an element of a list.
fn listening_in(directory: &Path) -> OsString {
    let mut setting = b"unix_socket_directories=\"".to_vec();
    for byte in directory.as_os_str().as_bytes() {
        if *byte == b'"' {
            setting.push(b'"');
        }
        setting.push(*byte);
    }
    setting.push(b'"');
    OsString::from_vec(setting)
}

/// Clears what a killed server left, once it is certain that no server of ours runs. PostgreSQL itself only
/// asks whether a process with that number exists, so a recycled number or a zombie would keep it from
/// starting. In `postmaster.pid` just the number is replaced, by one no process can have: the rest lets the new
/// server look for the old one's children in the shared memory.
fn forget_dead_server(place: &Place, socket_directory: &Path) -> Result<()> {
    for stale in [SOCKET.to_owned(), format!("{SOCKET}.lock")] {
        remove_if_there(&socket_directory.join(stale))?;
    }
    let path = place.data().join("postmaster.pid");
    let Ok(Ok(text)) = read_own(&path).map(String::from_utf8) else {
        return remove_if_there(&path);
    };
    match (Running::parse(text.as_bytes()), text.split_once('\n')) {
        (Some(_), Some((_, rest))) => place.write_private(&path, &format!("{}\n{rest}", i32::MAX)),
        _ => remove_if_there(&path),
    }
}

fn remove_if_there(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(ClusterError::at(path)(error)),
        _ => Ok(()),
    }
}

/// Stops the server, if it runs: open transactions are rolled back, and its end is waited for. One that can't be
/// seen, in another container, goes on, and is stopped by the last who uses it there.
pub(super) fn stop(_gate: &Gate, place: &Place) -> Result<()> {
    if !place.has_data()? {
        return Ok(());
    }
    let data = place.data();
    let running = Running::find(place).filter(|running| running.seen);
    let Some(pid) = running.and_then(|running| Pid::from_raw(running.pid)) else {
        return Ok(());
    };
    let raw = pid.as_raw_nonzero().get();
    if let Err(error) = kill_process(pid, Signal::INT) {
        tracing::debug!(%error, "the server ended by itself");
    }
    let asked = Instant::now();
    while serves(raw, &data) {
        if asked.elapsed() > PATIENCE {
            return Err(ClusterError::NotStopped { pid: raw, waited: asked.elapsed() });
        }
        sleep(LOOK);
    }
    // Ours to reap when this process started it; otherwise an error that means nothing.
    let _not_our_child = waitpid(Some(pid), WaitOptions::NOHANG);
    tracing::debug!(data = %data.display(), "the PostgreSQL server is stopped");
    Ok(())
}

/// Whether this process is alive, is PostgreSQL and works in `data`. A zombie has no executable any more.
fn serves(pid: i32, data: &Path) -> bool {
    let process = PathBuf::from(format!("/proc/{pid}"));
    match fs::read_link(process.join("exe")) {
        Ok(program) => is_postgres(program.as_os_str()) && is_same_directory(&process.join("cwd"), data),
        // Root in a container may not look into other users' processes; their command lines are public.
        Err(error) if error.kind() == ErrorKind::PermissionDenied => {
            fs::read(process.join("cmdline")).is_ok_and(|line| is_our_command(&line, data))
        }
        Err(_) => false,
    }
}

/// Also of an installation that was upgraded under the running server (`… (deleted)`).
fn is_postgres(program: &OsStr) -> bool {
    Path::new(program).file_name().is_some_and(|name| name.to_string_lossy().contains("postgres"))
}

fn is_same_directory(one: &Path, other: &Path) -> bool {
    match (fs::metadata(one), fs::metadata(other)) {
        (Ok(one), Ok(other)) => (one.dev(), one.ino()) == (other.dev(), other.ino()),
        _ => false,
    }
}

fn is_our_command(line: &[u8], data: &Path) -> bool {
    let mut arguments = line.split(|byte| *byte == 0);
    arguments.next().is_some_and(|program| is_postgres(OsStr::from_bytes(program)))
        && arguments.any(|argument| argument == data.as_os_str().as_bytes())
}

fn open_log(place: &Place) -> Result<fs::File> {
    let log = place.log();
    if fs::symlink_metadata(&log).is_ok_and(|log| log.len() > LOG_LIMIT) {
        fs::rename(&log, log.with_extension("log.1")).map_err(ClusterError::at(&log))?;
    }
    place.open_private(&log)
}

/// The last lines the log got after its first `from` bytes.
fn log_tail(place: &Place, from: u64) -> String {
    let log = read_own(&place.log()).unwrap_or_default();
    let from = usize::try_from(from).unwrap_or(usize::MAX);
    last_lines(log.get(from..).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_servers_own_file_is_read_whole_and_while_it_grows() {
        let whole = b"4242\n/data\n1700000000\n5432\n/sock et\n\n  5 6\nready   \n";
        let running = Running::parse(whole).unwrap();
        assert_eq!(running.status, "ready");
        assert_eq!((running.pid, running.port), (4242, 5432));
        assert_eq!(running.socket_directory, Path::new("/sock et"));
        let growing = Running::parse(b"4242\n/data\n1700000000\n5432\n").unwrap();
        assert_eq!((growing.state(), growing.answers()), ("starting", false));
        assert_eq!(Running::parse(b"-77\n/data\n").unwrap().pid, 77);
        assert_eq!(Running::parse(b""), None);
        assert_eq!(Running::parse(b"0\n"), None);
    }

    #[test]
    fn another_program_is_not_taken_for_the_server() {
        let me = std::process::id().cast_signed();
        assert!(!serves(me, Path::new(".")));
        assert!(!serves(i32::MAX, Path::new(".")));
    }

    #[test]
    fn a_command_line_is_ours_with_our_data_only() {
        let line = b"/usr/lib/postgresql/15/bin/postgres\0-D\0/a/data\0-c\0port=5432\0";
        assert!(is_our_command(line, Path::new("/a/data")));
        assert!(!is_our_command(line, Path::new("/a")));
        assert!(!is_our_command(b"/usr/bin/tail\0/a/data\0", Path::new("/a/data")));
        assert!(!is_our_command(b"", Path::new("/a/data")), "a zombie");
    }

    #[test]
    fn a_socket_directory_with_quotes_stays_one_directory() {
        assert_eq!(listening_in(Path::new("/a, \"b\"")), r#"unix_socket_directories="/a, ""b""""#);
    }
}
