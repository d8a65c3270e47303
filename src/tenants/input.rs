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
            (!is_name(&name), Refusal::NameForm),
            (!is_email(&admin_email), Refusal::EmailForm(self.admin_email)),
        ]
        .into_iter()
        .filter_map(|(wrong, fault)| wrong.then_some(fault))
        .collect();
        if faults.is_empty() { Ok(NewTenant { slug: self.slug, name, admin_email }) } else { Err(faults) }
    }
}

/// 2–40 of a–z, 0–9 and '-', beginning with a letter: it stands in host names.
pub(super) fn is_slug(slug: &str) -> bool {
    (2..=40).contains(&slug.len())
        && slug.starts_with(|c: char| c.is_ascii_lowercase())
        && slug.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// The form that mail servers everywhere take: ASCII, a host of labels with dots between them. The letter
/// that arrives is the real check.
pub fn is_email(email: &str) -> bool {
    let is_local = |part: &str| {
        !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || "._%+-".contains(c))
    };
    let is_label =
        |label: &str| !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    email.len() <= 254
        && email.split_once('@').is_some_and(|(local, host)| {
            is_local(local) && host.contains('.') && host.split('.').all(is_label)
        })
}

/// The host of an address or a header as it is kept: lower case, without port and closing dot; `None` when it is no
/// name with a dot in it.
pub fn host_name(text: &str) -> Option<String> {
    let name = text.trim().to_ascii_lowercase();
    let name = name.rsplit_once(':').map_or(name.as_str(), |(name, _)| name);
    let name = name.strip_suffix('.').unwrap_or(name);
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    // The last part is no number, or it would be an address.
    let is_named = name.rsplit('.').next().is_some_and(|last| last.starts_with(|c: char| c.is_alphabetic()));
    let is_host = name.len() <= 253 && name.contains('.') && name.split('.').all(is_label) && is_named;
    is_host.then(|| name.to_owned())
}

/// A name of at most 200 characters, none of them a control character.
pub fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().count() <= 200 && !name.chars().any(char::is_control)
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
            [Refusal::SlugForm("Bộ".into()), Refusal::NameForm, Refusal::EmailForm("nobody".into())]
        );
    }

    #[test]
    fn what_no_mail_server_takes_is_no_address() {
        for wrong in
            ["<a@b.c>,x", "a@b.", "a@b.c\u{200b}", "admİn@b.c", "a b@c.d", "@b.c", "a@@b.c", "a@b..c"]
        {
            assert!(!is_email(wrong), "{wrong}");
        }
        assert!(is_email("van-phong.bo+x@btttt.gov.vn"));
        assert!(!is_name(&"a".repeat(201)) && !is_name("a\u{1b}[31m"));
    }

    #[test]
    fn a_host_is_kept_in_one_spelling() {
        for same in ["Dondoc.BTTTT.example", "dondoc.btttt.example.", "dondoc.btttt.example:8443"] {
            assert_eq!(host_name(same).as_deref(), Some("dondoc.btttt.example"));
        }
        for wrong in [
            "",
            "localhost",
            "127.0.0.1",
            "[::1]:80",
            "a..b",
            "-a.b",
            "a-.b",
            "a_b.c",
            "bộ.vn",
            "a.b/c",
            "a b.c",
        ] {
            assert_eq!(host_name(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn an_address_is_kept_in_lower_case() {
        let tenant = typed("btttt", " Bộ  TTTT ", "Admin@BTTTT.example").check().unwrap();
        assert_eq!(tenant.admin_email, "admin@btttt.example");
        assert_eq!(tenant.name, "Bộ TTTT");
    }
}
