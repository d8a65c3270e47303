//! `dondoc work` as a process that sends, is told to end, is killed.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::time::Instant;

use dondoc::auth::NOTICE;
use dondoc::cluster::Role;
use dondoc::{jobs, mail};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::json;

use crate::support::home::{Home, stderr};
use crate::support::mail::{Arrived, Taken, count, plan_kind, server_url, until};
use crate::support::{TestApp, number, run};

/// A process that works.
struct Worker(Child);

impl Worker {
    /// Starts it on a test's database and waits until it says that it works.
    fn start(app: &TestApp, home: &Home, smtp_url: &str) -> Self {
        let mut command = home.command(&["work"]);
        command
            .env("DATABASE_URL", app.test_db.url(Role::App))
            .env("SMTP_URL", smtp_url)
            .env("MAIL_FROM", "Đôn đốc <dondoc@sender.example>")
            .env("PUBLIC_URL", "https://dondoc.example");
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let mut said = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
        let works = said.any(|line| line.contains("việc nền"));
        // Read on, so that what it says never fills the pipe.
        std::thread::spawn(move || said.for_each(drop));
        let worker = Self(child);
        assert!(works, "it ended before it worked");
        worker
    }

    fn signal(&self, signal: Signal) {
        let id = Pid::from_raw(i32::try_from(self.0.id()).unwrap()).unwrap();
        kill_process(id, signal).unwrap();
    }

    /// Tells it to end; the exit code.
    fn end(mut self) -> Option<i32> {
        self.signal(Signal::TERM);
        self.0.wait().unwrap().code()
    }

    /// Kills it where it stands.
    fn kill(mut self) {
        self.signal(Signal::KILL);
        assert_eq!(self.0.wait().unwrap().code(), None);
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // Only where a test failed before it ended the process itself.
        if self.0.try_wait().is_ok_and(|ended| ended.is_none()) {
            self.0.kill().ok();
            self.0.wait().ok();
        }
    }
}

/// An application with so many notices planned.
fn with_notices(letters: usize) -> TestApp {
    let app = TestApp::new();
    app.tenant("btttt");
    plan_kind(&app, "btttt", NOTICE, letters, &json!({ "what": "password", "at": "29/11/2024 09:00" }));
    app
}

/// The message ids of what came, sorted.
fn ids(taken: &Taken) -> Vec<String> {
    let mut ids: Vec<_> =
        taken.lock().unwrap().iter().map(|a: &Arrived| a.field("Message-ID").to_owned()).collect();
    ids.sort();
    ids
}

#[test]
fn a_worker_told_to_end_loses_nothing_and_another_goes_on() {
    let (app, home) = (with_notices(120), Home::new());
    let (slow, before) = server_url(|line| (line == ".").then_some("slow"));
    let worker = Worker::start(&app, &home, &slow);
    until("some letters came", || before.lock().unwrap().len() >= 10);
    let told = Instant::now();
    assert_eq!(worker.end(), Some(0));
    assert!(told.elapsed().as_secs() < 5, "what waits is not sent first: {:?}", told.elapsed());
    let sent = before.lock().unwrap().len();
    assert!((10..120).contains(&sent), "{sent} were sent before it ended");
    assert_eq!(count(&app, "state = 'sent' AND attempts = 1"), sent as i64);
    assert_eq!(count(&app, "state = 'planned' AND attempts = 0"), 120 - sent as i64);
    assert_eq!(number(&mut app.test_db.superuser(), "SELECT count(*) FROM jobs WHERE state = 'running'"), 0);

    let (prompt, after) = server_url(|_| None);
    let worker = Worker::start(&app, &home, &prompt);
    until("all letters are sent", || count(&app, "state = 'sent'") == 120);
    assert_eq!(worker.end(), Some(0));
    let mut all = [ids(&before), ids(&after)].concat();
    all.sort();
    all.dedup();
    assert_eq!((all.len(), after.lock().unwrap().len()), (120, 120 - sent));
    assert_eq!(count(&app, "possible_duplicate OR attempts <> 1"), 0);
}

#[test]
fn a_worker_killed_while_the_server_holds_its_answer_leaves_one_letter_twice_at_most() {
    let (app, home) = (with_notices(1), Home::new());
    let (mute, before) = server_url(|line| (line == ".").then_some("hang"));
    let worker = Worker::start(&app, &home, &mute);
    until("the letter was handed over", || before.lock().unwrap().len() == 1);
    worker.kill();
    assert_eq!(count(&app, "state = 'sending' AND attempts = 1 AND NOT possible_duplicate"), 1);
    app.act("btttt", |conn, _| jobs::enqueue(conn, mail::DELIVER, "early", conn.now())).unwrap();

    let (prompt, after) = server_url(|_| None);
    let worker = Worker::start(&app, &home, &prompt);
    let early = "SELECT count(*) FROM jobs WHERE key = 'early' AND state = 'done'";
    until("somebody looked too early", || number(&mut app.test_db.superuser(), early) == 1);
    assert_eq!(after.lock().unwrap().len(), 0, "the lease holds");
    assert_eq!(worker.end(), Some(0));
    // Two minutes go by for letters and jobs.
    run(
        &mut app.test_db.superuser(),
        "UPDATE letters SET lease_until = lease_until - interval '121 seconds';
         UPDATE jobs SET lease_until = lease_until - interval '121 seconds'",
    );
    let worker = Worker::start(&app, &home, &prompt);
    until("the letter is sent", || {
        count(&app, "state = 'sent' AND possible_duplicate AND attempts = 2") == 1
    });
    assert_eq!(worker.end(), Some(0));
    assert_eq!(ids(&after), ids(&before), "once more, under the same id");
    assert_eq!(number(&mut app.test_db.superuser(), "SELECT count(*) FROM jobs WHERE state = 'running'"), 0);
}

#[test]
fn who_sends_letters_says_where_their_links_lead() {
    let home = Home::new();
    let mut command = home.command(&["work"]);
    command.env("SMTP_URL", "smtp://127.0.0.1:25").env("MAIL_FROM", "dondoc@sender.example");
    let output = command.output().unwrap();
    assert_eq!((output.status.code(), output.stdout.is_empty()), (Some(1), true), "{}", stderr(&output));
    assert!(stderr(&output).contains("PUBLIC_URL=https://"), "{}", stderr(&output));
    assert!(!home.server_runs());
}
