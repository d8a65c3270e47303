//! Who may do what: the roles in the database, and the users of the operating system.

use std::fs::{self, Permissions};
use std::io::Write;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use diesel::connection::SimpleConnection;
use dondoc::cluster::{Cluster, ClusterOptions, Role};

use crate::support::{Data, HOLD, HOLDING, ask, connect, is_root, options, run};

#[test]
fn roles_can_do_what_they_are_for_and_no_more() {
    let data = Data::new();
    let cluster = data.open();
    for role in Role::ALL {
        assert_eq!(ask(&cluster, role, "SELECT current_user"), role.name());
    }
    let powers = "SELECT string_agg(concat_ws(' ', rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole), ', ' \
                  ORDER BY rolname) FROM pg_roles WHERE rolname LIKE 'dondoc%'";
    let expected = "dondoc_app f f f f, dondoc_backup f t f f, dondoc_owner f f f f";
    assert_eq!(ask(&cluster, Role::App, powers), expected);
    run(&cluster, Role::Owner, "CREATE TABLE secret (x int); INSERT INTO secret VALUES (7)");
    run(&cluster, Role::Owner, "CREATE EXTENSION pg_trgm; CREATE EXTENSION unaccent");
    assert_eq!(ask(&cluster, Role::Backup, "SELECT x FROM secret"), "7");
    assert!(connect(&cluster, Role::Backup).batch_execute("DELETE FROM secret").is_err());
    assert!(connect(&cluster, Role::App).batch_execute("SELECT x FROM secret").is_err());
    assert!(connect(&cluster, Role::App).batch_execute("CREATE TABLE own (x int)").is_err());
}

#[test]
fn below_a_private_directory_it_works_and_says_where_the_data_are() {
    for durable in [true, false] {
        let data = Data::with_mode(0o700);
        let options = ClusterOptions { durable, ..options(&data.0.path().join("clone/data")) };
        let cluster = Cluster::open(&options).unwrap();
        assert_eq!(ask(&cluster, Role::App, "SELECT 1"), "1");
        // Only root runs the server as somebody else, who can't get there.
        assert_eq!(cluster.is_elsewhere(), is_root());
        assert_eq!(cluster.place().starts_with(data.0.path()), !is_root());
        let place = cluster.place().to_owned();
        drop(cluster);
        let again = Cluster::open(&options).unwrap();
        assert_eq!(again.place(), place);
        drop(again);
        fs::remove_dir_all(place).unwrap();
    }
}

/// Runs a command as `nobody`, for root only.
fn as_nobody(mut command: Command) -> Command {
    let number = |option: &str| -> u32 {
        let output = Command::new("id").args([option, "nobody"]).output().unwrap();
        String::from_utf8(output.stdout).unwrap().trim().parse().unwrap()
    };
    command.gid(number("-g")).uid(number("-u")).current_dir("/").env("TMPDIR", "/tmp");
    command
}

/// A copy of this program that every user can run.
fn copied_program(directory: &Path) -> PathBuf {
    let copy = directory.join("cluster-tests");
    let copied = Command::new("cp").arg(std::env::current_exe().unwrap()).arg(&copy).status().unwrap();
    assert!(copied.success());
    fs::set_permissions(&copy, Permissions::from_mode(0o755)).unwrap();
    copy
}

#[test]
fn all_of_it_also_holds_for_an_unprivileged_user() {
    if !is_root() {
        // Then the other tests have just shown it.
        return;
    }
    let directory =
        tempfile::Builder::new().permissions(Permissions::from_mode(0o755)).tempdir_in("/tmp").unwrap();
    let mut command = Command::new(copied_program(directory.path()));
    command.args(["--skip", "also_holds_for_an_unprivileged_user"]);
    let output = as_nobody(command).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

#[test]
fn root_runs_an_unprivileged_users_cluster_as_that_user_who_may_go_on_with_it() {
    if !is_root() {
        // Somebody else's cluster is refused, with a word on what to do.
        let said = Cluster::open(&options(Path::new("/root"))).unwrap_err().to_string();
        assert!(said.contains("/root"), "{said}");
        return;
    }
    let directory = tempfile::tempdir_in("/tmp").unwrap();
    fs::set_permissions(directory.path(), Permissions::from_mode(0o777)).unwrap();
    let program = copied_program(directory.path());
    let use_as_nobody = || {
        let mut command = Command::new(&program);
        command.args(["--exact", HOLD, "--nocapture"]).env(HOLDING, "1").stdin(Stdio::piped());
        let mut child = as_nobody(command).stdout(Stdio::null()).spawn().unwrap();
        writeln!(child.stdin.take().unwrap(), "{}", directory.path().join("data").display()).unwrap();
        assert!(child.wait().unwrap().success());
    };
    use_as_nobody();
    let cluster = Cluster::open(&options(&directory.path().join("data"))).unwrap();
    assert!(!cluster.is_elsewhere());
    assert_eq!(ask(&cluster, Role::Owner, "SELECT current_user"), "dondoc_owner");
    drop(cluster);
    use_as_nobody();
}

#[test]
fn a_link_in_place_of_the_data_is_refused() {
    let data = Data::new();
    let place = data.open().place().to_owned();
    fs::rename(place.join("data"), place.join("other")).unwrap();
    symlink(place.join("other"), place.join("data")).unwrap();
    let said = Cluster::open(&data.options()).unwrap_err().to_string();
    assert!(said.contains("is not a directory of the user"), "{said}");
    fs::rename(&place, data.0.path().join("there")).unwrap();
    symlink(data.0.path().join("there"), &place).unwrap();
    let said = Cluster::open(&data.options()).unwrap_err().to_string();
    assert!(said.contains("is not a directory of the user"), "{said}");
}

#[test]
fn another_name_of_somebodys_file_is_not_written_to() {
    let data = Data::new();
    let place = data.open().place().to_owned();
    let theirs = data.0.path().join("theirs");
    fs::write(&theirs, "theirs").unwrap();
    fs::remove_file(place.join("usage.lock")).unwrap();
    fs::hard_link(&theirs, place.join("usage.lock")).unwrap();
    let said = Cluster::open(&data.options()).unwrap_err().to_string();
    assert!(said.contains("is not a plain file"), "{said}");
    assert_eq!(fs::metadata(&theirs).unwrap().uid(), rustix::process::geteuid().as_raw());
}

#[test]
fn data_elsewhere_are_found_by_their_mark_and_never_hidden() {
    if !is_root() {
        return;
    }
    let data = Data::with_mode(0o700);
    let place = data.open().place().to_owned();
    let mark = fs::read_to_string(data.0.path().join("elsewhere")).unwrap();
    assert_eq!(Path::new(mark.trim()), place);
    // Under another name, too.
    let moved = Data::with_mode(0o700);
    fs::copy(data.0.path().join("elsewhere"), moved.0.path().join("elsewhere")).unwrap();
    assert_eq!(moved.open().place(), place);
    // What appears below the directory does not hide them.
    fs::create_dir_all(data.0.path().join("pg/data")).unwrap();
    let said = Cluster::open(&data.options()).unwrap_err().to_string();
    assert!(said.contains("two places") && said.contains(place.to_str().unwrap()), "{said}");
    fs::remove_dir_all(place).unwrap();
}

#[test]
fn data_whose_user_is_shut_out_are_reported_as_just_that() {
    if !is_root() {
        return;
    }
    let data = Data::new();
    drop(data.open());
    fs::set_permissions(data.0.path(), Permissions::from_mode(0o700)).unwrap();
    let said = Cluster::open(&data.options()).unwrap_err().to_string();
    assert!(said.contains("can't get to"), "{said}");
}
