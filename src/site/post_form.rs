//! The fields of a post, with what they can be.

use chrono::NaiveDate;
use uuid::Uuid;

use super::people::field;
use super::person;
use crate::db::TenantConn;
use crate::domain::access::Role;
use crate::error::{ParameterFault, Result};
use crate::pages::{Choice, PostForm, Words};
use crate::people::{self, PeopleFilter, Post, PostInput};
use crate::units::{self, Unit};

/// The present units, and the posts one can be deputy for with their holders' names.
pub(super) struct PostChoices {
    units: Vec<Unit>,
    principals: Vec<Post>,
    holders: Vec<String>,
}

impl PostChoices {
    /// Reads them; nobody is deputy for themselves.
    pub fn read(conn: &mut TenantConn<'_>, today: NaiveDate, person: Option<Uuid>) -> Result<Self> {
        let mut units = units::all(conn)?;
        units.retain(|unit| unit.valid_until.is_none_or(|until| today < until));
        let (mut principals, mut holders) = (Vec::new(), Vec::new());
        for role in [Role::Leader, Role::UnitHead] {
            let filter = PeopleFilter { role: Some(role), ..PeopleFilter::default() };
            for holder in
                people::everybody(conn, &filter, today)?.into_iter().filter(|p| Some(p.id) != person)
            {
                let own =
                    |post: &Post| post.role == role && post.holds_on(today) && post.deputy_for.is_none();
                for post in holder.posts.into_iter().filter(own) {
                    principals.push(post);
                    holders.push(holder.name.clone());
                }
            }
        }
        Ok(Self { units, principals, holders })
    }

    /// The present units.
    pub fn unit_ids(&self) -> Vec<Uuid> {
        self.units.iter().map(|unit| unit.id).collect()
    }

    /// The posts one can be deputy for.
    pub fn principals(&self) -> &[Post] {
        &self.principals
    }

    /// The form with what was typed and what is wrong with it.
    pub fn form(&self, w: Words, typed: &PostInput, faults: &[ParameterFault]) -> PostForm {
        let choice =
            |value: String, text: String, chosen: &str| Choice { selected: value == chosen, value, text };
        let deputy = |(post, holder): (&Post, &String)| {
            choice(post.id.to_string(), format!("{holder} · {}", person::post(w, post)), &typed.deputy_for)
        };
        PostForm {
            roles: roles(w, Role::from_code(&typed.role)),
            role: field(w, faults, "role", &typed.role),
            units: self.units.iter().map(|u| choice(u.id.to_string(), u.name.clone(), &typed.unit)).collect(),
            unit: field(w, faults, "unit", &typed.unit),
            from: field(w, faults, "from", &typed.from),
            until: field(w, faults, "until", &typed.until),
            deputies: self.principals.iter().zip(&self.holders).map(deputy).collect(),
            deputy_for: field(w, faults, "deputy_for", &typed.deputy_for),
        }
    }
}

/// The roles.
pub(super) fn roles(w: Words, chosen: Option<Role>) -> Vec<Choice> {
    let choice = |role: &Role| Choice {
        value: role.code().to_owned(),
        text: w.role(*role).to_owned(),
        selected: chosen == Some(*role),
    };
    Role::ALL.iter().map(choice).collect()
}
