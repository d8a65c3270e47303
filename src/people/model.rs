//! People with their posts.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::domain::access::Role;
use crate::domain::words::fold;

/// A person with posts, the latest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The id.
    pub id: Uuid,
    /// The name.
    pub name: String,
    /// The address.
    pub email: String,
    /// Whether they may sign in.
    pub active: bool,
    /// Their posts, past and coming ones too.
    pub posts: Vec<Post>,
}

/// A post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// The id.
    pub id: Uuid,
    /// What its holder may do.
    pub role: Role,
    /// The unit.
    pub unit: Option<PostUnit>,
    /// The first day.
    pub from_on: NaiveDate,
    /// The first day on which it is no longer held.
    pub until_on: Option<NaiveDate>,
    /// The post for which its holder is deputy.
    pub deputy_for: Option<Uuid>,
}

/// The unit of a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostUnit {
    /// The id.
    pub id: Uuid,
    /// The short name.
    pub short_name: String,
    /// The full name.
    pub name: String,
}

impl Post {
    /// Whether it is held on a day.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.from_on <= day && self.until_on.is_none_or(|until| day < until)
    }

    /// Whether it has ended by a day.
    pub fn is_over(&self, day: NaiveDate) -> bool {
        self.until_on.is_some_and(|until| until <= day || until <= self.from_on)
    }
}

/// Which people are asked for; a filter that is absent leaves everybody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PeopleFilter {
    /// Words of name or address, without accents and case.
    pub q: Option<String>,
    /// Who holds a post in this unit today.
    pub unit: Option<Uuid>,
    /// Who holds a post of this role today.
    pub role: Option<Role>,
    /// The person after whom the list goes on.
    pub after: Option<Uuid>,
}

impl PeopleFilter {
    pub(super) fn has(&self, person: &Person, today: NaiveDate) -> bool {
        let words = self.q.as_deref().map(fold).unwrap_or_default();
        let is_named = fold(&person.name).contains(&words) || person.email.contains(&words);
        let is_held = |post: &Post| {
            post.holds_on(today)
                && self.role.is_none_or(|role| post.role == role)
                && self.unit.is_none_or(|unit| post.unit.as_ref().is_some_and(|own| own.id == unit))
        };
        is_named && (self.role.is_none() && self.unit.is_none() || person.posts.iter().any(is_held))
    }
}

/// A page of people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeopleListed {
    /// By name.
    pub items: Vec<Person>,
    /// How many the filter leaves.
    pub total: usize,
    /// After whom the next page goes on.
    pub next: Option<Uuid>,
}

/// What an administrator's page begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Present {
    /// People who may sign in.
    pub people: u64,
    /// Units of today.
    pub units: u64,
    /// Of those, the ones without a head today.
    pub without_head: u64,
}
