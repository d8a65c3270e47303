//! The shapes of what is read and written, from the types themselves.

use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use crate::text::problem::ProblemKind;

/// A shape, and every other that it refers to.
#[derive(Debug, Clone)]
pub struct Shape {
    /// The JSON Schema.
    pub schema: Value,
    /// What it refers to, by name.
    pub named: Vec<(String, Value)>,
}

fn value(schema: &impl serde::Serialize) -> Value {
    serde_json::to_value(schema).unwrap_or_default()
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

impl Shape {
    /// That of a type.
    pub fn of<T: ToSchema>() -> Self {
        let mut others = Vec::new();
        T::schemas(&mut others);
        let mut named: Vec<_> = others.iter().map(|(name, schema)| (name.clone(), value(schema))).collect();
        named.push((T::name().into_owned(), value(&T::schema())));
        Self { schema: reference(&T::name()), named }
    }

    /// That of a list of a type, and the cursor of its next part.
    pub fn list<T: ToSchema>() -> Self {
        let Self { schema, named } = Self::of::<T>();
        let schema = json!({
            "type": "object",
            "required": ["items", "next"],
            "properties": { "items": { "type": "array", "items": schema }, "next": { "type": ["string", "null"] } },
        });
        Self { schema, named }
    }

    /// That of any value of a JSON type.
    pub fn any(kind: &str) -> Self {
        Self { schema: json!({ "type": kind }), named: Vec::new() }
    }
}

impl Shape {
    /// The same object with a field.
    pub fn field(mut self, name: &str, schema: Value, is_needed: bool) -> Self {
        if let Some(object) = self.schema.as_object_mut() {
            let fields = object.entry("properties").or_insert_with(|| json!({}));
            if let Some(fields) = fields.as_object_mut() {
                fields.insert(name.to_owned(), schema);
            }
            let needed = object.entry("required").or_insert_with(|| json!([]));
            if let (true, Some(needed)) = (is_needed, needed.as_array_mut()) {
                needed.push(json!(name));
            }
        }
        self
    }
}

/// The shapes that belong to no operation alone.
pub(super) fn own() -> Map<String, Value> {
    let mut codes: Vec<String> =
        ProblemKind::ALL.iter().map(|kind| format!("urn:dondoc:problem:{}", kind.code())).collect();
    codes.sort();
    let problem = json!({
        "type": "object",
        "description": "RFC 9457",
        "required": ["type", "title", "status", "instance"],
        "properties": {
            "type": { "type": "string", "enum": codes },
            "title": { "type": "string" },
            "status": { "type": "integer", "minimum": 400, "maximum": 599 },
            "detail": { "type": "string" },
            "instance": { "type": "string", "pattern": "^urn:uuid:" },
            "errors": { "type": "array", "items": reference("Fault") },
            "current": { "type": "object" },
        },
    });
    let fault = json!({
        "type": "object",
        "required": ["detail"],
        "properties": {
            "parameter": { "type": "string" },
            "pointer": { "type": "string", "description": "RFC 6901" },
            "detail": { "type": "string" },
        },
    });
    Map::from_iter([("Problem".to_owned(), problem), ("Fault".to_owned(), fault)])
}
