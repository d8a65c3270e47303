//! The built program, run as its user would: what it prints where, how it exits, what a kill leaves.

use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;

use crate::support::data;
use crate::support::home::{Home, stderr, workbook};

#[test]
fn a_workbook_becomes_the_briefing() {
    let home = Home::new();
    home.tenant("btttt");
    let report = home.import("btttt", &workbook());
    assert_eq!(
        (&report["rows"], &report["created"], &report["units_created"]),
        (&1351.into(), &1351.into(), &34.into())
    );
    let args = ["briefing", "--tenant", "btttt", "--month", "2024-11", "--cutoff", "2024-11-29", "--format"];
    let figures = home.json(&[&args[..], &["json"]].concat());
    let truth: Value =
        serde_json::from_slice(&std::fs::read(data("nhiem-vu-2024.truth.json")).unwrap()).unwrap();
    for (name, value) in truth["briefings"][0].as_object().unwrap() {
        assert_eq!(&figures[name], value, "{name}");
    }
    let text = home.ok(&[&args[..], &["text"]].concat());
    assert!(text.starts_with(
        "Tính đến ngày 29/11/2024, còn 13 cơ quan, đơn vị có 32 nhiệm vụ trọng tâm quá hạn: CVT (07), ATTT (06), CĐSQG (05)"
    ));
    for words in
        ["309 nhiệm vụ trọng tâm", "08 đề án trình Chính phủ, Thủ tướng Chính phủ và 18 thông tư", "198 ngày"]
    {
        assert!(text.contains(words), "{words} is missing in {text}");
    }
    every_figure_has_its_rows(&home, &figures);
    assert!(!home.server_runs(), "the last command stops the server");
}

/// Each number is the length of a list that a reader can ask for.
fn every_figure_has_its_rows(home: &Home, figures: &Value) {
    let count = |filter: &[&str]| {
        let asked = ["tasks", "--tenant", "btttt", "--as-of", "2024-11-29", "--format", "json"];
        home.json(&[&asked[..], filter].concat())["items"].as_array().unwrap().len()
    };
    let number = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
    for standing in [
        "completed_on_time",
        "completed_late",
        "within_term",
        "overdue",
        "no_deadline",
        "outside",
        "due_soon",
    ] {
        let expected = number(&figures["standings"]["key"][standing]);
        assert_eq!(count(&["--standing", standing, "--category", "key"]), expected, "{standing}");
    }
    assert_eq!(count(&["--unit", "cvt", "--standing", "overdue", "--category", "key"]), 7);
    assert_eq!(count(&["--unit", "Cục Viễn thông", "--standing", "overdue", "--category", "key"]), 7);
    let next = [
        "--category",
        "key",
        "--standing",
        "within_term",
        "--due-from",
        "2024-12-01",
        "--due-to",
        "31/12/2024",
    ];
    assert_eq!(count(&next), number(&figures["due_next_month"]));
    assert_eq!(count(&[&next[..], &["--product", "circular"]].concat()), 18);
}

