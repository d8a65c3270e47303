//! The commands. A command reads its arguments, calls a use case and words the result; nothing more.
//!
//! What must stay true: results on standard output, everything else on standard error; exit 0 done,
//! 1 refused or failed with reasons, 2 wrong usage.

mod api_key;
mod audit;
mod briefing;
mod demo;
mod digest;
mod import;
mod keys;
mod permissions;
mod remind;
mod serve;
mod signals;
mod tasks;
mod tenant;
mod user;
mod work;

use std::io::{ErrorKind, Write};
use std::process::ExitCode;

use chrono::NaiveDate;
use clap::{Parser, Subcommand, ValueEnum};

use crate::app::{App, ClusterShare};
use crate::auth::NewPassword;
use crate::clock::Clock;
use crate::config::{Config, ConfigFault};
use crate::domain::lang::Lang;
use crate::error::Result;
use crate::imports::ImportFile;
use crate::{run as service, telemetry, text};
use serve::Door;
use user::UserCommand;

/// Đôn đốc: key tasks, deadlines and the monthly ministerial briefing.
#[derive(Debug, Parser)]
#[command(name = "dondoc", version, max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Tenants: create, list, suspend, resume, limit, host, export, import, delete.
    #[command(subcommand)]
    Tenant(tenant::TenantCommand),
    /// Import a workbook of tasks: all or nothing.
    Import(import::ImportArgs),
    /// Print the figures of the monthly briefing at a cut-off.
    Briefing(briefing::BriefingArgs),
    /// Print the tasks behind a figure, with their standing on a day.
    Tasks(tasks::TasksArgs),
    /// Show who gets the daily digest of a day, and how it reads.
    Digest(digest::DigestArgs),
    /// Show who would be reminded of what on a day.
    Remind(remind::RemindArgs),
    /// Make the demo, print the briefing of its day and serve it, with an account for each role.
    Demo(demo::DemoArgs),
    /// Serve pages and API until told to end (SIGTERM, Ctrl-C); requests under way are finished.
    Serve(serve::ServeArgs),
    /// Do the jobs of the queue, without pages, until told to end: letters and what runs by the clock.
    Work(work::WorkArgs),
    /// People: password.
    #[command(subcommand)]
    User(user::UserCommand),
    /// The keys by which programs use the API for a tenant: create, list, revoke.
    #[command(subcommand, name = "apikey")]
    ApiKey(api_key::ApiKeyCommand),
    /// The keys that sign access tokens: rotate, list.
    #[command(subcommand)]
    Keys(keys::KeysCommand),
    /// Print who may do what: role, act, relation to the task.
    Permissions(permissions::PermissionsArgs),
    /// The journal: verify.
    #[command(subcommand)]
    Audit(audit::AuditCommand),
}

/// How a result is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Format {
    /// For reading and pasting.
    #[default]
    Text,
    /// For programs.
    Json,
}

/// What a command has to say.
#[derive(Debug, Default)]
struct Output {
    /// The result, on standard output.
    result: String,
    /// Remarks and reasons, on standard error.
    remarks: Vec<String>,
    /// The exit code: 0 done, 1 refused, 2 wrong usage.
    code: u8,
}

impl Output {
    fn result(result: String) -> Self {
        Self { result, ..Self::default() }
    }
}

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let config = match Config::from_env() {
        Ok(config) => config,
        Err(faults) => {
            let lines = faults.iter().map(|fault| setting_fault(Lang::default(), fault)).collect();
            return print(&Output { remarks: lines, code: 1, ..Output::default() });
        }
    };
    telemetry::start(&config);
    let share = ClusterShare::default();
    let outcome = run(&cli.command, &config, &share);
    signals::let_it_end(&share);
    // A thread that still works for somebody who has gone away may hold the application longer than we wait.
    share.leave();
    match outcome {
        Ok(output) => print(&output),
        Err(error) => {
            let remarks = vec![text::refusal::error(config.lang, &error)];
            print(&Output { remarks, code: 1, ..Output::default() })
        }
    }
}

/// What was read and opened before the database: whatever can be refused without one is.
enum Ready {
    Import(ImportFile),
    Password(NewPassword),
    Door(Door),
    Nothing,
}

