//! The briefing's desk: the months, a month as draft or as published, the tasks behind a figure.

use askama::Template;

use super::parts::faults;
use super::{Bar, Fault, Field, Link, Num, Shell};
use crate::documents::report::{LABELS, NATION};
use crate::documents::{Block, Document, Heading as About};
use crate::text::pages::Words;

/// The months.
#[derive(Debug, Clone, Template)]
#[template(path = "briefings.html")]
pub struct MonthsPage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// The present month's draft.
    pub present: Link,
    /// The figures at any cut-off.
    pub live: Link,
    /// The latest first.
    pub rows: Vec<MonthLine>,
}

/// A month of the list.
#[derive(Debug, Clone)]
pub struct MonthLine {
    /// `11/2024`, and its draft.
    pub month: Link,
    /// The cut-off.
    pub cutoff: String,
    /// Overdue tasks of the last version; none of a draft.
    pub overdue: String,
    /// The published versions, the latest first.
    pub versions: Vec<Link>,
}

/// A month: a draft with its forms, or what was published.
#[derive(Debug, Clone, Template)]
#[template(path = "briefing_month.html")]
pub struct MonthPage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// The list.
    pub back: Link,
    /// `Báo cáo giao ban tháng 11/2024`.
    pub title: String,
    /// Draft or version, the cut-off.
    pub state: String,
    /// What was done.
    pub notice: Option<String>,
    /// What does not add up, or why it was not published.
    pub error: Option<String>,
    /// Versions, documents, the comparison.
    pub links: Vec<Link>,
    /// The author's part.
    pub form: Option<DraftForm>,
    /// What it says.
    pub parts: Vec<PartView>,
    /// What stands around it on paper; none around two months.
    pub frame: Option<PaperFrame>,
}

/// What stands around a report on paper, by Decree 30/2020: shown in print alone, in Vietnamese.
#[derive(Debug, Clone)]
pub struct PaperFrame {
    /// The superior body.
    pub superior: Option<String>,
    /// The issuing body.
    pub issuer: String,
    /// `05/BC-VP`.
    pub number: String,
    /// `Hà Nội, ngày 29 tháng 11 năm 2024`.
    pub dated: String,
    /// `Báo cáo`.
    pub kind: String,
    /// The subject.
    pub subject: String,
    /// Whom it is for.
    pub to: Vec<String>,
    /// What is said before the first part.
    pub opening: Vec<String>,
    /// `Nơi nhận`.
    pub recipients: Vec<String>,
    /// Whose signature it waits for: by whose order, the office held, the name; what there is of them.
    pub signature: Vec<String>,
}

impl PaperFrame {
    /// The nation's name and motto, at the head of every document of the state.
    pub const NATION: [&str; 2] = NATION;
    /// What stands before the number, the addressee and the recipients.
    pub const LABELS: [&str; 3] = LABELS;
}

impl From<Document> for PaperFrame {
    fn from(document: Document) -> Self {
        let (kind, subject) = match document.heading {
            About::Report { kind, subject } => (kind, subject),
            About::Letter { subject } => (String::new(), subject),
        };
        let (head, signed) = (document.letterhead, document.signature);
        let paragraph = |block: &Block| match block {
            Block::Paragraph(paragraph) => Some(paragraph.text()),
            Block::Table(_) => None,
        };
        Self {
            number: head.full_number(),
            dated: head.place_and_date(),
            superior: head.superior,
            issuer: head.issuer,
            kind,
            subject,
            to: document.addressees,
            opening: document.opening.iter().filter_map(paragraph).collect(),
            recipients: document.recipients,
            signature: signed.authority.into_iter().chain([signed.signer]).chain(signed.name).collect(),
        }
    }
}

