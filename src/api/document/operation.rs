//! One operation: a route of the API as it is told.

use serde_json::{Value, json};

use super::shape::Shape;
use super::{refusals, roles};
use crate::domain::paper::DocumentKind;
use crate::http::Need;
use crate::idempotency::LONGEST_KEY;
use crate::text::problem::ProblemKind;
use crate::text::{self, Lang};

/// What manners an operation has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// None.
    Plain,
    /// It shows one thing with its entity tag.
    Known,
    /// It makes something, once for each key.
    Create,
    /// It changes the version that it names.
    Change,
}

/// A parameter.
#[derive(Debug, Clone)]
pub struct Parameter {
    name: &'static str,
    place: &'static str,
    schema: Value,
}

impl Parameter {
    /// One of the query; a blank one is none.
    pub fn query(name: &'static str, schema: Value) -> Self {
        let schema = json!({ "anyOf": [schema, { "const": "" }] });
        Self { name, place: "query", schema }
    }

    /// A day of the query.
    pub fn day(name: &'static str) -> Self {
        Self::query(name, json!({ "type": "string", "format": "date", "examples": ["2024-11-29"] }))
    }

    /// A code of the query, one of these.
    pub fn code(name: &'static str, codes: &[&str]) -> Self {
        Self::query(name, json!({ "type": "string", "enum": codes }))
    }

    fn path(name: &'static str, schema: Value) -> Self {
        Self { name, place: "path", schema }
    }

    fn header(name: &'static str, schema: Value) -> Self {
        Self { name, place: "header", schema }
    }

    fn told(&self, lang: Lang) -> Value {
        let is_needed = self.place != "query" && self.name != "If-None-Match";
        json!({
            "name": self.name,
            "in": self.place,
            "required": is_needed,
            "description": text::api::parameter(lang, self.name),
            "schema": self.schema,
        })
    }
}

/// An operation.
#[derive(Debug, Clone)]
pub struct Operation {
    /// The method.
    pub method: &'static str,
    /// The path, as in the table of routes.
    pub path: &'static str,
    /// What programs call it.
    pub id: &'static str,
    pub(super) manner: Manner,
    pub(super) parameters: Vec<Parameter>,
    pub(super) body: Option<Shape>,
    pub(super) refuses: Vec<ProblemKind>,
    answer: Option<Shape>,
    takes: &'static str,
    gives: &'static str,
}

/// The media type of what is read and written, unless something else is said.
const JSON: &str = "application/json";

impl Operation {
    fn of(method: &'static str, path: &'static str, id: &'static str, manner: Manner) -> Self {
        let (parameters, refuses) = (Vec::new(), Vec::new());
        Self {
            method,
            path,
            id,
            manner,
            parameters,
            body: None,
            refuses,
            answer: None,
            takes: JSON,
            gives: JSON,
        }
    }

    /// One that reads.
    pub fn get(path: &'static str, id: &'static str) -> Self {
        Self::of("GET", path, id, Manner::Plain)
    }

    /// One that shows one thing with its entity tag (see `sent::Known`).
    pub fn show(path: &'static str, id: &'static str) -> Self {
        let known = Parameter::header("If-None-Match", json!({ "type": "string" }));
        Self::of("GET", path, id, Manner::Known).with(known)
    }

    /// One that makes something (see `sent::Sent::create`).
    pub fn create(path: &'static str, id: &'static str) -> Self {
        let schema = json!({
            "type": "string",
            "pattern": format!("^(\"[!#-~]{{1,{LONGEST_KEY}}}\"|[!#-~]{{1,{LONGEST_KEY}}})$"),
            "examples": ["8e03978e-40d5-43dd-bc93-6894a57f9324"],
        });
        Self::of("POST", path, id, Manner::Create).with(Parameter::header("Idempotency-Key", schema))
    }

    /// One that changes something (see `sent::Sent::change`).
    pub fn change(method: &'static str, path: &'static str, id: &'static str) -> Self {
        let schema =
            json!({ "type": "string", "pattern": "^\"[0-9]{1,9}(-[0-9a-f]{16})?\"$", "examples": ["\"7\""] });
        Self::of(method, path, id, Manner::Change).with(Parameter::header("If-Match", schema))
    }

    /// One without manners.
    pub fn plain(method: &'static str, path: &'static str, id: &'static str) -> Self {
        Self::of(method, path, id, Manner::Plain)
    }

    /// With a parameter.
    pub fn with(mut self, parameter: Parameter) -> Self {
        self.parameters.push(parameter);
        self
    }

