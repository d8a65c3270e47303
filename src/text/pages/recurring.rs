//! Work that comes again.

use super::{Words, sentences};
use crate::domain::recurrence::{DayForm, DayOfMonth, Every, Rule};

sentences! {
    nav_recurring: "Nhiệm vụ định kỳ", "Recurring tasks";
    recurring_title: "Nhiệm vụ định kỳ", "Recurring tasks";
    recurring_lead: "Mỗi kỳ hệ thống tự giao một nhiệm vụ trước hạn một số ngày làm việc. Nhiệm vụ đã giao thì theo dõi, sửa, gia hạn như mọi nhiệm vụ khác.",
        "Each turn brings a task by itself, some working days before it is due. From then on it is a task like any other.";
    recurring_caption: "Nhiệm vụ định kỳ", "Recurring tasks";
    recurring_none: "Chưa có nhiệm vụ định kỳ nào.", "There is none yet.";
    recurring_add: "Đặt nhiệm vụ định kỳ", "Add a recurring task";
    recurring_change: "Sửa", "Change";
    recurring_change_help: "Thay đổi có hiệu lực từ các kỳ sau; nhiệm vụ đã giao giữ nguyên.", "It holds for the turns to come; tasks that are there stay.";
    recurring_task: "Nội dung", "Task";
    recurring_rule: "Kỳ hạn", "When";
    recurring_next: "Hạn kỳ tới", "Next due";
    recurring_state: "Trạng thái", "State";
    recurring_active: "đang áp dụng", "active";
    recurring_ended: "đã hết kỳ", "over";
    recurring_when: "Khi nào", "When";
    recurring_what: "Giao việc gì, cho ai", "What, and to whom";
    recurring_category: "Loại nhiệm vụ", "Category";
    recurring_coordinating: "Đơn vị phối hợp", "Coordinating units";
    recurring_coordinating_hint: "Tên hoặc tên viết tắt, ngăn cách bằng dấu chấm phẩy; có thể để trống.",
        "Names or short names with semicolons between; may be left out.";
    recurring_assignees_hint: "Địa chỉ thư của người thuộc đơn vị chủ trì, ngăn cách bằng dấu chấm phẩy; có thể để trống.",
        "Addresses of people of the lead unit with semicolons between; may be left out.";
    recurring_every: "Chu kỳ", "How often";
    recurring_month: "Tháng trong kỳ", "Month of the turn";
    recurring_month_hint: "Quý: 1 đến 3, tháng cuối quý là 3. Sáu tháng: 1 đến 6. Năm: 1 đến 12. Hằng tháng thì không dùng.",
        "Quarter: 1 to 3, its last month is 3. Half-year: 1 to 6. Year: 1 to 12. Every month: not used.";
    recurring_form: "Chọn ngày theo", "Which day";
    recurring_day: "Ngày trong tháng", "Day of the month";
    recurring_day_hint: "Báo cáo trước ngày 16 là hạn ngày 16. Tháng không có ngày này thì lấy ngày cuối tháng.",
        "Before the 16th is due on the 16th. A month without it has its last day instead.";
    recurring_weekday: "Thứ", "Weekday";
    recurring_notice: "Giao trước hạn (ngày làm việc)", "Appears before (working days)";
    recurring_from: "Áp dụng từ ngày", "From";
    recurring_until: "Đến ngày", "Until";
    recurring_until_hint: "Để trống nếu chưa biết.", "Leave blank when there is no end.";
    recurring_look: "Xem 5 kỳ tới", "See the next five";
    recurring_coming: "Các kỳ sắp tới", "Turns to come";
    recurring_coming_none: "Không có kỳ nào sắp tới.", "None is to come.";
    recurring_turn: "Kỳ", "Turn";
    recurring_due: "Hạn", "Due";
    recurring_appears: "Tự giao ngày", "Appears on";
    recurring_skip: "Bỏ qua kỳ này", "Leave it out";
    recurring_skip_turn: "Bỏ qua một kỳ", "Leave a turn out";
    recurring_reason: "Lý do", "Reason";
    recurring_done: "Các kỳ đã qua", "Turns that came";
    recurring_done_none: "Chưa kỳ nào được giao.", "None came yet.";
    recurring_done_on: "Ngày giao hoặc bỏ qua", "On";
    recurring_result: "Kết quả", "What became of it";
    recurring_pause: "Tạm dừng", "Pause";
    recurring_resume: "Tiếp tục", "Resume";
    recurring_resume_help: "Các kỳ đến hạn trong lúc tạm dừng không được giao bù.", "What fell due meanwhile is not made up for.";
    recurring_saved: "Đã lưu.", "Saved.";
    recurring_skipped: "Đã bỏ qua một kỳ.", "The turn is left out.";
    recurring_provisional: "lịch tạm", "provisional calendar";
}

