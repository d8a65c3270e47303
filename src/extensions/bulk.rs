//! An act on several tasks, whichever it is: later deadlines are asked for at this desk, the rest is `tasks::bulk`'s.

use chrono::NaiveDate;

use super::ask::ask;
use super::input::{AskTyped, RequestTyped};
use crate::db::TenantConn;
use crate::domain::access::Acting;
use crate::domain::bulk::BulkAct;
use crate::error::{Error, ParameterFault, Refusal, Result};
use crate::tasks::bulk::{self, AssignTyped, MoveTyped, Seen};

/// What acts on several tasks need, as typed; each takes its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BulkTyped {
    /// Whom they are given to.
    pub assign: AssignTyped,
    /// The unit that shall lead them. Its reason is that of a request as well.
    pub moved: MoveTyped,
    /// The deadline that is asked for.
    pub due: String,
    /// The number of the letter that asks.
    pub letter_number: String,
}

impl BulkTyped {
    /// The request for a later deadline of these tasks.
    fn request(&self, seen: &[Seen]) -> RequestTyped {
        let ask =
            |(id, _): &Seen| AskTyped { task: id.to_string(), due: self.due.clone(), reason: String::new() };
        RequestTyped {
            letter_number: self.letter_number.clone(),
            reason: self.moved.reason.clone().unwrap_or_default(),
            tasks: seen.iter().map(ask).collect(),
            ..RequestTyped::default()
        }
    }
}

/// Does an act to the tasks of a preview, all of it or nothing; to how many it was done.
///
/// # Errors
/// [`Refusal::Stale`]: one of them is another than it was; every fault of what the act needs.
pub fn perform(
    conn: &mut TenantConn<'_>,
    acting: &Acting,
    act: BulkAct,
    seen: &[Seen],
    typed: &BulkTyped,
    today: NaiveDate,
) -> Result<usize> {
    match act {
        BulkAct::Assign => bulk::assign(conn, acting, seen, &typed.assign, today),
        BulkAct::Move => bulk::move_to(conn, acting, seen, &typed.moved, today),
        BulkAct::Urge => bulk::urge_heads(conn, acting, seen, today),
        BulkAct::Confirm => bulk::confirm(conn, acting, seen, today),
        BulkAct::Extend => {
            bulk::agreed(conn, acting, act, seen, today)?;
            ask(conn, acting, &typed.request(seen), today).map_err(at_one_field)?;
            Ok(seen.len())
        }
    }
}

/// Every task of the request has the same deadline here, and whoever asks one field for it.
fn at_one_field(error: Error) -> Error {
    let Error::Refused(Refusal::Parameters(faults)) = error else { return error };
    let mut named: Vec<ParameterFault> = Vec::new();
    for fault in faults {
        let name = if fault.name.starts_with("due_") { "due".to_owned() } else { fault.name };
        if named.iter().all(|other| other.name != name) {
            named.push(ParameterFault { name, ..fault });
        }
    }
    Refusal::Parameters(named).into()
}
