//! The documents of a month of 34 units and 60 overdue tasks: for Word, in our form and in a template, and for Excel.

#![allow(clippy::expect_used)] // A bench that can't go on says so.

use std::hint::black_box;

use criterion::Criterion;
use dondoc::documents::{Block, Document, docx, template, xlsx};
use dondoc::papers::specimen;

/// The specimen with as many rows as a month has.
fn month() -> Document {
    let mut document = specimen("Bộ Thông tin và Truyền thông");
    for block in document.appendices.iter_mut().flat_map(|appendix| &mut appendix.blocks) {
        let Block::Table(table) = block else { continue };
        let wanted = match table.key {
            "units" => 34,
            "overdue" => 60,
            _ => continue,
        };
        table.rows = table.rows.iter().cycle().take(wanted).cloned().collect();
    }
    document
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let document = month();
    let own = template::sample(&document).expect("a template");
    let mut group = criterion.benchmark_group("documents of a month");
    group.bench_function("docx", |b| b.iter(|| docx(black_box(&document)).expect("a file")));
    group.bench_function("docx in a template", |b| {
        b.iter(|| template::fill(black_box(&own), &document).expect("a file"));
    });
    group.bench_function("xlsx", |b| b.iter(|| xlsx(black_box(&document)).expect("a file")));
    group.finish();
    criterion.final_summary();
}
