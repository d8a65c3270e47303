//! A part of words as a tree that comes out as it went in, but for what was changed.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Deeper than any document of an office.
const DEEPEST: usize = 200;
/// More than any template has: each takes far more room here than in the file.
const MOST_ELEMENTS: usize = 200_000;

/// A piece of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    /// An element.
    Element(Element),
    /// Whatever else, as it is written.
    Other(String),
}

/// An element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Element {
    /// Its name with its prefix.
    pub name: String,
    /// Its attributes as they are written.
    pub attributes: String,
    pub children: Vec<Node>,
}

/// What can't be read as XML, or would have the reader declare something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unreadable;

/// Reads a part.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Node>, Unreadable> {
    let text = std::str::from_utf8(bytes).map_err(|_| Unreadable)?;
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut open: Vec<Element> = Vec::new();
    let (mut top, mut count) = (Vec::new(), 0);
    loop {
        let node = match reader.read_event().map_err(|_| Unreadable)? {
            Event::Start(tag) => {
                count += 1;
                if open.len() >= DEEPEST || count > MOST_ELEMENTS {
                    return Err(Unreadable);
                }
                open.push(Element::of(&tag));
                continue;
            }
            Event::End(_) => Node::Element(open.pop().ok_or(Unreadable)?),
            Event::Empty(tag) => {
                count += 1;
                if count > MOST_ELEMENTS {
                    return Err(Unreadable);
                }
                Node::Element(Element::of(&tag))
            }
            Event::DocType(_) | Event::CData(_) => return Err(Unreadable),
            Event::Eof if open.is_empty() => return Ok(top),
            Event::Eof => return Err(Unreadable),
            Event::Text(text) => other("", &text, ""),
            Event::Comment(text) => other("<!--", &text, "-->"),
            Event::Decl(text) => other("<?", &text, "?>"),
            Event::PI(text) => other("<?", &text, "?>"),
            Event::GeneralRef(name) => other("&", &name, ";"),
        };
        open.last_mut().map_or(&mut top, |element| &mut element.children).push(node);
    }
}

fn other(before: &str, text: &str, after: &str) -> Node {
    Node::Other(format!("{before}{text}{after}"))
}

/// Writes a part.
pub(super) fn write(nodes: &[Node], to: &mut String) {
    for node in nodes {
        match node {
            Node::Other(text) => to.push_str(text),
            Node::Element(element) => {
                to.push('<');
                to.push_str(&element.name);
                to.push_str(&element.attributes);
                if element.children.is_empty() {
                    to.push_str("/>");
                    continue;
                }
                to.push('>');
                write(&element.children, to);
                to.push_str("</");
                to.push_str(&element.name);
                to.push('>');
            }
        }
    }
}

impl Element {
    fn of(tag: &BytesStart<'_>) -> Self {
        Self {
            name: tag.name().0.to_owned(),
            attributes: tag.attributes_raw().to_owned(),
            children: Vec::new(),
        }
    }

    /// The elements right below.
    pub fn elements(&self) -> impl Iterator<Item = &Self> {
        elements(&self.children)
    }

    /// The first one right below of a name.
    pub fn child(&self, name: &str) -> Option<&Self> {
        self.elements().find(|element| element.name == name)
    }

    /// The first one anywhere below of a name.
    pub fn below(&self, name: &str) -> Option<&Self> {
        self.elements()
            .find_map(|element| if element.name == name { Some(element) } else { element.below(name) })
    }

    /// Whether there is one anywhere below of a name.
    pub fn holds(&self, name: &str) -> bool {
        self.below(name).is_some()
    }

    /// An attribute's value.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let tag = format!("a{}", self.attributes);
        let start = BytesStart::from_content(tag, 1);
        let found = start.attributes().flatten().find(|attribute| attribute.key.0 == name)?;
        Some(quick_xml::escape::unescape(&found.value).ok()?.into_owned())
    }

    /// The text anywhere below, as it is written.
    pub fn text(&self, to: &mut String) {
        for node in &self.children {
            match node {
                Node::Element(element) => element.text(to),
                Node::Other(text) => to.push_str(text),
            }
        }
    }
}

/// The elements among some nodes.
pub(super) fn elements(nodes: &[Node]) -> impl Iterator<Item = &Element> {
    nodes.iter().filter_map(|node| match node {
        Node::Element(element) => Some(element),
        Node::Other(_) => None,
    })
}
