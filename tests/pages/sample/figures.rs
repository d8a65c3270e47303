//! The dashboard and the briefing of the sample.

use serde_json::Value;

use super::rows::{count, dotted, text};
use super::{Role, Sample, Twist};
use dondoc::pages::*;

/// Overdue key tasks at each month's end of the workbook, and at 29/11/2024.
const TREND: [(u32, u32, u64); 12] = [
    (12, 2023, 0),
    (1, 2024, 2),
    (2, 2024, 4),
    (3, 2024, 6),
    (4, 2024, 2),
    (5, 2024, 1),
    (6, 2024, 4),
    (7, 2024, 4),
    (8, 2024, 6),
    (9, 2024, 18),
    (10, 2024, 21),
    (11, 2024, 32),
];

/// A count in running text.
fn worded(n: u64) -> String {
    if n < 10 { format!("{n:02}") } else { dotted(n) }
}

fn percent(value: &Value) -> String {
    match value.get("percent").and_then(Value::as_f64) {
        Some(percent) => format!("{percent:.1} %").replace('.', ","),
        None => "–".to_owned(),
    }
}

impl Sample {
    fn rate(&self, value: &Value, href: &str) -> Rate {
        let link = |key| self.num(&dotted(count(value, key)), href);
        Rate { percent: percent(value), part: link("part"), of: link("of") }
    }

    fn figure(&self, key: &str, href: &str) -> Num {
        self.num(&worded(count(&self.briefing, key)), href)
    }

    fn part(&self, key: &str) -> &Value {
        self.briefing.get(key).unwrap_or(&Value::Null)
    }

    fn units_json(&self) -> impl Iterator<Item = &Value> {
        self.part("units").as_array().into_iter().flatten()
    }

    fn period(&self, action: &str, faulty: bool) -> PeriodForm {
        let month = |value: &str, text: &str, selected| Choice {
            value: value.into(),
            text: self.w().month(text),
            selected,
        };
        PeriodForm {
            action: action.into(),
            months: vec![
                month("2024-11", "11/2024", true),
                month("2024-10", "10/2024", false),
                month("2024-09", "09/2024", false),
            ],
            month_error: None,
            cutoff: if faulty {
                Field::faulty(
                    self.s("31/11/2024"),
                    self.pick(
                        "Không có ngày 31/11/2024. Ghi theo dạng ngày/tháng/năm, ví dụ 29/11/2024.",
                        "There is no 31/11/2024. Write day/month/year, such as 29/11/2024.",
                    ),
                )
            } else {
                Field::of("29/11/2024")
            },
        }
    }

    fn bars(&self, key: &str, named: bool, href: &str) -> Vec<Bar> {
        let counts = self.part(key).as_object().into_iter().flatten();
        let mut counts: Vec<_> = counts.map(|(name, n)| (name.clone(), n.as_u64().unwrap_or(0))).collect();
        counts.sort_by_key(|(name, n)| (name == "Khác", std::cmp::Reverse(*n)));
        self.rows(Bar::over(counts.into_iter().map(|(name, n)| {
            let detail = named.then(|| self.unit_name(&name));
            (
                self.s(&name),
                detail,
                n,
                self.num(&dotted(n), &format!("{href}{}", name.replace('&', "%26").replace(' ', "+"))),
            )
        })))
    }

    fn standings(&self) -> Vec<Segment> {
        let key = self.part("standings").get("key").unwrap_or(&Value::Null);
        let marks = [
            (Mark::CompletedOnTime, "completed_on_time"),
            (Mark::CompletedLate, "completed_late"),
            (Mark::WithinTerm, "within_term"),
            (Mark::Overdue, "overdue"),
            (Mark::NoDeadline, "no_deadline"),
            (Mark::Outside, "outside"),
        ];
        let counts = marks.map(|(mark, name)| {
            let n = count(key, name);
            (mark, n, self.num(&dotted(n), &format!("/tasks?category=key&standing={name}&as_of=2024-11-29")))
        });
        let mut strip = Segment::strip(counts);
        for part in &mut strip {
            if part.badge.mark == Mark::WithinTerm {
                part.soon = Some(self.num("21", "/tasks?category=key&standing=due_soon"));
            }
            if part.badge.mark == Mark::Overdue && self.twist == Twist::Long {
                part.waiting = Some(self.num("2", "/tasks?category=key&standing=waiting"));
            }
        }
        strip
    }

    fn trend(&self) -> Vec<Column> {
        let top = TREND.iter().map(|(_, _, n)| *n).max().unwrap_or(0);
        let column = |(i, (month, year, n)): (usize, &(u32, u32, u64))| Column {
            month: format!("{month:02}/{year}"),
            label: format!("T{month}"),
            year: (i == 0 || *month == 1).then(|| year.to_string()),
            n: self.num(
                &dotted(*n),
                &format!("/tasks?standing=overdue&category=key&as_of={year}-{month:02}-28"),
            ),
            share: Share::of(*n, top),
            current: i == 11,
        };
        self.rows(TREND.iter().enumerate().map(column).collect())
    }

