//! How a closed vocabulary is declared: each value with its stored code and, where people type it, its words.

/// Declares a closed vocabulary: the variants, their stored codes, and the typed words of each if any.
macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// Every value, in the order in which it is listed to people.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The code that is stored and sent.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The value of a stored code.
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }
        }
    };
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal [$($word:literal),*]),+ $(,)? }) => {
        $crate::domain::vocabulary::vocabulary! { $(#[$doc])* $name { $($(#[$vdoc])* $variant = $code),+ } }

        impl $name {
            /// The value that the words typed in a sheet mean, any case and spacing.
            pub fn from_words(words: &str) -> Option<Self> {
                let wanted = $crate::domain::words::key(words);
                let typed: &[(Self, &[&str])] = &[$((Self::$variant, &[$($word),*])),+];
                typed
                    .iter()
                    .find(|(_, list)| list.iter().any(|w| $crate::domain::words::key(w) == wanted))
                    .map(|(value, _)| *value)
            }
        }
    };
}

pub(super) use vocabulary;
