//! The settings, read from the environment once, every fault reported at once.
//!
//! | variable | meaning | default |
//! |---|---|---|
//! | `DONDOC_DATA` | directory of the private cluster and of files | `./data` |
//! | `DATABASE_URL` | the application's role on a server of one's own | the private cluster |
//! | `DATABASE_OWNER_URL` | the owner's role there: migrations | none |
//! | `PG_BIN` | where the PostgreSQL server's programs are | searched |
//! | `PUBLIC_URL` | the address by which people reach the service: https, or http on the machine itself | `http://` and the listening address |
//! | `SMTP_URL` | the mail server: `smtps://USER:PASSWORD@HOST`, `smtp://HOST?tls=required`; plain `smtp://` on the machine itself only | letters become files in `mail/` of the data directory |
//! | `MAIL_FROM` | the sender of letters | `dondoc@localhost`, without a mail server only |
//! | `DONDOC_FILES` | the bucket of files, `s3://BUCKET/PREFIX`, with `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`, `AWS_REGION`, `AWS_ENDPOINT_URL` (https, or http on the machine itself) | `files` in the data directory |
//! | `DONDOC_LISTEN` | the address and port to listen on | `127.0.0.1:8080` |
//! | `DONDOC_KEY_FILE` | the installation's secret, 32 bytes; the same for all processes of one database | `secret.key` in the data directory |
//! | `DONDOC_TRUSTED_PROXY` | addresses or networks (CIDR) of proxies whose `X-Forwarded-For` is believed, with commas between | none |
//! | `DONDOC_WEBHOOKS` | how far webhooks may go: `internet`, or `loopback` to try them out on this machine | `internet` |
//! | `DONDOC_LANG` | `vi` or `en` | `vi` |
//! | `DONDOC_LOG` | a filter such as `info` or `dondoc=debug` | `warn,actix_http=off` |
//! | `DONDOC_LOG_FORMAT` | `text` or `json` | `text` |

mod files;

use std::ffi::OsString;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use ipnet::IpNet;
use lettre::message::Mailbox;

pub use files::{Bucket, BucketKey, Files};

use crate::domain::lang::Lang;
use crate::domain::outside::Reach;
use crate::public_url::PublicUrl;
use crate::smtp_url::SmtpUrl;

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One object a line.
    Json,
}

/// Which server holds the data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Database {
    /// Our own, below the data directory.
    Private,
    /// Somebody's own server.
    Own {
        /// The application's role.
        app_url: String,
        /// The owner's role, for migrations; without it they are somebody else's work.
        owner_url: Option<String>,
    },
}

/// All settings.
#[derive(Debug, Clone)]
pub struct Config {
    /// Directory of the private cluster and of files.
    pub data_dir: PathBuf,
    /// Which server holds the data.
    pub database: Database,
    /// Where the bytes of files stand.
    pub files: Files,
    /// Where the PostgreSQL server's programs are, when told.
    pub pg_bin: Option<PathBuf>,
    /// The search path for programs.
    pub path: Option<OsString>,
    /// Where the service listens.
    pub listen: SocketAddr,
    /// Where people reach it, when told.
    pub public_url: Option<PublicUrl>,
    /// The mail server; without one letters become files.
    pub smtp_url: Option<SmtpUrl>,
    /// The sender of letters.
    pub mail_from: Option<Mailbox>,
    /// The file of the installation's secret.
    pub key_file: PathBuf,
    /// The proxies that are believed when they say where a request comes from.
    pub trusted_proxies: Vec<IpNet>,
    /// How far webhooks may go.
    pub reach: Reach,
    /// The language of what the command line prints.
    pub lang: Lang,
    /// The log filter.
    pub log_filter: String,
    /// How log lines look.
    pub log_format: LogFormat,
}

/// What is wrong with one setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigFault {
    /// The variable.
    pub name: String,
    /// Its value as found.
    pub value: String,
    /// Whether the value may be repeated: that of an address of a database never is.
    pub is_shown: bool,
    /// What is expected, for the operator.
    pub expected: &'static str,
}

/// Warnings of ours; what strangers send over the wire is none.
const DEFAULT_LOG: &str = "warn,actix_http=off";

