//! The permission table as it is printed, without a database.

use crate::support::data;
use crate::support::home::Home;

#[test]
fn the_printed_table_is_the_agreed_one() {
    let home = Home::new();
    let agreed = std::fs::read_to_string(data("permissions.txt")).unwrap();
    assert_eq!(
        home.ok(&["permissions"]),
        agreed,
        "if this is meant: dondoc permissions > tests/data/permissions.txt"
    );
    assert!(!home.server_runs());
    let rows = home.json(&["permissions", "--format", "json"]);
    let reads = rows.as_array().unwrap().iter().find(|row| row["relation"] == "other").unwrap();
    assert_eq!(reads["roles"], serde_json::json!(["office", "leader"]));
}
