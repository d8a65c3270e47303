//! Error pages and plain messages.

use askama::Template;

use super::{Link, Shell};
use crate::text::pages::{Trouble, Words};

/// A heading, what happened, what to do, and the way on.
#[derive(Debug, Clone, Template)]
#[template(path = "message.html")]
pub struct MessagePage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// Whether it tells of an error: the title begins with it.
    pub is_error: bool,
    /// The HTTP status to show, `404`.
    pub status: Option<String>,
    /// The heading.
    pub heading: String,
    /// What somebody should look at.
    pub alarms: Vec<String>,
    /// The paragraphs.
    pub body: Vec<String>,
    /// The id to give to the operator.
    pub request_id: Option<String>,
    /// The ways on.
    pub links: Vec<Link>,
}

impl MessagePage {
    /// The page of an error; `home` is where the way out leads.
    pub fn trouble(w: Words, shell: Shell, trouble: Trouble, request_id: Option<String>, home: &str) -> Self {
        Self {
            w,
            shell,
            is_error: true,
            status: Some(trouble.status().to_string()),
            heading: w.trouble_heading(trouble).to_owned(),
            alarms: Vec::new(),
            body: vec![w.trouble_advice(trouble).to_owned()],
            request_id,
            links: vec![Link { text: w.back_home().to_owned(), href: home.to_owned() }],
        }
    }
}
