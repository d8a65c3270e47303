//! A mail server that keeps what it takes and fails where it is told, and letters to be sent to it.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use dondoc::clock::Clock;
use dondoc::cluster::Role;
use dondoc::db::Db;
use dondoc::domain::lang::Lang;
use dondoc::error;
use dondoc::jobs;
use dondoc::mail::{self, Composer, Composition, NewLetter, PostRoom, Transport, Words};
use dondoc::smtp_url::SmtpUrl;
use dondoc::timetable;
use serde_json::Value;

use super::{TestApp, day, now, number};

/// What a server answers to a line, when not the usual: to "" when somebody connects, to "." when it has a letter.
/// `hang` is no answer at all, `drop` the end of the connection, `slow` the usual after a moment.
pub type Answer = fn(&str) -> Option<&'static str>;

/// Longer than anybody waits.
pub const FOR_EVER: Duration = Duration::from_secs(120);

/// A letter as it came.
#[derive(Debug, Clone)]
pub struct Arrived {
    /// The line of its last recipient.
    pub to: String,
    /// How many recipients it had.
    pub recipients: usize,
    /// Its lines, without the dots that the protocol adds.
    pub lines: Vec<String>,
}

impl Arrived {
    /// The first lines of the letter's own header fields.
    pub fn fields(&self) -> Vec<&str> {
        let head = self.lines.iter().take_while(|line| !line.is_empty()).map(String::as_str);
        head.filter(|line| !line.starts_with([' ', '\t'])).collect()
    }

    /// The value of a header field on one line.
    pub fn field(&self, name: &str) -> &str {
        self.fields().into_iter().find_map(|line| line.strip_prefix(name)?.strip_prefix(": ")).unwrap_or("")
    }
}

/// What a server has taken, in the order of its ends.
pub type Taken = Arc<Mutex<Vec<Arrived>>>;

/// A server on the machine itself, and what it takes.
pub fn server(answer: Answer) -> (SmtpUrl, Taken) {
    let (url, taken) = server_url(answer);
    (SmtpUrl::parse(&url).unwrap(), taken)
}

/// The same, with its address as it is written in a setting.
pub fn server_url(answer: Answer) -> (String, Taken) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("smtp://127.0.0.1:{}", listener.local_addr().unwrap().port());
    let taken = Taken::default();
    let kept = taken.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let kept = kept.clone();
            std::thread::spawn(move || converse(&stream, answer, &kept));
        }
    });
    (url, taken)
}

fn converse(stream: &TcpStream, answer: Answer, kept: &Taken) {
    let mut out = stream;
    let mut say = |line: &str| out.write_all(format!("{line}\r\n").as_bytes()).is_ok();
    if answer("") == Some("hang") {
        return std::thread::sleep(FOR_EVER);
    }
    say("220 ready");
    let mut arriving = Arrived { to: String::new(), recipients: 0, lines: Vec::new() };
    let mut in_data = false;
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    loop {
        line.clear();
        if !matches!(reader.read_line(&mut line), Ok(1..)) {
            return;
        }
        let text = line.trim_end_matches("\n").trim_end_matches("\r");
        if in_data && text != "." {
            arriving.lines.push(text.strip_prefix('.').unwrap_or(text).to_owned());
            continue;
        }
        let usual = match text.get(..4).unwrap_or(text) {
            "." => "250 taken",
            "EHLO" => "250-AUTH PLAIN LOGIN\r\n250 8BITMIME",
            "DATA" => "354 go on",
            _ => "250 ok",
        };
        if text == "." {
            kept.lock().unwrap().push(arriving.clone());
            in_data = false;
        }
        let said = match answer(text) {
            Some("hang") => return std::thread::sleep(FOR_EVER),
            Some("drop") => return,
            Some("slow") => {
                std::thread::sleep(Duration::from_millis(50));
                usual
            }
            other => other.unwrap_or(usual),
        };
        match (text.get(..4).unwrap_or_default(), said == usual) {
            ("MAIL", _) => arriving = Arrived { to: String::new(), recipients: 0, lines: Vec::new() },
            ("RCPT", true) => {
                arriving.to = text.to_owned();
                arriving.recipients += 1;
            }
            ("DATA", true) => in_data = true,
            _ => {}
        }
        say(said);
    }
}

