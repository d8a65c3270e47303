//! The short wordings of the headings of a sheet of tasks, field by field.

use super::{Wordings, words};
use crate::imports::fields::Field;

#[rustfmt::skip]
pub(super) static TASK_WORDINGS: &[Wordings] = &[
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
        "task title", "task name", "task description", "noi dung giao nhiem vu", "noi dung ket luan",
        "noi dung ket luan chi dao", "ten de an", "danh muc nhiem vu", "viec duoc giao",
    ], &["y kien chi dao", "noi dung y kien chi dao", "noi dung", "cong viec", "description", "content", "ten"]),
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
        "so cv", "so tb", "so thong bao", "document number", "document no", "source document", "reference number", "reference", "source number",
    ], &[
        "so hieu", "van ban", "can cu", "nguon", "nguon giao", "nguon nhiem vu", "co so giao nhiem vu",
        "can cu giao nhiem vu", "van ban den", "document",
    ]),
    words(Field::SourceDate, &[
        "ngay van ban", "ngay ban hanh", "ngay thang van ban", "ngay van ban giao",
        "ngay ban hanh van ban", "ngay ban hanh van ban giao", "ngay thang nam van ban", "ngay ky van ban",
        "ngay ky ban hanh", "ngay cong van", "ngay thang nam ban hanh",
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
        "chu tri thuc hien", "dvct", "phan cong thuc hien", "don vi duoc phan cong", "co quan xu ly",
        "co quan don vi chiu trach nhiem", "vu cuc", "don vi nhan nhiem vu", "nguoi don vi chu tri", "lead unit", "lead", "responsible unit", "lead agency",
    ], &["don vi", "co quan", "co quan don vi", "dau moi", "trach nhiem thuc hien", "unit", "don vi tham muu", "co quan tham muu"]),
    words(Field::Coordinating, &[
        "don vi phoi hop", "co quan phoi hop", "phoi hop", "co quan don vi phoi hop", "co quan phoi hop thuc hien",
        "don vi phoi hop thuc hien", "co quan don vi phoi hop thuc hien", "cac don vi phoi hop", "phoi hop thuc hien",
        "dvph", "don vi lien quan", "co quan lien quan", "don vi tham gia", "coordinating units", "coordinating unit", "coordinating", "supporting units", "cooperating units",
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
        "thoi gian hoan thanh theo ke hoach", "yeu cau hoan thanh", "ngay yeu cau hoan thanh", "han tra loi", "thoi han tra loi",
        "han giai quyet", "thoi han giai quyet", "han h thanh", "thoi gian hoan thanh theo van ban giao",
        "thoi han hoan thanh ban dau", "thoi han hoan thanh theo van ban giao",
    ], &[
        "thoi gian hoan thanh", "thoi gian thuc hien", "thoi gian trinh", "thoi diem trinh", "thoi gian",
        "thoi gian du kien hoan thanh", "ngay du kien hoan thanh", "du kien hoan thanh",
        "thoi gian hoan thanh nhiem vu", "moc thoi gian", "moc hoan thanh", "thoi diem hoan thanh", "ngay ket thuc", "tien do",
    ]),
    words(Field::ExtendedTo, &[
        "gia han den", "gia han", "gia han den ngay", "ngay gia han den", "thoi han dieu chinh", "han moi",
        "thoi han gia han", "dieu chinh thoi han", "thoi han moi", "han dieu chinh", "han gia han",
        "thoi han sau gia han", "han sau gia han", "thoi han sau dieu chinh", "thoi gian gia han",
        "thoi han duoc gia han", "thoi gian duoc gia han", "duoc gia han den", "da gia han den",
        "dieu chinh den", "lui han den", "lui thoi han", "thoi han hoan thanh dieu chinh",
        "thoi han hoan thanh sau dieu chinh", "thoi han hoan thanh sau gia han",
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
    ], &["tinh hinh thuc hien", "tinh hinh xu ly", "tinh hinh", "ket qua thuc hien", "ket qua xu ly", "tien do thuc hien", "tien do", "ket qua", "muc do hoan thanh"]),
    words(Field::CompletedOn, &[
        "ngay hoan thanh", "ngay thuc te hoan thanh", "ngay hoan thanh thuc te", "thoi gian hoan thanh thuc te",
        "thoi gian thuc te hoan thanh", "hoan thanh ngay", "hoan thanh thuc te",
        "thoi diem hoan thanh thuc te", "ngay hoan thanh nhiem vu", "ngay bao cao hoan thanh", "ngay hoan tat", "ngay thuc hien xong",
        "ngay thang hoan thanh", "ngay xong", "da hoan thanh ngay", "ngay da hoan thanh", "ngay ket thuc thuc te",
        "completed on", "completion date", "date completed", "actual completion date", "actual completion",
        "completed date",
    ], &["thoi gian hoan thanh", "thoi diem hoan thanh"]),
    words(Field::Percent, &[
        "ty le hoan thanh", "ti le hoan thanh", "phan tram hoan thanh", "phan tram",
        "ty le phan tram hoan thanh", "tien do phan tram", "percent", "percent complete", "phan tram complete",
    ], &["tien do", "progress", "ty le", "muc do hoan thanh"]),
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
