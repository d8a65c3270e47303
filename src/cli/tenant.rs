//! `dondoc tenant …`

use clap::Subcommand;

use super::Output;
use crate::app::App;
use crate::error::{Refusal, Result};
use crate::tenants::{self, TenantInput};
use crate::text;

#[derive(Debug, Subcommand)]
pub(super) enum TenantCommand {
    /// Make a tenant with the public-sector calendar and its first administrator.
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
}

pub(super) fn run(app: &App, command: &TenantCommand) -> Result<Output> {
    let TenantCommand::Create { slug, name, admin } = command;
    let typed = TenantInput { slug: slug.clone(), name: name.clone(), admin_email: admin.clone() };
    let tenant = typed.check().map_err(|faults| {
        Refusal::Reasons(faults.iter().map(|fault| text::refusal::refusal(app.lang, fault)).collect())
    })?;
    tenants::create(app, &tenant)?;
    Ok(Output::result(slug.clone()))
}
