//! What is said of the journal at the command line.

use super::{Lang, number};
use crate::journal::{Flaw, FlawKind, Verified};

/// Every link holds.
pub fn whole(lang: Lang, found: &Verified) -> String {
    let n = number(lang, found.entries);
    let last = found.last_sha256.as_deref().unwrap_or("–");
    match lang {
        Lang::Vi => format!(
            "Nhật ký nguyên vẹn: {n} dòng. Mã băm của dòng cuối: {last}. Ghi lại số dòng và mã băm ở nơi khác để biết nếu phần cuối bị cắt."
        ),
        Lang::En => format!(
            "The journal is whole: {n} entries. The last one's hash: {last}. Note both elsewhere, to see later whether its end was cut off."
        ),
    }
}

/// The first entry that is wrong.
pub fn broken(lang: Lang, flaw: &Flaw) -> String {
    let Flaw { number: at, entry, kind } = flaw;
    let at = at.map_or_else(|| "–".to_owned(), |at| at.to_string());
    let why = match (lang, kind) {
        (Lang::Vi, FlawKind::Missing) => "dòng này đã bị xóa",
        (Lang::En, FlawKind::Missing) => "it was removed",
        (Lang::Vi, FlawKind::Changed) => "nội dung không khớp mã băm",
        (Lang::En, FlawKind::Changed) => "its content does not match its hash",
        (Lang::Vi, FlawKind::Unlinked) => "không nối tiếp dòng trước (thiếu, chèn hoặc đổi thứ tự)",
        (Lang::En, FlawKind::Unlinked) => {
            "it does not follow the one before (removed, inserted or reordered)"
        }
        (Lang::Vi, FlawKind::Unsealed) => "được chèn ngoài chuỗi",
        (Lang::En, FlawKind::Unsealed) => "it was inserted outside the chain",
    };
    match lang {
        Lang::Vi => format!("Nhật ký KHÔNG nguyên vẹn. Dòng sai đầu tiên: số {at}, {entry}: {why}."),
        Lang::En => format!("The journal is NOT whole. The first wrong entry: number {at}, {entry}: {why}."),
    }
}
