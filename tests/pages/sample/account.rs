//! The account, and the second step of signing in.

use dondoc::pages::*;

use super::{Role, Sample};

const PICTURE: &str = "data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4=";

impl Sample {
    fn wrong_code(&self, faulty: bool) -> Field {
        if faulty { Field::faulty("", self.w().code_wrong()) } else { Field::default() }
    }

    fn wrong_password(&self, faulty: bool) -> Field {
        if faulty { Field::faulty("", self.w().password_wrong()) } else { Field::default() }
    }

    /// The code at sign-in, `faulty` after a wrong one.
    pub fn code(&self, faulty: bool) -> CodePage {
        CodePage {
            w: self.w(),
            shell: self.shell(Role::Nobody, 0),
            action: "/sign-in/code".into(),
            cancel: "/sign-in/cancel".into(),
            next: Some(format!("/tasks?q={}", self.s(""))),
            code: self.wrong_code(faulty),
            may_remember: true,
        }
    }

    /// Enrolling a factor; `faulty` signed in, after a wrong password and two wrong codes.
    pub fn enrol(&self, faulty: bool) -> EnrolPage {
        EnrolPage {
            w: self.w(),
            shell: self.shell(if faulty { Role::Office } else { Role::Nobody }, 9),
            action: "/sign-in/enrol".into(),
            cancel: (!faulty).then(|| "/sign-in/cancel".into()),
            next: Some(format!("/tasks?q={}", self.s(""))),
            picture: PICTURE.into(),
            secret: "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ".into(),
            code: self.wrong_code(faulty),
            current: faulty.then(|| self.wrong_password(true)),
            old_code: faulty.then(|| self.wrong_code(true)),
        }
    }

    /// The recovery codes.
    pub fn recovery_codes(&self) -> RecoveryCodesPage {
        let codes = (0..10).map(|n| format!("abcd{n}-fghij")).collect();
        RecoveryCodesPage {
            w: self.w(),
            shell: self.shell(Role::Office, 9),
            codes,
            onward: Link { text: self.w().recovery_done().to_owned(), href: "/".into() },
        }
    }

    /// The account; `faulty` after both forms were refused.
    pub fn account(&self, faulty: bool) -> AccountPage {
        let session = |end: Option<&str>, is_api: bool| SessionLine {
            end: end.map(str::to_owned),
            is_api,
            begun: "08:55 29/11/2024".into(),
            seen: "09:00 29/11/2024".into(),
        };
        let language = |value: &str, text: &str, selected: bool| Choice {
            value: value.into(),
            text: text.into(),
            selected,
        };
        let w = self.w();
        AccountPage {
            w,
            shell: self.shell(Role::Office, 9),
            notice: (!faulty).then(|| w.account_saved().to_owned()),
            name: self.s("Chuyên viên A"),
            email: "thao@btttt.example".into(),
            post: self.pick("Văn phòng Bộ · Tổng hợp", "Ministry Office · Office"),
            languages: vec![language("vi", "Tiếng Việt", true), language("en", "English", false)],
            mail: MailForm {
                times: self.choices(&[("07:00", "07:00")], "07:00"),
                usual: w.wishes_usual("07:00"),
                time: if faulty { Field::faulty("", w.field_missing()) } else { Field::default() },
                upcoming: true,
                weekly: !faulty,
                reminders: true,
            },
            password: PasswordForm {
                hint: w.password_least(if faulty { 12 } else { 15 }),
                current: self.wrong_password(faulty),
                code: faulty.then(|| self.wrong_code(true)),
                new: if faulty { Field::faulty("", w.field_missing()) } else { Field::default() },
                again: if faulty { Field::faulty("", w.password_differs()) } else { Field::default() },
            },
            factor: FactorSection {
                exists: faulty,
                demanded: !faulty,
                recovery_left: self.n("10"),
                password: self.wrong_password(faulty),
                code: self.wrong_code(faulty),
            },
            sessions: self.rows(vec![
                session(None, false),
                session(Some("/account/sessions/1/end"), false),
                session(Some("/account/sessions/2/end"), true),
            ]),
        }
    }
}
