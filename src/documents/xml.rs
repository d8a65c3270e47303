//! Writing XML: elements nested by the program's own nesting, text and attributes escaped once, here.

use std::borrow::Cow;

use quick_xml::escape::escape;

/// What every part of a package begins with.
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// Attributes of an element.
pub(super) type Attributes<'a> = &'a [(&'a str, &'a str)];

/// An XML text that grows.
#[derive(Default)]
pub(super) struct Xml(String);

impl Xml {
    /// A part of a package: the declaration and one element around all.
    pub fn part(name: &str, attributes: Attributes<'_>, inner: impl FnOnce(&mut Self)) -> Vec<u8> {
        let mut xml = Self(DECLARATION.to_owned());
        xml.nest(name, attributes, inner);
        xml.0.into_bytes()
    }

    /// An element with others in it.
    pub fn nest(&mut self, name: &str, attributes: Attributes<'_>, inner: impl FnOnce(&mut Self)) {
        self.begin(name, attributes);
        self.0.push('>');
        inner(self);
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push('>');
    }

    /// An element with nothing in it.
    pub fn empty(&mut self, name: &str, attributes: Attributes<'_>) {
        self.begin(name, attributes);
        self.0.push_str("/>");
    }

    /// An element whose only attribute is its value.
    pub fn value(&mut self, name: &str, attribute: &str, value: &str) {
        self.empty(name, &[(attribute, value)]);
    }

    /// An element with words in it.
    pub fn leaf(&mut self, name: &str, attributes: Attributes<'_>, text: &str) {
        self.nest(name, attributes, |xml| xml.0.push_str(&escape(printable(text))));
    }

    /// Markup of the program's own.
    pub fn raw(&mut self, markup: &str) {
        self.0.push_str(markup);
    }

    /// What was written.
    pub fn into_text(self) -> String {
        self.0
    }

    fn begin(&mut self, name: &str, attributes: Attributes<'_>) {
        self.0.push('<');
        self.0.push_str(name);
        for (key, value) in attributes {
            self.0.push(' ');
            self.0.push_str(key);
            self.0.push_str("=\"");
            self.0.push_str(&escape(printable(value)));
            self.0.push('"');
        }
    }
}

/// The text without what XML has no way to say: a single one would make the whole part unreadable.
fn printable(text: &str) -> Cow<'_, str> {
    let is_sayable = |c: char| {
        !(c.is_control() && !matches!(c, '\t' | '\n' | '\r') || matches!(c, '\u{fffe}' | '\u{ffff}'))
    };
    if text.chars().all(is_sayable) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter(|c| is_sayable(*c)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_markup_is_escaped_and_what_has_no_way_is_left_out() {
        let mut xml = Xml::default();
        xml.nest("a", &[("b", "\"<\u{1}")], |xml| xml.leaf("c", &[], "R&D <1>\u{0}\u{ffff}\u{b}"));
        assert_eq!(xml.into_text(), "<a b=\"&quot;&lt;\"><c>R&amp;D &lt;1&gt;</c></a>");
    }
}
