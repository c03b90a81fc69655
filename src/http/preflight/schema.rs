//! The schema documents are validated against, read from its definition language.

use apollo_compiler::Schema;
use apollo_compiler::ast::{FieldDefinition, Type};
use apollo_compiler::name;
use apollo_compiler::schema::{Component, ExtendedType};
use apollo_compiler::validation::Valid;
use thiserror::Error;

/// The schema's own language could not be read or does not hold together.
#[derive(Debug, Error)]
#[error("the schema definition, or a document of it, is not valid: {0}")]
pub struct SchemaDefinitionError(String);

impl SchemaDefinitionError {
    /// A document that is trusted is none of this schema. Its text may hold what nobody should read here.
    pub(super) fn of_trusted(hash: &[u8; 32]) -> Self {
        let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        SchemaDefinitionError(format!("the trusted document {hash} is not valid"))
    }
}

/// Reads and checks `sdl`.
pub(super) fn parse(sdl: &str) -> Result<Valid<Schema>, SchemaDefinitionError> {
    let valid = Schema::parse_and_validate(sdl, "schema.graphql")
        .map_err(|invalid| SchemaDefinitionError(invalid.errors.to_string()))?;
    let mut schema = valid.into_inner();
    add_is_one_of(&mut schema);
    Ok(Valid::assume_valid(schema))
}

/// apollo-compiler's introspection lacks `__Type.isOneOf` (September 2025), which tools ask for and async-graphql
/// answers. Adding a nullable field without arguments leaves a valid schema valid.
fn add_is_one_of(schema: &mut Schema) {
    let Some(ExtendedType::Object(introspected)) = schema.types.get_mut("__Type") else { return };
    let field = FieldDefinition {
        description: None,
        name: name!("isOneOf"),
        arguments: Vec::new(),
        ty: Type::Named(name!("Boolean")),
        directives: Default::default(),
    };
    introspected.make_mut().fields.entry(name!("isOneOf")).or_insert_with(|| Component::new(field));
}
