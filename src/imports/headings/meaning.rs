//! What the words of one heading may mean. A field that the vocabulary's vetoes take away stays away:
//! no looser match brings it back.

use super::{Certainty, Heading};
use crate::domain::words::fold;
use crate::imports::fields::Field;
use crate::imports::synonyms::{Rule, Vocabulary};

/// The fields a heading may mean, with the certainty of each.
pub(super) fn candidates(heading: &Heading, vocabulary: &Vocabulary) -> Vec<(Field, Certainty)> {
    let mut found = unchecked(heading, vocabulary);
    let whole = heading_key(&heading.combined());
    found.retain(|(field, _)| {
        wording(&whole, vocabulary) == Some(*field) || !is_vetoed(*field, heading, vocabulary)
    });
    found
}

fn unchecked(heading: &Heading, vocabulary: &Vocabulary) -> Vec<(Field, Certainty)> {
    let combined = heading.combined();
    let whole = heading_key(&combined);
    let stands = |field: &Field| !is_vetoed(*field, heading, vocabulary);
    if let Some(field) = wording(&whole, vocabulary) {
        return vec![(field, Certainty::Exact)];
    }
    if let Some(field) = exact(&combined, vocabulary).filter(stands) {
        return vec![(field, Certainty::Exact)];
    }
    let below = heading.group.as_ref().and_then(|_| exact(&heading.words, vocabulary)).filter(stands);
    if let Some(field) = below.filter(|field| !depends_on_group(*field)) {
        return vec![(field, Certainty::Below)];
    }
    let mut ruled_in = ruled(&telling_key(&combined), vocabulary);
    ruled_in.retain(stands);
    match ruled_in.as_slice() {
        [field] => return vec![(*field, Certainty::Rule)],
        [] => {}
        // Two meanings at once are no meaning.
        _ => return Vec::new(),
    }
    if let Some(field) = below {
        return vec![(field, Certainty::Below)];
    }
    let ways = [whole.clone(), telling_key(&combined), telling_key(&heading.words)];
    let weak = vocabulary.wordings.iter().filter(|w| ways.iter().any(|way| w.weak.contains(&way.as_str())));
    let order = std::iter::once(Certainty::Weak).chain(std::iter::repeat(Certainty::Remote));
    let mut found: Vec<_> = weak.map(|wordings| wordings.field).filter(stands).zip(order).collect();
    if found.is_empty()
        && heading.group.is_some()
        && let [field] = ruled(&heading_key(&bare(&heading.words)), vocabulary).as_slice()
    {
        found.push((*field, Certainty::Weak));
    }
    found
}

/// A number or a date below a group heading is that group's: of the document given or of the product.
fn depends_on_group(field: Field) -> bool {
    matches!(field, Field::SourceNumber | Field::SourceDate | Field::SourceKind | Field::SourceAbstract)
}

/// Whether words are an exact wording of some field.
pub fn names_a_field(words: &str, vocabulary: &Vocabulary) -> bool {
    exact(words, vocabulary).is_some()
}

/// The one field whose exact wording this is, with or without what stands in brackets.
fn exact(words: &str, vocabulary: &Vocabulary) -> Option<Field> {
    wording(&heading_key(words), vocabulary).or_else(|| wording(&heading_key(&bare(words)), vocabulary))
}

/// The one field whose exact wording a key is.
fn wording(key: &str, vocabulary: &Vocabulary) -> Option<Field> {
    vocabulary.wordings.iter().find(|w| w.exact.contains(&key)).map(|w| w.field)
}

fn says(key: &str, phrase: &str) -> bool {
    format!(" {key} ").contains(&format!(" {phrase} "))
}

fn is_vetoed(field: Field, heading: &Heading, vocabulary: &Vocabulary) -> bool {
    let (whole, own) = (heading_key(&heading.combined()), heading_key(&heading.words));
    let mut vetoes = vocabulary.vetoes.iter().filter(|veto| veto.field == field);
    vetoes.any(|veto| {
        veto.phrases.iter().any(|phrase| says(&whole, phrase))
            || veto.own.iter().any(|phrase| says(&own, phrase))
    })
}

