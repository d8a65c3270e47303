//! The closed vocabularies of a task, each with its stored code and the words people type for it.

use super::vocabulary::vocabulary;
use super::words::fold;

vocabulary! {
    /// What sort of work a task is (DOMAIN §2); only key tasks count in the briefing's headline.
    Category {
        /// Trọng tâm.
        Key = "key" ["Trọng tâm", "Nhiệm vụ trọng tâm"],
        /// Thường xuyên.
        Routine = "routine" ["Thường xuyên", "Nhiệm vụ thường xuyên"],
        /// Đột xuất.
        AdHoc = "ad_hoc" ["Đột xuất", "Nhiệm vụ đột xuất"],
    }
}

vocabulary! {
    /// The kind of product a task ends in (DOMAIN §2).
    ProductKind {
        /// Luật.
        Law = "law" ["Luật"],
        /// Nghị định.
        Decree = "decree" ["Nghị định"],
        /// Nghị quyết.
        Resolution = "resolution" ["Nghị quyết"],
        /// Quyết định.
        Decision = "decision" ["Quyết định"],
        /// Đề án.
        Scheme = "scheme" ["Đề án"],
        /// Thông tư.
        Circular = "circular" ["Thông tư"],
        /// Chỉ thị.
        Directive = "directive" ["Chỉ thị"],
        /// Kế hoạch.
        Plan = "plan" ["Kế hoạch"],
        /// Báo cáo.
        Report = "report" ["Báo cáo"],
        /// Văn bản.
        Document = "document" ["Văn bản"],
        /// Hội nghị.
        Conference = "conference" ["Hội nghị"],
        /// Khác.
        Other = "other" ["Khác"],
    }
}

vocabulary! {
    /// The stored status of a task's life (DOMAIN §2). Standing is never stored.
    Status {
        /// Chưa thực hiện.
        NotStarted = "not_started" ["Chưa thực hiện"],
        /// Đang thực hiện.
        InProgress = "in_progress" ["Đang thực hiện", "Đang triển khai"],
        /// Submitted, waiting for the office's confirmation; no word of a sheet means it.
        Submitted = "submitted" [],
        /// Hoàn thành.
        Completed = "completed" ["Hoàn thành", "Đã hoàn thành"],
        /// Rút khỏi chương trình, không thực hiện.
        Cancelled = "cancelled" ["Rút khỏi chương trình", "Không thực hiện"],
        /// Tạm dừng; no word of a sheet means it.
        Paused = "paused" [],
        /// Returned to the office as wrongly addressed; no word of a sheet means it.
        Returned = "returned" [],
        /// Transferred to a body outside the tenant; no word of a sheet means it.
        Transferred = "transferred" [],
    }
}

vocabulary! {
    /// What was decided about a request for a later deadline.
    ExtensionDecision {
        /// Đồng ý.
        Agreed = "agreed",
        /// Đồng ý, đến ngày khác.
        Changed = "changed",
        /// Từ chối.
        Refused = "refused",
        /// Rút đề nghị: taken back by who asked, before it was decided.
        Withdrawn = "withdrawn",
    }
}

vocabulary! {
    /// The level a product is submitted to (cấp trình). Kept beside the words as typed.
    Level {
        /// Bộ Chính trị.
        Politburo = "politburo" ["Bộ Chính trị", "BCT"],
        /// Ban Bí thư.
        Secretariat = "secretariat" ["Ban Bí thư"],
        /// Quốc hội.
        NationalAssembly = "national_assembly" ["Quốc hội", "QH"],
        /// Chính phủ.
        Government = "government" ["Chính phủ", "CP"],
        /// Thủ tướng Chính phủ.
        PrimeMinister = "prime_minister" ["Thủ tướng Chính phủ", "Thủ tướng", "Thủ tướng CP", "TTgCP", "TTg"],
        /// Bộ trưởng.
        Minister = "minister" ["Bộ trưởng"],
        /// Chủ tịch UBND.
        PeoplesCommitteeChair = "committee_chair" ["Chủ tịch UBND", "Chủ tịch Ủy ban nhân dân"],
        /// Another level with a name of its own (a people's council, a party committee, a director …).
        Other = "other" [],
    }
}

vocabulary! {
    /// On whose side the reason for being late lies.
    LateReasonKind {
        /// Khách quan.
        Objective = "objective",
        /// Chủ quan.
        Subjective = "subjective",
    }
}

