//! A briefing filled in as an example: what a tenant's template is tried with, and what shows its maker every tag there
//! is. It is made as every briefing is, of a few tasks of three units, so that it has the tags that every other one has.

use chrono::NaiveDate;
use uuid::Uuid;

use super::document;
use crate::briefings::whole::{
    Before, Blocks, CampaignTold, Coverage, Difference, ExtensionTold, FORMAT, Government, Named, NextTold,
    PlacedTold, RULES, ReasonTold, TaskTold, TrendTold, UnitBefore, Whole,
};
use crate::documents::Document;
use crate::domain::briefing::{BriefingTask, Cell, Cut, Figures, UnitRef, cell_of};
use crate::domain::calendar::WorkingCalendar;
use crate::domain::flow::{Line, Source};
use crate::domain::period::{Month, PeriodKind};
use crate::domain::standing::{SubmissionDecision, SubmissionFact, TaskFacts};
use crate::domain::task::{Category, ExtensionDecision, LateReasonKind, Level, ProductKind};

/// The units: short name and name.
const UNITS: [(&str, &str); 3] = [
    ("CVT", "Cục Viễn thông"),
    ("CATTT", "Cục An toàn thông tin"),
    ("VCL", "Viện Chiến lược thông tin và truyền thông"),
];

/// A task: the place of its unit, title, product, level, deadline and completion as days of 2024.
type Sample = (usize, &'static str, ProductKind, Option<Level>, Option<(u32, u32)>, Option<(u32, u32)>);

const TASKS: [Sample; 8] = [
    (0, "Đề án phát triển hạ tầng số", ProductKind::Scheme, Some(Level::PrimeMinister), Some((15, 5)), None),
    (1, "Báo cáo tình hình an toàn thông tin mạng", ProductKind::Report, None, Some((31, 7)), None),
    (
        0,
        "Thông tư về chất lượng dịch vụ viễn thông",
        ProductKind::Circular,
        Some(Level::Minister),
        Some((20, 11)),
        None,
    ),
    (0, "Kế hoạch kiểm tra chất lượng mạng", ProductKind::Plan, None, Some((15, 11)), Some((14, 11))),
    (1, "Văn bản hướng dẫn diễn tập thực chiến", ProductKind::Document, None, Some((8, 11)), Some((12, 11))),
    (
        1,
        "Thông tư về giám sát an toàn hệ thống",
        ProductKind::Circular,
        Some(Level::Minister),
        Some((2, 12)),
        None,
    ),
    (2, "Đề án chiến lược chuyển đổi số", ProductKind::Scheme, Some(Level::Government), Some((20, 12)), None),
    (2, "Hội nghị tổng kết công tác nghiên cứu", ProductKind::Conference, None, None, None),
];

/// Which of them the Government or the Prime Minister gave.
const GIVEN: [usize; 2] = [0, 6];

/// The specimen of a tenant.
pub fn specimen(tenant: &str) -> Document {
    document(&whole(tenant))
}

fn on(day: u32, month: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, month, day).unwrap_or_default()
}

fn unit(place: usize) -> Uuid {
    Uuid::from_u128(place as u128 + 1)
}

fn task(place: usize) -> Uuid {
    Uuid::from_u128(place as u128 + 101)
}

fn facts((place, sample): (usize, &Sample)) -> BriefingTask {
    let (of, _, product, level, due, completed) = *sample;
    let submission = |(day, month)| SubmissionFact {
        submitted_on: on(day, month),
        decision: Some(SubmissionDecision { decided_on: on(day, month), accepted: true, undone_on: None }),
    };
    BriefingTask {
        id: task(place),
        unit: unit(of),
        category: Category::Key,
        product,
        level,
        facts: TaskFacts {
            assigned_on: Some(on(5, 1)),
            original_due_on: due.map(|(day, month)| on(day, month)),
            submissions: completed.map(submission).into_iter().collect(),
            ..TaskFacts::default()
        },
    }
}

fn told(of: &BriefingTask, place: usize, title: &str, cut: &Cut) -> TaskTold {
    let view = of.facts.view_at(cut.cutoff, cut.soon_until);
    let source = if GIVEN.contains(&place) { "411/QĐ-TTg" } else { "142/TB-BTTTT" };
    let (short_name, _) = UNITS.get(unit_place(of.unit)).copied().unwrap_or_default();
    TaskTold {
        id: of.id,
        code: format!("NV-2024-{:04}", place + 1),
        title: title.to_owned(),
        unit: short_name.to_owned(),
        unit_id: of.unit,
        product: of.product,
        level: of.level,
        source: Some(source.to_owned()),
        due_words: None,
        original_due_on: of.facts.original_due_on,
        due_on: of.facts.due_at(cut.cutoff),
        completed_on: of.facts.completed_at(cut.cutoff),
        waiting_since: None,
        standing: view.map(|view| view.standing),
        days_late: view.map_or(0, |view| view.days_late),
        due_soon: view.is_some_and(|view| view.due_soon),
    }
}

fn unit_place(id: Uuid) -> usize {
    (0..UNITS.len()).find(|place| unit(*place) == id).unwrap_or_default()
}

