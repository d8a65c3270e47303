//! Making a cluster, at first use and after a failure, and what it is like.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use dondoc::cluster::{Cluster, ClusterOptions, Role};

use crate::support::{Data, Holder, ask, options, run, server_pid};

#[test]
fn made_at_first_use_stopped_by_the_last_and_used_again_with_its_data() {
    let data = Data::new();
    let first = data.open();
    run(&first, Role::Owner, "CREATE TABLE kept (x int); INSERT INTO kept VALUES (42)");
    let place = first.place().to_owned();
    assert_eq!(fs::metadata(&place).unwrap().permissions().mode() & 0o777, 0o700);
    first.leave().unwrap();
    assert_eq!(server_pid(&place), None);
    let second = data.open();
    assert_eq!(ask(&second, Role::Owner, "SELECT x FROM kept"), "42");
}

#[test]
fn vietnamese_names_are_in_their_order_and_nothing_listens_outside() {
    let data = Data::new();
    let cluster = data.open();
    let names = "SELECT string_agg(n, ' ' ORDER BY n) FROM unnest('{Em,Đặng,Ân,Dung,Ăn,An,Ánh}'::text[]) n";
    assert_eq!(ask(&cluster, Role::App, names), "An Ánh Ăn Ân Dung Đặng Em");
    assert_eq!(ask(&cluster, Role::App, "SELECT current_setting('listen_addresses')"), "");
    assert_eq!(ask(&cluster, Role::App, "SELECT current_setting('server_encoding')"), "UTF8");
    assert_eq!(ask(&cluster, Role::App, "SELECT current_setting('fsync')"), "off");
}

#[test]
fn real_data_are_synced_to_disk() {
    let data = Data::new();
    let cluster = Cluster::open(&ClusterOptions { durable: true, ..data.options() }).unwrap();
    for setting in ["fsync", "synchronous_commit", "full_page_writes"] {
        assert_eq!(ask(&cluster, Role::App, &format!("SELECT current_setting('{setting}')")), "on");
    }
    let place = cluster.place().to_owned();
    drop(cluster);
    fs::remove_dir_all(place).unwrap();
}

#[test]
fn a_cluster_left_half_made_is_made_anew() {
    let data = Data::new();
    let place = data.0.path().join("pg");
    let begun = Instant::now();
    let maker = Holder::spawn(&data);
    while !is_being_made(&place) {
        assert!(begun.elapsed() < Duration::from_secs(10), "nothing is being made");
        thread::sleep(Duration::from_millis(1));
    }
    thread::sleep(Duration::from_millis(100));
    maker.kill_9();
    assert!(!place.join("data").exists(), "killed too late to test anything");
    let cluster = data.open();
    assert_eq!(ask(&cluster, Role::App, "SELECT 1"), "1");
    assert!(!is_being_made(&place));
}

fn is_being_made(place: &Path) -> bool {
    let is_making = |entry: fs::DirEntry| entry.file_name().to_str().unwrap().starts_with("making-");
    fs::read_dir(place).is_ok_and(|entries| entries.flatten().any(is_making))
}

#[test]
fn a_server_that_cannot_start_is_reported_in_its_own_words_and_its_data_are_left_alone() {
    let data = Data::new();
    let place = data.open().place().to_owned();
    let settings = place.join("data/postgresql.conf");
    let good = fs::read_to_string(&settings).unwrap();
    fs::write(&settings, format!("{good}\nno_such_setting = 1\n")).unwrap();
    let said = Cluster::open(&data.options()).unwrap_err().to_string();
    assert!(said.contains("no_such_setting") && said.contains("server.log"), "{said}");
    fs::write(&settings, good).unwrap();
    assert_eq!(ask(&data.open(), Role::App, "SELECT 1"), "1");
}

#[test]
fn a_path_too_long_for_a_socket_gets_a_short_one() {
    let data = Data::new();
    let deep = data.0.path().join("đường dẫn dài/".repeat(8));
    let cluster = Cluster::open(&options(&deep)).unwrap();
    assert_eq!(cluster.place(), deep.canonicalize().unwrap().join("pg"));
    assert_eq!(ask(&cluster, Role::App, "SELECT 1"), "1");
    let directory = ask(&cluster, Role::Superuser, "SELECT current_setting('unix_socket_directories')");
    let directory = directory.trim_matches('"').to_owned();
    assert!(directory.starts_with("/tmp/dondoc-"), "{directory}");
    assert_eq!(fs::metadata(&directory).unwrap().permissions().mode() & 0o777, 0o700);
    cluster.leave().unwrap();
    fs::remove_dir(directory).unwrap();
}

#[test]
fn a_path_with_marks_that_addresses_give_a_meaning_works() {
    for name in ["a,b", "a\\b", "a \"b\" 'c'", "a%2Fb", "@a:b?c=d"] {
        let data = Data::new();
        let cluster = Cluster::open(&options(&data.0.path().join(name))).unwrap();
        assert_eq!(ask(&cluster, Role::App, "SELECT 1"), "1", "{name}");
    }
}

#[test]
fn a_path_with_a_line_break_is_refused() {
    let data = Data::new();
    let said = Cluster::open(&options(&data.0.path().join("a\nb"))).unwrap_err().to_string();
    assert!(said.contains("line break"), "{said}");
}
