//! Enums that are made from the lists of the schema crate, so that a new entry there is one here.

use std::borrow::Cow;

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::Field;
use async_graphql::registry::{Deprecation, MetaEnumValue, MetaType, MetaTypeId, Registry};
use async_graphql::{
    ContextSelectionSet, InputType, InputValueError, InputValueResult, Name, OutputType, Positioned,
    ServerResult, Value,
};

/// A closed list with a name for each entry.
trait ClosedList: Copy + Send + Sync + 'static {
    const NAME: &'static str;
    const DESCRIPTION: &'static str;
    fn all() -> Vec<Self>;
    fn name(self) -> String;
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct EventType(pub rollbook_schema::event::EventType);

impl ClosedList for EventType {
    const NAME: &'static str = "EventType";
    const DESCRIPTION: &'static str = "What happened.";

    fn all() -> Vec<Self> {
        rollbook_schema::event::EventType::ALL.iter().copied().map(EventType).collect()
    }

    fn name(self) -> String {
        screaming(self.0.stem())
    }
}

/// Why something was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RejectionCode(pub rollbook_schema::RejectionCode);

impl ClosedList for RejectionCode {
    const NAME: &'static str = "RejectionCode";
    const DESCRIPTION: &'static str = "Why something was refused.";

    fn all() -> Vec<Self> {
        rollbook_schema::RejectionCode::ALL.iter().copied().map(RejectionCode).collect()
    }

    fn name(self) -> String {
        self.0.as_str().to_owned()
    }
}

/// What an access profile permits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Capability(pub crate::access::Capability);

impl ClosedList for Capability {
    const NAME: &'static str = "Capability";
    const DESCRIPTION: &'static str = "What an access profile permits.";

    fn all() -> Vec<Self> {
        crate::access::Capability::ALL.iter().copied().map(Capability).collect()
    }

    fn name(self) -> String {
        screaming(&format!("{:?}", self.0))
    }
}

/// `LicenseGranted` becomes `LICENSE_GRANTED`.
fn screaming(stem: &str) -> String {
    let mut name = String::new();
    for letter in stem.chars() {
        if letter.is_ascii_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.push(letter.to_ascii_uppercase());
    }
    name
}

macro_rules! graphql_enum {
    ($name:ident) => {
        impl InputType for $name {
            type RawValueType = Self;

            fn type_name() -> Cow<'static, str> {
                Cow::Borrowed(Self::NAME)
            }

            fn create_type_info(registry: &mut Registry) -> String {
                registry.create_input_type::<Self, _>(MetaTypeId::Enum, |_| meta_type::<Self>())
            }

            fn parse(value: Option<Value>) -> InputValueResult<Self> {
                let value = value.unwrap_or_default();
                parse(&value).ok_or_else(|| InputValueError::expected_type(value))
            }

            fn to_value(&self) -> Value {
                Value::Enum(Name::new(self.name()))
            }

            fn as_raw_value(&self) -> Option<&Self> {
                Some(self)
            }
        }

        impl OutputType for $name {
            fn type_name() -> Cow<'static, str> {
                Cow::Borrowed(Self::NAME)
            }

            fn create_type_info(registry: &mut Registry) -> String {
                <Self as InputType>::create_type_info(registry)
            }

            async fn resolve(
                &self,
                _: &ContextSelectionSet<'_>,
                _: &Positioned<Field>,
            ) -> ServerResult<Value> {
                Ok(InputType::to_value(self))
            }
        }
    };
}

graphql_enum!(EventType);
graphql_enum!(RejectionCode);
graphql_enum!(Capability);

fn parse<T: ClosedList>(value: &Value) -> Option<T> {
    let name = match value {
        Value::Enum(name) => name.as_str(),
        Value::String(name) => name.as_str(),
        _ => return None,
    };
    T::all().into_iter().find(|entry| entry.name() == name)
}

fn meta_type<T: ClosedList>() -> MetaType {
    let values = T::all().into_iter().map(|entry| (entry.name(), meta_value(entry.name())));
    MetaType::Enum {
        name: T::NAME.to_owned(),
        description: Some(T::DESCRIPTION.to_owned()),
        enum_values: values.collect::<IndexMap<_, _>>(),
        visible: None,
        inaccessible: false,
        tags: Vec::new(),
        rust_typename: Some(std::any::type_name::<T>()),
        directive_invocations: Vec::new(),
        requires_scopes: Vec::new(),
    }
}

fn meta_value(name: String) -> MetaEnumValue {
    MetaEnumValue {
        name,
        description: None,
        deprecation: Deprecation::NoDeprecated,
        visible: None,
        inaccessible: false,
        tags: Vec::new(),
        directive_invocations: Vec::new(),
    }
}
