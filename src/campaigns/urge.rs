//! Urging the units of a campaign that have not reported: a letter to their heads, once a day at most.

use chrono::NaiveDate;
use serde_json::json;
use uuid::Uuid;

use super::actions::{board, entry, open};
use super::model::BoardRow;
use super::store;
use crate::auth::Member;
use crate::db::TenantConn;
use crate::digests::{self, Holder};
use crate::domain::access::Role;
use crate::domain::lang::Lang;
use crate::error::Result;
use crate::journal;
use crate::mail::{self, NewLetter};
use crate::tenants::is_email;
use crate::units::Unit;

/// The kind of letter.
pub const URGED: &str = "campaign_urge";

/// What came of urging.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Urged {
    /// The units that were urged.
    pub units: usize,
    /// The letters that were planned.
    pub letters: usize,
    /// The units with nobody to write to: their task is marked as urged all the same.
    pub unreached: usize,
}

/// A letter's reader.
struct Reader<'a> {
    person: Option<Uuid>,
    address: &'a str,
    lang: Lang,
}

/// Urges every unit that owes its report and was not urged today.
///
/// # Errors
/// There is no such campaign, or it is closed.
pub fn urge(
    conn: &mut TenantConn<'_>,
    member: &Member,
    id: Uuid,
    today: NaiveDate,
    due_soon_days: u32,
) -> Result<Urged> {
    open(conn, id, None)?;
    let board = board(conn, id, today, due_soon_days)?;
    let holders = digests::holders(conn, today)?;
    let due: Vec<&BoardRow> = board.to_urge(today).collect();
    let now = conn.now();
    let (mut letters, mut rows, mut urged) = (Vec::new(), Vec::new(), Urged::default());
    for row in &due {
        let readers = readers(row, &holders);
        urged.units += 1;
        urged.letters += readers.len();
        urged.unreached += usize::from(readers.is_empty());
        rows.push((row.task_id, i32::try_from(readers.len()).unwrap_or(i32::MAX)));
        letters.extend(readers.into_iter().map(|reader| NewLetter {
            kind: URGED,
            person: reader.person,
            address: reader.address,
            day: today,
            key: format!("{} {today}", row.task_id),
            lang: reader.lang,
            payload: json!({ "campaign": id, "task": row.task_id, "name": format!("don-doc-{}", row.unit.short_name) }),
            due_at: now,
            give_up_at: None,
        }));
    }
    if due.is_empty() {
        return Ok(urged);
    }
    store::insert_urges(conn, &member.actor(), today, &rows)?;
    mail::plan(conn, &letters)?;
    let told = json!({ "units": urged.units, "letters": urged.letters });
    journal::append(conn, &[entry(member, "campaign.urge", id, told)])?;
    Ok(urged)
}

/// The active heads of the unit that leads the task, else its mailbox.
fn readers<'a>(row: &'a BoardRow, holders: &'a [Holder]) -> Vec<Reader<'a>> {
    let Some(lead) = &row.lead else { return Vec::new() };
    let leads = |holder: &&Holder| holder.role == Role::UnitHead && holder.unit == Some(lead.id);
    let mut found: Vec<Reader<'a>> = Vec::new();
    for holder in holders.iter().filter(leads).filter(|holder| holder.active && is_email(&holder.email)) {
        if found.iter().all(|reader| reader.person != Some(holder.person)) {
            found.push(Reader { person: Some(holder.person), address: &holder.email, lang: holder.lang });
        }
    }
    if found.is_empty() { mailbox(lead).into_iter().collect() } else { found }
}

fn mailbox(unit: &Unit) -> Option<Reader<'_>> {
    let address = unit.mailbox.as_deref().filter(|address| is_email(address))?;
    Some(Reader { person: None, address, lang: Lang::Vi })
}
