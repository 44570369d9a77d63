//! The `Set-Cookie` lines and the edited `Cookie` header of an act.

use crate::cookies::{
    request::Heard,
    user_agent::{Cookie, SameSite},
};

/// A cookie that was not set here: nobody knows its attributes, so the commonest are assumed.
pub fn unknown(name: &str) -> Cookie {
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

/// The header with this one pair changed, or with one pair more.
pub fn edit(heard: &Heard, old: (&str, &str), new: (&str, &str)) -> String {
    let is_old = |name: &str, value: &str| old.0 == new.0 && (name, value) == old;
    let mut pairs = Vec::with_capacity(heard.pairs.len() + 1);
    let mut found = false;
    for pair in &heard.pairs {
        let replaced = !found && is_old(&pair.name, &pair.value);
        found |= replaced;
        let (name, value) = if replaced {
            new
        } else {
            (pair.name.as_str(), pair.value.as_str())
        };
        pairs.push(if name.is_empty() {
            value.to_owned()
        } else {
            format!("{name}={value}")
        });
    }
    if !found {
        pairs.push(format!("{}={}", new.0, new.1));
    }
    pairs.join("; ")
}

/// The line that sets this cookie again with the time that it has left.
#[must_use]
pub fn line_of(cookie: &Cookie, now_ms: i64) -> String {
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
