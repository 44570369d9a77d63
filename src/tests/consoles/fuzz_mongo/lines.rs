//! What is typed: shell lines that try to get out, mixed with anything.

use proptest::{collection::vec, prelude::*, sample::select};

use super::{NEIGHBOUR, OWN};

fn one_of(words: &'static [&'static str]) -> impl Strategy<Value = String> {
    select(words).prop_map(str::to_owned)
}

/// A field's name, often one that matters.
fn key() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => one_of(&[
            "lab", "'lab'", "\"lab\"", "'lab.x'", "'\\x6cab'", "'\\u006cab'", "_id", "data", "'data.user'", "expires", "a", "'a.0'",
            "__proto__", "'__proto__'", "constructor", "prototype", "0", "10", "'-1'", "''", "'$lab'",
        ]),
        6 => one_of(&[
            "$and", "$or", "$nor", "$not", "$expr", "$where", "$function", "$eq", "$ne", "$in", "$gt", "$exists", "$regex",
            "$elemMatch", "$set", "$unset", "$inc", "$rename", "$setOnInsert", "$push", "$currentDate", "$lookup", "$out",
            "$merge", "$comment", "$jsonSchema", "$alwaysTrue", "$text", "$literal", "$$ROOT", "$getField", "$type", "$size",
        ]),
        1 => "[a-z$_]{0,4}",
        1 => "\\PC{0,3}",
    ]
}

fn scalar() -> impl Strategy<Value = String> {
    let own = [
        format!("'{OWN}'"),
        format!("'{NEIGHBOUR}'"),
        format!("'{OWN}x'"),
        "'{ID}'".to_owned(),
    ];
    prop_oneof![
        4 => select(own.to_vec()),
        4 => one_of(&[
            "1", "-1", "0", "1.5", "1e3", "0x10", "true", "false", "null", "undefined", "NaN", "''", "'lab'", "'$lab'", "'lab.x'",
            "ISODate()", "ISODate('2026-01-01')", "new Date(0)", "new Date(Date.now() + 1000)", "ObjectId()", "Long('1')", "/./",
            "/^a/i", "'x'", "\"it's\"", "db", "foo", "this", "[]", "{}",
        ]),
        1 => any::<f64>().prop_map(|number| number.to_string()),
        1 => "\\PC{0,6}".prop_map(|text| format!("'{text}'")),
    ]
}

fn value() -> impl Strategy<Value = String> {
    scalar().prop_recursive(5, 24, 4, |inner| {
        let field = (key(), inner.clone()).prop_map(|(key, value)| format!("{key}: {value}"));
        prop_oneof![
            4 => vec(field, 0..4).prop_map(|fields| format!("{{{}}}", fields.join(", "))),
            2 => vec(inner, 0..4).prop_map(|items| format!("[{}]", items.join(", "))),
        ]
    })
}

fn call() -> impl Strategy<Value = String> {
    let method = prop_oneof![
        8 => one_of(&[
            "find", "findOne", "countDocuments", "count", "distinct", "updateOne", "updateMany", "insertOne", "deleteOne",
            "deleteMany", "getIndexes", "explain",
        ]),
        3 => one_of(&["sort", "limit", "skip", "projection", "pretty", "toArray", "size", "itcount", "next", "hasNext"]),
        1 => one_of(&["aggregate", "drop", "estimatedDocumentCount", "insertMany", "fnd", "toString", "constructor", "__proto__", "x"]),
    ];
    let arguments = prop_oneof![
        6 => vec(value(), 0..3),
        // What gets as far as an update more often than chance does.
        3 => (value(), one_of(&["$set", "$unset", "$rename", "$inc", "$push"]), key(), scalar())
            .prop_map(|(filter, operator, key, value)| vec![filter, format!("{{{operator}: {{{key}: {value}}}}}")]),
        2 => (key(), value()).prop_map(|(key, value)| vec![format!("{{{key}: {value}}}")]),
    ];
    (method, arguments)
        .prop_map(|(method, arguments)| format!(".{method}({})", arguments.join(", ")))
}

fn shell() -> impl Strategy<Value = String> {
    let head = prop_oneof![
        12 => Just("db.sessions".to_owned()),
        1 => one_of(&["db", "db.sesions", "db['sessions']", "db.getCollection('sessions')", "sessions", "db.sessions.explain()", "db.other"]),
    ];
    (
        head,
        vec(call(), 0..4),
        one_of(&["", ";", " ", "}", ")", " // x", "/*"]),
    )
        .prop_map(|(head, calls, end)| format!("{head}{}{end}", calls.concat()))
}

/// Pieces of lines in any order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => one_of(&[
            "db", ".", "sessions", "find", "(", ")", "{", "}", "[", "]", ",", ":", ";", "'", "\"", "`", "\\", "/", "*", "//", "/*", "=", "=>",
            "-", "+", "!", "new ", "Date", "ISODate", "lab", "$and", "__proto__", "1", "0x", "1e", "_", " ", "\t", "\n", "\u{feff}", "…", "“",
            "show ", "use ", "it", "get ", "async ", "\\u", "\\x", "\\u{", "ñ", "🍪", "\0", "#", "@", "n",
        ]),
        2 => key(),
        2 => value(),
        1 => any::<char>().prop_map(String::from),
    ];
    vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// A good line with a piece of it changed.
fn damaged() -> impl Strategy<Value = String> {
    (
        shell(),
        any::<prop::sample::Index>(),
        any::<char>(),
        0..3_u8,
    )
        .prop_map(|(line, at, c, how)| {
            let mut characters: Vec<char> = line.chars().collect();
            let at = at.index(characters.len());
            match how {
                0 => characters[at] = c,
                1 => characters.insert(at, c),
                _ => drop(characters.remove(at)),
            }
            characters.into_iter().collect()
        })
}

/// Any line.
pub fn anything() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => shell(),
        3 => damaged(),
        2 => pieces(),
        1 => "\\PC{0,80}",
        1 => (0..3000_usize, one_of(&["[", "{a:", "-", "(", "db.a", "1+", "new ", "ISODate(", "\\", "/*"]))
            .prop_map(|(times, piece)| format!("db.sessions.find({}", piece.repeat(times.min(4096 / piece.len())))),
    ]
}
