//! Whether a template is taken.

use super::tree::{Element, Node, elements, read};
use super::{REQUIRED, Values, holds_words};
use crate::documents::model::Document;
use crate::documents::parcel::{Part, unpack};
use crate::domain::template::{LARGEST_TEMPLATE, TemplateFault};

type Checked = Result<(), TemplateFault>;

/// Fields that fetch or run something when a document is opened.
const FETCHING: [&str; 6] = ["INCLUDETEXT", "INCLUDEPICTURE", "DDE", "LINK ", "MACROBUTTON", "DATABASE"];

const MAIN: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";

/// Looks whether a file is a template that the specimen fills.
///
/// # Errors
/// The first thing that is wrong with it.
pub fn inspect(file: &[u8], specimen: &Document) -> Checked {
    if file.len() as u64 > LARGEST_TEMPLATE {
        return Err(TemplateFault::TooLarge);
    }
    let parts = unpack(file)?;
    is_document(&parts)?;
    has_no_program(&parts)?;
    parts.iter().filter(|(name, _)| name.ends_with(".rels")).try_for_each(stays_inside)?;
    let mut found = Found::default();
    for (name, bytes) in parts.iter().filter(|(name, _)| name.to_lowercase().ends_with(".xml")) {
        let nodes = read(bytes).map_err(|_| TemplateFault::Unreadable(name.clone()))?;
        fetches_nothing(&nodes)?;
        if holds_words(name) {
            found.collect(&nodes, None);
        }
    }
    if found.largest_row > LARGEST_ROW || found.rows > MOST_ROWS {
        return Err(TemplateFault::Bomb);
    }
    if !found.misplaced.is_empty() {
        return Err(TemplateFault::Unknown(found.misplaced));
    }
    are_known(&found.tags, &Values::of(specimen))
}

fn part<'a>(parts: &'a [Part], wanted: &str) -> Option<&'a [u8]> {
    parts.iter().find(|(name, _)| name == wanted).map(|(_, bytes)| bytes.as_slice())
}

fn is_document(parts: &[Part]) -> Checked {
    let types = part(parts, "[Content_Types].xml").and_then(|bytes| std::str::from_utf8(bytes).ok());
    match (types, part(parts, "word/document.xml")) {
        (Some(types), Some(_)) if types.contains("macroEnabled") => Err(TemplateFault::Macros),
        (Some(types), Some(_)) if types.contains(MAIN) && is_main(parts) => Ok(()),
        _ => Err(TemplateFault::NotDocx),
    }
}

/// Whether the part that is looked at is the one that is opened.
fn is_main(parts: &[Part]) -> bool {
    let relations = part(parts, "_rels/.rels").and_then(|bytes| read(bytes).ok()).unwrap_or_default();
    let mut main = elements(&relations)
        .flat_map(Element::elements)
        .filter(|relation| relation.attribute("Type").is_some_and(|kind| kind.ends_with("/officeDocument")))
        .map(|relation| relation.attribute("Target").unwrap_or_default());
    main.next().is_some_and(|target| target.trim_start_matches('/') == "word/document.xml")
        && main.next().is_none()
}

fn has_no_program(parts: &[Part]) -> Checked {
    let runs = |name: &str| {
        let name = name.to_lowercase();
        name.contains("vba")
            || name.contains("activex")
            || name.contains("/embeddings/")
            || name.ends_with(".bin")
    };
    if parts.iter().any(|(name, _)| runs(name)) { Err(TemplateFault::Macros) } else { Ok(()) }
}

/// No relation leads out of the package.
fn stays_inside((name, bytes): &Part) -> Checked {
    let nodes = read(bytes).map_err(|_| TemplateFault::Unreadable(name.clone()))?;
    let relations = elements(&nodes).flat_map(Element::elements);
    for relation in relations {
        if relation.attribute("TargetMode").is_some_and(|mode| mode.eq_ignore_ascii_case("external")) {
            return Err(TemplateFault::Outside(relation.attribute("Target").unwrap_or_default()));
        }
        if relation.attribute("Type").is_some_and(|kind| kind.ends_with("/aFChunk")) {
            return Err(TemplateFault::Outside("altChunk".to_owned()));
        }
    }
    Ok(())
}

/// The instructions of all fields together, as one may be split over several runs.
fn fetches_nothing(nodes: &[Node]) -> Checked {
    let mut said = String::new();
    instructions(nodes, &mut said);
    let said = said.to_uppercase();
    match FETCHING.iter().find(|word| said.contains(**word)) {
        Some(word) => Err(TemplateFault::Outside((*word).trim_end().to_owned())),
        None => Ok(()),
    }
}

/// Text as it is read; as it is written where it can't be.
fn plain(written: &str) -> String {
    quick_xml::escape::unescape(written).map_or_else(|_| written.to_owned(), |text| text.into_owned())
}

fn instructions(nodes: &[Node], said: &mut String) {
    for element in elements(nodes) {
        // By whatever prefix, and by whatever way the letters are written.
        match element.name.rsplit(':').next().unwrap_or_default() {
            "instrText" => {
                let mut text = String::new();
                element.text(&mut text);
                said.push_str(&plain(&text));
            }
            "fldSimple" => said.push_str(&plain(&element.attributes)),
            _ => {}
        }
        instructions(&element.children, said);
    }
}

/// A row that is written once for each row of a table: how much it may hold, and how many such rows there may be.
const LARGEST_ROW: usize = 64 * 1024;
const MOST_ROWS: usize = 60;

/// What the controls of a template are.
#[derive(Default)]
struct Found {
    tags: Vec<String>,
    /// The tags of a table's cells that stand outside its row.
    misplaced: Vec<String>,
    rows: usize,
    largest_row: usize,
}

impl Found {
    /// `row` is the table whose row the nodes stand in.
    fn collect(&mut self, nodes: &[Node], row: Option<&str>) {
        for element in elements(nodes) {
            let own =
                (element.name == "w:tr" && row.is_none()).then(|| super::fill::table_tag(element)).flatten();
            if own.is_some() {
                let mut text = String::new();
                super::tree::write(&[Node::Element(element.clone())], &mut text);
                self.rows += 1;
                self.largest_row = self.largest_row.max(text.len());
            }
            let row = own.as_deref().and_then(|tag| tag.split_once('.')).map(|(table, _)| table).or(row);
            if element.name == "w:sdt"
                && let Some(tag) = super::fill::tag(element)
            {
                if tag.split_once('.').is_some_and(|(table, _)| row != Some(table)) {
                    self.misplaced.push(tag.clone());
                }
                self.tags.push(tag);
            }
            self.collect(&element.children, row);
        }
    }
}

fn are_known(tags: &[String], values: &Values<'_>) -> Checked {
    let mut unknown: Vec<String> = tags.iter().filter(|tag| !values.knows(tag)).cloned().collect();
    unknown.sort();
    unknown.dedup();
    if !unknown.is_empty() {
        return Err(TemplateFault::Unknown(unknown));
    }
    let missing = REQUIRED.iter().filter(|needed| !tags.iter().any(|tag| tag == *needed));
    let missing: Vec<String> = missing.map(|tag| (*tag).to_owned()).collect();
    if missing.is_empty() { Ok(()) } else { Err(TemplateFault::Missing(missing)) }
}
