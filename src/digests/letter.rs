//! A finished letter.

/// What a letter says; whom it is for stands beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The subject: one line, at most sixty characters.
    pub subject: String,
    /// The whole as plain text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
}

impl Letter {
    /// How many bytes both parts take when they are sent: base64 in lines of 76.
    pub fn encoded_len(&self) -> usize {
        let encoded = |part: &str| part.len().div_ceil(57) * 78;
        encoded(&self.text) + encoded(&self.html)
    }
}
