//! The evaluation as it is read: one table for page and document, the document, and one JSON object.
//!
//! What must stay true: a cell is the same wherever it stands, as all of them read [`columns`] and [`row`].

use chrono::NaiveDate;
use utoipa::ToSchema;

use crate::documents::{
    Appendix, Block, Cell, Column, Document, Heading, Letterhead, Section, Signature, Table,
};
use crate::domain::briefing::Rate;
use crate::domain::evaluation::{Evaluation, Formula, Scored, UnitScored};
use crate::tenants::Settings;
use crate::text::pages::Words;
use crate::text::{Lang, evaluation as words, paper};

/// The columns behind the unit's name: their keys, their headings, their widths in millimetres.
pub fn columns(lang: Lang, formula: Formula) -> Vec<Column> {
    let w = Words(lang);
    let line = (formula == Formula::Decree90).then_some(("line", w.evaluation_line(), 16));
    let first = [("rank", w.evaluation_rank(), 16), ("score", w.evaluation_score(), 16)];
    let rest = [
        ("reached", w.evaluation_reached(), 15),
        ("completed", w.evaluation_completed(), 17),
        ("on_time", w.evaluation_on_time(), 15),
        ("on_time_rate", w.evaluation_rate(), 17),
        ("on_time_original", w.evaluation_original(), 17),
        ("on_time_rate_original", w.evaluation_rate_original(), 17),
        ("completed_late", w.evaluation_late(), 17),
        ("overdue", w.evaluation_overdue(), 17),
        ("waiting", w.waiting_word(), 15),
        ("late_days", w.evaluation_days(), 15),
        ("delays", w.evaluation_delays(), 15),
    ];
    let column =
        |(key, heading, width): (&'static str, &str, u16)| Column { key, heading: heading.to_owned(), width };
    first.into_iter().chain(line).chain(rest).map(column).collect()
}

/// The cells of a unit, or of all together, in the order of the columns.
pub fn row(lang: Lang, formula: Formula, rank: Option<u32>, scored: &Scored) -> Vec<Cell> {
    let n = &scored.tally;
    let line =
        (formula == Formula::Decree90).then(|| Cell::Text(words::meets(lang, n.meets_line()).to_owned()));
    let first = [
        rank.map_or(Cell::Dash, |rank| Cell::Number(rank.into())),
        Cell::score(scored.score.map(|s| s.tenths)),
    ];
    let rest = [
        Cell::Number(n.reached),
        Cell::Number(n.completed()),
        Cell::Number(n.on_time),
        Cell::rate(n.on_time_rate().percent_tenths()),
        Cell::Number(n.on_time_original),
        Cell::rate(n.on_time_rate_original().percent_tenths()),
        Cell::Number(n.completed_late),
        Cell::Number(n.overdue),
        Cell::Number(n.waiting),
        Cell::Number(n.late_days),
        Cell::Number(n.delays),
    ];
    first.into_iter().chain(line).chain(rest).collect()
}

/// What is said before the table: what counts, how it is scored, what comes of it.
pub fn paragraphs(lang: Lang, all: &Evaluation) -> [Vec<String>; 2] {
    let basis = vec![
        words::basis(lang, all),
        words::explained(lang, all.formula),
        words::weights(lang, &all.weights),
        words::rounding(lang).to_owned(),
    ];
    let basis = basis.into_iter().chain(words::other_years(lang, all)).collect();
    let results = [words::summary(lang, all)].into_iter().chain(words::leading(lang, all));
    [basis, results.chain(words::line(lang, all)).collect()]
}

/// The evaluation as a document of a tenant, in Vietnamese as documents of the state are.
pub fn document(settings: &Settings, all: &Evaluation) -> Document {
    let lang = Lang::Vi;
    let w = Words(lang);
    let [basis, mut results] = paragraphs(lang, all);
    if let Some(last) = results.last_mut() {
        *last = format!("{}./.", last.trim_end_matches('.'));
    }
    let section = |key, heading: &str, text: Vec<String>| Section {
        key,
        heading: heading.to_owned(),
        blocks: text.into_iter().map(Block::words).collect(),
    };
    let appendix = |place, title: &str, table| Appendix {
        label: paper::appendix(place),
        title: title.to_owned(),
        blocks: vec![Block::Table(table)],
    };
    Document {
        letterhead: Letterhead {
            superior: Some(settings.superior().to_owned()),
            issuer: paper::OFFICE.to_owned(),
            number: None,
            symbol: paper::SYMBOL.to_owned(),
            place: settings.paper_head.place.clone(),
            dated: all.review.cutoff,
        },
        heading: Heading::Report {
            kind: words::REPORT.to_owned(),
            subject: words::title(lang, all.review.span),
        },
        addressees: Vec::new(),
        opening: Vec::new(),
        sections: vec![
            section("basis", w.evaluation_basis(), basis),
            section("results", w.evaluation_results(), results),
        ],
        recipients: words::RECIPIENTS.map(str::to_owned).to_vec(),
        signature: Signature { authority: None, signer: paper::SIGNER.to_owned(), name: None },
        appendices: vec![
            appendix(1, w.evaluation_table(), ranking(lang, all)),
            appendix(2, w.evaluation_how(), sentences(lang, all)),
        ],
        fields: Vec::new(),
    }
}

/// The name of a unit as the first cell.
fn named(name: &str, mut cells: Vec<Cell>) -> Vec<Cell> {
    cells.insert(0, Cell::Text(name.to_owned()));
    cells
}

fn unit_column(w: Words, width: u16) -> Column {
    Column { key: "unit", heading: w.unit().to_owned(), width }
}

fn ranking(lang: Lang, all: &Evaluation) -> Table {
    let w = Words(lang);
    let mut headings = columns(lang, all.formula);
    headings.insert(0, unit_column(w, 46));
    let line = |unit: &UnitScored| named(&unit.unit.name, row(lang, all.formula, unit.rank, &unit.scored));
    Table {
        key: "evaluation",
        sheet: w.evaluation_sheet().to_owned(),
        caption: None,
        columns: headings,
        rows: all.units.iter().map(line).collect(),
        totals: Some(named(w.row_total(), row(lang, all.formula, None, &all.total))),
        chart: None,
    }
}

fn sentences(lang: Lang, all: &Evaluation) -> Table {
    let w = Words(lang);
    let line = |unit: &UnitScored| {
        named(&unit.unit.name, vec![Cell::Text(words::sentence(lang, all.formula, &unit.scored))])
    };
    Table {
        key: "scores",
        sheet: w.evaluation_how_sheet().to_owned(),
        caption: None,
        columns: vec![
            unit_column(w, 45),
            Column { key: "sentence", heading: w.evaluation_how().to_owned(), width: 115 },
        ],
        rows: all.units.iter().map(line).collect(),
        totals: None,
        chart: None,
    }
}

/// An evaluation.
#[derive(serde::Serialize, ToSchema)]
#[schema(as = Evaluation)]
pub struct EvaluationOut {
    /// `2026-Q3` or `2026`.
    period: String,
    first_day: NaiveDate,
    last_day: NaiveDate,
    cutoff: NaiveDate,
    formula: &'static str,
    /// Which tasks count.
    tasks: &'static str,
    /// The weight of each kind of product.
    weights: std::collections::BTreeMap<String, f64>,
    total: ScoredOut,
    /// The best first.
    units: Vec<UnitOut>,
}

/// A unit with its place; the rank is null without a score.
#[derive(serde::Serialize, ToSchema)]
#[schema(as = EvaluatedUnit)]
struct UnitOut {
    unit: String,
    unit_name: String,
    rank: Option<u32>,
    #[serde(flatten)]
    scored: ScoredOut,
}

/// `reached` is `completed_on_time`, `completed_late`, `overdue` and `waiting`; the score is null when nothing was reached.
#[derive(serde::Serialize, ToSchema)]
#[schema(as = EvaluatedTasks)]
struct ScoredOut {
    score: Option<f64>,
    /// The formula with the unit's own numbers put in.
    how: String,
    /// Whether the line of Decree 90/2020 is met.
    meets_80_percent_line: Option<bool>,
    due: u64,
    reached: u64,
    completed: u64,
    completed_on_time: u64,
    completed_on_time_original: u64,
    completed_late: u64,
    overdue: u64,
    waiting: u64,
    late_days: u64,
    delays: u64,
    on_time_percent: Option<f64>,
    on_time_percent_original: Option<f64>,
}

fn decimal(tenths: u32) -> f64 {
    f64::from(tenths) / 10.0
}

fn scored_out(lang: Lang, formula: Formula, scored: &Scored) -> ScoredOut {
    let n = &scored.tally;
    let rate = |rate: Rate| rate.percent_tenths().map(decimal);
    ScoredOut {
        score: scored.score.map(|score| decimal(score.tenths)),
        how: words::sentence(lang, formula, scored),
        meets_80_percent_line: n.meets_line(),
        due: n.due,
        reached: n.reached,
        completed: n.completed(),
        completed_on_time: n.on_time,
        completed_on_time_original: n.on_time_original,
        completed_late: n.completed_late,
        overdue: n.overdue,
        waiting: n.waiting,
        late_days: n.late_days,
        delays: n.delays,
        on_time_percent: rate(n.on_time_rate()),
        on_time_percent_original: rate(n.on_time_rate_original()),
    }
}

/// An evaluation as JSON, its sentences in a language.
pub fn json(lang: Lang, all: &Evaluation) -> EvaluationOut {
    let unit = |unit: &UnitScored| UnitOut {
        unit: unit.unit.short_name.clone(),
        unit_name: unit.unit.name.clone(),
        rank: unit.rank,
        scored: scored_out(lang, all.formula, &unit.scored),
    };
    let kinds = crate::domain::task::ProductKind::ALL.iter();
    EvaluationOut {
        period: all.review.span.to_string(),
        first_day: all.review.period.first,
        last_day: all.review.period.last,
        cutoff: all.review.cutoff,
        formula: all.formula.code(),
        tasks: all.scope.code(),
        weights: kinds.map(|kind| (kind.code().to_owned(), decimal(all.weights.of(*kind)))).collect(),
        total: scored_out(lang, all.formula, &all.total),
        units: all.units.iter().map(unit).collect(),
    }
}
