//! What letters say.

use super::Lang;
use crate::auth::Notice;

/// The letter with a link by which a password is set: subject and paragraphs, the link comes after them.
pub fn way_in(lang: Lang, is_new: bool, tenant: &str, hours: i64) -> (String, Vec<String>) {
    match (lang, is_new) {
        (Lang::Vi, true) => (
            format!("Tài khoản của bạn trên Đôn đốc – {tenant}"),
            vec![
                format!("{tenant} đã mở cho bạn một tài khoản trên hệ thống Đôn đốc."),
                format!(
                    "Mời bạn mở đường dẫn sau để đặt mật khẩu. Đường dẫn dùng được một lần, trong {hours} giờ."
                ),
            ],
        ),
        (Lang::Vi, false) => (
            format!("Đặt lại mật khẩu Đôn đốc – {tenant}"),
            vec![
                format!("Có yêu cầu đặt lại mật khẩu cho tài khoản của bạn tại {tenant}."),
                format!(
                    "Mời bạn mở đường dẫn sau. Đường dẫn dùng được một lần, trong {hours} giờ. Nếu bạn không cần, hãy báo cho quản trị viên của đơn vị."
                ),
            ],
        ),
        (Lang::En, true) => (
            format!("Your account on Đôn đốc – {tenant}"),
            vec![
                format!("{tenant} has opened an account on Đôn đốc for you."),
                format!("Please open this link to set your password. It works once, within {hours} hours."),
            ],
        ),
        (Lang::En, false) => (
            format!("Set another Đôn đốc password – {tenant}"),
            vec![
                format!("Another password was asked for, for your account at {tenant}."),
                format!(
                    "Please open this link. It works once, within {hours} hours. If you don't need it, tell your administrator."
                ),
            ],
        ),
    }
}

/// The letter to an administrator about a head of a unit who wants the digest only for what is overdue.
pub fn rest_off(lang: Lang, head: &str) -> (String, Vec<String>) {
    match lang {
        Lang::Vi => (
            format!("{head} chỉ nhận thư nhắc việc quá hạn"),
            vec![
                format!("{head}, thủ trưởng đơn vị, đã tắt phần chưa quá hạn trong thư nhắc việc hằng ngày."),
                "Việc quá hạn vẫn được gửi hằng ngày; phần còn lại được gửi vào ngày làm việc đầu tuần."
                    .to_owned(),
            ],
        ),
        Lang::En => (
            format!("{head} wants the digest only for what is overdue"),
            vec![
                format!(
                    "{head}, head of a unit, has ended the part of the daily digest that is not overdue."
                ),
                "What is overdue still comes daily, the rest on the first working day of the week."
                    .to_owned(),
            ],
        ),
    }
}

/// The letter to an administrator about a webhook that was switched off by itself.
pub fn hook_off(lang: Lang, tenant: &str, name: &str, url: &str, place: &str) -> (String, Vec<String>) {
    match lang {
        Lang::Vi => (
            format!("Kết nối “{name}” đã tự tắt"),
            vec![
                format!(
                    "{tenant}: hệ thống không gửi được sự kiện tới kết nối “{name}” ({url}) nên đã tắt kết nối này."
                ),
                "Sự kiện xảy ra trong lúc tắt không được gửi bù.".to_owned(),
                format!("Kiểm tra nơi nhận, sửa địa chỉ nếu cần rồi bật lại tại {place}"),
            ],
        ),
        Lang::En => (
            format!("The webhook “{name}” was switched off"),
            vec![
                format!(
                    "{tenant}: nothing came through to the webhook “{name}” ({url}), so it was switched off."
                ),
                "What happens meanwhile is not sent later.".to_owned(),
                format!("Look at the other side, put the address right and switch it on at {place}"),
            ],
        ),
    }
}

/// The letter with a link that somebody asked for at the sign-in page.
pub fn forgotten(lang: Lang, tenant: &str, minutes: i64) -> (String, Vec<String>) {
    match lang {
        Lang::Vi => (
            format!("Đặt lại mật khẩu Đôn đốc – {tenant}"),
            vec![
                format!("Có người, có thể là bạn, báo quên mật khẩu cho tài khoản của bạn tại {tenant}."),
                format!(
                    "Nếu đúng là bạn, mời mở đường dẫn sau. Đường dẫn dùng được một lần, trong {minutes} phút. Nếu không phải, bạn không cần làm gì: mật khẩu hiện tại vẫn giữ nguyên."
                ),
            ],
        ),
        Lang::En => (
            format!("Set another Đôn đốc password – {tenant}"),
            vec![
                format!(
                    "Somebody, perhaps you, said that the password of your account at {tenant} is forgotten."
                ),
                format!(
                    "If it was you, please open this link. It works once, within {minutes} minutes. If not, there is nothing to do: your present password holds."
                ),
            ],
        ),
    }
}

/// The letter that tells of something done to the reader's account at a time.
pub fn notice(lang: Lang, notice: Notice, tenant: &str, at: &str) -> (String, Vec<String>) {
    let what = told(lang, notice);
    match lang {
        Lang::Vi => (
            format!("Bảo mật tài khoản Đôn đốc – {tenant}"),
            vec![
                format!("Lúc {at}, tài khoản của bạn tại {tenant}: {what}."),
                "Nếu đúng là bạn, không cần làm gì. Nếu không phải, hãy đổi mật khẩu và báo ngay cho quản trị của tổ chức.".to_owned(),
            ],
        ),
        Lang::En => (
            format!("Security of your Đôn đốc account – {tenant}"),
            vec![
                format!("At {at}, on your account at {tenant}: {what}."),
                "If it was you, there is nothing to do. If not, change your password and tell your organisation's administrator at once.".to_owned(),
            ],
        ),
    }
}

fn told(lang: Lang, notice: Notice) -> &'static str {
    let (vi, en) = match notice {
        Notice::NewBrowser => (
            "mật khẩu đúng được nhập trên một trình duyệt chưa từng dùng",
            "the right password was typed in a browser not used before",
        ),
        Notice::Program => {
            ("một chương trình đăng nhập bằng mật khẩu của bạn", "a program signed in with your password")
        }
        Notice::Password => ("mật khẩu đã được đổi", "the password was changed"),
        Notice::FactorSet => ("xác thực hai bước đã được thiết lập", "two-step sign-in was set up"),
        Notice::FactorEnded => ("xác thực hai bước đã bị tắt", "two-step sign-in was turned off"),
    };
    match lang {
        Lang::Vi => vi,
        Lang::En => en,
    }
}

/// The last line.
pub fn no_answer(lang: Lang) -> &'static str {
    match lang {
        Lang::Vi => "Thư được gửi tự động, vui lòng không trả lời.",
        Lang::En => "This letter was sent automatically; please don't answer it.",
    }
}

/// A text for HTML.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
