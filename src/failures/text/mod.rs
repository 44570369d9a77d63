//! Every text of the failure lab. Its page is made by the server, so none of this weighs on the wasm.

use crate::i18n::Locale;
use crate::{
    engines::view::Persistence,
    failures::menu::{Failure, Group},
    sessions::{
        settings::{Balance, DeadCookie, Disk, Renewal, Sliding, Writes},
        verdict::Step,
    },
    stores::{StoreKind, listing::FileKind},
};

mod en;
mod es;
mod menu_en;
mod menu_es;

/// The texts of one entry of the menu.
pub struct FailureWords {
    /// Its name on the button and in the matrix.
    pub title: &'static str,
    /// What is really done, with the real commands or signals.
    pub does: &'static str,
    /// Why it comes out as it does, store by store where they differ.
    pub because: &'static str,
}

/// One setting: its name in this lab, the option of Express, and what tower-sessions does.
pub struct SettingWords {
    /// Its label.
    pub label: &'static str,
    /// The option of express-session or of its store, as code.
    pub express: &'static str,
    /// What tower-sessions does instead.
    pub tower: &'static str,
}

/// Every text of the failure lab in one language. Texts with numbers or names in them are functions.
#[expect(
    missing_docs,
    reason = "each field is documented by its two texts in es.rs and en.rs"
)]
pub struct FailureText {
    pub title: &'static str,
    pub lede: &'static str,
    pub description: &'static str,
    pub without_js: &'static str,

    // The drawing.
    pub drawing: &'static str,
    pub drawing_hint: &'static str,
    pub browser: &'static str,
    pub no_cookie: &'static str,
    pub balancer: &'static str,
    pub balance: fn(Balance) -> &'static str,
    pub dead_cookie: fn(DeadCookie) -> &'static str,
    pub server: fn(&str) -> String,
    pub boot: fn(u32) -> String,
    pub stopped: &'static str,
    pub memory: &'static str,
    pub memory_empty: &'static str,
    pub disk_of: fn(&str) -> String,
    pub shared_disk: &'static str,
    pub disk_empty: &'static str,
    pub files: fn(usize) -> String,
    pub sessions_held: fn(usize) -> String,
    pub engine_up: fn(&str, &str, Option<u32>) -> String,
    pub engine_starting: &'static str,
    pub engine_missing: &'static str,
    pub engine_down: fn(&str) -> String,
    pub everybodys_redis: &'static str,
    pub own_redis: &'static str,
    pub external_redis: &'static str,
    pub own_redis_hint: &'static str,
    pub everybodys_mongo: &'static str,
    pub just_changed: &'static str,
    pub just_died: &'static str,
    pub acts_of: fn(&str) -> String,
    pub start: &'static str,
    pub stop: &'static str,
    pub restart: &'static str,
    pub kill: &'static str,
    pub redeploy: &'static str,
    pub get_own_redis: &'static str,
    pub redis_start: &'static str,
    pub redis_stop: &'static str,
    pub redis_crash: &'static str,
    pub redis_shutdown: &'static str,
    pub redis_pause: &'static str,
    pub redis_resume: &'static str,
    pub redis_snapshot: &'static str,
    pub redis_empty: &'static str,
    pub persistence: &'static str,
    pub persistence_name: fn(Persistence) -> &'static str,

    // Requests from here.
    pub site: &'static str,
    pub log_in: &'static str,
    pub visit: &'static str,
    pub log_out: &'static str,
    pub me: &'static str,
    pub reset: &'static str,

    // The menu and the experiment.
    pub menu: &'static str,
    pub menu_hint: &'static str,
    pub group: fn(Group) -> &'static str,
    pub failure: fn(Failure) -> &'static FailureWords,
    pub tried: &'static str,
    pub what_is_done: &'static str,
    pub question: &'static str,
    pub run: &'static str,
    pub run_again: &'static str,
    pub off_external: &'static str,
    pub waits: &'static str,
    pub ask_now: &'static str,
    pub ask_again: &'static str,
    pub deeds: &'static str,
    pub no_deeds: &'static str,
    pub decided: &'static str,
    pub step: fn(Step) -> &'static str,
    pub why: &'static str,
    pub spoken: fn(&str, &[(&str, &str)]) -> String,

