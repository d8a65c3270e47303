//! The fields a sheet can fill, under the codes by which faults, `--map` and the journal call them.

/// Declares the fields with their codes and their Vietnamese and English names.
macro_rules! fields {
    ($($(#[$doc:meta])* $variant:ident = $code:literal, $vi:literal, $en:literal;)+) => {
        /// A field of a task row or of a unit row, or a column that is known and not imported.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Field { $($(#[$doc])* $variant),+ }

        impl Field {
            /// Every field, in the order in which they are listed to people.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The code used in faults and in `--map HEADING=FIELD`.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The field of a code.
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }

            /// The field's name in Vietnamese and in English, as `text/` shows it.
            pub fn names(self) -> (&'static str, &'static str) {
                match self { $(Self::$variant => ($vi, $en)),+ }
            }
        }
    };
}

fields! {
    /// The running number; never imported.
    Ordinal = "ordinal", "số thứ tự", "running number";
    /// Mã nhiệm vụ.
    Code = "code", "mã nhiệm vụ", "code";
    /// Nội dung nhiệm vụ; obligatory.
    Title = "title", "nội dung nhiệm vụ", "title";
    /// Loại nhiệm vụ.
    Category = "category", "loại nhiệm vụ", "category";
    /// Lĩnh vực.
    Area = "field", "lĩnh vực", "field of work";
    /// Số, ký hiệu văn bản giao.
    SourceNumber = "source_number", "số, ký hiệu văn bản giao", "source document number";
    /// Ngày văn bản giao.
    SourceDate = "source_date", "ngày văn bản giao", "source document date";
    /// Loại văn bản giao.
    SourceKind = "source_kind", "loại văn bản giao", "source document kind";
    /// Trích yếu văn bản giao.
    SourceAbstract = "source_abstract", "trích yếu văn bản giao", "source document abstract";
    /// Cơ quan ban hành văn bản giao.
    SourceIssuer = "source_issuer", "cơ quan ban hành", "issuing body";
    /// Độ khẩn.
    Urgency = "urgency", "độ khẩn", "urgency";
    /// Ngày giao.
    AssignedOn = "assigned_on", "ngày giao", "day of assignment";
    /// Đơn vị chủ trì; obligatory.
    Unit = "unit", "đơn vị chủ trì", "lead unit";
    /// Đơn vị phối hợp.
    Coordinating = "coordinating", "đơn vị phối hợp", "coordinating units";
    /// Sản phẩm.
    Product = "product", "sản phẩm", "product";
    /// Cấp trình.
    Level = "level", "cấp trình", "level submitted to";
    /// Thời hạn; obligatory.
    Due = "due", "thời hạn", "deadline";
    /// Gia hạn đến.
    ExtendedTo = "extended_to", "gia hạn đến", "extended to";
    /// Ngày quyết định gia hạn.
    ExtensionDecidedOn = "extension_decided_on", "ngày quyết định gia hạn", "extension decided on";
    /// Tình trạng.
    Status = "status", "tình trạng", "status";
    /// Ngày hoàn thành.
    CompletedOn = "completed_on", "ngày hoàn thành", "completed on";
    /// Tỷ lệ hoàn thành.
    Percent = "percent", "tỷ lệ hoàn thành", "percent complete";
    /// Khó khăn, vướng mắc.
    Obstacles = "obstacles", "khó khăn, vướng mắc", "obstacles";
    /// Nguyên nhân chậm.
    LateReason = "late_reason", "nguyên nhân chậm", "reason for lateness";
    /// Số, ký hiệu văn bản sản phẩm.
    ProductNumber = "product_number", "số văn bản sản phẩm", "product document number";
    /// Ngày văn bản sản phẩm.
    ProductDate = "product_date", "ngày văn bản sản phẩm", "product document date";
    /// Ghi chú.
    Note = "note", "ghi chú", "note";
    /// Ngày rút khỏi chương trình.
    CancelledOn = "cancelled_on", "ngày rút", "cancelled on";
    /// Lãnh đạo phụ trách; known, not imported.
    Leader = "leader", "lãnh đạo phụ trách", "responsible leader";
    /// Người liên hệ; known, not imported.
    Contact = "contact", "người liên hệ", "contact person";
    /// Chuyên viên thực hiện; known, not imported.
    Assignee = "assignee", "chuyên viên thực hiện", "assignee";
    /// Tên đơn vị, in a unit sheet.
    UnitName = "unit_name", "tên đơn vị", "unit name";
    /// Tên viết tắt, in a unit sheet.
    UnitShortName = "unit_short_name", "tên viết tắt", "unit short name";
    /// Loại đơn vị, in a unit sheet.
    UnitKind = "unit_kind", "loại đơn vị", "unit kind";
    /// Thư điện tử nhận nhắc việc, in a unit sheet.
    UnitMailbox = "unit_mailbox", "thư điện tử nhận nhắc việc", "unit mailbox";
}

impl Field {
    /// The columns without which a sheet of tasks can't be read.
    pub const OBLIGATORY: [Self; 3] = [Self::Title, Self::Unit, Self::Due];

    /// Whether a column of this field is recognised and then left alone; several of them may stand
    /// in one sheet.
    pub fn is_passed_over(self) -> bool {
        matches!(self, Self::Ordinal | Self::Leader | Self::Contact | Self::Assignee)
    }
}