    /// The Office's dashboard.
    pub fn dashboard(&self, faulty: bool) -> DashboardPage {
        let overdue = OverdueHeadline {
            units: self.figure("overdue_units", "/briefings/2024-11"),
            tasks: self.figure("overdue_tasks", "/tasks?category=key&standing=overdue"),
            worst_days: self.figure("longest_overdue_days", "/tasks/BTTTT-2024-0393"),
        };
        let help = self.units_json().filter(|unit| ["CVT", "ATTT", "XBIPH"].contains(&text(unit, "unit")));
        let mut help: Vec<_> = help.collect();
        help.sort_by_key(|unit| std::cmp::Reverse(count(unit, "longest_overdue_days")));
        let help = help.into_iter().map(|unit| self.help(unit)).collect();
        DashboardPage {
            as_told: self.as_told(),
            w: self.w(),
            shell: self.shell(Role::Office, 0),
            period: self.period("/", faulty),
            as_of: "29/11/2024".into(),
            overdue: (self.twist != Twist::Empty).then_some(overdue),
            next: NextMonth {
                month: Num::plain("12/2024"),
                due: self.figure("due_next_month", "/tasks?category=key&due_from=2024-12-01"),
                schemes: self.figure("due_next_month_schemes_to_government", "/tasks?product=scheme"),
                circulars: self.num("18", "/tasks?product=circular"),
                by_product: self.bars("due_next_month_by_product", false, "/tasks?product="),
            },
            on_time: self.rate(self.part("on_time_rate"), "/tasks?due_from=2024-11-01"),
            on_time_original: self.rate(self.part("on_time_rate_original"), "/tasks?due_from=2024-11-01"),
            total: self.num("1.249", "/tasks?category=key"),
            standings: self.rows(self.standings()),
            by_unit: self.bars("overdue_by_unit", true, "/tasks?standing=overdue&unit="),
            help: self.rows(help),
            trend: self.trend(),
            soon: self
                .lines(|task| task.get("due_soon") == Some(&Value::Bool(true)))
                .into_iter()
                .take(4)
                .collect(),
            soon_all: self
                .num(if self.twist == Twist::Empty { "0" } else { "21" }, "/tasks?standing=due_soon"),
            briefing: Link {
                text: self.pick("Số liệu giao ban tháng 11/2024", "Briefing figures for 11/2024"),
                href: "/briefings/2024-11?cutoff=2024-11-29".into(),
            },
        }
    }

    fn help(&self, unit: &Value) -> HelpUnit {
        let href = format!("/tasks?standing=overdue&unit={}", text(unit, "unit"));
        let key = unit.get("key").unwrap_or(&Value::Null);
        HelpUnit {
            unit: Link { text: self.s(text(unit, "name")), href: href.clone() },
            overdue: self.num(&worded(count(key, "overdue")), &href),
            worst_days: self.num(&dotted(count(unit, "longest_overdue_days")), &href),
            on_time: self.rate(unit.get("on_time_rate").unwrap_or(&Value::Null), &href),
        }
    }

    fn unit_row(
        &self,
        short: &str,
        name: &str,
        counts: &Value,
        rate: &Value,
        longest: u64,
        next: u64,
    ) -> UnitRow {
        let href =
            |what: &str| format!("/tasks?category=key&unit={}&standing={what}", short.replace('&', "%26"));
        let cell = |key: &str| match count(counts, key) {
            0 => Num::plain(self.n("0")),
            n => self.num(&dotted(n), &href(key)),
        };
        UnitRow {
            unit: Num::link(self.s(short), href("")),
            name: self.s(name),
            total: cell("total"),
            on_time: cell("completed_on_time"),
            late: cell("completed_late"),
            within: cell("within_term"),
            soon: cell("due_soon"),
            overdue: cell("overdue"),
            no_deadline: cell("no_deadline"),
            outside: cell("outside"),
            rate: self.rate(rate, "/tasks"),
            longest: if longest == 0 {
                Num::plain("–")
            } else {
                self.num(&dotted(longest), &href("overdue"))
            },
            next: if next == 0 { Num::plain("0") } else { self.num(&dotted(next), &href("within_term")) },
            has_overdue: count(counts, "overdue") > 0,
        }
    }

