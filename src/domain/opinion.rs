//! Directing opinions and requests for explanation: when they wait for an answer, and how late it is.

use chrono::NaiveDate;

use super::vocabulary::vocabulary;

vocabulary! {
    /// What is said about a task.
    OpinionKind {
        /// Ý kiến chỉ đạo.
        Opinion = "opinion",
        /// Yêu cầu giải trình.
        Explanation = "explanation",
    }
}

vocabulary! {
    /// How an opinion stands.
    OpinionState {
        /// It waits for the unit's answer.
        Waiting = "waiting",
        /// It was answered; whoever gave it reads the answer and closes it, or asks again.
        Answered = "answered",
        /// It asks for no answer, and has none.
        Told = "told",
        /// Nothing more is to be done about it.
        Closed = "closed",
    }
}

/// The dates of an opinion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpinionDates {
    /// By when it is to be answered; `None` when it asks for no answer.
    pub answer_due_on: Option<NaiveDate>,
    /// When it was answered.
    pub answered_on: Option<NaiveDate>,
    /// When it was closed.
    pub closed_on: Option<NaiveDate>,
}

impl OpinionDates {
    /// How it stands.
    pub fn state(self) -> OpinionState {
        match (self.closed_on, self.answered_on, self.answer_due_on) {
            (Some(_), _, _) => OpinionState::Closed,
            (None, Some(_), _) => OpinionState::Answered,
            (None, None, Some(_)) => OpinionState::Waiting,
            (None, None, None) => OpinionState::Told,
        }
    }

    /// By how many days the answer is late: on a day while it waits, else when it came. 0 when it is not late.
    pub fn days_late(self, day: NaiveDate) -> u32 {
        let by = match self.state() {
            OpinionState::Waiting => day,
            OpinionState::Told => return 0,
            // One that was closed without an answer was never late for good.
            OpinionState::Answered | OpinionState::Closed => match self.answered_on {
                Some(answered) => answered,
                None => return 0,
            },
        };
        self.answer_due_on.map_or(0, |due| u32::try_from((by - due).num_days()).unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(n: i64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2024, 11, 1).unwrap() + chrono::TimeDelta::days(n)
    }

    proptest! {
        #[test]
        fn only_a_waiting_answer_grows_later(
            due in proptest::option::of(0i64..30),
            answered in proptest::option::of(0i64..30),
            closed in proptest::option::of(0i64..30),
            on in 0i64..40,
        ) {
            let dates = OpinionDates {
                answer_due_on: due.map(day), answered_on: answered.map(day), closed_on: closed.map(day),
            };
            let (today, tomorrow) = (dates.days_late(day(on)), dates.days_late(day(on + 1)));
            let is_growing = dates.state() == OpinionState::Waiting && due.is_some_and(|due| due <= on);
            prop_assert_eq!(tomorrow - today, u32::from(is_growing));
            if let (Some(due), Some(answered)) = (due, answered) {
                prop_assert_eq!(i64::from(today), (answered - due).max(0));
            }
        }
    }
}
