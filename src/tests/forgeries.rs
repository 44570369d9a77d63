//! No forged cookie is accepted and no honest one is refused, whatever the value, the key and the change.
//!
//! A change can leave the cookie that the server *reads* as it was (`%3A` and `%3a` are one colon);
//! such a cookie is not forged and must be accepted. So the rule is: the same text after reading, the
//! same answer; another text, no answer at all.

use std::sync::LazyLock;

use axum::http::HeaderValue;
use cookie::Cookie;
use proptest::{prelude::*, sample::Index};
use session_playground::cookies::{
    cookie_parser::{cookie_parser, read_value},
    forgery::{Forgery, forge},
    seal::{Seal, Verdict, check, seal},
    tower_reader::tower_reads,
};
use tokio::runtime::Runtime;

const SEALED: [Seal; 3] = [Seal::Express, Seal::Signed, Seal::Private];

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());

fn sealed() -> impl Strategy<Value = Seal> {
    prop::sample::select(SEALED.to_vec())
}

/// No NUL: HMAC pads short keys with zero bytes, so `clave` and `clave\0` are one key for Express.
fn secret() -> impl Strategy<Value = String> {
    "[^\0]{0,80}"
}

/// The key that seals, and the keys that open: it alone, before an old one, or as the old one.
fn keys() -> impl Strategy<Value = (String, Vec<String>)> {
    (secret(), secret(), 0..3).prop_map(|(mine, other, place)| {
        let keys = match place {
            0 => vec![mine.clone()],
            1 => vec![mine.clone(), other],
            _ => vec![other, mine.clone()],
        };
        (mine, keys)
    })
}

fn name() -> impl Strategy<Value = String> {
    "[A-Za-z0-9_-]{1,12}"
}

/// Values as people write them, with what is special to some format more often than by chance.
fn value() -> impl Strategy<Value = String> {
    let special = r#"([a-z0-9áñ🍪 .;,=%":+/\\]|s:|j:|%41|%ff|%25){0,20}"#;
    prop_oneof![any::<String>(), special, "[A-Za-z0-9_.-]{0,200}"]
}

/// Whether a value comes back from tower-cookies as it went, when it goes unencoded.
fn travels(value: &str) -> bool {
    let hex = |at: Option<&u8>| at.is_some_and(u8::is_ascii_hexdigit);
    let bytes = value.as_bytes();
    let encoded = (0..bytes.len())
        .any(|at| bytes[at] == b'%' && hex(bytes.get(at + 1)) && hex(bytes.get(at + 2)));
    !encoded && !value.contains(';') && value.trim_end() == value
}

/// A seal, and a value that it can bring through.
fn honest() -> impl Strategy<Value = (Seal, String)> {
    (sealed(), value()).prop_filter("tower-cookies writes nothing encoded", |(kind, value)| {
        *kind != Seal::Signed || travels(value)
    })
}

/// The text that a server works with.
fn read(kind: Seal, wire: &[u8]) -> Option<String> {
    if kind == Seal::Express {
        return Some(read_value(wire));
    }
    let wire = std::str::from_utf8(wire).ok()?;
    let cookie = Cookie::parse_encoded(format!("n={wire}")).ok()?;
    Some(cookie.value().to_owned())
}

fn accepted(kind: Seal, name: &str, wire: &str, keys: &[String]) -> Option<String> {
    match check(kind, name, wire, keys, &[]).verdict {
        Verdict::Valid { value, .. } => Some(value),
        _ => None,
    }
}

