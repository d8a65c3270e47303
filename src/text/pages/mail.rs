//! Letters: what a person wishes of them, how one is ended from a letter, what became of them.

use super::{Words, sentences};
use crate::domain::letter::LetterState;
use crate::domain::preference::Stream;
use crate::jobs::Watch;
use crate::text::number;

sentences! {
    nav_mail: "Thư gửi đi", "Mail";
    wishes_title: "Thư nhắc việc", "Letters";
    wishes_lead: "Việc quá hạn luôn được gửi, chỉ có thể đổi giờ.", "What is overdue always comes; only its time can be changed.";
    wishes_time: "Giờ nhận thư hằng ngày", "Time of the daily digest";
    wishes_upcoming: "Thư hằng ngày có cả việc chưa quá hạn (thủ trưởng đơn vị vẫn nhận mỗi tuần một lần)",
        "The daily digest holds what is not overdue as well (heads of units still get that once a week)";
    wishes_weekly: "Bản tổng hợp hằng tuần của chuyên viên có cả việc chưa quá hạn",
        "The weekly summary for staff holds what is not overdue as well";
    wishes_reminders: "Nhắc từng việc trước thời hạn", "Reminders before a deadline";
    settings_digest: "Thư nhắc việc hằng ngày", "Daily digest";
    settings_digest_hour: "Giờ gửi", "Sent at";
    unsubscribe_action: "Ngừng nhận", "End them";
    unsubscribe_undo: "Muốn nhận lại: đăng nhập và chọn ở trang Tài khoản.",
        "To get them again, sign in and choose on the Account page.";
    mail_title: "Thư gửi đi", "Mail";
    mail_lead: "Mỗi thư được lập, gửi, bỏ qua hoặc không gửi được trong 14 ngày qua.",
        "Letters planned, sent, skipped or failed in the last 14 days.";
    mail_day: "Ngày", "Day";
    mail_planned: "Chờ gửi", "Planned";
    mail_sent: "Đã gửi", "Sent";
    mail_skipped: "Bỏ qua", "Skipped";
    mail_failed: "Không gửi được", "Failed";
    mail_double: "Có thể đến hai lần", "Maybe twice";
    mail_none: "Chưa có thư nào.", "No letters yet.";
    mail_none_found: "Không có thư nào khớp với bộ lọc.", "Nothing matches the filters.";
    mail_bounced: "Địa chỉ không nhận được thư", "Addresses that came back";
    mail_bounced_lead: "Máy chủ thư báo không có địa chỉ này. Kiểm tra địa chỉ với người dùng, rồi bỏ đánh dấu.",
        "A mail server says that nobody has this address. Check it with the person, then remove the flag.";
    mail_no_bounced: "Không có.", "None.";
    mail_clear: "Bỏ đánh dấu", "Remove the flag";
    mail_cleared: "Đã bỏ đánh dấu.", "The flag was removed.";
    mail_person: "Người dùng", "Person";
    mail_address: "Địa chỉ", "Address";
    mail_at: "Thời điểm", "When";
    mail_to: "Người nhận", "To";
    mail_kind: "Loại thư", "Kind";
    mail_state: "Tình trạng", "State";
    mail_subject: "Tiêu đề", "Subject";
    mail_act: "Việc", "Act";
    mail_again: "Gửi lại", "Send again";
    mail_planned_again: "Thư đã được xếp gửi lại.", "The letter will be sent again.";
    mail_past_digest: "Thư nhắc việc của ngày đã qua không được gửi lại: số liệu trong thư không còn đúng.",
        "The digest of a past day is not sent again: what it tells is no longer so.";
    mail_not_over: "Thư này đang chờ gửi hoặc đã gửi.", "This letter is planned, or was sent.";
    mail_read: "Đọc thư", "Read it";
    mail_demo: "Chỉ có trong bản dùng thử: không thư nào được gửi ra ngoài.",
        "In the demo alone: no letter leaves it.";
}

impl Words {
    /// The tenant's own time, as the first choice of a person.
    pub fn wishes_usual(self, time: &str) -> String {
        self.pick(format!("Theo giờ của tổ chức ({time})"), format!("The organisation's ({time})"))
    }

