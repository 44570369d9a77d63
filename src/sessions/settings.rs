//! What a student can set: how a session's cookie and record live, where the disk is, who answers.
//!
//! Every setting is named after the option of express-session (or of its stores) that does the same,
//! and says what tower-sessions does by itself. They belong to one lab.

use serde::{Deserialize, Serialize};

use crate::{error::LabError, stores::StoreKind};

/// How long a session lives if nobody set anything else: 30 minutes, in seconds.
pub const LIFETIME_S: u32 = 30 * 60;
/// The shortest and longest lifetime that can be set, in seconds.
const LIFETIMES_S: std::ops::RangeInclusive<u32> = 2..=86_400;
/// The most secrets that are tried.
const MOST_SECRETS: usize = 3;
/// The longest secret, in bytes.
const LONGEST_SECRET: usize = 64;
/// The longest name of a folder, in bytes.
const LONGEST_FOLDER: usize = 20;

/// When the time of a session begins anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sliding {
    /// At every change: what tower-sessions does (`Expiry::OnInactivity`).
    #[default]
    Change,
    /// At every request: `rolling: true` of express-session, `with_always_save(true)` of tower-sessions.
    Request,
    /// Never: it ends a fixed time after its first record (`Expiry::AtDateTime`).
    Fixed,
}

/// What a login does with the id that the visitor came with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Renewal {
    /// A new id, the data stay: `cycle_id` of tower-sessions.
    #[default]
    Cycle,
    /// A new and empty session: `req.session.regenerate` of express-session.
    Regenerate,
    /// The id stays: whoever planted it is logged in too (session fixation).
    Keep,
}

/// How a store writes a session that the request had read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Writes {
    /// Only if the store still holds what was read; else the request is done again.
    #[default]
    Compare,
    /// Whatever is there, and also if nothing is: what the usual stores of Express do.
    Upsert,
}

/// Whom the balancer asks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Balance {
    /// Always server A.
    #[default]
    A,
    /// Always server B.
    B,
    /// One after the other, store by store.
    Alternate,
}

/// Whether the servers share a disk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Disk {
    /// Each has its own, as two containers do.
    #[default]
    Separate,
    /// One for both, as a network drive.
    Shared,
}

/// What happens to the cookie of a session that the store does not know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DeadCookie {
    /// It is removed from the browser: tower-sessions.
    #[default]
    Remove,
    /// It stays there: express-session, also after a logout.
    Keep,
}

/// The settings of one lab.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// `cookie.maxAge`, in seconds; `None` sends no `Max-Age`: a session cookie.
    pub cookie_max_age_s: Option<u32>,
    /// `ttl` of the store, in seconds: how long a record may be shown.
    pub ttl_s: u32,
    /// `rolling`.
    pub sliding: Sliding,
    /// `resave`: the record is written at every request, the cookie is not sent again.
    pub resave: bool,
    /// `saveUninitialized`: also a visitor with nothing to remember gets a session.
    pub save_uninitialized: bool,
    /// `secret`: the first signs, all verify; none leaves the id as it is.
    pub secrets: Vec<String>,
    /// `path` of session-file-store: the folder on the server's disk.
    pub folder: String,
    /// `retries` of session-file-store.
    pub retries: u32,
    /// `reapInterval` of session-file-store, in seconds; `None` never reaps.
    pub reap_every_s: Option<u32>,
    /// What a login does with the id.
    pub renewal: Renewal,
    /// How stores write.
    pub writes: Writes,
    /// Whom the balancer asks.
    pub balance: Balance,
    /// Whose disk it is.
    pub disk: Disk,
    /// What happens to the cookie of a session that is not there.
    pub dead_cookie: DeadCookie,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            cookie_max_age_s: Some(LIFETIME_S),
            ttl_s: LIFETIME_S,
            sliding: Sliding::default(),
            resave: false,
            save_uninitialized: false,
            secrets: Vec::new(),
            folder: "sessions".to_owned(),
            retries: 0,
            reap_every_s: Some(60),
            renewal: Renewal::default(),
            writes: Writes::default(),
            balance: Balance::default(),
            disk: Disk::default(),
            dead_cookie: DeadCookie::default(),
        }
    }
}

impl Settings {
    /// Whether sites must write at every request (`always_save` of tower-sessions).
    #[must_use]
    pub const fn always_save(&self) -> bool {
        self.resave || matches!(self.sliding, Sliding::Request)
    }

