//! Entity tags: `"7-1f0c9a3bd2e45678"` is version 7 of a thing, shown in these very words.
//!
//! A change names the version that it was thought out for; the words behind it, which may differ by the day that was
//! asked for, are for whoever wants to know whether there is anything new to read.

use actix_web::HttpResponse;
use actix_web::http::header;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};
use crate::http::is_known_tag;

/// A thing as it is shown to its reader now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Its version.
    pub version: i32,
    /// The JSON document.
    pub json: String,
}

impl Shown {
    /// Shows a version of something.
    ///
    /// # Errors
    /// It is nothing that JSON can say.
    pub fn of(version: i32, out: &impl Serialize) -> Result<Self> {
        let json = serde_json::to_string(out);
        let json = json.map_err(|e| Error::Internal(format!("an answer can't be written: {e}")))?;
        Ok(Self { version, json })
    }

    /// Its entity tag.
    pub fn etag(&self) -> String {
        let hash = Sha256::digest(&self.json);
        let digits: String = hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        format!("\"{}-{digits}\"", self.version)
    }

    /// The whole of it, or 304 when the reader has that already.
    pub fn unless_known(self, known: Option<&str>) -> HttpResponse {
        let etag = self.etag();
        if known.is_some_and(|known| is_known_tag(known, &etag)) {
            return HttpResponse::NotModified().insert_header((header::ETAG, etag)).finish();
        }
        self.whole()
    }

    /// The whole of it.
    pub fn whole(self) -> HttpResponse {
        let mut response = HttpResponse::Ok();
        response.insert_header((header::ETAG, self.etag())).content_type("application/json");
        response.body(self.json)
    }
}

/// The versions that an `If-Match` names, none for a weak tag or one that is not ours (RFC 9110 §13.1.1: neither ever
/// matches); `None` when it names no tag at all: none is there, it can't be read, or it is `*`, which would overwrite
/// whatever is there.
pub fn versions(if_match: Option<&str>) -> Option<Vec<i32>> {
    let tags = if_match?.split(',').map(str::trim);
    let is_tag = |tag: &str| {
        let opaque = tag.strip_prefix("W/").unwrap_or(tag);
        opaque.len() >= 2 && opaque.starts_with('"') && opaque.ends_with('"')
    };
    let version = |tag: &str| {
        let opaque = tag.strip_prefix('"')?.strip_suffix('"')?;
        opaque.split_once('-').map_or(opaque, |(version, _)| version).parse().ok()
    };
    tags.clone().all(is_tag).then(|| tags.filter_map(version).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_names_its_version_and_its_words() {
        let shown = Shown::of(7, &"a").unwrap();
        assert_eq!(shown.etag(), "\"7-ac8d8342bbb2362d\"");
        assert_ne!(shown.etag(), Shown::of(7, &"b").unwrap().etag());
        assert_eq!(versions(Some(&shown.etag())), Some(vec![7]));
        assert!(is_known_tag(&format!("\"1\", W/{}", shown.etag()), &shown.etag()));
        assert!(is_known_tag("*", &shown.etag()) && !is_known_tag("\"7\"", &shown.etag()));
    }

    #[test]
    fn a_change_names_the_versions_it_means() {
        for (sent, read) in [
            (None, None),
            (Some("*"), None),
            (Some("7"), None),
            (Some(""), None),
            (Some("\""), None),
            (Some("\"7\""), Some(vec![7])),
            (Some("\"7\", \"8-ab\""), Some(vec![7, 8])),
            (Some("W/\"7\""), Some(vec![])),
            (Some("\"x\""), Some(vec![])),
            (Some("\"99999999999\""), Some(vec![])),
        ] {
            assert_eq!(versions(sent), read, "{sent:?}");
        }
    }
}
