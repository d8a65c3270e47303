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
    let mut tags = Vec::new();
    for (name, bytes) in parts.iter().filter(|(name, _)| holds_words(name)) {
        let nodes = read(bytes).map_err(|_| TemplateFault::Unreadable(name.clone()))?;
        fetches_nothing(&nodes)?;
        collect(&nodes, &mut tags);
    }
    are_known(&tags, &Values::of(specimen))
}

fn part<'a>(parts: &'a [Part], wanted: &str) -> Option<&'a [u8]> {
    parts.iter().find(|(name, _)| name == wanted).map(|(_, bytes)| bytes.as_slice())
}

fn is_document(parts: &[Part]) -> Checked {
    let types = part(parts, "[Content_Types].xml").and_then(|bytes| std::str::from_utf8(bytes).ok());
    match (types, part(parts, "word/document.xml")) {
        (Some(types), Some(_)) if types.contains("macroEnabled") => Err(TemplateFault::Macros),
        (Some(types), Some(_)) if types.contains(MAIN) => Ok(()),
        _ => Err(TemplateFault::NotDocx),
    }
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

fn instructions(nodes: &[Node], said: &mut String) {
    for element in elements(nodes) {
        match element.name.as_str() {
            "w:instrText" => element.text(said),
            "w:fldSimple" => said.push_str(&element.attribute("w:instr").unwrap_or_default()),
            _ => {}
        }
        instructions(&element.children, said);
    }
}

/// The tags of all controls.
fn collect(nodes: &[Node], tags: &mut Vec<String>) {
    for element in elements(nodes) {
        if element.name == "w:sdt" {
            tags.extend(super::fill::tag(element));
        }
        collect(&element.children, tags);
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
