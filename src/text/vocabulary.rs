//! The words of the closed vocabularies, as an official writes them.

use super::Lang;
use crate::domain::standing::Standing;
use crate::domain::task::{Category, ExtensionDecision, LateReasonKind, Level, ProductKind, Status};

/// The name of a standing.
pub fn standing(lang: Lang, standing: Standing) -> &'static str {
    let (vi, en) = match standing {
        Standing::CompletedOnTime => ("hoàn thành đúng hạn", "completed on time"),
        Standing::CompletedLate => ("hoàn thành quá hạn", "completed late"),
        Standing::WithinTerm => ("đang thực hiện, trong hạn", "in progress, within term"),
        Standing::Overdue => ("đang thực hiện quá hạn", "in progress, overdue"),
        Standing::NoDeadline => ("không có thời hạn", "no deadline"),
        Standing::Outside => ("ngoài thống kê", "outside the count"),
    };
    pick(lang, vi, en)
}

/// The name of a kind of product.
pub fn product(lang: Lang, product: ProductKind) -> &'static str {
    let (vi, en) = match product {
        ProductKind::Law => ("luật", "law"),
        ProductKind::Decree => ("nghị định", "decree"),
        ProductKind::Resolution => ("nghị quyết", "resolution"),
        ProductKind::Decision => ("quyết định", "decision"),
        ProductKind::Scheme => ("đề án", "scheme"),
        ProductKind::Circular => ("thông tư", "circular"),
        ProductKind::Directive => ("chỉ thị", "directive"),
        ProductKind::Plan => ("kế hoạch", "plan"),
        ProductKind::Report => ("báo cáo", "report"),
        ProductKind::Document => ("văn bản", "document"),
        ProductKind::Conference => ("hội nghị", "conference"),
        ProductKind::Other => ("khác", "other"),
    };
    pick(lang, vi, en)
}

/// The name of a category.
pub fn category(lang: Lang, category: Category) -> &'static str {
    let (vi, en) = match category {
        Category::Key => ("trọng tâm", "key"),
        Category::Routine => ("thường xuyên", "routine"),
        Category::AdHoc => ("đột xuất", "ad hoc"),
    };
    pick(lang, vi, en)
}

/// The name of a status.
pub fn status(lang: Lang, status: Status) -> &'static str {
    let (vi, en) = match status {
        Status::NotStarted => ("chưa thực hiện", "not started"),
        Status::InProgress => ("đang thực hiện", "in progress"),
        Status::Submitted => ("chờ xác nhận", "waiting for confirmation"),
        Status::Completed => ("đã hoàn thành", "completed"),
        Status::Cancelled => ("rút khỏi chương trình", "cancelled"),
        Status::Paused => ("tạm dừng", "paused"),
        Status::Returned => ("trả lại", "returned"),
        Status::Transferred => ("chuyển cơ quan khác", "transferred"),
    };
    pick(lang, vi, en)
}

/// On whose side the reason for being late lies.
pub fn late_reason_kind(lang: Lang, kind: LateReasonKind) -> &'static str {
    let (vi, en) = match kind {
        LateReasonKind::Objective => ("khách quan", "objective"),
        LateReasonKind::Subjective => ("chủ quan", "subjective"),
    };
    pick(lang, vi, en)
}

/// The name of a level; of another level than the known ones the words as typed say more.
pub fn level(lang: Lang, level: Level) -> &'static str {
    let (vi, en) = match level {
        Level::Politburo => ("Bộ Chính trị", "Politburo"),
        Level::Secretariat => ("Ban Bí thư", "Secretariat"),
        Level::NationalAssembly => ("Quốc hội", "National Assembly"),
        Level::Government => ("Chính phủ", "Government"),
        Level::PrimeMinister => ("Thủ tướng Chính phủ", "Prime Minister"),
        Level::Minister => ("Bộ trưởng", "Minister"),
        Level::PeoplesCommitteeChair => ("Chủ tịch UBND", "Chair of the People's Committee"),
        Level::Other => ("cấp khác", "another level"),
    };
    pick(lang, vi, en)
}

/// Why a task is late: `Khách quan: chờ ý kiến – Bộ Tài chính chưa trả lời`; `None` when nothing was said.
pub fn lateness(
    lang: Lang,
    kind: Option<LateReasonKind>,
    category: Option<&str>,
    words: Option<&str>,
) -> Option<String> {
    let said: Vec<&str> = [category, words].into_iter().flatten().collect();
    let kind = kind.map(|kind| capitalised(late_reason_kind(lang, kind)));
    match (kind, said.is_empty()) {
        (None, true) => None,
        (Some(kind), true) => Some(kind),
        (None, false) => Some(said.join(" – ")),
        (Some(kind), false) => Some(format!("{kind}: {}", said.join(" – "))),
    }
}

/// What was decided about a request for a later deadline; `None` while it is open.
pub fn extension_decision(lang: Lang, decision: Option<ExtensionDecision>) -> &'static str {
    let (vi, en) = match decision {
        Some(ExtensionDecision::Agreed) => ("đồng ý", "agreed"),
        Some(ExtensionDecision::Changed) => ("đồng ý, đến ngày khác", "agreed with another date"),
        Some(ExtensionDecision::Refused) => ("từ chối", "refused"),
        Some(ExtensionDecision::Withdrawn) => ("đã rút đề nghị", "withdrawn"),
        None => ("chưa quyết định", "not decided yet"),
    };
    pick(lang, vi, en)
}

/// The office's answer to a report of completion; `None` while it waits.
pub fn submission_decision(lang: Lang, accepted: Option<bool>) -> &'static str {
    let (vi, en) = match accepted {
        Some(true) => ("xác nhận", "confirmed"),
        Some(false) => ("trả lại", "sent back"),
        None => ("chờ xác nhận", "waiting for confirmation"),
    };
    pick(lang, vi, en)
}

/// The text of the reader's language.
fn pick(lang: Lang, vi: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Vi => vi,
        Lang::En => en,
    }
}

/// The same words at the beginning of a heading or a key: with a capital first letter.
pub fn capitalised(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
