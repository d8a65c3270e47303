//! `dondoc audit …`

use clap::Subcommand;
use serde_json::json;

use super::Output;
use crate::app::App;
use crate::error::Result;
use crate::{journal, tenants, text};

#[derive(Debug, Subcommand)]
pub(super) enum AuditCommand {
    /// Check every link of a tenant's journal; names the first entry that is wrong.
    Verify {
        /// The tenant.
        #[arg(long, value_name = "SLUG")]
        tenant: String,
    },
}

pub(super) fn run(app: &App, command: &AuditCommand) -> Result<Output> {
    let AuditCommand::Verify { tenant } = command;
    let found = tenants::operate(app, tenant, "audit.verify", |conn, _| {
        let found = journal::verify(conn)?;
        let told = json!({ "entries": found.entries, "whole": found.flaw.is_none() });
        Ok((found, told))
    })?;
    Ok(match &found.flaw {
        None => Output::result(text::audit::whole(app.lang, &found)),
        Some(flaw) => {
            Output { remarks: vec![text::audit::broken(app.lang, flaw)], code: 1, ..Output::default() }
        }
    })
}
