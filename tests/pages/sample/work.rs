//! The start page, the list and one task of the sample.

use serde_json::Value;

use super::rows::text;
use super::{Role, Sample, Twist};
use dondoc::domain::order::Order;
use dondoc::pages::*;
use dondoc::text::Lang;
use dondoc::text::urging::Letter;

impl Sample {
    /// The start page of a unit, with little to do in it or much.
    pub fn start(&self, is_short: bool) -> StartPage {
        let cvt = |mark: Mark| -> Vec<TaskLine> {
            let waits = |task: &Value| text(task, "code") == "BTTTT-2024-0394";
            let mut lines = self.lines(|task| text(task, "unit") == "CVT" && !waits(task));
            lines.retain(|line| line.badge.mark == mark);
            lines.sort_by_key(|line| {
                std::cmp::Reverse(line.badge.days.as_deref().and_then(|days| days.parse::<u32>().ok()))
            });
            lines.into_iter().take(if is_short { 2 } else { 20 }).collect()
        };
        let mut waiting = self.lines(|task| text(task, "code") == "BTTTT-2024-0394");
        for line in &mut waiting {
            line.badge = Badge { mark: Mark::WithinTerm, days: None };
            line.waiting = true;
        }
        let coordinating =
            self.lines(|task| text(task, "unit") == "ATTT" && text(task, "standing") == "overdue");
        let group = |kind, tasks: Vec<TaskLine>, more: usize| Group {
            kind,
            n: self.num(&(tasks.len() + more).to_string(), "/tasks?unit=CVT"),
            tasks,
            more: more > 0,
        };
        let overdue = cvt(Mark::Overdue);
        let worst = overdue.first().and_then(|line| line.badge.days.clone());
        StartPage {
            w: self.w(),
            waits: self.rows(vec![Link { text: self.w().unit_to_answer(2), href: "/opinions".into() }]),
            shell: self.shell(Role::UnitHead, 0),
            unit_name: self.s("Cục Viễn thông"),
            as_of: "29/11/2024".into(),
            worst: worst.map(|days| Worst {
                overdue: self.n(&format!("{:02}", overdue.len())),
                key: self.n("07"),
                days,
            }),
            views: self.chips(),
            groups: vec![
                group(GroupKind::Overdue, overdue, 0),
                group(GroupKind::Today, cvt(Mark::DueToday), 0),
                group(GroupKind::Soon, cvt(Mark::DueSoon), 0),
                group(GroupKind::Waiting, if is_short { Vec::new() } else { waiting }, 0),
                group(
                    GroupKind::Coordinating,
                    coordinating.into_iter().take(2).collect(),
                    if self.twist == Twist::Empty { 0 } else { 3 },
                ),
            ],
        }
    }

    pub(super) fn choices(&self, all: &[(&str, &str)], selected: &str) -> Vec<Choice> {
        let choice = |(value, text): &(&str, &str)| Choice {
            value: (*value).into(),
            text: self.s(text),
            selected: *value == selected,
        };
        all.iter().map(choice).collect()
    }

