//! Setting a tenant's provider, and switching passwords off and on.

use serde_json::json;

use super::{secret_purpose, store, web};
use crate::auth::factor::Seeds;
use crate::auth::member::Member;
use crate::db::TenantConn;
use crate::error::{Denial, ParameterFault, ParameterProblem, Refusal, Result};
use crate::journal::{self, Entry};
use crate::params::Params;
use crate::tenants::Settings;

/// The longest client id and secret.
const LONGEST: usize = 500;

/// A provider as it is set; the secret is never shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SsoState {
    /// The issuer's address.
    pub issuer: String,
    /// By what the provider knows us.
    pub client_id: String,
    /// Whether passwords open anything.
    pub local_sign_in: bool,
}

/// A provider as typed: `issuer`, `client_id`, `client_secret`; a blank secret leaves the one there is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs)] // The fields are those of the form.
pub struct ProviderInput {
    pub issuer: String,
    pub client_id: String,
    pub client_secret: String,
}

impl ProviderInput {
    /// Takes a form's fields.
    pub fn take(params: &mut Params) -> Self {
        let mut text = |name| params.text(name).unwrap_or_default();
        let (issuer, client_id) = (text("issuer"), text("client_id"));
        Self { issuer, client_id, client_secret: text("client_secret") }
    }

    /// A secret is given to the issuer it was given for, and to no other.
    fn check(&self, before: Option<&SsoState>) -> Result<()> {
        let mut faults = Vec::new();
        let mut fault = |name: &str, problem| faults.push(ParameterFault { name: name.to_owned(), problem });
        if web::issuer(&self.issuer).is_none() {
            fault("issuer", ParameterProblem::NotAnIssuer);
        }
        let is_text = |text: &str| text.chars().count() <= LONGEST && !text.chars().any(char::is_control);
        for (name, text) in [("client_id", &self.client_id), ("client_secret", &self.client_secret)] {
            if !is_text(text) {
                fault(name, ParameterProblem::TooLong(LONGEST));
            }
        }
        if self.client_id.is_empty() {
            fault("client_id", ParameterProblem::Missing);
        }
        if self.client_secret.is_empty() && before.is_none_or(|before| before.issuer != self.issuer) {
            fault("client_secret", ParameterProblem::Missing);
        }
        if faults.is_empty() { Ok(()) } else { Err(Refusal::Parameters(faults).into()) }
    }
}

/// The provider as it is set, if there is one.
///
/// # Errors
/// The database's.
pub fn sso_state(conn: &mut TenantConn<'_>) -> Result<Option<SsoState>> {
    let row = store::provider(conn)?;
    Ok(row.map(|row| SsoState {
        issuer: row.issuer,
        client_id: row.client_id,
        local_sign_in: row.local_sign_in,
    }))
}

/// What the journal says of a provider.
fn told(state: &SsoState) -> serde_json::Value {
    json!({ "issuer": state.issuer, "client_id": state.client_id })
}

fn entry(
    member: &Member,
    act: &'static str,
    before: Option<serde_json::Value>,
    after: Option<serde_json::Value>,
) -> Entry {
    let actor = member.actor();
    Entry { actor, act, subject: "tenant", subject_id: None, import_id: None, before, after }
}

/// Sets the provider. Passwords open again whatever they did before: nobody has come in by what is set now.
///
/// # Errors
/// Who asks has not proved who they are lately; a field is wrong.
pub fn save_provider(
    conn: &mut TenantConn<'_>,
    seeds: &Seeds,
    member: &Member,
    typed: &ProviderInput,
) -> Result<()> {
    member.must_be_proved()?;
    let before = sso_state(conn)?;
    typed.check(before.as_ref())?;
    let sealed = match typed.client_secret.as_str() {
        "" => None,
        secret => Some(seeds.seal_text(&secret_purpose(conn.tenant()), secret)?),
    };
    store::save_provider(conn, &typed.issuer, &typed.client_id, sealed)?;
    let after = json!({
        "issuer": typed.issuer, "client_id": typed.client_id, "secret_changed": !typed.client_secret.is_empty(),
    });
    journal::append(conn, &[entry(member, "sso.change", before.as_ref().map(told), Some(after))])
}

/// Takes the provider away; passwords open again.
///
/// # Errors
/// Who asks has not proved who they are lately.
pub fn remove_provider(conn: &mut TenantConn<'_>, member: &Member) -> Result<()> {
    member.must_be_proved()?;
    let Some(before) = sso_state(conn)? else { return Ok(()) };
    store::remove_provider(conn)?;
    journal::append(conn, &[entry(member, "sso.remove", Some(told(&before)), None)])
}

/// Says whether passwords open anything.
///
/// # Errors
/// Who asks has not proved who they are lately; no administrator has come in by the provider as it is set now.
pub fn set_local_sign_in(
    app: &crate::app::App,
    conn: &mut TenantConn<'_>,
    member: &Member,
    settings: &Settings,
    is_on: bool,
) -> Result<()> {
    member.must_be_proved()?;
    if !is_on && !store::has_admin(conn, settings.today(&app.clock))? {
        return Err(Denial::NobodyCameByProvider.into());
    }
    if store::save_local_sign_in(conn, is_on)? {
        let (before, after) = (json!({ "local_sign_in": !is_on }), json!({ "local_sign_in": is_on }));
        journal::append(conn, &[entry(member, "sso.local", Some(before), Some(after))])?;
    }
    Ok(())
}

/// Lets passwords open again, for an operator, whose act the journal tells of.
///
/// # Errors
/// The database's.
pub fn allow_local_sign_in(conn: &mut TenantConn<'_>) -> Result<()> {
    store::save_local_sign_in(conn, true)?;
    Ok(())
}
