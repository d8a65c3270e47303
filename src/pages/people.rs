//! People and posts: the list, the form for a person, one person.

use askama::Template;

use super::parts::faults;
use super::{Choice, Fault, Field, Link, Shell};
use crate::text::pages::Words;

/// The list of people with its filters in the address.
#[derive(Debug, Clone, Template)]
#[template(path = "people.html")]
pub struct PeoplePage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// Where the filters are sent, as `q`, `unit`, `role`.
    pub action: String,
    /// Words of name or address.
    pub q: Field,
    /// The units.
    pub units: Vec<Choice>,
    /// The roles.
    pub roles: Vec<Choice>,
    /// How many people the filters leave.
    pub total: String,
    /// The people.
    pub people: Vec<PersonLine>,
    /// The next of them.
    pub next: Option<String>,
    /// The form for another.
    pub add_href: String,
}

/// A person in the list.
#[derive(Debug, Clone)]
pub struct PersonLine {
    /// The name and the person's page.
    pub person: Link,
    /// The address.
    pub email: String,
    /// The posts held today: `Cục Viễn thông · Chuyên viên`.
    pub posts: Vec<String>,
    /// Whether they may sign in.
    pub active: bool,
}

/// The fields of a post: `role`, `unit`, `from`, `until`, `deputy_for`.
#[derive(Debug, Clone, Default)]
pub struct PostForm {
    /// The roles.
    pub roles: Vec<Choice>,
    /// What is wrong with the role; its value is not used.
    pub role: Field,
    /// The units; the value is the id.
    pub units: Vec<Choice>,
    /// What is wrong with the unit.
    pub unit: Field,
    /// The first day.
    pub from: Field,
    /// The first day no longer.
    pub until: Field,
    /// The posts one can be deputy for.
    pub deputies: Vec<Choice>,
    /// What is wrong with that.
    pub deputy_for: Field,
}

impl PostForm {
    fn faults(&self) -> Vec<Fault<'_>> {
        faults(&[
            ("role", &self.role),
            ("unit", &self.unit),
            ("from", &self.from),
            ("until", &self.until),
            ("deputy_for", &self.deputy_for),
        ])
    }
}

/// The form for a new person.
#[derive(Debug, Clone, Template)]
#[template(path = "person_new.html")]
pub struct NewPersonPage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// The list.
    pub back: Link,
    /// Where it is sent.
    pub action: String,
    /// The name.
    pub name: Field,
    /// The address.
    pub email: Field,
    /// The first post.
    pub post: PostForm,
}

impl NewPersonPage {
    /// What is wrong with it.
    pub fn faults(&self) -> Vec<Fault<'_>> {
        let own = faults(&[("name", &self.name), ("email", &self.email)]);
        own.into_iter().chain(self.post.faults()).collect()
    }
}

/// One person.
#[derive(Debug, Clone, Template)]
#[template(path = "person.html")]
pub struct PersonPage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// The list.
    pub back: Link,
    /// The person's page; the acts are sent to addresses below it.
    pub place: String,
    /// The name.
    pub name: String,
    /// The address.
    pub email: String,
    /// Whether they may sign in.
    pub active: bool,
    /// What has just been done.
    pub notice: Option<String>,
    /// A link to hand out, shown this once.
    pub link: Option<String>,
    /// Why what was asked was not done.
    pub error: Option<String>,
    /// The posts.
    pub posts: Vec<PostLine>,
    /// The form for another post.
    pub post: PostForm,
    /// How many open tasks name the person; `None` when none does.
    pub open_tasks: Option<String>,
    /// Who could take them over.
    pub takers: Vec<Choice>,
    /// What is wrong with who was chosen.
    pub to: Field,
    /// The entries of the journal.
    pub audit_href: String,
}

/// A post of a person.
#[derive(Debug, Clone)]
pub struct PostLine {
    /// Its id.
    pub id: String,
    /// `Cục Viễn thông · Chuyên viên`.
    pub text: String,
    /// `từ 01/01/2024`.
    pub term: String,
    /// Whether it is over.
    pub is_over: bool,
    /// Whether it is held for somebody else.
    pub is_deputy: bool,
}

impl PersonPage {
    /// What is wrong with what was sent.
    pub fn faults(&self) -> Vec<Fault<'_>> {
        let refused = self.error.as_deref().map(|text| Fault { field: "main", text });
        let own = refused.into_iter().chain(self.post.faults());
        own.chain(faults(&[("to", &self.to)])).collect()
    }
}
