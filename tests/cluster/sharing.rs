//! Several processes with one server, and what is left when one of them is killed.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use diesel::connection::SimpleConnection;
use dondoc::cluster::{Cluster, ClusterOptions, Role};

use crate::support::{Data, Holder, ask, connect, kill_9, run, server_pid};

#[test]
fn processes_share_one_server_and_the_last_stops_it() {
    let data = Data::new();
    let ours = data.open();
    let (place, pid) = (ours.place().to_owned(), server_pid(ours.place()));
    let other = Holder::spawn(&data).wait_until_ready();
    assert_eq!(server_pid(&place), pid);
    ours.leave().unwrap();
    assert_eq!(server_pid(&place), pid);
    let again = data.open();
    other.leave();
    assert_eq!(ask(&again, Role::App, "SELECT 1"), "1");
    assert_eq!(server_pid(&place), pid);
    again.leave().unwrap();
    assert_eq!(server_pid(&place), None);
}

#[test]
fn coming_and_going_at_once_always_finds_a_server_that_answers() {
    let data = Data::new();
    thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| {
                for _ in 0..5 {
                    let cluster = data.open();
                    assert_eq!(ask(&cluster, Role::App, "SELECT 1"), "1");
                    cluster.leave().unwrap();
                }
            });
        }
    });
    let last = data.open();
    let place = last.place().to_owned();
    last.leave().unwrap();
    assert_eq!(server_pid(&place), None);
}

#[test]
fn the_server_of_a_killed_process_is_adopted_and_then_stopped() {
    let data = Data::new();
    Holder::spawn(&data).wait_until_ready().kill_9();
    let place = data.0.path().join("pg");
    let orphan = server_pid(&place).unwrap();
    let cluster = data.open();
    assert_eq!(server_pid(&place), Some(orphan));
    assert_eq!(ask(&cluster, Role::App, "SELECT 1"), "1");
    cluster.leave().unwrap();
    assert_eq!(server_pid(&place), None);
}

#[test]
fn the_server_does_not_keep_its_callers_files_in_use() {
    let data = Data::new();
    let lock = data.0.path().join("lock");
    let locked = r#"exec 3>"$0"; flock 3; exec "$@""#;
    Holder::spawn_by(Command::new("sh").args(["-c", locked]).arg(&lock), &data).wait_until_ready().kill_9();
    let free = Command::new("flock").arg("--timeout=5").arg(&lock).arg("true").status().unwrap();
    assert!(free.success());
    drop(data.open());
}

#[test]
fn nor_those_with_numbers_of_two_digits() {
    if !Path::new("/bin/bash").exists() {
        return;
    }
    let data = Data::new();
    let lock = data.0.path().join("lock");
    let locked = r#"exec 12>"$0"; flock 12; exec "$@""#;
    Holder::spawn_by(Command::new("bash").args(["-c", locked]).arg(&lock), &data).wait_until_ready().kill_9();
    let free = Command::new("flock").arg("--timeout=5").arg(&lock).arg("true").status().unwrap();
    assert!(free.success());
    drop(data.open());
}

/// A command that runs the rest in a container's own world of processes and shared memory.
fn container() -> Option<Command> {
    let arguments = ["--pid", "--ipc", "--fork", "--mount-proc", "--kill-child"];
    let possible = Command::new("unshare").args(arguments).arg("true").stderr(Stdio::null()).status();
    let mut command = Command::new("unshare");
    command.args(arguments);
    possible.is_ok_and(|status| status.success()).then_some(command)
}

