//! The desk of the monthly briefing.

use dondoc::pages::*;

use super::{Role, Sample, Twist};

impl Sample {
    fn way(&self, text: &str, href: &str) -> Link {
        Link { text: self.s(text), href: href.to_owned() }
    }

    /// What is said of a past day.
    pub fn as_told(&self) -> Option<AsTold> {
        (self.twist != Twist::Empty).then(|| AsTold {
            text: self.w().as_published("11/2024", 2, 32),
            links: vec![self.way("Số 05 · bản 2", "/briefings/2024-11/2")],
        })
    }

    /// The months.
    pub fn months(&self) -> MonthsPage {
        MonthsPage {
            w: self.w(),
            shell: self.shell(Role::Office, 2),
            present: Link { text: self.w().desk_open().into(), href: "/briefings/2024-11".into() },
            live: Link { text: self.w().desk_live().into(), href: "/briefings?month=2024-11".into() },
            rows: self.rows(vec![MonthLine {
                month: self.way("10/2024", "/briefings/2024-10"),
                cutoff: "31/10/2024".into(),
                overdue: self.n("41"),
                versions: vec![self.way("Số 01 · bản 1", "/briefings/2024-10/1")],
            }]),
        }
    }

    /// A month's draft, `faulty` after a refused form.
    pub fn month(&self, faulty: bool) -> MonthPage {
        let num = |text: &str| self.num(text, "/briefings/2024-11/draft/tasks?line=completed");
        let sheet = |key: &'static str, bars: Vec<Bar>| SheetView {
            key,
            caption: self.w().paper_flow().into(),
            columns: vec![
                Heading { text: self.w().paper_line().into(), words: true },
                Heading { text: self.w().next_count().into(), words: false },
            ],
            rows: self.rows(vec![vec![Num::plain(self.s("Đã hoàn thành")), num("18")]]),
            more: faulty.then(|| {
                self.way(&self.w().paper_first_of(100, 4_213), "/briefings/2024-11/draft/documents/xlsx")
            }),
            totals: vec![Num::plain(self.s("Cuối kỳ")), num("32")],
            bars,
        };
        let bars = Bar::over([("11/2024".to_owned(), None, 32, num("32"))]);
        MonthPage {
            w: self.w(),
            shell: self.shell(Role::Office, 2),
            back: Link { text: self.w().desk_title().into(), href: "/briefings".into() },
            title: self.s("Tình hình thực hiện nhiệm vụ trọng tâm tháng 11/2024"),
            state: self.s("Dự thảo"),
            notice: (!faulty).then(|| self.w().desk_saved().into()),
            error: faulty.then(|| self.s("Số liệu không cân")),
            links: self.rows(vec![self.way("Số 05 · bản 1", "/briefings/2024-11/1")]),
            parts: vec![PartView {
                key: "overdue",
                heading: self.w().paper_overdue().into(),
                paragraphs: self.rows(vec![self.s("Còn 13 đơn vị có 32 nhiệm vụ trọng tâm quá hạn.")]),
                tables: vec![sheet("flow", Vec::new()), sheet("trend", self.rows(bars))],
            }],
            frame: Some(PaperFrame {
                superior: self.o("Bộ Thông tin và Truyền thông"),
                issuer: self.s("Văn phòng"),
                number: "……/BC-VP".into(),
                dated: self.s("Hà Nội, ngày 29 tháng 11 năm 2024"),
                kind: "Báo cáo".into(),
                subject: self.s("Tình hình thực hiện nhiệm vụ trọng tâm tháng 11/2024"),
                to: self.rows(vec![self.s("Lãnh đạo Bộ")]),
                opening: self.rows(vec![self.s("Văn phòng báo cáo như sau:")]),
                recipients: self.rows(vec![self.s("- Lưu: VT, VP.")]),
                signature: vec![self.s("Chánh Văn phòng")],
            }),
            form: Some(DraftForm {
                action: "/briefings/2024-11".into(),
                publish: "/briefings/2024-11/publish".into(),
                version: "3".into(),
                cutoff: self.judged("29/11/2024", faulty),
                results: self.judged("A", faulty),
                causes: self.judged("B", faulty),
                proposals: self.judged("C", faulty),
                opening_on: self.judged("31/10/2024", faulty),
                opening: self.judged("41", faulty),
                lines: vec![("line_completed".into(), self.s("Đã hoàn thành"), self.judged("18", faulty))],
                takes_opening: true,
                reason: Some(self.judged("D", faulty)),
            }),
        }
    }

    /// The tasks behind a figure.
    pub fn figure_rows(&self) -> FigureRowsPage {
        FigureRowsPage {
            w: self.w(),
            shell: self.shell(Role::Office, 2),
            back: self.way("Giao ban", "/briefings/2024-11/1"),
            title: self.s("Mới quá hạn"),
            state: "29/11/2024".into(),
            lead: self.o(self.w().as_changed_lead()),
            rows: self.rows(vec![FigureRow {
                task: self.way("Xây dựng đề án", "/tasks/1?as_of=2024-11-29"),
                code: "NV-1".into(),
                unit: self.s("CVT"),
                source: self.o("142/TB-BTTTT"),
                due: Some("15/11/2024".into()),
                standing: self.o("Quá hạn"),
                differs: self.rows(vec![self.s("Thời hạn: 15/11/2024 → 31/12/2024")]),
            }]),
            next: Some(self.way("Xem tiếp", "/briefings/2024-11/1/tasks?from=500")),
        }
    }
}
