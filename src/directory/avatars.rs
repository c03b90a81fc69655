//! Pictures: checked and drawn anew, sealed under the person's key, durable before the log names them.

use rollbook_keyring::{KeyAddress, Opened};
use rollbook_schema::command::{RemoveAvatar, SetAvatar};
use rollbook_schema::id::Digest;
use rollbook_schema::{Group, Rejection, RejectionCode, UserId};
use zeroize::Zeroizing;

use super::{Asking, Directory};
use crate::access::{Caller, Capability, holds, reaches, uses};
use crate::avatars::{files, picture};
use crate::writer::{Answer, CommandError};

/// Longest picture that is taken, in bytes: 1,500 KB of 1,024 bytes, inclusive (PRO-13).
pub const AVATAR_BYTES_MAX: usize = 1_536_000;
/// Pictures that are drawn anew at the same time: each takes some hundred megabytes and a core.
pub(super) const PICTURES_AT_ONCE: usize = 2;

impl Directory {
    /// Asks whether the caller may set this user's picture, before any of it is read. A refusal is
    /// recorded as that of any command.
    ///
    /// # Errors
    /// The refusal.
    pub async fn may_set_avatar(&self, asking: &Asking, user: UserId) -> Result<(), CommandError> {
        let command = SetAvatar { user, avatar: Digest::default(), sealed_bytes: 0 };
        let target = self.views().users.get(user).filter(|row| !row.deleted).map(|row| row.access_profile);
        if self.may_ask(&asking.caller, &command.clone().into()).is_err() {
            // Refused there, and recorded.
            return self.ask(asking.clone(), command).await.map(drop);
        }
        if target.is_none() && !user.is_reserved() {
            return Err(Rejection::of("id", RejectionCode::NotFound).into());
        }
        if user.is_reserved() { Err(RejectionCode::ReservedUser.into()) } else { Ok(()) }
    }

    /// Gives a user a picture.
    ///
    /// # Errors
    /// `IMAGE_TOO_LARGE`, judged before anything is read; `IMAGE_NOT_SUPPORTED`; `BUSY` when others are
    /// being drawn or the disk does not take it; the refusals of access and rule.
    pub async fn set_avatar(&self, asking: Asking, user: UserId, bytes: Vec<u8>) -> Answer {
        self.may_set_avatar(&asking, user).await?;
        if bytes.len() > AVATAR_BYTES_MAX {
            return Err(Rejection::of("image", RejectionCode::ImageTooLarge).into());
        }
        let directory = self.clone();
        let Ok(_place) = self.inner.drawing.try_acquire() else {
            return Err(RejectionCode::Busy.into());
        };
        let keeping = tokio::task::spawn_blocking(move || directory.keep_avatar(user, bytes));
        // A decoder that panicked has read no picture.
        let kept = keeping.await.unwrap_or(Err(RejectionCode::ImageNotSupported));
        let (avatar, sealed_bytes) = kept.map_err(|code| Rejection::of("image", code))?;
        let before = self.views().avatars.of(user);
        let answer = self.ask(asking, SetAvatar { user, avatar, sealed_bytes }).await;
        for file in [Some(avatar), before].into_iter().flatten() {
            self.drop_unheld(&file).await;
        }
        answer
    }

    /// Takes a user's picture, and its file.
    ///
    /// # Errors
    /// The refusals of access and rule.
    pub async fn remove_avatar(&self, asking: Asking, user: UserId) -> Answer {
        let before = self.views().avatars.of(user);
        let answer = self.ask(asking, RemoveAvatar { user }).await;
        if let Some(before) = before {
            self.drop_unheld(&before).await;
        }
        answer
    }

    /// True if this is the picture of somebody whom the caller may see.
    #[must_use]
    pub fn sees_avatar(&self, caller: &Caller, avatar: &Digest) -> bool {
        let views = self.views();
        let sees = |user| {
            holds(caller, Capability::SeePeople)
                && reaches(caller, &views.teams, user)
                && uses(caller, &views, user)
        };
        views.avatars.owner(avatar).is_some_and(|user| caller.user() == Some(user) || sees(user))
    }

    /// A picture, as a PNG; `None` once it or its key is gone. Reads the disk: not for an async task.
    #[must_use]
    pub fn avatar(&self, avatar: &Digest) -> Option<Zeroizing<Vec<u8>>> {
        let user = self.views().avatars.owner(avatar)?;
        let sealed = files::read(&self.inner.options.avatars_directory(), avatar)?;
        match self.inner.keyring.open_bytes(key_of(user), &associated(user), &sealed) {
            Ok(Opened::Value(picture)) => Some(picture),
            Ok(Opened::Erased) | Err(_) => None,
        }
    }

    fn keep_avatar(&self, user: UserId, bytes: Vec<u8>) -> Result<(Digest, u32), RejectionCode> {
        let bytes = Zeroizing::new(bytes);
        let picture = picture::redrawn(&bytes).map_err(|_| RejectionCode::ImageNotSupported)?;
        let picture = Zeroizing::new(picture);
        let sealed = self.inner.keyring.seal(key_of(user), &associated(user), &picture);
        // The person was forgotten meanwhile.
        let sealed = sealed.map_err(|_| RejectionCode::NotFound)?.into_bytes();
        let length = u32::try_from(sealed.len()).map_err(|_| RejectionCode::ImageNotSupported)?;
        match files::keep(&self.inner.options.avatars_directory(), &sealed) {
            Ok(name) => Ok((name, length)),
            Err(fault) => {
                tracing::error!(%fault, "a picture could not be written");
                Err(RejectionCode::Busy)
            }
        }
    }

    /// Removes a file that nobody has any more.
    async fn drop_unheld(&self, avatar: &Digest) {
        if self.views().avatars.owner(avatar).is_some() {
            return;
        }
        let (folder, avatar) = (self.inner.options.avatars_directory(), *avatar);
        // A file that stays is sealed, and named by nothing.
        let removing = tokio::task::spawn_blocking(move || files::remove(&folder, &avatar));
        if let Ok(Err(fault)) = removing.await {
            tracing::warn!(%fault, "a picture that nobody has could not be removed");
        }
    }
}

fn key_of(user: UserId) -> KeyAddress {
    KeyAddress::subject(user.0, Group::Person as u8)
}

/// Sealed bytes cannot be moved to another person, nor be taken for a part of a record.
fn associated(user: UserId) -> Vec<u8> {
    format!("rollbook avatar of {user}").into_bytes()
}
