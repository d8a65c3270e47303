//! The sentences of a reminder.

use chrono::NaiveDate;

use crate::domain::ladder::{DayCount, Told};
use crate::text::{Lang, count, number};

/// The most characters of a subject.
const LONGEST: usize = 60;

/// How near a task's deadline is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Urgency {
    /// So many days past.
    Overdue(u32),
    /// On the day.
    Today,
    /// So many working days left.
    Left(u32),
}

/// The sentences of a reminder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReminderWords(pub Lang);

impl ReminderWords {
    fn pick<T>(self, vi: T, en: T) -> T {
        match self.0 {
            Lang::Vi => vi,
            Lang::En => en,
        }
    }

    fn counted(self, n: usize, vi: &str, en: &str) -> Option<String> {
        let whole = u64::try_from(n).unwrap_or(u64::MAX);
        let n = self.pick(count(whole), number(self.0, whole));
        (whole > 0).then(|| format!("{n} {}", self.pick(vi, en)))
    }

    /// The language's code.
    pub fn lang(self) -> &'static str {
        self.0.code()
    }

    /// `02 quá hạn`, `01 đến hạn hôm nay`, `03 sắp đến hạn`: those that are not nothing.
    pub fn counts(self, tasks: &[Urgency]) -> Vec<String> {
        let of = |holds: fn(&Urgency) -> bool| tasks.iter().filter(|urgency| holds(urgency)).count();
        [
            self.counted(of(|task| matches!(task, Urgency::Overdue(_))), "quá hạn", "overdue"),
            self.counted(of(|task| *task == Urgency::Today), "đến hạn hôm nay", "due today"),
            self.counted(of(|task| matches!(task, Urgency::Left(_))), "sắp đến hạn", "coming due"),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// `Nhắc việc 29/11: 02 quá hạn, 03 sắp đến hạn`, at most sixty characters: what has no room is left out, from the end.
    pub fn subject(self, tasks: &[Urgency], day: NaiveDate) -> String {
        let begin = format!("{} {}", self.pick("Nhắc việc", "Reminder"), day.format("%d/%m"));
        let mut parts = self.counts(tasks);
        loop {
            let subject = format!("{begin}: {}", parts.join(", "));
            if subject.chars().count() <= LONGEST || parts.len() <= 1 {
                return subject;
            }
            parts.pop();
        }
    }

    /// What the letter is, with its day.
    pub fn heading(self, day: &str) -> String {
        self.pick(format!("Nhắc việc ngày {day}"), format!("Reminder of {day}"))
    }

    /// How a task stands, and to whom that is reported.
    pub fn status(self, urgency: Urgency, told: Told) -> String {
        let stands = match urgency {
            Urgency::Overdue(days) => {
                let days = number(self.0, days.into());
                self.pick(format!("Quá hạn {days} ngày"), format!("Overdue by {days} days"))
            }
            Urgency::Today => self.pick("Đến hạn hôm nay", "Due today").to_owned(),
            Urgency::Left(days) => {
                let days = number(self.0, days.into());
                self.pick(format!("Còn {days} ngày làm việc"), format!("{days} working days left"))
            }
        };
        match self.reported(told) {
            "" => stands,
            reported => format!("{stands} – {reported}"),
        }
    }

    fn reported(self, told: Told) -> &'static str {
        match told {
            Told::Contact => "",
            Told::Head => self.pick("báo cáo thủ trưởng đơn vị", "reported to the head of the unit"),
            Told::Office => self.pick("báo cáo Văn phòng", "reported to the Office"),
            Told::Leader => self.pick("báo cáo lãnh đạo phụ trách", "reported to the responsible leader"),
        }
    }

    /// What stands before a deadline.
    pub fn due(self) -> &'static str {
        self.pick("hạn", "due")
    }

    /// The mark of a key task.
    pub fn key(self) -> &'static str {
        self.pick("★ Trọng tâm", "★ Key")
    }

    /// What is not in the letter.
    pub fn more(self, n: usize) -> String {
        let n = u64::try_from(n).unwrap_or(u64::MAX);
        self.pick(
            format!("Còn {} nhiệm vụ khác; mở danh sách nhiệm vụ đang thực hiện", count(n)),
            format!("{} more; open the list of tasks in progress", number(self.0, n)),
        )
    }

    /// The link to the draft of an urging letter.
    pub fn urging(self, unit: &str) -> String {
        self.pick(
            format!("Dự thảo công văn đôn đốc gửi {unit}"),
            format!("Draft of the urging letter to {unit}"),
        )
    }

    /// Why somebody gets the letter.
    pub fn why(self, tenant: &str) -> String {
        self.pick(
            format!("Thư tự động của hệ thống Đôn đốc, {tenant}, gửi khi nhiệm vụ đến một mốc nhắc việc."),
            format!("Sent by Đôn đốc, {tenant}, when a task reaches a step of the ladder of reminders."),
        )
    }

    /// The link to the reader's settings.
    pub fn settings(self) -> &'static str {
        self.pick("Thiết đặt tài khoản", "Settings of the account")
    }
}

