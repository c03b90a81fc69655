//! The OpenAPI document of the REST door (API-04), made from the table that the parser reads.

use axum::http::header;
use axum::response::IntoResponse;
use rollbook_schema::RejectionCode;
use rollbook_schema::value::ATTRIBUTES_MAX;
use rollbook_schema::value::PersonField;
use serde_json::{Map, Value, json};

use super::fields::{Field, FieldForm, REQUIRED, fields};

/// `GET /openapi.json`: for everybody, as the schema of GraphQL is.
pub(super) async fn serve() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json")], openapi())
}

/// The document, as it is committed at `schema/openapi.json`.
#[must_use]
pub fn openapi() -> String {
    let document = json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Rollbook",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Adds users as the GraphQL mutation `createUser` does: the same fields, rights, rules and events. Everything else is done through GraphQL, at /graphql.",
            "license": { "name": "MIT", "identifier": "MIT" },
        },
        "servers": [{ "url": "/" }],
        "security": [{ "session": [] }],
        "paths": { "/users": { "post": add_user() }, "/users/{id}": { "get": read_user() } },
        "components": {
            "securitySchemes": { "session": {
                "type": "http",
                "scheme": "bearer",
                "description": "The token that the GraphQL mutation `signIn` gives.",
            } },
            "schemas": {
                "NewUser": new_user(),
                "User": user(),
                "CreatedUser": created_user(),
                "Problem": problem(),
            },
        },
    });
    // Keys are texts, so there is always a form.
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

fn add_user() -> Value {
    json!({
        "operationId": "createUser",
        "summary": "Add a user",
        "description": "Makes an agent or a client, whole or not at all. Answers when the user is durable and can be read.",
        "parameters": [{
            "name": "Idempotency-Key",
            "in": "header",
            "schema": { "type": "string", "minLength": 1, "maxLength": 200 },
            "description": "Your own name for this request: sent twice, done once.",
        }],
        "requestBody": {
            "required": true,
            "content": { "application/json": { "schema": { "$ref": "#/components/schemas/NewUser" } } },
        },
        "responses": {
            "201": {
                "description": "The user was made.",
                "headers": {
                    "Location": {
                        "description": "Where the user is read.",
                        "schema": { "type": "string", "format": "uri-reference" },
                    },
                    "Idempotency-Replayed": {
                        "description": "The key was known: this is what the first request did.",
                        "schema": { "const": "true" },
                    },
                },
                "content": { "application/json": { "schema": { "$ref": "#/components/schemas/CreatedUser" } } },
            },
            "400": refusal("The body is no JSON object."),
            "401": refusal("The token is missing, or opens nothing."),
            "403": refusal("You may not make this user."),
            "409": refusal("Another user has the name or the email, no seat is free, or the key was used for something else."),
            "413": refusal("The body is too long."),
            "415": refusal("The body is not declared as application/json."),
            "422": refusal("Fields are missing or not valid; all of them are listed."),
            "503": refusal("Too much is waiting, or nothing can be changed at the moment: try again."),
        },
    })
}

fn read_user() -> Value {
    json!({
        "operationId": "readUser",
        "summary": "Read a user",
        "parameters": [{
            "name": "id",
            "in": "path",
            "required": true,
            "schema": { "type": "string", "pattern": "^user_[0-9]+$" },
        }],
        "responses": {
            "200": {
                "description": "The user, as far as you may see it.",
                "content": { "application/json": { "schema": { "$ref": "#/components/schemas/User" } } },
            },
            "401": refusal("The token is missing, or opens nothing."),
            "404": refusal("There is no such user, or not for you."),
        },
    })
}

fn refusal(description: &str) -> Value {
    json!({
        "description": description,
        "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } },
    })
}

fn new_user() -> Value {
    let properties = fields().into_iter().map(|field| (field.name.to_owned(), property(field)));
    json!({
        "type": "object",
        "required": REQUIRED,
        "additionalProperties": false,
        "properties": properties.collect::<Map<String, Value>>(),
    })
}

