//! The geometry of the few charts: shares of a whole, drawn by the templates as SVG.

use std::fmt;

use super::{Badge, Num};
use crate::text::pages::Mark;

/// A part of a whole in tenths of a per cent, 0–1000; shown as `57.3%`, as SVG wants it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share(u32);

impl Share {
    /// How much of the whole a part is; nothing of nothing. A part that exists is never invisible.
    pub fn of(part: u64, whole: u64) -> Self {
        if part == 0 || whole == 0 {
            return Self(0);
        }
        let tenths = u128::from(part.min(whole)) * 1000 / u128::from(whole);
        Self(u32::try_from(tenths).unwrap_or(1000).max(4))
    }

    /// The length on a scale of so many pixels, at least one where there is anything.
    pub fn pixels(self, scale: u32) -> u32 {
        if self.0 == 0 { 0 } else { (self.0 * scale / 1000).max(1) }
    }

    /// What is left of the scale above it.
    pub fn above(self, scale: u32) -> u32 {
        scale - self.pixels(scale).min(scale)
    }
}

impl fmt::Display for Share {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}.{}%", self.0 / 10, self.0 % 10)
    }
}

/// A bar with its name and number.
#[derive(Debug, Clone)]
pub struct Bar {
    /// The name, `CVT`.
    pub label: String,
    /// The name in full, when there is room.
    pub detail: Option<String>,
    /// The number, with its rows.
    pub n: Num,
    /// How long, of the longest.
    pub share: Share,
}

impl Bar {
    /// Bars over counts: the longest fills the width.
    pub fn over(counts: impl IntoIterator<Item = (String, Option<String>, u64, Num)>) -> Vec<Self> {
        let counts: Vec<_> = counts.into_iter().collect();
        let longest = counts.iter().map(|(_, _, count, _)| *count).max().unwrap_or(0);
        counts
            .into_iter()
            .map(|(label, detail, count, n)| Self { label, detail, n, share: Share::of(count, longest) })
            .collect()
    }
}

/// A month of the trend.
#[derive(Debug, Clone)]
pub struct Column {
    /// `11/2024`, read aloud.
    pub month: String,
    /// `T11`, under the column.
    pub label: String,
    /// `2024` under the first month shown of a year.
    pub year: Option<String>,
    /// The number, with its rows.
    pub n: Num,
    /// How high, of the highest.
    pub share: Share,
    /// Whether it is the month being read.
    pub current: bool,
}

/// A standing's part of all tasks.
#[derive(Debug, Clone)]
pub struct Segment {
    /// Which one.
    pub badge: Badge,
    /// How many.
    pub n: Num,
    /// Of these, due soon.
    pub soon: Option<Num>,
    /// Of these, waiting for confirmation.
    pub waiting: Option<Num>,
    /// Where it begins on the strip.
    pub start: Share,
    /// How long it is.
    pub share: Share,
}

impl Segment {
    /// The strip over counts, in their order.
    pub fn strip(counts: impl IntoIterator<Item = (Mark, u64, Num)>) -> Vec<Self> {
        let counts: Vec<_> = counts.into_iter().collect();
        let whole = counts.iter().map(|(_, count, _)| *count).fold(0, u64::saturating_add);
        let mut before = 0;
        counts
            .into_iter()
            .map(|(mark, count, n)| {
                let (start, share) = (Share::of(before, whole), Share::of(count, whole));
                before = before.saturating_add(count);
                Self { badge: Badge { mark, days: None }, n, soon: None, waiting: None, start, share }
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_stays_between_nothing_and_all() {
        assert_eq!(Share::of(0, 0).to_string(), "0.0%");
        assert_eq!(Share::of(1, 0).to_string(), "0.0%");
        assert_eq!(Share::of(573, 1000).to_string(), "57.3%");
        assert_eq!(Share::of(1, 1_000_000).to_string(), "0.4%");
        assert_eq!(Share::of(u64::MAX, u64::MAX).to_string(), "100.0%");
        assert_eq!(Share::of(2, 1).pixels(96), 96);
        assert_eq!((Share::of(1, 1_000_000).pixels(96), Share::of(0, 5).above(96)), (1, 96));
    }

    #[test]
    fn the_longest_bar_fills_the_width_and_a_strip_sums_up() {
        let bars =
            Bar::over([("a".into(), None, 7, Num::plain("7")), ("b".into(), None, 0, Num::plain("0"))]);
        assert_eq!(bars.iter().map(|bar| bar.share.to_string()).collect::<Vec<_>>(), ["100.0%", "0.0%"]);
        let strip =
            Segment::strip([(Mark::Overdue, 1, Num::plain("1")), (Mark::WithinTerm, 3, Num::plain("3"))]);
        let drawn: Vec<_> =
            strip.iter().map(|part| (part.start.to_string(), part.share.to_string())).collect();
        assert_eq!(drawn, [("0.0%".into(), "25.0%".into()), ("25.0%".into(), "75.0%".into())]);
        assert!(Bar::over([]).is_empty() && Segment::strip([]).is_empty());
    }
}
