//! The letter that tells an administrator of a head who ended what is not overdue, and the form of all such notices.

use std::collections::BTreeMap;

use super::REST_OFF;
use crate::domain::lang::Lang;
use crate::mail::{Composer, Composition, Letter, Words};
use crate::text::letters;

/// Who composes it.
pub fn composers() -> BTreeMap<&'static str, Composer> {
    let composer: Composer =
        Box::new(|_, letters| Ok(letters.iter().map(|letter| Composition::Words(worded(letter))).collect()));
    BTreeMap::from([(REST_OFF, composer)])
}

fn worded(letter: &Letter) -> Words {
    let head = letter.payload.get("head").and_then(|head| head.as_str()).unwrap_or_default();
    let (subject, lines) = letters::rest_off(letter.lang, head);
    notice(letter.lang, subject, &lines)
}

/// A short letter of a subject and some lines, which nobody need answer.
pub fn notice(lang: Lang, subject: String, lines: &[String]) -> Words {
    let last = letters::no_answer(lang);
    let html: String = lines.iter().map(|line| format!("<p>{}</p>", letters::escaped(line))).collect();
    Words {
        text: format!("{}\n\n{last}\n", lines.join("\n\n")),
        html: format!(
            "<!doctype html><html lang=\"{}\"><body>{html}<p>{last}</p></body></html>",
            lang.code()
        ),
        subject,
        unsubscribe: None,
    }
}
