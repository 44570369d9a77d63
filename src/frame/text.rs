//! The words around every page, as one struct: a missing one does not compile.

use super::{en, es};
use crate::{i18n::Locale, pages::Page};

/// The words around every page in one language.
#[expect(
    missing_docs,
    reason = "each field is documented by its two texts in es.rs and en.rs"
)]
pub struct FrameText {
    pub skip: &'static str,
    pub labs: &'static str,
    pub other_language: &'static str,
    pub offline: &'static str,
    pub unsent: &'static str,
    pub close: &'static str,
    pub not_found: &'static str,
    pub back_to: &'static str,
    pub page: fn(Page) -> &'static str,
}

impl Locale {
    /// The words around every page in this language.
    #[must_use]
    pub const fn frame(self) -> &'static FrameText {
        match self {
            Self::Es => &es::TEXT,
            Self::En => &en::TEXT,
        }
    }
}
