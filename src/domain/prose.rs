//! Free text of several lines as it is kept: NFC, outer space gone, no control characters but line ends.

use unicode_normalization::UnicodeNormalization;

/// The text; `None` when nothing is left of it.
///
/// # Errors
/// It is longer than `most` characters, or has a control character in it.
pub fn read(text: &str, most: usize) -> Result<Option<String>, TooLong> {
    let text: String = text.replace("\r\n", "\n").nfc().collect();
    let text = text.trim();
    let is_wrong = text.chars().count() > most || text.chars().any(|c| c.is_control() && c != '\n');
    match (is_wrong, text.is_empty()) {
        (true, _) => Err(TooLong(most)),
        (false, true) => Ok(None),
        (false, false) => Ok(Some(text.to_owned())),
    }
}

/// The most characters it may have, none of them a control character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLong(pub usize);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_composed_and_bounded() {
        assert_eq!(read("  Cho\u{302}̀ y\u{301} kiến\r\nBộ  ", 20), Ok(Some("Chồ ý kiến\nBộ".into())));
        assert_eq!(read(" \n ", 5), Ok(None));
        assert_eq!([read("123456", 5), read("a\u{0}", 5)], [Err(TooLong(5)), Err(TooLong(5))]);
    }
}
