//! What Express finds in `req.cookies` and `req.signedCookies`, without running Express.
//!
//! The same steps as npm's `cookie-parser` 1.4.7 on `cookie` 0.7.2, whose habits surprise: of two
//! cookies with one name the first wins (tower-cookies: the last), a name is never decoded, a value
//! that cannot be decoded stays as it came, and a value that starts with `j:` becomes an object.
//!
//! Three kinds of JSON stay text here that JavaScript converts: numbers that a double cannot hold
//! (`j:1e400`), half characters (`j:"\ud800"`) and more than 127 nested brackets. Numbers are read to
//! their last digit (`float_roundtrip` of `serde_json`). Fields stand in the order
//! of JavaScript too (`preserve_order`).

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::seal::{signature::unsign, uri::decode_uri_component};

/// What `cookie-parser` puts into a request.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub struct Parsed {
    /// `req.cookies`, in the order of JavaScript's `Object.keys`.
    pub cookies: Vec<(String, Json)>,
    /// `req.signedCookies`: the value without its signature, or `false` if that was wrong.
    pub signed_cookies: Vec<(String, Json)>,
}

/// What `cookieParser(secrets)` makes of a `Cookie` header; Node joins several lines with `; `.
///
/// Without secrets nothing is checked, and signed values turn up as they are among the others.
#[must_use]
pub fn cookie_parser(header: &[u8], secrets: &[String]) -> Parsed {
    let mut parsed = Parsed::default();
    for (name, value) in parse(header) {
        match value.strip_prefix("s:").filter(|_| !secrets.is_empty()) {
            Some(signed) => {
                let opened = secrets.iter().find_map(|secret| unsign(signed, secret));
                let value = opened.map_or(Json::Bool(false), json_cookie);
                parsed.signed_cookies.push((name, value));
            }
            None => parsed.cookies.push((name, json_cookie(&value))),
        }
    }
    parsed
}

/// One value as `cookie` 0.7.2 reads it: trimmed, without one pair of quotes, and decoded if it contains `%`.
#[must_use]
pub fn read_value(raw: &[u8]) -> String {
    let text = latin1(raw);
    let mut value = trim(&text);
    if value.starts_with('"') && value.ends_with('"') {
        value = value.get(1..value.len() - 1).unwrap_or_default();
    }
    decode_uri_component(value).unwrap_or_else(|| value.to_owned())
}

/// The pairs of a header: the first of each name, as a JavaScript object keeps them.
fn parse(header: &[u8]) -> Vec<(String, String)> {
    // `cookie` does not look at anything shorter than `a=`; it matters for `=` alone.
    if header.len() < 2 {
        return vec![];
    }
    let mut seen = HashSet::new();
    let mut pairs = Vec::new();
    for pair in header.split(|&byte| byte == b';') {
        let Some(equals) = pair.iter().position(|&byte| byte == b'=') else {
            continue;
        };
        let name = trim(&latin1(&pair[..equals])).to_owned();
        // Assigning text to `object.__proto__` does nothing in JavaScript.
        if name != "__proto__" && seen.insert(name.clone()) {
            pairs.push((name, read_value(&pair[equals + 1..])));
        }
    }
    pairs.sort_by_key(|(name, _)| place(name));
    pairs
}

/// Node takes each byte of a header for one character.
fn latin1(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}

fn trim(text: &str) -> &str {
    text.trim_matches([' ', '\t'])
}

/// JavaScript lists names that are array indexes first, and in their own order.
fn place(name: &str) -> (u8, u32) {
    array_index(name).map_or((1, 0), |index| (0, index))
}

fn array_index(name: &str) -> Option<u32> {
    let index: u32 = name.parse().ok().filter(|&index| index < u32::MAX)?;
    (index.to_string() == name).then_some(index)
}

/// `j:` and JSON becomes what it says, unless JavaScript holds that for false (`j:0`, `j:null`, `j:""`).
fn json_cookie(value: &str) -> Json {
    let parsed = value
        .strip_prefix("j:")
        .and_then(|json| serde_json::from_str(json).ok())
        .map(as_doubles)
        .filter(is_truthy);
    parsed.unwrap_or_else(|| Json::from(value))
}

fn is_truthy(value: &Json) -> bool {
    match value {
        Json::Null => false,
        Json::Bool(value) => *value,
        Json::Number(number) => number.as_f64() != Some(0.0),
        Json::String(text) => !text.is_empty(),
        Json::Array(_) | Json::Object(_) => true,
    }
}

/// JavaScript has one kind of number: `1.0` is `1`, and `9007199254740993` loses its last digit.
fn as_doubles(value: Json) -> Json {
    match value {
        Json::Number(number) => number.as_f64().map_or(Json::Null, double),
        Json::Array(items) => items.into_iter().map(as_doubles).collect(),
        Json::Object(fields) => {
            let mut fields: Vec<_> = fields
                .into_iter()
                .map(|(name, field)| (name, as_doubles(field)))
                .collect();
            fields.sort_by_key(|(name, _)| place(name));
            fields.into_iter().collect()
        }
        other => other,
    }
}

