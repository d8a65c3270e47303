//! The longer wordings of the headings of a sheet of tasks, recognised by their telling phrases.

use super::{Rule, rule};
use crate::imports::fields::Field;

#[rustfmt::skip]
pub(super) static TASK_RULES: &[Rule] = &[
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
    rule(Field::Due, &[&["thoi han", "han hoan thanh", "han xu ly", "han thuc hien"], &["lan dau", "ban dau", "goc"]],
        &["ket qua", "ly do", "tinh trang", "san pham"]),
    // The end of a period of work.
    rule(Field::Due, &[
        &["thoi gian thuc hien", "thoi gian hoan thanh", "thoi gian xu ly", "thoi gian trien khai", "tien do thuc hien"],
        &["den ngay", "ket thuc", "den"],
    ], &["ly do", "tinh trang", "ket qua", "danh gia"]),
    // A completion that is planned is a deadline.
    rule(Field::Due, &[
        &["ngay", "thoi gian", "thoi diem", "moc", "date"],
        &["hoan thanh", "completion"],
        &[
            "du kien", "ke hoach", "theo kh", "kh", "yeu cau", "phai", "can", "quy dinh", "theo van ban giao", "planned",
            "expected", "scheduled", "required", "target",
        ],
    ], &["ly do", "tinh trang", "ket qua", "ty le", "danh gia", "so ngay", "xin", "ho so", "du thao", "noi dung"]),
    rule(Field::ExtendedTo, &[&[
        "gia han", "thoi han dieu chinh", "dieu chinh thoi han", "han moi", "thoi han moi", "han dieu chinh",
        "lui han", "lui thoi han", "han hoan thanh dieu chinh", "han hoan thanh moi", "thoi han hoan thanh dieu chinh",
    ]], &[
        "ngay gia han", "ngay quyet dinh", "so lan", "lan", "ly do", "nguyen nhan", "van ban", "xin", "de nghi",
        "de xuat", "nguoi", "truoc gia han", "truoc khi", "ngay cho", "ngay dong y", "ngay phe duyet", "ngay duoc",
    ]),
    rule(Field::ExtendedTo, &[&["thoi han", "han hoan thanh"], &["dieu chinh", "sau dieu chinh", "gia han"]],
        &["so lan", "lan", "truoc dieu chinh", "truoc khi", "truoc gia han", "nguoi", "ngay quyet dinh"]),
    rule(Field::ExtendedTo, &[&["gia han", "dieu chinh"], &["lan 1", "lan 2", "lan 3", "lan 4", "lan thu nhat", "lan thu hai"]],
        &["nguoi", "ngay quyet dinh", "noi dung", "nhiem vu"]),
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
    // "Nhiệm vụ do Bộ trưởng giao"
    rule(Field::Title, &[&["nhiem vu do", "cong viec do", "viec do"], &["giao"]], &[
        "loai", "ngay", "so", "ma", "han", "tinh trang", "ket qua", "san pham", "ghi chu", "tien do", "thoi gian", "ly do",
    ]),
    rule(Field::Product, &[&["san pham", "ket qua dau ra"]], &[
        "ngay", "so", "van ban", "han", "cap", "noi", "tinh trang", "trinh", "ky hieu", "don vi", "chu tri", "phoi hop",
        "gui", "link", "file", "danh gia", "duong dan", "thoi gian", "trang thai", "tien do",
    ]),
    rule(Field::Product, &[&["san pham"], &["hinh thuc", "loai van ban", "the loai"]],
        &["ngay", "so", "ky hieu", "han", "cap", "don vi", "tinh trang", "ban hanh"]),
    rule(Field::ProductNumber, &[&["san pham", "ket qua", "hoan thanh"],
        &["so van ban", "so ky hieu", "ky hieu", "so hieu", "van ban so", "san pham so", "ket qua so"]],
        &["ngay", "loai", "hinh thuc", "trich yeu", "giao"]),
    rule(Field::ProductDate, &[&["san pham", "ket qua", "van ban hoan thanh"],
        &["ngay van ban", "ngay ban hanh", "ngay ky", "ngay thang"]], &["ngay hoan thanh", "so", "han", "giao"]),
    rule(Field::ProductDate, &[&["san pham"], &["ngay"]],
        &["hoan thanh", "so", "han", "giao", "trinh", "bao cao"]),
    rule(Field::Level, &[&[
        "cap trinh", "cap phe duyet", "cap co tham quyen", "cap quyet dinh", "cap tham quyen", "trinh cap",
        "tham quyen phe duyet", "tham quyen ban hanh",
    ]], &["van ban giao", "ngay", "han", "thoi gian", "don vi"]),
    rule(Field::Percent, &[&["ty le", "ti le", "phan tram"], &["hoan thanh", "thuc hien", "tien do"]],
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

/// What to propose for headings that are refused on purpose: asked for and not decided, or two things
/// in one column.
#[rustfmt::skip]
pub(super) static TASK_GUESSES: &[Rule] = &[
    rule(Field::ExtendedTo, &[&["gia han", "dieu chinh", "lui"], &["den", "thoi han", "han"]],
        &["ly do", "so", "tinh trang", "ket qua", "ngay trinh", "van ban", "so ngay", "so lan", "tu ngay"]),
    rule(Field::Due, &[&["ngay hoan thanh", "hoan thanh ngay", "thoi gian hoan thanh", "ngay ket thuc"],
        &["du kien", "ke hoach", "kh", "yeu cau", "cam ket", "quy dinh", "duoc giao", "theo van ban giao", "ban dau", "can", "phai"]], &["ly do"]),
    rule(Field::CompletedOn, &[&["ngay hoan thanh", "hoan thanh ngay"]], &["ly do", "so ngay"]),
];
