//! The importer's reading: from a workbook's bytes to checked rows.

#![allow(clippy::expect_used)] // A bench that can't go on says so.

use std::hint::black_box;

use chrono::NaiveDate;
use criterion::{Criterion, Throughput};
use dondoc::ids::new_id;
use dondoc::imports;
use dondoc::imports::unit_index::UnitIndex;

mod workbook;

const YEAR: &[u8] = include_bytes!("../tests/data/nhiem-vu-2024.xlsx");

fn main() {
    let mut criterion = Criterion::default().configure_from_args().sample_size(20);
    let large = workbook::of_tasks(10_000).expect("a workbook");
    read(&mut criterion, "a year's workbook", YEAR);
    read(&mut criterion, "10,000 rows", &large);
    criterion.final_summary();
}

/// Measures opening a workbook, and judging the rows of the opened one.
fn read(criterion: &mut Criterion, name: &str, bytes: &[u8]) {
    let opened = imports::open(bytes, &[]).expect("a workbook of tasks");
    let units = units_of(&opened);
    let today = NaiveDate::MAX;
    let judged = opened.rows(&units, today);
    assert!(judged.faults.is_empty(), "{:?}", judged.faults.first());
    let mut group = criterion.benchmark_group(name);
    group.throughput(Throughput::Elements(judged.row_count as u64));
    group.bench_function("open", |bench| bench.iter(|| imports::open(black_box(bytes), &[])));
    group.bench_function("rows", |bench| bench.iter(|| black_box(&opened).rows(&units, today)));
    group.finish();
}

/// The units of the unit sheet, else those of the lead column.
fn units_of(opened: &imports::OpenedWorkbook) -> UnitIndex {
    let leads = opened.lead_names();
    let sheet = opened
        .units
        .iter()
        .map(|unit| (unit.name.as_str(), unit.short_name.as_deref().unwrap_or(&unit.name)));
    let names: Vec<_> = match opened.has_unit_sheet {
        true => sheet.collect(),
        false => leads.iter().map(|name| (name.as_str(), name.as_str())).collect(),
    };
    UnitIndex::new(names.into_iter().map(|(name, short_name)| (new_id(), name, short_name)))
}