/// Whether a server accepts `rol` with these bytes: tower-cookies says it itself, and what stands for
/// cookie-parser. `None` if HTTP cannot carry them.
fn served(kind: Seal, wire: &[u8], keys: &[String]) -> Option<bool> {
    let header = [b"rol=", wire].concat();
    let line = HeaderValue::from_bytes(&header).ok()?;
    if kind == Seal::Express {
        let signed = cookie_parser(&header, keys).signed_cookies;
        return Some(
            signed
                .iter()
                .any(|(name, value)| name == "rol" && value != false),
        );
    }
    // tower-cookies knows one key at a time.
    let mut reads = keys.iter().map(|key| {
        let line = std::slice::from_ref(&line);
        RUNTIME.block_on(tower_reads(line, "rol", key))
    });
    Some(reads.any(|reads| {
        if kind == Seal::Signed {
            reads.signed
        } else {
            reads.private
        }
        .is_some()
    }))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_honest_cookie_is_accepted((kind, value) in honest(), name in name(), (secret, keys) in keys()) {
        let wire = seal(kind, &name, &value, &secret).wire;
        prop_assert_eq!(accepted(kind, &name, &wire, &keys), Some(value.clone()));
        let wire = seal(kind, "rol", &value, &secret).wire;
        prop_assert_ne!(served(kind, wire.as_bytes(), &keys), Some(false));
    }

    #[test]
    fn one_changed_bit_is_noticed_unless_the_server_reads_the_same(
        (kind, value) in honest(), (secret, keys) in keys(), at in any::<Index>(), bit in 0..8_u8,
    ) {
        let wire = seal(kind, "rol", &value, &secret).wire;
        let mut changed = wire.clone().into_bytes();
        changed[at.index(wire.len())] ^= 1_u8 << bit;
        let same = read(kind, &changed) == read(kind, wire.as_bytes());
        // A new `;` ends the value for a whole header, and with it the signature.
        let cut = kind == Seal::Express && changed.contains(&b';');
        if let Some(served) = served(kind, &changed, &keys) {
            prop_assert_eq!(served, same && !cut);
        }
        if let Ok(changed) = String::from_utf8(changed) {
            prop_assert_eq!(accepted(kind, "rol", &changed, &keys), same.then_some(value));
        }
    }

    #[test]
    fn a_cut_or_patched_cookie_gives_its_own_value_or_none(
        kind in sealed(), value in value(), (secret, keys) in keys(), from in any::<Index>(), until in any::<Index>(), patch in value(),
    ) {
        let wire = seal(kind, "rol", &value, &secret).wire;
        let mut ends: Vec<_> = wire.char_indices().map(|(at, _)| at).collect();
        ends.push(wire.len());
        let (one, two) = (*from.get(&ends), *until.get(&ends));
        let (start, end) = (&wire[..one.min(two)], &wire[one.max(two)..]);
        for changed in [start.to_owned(), end.to_owned(), format!("{start}{patch}{end}")] {
            let same = read(kind, changed.as_bytes()) == read(kind, wire.as_bytes());
            let answer = accepted(kind, "rol", &changed, &keys);
            prop_assert!(answer.is_none_or(|answer| same && answer == value));
        }
    }

    #[test]
    fn what_a_student_does_never_gives_another_value(
        kind in sealed(), value in value(), other in value(), (secret, keys) in keys(),
    ) {
        let wire = seal(kind, "rol", &value, &secret).wire;
        let forgeries = Forgery::ALL.into_iter().chain([Forgery::ReplaceValue { value: other }]);
        for forgery in forgeries {
            let Some(forged) = forge(kind, &wire, &forgery) else { continue };
            prop_assert_ne!(&forged, &wire);
            let answer = accepted(kind, "rol", &forged, &keys);
            // What Express is sent is a whole header: a `;` in the new value would end it.
            if kind != Seal::Express && let Some(served) = served(kind, forged.as_bytes(), &keys) {
                prop_assert_eq!(served, answer.is_some());
            }
            if let Forgery::ReplaceValue { .. } = forgery {
                // tower-cookies trims: `user ` with the signature of `user` is read as `user`.
                prop_assert!(answer.is_none_or(|answer| answer == value));
            } else {
                prop_assert_eq!(answer, None);
            }
        }
    }

    #[test]
    fn another_key_opens_nothing_and_a_retired_one_is_recognised(
        (kind, value) in honest(), secret in secret(), other in secret(),
    ) {
        prop_assume!(secret != other);
        let wire = seal(kind, "rol", &value, &secret).wire;
        let (now, old) = ([other], [secret]);
        prop_assert_eq!(check(kind, "rol", &wire, &now, &[]).verdict, Verdict::Forged);
        let value = (kind != Seal::Private).then_some(value);
        prop_assert_eq!(check(kind, "rol", &wire, &now, &old).verdict, Verdict::WrongKey { value });
    }

    #[test]
    fn a_private_value_opens_under_its_own_name_only(value in value(), name in name(), other in name()) {
        prop_assume!(name != other);
        let wire = seal(Seal::Private, &name, &value, "nueva").wire;
        prop_assert_eq!(accepted(Seal::Private, &other, &wire, &["nueva".to_owned()]), None);
    }

    #[test]
    fn text_that_nobody_sealed_is_not_accepted(kind in sealed(), wire in value(), (_, keys) in keys()) {
        prop_assert_eq!(accepted(kind, "rol", &wire, &keys), None);
        prop_assert_ne!(served(kind, wire.as_bytes(), &keys), Some(true));
    }

    #[test]
    fn the_checks_agree_with_tower_cookies_and_with_cookie_parser(
        kind in sealed(), value in value(), tail in value(), secret in secret(),
    ) {
        let wire = format!("{}{tail}", seal(kind, "rol", &value, &secret).wire);
        let keys = [secret];
        let ours = accepted(kind, "rol", &wire, &keys).is_some();
        prop_assume!(kind != Seal::Express || !wire.contains(';'));
        if let Some(theirs) = served(kind, wire.as_bytes(), &keys) {
            prop_assert_eq!(ours, theirs);
        }
    }
}

#[test]
fn a_signed_value_with_a_percent_sequence_does_not_survive_the_journey() {
    let wire = seal(Seal::Signed, "rol", "100%41", "nueva").wire;
    assert!(!travels("100%41"));
    let keys = ["nueva".to_owned()];
    assert_eq!(accepted(Seal::Signed, "rol", &wire, &keys), None);
    assert_eq!(served(Seal::Signed, wire.as_bytes(), &keys), Some(false));
    for kind in [Seal::Express, Seal::Private] {
        let wire = seal(kind, "rol", "100%41", "nueva").wire;
        let answer = accepted(kind, "rol", &wire, &keys);
        assert_eq!(answer.as_deref(), Some("100%41"));
    }
}