/// Who is told.
pub fn told(lang: Lang, told: Told) -> &'static str {
    let (vi, en) = match told {
        Told::Contact => ("Đầu mối", "Contact"),
        Told::Head => ("Thủ trưởng đơn vị", "Head of the unit"),
        Told::Office => ("Văn phòng", "Office"),
        Told::Leader => ("Lãnh đạo phụ trách", "Responsible leader"),
    };
    ReminderWords(lang).pick(vi, en)
}

/// How days are counted.
pub fn day_count(lang: Lang, count: DayCount) -> &'static str {
    let (vi, en) = match count {
        DayCount::Working => ("ngày làm việc", "working days"),
        DayCount::Calendar => ("ngày", "days"),
    };
    ReminderWords(lang).pick(vi, en)
}

/// Why somebody gets no reminder, by its code.
pub fn not_reminded(lang: Lang, code: &str) -> &'static str {
    let (vi, en) = match code {
        "nobody_to_tell" => {
            ("không có người nhận: chưa có ai giữ chức vụ này", "there is nobody: the post is held by no one")
        }
        "bad_address" => ("địa chỉ thư không dùng được", "the address can't be written to"),
        "in_digest" => ("thư hằng ngày cùng ngày đã nêu", "the digest of the day says it"),
        "not_wanted" => {
            ("người nhận đã tắt nhắc việc chưa quá hạn", "wants to be reminded of overdue work alone")
        }
        _ => ("không còn việc phải nhắc", "nothing is left to be told"),
    };
    ReminderWords(lang).pick(vi, en)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day() -> NaiveDate {
        "2024-11-29".parse().unwrap()
    }

    #[test]
    fn a_step_is_said_as_an_official_writes_it() {
        let vi = ReminderWords(Lang::Vi);
        assert_eq!(vi.status(Urgency::Left(3), Told::Contact), "Còn 3 ngày làm việc");
        assert_eq!(vi.status(Urgency::Overdue(7), Told::Office), "Quá hạn 7 ngày – báo cáo Văn phòng");
        let tasks = [Urgency::Overdue(7), Urgency::Left(3), Urgency::Overdue(1)];
        assert_eq!(vi.subject(&tasks, day()), "Nhắc việc 29/11: 02 quá hạn, 01 sắp đến hạn");
        assert_eq!(ReminderWords(Lang::En).subject(&tasks, day()), "Reminder 29/11: 2 overdue, 1 coming due");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn a_subject_has_at_most_sixty_characters(overdue in 0usize..2_000, today in 0usize..2_000, left in 1usize..2_000) {
            let mut tasks = vec![Urgency::Overdue(1); overdue];
            tasks.extend(vec![Urgency::Today; today]);
            tasks.extend(vec![Urgency::Left(1); left]);
            for lang in [Lang::Vi, Lang::En] {
                let subject = ReminderWords(lang).subject(&tasks, day());
                prop_assert!(subject.chars().count() <= 60, "{subject}");
            }
        }
    }
}