    fn filters(&self, faulty: bool) -> Filters {
        let units = self.briefing.get("units").and_then(Value::as_array).into_iter().flatten();
        let units: Vec<_> = units.map(|unit| (text(unit, "unit"), text(unit, "name"))).collect();
        let wrong = self.pick(
            "Không hiểu ngày này. Ghi ngày/tháng/năm, ví dụ 01/12/2024.",
            "This date is not understood. Write day/month/year, such as 01/12/2024.",
        );
        Filters {
            action: "/tasks".into(),
            q: Field::of(self.s("")),
            units: self.choices(&units, ""),
            standings: self.choices(
                &[
                    ("overdue", "Quá hạn"),
                    ("due_soon", "Sắp đến hạn"),
                    ("within_term", "Trong hạn"),
                    ("waiting", "Chờ xác nhận"),
                    ("completed_on_time", "Hoàn thành đúng hạn"),
                    ("completed_late", "Hoàn thành quá hạn"),
                ],
                "overdue",
            ),
            categories: self
                .choices(&[("key", "Trọng tâm"), ("routine", "Thường xuyên"), ("ad_hoc", "Đột xuất")], "key"),
            products: self
                .choices(&[("scheme", "Đề án"), ("circular", "Thông tư"), ("report", "Báo cáo")], ""),
            due_from: if faulty { Field::faulty(self.s("cuối năm"), wrong) } else { Field::default() },
            due_to: Field::default(),
            as_of: Field::of("29/11/2024"),
            more: MoreFilters {
                assignees: self.choices(&[("me", "Tôi"), ("1", "Nguyễn Văn A")], "me"),
                leaders: self.choices(&[("2", "Trần Thị B")], ""),
                statuses: self.choices(&[("in_progress", "Đang thực hiện"), ("paused", "Tạm dừng")], ""),
                source: Field::of(self.s("142/TB-BTTTT")),
                extensions: self.choices(&[("open", "Đang đề nghị gia hạn")], ""),
                reasons: self.choices(&[("none", "Quá hạn chưa nêu nguyên nhân")], ""),
                orders: self.choices(&[("late", "Quá hạn lâu nhất trước"), ("code", "Theo mã")], "late"),
                is_open: true,
                ..MoreFilters::default()
            },
            kept: vec![("level".into(), self.s("government"))],
        }
    }

    /// The list of overdue key tasks.
    pub fn tasks(&self, faulty: bool) -> TasksPage {
        let count = |mark, n: &str, current| CountLink { mark, n: self.num(n, "/tasks?standing=x"), current };
        let tasks = self.lines(|task| text(task, "standing") == "overdue" && text(task, "category") == "key");
        let filter =
            |text: &str| ActiveFilter { text: self.s(text), remove_href: "/tasks?standing=overdue".into() };
        TasksPage {
            w: self.w(),
            shell: self.shell(Role::Office, 1),
            as_of: "29/11/2024".into(),
            filters: self.filters(faulty),
            active: vec![filter("Tình trạng: Quá hạn"), filter("Loại nhiệm vụ: Trọng tâm")],
            clear_href: Some("/tasks".into()),
            total: (!faulty).then(|| self.n(if self.twist == Twist::Empty { "0" } else { "32" })),
            shown: (self.twist != Twist::Empty).then(|| "1–25".into()),
            counts: vec![
                count(Mark::Overdue, "32", true),
                count(Mark::DueSoon, "21", false),
                count(Mark::WithinTerm, "326", false),
                count(Mark::Waiting, "0", false),
                count(Mark::CompletedOnTime, "734", false),
                count(Mark::CompletedLate, "143", false),
                count(Mark::NoDeadline, "6", false),
                count(Mark::Outside, "8", false),
            ],
            as_told: self.as_told(),
            files: if tasks.is_empty() {
                Vec::new()
            } else {
                vec![Link { text: "Excel".into(), href: "/tasks.xlsx?standing=overdue".into() }]
            },
            urging: Some("/urging/1?as_of=2024-11-29".into()),
            views: ViewsBar {
                chips: self.chips(),
                save: Some("/views".into()),
                query: "standing=overdue".into(),
                may_share: true,
                manage: "/views".into(),
            },
            bulk: (!tasks.is_empty()).then(|| BulkBar {
                action: "/tasks/bulk".into(),
                query: "standing=overdue".into(),
                all: Some(self.n("32")),
                acts: self.choices(&[("assign", "Giao người thực hiện"), ("urge", "Gửi thư đôn đốc")], ""),
            }),
            caption: self.w().tasks_caption(Order::Late),
            next: (!tasks.is_empty()).then(|| "/tasks?standing=overdue&cursor=eyJ2IjoxfQ".into()),
            tasks: tasks.into_iter().take(25).collect(),
            first: None,
        }
    }

