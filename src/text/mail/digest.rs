//! The sentences of the daily digest.

use chrono::NaiveDate;

use crate::domain::digest::{Changes, DigestTask, SectionKind};
use crate::domain::standing::Standing;
use crate::mail::Tally;
use crate::text::{Lang, count, date, number};

/// The most characters of a subject.
const LONGEST: usize = 60;

/// What a subject and the first line count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Overdue.
    pub overdue: u64,
    /// Of those, key tasks.
    pub key: u64,
    /// Due soon, today too.
    pub soon: u64,
    /// Due later, within seven working days.
    pub week: u64,
    /// Submissions to confirm.
    pub submissions: u64,
    /// Extensions refused.
    pub refused: u64,
    /// Opinions and requests for explanation to answer.
    pub asked: u64,
    /// Answers to read.
    pub answered: u64,
    /// Requests for extensions to decide.
    pub extending: u64,
}

/// The sentences of a digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DigestWords(pub Lang);

impl DigestWords {
    fn pick<T>(self, vi: T, en: T) -> T {
        match self.0 {
            Lang::Vi => vi,
            Lang::En => en,
        }
    }

    fn n(self, n: u64) -> String {
        self.pick(count(n), number(self.0, n))
    }

    fn counted(self, n: u64, vi: &str, en: &str) -> String {
        format!("{} {}", self.n(n), self.pick(vi, en))
    }

