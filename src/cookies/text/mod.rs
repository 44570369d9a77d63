//! Every text of the cookie lab. Its page is made by the server, so none of this weighs on the wasm.

use crate::cookies::{
    cookie_form::{Lifetime, Unit},
    experiments::Experiment,
    forge::Act,
    outcome::Fate,
    seal::{Seal, StepKind, Unreadable},
    server_rules::Finding,
    state::Why,
    user_agent::{AttributeName, Difference, Note, Rejection, SameSite},
};
use crate::i18n::Locale;

mod en;
mod es;
mod experiments_en;
mod experiments_es;
mod findings_en;
mod findings_es;
mod forging_en;
mod forging_es;
mod limits;
mod program;
mod rule_en;
mod rule_es;

pub use program::ProgramText;

/// The texts of one experiment.
pub struct ExperimentText {
    /// Its name on the button.
    pub title: &'static str,
    /// What it does.
    pub setup: &'static str,
    /// What the student predicts.
    pub question: &'static str,
    /// The possible answers.
    pub options: &'static [&'static str],
    /// Why it came out as it did, answer by answer.
    pub because: &'static [&'static str],
    /// The rule behind it, with its place.
    pub rule: &'static str,
}

/// Every text of the cookie lab in one language. Texts with numbers or names in them are functions.
#[expect(
    missing_docs,
    reason = "each field is documented by its two texts in es.rs and en.rs"
)]
pub struct CookieText {
    pub title: &'static str,
    pub lede: &'static str,
    pub description: &'static str,

    pub experiments: &'static str,
    pub experiment: fn(Experiment) -> &'static ExperimentText,
    pub predict_and_run: &'static str,
    pub run_again: &'static str,
    pub you_said: &'static str,
    pub it_came_out: &'static str,
    pub hit: &'static str,
    pub miss: &'static str,
    pub pending: &'static str,
    pub unclear: &'static str,
    pub pending_script: &'static str,
    pub left_of_crowd: fn(usize, usize) -> String,
    pub stolen: fn(&str) -> String,

    pub set: &'static str,
    pub name: &'static str,
    pub value: &'static str,
    pub seal_label: &'static str,
    pub seal: fn(Seal) -> &'static str,
    pub lifetime: &'static str,
    pub unit_label: &'static str,
    pub unit: fn(Unit) -> &'static str,
    pub same_site_unset: &'static str,
    pub domain_hint: &'static str,
    pub create: &'static str,
    pub anyway: &'static str,
    pub anyway_hint: &'static str,
    pub look_first: &'static str,
    pub all_well: &'static str,
    pub would_send: &'static str,
    /// Beside the line of a private cookie: its bytes are other ones each time.
    pub would_differ: &'static str,
    pub by_hand: &'static str,
    pub by_hand_hint: &'static str,
    pub by_hand_label: &'static str,
    pub send_line: &'static str,
    pub lasting: fn(&Lifetime, &str, Unit) -> String,
    pub over_at_once: &'static str,
    pub capped: &'static str,
    pub finding: fn(&Finding) -> String,

    pub program: &'static ProgramText,

    pub sent_title: &'static str,
    pub nothing_sent: &'static str,
    pub col_sent: &'static str,
    pub col_predicted: &'static str,
    pub col_did: &'static str,
    pub part_name: &'static str,
    pub part_plain_value: &'static str,
    pub part_express_value: &'static str,
    pub part_signed_value: &'static str,
    pub part_signature: &'static str,
    pub part_encrypted: &'static str,
    pub part_attribute: fn(AttributeName) -> &'static str,
    pub absent_lifetime: &'static str,
    pub absent_domain: &'static str,
    pub absent_path: fn(&str) -> String,
    pub stored: &'static str,
    pub deletes: &'static str,
    pub rejected: &'static str,
    pub rejection: fn(&Rejection) -> String,
    pub note: fn(&Note) -> String,
    pub flags: &'static str,
    pub lives: &'static str,
    pub until_closed: &'static str,
    pub until: &'static str,
    pub host_only: fn(&str) -> String,
    pub subdomains: fn(&str) -> String,
    pub did_send: &'static str,
    pub did_not_send: &'static str,
    pub did_not_ask: &'static str,
    pub not_yet: &'static str,
    pub agrees: &'static str,
    pub agrees_as_far: &'static str,
    pub differs: &'static str,
    pub differences: &'static str,
    pub difference: fn(Difference) -> &'static str,
    pub unexplained: &'static str,
    pub store_says: &'static str,
    pub store_differs: &'static str,

