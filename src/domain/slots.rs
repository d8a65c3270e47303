//! When a schedule falls due in a zone.
//!
//! What must stay true: a slot is named by its local time, so that each local day has it once; a local time that does
//! not exist falls due at the next valid instant, one that exists twice falls due the first time only.

use chrono::{DateTime, Days, NaiveDateTime, TimeDelta, TimeZone, Timelike, Utc};
use chrono_tz::Tz;
use cron::Schedule;

/// One time at which something is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// The local time that the schedule names, whether or not clocks showed it.
    pub local: NaiveDateTime,
    /// The instant at which it is due.
    pub at: DateTime<Utc>,
}

impl Slot {
    /// What makes it one slot: the local time, such as `2024-11-29T07:00:00`.
    pub fn key(&self) -> String {
        self.local.format("%Y-%m-%dT%H:%M:%S").to_string()
    }
}

/// The longest gap that clocks ever left out is a day (Samoa, 2011).
const LONGEST_GAP_MINUTES: i64 = 26 * 60;

/// The slots that fall due after one instant and not after another, in their order.
pub fn slots(schedule: &Schedule, zone: Tz, after: DateTime<Utc>, until: DateTime<Utc>) -> Vec<Slot> {
    let local = |instant: DateTime<Utc>| instant.with_timezone(&zone).naive_local();
    let margin = TimeDelta::minutes(LONGEST_GAP_MINUTES);
    // The schedule runs over local times as if nothing ever happened to a clock; the zone comes afterwards.
    let (first, last) = (local(after) - margin, local(until) + margin);
    schedule
        .after(&first.and_utc())
        .map(|time| time.naive_utc())
        .take_while(|time| *time <= last)
        .filter_map(|time| Some(Slot { local: time, at: instant_of(zone, time)? }))
        .filter(|slot| after < slot.at && slot.at <= until)
        .collect()
}

/// The first instant at which clocks show a local time, or the next one after the gap it fell into.
pub fn instant_of(zone: Tz, local: NaiveDateTime) -> Option<DateTime<Utc>> {
    let valid = |time: NaiveDateTime| zone.from_local_datetime(&time).earliest();
    let found = valid(local).or_else(|| {
        let minute = local.with_second(0)?;
        (1..=LONGEST_GAP_MINUTES).find_map(|minutes| valid(minute + TimeDelta::minutes(minutes)))
    });
    found.map(|time| time.with_timezone(&Utc))
}