impl Words {
    /// How often.
    pub fn every(self, every: Every) -> &'static str {
        match every {
            Every::Month => self.pick("Hằng tháng", "Every month"),
            Every::Quarter => self.pick("Hằng quý", "Every quarter"),
            Every::HalfYear => self.pick("Sáu tháng một lần", "Every half-year"),
            Every::Year => self.pick("Hằng năm", "Every year"),
        }
    }

    /// By what a rule names its day.
    pub fn day_form(self, form: DayForm) -> &'static str {
        match form {
            DayForm::Number => self.pick("số ngày trong tháng", "its number"),
            DayForm::FirstWorking => self.pick("ngày làm việc đầu tiên", "the first working day"),
            DayForm::LastWorking => self.pick("ngày làm việc cuối cùng", "the last working day"),
            DayForm::FirstWeekday => self.pick("thứ … đầu tiên", "the first of a weekday"),
            DayForm::LastWeekday => self.pick("thứ … cuối cùng", "the last of a weekday"),
        }
    }

    fn day_of_month(self, day: DayOfMonth) -> String {
        let weekday = |day: chrono::Weekday| {
            let place = usize::try_from(day.num_days_from_monday()).unwrap_or_default();
            self.weekdays().get(place).map_or("", |(_, name)| *name)
        };
        match day {
            DayOfMonth::Number(31) => self.pick("ngày cuối".to_owned(), "the last day".to_owned()),
            DayOfMonth::Number(day) => self.pick(format!("ngày {day}"), format!("day {day}")),
            DayOfMonth::FirstWorking | DayOfMonth::LastWorking => self.day_form(day.form()).to_owned(),
            DayOfMonth::First(day) => {
                self.pick(format!("{} đầu tiên", weekday(day)), format!("the first {}", weekday(day)))
            }
            DayOfMonth::Last(day) => {
                self.pick(format!("{} cuối cùng", weekday(day)), format!("the last {}", weekday(day)))
            }
        }
    }

    /// A rule as a sentence: `Hằng quý, chậm nhất ngày 15 của tháng cuối quý`.
    pub fn rule(self, rule: Rule) -> String {
        let (every, day, month) = (self.every(rule.every()), self.day_of_month(rule.day()), rule.month());
        match rule.every() {
            Every::Month => {
                self.pick(format!("{every}, chậm nhất {day} của tháng"), format!("{every}, by {day}"))
            }
            Every::Quarter => {
                let vi = match month {
                    3 => "tháng cuối quý".to_owned(),
                    n => format!("tháng thứ {n} của quý"),
                };
                self.pick(
                    format!("{every}, chậm nhất {day} của {vi}"),
                    format!("{every}, by {day} of its month {month}"),
                )
            }
            Every::HalfYear => {
                let other = month + 6;
                self.pick(
                    format!("{every}, chậm nhất {day} của tháng {month} và tháng {other}"),
                    format!(
                        "{every}, by {day} of {} and {}",
                        self.calendar_month(month),
                        self.calendar_month(other)
                    ),
                )
            }
            Every::Year => self.pick(
                format!("{every}, chậm nhất {day} tháng {month}"),
                format!("{every}, by {day} of {}", self.calendar_month(month)),
            ),
        }
    }

    /// Since when it is paused.
    pub fn recurring_paused(self, on: &str) -> String {
        self.pick(format!("tạm dừng từ {on}"), format!("paused since {on}"))
    }

    /// When a turn is due, and the day that the rule named when it is another.
    pub fn recurring_due_on(self, due: &str, named: Option<&str>) -> String {
        match named {
            None => due.to_owned(),
            Some(named) => {
                self.pick(format!("{due} (ngày {named} là ngày nghỉ)"), format!("{due} ({named} is off)"))
            }
        }
    }

    /// Why a turn was left out.
    pub fn recurring_left_out(self, reason: &str) -> String {
        self.pick(format!("bỏ qua: {reason}"), format!("left out: {reason}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    #[test]
    fn rules_are_worded_as_offices_say_them() {
        let rule = |every, month, day| Rule::new(every, month, day).unwrap();
        let w = Words(Lang::Vi);
        for (rule, words) in [
            (rule(Every::Month, 1, DayOfMonth::Number(16)), "Hằng tháng, chậm nhất ngày 16 của tháng"),
            (
                rule(Every::Quarter, 3, DayOfMonth::Number(15)),
                "Hằng quý, chậm nhất ngày 15 của tháng cuối quý",
            ),
            (rule(Every::Year, 11, DayOfMonth::Number(27)), "Hằng năm, chậm nhất ngày 27 tháng 11"),
            (
                rule(Every::HalfYear, 6, DayOfMonth::Number(31)),
                "Sáu tháng một lần, chậm nhất ngày cuối của tháng 6 và tháng 12",
            ),
            (
                rule(Every::Month, 1, DayOfMonth::LastWorking),
                "Hằng tháng, chậm nhất ngày làm việc cuối cùng của tháng",
            ),
            (
                rule(Every::Month, 1, DayOfMonth::First(chrono::Weekday::Mon)),
                "Hằng tháng, chậm nhất thứ Hai đầu tiên của tháng",
            ),
        ] {
            assert_eq!(w.rule(rule), words);
            assert!(!Words(Lang::En).rule(rule).is_empty());
        }
    }
}
