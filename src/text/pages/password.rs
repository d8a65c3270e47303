//! Setting a password by a one-time link.

use super::sentences;

sentences! {
    password_title: "Đặt mật khẩu", "Set a password";
    password_lead: "Mật khẩu cần ít nhất 15 ký tự. Một câu dễ nhớ, có cả dấu và khoảng trắng, là tốt nhất; không phải đổi định kỳ.",
        "A password needs at least 15 characters. A sentence with spaces and accents is best; you need not change it from time to time.";
    password_new: "Mật khẩu mới", "New password";
    password_again: "Nhập lại mật khẩu", "The same again";
    password_action: "Đặt mật khẩu", "Set the password";
    password_differs: "Hai lần nhập không giống nhau.", "The two are not the same.";
    password_was_set: "Đã đặt mật khẩu. Đăng nhập để tiếp tục.", "The password is set. Sign in to go on.";
    field_missing: "Cần nhập mục này.", "Please fill this in.";
}
