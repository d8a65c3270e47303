//! The house's rules, read from the source: who may import whom, where SQL may stand, what is never
//! serialised, how long a file may be.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // A test that can't go on says so.

use std::fs;
use std::path::{Path, PathBuf};

/// The order in which modules may import: a module only from those of a lower rank, or its own.
const RANKS: &[(&str, u8)] = &[
    ("domain", 0),
    ("error", 1),
    ("ids", 2),
    ("clock", 2),
    ("public_url", 1),
    ("smtp_url", 1),
    ("config", 2),
    ("telemetry", 3),
    ("schema", 3),
    ("params", 3),
    ("keys", 3),
    ("cluster", 3),
    ("depot", 4),
    ("db", 4),
    ("journal", 5),
    ("app", 6),
    ("units", 7),
    ("calendar", 7),
    ("late_reasons", 7),
    ("accounts", 7),
    ("documents", 7),
    ("tenants", 8),
    ("preferences", 9),
    ("observatory", 10),
    ("jobs", 7),
    ("mail", 8),
    ("auth", 9),
    ("idempotency", 10),
    ("webhooks", 10),
    ("feeds", 10),
    ("tasks", 9),
    ("imports", 10),
    ("files", 10),
    ("extensions", 10),
    ("opinions", 10),
    ("people", 10),
    ("organisation", 11),
    ("briefings", 10),
    ("evaluations", 10),
    ("digests", 10),
    ("recurrences", 10),
    ("campaigns", 11),
    ("reminders", 11),
    ("text", 11),
    ("pages", 12),
    ("papers", 12),
    ("http", 14),
    ("api", 15),
    ("site", 16),
    ("routes", 17),
    ("timetable", 13),
    ("run", 18),
    ("demo", 18),
    ("cli", 19),
    ("main", 20),
    ("lib", 21),
];

/// Files of a feature that make something to be read, and may use `text` for it.
const READERS: [&str; 1] = ["report.rs"];

/// What only the files that hold SQL may say.
const SQL: [&str; 7] =
    ["sql_query", "insert_into(", "diesel::update", "diesel::delete", ".pg()", "batch_execute", "SELECT "];

fn sources(under: &str) -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut open: Vec<PathBuf> = [root.join(under)].into_iter().filter(|dir| dir.is_dir()).collect();
    while let Some(dir) = open.pop() {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path.strip_prefix(root).unwrap().to_owned(), text));
            }
        }
    }
    found.sort();
    found
}

/// The module below `src` that a file belongs to.
fn module(path: &Path) -> String {
    let first = path.components().nth(1).unwrap().as_os_str().to_str().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

fn rank(module: &str) -> u8 {
    let found = RANKS.iter().find(|(name, _)| *name == module);
    found.unwrap_or_else(|| panic!("{module} has no place in the order: give it one")).1
}

/// The lines that are program, without comments and without the tests at a file's end.
fn program(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().enumerate().take_while(|(_, line)| !line.starts_with("#[cfg(test)]"));
    lines.filter(|(_, line)| !line.trim_start().starts_with("//")).map(|(n, line)| (n + 1, line))
}

fn is_test(path: &Path) -> bool {
    path.components().any(|c| c.as_os_str() == "tests" || c.as_os_str() == "tests.rs")
}

/// The modules of the crate that a line names.
fn named(line: &str) -> Vec<String> {
    let ident = |s: &str| s.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut found = Vec::new();
    for (at, _) in line.match_indices("crate::") {
        let rest = &line[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            Some(list) => found.extend(list.split(',').map(|item| ident(item.trim()))),
            None => found.push(ident(rest)),
        }
    }
    found.retain(|name| RANKS.iter().any(|(known, _)| known == name));
    found
}

#[test]
fn modules_import_one_way() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for (path, text) in sources("src") {
        let own = module(&path);
        if own == "lib" || is_test(&path) {
            continue;
        }
        let reads = READERS.iter().any(|name| path.ends_with(name));
        for (number, line) in program(&text) {
            for other in named(line) {
                seen += 1;
                let allowed = other == own || rank(&other) < rank(&own) || (reads && other == "text");
                if !allowed {
                    wrong.push(format!("{}:{number}: {own} imports {other}", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(seen > 100, "only {seen} imports were looked at");
}

#[test]
fn an_import_is_seen_however_it_is_written() {
    assert_eq!(named("use crate::{cli, db::Db, text};"), ["cli", "db", "text"]);
    assert_eq!(named("    let x = crate::tasks::list(crate::calendar::y);"), ["tasks", "calendar"]);
    assert!(rank("domain") < rank("db") && rank("db") < rank("cli"));
}

/// A store, or the database module itself.
fn may_hold_sql(path: &Path) -> bool {
    path.ends_with("store.rs")
        || path.components().any(|c| c.as_os_str() == "store")
        || ["db", "schema"].contains(&module(path).as_str())
}

#[test]
fn sql_stands_in_stores_only() {
    let mut wrong = Vec::new();
    for (path, text) in sources("src") {
        // The cluster is made before there is a database to ask; the error module maps diesel's errors.
        if may_hold_sql(&path) || module(&path) == "cluster" {
            continue;
        }
        for (number, line) in program(&text) {
            if SQL.iter().any(|mark| line.contains(mark.trim_end())) && !line.contains("//") {
                wrong.push(format!("{}:{number}: {}", path.display(), line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The derives that stand above each type of a file, joined with the type's own line.
fn derives(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut current = String::new();
    for (_, line) in program(text) {
        if line.trim_start().starts_with("#[derive(")
            || (!current.is_empty() && line.trim_start().starts_with("#["))
        {
            current.push_str(line);
        } else if !current.is_empty() {
            found.push(format!("{current} {line}"));
            current.clear();
        }
    }
    found
}

#[test]
fn rows_are_never_serialised() {
    let mut rows = 0;
    for (path, text) in sources("src") {
        for derived in derives(&text) {
            if derived.contains("Queryable") || derived.contains("Insertable") {
                rows += 1;
                assert!(!derived.contains("Serialize"), "{}: {derived}", path.display());
            }
        }
    }
    assert!(rows > 10, "only {rows} rows were found");
}

#[test]
fn a_tenants_transaction_is_opened_where_it_is_allowed() {
    for (path, text) in sources("src") {
        let opens = |scope: &str| program(&text).any(|(_, line)| line.contains(scope));
        assert!(
            !opens("Operator::of") || path.ends_with("tenants/actions.rs"),
            "{}: an operator's transaction goes through tenants::operate",
            path.display()
        );
        assert!(
            !opens("Claim::of") || module(&path) == "auth",
            "{}: who is not known yet is let in by auth alone",
            path.display()
        );
        assert!(
            !opens("LetterScope::of") || module(&path) == "preferences",
            "{}: a letter's address opens nothing but its reader's preferences",
            path.display()
        );
    }
}

#[test]
fn files_are_short_and_say_what_they_own() {
    let mut wrong = Vec::new();
    for (path, text) in ["src", "tests", "benches"].into_iter().flat_map(sources) {
        let lines = text.lines().count();
        if lines >= 400 && !path.ends_with("schema.rs") {
            wrong.push(format!("{}: {lines} lines", path.display()));
        }
        let in_src_test = path.starts_with("src") && is_test(&path);
        if !text.starts_with("//!") && !path.ends_with("schema.rs") && !in_src_test {
            wrong.push(format!("{}: does not begin with what it owns", path.display()));
        }
        let name = module(&path);
        if ["utils", "helpers", "common", "types"].contains(&name.as_str()) {
            wrong.push(format!("{}: a name that says nothing", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