/// Whether words for how urgent a document is mean khẩn or more: such a task may have a term of hours.
pub fn is_urgent(words: &str) -> bool {
    let folded = fold(words);
    matches!(folded.as_str(), "khan" | "thuong khan") || folded.starts_with("hoa toc")
}

/// How the names of levels outside the closed list begin, without accents. Anything else typed as a
/// level is more likely a slip than a body, and a slip here would take a scheme out of the count.
const OTHER_LEVELS: [&str; 26] = [
    "ban chap hanh",
    "ban can su",
    "ban thuong vu",
    "ban lanh dao",
    "bi thu",
    "bo ",
    "chanh van phong",
    "chu tich",
    "cuc ",
    "dang uy",
    "giam doc",
    "hdnd",
    "hoi dong",
    "lanh dao",
    "pho chu tich",
    "pho thu tuong",
    "so ",
    "tap the",
    "thanh uy",
    "thu truong",
    "thuong truc",
    "thuong vu",
    "tinh uy",
    "tong giam doc",
    "ubnd",
    "uy ban",
];

impl Level {
    /// The level that typed words mean, also without accents and with a place behind the office
    /// (`Chủ tịch UBND thành phố`); `None` when they name no level we know how to count.
    pub fn from_typed(words: &str) -> Option<Self> {
        let words = words.trim_end().trim_end_matches('.');
        if let Some(level) = Self::from_words(words) {
            return Some(level);
        }
        let folded = fold(words);
        let exact = Self::ALL.iter().find(|level| match level {
            Self::Politburo => folded == "bo chinh tri",
            Self::Secretariat => folded == "ban bi thu",
            Self::NationalAssembly => folded == "quoc hoi",
            Self::Government => folded == "chinh phu",
            Self::PrimeMinister => matches!(folded.as_str(), "thu tuong chinh phu" | "thu tuong"),
            Self::Minister => folded == "bo truong",
            Self::PeoplesCommitteeChair => {
                folded.starts_with("chu tich ubnd") || folded.starts_with("chu tich uy ban nhan dan")
            }
            Self::Other => OTHER_LEVELS.iter().any(|start| folded.starts_with(start)),
        });
        exact.copied()
    }

    /// Whether a scheme to this level is one of the briefing's schemes to the Government.
    pub fn is_government(self) -> bool {
        matches!(self, Self::Government | Self::PrimeMinister)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_reads_back() {
        for status in Status::ALL {
            assert_eq!(Status::from_code(status.code()), Some(*status));
        }
        for kind in ProductKind::ALL {
            assert_eq!(ProductKind::from_code(kind.code()), Some(*kind));
        }
    }

    #[test]
    fn words_match_in_any_case_and_nothing_else_does() {
        assert_eq!(Status::from_words(" ĐÃ  hoàn thành"), Some(Status::Completed));
        assert_eq!(Status::from_words("Sắp xong rồi"), None);
        assert_eq!(ProductKind::from_words("thông tư"), Some(ProductKind::Circular));
        assert_eq!(Category::from_words(""), None);
    }

    #[test]
    fn khan_and_above_are_urgent() {
        for words in ["Khẩn", "THƯỢNG KHẨN", "Hỏa tốc", "hoả tốc hẹn giờ"] {
            assert!(is_urgent(words), "{words}");
        }
        for words in ["Thường", "", "Không khẩn", "bình thường"] {
            assert!(!is_urgent(words), "{words}");
        }
    }

    #[test]
    fn a_level_may_lack_accents_or_name_a_place() {
        assert_eq!(Level::from_typed("Chinh phu"), Some(Level::Government));
        assert_eq!(Level::from_typed("Chủ tịch UBND thành phố"), Some(Level::PeoplesCommitteeChair));
        assert_eq!(Level::from_typed("HĐND thành phố"), Some(Level::Other));
        for words in ["TTgCP", "ttg", "Thủ tướng CP", "Thủ tướng Chính phủ."] {
            assert_eq!(Level::from_typed(words), Some(Level::PrimeMinister), "{words}");
        }
        assert_eq!(Level::from_typed("CP"), Some(Level::Government));
        assert_eq!(Level::from_typed("QH"), Some(Level::NationalAssembly));
        assert_eq!(Level::from_typed("BCT."), Some(Level::Politburo));
        assert_eq!(Level::from_typed("Phó Thủ tướng"), Some(Level::Other));
        assert_eq!(Level::from_typed("Chính phũ gì đó"), None);
    }
}
