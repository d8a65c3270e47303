//! Later deadlines: asked in a letter, decided a task at a time, taken back.

use chrono::{Days, NaiveDate};
use dondoc::db::TenantConn;
use dondoc::domain::task::Status;
use dondoc::extensions::{self, AskTyped, DecisionTyped, RequestTyped, RulingTyped};

use super::model::{Asked, Task};
use super::office::{Office, written};

impl Office {
    /// One letter for up to three tasks of a unit.
    pub(super) fn ask(&mut self, conn: &mut TenantConn<'_>) -> Option<bool> {
        let may = |task: &Task| is_extendable(task.status) && task.due().is_some() && task.asked.is_none();
        let first = self.pick(may)?;
        let unit = self.tasks[first].lead;
        let more = 1 + self.dice.below(3) as usize;
        let others = (0..self.tasks.len()).filter(|n| {
            let task = &self.tasks[*n];
            *n != first && task.lead == unit && !task.deleted && may(task)
        });
        let chosen: Vec<usize> = [first].into_iter().chain(others.take(more - 1)).collect();
        let expected = may(&self.tasks[first]);
        let mut wanted = Vec::new();
        for n in &chosen {
            let from = self.tasks[*n].due().unwrap_or(self.today).max(self.today) + Days::new(1);
            wanted.push(self.dice.day(from, from + Days::new(40)));
        }
        let ask = |(n, due): (&usize, &NaiveDate)| AskTyped {
            task: self.tasks[*n].id.to_string(),
            due: written(*due),
            ..AskTyped::default()
        };
        let tasks = chosen.iter().zip(&wanted).map(ask).collect();
        let typed =
            RequestTyped { reason: "Chờ ý kiến các bộ".into(), tasks, ..RequestTyped::default() };
        let done = extensions::ask(conn, &self.heads[unit], &typed, self.today);
        if let Ok(letter) = &done {
            for (n, wanted) in chosen.iter().zip(wanted) {
                let task = &mut self.tasks[*n];
                task.asked = Some(Asked { letter: *letter, by_unit: unit, on: self.today, wanted });
                (task.was_asked, task.is_untouched, task.version) = (true, false, task.version + 1);
            }
        }
        self.agree("ask", &done, expected)
    }

    pub(super) fn decide(&mut self, conn: &mut TenantConn<'_>) -> Option<bool> {
        let open: Vec<usize> = (0..self.tasks.len())
            .filter(|n| self.tasks[*n].asked.is_some() && !self.tasks[*n].deleted)
            .collect();
        if open.is_empty() {
            return None;
        }
        let at = self.dice.of(&open);
        let (task, asked) = (self.tasks[at].clone(), self.tasks[at].asked?);
        let by_office = self.dice.one_in(2);
        let day = if by_office { self.dice.day(asked.on, self.today) } else { self.today };
        let due = task.due()?;
        let decision = self.dice.of(&["agreed", "agreed", "changed", "refused"]);
        let changed = self.dice.day(due + Days::new(1), due + Days::new(30));
        let ruling = RulingTyped {
            task: task.id.to_string(),
            decision: decision.to_owned(),
            due: if decision == "changed" { written(changed) } else { String::new() },
            reason: if decision == "refused" { "Không đủ căn cứ".into() } else { String::new() },
        };
        let decided_on = if by_office { written(day) } else { String::new() };
        let typed = DecisionTyped { decided_on, tasks: vec![ruling] };
        let acting = if by_office { self.office.clone() } else { self.leader.clone() };
        let new = match decision {
            "agreed" => Some(asked.wanted),
            "changed" => Some(changed),
            _ => None,
        };
        // What was asked lies behind the deadline of that day, which nothing has moved since.
        let expected = new.is_none() || is_extendable(task.status);
        let done = extensions::decide(conn, &acting, asked.letter, &typed, self.today);
        let agreed = self.agree(&format!("{decision} of {task:?}"), &done, expected);
        if expected {
            let task = &mut self.tasks[at];
            task.extended.extend(new.map(|due| (day, due)));
            (task.asked, task.version) = (None, task.version + 1);
        }
        agreed
    }

    /// The unit takes back what is open of a letter.
    pub(super) fn withdraw(&mut self, conn: &mut TenantConn<'_>) -> Option<bool> {
        let asked = self.tasks.iter().filter(|task| !task.deleted).find_map(|task| task.asked)?;
        let done = extensions::withdraw(conn, &self.heads[asked.by_unit], asked.letter, self.today);
        let of_letter = |task: &&mut Task| task.asked.is_some_and(|other| other.letter == asked.letter);
        for task in self.tasks.iter_mut().filter(of_letter) {
            (task.asked, task.version) = (None, task.version + 1);
        }
        self.agree("withdraw", &done, true)
    }
}

fn is_extendable(status: Status) -> bool {
    matches!(status, Status::NotStarted | Status::InProgress | Status::Submitted)
}
