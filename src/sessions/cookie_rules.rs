//! What happens to a session cookie on its way in and out, beside what tower-sessions does.
//!
//! On the way in its signature is checked; on the way out it is signed, gets the lifetime that the
//! lab set, or is held back. tower-sessions signs with one key; here are as many as
//! express-session's `secret` may have: the first signs, all verify.

use axum::http::{HeaderMap, HeaderValue, header};
use cookie::{Cookie, CookieJar, Key, time::Duration};
use sha2::{Digest, Sha512};

use super::settings::{DeadCookie, Given, Settings, Sliding};
use crate::stores::StoreKind;

/// What the check of the signature said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Seal {
    /// No cookie, or no secret: there was nothing to check.
    #[default]
    NotChecked,
    /// Signed with one of the secrets.
    Valid,
    /// Signed with none of them: it counts as no cookie.
    Invalid,
}

/// Checks this store's cookie and leaves its bare id for the site; one that does not verify is taken out.
pub fn unseal(headers: &mut HeaderMap, store: StoreKind, secrets: &[String]) -> Seal {
    if secrets.is_empty() {
        return Seal::NotChecked;
    }
    let lines: Vec<String> = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok().map(str::to_owned))
        .collect();
    let mut seal = Seal::NotChecked;
    let mut pairs = Vec::new();
    for pair in lines.iter().flat_map(|line| line.split(';')).map(str::trim) {
        match pair.split_once('=') {
            Some((name, value)) if name == store.cookie_name() => match verify(value, secrets) {
                Some(id) => {
                    seal = Seal::Valid;
                    pairs.push(format!("{name}={id}"));
                }
                None if seal == Seal::NotChecked => seal = Seal::Invalid,
                None => {}
            },
            _ if pair.is_empty() => {}
            _ => pairs.push(pair.to_owned()),
        }
    }
    headers.remove(header::COOKIE);
    if let Ok(line) = HeaderValue::from_str(&pairs.join("; "))
        && !pairs.is_empty()
    {
        headers.insert(header::COOKIE, line);
    }
    seal
}

/// What the browser holds of a store's cookie after an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Held {
    /// What it held before.
    AsBefore,
    /// None: it was taken away.
    Nothing,
    /// A new one.
    This(Given),
}

/// What the site's answer did before these rules.
pub struct Done {
    /// Whether the record was written with other data than it was read with, or is new.
    pub changed: bool,
    /// When the record that was written ends, if one was: milliseconds since 1970, UTC.
    pub ends_ms: Option<i64>,
}

/// Applies the lab's settings to this store's `Set-Cookie` lines; tells what the browser holds afterwards.
pub fn rewrite(
    headers: &mut HeaderMap,
    store: StoreKind,
    settings: &Settings,
    done: &Done,
    now_ms: i64,
) -> Held {
    let lines: Vec<HeaderValue> = headers
        .get_all(header::SET_COOKIE)
        .iter()
        .cloned()
        .collect();
    headers.remove(header::SET_COOKIE);
    let mut held = Held::AsBefore;
    for line in lines {
        let ours = line
            .to_str()
            .ok()
            .and_then(|text| Cookie::parse(text.to_owned()).ok())
            .filter(|cookie| cookie.name() == store.cookie_name());
        let Some(mut cookie) = ours else {
            headers.append(header::SET_COOKIE, line);
            continue;
        };
        if cookie.value().is_empty() {
            if settings.dead_cookie == DeadCookie::Remove {
                held = Held::Nothing;
                headers.append(header::SET_COOKIE, line);
            }
            continue;
        }
        // `resave` writes the record again, not the cookie.
        if settings.resave && settings.sliding != Sliding::Request && !done.changed {
            continue;
        }
        if settings.cookie_max_age_s == Some(settings.ttl_s) {
            // A fixed end comes nearer: the cookie gets what is left of the record.
            if let (Sliding::Fixed, Some(ends_ms)) = (settings.sliding, done.ends_ms) {
                cookie.set_max_age(Duration::seconds(((ends_ms - now_ms) / 1000).max(0)));
            }
        } else {
            cookie.set_max_age(
                settings
                    .cookie_max_age_s
                    .map(|seconds| Duration::seconds(seconds.into())),
            );
        }
        let seconds = cookie.max_age().map(Duration::whole_seconds);
        let value = sign(cookie.value(), &settings.secrets);
        cookie.set_value(value.clone());
        held = Held::This(Given {
            value,
            expires_ms: seconds.map(|seconds| now_ms + seconds * 1000),
        });
        if let Ok(line) = HeaderValue::from_str(&cookie.to_string()) {
            headers.append(header::SET_COOKIE, line);
        }
    }
    held
}

/// The id with the signature of the first secret before it; the bare id without a secret.
#[must_use]
pub fn sign(id: &str, secrets: &[String]) -> String {
    let Some(secret) = secrets.first() else {
        return id.to_owned();
    };
    let mut jar = CookieJar::new();
    jar.signed_mut(&key(secret))
        .add(Cookie::new("id", id.to_owned()));
    jar.get("id")
        .map_or_else(|| id.to_owned(), |cookie| cookie.value().to_owned())
}

