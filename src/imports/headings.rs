//! Which column is which field: headings matched by meaning, never one heading for two fields and
//! never two headings for one field. What isn't clear is not used; it is listed with a guess.

use super::fields::Field;
use super::maps::HeadingMap;
use super::refusal::Unrecognised;
use super::synonyms::Vocabulary;
use super::workbook::{cell_name, column_name};
use crate::domain::words::{fold, tidy};

/// One column's heading; of two lines the group and the words below it.
#[derive(Debug, Clone)]
pub struct Heading {
    /// The column, from 0.
    pub column: u32,
    /// The row of its own words, from 1.
    pub row: u32,
    /// The heading of the group it stands in.
    pub group: Option<String>,
    /// Its own words.
    pub words: String,
}

impl Heading {
    /// The heading as shown to people.
    pub fn shown(&self) -> String {
        let words = tidy(&self.words);
        match &self.group {
            Some(group) => format!("{} / {words}", tidy(group)),
            None => words,
        }
    }

    fn combined(&self) -> String {
        match &self.group {
            Some(group) => format!("{group} {}", self.words),
            None => self.words.clone(),
        }
    }

    fn matches(&self, wanted: &str) -> bool {
        let key = heading_key(wanted);
        let ways = [&self.combined(), &self.words];
        !key.is_empty() && ways.iter().any(|way| heading_key(way) == key || heading_key(&bare(way)) == key)
    }
}

/// How surely a heading means a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// A second, less likely meaning of a weak wording.
    Remote,
    /// A wording that also serves for other things.
    Weak,
    /// A longer wording recognised by its phrases.
    Rule,
    /// An exact wording below a group heading.
    Below,
    /// An exact wording.
    Exact,
    /// Said by the person.
    Said,
}

impl Certainty {
    const DESCENDING: [Self; 5] = [Self::Exact, Self::Below, Self::Rule, Self::Weak, Self::Remote];

    /// What a recognised column adds to the score of a heading row.
    fn score(self) -> u32 {
        match self {
            Self::Said | Self::Exact => 10,
            Self::Below => 9,
            Self::Rule => 6,
            Self::Weak | Self::Remote => 3,
        }
    }
}

/// A column with its field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// The column, from 0.
    pub column: u32,
    /// The field it fills.
    pub field: Field,
    /// How surely.
    pub certainty: Certainty,
}

/// What the headings of one row mean.
#[derive(Debug, Clone, Default)]
pub struct Matched {
    /// The recognised columns by ascending column.
    pub columns: Vec<Column>,
    /// The headings that no field claims.
    pub unrecognised: Vec<Unrecognised>,
    /// Fields that two or more headings mean equally well, with those headings and their cells.
    pub ambiguous: Vec<(Field, Vec<(String, String)>)>,
    /// The maps that found their heading, by position.
    pub maps_used: Vec<usize>,
}

impl Matched {
    /// The column of a field.
    pub fn column(&self, field: Field) -> Option<u32> {
        self.columns.iter().find(|column| column.field == field).map(|column| column.column)
    }

    /// How good a heading row this is; a field that two headings claim is still a sign of one.
    pub fn score(&self) -> u32 {
        let contested = self.ambiguous.iter().map(|_| Certainty::Rule.score());
        self.columns.iter().map(|column| column.certainty.score()).chain(contested).sum()
    }
}

/// Whether the values below a heading speak for a field that its words only hint at.
pub type Evidence<'a> = &'a dyn Fn(u32, Field) -> bool;

/// Matches headings with the fields of a vocabulary.
pub fn match_headings(
    headings: &[Heading],
    vocabulary: &Vocabulary,
    maps: &[HeadingMap],
    evidence: Evidence<'_>,
) -> Matched {
    let mut out = Matched::default();
    let mut open: Vec<(&Heading, Vec<(Field, Certainty)>)> = Vec::new();
    for heading in headings {
        match said(heading, headings, maps) {
            Some((at, field)) => {
                out.maps_used.push(at);
                let certainty = Certainty::Said;
                out.columns.extend(field.map(|field| Column { column: heading.column, field, certainty }));
            }
            None => open.push((heading, candidates(heading, vocabulary))),
        }
    }
    find_said_twice(&mut out, headings);
    let mut contested: Vec<Field> = Vec::new();
    for certainty in Certainty::DESCENDING {
        assign(&mut out, &mut open, &mut contested, certainty, evidence);
    }
    for (heading, _) in &open {
        let guess = guess(heading, vocabulary);
        let cell = cell_name(heading.column, heading.row);
        out.unrecognised.push(Unrecognised { heading: heading.shown(), cell, guess });
    }
    out.columns.sort_by_key(|column| column.column);
    out
}

/// The map that names a heading: by its words, else by the letters of its column.
fn said(heading: &Heading, all: &[Heading], maps: &[HeadingMap]) -> Option<(usize, Option<Field>)> {
    let by_column = |map: &HeadingMap| {
        map.heading.eq_ignore_ascii_case(&column_name(heading.column))
            && !all.iter().any(|other| other.matches(&map.heading))
    };
    let named = maps.iter().enumerate();
    let mut found = named.filter(|(_, map)| by_column(map) || heading.matches(&map.heading));
    // The letters of a column are the more precise word of the two.
    let first = found.next()?;
    let best = std::iter::once(first).chain(found).max_by_key(|(_, map)| u8::from(by_column(map)));
    best.map(|(at, map)| (at, map.field))
}