    /// The draft of a letter to a unit.
    pub fn urging(&self) -> UrgingPage {
        let letter = Letter {
            superior: self.s("Bộ Thông tin và Truyền thông"),
            body: "Văn phòng",
            symbol: "/BTTTT-VP".into(),
            subject: "V/v đôn đốc thực hiện nhiệm vụ quá hạn",
            place: self.o("Hà Nội"),
            dated: "ngày 29 tháng 11 năm 2024".into(),
            to: self.s("Cục Viễn thông"),
            paragraphs: vec![self.s("Tính đến ngày 29/11/2024 …"), "Trân trọng./.".into()],
            recipients: ["- Như trên;", "- Lãnh đạo (để báo cáo);", "- Lưu: VT, TH."],
            signer: "Chánh Văn phòng",
        };
        let annex = self.lines(|task| text(task, "unit") == "CVT" && text(task, "standing") == "overdue");
        UrgingPage {
            file: "/urging/1.docx?as_of=2024-11-29".into(),
            w: self.w(),
            vi: Words(Lang::Vi),
            shell: self.shell(Role::Office, 1),
            back: Link { text: self.s("CVT"), href: "/tasks?unit=CVT".into() },
            as_of: "29/11/2024".into(),
            letter: (self.twist != Twist::Empty).then_some(letter),
            annex: annex.into_iter().map(|line| (line, self.n("84"))).collect(),
            waiting: Some(self.n("2")),
        }
    }

    /// An overdue task that was extended twice, refused once.
    pub fn task(&self) -> TaskPage {
        let link = |text: &str, unit: &str| Link { text: self.s(text), href: format!("/tasks?unit={unit}") };
        TaskPage {
            w: self.w(),
            decisions: self.task_decisions(),
            shell: self.shell(Role::Office, 1),
            back: Link {
                text: self.pick("Danh sách nhiệm vụ quá hạn", "Overdue tasks"),
                href: "/tasks?standing=overdue".into(),
            },
            acts: self.task_acts(false),
            code: self.s("BTTTT-2024-0615"),
            title: self.s("Trình ban hành Quyết định về hạ tầng bưu chính trên toàn quốc"),
            category: self.s("Nhiệm vụ trọng tâm"),
            as_of: "29/11/2024".into(),
            badge: Badge { mark: Mark::Overdue, days: Some(self.n("84")) },
            deadline: Deadline::Extended {
                from: "11/08/2024".into(),
                to: "06/09/2024".into(),
                decided_on: "05/08/2024".into(),
                times: "1".into(),
            },
            reasons: self.rows(vec![self.s("Quá hạn kể từ ngày 07/09/2024."), self.s("…")]),
            why: Why::Overdue { due: "06/09/2024".into(), as_of: "29/11/2024".into(), days: self.n("84") },
            due: Some("06/09/2024".into()),
            due_words: self.o("11/08/2024"),
            original_due: Some("11/08/2024".into()),
            lead: link("Cục An toàn thông tin", "ATTT"),
            coordinating: self.rows(vec![link("Vụ Pháp chế", "PC"), link("Vụ Bưu chính", "BC")]),
            field: self.o("Bưu chính"),
            product: self.s("Quyết định"),
            level: self.o("Thủ tướng Chính phủ"),
            assigned_on: Some("29/05/2024".into()),
            percent: Some("60".into()),
            obstacles: self.o("Đang chờ ý kiến tham gia của 02 bộ."),
            late_reason: self.o("Khách quan: chờ ý kiến cơ quan phối hợp."),
            completed_on: None,
            product_document: None,
            note: self.o("Báo cáo lại tiến độ trước ngày 05 hằng tháng."),
            source: Some(self.source()),
            extensions: self.asked(),
            submissions: self.rows(vec![Submission {
                submitted_on: "12/10/2024".into(),
                decision: self.s("Trả lại"),
                decided_on: Some("15/10/2024".into()),
                reason: self.o("Thiếu ý kiến thẩm định của Vụ Pháp chế"),
                evidence: self.o("Tờ trình 45/TTr-ATTT ngày 12/10/2024"),
            }]),
            exclusions: self.rows(vec![Exclusion {
                state: self.s("Tạm dừng"),
                from: Some("01/07/2024".into()),
                until: Some("15/07/2024".into()),
                reason: self.o("Chuyển sang năm sau"),
            }]),
            files: self.files(),
            history: self.history(),
            earlier: Some("/tasks/1/history?before=2".into()),
        }
    }