    /// The settings that a form says.
    ///
    /// # Errors
    /// [`LabError::BadForm`] for what cannot be set.
    pub fn from_form(form: &Form) -> Result<Self, LabError> {
        let seconds = |text: &str| {
            let number = text.trim().parse().map_err(|_| LabError::BadForm)?;
            LIFETIMES_S
                .contains(&number)
                .then_some(number)
                .ok_or(LabError::BadForm)
        };
        let maybe_seconds = |text: &str| match text.trim() {
            "" => Ok(None),
            text => seconds(text).map(Some),
        };
        let secrets: Vec<String> = form
            .secrets
            .split(',')
            .map(|secret| secret.trim().to_owned())
            .filter(|secret| !secret.is_empty())
            .collect();
        let too_many = secrets.len() > MOST_SECRETS
            || secrets.iter().any(|secret| secret.len() > LONGEST_SECRET);
        let folder = form.folder.trim().to_owned();
        let is_name = (1..=LONGEST_FOLDER).contains(&folder.len())
            && folder
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if too_many || !is_name || form.retries > 5 {
            return Err(LabError::BadForm);
        }
        Ok(Self {
            cookie_max_age_s: maybe_seconds(&form.cookie_max_age_s)?,
            ttl_s: seconds(&form.ttl_s)?,
            sliding: form.sliding,
            resave: !form.resave.is_empty(),
            save_uninitialized: !form.save_uninitialized.is_empty(),
            secrets,
            folder,
            retries: form.retries,
            reap_every_s: maybe_seconds(&form.reap_every_s)?,
            renewal: form.renewal,
            writes: form.writes,
            balance: form.balance,
            disk: form.disk,
            dead_cookie: form.dead_cookie,
        })
    }
}

/// The settings as a form sends them. A box that is not ticked is not sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Form {
    cookie_max_age_s: String,
    ttl_s: String,
    sliding: Sliding,
    resave: String,
    save_uninitialized: String,
    secrets: String,
    folder: String,
    retries: u32,
    reap_every_s: String,
    renewal: Renewal,
    writes: Writes,
    balance: Balance,
    disk: Disk,
    dead_cookie: DeadCookie,
}

/// The id in a session cookie's value, which may carry a signature before it.
#[must_use]
pub fn id_in(value: &str) -> &str {
    /// 16 bytes in base64url.
    const ID: usize = 22;
    value
        .len()
        .checked_sub(ID)
        .and_then(|at| value.get(at..))
        .unwrap_or(value)
}

/// The four stores' cookies that the lab gave out last, and when the browser lets go of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// The value as it was sent.
    pub value: String,
    /// When the browser drops it: milliseconds since 1970, UTC; `None` for a session cookie.
    pub expires_ms: Option<i64>,
}

/// What was given out, store by store, in the order of [`StoreKind::ALL`].
pub type AllGiven = [Option<Given>; StoreKind::ALL.len()];

#[cfg(test)]
mod tests {
    use super::*;

    fn form(text: &str) -> Result<Settings, LabError> {
        let base = "ttl_s=60&folder=sessions&";
        Settings::from_form(&serde_urlencoded::from_str(&format!("{base}{text}")).unwrap())
    }

    #[test]
    fn a_form_says_everything() {
        let settings = form("cookie_max_age_s=&sliding=fixed&resave=on&secrets=a, b&retries=5&writes=upsert&balance=alternate&disk=shared&dead_cookie=keep&renewal=keep&reap_every_s=5").unwrap();
        assert_eq!((settings.cookie_max_age_s, settings.ttl_s), (None, 60));
        assert_eq!(settings.secrets, ["a", "b"]);
        assert!(settings.resave && settings.always_save() && !settings.save_uninitialized);
        assert_eq!(
            (settings.balance, settings.disk),
            (Balance::Alternate, Disk::Shared)
        );
    }

    #[test]
    fn what_cannot_be_is_refused() {
        for bad in [
            "ttl_s=1",
            "cookie_max_age_s=x",
            "folder=../x",
            "folder=",
            "folder=a/b",
            "retries=6",
            "secrets=a,b,c,d",
            "reap_every_s=0",
        ] {
            let form: Result<Form, _> = serde_urlencoded::from_str(&format!(
                "{}&{bad}",
                ["ttl_s=60", "folder=sessions"]
                    .into_iter()
                    .filter(|field| field.split('=').next() != bad.split('=').next())
                    .collect::<Vec<_>>()
                    .join("&")
            ));
            assert!(
                form.is_err() || Settings::from_form(&form.unwrap()).is_err(),
                "{bad}"
            );
        }
    }

    #[test]
    fn the_id_stands_after_the_signature() {
        let id = "AQAAAAAAAAAAAAAAAAAAAA";
        assert_eq!(id_in(id), id);
        assert_eq!(id_in(&format!("{}{id}", "x".repeat(44))), id);
        assert_eq!(id_in("short"), "short");
    }
}