fn double(number: f64) -> Json {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[expect(clippy::cast_possible_truncation, reason = "whole, and below 2^53")]
    if number.fract() == 0.0 && number.abs() < EXACT {
        Json::from(number as i64)
    } else {
        Json::from(number)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    // Every expectation was answered by the real cookie-parser 1.4.7 in Node 20.
    fn cookies(header: &str) -> Json {
        let parsed = cookie_parser(header.as_bytes(), &["nueva".to_owned()]);
        assert_eq!(parsed.signed_cookies, vec![], "{header}");
        Json::Object(parsed.cookies.into_iter().collect())
    }

    #[test]
    fn the_first_of_two_wins_and_proto_vanishes() {
        assert_eq!(cookies("a=1; b=2; a=3"), json!({"a": "1", "b": "2"}));
        assert_eq!(cookies("__proto__=x; toString=y"), json!({"toString": "y"}));
    }

    #[test]
    fn pairs_without_equals_are_skipped_and_names_may_be_empty() {
        assert_eq!(cookies("a; b=1;; =x; c"), json!({"b": "1", "": "x"}));
        assert_eq!(cookies("="), json!({}));
        assert_eq!(cookies("=="), json!({"": "="}));
    }

    #[test]
    fn values_lose_quotes_and_are_decoded_names_are_not() {
        assert_eq!(
            cookies("a%20b=c%20d; q=\"x%22\"; e=\"; f=\"\"; bad=100%; half=%41%zz"),
            json!({"a%20b": "c d", "q": "x\"", "e": "", "f": "", "bad": "100%", "half": "%41%zz"})
        );
    }

    #[test]
    fn bytes_are_read_as_latin1() {
        assert_eq!(cookies("é=é; x=é%C3%A9"), json!({"Ã©": "Ã©", "x": "Ã©é"}));
    }

    #[test]
    fn json_is_converted_if_javascript_holds_it_for_true() {
        assert_eq!(
            cookies("a=j:{\"x\":[1.0,1e2]}; b=j:[]; c=j:true; d=j:9007199254740993"),
            json!({"a": {"x": [1, 100]}, "b": [], "c": true, "d": 9_007_199_254_740_992.0})
        );
        for text in ["j:0", "j:-0.0", "j:null", "j:false", "j:\"\"", "j:{", "j:"] {
            assert_eq!(cookies(&format!("a={text}")), json!({ "a": text }));
        }
    }

    #[test]
    fn numbers_are_read_to_their_last_digit_and_fields_stand_as_in_javascript() {
        for (header, number, printed) in [
            ("a=j:8e-23", 8e-23, "8e-23"),
            (
                "a=j:31.245270191439438",
                31.245_270_191_439_438,
                "31.245270191439438",
            ),
            ("a=j:1e23", 1e23, "1e+23"),
        ] {
            let value = cookies(header)["a"].clone();
            assert_eq!(value, json!(number), "{header}");
            assert_eq!(value.to_string(), printed);
        }
        let value = cookies("a=j:{\"b\":1,\"10\":2,\"a\":3,\"9\":4,\"b\":5}")["a"].to_string();
        assert_eq!(value, "{\"9\":4,\"10\":2,\"b\":5,\"a\":3}");
    }

    #[test]
    fn names_that_are_numbers_come_first() {
        let parsed = cookie_parser(b"b=1; 10=2; 2=3; 02=4; 4294967295=5", &[]);
        let names: Vec<_> = parsed
            .cookies
            .iter()
            .map(|(name, _)| name.as_str())
            .collect();
        assert_eq!(names, ["2", "10", "b", "02", "4294967295"]);
    }

    #[test]
    fn signed_cookies_move_and_wrong_ones_are_false() {
        let good = "s%3Ahello.4KSyffyPjoMmryH4UUZ3HbMYsVuABrkVZRfNE9OUe9E";
        let header = format!("a={good}; b=s:hello.x; c=s:; d=hello; a=2");
        let [new, old] = ["otra".to_owned(), "nueva".to_owned()];
        let parsed = cookie_parser(header.as_bytes(), &[new, old]);
        assert_eq!(parsed.cookies, [("d".to_owned(), json!("hello"))]);
        let signed: Json = Json::Object(parsed.signed_cookies.into_iter().collect());
        assert_eq!(signed, json!({"a": "hello", "b": false, "c": false}));
    }

    #[test]
    fn without_a_secret_a_signed_cookie_is_one_among_others() {
        let parsed = cookie_parser(b"a=s%3Ahello.sig", &[]);
        assert_eq!(parsed.cookies, [("a".to_owned(), json!("s:hello.sig"))]);
        assert_eq!(parsed.signed_cookies, []);
    }
}