    fn source(&self) -> Source {
        Source {
            number: self.o("746/CT-BTTTT"),
            date: Some("29/05/2024".into()),
            kind: self.o("Chỉ thị"),
            issuer: self.o("Bộ Thông tin và Truyền thông"),
            summary: self.o("Về việc triển khai các nhiệm vụ trọng tâm lĩnh vực bưu chính năm 2024"),
            urgency: None,
        }
    }

    fn asked(&self) -> Vec<Extension> {
        self.rows(vec![
            Extension {
                letter: self.o("5537/VPCP-KGVX"),
                asked_on: Some("01/08/2024".into()),
                wanted: self.s("Tháng 9/2024"),
                decision: self.s("Đồng ý, đến ngày khác"),
                decided_on: Some("05/08/2024".into()),
                new_due: Some("06/09/2024".into()),
                reason: self.o("Chờ ý kiến các bộ"),
            },
            Extension {
                letter: self.o("5537/VPCP-KGVX"),
                asked_on: Some("03/09/2024".into()),
                wanted: self.s("Quý IV/2024"),
                decision: self.s("Từ chối"),
                decided_on: Some("05/09/2024".into()),
                new_due: None,
                reason: self.o("Đã gia hạn một lần"),
            },
        ])
    }

    pub(super) fn history(&self) -> Vec<HistoryEntry> {
        let change = |field: &str, before: Option<&str>, after: &str| Change {
            field: self.s(field),
            before: before.map(|before| self.s(before)),
            after: Some(self.s(after)),
        };
        let entry = |at: &str, machine: &str, actor: &str, act: &str, changes| HistoryEntry {
            at: at.into(),
            at_machine: machine.into(),
            actor: self.s(actor),
            act: self.s(act),
            changes,
        };
        self.rows(vec![
            entry(
                "15/10/2024 16:40",
                "2024-10-15T16:40:00+07:00",
                "Văn phòng Bộ",
                "Trả lại báo cáo hoàn thành",
                vec![change("Trạng thái", Some("chờ xác nhận"), "đang thực hiện")],
            ),
            entry(
                "12/10/2024 09:05",
                "2024-10-12T09:05:00+07:00",
                "Cục An toàn thông tin",
                "Báo cáo hoàn thành",
                vec![change("Trạng thái", Some("đang thực hiện"), "chờ xác nhận")],
            ),
            entry(
                "05/08/2024 10:12",
                "2024-08-05T10:12:00+07:00",
                "Văn phòng Bộ",
                "Quyết định gia hạn",
                vec![
                    change("Thời hạn", Some("11/08/2024"), "06/09/2024"),
                    change("Khó khăn, vướng mắc", None, "Đang chờ ý kiến tham gia của 02 bộ"),
                ],
            ),
            entry(
                "29/05/2024 14:30",
                "2024-05-29T14:30:00+07:00",
                "Nhập từ tệp nhiem-vu-2024.xlsx, dòng 616",
                "Giao nhiệm vụ",
                Vec::new(),
            ),
        ])
    }

    /// A task completed on time with hardly anything else known.
    pub fn task_done(&self) -> TaskPage {
        TaskPage {
            badge: Badge { mark: Mark::CompletedOnTime, days: None },
            deadline: Deadline::Original { words: Some(self.s("Quý III/2024")), date: "30/09/2024".into() },
            reasons: Vec::new(),
            why: Why::CompletedOnTime { due: "30/09/2024".into(), completed: "20/09/2024".into() },
            due: Some("30/09/2024".into()),
            due_words: Some(self.s("Quý III/2024")),
            original_due: None,
            completed_on: Some("20/09/2024".into()),
            product_document: self.o("1523/QĐ-BTTTT ngày 20/09/2024"),
            coordinating: Vec::new(),
            obstacles: None,
            late_reason: None,
            percent: None,
            source: None,
            extensions: Vec::new(),
            submissions: Vec::new(),
            exclusions: Vec::new(),
            files: TaskFiles::default(),
            history: Vec::new(),
            earlier: None,
            ..self.task()
        }
    }
}