const KNOWN: &[&str] = &[
    "DONDOC_DATA",
    "DONDOC_FILES",
    "DONDOC_KEY_FILE",
    "DONDOC_LANG",
    "DONDOC_LISTEN",
    "DONDOC_LOG",
    "DONDOC_LOG_FORMAT",
    "DONDOC_TRUSTED_PROXY",
    "DONDOC_WEBHOOKS",
];

impl Config {
    /// The directory of the keys that sign access tokens, beside the installation's secret.
    pub fn signing_keys(&self) -> PathBuf {
        let mut path = self.key_file.clone().into_os_string();
        path.push(".d");
        path.into()
    }

    /// Reads the environment of this process.
    ///
    /// # Errors
    /// Every setting that can't be used.
    pub fn from_env() -> Result<Self, Vec<ConfigFault>> {
        Self::from_vars(std::env::vars_os())
    }

    /// Reads settings from pairs of name and value.
    ///
    /// # Errors
    /// Every setting that can't be used; an unknown `DONDOC_…` is a slip of the pen and one of them.
    pub fn from_vars(vars: impl IntoIterator<Item = (OsString, OsString)>) -> Result<Self, Vec<ConfigFault>> {
        let mut source = Source::new(vars);
        let data_dir = source.raw("DONDOC_DATA").map_or_else(|| PathBuf::from("data"), PathBuf::from);
        let listen = source
            .choice("DONDOC_LISTEN", "an address and a port such as 127.0.0.1:8080", |v| v.parse().ok())
            .unwrap_or(SocketAddr::from(([127, 0, 0, 1], 8080)));
        let (smtp_url, mail_from) = source.mail();
        let config = Self {
            listen,
            smtp_url,
            mail_from,
            public_url: source.choice(
                "PUBLIC_URL",
                "https://HOST, or http://127.0.0.1:PORT",
                PublicUrl::parse,
            ),
            key_file: source
                .raw("DONDOC_KEY_FILE")
                .map_or_else(|| data_dir.join("secret.key"), PathBuf::from),
            trusted_proxies: source
                .choice("DONDOC_TRUSTED_PROXY", "addresses or networks such as 10.0.0.0/8", proxies)
                .unwrap_or_default(),
            files: source.files(&data_dir),
            data_dir,
            database: source.database(),
            pg_bin: source.raw("PG_BIN").map(PathBuf::from),
            path: source.raw("PATH"),
            reach: source
                .choice("DONDOC_WEBHOOKS", "internet | loopback", Reach::from_code)
                .unwrap_or(Reach::Internet),
            lang: source.choice("DONDOC_LANG", "vi | en", Lang::from_code).unwrap_or_default(),
            log_filter: source.text("DONDOC_LOG").unwrap_or_else(|| DEFAULT_LOG.to_owned()),
            log_format: source
                .choice("DONDOC_LOG_FORMAT", "text | json", |v| match v {
                    "text" => Some(LogFormat::Text),
                    "json" => Some(LogFormat::Json),
                    _ => None,
                })
                .unwrap_or(LogFormat::Text),
        };
        if config.log_filter.parse::<tracing_subscriber::filter::EnvFilter>().is_err() {
            source.fault("DONDOC_LOG", &config.log_filter, "a filter such as info or dondoc=debug");
        }
        if source.faults.is_empty() { Ok(config) } else { Err(source.faults) }
    }
}

/// The networks of a list; an address is a network of one.
fn proxies(list: &str) -> Option<Vec<IpNet>> {
    let network = |item: &str| item.parse().ok().or_else(|| item.parse::<IpAddr>().ok().map(IpNet::from));
    list.split(',').map(|item| network(item.trim())).collect()
}

/// The variables that matter, and the faults found so far.
struct Source {
    vars: Vec<(String, OsString)>,
    faults: Vec<ConfigFault>,
}

impl Source {
    fn new(vars: impl IntoIterator<Item = (OsString, OsString)>) -> Self {
        let vars: Vec<_> = vars.into_iter().filter_map(|(k, v)| Some((k.into_string().ok()?, v))).collect();
        let mut source = Self { vars, faults: Vec::new() };
        let unknown: Vec<_> = source
            .vars
            .iter()
            .filter(|(name, _)| name.starts_with("DONDOC_") && !KNOWN.contains(&name.as_str()))
            .cloned()
            .collect();
        for (name, value) in unknown {
            source.fault(&name, &value.to_string_lossy(), "no such setting");
        }
        source
    }

