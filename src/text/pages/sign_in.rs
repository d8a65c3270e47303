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
    sign_in_help: "Quên mật khẩu hoặc chưa có tài khoản: liên hệ quản trị của tổ chức.",
        "Forgotten password or no account yet: ask your organisation's administrator.";
}
