//! How Vietnamese offices (and a few English ones) head their columns.
//!
//! Every phrase is written as [`super::headings::heading_key`] leaves it: lower case, no accents, no
//! punctuation, one space. An exact wording stands for one field alone; a weak one is used only when
//! no better heading claims the field; a rule recognises longer wordings by their telling phrases.

use super::fields::Field;

/// A field with the wordings that mean it.
pub struct Wordings {
    /// The field meant.
    pub field: Field,
    /// Wordings that mean this field and no other.
    pub exact: &'static [&'static str],
    /// Wordings that may mean it when nothing better does.
    pub weak: &'static [&'static str],
}

/// A longer wording: a phrase of every group must occur, none of the others may.
pub struct Rule {
    /// The field meant.
    pub field: Field,
    /// Groups of phrases; one of each must occur.
    pub all: &'static [&'static [&'static str]],
    /// Phrases that tell it is something else.
    pub none: &'static [&'static str],
}

/// The wordings and rules of one kind of sheet.
pub struct Vocabulary {
    /// Short wordings by field.
    pub wordings: &'static [Wordings],
    /// Rules for longer wordings.
    pub rules: &'static [Rule],
}

const fn words(field: Field, exact: &'static [&'static str], weak: &'static [&'static str]) -> Wordings {
    Wordings { field, exact, weak }
}

