//! `dondoc tenant …`

use clap::Subcommand;
use serde_json::json;

use super::Output;
use crate::app::App;
use crate::auth::{self, LINK_HOURS};
use crate::config::Config;
use crate::error::{Refusal, Result};
use crate::public_url::PublicUrl;
use crate::tenants::{self, TenantInput};
use crate::{site, text};

#[derive(Debug, Subcommand)]
pub(super) enum TenantCommand {
    /// Make a tenant with the public-sector calendar and its first administrator; prints its slug, and the one-time
    /// link by which that person sets a password.
    Create {
        /// The short name in addresses and commands: a–z, 0–9 and '-'.
        slug: String,
        /// The full name.
        #[arg(long)]
        name: String,
        /// The first administrator's e-mail address.
        #[arg(long, value_name = "EMAIL")]
        admin: String,
    },
    /// Let passwords open a tenant again that has switched them off for single sign-on.
    LocalSignIn {
        /// The tenant.
        slug: String,
        /// What shall be: on.
        #[arg(value_parser = ["on"])]
        state: String,
    },
}

pub(super) fn run(app: &App, config: &Config, command: &TenantCommand) -> Result<Output> {
    match command {
        TenantCommand::Create { slug, name, admin } => create(app, config, slug, name, admin),
        TenantCommand::LocalSignIn { slug, state } => {
            tenants::operate(app, slug, "sso.local", |conn, _| {
                auth::allow_local_sign_in(conn)?;
                Ok(((), json!({ "local_sign_in": true })))
            })?;
            Ok(Output::result(format!("{slug}\t{state}")))
        }
    }
}

fn create(app: &App, config: &Config, slug: &str, name: &str, admin: &str) -> Result<Output> {
    let typed = TenantInput { slug: slug.to_owned(), name: name.to_owned(), admin_email: admin.to_owned() };
    let tenant = typed.check().map_err(|faults| {
        Refusal::Reasons(faults.iter().map(|fault| text::refusal::refusal(app.lang, fault)).collect())
    })?;
    let link = tenants::create(app, &tenant, auth::issue_link)?;
    let public_url =
        config.public_url.clone().unwrap_or_else(|| PublicUrl::on_loopback(config.listen.port()));
    let address = public_url.link(&site::password::address(&link));
    Ok(Output::result(format!("{slug}\n{}", text::serve::first_link(app.lang, &address, LINK_HOURS))))
}
