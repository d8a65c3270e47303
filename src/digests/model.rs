//! Readers of a day.

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::domain::digest::Scope;
use crate::domain::lang::Lang;

/// To whom a letter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Recipient {
    /// A person.
    Person(Uuid),
    /// The mailbox of a unit that has no head.
    Mailbox(Uuid),
}

impl Recipient {
    /// The person, unless it is a mailbox.
    pub fn person(self) -> Option<Uuid> {
        match self {
            Self::Person(id) => Some(id),
            Self::Mailbox(_) => None,
        }
    }
}

/// As what somebody reads; of several the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReaderKind {
    /// Head of a unit, a deputy, or the unit's mailbox.
    Head,
    /// The office.
    Office,
    /// A leader of the tenant.
    Leader,
    /// Staff of a unit, once a week.
    Staff,
}

impl ReaderKind {
    /// The code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Head => "head",
            Self::Office => "office",
            Self::Leader => "leader",
            Self::Staff => "staff",
        }
    }
}

/// Why somebody gets no letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Skip {
    /// The person may not sign in any more.
    Disabled,
    /// The address can't be written to.
    BadAddress,
    /// A unit without a head and without a mailbox.
    NoMailbox,
    /// Staff, and not the first working day of the week.
    NotTheirDay,
    /// Nothing is overdue, due or waiting.
    NothingDue,
    /// Nothing is overdue, and the reader wants nothing else.
    NothingOverdue,
}

impl Skip {
    /// The code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Disabled => "disabled",
            Self::BadAddress => "bad_address",
            Self::NoMailbox => "no_mailbox",
            Self::NotTheirDay => "not_their_day",
            Self::NothingDue => "nothing_due",
            Self::NothingOverdue => "nothing_overdue",
        }
    }
}

/// Somebody who gets a digest on a day, or would.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reader {
    /// Who.
    pub recipient: Recipient,
    /// The person's name, or the unit's.
    pub name: String,
    /// The address; empty for a unit that has none.
    pub address: String,
    /// The language of the letter.
    pub lang: Lang,
    /// As what.
    pub kind: ReaderKind,
    /// The units whose tasks it is about; of none the whole tenant.
    pub units: BTreeSet<Uuid>,
    /// Whether it begins with the tenant's units.
    pub summary: bool,
    /// Whether submissions wait for the reader.
    pub confirms: bool,
    /// Whether what is not overdue is wanted on the day.
    pub rest: bool,
    /// Why there is no letter, as far as that is known before the tasks are looked at.
    pub skip: Option<Skip>,
}

impl Reader {
    /// What the digest is about.
    pub fn scope(&self) -> Scope {
        Scope {
            units: self.units.clone(),
            confirms: self.confirms,
            directs: self.summary,
            answers: self.kind == ReaderKind::Head,
        }
    }
}