    /// The briefing.
    pub fn briefing(&self) -> BriefingPage {
        let null = Value::Null;
        let units = self.units_json().map(|unit| {
            self.unit_row(
                text(unit, "unit"),
                text(unit, "name"),
                unit.get("key").unwrap_or(&null),
                unit.get("on_time_rate").unwrap_or(&null),
                count(unit, "longest_overdue_days"),
                count(unit, "due_next_month"),
            )
        });
        let standings = self.part("standings").get("key").unwrap_or(&null);
        let overdue =
            self.lines(|task| text(task, "standing") == "overdue" && text(task, "category") == "key");
        BriefingPage {
            w: self.w(),
            shell: self.shell(Role::Office, 2),
            period: self.period("/briefings", false),
            month: "11/2024".into(),
            next_month: "12/2024".into(),
            cutoff: "29/11/2024".into(),
            issuer: Issuer {
                superior: self.s("Bộ Thông tin và Truyền thông"), body: self.s("Văn phòng")
            },
            computed_at: "29/11/2024 08:15".into(),
            reference: self.s("2024-11 · 2024-11-29 · 7f3a"),
            paragraphs: self.rows(PARAGRAPHS.iter().map(|text| self.s(text)).collect()),
            units: self.rows(units.collect()),
            all: self.unit_row(
                "",
                "",
                standings,
                self.part("on_time_rate"),
                count(&self.briefing, "longest_overdue_days"),
                309,
            ),
            ages: self.ages(),
            overdue: overdue.into_iter().map(|task| self.overdue_row(task)).collect(),
            next_by_product: self.products(),
            next_total: self.num("309", "/tasks?due_from=2024-12-01"),
        }
    }

    fn ages(&self) -> Vec<Bar> {
        let ages = [
            ("1–7", "1-7"),
            ("8–30", "8-30"),
            ("31–60", "31-60"),
            ("61–120", "61-120"),
            ("> 120", "over_120"),
        ];
        Bar::over(ages.map(|(label, key)| {
            let n = if self.twist == Twist::Empty { 0 } else { count(self.part("age_buckets"), key) };
            (label.to_owned(), None, n, self.num(&dotted(n), "/tasks?standing=overdue"))
        }))
    }

    fn overdue_row(&self, task: TaskLine) -> OverdueRow {
        let days = task.badge.days.clone().unwrap_or_default();
        let cause = (days.len() > 2).then(|| self.s("Khách quan: chờ ý kiến cơ quan phối hợp"));
        OverdueRow { task, days, cause, leader: None }
    }

    fn products(&self) -> Vec<ProductRow> {
        let bars = self.bars("due_next_month_by_product", false, "/tasks?product=");
        let row = |bar: Bar| {
            let n: u64 = bar.n.text.replace('.', "").parse().unwrap_or(0);
            let tenths = (n * 10_000 / 309 + 5) / 10;
            let percent = format!("{},{} %", tenths / 10, tenths % 10);
            ProductRow { product: bar.label, n: bar.n, percent, share: bar.share }
        };
        bars.into_iter().map(row).collect()
    }
}

const PARAGRAPHS: [&str; 4] = [
    "Tính đến ngày 29/11/2024, còn 13 cơ quan, đơn vị có 32 nhiệm vụ trọng tâm quá hạn: CVT (07), ATTT (06), CĐSQG (05), KHTC (02), PC (02), CBC (02), XBIPH (02), BC (01), KTS&XHS (01), CTS (01), TTTT (01), VCL (01), PTIT (01). Nhiệm vụ quá hạn lâu nhất là 198 ngày.",
    "Trong tháng 11/2024 có 110 nhiệm vụ trọng tâm đến hạn; tính đến ngày 29/11/2024, 101 nhiệm vụ đã hoàn thành hoặc đã đến hạn, trong đó 72 nhiệm vụ hoàn thành đúng hạn, đạt 71,3 % (72/101); so với thời hạn ban đầu, 66 nhiệm vụ đúng hạn, đạt 65,3 % (66/101). Đã hoàn thành trong tháng 85 nhiệm vụ, trong đó 19 nhiệm vụ hoàn thành quá hạn.",
    "Tháng 12/2024 phải hoàn thành 309 nhiệm vụ trọng tâm, trong đó có 08 đề án trình Chính phủ, Thủ tướng Chính phủ và 18 thông tư; chia theo sản phẩm: 80 báo cáo, 57 văn bản, 41 kế hoạch, 39 quyết định, 24 hội nghị, 18 thông tư, 14 đề án, 04 nghị định, 32 sản phẩm khác.",
    "Tổng số nhiệm vụ trọng tâm đã giao đến ngày 29/11/2024: 1.249 nhiệm vụ, gồm 734 hoàn thành đúng hạn, 143 hoàn thành quá hạn, 326 đang thực hiện trong hạn (trong đó 21 sắp đến hạn), 32 đang thực hiện quá hạn, 06 không có thời hạn, 08 ngoài thống kê.",
];
