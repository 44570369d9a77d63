//! The signed cookies of Express: `s:value.SIGNATURE`, percent-encoded.
//!
//! `s:` tells `cookie-parser` that a signature follows; without it the cookie counts as unsigned and
//! turns up in `req.cookies`.

use super::{
    super::cookie_parser,
    Check, Sealed, Step, StepKind, Unreadable,
    keys::{Attempt, try_keys},
    signature::{digest, sign, signature, unsign},
    uri::encode_uri_component,
};

pub(super) fn seal(value: &str, secret: &str) -> Sealed {
    let cookie = format!("s:{}", sign(value, secret));
    let wire = encode_uri_component(&cookie);
    let steps = vec![
        Step::new(StepKind::Value, value),
        key_step(secret),
        Step::new(StepKind::Message, value),
        Step::new(StepKind::Digest, hex::encode(digest(value, secret))),
        Step::new(StepKind::Base64, signature(value, secret)),
        Step::new(StepKind::Cookie, cookie),
        Step::new(StepKind::Encoded, &wire),
    ];
    Sealed { wire, steps }
}

pub(super) fn check(wire: &str, keys: &[String], retired: &[String]) -> Check {
    let text = cookie_parser::read_value(wire.as_bytes());
    let mut steps = vec![
        Step::new(StepKind::Encoded, wire),
        Step::new(StepKind::Decoded, &text),
    ];
    let Some(signed) = text.strip_prefix("s:") else {
        return Check::unreadable(Unreadable::NoPrefix, steps, Some(text));
    };
    let Some((value, received)) = signed.rsplit_once('.') else {
        return Check::unreadable(Unreadable::NoDot, steps, Some(signed.to_owned()));
    };
    steps.push(Step::new(StepKind::Value, value));
    steps.push(Step::new(StepKind::Received, received));
    let readable = Some(value.to_owned());
    try_keys((keys, retired), steps, readable, |secret| Attempt {
        steps: vec![
            key_step(secret),
            Step::new(StepKind::Computed, signature(value, secret)),
        ],
        opened: unsign(signed, secret).map(ToOwned::to_owned),
    })
}

fn key_step(secret: &str) -> Step {
    let bytes = hex::encode(secret);
    Step::new(StepKind::Key, format!("UTF-8({secret:?}) = {bytes}"))
}
