//! The journal as a page: acts, fields and values in words.

use serde_json::Value;

use super::{Words, sentences};
use crate::domain::access::{Act, Role};
use crate::domain::briefing::UnitRef;
use crate::domain::calendar::RollRule;
use crate::domain::period::PeriodKind;
use crate::text::permissions;

sentences! {
    nav_audit: "Nhật ký", "Journal";
    audit_title: "Nhật ký hoạt động", "Journal";
    audit_lead: "Ai đã làm gì, khi nào. Nhật ký chỉ ghi thêm, được nối bằng mã băm, không ai sửa hay xóa được.",
        "Who did what when. The journal only grows and is chained by hashes; nobody changes or deletes an entry.";
    audit_caption: "Các việc đã ghi, mới nhất trước", "Entries, the latest first";
    audit_when: "Thời điểm", "When";
    audit_who: "Ai", "Who";
    audit_what: "Việc", "What";
    audit_details: "Chi tiết", "Details";
    audit_act: "Loại việc", "Act";
    audit_person: "Thư điện tử của người làm hoặc người liên quan", "E-mail of who did it or whom it is about";
    audit_from: "Từ ngày", "From";
    audit_to: "Đến ngày", "To";
    audit_none: "Không có việc nào khớp với bộ lọc.", "Nothing matches the filters.";
    audit_earlier: "Cũ hơn", "Earlier";
}

