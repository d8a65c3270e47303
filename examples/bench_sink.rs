//! For `deploy/bench.sh`: a mail server that takes every letter and keeps none, until standard input ends. Prints its
//! address; at the end how many letters came, and how many of them for the first time.

use std::collections::HashSet;
use std::error::Error;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};

/// The message ids that came, and how many letters.
type Taken = Arc<Mutex<(HashSet<String>, u64)>>;

fn main() -> Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("smtp://{}", listener.local_addr()?);
    let taken = Taken::default();
    let kept = taken.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let kept = kept.clone();
            // Whoever hangs up has had enough.
            std::thread::spawn(move || drop(talk(stream, &kept)));
        }
    });
    std::io::copy(&mut std::io::stdin(), &mut std::io::sink())?;
    let taken = taken.lock().unwrap_or_else(PoisonError::into_inner);
    println!("{} {}", taken.1, taken.0.len());
    Ok(())
}

fn talk(stream: TcpStream, taken: &Taken) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut out = stream.try_clone()?;
    let mut say = |line: &str| out.write_all(format!("{line}\r\n").as_bytes());
    let mut lines = BufReader::new(stream).lines();
    say("220 ready")?;
    while let Some(line) = lines.next().transpose()? {
        match line.get(..4).unwrap_or_default() {
            "EHLO" => say("250 8BITMIME")?,
            "DATA" => {
                say("354 go on")?;
                let mut id = String::new();
                for line in lines.by_ref().map_while(Result::ok).take_while(|line| line != ".") {
                    if id.is_empty() && line.starts_with("Message-ID: ") {
                        id = line;
                    }
                }
                let mut taken = taken.lock().unwrap_or_else(PoisonError::into_inner);
                taken.0.insert(id);
                taken.1 += 1;
                say("250 taken")?;
            }
            "QUIT" => return say("221 bye"),
            _ => say("250 ok")?,
        }
    }
    Ok(())
}
