//! A task of a list as a line: the same wherever one is shown.

use chrono::NaiveDate;

use super::links::{self, TaskQuery};
use crate::domain::standing::Standing;
use crate::domain::task::Category;
use crate::pages::{Badge, Mark, Num, TaskLine, Words};
use crate::tasks::TaskListed;
use crate::text::{date, number, vocabulary};

/// The line of a task as it was on a day.
pub fn line(w: Words, task: &TaskListed, as_of: NaiveDate) -> TaskLine {
    let original = task.original_due_on.map(date);
    let due = task.due_on.map(date);
    let category = match task.category {
        Category::Key => None,
        other => Some(vocabulary::capitalised(vocabulary::category(w.0, other))),
    };
    TaskLine {
        id: task.id.to_string(),
        href: links::task(task.id, Some(as_of)),
        code: task.code.clone(),
        title: task.title.clone(),
        unit: Num::link(&task.unit, TaskQuery::on(as_of).with("unit", &task.unit).href()),
        unit_name: task.unit_name.clone(),
        category,
        source: task.source_number.clone(),
        product: product(w, task),
        due_words: task.due_words.clone().filter(|words| Some(words) != original.as_ref()),
        original_due: original.filter(|original| Some(original) != due.as_ref()),
        due,
        badge: badge(w, task, as_of),
        waiting: is_waiting(task),
    }
}

/// The mark of a task on a day, with its days late.
pub fn badge(w: Words, task: &TaskListed, as_of: NaiveDate) -> Badge {
    let days = (task.days_late > 0).then(|| number(w.0, task.days_late.into()));
    Badge { mark: mark(task, as_of), days }
}

/// Submitted and not confirmed, while the task is in progress.
pub fn is_waiting(task: &TaskListed) -> bool {
    task.waiting_since.is_some() && matches!(task.standing, Standing::WithinTerm | Standing::Overdue)
}

fn mark(task: &TaskListed, as_of: NaiveDate) -> Mark {
    match task.standing {
        Standing::Overdue => Mark::Overdue,
        Standing::WithinTerm if !is_waiting(task) && task.due_on == Some(as_of) => Mark::DueToday,
        Standing::WithinTerm if task.due_soon => Mark::DueSoon,
        Standing::WithinTerm => Mark::WithinTerm,
        Standing::CompletedOnTime => Mark::CompletedOnTime,
        Standing::CompletedLate => Mark::CompletedLate,
        Standing::NoDeadline => Mark::NoDeadline,
        Standing::Outside => Mark::Outside,
    }
}

/// `Đề án trình Thủ tướng Chính phủ`.
fn product(w: Words, task: &TaskListed) -> String {
    let kind = w.product_kind_named(task.product);
    let level = task.level.map(|level| vocabulary::level(w.0, level));
    match task.level_words.as_deref().or(level) {
        Some(level) => w.product_to(&kind, level),
        None => kind,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::task::{Level, ProductKind, Status};
    use crate::text::Lang;

    /// A day.
    pub fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// An overdue scheme that was extended once.
    pub fn listed() -> TaskListed {
        TaskListed {
            id: Uuid::nil(),
            code: "NV-1".into(),
            title: "Trình đề án".into(),
            category: Category::Key,
            unit: "KTS&XHS".into(),
            unit_name: "Cục Kinh tế số và Xã hội số".into(),
            source_number: Some("746/CT-BTTTT".into()),
            product: ProductKind::Scheme,
            level: Some(Level::PrimeMinister),
            level_words: None,
            assigned_on: Some(day("2024-05-29")),
            due_words: Some("Quý II/2024".into()),
            original_due_on: Some(day("2024-06-30")),
            due_on: Some(day("2024-09-06")),
            completed_on: None,
            waiting_since: None,
            status: Status::InProgress,
            standing: Standing::Overdue,
            days_late: 84,
            due_soon: false,
        }
    }

    #[test]
    fn a_line_says_its_unit_product_dates_and_days() {
        let line = line(Words(Lang::Vi), &listed(), day("2024-11-29"));
        assert_eq!(line.href, "/tasks/00000000-0000-0000-0000-000000000000?as_of=2024-11-29");
        assert_eq!(line.unit.href.as_deref(), Some("/tasks?as_of=2024-11-29&unit=KTS%26XHS"));
        assert_eq!(line.product, "Đề án trình Thủ tướng Chính phủ");
        assert_eq!(
            (line.due.as_deref(), line.original_due.as_deref()),
            (Some("06/09/2024"), Some("30/06/2024"))
        );
        assert_eq!((line.due_words.as_deref(), line.category), (Some("Quý II/2024"), None));
        assert_eq!(line.badge, Badge { mark: Mark::Overdue, days: Some("84".into()) });
    }

    #[test]
    fn due_today_is_marked_unless_it_waits() {
        let today = day("2024-11-29");
        let due = TaskListed {
            standing: Standing::WithinTerm,
            due_on: Some(today),
            days_late: 0,
            due_soon: true,
            due_words: Some("30/06/2024".into()),
            category: Category::Routine,
            ..listed()
        };
        let first = line(Words(Lang::Vi), &due, today);
        assert_eq!((first.badge.mark, first.waiting, first.due_words), (Mark::DueToday, false, None));
        assert_eq!(first.category.as_deref(), Some("Thường xuyên"));
        let waits = TaskListed { waiting_since: Some(day("2024-11-20")), due_soon: false, ..due };
        let second = line(Words(Lang::Vi), &waits, today);
        assert_eq!((second.badge.mark, second.waiting), (Mark::WithinTerm, true));
    }
}
