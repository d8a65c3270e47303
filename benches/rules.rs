//! The pure rules: deadline words, standing, the briefing's figures, the working calendar.

#![allow(clippy::expect_used)] // A bench that can't go on says so.

use std::hint::black_box;

use chrono::{Days, NaiveDate};
use criterion::{BatchSize, BenchmarkId, Criterion, Throughput};
use dondoc::domain::briefing::{BriefingTask, Cut, Figures, UnitRef};
use dondoc::domain::calendar::{SpecialDay, WorkingCalendar};
use dondoc::domain::deadline;
use dondoc::domain::period::{Month, PeriodKind};
use dondoc::domain::public_days::public_days;
use dondoc::domain::standing::{ExclusionFact, ExtensionFact, SubmissionDecision, SubmissionFact, TaskFacts};
use dondoc::domain::task::{Category, Level, ProductKind};
use dondoc::ids::new_id;

/// Deadlines as people write them, a fault among them.
const WORDINGS: [&str; 12] = [
    "31/12/2024",
    "1/6/2024",
    "2024-11-29",
    "Tháng 12/2024",
    "Quý IV/2024",
    "6 tháng đầu năm 2024",
    "Năm 2024",
    "Trước ngày 25/12/2024",
    "chậm nhất ngày 5 tháng 3 năm 2025",
    "Thường xuyên",
    "",
    "cuối tuần sau",
];

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    deadlines(&mut criterion);
    calendar(&mut criterion);
    standing(&mut criterion);
    figures(&mut criterion);
    criterion.final_summary();
}

fn deadlines(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("deadline");
    group.throughput(Throughput::Elements(WORDINGS.len() as u64));
    group.bench_function("a mix of wordings", |bench| {
        bench.iter(|| WORDINGS.map(|words| deadline::parse(black_box(words))));
    });
    group.finish();
}

fn calendar(criterion: &mut Criterion) {
    let calendar = public_calendar();
    let (from, to) = (cutoff() - Days::new(300), cutoff());
    let mut group = criterion.benchmark_group("working calendar");
    group.bench_function("days between", |bench| {
        bench.iter(|| calendar.working_days_between(black_box(from), black_box(to)));
    });
    group.bench_function("3 days on", |bench| {
        bench.iter(|| calendar.soon_horizon(black_box(to), black_box(3)));
    });
    group.finish();
}

fn standing(criterion: &mut Criterion) {
    let tasks: Vec<TaskFacts> = (0..1_000).map(facts).collect();
    let horizon = cut().soon_until;
    let mut group = criterion.benchmark_group("standing");
    group.throughput(Throughput::Elements(1_000));
    group.bench_function("of 1,000 tasks", |bench| {
        bench.iter(|| {
            for task in &tasks {
                black_box(task.view_at(cutoff(), horizon));
            }
        });
    });
    group.finish();
}

fn figures(criterion: &mut Criterion) {
    let name = |n: u32| format!("Đơn vị {n}");
    let units: Vec<UnitRef> =
        (0..34).map(|n| UnitRef { id: new_id(), short_name: name(n), name: name(n) }).collect();
    let mut group = criterion.benchmark_group("figures");
    for count in [1_351, 100_000] {
        let tasks: Vec<BriefingTask> = (0..count).zip(units.iter().cycle()).map(task).collect();
        group.throughput(Throughput::Elements(count));
        group.sample_size(20);
        group.bench_with_input(BenchmarkId::from_parameter(count), &tasks, |bench, tasks| {
            bench.iter_batched(cut, |cut| Figures::from_tasks(cut, &units, tasks), BatchSize::LargeInput);
        });
    }
    group.finish();
}

fn cutoff() -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 11, 29).expect("a day")
}

fn public_calendar() -> WorkingCalendar {
    let special = public_days().into_iter().map(|public| SpecialDay { day: public.day, kind: public.kind });
    WorkingCalendar::from_special(special)
}

fn cut() -> Cut {
    Cut::new(Month::of(cutoff()), cutoff(), PeriodKind::CalendarMonth, &public_calendar(), 3)
}

/// The facts of the `n`-th task: spread over two years, three quarters completed, some extended or withdrawn.
fn facts(n: u64) -> TaskFacts {
    let assigned_on = cutoff() - Days::new(700) + Days::new(n * 7 % 650);
    let due = assigned_on + Days::new(20 + n * 13 % 120);
    let submitted_on = assigned_on + Days::new(10 + n * 17 % 150);
    let decision = (!n.is_multiple_of(50)).then_some(SubmissionDecision {
        decided_on: submitted_on,
        accepted: true,
        undone_on: None,
    });
    let extension = ExtensionFact { decided_on: due, new_due_on: due + Days::new(30) };
    let exclusion = ExclusionFact { from_on: Some(due), until_on: None };
    TaskFacts {
        assigned_on: Some(assigned_on),
        original_due_on: (!n.is_multiple_of(40)).then_some(due),
        extensions: n.is_multiple_of(20).then_some(extension).into_iter().collect(),
        submissions: (!n.is_multiple_of(4))
            .then_some(SubmissionFact { submitted_on, decision })
            .into_iter()
            .collect(),
        exclusions: n.is_multiple_of(100).then_some(exclusion).into_iter().collect(),
    }
}

fn task((n, unit): (u64, &UnitRef)) -> BriefingTask {
    let any = |length: usize| usize::try_from(n).unwrap_or(0) % length;
    BriefingTask {
        id: new_id(),
        unit: unit.id,
        category: if n.is_multiple_of(14) { Category::Routine } else { Category::Key },
        product: ProductKind::ALL.iter().copied().nth(any(ProductKind::ALL.len())).expect("a kind"),
        level: Level::ALL.get(any(Level::ALL.len() + 1)).copied(),
        facts: facts(n),
    }
}
