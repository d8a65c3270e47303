//! The day on which a task was withdrawn, as a note tells it among other days.
//!
//! Only a day that belongs to a word of withdrawal is taken: a wrong day would move the task between two
//! briefings, none at all is told as a warning.

use chrono::NaiveDate;

use crate::domain::deadline;

/// The words of withdrawal; their accents count, "dừng" is neither "đúng" nor the end of "nội dung".
const VERBS: [&str; 6] = ["rút", "không thực hiện", "hủy", "huỷ", "dừng", "thôi"];
/// What turns "rút" into something else: lessons drawn, terms cut short.
const NO_VERBS: [&str; 3] = ["kinh nghiệm", "gọn", "ngắn"];
/// Words whose days are others.
const OTHER_DEEDS: [&str; 3] = ["giao", "báo cáo", "hoàn thành"];
/// Words before the number of a document, which may look like a day.
const NUMBERED: [&str; 6] = ["số", "cv", "tb", "công văn", "văn bản", "thông báo"];
/// How far behind its word a day may begin, in characters.
const REACH: usize = 60;

/// The day that a cancelled task's note names: the last one told of a withdrawal; where no word tells of
/// one, the only day there is.
pub fn day_in(note: &str) -> Option<NaiveDate> {
    let note = note.to_lowercase();
    let days = days_in(&note);
    let verbs = verbs(&note);
    if verbs.is_empty() {
        return match days.as_slice() {
            [(_, day)] => Some(*day),
            _ => None,
        };
    }
    verbs.into_iter().rev().find_map(|end| day_behind(&note, end, &days))
}

/// Where the words of withdrawal end, in bytes, in order.
fn verbs(note: &str) -> Vec<usize> {
    let mut ends: Vec<usize> = VERBS
        .iter()
        .flat_map(|verb| whole(note, verb))
        .map(|(_, end)| end)
        .filter(|end| {
            let behind = note.get(*end..).unwrap_or_default().trim_start();
            !NO_VERBS.iter().any(|other| behind.starts_with(other))
        })
        .collect();
    ends.sort_unstable();
    ends
}

/// The places of a whole word, as bytes.
fn whole<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = (usize, usize)> + 'a {
    text.match_indices(word).map(|(at, found)| (at, at + found.len())).filter(|(start, end)| {
        let before = text.get(..*start).and_then(|before| before.chars().next_back());
        let behind = text.get(*end..).and_then(|behind| behind.chars().next());
        !before.is_some_and(char::is_alphanumeric) && !behind.is_some_and(char::is_alphanumeric)
    })
}

/// The day that belongs to the word of withdrawal ending at a byte.
fn day_behind(note: &str, from: usize, days: &[(usize, NaiveDate)]) -> Option<NaiveDate> {
    let clause = clause(note.get(from..)?);
    let near: Vec<(usize, NaiveDate)> = days
        .iter()
        .filter_map(|(at, day)| Some((at.checked_sub(from)?, *day)))
        .filter(|(at, _)| *at < clause.len())
        .collect();
    // "ngày 31/10" lacks its year, and no later day stands in for it.
    let unreadable = whole(clause, "ngày").map(|(_, end)| end).find_map(|end| {
        let rest = clause.get(end..)?;
        let at = end + (rest.len() - rest.trim_start().len());
        let figure = clause.get(at..)?.starts_with(|c: char| c.is_ascii_digit());
        (figure && !near.iter().any(|(day, _)| *day == at)).then_some(at)
    });
    let is_number = |at: usize| {
        let before = clause.get(..at).unwrap_or_default().trim_end_matches([' ', ':', '.']);
        NUMBERED.iter().any(|word| whole(before, word).any(|(_, end)| end == before.len()))
    };
    let first = near.iter().find(|(at, _)| !is_number(*at)).or(near.first());
    first.filter(|(at, _)| unreadable.is_none_or(|missing| *at < missing)).map(|(_, day)| *day)
}

/// What still speaks of the withdrawal: up to the end of the sentence, to another deed or out of reach.
fn clause(rest: &str) -> &str {
    let reach = rest.char_indices().nth(REACH).map_or(rest.len(), |(at, _)| at);
    let ends = [";", "\n", ". "].iter().filter_map(|end| rest.find(end));
    let deeds = OTHER_DEEDS.iter().filter_map(|deed| whole(rest, deed).next().map(|(at, _)| at));
    let end = ends.chain(deeds).fold(reach, usize::min);
    rest.get(..end).unwrap_or_default()
}

/// Every readable day in free words, with the byte at which it begins.
pub fn days_in(words: &str) -> Vec<(usize, NaiveDate)> {
    let starts = words.char_indices().filter(|(at, c)| {
        let before = words.get(..*at).and_then(|before| before.chars().next_back());
        c.is_ascii_digit() && !before.is_some_and(|b| b.is_ascii_digit() || matches!(b, '/' | '-' | '.'))
    });
    starts
        .filter_map(|(at, _)| {
            let rest = words.get(at..)?;
            let end = rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, '/' | '-' | '.')));
            let figures = end.map_or(Some(rest), |end| rest.get(..end))?;
            let figures = figures.trim_end_matches(['/', '-', '.']);
            let spoken: Vec<&str> = rest.split_whitespace().take(5).collect();
            let spoken = spoken.join(" ");
            let spoken = spoken.trim_end_matches(|c: char| !c.is_ascii_digit());
            let day =
                deadline::parse_date(figures).or_else(|_| deadline::parse_date(&format!("ngày {spoken}")));
            day.ok().map(|day| (at, day))
        })
        .collect()
}
