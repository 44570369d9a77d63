//! npm's `cookie-signature` in Rust: `value.SIGNATURE`.
//!
//! The name of the cookie is not part of what is signed.

use std::hint::black_box;

use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};

use super::mac::hmac_sha256;

/// The HMAC-SHA256 of a value, the key being the UTF-8 of the secret.
#[must_use]
pub fn digest(value: &str, secret: &str) -> [u8; 32] {
    hmac_sha256(secret.as_bytes(), value.as_bytes())
}

/// The signature of a value: 43 characters of base64, without the `=` at the end.
#[must_use]
pub fn signature(value: &str, secret: &str) -> String {
    STANDARD_NO_PAD.encode(digest(value, secret))
}

/// The value with its signature: `value.SIGNATURE`.
#[must_use]
pub fn sign(value: &str, secret: &str) -> String {
    format!("{value}.{}", signature(value, secret))
}

/// The value of a signed text, if its signature is right.
///
/// The value may contain dots, the signature cannot, so the last dot separates them. Signatures are
/// compared as text: one that decodes to the same bytes but is written differently is refused.
#[must_use]
pub fn unsign<'a>(signed: &'a str, secret: &str) -> Option<&'a str> {
    let (value, received) = signed.rsplit_once('.')?;
    same(received, &signature(value, secret)).then_some(value)
}

/// Takes as long for a near miss as for any other text of that length: the time would tell a thief
/// how many characters are right already.
fn same(left: &str, right: &str) -> bool {
    let pairs = left.bytes().zip(right.bytes());
    let difference = pairs.fold(0, |found, (left, right)| black_box(found | (left ^ right)));
    left.len() == right.len() && difference == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    // From npm cookie-signature 1.2.2: `node -p "require('cookie-signature').sign(…)"`.
    const VECTORS: &[(&str, &str, &str)] = &[
        (
            "hello",
            "nueva",
            "hello.4KSyffyPjoMmryH4UUZ3HbMYsVuABrkVZRfNE9OUe9E",
        ),
        ("", "nueva", ".SiDAFSJN1beniR7FSFq3EG5CFpX+XvEpJrJA6V9q7m8"),
        (
            "ana.garcía",
            "clave ñ 🔑",
            "ana.garcía.ROEaLJpmA07Axoe17tIlj1vnWSmyUr2k089bGW/GPI4",
        ),
        (
            "s:100%41; \"x\"\\",
            "",
            "s:100%41; \"x\"\\.eL00QxEdMI0ZsZdF4R0GdFwh3YX3soifK0MY4D2Hr/s",
        ),
    ];

    #[test]
    fn signatures_are_those_of_npm() {
        for (value, secret, signed) in VECTORS {
            assert_eq!(sign(value, secret), *signed);
            assert_eq!(unsign(signed, secret), Some(*value));
        }
    }

    #[test]
    fn another_secret_another_value_or_another_spelling_is_refused() {
        let (value, secret, signed) = VECTORS[0];
        assert_eq!(unsign(signed, "otra"), None);
        assert_eq!(unsign(&format!("x{signed}"), secret), None);
        assert_eq!(unsign(&format!("{signed}="), secret), None);
        assert_eq!(unsign(value, secret), None);
        assert_eq!(unsign("", secret), None);
    }

    #[test]
    fn unused_bits_of_the_last_character_are_refused_too() {
        let (_, secret, signed) = VECTORS[0];
        let (start, last) = signed.split_at(signed.len() - 1);
        // 43 characters carry 258 bits for 256: `E`, `F`, `G` and `H` differ in the two that mean nothing.
        assert_eq!(last, "E");
        for twin in ["F", "G", "H"] {
            assert_eq!(unsign(&format!("{start}{twin}"), secret), None);
        }
    }
}