fn whole(tenant: &str) -> Whole {
    let calendar = WorkingCalendar::default();
    let cut = Cut::new(Month::of(on(1, 11)), on(29, 11), PeriodKind::CalendarMonth, &calendar, 3);
    let units: Vec<UnitRef> = (0..)
        .zip(UNITS)
        .map(|(place, (short_name, name))| UnitRef {
            id: unit(place),
            short_name: short_name.to_owned(),
            name: name.to_owned(),
        })
        .collect();
    let tasks: Vec<BriefingTask> = TASKS.iter().enumerate().map(facts).collect();
    let told = tasks.iter().zip(TASKS).enumerate().map(|(at, (of, sample))| told(of, at, sample.1, &cut));
    let differences = vec![Difference { figure: "waiting".to_owned(), unit: None, before: 1, after: 0 }];
    Whole {
        format: FORMAT,
        rules: RULES.to_owned(),
        tenant: tenant.to_owned(),
        superior: None,
        place: Some("Hà Nội".to_owned()),
        named: Some(Named {
            number: 5,
            version: 2,
            published_on: cut.cutoff,
            by: UNITS[0].0.to_owned(),
            reason: Some("Bổ sung kết quả".to_owned()),
        }),
        figures: Figures::from_tasks(cut, &units, &tasks),
        calendar: Vec::new(),
        before: before(),
        flow: flow(),
        unplaced: Vec::new(),
        typed: None,
        tasks: told.collect(),
        reasons: reasons(),
        next: vec![
            NextTold { unit: unit(1), product: ProductKind::Circular, count: 1 },
            NextTold { unit: unit(2), product: ProductKind::Scheme, count: 1 },
        ],
        government: government(&tasks, &cut),
        extensions: vec![extension()],
        campaigns: vec![campaign()],
        trend: trend(),
        coverage: Coverage { since: on(25, 11), units: 3, updated: 2, silent: vec![UNITS[2].0.to_owned()] },
        blocks: Blocks {
            results: None,
            causes: Some("Một số nhiệm vụ phải chờ ý kiến của cơ quan phối hợp.".to_owned()),
            proposals: Some("Đề nghị các đơn vị tập trung hoàn thành nhiệm vụ quá hạn.".to_owned()),
        },
        differences,
    }
}

fn before() -> Before {
    Before {
        source: Source::Published,
        month: Month::of(on(1, 10)),
        cutoff: on(31, 10),
        version: Some(1),
        overdue: 2,
        units: [0, 1].map(|place| UnitBefore { unit: unit(place), overdue: 1 }).into(),
        totals: None,
    }
}

fn flow() -> Vec<PlacedTold> {
    let placed = |at, of, line, was| {
        let unit = Some(unit(of));
        PlacedTold { task: task(at), line, from: unit.filter(|_| was), to: unit }
    };
    vec![
        placed(0, 0, Line::StillOverdue, true),
        placed(1, 1, Line::StillOverdue, true),
        placed(2, 0, Line::NewlyOverdue, false),
    ]
}

fn reasons() -> Vec<ReasonTold> {
    vec![ReasonTold {
        task: task(0),
        kind: LateReasonKind::ALL.first().copied(),
        category: None,
        words: Some("Chờ ý kiến của cơ quan phối hợp".to_owned()),
        leader: Some("Thứ trưởng phụ trách".to_owned()),
    }]
}

fn government(tasks: &[BriefingTask], cut: &Cut) -> Government {
    let mut key = Cell::default();
    let given = || GIVEN.iter().filter_map(|place| tasks.get(*place));
    for cell in given().filter_map(|task| cell_of(task, cut)) {
        key += cell;
    }
    Government { key, tasks: given().map(|task| task.id).collect() }
}

fn extension() -> ExtensionTold {
    ExtensionTold {
        task: task(2),
        requested_on: Some(on(18, 11)),
        due_before: Some(on(20, 11)),
        wanted_on: on(31, 12),
        decision: Some(ExtensionDecision::Refused),
        decided_on: Some(on(22, 11)),
        new_due_on: None,
    }
}

fn campaign() -> CampaignTold {
    CampaignTold {
        id: Uuid::from_u128(1),
        title: "Phong trào thi đua cải cách hành chính".to_owned(),
        due_on: on(25, 11),
        units: 3,
        reported: 2,
        overdue: 1,
    }
}

/// The twelve months up to November 2024.
fn trend() -> Vec<TrendTold> {
    let overdue = [21, 19, 25, 24, 30, 41, 38, 36, 35, 34, 2, 3];
    let months = std::iter::successors(Some(Month::of(on(1, 11))), |month| Some(month.previous()));
    let mut told: Vec<TrendTold> = months
        .zip(overdue.into_iter().rev())
        .map(|(month, overdue)| TrendTold {
            month,
            cutoff: month.period(PeriodKind::CalendarMonth).last.min(on(29, 11)),
            overdue,
        })
        .collect();
    told.reverse();
    told
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::template;

    #[test]
    fn the_specimen_balances_and_its_own_template_is_taken() {
        let whole = whole("Bộ Thông tin và Truyền thông");
        assert_eq!(whole.check(), Ok(()));
        let document = specimen("Bộ Thông tin và Truyền thông");
        assert_eq!(template::inspect(&template::sample(&document).unwrap(), &document), Ok(()));
        let keys: Vec<_> = document.tables().map(|table| table.key).collect();
        for key in ["headline", "units", "overdue", "next", "government", "extensions", "campaigns", "trend"]
        {
            assert!(keys.contains(&key), "{key}");
        }
    }
}
