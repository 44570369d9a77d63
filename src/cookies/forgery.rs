//! What a student may do to a sealed cookie before the browser sends it back.
//!
//! Each change is small and exact, so that what the server says afterwards has one cause. None of
//! them needs the key: that is all that a thief has, too.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};

use super::seal::{
    NONCE_BYTES, SIGNATURE_CHARS, Seal, TAG_BYTES,
    uri::{decode_uri_component, encode_uri_component},
};

/// A change to the value as it travels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Forgery {
    /// One character of the value becomes another one; of a private cookie, one of the ciphertext.
    ChangeCharacter,
    /// One character of the signature, or of a private cookie's tag, becomes another one of base64.
    ChangeSignature,
    /// The `s:` of Express goes away, and with it the sign that there is a signature to check.
    StripPrefix,
    /// Another value takes the place of the old one; the signature stays.
    ReplaceValue {
        /// The new value.
        value: String,
    },
}

impl Forgery {
    /// Every forgery that needs no value, in the order of the page.
    pub const ALL: [Self; 3] = [
        Self::ChangeCharacter,
        Self::ChangeSignature,
        Self::StripPrefix,
    ];

    /// Its name in forms: `change_character`, `change_signature`, `strip_prefix` or `replace_value`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::ChangeCharacter => "change_character",
            Self::ChangeSignature => "change_signature",
            Self::StripPrefix => "strip_prefix",
            Self::ReplaceValue { .. } => "replace_value",
        }
    }

    /// The forgery that a form names, if it names one that needs no value.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|forgery| forgery.name() == name)
    }
}

/// The value as it travels after the forgery; `None` if the forgery does not apply to this value.
///
/// The result always differs from `wire`.
#[must_use]
pub fn forge(seal: Seal, wire: &str, forgery: &Forgery) -> Option<String> {
    let forged = match seal {
        Seal::Plain => forge_plain(wire, forgery),
        Seal::Express => forge_express(wire, forgery),
        Seal::Signed => forge_signed(wire, forgery),
        Seal::Private => forge_private(wire, forgery),
    };
    forged.filter(|forged| forged != wire)
}

fn forge_plain(wire: &str, forgery: &Forgery) -> Option<String> {
    match forgery {
        Forgery::ChangeCharacter => change_value(wire),
        Forgery::ReplaceValue { value } => Some(value.clone()),
        Forgery::ChangeSignature | Forgery::StripPrefix => None,
    }
}

fn forge_express(wire: &str, forgery: &Forgery) -> Option<String> {
    if *forgery == Forgery::StripPrefix {
        let prefixes = ["s%3A", "s%3a", "s:"];
        let bare = prefixes
            .into_iter()
            .find_map(|prefix| wire.strip_prefix(prefix));
        return bare.map(ToOwned::to_owned);
    }
    let cookie = decode_uri_component(wire)?;
    let (value, signature) = cookie.strip_prefix("s:")?.rsplit_once('.')?;
    let forged = match forgery {
        Forgery::ChangeCharacter => format!("s:{}.{signature}", change_value(value)?),
        Forgery::ChangeSignature => format!("s:{value}.{}", change_base64(signature, 0)?),
        Forgery::ReplaceValue { value } => format!("s:{value}.{signature}"),
        Forgery::StripPrefix => return None,
    };
    Some(encode_uri_component(&forged))
}

fn forge_signed(wire: &str, forgery: &Forgery) -> Option<String> {
    let (signature, value) = wire.split_at_checked(SIGNATURE_CHARS)?;
    match forgery {
        Forgery::ChangeCharacter => Some(format!("{signature}{}", change_value(value)?)),
        Forgery::ChangeSignature => Some(format!("{}{value}", change_base64(signature, 0)?)),
        Forgery::ReplaceValue { value } => Some(format!("{signature}{value}")),
        Forgery::StripPrefix => None,
    }
}

fn forge_private(wire: &str, forgery: &Forgery) -> Option<String> {
    let bytes = STANDARD.decode(wire).ok()?.len();
    let tag = bytes.checked_sub(TAG_BYTES)?;
    match forgery {
        Forgery::ChangeCharacter if tag > NONCE_BYTES => {
            change_base64(wire, first_whole_character(NONCE_BYTES))
        }
        Forgery::ChangeSignature => change_base64(wire, first_whole_character(tag)),
        // There is no value to be seen, and none can be put in without the key.
        _ => None,
    }
}

/// A letter or digit becomes the next one: the first in the value, so that it can be seen.
fn change_value(value: &str) -> Option<String> {
    let (at, old) = value
        .char_indices()
        .find(|(_, character)| character.is_ascii_alphanumeric())
        .or_else(|| value.char_indices().next())?;
    let new = match old {
        'z' => 'a',
        'Z' => 'A',
        '9' => '0',
        'a'..='y' | 'A'..='Y' | '0'..='8' => char::from_u32(u32::from(old) + 1)?,
        _ => 'x',
    };
    Some(replace_at(value, at, old, new))
}

/// The character at `at` becomes the next one of the alphabet, which changes bytes everywhere but at
/// the end of a base64 text, where some bits mean nothing.
fn change_base64(text: &str, at: usize) -> Option<String> {
    let old = text.get(at..)?.chars().next()?;
    let new = match old {
        'Z' => 'a',
        'z' => '0',
        '9' => '+',
        '+' => '/',
        '/' => 'A',
        'a'..='y' | 'A'..='Y' | '0'..='8' => char::from_u32(u32::from(old) + 1)?,
        _ => return None,
    };
    Some(replace_at(text, at, old, new))
}

fn replace_at(text: &str, at: usize, old: char, new: char) -> String {
    let mut changed = text.to_owned();
    changed.replace_range(at..at + old.len_utf8(), new.encode_utf8(&mut [0; 4]));
    changed
}

