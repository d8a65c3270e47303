//! The built program as a service: started, asked over the wire, told to end.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use crate::support::home::{Home, stderr};

/// A service that runs, and what it printed until it said where.
struct Running {
    child: Child,
    printed: String,
    address: String,
}

impl Running {
    /// Starts it and waits for its address on one of its streams.
    fn start(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (stdout, stderr) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
        let (send, lines) = std::sync::mpsc::channel();
        let forward = |stream: Box<dyn Read + Send>, send: std::sync::mpsc::Sender<String>| {
            std::thread::spawn(move || {
                BufReader::new(stream).lines().map_while(Result::ok).all(|line| send.send(line).is_ok())
            })
        };
        forward(Box::new(stdout), send.clone());
        forward(Box::new(stderr), send);
        let (mut printed, mut address) = (String::new(), None);
        let begun = Instant::now();
        while address.is_none() || printed.contains("Tài khoản dùng thử") && !printed.contains("quantri@")
        {
            assert!(begun.elapsed() < Duration::from_secs(60), "no address in: {printed}");
            let Ok(line) = lines.recv_timeout(Duration::from_secs(60)) else { panic!("it ended: {printed}") };
            let at = line.find("http://127.0.0.1:").map(|at| line[at + 7..].to_owned());
            address = address.or(at.map(|rest| rest.split('/').next().unwrap().to_owned()));
            printed.push_str(&line);
            printed.push('\n');
        }
        Self { child, printed, address: address.unwrap() }
    }

    /// Asks over the wire; status line, headers and body as they come.
    fn ask(&self, request: &str, headers: &str, body: &str) -> Option<String> {
        ask(&self.address, request, headers, body)
    }

    /// The password that the demo printed for an address.
    fn password(&self, email: &str) -> &str {
        let line = self.printed.lines().find(|line| line.contains(email)).unwrap();
        line.split_whitespace().next_back().unwrap()
    }

    /// Signs in as the demo's Office; the status and whether a cookie came.
    fn signs_in(&self, email: &str, password: &str) -> (bool, Option<String>) {
        let form = format!("tenant=btttt&email={email}&password={password}");
        let headers = "Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n";
        let answer = self.ask("POST /sign-in", headers, &form).unwrap();
        let cookie = answer.lines().find_map(|line| line.strip_prefix("set-cookie: "));
        let value = cookie.and_then(|cookie| cookie.split(';').next()).map(str::to_owned);
        (answer.starts_with("HTTP/1.1 303"), value)
    }

    /// Tells it to end; the exit code.
    fn end(mut self, signal: Signal) -> Option<i32> {
        kill_process(Pid::from_raw(i32::try_from(self.child.id()).unwrap()).unwrap(), signal).unwrap();
        self.child.wait().unwrap().code()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Only where a test failed before it ended the service itself.
        if self.child.try_wait().is_ok_and(|ended| ended.is_none()) {
            self.child.kill().ok();
            self.child.wait().ok();
        }
    }
}

fn ask(address: &str, request: &str, headers: &str, body: &str) -> Option<String> {
    let mut stream = TcpStream::connect(address).ok()?;
    let length = body.len();
    write!(
        stream,
        "{request} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n{body}"
    )
    .ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    Some(answer)
}

#[test]
fn the_demo_serves_and_keeps_what_its_user_changed() {
    let home = Home::new();
    let demo = || Running::start(home.command(&["demo", "--listen", "127.0.0.1:0"]));
    let first = demo();
    assert!(first.printed.contains("còn 13 cơ quan, đơn vị có 32 nhiệm vụ trọng tâm quá hạn"));
    let (office, head) = ("vanphong@btttt.example", "thutruong@btttt.example");
    let (password, of_head) = (first.password(office).to_owned(), first.password(head).to_owned());
    assert_ne!(password, of_head);
    let (is_in, cookie) = first.signs_in(office, &password);
    let cookie = cookie.unwrap();
    assert!(is_in && cookie.starts_with("dondoc="), "{cookie}");
    let page = first.ask("GET /dashboard", &format!("Cookie: {cookie}\r\n"), "").unwrap();
    assert!(page.contains("hôm nay là 29/11/2024") && page.contains(">32</a>"), "{page}");
    assert_eq!(first.end(Signal::INT), Some(0));
    assert!(!home.server_runs(), "the server was left running");

    let mut change = home.command(&["user", "password", "--tenant", "btttt", "--email", head]);
    let mut change = change.stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    change.stdin.take().unwrap().write_all("một câu khác cũng dài\n".as_bytes()).unwrap();
    let changed = change.wait_with_output().unwrap();
    assert_eq!(changed.status.code(), Some(0), "{}", stderr(&changed));

    let second = demo();
    assert_eq!(second.password(office), password, "the same data directory, the same password");
    assert!(!second.printed.contains(&of_head) && second.printed.contains("đã đổi mật khẩu"));
    let page = second.ask("GET /dashboard", &format!("Cookie: {cookie}\r\n"), "").unwrap();
    assert!(page.starts_with("HTTP/1.1 200"), "the session outlives a restart");
    assert!(!second.signs_in(head, &of_head).0);
    assert!(second.signs_in(head, "m%E1%BB%99t+c%C3%A2u+kh%C3%A1c+c%C5%A9ng+d%C3%A0i").0);
    assert_eq!(second.end(Signal::TERM), Some(0));
    let other = Home::new();
    let elsewhere =
        Running::start(other.command(&["demo", "--listen", "127.0.0.1:0", "--today", "4/7/2024"]));
    assert_ne!(elsewhere.password(office), password);
    assert!(elsewhere.printed.contains("Tính đến ngày 04/07/2024"));
}