#[test]
fn results_and_reasons_go_their_own_ways() {
    let home = Home::new();
    home.tenant("btttt");
    home.import("btttt", &workbook());
    let faulty = data("nhiem-vu-loi.xlsx");
    let refused = home.run(&["import", "--tenant", "btttt", faulty.to_str().unwrap()]);
    assert_eq!((refused.status.code(), refused.stdout.is_empty()), (Some(1), true));
    assert!(
        stderr(&refused).contains("Nhiệm vụ, dòng 5, K5 (thời hạn) “31/11/2024”"),
        "{}",
        stderr(&refused)
    );
    let json = home.run(&["import", "--tenant", "btttt", faulty.to_str().unwrap(), "--json"]);
    let report: Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!((json.status.code(), report["faults"].as_array().unwrap().len()), (Some(1), 11));
    let cases: [(&[&str], i32); 8] = [
        (&["briefing", "--tenant", "nobody", "--month", "2024-11"], 1),
        (&["import", "--tenant", "btttt", "no-such-file.xlsx"], 1),
        (&["tenant", "create", "btttt", "--name", "x", "--admin", "a@b.vn"], 1),
        (&["tasks", "--tenant", "btttt", "--unit", "Cục Hàng hải"], 1),
        (&["briefing", "--tenant", "btttt", "--month", "2024-13"], 2),
        (&["briefing", "--tenant", "btttt", "--month", "2024-11", "--cutoff", "31/11/2024"], 2),
        (&["import", "--tenant", "btttt", "x.xlsx", "--map", "Cột=nothing"], 2),
        (&["no-such-command"], 2),
    ];
    for (args, code) in cases {
        let output = home.run(args);
        assert_eq!(
            (output.status.code(), output.stdout.is_empty()),
            (Some(code), true),
            "{args:?}: {}",
            stderr(&output)
        );
        assert!(!output.stderr.is_empty(), "{args:?} gives a reason");
    }
}

#[test]
fn settings_report_every_fault_at_once() {
    let home = Home::new();
    let mut command = home.command(&["demo"]);
    let output = command.env("DONDOC_LANG", "fr").env("DONDOC_DAATA", "x").output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("DONDOC_LANG") && stderr(&output).contains("DONDOC_DAATA"));
}

#[test]
fn the_demo_prints_the_briefing_and_keeps_to_its_own_database() {
    let home = Home::new();
    let first = home.ok(&["demo", "--print-only"]);
    assert!(first.contains("còn 13 cơ quan, đơn vị có 32 nhiệm vụ trọng tâm quá hạn"));
    assert_eq!(home.ok(&["demo", "--print-only"]), first, "a second run finds the demo made");
    let other = Home::new();
    other.tenant("that");
    let refused = other.run(&["demo", "--print-only"]);
    assert_eq!((refused.status.code(), refused.stdout.is_empty()), (Some(1), true));
    assert!(stderr(&refused).contains("DONDOC_DATA"));
}

/// Kills an import after a while, at a different point each time; then the same command must do all of
/// it, or find all of it done.
#[test]
fn a_killed_import_leaves_all_or_nothing() {
    let home = Home::new();
    home.tenant("btttt");
    let file = workbook();
    let args = ["import", "--tenant", "btttt", file.to_str().unwrap(), "--json"];
    let mut outcomes = Vec::new();
    for millis in [150, 600, 1200, 2000] {
        let mut child = home.command(&args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(millis));
        let killed = child.kill().is_ok();
        child.wait().unwrap();
        let listed = home.json(&["tasks", "--tenant", "btttt", "--as-of", "2025-12-31", "--format", "json"]);
        let there = listed["items"].as_array().unwrap().len();
        assert!(there == 0 || there == 1351, "{there} tasks after a kill at {millis} ms");
        outcomes.push((killed, there));
    }
    let report = home.import("btttt", &file);
    let (created, unchanged) = (report["created"].as_u64().unwrap(), report["unchanged"].as_u64().unwrap());
    assert_eq!(created + unchanged, 1351, "{outcomes:?}");
    assert!(created == 0 || unchanged == 0, "{outcomes:?}");
    assert!(outcomes.iter().any(|(killed, _)| *killed), "nothing was killed");
    assert!(!home.server_runs(), "the last command stops the server that the killed ones left");
}

