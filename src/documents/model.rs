//! A document of the state in neutral form: what it says, part by part, and nothing of how a file says it.
//!
//! What must stay true: every rendering reads the same [`Document`], so that none can say another figure; figures are
//! computed and words chosen by whoever fills it; it never knows the time of day, so that equal documents are equal
//! bytes. Text is plain: it may hold line ends in a paragraph and nowhere else.

use chrono::NaiveDate;

/// A report or an official letter with its appendices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Who writes, where and when.
    pub letterhead: Letterhead,
    /// What it is and what it is about.
    pub heading: Heading,
    /// Whom it is for (`Kính gửi`); none for a report that names nobody.
    pub addressees: Vec<String>,
    /// What stands before the first section.
    pub opening: Vec<Block>,
    /// The sections in their order. The last paragraph of all ends with `./.`.
    pub sections: Vec<Section>,
    /// `Nơi nhận`, one a line, each with its dash and its sign at the end.
    pub recipients: Vec<String>,
    /// Whose signature it waits for.
    pub signature: Signature,
    /// The appendices, each on a page of its own.
    pub appendices: Vec<Appendix>,
    /// Single figures and names by their tags, for a template that words them itself.
    pub fields: Vec<Field>,
}

/// The head of the first page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letterhead {
    /// The superior body; none for a body that has none.
    pub superior: Option<String>,
    /// The issuing body.
    pub issuer: String,
    /// The number; none while it is not issued, and a blank is left.
    pub number: Option<u32>,
    /// What follows the number and its stroke: `BC-VP`.
    pub symbol: String,
    /// The place; none where a blank is left.
    pub place: Option<String>,
    /// The day.
    pub dated: NaiveDate,
}

/// What a document is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heading {
    /// A named kind with its subject in the middle of the page.
    Report {
        /// `Báo cáo`.
        kind: String,
        /// The subject.
        subject: String,
    },
    /// An official letter, its subject under its number.
    Letter {
        /// `V/v …`.
        subject: String,
    },
}

impl Heading {
    /// What it is about.
    pub fn subject(&self) -> &str {
        match self {
            Self::Report { subject, .. } | Self::Letter { subject } => subject,
        }
    }
}

/// A numbered section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The tag of its text in a template.
    pub key: &'static str,
    /// `I. Kết quả thực hiện`.
    pub heading: String,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A page or more behind the signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appendix {
    /// `Phụ lục I`.
    pub label: String,
    /// Its title.
    pub title: String,
    /// What it holds.
    pub blocks: Vec<Block>,
}

/// A part of the running text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// Words.
    Paragraph(Paragraph),
    /// Figures or a list.
    Table(Table),
}

impl Block {
    /// A paragraph of plain words.
    pub fn words(text: impl Into<String>) -> Self {
        Self::Paragraph(Paragraph { runs: vec![Run::plain(text)] })
    }
}

/// A paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// Its words, in stretches of one look.
    pub runs: Vec<Run>,
}

impl Paragraph {
    /// The words alone.
    pub fn text(&self) -> String {
        self.runs.iter().map(|run| run.text.as_str()).collect()
    }
}

/// Words of one look.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Run {
    /// The words; a line end begins a new line of the same paragraph.
    pub text: String,
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
}

impl Run {
    /// Words that look like the rest.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// Words in bold.
    pub fn bold(text: impl Into<String>) -> Self {
        Self { text: text.into(), bold: true, italic: false }
    }
}

/// A table. Every row, and the totals, has as many cells as there are columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its tag in a template; its cells there are tagged `key.column`.
    pub key: &'static str,
    /// What its sheet is called in a workbook: 31 characters at most.
    pub sheet: String,
    /// What stands above it.
    pub caption: Option<String>,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
    /// The last row, in bold, when the columns add up to something.
    pub totals: Option<Vec<Cell>>,
    /// The series to be drawn above it.
    pub chart: Option<Chart>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its tag in a template, behind the table's.
    pub key: &'static str,
    /// Its heading.
    pub heading: String,
    /// Its width in millimetres; all are made narrower or wider together to fill the page. Columns of more than 165 mm
    /// together turn the page of an appendix on its side.
    pub width: u16,
}

/// What a cell holds, by what it is: a workbook keeps numbers and dates as such.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Blank,
    /// Nothing that could be computed: `–`.
    Dash,
    /// Words.
    Text(String),
    /// A count.
    Number(u64),
    /// A difference, with its sign.
    Change(i64),
    /// Tenths of a per cent.
    Tenths(u32),
    /// Tenths of a point.
    Points(u32),
    /// A date.
    Date(NaiveDate),
    /// A number of days.
    Days(u32),
}

impl Cell {
    /// Words, or nothing.
    pub fn words(text: Option<String>) -> Self {
        text.map_or(Self::Blank, Self::Text)
    }

    /// A rate, or that there is none.
    pub fn rate(tenths: Option<u32>) -> Self {
        tenths.map_or(Self::Dash, Self::Tenths)
    }

    /// A score, or that there is none.
    pub fn score(tenths: Option<u32>) -> Self {
        tenths.map_or(Self::Dash, Self::Points)
    }

    /// A date, or nothing.
    pub fn date(day: Option<NaiveDate>) -> Self {
        day.map_or(Self::Blank, Self::Date)
    }

    /// Whether it stands at the left as words do.
    pub fn is_text(&self) -> bool {
        matches!(self, Self::Text(_) | Self::Blank)
    }

    /// What a chart draws of it: a count as it is, a rate in tenths of a per cent.
    pub fn drawn(&self) -> Option<i64> {
        match self {
            Self::Number(n) => i64::try_from(*n).ok(),
            Self::Change(n) => Some(*n),
            Self::Tenths(n) | Self::Points(n) | Self::Days(n) => Some((*n).into()),
            Self::Blank | Self::Dash | Self::Text(_) | Self::Date(_) => None,
        }
    }
}

/// Columns of a table as lines over its rows, whose first column names the points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// What stands above it.
    pub title: String,
    /// The places of the columns drawn, from 0: all of one kind, as they share an axis.
    pub series: Vec<usize>,
}

/// Who signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// By whose order: `TL. BỘ TRƯỞNG`.
    pub authority: Option<String>,
    /// The office held.
    pub signer: String,
    /// The name; a blank is left where there is none.
    pub name: Option<String>,
}

/// A single value with its tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The tag in a template.
    pub tag: &'static str,
    /// What it is called, for whoever makes a template.
    pub name: String,
    /// The value as it is written.
    pub text: String,
}

impl Document {
    /// The running text before the signature.
    pub fn body(&self) -> impl Iterator<Item = &Block> {
        self.opening.iter().chain(self.sections.iter().flat_map(|section| &section.blocks))
    }

    /// Every table, in the order of the document.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        let blocks = self.body().chain(self.appendices.iter().flat_map(|appendix| &appendix.blocks));
        blocks.filter_map(|block| match block {
            Block::Table(table) => Some(table),
            Block::Paragraph(_) => None,
        })
    }
}
