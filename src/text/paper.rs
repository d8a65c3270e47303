//! The words of the briefing as a paper: its sentences beside the figures', and the names of its lines and figures.

mod named;
mod why;

pub use named::{differs, figure, imbalance, line};
pub use why::{reason, reasons};

use chrono::NaiveDate;

use super::{Lang, count, date, number, percent, vocabulary};
use crate::briefings::whole::{Before, Coverage};
use crate::domain::briefing::{Cell, Figures};
use crate::domain::flow::{Effect, Source, Totals};
use crate::domain::period::Month;
use crate::domain::standing::Standing;
use crate::domain::task::ExtensionDecision;

/// Who issues it.
pub const OFFICE: &str = "Văn phòng";
/// What follows its number.
pub const SYMBOL: &str = "BC-VP";
/// What it is.
pub const REPORT: &str = "Báo cáo";
/// Who gets it.
pub const RECIPIENTS: [&str; 3] = ["- Lãnh đạo (để báo cáo);", "- Các cơ quan, đơn vị;", "- Lưu: VT, VP."];
/// Who signs.
pub const SIGNER: &str = "Chánh Văn phòng";

/// `11/2024`.
pub fn month(month: Month) -> String {
    format!("{:02}/{}", month.month(), month.year())
}

/// What it is about.
pub fn subject(of: Month) -> String {
    let month = if of.month() <= 2 { format!("{:02}", of.month()) } else { of.month().to_string() };
    format!("Tình hình thực hiện nhiệm vụ trọng tâm tháng {month} năm {}", of.year())
}

/// Whom it is for.
pub fn addressee(tenant: &str) -> String {
    format!("Lãnh đạo {tenant}")
}

/// The sentence before the sections.
pub fn begins(cutoff: NaiveDate) -> String {
    format!(
        "Văn phòng báo cáo tình hình thực hiện các nhiệm vụ trọng tâm được giao, số liệu chốt đến hết ngày {}, như sau:",
        date(cutoff)
    )
}

/// Where the tables of a section are.
pub fn details(labels: &[String]) -> String {
    format!("(Chi tiết tại {} kèm theo.)", labels.join(", "))
}

/// `Phụ lục I`.
pub fn appendix(place: usize) -> String {
    const ROMAN: [&str; 10] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"];
    let numeral = ROMAN.get(place.saturating_sub(1)).copied().unwrap_or("XI");
    format!("Phụ lục {numeral}")
}

fn counted(lang: Lang, n: u64) -> String {
    match lang {
        Lang::Vi => count(n),
        Lang::En => number(lang, n),
    }
}

fn pick(lang: Lang, vi: String, en: String) -> String {
    match lang {
        Lang::Vi => vi,
        Lang::En => en,
    }
}

/// Single figures for a template: tag, name, value.
pub fn fields(figures: &Figures) -> Vec<(&'static str, &'static str, String)> {
    let (key, due) = (&figures.key, &figures.key.month);
    let on_time = key.on_time_rate();
    let rate = format!("{} ({}/{})", percent(Lang::Vi, on_time.percent_tenths()), on_time.part, on_time.of);
    vec![
        ("month", "Tháng", month(figures.cut.month)),
        ("cutoff", "Ngày chốt số liệu", date(figures.cut.cutoff)),
        ("overdue_tasks", "Nhiệm vụ quá hạn", count(key.standings.overdue)),
        ("overdue_units", "Đơn vị có nhiệm vụ quá hạn", count(figures.overdue_units() as u64)),
        ("longest_overdue_days", "Số ngày quá hạn lâu nhất", count(key.longest_overdue_days.into())),
        ("due_in_month", "Nhiệm vụ đến hạn trong tháng", count(due.due_in_period)),
        ("due_in_month_on_time", "Trong đó đúng hạn", count(due.on_time)),
        ("on_time_rate", "Tỷ lệ đúng hạn", rate),
        ("completed_in_month", "Hoàn thành trong tháng", count(due.completed_in_period)),
        ("due_next_month", "Phải hoàn thành tháng sau", count(due.due_next)),
        ("due_next_schemes", "Đề án trình Chính phủ, Thủ tướng", count(due.due_next_schemes_to_government)),
    ]
}

