//! The address of one's deadlines for a calendar.

use askama::Template;

use super::{Link, Shell};
use crate::text::pages::Words;

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "feed.html")]
pub struct FeedPage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// The account.
    pub back: Link,
    /// What was done just now.
    pub notice: Option<String>,
    /// The address, when it was made just now.
    pub address: Option<String>,
    /// Since when there is one, and when it was last read.
    pub since: Option<String>,
    /// Where a new one is asked for.
    pub action: String,
    /// Where it is ended.
    pub end: String,
}
