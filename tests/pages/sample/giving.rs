//! The calendar, work that comes again, campaigns.

use askama::Template;
use dondoc::pages::*;

use super::{Role, Sample};

impl Sample {
    /// The pages of this file, rendered.
    ///
    /// # Errors
    /// A template fails.
    pub fn giving(&self) -> askama::Result<Vec<(&'static str, String)>> {
        Ok(vec![
            ("calendar", self.calendar(false).render()?),
            ("calendar-error", self.calendar(true).render()?),
            ("calendar-change", self.calendar_change().render()?),
            ("recurring", self.recurring().render()?),
            ("recurrence-new", self.recurrence_new(false).render()?),
            ("recurrence-new-error", self.recurrence_new(true).render()?),
            ("recurrence", self.recurrence(false).render()?),
            ("recurrence-error", self.recurrence(true).render()?),
            ("campaigns", self.campaigns().render()?),
            ("campaign-new", self.campaign_new(false).render()?),
            ("campaign-new-error", self.campaign_new(true).render()?),
            ("campaign", self.campaign(false).render()?),
            ("campaign-error", self.campaign(true).render()?),
        ])
    }

    fn link(&self, text: &str, href: &str) -> Link {
        Link { text: self.s(text), href: href.to_owned() }
    }

    /// A year, `faulty` after a refused line and day.
    pub fn calendar(&self, faulty: bool) -> CalendarPage {
        let cell = |number: &str, class: &'static str, note: Option<String>| DayCell {
            number: number.into(),
            class,
            is_provisional: note.is_some(),
            note,
        };
        let week = vec![Some(cell("29", "off", self.o("Nghỉ"))), Some(cell("30", "", None)), None];
        CalendarPage {
            w: self.w(),
            shell: self.shell(Role::Office, 9),
            notice: (!faulty).then(|| self.w().calendar_saved().to_owned()),
            year: "2024".into(),
            previous: Some(self.link("2023", "/calendar?year=2023")),
            next: None,
            months: vec![MonthGrid { name: self.w().calendar_month(4), weeks: vec![week] }],
            days: self.rows(vec![DayLine {
                day: "29/04/2024".into(),
                kind: self.w().calendar_off().into(),
                name: self.s("Nghỉ hoán đổi"),
                source: self.o("1570/TB"),
                is_provisional: true,
                removal: "29/04/2024\tXÓA\n".into(),
            }]),
            forms: Some(CalendarForms {
                year: "2024".into(),
                day: self.judged("1", faulty),
                kinds: self.choices(&[("off", "nghỉ")], "off"),
                kind: if faulty { Field::faulty("", self.s("!")) } else { Field::default() },
                name: self.judged("A", faulty),
                source: self.judged("B", faulty),
                is_provisional: true,
                lines: self.judged("29/4/2024; OFF", faulty),
                line_faults: if faulty { vec![self.s("2")] } else { Vec::new() },
                replaces: true,
            }),
        }
    }

    /// What a change of the calendar would do.
    pub fn calendar_change(&self) -> CalendarChangePage {
        CalendarChangePage {
            w: self.w(),
            shell: self.shell(Role::Office, 9),
            back: self.link("Lịch", "/calendar"),
            effect: self.w().calendar_effect(2, 12, 3),
            has_moved: true,
            days: vec![[self.s("29/04/2024"), self.s("nghỉ"), self.s("không")]],
            terms: self.rows(vec![[self.s("1"), self.s("2"), self.n("3"), self.s("CVT")]]),
            marks: self.rows(vec![[self.s("1"), self.s("2"), self.s("3"), self.n("4"), self.s("CVT")]]),
            lines: self.s("29/04/2024"),
            hash: "0".into(),
        }
    }

    fn recurring_line(&self) -> RecurringLine {
        RecurringLine {
            task: self.link("Báo cáo tháng", "/recurring/1"),
            unit: self.s("CVT"),
            rule: self.s("16"),
            next: self.o("16/12/2024"),
            state: self.w().recurring_active().to_owned(),
        }
    }

    fn coming(&self) -> Vec<ComingLine> {
        self.rows(vec![ComingLine {
            code: "2024-12".into(),
            turn: self.s("Tháng 12/2024"),
            due: self.s("16/12/2024"),
            is_provisional: true,
            appears: "02/12/2024".into(),
        }])
    }

    fn recurrence_form(&self, faulty: bool) -> RecurrenceForm {
        let wrong = || if faulty { Field::faulty("", self.s("!")) } else { Field::default() };
        let choices = || self.choices(&[("1", "A")], "1");
        RecurrenceForm {
            title: self.judged("A", faulty),
            source_number: self.judged("A", faulty),
            source_date: self.judged("A", faulty),
            categories: choices(),
            category: wrong(),
            units: choices(),
            unit: wrong(),
            coordinating: self.judged("A", faulty),
            products: choices(),
            product: wrong(),
            everies: choices(),
            every: wrong(),
            month: self.judged("1", faulty),
            forms: choices(),
            day_form: wrong(),
            day: self.judged("1", faulty),
            weekdays: choices(),
            weekday: wrong(),
            notice_days: self.judged("1", faulty),
            from: self.judged("1", faulty),
            until: self.judged("1", faulty),
        }
    }

    /// What comes again.
    pub fn recurring(&self) -> RecurringPage {
        RecurringPage {
            w: self.w(),
            shell: Shell { ..self.shell(Role::Office, 9) },
            lines: self.rows(vec![self.recurring_line()]),
            add_href: Some("/recurring/new".into()),
        }
    }

    /// The form for another, `faulty` after a refused attempt.
    pub fn recurrence_new(&self, faulty: bool) -> NewRecurrencePage {
        NewRecurrencePage {
            w: self.w(),
            shell: self.shell(Role::Office, 9),
            back: self.link("Định kỳ", "/recurring"),
            action: "/recurring/new".into(),
            form: self.recurrence_form(faulty),
            rule: (!faulty).then(|| self.s("16")),
            coming: self.coming(),
        }
    }

    /// One, `faulty` after a refused act.
    pub fn recurrence(&self, faulty: bool) -> RecurrencePage {
        let turn = |task: Option<Link>, skipped: Option<String>| TurnLine {
            turn: "2024-11".into(),
            due: "16/11/2024".into(),
            done_on: "01/11/2024".into(),
            task,
            skipped,
        };
        RecurrencePage {
            w: self.w(),
            shell: self.shell(Role::Office, 9),
            back: self.link("Định kỳ", "/recurring"),
            notice: (!faulty).then(|| self.w().recurring_saved().to_owned()),
            place: "/recurring/1".into(),
            version: "3".into(),
            line: self.recurring_line(),
            is_paused: faulty,
            coming: self.coming(),
            done: self.rows(vec![
                turn(Some(self.link("NV-00001", "/tasks/1")), None),
                turn(None, Some(self.s("bỏ qua"))),
            ]),
            form: Some(self.recurrence_form(faulty)),
            turns: self.rows(self.choices(&[("2024-12", "A")], "")),
            turn: if faulty { Field::faulty("", self.s("!")) } else { Field::default() },
            reason: self.judged("A", faulty),
        }
    }

    /// The campaigns.
    pub fn campaigns(&self) -> CampaignsPage {
        CampaignsPage {
            w: self.w(),
            shell: self.shell(Role::Office, 9),
            lines: self.rows(vec![CampaignLine {
                campaign: self.link("Tổng kết phong trào", "/campaigns/1"),
                source: self.o("142/TB-BTTTT"),
                due: "15/12/2024".into(),
                progress: self.w().campaign_progress(8, 32),
                overdue: self.num("2", "/campaigns/1?reported=overdue"),
                state: self.w().campaign_open().to_owned(),
            }]),
            add_href: Some("/campaigns/new".into()),
        }
    }

    /// The form for another, `faulty` after a refused attempt.
    pub fn campaign_new(&self, faulty: bool) -> NewCampaignPage {
        let wrong = || if faulty { Field::faulty("", self.s("!")) } else { Field::default() };
        NewCampaignPage {
            w: self.w(),
            shell: self.shell(Role::Office, 9),
            back: self.link("Theo đợt", "/campaigns"),
            action: "/campaigns/new".into(),
            title: self.judged("A", faulty),
            source_number: self.judged("A", faulty),
            source_date: self.judged("A", faulty),
            source_issuer: self.judged("A", faulty),
            categories: self.choices(&[("key", "A")], "key"),
            category: wrong(),
            products: self.choices(&[("report", "A")], "report"),
            product: wrong(),
            assigned_on: self.judged("A", faulty),
            due: self.judged("A", faulty),
            everyone: !faulty,
            units: self.rows(self.choices(&[("1", "CVT"), ("2", "CBC")], "1")),
            chosen: wrong(),
        }
    }

    /// A board, `faulty` after a refused act.
    pub fn campaign(&self, faulty: bool) -> CampaignPage {
        let wrong = || if faulty { Field::faulty("", self.s("!")) } else { Field::default() };
        let count = |class: &'static str, is_current| BoardCount {
            text: self.s("A"),
            n: self.n("8"),
            href: "/campaigns/1?reported=overdue".into(),
            is_current,
            class,
        };
        let row = |class: &'static str, task: Option<Link>| BoardLine {
            unit: self.s("CVT"),
            task,
            reported: self.s("A"),
            class,
            due: self.o("15/12/2024"),
            urged: self.o("29/11/2024"),
        };
        CampaignPage {
            w: self.w(),
            shell: self.shell(Role::Office, 9),
            back: self.link("Theo đợt", "/campaigns"),
            notice: (!faulty).then(|| self.w().campaign_urged_now("2", "3")),
            place: "/campaigns/1".into(),
            version: "1".into(),
            title: self.s("Tổng kết phong trào"),
            source: self.o("142/TB-BTTTT"),
            due: "15/12/2024".into(),
            state: self.w().campaign_open().to_owned(),
            progress: self.w().campaign_progress(8, 32),
            counts: vec![count("", true), count("overdue", false)],
            rows: self
                .rows(vec![row("overdue", Some(self.link("NV-00001", "/tasks/1"))), row("outside", None)]),
            to_urge: Some(self.w().campaign_to_urge(3)),
            is_open: true,
            more: self.choices(&[("1", "CVT")], "1"),
            chosen: wrong(),
            reason: self.judged("A", faulty),
        }
    }
}
