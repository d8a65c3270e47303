//! The briefing's paragraphs, as an office pastes them into its report.

use chrono::NaiveDate;

use super::{Lang, count, date, number, percent, vocabulary};
use crate::domain::briefing::{Figures, Rate};
use crate::domain::period::Month;
use crate::domain::task::ProductKind;
use crate::error::BriefingFault;

/// The paragraphs, one a line: overdue, the month, the next month, all key tasks.
pub fn paragraphs(lang: Lang, figures: &Figures) -> String {
    let paragraphs = match lang {
        Lang::Vi => vec![overdue_vi(figures), month_vi(figures), next_vi(figures), standings_vi(figures)],
        Lang::En => vec![overdue_en(figures), month_en(figures), next_en(figures), standings_en(figures)],
    };
    paragraphs.join("\n\n")
}

/// `tháng 11/2024`.
fn month_name(month: Month) -> String {
    format!("{:02}/{}", month.month(), month.year())
}

/// A count in running text, with a leading zero only in Vietnamese.
fn counted(lang: Lang, n: u64) -> String {
    match lang {
        Lang::Vi => count(n),
        Lang::En => number(lang, n),
    }
}

/// `CVT (07), ATTT (06)`.
fn by_unit(lang: Lang, figures: &Figures) -> String {
    let units = figures.overdue_by_unit();
    units
        .iter()
        .map(|(unit, n)| format!("{} ({})", unit.short_name, counted(lang, *n)))
        .collect::<Vec<_>>()
        .join(", ")
}

/// The kinds due next month, the most first: `80 báo cáo, 57 văn bản`; what is of no named kind last.
fn by_product(lang: Lang, figures: &Figures) -> String {
    let mut kinds: Vec<_> = figures.due_next_by_product.iter().collect();
    kinds.sort_by_key(|(kind, n)| (**kind == ProductKind::Other, std::cmp::Reverse(**n)));
    let worded: Vec<_> = kinds
        .into_iter()
        .map(|(kind, n)| match (kind, lang) {
            (ProductKind::Other, Lang::Vi) => format!("{} sản phẩm khác", count(*n)),
            (ProductKind::Other, Lang::En) => format!("other products: {}", number(lang, *n)),
            (kind, Lang::Vi) => format!("{} {}", count(*n), vocabulary::product(lang, *kind)),
            (kind, Lang::En) => format!("{}: {}", vocabulary::product(lang, *kind), number(lang, *n)),
        })
        .collect();
    worded.join(", ")
}

fn overdue_vi(figures: &Figures) -> String {
    let cutoff = date(figures.cut.cutoff);
    let overdue = figures.key.standings.overdue;
    if overdue == 0 {
        return format!("Tính đến ngày {cutoff}, không có nhiệm vụ trọng tâm quá hạn.");
    }
    format!(
        "Tính đến ngày {cutoff}, còn {} cơ quan, đơn vị có {} nhiệm vụ trọng tâm quá hạn: {}. \
         Nhiệm vụ quá hạn lâu nhất là {} ngày.",
        count(units(figures)),
        count(overdue),
        by_unit(Lang::Vi, figures),
        count(figures.key.longest_overdue_days.into()),
    )
}

fn month_vi(figures: &Figures) -> String {
    let (month, name) = (&figures.key.month, month_name(figures.cut.month));
    format!(
        "Trong tháng {name} có {} nhiệm vụ trọng tâm đến hạn; tính đến ngày {}, {} nhiệm vụ đã hoàn thành hoặc \
         đã đến hạn, trong đó {} nhiệm vụ hoàn thành đúng hạn, đạt {}{}. Đã hoàn thành trong tháng {} nhiệm vụ, \
         trong đó {} nhiệm vụ hoàn thành quá hạn.",
        count(month.due_in_period),
        date(figures.cut.cutoff),
        count(month.reached),
        count(month.on_time),
        rate(Lang::Vi, figures.key.on_time_rate()),
        against_original_vi(figures),
        count(month.completed_in_period),
        count(month.completed_in_period_late),
    )
}

/// Only worth a clause when extensions made a difference.
fn against_original_vi(figures: &Figures) -> String {
    let (current, original) = (figures.key.on_time_rate(), figures.key.on_time_rate_original());
    if current == original {
        return String::new();
    }
    format!(
        "; so với thời hạn ban đầu, {} nhiệm vụ đúng hạn, đạt {}",
        count(original.part),
        rate(Lang::Vi, original)
    )
}

fn next_vi(figures: &Figures) -> String {
    let (month, name) = (&figures.key.month, month_name(figures.cut.month.next()));
    if month.due_next == 0 {
        return format!("Tháng {name} không có nhiệm vụ trọng tâm đến hạn.");
    }
    format!(
        "Tháng {name} phải hoàn thành {} nhiệm vụ trọng tâm, trong đó có {} đề án trình Chính phủ, Thủ tướng \
         Chính phủ và {} thông tư; chia theo sản phẩm: {}.",
        count(month.due_next),
        count(month.due_next_schemes_to_government),
        count(figures.due_next_by_product.get(&ProductKind::Circular).copied().unwrap_or(0)),
        by_product(Lang::Vi, figures),
    )
}