    /// With a body.
    pub fn takes(self, body: Shape) -> Self {
        Self { body: Some(body), ..self }
    }

    /// With the fields of a form that brings a file.
    pub fn takes_form(self, body: Shape) -> Self {
        Self { body: Some(body), takes: "multipart/form-data", ..self }
    }

    /// With an answer of bytes, whatever they are.
    pub fn gives_bytes(self) -> Self {
        Self { answer: Some(Shape { schema: json!({}), named: Vec::new() }), gives: "*/*", ..self }
    }

    /// With an answer.
    pub fn gives(self, answer: Shape) -> Self {
        Self { answer: Some(answer), ..self }
    }

    /// With a problem that its manners don't say.
    pub fn refuses(mut self, kind: ProblemKind) -> Self {
        self.refuses.push(kind);
        self
    }

    /// Every shape that it refers to, by name.
    pub(super) fn schemas(&self) -> Vec<(String, Value)> {
        [&self.body, &self.answer].into_iter().flatten().flat_map(|shape| shape.named.clone()).collect()
    }

    /// The parameters of the path, then its own.
    fn all_parameters(&self) -> Vec<Parameter> {
        let month =
            json!({ "type": "string", "pattern": "^20[0-9]{2}-(0[1-9]|1[0-2])$", "examples": ["2024-11"] });
        let of_path = self.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
        let parameter = |name: &'static str| match name {
            "month" => Parameter::path(name, month.clone()),
            "year" => {
                Parameter::path(name, json!({ "type": "string", "pattern": "^(199[0-9]|20[0-9]{2}|2100)$" }))
            }
            "version" => Parameter::path(name, json!({ "type": "integer", "minimum": 1 })),
            "kind" => {
                let kinds: Vec<&str> = DocumentKind::ALL.iter().map(|kind| kind.code()).collect();
                Parameter::path(name, json!({ "type": "string", "enum": kinds }))
            }
            _ => Parameter::path(name, json!({ "type": "string", "format": "uuid" })),
        };
        of_path.map(parameter).chain(self.parameters.iter().cloned()).collect()
    }

    /// The operation object.
    pub(super) fn told(&self, lang: Lang, need: Need) -> Value {
        let mut responses = refusals::answers(lang, self, need);
        let (status, answer) = self.success(lang);
        responses.insert(status.to_owned(), answer);
        if self.manner == Manner::Known {
            let known = json!({ "description": text::api::answer(lang, 304) });
            responses.insert("304".to_owned(), known);
        }
        let parameters: Vec<Value> = self.all_parameters().iter().map(|one| one.told(lang)).collect();
        let mut told = json!({
            "operationId": self.id,
            "summary": text::api::operation(lang, self.id),
            "tags": [self.path.split('/').nth(3).unwrap_or_default()],
            "parameters": parameters,
            "responses": responses,
            "security": [],
        });
        let Some(object) = told.as_object_mut() else { return told };
        if let Need::Member(act) = need {
            object.insert("security".to_owned(), json!([{ "bearer": [] }]));
            object.insert("x-permission".to_owned(), json!(act.code()));
            let roles: Vec<&str> = roles(need).unwrap_or_default().iter().map(|role| role.code()).collect();
            object.insert("x-roles".to_owned(), json!(roles));
        }
        if let Some(body) = &self.body {
            let content = json!({ self.takes: { "schema": body.schema } });
            object.insert("requestBody".to_owned(), json!({ "required": true, "content": content }));
        }
        told
    }

    /// The answer when it went well.
    fn success(&self, lang: Lang) -> (&'static str, Value) {
        let status = match (self.manner, &self.answer) {
            (Manner::Create, _) => 201,
            (_, Some(_)) => 200,
            (_, None) => 204,
        };
        let header = |name: &str| json!({ "description": text::api::header(lang, name), "schema": { "type": "string" } });
        let names: &[&str] = match (self.manner, &self.answer) {
            (Manner::Create, _) => &["ETag", "Location", "Idempotent-Replayed"],
            (Manner::Known | Manner::Change, Some(_)) => &["ETag"],
            _ => &[],
        };
        let headers: serde_json::Map<String, Value> =
            names.iter().map(|name| ((*name).to_owned(), header(name))).collect();
        let mut answer = json!({ "description": text::api::answer(lang, status), "headers": headers });
        if let (Some(shape), Some(object)) = (&self.answer, answer.as_object_mut()) {
            object.insert("content".to_owned(), json!({ self.gives: { "schema": shape.schema } }));
        }
        let code = match status {
            201 => "201",
            204 => "204",
            _ => "200",
        };
        (code, answer)
    }
}