/// Every field with a rule that a longer wording fulfils.
fn ruled(key: &str, vocabulary: &Vocabulary) -> Vec<Field> {
    let mut fields: Vec<Field> = fulfilled(vocabulary.rules, key).collect();
    fields.sort_unstable();
    fields.dedup();
    fields
}

fn fulfilled<'a>(rules: &'a [Rule], key: &'a str) -> impl Iterator<Item = Field> + 'a {
    let fulfils = |rule: &&Rule| {
        rule.all.iter().all(|group| group.iter().any(|phrase| says(key, phrase)))
            && !rule.none.iter().any(|phrase| says(key, phrase))
    };
    rules.iter().filter(fulfils).map(|rule| rule.field)
}

/// A heading of which no field is worth proposing.
const MEANS_NOTHING: [&str; 1] = ["ngay thuc hien"];

/// The field a heading most likely means: by a rule, else by sharing most words; for a person to
/// confirm.
pub(super) fn guess(heading: &Heading, vocabulary: &Vocabulary) -> Option<Field> {
    let whole = heading_key(&heading.combined());
    let key = heading_key(&bare(&heading.combined()));
    if MEANS_NOTHING.contains(&key.as_str()) {
        return None;
    }
    let stands = |field: &Field| !is_vetoed(*field, heading, vocabulary);
    if let Some(field) = ruled(&whole, vocabulary).into_iter().find(stands) {
        return Some(field);
    }
    if let Some(field) = fulfilled(vocabulary.guesses, &whole).next() {
        return Some(field);
    }
    let tokens: Vec<&str> = key.split(' ').collect();
    let near = |phrase: &str| {
        let common = phrase.split(' ').filter(|token| tokens.contains(token)).count();
        let all = tokens.len() + phrase.split(' ').count() - common;
        common * 100 / all.max(1)
    };
    let best =
        |w: &crate::imports::synonyms::Wordings| w.exact.iter().map(|phrase| near(phrase)).max().unwrap_or(0);
    let standing = vocabulary.wordings.iter().filter(|w| stands(&w.field));
    let nearest = standing.map(|w| (best(w), w.field)).max_by_key(|(score, _)| *score);
    nearest.filter(|(score, _)| *score >= 50).map(|(_, field)| field)
}

/// Words in brackets that change what a heading means.
const TELLING: [&str; 28] = [
    "so van ban",
    "so ky hieu",
    "van ban so",
    "ngay van ban",
    "du kien",
    "dk",
    "ke hoach",
    "kh",
    "yeu cau",
    "cam ket",
    "quy dinh",
    "duoc giao",
    "van ban giao",
    "ban dau",
    "moi",
    "phai",
    "thuc te",
    "gia han",
    "dieu chinh",
    "ngay hoan thanh",
    "ket qua",
    "san pham",
    "planned",
    "expected",
    "estimated",
    "scheduled",
    "required",
    "target",
];

/// The key without what stands in brackets, unless that is telling.
fn telling_key(words: &str) -> String {
    let (whole, key) = (heading_key(words), heading_key(&bare(words)));
    let told = TELLING.iter().any(|phrase| says(&whole, phrase) && !says(&key, phrase));
    if told { whole } else { key }
}

/// Words without what stands in brackets: units, explanations, column numbers.
pub(super) fn bare(words: &str) -> String {
    let mut depth = 0u32;
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
        if depth > 0 && matches!(c, '(' | '[') {
            out.push(' ');
        }
    }
    out
}

/// The abbreviations of offices, spelled out so that each wording is listed once.
const ABBREVIATIONS: [(&str, &str); 8] = [
    ("nv", "nhiem vu"),
    ("vb", "van ban"),
    ("cq", "co quan"),
    ("dv", "don vi"),
    ("ht", "hoan thanh"),
    ("sp", "san pham"),
    ("tg", "thoi gian"),
    ("kq", "ket qua"),
];

/// The key under which headings are compared: no case, accents, punctuation or extra spaces, and the
/// usual abbreviations spelled out.
pub fn heading_key(words: &str) -> String {
    let spelled = words.replace('%', " phan tram ");
    let plain: String = fold(&spelled).chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    plain.split_whitespace().map(spelled_out).collect::<Vec<_>>().join(" ")
}

fn spelled_out(token: &str) -> &str {
    ABBREVIATIONS.iter().find(|(short, _)| *short == token).map_or(token, |(_, long)| *long)
}
