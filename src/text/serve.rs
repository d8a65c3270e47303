//! What the service says at the command line.

use std::net::SocketAddr;

use super::pages::Words;
use super::{Lang, date};
use crate::auth::{KeyListed, KeyState, RIPE_SECONDS};
use crate::domain::access::Role;
use chrono::NaiveDate;

/// Where it is.
pub fn serving(lang: Lang, address: &str) -> String {
    match lang {
        Lang::Vi => format!("Đang phục vụ tại {address} (Ctrl-C để dừng)"),
        Lang::En => format!("Serving at {address} (Ctrl-C ends it)"),
    }
}

/// The jobs are done, without pages.
pub fn working(lang: Lang) -> String {
    match lang {
        Lang::Vi => "Đang chạy các việc nền: gửi thư, dọn dẹp (Ctrl-C để dừng)".to_owned(),
        Lang::En => "Doing the jobs: letters, tidying up (Ctrl-C ends it)".to_owned(),
    }
}

/// Letters would go out with links that lead nowhere.
pub fn letters_need_public_url(lang: Lang) -> &'static str {
    match lang {
        Lang::Vi => "Có SMTP_URL thì cần PUBLIC_URL=https://TÊN_MIỀN: thư gửi đi có đường dẫn về hệ thống.",
        Lang::En => "With SMTP_URL, set PUBLIC_URL=https://HOST: letters hold links to the service.",
    }
}

/// The port can't be had.
pub fn no_listener(lang: Lang, address: SocketAddr, why: &str) -> String {
    match lang {
        Lang::Vi => format!("Không mở được {address}: {why}. Chọn cổng khác bằng --listen 127.0.0.1:CỔNG."),
        Lang::En => {
            format!("{address} can't be opened: {why}. Choose another port with --listen 127.0.0.1:PORT.")
        }
    }
}

/// Other machines could come in, and by plain http.
pub fn needs_public_url(lang: Lang, address: SocketAddr) -> String {
    match lang {
        Lang::Vi => format!(
            "{address} mở cho máy khác, nên cần PUBLIC_URL=https://TÊN_MIỀN của máy chủ trung chuyển TLS đứng trước."
        ),
        Lang::En => format!(
            "{address} is open to other machines: set PUBLIC_URL=https://HOST of the TLS proxy in front of it."
        ),
    }
}

/// The heading of the demo's accounts.
pub fn demo_accounts(lang: Lang, address: &str, tenant: &str, today: NaiveDate) -> String {
    let today = date(today);
    match lang {
        Lang::Vi => format!("Mở {address} (hôm nay là {today}). Mã tổ chức: {tenant}. Tài khoản dùng thử:"),
        Lang::En => {
            format!("Open {address} (today is {today}). Organisation code: {tenant}. Accounts to try:")
        }
    }
}

/// One of them.
pub fn demo_account(lang: Lang, role: Role, email: &str, password: Option<&str>) -> String {
    let changed = match lang {
        Lang::Vi => "(người dùng đã đổi mật khẩu)",
        Lang::En => "(its user changed the password)",
    };
    format!("  {:<18} {email:<26} {}", Words(lang).role(role), password.unwrap_or(changed))
}

/// The first administrator's way in.
pub fn first_link(lang: Lang, link: &str, hours: i64) -> String {
    match lang {
        Lang::Vi => format!("Đường dẫn một lần để quản trị đặt mật khẩu, dùng trong {hours} giờ: {link}"),
        Lang::En => {
            format!("One-time link for the administrator to set a password, within {hours} hours: {link}")
        }
    }
}

/// Asks for a password at a terminal.
pub fn password_prompt(lang: Lang) -> &'static str {
    match lang {
        Lang::Vi => "Mật khẩu mới (không hiện khi gõ): ",
        Lang::En => "New password (not shown): ",
    }
}

/// A password was set.
pub fn password_set(lang: Lang, email: &str) -> String {
    match lang {
        Lang::Vi => format!("Đã đặt mật khẩu cho {email}; mọi phiên đăng nhập cũ đã kết thúc."),
        Lang::En => format!("The password of {email} is set; all earlier sessions have ended."),
    }
}

/// A key was made that will sign access tokens, or signs them already.
pub fn key_made(lang: Lang, at_once: bool) -> String {
    match (lang, at_once) {
        (Lang::Vi, false) => format!(
            "Khóa mới ký từ {RIPE_SECONDS} giây nữa; khóa cũ còn đọc được cho đến khi mã truy cập cuối cùng hết hạn, rồi bị xóa ở lần đổi khóa hoặc khởi động sau."
        ),
        (Lang::En, false) => format!(
            "The new key signs in {RIPE_SECONDS} seconds; the old one is read until its last token has expired, and removed by the next rotation or start."
        ),
        (Lang::Vi, true) => {
            "Đã xóa các khóa cũ: mọi mã truy cập cũ bị từ chối sau nhiều nhất 10 giây; ứng dụng xin mã mới bằng mã gia hạn.".to_owned()
        }
        (Lang::En, true) => {
            "The old keys are removed: every earlier access token is refused within 10 seconds; clients refresh theirs.".to_owned()
        }
    }
}

/// One key a line: name, when made, what for.
pub fn keys(lang: Lang, keys: &[KeyListed]) -> String {
    let line = |key: &KeyListed| {
        let state = match (key.state, lang) {
            (KeyState::Coming, Lang::Vi) => "sắp ký",
            (KeyState::Coming, Lang::En) => "signs soon",
            (KeyState::Signing, Lang::Vi) => "đang ký",
            (KeyState::Signing, Lang::En) => "signs",
            (KeyState::Reading, Lang::Vi) => "chỉ đọc",
            (KeyState::Reading, Lang::En) => "reads only",
            (KeyState::Spent, Lang::Vi) => "hết dùng",
            (KeyState::Spent, Lang::En) => "spent",
        };
        format!("{}\t{}\t{state}", key.kid, key.made_at.format("%d/%m/%Y %H:%M:%SZ"))
    };
    match (keys, lang) {
        ([], Lang::Vi) => "Chưa có khóa nào; khóa đầu tiên được tạo khi dịch vụ khởi động.".to_owned(),
        ([], Lang::En) => "There is no key yet; the service makes the first one when it starts.".to_owned(),
        _ => keys.iter().map(line).collect::<Vec<_>>().join("\n"),
    }
}
