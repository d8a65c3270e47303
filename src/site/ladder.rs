//! The ladder of reminders on the settings page.

use super::people;
use crate::domain::ladder::{DayCount, Ladder, MOST_STEPS, Step, Told};
use crate::error::ParameterFault;
use crate::pages::{Choice, LadderLine, Switch, Words};
use crate::params::Params;
use crate::reminders::{LadderInput, LineInput};
use crate::text::mail::{day_count, told};

/// A step of the ladder as it would be typed.
fn typed(step: &Step) -> LineInput {
    LineInput {
        days: step.days.unsigned_abs().to_string(),
        side: if step.days < 0 { "before" } else { "after" }.to_owned(),
        count: step.count.code().to_owned(),
        told: step.told.clone(),
    }
}

/// The lines of the form: as typed when that was refused, else as kept, with blank ones behind.
pub(super) fn lines(w: Words, kept: &Ladder, body: &str, faults: &[ParameterFault]) -> Vec<LadderLine> {
    let mut params = Params::parse(body);
    let was_sent = params.text("side_0").is_some();
    let mut shown = match was_sent {
        true => LadderInput::take(&mut Params::parse(body)).lines,
        false => kept.steps().iter().map(typed).collect(),
    };
    let blank = LineInput {
        days: String::new(),
        side: "before".to_owned(),
        count: DayCount::Working.code().to_owned(),
        told: [].into(),
    };
    shown.resize(MOST_STEPS, blank);
    shown.iter().enumerate().map(|(n, line)| one(w, n, line, faults)).collect()
}

fn one(w: Words, n: usize, line: &LineInput, faults: &[ParameterFault]) -> LadderLine {
    let days_id = format!("days_{n}");
    let choice = |value: &str, text: &str, chosen: &str| Choice {
        value: value.to_owned(),
        text: text.to_owned(),
        selected: value == chosen,
    };
    let counts = DayCount::ALL.iter();
    LadderLine {
        title: w.settings_ladder_step(n + 1),
        days: people::field(w, faults, &days_id, &line.days),
        days_id,
        side_id: format!("side_{n}"),
        sides: vec![
            choice("before", w.settings_ladder_before(), &line.side),
            choice("after", w.settings_ladder_after(), &line.side),
        ],
        count_id: format!("count_{n}"),
        counts: counts.map(|count| choice(count.code(), day_count(w.0, *count), &line.count)).collect(),
        told: Told::ALL
            .iter()
            .map(|who| Switch {
                name: format!("{}_{n}", who.code()),
                text: told(w.0, *who).to_owned(),
                is_on: line.told.contains(who),
            })
            .collect(),
    }
}