/// The author's part of a draft, and its publishing.
#[derive(Debug, Clone)]
pub struct DraftForm {
    /// Where it is sent.
    pub action: String,
    /// Where publishing is sent.
    pub publish: String,
    /// The version read.
    pub version: String,
    /// The cut-off.
    pub cutoff: Field,
    /// Under the results.
    pub results: Field,
    /// Causes.
    pub causes: Field,
    /// Proposals.
    pub proposals: Field,
    /// The cut-off before.
    pub opening_on: Field,
    /// Overdue at it.
    pub opening: Field,
    /// Totals and lines of the flow: field, name, value; none where a published briefing says the opening.
    pub lines: Vec<(String, String, Field)>,
    /// Whether the opening may be typed.
    pub takes_opening: bool,
    /// Why a published month is corrected.
    pub reason: Option<Field>,
}

impl MonthPage {
    /// What is wrong with the forms.
    pub fn faults(&self) -> Vec<Fault<'_>> {
        let Some(form) = &self.form else { return Vec::new() };
        let mut all = faults(&[
            ("cutoff", &form.cutoff),
            ("results", &form.results),
            ("causes", &form.causes),
            ("proposals", &form.proposals),
            ("opening_on", &form.opening_on),
            ("opening", &form.opening),
        ]);
        let lines = form
            .lines
            .iter()
            .filter_map(|(id, _, field)| field.error.as_deref().map(|text| Fault { field: id, text }));
        all.extend(lines);
        all.extend(form.reason.iter().flat_map(|reason| faults(&[("reason", reason)])));
        all
    }
}

/// A part.
#[derive(Debug, Clone)]
pub struct PartView {
    /// Its id.
    pub key: &'static str,
    /// Its heading.
    pub heading: String,
    /// What it says.
    pub paragraphs: Vec<String>,
    /// Its tables.
    pub tables: Vec<SheetView>,
}

/// As many columns stand side by side on an upright page.
const UPRIGHT: usize = 7;

/// The heading of a column.
#[derive(Debug, Clone)]
pub struct Heading {
    /// What it says.
    pub text: String,
    /// Whether words stand below, at the left, and no numbers.
    pub words: bool,
}

/// A table.
#[derive(Debug, Clone)]
pub struct SheetView {
    /// Its id.
    pub key: &'static str,
    /// What stands above it.
    pub caption: String,
    /// The headings, and whether words stand below.
    pub columns: Vec<Heading>,
    /// The rows.
    pub rows: Vec<Vec<Num>>,
    /// Where the others are, when these are the first.
    pub more: Option<Link>,
    /// The sums; empty without.
    pub totals: Vec<Num>,
    /// Drawn as bars instead of rows, the first column their names.
    pub bars: Vec<Bar>,
}

/// The tasks behind a figure of a briefing.
#[derive(Debug, Clone, Template)]
#[template(path = "briefing_rows.html")]
pub struct FigureRowsPage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// The briefing.
    pub back: Link,
    /// Which figure.
    pub title: String,
    /// Which briefing.
    pub state: String,
    /// What the tasks are, where the title does not say it all.
    pub lead: Option<String>,
    /// The tasks.
    pub rows: Vec<FigureRow>,
    /// Those behind them.
    pub next: Option<Link>,
}

/// A task as the briefing has it.
#[derive(Debug, Clone)]
pub struct FigureRow {
    /// Its page, on the cut-off, with its journal.
    pub task: Link,
    /// Its code.
    pub code: String,
    /// Its unit.
    pub unit: String,
    /// The source document.
    pub source: Option<String>,
    /// The deadline.
    pub due: Option<String>,
    /// How it stood.
    pub standing: Option<String>,
    /// In what it differs now, where that is asked.
    pub differs: Vec<String>,
}

impl SheetView {
    /// Whether it is printed on a page on its side.
    pub fn is_wide(&self) -> bool {
        self.bars.is_empty() && self.columns.len() > UPRIGHT
    }

    /// Whether words stand in a column, counted from 0.
    pub fn holds_words(&self, place: &usize) -> bool {
        self.columns.get(*place).is_some_and(|heading| heading.words)
    }
}
