//! Signing in.

use super::sentences;

sentences! {
    sign_in_title: "Đăng nhập", "Sign in";
    sign_in_lead: "Mỗi sáng biết việc gì quá hạn, việc gì sắp đến hạn, và mỗi tháng có số liệu giao ban khớp đến từng nhiệm vụ.",
        "Know every morning what is overdue and what is due soon, and have each month's briefing figures down to the task.";
    tenant: "Mã tổ chức", "Organisation code";
    tenant_hint: "Ví dụ: btttt", "For example: btttt";
    email: "Thư điện tử", "E-mail";
    password: "Mật khẩu", "Password";
    sign_in_action: "Đăng nhập", "Sign in";
    sign_in_help: "Chưa có tài khoản, hoặc mất thiết bị xác thực: liên hệ quản trị của tổ chức.",
        "No account yet, or your authenticator is lost: ask your organisation's administrator.";
    forgot_link: "Quên mật khẩu?", "Forgotten your password?";
    forgot_title: "Quên mật khẩu", "Forgotten password";
    forgot_lead: "Nhập mã tổ chức và thư điện tử của bạn. Nếu có tài khoản đang hoạt động dùng mật khẩu, hệ thống gửi đường dẫn đặt mật khẩu mới, dùng một lần trong 30 phút.",
        "Give your organisation's code and your address. An active account that uses a password is sent a link to another one, which works once within 30 minutes.";
    forgot_action: "Gửi đường dẫn", "Send the link";
    forgot_done: "Nếu địa chỉ này có tài khoản đang hoạt động dùng mật khẩu, thư đang được gửi đi. Không thấy thư sau vài phút: xem hộp thư rác, rồi liên hệ quản trị của tổ chức.",
        "If this address has an active account with a password, a letter is on its way. If none comes within minutes, look into your spam folder, then ask your organisation's administrator.";
    forgot_back: "Về trang đăng nhập", "Back to signing in";
    sso_title: "Đăng nhập một lần", "Single sign-on";
    sso_lead: "Dùng tài khoản chung của cơ quan, nếu tổ chức đã bật.", "With your office's own account, where your organisation has set it up.";
    sso_action: "Đến hệ thống đăng nhập của cơ quan", "To your office's sign-in";
    sso_going: "Đang chuyển đến hệ thống đăng nhập của cơ quan", "On the way to your office's sign-in";
    sso_going_lead: "Nếu trang không tự chuyển, bấm vào liên kết dưới đây.", "If nothing happens, follow the link below.";
    sso_go: "Tiếp tục", "Go on";
    sso_failed: "Không đăng nhập được", "Not signed in";
    sso_not_offered: "Tổ chức này không có đăng nhập một lần. Kiểm tra mã tổ chức, hoặc đăng nhập bằng mật khẩu.",
        "This organisation has no single sign-on. Check its code, or sign in by password.";
    sso_ended: "Lần đăng nhập này đã quá mười phút, đã dùng rồi, hoặc bắt đầu ở trình duyệt khác. Đăng nhập lại từ đầu.",
        "This sign-in took more than ten minutes, was used already, or began in another browser. Begin again.";
    sso_refused: "Hệ thống đăng nhập của cơ quan không xác nhận một người dùng đang hoạt động ở đây: địa chỉ chưa được xác minh, chưa có tài khoản, hoặc tài khoản đã khóa. Liên hệ quản trị của tổ chức.",
        "Your office's sign-in did not name an active person here: the address is not verified, has no account, or is disabled. Ask your organisation's administrator.";
    sso_unreachable: "Không liên lạc được với hệ thống đăng nhập của cơ quan. Đợi một phút rồi thử lại.",
        "Your office's sign-in can't be reached. Wait a minute and try again.";
    sso_again: "Đăng nhập lại", "Sign in again";
    prove_title: "Xác nhận lại danh tính", "Prove who you are";
    prove_lead: "Vai trò, xác thực hai bước và cách đăng nhập chỉ thay đổi được trong mười phút sau khi xác nhận.",
        "Roles, two-step sign-in and ways to sign in are changed only within ten minutes of this.";
    prove_action: "Xác nhận", "Confirm";
    prove_by_sso: "Xác nhận bằng đăng nhập một lần", "Confirm by single sign-on";
}