/// What the Government and the Prime Minister gave.
pub fn government(lang: Lang, key: &Cell) -> String {
    let n = &key.standings;
    if key.tasks == 0 {
        return pick(
            lang,
            "Không có nhiệm vụ trọng tâm do Chính phủ, Thủ tướng Chính phủ giao.".to_owned(),
            "No key task was given by the Government or the Prime Minister.".to_owned(),
        );
    }
    pick(
        lang,
        format!(
            "Nhiệm vụ do Chính phủ, Thủ tướng Chính phủ giao: {} nhiệm vụ, trong đó {} hoàn thành đúng hạn, {} hoàn \
             thành quá hạn, {} đang thực hiện trong hạn, {} quá hạn, {} không có thời hạn, {} ngoài thống kê.",
            count(key.tasks),
            count(n.completed_on_time),
            count(n.completed_late),
            count(n.within_term),
            count(n.overdue),
            count(n.no_deadline),
            count(n.outside)
        ),
        format!(
            "Given by the Government and the Prime Minister: {} tasks, {} on time, {} late, {} within term, {} \
             overdue, {} without a deadline, {} outside the count.",
            key.tasks,
            n.completed_on_time,
            n.completed_late,
            n.within_term,
            n.overdue,
            n.no_deadline,
            n.outside
        ),
    )
}

/// Requests for later deadlines: asked, agreed, refused, open.
pub fn extensions(lang: Lang, counts: [u64; 4]) -> String {
    if counts == [0; 4] {
        let (vi, en) = ("Trong kỳ không có đề nghị gia hạn.", "No extension was asked for or decided.");
        return pick(lang, vi.to_owned(), en.to_owned());
    }
    let [asked, agreed, refused, open] = counts.map(|n| counted(lang, n));
    pick(
        lang,
        format!(
            "Đề nghị gia hạn được xem xét trong kỳ: {asked}; đồng ý {agreed}, không đồng ý {refused}, chưa quyết định \
             {open}."
        ),
        format!("Extensions before the desk: {asked}; {agreed} agreed, {refused} refused, {open} open."),
    )
}

/// How many units keep their tasks up to date, and what that means.
pub fn coverage(lang: Lang, coverage: &Coverage, cutoff: NaiveDate) -> String {
    let Coverage { since, units, updated, silent } = coverage;
    let missing = if silent.is_empty() { String::new() } else { format!(" ({})", silent.join(", ")) };
    pick(
        lang,
        format!(
            "{} trên {} đơn vị đang chủ trì nhiệm vụ đã cập nhật tiến độ, báo cáo hoàn thành hoặc đề nghị \
             gia hạn trong 05 ngày làm việc, từ {} đến {}; chưa cập nhật: {}{missing}.",
            count(*updated),
            count(*units),
            date(*since),
            date(cutoff),
            count(silent.len() as u64)
        ),
        format!(
            "{updated} of {units} units that lead a task in progress noted progress, reported completion or asked for \
             an extension in the 5 working days from {} to {}; not updated: {}{missing}.",
            date(*since),
            date(cutoff),
            silent.len()
        ),
    )
}

/// The units that need direct help.
pub fn help(lang: Lang, units: &[(&str, u64)]) -> String {
    let named: Vec<_> = units.iter().map(|(name, n)| format!("{name} ({})", counted(lang, *n))).collect();
    let named = named.join("; ");
    pick(
        lang,
        format!("Các đơn vị cần được làm việc trực tiếp để tháo gỡ: {named}."),
        format!("Units that need direct help: {named}."),
    )
}

/// The units without overdue work.
pub fn clear(lang: Lang, units: &[&str]) -> String {
    let n = units.len() as u64;
    let named = if units.is_empty() { String::new() } else { format!(": {}", units.join(", ")) };
    pick(
        lang,
        format!("{} đơn vị không có nhiệm vụ trọng tâm quá hạn{named}.", counted(lang, n)),
        format!("{} units have no overdue key task{named}.", counted(lang, n)),
    )
}

/// How many are overdue at two briefings running.
pub fn twice(lang: Lang, n: u64) -> String {
    let n = counted(lang, n);
    pick(
        lang,
        format!("{n} nhiệm vụ quá hạn ở cả hai kỳ giao ban liên tiếp."),
        format!("{n} tasks are overdue at two briefings running."),
    )
}

/// The flow in one sentence, with where its opening comes from.
pub fn flow(lang: Lang, totals: &Totals, before: &Before) -> String {
    let sum = |effect| {
        let lines = totals.lines.iter().filter(|(line, _)| line.effect() == effect);
        counted(lang, lines.map(|(_, n)| *n).sum())
    };
    let (added, taken) = (sum(Effect::Adds), sum(Effect::Takes));
    let (opened, closed) = (counted(lang, totals.opening), counted(lang, totals.closing));
    pick(
        lang,
        format!(
            "Biến động so với kỳ trước: đầu kỳ {opened}, tăng {added}, giảm {taken}, cuối kỳ {closed} nhiệm vụ quá hạn. {}",
            source(lang, before)
        ),
        format!(
            "Flow since the briefing before: opening {opened}, added {added}, taken off {taken}, closing {closed} \
             overdue tasks. {}",
            source(lang, before)
        ),
    )
}