fn prepare(command: &Command, config: &Config) -> Result<std::result::Result<Ready, String>> {
    Ok(Ok(match command {
        Command::Import(args) => match args.maps(config.lang) {
            Ok(maps) => Ready::Import(args.read(config.lang, &maps)?),
            Err(usage) => return Ok(Err(usage)),
        },
        Command::User(_) => Ready::Password(UserCommand::read(config.lang)?),
        Command::Serve(args) => Ready::Door(args.open(config)?),
        Command::Demo(args) if !args.print_only => Ready::Door(args.serve.open(config)?),
        Command::Work(_) => {
            work::check(config)?;
            Ready::Nothing
        }
        _ => Ready::Nothing,
    }))
}

fn run(command: &Command, config: &Config, share: &ClusterShare) -> Result<Output> {
    match command {
        Command::Permissions(args) => return permissions::run(config.lang, args),
        Command::Keys(command) => return keys::run(config, command),
        _ => {}
    }
    let ready = match prepare(command, config)? {
        Ok(ready) => ready,
        Err(usage) => return Ok(Output { remarks: vec![usage], code: 2, ..Output::default() }),
    };
    let stop = signals::leave_first(share)?;
    let clock = match command {
        Command::Demo(args) => Clock::system().with_today(args.today),
        _ => Clock::system(),
    };
    let app = App::open(config, clock, share, service::CONNECTIONS)?;
    if let Some(place) = &app.elsewhere {
        tell(&text::data_elsewhere(config.lang, &config.data_dir, place));
    }
    match (command, ready) {
        (Command::Import(args), Ready::Import(file)) => import::run(&app, args, &file),
        (Command::User(command), Ready::Password(password)) => user::run(&app, command, &password),
        (Command::Serve(_), Ready::Door(door)) => serve::run(app, config, door, &stop),
        (Command::Demo(args), Ready::Door(door)) => demo::run(app, config, args, Some(door), &stop),
        (Command::Demo(args), _) => demo::run(app, config, args, None, &stop),
        (Command::Work(_), _) => work::run(&app, config, &stop),
        (Command::Tenant(command), _) => tenant::run(&app, config, command),
        (Command::Briefing(args), _) => briefing::run(&app, args),
        (Command::Digest(args), _) => digest::run(&app, config, args),
        (Command::Remind(args), _) => remind::run(&app, args),
        (Command::Tasks(args), _) => tasks::run(&app, args),
        (Command::ApiKey(command), _) => api_key::run(&app, command),
        (Command::Audit(command), _) => audit::run(&app, command),
        // Answered above, or without what was opened for them.
        (
            Command::Import(_)
            | Command::User(_)
            | Command::Serve(_)
            | Command::Permissions(_)
            | Command::Keys(_),
            _,
        ) => Ok(Output::default()),
    }
}

/// Says something beside the result at once. A reader who has gone away is no fault of ours.
fn tell(line: &str) {
    if writeln!(std::io::stderr(), "{line}").is_err() {
        tracing::debug!("nobody reads standard error");
    }
}

/// Prints, and turns the outcome into an exit code. A reader who has gone away is no fault of ours.
fn print(output: &Output) -> ExitCode {
    let mut stderr = std::io::stderr().lock();
    for line in &output.remarks {
        if writeln!(stderr, "{line}").is_err() {
            break;
        }
    }
    let mut stdout = std::io::stdout().lock();
    if !output.result.is_empty() {
        let printed = writeln!(stdout, "{}", output.result.trim_end()).and_then(|()| stdout.flush());
        match printed {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => return ExitCode::from(1),
            _ => {}
        }
    }
    ExitCode::from(output.code)
}

/// What is wrong with a setting. Only values that can hold no secret are repeated.
fn setting_fault(lang: Lang, fault: &ConfigFault) -> String {
    let value = if fault.is_shown { format!("={}", fault.value) } else { String::new() };
    match lang {
        Lang::Vi => format!("Thiết đặt {}{value} không dùng được; cần: {}", fault.name, fault.expected),
        Lang::En => format!("The setting {}{value} can't be used; expected: {}", fault.name, fault.expected),
    }
}

/// A day in an argument: `2024-11-29` or `29/11/2024`.
fn day(typed: &str) -> std::result::Result<NaiveDate, String> {
    crate::domain::deadline::parse_date(typed).map_err(|_| "YYYY-MM-DD | DD/MM/YYYY, 1990–2100".to_owned())
}
