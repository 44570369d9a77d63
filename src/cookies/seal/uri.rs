//! `encodeURIComponent` and `decodeURIComponent`, exactly as JavaScript has them.
//!
//! Express encodes every cookie value so that `;`, spaces and accents survive the header. Note what
//! stays as it is: letters, digits and `- _ . ! ~ * ' ( )`.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'!')
    .remove(b'~')
    .remove(b'*')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')');

/// The text as `encodeURIComponent` writes it: the bytes of its UTF-8, `%XX` in capitals.
#[must_use]
pub fn encode_uri_component(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string()
}

/// The text as `decodeURIComponent` reads it; `None` where JavaScript throws an `URIError`: a `%`
/// without two hex digits, or bytes that are not UTF-8.
#[must_use]
pub fn decode_uri_component(text: &str) -> Option<String> {
    let complete = text.split('%').skip(1).all(|after| {
        let mut digits = after.bytes();
        let mut hex = || digits.next().is_some_and(|byte| byte.is_ascii_hexdigit());
        hex() && hex()
    });
    let decoded = percent_decode_str(text).decode_utf8().ok()?;
    complete.then(|| decoded.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    // From `node -p "encodeURIComponent(…)"`, Node 20.
    #[test]
    fn encoding_is_that_of_javascript() {
        for (text, encoded) in [
            ("", ""),
            ("aZ09-_.!~*'()", "aZ09-_.!~*'()"),
            (
                "a b;c,d=\"e\"\\+/%41",
                "a%20b%3Bc%2Cd%3D%22e%22%5C%2B%2F%2541",
            ),
            ("sí 🍪\u{7f}\r\n", "s%C3%AD%20%F0%9F%8D%AA%7F%0D%0A"),
            (
                ":@&$#[]{}|^`<>?",
                "%3A%40%26%24%23%5B%5D%7B%7D%7C%5E%60%3C%3E%3F",
            ),
        ] {
            assert_eq!(encode_uri_component(text), encoded);
            assert_eq!(decode_uri_component(encoded).as_deref(), Some(text));
        }
    }

    #[test]
    fn decoding_takes_small_hex_and_leaves_everything_else_alone() {
        for (text, decoded) in [
            ("%c3%ad", "í"),
            ("Ã%20+í", "Ã +í"),
            ("%EF%BB%BFa", "\u{feff}a"),
        ] {
            assert_eq!(decode_uri_component(text).as_deref(), Some(decoded));
        }
    }

    #[test]
    fn decoding_fails_where_javascript_throws() {
        for text in [
            "%",
            "a%",
            "%4",
            "%zz",
            "%4g",
            "%+1",
            "%%41",
            "%ff",
            "%C3",
            "%C3é",
            "é%A9",
            "%C0%80",
            "%ED%A0%80",
            "%F4%90%80%80",
            "%u0041",
        ] {
            assert_eq!(decode_uri_component(text), None, "{text}");
        }
    }
}