    /// The language's code.
    pub fn lang(self) -> &'static str {
        self.0.code()
    }

    /// The label of a letter about the whole tenant.
    pub fn summary(self) -> &'static str {
        self.pick("Tổng hợp", "Summary")
    }

    /// `08 quá hạn (07 trọng tâm)`.
    pub fn overdue(self, n: u64, key: u64) -> String {
        let all = self.counted(n, "quá hạn", "overdue");
        if key == 0 { all } else { format!("{all} ({})", self.counted(key, "trọng tâm", "key")) }
    }

    /// `01 sắp đến hạn`.
    pub fn soon(self, n: u64) -> String {
        self.counted(n, "sắp đến hạn", "due soon")
    }

    /// Every count that is not nothing.
    pub fn counts(self, counts: &Counts) -> String {
        self.parts(counts).join(", ")
    }

    fn parts(self, counts: &Counts) -> Vec<String> {
        let some = |n: u64, text: String| (n > 0).then_some(text);
        [
            some(counts.overdue, self.overdue(counts.overdue, counts.key)),
            some(counts.soon, self.soon(counts.soon)),
            some(counts.submissions, self.counted(counts.submissions, "chờ xác nhận", "to confirm")),
            some(counts.asked, self.counted(counts.asked, "ý kiến, giải trình cần trả lời", "to answer")),
            some(counts.answered, self.counted(counts.answered, "trả lời cần đọc", "answers to read")),
            some(
                counts.extending,
                self.counted(counts.extending, "gia hạn cần quyết định", "extensions to decide"),
            ),
            some(counts.refused, self.counted(counts.refused, "gia hạn bị từ chối", "extensions refused")),
            some(counts.week, self.counted(counts.week, "đến hạn trong tuần", "due this week")),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// `[CVT] 08 quá hạn (07 trọng tâm), 01 sắp đến hạn – 29/11`, at most sixty characters: what has no room is left
    /// out, from the end; then the key tasks, then the end of the label.
    pub fn subject(self, label: &str, counts: &Counts, day: NaiveDate) -> String {
        let end = format!(" – {}", day.format("%d/%m"));
        let room = |body: &str| LONGEST.saturating_sub(body.chars().count() + end.chars().count() + 3);
        let (wanted, parts) = (label.chars().count(), self.parts(counts));
        // Only what is nearest: overdue and soon, else the first of the rest.
        let near = usize::from(counts.overdue > 0) + usize::from(counts.soon > 0);
        let shown = parts.get(..near.clamp(1, parts.len().max(1))).unwrap_or(&parts);
        let plain = self.parts(&Counts { key: 0, ..*counts });
        let bodies = [
            shown.join(", "),
            shown.first().cloned().unwrap_or_default(),
            plain.first().cloned().unwrap_or_default(),
        ];
        let fitting = bodies.iter().find(|body| room(body) > 0 && wanted <= room(body)).or(bodies.last());
        let body = fitting.cloned().unwrap_or_default();
        let room = room(&body);
        let label = match label.char_indices().nth(room.saturating_sub(1)) {
            Some((at, _)) if wanted > room => format!("{}…", label.get(..at).unwrap_or(label)),
            _ => label.to_owned(),
        };
        format!("[{label}] {body}{end}")
    }

    /// What the letter is, with its day.
    pub fn heading(self, day: &str) -> String {
        self.pick(format!("Việc cần đôn đốc ngày {day}"), format!("Work to urge on {day}"))
    }

    /// What changed since the last digest; empty when nothing did.
    pub fn changes(self, since: NaiveDate, changes: &Changes) -> String {
        let parts: Vec<String> = [
            (changes.newly_overdue, self.pick("mới quá hạn", "newly overdue")),
            (changes.due_tomorrow, self.pick("đến hạn ngày mai", "due tomorrow")),
            (changes.completed, self.pick("đã hoàn thành", "completed")),
        ]
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, words)| format!("{} {words}", number(self.0, n)))
        .collect();
        if parts.is_empty() {
            return String::new();
        }
        let since = date(since);
        format!(
            "{}: {}.",
            self.pick(format!("Từ sau ngày {since}"), format!("Since {since}")),
            parts.join(", ")
        )
    }

    /// The heading of the units' table.
    pub fn by_unit(self) -> &'static str {
        self.pick("Theo đơn vị", "By unit")
    }

    /// The link to every unit's figures.
    pub fn all_units(self, n: usize) -> String {
        self.pick(format!("Xem cả {n} đơn vị"), format!("See all {n} units"))
    }

    /// The heading of a section.
    pub fn section(self, kind: SectionKind, total: u64, key: u64) -> String {
        let name = match kind {
            SectionKind::Overdue => self.pick("Quá hạn", "Overdue"),
            SectionKind::Today => self.pick("Đến hạn hôm nay", "Due today"),
            SectionKind::Soon => self.pick("Sắp đến hạn", "Due soon"),
            SectionKind::Week => self.pick("Đến hạn trong 7 ngày làm việc", "Due within 7 working days"),
            SectionKind::Submissions => self.pick("Chờ xác nhận hoàn thành", "Completions to confirm"),
            SectionKind::Asked => {
                self.pick("Ý kiến chỉ đạo, giải trình cần trả lời", "Opinions and explanations to answer")
            }
            SectionKind::Answered => self.pick("Trả lời của đơn vị cần đọc", "Answers to read"),
            SectionKind::Extending => self.pick("Đề nghị gia hạn cần quyết định", "Extensions to decide"),
            SectionKind::Refused => self.pick("Gia hạn bị từ chối", "Extensions refused"),
            SectionKind::Coordinating => self.pick("Đơn vị phối hợp", "Coordinating"),
        };
        let key =
            if key == 0 { String::new() } else { format!(" ({})", self.counted(key, "trọng tâm", "key")) };
        format!("{name}: {}{key}", self.n(total))
    }

    /// `hạn 31/10/2024`.
    pub fn due(self, due: Option<NaiveDate>) -> String {
        match due {
            Some(day) => format!("{} {}", self.pick("hạn", "due"), date(day)),
            None => self.pick("không có thời hạn", "no deadline").to_owned(),
        }
    }

    /// How a task stands, in words.
    pub fn status(self, task: &DigestTask, day: NaiveDate) -> String {
        let days = number(self.0, task.days_late.into());
        let mut words = vec![match task.standing {
            Standing::Overdue => self.pick(format!("Quá hạn {days} ngày"), format!("{days} days overdue")),
            _ if task.due_on == Some(day) => self.pick("Đến hạn hôm nay", "Due today").to_owned(),
            _ => self.pick("Trong hạn", "Within term").to_owned(),
        }];
        let told = [
            (task.is_newly_overdue, self.pick("mới quá hạn", "newly overdue")),
            (task.is_waiting, self.pick("chờ xác nhận", "waiting for confirmation")),
            (task.is_asked, self.pick("chờ đơn vị trả lời", "waiting for an answer")),
            (task.is_answered, self.pick("đơn vị đã trả lời", "answered")),
            (task.is_extending, self.pick("đang đề nghị gia hạn", "extension asked")),
            (task.is_refused, self.pick("gia hạn bị từ chối", "extension refused")),
        ];
        words.extend(told.into_iter().filter(|(holds, _)| *holds).map(|(_, word)| word.to_owned()));
        words.join(", ")
    }

    /// The mark of a key task.
    pub fn key(self) -> &'static str {
        self.pick("★ Trọng tâm", "★ Key")
    }

    /// The link to a whole list.
    pub fn all(self, n: u64) -> String {
        self.pick(format!("Mở danh sách {} nhiệm vụ", self.n(n)), format!("Open all {}", self.n(n)))
    }

    /// The link to the list of one unit of several.
    pub fn all_of(self, n: u64, unit: &str) -> String {
        format!("{}: {unit}", self.all(n))
    }

    /// Why somebody gets the letter.
    pub fn why(self, tenant: &str) -> String {
        self.pick(
            format!(
                "Thư tự động của hệ thống Đôn đốc, {tenant}, gửi mỗi ngày làm việc khi có việc cần đôn đốc."
            ),
            format!("Sent by Đôn đốc, {tenant}, on each working day on which something is due."),
        )
    }

    /// The link to the reader's settings.
    pub fn settings(self) -> &'static str {
        self.pick("Thiết đặt thư nhắc việc", "Settings of these letters")
    }
}

