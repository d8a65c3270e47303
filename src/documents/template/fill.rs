//! Filling: each control takes the words of its tag in the look of what stood there.

use super::tree::{Element, Node, read, write};
use super::{Values, holds_words};
use crate::documents::model::{Cell, Document, Table};
use crate::documents::parcel::{pack, unpack};
use crate::documents::report::shown;
use crate::documents::xml::Xml;
use crate::error::{Error, Result};

/// The document in the form of a template that [`super::inspect`] has taken. What the document has nothing for is left
/// empty, and a table's row that stands for none goes.
///
/// # Errors
/// The template was never looked at.
pub fn fill(template: &[u8], document: &Document) -> Result<Vec<u8>> {
    let broken = |what: String| Error::Internal(format!("a kept template can't be filled: {what}"));
    let mut parts = unpack(template).map_err(|fault| broken(format!("{fault:?}")))?;
    let values = Values::of(document);
    for (name, bytes) in parts.iter_mut().filter(|(name, _)| holds_words(name)) {
        let mut nodes = read(bytes).map_err(|_| broken(name.clone()))?;
        nodes = filled(nodes, &values, None);
        let mut text = String::with_capacity(bytes.len() * 2);
        write(&nodes, &mut text);
        *bytes = text.into_bytes();
    }
    pack(parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())))
}

/// The row of a table that is being filled.
type Row<'a> = Option<(&'a Table, &'a [Cell])>;

/// The tag of a control.
pub(super) fn tag(control: &Element) -> Option<String> {
    control.child("w:sdtPr")?.child("w:tag")?.attribute("w:val").filter(|tag| !tag.is_empty())
}

fn filled(nodes: Vec<Node>, values: &Values<'_>, row: Row<'_>) -> Vec<Node> {
    let mut out = Vec::with_capacity(nodes.len());
    for node in nodes {
        let Node::Element(element) = node else {
            out.push(node);
            continue;
        };
        let repeated = (element.name == "w:tr" && row.is_none()).then(|| table_tag(&element)).flatten();
        if let Some(tag) = repeated {
            for (table, cells) in values
                .table(&tag)
                .into_iter()
                .flat_map(|table| table.rows.iter().chain(&table.totals).map(move |cells| (table, cells)))
            {
                let children = filled(element.children.clone(), values, Some((table, cells)));
                out.push(Node::Element(Element { children, ..element.clone() }));
            }
            continue;
        }
        let lines = if element.name == "w:sdt" { lines(&element, values, row) } else { None };
        out.push(Node::Element(match lines {
            Some(lines) => with_words(element, &lines),
            None => {
                let children = filled(element.children.clone(), values, row);
                Element { children, ..element }
            }
        }));
    }
    out
}

/// The first tag of a cell below a row; not of a table within it, which has rows of its own.
pub(super) fn table_tag(row: &Element) -> Option<String> {
    row.elements().find_map(|element| match element.name.as_str() {
        "w:tbl" => None,
        "w:sdt" => tag(element).filter(|tag| tag.contains('.')).or_else(|| table_tag(element)),
        _ => table_tag(element),
    })
}

/// What a control takes.
fn lines(control: &Element, values: &Values<'_>, row: Row<'_>) -> Option<Vec<String>> {
    let tag = tag(control)?;
    let Some((name, key)) = tag.split_once('.') else { return values.texts.get(tag.as_str()).cloned() };
    let (table, cells) = row.filter(|(table, _)| table.key == name)?;
    let at = table.columns.iter().position(|column| column.key == key)?;
    Some(vec![cells.get(at).map(shown).unwrap_or_default()])
}

/// The control with words in place of what stood in it.
fn with_words(control: Element, lines: &[String]) -> Element {
    let is_prompt =
        control.child("w:sdtPr").is_some_and(|properties| properties.child("w:showingPlcHdr").is_some());
    let looks = match is_prompt {
        // What stood there only asked to be replaced, and looked so.
        true => control.child("w:sdtPr").and_then(|properties| properties.child("w:rPr")),
        false => control.below("w:r").and_then(|run| run.child("w:rPr")),
    };
    let looks = markup(looks);
    let children = control.children.iter().map(|node| match node {
        Node::Element(part) if part.name == "w:sdtPr" => Node::Element(settled(part)),
        Node::Element(part) if part.name == "w:sdtContent" => {
            Node::Element(Element { children: content(part, &looks, lines), ..part.clone() })
        }
        other => other.clone(),
    });
    Element { children: children.collect(), ..control.clone() }
}

/// The control's properties without what would have Word show something else in it again.
fn settled(properties: &Element) -> Element {
    let goes = |node: &Node| {
        matches!(node, Node::Element(e)
        if matches!(e.name.as_str(), "w:showingPlcHdr" | "w:placeholder" | "w:dataBinding" | "w15:dataBinding"))
    };
    let children = properties.children.iter().filter(|node| !goes(node)).cloned().collect();
    Element { children, ..properties.clone() }
}

fn content(content: &Element, looks: &str, lines: &[String]) -> Vec<Node> {
    let paragraph = markup(content.below("w:p").and_then(|paragraph| paragraph.child("w:pPr")));
    if let Some(cell) = content.child("w:tc") {
        let mut children: Vec<Node> =
            cell.child("w:tcPr").map(|properties| Node::Element(properties.clone())).into_iter().collect();
        children.push(paragraphs(&paragraph, looks, lines));
        return vec![Node::Element(Element { children, ..cell.clone() })];
    }
    if content.holds("w:p") {
        vec![paragraphs(&paragraph, looks, lines)]
    } else {
        vec![run(looks, &lines.join("\n"))]
    }
}

/// At least one, as a cell needs one.
fn paragraphs(properties: &str, looks: &str, lines: &[String]) -> Node {
    let mut xml = Xml::default();
    let nothing = [String::new()];
    for line in if lines.is_empty() { &nothing[..] } else { lines } {
        xml.nest("w:p", &[], |xml| {
            xml.raw(properties);
            write_run(xml, looks, line);
        });
    }
    Node::Other(xml.into_text())
}

fn run(looks: &str, text: &str) -> Node {
    let mut xml = Xml::default();
    write_run(&mut xml, looks, text);
    Node::Other(xml.into_text())
}

fn write_run(xml: &mut Xml, looks: &str, text: &str) {
    xml.nest("w:r", &[], |xml| {
        xml.raw(looks);
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 {
                xml.empty("w:br", &[]);
            }
            xml.leaf("w:t", &[("xml:space", "preserve")], line);
        }
    });
}

fn markup(element: Option<&Element>) -> String {
    let mut text = String::new();
    if let Some(element) = element {
        write(&[Node::Element(element.clone())], &mut text);
    }
    text
}
