//! Pictures.

use async_graphql::{ID, InputObject};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rollbook_schema::UserId;
use rollbook_schema::value::Flaw;

use super::Flaws;
use super::user::about_a_user;
use crate::graphql::asking::{Asks, ChangeTerms, Terms};
use rollbook_schema::Command;
use rollbook_schema::command::RemoveAvatar;

about_a_user! {
    /// Whose picture to remove.
    RemoveAvatarInput => RemoveAvatar;
}

/// A picture for a user.
#[derive(InputObject)]
pub(in crate::graphql) struct SetAvatarInput {
    user_id: ID,
    /// A JPEG, GIF or PNG in base64, within the length of a request (1 MiB, so a picture of some 780,000 bytes); `PUT /avatars/{userId}` takes all
    /// of 1,536,000 bytes.
    image: String,
    #[graphql(flatten)]
    terms: ChangeTerms,
}

/// A picture as it came.
pub(in crate::graphql) struct Picture {
    pub user: UserId,
    pub bytes: Vec<u8>,
}

impl SetAvatarInput {
    pub(in crate::graphql) fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    pub(in crate::graphql) fn parse(self, flaws: &mut Flaws) -> Option<Picture> {
        let user = flaws.user("userId", &self.user_id);
        let bytes = flaws.take("image", STANDARD.decode(&self.image).map_err(|_| Flaw::Form));
        Some(Picture { user: user?, bytes: bytes? })
    }
}