    fn fault(&mut self, name: &str, value: &str, expected: &'static str) {
        let is_shown =
            ["DONDOC_LANG", "DONDOC_LISTEN", "DONDOC_LOG", "DONDOC_LOG_FORMAT", "PUBLIC_URL"].contains(&name);
        self.faults.push(ConfigFault { name: name.to_owned(), value: value.to_owned(), is_shown, expected });
    }

    fn raw(&self, name: &str) -> Option<OsString> {
        let value = self.vars.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone())?;
        (!value.is_empty()).then_some(value)
    }

    fn text(&mut self, name: &str) -> Option<String> {
        match self.raw(name)?.into_string() {
            Ok(text) => Some(text),
            Err(raw) => {
                self.fault(name, &raw.to_string_lossy(), "UTF-8 text");
                None
            }
        }
    }

    fn choice<T>(&mut self, name: &str, expected: &'static str, read: fn(&str) -> Option<T>) -> Option<T> {
        let text = self.text(name)?;
        let value = read(&text);
        if value.is_none() {
            self.fault(name, &text, expected);
        }
        value
    }

    fn mail(&mut self) -> (Option<SmtpUrl>, Option<Mailbox>) {
        let server = self.choice(
            "SMTP_URL",
            "smtps://USER:PASSWORD@HOST | smtp://HOST?tls=required | smtp://127.0.0.1:PORT",
            SmtpUrl::parse,
        );
        let from = self.choice("MAIL_FROM", "an address, or NAME <ADDRESS>", |v| v.parse().ok());
        if server.is_some() && from.is_none() {
            self.fault("MAIL_FROM", "", "the sender's address, beside SMTP_URL");
        }
        (server, from)
    }

    fn database(&mut self) -> Database {
        let owner_url = self.text("DATABASE_OWNER_URL");
        match (self.text("DATABASE_URL"), owner_url) {
            (Some(app_url), owner_url) => Database::Own { app_url, owner_url },
            (None, None) => {
                // What an address can't overrule; all the rest of libpq's settings it does.
                for name in ["PGSERVICE", "PGREQUIREAUTH", "PGSSLNEGOTIATION"] {
                    if let Some(value) = self.raw(name) {
                        self.fault(name, &value.to_string_lossy(), "unset without DATABASE_URL");
                    }
                }
                Database::Private
            }
            (None, Some(_)) => {
                self.fault("DATABASE_URL", "", "the application's role, beside DATABASE_OWNER_URL");
                Database::Private
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vars(pairs: &[(&str, &str)]) -> Vec<(OsString, OsString)> {
        pairs.iter().map(|(k, v)| (OsString::from(k), OsString::from(v))).collect()
    }

    #[test]
    fn every_fault_is_reported_at_once() {
        let faults = Config::from_vars(vars(&[
            ("DONDOC_LANG", "fr"),
            ("DONDOC_LOG_FORMAT", "xml"),
            ("DONDOC_DATTA", "x"),
            ("DATABASE_OWNER_URL", "postgres://owner@h/d"),
        ]))
        .unwrap_err();
        let names: Vec<_> = faults.iter().map(|f| f.name.as_str()).collect();
        assert_eq!(names, ["DONDOC_DATTA", "DATABASE_URL", "DONDOC_LANG", "DONDOC_LOG_FORMAT"]);
    }

    #[test]
    fn proxies_are_addresses_or_networks_all_of_them() {
        let read = |list| Config::from_vars(vars(&[("DONDOC_TRUSTED_PROXY", list)]));
        let config = read("10.0.0.0/8, 127.0.0.1,::1").unwrap();
        assert_eq!(config.trusted_proxies.len(), 3);
        for wrong in ["10.0.0.0/8,", "proxy", "10.0.0.0/40", "*"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn nothing_set_means_the_private_cluster_in_vietnamese() {
        let config = Config::from_vars(vars(&[("DONDOC_LANG", "")])).unwrap();
        assert_eq!(config.database, Database::Private);
        assert_eq!(config.lang, Lang::Vi);
        assert_eq!(config.data_dir, PathBuf::from("data"));
    }
}
