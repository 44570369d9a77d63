//! Numbers, strings, dates and the types that only BSON has.

use std::fmt::Write;

use mongodb::bson::{Binary, Bson, Regex, spec::BinarySubtype};

use super::units;
use crate::stores::moment_of_ms;

/// A value that is neither a document nor an array nor a string.
pub(super) fn scalar(value: &Bson) -> String {
    match value {
        Bson::Null => "null".to_owned(),
        Bson::Undefined => "undefined".to_owned(),
        Bson::Boolean(value) => value.to_string(),
        Bson::Int32(number_) => number_.to_string(),
        Bson::Double(number_) => number(*number_),
        Bson::Int64(long) => format!("Long('{long}')"),
        Bson::DateTime(moment) => date(moment.timestamp_millis()),
        Bson::ObjectId(id) => format!("ObjectId('{id}')"),
        Bson::Decimal128(decimal) => format!("Decimal128('{decimal}')"),
        Bson::Timestamp(at) => format!("Timestamp({{ t: {}, i: {} }})", at.time, at.increment),
        Bson::RegularExpression(found) => regex(found),
        Bson::Binary(found) => binary(found),
        Bson::MinKey => "MinKey()".to_owned(),
        Bson::MaxKey => "MaxKey()".to_owned(),
        Bson::Symbol(name) => format!("BSONSymbol('{name}')"),
        // Code and pointers: nobody writes them any more.
        other => other.clone().into_relaxed_extjson().to_string(),
    }
}

/// A date: `ISODate('2026-11-21T11:04:21.123Z')`.
#[must_use]
pub fn date(ms: i64) -> String {
    format!("ISODate('{}')", moment_of_ms(ms))
}

fn regex(regex: &Regex) -> String {
    let mut flags: Vec<char> = regex.options.chars().filter_map(flag).collect();
    flags.sort_unstable();
    let pattern = match regex.pattern.as_str() {
        "" => "(?:)".to_owned(),
        pattern => slashed(pattern),
    };
    format!("/{pattern}/{}", flags.into_iter().collect::<String>())
}

/// The driver's way back from BSON's options to JavaScript's flags.
const fn flag(option: char) -> Option<char> {
    match option {
        'i' | 'm' => Some(option),
        's' => Some('g'),
        _ => None,
    }
}

/// The pattern with its slashes escaped, as JavaScript shows it.
fn slashed(pattern: &str) -> String {
    let (mut shown, mut escaped, mut in_class) = (String::new(), false, false);
    for c in pattern.chars() {
        match c {
            '/' if !escaped && !in_class => shown.push('\\'),
            '[' if !escaped => in_class = true,
            ']' if !escaped => in_class = false,
            _ => {}
        }
        escaped = c == '\\' && !escaped;
        shown.push(c);
    }
    shown
}

fn binary(binary: &Binary) -> String {
    if binary.subtype == BinarySubtype::Uuid && binary.bytes.len() == 16 {
        let digits = hex::encode(&binary.bytes);
        let parts = [
            &digits[..8],
            &digits[8..12],
            &digits[12..16],
            &digits[16..20],
            &digits[20..],
        ];
        return format!("UUID('{}')", parts.join("-"));
    }
    let text = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, &binary.bytes);
    format!(
        "Binary.createFromBase64('{text}', {})",
        u8::from(binary.subtype)
    )
}

/// A number as JavaScript writes it: the shortest digits that mean it, and an exponent for what is
/// very large or very small.
#[must_use]
pub fn number(number: f64) -> String {
    if number.is_nan() {
        return "NaN".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 {
            "Infinity"
        } else {
            "-Infinity"
        }
        .to_owned();
    }
    let size = number.abs();
    if size == 0.0 || (1e-6..1e21).contains(&size) {
        return number.to_string();
    }
    // Rust writes 1e21, JavaScript 1e+21.
    let text = format!("{number:e}");
    if text.contains("e-") {
        text
    } else {
        text.replace('e', "e+")
    }
}

/// A string in a document. One that is too long for its line is split after its line breaks.
pub(super) fn string(string: &str, indentation: usize) -> String {
    let length = units(string);
    if length <= 16 || length + indentation + 4 <= super::WIDTH {
        return text(string);
    }
    let lines: Vec<_> = string.split_inclusive('\n').map(text).collect();
    lines.join(&format!(" +\n{}", " ".repeat(indentation + 2)))
}

/// A field's name: bare if it is a plain word.
pub(super) fn key(key: &str) -> String {
    let mut bytes = key.bytes();
    let plain = bytes
        .next()
        .is_some_and(|b| b.is_ascii_alphabetic() || b == b'_')
        && bytes.all(|b| b.is_ascii_alphanumeric() || b == b'_');
    match key {
        "__proto__" => "['__proto__']".to_owned(),
        _ if plain => key.to_owned(),
        _ => text(key),
    }
}

/// A string with quotes that need no escape, if there are such.
#[must_use]
pub fn text(text: &str) -> String {
    let quote = if !text.contains('\'') {
        '\''
    } else if !text.contains('"') {
        '"'
    } else if !text.contains('`') && !text.contains("${") {
        '`'
    } else {
        '\''
    };
    let mut shown = String::from(quote);
    for c in text.chars() {
        match c {
            '\u{8}' => shown.push_str("\\b"),
            '\t' => shown.push_str("\\t"),
            '\n' => shown.push_str("\\n"),
            '\u{c}' => shown.push_str("\\f"),
            '\r' => shown.push_str("\\r"),
            '\\' => shown.push_str("\\\\"),
            '\'' if quote == '\'' => shown.push_str("\\'"),
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => {
                // Writing to a string cannot fail.
                let _ = write!(shown, "\\x{:02X}", u32::from(c));
            }
            _ => shown.push(c),
        }
    }
    shown.push(quote);
    shown
}
