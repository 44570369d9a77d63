//! What can be done to a cookie that is in the jar: read it without a key, tamper with it, move it,
//! send an old one, delete it well or badly.
//!
//! A cookie that JavaScript may touch is changed in the browser itself. One that is `HttpOnly` is
//! beyond the page's reach, as it would be beyond an injected script's: there the *request* is edited,
//! as somebody with curl would, and the page says so.

use serde::{Deserialize, Serialize};

use super::{
    forgery::forge,
    request::{Heard, Visit},
    seal::{Seal, Verdict, check},
    state::{Gone, Page},
    user_agent::{Cookie, domain_match},
};
use crate::error::LabError;

mod act;
mod lines;

pub use act::Act;
pub use lines::{deletion_line, line_of};
use lines::{edit, unknown};

/// What was done to a cookie or to the keys, and what it changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forged {
    /// What was done.
    pub act: Act,
    /// To which cookie; empty for keys.
    pub name: String,
    /// The name under which the server finds the result: another one after [`Act::Move`].
    pub target: String,
    /// The cookie's path; empty for keys.
    #[serde(default)]
    pub path: String,
    /// How it was sealed.
    pub seal: Seal,
    /// The value before, as it travelled.
    pub before: String,
    /// The value after, as it should travel; empty after a deletion.
    pub after: String,
    /// The `Set-Cookie` line that was sent.
    #[serde(default)]
    pub line: Option<String>,
    /// The edited `Cookie` header, if the cookie itself could not be touched.
    pub edited: Option<String>,
    /// When the value of [`Act::Replay`] was set: ms since 1970, UTC; 0 if nobody knows.
    #[serde(default)]
    pub set_ms: i64,
    /// When: ms since 1970, UTC.
    pub at_ms: i64,
}

impl Forged {
    /// What was done to the keys.
    #[must_use]
    pub const fn of_keys(act: Act, at_ms: i64) -> Self {
        Self {
            act,
            name: String::new(),
            target: String::new(),
            path: String::new(),
            seal: Seal::Plain,
            before: String::new(),
            after: String::new(),
            line: None,
            edited: None,
            set_ms: 0,
            at_ms,
        }
    }
}

/// Which cookie, and what is done to it.
#[derive(Clone, Debug, Deserialize)]
pub struct Attempt {
    /// The cookie's name.
    #[serde(default)]
    pub name: String,
    /// Its path, if there are several of that name.
    #[serde(default)]
    pub path: String,
    /// What is done.
    pub act: Act,
    /// When the value that is sent again left (ms since 1970): [`Act::Replay`] only.
    #[serde(default)]
    pub gone_ms: i64,
}

/// What an act is done to.
struct Subject {
    /// The cookie with the value that travels.
    cookie: Cookie,
    seal: Seal,
}

/// Does it. What the answer has to set, if anything, is in [`Forged::line`].
///
/// # Errors
/// [`LabError::NoSuchCookie`] if there is no such cookie, [`LabError::BadForm`] if the act does not
/// apply to it.
pub fn attempt(
    page: &Page,
    heard: &Heard,
    visit: &Visit,
    attempt: &Attempt,
    now_ms: i64,
) -> Result<Forged, LabError> {
    let act = attempt.act;
    if act.is_of_keys() {
        return Err(LabError::BadForm);
    }
    let subject = if act == Act::Replay {
        earlier(page, heard, visit, attempt)?
    } else {
        subject(page, heard, visit, attempt)?
    };
    let Subject { cookie, seal } = &subject;
    if act != Act::Replay && !act.applies(*seal, &cookie.value, Some(cookie)) {
        return Err(LabError::BadForm);
    }
    let mut changed = cookie.clone();
    match act {
        Act::Move => changed.name.push_str("_2"),
        Act::DeleteWrongPath => another_path(&cookie.path).clone_into(&mut changed.path),
        Act::DeleteWithoutSecure => changed.secure = false,
        _ => {}
    }
    if let Some(forgery) = act.forgery() {
        changed.value = forge(*seal, &cookie.value, &forgery).ok_or(LabError::BadForm)?;
    }
    let (line, edited) = match act {
        Act::ReadWithoutKey => (None, None),
        _ if act.deletes() => {
            changed.value.clear();
            (Some(deletion_line(&changed)), None)
        }
        _ if cookie.http_only => {
            let now = heard.first(&cookie.name).unwrap_or_default();
            let old = if heard.has(&cookie.name, &cookie.value) {
                cookie.value.as_str()
            } else {
                now
            };
            let (old, new) = (
                (cookie.name.as_str(), old),
                (changed.name.as_str(), changed.value.as_str()),
            );
            (None, Some(edit(heard, old, new)))
        }
        _ => (Some(line_of(&changed, now_ms)), None),
    };
    Ok(Forged {
        act,
        name: cookie.name.clone(),
        target: changed.name,
        path: cookie.path.clone(),
        seal: *seal,
        before: cookie.value.clone(),
        after: changed.value,
        line,
        edited,
        set_ms: cookie.created_ms,
        at_ms: now_ms,
    })
}

