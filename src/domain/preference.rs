//! What people wish of the letters that come by the clock.
//!
//! What must stay true: no wish silences what is overdue, it only moves it to another hour of the same morning; whoever
//! wishes nothing gets what everybody gets.

use std::fmt;

use chrono::NaiveTime;

use super::digest::{Digest, SectionKind};
use super::vocabulary::vocabulary;

/// The minutes of an hour, and between two times that can be chosen.
const HOUR: i16 = 60;
const QUARTER: i16 = 15;

/// The first and the last time that can be chosen, and the last one of a tenant: 05:00, 09:45, 08:00.
const FIRST: i16 = 5 * HOUR;
const LAST: i16 = 9 * HOUR + 3 * QUARTER;
const LAST_OF_TENANT: i16 = 8 * HOUR;

/// A time of day at which a digest can be sent: a quarter of an hour from 05:00 to 09:45.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SendTime(i16);

impl SendTime {
    /// When a tenant's digests are sent that says nothing of it: 07:00.
    pub const USUAL: Self = Self(7 * HOUR);

    /// The time so many minutes after midnight, if it can be chosen.
    pub fn from_minutes(minutes: i16) -> Option<Self> {
        ((FIRST..=LAST).contains(&minutes) && minutes % QUARTER == 0).then_some(Self(minutes))
    }

    /// Reads `07:15`; `None` when it is no time that can be chosen.
    pub fn parse(text: &str) -> Option<Self> {
        Self::all().find(|time| time.to_string() == text)
    }

    /// In minutes since midnight of the tenant's clocks.
    pub fn minutes(self) -> i16 {
        self.0
    }

    /// As a time of a clock.
    pub fn clock(self) -> NaiveTime {
        let seconds = u32::try_from(self.0).unwrap_or_default() * 60;
        NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0).unwrap_or(NaiveTime::MIN)
    }

    /// Every time that a person can choose.
    pub fn all() -> impl Iterator<Item = Self> {
        (FIRST..=LAST).filter_map(Self::from_minutes)
    }

    /// Whether it may be a tenant's: early enough that the day's work begins with the letter.
    pub fn may_be_tenants(self) -> bool {
        self.0 <= LAST_OF_TENANT
    }
}

impl fmt::Display for SendTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / HOUR, self.0 % HOUR)
    }
}

vocabulary! {
    /// Letters that come again and again, and that their reader can end by one request.
    Stream {
        /// The digest, daily or weekly.
        Digest = "digest",
        /// Reminders of single deadlines.
        Reminder = "reminder",
    }
}

/// As what somebody reads a digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readership {
    /// The head of a unit.
    Head,
    /// Staff, who get it once a week.
    Staff,
    /// The Office and leaders.
    Overseer,
}

/// What a person wishes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MailPreferences {
    /// When the digest comes; the tenant's time where nothing is said.
    pub time: Option<SendTime>,
    /// Whether the daily digest holds what is not overdue.
    pub upcoming: bool,
    /// Whether the weekly summary for staff holds what is not overdue.
    pub weekly: bool,
    /// Whether reminders of deadlines that are not past come.
    pub reminders: bool,
}

impl Default for MailPreferences {
    fn default() -> Self {
        Self { time: None, upcoming: true, weekly: true, reminders: true }
    }
}

impl MailPreferences {
    /// When the digest comes, where the tenant's are sent at `tenants`.
    pub fn time(&self, tenants: SendTime) -> SendTime {
        self.time.unwrap_or(tenants)
    }

    /// The same with every letter of the stream ended that can be.
    pub fn without(self, stream: Stream) -> Self {
        match stream {
            Stream::Digest => Self { upcoming: false, weekly: false, ..self },
            Stream::Reminder => Self { reminders: false, ..self },
        }
    }

    /// Whether a reminder comes of a task that is overdue, or of one that is not.
    pub fn wants_reminder(&self, is_overdue: bool) -> bool {
        is_overdue || self.reminders
    }

