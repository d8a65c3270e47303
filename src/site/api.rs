//! The API's description to be read by people: the same document as programs read, as a page.

use actix_web::web;
use serde_json::Value;

use super::shell::before;
use super::{PageResult, page};
use crate::api::document;
use crate::http::{RouteTable, Visit};
use crate::pages::{ApiAnswer, ApiField, ApiOperation, ApiPage, ApiShape, Words};

fn text(value: &Value, name: &str) -> String {
    value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// What a JSON Schema says, in short: `string (uuid)`, `[Task]`, `string, null`.
fn kind(schema: &Value) -> String {
    if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
        return name.rsplit('/').next().unwrap_or_default().to_owned();
    }
    if let Some(items) = schema.get("items") {
        return format!("[{}]", kind(items));
    }
    let either = schema.get("oneOf").or_else(|| schema.get("anyOf")).and_then(Value::as_array);
    if let Some(either) = either {
        let said = either.iter().filter(|one| one.get("const").is_none());
        return said.map(kind).collect::<Vec<_>>().join(", ");
    }
    let kinds = match schema.get("type") {
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", "),
        Some(Value::String(kind)) => kind.clone(),
        _ => "any".to_owned(),
    };
    let said = |name: &str| match schema.get(name) {
        Some(Value::String(text)) => Some(text.clone()),
        Some(Value::Number(number)) => Some(format!("{name} {number}")),
        Some(Value::Array(codes)) if name == "enum" => {
            Some(codes.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" | "))
        }
        _ => None,
    };
    let limits: Vec<String> = ["format", "enum", "minimum", "maximum", "minLength", "maxLength"]
        .into_iter()
        .filter_map(said)
        .collect();
    if limits.is_empty() { kinds } else { format!("{kinds} ({})", limits.join(", ")) }
}

fn fields(schema: &Value) -> Vec<ApiField> {
    let needed = schema.get("required").and_then(Value::as_array);
    let is_needed = |name: &str| needed.is_some_and(|needed| needed.iter().any(|one| one == name));
    let properties = schema.get("properties").and_then(Value::as_object);
    let field = |(name, schema): (&String, &Value)| ApiField {
        name: name.clone(),
        kind: kind(schema),
        is_needed: is_needed(name),
        about: text(schema, "description"),
    };
    properties.into_iter().flatten().map(field).collect()
}

fn parameter(told: &Value) -> ApiField {
    ApiField {
        name: text(told, "name"),
        kind: format!("{} · {}", text(told, "in"), told.get("schema").map(kind).unwrap_or_default()),
        is_needed: told.get("required") == Some(&Value::Bool(true)),
        about: text(told, "description"),
    }
}

/// The schema of what is sent or answered as JSON.
fn content(of: &Value) -> Option<String> {
    let content = of.get("content")?.as_object()?;
    let schema = content.values().next()?.get("schema")?;
    let items = schema.get("properties").and_then(|properties| properties.get("items"));
    Some(items.map_or_else(|| kind(schema), kind))
}

fn answer((status, told): (&String, &Value)) -> ApiAnswer {
    ApiAnswer { status: status.clone(), about: text(told, "description"), shape: content(told) }
}

fn operation(w: Words, path: &str, method: &str, told: &Value) -> ApiOperation {
    let list = |name: &str| told.get(name).and_then(Value::as_array).into_iter().flatten();
    let roles: Vec<&str> = list("x-roles").filter_map(Value::as_str).collect();
    let who = match told.get("x-permission").and_then(Value::as_str) {
        Some(permission) => format!("{permission} · {}", roles.join(", ")),
        None => w.api_open().to_owned(),
    };
    ApiOperation {
        anchor: text(told, "operationId"),
        method: method.to_uppercase(),
        path: path.to_owned(),
        summary: text(told, "summary"),
        who,
        parameters: list("parameters").map(parameter).collect(),
        body: told.get("requestBody").and_then(content),
        answers: told.get("responses").and_then(Value::as_object).into_iter().flatten().map(answer).collect(),
    }
}

/// The page.
pub async fn show(visit: Visit, table: web::Data<RouteTable>) -> PageResult {
    let w = Words(visit.lang());
    let told = document::document(w.0, &table.0, &visit.service.public_url);
    let paths = told.get("paths").and_then(Value::as_object).into_iter().flatten();
    let operations = paths.flat_map(|(path, methods)| {
        let methods = methods.as_object().into_iter().flatten();
        methods.map(move |(method, told)| operation(w, path, method, told))
    });
    let schemas = told.pointer("/components/schemas").and_then(Value::as_object).into_iter().flatten();
    let shape = |(name, schema): (&String, &Value)| ApiShape {
        name: name.clone(),
        about: text(schema, "description"),
        fields: fields(schema),
    };
    let view = ApiPage {
        w,
        shell: before(&visit, w),
        about: told.pointer("/info/description").and_then(Value::as_str).unwrap_or_default().to_owned(),
        document: document::PLACE.to_owned(),
        operations: operations.collect(),
        shapes: schemas.map(shape).collect(),
    };
    page(w, &view)
}