/// The cookie that is meant, with the value that the browser sends: by path if one is named, else the
/// one that this page receives.
fn subject(
    page: &Page,
    heard: &Heard,
    visit: &Visit,
    attempt: &Attempt,
) -> Result<Subject, LabError> {
    let name = attempt.name.as_str();
    let mut same = page
        .jar
        .cookies()
        .iter()
        .filter(|cookie| cookie.name == name)
        .filter(|cookie| domain_match(&visit.host, &cookie.domain));
    let known = same
        .clone()
        .find(|cookie| cookie.path == attempt.path)
        .or_else(|| same.next());
    let cookie = match (known, heard.first(name)) {
        (None, None) => return Err(LabError::NoSuchCookie),
        (None, Some(value)) => Cookie {
            value: value.to_owned(),
            ..unknown(name)
        },
        // A script of the page, or another tab, may have changed it behind the lab's back.
        (Some(known), Some(value)) if same.next().is_none() && !heard.has(name, &known.value) => {
            Cookie {
                value: value.to_owned(),
                ..known.clone()
            }
        }
        (Some(known), _) => known.clone(),
    };
    let seal = page.seal_of(name, &cookie.path, &cookie.value);
    Ok(Subject { cookie, seal })
}

/// A value that was sealed earlier: the one that is named, else the oldest that left under this name,
/// else today's, which nobody can tell from yesterday's.
fn earlier(
    page: &Page,
    heard: &Heard,
    visit: &Visit,
    attempt: &Attempt,
) -> Result<Subject, LabError> {
    let mut of_name = page
        .gone
        .iter()
        .filter(|gone| gone.name == attempt.name && gone.seal != Seal::Plain);
    let was_sealed_here = |gone: &&Gone| {
        let keys = (&page.keys, &page.retired);
        let verdict = check(gone.seal, &gone.name, &gone.value, keys.0, keys.1).verdict;
        matches!(verdict, Verdict::Valid { .. } | Verdict::WrongKey { .. })
    };
    let gone = if attempt.gone_ms == 0 {
        of_name.rfind(|gone| gone.cookie.is_some() && was_sealed_here(gone))
    } else {
        of_name.find(|gone| gone.at_ms == attempt.gone_ms)
    };
    let present = || subject(page, heard, visit, attempt);
    match gone {
        None if attempt.gone_ms != 0 => Err(LabError::NoSuchCookie),
        None => present().and_then(|subject| {
            let sealed = subject.seal != Seal::Plain;
            sealed.then_some(subject).ok_or(LabError::BadForm)
        }),
        Some(gone) => {
            let mut cookie = gone.cookie.clone().unwrap_or_else(|| unknown(&gone.name));
            cookie.value.clone_from(&gone.value);
            // Whoever sends an old value gives it the life of the cookie whose place it takes.
            cookie.expires_ms = present().ok().and_then(|now| now.cookie.expires_ms);
            Ok(Subject {
                cookie,
                seal: gone.seal,
            })
        }
    }
}

/// A path that is not this one.
fn another_path(path: &str) -> &'static str {
    if path == "/otra" { "/aparte" } else { "/otra" }
}
