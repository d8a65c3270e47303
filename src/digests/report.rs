//! The digest as a letter: plain text and HTML with the same rows and links.

use askama::Template;

use super::facts::{Facts, UnitStanding};
use super::letter::Letter;
use super::model::{Reader, ReaderKind};
use crate::domain::digest::{Digest, DigestTask, Section, SectionKind};
use crate::domain::standing::Standing;
use crate::error::{Error, Result};
use crate::public_url::PublicUrl;
use crate::tasks::StandingFilter;
use crate::tasks::links::{self, TaskQuery};
use crate::text::date;
use crate::text::mail::{Counts, DigestWords};

/// The most units of a summary; the dashboard has them all.
const UNITS: usize = 20;

/// The most characters of a title.
const TITLE: usize = 100;

/// The page of all units' figures.
const DASHBOARD: &str = "/dashboard";

/// The page of the reader's own settings.
const ACCOUNT: &str = "/account";

#[derive(Template)]
#[template(path = "mail/digest.html")]
struct HtmlPart<'a> {
    v: &'a View,
}

#[derive(Template)]
#[template(path = "mail/digest.txt", escape = "none")]
struct TextPart<'a> {
    v: &'a View,
}

/// What both parts show.
struct View {
    w: DigestWords,
    subject: String,
    counts: String,
    tenant: String,
    name: String,
    day: String,
    changes: String,
    units: Vec<UnitLine>,
    more_units: Option<Link>,
    sections: Vec<SectionView>,
    settings: String,
}

struct Link {
    text: String,
    href: String,
}

struct UnitLine {
    name: String,
    overdue: Option<Link>,
    soon: Option<Link>,
}

struct SectionView {
    title: String,
    is_overdue: bool,
    rows: Vec<RowView>,
    links: Vec<Link>,
}

struct RowView {
    title: String,
    about: String,
    status: String,
    is_overdue: bool,
    is_key: bool,
    href: String,
}

/// The letter of a digest.
///
/// # Errors
/// A fault of a template.
pub(super) fn letter(facts: &Facts, reader: &Reader, digest: &Digest<'_>, url: &PublicUrl) -> Result<Letter> {
    let view = Writer { facts, reader, w: DigestWords(reader.lang), url }.view(digest);
    let fault = |error: askama::Error| Error::Internal(error.to_string());
    let text = TextPart { v: &view }.render().map_err(fault)?;
    let html = HtmlPart { v: &view }.render().map_err(fault)?;
    Ok(Letter { subject: view.subject, text, html })
}

/// Puts a digest into words and addresses.
struct Writer<'a> {
    facts: &'a Facts,
    reader: &'a Reader,
    w: DigestWords,
    url: &'a PublicUrl,
}

