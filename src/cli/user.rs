//! `dondoc user …`

use std::io::{IsTerminal, Read, Write};

use clap::Subcommand;
use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
use serde_json::json;

use super::Output;
use crate::app::App;
use crate::auth::{self, NewPassword};
use crate::domain::lang::Lang;
use crate::error::{Error, Result};
use crate::{tenants, text};

#[derive(Debug, Subcommand)]
pub(super) enum UserCommand {
    /// Set a person's password, read from standard input; their sessions end.
    Password {
        /// The tenant.
        #[arg(long, value_name = "SLUG")]
        tenant: String,
        /// The person's e-mail address.
        #[arg(long)]
        email: String,
    },
}

impl UserCommand {
    /// Reads the password; needs no database.
    pub(super) fn read(lang: Lang) -> Result<NewPassword> {
        let typed = line(lang).map_err(|e| Error::Internal(format!("standard input can't be read: {e}")))?;
        NewPassword::parse(typed.trim_end_matches(['\r', '\n']))
    }
}

/// The first line; at a terminal without showing it.
fn line(lang: Lang) -> std::io::Result<String> {
    let stdin = std::io::stdin();
    if !stdin.is_terminal() {
        let mut bytes = Vec::new();
        stdin.lock().take(auth::MOST_BYTES as u64 + 2).read_to_end(&mut bytes)?;
        let text = String::from_utf8(bytes).map_err(std::io::Error::other)?;
        return Ok(text.lines().next().unwrap_or_default().to_owned());
    }
    write!(std::io::stderr(), "{}", text::serve::password_prompt(lang))?;
    let shown = tcgetattr(&stdin)?;
    let mut hidden = shown.clone();
    hidden.local_modes -= LocalModes::ECHO;
    tcsetattr(&stdin, OptionalActions::Now, &hidden)?;
    let mut typed = String::new();
    let read = stdin.read_line(&mut typed);
    tcsetattr(&stdin, OptionalActions::Now, &shown)?;
    writeln!(std::io::stderr())?;
    read.map(|_| typed)
}

pub(super) fn run(app: &App, command: &UserCommand, password: &NewPassword) -> Result<Output> {
    let UserCommand::Password { tenant, email } = command;
    tenants::operate(app, tenant, "password.set", |conn, _| {
        let person = auth::set_password(conn, email, password)?;
        Ok(((), json!({ "person": person })))
    })?;
    Ok(Output { remarks: vec![text::serve::password_set(app.lang, email)], ..Output::default() })
}
