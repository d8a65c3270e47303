//! Small workbooks: new tasks, a file again as it was, and one in which a task has been completed.

use chrono::{Days, NaiveDate};
use dondoc::db::TenantConn;
use dondoc::domain::task::Status;
use dondoc::imports::{self, ImportFile};
use dondoc::tasks::by_codes;

use super::model::{Report, Task};
use super::office::{Office, UNITS, written};
use crate::support::sheet::{PLAIN, workbook};

/// A row of a file that was imported.
#[derive(Debug, Clone)]
pub struct Row {
    code: String,
    lead: usize,
    assigned: NaiveDate,
    due: NaiveDate,
    extended: Option<(NaiveDate, NaiveDate)>,
    is_begun: bool,
    completed: Option<NaiveDate>,
}

const HEADING: [&str; 9] = [
    "Mã",
    "Nội dung nhiệm vụ",
    "Đơn vị chủ trì",
    "Ngày giao",
    "Thời hạn",
    "Gia hạn đến",
    "Ngày quyết định gia hạn",
    "Tình trạng",
    "Ngày hoàn thành",
];

impl Row {
    fn cells(&self) -> Vec<String> {
        let day = |day: Option<NaiveDate>| day.map(written).unwrap_or_default();
        let status = match (self.completed, self.is_begun) {
            (Some(_), _) => "Đã hoàn thành",
            (None, true) => "Đang thực hiện",
            (None, false) => "Chưa thực hiện",
        };
        vec![
            self.code.clone(),
            format!("Nhiệm vụ trong tệp {}", self.code),
            UNITS[self.lead].to_owned(),
            written(self.assigned),
            written(self.due),
            day(self.extended.map(|(_, due)| due)),
            day(self.extended.map(|(decided, _)| decided)),
            status.to_owned(),
            day(self.completed),
        ]
    }
}

/// The completion of a row, as the model notes it.
fn complete(task: &mut Task, on: NaiveDate) {
    task.reports.push(Report { on, decided: Some((on, true)), undone: None });
    task.status = Status::Completed;
}

impl Office {
    pub(super) fn import(&mut self, conn: &mut TenantConn<'_>) -> Option<bool> {
        match self.dice.below(3) {
            0 if !self.sheets.is_empty() => self.import_again(conn),
            1 if !self.sheets.is_empty() => self.import_completed(conn),
            _ => self.import_new(conn),
        }
    }

    /// Rows, created, changed.
    fn bring(&mut self, conn: &mut TenantConn<'_>, rows: &[Row]) -> [usize; 3] {
        let cells: Vec<Vec<String>> = rows.iter().map(Row::cells).collect();
        let cells: Vec<Vec<&str>> =
            cells.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
        let lines: Vec<&[&str]> =
            std::iter::once(&HEADING[..]).chain(cells.iter().map(Vec::as_slice)).collect();
        let bytes = workbook(&[("Nhiệm vụ", &lines)]);
        let opened = imports::open(&bytes, &[]).unwrap();
        let file = ImportFile::new("nhiem-vu.xlsx".to_owned(), &bytes, opened);
        let done = imports::import(conn, &file, PLAIN, self.today);
        self.agree("import", &done, true);
        let report = done.unwrap();
        let touched = |code: &str| self.tasks.iter().any(|task| task.code == code && !task.is_untouched);
        let is_told = report.conflicts.iter().all(|conflict| touched(&conflict.code));
        assert!(!report.refused && is_told, "{report:?}");
        [report.rows, report.created, report.changed]
    }

    fn import_new(&mut self, conn: &mut TenantConn<'_>) -> Option<bool> {
        let mut rows = Vec::new();
        for n in 0..=self.dice.below(3) {
            let assigned = self.dice.day(self.today - Days::new(40), self.today);
            let due = self.dice.day(assigned, assigned + Days::new(60));
            let later = self.dice.day(due + Days::new(1), due + Days::new(30));
            let decided = self.dice.day(assigned, self.today);
            let completed = self.dice.day(assigned, self.today);
            rows.push(Row {
                code: format!("TEP-{:04}-{n}", self.sheets.len()),
                lead: self.dice.below(2) as usize,
                assigned,
                due,
                extended: self.dice.one_in(4).then_some((decided, later)),
                is_begun: self.dice.one_in(2),
                completed: self.dice.one_in(4).then_some(completed),
            });
        }
        assert_eq!(self.bring(conn, &rows), [rows.len(), rows.len(), 0]);
        let codes: Vec<String> = rows.iter().map(|row| row.code.clone()).collect();
        let made = by_codes(conn, &codes).unwrap();
        for row in &rows {
            let id = made.iter().find(|task| task.code == row.code).unwrap().id;
            let mut task = Task::new(id, row.code.clone(), row.lead, row.assigned, Some(row.due));
            task.extended.extend(row.extended);
            task.was_asked = row.extended.is_some();
            if row.is_begun {
                task.status = Status::InProgress;
            }
            if let Some(on) = row.completed {
                complete(&mut task, on);
            }
            self.tasks.push(task);
        }
        self.sheets.push(rows);
        Some(true)
    }

    /// The same file again changes nothing, whatever was done to its tasks since.
    fn import_again(&mut self, conn: &mut TenantConn<'_>) -> Option<bool> {
        let at = self.dice.below(u32::try_from(self.sheets.len()).unwrap()) as usize;
        let rows = self.sheets[at].clone();
        assert_eq!(self.bring(conn, &rows), [rows.len(), 0, 0]);
        Some(true)
    }

    /// A file in which one task, that nobody has touched here, is completed.
    fn import_completed(&mut self, conn: &mut TenantConn<'_>) -> Option<bool> {
        let at = self.dice.below(u32::try_from(self.sheets.len()).unwrap()) as usize;
        let mut rows = self.sheets[at].clone();
        let open = |row: &&mut Row| {
            let task = self.tasks.iter().find(|task| task.code == row.code).unwrap();
            row.completed.is_none() && task.is_untouched
        };
        let row = rows.iter_mut().find(open)?;
        let on = self.dice.day(row.assigned, self.today);
        row.completed = Some(on);
        let code = row.code.clone();
        assert_eq!(self.bring(conn, &rows), [rows.len(), 0, 1]);
        let task = self.tasks.iter_mut().find(|task| task.code == code).unwrap();
        complete(task, on);
        task.version += 1;
        self.sheets[at] = rows;
        Some(true)
    }
}
