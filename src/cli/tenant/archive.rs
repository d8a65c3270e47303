//! A tenant's archive: export, import, delete.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::app::App;
use crate::cli::Output;
use crate::config::Config;
use crate::error::{Error, Result, TenancyFault};
use crate::keys::Keys;
use crate::tenants;
use crate::text::tenancy;

#[derive(Debug, Args)]
pub(in crate::cli) struct ExportArgs {
    /// The tenant.
    slug: String,
    /// The file to write (.zip); it must not be there.
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ImportArgs {
    /// The file that `export` or `delete` wrote.
    file: PathBuf,
    /// Another slug than the tenant had.
    #[arg(long)]
    slug: Option<String>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct DeleteArgs {
    /// The tenant.
    slug: String,
    /// The slug a second time; at a terminal it is asked for when left out.
    #[arg(long, value_name = "SLUG")]
    confirm: Option<String>,
    /// The file to write (.zip), instead of one in `exports` of the data directory.
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
}

fn key(config: &Config) -> Result<String> {
    Ok(tenants::key_of(&Keys::open(&config.key_file)?))
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

pub(super) fn export(app: &App, config: &Config, args: &ExportArgs) -> Result<Output> {
    let written = tenants::export(app, &args.slug, &args.to, key(config)?)?;
    Ok(Output { remarks: vec![tenancy::written(app.lang, &written)], ..Output::result(shown(&args.to)) })
}

pub(super) fn import(app: &App, config: &Config, args: &ImportArgs) -> Result<Output> {
    let restored = tenants::import(app, &args.file, args.slug.as_deref(), &key(config)?)?;
    let remarks = tenancy::restored(app.lang, &restored);
    Ok(Output { remarks, ..Output::result(restored.slug) })
}

pub(super) fn delete(app: &App, config: &Config, args: &DeleteArgs) -> Result<Output> {
    let slug = &args.slug;
    let confirmed = match &args.confirm {
        Some(confirmed) => confirmed.clone(),
        None => ask(app, slug)?,
    };
    if confirmed != *slug {
        return Err(TenancyFault::Unconfirmed(slug.clone()).into());
    }
    let time = app.clock.now().format("%Y%m%dT%H%M%SZ");
    let usual = || config.data_dir.join("exports").join(format!("{slug}-{time}.zip"));
    let to = args.to.clone().unwrap_or_else(usual);
    let written = tenants::delete(app, slug, &to, key(config)?)?;
    let remarks = vec![tenancy::written(app.lang, &written), tenancy::deleted(app.lang, slug)];
    Ok(Output { remarks, ..Output::result(shown(&to)) })
}

/// Asks for the slug again; where nobody could answer, nothing is confirmed.
fn ask(app: &App, slug: &str) -> Result<String> {
    let stdin = std::io::stdin();
    let mut typed = String::new();
    if stdin.is_terminal() {
        let told = |e: std::io::Error| Error::Internal(format!("the terminal can't be asked: {e}"));
        write!(std::io::stderr(), "{}", tenancy::confirm(app.lang, slug)).map_err(told)?;
        stdin.read_line(&mut typed).map_err(told)?;
    }
    Ok(typed.trim().to_owned())
}