/// Every act that the journal knows: its code, in Vietnamese, in English.
pub const ACTS: &[(&str, &str, &str)] = &[
    ("briefing.make", "Tự lập dự thảo giao ban", "Draft of the briefing made by itself"),
    ("briefing.draft", "Sửa dự thảo giao ban", "Draft of the briefing changed"),
    ("briefing.publish", "Phát hành giao ban", "Briefing published"),
    ("briefing.document", "Lưu văn bản của giao ban đã phát hành", "Document of a published briefing kept"),
    ("briefing.verify", "Kiểm tra giao ban đã phát hành", "Published briefings verified"),
    ("briefing.list", "Xem các giao ban đã phát hành", "Published briefings listed"),
    ("session.begin", "Đăng nhập", "Signed in"),
    ("session.end", "Đăng xuất", "Signed out"),
    ("session.refuse", "Đăng nhập bị từ chối", "Sign-in refused"),
    ("session.post", "Chuyển chức vụ", "Switched posts"),
    ("access.denied", "Bị từ chối vì không có quyền", "Denied: not permitted"),
    ("password.set", "Đặt mật khẩu", "Password set"),
    ("password.forget", "Báo quên mật khẩu", "Password said to be forgotten"),
    ("link.create", "Tạo đường dẫn đặt mật khẩu", "Password link made"),
    ("person.create", "Thêm người dùng", "Person added"),
    ("person.disable", "Khóa tài khoản", "Person disabled"),
    ("person.enable", "Mở lại tài khoản", "Person enabled"),
    ("person.hand_over", "Bàn giao nhiệm vụ", "Tasks handed over"),
    ("post.create", "Giao chức vụ", "Post given"),
    ("post.end", "Kết thúc chức vụ", "Post ended"),
    ("unit.create", "Thêm đơn vị", "Unit added"),
    ("unit.change", "Thay đổi đơn vị", "Unit changed"),
    ("unit.end", "Kết thúc đơn vị", "Unit ended"),
    ("mail.prefer", "Chọn cách nhận thư", "Chose which letters to get"),
    ("mail.resend", "Gửi lại thư", "Letter sent again"),
    ("mail.bounce_clear", "Bỏ đánh dấu địa chỉ không nhận được thư", "Flag taken off an address"),
    ("settings.change", "Thay đổi thiết đặt", "Settings changed"),
    ("sso.change", "Thiết đặt đăng nhập một lần", "Single sign-on set"),
    ("sso.remove", "Bỏ đăng nhập một lần", "Single sign-on removed"),
    ("sso.local", "Bật hoặc tắt đăng nhập bằng mật khẩu", "Passwords switched on or off"),
    ("task.create", "Giao nhiệm vụ", "Task assigned"),
    ("task.change", "Thay đổi nhiệm vụ", "Task changed"),
    ("task.attach", "Đính kèm tệp", "File attached"),
    ("task.detach", "Gỡ tệp đính kèm", "File removed"),
    ("task.hand_over", "Bàn giao nhiệm vụ cho người khác", "Task handed over"),
    ("task.start", "Bắt đầu thực hiện", "Task begun"),
    ("task.note", "Báo cáo tiến độ", "Progress noted"),
    ("task.submit", "Báo cáo hoàn thành", "Completion reported"),
    ("task.confirm", "Xác nhận hoàn thành", "Completion confirmed"),
    ("task.send_back", "Trả lại báo cáo hoàn thành", "Report of completion sent back"),
    ("task.assign", "Phân công người thực hiện", "Task assigned to people"),
    ("task.return", "Trả lại Văn phòng", "Task returned to the Office"),
    ("task.give_again", "Giao lại nhiệm vụ", "Task given again"),
    ("task.pause", "Tạm dừng nhiệm vụ", "Task paused"),
    ("task.resume", "Tiếp tục nhiệm vụ", "Task resumed"),
    ("task.move", "Chuyển đơn vị chủ trì", "Task moved to another unit"),
    ("task.transfer", "Chuyển cơ quan khác", "Task transferred to another body"),
    ("task.cancel", "Rút khỏi chương trình", "Task cancelled"),
    ("task.restore", "Khôi phục nhiệm vụ", "Task restored"),
    ("task.reopen", "Hủy xác nhận hoàn thành", "Confirmation taken back"),
    ("task.delete", "Xóa nhiệm vụ", "Task deleted"),
    ("task.ask_extension", "Đề nghị gia hạn", "Extension asked"),
    ("task.decide_extension", "Quyết định gia hạn", "Extension decided"),
    ("task.withdraw_extension", "Rút đề nghị gia hạn", "Request for an extension withdrawn"),
    ("task.give_opinion", "Cho ý kiến chỉ đạo", "Directing opinion given"),
    ("task.ask_explanation", "Yêu cầu giải trình", "Explanation asked"),
    ("task.answer_opinion", "Trả lời ý kiến, giải trình", "Opinion answered"),
    ("task.close_opinion", "Kết thúc ý kiến, giải trình", "Opinion closed"),
    ("task.explain_lateness", "Nêu nguyên nhân chậm", "Reason for lateness given"),
    ("calendar.change", "Thay đổi lịch nghỉ, làm bù", "Days off changed"),
    ("recurrence.create", "Đặt nhiệm vụ định kỳ", "Recurring task made"),
    ("recurrence.change", "Thay đổi nhiệm vụ định kỳ", "Recurring task changed"),
    ("recurrence.pause", "Tạm dừng nhiệm vụ định kỳ", "Recurring task paused"),
    ("recurrence.resume", "Tiếp tục nhiệm vụ định kỳ", "Recurring task resumed"),
    ("recurrence.skip", "Bỏ qua một kỳ", "Turn left out"),
    ("campaign.create", "Giao việc theo đợt", "Campaign given"),
    ("campaign.add", "Giao thêm đơn vị trong đợt", "Units added to a campaign"),
    ("campaign.urge", "Đôn đốc báo cáo theo đợt", "Campaign's units urged"),
    ("campaign.close", "Đóng đợt giao việc", "Campaign closed"),
    ("tasks.export", "Xuất danh sách nhiệm vụ", "List of tasks exported"),
    ("task.urge", "Đôn đốc", "Task urged"),
    ("view.save", "Lưu danh sách nhiệm vụ", "View saved"),
    ("view.change", "Thay đổi danh sách đã lưu", "View changed"),
    ("view.remove", "Xóa danh sách đã lưu", "View removed"),
    ("tasks.read", "Đơn vị vận hành xem nhiệm vụ", "Operator read tasks"),
    ("reminder.read", "Đơn vị vận hành xem thư nhắc việc", "Operator read the reminders"),
    ("briefing.read", "Đơn vị vận hành xem số liệu giao ban", "Operator read the briefing"),
    ("audit.verify", "Kiểm tra nhật ký", "Journal verified"),
    ("tenant.create", "Tạo tổ chức", "Organisation made"),
    ("tenant.suspend", "Tạm ngừng tổ chức", "Organisation suspended"),
    ("tenant.resume", "Mở lại tổ chức", "Organisation resumed"),
    ("tenant.host", "Thay đổi tên miền", "Host names changed"),
    ("tenant.limit", "Thay đổi giới hạn", "Limits changed"),
    ("tenant.export", "Xuất toàn bộ dữ liệu", "All data exported"),
    ("tenant.import", "Khôi phục từ tệp lưu trữ", "Restored from an archive"),
    ("tenant.delete", "Xóa tổ chức", "Organisation deleted"),
    ("template.put", "Thay mẫu văn bản", "Form of documents put in place"),
    ("template.withdraw", "Bỏ mẫu văn bản riêng", "Form of documents withdrawn"),
    ("api_key.create", "Tạo khóa API", "API key made"),
    ("api_key.list", "Đơn vị vận hành xem các khóa API", "Operator listed API keys"),
    ("api_key.revoke", "Thu hồi khóa API", "API key revoked"),
    ("webhook.create", "Thêm địa chỉ nhận sự kiện", "Webhook added"),
    ("webhook.change", "Thay đổi địa chỉ nhận sự kiện", "Webhook changed"),
    ("webhook.remove", "Bỏ địa chỉ nhận sự kiện", "Webhook removed"),
    ("webhook.again", "Gửi lại sự kiện", "Webhook message sent again"),
    (
        "webhook.switch_off",
        "Tự tắt địa chỉ nhận sự kiện vì không gửi được",
        "Webhook switched off: nothing came through",
    ),
    ("calendar_feed.create", "Tạo địa chỉ lịch thời hạn", "Calendar address made"),
    ("calendar_feed.revoke", "Thu hồi địa chỉ lịch thời hạn", "Calendar address revoked"),
    ("demo.accounts", "Tạo tài khoản dùng thử", "Demo accounts made"),
    ("import", "Nhập bảng nhiệm vụ", "Workbook imported"),
];

