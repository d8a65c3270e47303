//! Which column is which field: headings matched by meaning, never one heading for two fields and
//! never two headings for one field. What isn't clear is not used; it is listed with a guess.

mod meaning;

pub use meaning::heading_key;
pub(super) use meaning::names_a_field;

use meaning::{bare, candidates, guess};

use super::fields::Field;
use super::maps::HeadingMap;
use super::refusal::Unrecognised;
use super::synonyms::Vocabulary;
use super::workbook::{cell_name, column_name};
use crate::domain::words::tidy;

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

    /// Whether these are all its words, those of its group included.
    fn is_called(&self, wanted: &str) -> bool {
        says(&self.combined(), wanted)
    }

    /// Whether these are its own words, whatever group it stands in.
    fn has_words(&self, wanted: &str) -> bool {
        says(&self.words, wanted)
    }
}

fn says(words: &str, wanted: &str) -> bool {
    let key = heading_key(wanted);
    !key.is_empty() && (heading_key(words) == key || heading_key(&bare(words)) == key)
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

/// A heading that no field has yet, with the fields it may mean.
type Open<'a> = (&'a Heading, Vec<(Field, Certainty)>);

/// Matches headings with the fields of a vocabulary.
pub fn match_headings(
    headings: &[Heading],
    vocabulary: &Vocabulary,
    maps: &[HeadingMap],
    evidence: Evidence<'_>,
) -> Matched {
    let mut out = Matched::default();
    let mut open: Vec<Open<'_>> = Vec::new();
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
    set_flags_aside(&mut open, evidence);
    tell_tt_from_stt(&mut open);
    let mut contested: Vec<Field> = Vec::new();
    for certainty in Certainty::DESCENDING {
        assign(&mut out, &mut open, &mut contested, certainty, evidence);
    }
    kinds_of_product(&mut out, headings, evidence);
    for (heading, fields) in &open {
        let guess = fields.first().map(|(field, _)| *field).or_else(|| guess(heading, vocabulary));
        let cell = cell_name(heading.column, heading.row);
        out.unrecognised.push(Unrecognised { heading: heading.shown(), cell, guess });
    }
    out.columns.sort_by_key(|column| column.column);
    out
}

/// A column "Nhiệm vụ trọng tâm" that only holds marks is no title beside a column that holds titles.
fn set_flags_aside(open: &mut [Open<'_>], evidence: Evidence<'_>) {
    let means_title = |fields: &[(Field, Certainty)]| fields.iter().any(|(field, _)| *field == Field::Title);
    let holds_titles = |(heading, fields): &Open<'_>| {
        means_title(fields.as_slice()) && evidence(heading.column, Field::Title)
    };
    if !open.iter().any(holds_titles) {
        return;
    }
    for (heading, fields) in open {
        if means_title(fields.as_slice()) && !evidence(heading.column, Field::Title) {
            *fields = vec![(Field::Category, Certainty::Remote)];
        }
    }
}

/// Beside "STT" the heading "TT" may be "tình trạng": its values decide.
fn tell_tt_from_stt(open: &mut [Open<'_>]) {
    let is_tt = |heading: &Heading| heading_key(&heading.words) == "tt" && heading.group.is_none();
    let ordinal = |fields: &[(Field, Certainty)]| fields.iter().any(|(field, _)| *field == Field::Ordinal);
    if open.iter().any(|(heading, fields)| ordinal(fields) && !is_tt(heading)) {
        for (_, fields) in open.iter_mut().filter(|(heading, _)| is_tt(heading)) {
            *fields = vec![(Field::Status, Certainty::Weak)];
        }
    }
}

/// "Hình thức văn bản" is the product's kind in a sheet that tells nothing else of products, nor of the
/// documents that give the tasks, when its values are kinds of products.
fn kinds_of_product(out: &mut Matched, headings: &[Heading], evidence: Evidence<'_>) {
    let elsewhere =
        [Field::Product, Field::SourceNumber, Field::SourceDate, Field::SourceAbstract, Field::SourceIssuer];
    if elsewhere.into_iter().any(|field| out.column(field).is_some()) {
        return;
    }
    for column in out.columns.iter_mut().filter(|column| column.field == Field::SourceKind) {
        let said = column.certainty == Certainty::Said;
        let alone = headings.iter().any(|h| h.column == column.column && h.group.is_none());
        if !said && alone && evidence(column.column, Field::Product) {
            column.field = Field::Product;
        }
    }
}

/// The map that names a heading: by the letters of its column, by all its words, or by its own words
/// when no heading is called that in full.
fn said(heading: &Heading, all: &[Heading], maps: &[HeadingMap]) -> Option<(usize, Option<Field>)> {
    let named = |map: &HeadingMap| {
        let called = all.iter().any(|other| other.is_called(&map.heading));
        if called { heading.is_called(&map.heading) } else { heading.has_words(&map.heading) }
    };
    let by_column = |map: &HeadingMap| {
        map.heading.eq_ignore_ascii_case(&column_name(heading.column))
            && !all.iter().any(|other| other.is_called(&map.heading) || other.has_words(&map.heading))
    };
    let mut found = maps.iter().enumerate().filter(|(_, map)| by_column(map) || named(map));
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
    open: &mut Vec<Open<'_>>,
    contested: &mut Vec<Field>,
    certainty: Certainty,
    evidence: Evidence<'_>,
) {
    for field in Field::ALL {
        let wants = |(heading, fields): &&Open<'_>| {
            let settled = certainty > Certainty::Weak || *field == Field::Title;
            fields.contains(&(*field, certainty)) && (settled || evidence(heading.column, *field))
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
            // Of two extensions neither may be lost without a word.
            if certainty >= Certainty::Below || (certainty == Certainty::Rule && *field == Field::ExtendedTo)
            {
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
