//! Builders with defaults.

use dondoc::ids::new_id;
use dondoc::units::{self, NewUnit};
use uuid::Uuid;

use super::TestApp;

/// Adds a unit that is called by its short name.
pub fn add_unit(test: &TestApp, slug: &str, name: &str) -> Uuid {
    let id = new_id();
    let unit = NewUnit { id, name: name.to_owned(), short_name: name.to_owned(), kind: None, mailbox: None };
    test.act(slug, |conn, _| units::add(conn, &[unit])).unwrap();
    id
}
