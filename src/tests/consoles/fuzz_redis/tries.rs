//! What is tried: commands of the table, names of others, patterns, and anything else.

use proptest::{collection::vec, prelude::*, sample::select};
use serde::{Deserialize, Serialize};
use session_playground::consoles::redis::commands::COMMANDS;

/// A few lines, typed one after the other. `@` stands for the neighbour's prefix, `#` for one's own.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Try {
    pub lines: Vec<String>,
}

fn command() -> impl Strategy<Value = String> {
    let names: Vec<_> = COMMANDS.iter().map(|command| command.name).collect();
    let others = vec![
        "EVAL",
        "XADD",
        "XREAD",
        "MIGRATE",
        "RESTORE",
        "COMMAND GETKEYS",
        "BLPOP",
        "LMPOP",
        "ZMPOP",
        "SORT_RO",
        "MOVE",
        "GEORADIUS",
        "PFMERGE",
        "BITOP",
        "WATCH",
        "FCALL",
        "OBJECT",
        "MEMORY",
        "CONFIG",
        "SCRIPT",
        "SELECT",
        "3 GET",
        "DEBUG OBJECT",
        "LCS",
        "RANDOMKEY",
        "PUBLISH",
        "SWAPDB",
        "\\x47ET",
        "\"G\\x45T\"",
        "GET\\0",
        "BITFIELD",
        "SUBSTR",
    ];
    prop_oneof![
        8 => select(names).prop_map(str::to_owned),
        1 => select(others).prop_map(str::to_owned),
        1 => "[a-zA-Z ]{0,8}",
    ]
}

/// Names: the neighbour's, one's own, and what might be taken for one.
const KEYS: &str = r#"@secret @list @hash @set @zset @sess:x secret list hash set zset a b #a #secret @ # lab:
    "@secret" '@secret' "\x6cab:" ..@secret "\x00@secret" {@}secret @secret{a} "" ''"#;
const PATTERNS: &str = r#"* @* ?* [^a]* *secret* "*\\" \* [l]ab:* l?b:* *] [ lab:* "\x2a""#;
const OPTIONS: &str = "MATCH COUNT TYPE DB REPLACE BY GET STORE LIMIT ALPHA WEIGHTS AGGREGATE NX XX GT EX PX KEEPTTL
    WITHSCORES LEFT RIGHT BEFORE ENCODING USAGE SAMPLES STOREDIST KEYS STREAMS match count string # nosort";
const NUMBERS: &str =
    "0 1 2 3 -1 +1 01 1.5 99999 -9223372036854775808 9223372036854775807 18446744073709551617
    1e3 inf 0x1";

/// A word as it is typed.
fn word() -> impl Strategy<Value = String> {
    let any_of = |words: &'static str| {
        let words: Vec<_> = words.split_whitespace().collect();
        select(words).prop_map(str::to_owned)
    };
    prop_oneof![
        6 => any_of(KEYS),
        3 => any_of(PATTERNS),
        3 => any_of(OPTIONS),
        3 => any_of(NUMBERS),
        1 => "\\PC{0,6}",
        1 => any::<String>(),
    ]
}

/// Any try.
pub fn attempt() -> impl Strategy<Value = Try> {
    let line = (command(), vec(word(), 0..7)).prop_map(|(command, words)| {
        let mut line = command;
        for word in words {
            line.push(' ');
            line.push_str(&word);
        }
        line
    });
    vec(line, 1..4).prop_map(|lines| Try { lines })
}