impl Writer<'_> {
    fn view(&self, digest: &Digest<'_>) -> View {
        let counts = counts(digest);
        let units = self.summary();
        let dashboard = || Link { text: self.w.all_units(units.len()), href: self.url.link(DASHBOARD) };
        View {
            w: self.w,
            subject: self.w.subject(&self.label(), &counts, self.facts.days.day),
            counts: self.w.counts(&counts),
            tenant: one_line(&self.facts.tenant),
            name: one_line(&self.reader.name),
            day: date(self.facts.days.day),
            changes: self.w.changes(self.facts.days.since, &digest.changes),
            units: units.iter().take(UNITS).map(|standing| self.unit(standing)).collect(),
            more_units: (units.len() > UNITS).then(dashboard),
            sections: digest.sections.iter().map(|section| self.section(section)).collect(),
            settings: self.url.link(ACCOUNT),
        }
    }

    /// The units that stand first: of a leader those they oversee, of the Office all.
    fn summary(&self) -> Vec<UnitStanding<'_>> {
        let mut units = if self.reader.summary { self.facts.summary() } else { Vec::new() };
        if self.reader.kind == ReaderKind::Leader && !self.reader.units.is_empty() {
            units.retain(|standing| self.reader.units.contains(&standing.unit.id));
        }
        units
    }

    /// What the subject begins with: the reader's units.
    fn label(&self) -> String {
        if self.reader.kind == ReaderKind::Leader {
            return self.w.summary().to_owned();
        }
        let names: Vec<&str> = self.reader.units.iter().map(|unit| self.facts.short_name(*unit)).collect();
        if names.is_empty() { self.w.summary().to_owned() } else { one_line(&names.join("+")) }
    }

    fn link(&self, text: String, query: &TaskQuery) -> Link {
        Link { text, href: self.url.link(&query.href()) }
    }

    fn unit(&self, standing: &UnitStanding<'_>) -> UnitLine {
        let of = TaskQuery::on(self.facts.days.day).with("unit", &standing.unit.short_name);
        let linked = |n: u64, text: String, filter: StandingFilter| {
            (n > 0).then(|| self.link(text, &of.clone().with("standing", filter.code())))
        };
        UnitLine {
            name: one_line(&standing.unit.short_name),
            overdue: linked(
                standing.overdue,
                self.w.overdue(standing.overdue, standing.key),
                StandingFilter::Is(Standing::Overdue),
            ),
            soon: linked(standing.soon, self.w.soon(standing.soon), StandingFilter::DueSoon),
        }
    }

    fn section(&self, section: &Section<'_>) -> SectionView {
        SectionView {
            title: self.w.section(section.kind, section.total, section.key),
            is_overdue: section.kind == SectionKind::Overdue,
            rows: section.rows.iter().map(|task| self.row(task)).collect(),
            links: self.links(section),
        }
    }

    /// The lists that hold exactly the section's tasks: one a unit, for a list is of one unit or of all. What is
    /// asked, answered, extended or refused is in no list; each row opens its task.
    fn links(&self, section: &Section<'_>) -> Vec<Link> {
        let Some(list) = self.list(section.kind) else {
            return Vec::new();
        };
        let name = match section.kind {
            SectionKind::Coordinating => "coordinating",
            _ => "unit",
        };
        if self.reader.units.is_empty() || section.kind == SectionKind::Submissions {
            return vec![self.link(self.w.all(section.total), &list)];
        }
        let several = section.by_unit.len() > 1;
        let of_unit = |(unit, n): &(uuid::Uuid, u64)| {
            let short = self.facts.short_name(*unit);
            let text = if several { self.w.all_of(*n, &one_line(short)) } else { self.w.all(*n) };
            self.link(text, &list.clone().with(name, short))
        };
        section.by_unit.iter().map(of_unit).collect()
    }

    fn list(&self, kind: SectionKind) -> Option<TaskQuery> {
        let days = &self.facts.days;
        let list = |standing: StandingFilter| TaskQuery::on(days.day).with("standing", standing.code());
        Some(match kind {
            SectionKind::Overdue => list(StandingFilter::Is(Standing::Overdue)),
            SectionKind::Today => list(StandingFilter::DueToday),
            SectionKind::Soon => list(StandingFilter::DueSoon).with("due_from", days.tomorrow()),
            SectionKind::Week => list(StandingFilter::Pending)
                .with("due_from", days.soon_until.succ_opt().unwrap_or(days.soon_until))
                .with("due_to", days.week_until),
            SectionKind::Submissions => list(StandingFilter::Waiting),
            SectionKind::Coordinating => list(StandingFilter::InProgress).with("due_to", days.week_until),
            SectionKind::Refused | SectionKind::Asked | SectionKind::Answered | SectionKind::Extending => {
                return None;
            }
        })
    }

    fn row(&self, task: &DigestTask) -> RowView {
        let path = links::task(task.id, Some(self.facts.days.day));
        let unit = self.facts.short_name(task.unit);
        RowView {
            title: cut(&one_line(&task.title), TITLE),
            about: cut(&one_line(&format!("{} · {unit} · {}", task.code, self.w.due(task.due_on))), TITLE),
            status: self.w.status(task, self.facts.days.day),
            is_overdue: task.standing == Standing::Overdue,
            is_key: task.is_key(),
            href: self.url.link(&path),
        }
    }
}

fn counts(digest: &Digest<'_>) -> Counts {
    Counts {
        overdue: digest.total(SectionKind::Overdue),
        key: digest.section(SectionKind::Overdue).map_or(0, |section| section.key),
        soon: digest.total(SectionKind::Today) + digest.total(SectionKind::Soon),
        week: digest.total(SectionKind::Week),
        submissions: digest.total(SectionKind::Submissions),
        refused: digest.total(SectionKind::Refused),
        asked: digest.total(SectionKind::Asked),
        answered: digest.total(SectionKind::Answered),
        extending: digest.total(SectionKind::Extending),
    }
}

/// Without line ends and other control characters: it may stand in a subject, and in one line of plain text.
pub fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// At most so many characters, cut at a word where there is one.
pub fn cut(text: &str, longest: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(longest) else {
        return text.to_owned();
    };
    let head = text.get(..end).unwrap_or(text);
    let words = head.rsplit_once(' ').map_or(head, |(words, _)| words);
    format!("{words}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_title_ends_at_a_word() {
        assert_eq!(cut("Xây dựng đề án", 9), "Xây dựng…");
        assert_eq!(cut("Xây dựng", 8), "Xây dựng");
        assert_eq!(cut(&"ă".repeat(9), 4), "ăăăă…");
    }

    #[test]
    fn no_line_ends_within_a_line() {
        assert_eq!(one_line("a\r\nBcc: x@y\0\tz  "), "a Bcc: x@y z");
    }
}
