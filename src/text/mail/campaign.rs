//! The sentences of a letter that urges a unit to report for a campaign.

use chrono::NaiveDate;

use crate::text::{Lang, date};

/// The most characters of a subject.
const LONGEST: usize = 60;

/// The sentences of the letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CampaignWords(pub Lang);

impl CampaignWords {
    fn pick<T>(self, vi: T, en: T) -> T {
        match self.0 {
            Lang::Vi => vi,
            Lang::En => en,
        }
    }

    /// The language's code.
    pub fn lang(self) -> &'static str {
        self.0.code()
    }

    /// `Đôn đốc báo cáo (hạn 15/12): …`, at most sixty characters.
    pub fn subject(self, title: &str, due_on: NaiveDate) -> String {
        let on = due_on.format("%d/%m");
        let begin = self.pick(format!("Đôn đốc báo cáo (hạn {on}): "), format!("Report wanted (due {on}): "));
        let room = LONGEST.saturating_sub(begin.chars().count());
        if title.chars().count() <= room {
            return format!("{begin}{title}");
        }
        let cut: String = title.chars().take(room.saturating_sub(1)).collect();
        format!("{begin}{}…", cut.trim_end())
    }

    /// What is asked for.
    pub fn wanted(self, unit: &str) -> String {
        self.pick(
            format!("Đề nghị {unit} báo cáo kết quả thực hiện nhiệm vụ sau:"),
            format!("{unit} is asked to report on this task:"),
        )
    }

    /// By which document the task was given.
    pub fn source(self, number: &str, on: Option<NaiveDate>) -> String {
        match on.map(date) {
            Some(on) => {
                self.pick(format!("Văn bản giao: {number} ngày {on}"), format!("Given by {number} of {on}"))
            }
            None => self.pick(format!("Văn bản giao: {number}"), format!("Given by {number}")),
        }
    }

    /// When it is due, and how late it is.
    pub fn due(self, due_on: NaiveDate, days_late: i64) -> String {
        let on = date(due_on);
        match days_late {
            ..=0 => self.pick(format!("Thời hạn: {on}"), format!("Due on {on}")),
            1 => {
                self.pick(format!("Thời hạn: {on}, đã quá hạn 1 ngày"), format!("Due on {on}, 1 day overdue"))
            }
            days => self.pick(
                format!("Thời hạn: {on}, đã quá hạn {days} ngày"),
                format!("Due on {on}, {days} days overdue"),
            ),
        }
    }

    /// The way to the task.
    pub fn open(self) -> &'static str {
        self.pick("Mở nhiệm vụ để báo cáo", "Open the task to report")
    }

    /// Why it came.
    pub fn why(self, tenant: &str) -> String {
        self.pick(
            format!("Thư do Văn phòng gửi qua hệ thống Đôn đốc của {tenant}. Không trả lời thư này."),
            format!("Sent by the Office by {tenant}'s Đôn đốc. Please don't answer this letter."),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_is_never_longer_than_sixty_characters() {
        let on = NaiveDate::from_ymd_opt(2024, 12, 15).unwrap();
        let w = CampaignWords(Lang::Vi);
        assert_eq!(w.subject("Tổng kết phong trào", on), "Đôn đốc báo cáo (hạn 15/12): Tổng kết phong trào");
        let long = w.subject(&"Tổng kết phong trào ".repeat(9), on);
        assert!(long.chars().count() <= LONGEST && long.ends_with('…'), "{long}");
    }
}
