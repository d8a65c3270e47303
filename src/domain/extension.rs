//! When a later deadline may be asked for, and what a decision makes of it (DOMAIN, "Extensions").
//!
//! What must stay true: until it is decided the deadline stands; what is agreed is always later than the deadline it
//! moves; whoever asked never decides.

use chrono::{Days, NaiveDate};

use super::task::{ExtensionDecision, Status};

/// Whether a task of a status may get a later deadline: it is neither completed nor outside the count.
pub fn is_extendable(status: Status) -> bool {
    matches!(status, Status::NotStarted | Status::InProgress | Status::Submitted)
}

/// The first day that may be asked for: after the deadline, and after today.
pub fn first_wanted(due: NaiveDate, today: NaiveDate) -> NaiveDate {
    day_after(due.max(today))
}

/// The first day that may be agreed to.
pub fn first_agreed(due: NaiveDate) -> NaiveDate {
    day_after(due)
}

fn day_after(day: NaiveDate) -> NaiveDate {
    day.checked_add_days(Days::new(1)).unwrap_or(day)
}

/// Whether it was asked only when the deadline had passed.
pub fn is_asked_late(due_then: Option<NaiveDate>, requested_on: NaiveDate) -> bool {
    due_then.is_some_and(|due| due < requested_on)
}

/// Whether somebody may decide what somebody asked, both as the journal calls them.
pub fn may_decide(asked_by: &str, decider: &str) -> bool {
    asked_by != decider
}

/// What was decided about one task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ruling {
    /// As asked.
    Agreed,
    /// To another date.
    Changed(NaiveDate),
    /// Not at all.
    Refused,
}

impl Ruling {
    /// As it is stored.
    pub fn decision(self) -> ExtensionDecision {
        match self {
            Self::Agreed => ExtensionDecision::Agreed,
            Self::Changed(_) => ExtensionDecision::Changed,
            Self::Refused => ExtensionDecision::Refused,
        }
    }

    /// The deadline from then on; `None` when the old one stands.
    pub fn new_due(self, wanted: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Agreed => Some(wanted),
            Self::Changed(date) => Some(date),
            Self::Refused => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::standing::{ExtensionFact, TaskFacts};

    fn day(n: u64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2024, 1, 1).unwrap().checked_add_days(Days::new(n)).unwrap()
    }

    /// One request, made and decided some days after what was before: how far off the deadline wanted is, and which
    /// ruling; several may fall on one day.
    #[derive(Debug, Clone)]
    struct Turn {
        asked_after: u64,
        decided_after: u64,
        further: u64,
        ruling: u8,
    }

    fn turn() -> impl Strategy<Value = Turn> {
        (0u64..20, 0u64..10, 0u64..40, 0u8..3).prop_map(|(asked_after, decided_after, further, ruling)| {
            Turn { asked_after, decided_after, further, ruling }
        })
    }

    proptest! {
        /// Each day has the deadline that had been decided by its evening, whatever was asked and decided later.
        #[test]
        fn the_deadline_of_a_day_is_what_was_decided_by_then(
            turns in proptest::collection::vec(turn(), 0..12),
            asked in 0u64..300,
        ) {
            let original = day(30);
            let mut facts = TaskFacts { original_due_on: Some(original), ..TaskFacts::default() };
            let (mut today, mut due) = (day(0), original);
            let mut evenings = vec![(day(0), original)];
            for turn in turns {
                today = today + Days::new(turn.asked_after);
                let wanted = first_wanted(due, today) + Days::new(turn.further);
                prop_assert!(wanted > due && wanted > today);
                today = today + Days::new(turn.decided_after);
                let ruling = match turn.ruling {
                    0 => Ruling::Agreed,
                    1 => Ruling::Changed(first_agreed(due) + Days::new(turn.further / 2)),
                    _ => Ruling::Refused,
                };
                if let Some(new_due_on) = ruling.new_due(wanted) {
                    prop_assert!(new_due_on > due);
                    facts.extensions.push(ExtensionFact { decided_on: today, new_due_on });
                    due = new_due_on;
                }
                evenings.push((today, due));
            }
            let by_then = evenings.iter().rev().find(|(on, _)| *on <= day(asked)).map(|(_, due)| *due);
            prop_assert_eq!(facts.due_at(day(asked)), by_then);
        }
    }

    #[test]
    fn what_is_over_or_set_aside_is_not_extended() {
        let open: Vec<_> = Status::ALL.iter().copied().filter(|status| is_extendable(*status)).collect();
        assert_eq!(open, [Status::NotStarted, Status::InProgress, Status::Submitted]);
        assert!(!is_asked_late(Some(day(3)), day(3)) && is_asked_late(Some(day(3)), day(4)));
        assert!(!may_decide("a", "a") && may_decide("a", "b"));
    }
}
