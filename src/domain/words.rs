//! How words typed by people are compared: one spelling a word, whatever the keyboard did.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// Tone marks of Vietnamese as combining characters: grave, acute, tilde, hook above, dot below.
const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];

/// The text as it is kept: NFC, outer spaces gone, every run of white space one space.
pub fn tidy(text: &str) -> String {
    let composed: String = text.nfc().filter(|c| !matches!(c, '\u{200b}' | '\u{feff}')).collect();
    composed.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The key under which two spellings of the same words are equal: any case, any spacing, composed or
/// decomposed, and the tone mark on either vowel (`hoà` and `hòa`). Accents still count.
pub fn key(text: &str) -> String {
    let lower = tidy(text).to_lowercase();
    let mut out = String::with_capacity(lower.len());
    let mut tone: Option<char> = None;
    for c in lower.nfd() {
        if TONES.contains(&c) {
            tone = Some(c);
            continue;
        }
        if !c.is_alphabetic() && !is_mark(c) {
            out.extend(tone.take());
        }
        out.push(c);
    }
    out.extend(tone);
    out
}

/// The key for search and for headings: lower case, no accents, `đ` as `d` (`dak` finds `Đắk`).
pub fn fold(text: &str) -> String {
    tidy(text).to_lowercase().nfd().filter(|c| !is_mark(*c)).map(|c| if c == 'đ' { 'd' } else { c }).collect()
}

/// A cell of a table that a spreadsheet shall show and not compute: what it would take for a formula gets an apostrophe
/// in front.
pub fn as_cell(text: &str) -> Cow<'_, str> {
    let computes = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];
    if text.starts_with(computes) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// A combining mark of the block that Vietnamese letters decompose to.
fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tone_may_stand_on_either_vowel() {
        assert_eq!(key("Khoá hoà  bình"), key("khóa HÒA bình"));
        assert_ne!(key("Hòa"), key("Hoa"));
        assert_ne!(key("Đạo"), key("Dạo"));
        assert_eq!(key("Thu\u{309}y"), key("Thuỷ"));
    }

    #[test]
    fn no_cell_is_taken_for_a_formula() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠1"] {
            assert_eq!(as_cell(formula), format!("'{formula}"));
        }
        assert_eq!([as_cell(""), as_cell("1-2"), as_cell("'=1")], ["", "1-2", "'=1"]);
    }

    #[test]
    fn folding_drops_accents_and_case() {
        assert_eq!(fold("  Quá\n HẠN "), "qua han");
        assert_eq!(fold("Đắk Lắk"), "dak lak");
    }
}