fn source(lang: Lang, before: &Before) -> String {
    let (of, on) = (month(before.month), date(before.cutoff));
    match before.source {
        Source::Published => {
            let version = before.version.unwrap_or(1);
            pick(
                lang,
                format!("Số đầu kỳ lấy từ báo cáo tháng {of} đã phát hành (bản {version})."),
                format!("The opening is that of the briefing published for {of} (version {version})."),
            )
        }
        Source::Computed => pick(
            lang,
            format!(
                "Chưa có báo cáo kỳ trước được phát hành: số đầu kỳ tính lại tại ngày {on} theo dữ liệu hiện nay."
            ),
            format!(
                "No earlier briefing was published: the opening is computed as of {on} by what is known now."
            ),
        ),
        Source::Typed => pick(
            lang,
            format!(
                "Số đầu kỳ tại ngày {on} do Văn phòng nhập từ báo cáo trước khi dùng hệ thống.{}",
                reported(lang, before)
            ),
            format!(
                "The opening as of {on} was typed from a report made before this system was used.{}",
                reported(lang, before)
            ),
        ),
    }
}

/// What that report said of all tasks.
fn reported(lang: Lang, before: &Before) -> String {
    let Some(totals) = &before.totals else { return String::new() };
    let [all, done, within, overdue, none, outside] = [
        totals.tasks,
        totals.completed,
        totals.within_term,
        before.overdue,
        totals.no_deadline,
        totals.outside,
    ]
    .map(|n| counted(lang, n));
    pick(
        lang,
        format!(
            " Báo cáo đó có {all} nhiệm vụ: {done} đã hoàn thành, {within} đang thực hiện trong hạn, {overdue} quá \
             hạn, {none} không có thời hạn, {outside} ngoài thống kê."
        ),
        format!(
            " That report had {all} tasks: {done} completed, {within} within term, {overdue} overdue, {none} without \
             a deadline, {outside} outside the count."
        ),
    )
}

/// The first line of the flow.
pub fn opening(lang: Lang, before: &Before) -> String {
    let on = date(before.cutoff);
    pick(lang, format!("Quá hạn đầu kỳ ({on})"), format!("Overdue in the opening ({on})"))
}

/// The last line of the flow.
pub fn closing(lang: Lang, cutoff: NaiveDate) -> String {
    let on = date(cutoff);
    pick(lang, format!("Quá hạn cuối kỳ ({on})"), format!("Overdue in the closing ({on})"))
}

/// A standing, capital first.
pub fn standing(lang: Lang, standing: Standing) -> String {
    vocabulary::capitalised(vocabulary::standing(lang, standing))
}

/// What was decided.
pub fn decision(lang: Lang, decision: Option<ExtensionDecision>) -> String {
    vocabulary::capitalised(vocabulary::extension_decision(lang, decision))
}

/// Where the author proposes nothing.
pub fn no_proposals(lang: Lang) -> &'static str {
    match lang {
        Lang::Vi => "Không có kiến nghị.",
        Lang::En => "None.",
    }
}

/// What was looked at again and found whole.
pub fn verified(lang: Lang, n: usize) -> String {
    pick(lang, format!("{n} bản đã phát hành còn nguyên vẹn."), format!("{n} published versions are whole."))
}

/// What is wrong with a published version.
pub fn flaw(lang: Lang, of: Month, version: u32, what: &str) -> String {
    let of = month(of);
    pick(
        lang,
        format!("Tháng {of}, bản {version}: sai {what}."),
        format!("{of}, version {version}: {what} is wrong."),
    )
}

/// The letter that says that a draft was made: subject and lines.
pub fn draft_letter(lang: Lang, of: Month, cutoff: NaiveDate, counts: [u64; 2]) -> (String, Vec<String>) {
    let (of, on) = (month(of), date(cutoff));
    let [overdue, added] = counts.map(|n| counted(lang, n));
    pick_letter(
        lang,
        (
            format!("Dự thảo giao ban tháng {of}"),
            format!(
                "Dự thảo báo cáo giao ban tháng {of} đã được lập, chốt số liệu ngày {on}: {overdue} nhiệm vụ trọng \
                     tâm quá hạn, trong đó {added} mới quá hạn trong kỳ."
            ),
        ),
        (
            format!("Draft of the briefing for {of}"),
            format!(
                "The draft of the briefing for {of} was made as of {on}: {overdue} overdue key tasks, {added} of \
                     them newly overdue."
            ),
        ),
    )
}

fn pick_letter(lang: Lang, vi: (String, String), en: (String, String)) -> (String, Vec<String>) {
    let (subject, line) = match lang {
        Lang::Vi => vi,
        Lang::En => en,
    };
    (subject, vec![line])
}
