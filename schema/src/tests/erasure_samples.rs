//! Samples of completed erasures.

use crate::event::{
    DestroyedKey, ErasureCompleted, ErasureStep, Event, FreeTextFound, FreeTextSearch, MaskMode, Remnant,
    StepTaken,
};
use crate::id::{Position, UserId};
use crate::personal::{Group, KeyOwner};
use crate::value::{PublicKey, Signature, Timestamp};

/// Every event of this file at least once, and every remnant.
pub fn all() -> Vec<Event> {
    let (user, at) = (UserId(8), Timestamp::from_millis(1_767_225_600_000));
    let destroyed = |group| DestroyedKey { owner: KeyOwner::Subject(user), group, fingerprint: [8; 16] };
    let completed = |mode, destroyed: Vec<DestroyedKey>, remaining: Vec<Remnant>| ErasureCompleted {
        user,
        order: Position(40),
        mode,
        ordered_at: at,
        destroyed,
        steps: ErasureStep::ALL.into_iter().map(|step| StepTaken { step, at }).collect(),
        remaining,
        signed_by: PublicKey::from([2; 32]),
        signature: Signature::from([3; 64]),
    };
    let left = vec![
        Remnant::KeyringBackups { until: at },
        Remnant::Replicas,
        Remnant::Exports,
        Remnant::SentMail,
        Remnant::FreeTextUnsearched,
    ];
    let found = vec![Remnant::FreeText { records: vec![Position(3), Position(30)] }];
    vec![
        completed(MaskMode::History, vec![destroyed(Group::Login)], left).into(),
        FreeTextFound { user, search: FreeTextSearch { from: Position(1), records: vec![Position(3)] } }
            .into(),
        completed(MaskMode::Erasure, [Group::Login, Group::Person].map(destroyed).to_vec(), found).into(),
    ]
}
