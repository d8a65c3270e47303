//! How the values of a briefing are written and read back: codes of vocabularies, cells as maps of their figures.
//!
//! What must stay true: whatever is written reads back equal; a code or a figure that is not known is an error, never a
//! default; no number has a point.

use std::collections::BTreeMap;
use std::fmt::Display;

use chrono::NaiveDate;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

use crate::domain::briefing::{Cell, Cut, Figures, UnitFigures, UnitRef};
use crate::domain::period::{Month, Period};
use crate::domain::task::ProductKind;

/// What is not known of a code.
fn unknown<E: serde::de::Error>(what: impl Display) -> E {
    E::custom(format!("{what} is not known"))
}

/// Declares how a vocabulary is written: by its codes.
macro_rules! coded {
    ($($name:ident: $kind:ty;)+) => {$(
        pub(super) mod $name {
            use super::*;

            pub fn serialize<S: Serializer>(value: &$kind, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(value.code())
            }

            pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<$kind, D::Error> {
                let code = String::deserialize(from)?;
                <$kind>::from_code(&code).ok_or_else(|| unknown(code))
            }
        }
    )+};
}

/// The same of a value that may be missing.
macro_rules! coded_option {
    ($($name:ident: $kind:ty;)+) => {$(
        pub(super) mod $name {
            use super::*;

            pub fn serialize<S: Serializer>(value: &Option<$kind>, to: S) -> Result<S::Ok, S::Error> {
                value.map(|value| value.code()).serialize(to)
            }

            pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<$kind>, D::Error> {
                let code = Option::<String>::deserialize(from)?;
                code.map(|code| <$kind>::from_code(&code).ok_or_else(|| unknown(code))).transpose()
            }
        }
    )+};
}

coded! {
    day_kind: crate::domain::calendar::DayKind;
    source: crate::domain::flow::Source;
    line: crate::domain::flow::Line;
    product: ProductKind;
}

coded_option! {
    level: crate::domain::task::Level;
    standing: crate::domain::standing::Standing;
    reason_kind: crate::domain::task::LateReasonKind;
    decision: crate::domain::task::ExtensionDecision;
}

pub(super) mod month {
    use super::*;

    pub fn serialize<S: Serializer>(month: &Month, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(month)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Month, D::Error> {
        let text = String::deserialize(from)?;
        Month::parse(&text).ok_or_else(|| unknown(text))
    }
}

pub(super) mod lines {
    use super::*;
    use crate::domain::flow::Line;

    pub fn serialize<S: Serializer>(lines: &BTreeMap<Line, u64>, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(lines.iter().map(|(line, count)| (line.code(), count)))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<BTreeMap<Line, u64>, D::Error> {
        let named = BTreeMap::<String, u64>::deserialize(from)?;
        let known =
            |(code, count): (String, u64)| Ok((Line::from_code(&code).ok_or_else(|| unknown(code))?, count));
        named.into_iter().map(known).collect()
    }
}

pub(super) mod cell {
    use super::*;

    pub fn serialize<S: Serializer>(cell: &Cell, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(cell.named())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Cell, D::Error> {
        let mut named = BTreeMap::<String, u64>::deserialize(from)?;
        let cell = Cell::from_named(|name| named.remove(name));
        match (cell, named.keys().next()) {
            (Some(cell), None) => Ok(cell),
            (Some(_), Some(name)) => Err(unknown(name)),
            (None, _) => Err(D::Error::custom("a figure is missing")),
        }
    }
}

/// Days from one to another, both included.
#[derive(Serialize, Deserialize)]
struct PeriodForm {
    first: NaiveDate,
    last: NaiveDate,
}

impl From<Period> for PeriodForm {
    fn from(period: Period) -> Self {
        Self { first: period.first, last: period.last }
    }
}

impl From<PeriodForm> for Period {
    fn from(form: PeriodForm) -> Self {
        Self { first: form.first, last: form.last }
    }
}

#[derive(Serialize, Deserialize)]
struct UnitForm {
    id: Uuid,
    short_name: String,
    name: String,
    #[serde(with = "cell")]
    key: Cell,
    #[serde(with = "cell")]
    all: Cell,
}

#[derive(Serialize, Deserialize)]
struct FiguresForm {
    #[serde(with = "month")]
    month: Month,
    cutoff: NaiveDate,
    period: PeriodForm,
    next: PeriodForm,
    soon_until: NaiveDate,
    #[serde(with = "cell")]
    key: Cell,
    #[serde(with = "cell")]
    all: Cell,
    units: Vec<UnitForm>,
    due_next_by_product: BTreeMap<String, u64>,
}

pub(super) mod figures {
    use super::*;

    pub fn serialize<S: Serializer>(figures: &Figures, to: S) -> Result<S::Ok, S::Error> {
        let cut = figures.cut;
        let unit = |unit: &UnitFigures| UnitForm {
            id: unit.unit.id,
            short_name: unit.unit.short_name.clone(),
            name: unit.unit.name.clone(),
            key: unit.key,
            all: unit.all,
        };
        let products = figures.due_next_by_product.iter();
        FiguresForm {
            month: cut.month,
            cutoff: cut.cutoff,
            period: cut.period.into(),
            next: cut.next.into(),
            soon_until: cut.soon_until,
            key: figures.key,
            all: figures.all,
            units: figures.units.iter().map(unit).collect(),
            due_next_by_product: products.map(|(kind, count)| (kind.code().to_owned(), *count)).collect(),
        }
        .serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Figures, D::Error> {
        let form = FiguresForm::deserialize(from)?;
        let unit = |unit: UnitForm| UnitFigures {
            unit: UnitRef { id: unit.id, short_name: unit.short_name, name: unit.name },
            key: unit.key,
            all: unit.all,
        };
        let product = |(code, count): (String, u64)| {
            Ok((ProductKind::from_code(&code).ok_or_else(|| unknown(code))?, count))
        };
        Ok(Figures {
            cut: Cut {
                month: form.month,
                cutoff: form.cutoff,
                period: form.period.into(),
                next: form.next.into(),
                soon_until: form.soon_until,
            },
            key: form.key,
            all: form.all,
            units: form.units.into_iter().map(unit).collect(),
            due_next_by_product: form
                .due_next_by_product
                .into_iter()
                .map(product)
                .collect::<Result<_, D::Error>>()?,
        })
    }
}
