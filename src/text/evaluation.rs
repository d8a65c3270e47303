//! The words of the evaluation of units: periods, formulas, and each score as a sentence with its numbers put in.

use super::{Lang, count, date, number, percent, tenths, vocabulary};
use crate::domain::briefing::Rate;
use crate::domain::evaluation::{
    Evaluation, Formula, Review, Scope, Score, Scored, Span, UnitScored, Weights,
};

/// What it is for, as the document says it.
pub const REPORT: &str = "Báo cáo";
/// `Nơi nhận`.
pub const RECIPIENTS: [&str; 3] =
    ["- Lãnh đạo (để báo cáo);", "- Hội đồng Thi đua - Khen thưởng;", "- Lưu: VT, VP."];

fn pick(lang: Lang, vi: String, en: String) -> String {
    match lang {
        Lang::Vi => vi,
        Lang::En => en,
    }
}

/// A number of running text.
fn counted(lang: Lang, n: u64) -> String {
    match lang {
        Lang::Vi => count(n),
        Lang::En => number(lang, n),
    }
}

/// `quý III năm 2026`, `năm 2026`.
pub fn span(lang: Lang, span: Span) -> String {
    let year = span.year();
    let Some(quarter) = span.quarter() else {
        return pick(lang, format!("năm {year}"), year.to_string());
    };
    let roman = match quarter {
        1 => "I",
        2 => "II",
        3 => "III",
        _ => "IV",
    };
    pick(lang, format!("quý {roman} năm {year}"), format!("Q{quarter} {year}"))
}

/// What the page and the document are about.
pub fn title(lang: Lang, of: Span) -> String {
    let of = span(lang, of);
    pick(
        lang,
        format!("Đánh giá kết quả thực hiện nhiệm vụ của các đơn vị {of}"),
        format!("Evaluation of units, {of}"),
    )
}

/// A formula's name.
pub fn formula(lang: Lang, formula: Formula) -> &'static str {
    let (vi, en) = match formula {
        Formula::Decree90 => ("Nghị định 90/2020/NĐ-CP: ngưỡng 80 %", "Decree 90/2020: the 80% line"),
        Formula::Decree335 => ("Nghị định 335/2025/NĐ-CP: điểm tiến độ", "Decree 335/2025: progress points"),
    };
    match lang {
        Lang::Vi => vi,
        Lang::En => en,
    }
}

/// Which tasks count.
pub fn scope(lang: Lang, scope: Scope) -> &'static str {
    let (vi, en) = match scope {
        Scope::Key => ("Nhiệm vụ trọng tâm", "Key tasks"),
        Scope::All => ("Mọi nhiệm vụ", "All tasks"),
    };
    match lang {
        Lang::Vi => vi,
        Lang::En => en,
    }
}

/// Thousandths as a decimal without noughts at its end: `9,475`, `12,5`, `12`.
pub fn thousandths(lang: Lang, n: u64) -> String {
    let (whole, rest) = (number(lang, n / 1000), n % 1000);
    if rest == 0 {
        return whole;
    }
    let digits = format!("{rest:03}");
    let comma = if lang == Lang::Vi { ',' } else { '.' };
    format!("{whole}{comma}{}", digits.trim_end_matches('0'))
}

/// `75,8 điểm`; a dash where there is no score.
pub fn points(lang: Lang, score: Option<Score>) -> String {
    match score {
        None => "–".to_owned(),
        Some(score) => {
            let points = tenths(lang, score.tenths);
            pick(lang, format!("{points} điểm"), format!("{points} points"))
        }
    }
}

