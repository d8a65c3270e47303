//! Why tasks are overdue, as the briefing says it.

use std::collections::BTreeMap;

use super::{counted, pick};
use crate::briefings::whole::{ReasonTold, Whole};
use crate::text::{Lang, vocabulary};

/// Why the overdue tasks are, by side; and how many say nothing.
pub fn reasons(lang: Lang, whole: &Whole) -> String {
    let overdue = whole.figures.key.standings.overdue;
    let (mut said, mut sides) = (0u64, BTreeMap::<_, u64>::new());
    for reason in &whole.reasons {
        said += u64::from(reason.kind.is_some() || reason.category.is_some() || reason.words.is_some());
        if let Some(kind) = reason.kind {
            *sides.entry(kind).or_default() += 1;
        }
    }
    // A workbook tells the reason in words alone.
    let unsorted = said.saturating_sub(sides.values().sum());
    let mut named: Vec<_> = sides
        .iter()
        .map(|(kind, n)| format!("{} {}", vocabulary::late_reason_kind(lang, *kind), counted(lang, *n)))
        .collect();
    if unsorted > 0 {
        let n = counted(lang, unsorted);
        named.push(pick(lang, format!("chưa phân loại {n}"), format!("not sorted {n}")));
    }
    let (all, none) = (counted(lang, overdue), counted(lang, overdue.saturating_sub(said)));
    if overdue == 0 {
        return pick(lang, "Không có nhiệm vụ quá hạn.".to_owned(), "No task is overdue.".to_owned());
    }
    if named.is_empty() {
        return pick(
            lang,
            format!(
                "Trong {all} nhiệm vụ quá hạn, chưa nhiệm vụ nào được đơn vị chủ trì giải trình nguyên nhân."
            ),
            format!("Of {all} overdue tasks, no reason was given for any."),
        );
    }
    let named = named.join(", ");
    pick(
        lang,
        format!("Trong {all} nhiệm vụ quá hạn, nguyên nhân đã giải trình: {named}; chưa giải trình: {none}."),
        format!("Of {all} overdue tasks, reasons given: {named}; none given: {none}."),
    )
}

/// Why a task is late.
pub fn reason(lang: Lang, reason: &ReasonTold) -> Option<String> {
    vocabulary::lateness(lang, reason.kind, reason.category.as_deref(), reason.words.as_deref())
}
