//! The parts of a briefing, and of a comparison of two.

use super::Part;
use super::{headline, tables};
use crate::briefings::whole::Whole;
use crate::domain::flow::Source;
use crate::domain::task::ExtensionDecision;
use crate::text::pages::Words;
use crate::text::{self, Lang, paper};

/// How many units are named that need direct help (DOMAIN §3).
const TO_HELP: usize = 3;

/// The whole in its parts, in the order of the document.
pub fn parts(lang: Lang, whole: &Whole) -> Vec<Part> {
    vec![
        results(lang, whole),
        overdue(lang, whole),
        causes(lang, whole),
        next_month(lang, whole),
        proposals(lang, whole),
    ]
}

/// A text of the author, a paragraph a line.
fn block(text: Option<&String>) -> impl Iterator<Item = String> {
    let lines = text.map_or("", String::as_str).lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(str::to_owned).collect::<Vec<_>>().into_iter()
}

/// The sentences of the figures: overdue, the month, the next month, the standings.
fn sentence(lang: Lang, whole: &Whole, place: usize) -> Option<String> {
    text::briefing::paragraphs(lang, &whole.figures).split("\n\n").nth(place).map(str::to_owned)
}

fn results(lang: Lang, whole: &Whole) -> Part {
    let w = Words(lang);
    let mut paragraphs: Vec<String> = [1, 3].into_iter().filter_map(|at| sentence(lang, whole, at)).collect();
    paragraphs.push(paper::government(lang, &whole.government.key));
    paragraphs.push(extensions(lang, whole));
    paragraphs.push(paper::coverage(lang, &whole.coverage, whole.figures.cut.cutoff));
    paragraphs.extend(block(whole.blocks.results.as_ref()));
    let mut found =
        vec![headline::table(lang, whole), tables::units(lang, whole), tables::trend(lang, whole)];
    if !whole.government.tasks.is_empty() {
        found.push(tables::government(lang, whole));
    }
    if !whole.extensions.is_empty() {
        found.push(tables::extensions(lang, whole));
    }
    if !whole.campaigns.is_empty() {
        found.push(tables::campaigns(lang, whole));
    }
    if !whole.differences.is_empty() {
        found.push(tables::differences(lang, whole));
    }
    Part { key: "results", heading: w.paper_results().to_owned(), paragraphs, tables: found }
}

fn extensions(lang: Lang, whole: &Whole) -> String {
    let count = |of: &dyn Fn(Option<ExtensionDecision>) -> bool| {
        whole.extensions.iter().filter(|told| of(told.decision)).count() as u64
    };
    let asked = whole.extensions.len() as u64;
    let agreed =
        count(&|decision| matches!(decision, Some(ExtensionDecision::Agreed | ExtensionDecision::Changed)));
    let refused = count(&|decision| decision == Some(ExtensionDecision::Refused));
    let open = count(&|decision| decision.is_none());
    paper::extensions(lang, [asked, agreed, refused, open])
}

fn overdue(lang: Lang, whole: &Whole) -> Part {
    let w = Words(lang);
    let mut paragraphs: Vec<String> = sentence(lang, whole, 0).into_iter().collect();
    let help = whole.figures.units_to_help(TO_HELP);
    if !help.is_empty() {
        let named = help.iter().map(|unit| (unit.unit.name.as_str(), unit.key.standings.overdue));
        paragraphs.push(paper::help(lang, &named.collect::<Vec<_>>()));
    }
    let clear: Vec<&str> = whole
        .figures
        .units
        .iter()
        .filter(|unit| unit.key.tasks > unit.key.standings.outside && unit.key.standings.overdue == 0)
        .map(|unit| unit.unit.short_name.as_str())
        .collect();
    paragraphs.push(paper::clear(lang, &clear));
    let twice = whole.twice().count() as u64;
    paragraphs.push(paper::twice(lang, twice));
    paragraphs.push(paper::flow(lang, &whole.totals(), &whole.before));
    let mut found = vec![tables::flow(lang, whole)];
    if whole.before.source != Source::Typed {
        found.push(tables::flow_by_unit(lang, whole));
    }
    if whole.figures.key.standings.overdue > 0 {
        found.push(tables::ages(lang, whole));
        found.push(tables::overdue(lang, whole));
    }
    Part { key: "overdue", heading: w.paper_overdue().to_owned(), paragraphs, tables: found }
}

fn causes(lang: Lang, whole: &Whole) -> Part {
    let mut paragraphs = vec![paper::reasons(lang, whole)];
    paragraphs.extend(block(whole.blocks.causes.as_ref()));
    let heading = Words(lang).paper_causes().to_owned();
    Part { key: "causes", heading, paragraphs, tables: Vec::new() }
}

fn next_month(lang: Lang, whole: &Whole) -> Part {
    let heading = Words(lang).paper_next().to_owned();
    let tables = if whole.next.is_empty() { Vec::new() } else { vec![tables::next(lang, whole)] };
    let paragraphs = sentence(lang, whole, 2).into_iter().collect();
    Part { key: "next_month", heading, paragraphs, tables }
}

fn proposals(lang: Lang, whole: &Whole) -> Part {
    let mut paragraphs: Vec<String> = block(whole.blocks.proposals.as_ref()).collect();
    if paragraphs.is_empty() {
        paragraphs.push(paper::no_proposals(lang).to_owned());
    }
    Part {
        key: "proposals",
        heading: Words(lang).paper_proposals().to_owned(),
        paragraphs,
        tables: Vec::new(),
    }
}