/// What counts, on which day.
pub fn basis(lang: Lang, all: &Evaluation) -> String {
    let Review { span: of, period, cutoff } = all.review;
    let (first, last, cutoff) = (date(period.first), date(period.last), date(cutoff));
    let (of, n) = (span(lang, of), &all.total.tally);
    let [due, reached] = [n.due, n.reached].map(|n| counted(lang, n));
    let which = match (lang, all.scope) {
        (Lang::Vi, Scope::Key) => "nhiệm vụ trọng tâm",
        (Lang::Vi, Scope::All) => "mọi nhiệm vụ",
        (Lang::En, Scope::Key) => "key tasks",
        (Lang::En, Scope::All) => "all tasks",
    };
    pick(
        lang,
        format!(
            "Xét {which} có thời hạn đang có hiệu lực (đã tính gia hạn) trong {of}, từ {first} đến {last}, đã giao và \
             không ngoài thống kê tại ngày chốt {cutoff}: {due} nhiệm vụ, trong đó {reached} đã đến hạn (hoàn thành đến \
             ngày chốt, hoặc thời hạn trước ngày chốt). Nhiệm vụ chưa đến hạn và nhiệm vụ không có thời hạn không tính \
             điểm; báo cáo chờ xác nhận chưa tính là hoàn thành."
        ),
        format!(
            "Counted are {which} whose deadline in force (extensions included) lies in {of}, {first} to {last}, that \
             were assigned and not outside the count on the cut-off {cutoff}: {due} tasks, of which {reached} were \
             reached (completed by the cut-off, or due before it). Tasks that are not due yet or have no deadline are \
             in no score; a report that waits for confirmation is no completion yet."
        ),
    )
}

/// The formula in words.
pub fn explained(lang: Lang, formula: Formula) -> String {
    match formula {
        Formula::Decree90 => pick(
            lang,
            "Điểm (Nghị định 90/2020/NĐ-CP) = 100 × tổng hệ số của nhiệm vụ hoàn thành đúng hạn ÷ tổng hệ số của nhiệm \
             vụ đã đến hạn. Đạt ngưỡng 80 % khi hoàn thành tất cả nhiệm vụ đã đến hạn, trong đó ít nhất 80 % đúng hạn, \
             tính theo số nhiệm vụ, không làm tròn."
                .to_owned(),
            "Score (Decree 90/2020) = 100 × the weights of tasks completed on time ÷ the weights of tasks reached. The \
             80% line is met when every task reached was completed and at least 80% of them on time, by their number, \
             unrounded."
                .to_owned(),
        ),
        Formula::Decree335 => pick(
            lang,
            "Điểm tiến độ (Nghị định 335/2025/NĐ-CP) = 100 × tổng (hệ số × (1 − 25 % × số lần chậm)) của nhiệm vụ đã \
             hoàn thành ÷ tổng hệ số của nhiệm vụ đã đến hạn; chậm từ 4 lần thì được 0. Mỗi thời hạn trôi qua khi chưa \
             báo cáo hoàn thành là một lần chậm: gia hạn quyết định trong hạn thì không chậm, quyết định sau khi đã quá \
             hạn thì lần chậm đó vẫn tính; thời gian ngoài thống kê không tính. Nguyên nhân khách quan được cấp có thẩm \
             quyền xác nhận thì xem xét riêng, không tự trừ ra ở đây."
                .to_owned(),
            "Progress points (Decree 335/2025) = 100 × the sum of weight × (1 − 25% × delays) over completed tasks ÷ the \
             weights of tasks reached; four delays leave nothing. Each deadline that passes before completion was \
             reported is a delay: an extension decided in time leaves none, one decided later takes none back, and time \
             outside the count makes none. Objective reasons confirmed by the competent authority are considered apart; \
             nothing is left out here."
                .to_owned(),
        ),
    }
}

/// What the kinds of product weigh.
pub fn weights(lang: Lang, weights: &Weights) -> String {
    let one = |(kind, tenth)| format!("{} {}", vocabulary::product(lang, kind), tenths(lang, tenth));
    let unusual: Vec<String> = weights.unusual().map(one).collect();
    let usual = tenths(lang, Weights::USUAL);
    if unusual.is_empty() {
        return pick(
            lang,
            format!("Mọi loại sản phẩm có hệ số {usual}."),
            format!("Every kind of product weighs {usual}."),
        );
    }
    let unusual = unusual.join("; ");
    pick(
        lang,
        format!("Hệ số theo loại sản phẩm: {unusual}; các loại khác {usual}."),
        format!("Weights by kind of product: {unusual}; all others {usual}."),
    )
}

