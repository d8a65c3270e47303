//! The reasons for lateness to choose from: whose side they lie on and their words.

use super::task::LateReasonKind;
use LateReasonKind::{Objective, Subjective};

/// The most reasons of a tenant's list.
pub const MOST_REASONS: usize = 20;

/// A reason of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LateReason {
    /// On whose side it lies.
    pub kind: LateReasonKind,
    /// Its words.
    pub category: String,
    /// Whether it can be chosen.
    pub is_active: bool,
}

/// The list of the product, for a tenant that has not written its own.
pub const DEFAULT: [(LateReasonKind, &str); 8] = [
    (Objective, "Chờ ý kiến, văn bản của cơ quan phối hợp"),
    (Objective, "Chờ hướng dẫn, quyết định của cấp có thẩm quyền"),
    (Objective, "Quy định của pháp luật chưa rõ hoặc đang thay đổi"),
    (Objective, "Thiên tai, dịch bệnh, sự cố bất khả kháng"),
    (Subjective, "Chậm phân công, chậm triển khai trong đơn vị"),
    (Subjective, "Nhân lực thiếu hoặc chưa đáp ứng yêu cầu"),
    (Subjective, "Chất lượng sản phẩm chưa đạt, phải làm lại"),
    (Subjective, "Phối hợp giữa các đơn vị chưa chặt chẽ"),
];

/// That list.
pub fn default_list() -> Vec<LateReason> {
    let reason = |(kind, category): &(LateReasonKind, &str)| LateReason {
        kind: *kind,
        category: (*category).to_owned(),
        is_active: true,
    };
    DEFAULT.iter().map(reason).collect()
}
