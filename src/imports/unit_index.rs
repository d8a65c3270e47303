//! Which unit a name in a sheet means: full or short name, any case, spacing and kind of dash.

use std::collections::HashMap;

use uuid::Uuid;

use crate::domain::words::key;

/// Why a name is no unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitMiss {
    /// No unit is called so.
    Unknown,
    /// Two units are.
    Ambiguous,
}

/// The units of a tenant by every name that a sheet may use.
#[derive(Debug, Clone, Default)]
pub struct UnitIndex {
    /// The unit of a name's key; `None` when several share it.
    names: HashMap<String, Option<Uuid>>,
}

impl UnitIndex {
    /// Builds the index from (id, full name, short name).
    pub fn new<'a>(units: impl IntoIterator<Item = (Uuid, &'a str, &'a str)>) -> Self {
        let mut names: HashMap<String, Option<Uuid>> = HashMap::new();
        for (id, name, short_name) in units {
            for words in [name, short_name] {
                let key = unit_key(words);
                if key.is_empty() {
                    continue;
                }
                names.entry(key).and_modify(|known| *known = known.filter(|k| *k == id)).or_insert(Some(id));
            }
        }
        Self { names }
    }

    /// The unit that the words name.
    pub fn find(&self, words: &str) -> Result<Uuid, UnitMiss> {
        match self.names.get(&unit_key(words)) {
            Some(Some(id)) => Ok(*id),
            Some(None) => Err(UnitMiss::Ambiguous),
            None => Err(UnitMiss::Unknown),
        }
    }
}

/// The key under which two spellings of a unit's name are equal. Word processors turn `-` into a long
/// dash and people space it as they like, so dashes, slashes and ampersands count without their spaces.
pub fn unit_key(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in key(words).chars() {
        let c = if matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}') { '-' } else { c };
        if matches!(c, '-' | '/' | '&' | ',') && out.ends_with(' ') {
            out.pop();
        }
        if c == ' ' && out.ends_with(['-', '/', '&', ',']) {
            continue;
        }
        out.push(c);
    }
    out
}

/// The names in a cell of units, as typed: separated by ";" or a new line, never by a comma.
///
/// A name wrapped over two lines stays one when the index knows it so. Bullets before names are dropped.
pub fn names_in<'a>(cell: &'a str, known: &dyn Fn(&str) -> bool) -> Vec<&'a str> {
    let mut out = Vec::new();
    for part in cell.split(';').map(strip_bullet).filter(|part| !part.is_empty()) {
        if part.contains('\n') && !known(part) {
            out.extend(part.split('\n').map(strip_bullet).filter(|line| !line.is_empty()));
        } else {
            out.push(part);
        }
    }
    out
}

fn strip_bullet(name: &str) -> &str {
    name.trim().trim_start_matches(['-', '+', '*', '•', '–', '·']).trim().trim_end_matches('.')
}
