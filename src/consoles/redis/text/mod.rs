//! Every text of the Redis console: what an answer means. Its page is made by the server, so none of
//! this weighs on the wasm.

use crate::consoles::redis::Meaning;
use crate::i18n::Locale;

mod en;
mod es;

/// The texts of the Redis console in one language.
pub struct RedisConsoleText {
    /// One sentence or two for a meaning.
    pub meaning: fn(&Meaning) -> String,
}

impl Locale {
    /// Every text of the Redis console in this language.
    #[must_use]
    pub const fn redis_console(self) -> &'static RedisConsoleText {
        match self {
            Self::Es => &es::TEXT,
            Self::En => &en::TEXT,
        }
    }
}

/// A time in the largest unit that shows it whole: `2 s`, `1500 ms`.
fn time(ms: i64) -> String {
    if ms % 1000 == 0 {
        format!("{} s", ms / 1000)
    } else {
        format!("{ms} ms")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_shown_whole() {
        assert_eq!([2000, 1500, 0].map(time), ["2 s", "1500 ms", "0 s"]);
    }
}
