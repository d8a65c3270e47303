//! The columns of an exported list, in the reader's language.

use std::fs::File;
use std::path::Path;

use super::ExportForm;
use crate::documents::{Cell, Column, CsvStream, SheetStream};
use crate::domain::lang::Lang;
use crate::domain::standing::Standing;
use crate::error::Result;
use crate::tasks::model::TaskListed;
use crate::text::vocabulary::{self, capitalised};

/// Heading in Vietnamese and English, and the width in millimetres.
const COLUMNS: [(&str, &str, &str, u16); 15] = [
    ("code", "Mã", "Code", 30),
    ("title", "Nội dung nhiệm vụ", "Task", 110),
    ("category", "Loại nhiệm vụ", "Category", 28),
    ("unit", "Đơn vị chủ trì", "Lead unit", 50),
    ("source", "Số, ký hiệu văn bản", "Source document", 36),
    ("product", "Sản phẩm", "Product", 26),
    ("level", "Cấp trình", "Submitted to", 34),
    ("assigned_on", "Ngày giao", "Assigned on", 24),
    ("due_words", "Thời hạn (nguyên văn)", "Deadline as written", 34),
    ("original_due_on", "Thời hạn ban đầu", "Original deadline", 24),
    ("due_on", "Thời hạn hiện tại", "Current deadline", 24),
    ("completed_on", "Ngày hoàn thành", "Completed on", 24),
    ("waiting_since", "Chờ xác nhận từ", "Waiting since", 24),
    ("standing", "Tình trạng", "Standing", 40),
    ("days_late", "Số ngày quá hạn", "Days late", 20),
];

/// The sheet's name.
const NAME: (&str, &str) = ("Nhiệm vụ", "Tasks");

fn columns(lang: Lang) -> Vec<Column> {
    let column = |(key, vi, en, width)| {
        let heading: &str = match lang {
            Lang::Vi => vi,
            Lang::En => en,
        };
        Column { key, heading: heading.to_owned(), width }
    };
    COLUMNS.map(column).into()
}

/// A task in the columns' order.
fn cells(lang: Lang, task: &TaskListed) -> [Cell; COLUMNS.len()] {
    let word = |words: &str| Cell::Text(capitalised(words));
    let level = task.level.map(|level| capitalised(vocabulary::level(lang, level)));
    let is_late = matches!(task.standing, Standing::Overdue | Standing::CompletedLate);
    [
        Cell::Text(task.code.clone()),
        Cell::Text(task.title.clone()),
        word(vocabulary::category(lang, task.category)),
        Cell::Text(task.unit_name.clone()),
        Cell::words(task.source_number.clone()),
        word(vocabulary::product(lang, task.product)),
        Cell::words(level.or_else(|| task.level_words.clone())),
        Cell::date(task.assigned_on),
        Cell::words(task.due_words.clone()),
        Cell::date(task.original_due_on),
        Cell::date(task.due_on),
        Cell::date(task.completed_on),
        Cell::date(task.waiting_since),
        word(vocabulary::standing(lang, task.standing)),
        if is_late { Cell::Days(task.days_late) } else { Cell::Blank },
    ]
}

/// A file that grows.
pub(super) struct Sheet {
    lang: Lang,
    stream: Stream,
}

enum Stream {
    Xlsx(Box<SheetStream>, File),
    Csv(Box<CsvStream<File>>),
}

impl Sheet {
    /// Begins it with its headings.
    pub fn begin(form: ExportForm, lang: Lang, to: File, scratch: &Path) -> Result<Self> {
        let columns = columns(lang);
        let name = match lang {
            Lang::Vi => NAME.0,
            Lang::En => NAME.1,
        };
        let stream = match form {
            ExportForm::Xlsx => Stream::Xlsx(Box::new(SheetStream::begin(name, &columns, scratch)?), to),
            ExportForm::Csv => Stream::Csv(Box::new(CsvStream::begin(&columns, to)?)),
        };
        Ok(Self { lang, stream })
    }

    /// Writes a task.
    pub fn row(&mut self, task: &TaskListed) -> Result<()> {
        let cells = cells(self.lang, task);
        match &mut self.stream {
            Stream::Xlsx(sheet, _) => sheet.row(&cells),
            Stream::Csv(sheet) => sheet.row(&cells),
        }
    }

    /// Ends it.
    pub fn finish(self) -> Result<()> {
        match self.stream {
            Stream::Xlsx(sheet, to) => sheet.finish(to),
            Stream::Csv(sheet) => sheet.finish(),
        }
    }
}