/// How it is rounded and ranked.
pub fn rounding(lang: Lang) -> &'static str {
    match lang {
        Lang::Vi => {
            "Điểm làm tròn một lần, đến một chữ số thập phân (từ 0,05 thì tăng). Xếp hạng theo điểm đã làm tròn: bằng \
             điểm thì cùng hạng, đơn vị tiếp theo xếp sau tất cả các đơn vị hơn điểm."
        }
        Lang::En => {
            "A score is rounded once, half-up to one decimal. Units are ranked by it: equal scores share a rank, and the \
             next unit comes after all that have more."
        }
    }
}

/// A formula that is not the one of the period's year.
pub fn other_years(lang: Lang, all: &Evaluation) -> Option<String> {
    let (year, own) = (all.review.span.year(), Formula::of_year(all.review.span.year()));
    (own != all.formula).then(|| {
        let own = formula(lang, own);
        pick(
            lang,
            format!("Công thức đang chọn không phải công thức có hiệu lực của năm {year} ({own})."),
            format!("This is not the formula in force for {year} ({own})."),
        )
    })
}

/// `12/15 (80,0 %)`.
fn share(lang: Lang, rate: Rate) -> String {
    let (part, of) = (number(lang, rate.part), number(lang, rate.of));
    format!("{part}/{of} ({})", percent(lang, rate.percent_tenths()))
}

/// All units together.
pub fn summary(lang: Lang, all: &Evaluation) -> String {
    let n = &all.total.tally;
    let [done, on_time, original] =
        [n.completion_rate(), n.on_time_rate(), n.on_time_rate_original()].map(|rate| share(lang, rate));
    let scored = all.units.iter().filter(|unit| unit.rank.is_some()).count() as u64;
    let [units, scored, days] = [all.units.len() as u64, scored, n.late_days].map(|n| counted(lang, n));
    pick(
        lang,
        format!(
            "{scored} trên {units} đơn vị có nhiệm vụ đã đến hạn và được tính điểm. Toàn bộ: hoàn thành {done}; đúng hạn \
             {on_time} theo thời hạn hiện hành, {original} theo thời hạn ban đầu; tổng số ngày chậm {days}."
        ),
        format!(
            "{scored} of {units} units had tasks reached and are scored. In all: {done} completed; {on_time} on time by \
             the deadlines in force, {original} by the original ones; {days} days late."
        ),
    )
}

/// Who leads; nothing where no unit has a score.
pub fn leading(lang: Lang, all: &Evaluation) -> Option<String> {
    let first: Vec<&UnitScored> = all.units.iter().filter(|unit| unit.rank == Some(1)).collect();
    let score = points(lang, first.first()?.scored.score);
    let names: Vec<&str> = first.iter().map(|unit| unit.unit.short_name.as_str()).collect();
    let names = names.join(", ");
    Some(pick(lang, format!("Xếp hạng 1: {names}, {score}."), format!("Ranked first: {names}, {score}.")))
}

/// How many reach the line of Decree 90/2020.
pub fn line(lang: Lang, all: &Evaluation) -> Option<String> {
    let meets = all.units.iter().filter(|unit| unit.scored.tally.meets_line() == Some(true)).count() as u64;
    (all.formula == Formula::Decree90).then(|| {
        let n = counted(lang, meets);
        pick(lang, format!("{n} đơn vị đạt ngưỡng 80 %."), format!("{n} units meet the 80% line."))
    })
}

/// Whether the line is reached, in a cell.
pub fn meets(lang: Lang, meets: Option<bool>) -> &'static str {
    match (lang, meets) {
        (_, None) => "–",
        (Lang::Vi, Some(true)) => "Đạt",
        (Lang::Vi, Some(false)) => "Không đạt",
        (Lang::En, Some(true)) => "Met",
        (Lang::En, Some(false)) => "Not met",
    }
}

