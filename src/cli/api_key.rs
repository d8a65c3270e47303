//! `dondoc apikey …`

use chrono::NaiveDate;
use clap::{Args, Subcommand};
use serde_json::json;
use uuid::Uuid;

use super::{Format, Output, day};
use crate::app::App;
use crate::auth::{self, ApiKeyInput, ApiKeyListed};
use crate::domain::access::Role;
use crate::error::{Error, Result};
use crate::text;

#[derive(Debug, Subcommand)]
pub(super) enum ApiKeyCommand {
    /// Make a key; prints its id and, this once, the key.
    Create(CreateArgs),
    /// List a tenant's keys, revoked ones too: id, name, role and unit, how long it holds, last use.
    List {
        /// The tenant.
        #[arg(long, value_name = "SLUG")]
        tenant: String,
        /// text or json.
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Let a key open nothing from the next request on.
    Revoke {
        /// The tenant.
        #[arg(long, value_name = "SLUG")]
        tenant: String,
        /// The key's id, see list.
        id: Uuid,
    },
}

#[derive(Debug, Args)]
pub(super) struct CreateArgs {
    /// The tenant.
    #[arg(long, value_name = "SLUG")]
    tenant: String,
    /// What the journal calls it; no other key of the tenant, past or present, has this name.
    #[arg(long)]
    name: String,
    /// What it may do, see `dondoc permissions`.
    #[arg(long, value_parser = role)]
    role: Role,
    /// The unit whose tasks it sees: for `staff` and `unit_head` alone.
    #[arg(long)]
    unit: Option<String>,
    /// The first day on which it opens nothing any more.
    #[arg(long, value_name = "DATE", value_parser = day)]
    until: Option<NaiveDate>,
}

fn role(typed: &str) -> std::result::Result<Role, String> {
    let codes = || Role::ALL.iter().map(|role| role.code()).collect::<Vec<_>>().join(" | ");
    Role::from_code(typed).ok_or_else(codes)
}

pub(super) fn run(app: &App, command: &ApiKeyCommand) -> Result<Output> {
    match command {
        ApiKeyCommand::Create(args) => {
            let CreateArgs { tenant, name, role, unit, until } = args;
            let input = ApiKeyInput { name: name.clone(), role: *role, unit: unit.clone(), until: *until };
            let made = auth::create_api_key(app, tenant, &input)?;
            let remarks = vec![text::api_keys::made(app.lang).to_owned()];
            Ok(Output { remarks, ..Output::result(format!("{}\n{}", made.id, made.key)) })
        }
        ApiKeyCommand::List { tenant, format } => list(app, *format, &auth::api_keys(app, tenant)?),
        ApiKeyCommand::Revoke { tenant, id } => {
            let name = auth::revoke_api_key(app, tenant, *id)?;
            Ok(Output { remarks: vec![text::api_keys::revoked(app.lang, &name)], ..Output::default() })
        }
    }
}

fn list(app: &App, format: Format, keys: &[ApiKeyListed]) -> Result<Output> {
    let object = |key: &ApiKeyListed| {
        json!({
            "id": key.id, "name": key.name, "role": key.role.code(), "unit": key.unit,
            "created_at": key.created_at, "until": key.until, "revoked_at": key.revoked_at, "used_on": key.used_on,
        })
    };
    Ok(Output::result(match format {
        Format::Text => text::api_keys::list(app.lang, keys),
        Format::Json => {
            let items: Vec<_> = keys.iter().map(object).collect();
            serde_json::to_string_pretty(&items).map_err(|e| Error::Internal(e.to_string()))?
        }
    }))
}