    // The clocks.
    pub clocks: &'static str,
    pub clocks_hint: &'static str,
    pub clock_cookie: &'static str,
    pub clock_record: &'static str,
    pub clock_cleaner: &'static str,
    pub cleaner: fn(StoreKind) -> &'static str,
    pub no_session: &'static str,
    pub session_cookie: &'static str,
    pub cookie_gone: &'static str,
    pub record_gone: &'static str,
    pub record_stays: &'static str,
    pub lies_expired: &'static str,
    pub ends_in: &'static str,
    pub never_cleaned: &'static str,
    pub axis: fn(&str) -> String,
    pub move_ahead: &'static str,
    pub move_ahead_hint: &'static str,

    // The matrix.
    pub matrix: &'static str,
    pub matrix_hint: &'static str,
    pub matrix_failure: &'static str,
    pub not_tried: &'static str,
    pub try_it: fn(&str) -> String,
    pub you_said: &'static str,
    pub export: &'static str,
    pub export_markdown: &'static str,
    pub export_csv: &'static str,
    pub export_picture: &'static str,

    // The inspectors.
    pub inspectors: &'static str,
    pub inspectors_hint: &'static str,
    pub memory_of: fn(&str) -> String,
    pub nothing_there: &'static str,
    pub cannot_look: &'static str,
    pub is_expired: &'static str,
    pub is_valid: &'static str,
    pub file_mode: &'static str,
    pub file_size: &'static str,
    pub file_age: &'static str,
    pub file_kind: fn(FileKind) -> &'static str,
    pub ago: fn(&str) -> String,
    pub graveyard: &'static str,
    pub graveyard_hint: &'static str,
    pub reap: &'static str,
    pub reap_hint: &'static str,
    pub clear_graveyard: &'static str,
    pub redis_type: &'static str,
    pub redis_memory: &'static str,
    pub redis_state: &'static str,
    pub redis_facts: fn(u64, u64, &str, u64) -> String,
    pub redis_saved: fn(&str, u64) -> String,
    pub no_ttl: &'static str,
    pub mongo_indexes: &'static str,
    pub mongo_filter: &'static str,
    pub mongo_passes: &'static str,
    pub mongo_filtered: &'static str,
    pub edit: fn(&str) -> String,
    pub edit_text: &'static str,
    pub save: &'static str,
    pub delete: &'static str,
    pub delete_of: fn(&str) -> String,

    // The settings.
    pub settings: &'static str,
    pub settings_hint: &'static str,
    pub apply: &'static str,
    pub cookie_max_age: SettingWords,
    pub ttl: SettingWords,
    pub sliding: SettingWords,
    pub sliding_option: fn(Sliding) -> &'static str,
    pub resave: SettingWords,
    pub save_uninitialized: SettingWords,
    pub secrets: SettingWords,
    pub folder: SettingWords,
    pub retries: SettingWords,
    pub reap_every: SettingWords,
    pub renewal: SettingWords,
    pub renewal_option: fn(Renewal) -> &'static str,
    pub writes: SettingWords,
    pub writes_option: fn(Writes) -> &'static str,
    pub balance_setting: SettingWords,
    pub disk: SettingWords,
    pub disk_option: fn(Disk) -> &'static str,
    pub dead_cookie_setting: SettingWords,
    pub seconds: &'static str,
    pub empty_is_none: &'static str,

    // The tape and the limits.
    pub tape: &'static str,
    pub tape_hint: &'static str,
    pub tape_empty: &'static str,
    pub limits_title: &'static str,
    pub limits: &'static [&'static str],

    // The operator.
    pub operator: &'static str,
    pub operator_lede: &'static str,
    pub operator_wrong_key: &'static str,
    pub mongo_stop: &'static str,
    pub mongo_start: &'static str,
    pub mongo_external: &'static str,
}

impl Locale {
    /// Every text of the failure lab in this language.
    #[must_use]
    pub const fn failures(self) -> &'static FailureText {
        match self {
            Self::Es => &es::TEXT,
            Self::En => &en::TEXT,
        }
    }
}
