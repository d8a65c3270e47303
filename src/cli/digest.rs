//! `dondoc digest`: who gets the daily digest of a day, and how it reads; or plans and sends it now.

use chrono::NaiveDate;
use clap::Args;
use serde_json::{Value, json};

use super::{Format, Output, day, work};
use crate::app::App;
use crate::config::Config;
use crate::digests::{self, Letter, Reader, Skip};
use crate::error::{Error, Result};
use crate::public_url::PublicUrl;
use crate::text::mail;
use crate::{calendar, mail as outbox, tenants, units};

#[derive(Debug, Args)]
pub(super) struct DigestArgs {
    /// The tenant.
    #[arg(long, value_name = "SLUG")]
    tenant: String,
    /// The day; today when left out.
    #[arg(long, value_parser = day)]
    date: Option<NaiveDate>,
    /// Only shows who would get which letter; nothing is planned or sent.
    #[arg(long)]
    dry_run: bool,
    /// Only the readers of this unit, with their whole letters.
    #[arg(long, requires = "dry_run")]
    unit: Option<String>,
    /// Only the reader of this address, with the whole letter.
    #[arg(long, requires = "dry_run")]
    email: Option<String>,
    /// text or json.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

type Composed = Vec<(Reader, std::result::Result<Letter, Skip>)>;

pub(super) fn run(app: &App, config: &Config, args: &DigestArgs) -> Result<Output> {
    if !args.dry_run {
        return send(app, config, args);
    }
    let local = || PublicUrl::on_loopback(config.listen.port());
    let url = config.public_url.clone().unwrap_or_else(local);
    let (day, composed) = tenants::operate(app, &args.tenant, "digest.read", |conn, settings| {
        let day = args.date.unwrap_or_else(|| settings.today(&app.clock));
        let unit = args.unit.as_deref().map(|name| units::find(conn, name)).transpose()?;
        let told = json!({ "date": day, "unit": args.unit, "email": args.email });
        let Some(facts) = digests::facts(conn, settings, day)? else {
            return Ok(((day, None), told));
        };
        let mut readers = digests::readers(conn, day)?;
        readers.retain(|reader| {
            unit.as_ref().is_none_or(|unit| reader.units.contains(&unit.id))
                && args.email.as_deref().is_none_or(|email| email.eq_ignore_ascii_case(&reader.address))
        });
        let letters = digests::compose(&facts, &readers, &url)?;
        Ok(((day, Some(readers.into_iter().zip(letters).collect())), told))
    })?;
    let is_whole = args.unit.is_some() || args.email.is_some();
    match (args.format, composed) {
        (Format::Json, composed) => as_json(day, &composed, is_whole),
        (Format::Text, None) => Ok(Output::result(mail::not_working(app.lang, day))),
        (Format::Text, Some(composed)) => Ok(Output::result(as_text(app, &composed, is_whole))),
    }
}

/// Plans the letters of the day, unless they were planned before, and sends what can be sent now; a day has its letters
/// once, however often it is asked for.
fn send(app: &App, config: &Config, args: &DigestArgs) -> Result<Output> {
    let day = tenants::operate(app, &args.tenant, "digest.plan", |conn, settings| {
        let day = args.date.unwrap_or_else(|| settings.today(&app.clock));
        let planned = digests::plan_now(conn, day)?;
        Ok((day, json!({ "date": day, "letters": planned })))
    })?;
    work::deliver(app, config)?;
    let (tally, is_working) = tenants::operate(app, &args.tenant, "digest.read", |conn, _| {
        let is_working = calendar::working_calendar(conn)?.is_working(day);
        Ok(((outbox::tally(conn, digests::DIGEST, day)?, is_working), json!({ "date": day })))
    })?;
    match args.format {
        Format::Text if !is_working => Ok(Output::result(mail::not_working(app.lang, day))),
        Format::Text => Ok(Output::result(mail::tallied(app.lang, day, &tally))),
        Format::Json => printed(&json!({
            "date": day, "working_day": is_working, "letters": tally.all(), "sent": tally.sent,
            "skipped": tally.skipped, "dead": tally.dead, "open": tally.open,
        })),
    }
}

fn printed(whole: &Value) -> Result<Output> {
    Ok(Output::result(serde_json::to_string_pretty(whole).map_err(|e| Error::Internal(e.to_string()))?))
}

fn as_text(app: &App, composed: &Composed, is_whole: bool) -> String {
    let item = |(reader, made): &(Reader, std::result::Result<Letter, Skip>)| {
        let said = match made {
            Ok(letter) => Ok(letter.subject.as_str()),
            Err(skip) => Err(mail::not_sent(app.lang, skip.code())),
        };
        let line = mail::reader_line(app.lang, &reader.address, &reader.name, said);
        match made {
            Ok(letter) if is_whole => format!("{line}\n\n{}\n", letter.text),
            _ => line,
        }
    };
    composed.iter().map(item).collect::<Vec<_>>().join("\n")
}

fn as_json(day: NaiveDate, composed: &Option<Composed>, is_whole: bool) -> Result<Output> {
    let item = |(reader, made): &(Reader, std::result::Result<Letter, Skip>)| {
        let letter = made.as_ref().ok();
        let part = |part: fn(&Letter) -> &String| letter.filter(|_| is_whole).map(part);
        json!({
            "name": reader.name, "address": reader.address, "kind": reader.kind.code(), "lang": reader.lang.code(),
            "subject": letter.map(|letter| &letter.subject), "skip": made.as_ref().err().map(|skip| skip.code()),
            "text": part(|letter| &letter.text), "html": part(|letter| &letter.html),
        })
    };
    let items: Vec<Value> = composed.iter().flatten().map(item).collect();
    printed(&json!({ "date": day, "working_day": composed.is_some(), "items": items }))
}
