//! How an administrator lets somebody in: by a letter where a mail server carries it, else by a link to hand out. Never
//! both, so that one way in lives.

use serde_json::json;
use uuid::Uuid;

use super::actions::entry;
use super::model::Person;
use super::report::{INVITATION, RESET};
use super::store;
use crate::app::App;
use crate::auth::{self, OneTimeLink};
use crate::db::TenantConn;
use crate::error::Result;
use crate::ids::new_id;
use crate::journal;
use crate::mail::{self, NewLetter};
use crate::tenants::Settings;

/// How a person gets in.
pub enum WayIn {
    /// By this link, to be handed out.
    Link(OneTimeLink),
    /// By a letter that is on its way.
    Letter,
}

/// Lets a person set a password, the first one when they are new; earlier ways in are shut.
///
/// # Errors
/// The database's.
pub fn let_in(
    app: &App,
    conn: &mut TenantConn<'_>,
    settings: &Settings,
    actor: Uuid,
    person: &Person,
    is_new: bool,
) -> Result<WayIn> {
    auth::spend_links(conn, person.id)?;
    mail::withdraw_ways_in(conn, person.id)?;
    journal::append(conn, &[entry(actor, "link.create", person.id, None, None)])?;
    if !app.has_mail_server {
        return auth::issue_link(conn, person.id).map(WayIn::Link);
    }
    // Its link is made when it is composed, so that no secret waits in the outbox.
    let letter = NewLetter {
        kind: if is_new { INVITATION } else { RESET },
        person: Some(person.id),
        address: &person.email,
        day: settings.today(&app.clock),
        key: new_id().to_string(),
        lang: store::language(conn, person.id)?,
        payload: json!({}),
        due_at: conn.now(),
        give_up_at: None,
    };
    mail::plan(conn, &[letter])?;
    Ok(WayIn::Letter)
}
