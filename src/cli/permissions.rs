//! `dondoc permissions`: who may do what, from the one table; needs no database.

use clap::Args;
use serde_json::{Value, json};

use super::{Format, Output};
use crate::domain::access::{Act, Role, allows};
use crate::domain::lang::Lang;
use crate::error::{Error, Result};
use crate::text;

#[derive(Debug, Args)]
pub(super) struct PermissionsArgs {
    /// text or json.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(super) fn run(lang: Lang, args: &PermissionsArgs) -> Result<Output> {
    Ok(Output::result(match args.format {
        Format::Text => text::permissions::table(lang),
        Format::Json => serde_json::to_string_pretty(&rows()).map_err(|e| Error::Internal(e.to_string()))?,
    }))
}

/// An object an act and relation, with the codes of the roles that are allowed.
fn rows() -> Vec<Value> {
    let acts = Act::ALL.iter().copied().flat_map(|act| act.relations().into_iter().map(move |to| (act, to)));
    acts.map(|(act, to)| {
        let roles: Vec<_> =
            Role::ALL.iter().filter(|role| allows(**role, act, to)).map(|role| role.code()).collect();
        json!({ "act": act.code(), "relation": to.map(|to| to.code()), "roles": roles })
    })
    .collect()
}
