//! `dondoc briefing`: the figures of a month at a cut-off.

use chrono::NaiveDate;
use clap::Args;
use serde_json::json;

use super::{Format, Output, day};
use crate::app::App;
use crate::briefings::{self, Briefing, BriefingOut, Days, Request};
use crate::domain::period::Month;
use crate::error::{Error, Result};
use crate::text::Lang;
use crate::{tenants, text};

#[derive(Debug, Args)]
pub(super) struct BriefingArgs {
    /// The tenant.
    #[arg(long, value_name = "SLUG")]
    tenant: String,
    /// The month, as 2024-11.
    #[arg(long, value_parser = month)]
    month: Month,
    /// The day the figures stand on; when left out the month's last day, or today when that comes first.
    #[arg(long, value_parser = day, value_name = "DATE")]
    cutoff: Option<NaiveDate>,
    /// text or json.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

fn month(typed: &str) -> std::result::Result<Month, String> {
    Month::parse(typed).ok_or_else(|| "YYYY-MM, 1990–2100".to_owned())
}

pub(super) fn run(app: &App, args: &BriefingArgs) -> Result<Output> {
    let briefing = compute(app, &args.tenant, args.month, args.cutoff)?;
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
