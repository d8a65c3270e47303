//! Named texts of an address or a form, read strictly: each name once, none unknown, every fault said at once. The API
//! answers them as 400 with the parameter's name, a page shows them at its fields.

mod faults;

use chrono::NaiveDate;

pub use faults::Faults;

use crate::domain::deadline::parse_date;
use crate::error::{ParameterFault, ParameterProblem, Refusal};

/// So many are read: five hundred ticked rows, or fifty lines of four fields, and some beside them; each is compared
/// with every other.
const MOST: usize = 600;

/// The parameters not yet read, and the faults found so far. A blank value is none.
#[derive(Debug, Clone)]
pub struct Params {
    pairs: Vec<(String, String)>,
    /// Values of names that stand there already: a fault, unless several are asked for.
    more: Vec<(String, String)>,
    faults: Vec<ParameterFault>,
}

impl Params {
    /// Takes a query string or the body of a form (`application/x-www-form-urlencoded`).
    pub fn parse(encoded: &str) -> Self {
        // Form encoding has no wrong texts: what is no escape stands for itself.
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(encoded).unwrap_or_default();
        let mut params = Self { pairs: Vec::new(), more: Vec::new(), faults: Vec::new() };
        for (name, value) in pairs.into_iter().take(MOST) {
            if params.pairs.iter().any(|(other, _)| *other == name) {
                params.fault(&name, ParameterProblem::Repeated);
                params.more.push((name, value));
            } else {
                params.pairs.push((name, value));
            }
        }
        params
    }

    /// Says that a parameter is wrong.
    pub fn fault(&mut self, name: &str, problem: ParameterProblem) {
        if !self.faults.iter().any(|fault| fault.name == name) {
            self.faults.push(ParameterFault { name: name.to_owned(), problem });
        }
    }

    /// A parameter to the letter, blanks and all; `None` when absent.
    pub fn exact(&mut self, name: &str) -> Option<String> {
        let at = self.pairs.iter().position(|(other, _)| other == name)?;
        Some(self.pairs.swap_remove(at).1)
    }

    /// A parameter as typed, without outer spaces; `None` when absent or blank.
    pub fn text(&mut self, name: &str) -> Option<String> {
        let value = self.exact(name)?;
        let value = value.trim();
        (!value.is_empty()).then(|| value.to_owned())
    }

    /// Every value of a name that may stand several times, such as the ticked ones of a list; blank ones left out.
    pub fn many(&mut self, name: &str) -> Vec<String> {
        self.faults.retain(|fault| fault.name != name || fault.problem != ParameterProblem::Repeated);
        let first = self.exact(name);
        let rest = self.more.iter().filter(|(other, _)| other == name).map(|(_, value)| value.clone());
        let values = first.into_iter().chain(rest).map(|value| value.trim().to_owned());
        values.filter(|value| !value.is_empty()).collect()
    }

    /// A date as typed, `29/11/2024` or `2024-11-29`.
    pub fn date(&mut self, name: &str) -> Option<NaiveDate> {
        let text = self.text(name)?;
        match parse_date(&text) {
            Ok(day) => Some(day),
            Err(fault) => self.keep(name, None, ParameterProblem::NotADate(fault)),
        }
    }

    /// The faults of everything read, and of every parameter that nobody asked for.
    pub fn faults(mut self) -> Vec<ParameterFault> {
        for (name, _) in std::mem::take(&mut self.pairs) {
            self.fault(&name, ParameterProblem::Unknown);
        }
        self.faults
    }

    /// Nothing, when nothing is wrong.
    ///
    /// # Errors
    /// Every fault.
    pub fn finish(self) -> Result<(), Refusal> {
        let faults = self.faults();
        if faults.is_empty() { Ok(()) } else { Err(Refusal::Parameters(faults)) }
    }

    fn keep<T>(&mut self, name: &str, value: Option<T>, problem: ParameterProblem) -> Option<T> {
        if value.is_none() {
            self.fault(name, problem);
        }
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_is_named_at_once() {
        let mut params = Params::parse("due_from=31/2/2024&nobody=1&unit=CVT&unit=CBC&q=&p=%20a%20");
        assert_eq!((params.date("due_from"), params.text("q")), (None, None));
        assert_eq!((params.text("unit"), params.exact("p")), (Some("CVT".into()), Some(" a ".into())));
        let names: Vec<_> = params.faults().into_iter().map(|fault| fault.name).collect();
        assert_eq!(names, ["unit", "due_from", "nobody"]);
    }

    #[test]
    fn a_list_takes_every_value_in_its_order() {
        let mut params = Params::parse("task=b&x=1&task=a&task=%20&x=2");
        assert_eq!(params.many("task"), ["b", "a"]);
        assert!(params.many("nobody").is_empty());
        assert_eq!(params.text("x").as_deref(), Some("1"));
        let names: Vec<_> = params.faults().into_iter().map(|fault| fault.name).collect();
        assert_eq!(names, ["x"]);
    }

    #[test]
    fn so_many_and_no_more_are_read() {
        let many: Vec<String> = (0..20_000).map(|n| format!("n{n}=1")).collect();
        assert_eq!(Params::parse(&many.join("&")).faults().len(), MOST);
    }

    #[test]
    fn dates_are_read_as_typed_and_as_sent() {
        let mut params = Params::parse("a=29%2F11%2F2024&b=2024-11-29");
        assert_eq!(params.date("a"), params.date("b"));
        assert_eq!(params.finish(), Ok(()));
    }
}