/// Why somebody gets no letter, by its code.
pub fn not_sent(lang: Lang, code: &str) -> &'static str {
    let (vi, en) = match code {
        "disabled" => ("tài khoản đã khóa", "the account is disabled"),
        "bad_address" => ("địa chỉ thư không dùng được", "the address can't be written to"),
        "no_mailbox" => (
            "đơn vị chưa có thủ trưởng và chưa có hộp thư nhận nhắc việc",
            "the unit has neither a head nor a mailbox",
        ),
        "not_their_day" => (
            "chuyên viên nhận thư vào ngày làm việc đầu tuần",
            "staff get theirs on the week's first working day",
        ),
        "no_post" => ("không còn giữ chức vụ nào", "no post is held any more"),
        "not_a_working_day" => ("không phải ngày làm việc", "it is no working day"),
        "late" => ("đã quá giờ gửi trong ngày", "it was too late in the day"),
        _ => ("không có việc quá hạn, đến hạn hay chờ", "nothing is overdue, due or waiting"),
    };
    match lang {
        Lang::Vi => vi,
        Lang::En => en,
    }
}

/// A day without digests.
pub fn not_working(lang: Lang, day: NaiveDate) -> String {
    let day = date(day);
    match lang {
        Lang::Vi => format!("Ngày {day} không phải ngày làm việc của tổ chức: không có thư nhắc việc."),
        Lang::En => format!("{day} is no working day of the tenant: there are no digests."),
    }
}

/// A reader of a day: to whom, and the subject or why there is none.
pub fn reader_line(lang: Lang, address: &str, name: &str, said: std::result::Result<&str, &str>) -> String {
    let who = if address.is_empty() { name.to_owned() } else { format!("{name} <{address}>") };
    match (said, lang) {
        (Ok(subject), _) => format!("✓ {who}\n    {subject}"),
        (Err(why), Lang::Vi) => format!("– {who}\n    không gửi: {why}"),
        (Err(why), Lang::En) => format!("– {who}\n    not sent: {why}"),
    }
}

/// What became of the letters of a day: how many there are, sent, left out by reason, given up, still to be sent.
pub fn tallied(lang: Lang, day: NaiveDate, tally: &Tally) -> String {
    let day = date(day);
    let n = |n: u64| number(lang, n);
    let left_out: u64 = tally.skipped.values().sum();
    let reasons: Vec<String> = tally
        .skipped
        .iter()
        .map(|(code, count)| format!("\n    {}: {}", not_sent(lang, code), n(*count)))
        .collect();
    let reasons = reasons.concat();
    let (all, sent) = (n(tally.all()), n(tally.sent));
    let (dead, open) = (n(tally.dead), n(tally.open));
    match lang {
        Lang::Vi => format!(
            "Thư nhắc việc ngày {day}: {all} thư; đã gửi {sent}, không gửi được {dead}, còn chờ gửi {open}, không gửi {}{}",
            n(left_out),
            if reasons.is_empty() { String::new() } else { format!(":{reasons}") }
        ),
        Lang::En => format!(
            "Digests of {day}: {all} letters; sent {sent}, failed {dead}, still to be sent {open}, left out {}{}",
            n(left_out),
            if reasons.is_empty() { String::new() } else { format!(":{reasons}") }
        ),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day() -> NaiveDate {
        "2024-11-29".parse().unwrap()
    }

    #[test]
    fn a_subject_counts_what_is_nearest() {
        let counts = Counts { overdue: 8, key: 7, soon: 1, week: 12, ..Counts::default() };
        let subject = |lang, label: &str, counts: &Counts| DigestWords(lang).subject(label, counts, day());
        assert_eq!(
            subject(Lang::Vi, "CVT", &counts),
            "[CVT] 08 quá hạn (07 trọng tâm), 01 sắp đến hạn – 29/11"
        );
        assert_eq!(subject(Lang::En, "CVT", &counts), "[CVT] 8 overdue (7 key), 1 due soon – 29/11");
        let week = Counts { week: 3, ..Counts::default() };
        assert_eq!(subject(Lang::Vi, "CVT", &week), "[CVT] 03 đến hạn trong tuần – 29/11");
        let long = "Cục Phát thanh, truyền hình và thông tin điện tử";
        assert_eq!(
            subject(Lang::Vi, long, &counts),
            "[Cục Phát thanh, truyền hình và thông t…] 08 quá hạn – 29/11"
        );
    }

    proptest! {
        #[test]
        fn a_subject_has_at_most_sixty_characters(
            label in "[\\PC]{0,120}", overdue in 0u64..3_000_000, key in 0u64..3_000_000, soon in 0u64..3_000_000,
            week in 0u64..3_000_000,
        ) {
            let counts = Counts { overdue, key, soon, week, ..Counts::default() };
            for lang in [Lang::Vi, Lang::En] {
                let subject = DigestWords(lang).subject(&label, &counts, day());
                prop_assert!(subject.chars().count() <= 60, "{subject}");
                prop_assert!(subject.ends_with("29/11"));
            }
        }
    }
}
