//! Settings, units, and proving who one is.

use dondoc::pages::*;

use super::{Role, Sample};

impl Sample {
    fn typed(&self, value: &str, faulty: bool) -> Field {
        if faulty { Field::faulty(self.s(value), self.s("!")) } else { Field::of(self.s(value)) }
    }

    /// Proving who one is, `faulty` after a wrong password.
    pub fn prove(&self, faulty: bool) -> ProvePage {
        let wrong = |text: &str| if faulty { Field::faulty("", text) } else { Field::default() };
        ProvePage {
            w: self.w(),
            shell: self.shell(Role::Office, 9),
            action: "/account/prove".into(),
            next: Some(format!("/people?q={}", self.s(""))),
            current: Some(wrong(self.w().password_wrong())),
            code: Some(wrong(self.w().code_wrong())),
            by_sso: Some("/sign-in/sso?tenant=btttt&again=1".into()),
        }
    }

    /// The form of documents, `faulty` after a refused template.
    pub fn template(&self, faulty: bool) -> TemplatePage {
        TemplatePage {
            w: self.w(),
            shell: self.shell(Role::Office, 9),
            notice: (!faulty).then(|| self.w().account_saved().to_owned()),
            kept: self.o("mau-bao-cao.docx").map(|name| KeptTemplate { name, added_on: "29/11/2024".into() }),
            file: if faulty { Field::faulty("", self.s("!")) } else { Field::default() },
            needed: vec!["subject".into(), "results".into()],
        }
    }

    /// The settings, `faulty` after a refused act.
    pub fn settings(&self, faulty: bool) -> SettingsPage {
        SettingsPage {
            w: self.w(),
            shell: self.shell(Role::Office, 9),
            notice: (!faulty).then(|| self.w().account_saved().to_owned()),
            error: faulty.then(|| self.s("!")),
            name: self.typed("Bộ", faulty),
            superior: self.typed("Bộ", faulty),
            letter_place: self.typed("Hà Nội", faulty),
            counting: CountingForm {
                due_soon_days: self.typed("3", faulty),
                periods: self.choices(&[("calendar_month", "A")], "calendar_month"),
                rolls: self.choices(&[("none", "A")], "none"),
                briefing_day: self.typed("28", faulty),
            },
            digest_hours: self.choices(&[("07:00", "07:00")], "07:00"),
            digest_hour: if faulty { Field::faulty("", self.s("!")) } else { Field::default() },
            ladder: self.rows(vec![LadderLine {
                title: self.w().settings_ladder_step(1),
                days_id: "days_0".into(),
                days: self.typed("7", faulty),
                side_id: "side_0".into(),
                sides: self.choices(&[("before", "A"), ("after", "B")], "before"),
                count_id: "count_0".into(),
                counts: self.choices(&[("working", "A")], "working"),
                told: vec![Switch { name: "contact_0".into(), text: self.s("A"), is_on: true }],
            }]),
            prove: None,
            factor_required: true,
            factor_heads: false,
            sso: SsoForm {
                exists: true,
                local_sign_in: !faulty,
                redirect: "https://dondoc.example/sign-in/sso/callback".into(),
                issuer: self.typed("https://a.example", faulty),
                client_id: self.typed("dondoc", faulty),
                client_secret: if faulty { Field::faulty("", self.s("!")) } else { Field::default() },
            },
            years: self.rows(vec![YearLine { year: "2024".into(), off: self.n("11"), work: self.n("2") }]),
        }
    }

    fn unit_line(&self, is_over: bool) -> UnitLine {
        UnitLine {
            unit: Link { text: self.s("CVT"), href: "/units/1".into() },
            short_name: self.s("CVT"),
            term: self.w().unit_term(Some("01/01/2024"), is_over.then_some("29/11/2024")),
            is_over,
            successor: if is_over { self.o("CBC") } else { None },
            open_tasks: self.n("12"),
        }
    }

    /// The list of units, `faulty` after a failed attempt to add one.
    pub fn units(&self, faulty: bool) -> UnitsPage {
        UnitsPage {
            w: self.w(),
            shell: self.shell(Role::Office, 9),
            notice: (!faulty).then(|| self.w().unit_added().to_owned()),
            total: self.n("34"),
            units: self.rows(vec![self.unit_line(false), self.unit_line(true)]),
            action: "/units".into(),
            name: self.typed("A", faulty),
            short_name: self.typed("A", faulty),
        }
    }

    /// One unit, `faulty` after a refused act.
    pub fn unit(&self, faulty: bool) -> UnitPage {
        let wrong = || if faulty { Field::faulty("", self.s("!")) } else { Field::default() };
        UnitPage {
            w: self.w(),
            shell: self.shell(Role::Office, 9),
            back: Link { text: self.w().units_title().into(), href: "/units".into() },
            place: "/units/1".into(),
            line: self.unit_line(false),
            error: faulty.then(|| self.s("!")),
            name: self.typed("A", faulty),
            short_name: self.typed("A", faulty),
            others: self.choices(&[("2", "B")], "2"),
            behind: wrong(),
            successors: self.choices(&[("2", "B")], ""),
            successor: wrong(),
            mailbox: self.typed("a@example.vn", faulty),
            leaders: self.choices(&[("3", "C")], "3"),
            overseer: wrong(),
            people_href: "/people?unit=1".into(),
        }
    }
}
