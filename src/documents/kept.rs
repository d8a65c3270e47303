//! The template that a tenant keeps.

use chrono::{DateTime, Utc};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::model::Document;
use super::store::{self, TemplateRow};
use super::template::{fill, inspect};
use crate::db::TenantConn;
use crate::domain::access::Acting;
use crate::domain::attachment::file_name;
use crate::error::{Denial, ParameterFault, ParameterProblem, Refusal, Result};
use crate::journal::{self, Entry};

/// A template in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// Its version, from 1.
    pub version: i32,
    /// The name of the file as it was sent.
    pub name: String,
    /// The file.
    pub content: Vec<u8>,
    /// When it was put there.
    pub added_at: DateTime<Utc>,
}

/// The template in force; `None` where our own form holds.
///
/// # Errors
/// The database's.
pub fn current_template(conn: &mut TenantConn<'_>) -> Result<Option<Template>> {
    let last = store::last(conn)?.filter(|row| row.withdrawn_at.is_none());
    Ok(last.map(|row| Template {
        version: row.version,
        name: row.name,
        content: row.content,
        added_at: row.added_at,
    }))
}

/// The document as a file of Word: in the form of a template, or in our own.
///
/// # Errors
/// It can't be written.
pub fn word(document: &Document, template: Option<&Template>) -> Result<Vec<u8>> {
    match template {
        Some(template) => fill(&template.content, document),
        None => super::docx(document),
    }
}

/// Puts a template in force that the specimen fills.
///
/// # Errors
/// The field `file` says what is wrong with it.
pub fn put_template(
    conn: &mut TenantConn<'_>,
    acting: &Acting,
    name: &str,
    content: Vec<u8>,
    specimen: &Document,
) -> Result<()> {
    let wrong = |problem| Refusal::Parameters(vec![ParameterFault { name: "file".to_owned(), problem }]);
    let name = file_name(name).map_err(|fault| wrong(ParameterProblem::File(fault)))?;
    inspect(&content, specimen).map_err(|fault| wrong(ParameterProblem::Template(fault)))?;
    let version = store::last(conn)?.map_or(0, |row| row.version) + 1;
    let sha256 = Sha256::digest(&content);
    let digits: String = sha256.iter().map(|byte| format!("{byte:02x}")).collect();
    let told = json!({ "version": version, "name": name, "sha256": digits });
    let row = TemplateRow {
        tenant_id: conn.tenant().uuid(),
        version,
        name,
        content,
        sha256: sha256.to_vec(),
        added_by: acting.actor.clone(),
        added_at: conn.now(),
        withdrawn_at: None,
    };
    store::insert(conn, row)?;
    tell(conn, acting, "template.put", None, Some(told))
}

/// Lets our own form hold again.
///
/// # Errors
/// [`Denial::NotFound`]: no template is in force.
pub fn withdraw_template(conn: &mut TenantConn<'_>, acting: &Acting) -> Result<()> {
    let current = current_template(conn)?.ok_or(Denial::NotFound)?;
    if !store::withdraw(conn, current.version)? {
        return Err(Denial::NotFound.into());
    }
    let told = json!({ "version": current.version, "name": current.name });
    tell(conn, acting, "template.withdraw", Some(told), None)
}

fn tell(
    conn: &mut TenantConn<'_>,
    acting: &Acting,
    act: &'static str,
    before: Option<serde_json::Value>,
    after: Option<serde_json::Value>,
) -> Result<()> {
    let entry = Entry {
        actor: acting.actor.clone(),
        act,
        subject: "template",
        subject_id: None,
        import_id: None,
        before,
        after,
    };
    journal::append(conn, &[entry])
}
