//! What an operation may answer beside what was asked for.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::operation::{Manner, Operation};
use crate::domain::access::Act;
use crate::http::Need;
use crate::text::problem::{ProblemKind, title};
use crate::text::{self, Lang};

/// Every problem that an operation may tell of, by its manners.
fn kinds(operation: &Operation, need: Need) -> Vec<ProblemKind> {
    use ProblemKind as K;
    let mut all = vec![K::BadRequest, K::BadParameter, K::TooMany, K::Internal, K::Unavailable];
    if let Need::Member(act) = need {
        all.extend([K::NotSignedIn, K::NotPermitted]);
        all.extend((act == Act::UseSession).then_some(K::CrossSite));
    }
    if operation.path.contains('{') {
        all.push(K::NotFound);
    }
    if operation.method != "GET" {
        all.extend([K::CrossSite, K::TooLarge, K::Timeout]);
    }
    if operation.body.is_some() {
        all.extend([K::UnsupportedMedia, K::Unprocessable]);
    }
    match operation.manner {
        Manner::Create => all.extend([K::KeyNeeded, K::KeyReused, K::InProgress, K::Refused]),
        Manner::Change => all.extend([K::VersionNeeded, K::Stale, K::Refused]),
        Manner::Plain | Manner::Known => {}
    }
    all.extend(&operation.refuses);
    all
}

/// The answers by their status, one for all problems of a status.
pub(super) fn answers(lang: Lang, operation: &Operation, need: Need) -> BTreeMap<String, Value> {
    let mut by_status: BTreeMap<u16, Vec<&str>> = BTreeMap::new();
    for kind in kinds(operation, need) {
        let titles = by_status.entry(kind.status()).or_default();
        if !titles.contains(&title(lang, kind)) {
            titles.push(title(lang, kind));
        }
    }
    let answer = |(status, titles): (u16, Vec<&str>)| {
        let problem = json!({ "schema": { "$ref": "#/components/schemas/Problem" } });
        let mut told = json!({
            "description": titles.join("; "),
            "content": { "application/problem+json": problem },
        });
        let header = match status {
            429 | 503 => Some(("Retry-After", json!({ "type": "integer", "minimum": 0 }))),
            412 => Some(("ETag", json!({ "type": "string" }))),
            _ => None,
        };
        if let (Some((name, schema)), Some(told)) = (header, told.as_object_mut()) {
            let header = json!({ "description": text::api::header(lang, name), "schema": schema });
            told.insert("headers".to_owned(), json!({ name: header }));
        }
        (status.to_string(), told)
    };
    by_status.into_iter().map(answer).collect()
}
