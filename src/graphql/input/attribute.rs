//! Custom attributes: their definitions, and values of users.

use async_graphql::{ID, InputObject};
use rollbook_schema::command::{
    AddAttributeChoice, AttributeEntry, DefineAttribute, RenameAttribute, RetireAttribute,
    RetireAttributeChoice, SetAttributes,
};
use rollbook_schema::value::{
    ATTRIBUTES_MAX, AttributeKey, AttributeLabel, AttributeText, ChoiceName, ChoiceNumber, Flaw,
};
use rollbook_schema::{Command, RejectionCode};

use super::Flaws;
use crate::graphql::asking::{AskTerms, Asks, ChangeTerms, Terms};
use crate::graphql::vocabulary::{AttributeType, UserKind};

/// A new attribute.
#[derive(InputObject)]
pub(in crate::graphql) struct DefineAttributeInput {
    /// What programs call it: an ASCII letter, then letters, digits and `_`; at most 40. Unique, compared
    /// without case.
    key: String,
    /// What people read; at most 100 characters.
    label: String,
    r#type: AttributeType,
    /// Who has it; agents and clients, if it is not given.
    #[graphql(default_with = "vec![UserKind::Agent, UserKind::Client]")]
    kinds: Vec<UserKind>,
    /// Its values tell about the person: sealed with the person's key, and shown as names are.
    personal: bool,
    /// Nobody is created without a value.
    #[graphql(default)]
    required: bool,
    /// Of a choice: at least one, at most 200.
    #[graphql(default)]
    choices: Vec<String>,
    #[graphql(flatten)]
    terms: AskTerms,
}

impl Asks for DefineAttributeInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        let key = flaws.take("key", AttributeKey::parse(&self.key));
        let label = flaws.take("label", AttributeLabel::parse(&self.label));
        let names = self.choices.iter().enumerate();
        let choices: Vec<_> =
            names.filter_map(|(n, name)| flaws.entry("choices", n, ChoiceName::parse(name))).collect();
        Some(
            DefineAttribute {
                key: key?,
                label: label?,
                value_type: self.r#type.into(),
                kinds: self.kinds.into_iter().map(Into::into).collect(),
                personal: self.personal,
                required: self.required,
                choices,
            }
            .into(),
        )
    }
}

/// Another label for an attribute.
#[derive(InputObject)]
pub(in crate::graphql) struct RenameAttributeInput {
    attribute_id: ID,
    /// What people read; at most 100 characters.
    label: String,
    #[graphql(flatten)]
    terms: AskTerms,
}

impl Asks for RenameAttributeInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        let attribute = flaws.attribute("attributeId", &self.attribute_id);
        let label = flaws.take("label", AttributeLabel::parse(&self.label));
        Some(RenameAttribute { attribute: attribute?, label: label? }.into())
    }
}

/// One more choice.
#[derive(InputObject)]
pub(in crate::graphql) struct AddAttributeChoiceInput {
    attribute_id: ID,
    /// At most 100 characters; unique within the attribute, compared without case.
    name: String,
    #[graphql(flatten)]
    terms: AskTerms,
}

impl Asks for AddAttributeChoiceInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        let attribute = flaws.attribute("attributeId", &self.attribute_id);
        let name = flaws.take("name", ChoiceName::parse(&self.name));
        Some(AddAttributeChoice { attribute: attribute?, name: name? }.into())
    }
}

/// A choice that shall be given to nobody any more.
#[derive(InputObject)]
pub(in crate::graphql) struct RetireAttributeChoiceInput {
    attribute_id: ID,
    /// The choice's number within its attribute.
    choice: i32,
    #[graphql(flatten)]
    terms: AskTerms,
}

impl Asks for RetireAttributeChoiceInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        let attribute = flaws.attribute("attributeId", &self.attribute_id);
        let choice = u16::try_from(self.choice).map(ChoiceNumber).ok();
        if choice.is_none() {
            flaws.refuse("choice", RejectionCode::NotFound);
        }
        Some(RetireAttributeChoice { attribute: attribute?, choice: choice? }.into())
    }
}

/// An attribute that shall be gone.
#[derive(InputObject)]
pub(in crate::graphql) struct RetireAttributeInput {
    attribute_id: ID,
    #[graphql(flatten)]
    terms: AskTerms,
}

impl Asks for RetireAttributeInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        Some(RetireAttribute { attribute: flaws.attribute("attributeId", &self.attribute_id)? }.into())
    }
}

/// Values to set and to clear; attributes that are not named stay.
#[derive(InputObject)]
pub(in crate::graphql) struct SetAttributesInput {
    user_id: ID,
    attributes: Vec<AttributeInput>,
    #[graphql(flatten)]
    terms: ChangeTerms,
}

impl Asks for SetAttributesInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        let user = flaws.user("userId", &self.user_id);
        let attributes = AttributeInput::entries(&self.attributes, flaws);
        Some(SetAttributes { user: user?, attributes }.into())
    }
}

/// One attribute of a user.
#[derive(InputObject)]
pub(in crate::graphql) struct AttributeInput {
    key: String,
    /// As its type is written: `-12.5`, `true`, `2026-12-31`, the name of a choice. Null, or a blank text,
    /// is no value.
    value: Option<String>,
}

impl AttributeInput {
    /// The entries, each with its flaws.
    pub(in crate::graphql) fn entries(inputs: &[AttributeInput], flaws: &mut Flaws) -> Vec<AttributeEntry> {
        if inputs.len() > ATTRIBUTES_MAX {
            flaws.refuse("attributes", RejectionCode::TooMany);
            return Vec::new();
        }
        let mut entries = Vec::with_capacity(inputs.len());
        for (n, input) in inputs.iter().enumerate() {
            let key = flaws.entry("attributes", n, AttributeKey::parse(&input.key));
            let value = match input.value.as_deref().map(AttributeText::parse) {
                None | Some(Err(Flaw::Blank)) => None,
                Some(parsed) => flaws.entry("attributes", n, parsed),
            };
            entries.extend(key.map(|key| AttributeEntry { key, value }));
        }
        entries
    }
}
