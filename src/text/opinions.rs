//! What is refused about opinions and reasons for lateness, worded.

use super::Lang;
use crate::error::OpinionFault;

/// Why an act on an opinion did not happen.
pub fn fault(lang: Lang, fault: OpinionFault) -> &'static str {
    let (vi, en) = match fault {
        OpinionFault::Closed => (
            "Ý kiến này đã kết thúc. Có thể cho ý kiến mới ở trang của nhiệm vụ.",
            "This is closed. Something new can be said on the task's page.",
        ),
        OpinionFault::Answered => (
            "Ý kiến này đã được trả lời; người cho ý kiến hoặc Văn phòng kết thúc hoặc hỏi lại.",
            "This was answered already; whoever gave it, or the Office, closes it or asks again.",
        ),
        OpinionFault::NotYours => (
            "Chỉ người cho ý kiến hoặc Văn phòng được kết thúc hay hỏi lại.",
            "Only whoever gave it, or the Office, may close it or ask again.",
        ),
        OpinionFault::NothingOverdue => (
            "Đơn vị không có nhiệm vụ quá hạn nào chưa được yêu cầu giải trình.",
            "The unit has no overdue task that it was not asked about already.",
        ),
    };
    pick(lang, vi, en)
}

/// That a task which is not late needs no reason.
pub fn not_late(lang: Lang) -> &'static str {
    pick(
        lang,
        "Nhiệm vụ không quá hạn nên không cần nêu nguyên nhân chậm.",
        "The task is not late, so there is nothing to explain.",
    )
}

fn pick(lang: Lang, vi: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Vi => vi,
        Lang::En => en,
    }
}
