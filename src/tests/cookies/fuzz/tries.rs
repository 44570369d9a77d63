//! What is tried: likely to hurt, mixed with anything.

use proptest::{collection::vec, prelude::*, sample::select};
use serde::{Deserialize, Serialize};

/// One try: a form for a route, and a `Cookie` header of raw bytes beside the lab's own cookie.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Try {
    pub route: String,
    pub form: Vec<(String, String)>,
    pub header: Vec<u8>,
    pub page: bool,
}

/// Text that is likely to hurt, mixed with anything.
fn text() -> impl Strategy<Value = String> {
    let pieces = select(vec![
        "lab",
        "LAB",
        "%6Cab",
        "=",
        ";",
        "; ",
        "\r\n",
        "\0",
        "\t",
        " ",
        "\u{a0}",
        "\u{2003}",
        "%",
        "%25",
        "%zz",
        "s:",
        "s%3A",
        "j:",
        ".",
        "\"",
        ",",
        "\\",
        "__Host-",
        "__Secure-",
        "__Http-",
        "Max-Age=0",
        "Path=/",
        "HttpOnly",
        "Domain=",
        "ñ",
        "€",
        "🍪",
        "\u{feff}",
        "<script>",
        "</main>",
        "&amp;",
        "Set-Cookie: lab=x",
        "-1",
        "9999999999999999999",
        "+60",
        "1e3",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "relleno_1",
        "rol",
        "__proto__",
    ]);
    let piece = prop_oneof![
        4 => pieces.prop_map(str::to_owned),
        2 => "\\PC{0,6}",
        2 => any::<char>().prop_map(String::from),
        1 => (1_usize..5000).prop_map(|length| "x".repeat(length)),
    ];
    vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

/// A name, often the one that nobody may touch.
fn name() -> impl Strategy<Value = String> {
    let names = select(vec![
        "lab", "lab ", "LAB", "%6Cab", "=lab", "lab=x", "", "rol", "__Host-a",
    ]);
    prop_oneof![2 => names.prop_map(str::to_owned), 3 => text()]
}

/// A line by hand, often about that name.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        1 => text(),
        1 => (name(), text()).prop_map(|(name, rest)| format!("{name}={rest}")),
        1 => name(),
    ]
}

fn word(words: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop_oneof![8 => select(words).prop_map(str::to_owned), 1 => text()]
}

fn field() -> impl Strategy<Value = (String, String)> {
    let named = |name: &'static str, value: BoxedStrategy<String>| (Just(name.to_owned()), value);
    prop_oneof![
        named("name", name().boxed()),
        named("value", text().boxed()),
        named("path", text().boxed()),
        named("domain", text().boxed()),
        named("lifetime", text().boxed()),
        named("line", line().boxed()),
        named(
            "unit",
            word(&["ms", "seconds", "expires", "session"]).boxed()
        ),
        named(
            "seal",
            word(&["plain", "express", "signed", "private"]).boxed()
        ),
        named(
            "same_site",
            word(&["unset", "lax", "strict", "none"]).boxed()
        ),
        named("secure", word(&["1", "on", ""]).boxed()),
        named("http_only", word(&["1", ""]).boxed()),
        named("partitioned", word(&["1", ""]).boxed()),
        named("anyway", word(&["1", ""]).boxed()),
        named("guess", text().boxed()),
        named("gone_ms", word(&["0", "1"]).boxed()),
        named("experiment", text().boxed()),
        named("seal_value", text().boxed()),
        named(
            "seal_format",
            word(&["express", "signed", "private"]).boxed()
        ),
        named("check_cookie", text().boxed()),
        named(
            "check_format",
            word(&["express", "signed", "private"]).boxed()
        ),
        named(
            "act",
            word(&[
                "change-character",
                "change-signature",
                "strip-prefix",
                "move",
                "replay",
                "delete-wrong-path",
                "delete-without-secure",
                "delete",
                "rotate-and-keep",
                "rotate-and-drop",
                "restore",
            ])
            .boxed()
        ),
        (text(), text()),
    ]
}

/// Any try.
pub fn attempt() -> impl Strategy<Value = Try> {
    let route = prop_oneof![
        8 => select(vec!["set", "line", "forge"]),
        2 => select(vec!["keys", "stolen", "experiment/units", "experiment/oversize", "experiment/name-not-bound", "experiment/eviction", "line/a/b"]),
    ];
    let header = prop_oneof![
        text().prop_map(String::into_bytes),
        vec(any::<u8>(), 0..200),
        vec((text(), text()), 0..8).prop_map(|pairs| {
            let pairs = pairs.iter().map(|(name, value)| format!("{name}={value}"));
            pairs.collect::<Vec<_>>().join("; ").into_bytes()
        }),
    ];
    // Most forms say at least this much, so that they get as far as an answer.
    let likely = (name(), text(), line(), any::<bool>());
    (route, likely, vec(field(), 0..6), header, any::<bool>()).prop_map(
        |(route, (name, value, line, anyway), more, header, page)| {
            let mut form = vec![
                ("name".to_owned(), name),
                ("value".to_owned(), value),
                ("line".to_owned(), line),
            ];
            if anyway {
                form.push(("anyway".to_owned(), "1".to_owned()));
            }
            for (field, value) in more {
                // A field that comes twice is refused as a whole.
                if form.iter().all(|(known, _)| *known != field) {
                    form.push((field, value));
                }
            }
            Try {
                route: route.to_owned(),
                form,
                header,
                page,
            }
        },
    )
}
