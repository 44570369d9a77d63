//! How a line is cut: RFC 6265bis section 5.6. At the first `;`, then at the first `=`; only then
//! are spaces and tabs dropped around each piece.

use serde::{Deserialize, Serialize};

const SPACE: [char; 2] = [' ', '\t'];
/// The most octets of an attribute's value; a longer one is passed over.
const LARGEST_VALUE: usize = 1024;

/// One piece of a line; all the texts in a row are the line again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// The piece as written.
    pub text: String,
    /// What it is.
    pub kind: PartKind,
}

/// What a piece of a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartKind {
    /// The cookie's name.
    Name,
    /// The `=` between name and value.
    Equals,
    /// The cookie's value.
    Value,
    /// A `;`, and the space around the pieces.
    Separator,
    /// An attribute with its `=` and its value.
    Attribute(AttributeName),
}

/// The attributes that mean something to a browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttributeName {
    /// `Max-Age`: seconds to live.
    MaxAge,
    /// `Expires`: a date.
    Expires,
    /// `Domain`.
    Domain,
    /// `Path`.
    Path,
    /// `Secure`.
    Secure,
    /// `HttpOnly`.
    HttpOnly,
    /// `SameSite`.
    SameSite,
    /// `Partitioned`, of CHIPS.
    Partitioned,
    /// Anything else: the standard passes over it.
    Other,
}

impl AttributeName {
    const KNOWN: [(&'static str, Self); 8] = [
        ("Max-Age", Self::MaxAge),
        ("Expires", Self::Expires),
        ("Domain", Self::Domain),
        ("Path", Self::Path),
        ("Secure", Self::Secure),
        ("HttpOnly", Self::HttpOnly),
        ("SameSite", Self::SameSite),
        ("Partitioned", Self::Partitioned),
    ];

    /// The attribute with this name, in any mixture of cases.
    #[must_use]
    pub fn of(name: &str) -> Self {
        Self::KNOWN
            .into_iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map_or(Self::Other, |(_, kind)| kind)
    }
}

/// The first part of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pair<'a> {
    pub name: &'a str,
    pub value: &'a str,
    /// Whether there was an `=`. Without one, everything is the value.
    pub has_equals: bool,
}

pub(super) fn pair(line: &str) -> Pair<'_> {
    let first = line.split_once(';').map_or(line, |(first, _)| first);
    let cut = first.split_once('=');
    let (name, value) = cut.unwrap_or(("", first));
    Pair {
        name: trim(name),
        value: trim(value),
        has_equals: cut.is_some(),
    }
}

/// One attribute; without an `=` its value is empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Attribute<'a> {
    pub kind: AttributeName,
    pub name: &'a str,
    pub value: &'a str,
}

impl Attribute<'_> {
    pub(super) const fn is_too_long(&self) -> bool {
        self.value.len() > LARGEST_VALUE
    }
}

pub(super) fn attributes(line: &str) -> impl Iterator<Item = Attribute<'_>> {
    line.split(';').skip(1).map(attribute)
}

fn attribute(piece: &str) -> Attribute<'_> {
    let (name, value) = piece.split_once('=').unwrap_or((piece, ""));
    let name = trim(name);
    Attribute {
        kind: AttributeName::of(name),
        name,
        value: trim(value),
    }
}

fn trim(text: &str) -> &str {
    text.trim_matches(SPACE)
}

/// The line cut into the pieces that a page can explain one by one.
#[must_use]
pub fn parts(line: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    for (index, piece) in line.split(';').enumerate() {
        if index > 0 {
            push(&mut parts, ";", PartKind::Separator);
            let kind = PartKind::Attribute(attribute(piece).kind);
            push_spaced(&mut parts, piece, kind);
        } else if let Some((name, value)) = piece.split_once('=') {
            push_spaced(&mut parts, name, PartKind::Name);
            push(&mut parts, "=", PartKind::Equals);
            push_spaced(&mut parts, value, PartKind::Value);
        } else {
            push_spaced(&mut parts, piece, PartKind::Value);
        }
    }
    parts
}

fn push_spaced(parts: &mut Vec<Part>, piece: &str, kind: PartKind) {
    let from_start = piece.trim_start_matches(SPACE);
    let (before, _) = piece.split_at(piece.len() - from_start.len());
    let inner = trim(from_start);
    push(parts, before, PartKind::Separator);
    push(parts, inner, kind);
    push(parts, &from_start[inner.len()..], PartKind::Separator);
}

fn push(parts: &mut Vec<Part>, text: &str, kind: PartKind) {
    match parts.last_mut() {
        _ if text.is_empty() => {}
        Some(last) if last.kind == PartKind::Separator && kind == PartKind::Separator => {
            last.text.push_str(text);
        }
        _ => parts.push(Part {
            text: text.to_owned(),
            kind,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::AttributeName::{HttpOnly, MaxAge, Other, Path, Secure};
    use super::PartKind::{Attribute, Equals, Name, Separator, Value};
    use super::*;

    #[test]
    fn the_first_semicolon_and_the_first_equals_sign_cut() {
        for (line, name, value) in [
            ("a=b", "a", "b"),
            ("a=b=c", "a", "b=c"),
            ("a=b;c=d", "a", "b"),
            (" a \t=\t b c ", "a", "b c"),
            ("a", "", "a"),
            ("a;b=c", "", "a"),
            ("=a", "", "a"),
            ("a=", "a", ""),
            ("=", "", ""),
            ("", "", ""),
            ("a=\"b c\"", "a", "\"b c\""),
            ("a=\"b;c\"", "a", "\"b"),
            ("\u{a0}a=\u{a0}b", "\u{a0}a", "\u{a0}b"),
        ] {
            let pair = pair(line);
            assert_eq!((pair.name, pair.value), (name, value), "{line:?}");
        }
    }

    #[test]
    fn attributes_are_known_in_any_case_and_with_space_around() {
        let read: Vec<_> = attributes("a=b; mAX-aGE = 5 ;Secure=no;; x=y=z")
            .map(|found| (found.kind, found.name, found.value))
            .collect();
        assert_eq!(
            read,
            [
                (MaxAge, "mAX-aGE", "5"),
                (Secure, "Secure", "no"),
                (Other, "", ""),
                (Other, "x", "y=z"),
            ]
        );
    }

    #[test]
    fn each_piece_has_its_kind() {
        let kinds: Vec<_> = parts(" a = b ; Path = / ;HttpOnly;;\tq ")
            .into_iter()
            .map(|part| (part.text, part.kind))
            .collect();
        let expected = [
            (" ", Separator),
            ("a", Name),
            (" ", Separator),
            ("=", Equals),
            (" ", Separator),
            ("b", Value),
            (" ; ", Separator),
            ("Path = /", Attribute(Path)),
            (" ;", Separator),
            ("HttpOnly", Attribute(HttpOnly)),
            (";;\t", Separator),
            ("q", Attribute(Other)),
            (" ", Separator),
        ];
        assert_eq!(kinds, expected.map(|(text, kind)| (text.to_owned(), kind)));
    }

    #[test]
    fn the_pieces_in_a_row_are_the_line() {
        for line in [
            "",
            ";",
            "=",
            " ",
            "a",
            " a b ",
            "a=b",
            "a=b; Path=/; Max-Age=60; SameSite=Lax",
            "\t=\t;\t;=",
            "é=ü; Dömain=\u{a0}x\u{a0} ",
            "=a=b;;;Secure",
        ] {
            let joined: String = parts(line).into_iter().map(|part| part.text).collect();
            assert_eq!(joined, line);
        }
    }
}