impl Words {
    /// An API key that acted.
    pub fn audit_key(self, name: &str) -> String {
        self.pick(format!("Khóa API {name}"), format!("API key {name}"))
    }

    /// What was done; an act of a code not known here shows its code rather than nothing.
    pub fn audit_act_of(self, act: &str) -> String {
        let known = ACTS.iter().find(|(code, _, _)| *code == act);
        known.map_or_else(|| act.to_owned(), |(_, vi, en)| self.pick(*vi, *en).to_owned())
    }

    /// A field's name.
    pub fn audit_field(self, subject: &str, field: &str) -> String {
        if let Some((vi, en)) = giving_field(field) {
            return self.pick(vi, en).to_owned();
        }
        let (vi, en) = match field {
            "role" => ("Vai trò", "Role"),
            "unit" => ("Đơn vị", "Unit"),
            "from_on" => ("Từ ngày", "From"),
            "until_on" => ("Đến trước ngày", "Until before"),
            "name" => ("Tên", "Name"),
            "slug" => ("Mã tổ chức", "Organisation code"),
            "act" => ("Việc", "Act"),
            "kind" => ("Loại", "Kind"),
            "to_name" => ("Người nhận", "To"),
            "tasks" => ("Số nhiệm vụ", "Tasks"),
            "reason" => ("Lý do", "Reason"),
            "file" => ("Tệp", "File"),
            "added" => ("Thêm", "Added"),
            "removed" => ("Bỏ", "Removed"),
            "people" => ("Số người dùng tối đa", "Most people"),
            "storage_mb" => ("Dung lượng tệp tối đa (MB)", "Most MB of files"),
            "requests_per_minute" => ("Số yêu cầu tối đa mỗi phút", "Most requests a minute"),
            "month" => ("Tháng", "Month"),
            "cutoff" => ("Ngày chốt", "Cut-off"),
            "entries" => ("Số dòng", "Entries"),
            "keys" => ("Số khóa", "Keys"),
            "until" => ("Đến trước ngày", "Until before"),
            "whole" => ("Nguyên vẹn", "Whole"),
            "how" => ("Cách đăng nhập", "By"),
            "why" => ("Lý do", "Reason"),
            "short_name" => ("Tên viết tắt", "Short name"),
            "successor" => ("Đơn vị kế thừa", "Successor"),
            "place" => ("Thứ tự", "Place"),
            "superior" => ("Cơ quan chủ quản", "Superior body"),
            "letter_place" => ("Địa danh trên văn bản", "Place on documents"),
            "issuer" => ("Hệ thống đăng nhập", "Provider"),
            "client_id" => ("Mã ứng dụng", "Client id"),
            "secret_changed" => ("Đổi khóa ứng dụng", "Secret changed"),
            "local_sign_in" => ("Đăng nhập bằng mật khẩu", "Passwords"),
            "digest_hour" => ("Giờ gửi thư nhắc việc", "Digest at"),
            "upcoming" => ("Cả việc chưa quá hạn", "Also what is not overdue"),
            "weekly" => ("Bản tổng hợp hằng tuần", "Weekly summary"),
            "reminders" => ("Nhắc trước thời hạn", "Reminders"),
            "day" => ("Ngày", "Day"),
            "address" => ("Địa chỉ", "Address"),
            "due_soon_days" => ("Số ngày sắp đến hạn", "Due soon days"),
            "period_kind" => ("Tháng báo cáo", "Month of the briefing"),
            "roll_rule" => ("Hạn rơi vào ngày nghỉ", "Term ending on a day off"),
            "ladder" => ("Mốc nhắc việc", "Steps of reminders"),
            "late_reasons" => ("Danh mục nguyên nhân chậm", "Reasons for lateness"),
            "product_weights" => ("Hệ số theo loại sản phẩm", "Weights of products"),
            "two_factor" => ("Bắt buộc xác thực hai bước", "Two-step sign-in required"),
            "two_factor_heads" => ("Bắt buộc với thủ trưởng đơn vị", "Required of heads of units"),
            "leader" => ("Lãnh đạo phụ trách", "Leader"),
            "contact" => ("Đầu mối", "Contact"),
            "follower" => ("Chuyên viên theo dõi", "Follower"),
            "assignee" | "assignees" => ("Người thực hiện", "Assignee"),
            _ if matches!(subject, "task" | "campaign" | "recurrence") => return self.journal_field(field),
            other => return other.to_owned(),
        };
        self.pick(vi, en).to_owned()
    }

