//! Why a task stands as it does: since when, the days that were counted, what was asked and decided.

use chrono::NaiveDate;

use super::Words;
use crate::domain::calendar::DayKind;
use crate::domain::reckoning::{NamedDays, Reckoning, Span};
use crate::domain::standing::Standing;
use crate::tasks::ExtensionTold;
use crate::text::{date, number, vocabulary};

impl Words {
    /// Since when it has stood so, and the days that were counted, a sentence each.
    pub fn reckoning(self, standing: Standing, why: &Reckoning) -> Vec<String> {
        let since = why.since.map(|since| self.since(standing, since));
        let span = why.span.as_ref().map(|span| self.span(standing, span));
        let special =
            why.span.as_ref().filter(|span| !span.special.is_empty()).map(|span| self.special(span));
        let is_judged = !matches!(standing, Standing::Outside | Standing::NoDeadline);
        let day_off = (why.due_on_day_off && is_judged).then(|| self.due_on_day_off().to_owned());
        [since, span, special, day_off].into_iter().flatten().collect()
    }

    fn since(self, standing: Standing, since: NaiveDate) -> String {
        let since = date(since);
        match standing {
            Standing::Overdue => {
                self.pick(format!("Quá hạn kể từ ngày {since}."), format!("Overdue since {since}."))
            }
            Standing::CompletedOnTime | Standing::CompletedLate => self.pick(
                format!("Ngày hoàn thành là ngày đơn vị báo cáo và được xác nhận: {since}."),
                format!("The day of completion is that of the report that was confirmed: {since}."),
            ),
            Standing::WithinTerm | Standing::NoDeadline | Standing::Outside => {
                self.pick(format!("Tình trạng này từ ngày {since}."), format!("So since {since}."))
            }
        }
    }

    fn span(self, standing: Standing, span: &Span) -> String {
        let (from, through) = (date(span.from), date(span.through));
        let (days, working) = (number(self.0, span.days.into()), number(self.0, span.working_days.into()));
        match standing {
            Standing::Overdue | Standing::CompletedLate => self.pick(
                format!("Số ngày quá hạn tính từ {from} đến hết {through}: {days} ngày, trong đó {working} ngày làm việc."),
                format!("Days late are counted from {from} through {through}: {days}, {working} of them working days."),
            ),
            _ => self.pick(
                format!("Từ {from} đến hết {through} còn {days} ngày, trong đó {working} ngày làm việc."),
                format!("From {from} through {through} there are {days} days left, {working} of them working days."),
            ),
        }
    }

    fn special(self, span: &Span) -> String {
        let all: Vec<String> = span.special.iter().map(|days| self.named_days(days)).collect();
        let all = all.join("; ");
        self.pick(
            format!("Ngày nghỉ lễ, làm bù trong khoảng này: {all}."),
            format!("Holidays and make-up days in between: {all}."),
        )
    }

    /// `Tết Nguyên đán 08/02/2024–14/02/2024 (dự kiến)`.
    fn named_days(self, days: &NamedDays) -> String {
        let when = match days.from == days.through {
            true => date(days.from),
            false => format!("{}–{}", date(days.from), date(days.through)),
        };
        let worked = match days.kind {
            DayKind::Work => self.pick(", đi làm", ", worked"),
            DayKind::Off => "",
        };
        let provisional = if days.provisional { self.pick(" (dự kiến)", " (provisional)") } else { "" };
        format!("{} {when}{worked}{provisional}", days.name)
    }

