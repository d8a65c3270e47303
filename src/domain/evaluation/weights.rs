//! What a product of each kind weighs: Decree 335/2025 converts products before it counts them.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use crate::domain::task::ProductKind;

/// The weights of the kinds, in tenths: what is not said weighs 1,0.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Weights(BTreeMap<ProductKind, u32>);

impl Weights {
    /// What a kind weighs unless said otherwise, in tenths.
    pub const USUAL: u32 = 10;
    /// What a kind may weigh, in tenths: 0,1 to 10,0. Never nought, so that no task of a unit is without meaning.
    pub const RANGE: RangeInclusive<u32> = 1..=100;

    /// The weights given, in tenths.
    pub fn new(tenths: impl IntoIterator<Item = (ProductKind, u32)>) -> Self {
        Self(tenths.into_iter().filter(|(_, tenths)| *tenths != Self::USUAL).collect())
    }

    /// What a kind weighs, in tenths.
    pub fn of(&self, kind: ProductKind) -> u32 {
        self.0.get(&kind).copied().unwrap_or(Self::USUAL)
    }

    /// The kinds that don't weigh 1,0.
    pub fn unusual(&self) -> impl Iterator<Item = (ProductKind, u32)> {
        self.0.iter().map(|(kind, tenths)| (*kind, *tenths))
    }

    /// Reads `1,5`, `1.5` or `2`: a weight with one place behind the comma at most.
    pub fn parse(typed: &str) -> Option<u32> {
        let (whole, tenth) = typed.split_once([',', '.']).unwrap_or((typed, "0"));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || !digits(tenth) || tenth.len() > 1 || whole.len() > 2 {
            return None;
        }
        let tenths = 10 * whole.parse::<u32>().ok()? + tenth.parse::<u32>().ok()?;
        Some(tenths).filter(|tenths| Self::RANGE.contains(tenths))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weight_is_a_number_of_tenths() {
        for (typed, tenths) in [("1", 10), ("1,5", 15), ("1.5", 15), ("0,1", 1), ("10", 100), ("2,0", 20)] {
            assert_eq!(Weights::parse(typed), Some(tenths), "{typed}");
        }
        for wrong in ["", "0", "0,0", "10,1", "1,55", "1,", ",5", "-1", "x", "1e1", "100"] {
            assert_eq!(Weights::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_is_not_said_weighs_one() {
        let weights = Weights::new([(ProductKind::Law, 20), (ProductKind::Plan, 10)]);
        assert_eq!((weights.of(ProductKind::Law), weights.of(ProductKind::Report)), (20, 10));
        assert_eq!(weights.unusual().collect::<Vec<_>>(), [(ProductKind::Law, 20)]);
    }
}