/// The last slot due at an instant, looking back so many days at most.
pub fn last_slot(schedule: &Schedule, zone: Tz, until: DateTime<Utc>, days: u64) -> Option<Slot> {
    slots(schedule, zone, until.checked_sub_days(Days::new(days))?, until).pop()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn due(schedule: &str, zone: &str, after: &str, until: &str) -> Vec<String> {
        let schedule: Schedule = schedule.parse().unwrap();
        let (after, until) = (after.parse().unwrap(), until.parse().unwrap());
        let found = slots(&schedule, zone.parse().unwrap(), after, until);
        found.iter().map(|slot| format!("{} {}", slot.key(), slot.at.format("%dT%H:%MZ"))).collect()
    }

    #[test]
    fn a_time_in_a_gap_is_due_when_the_gap_ends() {
        let berlin = due("0 30 2 * * *", "Europe/Berlin", "2025-03-29T12:00:00Z", "2025-03-30T12:00:00Z");
        assert_eq!(berlin, ["2025-03-30T02:30:00 30T01:00Z"]);
        let half_an_hour =
            due("0 15 2 * * *", "Australia/Lord_Howe", "2025-10-04T12:00:00Z", "2025-10-05T12:00:00Z");
        assert_eq!(half_an_hour, ["2025-10-05T02:15:00 04T15:30Z"]);
        let no_midnight = due("0 0 0 * * *", "Asia/Beirut", "2025-03-29T12:00:00Z", "2025-03-30T12:00:00Z");
        assert_eq!(no_midnight, ["2025-03-30T00:00:00 29T22:00Z"]);
        let no_day = due("0 0 7 * * *", "Pacific/Apia", "2011-12-29T12:00:00Z", "2011-12-31T12:00:00Z");
        assert_eq!(
            no_day,
            [
                "2011-12-29T07:00:00 29T17:00Z",
                "2011-12-30T07:00:00 30T10:00Z",
                "2011-12-31T07:00:00 30T17:00Z"
            ]
        );
    }

    #[test]
    fn a_time_that_comes_twice_is_due_the_first_time() {
        let berlin = due("0 30 2 * * *", "Europe/Berlin", "2025-10-25T12:00:00Z", "2025-10-26T12:00:00Z");
        assert_eq!(berlin, ["2025-10-26T02:30:00 26T00:30Z"]);
        let half_an_hour =
            due("0 45 1 * * *", "Australia/Lord_Howe", "2025-04-05T10:00:00Z", "2025-04-06T10:00:00Z");
        assert_eq!(half_an_hour, ["2025-04-06T01:45:00 05T14:45Z"]);
    }

    #[test]
    fn a_slot_belongs_to_the_tick_at_its_instant_and_to_no_other() {
        let seven = |after, until| due("0 0 7 * * *", "Asia/Ho_Chi_Minh", after, until).len();
        assert_eq!(seven("2024-11-28T23:00:00Z", "2024-11-29T00:00:00Z"), 1);
        assert_eq!(seven("2024-11-29T00:00:00Z", "2024-11-29T00:15:00Z"), 0);
        assert_eq!(seven("2024-11-29T02:00:00Z", "2024-11-29T00:00:00Z"), 0, "a clock set back");
    }

    /// Every whole hour from UTC-11 to UTC+14, the odd offsets, and zones whose clocks change.
    fn zones() -> Vec<Tz> {
        let whole = (-14..=11).map(|west: i32| format!("Etc/GMT{west:+}"));
        let names = [
            "Europe/Berlin",
            "America/St_Johns",
            "Australia/Lord_Howe",
            "Asia/Beirut",
            "Pacific/Chatham",
            "Asia/Kathmandu",
            "America/Santiago",
            "Asia/Ho_Chi_Minh",
        ];
        whole.chain(names.map(str::to_owned)).map(|name| name.parse().unwrap()).collect()
    }

    /// Ticks at the instants given, keeping the last slot as the table of slots does; how often each local day came.
    fn ticked(
        schedule: &Schedule,
        zone: Tz,
        ticks: impl Iterator<Item = DateTime<Utc>>,
    ) -> BTreeMap<String, u32> {
        let mut ticks = ticks.peekable();
        let mut last = *ticks.peek().unwrap();
        let mut days = BTreeMap::new();
        for now in ticks {
            for slot in slots(schedule, zone, last, now) {
                *days.entry(slot.local.date().to_string()).or_insert(0) += 1;
                last = last.max(slot.at);
            }
        }
        days
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(8))]
        #[test]
        fn each_local_day_of_400_has_one_slot(
            zone in prop::sample::select(zones()), hour in 0u32..24, minute in 0u32..60, jump in 0i64..38_000,
        ) {
            let schedule: Schedule = format!("0 {minute} {hour} * * *").parse().unwrap();
            let start: DateTime<Utc> = "2024-01-01T12:00:00Z".parse().unwrap();
            let quarter = |n: i64| start + TimeDelta::minutes(15 * n);
            // Somewhere the clock goes back two hours, and elsewhere forward by 26 hours for one tick.
            let ticks = (0..400 * 96).flat_map(|n| match n {
                n if n == jump => vec![quarter(n), quarter(n - 8), quarter(n - 4)],
                n if n == jump / 2 => vec![quarter(n), quarter(n + 104), quarter(n + 1)],
                n => vec![quarter(n)],
            });
            let days = ticked(&schedule, zone, ticks);
            prop_assert!(days.values().all(|times| *times == 1), "{days:?}");
            prop_assert!((399..=401).contains(&days.len()), "{} days", days.len());
            let dates: Vec<chrono::NaiveDate> = days.keys().map(|day| day.parse().unwrap()).collect();
            prop_assert!(dates.windows(2).all(|pair| pair[0].succ_opt() == Some(pair[1])), "a day is missing");
        }
    }

    #[test]
    fn every_zone_has_one_slot_a_day() {
        let schedule: Schedule = "0 0 7 * * *".parse().unwrap();
        let start: DateTime<Utc> = "2024-01-01T12:00:00Z".parse().unwrap();
        for zone in zones() {
            // Ticks a day apart find what ticks of a quarter of an hour find.
            let days = ticked(&schedule, zone, (0..=400).map(|n| start + TimeDelta::days(n)));
            assert!(days.len() == 400 && days.values().all(|times| *times == 1), "{zone}: {days:?}");
        }
    }
}
