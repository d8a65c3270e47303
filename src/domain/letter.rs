//! What becomes of a letter, as people are told of it.

use super::vocabulary::vocabulary;

vocabulary! {
    /// How far a letter has come.
    LetterState {
        /// It is to be sent, or is being sent.
        Planned = "planned",
        /// A server took it.
        Sent = "sent",
        /// It was not worth sending; its reason says why.
        Skipped = "skipped",
        /// It was given up.
        Dead = "dead",
    }
}

impl LetterState {
    /// The states of the outbox's rows that this stands for.
    pub fn rows(self) -> &'static [&'static str] {
        match self {
            Self::Planned => &["planned", "sending"],
            Self::Sent => &["sent"],
            Self::Skipped => &["skipped"],
            Self::Dead => &["dead"],
        }
    }

    /// What a row's state is told as.
    pub fn of_row(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|state| state.rows().contains(&code))
    }
}
