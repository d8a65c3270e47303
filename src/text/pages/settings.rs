//! The organisation's settings.

use super::{Words, sentences};
use crate::domain::calendar::RollRule;
use crate::domain::period::PeriodKind;

sentences! {
    nav_settings: "Thiết đặt", "Settings";
    settings_title: "Thiết đặt của tổ chức", "Settings of the organisation";
    settings_lead: "Mỗi mục lưu riêng; mọi thay đổi được ghi vào nhật ký.", "Each section is saved by itself; every change stands in the journal.";
    settings_name: "Tên tổ chức", "Name of the organisation";
    settings_papers: "Phần đầu văn bản", "Head of documents";
    settings_superior: "Cơ quan chủ quản", "Superior body";
    settings_superior_hint: "Đứng trên tên Văn phòng ở báo cáo và công văn; để trống thì ghi tên tổ chức.",
        "Stands above the Office in reports and letters; blank for the organisation's name.";
    settings_letter_place: "Địa danh", "Place";
    settings_letter_place_hint: "Đứng trước ngày, ví dụ: Hà Nội; để trống thì chừa chỗ điền tay.",
        "Stands before the date, for example: Hà Nội; blank to leave room for writing it.";
    settings_counting: "Cách tính", "How it counts";
    settings_due_soon: "Sắp đến hạn khi còn (ngày làm việc)", "Due soon within (working days)";
    settings_due_soon_hint: "0 đến 30", "0 to 30";
    settings_period: "Tháng báo cáo", "Month of the briefing";
    settings_roll: "Thời hạn tính theo số ngày mà rơi vào ngày nghỉ", "A computed term that ends on a day off";
    settings_factor: "Xác thực hai bước", "Two-step sign-in";
    settings_factor_required: "Bắt buộc với quản trị, Văn phòng và lãnh đạo", "Required of administrators, the Office and leaders";
    settings_factor_heads: "Bắt buộc cả với thủ trưởng đơn vị", "Required of heads of units as well";
    settings_sso: "Đăng nhập một lần (OpenID Connect)", "Single sign-on (OpenID Connect)";
    settings_sso_lead: "Người dùng được nhận ra bằng địa chỉ thư đã xác minh ở lần đầu; không tạo tài khoản mới.",
        "People are known by a verified address the first time; no account is made.";
    settings_sso_redirect: "Địa chỉ trả về để khai báo ở hệ thống đăng nhập", "Redirect address to register there";
    settings_issuer: "Địa chỉ hệ thống đăng nhập (issuer)", "The provider's address (issuer)";
    settings_issuer_hint: "Ví dụ: https://dangnhap.coquan.gov.vn", "For example: https://login.office.gov.vn";
    settings_client_id: "Mã ứng dụng (client id)", "Client id";
    settings_client_secret: "Khóa ứng dụng (client secret)", "Client secret";
    settings_client_secret_hint: "Để trống nếu không đổi; khóa không bao giờ hiện lại.", "Leave blank to keep it; it is never shown again.";
    settings_sso_remove: "Bỏ đăng nhập một lần", "Remove single sign-on";
    settings_local_on: "Mật khẩu vẫn đăng nhập được.", "Passwords open this organisation as well.";
    settings_local_off: "Mật khẩu không đăng nhập được; chỉ dùng đăng nhập một lần.", "Passwords open nothing; only single sign-on does.";
    settings_switch_off: "Tắt đăng nhập bằng mật khẩu", "Switch passwords off";
    settings_switch_on: "Mở lại đăng nhập bằng mật khẩu", "Switch passwords on again";
    settings_must_prove: "Xác nhận lại danh tính để thay đổi mục này", "Prove who you are to change this";
    settings_ladder: "Mốc nhắc việc và báo cáo", "Steps of reminders and escalation";
    settings_ladder_lead: "Mỗi nhiệm vụ đến một mốc thì báo cho những nơi đã chọn, vào ngày làm việc, từ giờ gửi thư buổi sáng của tổ chức đến 18 giờ. Số 0 là đúng ngày hết hạn; để trống số ngày thì bỏ mốc đó.",
        "A task that reaches a step is told to those chosen, on working days from the organisation's hour of the morning letters to 18:00. 0 is the day of the deadline; a step without days is left out.";
    settings_ladder_days: "Số ngày", "Days";
    settings_ladder_side: "Trước hay sau hạn", "Before or after the deadline";
    settings_ladder_before: "trước hạn", "before";
    settings_ladder_after: "sau hạn", "after";
    settings_ladder_count: "Cách đếm", "Counted in";
    settings_briefing_day: "Ngày tự lập dự thảo giao ban", "Day on which the briefing's draft is made";
    settings_briefing_day_hint: "Ngày trong tháng, 1–31; để trống thì ngày làm việc cuối của kỳ.",
        "A day of the month, 1–31; blank for the period's last working day.";
    settings_days: "Ngày nghỉ và ngày làm bù", "Days off and make-up days";
    settings_year: "Năm", "Year";
    settings_off: "Ngày nghỉ", "Days off";
    settings_work: "Ngày làm bù", "Make-up days";
}

impl Words {
    /// `Mốc 3`.
    pub fn settings_ladder_step(self, n: usize) -> String {
        self.pick(format!("Mốc {n}"), format!("Step {n}"))
    }

    /// The month of the briefing.
    pub fn period_kind(self, kind: PeriodKind) -> &'static str {
        match kind {
            PeriodKind::CalendarMonth => self.pick("Tháng dương lịch", "Calendar month"),
            PeriodKind::Decree09 => self.pick(
                "Từ ngày 15 tháng trước (Nghị định 09/2019)",
                "From the 15th of the month before (Decree 09/2019)",
            ),
        }
    }

    /// What a term does that ends on a day off.
    pub fn roll_rule(self, rule: RollRule) -> &'static str {
        match rule {
            RollRule::None => self.pick("Giữ nguyên ngày đó", "Stays on that day"),
            RollRule::Forward => {
                self.pick("Chuyển đến ngày làm việc tiếp theo", "Runs to the next working day")
            }
            RollRule::Back => self.pick("Lùi về ngày làm việc trước", "Ends on the working day before"),
        }
    }
}
