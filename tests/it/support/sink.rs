//! Another system as a webhook's address: writes down what it is sent and answers as it is told.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

/// A request as it came.
#[derive(Debug, Clone)]
pub struct Received {
    pub head: Vec<String>,
    pub body: String,
}

impl Received {
    pub fn header(&self, name: &str) -> &str {
        let prefix = format!("{name}: ");
        self.head.iter().find_map(|line| line.strip_prefix(&prefix)).unwrap_or_default()
    }
}

#[derive(Debug)]
struct State {
    answer: String,
    received: Vec<Received>,
}

/// Listens until the process ends.
pub struct Sink {
    pub url: String,
    state: Arc<Mutex<State>>,
}

impl Sink {
    pub fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/su-kien", listener.local_addr().unwrap());
        let state = Arc::new(Mutex::new(State { answer: "204 No Content".to_owned(), received: Vec::new() }));
        let shared = Arc::clone(&state);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut reader = BufReader::new(stream.try_clone().unwrap());
                let mut head = Vec::new();
                loop {
                    let mut line = String::new();
                    reader.read_line(&mut line).unwrap();
                    if line.trim().is_empty() {
                        break;
                    }
                    head.push(line.trim().to_owned());
                }
                let length = head.iter().find_map(|line| line.strip_prefix("content-length: "));
                let mut body = vec![0; length.and_then(|text| text.parse().ok()).unwrap_or(0)];
                reader.read_exact(&mut body).unwrap();
                let mut state = shared.lock().unwrap();
                state.received.push(Received { head, body: String::from_utf8(body).unwrap() });
                let answer =
                    format!("HTTP/1.1 {}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n", state.answer);
                stream.write_all(answer.as_bytes()).unwrap();
            }
        });
        Self { url, state }
    }

    /// From now on it answers so: `500 x`, with further lines of the head if any.
    pub fn answer(&self, answer: &str) {
        self.state.lock().unwrap().answer = answer.to_owned();
    }

    /// What came since it was last asked.
    pub fn received(&self) -> Vec<Received> {
        std::mem::take(&mut self.state.lock().unwrap().received)
    }
}