    /// Whether a digest holds what is not overdue. The head of a unit is still told of it once a week.
    pub fn wants_rest(&self, readership: Readership, begins_week: bool) -> bool {
        match readership {
            Readership::Head => self.upcoming || begins_week,
            Readership::Staff => self.weekly,
            Readership::Overseer => self.upcoming,
        }
    }
}

impl Digest<'_> {
    /// The digest for a reader who wants nothing but what is overdue.
    #[must_use]
    pub fn overdue_only(mut self) -> Self {
        self.sections.retain(|section| section.kind == SectionKind::Overdue);
        self.changes.due_tomorrow = 0;
        self
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::digest::{Changes, Section};

    fn digest(overdue: bool, soon: bool) -> Digest<'static> {
        let section = |kind| Section { kind, total: 1, key: 0, by_unit: Vec::new(), rows: Vec::new() };
        let kinds = [(overdue, SectionKind::Overdue), (soon, SectionKind::Soon)];
        let sections = kinds.into_iter().filter(|(is, _)| *is).map(|(_, kind)| section(kind)).collect();
        Digest { changes: Changes { due_tomorrow: 1, ..Changes::default() }, sections }
    }

    fn readership() -> impl Strategy<Value = Readership> {
        proptest::sample::select(vec![Readership::Head, Readership::Staff, Readership::Overseer])
    }

    proptest! {
        #[test]
        fn no_wish_silences_what_is_overdue(
            wishes in any::<[bool; 3]>(), begins_week in any::<bool>(), soon in any::<bool>(), reader in readership(),
        ) {
            let [upcoming, weekly, reminders] = wishes;
            let wish = MailPreferences { time: None, upcoming, weekly, reminders };
            prop_assert!(wish.wants_reminder(true));
            let whole = digest(true, soon);
            let shown = if wish.wants_rest(reader, begins_week) { whole } else { whole.overdue_only() };
            prop_assert!(shown.is_due() && shown.total(SectionKind::Overdue) == 1);
        }
    }

    #[test]
    fn who_wants_only_what_is_overdue_gets_only_that() {
        let shown = digest(true, true).overdue_only();
        assert_eq!((shown.sections.len(), shown.changes.due_tomorrow), (1, 0));
        assert!(!digest(false, true).overdue_only().is_due(), "nothing overdue, no letter");
    }

    #[test]
    fn who_wishes_nothing_gets_everything_and_a_head_the_rest_once_a_week() {
        let (usual, off) = (MailPreferences::default(), MailPreferences::default().without(Stream::Digest));
        for reader in [Readership::Head, Readership::Staff, Readership::Overseer] {
            for begins_week in [false, true] {
                assert!(usual.wants_rest(reader, begins_week) && usual.wants_reminder(false));
                let head_of_week = reader == Readership::Head && begins_week;
                assert_eq!(off.wants_rest(reader, begins_week), head_of_week, "{reader:?}");
            }
        }
        assert!(off.reminders && !off.without(Stream::Reminder).wants_reminder(false));
    }

    #[test]
    fn times_are_quarters_from_five_to_a_quarter_to_ten() {
        let all: Vec<String> = SendTime::all().map(|time| time.to_string()).collect();
        assert_eq!((all.len(), all[0].as_str(), all[19].as_str()), (20, "05:00", "09:45"));
        for bad in ["04:45", "10:00", "07:10", "7:00", "", "07:15 "] {
            assert_eq!(SendTime::parse(bad), None, "{bad}");
        }
        let late = SendTime::parse("09:30").unwrap();
        assert_eq!(MailPreferences { time: Some(late), ..Default::default() }.time(SendTime::USUAL), late);
        assert_eq!(MailPreferences::default().time(SendTime::USUAL).minutes(), 420);
        assert_eq!(SendTime::all().filter(|time| time.may_be_tenants()).count(), 13);
    }
}