/// Two headings said to mean one field are refused like two that mean it by themselves.
fn find_said_twice(out: &mut Matched, headings: &[Heading]) {
    let fields: Vec<Field> = out.columns.iter().map(|column| column.field).collect();
    for (at, field) in fields.iter().enumerate() {
        let twice = fields.iter().skip(at + 1).any(|other| other == field);
        if twice && !field.is_passed_over() && !out.ambiguous.iter().any(|(known, _)| known == field) {
            let same = |heading: &&Heading| {
                out.columns.iter().any(|column| column.column == heading.column && column.field == *field)
            };
            let named = headings.iter().filter(same).map(shown_with_cell).collect();
            out.ambiguous.push((*field, named));
        }
    }
}

/// Gives out the fields at one certainty: each to the only heading that means it so surely.
fn assign(
    out: &mut Matched,
    open: &mut Vec<(&Heading, Vec<(Field, Certainty)>)>,
    contested: &mut Vec<Field>,
    certainty: Certainty,
    evidence: Evidence<'_>,
) {
    for field in Field::ALL {
        let wants = |(heading, fields): &&(&Heading, Vec<(Field, Certainty)>)| {
            fields.contains(&(*field, certainty))
                && (certainty > Certainty::Weak || evidence(heading.column, *field))
        };
        let taken = out.column(*field).is_some() || contested.contains(field);
        if taken && !field.is_passed_over() {
            continue;
        }
        let contenders: Vec<&Heading> = open.iter().filter(wants).map(|(heading, _)| *heading).collect();
        if contenders.is_empty() {
            continue;
        }
        if contenders.len() > 1 && !field.is_passed_over() {
            contested.push(*field);
            if certainty >= Certainty::Below {
                out.ambiguous.push((*field, contenders.iter().map(|h| shown_with_cell(h)).collect()));
            }
            continue;
        }
        for heading in contenders {
            out.columns.push(Column { column: heading.column, field: *field, certainty });
            open.retain(|(other, _)| other.column != heading.column);
        }
    }
}

fn shown_with_cell(heading: &Heading) -> (String, String) {
    (heading.shown(), cell_name(heading.column, heading.row))
}

/// The fields a heading may mean, with the certainty of each.
fn candidates(heading: &Heading, vocabulary: &Vocabulary) -> Vec<(Field, Certainty)> {
    let combined = heading.combined();
    if let Some(field) = exact(&combined, vocabulary) {
        return vec![(field, Certainty::Exact)];
    }
    let below = heading.group.as_ref().and_then(|_| exact(&heading.words, vocabulary));
    if let Some(field) = below.filter(|field| !depends_on_group(*field)) {
        return vec![(field, Certainty::Below)];
    }
    match ruled(&heading_key(&bare(&combined)), vocabulary).as_slice() {
        [field] => return vec![(*field, Certainty::Rule)],
        [] => {}
        // Two meanings at once are no meaning.
        _ => return Vec::new(),
    }
    if let Some(field) = below {
        return vec![(field, Certainty::Below)];
    }
    let ways = [heading_key(&combined), heading_key(&bare(&combined)), heading_key(&bare(&heading.words))];
    let weak = vocabulary.wordings.iter().filter(|w| ways.iter().any(|way| w.weak.contains(&way.as_str())));
    let order = std::iter::once(Certainty::Weak).chain(std::iter::repeat(Certainty::Remote));
    let mut found: Vec<_> = weak.map(|wordings| wordings.field).zip(order).collect();
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

/// The one field whose exact wording this is, with or without what stands in brackets.
fn exact(words: &str, vocabulary: &Vocabulary) -> Option<Field> {
    [heading_key(words), heading_key(&bare(words))]
        .iter()
        .find_map(|key| vocabulary.wordings.iter().find(|w| w.exact.contains(&key.as_str())).map(|w| w.field))
}

/// Every field with a rule that a longer wording fulfils.
fn ruled(key: &str, vocabulary: &Vocabulary) -> Vec<Field> {
    let padded = format!(" {key} ");
    let has = |phrase: &&&str| padded.contains(&format!(" {phrase} "));
    let fulfilled = vocabulary.rules.iter().filter(|rule| {
        rule.all.iter().all(|group| group.iter().any(|p| has(&p))) && !rule.none.iter().any(|p| has(&p))
    });
    fulfilled.map(|rule| rule.field).collect()
}

/// The field whose wordings share most words with a heading; for a person to confirm.
fn guess(heading: &Heading, vocabulary: &Vocabulary) -> Option<Field> {
    let key = heading_key(&bare(&heading.combined()));
    if let [first, ..] = candidates(heading, vocabulary).as_slice() {
        return Some(first.0);
    }
    if let [first, ..] = ruled(&key, vocabulary).as_slice() {
        return Some(*first);
    }
    let tokens: Vec<&str> = key.split(' ').collect();
    let near = |phrase: &str| {
        let common = phrase.split(' ').filter(|token| tokens.contains(token)).count();
        let all = tokens.len() + phrase.split(' ').count() - common;
        common * 100 / all.max(1)
    };
    let best = |w: &super::synonyms::Wordings| w.exact.iter().map(|phrase| near(phrase)).max().unwrap_or(0);
    let nearest = vocabulary.wordings.iter().map(|w| (best(w), w.field)).max_by_key(|(score, _)| *score);
    nearest.filter(|(score, _)| *score >= 50).map(|(_, field)| field)
}

/// Words without what stands in brackets: units, explanations, column numbers.
fn bare(words: &str) -> String {
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
