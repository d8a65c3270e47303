//! The sentences of the pages. A template holds none: it asks [`Words`], which every view carries.
//!
//! A fixed sentence is one line of `sentences!` with both languages, so that a missing translation does not
//! compile. A sentence with numbers is a function of its own; where the numbers are links it returns
//! [`Piece`]s, so that each language keeps its own order and nothing is glued together in a template.

mod account;
mod audit;
mod briefing;
mod calendar;
mod campaigns;
mod dashboard;
mod decisions;
mod evaluation;
mod files;
mod finding;
mod history;
mod life;
mod mail;
mod manners;
mod mark;
mod message;
mod paper;
mod password;
mod people;
mod recurring;
mod settings;
mod shell;
mod sign_in;
mod start;
mod task;
mod tasks;
mod template;
mod units;
mod urging;
mod why;

use super::Lang;
pub use audit::ACTS;
pub use mark::Mark;
pub use message::Trouble;
pub use task::{Deadline, Why};

/// The sentences in the reader's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words(pub Lang);

impl Words {
    /// The language's code for `<html lang>`.
    pub fn lang(self) -> &'static str {
        self.0.code()
    }

    /// The text of the reader's language.
    fn pick<T>(self, vi: T, en: T) -> T {
        match self.0 {
            Lang::Vi => vi,
            Lang::En => en,
        }
    }
}

/// A part of a sentence: its own words, or the place of a number that the template shows as a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a, T> {
    /// Words.
    Text(&'static str),
    /// A number.
    Slot(&'a T),
}

impl<'a, T> Piece<'a, T> {
    /// The words, empty where a number stands.
    pub fn text(&self) -> &'static str {
        match self {
            Self::Text(text) => text,
            Self::Slot(_) => "",
        }
    }

    /// The number, when one stands here.
    pub fn slot(&self) -> Option<&'a T> {
        match self {
            Self::Text(_) => None,
            Self::Slot(slot) => Some(slot),
        }
    }
}

/// Cuts a sentence at `{0}`, `{1}` … and puts the numbers there; a place without a number stays empty.
fn fill<'a, T>(sentence: &'static str, slots: &[&'a T]) -> Vec<Piece<'a, T>> {
    let mut pieces = Vec::new();
    for part in sentence.split('{') {
        let text = match part.split_once('}') {
            Some((place, rest)) => {
                let slot = place.parse::<usize>().ok().and_then(|place| slots.get(place));
                pieces.extend(slot.map(|slot| Piece::Slot(*slot)));
                rest
            }
            None => part,
        };
        if !text.is_empty() {
            pieces.push(Piece::Text(text));
        }
    }
    pieces
}

/// Fixed sentences: a name, the Vietnamese, the English.
macro_rules! sentences {
    ($($name:ident: $vi:literal, $en:literal;)*) => {
        impl crate::text::pages::Words {
            $(
                #[doc = concat!("`", $vi, "`")]
                pub fn $name(self) -> &'static str {
                    self.pick($vi, $en)
                }
            )*
        }
    };
}
use sentences;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_where_the_sentence_has_their_place() {
        let pieces = fill("{1} nhiệm vụ của {0} đơn vị", &[&13, &32]);
        let shown: Vec<String> = pieces
            .iter()
            .map(|piece| piece.slot().map_or_else(|| piece.text().to_owned(), ToString::to_string))
            .collect();
        assert_eq!(shown.concat(), "32 nhiệm vụ của 13 đơn vị");
        assert_eq!(fill::<u8>("không có số", &[]), [Piece::Text("không có số")]);
    }
}
