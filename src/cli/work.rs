//! `dondoc work`: the jobs alone; and the crew that works beside the pages.

use std::sync::Arc;

use clap::Args;
use lettre::message::Mailbox;

use super::{Output, signals, tell};
use crate::app::App;
use crate::auth::Seeds;
use crate::config::Config;
use crate::db::Db;
use crate::error::{Error, Refusal, Result};
use crate::jobs::{self, Crew};
use crate::keys::Keys;
use crate::mail::{self, PostRoom, Transport};
use crate::preferences::Unsubscribe;
use crate::public_url::PublicUrl;
use crate::webhooks::Courier;
use crate::{files, text, timetable};

/// Threads that work, and the connections they need beside the one that keeps time.
const WORKERS: u32 = 2;

/// The sender where letters become files.
const NOBODY: &str = "dondoc@localhost";

#[derive(Debug, Args)]
pub(super) struct WorkArgs {}

/// Starts the crew of this process.
pub(super) fn crew(app: &App, config: &Config, keys: &Keys, public_url: &PublicUrl) -> Result<Crew> {
    let db = app.db.beside(WORKERS + 1)?;
    let post = Arc::new(post_room(app, &db, config, keys, public_url)?);
    let courier = Courier::new(db.clone(), app.clock, config.reach, Seeds::new(keys)?, public_url.clone());
    let mut handlers = timetable::handlers(&db, app.clock, post);
    handlers.push(timetable::courier(courier));
    handlers.extend(files::handlers(&db, app.clock, &app.depot));
    Crew::start(db, handlers, timetable::TIMETABLE.to_vec(), WORKERS as usize)
}

/// Sends in this process what is due now, whoever planned it.
pub(super) fn deliver(app: &App, config: &Config) -> Result<()> {
    let address = config.listen;
    let public_url = config.public_url.clone().unwrap_or_else(|| PublicUrl::on_loopback(address.port()));
    let keys = Keys::open(&config.key_file)?;
    let post = Arc::new(post_room(app, &app.db, config, &keys, &public_url)?);
    let mut handlers = timetable::handlers(&app.db, app.clock, post);
    handlers.retain(|(kind, _)| *kind == mail::DELIVER);
    jobs::work_off(&app.db, handlers).map(drop)
}

fn post_room(app: &App, db: &Db, config: &Config, keys: &Keys, public_url: &PublicUrl) -> Result<PostRoom> {
    let transport = match &config.smtp_url {
        Some(server) => Transport::Smtp(server.clone()),
        None => Transport::Files(mail::directory(&config.data_dir)),
    };
    let from: Option<Mailbox> = config.mail_from.clone().or_else(|| mail::sender(NOBODY));
    let from = from.ok_or_else(|| Error::Internal("there is no sender of letters".to_owned()))?;
    let composers = timetable::composers(public_url);
    let way_out = Unsubscribe::new(keys, public_url)?.way_out();
    Ok(PostRoom::new(db.clone(), app.clock, transport, from, composers).telling(way_out))
}

/// Refuses what would send letters with links that lead nowhere, before anything is opened.
pub(super) fn check(config: &Config) -> Result<()> {
    if config.smtp_url.is_some() && config.public_url.is_none() {
        let why = text::serve::letters_need_public_url(config.lang).to_owned();
        return Err(Refusal::Reasons(vec![why]).into());
    }
    Ok(())
}

/// Works until it is told to end.
pub(super) fn run(app: &App, config: &Config, stop: &signals::Stop) -> Result<Output> {
    let address = config.listen;
    let public_url = config.public_url.clone().unwrap_or_else(|| PublicUrl::on_loopback(address.port()));
    let keys = Keys::open(&config.key_file)?;
    let crew = crew(app, config, &keys, &public_url)?;
    tell(&text::serve::working(config.lang));
    stop.wait();
    crew.end();
    Ok(Output::default())
}
