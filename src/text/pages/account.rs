//! The account page, the code at sign-in, enrolling a second factor.

use super::{Words, sentences};

sentences! {
    code_title: "Nhập mã xác thực", "Enter the code";
    code_lead: "Mở ứng dụng xác thực trên điện thoại và nhập mã 6 số đang hiện. Mất điện thoại: nhập một mã khôi phục.",
        "Open the authenticator on your phone and enter the six digits it shows. Phone lost: enter a recovery code.";
    code_label: "Mã xác thực", "Code";
    code_hint: "6 số, hoặc một mã khôi phục", "Six digits, or a recovery code";
    code_wrong: "Mã không đúng, đã hết hạn hoặc đã dùng. Đợi mã mới rồi thử lại.",
        "The code is wrong, too old or was used. Wait for the next one and try again.";
    code_action: "Tiếp tục", "Go on";
    remember_device: "Không hỏi mã trên máy này trong 30 ngày (chỉ chọn trên máy của riêng mình)",
        "Don't ask for a code on this device for 30 days (only on a device of your own)";
    cancel_sign_in: "Hủy đăng nhập", "Cancel signing in";
    enrol_title: "Bật xác thực hai bước", "Set up two-step sign-in";
    enrol_lead: "Ngoài mật khẩu, mỗi lần đăng nhập cần một mã trên điện thoại. Cài một ứng dụng xác thực (Google Authenticator, Microsoft Authenticator, Aegis …), quét hình dưới đây rồi nhập mã hiện ra.",
        "Beside the password each sign-in takes a code from your phone. Install an authenticator (Google Authenticator, Microsoft Authenticator, Aegis …), scan the picture and enter the code it shows.";
    enrol_picture: "Mã QR để thêm tài khoản vào ứng dụng xác thực; nội dung cũng có ở dạng chữ ngay dưới đây.",
        "QR code that adds this account to an authenticator; the same as text just below.";
    enrol_secret: "Không quét được: nhập khóa này vào ứng dụng", "Can't scan: type this key into the authenticator";
    enrol_code: "Mã 6 số trong ứng dụng", "Six digits of the authenticator";
    enrol_action: "Bật xác thực hai bước", "Switch it on";
    old_code: "Mã của ứng dụng đang dùng", "Code of the authenticator in use";
    recovery_title: "Mã khôi phục", "Recovery codes";
    recovery_lead: "Mỗi mã dùng được một lần thay cho mã trên điện thoại. Các mã chỉ hiện lần này: in ra hoặc cất ở nơi an toàn, không để cùng điện thoại.",
        "Each stands in for the phone's code once. They are shown this once: print them or keep them safe, not with the phone.";
    recovery_done: "Đã cất các mã, tiếp tục", "The codes are safe, go on";
    account_title: "Tài khoản", "Account";
    account_person: "Người dùng", "Person";
    account_post: "Vị trí", "Post";
    account_language: "Ngôn ngữ", "Language";
    save: "Lưu", "Save";
    yes: "có", "yes";
    no: "không", "no";
    password_change: "Đổi mật khẩu", "Change the password";
    password_change_note: "Đổi mật khẩu sẽ kết thúc mọi phiên đăng nhập khác.", "Changing it ends every other session.";
    password_current: "Mật khẩu đang dùng", "Current password";
    password_wrong: "Mật khẩu đang dùng không đúng.", "The current password is wrong.";
    factor_title: "Xác thực hai bước", "Two-step sign-in";
    factor_on: "Đang bật.", "On.";
    factor_off: "Chưa bật.", "Off.";
    factor_demanded: "Vai trò này bắt buộc dùng.", "This role must use it.";
    factor_enrol_link: "Bật xác thực hai bước", "Set up two-step sign-in";
    factor_replace_link: "Chuyển sang điện thoại khác", "Move to another phone";
    recovery_renew: "Tạo mã khôi phục mới", "Make new recovery codes";
    factor_end: "Tắt xác thực hai bước", "Switch two-step sign-in off";
    sessions_title: "Phiên đăng nhập", "Sessions";
    session_browser: "Trình duyệt", "Browser";
    session_api: "Ứng dụng (API)", "API client";
    session_kind: "Loại", "Kind";
    session_begun: "Bắt đầu", "Begun";
    session_seen: "Dùng lần cuối", "Last used";
    session_this: "phiên này", "this one";
    session_end: "Kết thúc", "End";
    sessions_end_others: "Kết thúc mọi phiên khác", "End all other sessions";
    account_saved: "Đã lưu.", "Saved.";
    account_password_changed: "Đã đổi mật khẩu; mọi phiên khác đã kết thúc.",
        "The password was changed; every other session has ended.";
    account_factor_ended: "Đã tắt xác thực hai bước.", "Two-step sign-in is off.";
    account_sessions_ended: "Đã kết thúc.", "Ended.";
}

impl Words {
    /// How many recovery codes are left.
    pub fn recovery_left(self, n: &str) -> String {
        self.pick(format!("Còn {n} mã khôi phục."), format!("{n} recovery codes left."))
    }

    /// How long the new password must be.
    pub fn password_least(self, least: usize) -> String {
        self.pick(
            format!("Ít nhất {least} ký tự; một câu dễ nhớ là tốt nhất."),
            format!("At least {least} characters; a sentence is best."),
        )
    }

    /// The name of a button that ends one session of several.
    pub fn session_end_named(self, begun: &str) -> String {
        self.pick(format!("Kết thúc phiên bắt đầu {begun}"), format!("End the session begun {begun}"))
    }
}
