//! What is typed to make a tenant, checked.

use crate::domain::words::tidy;
use crate::error::Refusal;

/// A tenant as typed.
#[derive(Debug, Clone)]
pub struct TenantInput {
    /// The short name in addresses and commands.
    pub slug: String,
    /// The full name.
    pub name: String,
    /// The first administrator's e-mail address.
    pub admin_email: String,
}

/// A tenant that may be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTenant {
    pub(super) slug: String,
    pub(super) name: String,
    pub(super) admin_email: String,
}

impl TenantInput {
    /// Checks what was typed.
    ///
    /// # Errors
    /// Every fault at once.
    pub fn check(self) -> Result<NewTenant, Vec<Refusal>> {
        let name = tidy(&self.name);
        let admin_email = self.admin_email.trim().to_lowercase();
        let faults: Vec<_> = [
            (!is_slug(&self.slug), Refusal::SlugForm(self.slug.clone())),
            (name.is_empty(), Refusal::NameMissing),
            (!is_email(&admin_email), Refusal::EmailForm(self.admin_email)),
        ]
        .into_iter()
        .filter_map(|(wrong, fault)| wrong.then_some(fault))
        .collect();
        if faults.is_empty() { Ok(NewTenant { slug: self.slug, name, admin_email }) } else { Err(faults) }
    }
}

/// 2–40 of a–z, 0–9 and '-', beginning with a letter: it stands in host names.
fn is_slug(slug: &str) -> bool {
    (2..=40).contains(&slug.len())
        && slug.starts_with(|c: char| c.is_ascii_lowercase())
        && slug.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// One `@` with something on both sides and no white space: the letter that arrives is the real check.
fn is_email(email: &str) -> bool {
    email.len() <= 254
        && !email.chars().any(|c| c.is_whitespace() || c.is_control())
        && email.split_once('@').is_some_and(|(local, host)| {
            !local.is_empty() && !host.is_empty() && !host.contains('@') && host.contains('.')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(slug: &str, name: &str, admin_email: &str) -> TenantInput {
        TenantInput { slug: slug.into(), name: name.into(), admin_email: admin_email.into() }
    }

    #[test]
    fn every_fault_is_named_at_once() {
        let faults = typed("Bộ", "  ", "nobody").check().unwrap_err();
        assert_eq!(
            faults,
            [Refusal::SlugForm("Bộ".into()), Refusal::NameMissing, Refusal::EmailForm("nobody".into())]
        );
    }

    #[test]
    fn an_address_is_kept_in_lower_case() {
        let tenant = typed("btttt", " Bộ  TTTT ", "Admin@BTTTT.example").check().unwrap();
        assert_eq!(tenant.admin_email, "admin@btttt.example");
        assert_eq!(tenant.name, "Bộ TTTT");
    }
}
