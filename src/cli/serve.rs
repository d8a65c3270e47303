//! `dondoc serve`: the service, until it is told to end.

use std::net::{SocketAddr, TcpListener};

use clap::Args;
use ipnet::IpNet;

use super::{Output, signals, tell};
use crate::app::App;
use crate::auth::{Ring, Seeds, Tokens, Tries};
use crate::config::Config;
use crate::error::{Refusal, Result};
use crate::http::Service;
use crate::keys::Keys;
use crate::preferences::Unsubscribe;
use crate::public_url::PublicUrl;
use crate::{run, text};

#[derive(Debug, Args)]
pub(super) struct ServeArgs {
    /// The address and port to listen on, instead of `DONDOC_LISTEN`.
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub(super) listen: Option<SocketAddr>,
    /// Leave the jobs to `dondoc work`.
    #[arg(long)]
    pub(super) no_worker: bool,
}

/// A listener, and the address by which browsers reach it.
pub(super) struct Door {
    listener: TcpListener,
    works: bool,
    pub(super) public_url: PublicUrl,
    proxies: Vec<IpNet>,
}

impl ServeArgs {
    /// Takes the port, before anything is printed or promised.
    ///
    /// # Errors
    /// The port is taken; or other machines could come in without https.
    pub(super) fn open(&self, config: &Config) -> Result<Door> {
        let asked = self.listen.unwrap_or(config.listen);
        let told = |why: String| Refusal::Reasons(vec![why]);
        let is_secure = config.public_url.as_ref().is_some_and(PublicUrl::is_secure);
        if !is_secure && !asked.ip().is_loopback() {
            return Err(told(text::serve::needs_public_url(config.lang, asked)).into());
        }
        let listener = TcpListener::bind(asked)
            .map_err(|e| told(text::serve::no_listener(config.lang, asked, &e.to_string())))?;
        let port = listener.local_addr().map_or(asked.port(), |address| address.port());
        let public_url = config.public_url.clone().unwrap_or_else(|| PublicUrl::on_loopback(port));
        let proxies = config.trusted_proxies.clone();
        Ok(Door { listener, works: !self.no_worker, public_url, proxies })
    }
}

pub(super) fn run(app: App, config: &Config, door: Door, stop: &signals::Stop) -> Result<Output> {
    let keys = Keys::open(&config.key_file)?;
    tell(&text::serve::serving(config.lang, &door.public_url.link("/")));
    serve(app, config, &keys, door, None, stop)
}

/// Serves behind the door. `demo_day` is shown as today.
pub(super) fn serve(
    app: App,
    config: &Config,
    keys: &Keys,
    door: Door,
    demo_day: Option<chrono::NaiveDate>,
    stop: &signals::Stop,
) -> Result<Output> {
    let ring = Ring::open(&config.signing_keys(), app.clock.now())?;
    let tokens = Tokens::new(&keys.derive("access tokens"), ring);
    let seeds = Seeds::new(keys)?;
    let tries = Tries::new(&keys.derive("known browsers"));
    let crew = if door.works { Some(super::work::crew(&app, config, keys, &door.public_url)?) } else { None };
    let unsubscribe = Unsubscribe::new(keys, &door.public_url)?;
    let connections = run::CONNECTIONS as usize;
    let service =
        Service::new(app, tokens, seeds, tries, door.public_url, demo_day, connections).behind(door.proxies);
    let service = service.ending_letters(unsubscribe).reaching(config.reach);
    let served = run::serve(service, door.listener, |handle| stop.through(handle));
    if let Some(crew) = crew {
        crew.end();
    }
    served.map(|()| Output::default())
}
