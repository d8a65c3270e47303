//! The API's description.

use askama::Template;

use super::Shell;
use crate::text::pages::Words;

/// Every operation, and the shapes that they speak of.
#[derive(Debug, Clone, Template)]
#[template(path = "api.html")]
pub struct ApiPage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// What it is.
    pub about: String,
    /// Where programs read it.
    pub document: String,
    /// The operations.
    pub operations: Vec<ApiOperation>,
    /// The shapes.
    pub shapes: Vec<ApiShape>,
}

/// An operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiOperation {
    /// Its id, by which it is linked to.
    pub anchor: String,
    /// The method.
    pub method: String,
    /// The path.
    pub path: String,
    /// What it does.
    pub summary: String,
    /// Who may use it.
    pub who: String,
    /// The parameters.
    pub parameters: Vec<ApiField>,
    /// The shape of its body.
    pub body: Option<String>,
    /// The answers.
    pub answers: Vec<ApiAnswer>,
}

/// A parameter, or a field of a shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiField {
    /// Its name.
    pub name: String,
    /// Its type and limits.
    pub kind: String,
    /// Whether it must be there.
    pub is_needed: bool,
    /// What it means.
    pub about: String,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiAnswer {
    /// The HTTP status.
    pub status: String,
    /// What it means.
    pub about: String,
    /// The shape of its body.
    pub shape: Option<String>,
}

/// A shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiShape {
    /// Its name, by which it is linked to.
    pub name: String,
    /// What it is.
    pub about: String,
    /// Its fields.
    pub fields: Vec<ApiField>,
}
