//! `dondoc tenant …`

mod archive;
mod out;

use clap::{Args, Subcommand};
use serde_json::json;

use super::{Format, Output};
use crate::app::App;
use crate::auth::{self, LINK_HOURS};
use crate::config::Config;
use crate::error::{Refusal, Result};
use crate::public_url::PublicUrl;
use crate::tenants::{self, LimitChange, TenantInput};
use crate::text;
use crate::text::tenancy;

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
    /// List the tenants: slug, state and since when, hosts; as JSON the limits, too.
    List {
        /// text or json.
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Let nobody of a tenant in any more, from the next request on; operators' commands go on.
    Suspend(StateArgs),
    /// Let a suspended tenant's people in again.
    Resume(StateArgs),
    /// Limit what a tenant may use; what is not named stays. Prints what holds.
    Limit {
        /// The tenant.
        slug: String,
        /// The most people who may sign in, or none.
        #[arg(long, value_parser = limit, value_name = "N")]
        people: Option<Lifted>,
        /// The most requests a minute, or none.
        #[arg(long, value_parser = limit, value_name = "N")]
        requests_per_minute: Option<Lifted>,
        /// The most MB of files, or none: what holds for everybody.
        #[arg(long, value_parser = limit, value_name = "N")]
        storage_mb: Option<Lifted>,
    },
    /// The host names by which a tenant's people come: add, remove. Prints those it has then.
    #[command(subcommand)]
    Host(HostCommand),
    /// Let passwords open a tenant again that has switched them off for single sign-on.
    LocalSignIn {
        /// The tenant.
        slug: String,
        /// What shall be: on.
        #[arg(value_parser = ["on"])]
        state: String,
    },
    /// Write everything of a tenant to one file; prints its path.
    Export(archive::ExportArgs),
    /// Restore a tenant from such a file, all or nothing; prints its slug.
    Import(archive::ImportArgs),
    /// Suspend a tenant, write everything of it to one file and remove it from the database, all or nothing; prints the
    /// file's path.
    Delete(archive::DeleteArgs),
}

#[derive(Debug, Args)]
pub(super) struct StateArgs {
    /// The tenant.
    slug: String,
    /// Why, for the tenant's journal.
    #[arg(long)]
    reason: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(super) enum HostCommand {
    /// Give a tenant another host; the proxy in front must have a certificate for it.
    Add(HostArgs),
    /// Take a host from a tenant.
    Remove(HostArgs),
}

#[derive(Debug, Args)]
pub(super) struct HostArgs {
    /// The tenant.
    slug: String,
    /// The host name, without a port.
    host: String,
}

/// A limit as typed: a number, or none.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lifted(Option<u32>);

fn limit(typed: &str) -> std::result::Result<Lifted, String> {
    let number = typed.parse::<u32>().ok().filter(|n| (1..=1_000_000).contains(n));
    match (typed, number) {
        ("none", _) => Ok(Lifted(None)),
        (_, Some(number)) => Ok(Lifted(Some(number))),
        _ => Err("1–1000000 | none".to_owned()),
    }
}

pub(super) fn run(app: &App, config: &Config, command: &TenantCommand) -> Result<Output> {
    match command {
        TenantCommand::Create { slug, name, admin } => create(app, config, slug, name, admin),
        TenantCommand::List { format } => out::list(app.lang, *format, &tenants::list(app)?),
        TenantCommand::Suspend(args) => set_active(app, args, false),
        TenantCommand::Resume(args) => set_active(app, args, true),
        TenantCommand::Limit { slug, people, requests_per_minute, storage_mb } => {
            let change = LimitChange {
                people: people.map(|limit| limit.0),
                requests_per_minute: requests_per_minute.map(|limit| limit.0),
                storage_mb: storage_mb.map(|limit| limit.0),
            };
            let limits = tenants::set_limits(app, slug, change)?;
            Ok(Output::result(tenancy::limits(app.lang, limits)))
        }
        TenantCommand::Host(command) => {
            let hosts = match command {
                HostCommand::Add(args) => tenants::add_host(app, &args.slug, &args.host)?,
                HostCommand::Remove(args) => tenants::remove_host(app, &args.slug, &args.host)?,
            };
            Ok(Output::result(tenancy::hosts(app.lang, &hosts)))
        }
        TenantCommand::LocalSignIn { slug, state } => {
            tenants::operate(app, slug, "sso.local", |conn, _| {
                auth::allow_local_sign_in(conn)?;
                Ok(((), json!({ "local_sign_in": true })))
            })?;
            Ok(Output::result(format!("{slug}\t{state}")))
        }
        TenantCommand::Export(args) => archive::export(app, config, args),
        TenantCommand::Import(args) => archive::import(app, config, args),
        TenantCommand::Delete(args) => archive::delete(app, config, args),
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
    let address = public_url.link(&auth::link_path(&link));
    Ok(Output::result(format!("{slug}\n{}", text::serve::first_link(app.lang, &address, LINK_HOURS))))
}

fn set_active(app: &App, args: &StateArgs, active: bool) -> Result<Output> {
    tenants::set_active(app, &args.slug, active, args.reason.as_deref())?;
    let told = tenancy::state_set(app.lang, &args.slug, active);
    Ok(Output { remarks: vec![told], ..Output::default() })
}