    fn due_on_day_off(self) -> &'static str {
        self.pick(
            "Ngày hết hạn là ngày nghỉ; thời hạn ghi bằng ngày cụ thể nên giữ nguyên.",
            "The deadline is a day off; a deadline given as a date stays as it is.",
        )
    }

    /// What was asked and decided about a later deadline.
    pub fn extension_step(self, told: &ExtensionTold) -> String {
        let wanted = date(told.wanted_due_on);
        let letter = told.request_number.as_deref();
        let letter =
            letter.map(|number| self.pick(format!(" (văn bản {number})"), format!(" (letter {number})")));
        let letter = letter.unwrap_or_default();
        let asked = match told.requested_on.map(date) {
            Some(on) => self.pick(
                format!("Ngày {on} đơn vị đề nghị gia hạn đến {wanted}{letter}"),
                format!("On {on} the unit asked for {wanted}{letter}"),
            ),
            None => self.pick(
                format!("Đơn vị đề nghị gia hạn đến {wanted}{letter}"),
                format!("The unit asked for {wanted}{letter}"),
            ),
        };
        format!("{asked}; {}.", self.extension_end(told))
    }

    fn extension_end(self, told: &ExtensionTold) -> String {
        if told.decision.is_none() {
            let open = self.pick(
                "chưa quyết định nên thời hạn cũ vẫn áp dụng",
                "not decided, so the old deadline holds",
            );
            return open.to_owned();
        }
        let decision = vocabulary::extension_decision(self.0, told.decision);
        let on = told.decided_on.map(date);
        let on = on.map(|on| self.pick(format!("ngày {on} quyết định"), format!("decided on {on}")));
        let on = on.unwrap_or_else(|| self.pick("quyết định", "decided").to_owned());
        let due = told.new_due_on.map(date);
        let due = due.map(|due| self.pick(format!(", thời hạn mới {due}"), format!(", new deadline {due}")));
        let reason = told.decision_reason.as_deref();
        let reason = reason.map(|why| self.pick(format!("; lý do: {why}"), format!("; reason: {why}")));
        format!("{on}: {decision}{}{}", due.unwrap_or_default(), reason.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::task::ExtensionDecision;
    use crate::text::Lang;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn days_between_are_told_with_their_names() {
        let tet = |provisional| NamedDays {
            from: day("2027-02-04"),
            through: day("2027-02-10"),
            kind: DayKind::Off,
            name: "Tết Nguyên đán".into(),
            provisional,
        };
        let why = Reckoning {
            since: Some(day("2027-01-29")),
            span: Some(Span {
                from: day("2027-01-29"),
                through: day("2027-02-12"),
                days: 15,
                working_days: 6,
                special: vec![tet(true)],
            }),
            due_on_day_off: true,
        };
        assert_eq!(
            Words(Lang::Vi).reckoning(Standing::Overdue, &why),
            [
                "Quá hạn kể từ ngày 29/01/2027.",
                "Số ngày quá hạn tính từ 29/01/2027 đến hết 12/02/2027: 15 ngày, trong đó 6 ngày làm việc.",
                "Ngày nghỉ lễ, làm bù trong khoảng này: Tết Nguyên đán 04/02/2027–10/02/2027 (dự kiến).",
                "Ngày hết hạn là ngày nghỉ; thời hạn ghi bằng ngày cụ thể nên giữ nguyên.",
            ]
        );
    }

    #[test]
    fn an_extension_is_told_with_its_letter_and_its_decision() {
        let told = ExtensionTold {
            requested_on: Some(day("2024-06-10")),
            request_number: Some("12/CVT".into()),
            reason: None,
            wanted_due_on: day("2024-09-30"),
            wanted_words: None,
            decision: Some(ExtensionDecision::Refused),
            decided_on: Some(day("2024-06-20")),
            decision_reason: Some("Đã gia hạn hai lần".into()),
            new_due_on: None,
        };
        assert_eq!(
            Words(Lang::Vi).extension_step(&told),
            "Ngày 10/06/2024 đơn vị đề nghị gia hạn đến 30/09/2024 (văn bản 12/CVT); ngày 20/06/2024 quyết định: từ chối; \
             lý do: Đã gia hạn hai lần."
        );
        let open = ExtensionTold { decision: None, decided_on: None, requested_on: None, ..told };
        assert!(Words(Lang::En).extension_step(&open).ends_with("not decided, so the old deadline holds."));
    }
}
