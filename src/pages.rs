//! The table of pages and their URLs.
//!
//! A page is a URL that the server answers whole; going to another one is an ordinary link.

use crate::i18n::Locale;

/// The pages, in the order of the navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// `/{locale}/cookies`
    Cookies,
    /// `/{locale}/sessions`
    Sessions,
    /// `/{locale}/failures`
    Failures,
    /// `/{locale}/consoles`
    Consoles,
}

impl Page {
    /// The table of pages.
    pub const ALL: [Self; 4] = [
        Self::Cookies,
        Self::Sessions,
        Self::Failures,
        Self::Consoles,
    ];

    /// Its URL in a language.
    #[must_use]
    pub fn url(self, locale: Locale) -> String {
        let name = match self {
            Self::Cookies => "cookies",
            Self::Sessions => "sessions",
            Self::Failures => "failures",
            Self::Consoles => "consoles",
        };
        format!("/{}/{name}", locale.tag())
    }
}
