//! The signed cookies of the crate `cookie`: `SIGNATUREvalue`, nothing encoded.
//!
//! The signature comes first and always has 44 characters, so that no separator is needed. The jars
//! of the crate itself seal and open; what is shown beside is computed again here.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use cookie::{Cookie, CookieJar};

use super::{
    Check, Sealed, Step, StepKind, Unreadable,
    jar::{self, Lost},
    keys::{Attempt, key_of, try_keys},
    mac::hmac_sha256,
};

/// The characters of a signature: 32 bytes in base64, with padding.
pub(in crate::cookies) const SIGNATURE_CHARS: usize = 44;

pub(super) fn seal(name: &str, value: &str, secret: &str) -> Sealed {
    let wire = jar::written(name, |jar| {
        let cookie = Cookie::new(name.to_owned(), value.to_owned());
        jar.signed_mut(&key_of(secret)).add(cookie);
    });
    let digest = digest(value, secret);
    let steps = vec![
        Step::new(StepKind::Value, value),
        key_step(secret),
        Step::new(StepKind::Message, value),
        Step::new(StepKind::Digest, hex::encode(digest)),
        Step::new(StepKind::Base64, STANDARD.encode(digest)),
        Step::new(StepKind::Cookie, &wire),
    ];
    Sealed { wire, steps }
}

pub(super) fn check(name: &str, wire: &str, keys: &[String], retired: &[String]) -> Check {
    let mut steps = vec![Step::new(StepKind::Encoded, wire)];
    let cookie = match jar::read(name, wire) {
        Ok(cookie) => cookie,
        Err(Lost::Pair) => return Check::unreadable(Unreadable::NotUtf8, steps, None),
        Err(Lost::Name) => return Check::nameless(steps),
    };
    let text = cookie.value();
    steps.push(Step::new(StepKind::Decoded, text));
    let Some((received, value)) = text.split_at_checked(SIGNATURE_CHARS) else {
        let reason = if text.len() < SIGNATURE_CHARS {
            Unreadable::TooShort
        } else {
            Unreadable::NotBase64
        };
        return Check::unreadable(reason, steps, Some(text.to_owned()));
    };
    steps.push(Step::new(StepKind::Received, received));
    steps.push(Step::new(StepKind::Value, value));
    let readable = Some(value.to_owned());
    if STANDARD.decode(received).is_err() {
        return Check::unreadable(Unreadable::NotBase64, steps, readable);
    }
    try_keys((keys, retired), steps, readable, |secret| Attempt {
        steps: vec![
            key_step(secret),
            Step::new(StepKind::Computed, STANDARD.encode(digest(value, secret))),
        ],
        opened: CookieJar::new()
            .signed(&key_of(secret))
            .verify(cookie.clone())
            .map(|opened| opened.value().to_owned()),
    })
}

fn digest(value: &str, secret: &str) -> [u8; 32] {
    hmac_sha256(key_of(secret).signing(), value.as_bytes())
}

fn key_step(secret: &str) -> Step {
    let bytes = hex::encode(key_of(secret).signing());
    Step::new(
        StepKind::Key,
        format!("SHA-512({secret:?})[0..32] = {bytes}"),
    )
}
