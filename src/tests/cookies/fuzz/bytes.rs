//! Bytes of a `Cookie` header: all that HTTP lets through, and what cuts it into pieces more often than by chance.

use proptest::{collection::vec, prelude::*, sample::select};

/// What a parser has to stumble over: its separators, its marks, and the name that nobody may touch.
const PIECES: [&[u8]; 34] = [
    b";",
    b"; ",
    b";;",
    b"=",
    b"==",
    b"\"",
    b"\"\"",
    b"%",
    b"%4",
    b"%41",
    b"%zz",
    b"%C3%A9",
    b"%ff",
    b",",
    b" ",
    b"\t",
    b"\xa0",
    b"\xc2\xa0",
    b"\xe3\x80\x80",
    b"s%3A",
    b"s:",
    b"j:",
    b"j:{\"a\":[1.0]}",
    b"j:1e400",
    b".",
    b"lab",
    b"lab=",
    b"=lab=x",
    b"%6Cab",
    b"LAB=x",
    b"rol=",
    b"__proto__=",
    b"__Host-a=",
    b"10=",
];

/// Every byte that a header field may have (RFC 9110 section 5.5).
fn allowed() -> impl Strategy<Value = u8> {
    prop_oneof![
        1 => Just(0x09_u8),
        40 => 0x20_u8..=0x7e,
        20 => 0x80_u8..=0xff,
    ]
}

/// A `Cookie` header, from nothing to a few hundred bytes.
pub fn header() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        4 => select(PIECES.to_vec()).prop_map(<[u8]>::to_vec),
        2 => vec(allowed(), 1..12),
        1 => allowed().prop_map(|byte| vec![byte]),
    ];
    prop_oneof![
        1 => vec(allowed(), 0..300),
        4 => vec(piece, 0..40).prop_map(|pieces| pieces.concat()),
    ]
}

/// Bytes in a file of text: one character for each.
pub mod latin1 {
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    pub fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        let text: String = bytes.iter().copied().map(char::from).collect();
        text.serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        let text = String::deserialize(deserializer)?;
        let bytes = text.chars().map(u8::try_from);
        bytes.collect::<Result<_, _>>().map_err(D::Error::custom)
    }
}