fn verify(value: &str, secrets: &[String]) -> Option<String> {
    secrets.iter().find_map(|secret| {
        let jar = CookieJar::new();
        let signed = jar.signed(&key(secret));
        signed
            .verify(Cookie::new("id", value.to_owned()))
            .map(|cookie| cookie.value().to_owned())
    })
}

/// cookie-rs wants 64 bytes of key: the SHA-512 of the text, as on the bench of the cookie lab.
fn key(secret: &str) -> Key {
    Key::from(&Sha512::digest(secret.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "AQAAAAAAAAAAAAAAAAAAAA";

    fn secrets(list: &[&str]) -> Vec<String> {
        list.iter().map(|&secret| secret.to_owned()).collect()
    }

    fn arrives(cookie: &str, list: &[&str]) -> (Seal, Option<String>) {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, cookie.parse().unwrap());
        let seal = unseal(&mut headers, StoreKind::Redis, &secrets(list));
        let left = headers.get(header::COOKIE);
        (seal, left.map(|line| line.to_str().unwrap().to_owned()))
    }

    #[test]
    fn the_first_signs_and_all_verify() {
        let old = format!("a=1; redis.sid={}", sign(ID, &secrets(&["old"])));
        let plain = format!("a=1; redis.sid={ID}");
        assert_eq!(arrives(&old, &["old"]), (Seal::Valid, Some(plain.clone())));
        assert_eq!(
            arrives(&old, &["new", "old"]),
            (Seal::Valid, Some(plain.clone()))
        );
        assert_eq!(
            arrives(&old, &["new"]),
            (Seal::Invalid, Some("a=1".to_owned()))
        );
        assert_eq!(arrives(&plain, &["old"]).0, Seal::Invalid);
        assert_eq!(arrives(&plain, &[]), (Seal::NotChecked, Some(plain)));
        assert_eq!(arrives("a=1", &["old"]).0, Seal::NotChecked);
    }

    fn answers(line: &str, settings: &Settings, changed: bool) -> (Vec<String>, Held) {
        let mut headers = HeaderMap::new();
        headers.append(header::SET_COOKIE, line.parse().unwrap());
        let given = rewrite(
            &mut headers,
            StoreKind::Redis,
            settings,
            &Done {
                changed,
                ends_ms: Some(31_500),
            },
            1000,
        );
        let lines = headers.get_all(header::SET_COOKIE).iter();
        (
            lines
                .map(|line| line.to_str().unwrap().to_owned())
                .collect(),
            given,
        )
    }

    fn ends(held: Held) -> Option<i64> {
        match held {
            Held::This(given) => given.expires_ms,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_cookie_gets_its_own_lifetime() {
        let line = format!("redis.sid={ID}; HttpOnly; SameSite=Lax; Path=/; Max-Age=1800");
        let (same, given) = answers(&line, &Settings::default(), true);
        assert_eq!(same, [line.as_str()]);
        assert_eq!(ends(given), Some(1_801_000));
        let short = Settings {
            cookie_max_age_s: Some(2),
            ..Settings::default()
        };
        assert!(answers(&line, &short, true).0[0].ends_with("Max-Age=2"));
        let none = Settings {
            cookie_max_age_s: None,
            ..Settings::default()
        };
        let (lines, given) = answers(&line, &none, true);
        assert!(!lines[0].contains("Max-Age"));
        assert_eq!(ends(given), None);
    }

    #[test]
    fn a_fixed_end_comes_nearer() {
        let line = format!("redis.sid={ID}; Max-Age=1800");
        let fixed = Settings {
            sliding: Sliding::Fixed,
            ..Settings::default()
        };
        assert!(answers(&line, &fixed, true).0[0].ends_with("Max-Age=30"));
    }

    #[test]
    fn resave_sends_no_cookie_unless_something_changed() {
        let line = format!("redis.sid={ID}; Max-Age=1800");
        let resave = Settings {
            resave: true,
            ..Settings::default()
        };
        assert!(answers(&line, &resave, false).0.is_empty());
        assert_eq!(answers(&line, &resave, true).0.len(), 1);
        let rolling = Settings {
            sliding: Sliding::Request,
            ..resave
        };
        assert_eq!(answers(&line, &rolling, false).0.len(), 1);
    }

    #[test]
    fn the_dead_cookie_goes_or_stays() {
        let line = "redis.sid=; Path=/; Max-Age=0";
        assert_eq!(
            answers(line, &Settings::default(), false),
            (vec![line.to_owned()], Held::Nothing)
        );
        let keep = Settings {
            dead_cookie: DeadCookie::Keep,
            ..Settings::default()
        };
        assert_eq!(answers(line, &keep, false), (vec![], Held::AsBefore));
    }
}
