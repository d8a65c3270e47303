//! On which day a tenant's digest is planned, what is caught up and what is too late (DOMAIN §4, QUALITY §3.1).
//!
//! What must stay true: each working day has its digest once, whatever clocks do; a day that was missed is told as
//! missed and never sent, for what is overdue today stands in today's.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use chrono_tz::Tz;

use super::calendar::WorkingCalendar;
use super::slots::instant_of;

/// From when on the digests of a day are planned, hours before the first is sent.
const FIRST: NaiveTime = time(4, 30);

/// From when on a digest of the day is worth sending no more.
const LAST: NaiveTime = time(17, 0);

/// How far back missed days are told of.
const LOOK_BACK: Days = Days::new(31);

const fn time(hour: u32, minute: u32) -> NaiveTime {
    match NaiveTime::from_hms_opt(hour, minute, 0) {
        Some(time) => time,
        None => NaiveTime::MIN,
    }
}

/// What became of the digest of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayState {
    /// Its letters were planned.
    Planned,
    /// Nobody planned it in time.
    Missed,
}

/// What is to be done now about the digests of a tenant.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DayPlan {
    /// Working days that passed without one.
    pub missed: Vec<NaiveDate>,
    /// Whether today's is to be planned.
    pub is_due: bool,
}

impl DayPlan {
    /// What is to be done at a local time of a business day, given what became of the days before and of this one. A
    /// tenant that never had a digest has missed none.
    pub fn at(
        calendar: &WorkingCalendar,
        today: NaiveDate,
        clock: NaiveTime,
        done: &BTreeMap<NaiveDate, DayState>,
    ) -> Self {
        let is_open = |day: &NaiveDate| calendar.is_working(*day) && !done.contains_key(day);
        let last = done.range(..today).next_back().map(|(day, _)| *day);
        let earliest = today.checked_sub_days(LOOK_BACK).unwrap_or(today);
        let from = last.map(|last| last.max(earliest));
        let mut missed: Vec<NaiveDate> = from
            .into_iter()
            .flat_map(|from| from.iter_days())
            .take_while(|day| *day < today)
            .filter(is_open)
            .collect();
        // A clock that ran ahead for a while may have called today missed: it is not while there is time.
        let is_undone = calendar.is_working(today) && done.get(&today) != Some(&DayState::Planned);
        if is_undone && clock >= LAST && last.is_some() && is_open(&today) {
            missed.push(today);
        }
        Self { missed, is_due: is_undone && (FIRST..LAST).contains(&clock) }
    }
}

/// When the letter of a digest is sent and when it is given up: instants of the local day on which it is planned.
pub fn times(zone: Tz, planned: DateTime<Utc>, wanted: NaiveTime) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    let date = planned.with_timezone(&zone).date_naive();
    let at = |clock| instant_of(zone, NaiveDateTime::new(date, clock));
    Some((at(wanted)?.max(planned), at(LAST)?))
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::super::calendar::SpecialDay;
    use super::super::public_days::public_days;
    use super::super::slots::tests::zones;
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn calendar() -> WorkingCalendar {
        WorkingCalendar::from_special(
            public_days().into_iter().map(|row| SpecialDay { day: row.day, kind: row.kind }),
        )
    }

    /// What happens to the days of a zone when its time is looked at at these instants.
    fn looked_at(zone: Tz, instants: impl Iterator<Item = DateTime<Utc>>) -> BTreeMap<NaiveDate, u32> {
        let calendar = calendar();
        let (mut done, mut planned) = (BTreeMap::new(), BTreeMap::new());
        for instant in instants {
            let local = instant.with_timezone(&zone).naive_local();
            // What the look back reaches is all that is read.
            done = done.split_off(&(local.date() - LOOK_BACK - Days::new(7)));
            let plan = DayPlan::at(&calendar, local.date(), local.time(), &done);
            done.extend(plan.missed.iter().map(|day| (*day, DayState::Missed)));
            if plan.is_due {
                done.insert(local.date(), DayState::Planned);
                *planned.entry(local.date()).or_insert(0) += 1;
            }
        }
        planned
    }

    fn working_days(from: NaiveDate, count: usize) -> usize {
        from.iter_days().take(count).filter(|day| calendar().is_working(*day)).count()
    }

    #[test]
    fn every_zone_has_one_digest_a_working_day_looked_at_each_quarter_of_an_hour_for_400_days() {
        for zone in zones() {
            let start: DateTime<Utc> = "2024-01-01T00:00:00Z".parse().unwrap();
            let first = start.with_timezone(&zone).date_naive();
            let quarters = (0..400 * 96).map(|n| start + TimeDelta::minutes(15 * n));
            let planned = looked_at(zone, quarters);
            assert!(planned.values().all(|times| *times == 1), "{zone}: {planned:?}");
            // At both ends a day may be cut.
            let expected = working_days(first, 401);
            assert!(
                (expected - 2..=expected).contains(&planned.len()),
                "{zone}: {} of {expected}",
                planned.len()
            );
            assert!(planned.keys().all(|day| calendar().is_working(*day)), "{zone}");
        }
    }

    #[test]
    fn a_clock_that_jumps_brings_no_second_digest() {
        let zone: Tz = "Europe/Berlin".parse().unwrap();
        let start: DateTime<Utc> = "2024-10-21T00:00:00Z".parse().unwrap();
        let quarter = |n: i64| start + TimeDelta::minutes(15 * n);
        for jump in 0..7 * 96 {
            let instants = (0..10 * 96).flat_map(|n| match n {
                n if n == jump => vec![quarter(n), quarter(n - 8), quarter(n + 104), quarter(n + 1)],
                n => vec![quarter(n)],
            });
            let planned = looked_at(zone, instants);
            assert!(planned.values().all(|times| *times == 1), "{jump}: {planned:?}");
            assert_eq!(planned.len(), working_days(day("2024-10-21"), 10), "{jump}: {planned:?}");
        }
    }

    #[test]
    fn what_was_missed_in_the_morning_is_caught_up_until_five() {
        let calendar = calendar();
        let done = BTreeMap::from([(day("2024-11-25"), DayState::Planned)]);
        let at = |clock: &str| DayPlan::at(&calendar, day("2024-11-29"), clock.parse().unwrap(), &done);
        let missed: Vec<_> = ["2024-11-26", "2024-11-27", "2024-11-28"].map(day).into();
        assert_eq!(at("04:29:59"), DayPlan { missed: missed.clone(), is_due: false });
        assert_eq!(at("16:59:59"), DayPlan { missed: missed.clone(), is_due: true });
        let all = [missed, vec![day("2024-11-29")]].concat();
        assert_eq!(at("17:00:00"), DayPlan { missed: all, is_due: false });
        let none = BTreeMap::new();
        let fresh = DayPlan::at(&calendar, day("2024-11-29"), "18:00:00".parse().unwrap(), &none);
        assert_eq!(fresh, DayPlan::default());
    }

    #[test]
    fn a_letter_is_sent_at_its_hour_or_at_once() {
        let hanoi: Tz = "Asia/Ho_Chi_Minh".parse().unwrap();
        let at = |planned: &str| {
            let (due, over) = times(hanoi, planned.parse().unwrap(), time(7, 0)).unwrap();
            (due.to_rfc3339(), over.to_rfc3339())
        };
        let over = "2024-11-29T10:00:00+00:00".to_owned();
        assert_eq!(at("2024-11-28T21:45:00Z"), ("2024-11-29T00:00:00+00:00".to_owned(), over.clone()));
        assert_eq!(at("2024-11-29T02:30:00Z"), ("2024-11-29T02:30:00+00:00".to_owned(), over));
    }
}