/// The words of a letter of the tests.
pub fn words() -> Words {
    Words {
        subject: "Nhắc việc".to_owned(),
        text: "Chào".to_owned(),
        html: "<p>Chào</p>".to_owned(),
        unsubscribe: None,
    }
}

/// Composes every letter but those whose payload says that it panics.
fn composers() -> BTreeMap<&'static str, Composer> {
    let composer = || -> Composer {
        Box::new(|_, letters| {
            let composed = letters.iter().map(|letter| {
                assert!(letter.payload["panics"].is_null(), "a poisonous letter");
                Composition::Words(words())
            });
            Ok(composed.collect())
        })
    };
    BTreeMap::from([("test", composer()), ("reset", composer())])
}

/// Plans so many letters to `p0@SLUG.example` and so on; the payload makes them others than those before.
pub fn plan(app: &TestApp, slug: &str, count: usize, payload: &Value) {
    plan_kind(app, slug, "test", count, payload);
}

/// The same of a kind.
pub fn plan_kind(app: &TestApp, slug: &str, kind: &'static str, count: usize, payload: &Value) {
    let addresses: Vec<String> = (0..count).map(|n| format!("p{n}@{slug}.example")).collect();
    plan_to(app, slug, kind, &addresses, payload);
}

/// The same to addresses.
pub fn plan_to(app: &TestApp, slug: &str, kind: &'static str, addresses: &[String], payload: &Value) {
    app.act(slug, |conn, _| {
        let letter = |address| NewLetter {
            kind,
            person: None,
            address,
            day: day("2024-11-29"),
            key: payload.to_string(),
            lang: Lang::Vi,
            payload: payload.clone(),
            due_at: conn.now(),
            give_up_at: None,
        };
        let letters: Vec<_> = addresses.iter().map(|address| letter(address.as_str())).collect();
        mail::plan(conn, &letters).map(drop)
    })
    .unwrap();
}

/// Does all jobs due after so many seconds.
pub fn work(app: &TestApp, seconds: i64, transport: &Transport) -> usize {
    desk(app, seconds)(transport, composers(), None).unwrap()
}

/// The same with other composers.
pub fn work_with(
    app: &TestApp,
    seconds: i64,
    server: &SmtpUrl,
    composers: BTreeMap<&'static str, Composer>,
) -> usize {
    desk(app, seconds)(&Transport::Smtp(server.clone()), composers, None).unwrap()
}

/// The same, waiting so long at each step of the server's; in a thread of its own, wherever that ends up.
pub fn work_waiting(
    app: &TestApp,
    seconds: i64,
    server: &SmtpUrl,
    step: Duration,
) -> JoinHandle<error::Result<usize>> {
    let (desk, server) = (desk(app, seconds), server.clone());
    std::thread::spawn(move || desk(&Transport::Smtp(server), composers(), Some(step)))
}

type Desk =
    dyn FnOnce(&Transport, BTreeMap<&'static str, Composer>, Option<Duration>) -> error::Result<usize> + Send;

fn desk(app: &TestApp, seconds: i64) -> Box<Desk> {
    let clock = Clock::fixed(now() + TimeDelta::seconds(seconds));
    let db = Db::open(&app.test_db.url(Role::App), 4, clock).unwrap();
    Box::new(move |transport, composers, step| {
        let from = mail::sender("Đôn đốc <dondoc@sender.example>").unwrap();
        let post = PostRoom::new(db.clone(), clock, transport.clone(), from, composers);
        let post = match step {
            Some(step) => post.waiting(step),
            None => post,
        };
        jobs::work_off(&db, timetable::handlers(&db, clock, Arc::new(post)))
    })
}

/// How many letters there are of a condition.
pub fn count(app: &TestApp, condition: &str) -> i64 {
    number(&mut app.test_db.superuser(), &format!("SELECT count(*) FROM letters WHERE {condition}"))
}

/// Waits until something is so.
pub fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < Duration::from_secs(30), "waited in vain until {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}