    pub jar_title: &'static str,
    pub jar_hint: &'static str,
    pub jar_empty: &'static str,
    pub raw_header: &'static str,
    pub no_header: &'static str,
    pub lab_left_out: &'static str,
    pub col_cookie: &'static str,
    pub col_left: &'static str,
    pub col_js: &'static str,
    pub col_server: &'static str,
    pub col_seal: &'static str,
    pub col_act: &'static str,
    pub js_waits: &'static str,
    pub js_http_only: &'static str,
    pub js_elsewhere: &'static str,
    pub js_not_there: &'static str,
    pub not_set_here: &'static str,
    pub elsewhere: fn(&str) -> String,
    pub elsewhere_seen: fn(&str) -> String,
    pub held_back: &'static str,
    pub missing: &'static str,
    pub missing_session: &'static str,
    pub why: fn(&Why) -> String,
    pub step_of_rule: &'static str,
    pub stopped: fn(&Why) -> &'static str,
    pub nameless: &'static str,
    pub plain: &'static str,
    pub valid: &'static str,
    pub old_key: &'static str,
    pub wrong_key: &'static str,
    pub forged: &'static str,
    pub unreadable: fn(Unreadable) -> &'static str,
    pub tamper: fn(&str) -> String,
    pub tamper_short: &'static str,
    pub act: fn(Act) -> &'static str,
    pub edited_note: &'static str,
    pub put_back: &'static str,
    pub reset: &'static str,

    pub forged_title: &'static str,
    pub before: &'static str,
    pub after: &'static str,
    pub edited_header: &'static str,
    pub jar_changed: &'static str,
    pub no_key_needed: fn(&str) -> String,
    pub nothing_readable: &'static str,
    pub came_at: fn(&str) -> String,
    pub did_not_come: &'static str,
    pub still_sent: &'static str,
    pub no_longer_sent: &'static str,
    pub set_at: &'static str,
    pub ago: fn(i64) -> String,
    pub nothing_sealed: &'static str,
    pub computed: &'static str,
    pub what_came: &'static str,
    pub signed_is_readable: &'static str,
    pub encrypted_is_not: &'static str,
    pub moral: fn(Act, Seal, Fate) -> Option<&'static str>,

    pub keys_title: &'static str,
    pub keys_hint: &'static str,
    pub key_seals: &'static str,
    pub key_opens: &'static str,
    pub key_retired: &'static str,
    pub rotate_keep: &'static str,
    pub rotate_drop: &'static str,
    pub keys_restore: &'static str,

    pub seal_title: &'static str,
    pub seal_hint: &'static str,
    pub check_title: &'static str,
    pub check_hint: &'static str,
    pub key: &'static str,
    pub cookie: &'static str,
    pub format: &'static str,
    pub do_seal: &'static str,
    pub do_check: &'static str,
    pub step: fn(StepKind) -> &'static str,
    pub name_for_private: &'static str,

    pub same_site: fn(SameSite) -> &'static str,
    pub without_js: &'static str,
    pub limits_title: &'static str,
    pub limits: &'static [&'static str],
}

impl CookieText {
    /// Where a rejection is written down: `RFC 6265bis §5.7, step 13`, or another text.
    #[must_use]
    pub fn source(&self, rejection: &Rejection) -> String {
        let section = rejection.section();
        let section = section.replace(" step ", &format!(", {} ", self.step_of_rule));
        if section.starts_with(|c: char| c.is_ascii_digit()) {
            format!("RFC 6265bis §{section}")
        } else {
            section
        }
    }
}

impl Locale {
    /// Every text of the cookie lab in this language.
    #[must_use]
    pub const fn cookies(self) -> &'static CookieText {
        match self {
            Self::Es => &es::TEXT,
            Self::En => &en::TEXT,
        }
    }
}