/// Interrupted in the middle, the program undoes, stops its server and ends as a shell expects.
#[test]
fn an_interrupted_import_leaves_no_server_behind() {
    let home = Home::new();
    home.tenant("btttt");
    let file = workbook();
    let args = ["import", "--tenant", "btttt", file.to_str().unwrap()];
    let mut child = home.command(&args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    while !home.server_runs() {
        std::thread::sleep(Duration::from_millis(5));
        assert!(child.try_wait().unwrap().is_none(), "the import ended before it could be interrupted");
    }
    std::thread::sleep(Duration::from_millis(400));
    let pid = rustix::process::Pid::from_raw(i32::try_from(child.id()).unwrap()).unwrap();
    rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
    let code = child.wait().unwrap().code();
    assert!(code == Some(128 + 15) || code == Some(0), "{code:?}");
    assert!(!home.server_runs(), "the server was left running");
    let listed = home.json(&["tasks", "--tenant", "btttt", "--as-of", "2025-12-31", "--format", "json"]);
    let there = listed["items"].as_array().unwrap().len();
    assert_eq!(there, if code == Some(0) { 1351 } else { 0 });
}

#[test]
fn a_reader_who_goes_away_is_no_panic() {
    let home = Home::new();
    home.ok(&["demo", "--print-only"]);
    let mut child = home
        .command(&["tasks", "--tenant", "btttt", "--as-of", "2024-11-29"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(!stderr(&output).contains("panicked"), "{}", stderr(&output));
}

/// Keys of both kinds, and that the tenant's journal tells of whatever the operator saw, made and took out.
#[test]
fn the_operator_makes_keys_and_leaves_a_trace() {
    let home = Home::new();
    home.tenant("mot");
    let first = home.ok(&["keys", "rotate"]);
    let second = home.ok(&["keys", "rotate"]);
    let listed = home.ok(&["keys", "list"]);
    assert_eq!(listed.lines().count(), 2, "{listed}");
    assert!([first.trim(), second.trim()].iter().all(|kid| listed.contains(kid)), "{listed}");
    let create = ["apikey", "create", "--tenant", "mot", "--name", "Trục LGSP", "--role"];
    let made = home.ok(&[&create[..], &["office"]].concat());
    let (id, key) = made.trim().split_once('\n').unwrap();
    assert!(key.starts_with("ddk_") && key.len() == 90, "{made}");
    for (wrong, told) in [
        (vec!["office"], "tên khóa"),
        (vec!["staff"], "--unit"),
        (vec!["leader", "--unit", "CVT"], "bỏ --unit"),
        (vec!["office", "--until", "2024-11-29"], "--until"),
        (vec!["staff", "--unit", "X"], "đơn vị “X”"),
    ] {
        let refused = home.run(&[&create[..], &wrong].concat());
        assert_eq!(refused.status.code(), Some(1), "{wrong:?}");
        assert!(stderr(&refused).contains(told), "{wrong:?}: {}", stderr(&refused));
    }
    home.ok(&["apikey", "revoke", "--tenant", "mot", id]);
    assert_eq!(home.run(&["apikey", "revoke", "--tenant", "mot", id]).status.code(), Some(1));
    let keys = home.json(&["apikey", "list", "--tenant", "mot", "--format", "json"]);
    assert_eq!((&keys[0]["id"], keys[0]["revoked_at"].is_string()), (&id.into(), true));
    home.json(&["tasks", "--tenant", "mot", "--format", "json"]);
    home.json(&[
        "briefing",
        "--tenant",
        "mot",
        "--month",
        "2024-11",
        "--cutoff",
        "2024-11-29",
        "--format",
        "json",
    ]);
    let journal = exported(&home, "mot", "tables/journal.jsonl");
    for act in
        ["api_key.create", "api_key.revoke", "api_key.list", "tasks.read", "briefing.read", "tenant.export"]
    {
        let line = journal.lines().find(|line| line.contains(&format!("\"{act}\"")));
        assert!(line.is_some_and(|line| line.contains("\"operator\"")), "{act}: {journal}");
    }
    assert!(!journal.contains(key) && !exported(&home, "mot", "tables/api_keys.jsonl").contains(&key[50..]));
}

/// An entry of a tenant's archive.
fn exported(home: &Home, slug: &str, entry: &str) -> String {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("archive.zip");
    home.ok(&["tenant", "export", slug, "--to", path.to_str().unwrap()]);
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    std::io::read_to_string(archive.by_name(entry).unwrap()).unwrap()
}
