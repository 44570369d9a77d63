//! What is tried: a cookie is set, and then anything that can be done with it; likely to hurt, mixed with anything.

use proptest::{collection::vec, prelude::*, sample::select};
use serde::{Deserialize, Serialize};

use super::bytes::{header, latin1};

/// One try: steps in one browser, and bytes that come in its `Cookie` header beside its own cookies.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Try {
    /// Whether a person's browser asks, not a program.
    pub page: bool,
    /// Whether it is asked for as `localhost`, where `Secure` cookies get in without https.
    pub local: bool,
    #[serde(with = "latin1")]
    pub header: Vec<u8>,
    pub steps: Vec<Step>,
}

/// One thing that somebody does.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Sends a form to a route of the lab.
    Send {
        route: String,
        form: Vec<(String, String)>,
    },
    /// Does something to a cookie of the jar, whichever this number falls on.
    Forge { act: String, of: usize },
    /// Presses a button of the page, whichever this number falls on: among them those that put a gone
    /// value back.
    Press { button: usize },
    /// Looks at the page with this query.
    View { query: Vec<(String, String)> },
}

const ACTS: [&str; 9] = [
    "change-character",
    "change-signature",
    "strip-prefix",
    "move",
    "replay",
    "read-without-key",
    "delete-wrong-path",
    "delete-without-secure",
    "delete",
];

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
        named("act", word(&ACTS).boxed()),
        (text(), text()),
    ]
}

/// A form that often says enough to get as far as an answer.
fn form() -> impl Strategy<Value = Vec<(String, String)>> {
    let likely = (name(), text(), line(), any::<bool>());
    (likely, vec(field(), 0..6)).prop_map(|((name, value, line, anyway), more)| {
        let mut form = vec![pair("name", name), pair("value", value), pair("line", line)];
        if anyway {
            form.push(pair("anyway", "1"));
        }
        for (field, value) in more {
            // A field that comes twice is refused as a whole.
            if form.iter().all(|(known, _)| *known != field) {
                form.push((field, value));
            }
        }
        form
    })
}

fn pair(name: &str, value: impl Into<String>) -> (String, String) {
    (name.to_owned(), value.into())
}

/// A cookie that gets into the jar, so that there is something to forge.
fn setting() -> impl Strategy<Value = Step> {
    let names = select(vec![
        "rol",
        "a",
        "LABOR",
        "__proto__",
        "10",
        "ñ",
        "a b",
        "j:",
    ]);
    let seals = select(vec!["plain", "express", "signed", "private"]);
    let secure = select(vec!["", "1"]);
    let value = prop_oneof![2 => text(), 1 => "[a-z.:%]{0,12}"];
    (names, seals, value, any::<bool>(), secure).prop_map(
        |(name, seal, value, http_only, secure)| {
            let mut form = vec![
                pair("name", name),
                pair("value", value),
                pair("seal", seal),
                pair("path", "/"),
                pair("secure", secure),
                pair("anyway", "1"),
            ];
            if http_only {
                form.push(pair("http_only", "1"));
            }
            Step::Send {
                route: "set".to_owned(),
                form,
            }
        },
    )
}

fn sending() -> impl Strategy<Value = Step> {
    let routes = prop_oneof![
        6 => select(vec!["set", "line"]),
        2 => select(vec![
            "forge", "keys", "reset", "stolen", "experiment/units", "experiment/oversize",
            "experiment/name-not-bound", "experiment/eviction", "line/a/b",
        ]),
    ];
    (routes, form()).prop_map(|(route, form)| Step::Send {
        route: route.to_owned(),
        form,
    })
}

fn rotating() -> impl Strategy<Value = Step> {
    select(vec!["rotate-and-keep", "rotate-and-drop", "restore"]).prop_map(|act| Step::Send {
        route: "keys".to_owned(),
        form: vec![pair("act", act)],
    })
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => setting(),
        3 => sending(),
        6 => (select(ACTS.to_vec()), 0..8_usize).prop_map(|(act, of)| Step::Forge {
            act: act.to_owned(),
            of,
        }),
        4 => (0..200_usize).prop_map(|button| Step::Press { button }),
        1 => rotating(),
        1 => form().prop_map(|query| Step::View { query }),
    ]
}

/// Any try.
pub fn attempt() -> impl Strategy<Value = Try> {
    let first = prop_oneof![3 => setting(), 1 => sending()];
    let how = (any::<bool>(), any::<bool>());
    (first, vec(step(), 1..6), header(), how).prop_map(|(first, more, header, (page, local))| Try {
        page,
        local,
        header,
        steps: std::iter::once(first).chain(more).collect(),
    })
}
