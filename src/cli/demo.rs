//! `dondoc demo`: the demo's tenant, the briefing of its day as the minister was told it, and the service to look at.

use chrono::NaiveDate;
use clap::Args;
use serde_json::json;

use super::serve::{Door, ServeArgs, serve};
use super::{Output, briefing, day, print, signals};
use crate::app::App;
use crate::config::Config;
use crate::demo;
use crate::digests;
use crate::domain::period::Month;
use crate::error::Result;
use crate::keys::Keys;
use crate::tenants;
use crate::text::serve::{demo_account, demo_accounts};

#[derive(Debug, Args)]
pub(super) struct DemoArgs {
    /// The day that the demo shows as today.
    #[arg(long, value_parser = day, value_name = "DATE", default_value = "2024-11-29")]
    pub(super) today: NaiveDate,
    /// Print the briefing and serve nothing.
    #[arg(long)]
    pub(super) print_only: bool,
    #[command(flatten)]
    pub(super) serve: ServeArgs,
}

pub(super) fn run(
    app: App,
    config: &Config,
    args: &DemoArgs,
    door: Option<Door>,
    stop: &signals::Stop,
) -> Result<Output> {
    demo::make(&app)?;
    let computed = briefing::compute(&app, demo::TENANT, Month::of(args.today), Some(args.today))?;
    let told = briefing::worded(app.lang, &computed);
    let Some(door) = door else { return Ok(Output::result(told)) };
    let keys = Keys::open(&config.key_file)?;
    let accounts = demo::accounts(&app, &keys)?;
    let mut lines = vec![told, String::new()];
    lines.push(demo_accounts(app.lang, &door.public_url.link("/"), demo::TENANT, args.today));
    lines.extend(
        accounts
            .iter()
            .map(|account| demo_account(app.lang, account.role, account.email, account.password.as_deref())),
    );
    print(&Output::result(lines.join("\n")));
    // The day's digests, whatever hour it is, so that there is something to look at.
    tenants::operate(&app, demo::TENANT, "digest.plan", |conn, _| {
        Ok((digests::plan_now(conn, args.today)?, json!({ "date": args.today })))
    })?;
    serve(app, config, &keys, door, Some(args.today), stop)
}
