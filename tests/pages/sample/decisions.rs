//! The extension desk, opinions, reasons for lateness.

use dondoc::pages::*;

use super::{Role, Sample};

impl Sample {
    pub(super) fn judged(&self, value: &str, faulty: bool) -> Field {
        if faulty { Field::faulty(self.s(value), self.s("!")) } else { Field::of(self.s(value)) }
    }

    /// The list of requests.
    pub fn extension_list(&self) -> ExtensionsPage {
        ExtensionsPage {
            w: self.w(),
            shell: self.shell(Role::Office, 9),
            notice: Some(self.w().extension_withdrawn().to_owned()),
            ask: Some("/extensions/new".into()),
            action: "/extensions".into(),
            states: self.choices(&[("open", "A")], "open"),
            units: self.choices(&[("1", "CVT")], "1"),
            requests: self.rows(vec![RequestLine {
                letter: Link { text: self.s("5537/VPCP-KGVX"), href: "/extensions/1".into() },
                unit: self.s("CVT"),
                asked: self.s("A, 20/11/2024"),
                tasks: self.n("3"),
                progress: self.w().request_progress(2, 0, 3),
                late: Some(self.w().asked_late(1)),
            }]),
            next: Some("/extensions?page=2".into()),
        }
    }

    fn askable(&self) -> AskableLine {
        AskableLine {
            id: "1".into(),
            code: self.s("NV-1"),
            title: self.s("Trình đề án"),
            due: "15/11/2024".into(),
            is_overdue: true,
            extended: self.w().times_extended(2),
        }
    }

    /// The form for a request: choosing tasks, or, `chosen`, the letter; `faulty` after a failed attempt.
    pub fn extension_new(&self, chosen: bool, faulty: bool) -> NewExtensionPage {
        let ask = AskLine {
            task: self.askable(),
            task_id: "task_0".into(),
            error: faulty.then(|| self.s("!")),
            due_id: "due_0".into(),
            due: self.judged("Quý IV/2024", faulty),
            reason_id: "reason_0".into(),
            reason: self.judged("", faulty),
        };
        NewExtensionPage {
            w: self.w(),
            shell: self.shell(Role::UnitHead, 9),
            back: Link { text: self.w().extensions_title().into(), href: "/extensions".into() },
            choose: "/extensions/new".into(),
            choices: self.rows(vec![self.askable()]),
            dropped: (!faulty).then(|| self.s(&self.w().extension_dropped(2))),
            errors: if faulty { vec![self.s("!")] } else { Vec::new() },
            action: "/extensions".into(),
            letter_number: self.judged("12/CVT", faulty),
            letter_date: self.judged("20/11/2024", faulty),
            reason: self.judged("A", faulty),
            effect: self.judged("", faulty),
            tasks_error: faulty.then(|| self.s("!")),
            asks: if chosen { vec![ask] } else { Vec::new() },
        }
    }

    /// A request at the desk, `faulty` after a refused decision.
    pub fn extension(&self, faulty: bool) -> ExtensionPage {
        let form = RulingForm {
            task_id: "task_0".into(),
            decision_id: "decision_0".into(),
            choices: self.choices(&[("agreed", "A")], "agreed"),
            decision: self.judged("", faulty),
            due_id: "due_0".into(),
            due: self.judged("", faulty),
            reason_id: "reason_0".into(),
            reason: self.judged("", faulty),
        };
        let line = |id: &str, form: Option<RulingForm>| DeskLine {
            id: id.to_owned(),
            task: Link { text: self.s("Trình đề án"), href: "/tasks/1".into() },
            code: self.s("NV-1"),
            due: "15/11/2024".into(),
            original_due: Some("01/11/2024".into()),
            wanted: self.s("31/12/2024"),
            earlier: self.w().times_extended(1),
            is_late: true,
            reason: self.o("A"),
            decided: form.is_none().then(|| DecidedLine {
                decision: self.s("Đồng ý"),
                by: self.s("A, 20/11/2024"),
                new_due: Some("31/12/2024".into()),
                reason: self.o("A"),
            }),
            form,
        };
        ExtensionPage {
            w: self.w(),
            shell: self.shell(Role::Office, 9),
            back: Link { text: self.w().extensions_title().into(), href: "/extensions".into() },
            notice: (!faulty).then(|| self.w().extension_decided().to_owned()),
            errors: if faulty { vec![self.s("!")] } else { Vec::new() },
            title: self.s("5537/VPCP-KGVX"),
            place: "/extensions/1".into(),
            unit: self.s("CVT"),
            asked: self.s("A, 20/11/2024"),
            letter_date: self.o("20/11/2024"),
            reason: self.s("A"),
            effect: self.o("A"),
            tasks: vec![line("1", Some(form)), line("2", None)],
            decided_on: Some(self.judged("", faulty)),
            is_own: true,
            may_withdraw: true,
        }
    }

