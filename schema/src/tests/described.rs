//! The shapes of sealed parts are those of the parts themselves.

use serde::Serialize;

use super::samples;
use crate::described::SealedUnder;
use crate::event::{EventType, PartVisitor};
use crate::id::UserId;
use crate::personal::{Group, KeyOwner, Personal};

struct Seen(Vec<(SealedUnder, Group)>);

impl PartVisitor for Seen {
    type Error = std::convert::Infallible;

    fn part<T: Serialize>(
        &mut self,
        owner: KeyOwner,
        group: Group,
        _value: &Personal<T>,
    ) -> Result<(), Self::Error> {
        let under = match owner {
            KeyOwner::Subject(UserId::TENANT) => SealedUnder::Tenant,
            KeyOwner::Subject(_) => SealedUnder::Person,
            KeyOwner::Credential(_) => SealedUnder::Secret,
        };
        self.0.push((under, group));
        Ok(())
    }
}

#[test]
fn every_sealed_part_is_in_the_register_and_under_the_key_that_it_names() {
    for event_type in EventType::ALL {
        let mut seen = Seen(Vec::new());
        let events = samples::all().into_iter().filter(|event| event.event_type() == *event_type);
        events.for_each(|event| event.visit_parts(&mut seen).unwrap());
        seen.0.sort_unstable();
        seen.0.dedup();
        let shapes = event_type.part_shapes();
        let mut shaped: Vec<_> = shapes.iter().map(|shape| (shape.under, shape.group)).collect();
        shaped.sort_unstable();
        assert_eq!(seen.0, shaped, "{}", event_type.name());
        assert!(shapes.iter().all(|shape| !shape.fields.is_empty()), "{}", event_type.name());
    }
}
