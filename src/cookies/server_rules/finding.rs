//! What can be wrong with a cookie that a server wants to send.

use serde::Serialize;

use super::Mistake;
use crate::cookies::user_agent::Prefix;

/// Something that a server should not send.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// A control character, which no HTTP header can carry: never sent.
    CannotTravel {
        /// Where it is.
        field: Field,
        /// Its code.
        code: u32,
    },
    /// The playground's own cookie: never sent.
    LabCookie,
    /// The name is empty.
    NoName,
    /// A character that a token may not have.
    NameCharacter {
        /// The character.
        found: char,
    },
    /// A character that a value may not have.
    ValueCharacter {
        /// The character.
        found: char,
    },
    /// Name and value together are too long.
    PairTooLarge {
        /// Their octets together.
        octets: usize,
    },
    /// An attribute is too long.
    AttributeTooLarge {
        /// Which.
        field: Field,
        /// Its octets.
        octets: usize,
    },
    /// The path does not begin with `/`.
    PathNotAbsolute,
    /// `;` in a path or domain begins another attribute.
    AttributeCharacter {
        /// Where.
        field: Field,
        /// The character.
        found: char,
    },
    /// The domain is no domain name.
    NoDomain {
        /// What is written instead.
        mistake: Mistake,
    },
    /// The lifetime is no number, or no date.
    LifetimeUnreadable,
    /// A negative `Max-Age`: browsers take it for 0, the grammar does not know it.
    LifetimeNegative,
    /// `SameSite=None` without `Secure`.
    NoneWithoutSecure,
    /// `Partitioned` without `Secure`.
    PartitionedWithoutSecure,
    /// The name's prefix makes a promise that the attributes do not keep.
    PrefixBroken {
        /// Which prefix.
        prefix: Prefix,
    },
    /// A signed value with `%` and two hexadecimal digits: tower-cookies decodes it before it checks.
    PercentInSigned,
}

/// A field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The name.
    Name,
    /// The value.
    Value,
    /// The path.
    Path,
    /// The domain.
    Domain,
    /// The lifetime.
    Lifetime,
    /// A line that was written by hand.
    Line,
}

impl Finding {
    /// Whether nothing can be sent at all, not even on request.
    #[must_use]
    pub const fn is_final(&self) -> bool {
        matches!(self, Self::CannotTravel { .. } | Self::LabCookie)
    }

    /// Whether it only warns: what is sent is correct, but does not do what one might think.
    #[must_use]
    pub const fn only_warns(&self) -> bool {
        matches!(self, Self::PercentInSigned | Self::LifetimeNegative)
    }
}
