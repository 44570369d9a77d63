//! What can be done to a cookie that is in the jar: tamper with it, move it, put an old one back,
//! delete it well or badly.
//!
//! A cookie that JavaScript may touch is changed in the browser itself. One that is `HttpOnly` is
//! beyond the page's reach, as it would be beyond an injected script's: there the *request* is edited,
//! as somebody with curl would, and the page says so.

use serde::{Deserialize, Serialize};

use super::{
    bench::Page,
    forgery::{Forgery, forge},
    jar::{Cookie, SameSite, domain_match},
    request::{Heard, Visit},
    seal::Seal,
};
use crate::error::LabError;

/// What is done to a cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Act {
    /// Change one character of the value.
    ChangeCharacter,
    /// Change one character of the signature.
    ChangeSignature,
    /// Take `s:` away.
    StripPrefix,
    /// Use the sealed value under another name.
    Move,
    /// Put a value back that is gone.
    Replay,
    /// Delete it with another path.
    DeleteWrongPath,
    /// Delete it without `Secure`.
    DeleteWithoutSecure,
    /// Delete it with everything that makes it the same cookie.
    Delete,
}

impl Act {
    /// Everything that can be done to a cookie that is there.
    pub const ALL: [Self; 7] = [
        Self::ChangeCharacter,
        Self::ChangeSignature,
        Self::StripPrefix,
        Self::Move,
        Self::DeleteWrongPath,
        Self::DeleteWithoutSecure,
        Self::Delete,
    ];

    /// Its name in the form.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ChangeCharacter => "change-character",
            Self::ChangeSignature => "change-signature",
            Self::StripPrefix => "strip-prefix",
            Self::Move => "move",
            Self::Replay => "replay",
            Self::DeleteWrongPath => "delete-wrong-path",
            Self::DeleteWithoutSecure => "delete-without-secure",
            Self::Delete => "delete",
        }
    }

    /// Whether it makes sense for a cookie like this.
    #[must_use]
    pub const fn applies(self, seal: Seal, secure: bool) -> bool {
        match self {
            Self::ChangeCharacter | Self::DeleteWrongPath | Self::Delete => true,
            Self::ChangeSignature | Self::Move | Self::Replay => !matches!(seal, Seal::Plain),
            Self::StripPrefix => matches!(seal, Seal::Express),
            Self::DeleteWithoutSecure => secure,
        }
    }
}

/// An attempt at forging, and what it changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forged {
    /// What was done.
    pub act: Act,
    /// To which cookie.
    pub name: String,
    /// The name under which the server finds the result: another one after [`Act::Move`].
    pub target: String,
    /// How it was sealed.
    pub seal: Seal,
    /// The value before, as it travelled.
    pub before: String,
    /// The value after.
    pub after: String,
    /// The edited `Cookie` header, if the cookie itself could not be touched.
    pub edited: Option<String>,
    /// When: ms since 1970, UTC.
    pub at_ms: i64,
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
    /// When the value that is put back left (ms since 1970): [`Act::Replay`] only.
    #[serde(default)]
    pub gone_ms: i64,
}

/// What comes of an attempt: what is noted, and what the answer sets.
pub struct Outcome {
    /// What was done; deletions are no forgery.
    pub forged: Option<Forged>,
    /// The `Set-Cookie` lines, with their seals.
    pub lines: Vec<(String, Seal)>,
}

/// Does it.
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
) -> Result<Outcome, LabError> {
    let name = attempt.name.as_str();
    if attempt.act == Act::Replay {
        return replay(page, attempt, now_ms);
    }
    let known = known(page, visit, attempt);
    let wire = heard.first(name).map(str::to_owned);
    let before = wire
        .or_else(|| known.map(|cookie| cookie.value.clone()))
        .ok_or(LabError::NoSuchCookie)?;
    let seal = page.seal_of(name, &before);
    let deletion = |change: &dyn Fn(&mut Cookie)| {
        let mut cookie = known.cloned().unwrap_or_else(|| unknown(name));
        change(&mut cookie);
        Ok(Outcome {
            forged: None,
            lines: vec![(deletion_line(&cookie), seal)],
        })
    };
    let (target, after) = match attempt.act {
        Act::Delete => return deletion(&|_| ()),
        Act::DeleteWrongPath => return deletion(&|cookie| "/otra".clone_into(&mut cookie.path)),
        Act::DeleteWithoutSecure => return deletion(&|cookie| cookie.secure = false),
        Act::Move | Act::Replay => (format!("{name}_2"), before.clone()),
        Act::ChangeCharacter => (
            name.to_owned(),
            changed(seal, &before, &Forgery::ChangeCharacter)?,
        ),
        Act::ChangeSignature => (
            name.to_owned(),
            changed(seal, &before, &Forgery::ChangeSignature)?,
        ),
        Act::StripPrefix => (
            name.to_owned(),
            changed(seal, &before, &Forgery::StripPrefix)?,
        ),
    };
    let out_of_reach = known.is_some_and(|cookie| cookie.http_only);
    let edited = out_of_reach.then(|| edit(heard, name, &target, &after));
    let mut cookie = known.cloned().unwrap_or_else(|| unknown(name));
    (cookie.name, cookie.value) = (target.clone(), after.clone());
    let lines = if edited.is_some() {
        Vec::new()
    } else {
        vec![(line_of(&cookie, now_ms), seal)]
    };
    Ok(Outcome {
        forged: Some(Forged {
            act: attempt.act,
            name: name.to_owned(),
            target,
            seal,
            before,
            after,
            edited,
            at_ms: now_ms,
        }),
        lines,
    })
}

