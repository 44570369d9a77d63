//! Every text of the session lab, as one struct: a missing one does not compile.

use crate::{
    i18n::Locale,
    sessions::verdict::{Outcome, Prediction},
    stores::StoreKind,
};

mod en;
mod es;

/// Every text in one language. Texts with numbers or names in them are functions.
#[expect(
    missing_docs,
    reason = "each field is documented by its two texts in es.rs and en.rs"
)]
pub struct SessionText {
    pub description: &'static str,

    // The session lab.
    pub title: &'static str,
    pub lede: &'static str,
    pub steps: &'static str,
    pub enter: &'static str,
    pub enter_hint: &'static str,
    pub enter_done: fn(usize) -> String,
    pub enter_all: &'static str,
    pub predict: &'static str,
    pub predict_hint: &'static str,
    pub predicted: fn(usize, usize) -> String,
    pub restart: &'static str,
    pub restart_hint: &'static str,
    pub restarted: fn(u32) -> String,
    pub restart_server: &'static str,
    pub check: &'static str,
    pub check_hint: &'static str,
    pub hits: fn(usize, usize) -> String,
    pub again: &'static str,
    pub step_done: &'static str,
    pub step_now: &'static str,

    pub with_all: &'static str,
    pub visit: &'static str,
    pub add: fn(&str) -> String,
    pub product: fn(&str) -> &'static str,
    pub ask_again: &'static str,
    pub reset: &'static str,

    pub browser: &'static str,
    pub browser_hint: &'static str,
    pub server: &'static str,
    pub server_hint: &'static str,
    pub outside: &'static str,
    pub remembers: &'static str,
    pub server_tag: fn(&str, u32) -> String,
    pub ram: &'static str,
    pub ram_empty: &'static str,
    pub ram_holds: &'static str,
    pub died: fn(u32) -> String,
    pub died_with_program: fn(u32) -> String,
    pub visits: fn(u32) -> String,
    pub nobody: &'static str,
    pub asks_file: &'static str,
    pub asks_redis: &'static str,
    pub asks_mongo: &'static str,
    pub asks_nothing: &'static str,
    pub disk: &'static str,
    pub lives_inside: &'static str,
    pub no_cookie: &'static str,
    pub cookie_left: &'static str,
    pub record_left: &'static str,
    pub over: &'static str,
    pub no_record: &'static str,
    pub other_session: &'static str,
    pub managed: &'static str,
    pub external: &'static str,
    pub speaks_mongo: &'static str,
    pub starting: fn(StoreKind) -> String,
    pub away: fn(StoreKind, &str) -> String,
    pub away_managed: &'static str,
    pub away_external: fn(StoreKind) -> String,
    pub missing: fn(StoreKind) -> String,
    pub missing_hint: &'static str,
    pub install_hint: &'static str,
    pub joins_by_itself: &'static str,

    pub only_here: fn(StoreKind) -> String,
    pub log_in_as: fn(&str) -> String,
    pub log_out: &'static str,
    pub private_page: &'static str,
    pub admin_page: &'static str,

    pub what_happens: fn(StoreKind) -> String,
    pub prediction: fn(Prediction) -> &'static str,
    pub not_predicted: &'static str,
    pub you_said: &'static str,
    pub hit: &'static str,
    pub miss: &'static str,
    pub outcome: fn(Outcome) -> &'static str,
    pub why: fn(StoreKind, Outcome) -> &'static str,
    pub waiting: &'static str,
    pub trace: &'static str,
    pub trace_cookie: &'static str,
    pub trace_no_cookie: &'static str,
    pub trace_command: &'static str,
    pub trace_no_command: &'static str,
    pub trace_reply: &'static str,
    pub trace_decision: &'static str,
    pub summary: fn(&[(StoreKind, Outcome)]) -> String,

    pub tape: &'static str,
    pub tape_hint: &'static str,
    pub tape_filter: &'static str,
    pub tape_all: &'static str,
    pub tape_empty: &'static str,
    pub server_named: fn(&str) -> String,
    pub servers: &'static str,
    pub event_restarted: fn(u32, u32, &str, u32) -> String,
    pub event_revived: fn(u32, u32) -> String,
    pub event_reset: &'static str,
    pub curl_of: fn(&str) -> String,
    pub copy: &'static str,
    pub copied: &'static str,
    pub curl_hint: &'static str,

    // Below the drawing, made on the server only.
    pub site_title: &'static str,
    pub site_hint: &'static str,
    pub accounts: &'static str,
    pub account: &'static str,
    pub password: &'static str,
    pub role: &'static str,
    pub student: &'static str,
    pub admin: &'static str,
    pub source: &'static str,
    pub model_title: &'static str,
    pub model: &'static str,
    pub without_js: &'static str,
}

impl Locale {
    /// Every text of the session lab in this language.
    #[must_use]
    pub const fn text(self) -> &'static SessionText {
        match self {
            Self::Es => &es::TEXT,
            Self::En => &en::TEXT,
        }
    }
}