    /// The times a tenant can choose.
    pub fn settings_digest_hint(self) -> &'static str {
        self.pick(
            "Từ 05:00 đến 08:00; mỗi người có thể chọn giờ riêng.",
            "From 05:00 to 08:00; people may choose their own.",
        )
    }

    /// The heading of the page that ends letters.
    pub fn unsubscribe_title(self, stream: Stream) -> &'static str {
        match stream {
            Stream::Digest => {
                self.pick("Ngừng nhận việc chưa quá hạn", "End the digest of what is not overdue")
            }
            Stream::Reminder => {
                self.pick("Ngừng nhận thư nhắc trước thời hạn", "End reminders before deadlines")
            }
        }
    }

    /// What ending them means.
    pub fn unsubscribe_lead(self, stream: Stream) -> &'static str {
        match stream {
            Stream::Digest => self.pick(
                "Thư hằng ngày sẽ chỉ còn việc quá hạn, và chỉ được gửi khi có việc quá hạn.",
                "The digest will hold only what is overdue, and come only when something is.",
            ),
            Stream::Reminder => self
                .pick("Chỉ còn thư nhắc về việc đã quá hạn.", "Only reminders of what is overdue will come."),
        }
    }

    /// It is done.
    pub fn unsubscribe_done(self) -> &'static str {
        self.pick("Đã ngừng.", "It is done.")
    }

    /// The list of a day's letters.
    pub fn mail_of_day(self, day: &str) -> String {
        self.pick(format!("Thư ngày {day}"), format!("Letters of {day}"))
    }

    /// How far a letter has come.
    pub fn letter_state(self, state: LetterState) -> &'static str {
        match state {
            LetterState::Planned => self.mail_planned(),
            LetterState::Sent => self.mail_sent(),
            LetterState::Skipped => self.mail_skipped(),
            LetterState::Dead => self.mail_failed(),
        }
    }

    /// What sort of letter; an unknown kind is told by its code.
    pub fn letter_kind(self, code: &str) -> String {
        let (vi, en) = match code.split('.').next().unwrap_or(code) {
            "digest" => ("Thư nhắc việc hằng ngày", "Daily digest"),
            "reminder" => ("Nhắc thời hạn", "Reminder"),
            "urge" => ("Văn phòng đôn đốc", "Urging"),
            "campaign_urge" => ("Đôn đốc báo cáo theo đợt", "Campaign report urged"),
            "briefing_draft" => ("Dự thảo giao ban đã lập", "Draft of the briefing made"),
            "escalation" => ("Đôn đốc", "Escalation"),
            "invitation" => ("Mời vào hệ thống", "Invitation"),
            "reset" => ("Đặt lại mật khẩu", "Password link"),
            "forgotten" => ("Quên mật khẩu", "Forgotten password"),
            "notice" => ("Báo an toàn tài khoản", "Security notice"),
            "webhook_off" => ("Báo quản trị: kết nối tự tắt", "Notice: a webhook went off"),
            "rest_off" => ("Báo quản trị: đổi cách nhận thư", "Notice: a head ended letters"),
            _ => return code.to_owned(),
        };
        self.pick(vi, en).to_owned()
    }

    /// Why a letter was skipped or failed; an answer of a mail server is told as it came.
    pub fn letter_why(self, code: &str) -> String {
        let (vi, en) = match code {
            "late" => ("đã quá giờ gửi", "too late to send"),
            "person gone" => ("người nhận đã bị khóa", "the person is disabled"),
            "disabled" => ("tài khoản đã khóa", "disabled"),
            "bad_address" => ("địa chỉ không hợp lệ", "no valid address"),
            "no_mailbox" => ("đơn vị không có hộp thư", "the unit has no mailbox"),
            "not_their_day" => ("chuyên viên nhận vào đầu tuần", "staff get it once a week"),
            "nothing_due" => ("không có việc đến hạn", "nothing due"),
            "nothing_overdue" => {
                ("không có việc quá hạn, phần khác đã tắt", "nothing overdue, the rest is off")
            }
            "no_post" => ("không còn giữ chức vụ nào", "no post is held any more"),
            "not_a_working_day" => ("không phải ngày làm việc", "no working day"),
            "in_digest" => ("thư hằng ngày cùng ngày đã nêu", "the digest of the day says it"),
            "nothing_left" => ("không còn việc phải nhắc", "nothing is left to be told"),
            "not_wanted" => ("người nhận đã tắt nhắc việc chưa quá hạn", "wants only overdue work"),
            "nobody_to_tell" => ("không có người nhận", "there is nobody to tell"),
            "not composed" => ("không soạn được", "could not be composed"),
            "lease lost" => ("bị gián đoạn khi gửi", "interrupted while sending"),
            _ => return code.to_owned(),
        };
        self.pick(vi, en).to_owned()
    }

    /// What somebody should look at, a sentence each.
    pub fn alarms(self, watch: &Watch, failed: u64) -> Vec<String> {
        let mut all = Vec::new();
        if !watch.missing.is_empty() {
            let kinds = watch.missing.join(", ");
            all.push(self.pick(
                format!("Công việc theo lịch không chạy quá 30 phút: {kinds}."),
                format!("Scheduled runs are missing for more than 30 minutes: {kinds}."),
            ));
        }
        if watch.is_behind() {
            let minutes = watch.waited_seconds().unwrap_or_default().unsigned_abs() / 60;
            let n = number(self.0, minutes);
            all.push(self.pick(
                format!("Có công việc đã chờ {n} phút."),
                format!("A job has waited for {n} minutes."),
            ));
        }
        if watch.dead_lately > 0 {
            let n = number(self.0, watch.dead_lately.unsigned_abs());
            all.push(self.pick(
                format!("{n} công việc bị hỏng trong 24 giờ qua."),
                format!("Jobs given up in the last 24 hours: {n}."),
            ));
        }
        if failed > 0 {
            let n = number(self.0, failed);
            all.push(self.pick(
                format!("{n} thư không gửi được từ hôm qua."),
                format!("Letters that could not be sent since yesterday: {n}."),
            ));
        }
        all
    }
}
