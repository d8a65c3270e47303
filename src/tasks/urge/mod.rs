//! Urging: a letter to the heads of a unit about tasks that the Office has chosen.
//!
//! What must stay true: the letter tells what is so when it is composed; the same tasks are urged about once a day, however
//! often it is asked for.

mod report;

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::NaiveDate;
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::bulk::Preview;
use super::store::named::PostHolder;
use crate::db::TenantConn;
use crate::domain::access::Role;
use crate::domain::lang::Lang;
use crate::error::Result;
use crate::mail::{self, NewLetter};
use crate::tenants::is_email;
use crate::units::Unit;

pub use report::composers;

/// The kind of letter.
const URGE: &str = "urge";

/// Whether somebody of a unit can be written to: a head, or its mailbox.
pub(super) fn reached(unit: &Unit, holders: &[PostHolder]) -> bool {
    holders.iter().any(|holder| is_head(holder, unit)) || mailbox(unit).is_some()
}

fn is_head(holder: &PostHolder, unit: &Unit) -> bool {
    holder.role == Role::UnitHead && holder.unit == Some(unit.id) && is_email(&holder.email)
}

fn mailbox(unit: &Unit) -> Option<&str> {
    unit.mailbox.as_deref().filter(|address| is_email(address))
}

/// Plans a letter to each head of the lead units of a preview's tasks, to a unit without one to its mailbox; how many
/// are new.
pub(super) fn plan(conn: &mut TenantConn<'_>, preview: &Preview, day: NaiveDate) -> Result<usize> {
    let mut by_unit: BTreeMap<Uuid, Vec<Uuid>> = BTreeMap::new();
    for task in preview.fit() {
        by_unit.entry(task.lead_unit_id).or_default().push(task.id);
    }
    let now = conn.now();
    let mut letters = Vec::new();
    for unit in &preview.units {
        let Some(tasks) = by_unit.get(&unit.id) else { continue };
        let letter = |person, address, lang| NewLetter {
            kind: URGE,
            person,
            address,
            day,
            key: key(day, unit.id, tasks),
            lang,
            payload: json!({ "unit": unit.id, "tasks": tasks, "name": format!("don-doc-{}", unit.short_name) }),
            due_at: now,
            give_up_at: None,
        };
        let heads: Vec<&PostHolder> = preview.holders.iter().filter(|holder| is_head(holder, unit)).collect();
        letters.extend(heads.iter().map(|head| letter(Some(head.id), head.email.as_str(), head.lang)));
        letters.extend(
            mailbox(unit).filter(|_| heads.is_empty()).map(|address| letter(None, address, Lang::Vi)),
        );
    }
    mail::plan(conn, &letters)
}

/// What makes it one letter: the day, the unit and the tasks.
fn key(day: NaiveDate, unit: Uuid, tasks: &[Uuid]) -> String {
    let mut sorted = tasks.to_vec();
    sorted.sort_unstable();
    let mut hash = Sha256::new();
    for task in sorted {
        hash.update(task.as_bytes());
    }
    format!("{day} {unit} {}", URL_SAFE_NO_PAD.encode(hash.finalize()))
}
