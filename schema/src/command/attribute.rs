//! Commands about custom attributes.

use super::fields_of;
use crate::id::{AttributeId, UserId};
use crate::value::{
    AttributeKey, AttributeLabel, AttributeText, AttributeType, ChoiceName, ChoiceNumber, UserKind,
};

fields_of! {
    /// Makes an attribute.
    DefineAttribute {
        /// Unique without case among those that are not retired.
        key: AttributeKey,
        /// What people read.
        label: AttributeLabel,
        /// For ever: values of another type would be other values.
        value_type: AttributeType,
        /// Who has it.
        kinds: Vec<UserKind>,
        /// Its values go with the person.
        personal: bool,
        /// Nobody is created without a value.
        required: bool,
        /// Of a choice: at least one.
        choices: Vec<ChoiceName>,
    }
    /// Gives an attribute another label.
    RenameAttribute {
        /// Which.
        attribute: AttributeId,
        /// The new label.
        label: AttributeLabel,
    }
    /// Adds a choice to an attribute of choices.
    AddAttributeChoice {
        /// Which.
        attribute: AttributeId,
        /// Unique without case among the choices that are not retired.
        name: ChoiceName,
    }
    /// Takes a choice out of those that can be given.
    RetireAttributeChoice {
        /// Which.
        attribute: AttributeId,
        /// Which choice.
        choice: ChoiceNumber,
    }
    /// Ends an attribute.
    RetireAttribute {
        /// Which.
        attribute: AttributeId,
    }
    /// Sets values of a user, and clears others; those not named stay.
    SetAttributes {
        /// Whose.
        user: UserId,
        /// Each attribute once.
        attributes: Vec<AttributeEntry>,
    }
}

/// What somebody typed for an attribute. What it means, the definition says: so the rule reads it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct AttributeEntry {
    /// Which.
    pub key: AttributeKey,
    /// `None`: no value any more.
    pub value: Option<AttributeText>,
}