    /// A field's value; `None` when it is blank, or an id that says nothing to a reader.
    pub fn audit_value(self, field: &str, value: &Value, units: &[UnitRef]) -> Option<String> {
        match (field, value) {
            (
                "session" | "post" | "person" | "link" | "to" | "deputy_for" | "request" | "opinion"
                | "in_name_of",
                _,
            ) => None,
            ("role", Value::String(code)) => Role::from_code(code).map(|role| self.role(role).to_owned()),
            ("period_kind", Value::String(code)) => {
                PeriodKind::from_code(code).map(|kind| self.period_kind(kind).to_owned())
            }
            ("roll_rule", Value::String(code)) => {
                RollRule::from_code(code).map(|rule| self.roll_rule(rule).to_owned())
            }
            ("how" | "why", Value::String(code)) => Some(self.way_in(code).unwrap_or(code).to_owned()),
            ("act", Value::String(code)) => Some(
                Act::from_code(code).map_or(code.clone(), |act| permissions::act(self.0, act).to_owned()),
            ),
            (_, Value::Bool(true)) => Some(self.pick("có", "yes").to_owned()),
            (_, Value::Bool(false)) => Some(self.pick("không", "no").to_owned()),
            _ => self.journal_value(field, value, units),
        }
    }

    /// By what somebody came in, or why they did not.
    fn way_in(self, code: &str) -> Option<&'static str> {
        Some(match code {
            "password" => self.pick("mật khẩu", "password"),
            "device" => self.pick("mật khẩu, máy đã ghi nhớ", "password, remembered device"),
            "sso" => self.pick("đăng nhập một lần", "single sign-on"),
            "unverified" => self.pick("địa chỉ chưa xác minh", "address not verified"),
            "other_subject" => {
                self.pick("tài khoản khác ở hệ thống đăng nhập", "another account at the provider")
            }
            "not_active" => {
                self.pick("tài khoản đã khóa hoặc không giữ chức vụ", "disabled, or without a post")
            }
            _ => return None,
        })
    }
}

/// The fields of what is given to many, or again and again, and of the calendar.
fn giving_field(field: &str) -> Option<(&'static str, &'static str)> {
    Some(match field {
        "days" => ("Ngày nghỉ, làm bù", "Days"),
        "every" => ("Chu kỳ", "Every"),
        "month_of_turn" => ("Tháng trong kỳ", "Month of the turn"),
        "day_form" => ("Cách chọn ngày", "Kind of day"),
        "day_number" => ("Ngày", "Day"),
        "notice_days" => ("Hiện trước (ngày làm việc)", "Appears before (working days)"),
        "turn" => ("Kỳ", "Turn"),
        "units" => ("Số đơn vị", "Units"),
        "letters" => ("Số thư", "Letters"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::text::Lang;

    #[test]
    fn acts_and_values_are_worded_and_ids_left_out() {
        let w = Words(Lang::Vi);
        assert_eq!(w.audit_act_of("person.disable"), "Khóa tài khoản");
        assert_eq!(w.audit_act_of("moon.land"), "moon.land");
        assert_eq!(w.audit_value("role", &json!("unit_head"), &[]).as_deref(), Some("Thủ trưởng đơn vị"));
        assert_eq!(w.audit_value("act", &json!("tasks.read"), &[]).as_deref(), Some("Xem nhiệm vụ"));
        assert_eq!(w.audit_value("from_on", &json!("2024-11-29"), &[]).as_deref(), Some("29/11/2024"));
        assert_eq!(w.audit_value("session", &json!("x"), &[]), None);
    }
}