fn property(field: Field) -> Value {
    let nullable = !REQUIRED.contains(&field.name);
    let typed = |name: &str| if nullable { json!([name, "null"]) } else { json!(name) };
    let mut property = match field.form {
        FieldForm::Text => json!({ "type": typed("string") }),
        FieldForm::Secret => json!({ "type": typed("string"), "writeOnly": true }),
        FieldForm::Flag => json!({ "type": typed("boolean") }),
        FieldForm::Number => json!({ "type": typed("integer") }),
        FieldForm::Attributes => json!({
            "type": typed("array"),
            "maxItems": ATTRIBUTES_MAX,
            "items": {
                "type": "object",
                "required": ["key"],
                "additionalProperties": false,
                "properties": { "key": { "type": "string" }, "value": { "type": ["string", "null"] } },
            },
        }),
        FieldForm::Roles => {
            json!({ "type": typed("array"), "items": { "type": "string", "pattern": "^role_[0-9]+$" } })
        }
        FieldForm::BusinessUnits => {
            json!({ "type": typed("array"), "items": { "type": "string", "pattern": "^unit_[0-9]+$" } })
        }
        FieldForm::Choice(names) => {
            let null = nullable.then_some(Value::Null);
            let names: Vec<Value> = names.iter().map(|name| json!(name)).chain(null).collect();
            json!({ "enum": names })
        }
    };
    property["description"] = json!(field.help);
    property
}

fn user() -> Value {
    let text = || json!({ "type": ["string", "null"] });
    let flag = || json!({ "type": "boolean" });
    let mut properties = Map::new();
    let mut put = |name: &str, schema: Value| properties.insert(name.to_owned(), schema);
    put("id", json!({ "type": "string", "pattern": "^user_[0-9]+$" }));
    put("kind", json!({ "enum": ["AGENT", "CLIENT", "STANDARD"] }));
    put("username", text());
    put("email", text());
    put("emailVerified", flag());
    PersonField::ALL.iter().for_each(|field| _ = put(field.name(), text()));
    ["active", "locked", "deleted", "masked"].iter().for_each(|name| _ = put(name, flag()));
    put("license", json!({ "enum": ["READ_WRITE", "READ_ONLY", null] }));
    put("roles", json!({ "type": "array", "items": { "type": "string" } }));
    put("accessProfile", json!({ "type": "string" }));
    put("createdAt", json!({ "type": "string", "format": "date-time" }));
    put("version", json!({ "type": "integer", "minimum": 0 }));
    let required: Vec<String> = properties.keys().cloned().collect();
    json!({
        "type": "object",
        "description": "Names and addresses are null where they are not known, and for readers who may not see people.",
        "required": required,
        "properties": properties,
    })
}

fn created_user() -> Value {
    json!({
        "allOf": [{ "$ref": "#/components/schemas/User" }],
        "type": "object",
        "required": ["position", "repeated"],
        "properties": {
            "position": { "type": "integer", "description": "Where the change stands in the log." },
            "repeated": { "type": "boolean", "description": "The idempotency key was known." },
        },
    })
}

fn problem() -> Value {
    let codes: Vec<&str> = RejectionCode::ALL.iter().map(|code| code.as_str()).collect();
    let described = format!("Why. Of a flaw, one of: {}.", codes.join(", "));
    json!({
        "type": "object",
        "description": "RFC 9457. No value that was sent is repeated in it.",
        "required": ["type", "title", "status", "code", "errors"],
        "properties": {
            "type": { "const": "about:blank" },
            "title": { "type": "string" },
            "status": { "type": "integer" },
            "code": { "type": "string", "description": "Of the first flaw, or of the request." },
            "errors": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["code", "field", "message"],
                    "properties": {
                        "code": { "type": "string", "description": described },
                        "field": {
                            "type": ["string", "null"],
                            "description": "The member of the body, or the header; null for the whole.",
                        },
                        "message": { "type": "string" },
                    },
                },
            },
        },
    })
}
