//! What a person says about a heading when its words alone don't settle it: `--map HEADING=FIELD`.

use super::fields::Field;

/// A person's word for a heading: `--map HEADING=FIELD`, FIELD a code or `ignore`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadingMap {
    /// The heading as typed, or the letters of its column.
    pub heading: String,
    /// The field meant; `None` leaves the column alone.
    pub field: Option<Field>,
}

/// Why a `--map` can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MapFault {
    /// There is no `=`, or nothing before it.
    NoHeading,
    /// The word after `=` is no field's code and not `ignore`.
    UnknownField(String),
}

impl HeadingMap {
    /// Reads `HEADING=FIELD`; the heading may itself contain `=`.
    pub fn parse(words: &str) -> Result<Self, MapFault> {
        let (heading, field) = words.rsplit_once('=').ok_or(MapFault::NoHeading)?;
        let (heading, field) = (heading.trim(), field.trim());
        if heading.is_empty() {
            return Err(MapFault::NoHeading);
        }
        let field = match field {
            "ignore" => None,
            code => Some(Field::from_code(code).ok_or_else(|| MapFault::UnknownField(code.to_string()))?),
        };
        Ok(Self { heading: heading.to_string(), field })
    }
}
