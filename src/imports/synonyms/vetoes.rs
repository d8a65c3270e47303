//! What a heading of a sheet of tasks can't mean once it says certain words: a planned day is no day of
//! completion, the number of a reply is not the number of the document that gave the task.

use super::Veto;
use crate::imports::fields::Field;

const fn veto(field: Field, phrases: &'static [&'static str]) -> Veto {
    Veto { field, phrases, own: &[] }
}

const fn own_veto(field: Field, own: &'static [&'static str]) -> Veto {
    Veto { field, phrases: &[], own }
}

#[rustfmt::skip]
pub(super) static TASK_VETOES: &[Veto] = &[
    veto(Field::Code, &[
        "ma so thue", "du an", "de tai", "de an", "nganh", "cong chuc", "kho", "can bo", "phong", "ngan sach", "qr",
    ]),
    veto(Field::SourceNumber, &[
        "tra loi", "van ban di", "cong van di", "trinh", "van ban ban hanh", "da ban hanh", "quyet dinh ban hanh",
        "qd ban hanh", "phat hanh", "don doc", "xu ly", "nhac", "ho so", "ket qua", "san pham", "bao cao", "gia han",
        "dieu chinh", "hoan thanh", "thuc hien so", "van ban thuc hien", "thu moi", "xin y kien", "phoi hop", "rut",
    ]),
    veto(Field::SourceDate, &[
        "du kien", "thuc te", "ket qua", "ke hoach", "phai", "tra loi", "van ban di", "cong van di", "don doc", "nhac",
        "trinh", "san pham", "gia han", "dieu chinh", "bao cao", "hoan thanh", "xu ly", "ho so", "phat hanh",
        "ban hanh quyet dinh", "xin y kien", "theo kh", "yeu cau", "rut",
    ]),
    veto(Field::SourceKind, &["san pham", "ket qua", "trinh", "tra loi", "don doc", "gia han", "bao cao", "hoan thanh"]),
    veto(Field::SourceAbstract, &["san pham", "ket qua", "trinh", "tra loi", "don doc", "gia han", "bao cao"]),
    veto(Field::SourceIssuer, &["san pham", "ket qua", "tra loi", "don doc", "gia han"]),
    veto(Field::AssignedOn, &["gia han", "don doc", "giao hoan thanh"]),
    veto(Field::Unit, &["lanh dao", "nguoi", "can bo", "chuyen vien", "phoi hop", "y kien", "gia han", "don doc"]),
    veto(Field::Coordinating, &["lanh dao", "nguoi", "can bo", "chuyen vien", "y kien", "ket qua", "chu tri phoi hop", "thoi han", "van ban"]),
    veto(Field::Due, &[
        "gia han", "dieu chinh", "thuc te", "qua han", "bat dau", "tu ngay", "thoi han tu", "thuc hien tu", "con lai",
        "so ngay", "bao mat", "luu tru", "y kien", "hieu luc", "nhac", "cap nhat", "thanh toan", "noi bo", "phoi hop",
        "chuyen vien", "khoi luong", "gia tri", "so lieu", "dung thoi han", "dung han", "trong han", "lan 2", "lan 3",
        "bao hanh", "lui", "bo sung", "thay doi", "thoi han cu", "xin", "de nghi", "dung qua", "phong hoan thanh", "ty le", "phan tram", "lan cuoi", "tham dinh",
    ]),
    veto(Field::ExtendedTo, &[
        "trinh", "ho so", "y kien", "ket qua", "yeu cau", "tu ngay", "co quan", "co khong", "so ngay", "bao nhieu",
        "thoi gian gia han ngay", "gia han them ngay", "ly do", "nguyen nhan", "so lan", "can cu", "van ban", "xin",
        "de nghi", "de xuat", "tinh trang", "trang thai", "ghi chu", "het gia han", "dong y", "nguoi", "tham quyen",
        "da gia han", "nhiem vu gia han", "du kien", "dung han", "qua han", "trong han", "thoi han tu", "bat dau", "thuc te", "so ky hieu",
    ]),
    veto(Field::ExtensionDecidedOn, &["trinh", "xin", "de nghi", "de xuat", "het gia han", "tu ngay", "so ngay"]),
    veto(Field::CompletedOn, &[
        "du kien", "dk", "ke hoach", "kh", "yeu cau", "cam ket", "quy dinh", "duoc giao", "giao hoan thanh",
        "van ban giao", "ban dau", "moi", "can", "phai", "bat dau", "phe duyet", "y kien", "du thao", "ho so",
        "con lai", "mong muon", "de nghi", "thoi han", "han", "gia han", "dieu chinh", "khoi luong", "gia tri", "so lieu", "phan tram",
        "ty le", "planned", "expected", "estimated", "scheduled", "required", "target", "lan 2", "cuoi cung",
        "tham dinh",
    ]),
    own_veto(Field::CompletedOn, &["don doc", "nhac", "xac nhan", "cap nhat", "danh gia"]),
    veto(Field::Status, &["gia han"]),
    veto(Field::Note, &["gia han"]),
    veto(Field::Assignee, &["thoi han", "ma so"]),
    veto(Field::Product, &["so ky hieu", "so van ban", "van ban so", "ngay van ban", "so ngay"]),
    veto(Field::LateReason, &["gia han", "dieu chinh", "rut"]),
    veto(Field::ProductNumber, &["don doc", "gia han", "tra loi", "nhac", "to trinh"]),
    veto(Field::ProductDate, &["don doc", "gia han", "tra loi", "nhac", "du kien", "ke hoach", "phai", "to trinh"]),
    veto(Field::Percent, &["khoi luong", "gia tri", "ke hoach"]),
];
