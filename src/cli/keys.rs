//! `dondoc keys …`: the keys that sign access tokens; needs no database.

use clap::{Args, Subcommand};

use super::Output;
use crate::auth;
use crate::clock::Clock;
use crate::config::Config;
use crate::error::Result;
use crate::text;

#[derive(Debug, Subcommand)]
pub(super) enum KeysCommand {
    /// Make a new key, which signs from a minute later on; prints its name. Running services need no restart, and every
    /// token stays good until it expires.
    Rotate(RotateArgs),
    /// List the keys: name, when made, what for.
    List,
}

#[derive(Debug, Args)]
pub(super) struct RotateArgs {
    /// A key has got into wrong hands: remove the others, whose tokens are refused from now on.
    #[arg(long)]
    at_once: bool,
}

pub(super) fn run(config: &Config, command: &KeysCommand) -> Result<Output> {
    let (dir, now) = (config.signing_keys(), Clock::system().now());
    Ok(match command {
        KeysCommand::Rotate(args) => {
            let kid = auth::rotate_keys(&dir, now, args.at_once)?;
            let remarks = vec![text::serve::key_made(config.lang, args.at_once)];
            Output { remarks, ..Output::result(kid) }
        }
        KeysCommand::List => {
            let keys = auth::list_keys(&dir, now)?;
            Output::result(text::serve::keys(config.lang, &keys))
        }
    })
}
