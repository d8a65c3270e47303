//! A letter to the byte. Built by lettre's builder alone, which encodes every value; what came from people is made one
//! line first, so that no name or title can begin a header.

use std::time::SystemTime;

use chrono::{DateTime, Utc};
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::{Address, Message};

use super::{Letter, Words};
use crate::error::{Error, Result};

/// A text without line ends or other control characters.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>().trim().to_owned()
}

/// Reads the sender: `Đôn đốc <nhac-viec@mail.example>` or the bare address.
pub fn sender(text: &str) -> Option<Mailbox> {
    text.parse().ok()
}

fn fault(what: &str, error: impl std::fmt::Display) -> Error {
    Error::Internal(format!("a letter can't be built ({what}): {error}"))
}

fn header(name: &'static str, value: String) -> Result<HeaderValue> {
    let name = HeaderName::new_from_ascii(name.to_owned()).map_err(|e| fault(name, e))?;
    Ok(HeaderValue::new(name, value))
}

/// The message id of a letter: the same whenever it is asked for.
pub(super) fn message_id(letter: &Letter, from: &Mailbox) -> String {
    format!("<{}@{}>", letter.id, from.email.domain())
}

/// The whole letter.
///
/// # Errors
/// The address is none.
pub(super) fn build(letter: &Letter, from: &Mailbox, words: &Words, now: DateTime<Utc>) -> Result<Vec<u8>> {
    let to: Address = letter.address.parse().map_err(|e| fault("address", e))?;
    let mut builder = Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, to))
        .subject(one_line(&words.subject))
        .date(SystemTime::from(now))
        .message_id(Some(message_id(letter, from)))
        .raw_header(header("Auto-Submitted", "auto-generated".to_owned())?)
        .raw_header(header("X-Auto-Response-Suppress", "All".to_owned())?)
        .raw_header(header("List-Id", format!("<{}.{}>", letter.kind, from.email.domain()))?);
    if let Some(address) = &words.unsubscribe {
        builder = builder
            .raw_header(header("List-Unsubscribe", format!("<{}>", one_line(address)))?)
            .raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned())?);
    }
    let body = MultiPart::alternative_plain_html(words.text.clone(), words.html.clone());
    Ok(builder.multipart(body).map_err(|e| fault("body", e))?.formatted())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::lang::Lang;

    fn letter(address: &str) -> Letter {
        Letter {
            id: uuid::Uuid::from_u128(7),
            kind: "digest".to_owned(),
            person: None,
            address: address.to_owned(),
            day: "2024-11-29".parse().unwrap(),
            lang: Lang::Vi,
            payload: serde_json::Value::Null,
        }
    }

    fn built(address: &str, subject: &str) -> Result<String> {
        let words = Words {
            subject: subject.to_owned(),
            text: "Chào bạn\r\n.\r\nMAIL FROM:<x@y>".to_owned(),
            html: "<p>Chào bạn</p>".to_owned(),
            unsubscribe: Some("https://dondoc.example/u/1\r\nBcc: x@evil.example".to_owned()),
        };
        let from = sender("Đôn đốc <nhac@dondoc.example>").unwrap();
        build(&letter(address), &from, &words, "2024-11-29T00:00:00Z".parse().unwrap())
            .map(|bytes| String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn nothing_in_a_value_begins_a_header() {
        for bad in
            ["x\r\nBcc: a@evil.example", "x\nBcc: a@evil.example", "x\rBcc: a@evil.example", "x\0Bcc: a"]
        {
            let whole = built("a@b.example", bad).unwrap();
            let head = whole.split("\r\n\r\n").next().unwrap();
            assert!(!head.lines().any(|line| line.to_lowercase().starts_with("bcc")), "{head}");
            assert!(!head.contains('\0'), "{head}");
            assert_eq!(head.matches("Subject:").count(), 1);
        }
        assert!(built("a@b.example\r\nRCPT TO:<c@d>", "x").is_err());
        assert!(built("a b@c", "x").is_err());
    }

    #[test]
    fn a_letter_says_what_it_is() {
        let whole = built("a@b.example", "Nhắc việc ngày 29/11/2024").unwrap();
        for expected in [
            "Message-ID: <00000000-0000-0000-0000-000000000007@dondoc.example>",
            "Date: Fri, 29 Nov 2024 00:00:00 +0000",
            "Auto-Submitted: auto-generated",
            "X-Auto-Response-Suppress: All",
            "List-Id: <digest.dondoc.example>",
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
            "multipart/alternative",
        ] {
            assert!(whole.contains(expected), "{expected} is not in {whole}");
        }
        assert!(whole.find("text/plain").unwrap() < whole.find("text/html").unwrap(), "text first");
    }
}
