//! Which passwords may be chosen (QUALITY A1, A3): long enough, and more than what anybody would try first.
//!
//! What is looked at is the password folded ([`fold`]), without blanks and punctuation, without the words that stand
//! around the person, and without digits at its ends. What is left must be a password of its own. `common_passwords.txt`
//! has the most frequent ones of the public lists (those of zxcvbn, MIT licence) in that form, from eight letters on;
//! shorter ones are refused by what is left of them.

use std::collections::HashSet;

use super::words::fold;

/// The fewest characters beside a second factor.
pub const LEAST_WITH_FACTOR: usize = 12;

/// The fewest characters while a password is the only factor (NIST SP 800-63B-4).
pub const LEAST_ALONE: usize = 15;

/// What must be left of a password without the words that anybody could guess: letters, and different ones.
const LEAST_LEFT: usize = 8;
const LEAST_DISTINCT: usize = 5;

const COMMON: &str = include_str!("common_passwords.txt");

/// Words of this trade and rows of the keyboard.
const LOCAL: [&str; 24] = [
    "matkhau",
    "password",
    "passw0rd",
    "dondoc",
    "giaoban",
    "nhiemvu",
    "vanphong",
    "thutruong",
    "lanhdao",
    "chuyenvien",
    "quantri",
    "admin",
    "ministry",
    "tinhuy",
    "uyban",
    "chinhphu",
    "vietnam",
    "anhyeuem",
    "iloveyou",
    "qwertyuiop",
    "qwerty",
    "asdfghjkl",
    "zxcvbnm",
    "abcdefgh",
];

/// Whose password it will be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surroundings {
    /// The person's name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// The tenant's slug.
    pub tenant_slug: String,
    /// The tenant's name.
    pub tenant_name: String,
    /// Whether they have a second factor.
    pub has_factor: bool,
}

/// Why a password is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Fewer than so many characters.
    TooShort(usize),
    /// One that would be tried first.
    Common,
}

/// The fewest characters of a password.
pub fn least(has_factor: bool) -> usize {
    if has_factor { LEAST_WITH_FACTOR } else { LEAST_ALONE }
}

/// Why this person may not have this password, if they may not.
pub fn fault(password: &str, person: &Surroundings) -> Option<Fault> {
    let least = least(person.has_factor);
    if password.chars().count() < least {
        return Some(Fault::TooShort(least));
    }
    let mut left = bare(password);
    for word in words_around(person) {
        left = left.replace(&word, "");
    }
    let left = left.trim_matches(|c: char| c.is_numeric());
    let letters: Vec<char> = left.chars().collect();
    let distinct: HashSet<&char> = letters.iter().collect();
    let is_common = letters.len() < LEAST_LEFT
        || distinct.len() < LEAST_DISTINCT
        || is_repeated(&letters)
        || COMMON.lines().any(|common| common == left);
    is_common.then_some(Fault::Common)
}

/// Folded, without blanks and punctuation.
fn bare(text: &str) -> String {
    fold(text).chars().filter(|c| !c.is_whitespace() && !c.is_ascii_punctuation()).collect()
}

/// What anybody who knows the person would try, the longest first.
fn words_around(person: &Surroundings) -> Vec<String> {
    let local = person.email.split('@').next().unwrap_or_default();
    let mut words: Vec<String> = person.email.split(['@', '.']).map(bare).collect();
    words.extend([&person.name, &person.tenant_slug, &person.tenant_name, local].map(bare));
    words.extend(LOCAL.map(str::to_owned));
    words.retain(|word| word.chars().count() >= 4);
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words
}

/// Whether the same part stands there twice or more and nothing else.
fn is_repeated(letters: &[char]) -> bool {
    let parts = 1..=letters.len() / 2;
    parts.filter(|n| letters.len().is_multiple_of(*n)).any(|n| {
        let mut chunks = letters.chunks(n);
        let first = chunks.next();
        chunks.all(|chunk| Some(chunk) == first)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(has_factor: bool) -> Surroundings {
        Surroundings {
            name: "Chuyên viên Văn phòng".to_owned(),
            email: "thao.vp@btttt.example".to_owned(),
            tenant_slug: "btttt".to_owned(),
            tenant_name: "Bộ Thông tin và Truyền thông".to_owned(),
            has_factor,
        }
    }

    #[test]
    fn the_length_asked_for_depends_on_the_second_factor() {
        assert_eq!(fault("hoa nở tháng ba", &person(false)), None);
        assert_eq!(fault("hoa nở tháng 3", &person(false)), Some(Fault::TooShort(15)));
        assert_eq!(fault("hoa nở tháng 3", &person(true)), None);
        assert_eq!(fault("hoa nở nhà", &person(true)), Some(Fault::TooShort(12)));
    }

    #[test]
    fn what_anybody_would_try_is_refused() {
        for tried in [
            "matkhau123456789",
            "Mật Khẩu 123456789!",
            "BộThôngTinVàTruyềnThông2024",
            "thao.vp@btttt.example",
            "dondoc-dondoc-dondoc",
            "Chuyên viên Văn phòng 2024",
            "1234567890123456",
            "qwertyuiopasdfghjkl",
            "aaaaaaaaaaaaaaaaaaaa",
            "abcabcabcabcabcabc",
            "monkeymonkeymonkey",
            "basketball2024!!",
            "................",
        ] {
            assert_eq!(fault(tried, &person(false)), Some(Fault::Common), "{tried}");
        }
    }

    #[test]
    fn sentences_and_random_letters_are_taken() {
        for good in [
            "một câu dài dễ nhớ",
            "mật khẩu của tôi rất dài và khó",
            "k7tm-w2qz-p9ra-x4vd",
            "correct horse battery staple",
            "🌸🌊🔥🌙⭐🍀🌻🌈🍁🍂🌵🌴🌲🌳🌾",
        ] {
            assert_eq!(fault(good, &person(false)), None, "{good}");
        }
        assert!(COMMON.lines().count() > 3_000);
        assert!(COMMON.lines().all(|word| word == bare(word) && word.chars().count() >= LEAST_LEFT));
    }
}