const fn rule(field: Field, all: &'static [&'static [&'static str]], none: &'static [&'static str]) -> Rule {
    Rule { field, all, none }
}

/// The headings of a sheet of tasks.
pub static TASKS: Vocabulary = Vocabulary { wordings: TASK_WORDINGS, rules: TASK_RULES };

/// The headings of a sheet of units.
pub static UNITS: Vocabulary = Vocabulary { wordings: UNIT_WORDINGS, rules: UNIT_RULES };

#[rustfmt::skip]
static TASK_WORDINGS: &[Wordings] = &[
    words(Field::Ordinal, &["tt", "stt", "st t", "so tt", "so thu tu", "thu tu", "no", "item no"], &[]),
    words(Field::Code, &[
        "ma nhiem vu", "ma so", "ma", "ma so nhiem vu", "ma cong viec", "ma cv", "ma dinh danh",
        "ma dinh danh nhiem vu", "ma nhiem vu duoc giao", "ma hieu", "ma hieu nhiem vu", "ma theo doi",
        "so hieu nhiem vu", "ky hieu nhiem vu", "code", "task code", "task id", "id",
    ], &["so nhiem vu"]),
    words(Field::Title, &[
        "noi dung nhiem vu", "nhiem vu", "ten nhiem vu", "noi dung cong viec", "nhiem vu duoc giao",
        "noi dung chi dao", "ten cong viec", "nhiem vu cu the", "nhiem vu cong viec",
        "noi dung nhiem vu duoc giao", "noi dung nhiem vu cong viec", "noi dung cong viec nhiem vu",
        "noi dung cong viec duoc giao", "cong viec duoc giao", "ten nhiem vu cong viec", "noi dung giao",
        "noi dung giao viec", "noi dung nhiem vu giao", "nhiem vu giao", "noi dung thuc hien",
        "nhiem vu thuc hien", "nhiem vu giai phap", "noi dung nhiem vu giai phap", "dau viec", "cac nhiem vu",
        "cac nhiem vu cu the", "noi dung chi dao dieu hanh", "noi dung yeu cau", "ten de an nhiem vu",
        "nhiem vu trong tam", "cac nhiem vu trong tam", "noi dung nhiem vu trong tam", "task", "title",
        "task title", "task name", "task description",
    ], &["noi dung", "cong viec", "description", "content", "ten"]),
    words(Field::Category, &[
        "loai nhiem vu", "phan loai nhiem vu", "phan loai", "tinh chat nhiem vu", "loai cong viec",
        "loai hinh nhiem vu", "category", "task category", "task type",
    ], &["loai", "tinh chat", "nhom nhiem vu", "type", "loai viec", "phan nhom", "nhom"]),
    words(Field::Area, &[
        "linh vuc", "linh vuc cong tac", "mang cong tac", "nhom linh vuc", "linh vuc cong viec",
        "linh vuc nhiem vu", "mang viec", "field", "area", "sector",
    ], &[]),
    words(Field::SourceNumber, &[
        "so ky hieu van ban giao", "so ky hieu", "so ky hieu van ban", "so van ban", "so van ban giao",
        "so hieu van ban", "van ban giao", "van ban giao nhiem vu",
        "so ky hieu van ban giao nhiem vu", "so van ban giao nhiem vu", "van ban chi dao", "so van ban chi dao",
        "so ky hieu van ban chi dao", "so hieu van ban giao", "so cong van", "ky hieu van ban", "so va ky hieu",
        "so va ky hieu van ban", "so va ky hieu van ban giao", "van ban goc", "van ban giao viec",
        "document number", "document no", "source document", "reference number", "reference", "source number",
    ], &[
        "so hieu", "van ban", "can cu", "nguon", "nguon giao", "nguon nhiem vu", "co so giao nhiem vu",
        "can cu giao nhiem vu", "van ban den", "ky hieu", "document", "so",
    ]),
    words(Field::SourceDate, &[
        "ngay van ban", "ngay ban hanh", "ngay thang van ban", "ngay van ban giao",
        "ngay ban hanh van ban", "ngay ban hanh van ban giao", "ngay thang nam van ban", "ngay ky van ban",
        "ngay ky ban hanh", "thoi gian ban hanh", "ngay cong van", "ngay thang nam ban hanh",
        "ngay thang ban hanh", "ngay van ban giao nhiem vu", "ngay van ban chi dao", "document date",
        "date of document", "issue date", "date issued", "source date",
    ], &["ngay ky", "ngay thang", "ngay thang nam", "ngay"]),
    words(Field::SourceKind, &[
        "loai van ban", "hinh thuc van ban", "the loai van ban", "loai van ban giao",
        "ten loai van ban", "document type", "document kind",
    ], &[]),
    words(Field::SourceAbstract, &[
        "trich yeu", "trich yeu van ban", "trich yeu noi dung", "trich yeu noi dung van ban", "noi dung van ban",
        "ten van ban", "trich yeu van ban giao", "document abstract", "document subject",
    ], &["ve viec", "abstract", "subject"]),
    words(Field::SourceIssuer, &[
        "co quan ban hanh", "co quan ban hanh van ban", "noi ban hanh", "don vi ban hanh", "co quan giao",
        "co quan giao nhiem vu", "don vi giao", "don vi giao nhiem vu", "cap giao", "cap giao nhiem vu",
        "noi giao", "issuer", "issuing body", "issued by",
    ], &[]),
    words(Field::Urgency, &[
        "do khan", "muc do khan", "muc do khan cap", "do khan cap", "tinh khan", "urgency",
    ], &["muc do uu tien", "uu tien", "priority"]),
    words(Field::AssignedOn, &[
        "ngay giao", "ngay giao nhiem vu", "ngay giao viec", "thoi gian giao", "thoi diem giao",
        "ngay duoc giao", "ngay duoc giao nhiem vu", "ngay phan cong", "thoi gian giao nhiem vu",
        "thoi diem giao nhiem vu", "ngay thang giao", "assigned on", "assigned date", "date assigned",
        "assignment date",
    ], &["ngay nhan nhiem vu", "ngay tiep nhan", "ngay nhan"]),
    words(Field::Unit, &[
        "don vi chu tri", "co quan chu tri", "co quan chu tri thuc hien", "don vi chu tri thuc hien",
        "don vi thuc hien", "chu tri", "don vi dau moi", "co quan don vi chu tri",
        "co quan don vi chu tri thuc hien", "don vi duoc giao", "don vi duoc giao chu tri",
        "co quan don vi duoc giao", "co quan thuc hien", "co quan don vi thuc hien", "don vi chu tri tham muu",
        "co quan chu tri tham muu", "don vi xu ly", "don vi phu trach", "phong ban chu tri", "so nganh chu tri",
        "so ban nganh chu tri", "co quan dau moi", "co quan dau moi chu tri", "don vi dau moi chu tri",
        "don vi duoc giao nhiem vu", "co quan don vi duoc giao nhiem vu", "co quan duoc giao",
        "dau moi thuc hien", "don vi trien khai", "don vi chiu trach nhiem", "don vi chiu trach nhiem chinh",
        "chu tri thuc hien", "lead unit", "lead", "responsible unit", "lead agency",
    ], &["don vi", "co quan", "co quan don vi", "dau moi", "trach nhiem thuc hien", "unit", "don vi tham muu", "co quan tham muu"]),
    words(Field::Coordinating, &[
        "don vi phoi hop", "co quan phoi hop", "phoi hop", "co quan don vi phoi hop", "co quan phoi hop thuc hien",
        "don vi phoi hop thuc hien", "co quan don vi phoi hop thuc hien", "cac don vi phoi hop", "phoi hop thuc hien",
        "coordinating units", "coordinating unit", "coordinating", "supporting units", "cooperating units",
    ], &[]),
    words(Field::Product, &[
        "san pham", "ket qua san pham", "san pham ket qua", "san pham dau ra", "loai san pham",
        "san pham hoan thanh", "hinh thuc san pham", "san pham yeu cau", "san pham du kien", "dau ra",
        "ket qua dau ra", "dang san pham", "loai hinh san pham", "san pham trinh", "san pham phai hoan thanh",
        "ten san pham", "product", "deliverable", "output", "product kind",
    ], &["ket qua"]),
    words(Field::Level, &[
        "cap trinh", "cap trinh duyet", "cap trinh san pham", "cap phe duyet", "cap co tham quyen",
        "cap co tham quyen trinh", "trinh cap", "trinh cap co tham quyen", "cap quyet dinh", "cap tham quyen",
        "cap co tham quyen phe duyet", "cap trinh phe duyet", "noi trinh", "level", "submitted to",
        "approval level",
    ], &["trinh", "cap ban hanh", "tham quyen ban hanh", "tham quyen phe duyet", "cap"]),
    words(Field::Due, &[
        "thoi han", "han hoan thanh", "thoi han hoan thanh", "han xu ly", "han", "thoi han thuc hien",
        "han thuc hien", "ngay den han", "den han", "thoi han xu ly", "han cuoi", "han chot", "thoi han yeu cau",
        "thoi han giao", "thoi han duoc giao", "thoi han ban dau", "han ban dau", "han goc", "thoi han goc",
        "thoi han theo van ban", "thoi han bao cao", "han bao cao", "thoi gian yeu cau hoan thanh",
        "thoi han phai hoan thanh", "ngay phai hoan thanh", "thoi gian phai hoan thanh", "thoi han trinh",
        "han trinh", "thoi han ban hanh", "thoi han hoan thanh nhiem vu", "ngay het han", "due", "due date",
        "deadline", "due on", "target date", "han hoan thanh nhiem vu", "thoi han theo ke hoach",
    ], &[
        "thoi gian hoan thanh", "thoi gian thuc hien", "thoi gian trinh", "thoi diem trinh", "thoi gian",
        "thoi gian hoan thanh nhiem vu", "moc thoi gian", "moc hoan thanh", "thoi diem hoan thanh", "ngay ket thuc",
    ]),
    words(Field::ExtendedTo, &[
        "gia han den", "gia han", "gia han den ngay", "ngay gia han den", "thoi han dieu chinh", "han moi",
        "thoi han gia han", "dieu chinh thoi han", "thoi han moi", "han dieu chinh", "han gia han",
        "thoi han sau gia han", "han sau gia han", "thoi han sau dieu chinh", "thoi gian gia han",
        "thoi han duoc gia han", "thoi gian duoc gia han", "duoc gia han den", "da gia han den",
        "dieu chinh den", "lui han den", "lui thoi han", "thoi han hoan thanh dieu chinh",
        "han hoan thanh dieu chinh", "han hoan thanh moi", "thoi han hoan thanh moi", "han xu ly moi",
        "han xu ly dieu chinh", "extended to", "new due date", "new deadline", "revised deadline",
        "extended deadline", "revised due date", "extension",
    ], &["dieu chinh", "thoi gian dieu chinh"]),
    words(Field::ExtensionDecidedOn, &[
        "ngay gia han", "ngay quyet dinh gia han", "ngay cho gia han", "ngay cho phep gia han",
        "ngay dong y gia han", "ngay phe duyet gia han", "ngay van ban gia han", "ngay duoc gia han",
        "extension decided on", "extension date",
    ], &[]),
    words(Field::Status, &[
        "tinh trang", "trang thai", "tinh trang thuc hien", "trang thai thuc hien", "tinh trang nhiem vu",
        "trang thai nhiem vu", "tinh trang xu ly", "trang thai xu ly", "tinh trang hoan thanh", "status", "state",
        "task status", "tinh trang cong viec", "trang thai cong viec",
    ], &["tinh hinh thuc hien", "tinh hinh xu ly", "tinh hinh", "ket qua thuc hien", "ket qua xu ly", "tien do thuc hien", "tien do", "ket qua"]),
    words(Field::CompletedOn, &[
        "ngay hoan thanh", "ngay thuc te hoan thanh", "ngay hoan thanh thuc te", "thoi gian hoan thanh thuc te",
        "thoi gian thuc te hoan thanh", "hoan thanh ngay", "hoan thanh thuc te",
        "thoi diem hoan thanh thuc te", "ngay hoan thanh nhiem vu", "ngay bao cao hoan thanh", "ngay hoan tat", "ngay thuc hien xong",
        "ngay thang hoan thanh", "ngay xong", "da hoan thanh ngay", "ngay da hoan thanh", "ngay ket thuc thuc te",
        "completed on", "completion date", "date completed", "actual completion date", "actual completion",
        "completed date",
    ], &["thoi gian hoan thanh", "thoi diem hoan thanh", "ngay ket thuc"]),
    words(Field::Percent, &[
        "ty le hoan thanh", "ti le hoan thanh", "phan tram hoan thanh", "phan tram", "muc do hoan thanh",
        "ty le phan tram hoan thanh", "tien do phan tram", "percent", "percent complete", "phan tram complete",
    ], &["tien do", "progress", "ty le"]),
    words(Field::Obstacles, &[
        "kho khan vuong mac", "kho khan", "vuong mac", "ton tai vuong mac", "ton tai kho khan vuong mac",
        "kho khan vuong mac kien nghi", "kho khan vuong mac de xuat kien nghi", "obstacles", "difficulties",
    ], &[]),
    words(Field::LateReason, &[
        "ly do cham", "nguyen nhan cham", "ly do cham muon", "ly do qua han", "nguyen nhan qua han",
        "nguyen nhan cham tien do", "ly do cham tien do", "nguyen nhan cham muon", "nguyen nhan cham tre",
        "ly do cham tre", "ly do chua hoan thanh", "nguyen nhan chua hoan thanh", "late reason",
        "reason for delay", "reason for lateness",
    ], &["nguyen nhan", "ly do", "reason"]),
    words(Field::ProductNumber, &[
        "so van ban san pham", "so ky hieu van ban san pham", "so hieu san pham", "so san pham",
        "van ban san pham", "so van ban hoan thanh", "so van ban bao cao", "van ban hoan thanh",
        "so ky hieu san pham", "van ban ket qua", "so van ban ket qua", "so ky hieu van ban ket qua",
        "van ban bao cao ket qua", "so van ban thuc hien", "product number", "product document",
    ], &[]),
    words(Field::ProductDate, &[
        "ngay van ban san pham", "ngay san pham", "ngay ban hanh san pham", "ngay van ban ket qua",
        "ngay van ban hoan thanh", "ngay van ban bao cao", "product date",
    ], &[]),
    words(Field::Note, &[
        "ghi chu", "note", "notes", "remark", "remarks", "chu thich", "ghi chu khac",
    ], &["luu y", "comments", "comment"]),
    words(Field::CancelledOn, &[
        "ngay rut", "ngay huy", "ngay rut khoi chuong trinh", "ngay cho rut", "ngay huy bo",
        "ngay khong thuc hien", "cancelled on", "date cancelled",
    ], &[]),
    words(Field::Leader, &[
        "lanh dao phu trach", "lanh dao", "lanh dao chi dao", "lanh dao bo", "lanh dao bo phu trach",
        "lanh dao ubnd phu trach", "thu truong phu trach", "nguoi chi dao", "dong chi phu trach", "leader",
        "lanh dao theo doi", "nguoi giao", "lanh dao giao", "nguoi ky", "nguoi giao viec",
    ], &[]),
    words(Field::Contact, &[
        "dau moi lien he", "nguoi lien he", "can bo dau moi", "chuyen vien dau moi", "lien he", "dien thoai",
        "so dien thoai", "contact", "email",
    ], &[]),
    words(Field::Assignee, &[
        "chuyen vien", "can bo thuc hien", "nguoi thuc hien", "nguoi xu ly", "chuyen vien xu ly",
        "can bo theo doi", "chuyen vien theo doi", "can bo phu trach", "nguoi phu trach", "can bo xu ly",
        "chuyen vien thu ly", "chuyen vien phu trach", "nguoi duoc giao", "assignee", "ca nhan phu trach",
    ], &[]),
];

#[rustfmt::skip]
static TASK_RULES: &[Rule] = &[
    rule(Field::Unit, &[&[
        "chu tri", "don vi dau moi", "co quan dau moi", "don vi thuc hien", "co quan thuc hien", "don vi duoc giao",
        "co quan duoc giao", "don vi xu ly", "lead unit", "lead agency", "responsible unit",
    ]], &[
        "phoi hop", "lanh dao", "nguoi", "can bo", "chuyen vien", "ngay", "thoi han", "lien he", "y kien", "email",
        "so luong", "danh gia", "ly do", "nguyen nhan",
    ]),
    rule(Field::Coordinating, &[&["phoi hop", "coordinating"]],
        &["chu tri", "ngay", "y kien", "can bo", "nguoi", "lanh dao", "ket qua", "chuyen vien"]),
    rule(Field::Due, &[&[
        "thoi han", "han hoan thanh", "han xu ly", "han thuc hien", "ngay den han", "han chot", "han cuoi",
        "ngay phai hoan thanh", "due date", "deadline",
    ]], &[
        "gia han", "dieu chinh", "moi", "thuc te", "qua han", "con lai", "so ngay", "ly do", "nguyen nhan",
        "danh gia", "dung han", "truoc han", "canh bao", "so lan", "lan", "tinh trang", "new", "revised", "extended",
        "san pham", "ket qua",
    ]),
    rule(Field::ExtendedTo, &[&[
        "gia han", "thoi han dieu chinh", "dieu chinh thoi han", "han moi", "thoi han moi", "han dieu chinh",
        "lui han", "lui thoi han", "han hoan thanh dieu chinh", "han hoan thanh moi", "thoi han hoan thanh dieu chinh",
    ]], &[
        "ngay gia han", "ngay quyet dinh", "so lan", "lan", "ly do", "nguyen nhan", "van ban", "xin", "de nghi",
        "de xuat", "nguoi", "truoc gia han", "truoc khi", "ngay cho", "ngay dong y", "ngay phe duyet", "ngay duoc",
    ]),
    rule(Field::ExtensionDecidedOn, &[&[
        "ngay gia han", "ngay quyet dinh gia han", "ngay cho gia han", "ngay cho phep gia han",
        "ngay dong y gia han", "ngay phe duyet gia han", "ngay van ban gia han", "ngay quyet dinh cho gia han",
        "ngay quyet dinh dieu chinh thoi han",
    ]], &["den", "moi", "ngay gia han den"]),
    rule(Field::CompletedOn, &[&["ngay", "thuc te", "date"], &["hoan thanh", "completion"]], &[
        "han hoan thanh", "du kien", "phai", "yeu cau", "ty le", "ti le", "gia han", "dieu chinh", "ke hoach", "target",
        "so ngay", "van ban", "so", "truoc ngay", "chua hoan thanh", "muc do", "phan tram", "due", "thoi han", "ly do",
        "nguyen nhan", "tinh trang", "trang thai", "ket qua", "danh gia", "noi dung",
    ]),
    rule(Field::Status, &[&["tinh trang", "trang thai"]], &[
        "ngay", "van ban", "hieu luc", "da hoan thanh", "chua hoan thanh", "dang thuc hien", "qua han", "chua thuc hien",
        "trong han", "dung han", "phap ly",
    ]),
    rule(Field::SourceNumber, &[&[
        "so van ban", "so ky hieu", "so hieu van ban", "ky hieu van ban", "so cong van", "van ban giao",
        "van ban chi dao", "so va ky hieu", "van ban so",
    ]], &[
        "ngay", "trich yeu", "noi dung", "loai", "ten", "san pham", "ket qua", "bao cao", "hoan thanh", "gia han",
        "co quan", "don vi", "nguoi", "thoi han", "ve viec", "dieu chinh", "nhiem vu theo", "rut", "lanh dao", "cap",
    ]),
    // Number and date in one column.
    rule(Field::SourceNumber, &[&["so", "ky hieu"], &["ngay"], &["van ban", "cong van", "ky hieu"]], &[
        "san pham", "ket qua", "hoan thanh", "gia han", "han", "qua han", "con lai", "cham", "rut", "dieu chinh",
        "bao cao", "trich yeu", "noi dung",
    ]),
    rule(Field::SourceDate, &[&["ngay"], &["van ban", "ban hanh", "cong van", "ngay ky"]], &[
        "so", "ky hieu", "san pham", "ket qua", "hoan thanh", "gia han", "den han", "trich yeu", "bao cao",
        "dieu chinh", "han", "rut", "co quan", "ngay giao", "huy",
    ]),
    rule(Field::SourceAbstract, &[&["trich yeu", "van ban giao noi dung", "van ban giao ten", "van ban noi dung"]], &["san pham", "ngay", "so"]),
    rule(Field::SourceKind, &[&["loai van ban", "hinh thuc van ban", "van ban giao loai", "van ban loai"]],
        &["san pham", "trinh", "ngay", "so"]),
    rule(Field::SourceIssuer, &[&["co quan ban hanh", "noi ban hanh", "don vi ban hanh", "co quan giao", "don vi giao"]],
        &["chu tri", "san pham", "phoi hop", "ngay"]),
    rule(Field::AssignedOn, &[&["ngay giao", "ngay duoc giao", "thoi diem giao", "thoi gian giao", "ngay phan cong"]],
        &["ban hanh", "phai", "han"]),
    rule(Field::Category, &[&["loai nhiem vu", "phan loai", "tinh chat nhiem vu", "loai cong viec"]],
        &["van ban", "san pham", "don vi", "ket qua", "danh gia"]),
    rule(Field::Area, &[&["linh vuc"]], &["don vi", "co quan", "lanh dao", "nguoi", "chuyen vien", "ma"]),
    rule(Field::Code, &[&["ma nhiem vu", "ma so nhiem vu", "ma dinh danh", "ma cong viec", "ma so"]],
        &["don vi", "van ban", "linh vuc", "nguoi", "co quan", "san pham"]),
    rule(Field::Title, &[&[
        "noi dung nhiem vu", "ten nhiem vu", "noi dung cong viec", "noi dung chi dao", "nhiem vu duoc giao",
        "nhiem vu cu the", "nhiem vu cong viec", "ten cong viec", "nhiem vu trong tam", "nhiem vu giai phap",
        "cac nhiem vu", "nhiem vu chu yeu", "noi dung cac nhiem vu", "noi dung cua nhiem vu", "nhiem vu phai thuc hien",
        "cong viec duoc giao", "cong viec cu the", "nhiem vu can thuc hien",
    ]], &[
        "loai", "chu tri", "phoi hop", "ngay", "so", "ma", "han", "tinh trang", "trang thai", "ket qua", "san pham",
        "don vi", "co quan", "ghi chu", "trich yeu", "linh vuc", "tien do", "ty le", "nguoi", "lanh dao", "thoi gian",
        "nhom", "cap", "ly do", "nguyen nhan", "kho khan",
    ]),
    rule(Field::Product, &[&["san pham", "ket qua dau ra"]], &[
        "ngay", "so", "van ban", "han", "cap", "noi", "tinh trang", "trinh", "ky hieu", "don vi", "chu tri", "phoi hop",
        "gui", "link", "file", "danh gia", "duong dan", "thoi gian", "trang thai", "tien do",
    ]),
    rule(Field::ProductNumber, &[&["san pham", "ket qua", "hoan thanh"],
        &["so van ban", "so ky hieu", "ky hieu", "so hieu", "van ban so", "san pham so", "ket qua so"]],
        &["ngay", "loai", "hinh thuc", "trich yeu", "giao"]),
    rule(Field::ProductDate, &[&["san pham", "ket qua"], &["ngay van ban", "ngay ban hanh", "ngay ky", "ngay"]],
        &["hoan thanh", "so", "han", "giao", "trinh", "bao cao"]),
    rule(Field::Level, &[&[
        "cap trinh", "cap phe duyet", "cap co tham quyen", "cap quyet dinh", "cap tham quyen", "trinh cap",
        "tham quyen phe duyet", "tham quyen ban hanh",
    ]], &["van ban giao", "ngay", "han", "thoi gian", "don vi"]),
    rule(Field::Percent, &[&["ty le", "ti le", "phan tram", "muc do"], &["hoan thanh", "thuc hien", "tien do"]],
        &["ngay", "danh gia"]),
    rule(Field::Obstacles, &[&["kho khan", "vuong mac"]], &["nguyen nhan", "ly do", "huong", "giai phap"]),
    rule(Field::LateReason, &[&["ly do", "nguyen nhan"], &["cham", "qua han", "tre", "chua hoan thanh", "muon"]], &[]),
    rule(Field::Note, &[&["ghi chu"]], &["ngay"]),
    rule(Field::CancelledOn, &[&["ngay rut", "ngay huy", "ngay cho rut"]], &[]),
    rule(Field::Leader, &[&["lanh dao"]], &["ngay", "y kien", "noi dung", "van ban", "ket luan"]),
    rule(Field::Contact, &[&["lien he", "dien thoai"]], &["ngay"]),
    rule(Field::Assignee, &[&["chuyen vien", "can bo", "nguoi thuc hien", "nguoi phu trach", "nguoi xu ly"]],
        &["ngay", "lien he", "lanh dao", "y kien"]),
];

#[rustfmt::skip]
static UNIT_WORDINGS: &[Wordings] = &[
    words(Field::Ordinal, &["tt", "stt", "st t", "so tt", "so thu tu", "thu tu", "no"], &[]),
    words(Field::UnitName, &[
        "ten don vi", "ten co quan", "ten co quan don vi", "ten don vi co quan", "ten day du", "ten phong ban",
        "ten don vi day du", "ten day du cua don vi", "ten co quan day du", "ten to chuc", "name", "unit name",
        "full name",
    ], &["don vi", "co quan", "co quan don vi", "don vi co quan", "ten", "unit", "phong ban", "so ban nganh", "so nganh", "dia phuong", "so ban nganh dia phuong", "phong ban don vi", "don vi hanh chinh"]),
    words(Field::UnitShortName, &[
        "ten viet tat", "viet tat", "ten ngan", "ten tat", "ten goi tat", "chu viet tat", "ten viet tat don vi",
        "ky hieu viet tat", "ten viet tat cua don vi", "short name", "abbreviation", "acronym", "ten rut gon",
        "ten ngan gon",
    ], &["ky hieu", "ma don vi", "ky hieu don vi", "ma", "ma co quan", "code"]),
    words(Field::UnitKind, &[
        "loai don vi", "loai hinh don vi", "loai co quan", "loai hinh", "nhom don vi", "khoi don vi", "unit kind",
        "unit type", "phan loai don vi",
    ], &["loai", "khoi", "nhom", "phan loai", "cap", "kind", "type"]),
    words(Field::UnitMailbox, &[
        "thu dien tu nhan nhac viec", "email", "thu dien tu", "e mail", "hop thu", "email nhan nhac viec",
        "dia chi thu dien tu", "dia chi email", "hop thu dien tu", "mailbox", "email don vi", "thu dien tu cong vu",
        "hop thu cong vu", "hop thu nhan nhac viec", "thu dien tu don vi", "mail", "email cong vu", "reminder mailbox",
    ], &["thu nhac viec"]),
];

#[rustfmt::skip]
static UNIT_RULES: &[Rule] = &[
    rule(Field::UnitMailbox, &[&["email", "e mail", "thu dien tu", "hop thu", "mailbox"]], &["lanh dao", "nguoi", "ca nhan", "ho ten"]),
    rule(Field::UnitShortName, &[&["viet tat", "ten ngan", "ten tat", "abbreviation"]], &["day du"]),
    rule(Field::UnitKind, &[&["loai don vi", "loai hinh", "loai co quan"]], &[]),
    rule(Field::UnitName, &[&["ten", "name"]], &[
        "viet tat", "ngan", "rut gon", "tat", "chu quan", "cap tren", "cu", "nguoi", "lanh dao", "khac", "tieng anh", "short",
    ]),
];

/// Words in a heading that tell a list of people or a table of figures from a list of units.
pub static NOT_UNITS: &[&str] = &[
    "ho ten",
    "ho va ten",
    "chuc vu",
    "chuc danh",
    "tong so",
    "qua han",
    "hoan thanh",
    "trong han",
    "dang thuc hien",
    "nhiem vu",
    "thoi han",
    "tong cong",
    "ty le",
];
