//! `dondoc briefing`: the figures of a month at a cut-off; publishing, and looking at what was published again.

use chrono::NaiveDate;
use clap::{Args, Subcommand};
use serde_json::json;

use super::{Format, Output, day};
use crate::app::App;
use crate::briefings::publish::{self, Flaw, Published, Publishing, hexadecimal};
use crate::briefings::{self, Briefing, BriefingOut, Days, Request};
use crate::domain::period::Month;
use crate::error::{Error, Result};
use crate::journal::OPERATOR;
use crate::text::Lang;
use crate::{papers, tenants, text};

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(super) struct BriefingArgs {
    #[command(subcommand)]
    command: Option<BriefingCommand>,
    /// The tenant.
    #[arg(long, value_name = "SLUG", required = true)]
    tenant: Option<String>,
    /// The month, as 2024-11.
    #[arg(long, value_parser = month, required = true)]
    month: Option<Month>,
    /// The day the figures stand on; when left out the month's last day, or today when that comes first.
    #[arg(long, value_parser = day, value_name = "DATE")]
    cutoff: Option<NaiveDate>,
    /// text or json.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Debug, Subcommand)]
enum BriefingCommand {
    /// Publish a month as its draft stands.
    Publish {
        /// The tenant.
        #[arg(long, value_name = "SLUG")]
        tenant: String,
        /// The month, as 2024-11.
        #[arg(long, value_parser = month)]
        month: Month,
        /// Why a published version is corrected.
        #[arg(long)]
        reason: Option<String>,
    },
    /// List what was published.
    List {
        /// The tenant.
        #[arg(long, value_name = "SLUG")]
        tenant: String,
    },
    /// Look at what was published again: hashes, spelling, sums.
    Verify {
        /// The tenant.
        #[arg(long, value_name = "SLUG")]
        tenant: String,
        /// One month only.
        #[arg(long, value_parser = month)]
        month: Option<Month>,
    },
}

fn month(typed: &str) -> std::result::Result<Month, String> {
    Month::parse(typed).ok_or_else(|| "YYYY-MM, 1990–2100".to_owned())
}

pub(super) fn run(app: &App, args: &BriefingArgs) -> Result<Output> {
    match (&args.command, &args.tenant, args.month) {
        (Some(BriefingCommand::Publish { tenant, month, reason }), _, _) => {
            published(app, tenant, *month, reason.clone())
        }
        (Some(BriefingCommand::List { tenant }), _, _) => list(app, tenant),
        (Some(BriefingCommand::Verify { tenant, month }), _, _) => verify(app, tenant, *month),
        (None, Some(tenant), Some(month)) => figures(app, args, tenant, month),
        (None, _, _) => Ok(Output { code: 2, ..Output::default() }),
    }
}

fn figures(app: &App, args: &BriefingArgs, tenant: &str, month: Month) -> Result<Output> {
    let briefing = compute(app, tenant, month, args.cutoff)?;
    match args.format {
        Format::Json => {
            let out = BriefingOut::from(&briefing);
            Ok(Output::result(
                serde_json::to_string_pretty(&out).map_err(|e| Error::Internal(e.to_string()))?,
            ))
        }
        Format::Text => Ok(Output::result(worded(app.lang, &briefing))),
    }
}

fn published(app: &App, tenant: &str, month: Month, reason: Option<String>) -> Result<Output> {
    let done = tenants::operate(app, tenant, "briefing.publish", |conn, settings| {
        let days = Days { kind: settings.period_kind, today: settings.today(&app.clock) };
        let asked = Publishing { month, draft: None, reason };
        let done = publish::publish(conn, settings, OPERATOR, days, &asked, papers::rendered)?;
        let told = json!({ "month": month.to_string(), "version": done.version });
        Ok((done, told))
    })?;
    Ok(Output::result(line(&done)))
}

/// `2024-11 v1 05/2024 2024-11-29 32 7f3a…`: month, version, number, cut-off, overdue tasks, hash.
fn line(one: &Published) -> String {
    let sha256 = hexadecimal(&one.sha256);
    format!(
        "{} v{} {:02}/{} {} {} {sha256}",
        one.month, one.version, one.number, one.year, one.cutoff, one.overdue
    )
}

fn list(app: &App, tenant: &str) -> Result<Output> {
    let all = tenants::operate(app, tenant, "briefing.list", |conn, _| Ok((publish::all(conn)?, json!({}))))?;
    Ok(Output::result(all.iter().map(line).collect::<Vec<_>>().join("\n")))
}

fn verify(app: &App, tenant: &str, month: Option<Month>) -> Result<Output> {
    let (seen, flaws) = tenants::operate(app, tenant, "briefing.verify", |conn, _| {
        let (seen, flaws) = publish::verify(conn, month)?;
        let told = json!({ "briefings": seen, "flaws": flaws.len() });
        Ok(((seen, flaws), told))
    })?;
    let flaw = |flaw: &Flaw| text::paper::flaw(app.lang, flaw.month, flaw.version, flaw.what);
    Ok(match flaws.as_slice() {
        [] => Output::result(text::paper::verified(app.lang, seen)),
        flaws => Output { remarks: flaws.iter().map(flaw).collect(), code: 1, ..Output::default() },
    })
}

/// Computes as the operator, with the act in the tenant's journal.
pub(super) fn compute(app: &App, tenant: &str, month: Month, cutoff: Option<NaiveDate>) -> Result<Briefing> {
    tenants::operate(app, tenant, "briefing.read", |conn, settings| {
        let days = Days { kind: settings.period_kind, today: settings.today(&app.clock) };
        let request = Request { month, cutoff: cutoff.unwrap_or_else(|| days.usual_cutoff(month)) };
        let told = json!({ "month": month.to_string(), "cutoff": request.cutoff });
        Ok((briefings::compute(conn, settings, request)?, told))
    })
}

/// The paragraphs, then the overdue tasks.
pub(super) fn worded(lang: Lang, briefing: &Briefing) -> String {
    let lines = briefing.overdue.iter().enumerate().map(|(i, task)| {
        text::briefing::overdue_line(lang, i + 1, &task.code, &task.unit, task.due_on, task.days_late)
    });
    let list: Vec<_> = lines.collect();
    format!("{}\n\n{}", text::briefing::paragraphs(lang, &briefing.figures), list.join("\n"))
}
