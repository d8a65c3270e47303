//! The headings of a sheet of units.

use super::{Rule, Wordings, rule, words};
use crate::imports::fields::Field;

#[rustfmt::skip]
pub(super) static UNIT_WORDINGS: &[Wordings] = &[
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
pub(super) static UNIT_RULES: &[Rule] = &[
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
