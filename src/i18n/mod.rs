//! The languages of the playground, and which one a request is in. The words stand with their labs.
//!
//! The language is the first part of a page's URL (`/es/…`, `/en/…`) and nothing else decides it, so
//! the server and the browser always agree.

use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
mod request;

/// A language of the playground.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    /// Spanish, the default.
    Es,
    /// English.
    En,
}

impl Locale {
    /// Both, Spanish first.
    pub const ALL: [Self; 2] = [Self::Es, Self::En];

    /// Its language tag, which is also the first part of its URLs: `es` or `en`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Es => "es",
            Self::En => "en",
        }
    }

    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Es => Self::En,
            Self::En => Self::Es,
        }
    }

    /// The language with this tag, if there is one.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|locale| locale.tag() == tag)
    }
}