/// Puts back a value that left the jar: its signature has no date.
fn replay(page: &Page, attempt: &Attempt, now_ms: i64) -> Result<Outcome, LabError> {
    let gone = page
        .gone
        .iter()
        .find(|gone| gone.name == attempt.name && gone.at_ms == attempt.gone_ms)
        .ok_or(LabError::NoSuchCookie)?;
    let mut cookie = unknown(&gone.name);
    cookie.value.clone_from(&gone.value);
    if !gone.path.is_empty() {
        cookie.path.clone_from(&gone.path);
    }
    Ok(Outcome {
        lines: vec![(line_of(&cookie, now_ms), gone.seal)],
        forged: Some(Forged {
            act: Act::Replay,
            name: gone.name.clone(),
            target: gone.name.clone(),
            seal: gone.seal,
            before: gone.value.clone(),
            after: gone.value.clone(),
            edited: None,
            at_ms: now_ms,
        }),
    })
}

/// The cookie of the lab's jar that is meant: by path if one is named, else the one that this page receives.
fn known<'a>(page: &'a Page, visit: &Visit, attempt: &Attempt) -> Option<&'a Cookie> {
    let mut same = page
        .jar
        .cookies()
        .iter()
        .filter(|cookie| cookie.name == attempt.name)
        .filter(|cookie| domain_match(&visit.host, &cookie.domain));
    same.clone()
        .find(|cookie| cookie.path == attempt.path)
        .or_else(|| same.next())
}

/// A cookie that was not set here: nobody knows its attributes, so the commonest are assumed.
fn unknown(name: &str) -> Cookie {
    Cookie {
        name: name.to_owned(),
        value: String::new(),
        domain: String::new(),
        host_only: true,
        path: "/".to_owned(),
        expires_ms: None,
        secure: false,
        http_only: false,
        same_site: SameSite::Unset,
        partitioned: false,
        created_ms: 0,
    }
}

fn changed(seal: Seal, wire: &str, forgery: &Forgery) -> Result<String, LabError> {
    forge(seal, wire, forgery).ok_or(LabError::BadForm)
}

/// The header with one value changed, or with one pair more.
fn edit(heard: &Heard, name: &str, target: &str, value: &str) -> String {
    let pairs = heard.pairs.iter().map(|pair| {
        let (name, value) = if pair.name == name && name == target {
            (target, value)
        } else {
            (pair.name.as_str(), pair.value.as_str())
        };
        format!("{name}={value}")
    });
    let more = (name != target).then(|| format!("{target}={value}"));
    pairs.chain(more).collect::<Vec<_>>().join("; ")
}

/// The line that sets this cookie again with the time that it has left.
fn line_of(cookie: &Cookie, now_ms: i64) -> String {
    let age = cookie
        .expires_ms
        .map(|at| format!("; Max-Age={}", (at - now_ms).max(0).div_euclid(1000) + 1));
    format!(
        "{}={}{}{}",
        cookie.name,
        cookie.value,
        attributes(cookie),
        age.unwrap_or_default()
    )
}

/// The line that deletes this cookie: what makes it the same cookie is repeated (RFC 6265bis section 5.7, step 23).
#[must_use]
pub fn deletion_line(cookie: &Cookie) -> String {
    format!("{}={}; Max-Age=0", cookie.name, attributes(cookie))
}

fn attributes(cookie: &Cookie) -> String {
    let mut text = format!("; Path={}", cookie.path);
    if !cookie.host_only {
        text.push_str("; Domain=");
        text.push_str(&cookie.domain);
    }
    for (is_set, attribute) in [
        (cookie.http_only, "; HttpOnly"),
        (cookie.secure, "; Secure"),
        (cookie.partitioned, "; Partitioned"),
        (cookie.same_site == SameSite::Lax, "; SameSite=Lax"),
        (cookie.same_site == SameSite::Strict, "; SameSite=Strict"),
        (cookie.same_site == SameSite::None, "; SameSite=None"),
    ] {
        if is_set {
            text.push_str(attribute);
        }
    }
    text
}
