//! What each way of tampering with a cookie teaches, in English.

use crate::cookies::{forge::Act, outcome::Fate, seal::Seal};

/// The lesson of an act that ended like this; `None` where there is none.
pub fn moral(act: Act, seal: Seal, fate: Fate) -> Option<&'static str> {
    if fate == Fate::Unknown {
        return None;
    }
    Some(match (act, fate) {
        (Act::DeleteWrongPath, Fate::Absent) => "It does not come any more.",
        (Act::DeleteWrongPath, _) => {
            "With another Path it is another cookie: this one stays where it was."
        }
        (Act::DeleteWithoutSecure, Fate::Absent) => {
            "Secure does not say which cookie is meant: it is deleted without it too, if the browser accepts the line."
        }
        (Act::Delete, Fate::Absent) => {
            "The line repeats name, Domain and Path, and the browser obeyed. A server can only ask."
        }
        (Act::Delete | Act::DeleteWithoutSecure, _) => {
            "The browser did not obey: see above what the rule says about that line."
        }
        (Act::ReadWithoutKey, _) | (_, Fate::Unknown | Fate::Absent) => return None,
        (_, Fate::NoSeal) => {
            "Without a seal nobody notices: the server reads the value that comes."
        }
        (Act::ChangeCharacter | Act::ChangeSignature, Fate::Accepted) => "The seal fits.",
        (Act::ChangeCharacter | Act::ChangeSignature, _) => {
            "Nobody tells. The server finds out when it computes the seal again, at each request that brings it."
        }
        (Act::StripPrefix, _) => {
            "Without s: cookie-parser looks for no signature, and the cookie ends up in req.cookies like any other."
        }
        (Act::Move, Fate::Accepted) => {
            "The signature does not include the name: the value counts under this one too."
        }
        (Act::Move, _) if matches!(seal, Seal::Private) => {
            "The name is part of what is checked: it does not open under another one."
        }
        (Act::Replay, Fate::Accepted) => {
            "The seal has no date: a value of yesterday counts today, until its key no longer does."
        }
        (Act::Move | Act::Replay, Fate::WrongKey) => {
            "The key that sealed it no longer counts. That is what ends old values."
        }
        (Act::Move | Act::Replay, _) => "The seal fits no key.",
        (Act::RotateAndKeep | Act::RotateAndDrop | Act::Restore, Fate::Accepted) => {
            "The browser knows nothing of keys and sends the same as before. One of those that count still opens it."
        }
        (Act::RotateAndKeep | Act::RotateAndDrop | Act::Restore, _) => {
            "The browser knows nothing of keys and sends the same as before. None of those that count opens it."
        }
    })
}

/// How long ago something was, ms.
pub fn ago(ms: i64) -> String {
    match ms.max(0) / 1000 {
        seconds @ 0..=119 => format!("{seconds} s ago"),
        seconds @ 120..=7199 => format!("{} min ago", seconds / 60),
        seconds => format!("{} h ago", seconds / 3600),
    }
}
