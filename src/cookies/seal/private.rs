//! The private cookies of the crate `cookie`: AES-256-GCM, `base64(nonce, ciphertext, tag)`.
//!
//! The nonce is random, so the same value never looks the same twice; the tag betrays any change; and
//! the cookie's name goes into the tag, so that a value does not open under another name.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use cookie::{Cookie, CookieJar};

use super::{
    Check, Sealed, Step, StepKind, Unreadable,
    jar::{self, Lost},
    keys::{Attempt, key_of, try_keys},
};

/// The bytes of the nonce, which come first.
pub(in crate::cookies) const NONCE_BYTES: usize = 12;
/// The bytes of the tag, which come last.
pub(in crate::cookies) const TAG_BYTES: usize = 16;

pub(super) fn seal(name: &str, value: &str, secret: &str) -> Sealed {
    let wire = jar::written(name, |jar| {
        let cookie = Cookie::new(name.to_owned(), value.to_owned());
        jar.private_mut(&key_of(secret)).add(cookie);
    });
    let mut steps = vec![
        Step::new(StepKind::Value, value),
        key_step(secret),
        Step::new(StepKind::Plaintext, value),
        Step::new(StepKind::AssociatedData, name),
    ];
    if let Ok(Some(parts)) = STANDARD.decode(&wire).as_deref().map(cut) {
        steps.extend(parts);
    }
    steps.push(Step::new(StepKind::Cookie, &wire));
    Sealed { wire, steps }
}

pub(super) fn check(name: &str, wire: &str, keys: &[String], retired: &[String]) -> Check {
    let mut steps = vec![Step::new(StepKind::Encoded, wire)];
    let cookie = match jar::read(name, wire) {
        Ok(cookie) => cookie,
        Err(Lost::Pair) => return Check::unreadable(Unreadable::NotUtf8, steps, None),
        Err(Lost::Name) => return Check::nameless(steps),
    };
    steps.push(Step::new(StepKind::Decoded, cookie.value()));
    let Ok(bytes) = STANDARD.decode(cookie.value()) else {
        return Check::unreadable(Unreadable::NotBase64, steps, None);
    };
    let Some(parts) = cut(&bytes) else {
        return Check::unreadable(Unreadable::TooShort, steps, None);
    };
    steps.extend(parts);
    steps.push(Step::new(StepKind::AssociatedData, name));
    try_keys((keys, retired), steps, None, |secret| Attempt {
        steps: vec![key_step(secret)],
        opened: CookieJar::new()
            .private(&key_of(secret))
            .decrypt(cookie.clone())
            .map(|opened| opened.value().to_owned()),
    })
}

/// Nonce, ciphertext and tag in hex.
fn cut(bytes: &[u8]) -> Option<[Step; 3]> {
    let (nonce, rest) = bytes.split_at_checked(NONCE_BYTES)?;
    let (ciphertext, tag) = rest.split_at_checked(rest.len().checked_sub(TAG_BYTES)?)?;
    Some([
        Step::new(StepKind::Nonce, hex::encode(nonce)),
        Step::new(StepKind::Ciphertext, hex::encode(ciphertext)),
        Step::new(StepKind::Tag, hex::encode(tag)),
    ])
}

fn key_step(secret: &str) -> Step {
    let bytes = hex::encode(key_of(secret).encryption());
    Step::new(
        StepKind::Key,
        format!("SHA-512({secret:?})[32..64] = {bytes}"),
    )
}
