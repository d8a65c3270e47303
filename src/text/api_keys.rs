//! What is said of API keys at the command line.

use chrono::NaiveDate;

use super::pages::Words;
use super::{Lang, date};
use crate::auth::ApiKeyListed;
use crate::error::ApiKeyFault;

/// Why an operator's act on an API key did not happen.
pub fn fault(lang: Lang, fault: &ApiKeyFault) -> String {
    match (fault, lang) {
        (ApiKeyFault::NameTaken(name), Lang::Vi) => {
            format!("Tổ chức đã dùng tên khóa “{name}”; nhật ký gọi khóa theo tên nên cần tên khác.")
        }
        (ApiKeyFault::NameTaken(name), Lang::En) => format!(
            "The tenant has had a key called “{name}”; the journal calls keys by their names, so choose another."
        ),
        (ApiKeyFault::UnitFit { needed: true }, Lang::Vi) => {
            "Vai trò này thuộc một đơn vị: thêm --unit ĐƠN_VỊ.".to_owned()
        }
        (ApiKeyFault::UnitFit { needed: true }, Lang::En) => {
            "This role is of a unit: add --unit UNIT.".to_owned()
        }
        (ApiKeyFault::UnitFit { needed: false }, Lang::Vi) => {
            "Vai trò này thấy toàn tổ chức: bỏ --unit.".to_owned()
        }
        (ApiKeyFault::UnitFit { needed: false }, Lang::En) => {
            "This role is of the whole tenant: leave --unit out.".to_owned()
        }
        (ApiKeyFault::Past, Lang::Vi) => "--until phải sau ngày hôm nay.".to_owned(),
        (ApiKeyFault::Past, Lang::En) => "--until must be after today.".to_owned(),
        (ApiKeyFault::Unknown(id), Lang::Vi) => format!("Tổ chức không có khóa {id} đang dùng được."),
        (ApiKeyFault::Unknown(id), Lang::En) => format!("The tenant has no key {id} that is in force."),
    }
}

/// The key stands on standard output, once.
pub fn made(lang: Lang) -> &'static str {
    match lang {
        Lang::Vi => "Khóa chỉ hiện một lần này; hãy cất giữ như mật khẩu.",
        Lang::En => "The key is shown this once; keep it as you keep a password.",
    }
}

/// It opens nothing any more.
pub fn revoked(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Vi => format!("Đã thu hồi khóa “{name}”; từ yêu cầu tiếp theo khóa không mở được gì."),
        Lang::En => format!("The key “{name}” is revoked; it opens nothing from the next request on."),
    }
}

/// One key a line: id, name, role and unit, how long it holds, when it was last used.
pub fn list(lang: Lang, keys: &[ApiKeyListed]) -> String {
    let line = |key: &ApiKeyListed| {
        let whose = key.unit.as_deref().map(|unit| format!(" · {unit}")).unwrap_or_default();
        let role = Words(lang).role(key.role);
        format!("{}\t{}\t{role}{whose}\t{}\t{}", key.id, key.name, term(lang, key), used(lang, key.used_on))
    };
    match (keys, lang) {
        ([], Lang::Vi) => "Tổ chức chưa có khóa API nào.".to_owned(),
        ([], Lang::En) => "The tenant has no API key yet.".to_owned(),
        _ => keys.iter().map(line).collect::<Vec<_>>().join("\n"),
    }
}

fn term(lang: Lang, key: &ApiKeyListed) -> String {
    match (key.revoked_at, key.until, lang) {
        (Some(at), _, Lang::Vi) => format!("thu hồi ngày {}", date(at.date_naive())),
        (Some(at), _, Lang::En) => format!("revoked on {}", date(at.date_naive())),
        (None, Some(until), Lang::Vi) => format!("đến trước ngày {}", date(until)),
        (None, Some(until), Lang::En) => format!("until before {}", date(until)),
        (None, None, Lang::Vi) => "đến khi thu hồi".to_owned(),
        (None, None, Lang::En) => "until revoked".to_owned(),
    }
}

fn used(lang: Lang, day: Option<NaiveDate>) -> String {
    match (day, lang) {
        (Some(day), Lang::Vi) => format!("dùng lần cuối ngày {}", date(day)),
        (Some(day), Lang::En) => format!("last used on {}", date(day)),
        (None, Lang::Vi) => "chưa dùng".to_owned(),
        (None, Lang::En) => "never used".to_owned(),
    }
}