/// The first character of a base64 text, 6 bits each, that belongs to this byte or later ones alone.
const fn first_whole_character(byte: usize) -> usize {
    (byte * 8).div_ceil(6)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cookies::seal::{Unreadable, Verdict, check, seal};

    fn keys() -> [String; 1] {
        ["nueva".to_owned()]
    }

    fn verdict(kind: Seal, wire: &str) -> Verdict {
        check(kind, "rol", wire, &keys(), &[]).verdict
    }

    fn differing_characters(left: &str, right: &str) -> usize {
        assert_eq!(left.len(), right.len());
        left.bytes()
            .zip(right.bytes())
            .filter(|(left, right)| left != right)
            .count()
    }

    #[test]
    fn one_character_changes_and_every_seal_notices() {
        for kind in [Seal::Express, Seal::Signed, Seal::Private] {
            for value in ["ana", "9", "z", "Z", "sí", "🍪", "-"] {
                let wire = seal(kind, "rol", value, "nueva").wire;
                for forgery in [Forgery::ChangeCharacter, Forgery::ChangeSignature] {
                    let forged = forge(kind, &wire, &forgery).unwrap();
                    assert_eq!(verdict(kind, &forged), Verdict::Forged, "{wire} {forged}");
                }
            }
        }
    }

    #[test]
    fn the_change_is_where_it_should_be() {
        let express = seal(Seal::Express, "rol", "user", "nueva").wire;
        let forged = forge(Seal::Express, &express, &Forgery::ChangeCharacter).unwrap();
        assert_eq!(forged, express.replace("user", "vser"));
        let signed = seal(Seal::Signed, "rol", "user", "nueva").wire;
        let forged = forge(Seal::Signed, &signed, &Forgery::ChangeSignature).unwrap();
        assert_eq!(differing_characters(&signed, &forged), 1);
        assert_eq!(signed[1..], forged[1..]);
    }

    #[test]
    fn of_a_private_cookie_only_the_part_that_was_meant_changes() {
        for value in ["a", "ab", "abc", "abcd", "abcde"] {
            let wire = seal(Seal::Private, "rol", value, "nueva").wire;
            let bytes = STANDARD.decode(&wire).unwrap();
            let tag = bytes.len() - TAG_BYTES;
            for (forgery, part) in [
                (Forgery::ChangeCharacter, NONCE_BYTES..tag),
                (Forgery::ChangeSignature, tag..bytes.len()),
            ] {
                let forged = forge(Seal::Private, &wire, &forgery).unwrap();
                assert_eq!(differing_characters(&wire, &forged), 1);
                let forged = STANDARD.decode(&forged).unwrap();
                let changed: Vec<_> = (0..bytes.len())
                    .filter(|&at| bytes[at] != forged[at])
                    .collect();
                assert!(!changed.is_empty() && changed.iter().all(|at| part.contains(at)));
            }
        }
    }

    #[test]
    fn express_without_prefix_is_not_signed_at_all() {
        let wire = seal(Seal::Express, "rol", "user", "nueva").wire;
        let forged = forge(Seal::Express, &wire, &Forgery::StripPrefix).unwrap();
        assert_eq!(format!("s%3A{forged}"), wire);
        assert_eq!(
            verdict(Seal::Express, &forged),
            Verdict::Unreadable(Unreadable::NoPrefix)
        );
    }

    #[test]
    fn a_replaced_value_keeps_its_old_signature_and_is_refused() {
        let admin = Forgery::ReplaceValue {
            value: "admin".to_owned(),
        };
        for kind in [Seal::Express, Seal::Signed] {
            let wire = seal(kind, "rol", "user", "nueva").wire;
            let forged = forge(kind, &wire, &admin).unwrap();
            assert_eq!(forged, wire.replace("user", "admin"));
            assert_eq!(verdict(kind, &forged), Verdict::Forged);
        }
        assert_eq!(forge(Seal::Plain, "user", &admin).as_deref(), Some("admin"));
    }

    #[test]
    fn what_does_not_apply_gives_nothing() {
        let same = Forgery::ReplaceValue {
            value: "user".to_owned(),
        };
        let express = seal(Seal::Express, "rol", "user", "nueva").wire;
        assert_eq!(forge(Seal::Express, &express, &same), None);
        assert_eq!(forge(Seal::Plain, "user", &same), None);
        assert_eq!(forge(Seal::Plain, "user", &Forgery::ChangeSignature), None);
        assert_eq!(forge(Seal::Plain, "", &Forgery::ChangeCharacter), None);
        assert_eq!(
            forge(Seal::Signed, "short", &Forgery::ChangeCharacter),
            None
        );
        assert_eq!(
            forge(Seal::Express, "no prefix", &Forgery::ChangeSignature),
            None
        );
        let private = seal(Seal::Private, "rol", "", "nueva").wire;
        assert_eq!(
            forge(Seal::Private, &private, &Forgery::ChangeCharacter),
            None
        );
        assert_eq!(forge(Seal::Private, &private, &same), None);
    }

    #[test]
    fn a_forgery_made_twice_does_not_undo_itself() {
        for kind in Seal::ALL {
            let wire = seal(kind, "rol", "user", "nueva").wire;
            for forgery in &Forgery::ALL {
                let twice =
                    forge(kind, &wire, forgery).and_then(|once| forge(kind, &once, forgery));
                assert_ne!(twice, Some(wire.clone()));
            }
        }
    }

    #[test]
    fn names_go_round() {
        for forgery in Forgery::ALL {
            assert_eq!(Forgery::from_name(forgery.name()), Some(forgery));
        }
        assert_eq!(Forgery::from_name("replace_value"), None);
    }
}
