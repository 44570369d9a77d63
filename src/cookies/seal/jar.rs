//! How tower-cookies reads one pair, and how the crate `cookie` writes it.
//!
//! They are not each other's reverse: a value is written as it is, but *read* percent-decoded and
//! without the spaces around it, name included. A signed value with a `%41` in it is therefore
//! refused on its way back, because the server computes the signature of an `A`.

use cookie::{Cookie, CookieJar};
use percent_encoding::percent_decode_str;

/// Why a pair that came is not in the jar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lost {
    /// Decoded it is not UTF-8: the whole pair is dropped.
    Pair,
    /// Decoded and trimmed, its name is another one.
    Name,
}

/// The cookie `name` of the jar that tower-cookies fills from `name=wire`.
pub(super) fn read(name: &str, wire: &str) -> Result<Cookie<'static>, Lost> {
    let mut jar = CookieJar::new();
    for cookie in Cookie::split_parse_encoded(format!("{name}={wire}")).flatten() {
        jar.add_original(cookie.into_owned());
    }
    let is_text = |part| percent_decode_str(part).decode_utf8().is_ok();
    match jar.get(name) {
        Some(cookie) => Ok(cookie.clone()),
        None if is_text(name) && is_text(wire) => Err(Lost::Name),
        None => Err(Lost::Pair),
    }
}

/// What a jar holds after `add` has put the cookie `name` into it.
pub(super) fn written(name: &str, add: impl FnOnce(&mut CookieJar)) -> String {
    let mut jar = CookieJar::new();
    add(&mut jar);
    jar.get(name)
        .map(|cookie| cookie.value().to_owned())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_decoded_and_trimmed_but_keep_their_quotes() {
        for (wire, value) in [
            ("a%20b", "a b"),
            ("100%25", "100%"),
            ("100%", "100%"),
            ("\u{a0} x \t", "x"),
            ("\"x\"", "\"x\""),
            ("x; Secure", "x"),
            ("a=b", "a=b"),
            ("", ""),
        ] {
            assert_eq!(
                read("n", wire).map(|cookie| cookie.value().to_owned()),
                Ok(value.to_owned())
            );
        }
    }

    #[test]
    fn a_pair_gets_lost_by_its_bytes_or_by_its_name() {
        assert_eq!(read("n", "%ff").err(), Some(Lost::Pair));
        assert_eq!(read("n%ff", "x").err(), Some(Lost::Pair));
        assert_eq!(read("n%41", "x").err(), Some(Lost::Name));
        assert_eq!(read("n\u{a0}", "x").err(), Some(Lost::Name));
        assert_eq!(read("", "x").err(), Some(Lost::Name));
    }
}