/// The formula with a unit's own numbers put in.
pub fn sentence(lang: Lang, formula: Formula, scored: &Scored) -> String {
    let Some(score) = scored.score else {
        return pick(
            lang,
            "Không có nhiệm vụ đã đến hạn: không tính điểm.".to_owned(),
            "No task was reached: no score.".to_owned(),
        );
    };
    let n = &scored.tally;
    let [earned, of] = [score.earned, score.of].map(|n| thousandths(lang, n));
    let [reached, done, on_time] = [n.reached, n.completed(), n.on_time].map(|n| number(lang, n));
    let result = tenths(lang, score.tenths);
    match formula {
        Formula::Decree335 => pick(
            lang,
            format!(
                "Đã đến hạn {reached} nhiệm vụ, quy đổi {of}; hoàn thành {done}, quy đổi và trừ 25 % mỗi lần chậm còn \
                 {earned}. Điểm = 100 × {earned} ÷ {of} = {result}."
            ),
            format!(
                "{reached} tasks reached, converted {of}; {done} completed, converted and less 25% for each delay \
                 {earned}. Score = 100 × {earned} ÷ {of} = {result}."
            ),
        ),
        Formula::Decree90 => {
            let line =
                format!("{}; {}", share(lang, n.on_time_rate()), meets(lang, n.meets_line()).to_lowercase());
            pick(
                lang,
                format!(
                    "Đã đến hạn {reached} nhiệm vụ, quy đổi {of}; đúng hạn {on_time}, quy đổi {earned}. Điểm = 100 × \
                     {earned} ÷ {of} = {result}. Ngưỡng 80 %: hoàn thành {done}/{reached}, đúng hạn {line}."
                ),
                format!(
                    "{reached} tasks reached, converted {of}; {on_time} on time, converted {earned}. Score = 100 × \
                     {earned} ÷ {of} = {result}. 80% line: {done}/{reached} completed, on time {line}."
                ),
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::evaluation::Tally;

    fn scored() -> Scored {
        let tally = Tally {
            due: 12,
            reached: 12,
            on_time: 9,
            completed_late: 1,
            overdue: 2,
            on_time_original: 8,
            late_days: 14,
            delays: 3,
            quarters: 39,
            waiting: 0,
        };
        Scored { tally, score: Some(Score { earned: 9_475, of: 12_500, tenths: 758 }) }
    }

    #[test]
    fn a_score_is_a_sentence_with_its_numbers() {
        assert_eq!(
            sentence(Lang::Vi, Formula::Decree335, &scored()),
            "Đã đến hạn 12 nhiệm vụ, quy đổi 12,5; hoàn thành 10, quy đổi và trừ 25 % mỗi lần chậm còn 9,475. Điểm = \
             100 × 9,475 ÷ 12,5 = 75,8."
        );
        assert_eq!(
            sentence(Lang::Vi, Formula::Decree90, &scored()),
            "Đã đến hạn 12 nhiệm vụ, quy đổi 12,5; đúng hạn 9, quy đổi 9,475. Điểm = 100 × 9,475 ÷ 12,5 = 75,8. Ngưỡng \
             80 %: hoàn thành 10/12, đúng hạn 9/12 (75,0 %); không đạt."
        );
        assert_eq!(
            sentence(Lang::En, Formula::Decree335, &scored()),
            "12 tasks reached, converted 12.5; 10 completed, converted and less 25% for each delay 9.475. Score = 100 × \
             9.475 ÷ 12.5 = 75.8."
        );
        let nothing = Scored::default();
        assert_eq!(
            sentence(Lang::Vi, Formula::Decree90, &nothing),
            "Không có nhiệm vụ đã đến hạn: không tính điểm."
        );
    }

    #[test]
    fn periods_and_decimals_are_written_as_an_official_writes_them() {
        let of = |text: &str| span(Lang::Vi, Span::parse(text).unwrap());
        assert_eq!([of("2026-Q4"), of("2026")], ["quý IV năm 2026", "năm 2026"]);
        assert_eq!(
            [0, 1_000, 12_500, 9_475, 1_234_050].map(|n| thousandths(Lang::Vi, n)),
            ["0", "1", "12,5", "9,475", "1.234,05"]
        );
        assert_eq!(thousandths(Lang::En, 1_234_050), "1,234.05");
    }

    #[test]
    fn weights_are_named() {
        use crate::domain::task::ProductKind;
        assert_eq!(weights(Lang::Vi, &Weights::default()), "Mọi loại sản phẩm có hệ số 1,0.");
        let some = Weights::new([(ProductKind::Law, 20), (ProductKind::Report, 5)]);
        assert_eq!(
            weights(Lang::Vi, &some),
            "Hệ số theo loại sản phẩm: luật 2,0; báo cáo 0,5; các loại khác 1,0."
        );
    }
}
