//! Every text of the MongoDB console: what an answer means for a session, and why a line was refused.

use crate::consoles::mongo::{Meaning, Why};
use crate::i18n::Locale;

mod en;
mod es;

/// Every text of the MongoDB console in one language.
pub struct MongoConsoleText {
    /// What an answer means, or why there is none.
    pub meaning: fn(&Meaning) -> String,
    /// Why something of mongosh is not here.
    pub why: fn(Why) -> &'static str,
}

impl Locale {
    /// Every text of the MongoDB console in this language.
    #[must_use]
    pub const fn mongo_console(self) -> &'static MongoConsoleText {
        match self {
            Self::Es => &es::TEXT,
            Self::En => &en::TEXT,
        }
    }
}
