//! Makes a role; its number tells the order of creation (ROL-17).

use std::collections::BTreeSet;

use rollbook_schema::command::DefineRole;
use rollbook_schema::event::RoleDefined;
use rollbook_schema::value::{Surface, UserKind};
use rollbook_schema::{Personal, Rejection, RejectionCode};

use crate::asked::Asked;
use crate::refusal::{Outcome, refuse_any};

pub(crate) fn decide(asked: &Asked<'_>, command: &DefineRole) -> Outcome {
    let surfaces: BTreeSet<Surface> = command.surfaces.iter().copied().collect();
    let mut wrong = Vec::new();
    if asked.models.roles.named(&command.name.key()).is_some() {
        wrong.push(Rejection::of("name", RejectionCode::RoleNameTaken));
    }
    if command.kind == UserKind::Standard {
        wrong.push(Rejection::of("kind", RejectionCode::Invalid));
    } else if !surfaces.iter().all(|surface| surface.is_for(command.kind)) {
        wrong.push(Rejection::of("surfaces", RejectionCode::SurfaceNotForKind));
    }
    refuse_any(wrong)?;
    let defined = RoleDefined {
        role: asked.models.roles.next_id(),
        kind: command.kind,
        surfaces: surfaces.into_iter().collect(),
        name: Personal::Known(command.name.clone()),
    };
    Ok(vec![defined.into()])
}
