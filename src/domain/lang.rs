//! The languages a reader may have; `text/` has the sentences.

use super::vocabulary::vocabulary;

vocabulary! {
    /// The reader's language.
    #[derive(Default)]
    Lang {
        /// Vietnamese, the default.
        #[default]
        Vi = "vi",
        /// English.
        En = "en",
    }
}
