//! Days as they are typed: one in a form, or a year of them, a line a day.
//!
//! A line is `30/04/2024; OFF; Ngày Chiến thắng; 1570/TB-BLĐTBXH; tạm`, its cells between semicolons or, as a spreadsheet
//! gives them, tabs; the last two may be left out. `XÓA` in the second cell takes a day off the list.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::calendar::CalendarDay;
use crate::domain::calendar::DayKind;
use crate::domain::deadline::{parse_date, written};
use crate::domain::words::{fold, tidy};
use crate::error::{ParameterFault, ParameterProblem};
use crate::params::Params;

/// The most lines of one change: three years of days off.
const MOST_LINES: usize = 400;

/// The most characters of a name or a document.
const LONGEST: usize = 200;

/// What shall be said of days: something, or nothing any more.
pub type DayChanges = BTreeMap<NaiveDate, Option<CalendarDay>>;

/// A day as typed, by the cells of its line or the fields of its form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs)] // The fields are those of the form.
pub struct DayTyped {
    pub day: String,
    pub kind: String,
    pub name: String,
    pub source: String,
    pub provisional: String,
}

/// What the second cell says.
enum Said {
    Day(DayKind),
    Forget,
}

impl DayTyped {
    /// Takes a form's fields.
    pub fn take(params: &mut Params) -> Self {
        let mut text = |name| tidy(&params.text(name).unwrap_or_default());
        Self {
            day: text("day"),
            kind: text("kind"),
            name: text("name"),
            source: text("source"),
            provisional: text("provisional"),
        }
    }

    fn of_line(line: &str) -> Self {
        let separator = if line.contains('\t') { '\t' } else { ';' };
        let mut cells = line.split(separator).map(tidy);
        let mut cell = || cells.next().unwrap_or_default();
        Self { day: cell(), kind: cell(), name: cell(), source: cell(), provisional: cell() }
    }

    /// What it says of which day.
    ///
    /// # Errors
    /// Every fault, by the field's name.
    pub fn check(&self) -> Result<(NaiveDate, Option<CalendarDay>), Vec<ParameterFault>> {
        let mut faults = Vec::new();
        let mut fault = |name: &str, problem| faults.push(ParameterFault { name: name.to_owned(), problem });
        let day = match parse_date(&self.day) {
            _ if self.day.is_empty() => Err(ParameterProblem::Missing),
            read => read.map_err(ParameterProblem::NotADate),
        };
        let day = day.map_err(|problem| fault("day", problem)).ok();
        let said = self.said();
        if said.is_none() {
            fault("kind", ParameterProblem::NotOneOf("OFF | WORK | XÓA".to_owned()));
        }
        let is_fit = |text: &str| text.chars().count() <= LONGEST && !text.chars().any(char::is_control);
        if self.name.is_empty() && !matches!(said, Some(Said::Forget)) {
            fault("name", ParameterProblem::Missing);
        }
        for (name, text) in [("name", &self.name), ("source", &self.source)] {
            if !is_fit(text) {
                fault(name, ParameterProblem::TooLong(LONGEST));
            }
        }
        let provisional = self.is_provisional();
        if provisional.is_none() {
            fault("provisional", ParameterProblem::NotOneOf("tạm".to_owned()));
        }
        match (day, said, provisional, faults.is_empty()) {
            (Some(day), Some(said), Some(provisional), true) => Ok((day, self.kept(day, &said, provisional))),
            _ => Err(faults),
        }
    }

    fn said(&self) -> Option<Said> {
        Some(match fold(&self.kind).as_str() {
            "off" | "nghi" | "ngay nghi" => Said::Day(DayKind::Off),
            "work" | "lam bu" | "lam viec" => Said::Day(DayKind::Work),
            "xoa" | "-" => Said::Forget,
            _ => return None,
        })
    }

    fn is_provisional(&self) -> Option<bool> {
        match fold(&self.provisional).as_str() {
            "" => Some(false),
            "tam" | "tam thoi" | "du kien" | "x" | "1" => Some(true),
            _ => None,
        }
    }

    fn kept(&self, day: NaiveDate, said: &Said, provisional: bool) -> Option<CalendarDay> {
        let Said::Day(kind) = *said else { return None };
        let source = (!self.source.is_empty()).then(|| self.source.clone());
        Some(CalendarDay { day, kind, name: self.name.clone(), source, provisional })
    }
}

