//! The addresses of pages. A task list is an address: its filters are its query, in one order.

use chrono::NaiveDate;
use uuid::Uuid;

/// The task list.
pub const TASKS: &str = "/tasks";

/// A task's page.
pub fn task(id: Uuid, as_of: Option<NaiveDate>) -> String {
    match as_of {
        Some(day) => format!("{TASKS}/{id}?as_of={day}"),
        None => format!("{TASKS}/{id}"),
    }
}

/// A task list with its filters, by the names that the list's address understands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TaskQuery(Vec<(&'static str, String)>);

impl TaskQuery {
    /// The list of a day without filters.
    pub fn on(day: NaiveDate) -> Self {
        Self::default().with("as_of", day)
    }

    /// The list with this filter in place of another of the same name.
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self = self.without(name);
        self.0.push((name, value.to_string()));
        self
    }

    /// The list without a filter.
    pub fn without(mut self, name: &'static str) -> Self {
        self.0.retain(|(other, _)| *other != name);
        self
    }

    /// The filters as an address has them.
    pub fn query(&self) -> String {
        serde_urlencoded::to_string(&self.0).unwrap_or_default()
    }

    /// The address.
    pub fn href(&self) -> String {
        self.at(TASKS)
    }

    /// The address of the list as a file, `xlsx` or `csv`.
    pub fn file(&self, form: &str) -> String {
        self.at(&format!("{TASKS}.{form}"))
    }

    fn at(&self, path: &str) -> String {
        match self.query() {
            query if query.is_empty() => path.to_owned(),
            query => format!("{path}?{query}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_stands_once_and_its_value_is_encoded() {
        let day = NaiveDate::from_ymd_opt(2024, 11, 29).unwrap();
        let list = TaskQuery::on(day).with("unit", "KTS&XHS").with("unit", "Cục 1");
        assert_eq!(list.href(), "/tasks?as_of=2024-11-29&unit=C%E1%BB%A5c+1");
        assert_eq!(list.file("csv"), "/tasks.csv?as_of=2024-11-29&unit=C%E1%BB%A5c+1");
        assert_eq!(list.without("unit").without("as_of").href(), "/tasks");
        assert_eq!(TaskQuery::default().with("unit", "KTS&XHS").href(), "/tasks?unit=KTS%26XHS");
    }
}
