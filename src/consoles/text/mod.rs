//! Every text of the consoles' page. It is made by the server, so none of this weighs on the wasm.

use crate::consoles::{answer::Meaning, bench::Tool, stories::Story};
use crate::i18n::Locale;

mod en;
mod es;

/// Every text of the consoles' page in one language. Texts with names in them are functions.
#[expect(
    missing_docs,
    reason = "each field is documented by its two texts in es.rs and en.rs"
)]
pub struct ConsoleText {
    pub title: &'static str,
    pub lede: &'static str,
    pub description: &'static str,

    pub console: fn(Tool) -> &'static str,
    /// Who serves: name and version.
    pub serves: fn(&str, &str) -> String,
    pub your_own: &'static str,
    pub not_yet_your_own: &'static str,
    pub shared: &'static str,
    pub documents_of_all: &'static str,
    pub silent: fn(&str) -> String,
    pub missing: &'static str,
    pub starting: &'static str,
    pub start_again: &'static str,

    pub line: fn(Tool) -> &'static str,
    pub send: &'static str,
    pub clear: &'static str,
    pub keys: &'static str,
    pub screen: fn(Tool) -> &'static str,
    pub empty: &'static str,
    pub from_the_labs: &'static str,
    pub means: &'static str,
    pub left_out: fn(usize) -> String,
    pub copy: fn(Tool) -> &'static str,
    pub no_address: fn(Tool) -> &'static str,
    /// What a screen reader hears: the line's number, the line, the answer, what it means.
    pub spoken: fn(u64, &str, &str, &str) -> String,
    pub says_nothing: &'static str,

    pub stories: fn(Tool) -> &'static str,
    pub stories_hint: &'static str,
    pub story: fn(Story) -> &'static str,
    pub log_in_first: &'static str,
    pub the_lab: &'static str,

    pub limits_title: &'static str,
    pub limits: &'static [&'static str],
    pub without_js: &'static str,
}

impl Locale {
    /// Every text of the consoles' page in this language.
    #[must_use]
    pub const fn consoles(self) -> &'static ConsoleText {
        match self {
            Self::Es => &es::TEXT,
            Self::En => &en::TEXT,
        }
    }

    /// What an answer means for a session, or why there is none.
    #[must_use]
    pub fn meaning(self, meaning: &Meaning) -> String {
        match meaning {
            Meaning::Redis(meaning) => (self.redis_console().meaning)(meaning),
            Meaning::Mongo(meaning) => (self.mongo_console().meaning)(meaning),
        }
    }
}