/// Reads lines; blank ones and a heading say nothing.
///
/// # Errors
/// Every fault of every line, named `lines.3.day`: the line's number, from 1, and the cell.
pub fn read(text: &str) -> Result<DayChanges, Vec<ParameterFault>> {
    let fault = |name: String, problem| ParameterFault { name, problem };
    if text.lines().count() > MOST_LINES {
        let most = u32::try_from(MOST_LINES).unwrap_or(u32::MAX);
        return Err(vec![fault("lines".to_owned(), ParameterProblem::NotBetween(1, most))]);
    }
    let (mut changes, mut faults) = (DayChanges::new(), Vec::new());
    let filled =
        text.lines().enumerate().filter(|(_, line)| !line.trim_matches([';', '\t', ' ', '\r']).is_empty());
    for (place, (at, line)) in filled.enumerate() {
        let typed = DayTyped::of_line(line);
        if place == 0 && matches!(fold(&typed.day).as_str(), "ngay" | "day" | "date") {
            continue;
        }
        let number = at + 1;
        match typed.check() {
            Ok((day, _)) if changes.contains_key(&day) => {
                faults.push(fault(format!("lines.{number}.day"), ParameterProblem::Repeated));
            }
            Ok((day, said)) => {
                changes.insert(day, said);
            }
            Err(wrong) => {
                faults.extend(
                    wrong.into_iter().map(|f| fault(format!("lines.{number}.{}", f.name), f.problem)),
                );
            }
        }
    }
    if changes.is_empty() && faults.is_empty() {
        faults.push(fault("lines".to_owned(), ParameterProblem::Missing));
    }
    if faults.is_empty() { Ok(changes) } else { Err(faults) }
}

/// The lines that say a change; [`read`] reads them back.
pub fn lines(changes: &DayChanges) -> String {
    let line = |(day, said): (&NaiveDate, &Option<CalendarDay>)| match said {
        None => format!("{}\tXÓA\n", written(*day)),
        Some(kept) => format!(
            "{}\t{}\t{}\t{}\t{}\n",
            written(*day),
            match kept.kind {
                DayKind::Off => "OFF",
                DayKind::Work => "WORK",
            },
            kept.name,
            kept.source.as_deref().unwrap_or_default(),
            if kept.provisional { "tạm" } else { "" },
        ),
    };
    changes.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn names(text: &str) -> Vec<String> {
        read(text).unwrap_err().into_iter().map(|fault| fault.name).collect()
    }

    #[test]
    fn a_year_is_read_with_semicolons_and_with_tabs() {
        let typed = "Ngày; Loại; Tên\n\n30/04/2024; OFF; Ngày Chiến thắng; 1570/TB ; \n4/5/2024\tlàm bù\tLàm bù\t\tTạm\n1/5/2024;xóa\n";
        let changes = read(typed).unwrap();
        let days: Vec<_> = changes.keys().map(ToString::to_string).collect();
        assert_eq!(days, ["2024-04-30", "2024-05-01", "2024-05-04"]);
        let kept: Vec<_> = changes.values().flatten().collect();
        assert_eq!((kept[0].kind, kept[0].source.as_deref()), (DayKind::Off, Some("1570/TB")));
        assert_eq!((kept[1].kind, kept[1].provisional), (DayKind::Work, true));
        assert_eq!(read(&lines(&changes)), Ok(changes));
    }

    #[test]
    fn every_fault_is_told_at_its_line() {
        let typed = "31/2/2024;OFF;A\n1/1/2024;FREE;A\n2/1/2024;OFF\n3/1/2024;OFF;A;B;vâng\n4/1/2024;OFF;A\n04/01/2024;WORK;B\n;;A";
        assert_eq!(
            names(typed),
            [
                "lines.1.day",
                "lines.2.kind",
                "lines.3.name",
                "lines.4.provisional",
                "lines.6.day",
                "lines.7.day",
                "lines.7.kind"
            ]
        );
        assert_eq!(names(" \n;;\n"), ["lines"]);
        assert_eq!(names(&"x\n".repeat(401)), ["lines"]);
        assert_eq!(names(&format!("1/1/2024;OFF;{}", "a".repeat(201))), ["lines.1.name"]);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(
            days in prop::collection::btree_map(0..5000u64, (0..3u8, "[a-zà-ỹ ]{0,9}[a-z]", prop::option::of("[A-Z0-9/]{1,9}"), any::<bool>()), 1..30),
        ) {
            let start = NaiveDate::from_ymd_opt(2020, 1, 1).unwrap();
            let changes: DayChanges = days.into_iter().map(|(n, (kind, name, source, provisional))| {
                let day = start + chrono::Days::new(n);
                let kind = [None, Some(DayKind::Off), Some(DayKind::Work)][usize::from(kind)];
                (day, kind.map(|kind| CalendarDay { day, kind, name: tidy(&name), source, provisional }))
            }).collect();
            prop_assert_eq!(read(&lines(&changes)), Ok(changes));
        }
    }
}