fn standings_vi(figures: &Figures) -> String {
    let (counts, total) = (&figures.key.standings, figures.key.tasks);
    format!(
        "Tổng số nhiệm vụ trọng tâm đã giao đến ngày {}: {} nhiệm vụ, gồm {} hoàn thành đúng hạn, {} hoàn thành \
         quá hạn, {} đang thực hiện trong hạn (trong đó {} sắp đến hạn), {} đang thực hiện quá hạn, {} không có \
         thời hạn, {} ngoài thống kê.",
        date(figures.cut.cutoff),
        count(total),
        count(counts.completed_on_time),
        count(counts.completed_late),
        count(counts.within_term),
        count(counts.due_soon),
        count(counts.overdue),
        count(counts.no_deadline),
        count(counts.outside),
    )
}

/// `71,3 % (72/101)`: a rate never stands without its denominator.
fn rate(lang: Lang, rate: Rate) -> String {
    format!(
        "{} ({}/{})",
        percent(lang, rate.percent_tenths()),
        number(lang, rate.part),
        number(lang, rate.of)
    )
}

fn units(figures: &Figures) -> u64 {
    u64::try_from(figures.overdue_units()).unwrap_or(u64::MAX)
}

fn overdue_en(figures: &Figures) -> String {
    let cutoff = date(figures.cut.cutoff);
    let overdue = figures.key.standings.overdue;
    if overdue == 0 {
        return format!("As of {cutoff} no key task is overdue.");
    }
    format!(
        "As of {cutoff}, {} units have {} overdue key tasks: {}. The longest delay is {} days.",
        number(Lang::En, units(figures)),
        number(Lang::En, overdue),
        by_unit(Lang::En, figures),
        figures.key.longest_overdue_days,
    )
}

fn month_en(figures: &Figures) -> String {
    let month = &figures.key.month;
    format!(
        "{} key tasks fall due in {}; by {} {} of them were completed or due, {} on time: {} ({} against the \
         original deadlines). {} were completed in the month, {} of them late.",
        number(Lang::En, month.due_in_period),
        month_name(figures.cut.month),
        date(figures.cut.cutoff),
        number(Lang::En, month.reached),
        number(Lang::En, month.on_time),
        rate(Lang::En, figures.key.on_time_rate()),
        rate(Lang::En, figures.key.on_time_rate_original()),
        number(Lang::En, month.completed_in_period),
        number(Lang::En, month.completed_in_period_late),
    )
}

fn next_en(figures: &Figures) -> String {
    let month = &figures.key.month;
    format!(
        "{} key tasks are due in {}, {} of them schemes to the Government or the Prime Minister: {}.",
        number(Lang::En, month.due_next),
        month_name(figures.cut.month.next()),
        number(Lang::En, month.due_next_schemes_to_government),
        by_product(Lang::En, figures),
    )
}

fn standings_en(figures: &Figures) -> String {
    let counts = &figures.key.standings;
    format!(
        "Of {} key tasks assigned by {}: {} completed on time, {} completed late, {} within term ({} of them due \
         soon), {} overdue, {} without a deadline, {} outside the count.",
        number(Lang::En, figures.key.tasks),
        date(figures.cut.cutoff),
        number(Lang::En, counts.completed_on_time),
        number(Lang::En, counts.completed_late),
        number(Lang::En, counts.within_term),
        number(Lang::En, counts.due_soon),
        number(Lang::En, counts.overdue),
        number(Lang::En, counts.no_deadline),
        number(Lang::En, counts.outside),
    )
}

/// The overdue list in text: a numbered line a task.
pub fn overdue_line(
    lang: Lang,
    number: usize,
    code: &str,
    unit: &str,
    due: Option<NaiveDate>,
    days: u32,
) -> String {
    let due = due.map(date).unwrap_or_default();
    match lang {
        Lang::Vi => format!("{number}. {code} · {unit} · hạn {due} · quá hạn {days} ngày"),
        Lang::En => format!("{number}. {code} · {unit} · due {due} · {days} days late"),
    }
}

/// Why a briefing is not published.
pub fn fault(lang: Lang, fault: &BriefingFault) -> String {
    match (fault, lang) {
        (BriefingFault::Unplaced(codes), Lang::Vi) => {
            format!("Chưa phát hành được: không dòng biến động nào giải thích được {}.", codes.join(", "))
        }
        (BriefingFault::Unplaced(codes), Lang::En) => {
            format!("Not published: no line of the flow explains {}.", codes.join(", "))
        }
        (BriefingFault::MonthAhead, Lang::Vi) => "Tháng này chưa bắt đầu.".to_owned(),
        (BriefingFault::MonthAhead, Lang::En) => "The month has not begun.".to_owned(),
        (BriefingFault::ReasonNeeded, Lang::Vi) => {
            "Tháng này đã phát hành; bản đính chính cần nêu lý do.".to_owned()
        }
        (BriefingFault::ReasonNeeded, Lang::En) => {
            "The month is published; a correction needs its reason.".to_owned()
        }
        (BriefingFault::NothingToCorrect, Lang::Vi) => {
            "Tháng này chưa phát hành nên chưa có gì để đính chính; bỏ trống lý do.".to_owned()
        }
        (BriefingFault::NothingToCorrect, Lang::En) => {
            "Nothing of the month is published yet, so there is nothing to correct; leave the reason blank."
                .to_owned()
        }
    }
}