#[test]
fn a_new_tenant_begins_with_a_link() {
    let home = Home::new();
    let mut create = home.command(&["tenant", "create", "hue", "--name", "Huế", "--admin", "a@hue.example"]);
    let output = create.env("PUBLIC_URL", "https://dondoc.hue.example").output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let (slug, told) = printed.split_once('\n').unwrap();
    assert_eq!(slug, "hue");
    let (_, link) = told.trim().split_once("https://dondoc.hue.example/password?link=").unwrap();
    assert_eq!(link.len(), 86);
    let service = Running::start(home.command(&["serve", "--listen", "127.0.0.1:0"]));
    let page = service.ask(&format!("GET /password?link={link}"), "", "").unwrap();
    assert!(page.contains("Đặt mật khẩu"));
    let alive = service.ask("GET /livez", "", "").unwrap();
    assert!(alive.starts_with("HTTP/1.1 200") && alive.ends_with("ok"));
    assert!(service.ask("GET /readyz", "", "").unwrap().starts_with("HTTP/1.1 200"));
}

#[test]
fn a_service_told_to_end_finishes_what_is_under_way() {
    let home = Home::new();
    home.tenant("hue");
    for _ in 0..3 {
        let mut command = home.command(&["serve", "--listen", "127.0.0.1:0"]);
        // Behind a proxy that is believed everybody comes from elsewhere, so that none of them is told to wait.
        command.env("DONDOC_TRUSTED_PROXY", "127.0.0.1");
        let service = Running::start(command);
        let (stop, answered, next) = (AtomicBool::new(false), AtomicU32::new(0), AtomicU32::new(0));
        let address = service.address.clone();
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    while !stop.load(Ordering::Relaxed) {
                        // Slow enough to be under way at any time: a password is compared.
                        let n = next.fetch_add(1, Ordering::Relaxed);
                        let from = format!("10.{}.{}.{}", n / 65_536, n / 256 % 256, n % 256);
                        let headers = format!("Sec-Fetch-Site: same-origin\r\nX-Forwarded-For: {from}\r\n");
                        let form = format!("tenant=hue&email=p{n}@b.example&password=wrong");
                        match ask(&address, "POST /sign-in", &headers, &form) {
                            // Not accepted any more: nothing was under way.
                            None => {}
                            Some(answer) if answer.is_empty() => {}
                            Some(answer) => {
                                assert!(
                                    answer.starts_with("HTTP/1.1 422") || answer.starts_with("HTTP/1.1 503"),
                                    "{answer}"
                                );
                                assert!(answer.ends_with("</html>"), "cut off: {answer}");
                                answered.fetch_add(1, Ordering::Relaxed);
                            }
                        }
                    }
                });
            }
            std::thread::sleep(Duration::from_millis(500));
            let begun = Instant::now();
            assert_eq!(service.end(Signal::TERM), Some(0));
            assert!(begun.elapsed() < Duration::from_secs(20));
            stop.store(true, Ordering::Relaxed);
        });
        assert!(answered.load(Ordering::Relaxed) > 0);
        assert!(!home.server_runs());
    }
}

#[test]
fn what_can_not_be_served_is_said_before_anything_starts() {
    let home = Home::new();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = taken.local_addr().unwrap().to_string();
    let busy = home.run(&["serve", "--listen", &taken]);
    assert_eq!((busy.status.code(), busy.stdout.is_empty()), (Some(1), true));
    assert!(stderr(&busy).contains(&taken) && stderr(&busy).contains("--listen"));
    let open = home.run(&["serve", "--listen", "0.0.0.0:0"]);
    assert!(stderr(&open).contains("PUBLIC_URL=https://"), "{}", stderr(&open));
    let mut plain = home.command(&["serve"]);
    let plain = plain.env("PUBLIC_URL", "http://dondoc.example").output().unwrap();
    assert!(stderr(&plain).contains("PUBLIC_URL"), "{}", stderr(&plain));
    let mut short = home.command(&["user", "password", "--tenant", "x", "--email", "a@b.example"]);
    let short = short.stdin(Stdio::null()).output().unwrap();
    assert_eq!(short.status.code(), Some(1));
    assert!(stderr(&short).contains("15"), "{}", stderr(&short));
    assert!(!home.server_runs());
}