    /// An opinion with everything that can be done with it.
    pub fn opinion_line(&self, faulty: bool, of_many: bool) -> OpinionLine {
        OpinionLine {
            kind: self.w().opinion_kind_of(dondoc::domain::opinion::OpinionKind::Explanation),
            state: self.w().opinion_state(dondoc::domain::opinion::OpinionState::Answered),
            late: Some(self.w().answer_late(3)),
            follows: true,
            task: of_many.then(|| Link { text: self.s("NV-1"), href: "/tasks/1/opinions".into() }),
            unit: of_many.then(|| self.s("CVT")),
            from: self.s("A, 20/11/2024"),
            due: Some("25/11/2024".into()),
            words: self.s("A"),
            answer: self.o("A"),
            answered: self.o("A"),
            forms: OpinionForms {
                place: "/opinions/1".into(),
                answer: Some(("answer_0".into(), self.judged("", faulty))),
                close: true,
                again: Some((
                    ("words_0".into(), self.judged("", faulty)),
                    ("answer_due_on_0".into(), self.judged("", faulty)),
                )),
            },
        }
    }

    /// A list of opinions, `faulty` after a refused request to a unit.
    pub fn opinions(&self, faulty: bool) -> OpinionsPage {
        OpinionsPage {
            w: self.w(),
            shell: self.shell(Role::Office, 9),
            notice: (!faulty).then(|| self.w().opinion_unit_asked("3")),
            error: faulty.then(|| self.s("!")),
            tabs: vec![NavItem { href: "/opinions?list=waiting".into(), text: self.s("A"), current: true }],
            opinions: self.rows(vec![self.opinion_line(false, true)]),
            ask_unit: Some(UnitAsk {
                action: "/opinions".into(),
                units: self.choices(&[("1", "CVT")], "1"),
                unit: self.judged("", faulty),
                words: self.judged("A", faulty),
                due: self.judged("04/12/2024", faulty),
            }),
        }
    }

    /// The opinions of a task, `faulty` after a refused act.
    pub fn task_opinions(&self, faulty: bool) -> TaskOpinionsPage {
        TaskOpinionsPage {
            w: self.w(),
            shell: self.shell(Role::Office, 9),
            back: Link { text: self.w().task().into(), href: "/tasks/1".into() },
            code: self.s("NV-1"),
            title: self.s("Trình đề án"),
            notice: (!faulty).then(|| self.w().opinion_saved().to_owned()),
            error: faulty.then(|| self.s("!")),
            opinions: vec![self.opinion_line(faulty, false)],
            give: Some(GiveForm {
                action: "/tasks/1/opinions".into(),
                kinds: self.choices(&[("opinion", "A")], "opinion"),
                kind: self.judged("", faulty),
                words: self.judged("A", faulty),
                due: self.judged("", faulty),
                leaders: self.choices(&[("1", "A")], ""),
                leader: self.judged("", faulty),
            }),
        }
    }

    /// Saying why a task is late, `faulty` after a failed attempt.
    pub fn late_reason(&self, faulty: bool) -> LateReasonPage {
        LateReasonPage {
            w: self.w(),
            shell: self.shell(Role::UnitHead, 9),
            back: Link { text: self.w().task().into(), href: "/tasks/1".into() },
            code: self.s("NV-1"),
            title: self.s("Trình đề án"),
            error: faulty.then(|| self.s("!")),
            action: "/tasks/1/late-reason".into(),
            reasons: self.choices(&[("A", "A")], "A"),
            category: self.judged("", faulty),
            words: self.judged("A", faulty),
        }
    }

    /// The overdue tasks without a reason.
    pub fn late_missing(&self) -> LateMissingPage {
        LateMissingPage {
            w: self.w(),
            shell: self.shell(Role::UnitHead, 9),
            back: Link { text: self.w().start_title().into(), href: "/unit".into() },
            tasks: self.rows(self.start(true).groups.remove(0).tasks),
        }
    }

    /// The list of reasons, `faulty` after a failed attempt.
    pub fn late_reasons(&self, faulty: bool) -> LateReasonsPage {
        LateReasonsPage {
            w: self.w(),
            shell: self.shell(Role::Office, 9),
            back: Link { text: self.w().settings_title().into(), href: "/settings".into() },
            notice: (!faulty).then(|| self.w().account_saved().to_owned()),
            action: "/settings/late-reasons".into(),
            lines: vec![ReasonField {
                title: self.w().late_reason_line(1),
                kind_id: "kind_0".into(),
                kinds: self.choices(&[("objective", "A")], "objective"),
                kind: self.judged("", faulty),
                category_id: "category_0".into(),
                category: self.judged("A", faulty),
                active_id: "active_0".into(),
                is_active: true,
            }],
        }
    }

    /// The section of a task's page.
    pub fn task_decisions(&self) -> TaskDecisions {
        let link = |text: &str, href: &str| Some(Link { text: text.to_owned(), href: href.to_owned() });
        TaskDecisions {
            extension: link(self.w().extension_ask(), "/extensions/new?task=1"),
            late_prompt: link(self.w().late_reason_give(), "/tasks/1/late-reason"),
            late_change: None,
            opinions: self.rows(vec![self.opinion_line(false, false)]),
            all: link(self.w().opinions_all_of_task(), "/tasks/1/opinions"),
        }
    }
}