#[test]
fn a_server_in_another_container_is_used_and_never_replaced() {
    let Some(mut container) = container() else {
        return;
    };
    let data = Data::new();
    let ours = data.open();
    run(&ours, Role::Owner, "CREATE TABLE kept (x int); INSERT INTO kept VALUES (42)");
    let (place, pid) = (ours.place().to_owned(), server_pid(ours.place()));
    let other = Holder::spawn_by(&mut container, &data).wait_until_ready();
    assert_eq!(server_pid(&place), pid);
    assert_eq!(ask(&ours, Role::Owner, "SELECT x FROM kept"), "42");
    // The last to leave may be the one that can't see the server: it goes on, and is found again.
    ours.leave().unwrap();
    other.leave();
    assert_eq!(server_pid(&place), pid);
    let again = data.open();
    assert_eq!(ask(&again, Role::Owner, "SELECT x FROM kept"), "42");
    again.leave().unwrap();
    assert_eq!(server_pid(&place), None);
}

/// The last process of the other container is killed, and its server with it.
#[test]
fn a_server_whose_container_ended_is_started_again() {
    let Some(mut container) = container() else {
        return;
    };
    let data = Data::new();
    let other = Holder::spawn_by(&mut container, &data).wait_until_ready();
    let ours = data.open();
    run(&ours, Role::Owner, "CREATE TABLE kept (x int); INSERT INTO kept VALUES (42)");
    // These tests' servers keep commits in memory for a moment.
    run(&ours, Role::Superuser, "CHECKPOINT");
    other.kill_9();
    // Its processes end one after the other; meanwhile the server may still answer.
    thread::sleep(Duration::from_millis(500));
    let again = data.open();
    assert_eq!(ask(&again, Role::Owner, "SELECT x FROM kept"), "42");
}

#[test]
fn a_silent_server_is_not_replaced_when_its_socket_is_gone() {
    let Some(mut container) = container() else {
        return;
    };
    let data = Data::new();
    let other = Holder::spawn_by(&mut container, &data).wait_until_ready();
    let place = data.0.path().join("pg");
    let pid = server_pid(&place);
    fs::rename(place.join(".s.PGSQL.5432"), place.join("away")).unwrap();
    let said = Cluster::open(&data.options()).unwrap_err().to_string();
    assert!(said.contains("another container"), "{said}");
    assert_eq!(server_pid(&place), pid);
    fs::rename(place.join("away"), place.join(".s.PGSQL.5432")).unwrap();
    other.leave();
}

#[test]
fn a_killed_server_is_started_again_with_what_was_committed() {
    let data = Data::new();
    let options = ClusterOptions { durable: true, ..data.options() };
    let before = Cluster::open(&options).unwrap();
    run(&before, Role::Owner, "CREATE TABLE kept (x int); INSERT INTO kept VALUES (42)");
    let mut unfinished = connect(&before, Role::Owner);
    unfinished.batch_execute("BEGIN; INSERT INTO kept VALUES (43)").unwrap();
    let pid = server_pid(before.place()).unwrap();
    // Started by this process and not waited for: from now on a zombie.
    kill_9(pid);
    let after = Cluster::open(&options).unwrap();
    assert_ne!(server_pid(after.place()), Some(pid));
    assert_eq!(ask(&after, Role::Owner, "SELECT string_agg(x::text, ',') FROM kept"), "42");
    before.leave().unwrap();
    assert_eq!(ask(&after, Role::App, "SELECT 1"), "1");
    let place = after.place().to_owned();
    drop(after);
    fs::remove_dir_all(place).unwrap();
}

#[test]
fn a_recycled_process_number_in_a_stale_file_keeps_nobody_out() {
    let data = Data::new();
    let before = data.open();
    let place = before.place().to_owned();
    kill_9(server_pid(&place).unwrap());
    let me = std::process::id();
    for name in ["data/postmaster.pid", ".s.PGSQL.5432.lock"] {
        let text = fs::read_to_string(place.join(name)).unwrap();
        let (_, rest) = text.split_once('\n').unwrap();
        fs::write(place.join(name), format!("{me}\n{rest}")).unwrap();
    }
    assert_eq!(ask(&data.open(), Role::App, "SELECT 1"), "1");
    drop(before);
    for broken in ["", "1\n", "nonsense\n"] {
        fs::write(place.join("data/postmaster.pid"), broken).unwrap();
        assert_eq!(ask(&data.open(), Role::App, "SELECT 1"), "1");
    }
}
