//! What can be done to a cookie, or to the keys.

use serde::{Deserialize, Serialize};

use crate::cookies::{
    forgery::{Forgery, forge},
    seal::Seal,
    user_agent::Cookie,
};

/// What is done to a cookie, or to the keys that seal it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Act {
    /// Read the value as somebody without any key does.
    ReadWithoutKey,
    /// Change one character of the value.
    ChangeCharacter,
    /// Change one character of the signature.
    ChangeSignature,
    /// Take `s:` away.
    StripPrefix,
    /// Use the sealed value under another name.
    Move,
    /// Send a value that was sealed earlier.
    Replay,
    /// Delete it with another path.
    DeleteWrongPath,
    /// Delete it without `Secure`.
    DeleteWithoutSecure,
    /// Delete it with everything that makes it the same cookie.
    Delete,
    /// A new key seals, the old ones still open.
    RotateAndKeep,
    /// A new key seals, the old ones no longer count.
    RotateAndDrop,
    /// The first key alone counts, as at the beginning.
    Restore,
}

impl Act {
    /// Everything that can be done to a cookie that is there, in the order of the menu.
    pub const ALL: [Self; 9] = [
        Self::ReadWithoutKey,
        Self::ChangeCharacter,
        Self::ChangeSignature,
        Self::StripPrefix,
        Self::Move,
        Self::Replay,
        Self::DeleteWrongPath,
        Self::DeleteWithoutSecure,
        Self::Delete,
    ];

    /// Its name in the form.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ReadWithoutKey => "read-without-key",
            Self::ChangeCharacter => "change-character",
            Self::ChangeSignature => "change-signature",
            Self::StripPrefix => "strip-prefix",
            Self::Move => "move",
            Self::Replay => "replay",
            Self::DeleteWrongPath => "delete-wrong-path",
            Self::DeleteWithoutSecure => "delete-without-secure",
            Self::Delete => "delete",
            Self::RotateAndKeep => "rotate-and-keep",
            Self::RotateAndDrop => "rotate-and-drop",
            Self::Restore => "restore",
        }
    }

    /// Whether it is done to the keys and to no cookie.
    #[must_use]
    pub const fn is_of_keys(self) -> bool {
        matches!(
            self,
            Self::RotateAndKeep | Self::RotateAndDrop | Self::Restore
        )
    }

    /// Whether it is meant to end the cookie.
    #[must_use]
    pub const fn deletes(self) -> bool {
        matches!(
            self,
            Self::DeleteWrongPath | Self::DeleteWithoutSecure | Self::Delete
        )
    }

    /// The change to the value that travels, if it is one.
    #[must_use]
    pub const fn forgery(self) -> Option<Forgery> {
        match self {
            Self::ChangeCharacter => Some(Forgery::ChangeCharacter),
            Self::ChangeSignature => Some(Forgery::ChangeSignature),
            Self::StripPrefix => Some(Forgery::StripPrefix),
            _ => None,
        }
    }

    /// Whether it can be done to a cookie with this seal and value.
    #[must_use]
    pub fn applies(self, seal: Seal, wire: &str, cookie: Option<&Cookie>) -> bool {
        match self {
            Self::DeleteWrongPath | Self::Delete => true,
            Self::DeleteWithoutSecure => cookie.is_some_and(|cookie| cookie.secure),
            Self::ReadWithoutKey | Self::Move | Self::Replay => seal != Seal::Plain,
            Self::RotateAndKeep | Self::RotateAndDrop | Self::Restore => false,
            Self::ChangeCharacter | Self::ChangeSignature | Self::StripPrefix => self
                .forgery()
                .is_some_and(|forgery| forge(seal, wire, &forgery).is_some()),
        }
    }
}
