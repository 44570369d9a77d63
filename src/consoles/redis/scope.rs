//! A line for a Redis that others use too: every key becomes one of the lab's.
//!
//! The lab's keys begin with `lab:<lab>:`, which the student neither types nor sees. What is a key
//! gets it here, before anything is sent; a pattern gets it so that only it matches. What is not
//! certain to stay inside is refused.

use super::{
    commands::{Command, Effect, Keys, find},
    meaning::Meaning,
};
use crate::stores::redis::sweep::literally;

/// How many keys a step of SCAN may look at.
const MOST_STEP: i64 = 1000;
/// How far behind the end of a string SETRANGE may write, and how many members may be drawn at random.
const MOST_NUMBER: i64 = 10_000;

/// What is to be sent instead of what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plan {
    /// This command.
    Send {
        /// Its words.
        words: Vec<Vec<u8>>,
        /// Which of them are keys.
        keys: Vec<usize>,
        /// What it can do.
        effect: Effect,
        /// Whether names of keys come back.
        names: bool,
    },
    /// The names that match this pattern, in steps.
    Names(Vec<u8>),
    /// The number of names that match this pattern, in steps.
    Count(Vec<u8>),
}

/// Keeps a command inside of what begins with `prefix`.
///
/// # Errors
/// Why it is not sent.
pub fn scoped(prefix: &[u8], words: &[Vec<u8>]) -> Result<Plan, Meaning> {
    let command = find(words).ok_or_else(|| unknown(words))?;
    check(command, words)?;
    let inside = |pattern: &[u8]| [&literally(prefix), pattern].concat();
    let keys = match (command.keys, words) {
        (Keys::Server, _) => {
            return Err(Meaning::NotHere {
                command: command.name.to_owned(),
            });
        }
        (Keys::Pattern, [_, pattern]) => return Ok(Plan::Names(inside(pattern))),
        (Keys::Whole, [_]) => return Ok(Plan::Count(inside(b"*"))),
        (Keys::Scan, _) => return Ok(scan(words, &inside)),
        // With too many arguments or too few, the server says so and does nothing.
        (Keys::Pattern | Keys::Whole, _) => (1..words.len()).collect(),
        (keys, _) => places(keys, words),
    };
    let mut words = words.to_vec();
    for &at in &keys {
        words[at].splice(0..0, prefix.iter().copied());
    }
    Ok(Plan::Send {
        words,
        keys,
        effect: command.effect,
        names: false,
    })
}

/// Where the keys are among these words.
#[must_use]
pub fn places(keys: Keys, words: &[Vec<u8>]) -> Vec<usize> {
    let end = words.len();
    match keys {
        Keys::None | Keys::Server | Keys::Whole | Keys::Pattern | Keys::Scan => Vec::new(),
        Keys::At(at) => (at..end.min(at + 1)).collect(),
        Keys::Two => (1..end.min(3)).collect(),
        Keys::All => (1..end).collect(),
        Keys::Pairs => (1..end).step_by(2).collect(),
        Keys::Counted(at) => {
            let count = words.get(at).and_then(|word| count(word));
            let first = at + 1;
            let last = match count {
                Some(count) if first + count <= end => first + count,
                // The server will refuse it; should it count otherwise, everything is a key.
                _ => end,
            };
            (1..at.min(end)).chain(first..last).collect()
        }
    }
}

/// A number of keys as Redis reads it: digits, and no sign, space or zero before them.
fn count(word: &[u8]) -> Option<usize> {
    let plain = word.iter().all(u8::is_ascii_digit) && !word.starts_with(b"0") && word.len() < 6;
    plain.then(|| str::from_utf8(word).ok()?.parse().ok())?
}

/// `SCAN` with the lab's pattern; without one of the student's, everything of the lab matches.
fn scan(words: &[Vec<u8>], inside: &impl Fn(&[u8]) -> Vec<u8>) -> Plan {
    let mut words = words.to_vec();
    let mut seen = false;
    let mut at = 2;
    while at < words.len() {
        if words[at].eq_ignore_ascii_case(b"match") && at + 1 < words.len() {
            words[at + 1] = inside(&words[at + 1]);
            seen = true;
        }
        at += 2;
    }
    // Before the student's own options, so that what is wrong in them is still the last thing read.
    if !seen && words.len() > 1 {
        words.splice(2..2, [b"MATCH".to_vec(), inside(b"*")]);
    }
    Plan::Send {
        words,
        keys: Vec::new(),
        effect: Effect::Look,
        names: true,
    }
}

/// Refuses options that lead elsewhere, and numbers that would take the server's time or memory.
fn check(command: &Command, words: &[Vec<u8>]) -> Result<(), Meaning> {
    let outside: &[&str] = match command.name {
        "COPY" => &["DB"],
        "SORT" => &["BY", "GET", "STORE"],
        _ => &[],
    };
    let first = if command.name == "COPY" { 3 } else { 2 };
    for word in words.iter().skip(first) {
        let found = outside
            .iter()
            .find(|option| word.eq_ignore_ascii_case(option.as_bytes()));
        if let Some(option) = found {
            return Err(Meaning::Outside {
                option: (*option).to_owned(),
            });
        }
    }
    let number = |at: usize| {
        let word = words.get(at)?;
        str::from_utf8(word).ok()?.parse::<i64>().ok()
    };
    let too_much = |number: Option<i64>, most: i64| {
        let large = number.is_some_and(|number| number.unsigned_abs() > most.unsigned_abs());
        large.then_some(Meaning::TooMuch { most })
    };
    let refused = match command.name {
        "SETRANGE" | "SRANDMEMBER" | "HRANDFIELD" | "ZRANDMEMBER" => {
            too_much(number(2), MOST_NUMBER)
        }
        "SCAN" | "HSCAN" | "SSCAN" | "ZSCAN" => words
            .iter()
            .enumerate()
            .filter(|(_, word)| word.eq_ignore_ascii_case(b"count"))
            .find_map(|(at, _)| too_much(number(at + 1), MOST_STEP)),
        _ => None,
    };
    refused.map_or(Ok(()), Err)
}

fn unknown(words: &[Vec<u8>]) -> Meaning {
    let name = words.first().map(Vec::as_slice).unwrap_or_default();
    match super::commands::nearest(name) {
        Some(nearest) if !is_other(name) => Meaning::Unknown {
            nearest: Some(nearest.to_owned()),
        },
        _ => Meaning::NotHere {
            command: String::from_utf8_lossy(name).to_ascii_uppercase(),
        },
    }
}

/// Commands of Redis that look like a mistyped other one.
fn is_other(name: &[u8]) -> bool {
    const OTHERS: &[&str] = &[
        "XADD",
        "XDEL",
        "XLEN",
        "XREAD",
        "XTRIM",
        "XINFO",
        "XACK",
        "BLPOP",
        "BRPOP",
        "LMPOP",
        "ZMPOP",
        "BLMOVE",
        "MOVE",
        "DUMP",
        "WAIT",
        "AUTH",
        "SYNC",
        "EXEC",
        "LCS",
        "PFADD",
        "BITPOS",
        "SETBIT",
        "GETBIT",
        "SORT_RO",
        "BZPOPMIN",
        "BZPOPMAX",
        "BZMPOP",
        "BLMPOP",
        "BRPOPLPUSH",
        "ZLEXCOUNT",
        "ZRANGEBYLEX",
        "ZREVRANGEBYSCORE",
        "ZINTERCARD",
        "ZRANGESTORE",
        "ZREMRANGEBYLEX",
        "GEOADD",
        "GEOPOS",
        "RESTORE",
        "SUBSTR",
        "HELLO",
        "RESET",
    ];
    OTHERS
        .iter()
        .any(|other| name.eq_ignore_ascii_case(other.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::{super::line::split, *};

    fn sent(line: &str) -> String {
        match scoped(b"lab:1:", &split(line.as_bytes()).unwrap()) {
            Ok(Plan::Send { words, .. }) => String::from_utf8(words.join(&b' ')).unwrap(),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn every_key_gets_the_prefix() {
        for (line, expected) in [
            ("get a", "get lab:1:a"),
            ("del a b", "del lab:1:a lab:1:b"),
            ("mset a 1 b 2", "mset lab:1:a 1 lab:1:b 2"),
            ("object encoding a", "object encoding lab:1:a"),
            ("rename a b c", "rename lab:1:a lab:1:b c"),
            (
                "zunionstore d 2 a b weights 1 2",
                "zunionstore lab:1:d 2 lab:1:a lab:1:b weights 1 2",
            ),
            ("sintercard 1 a limit 2", "sintercard 1 lab:1:a limit 2"),
            ("sintercard 9 a b", "sintercard 9 lab:1:a lab:1:b"),
            ("zinter +1 a b", "zinter +1 lab:1:a lab:1:b"),
            ("get", "get"),
            ("ping hola", "ping hola"),
            ("scan 0", "scan 0 MATCH lab:1:*"),
            ("scan 0 count 5", "scan 0 MATCH lab:1:* count 5"),
            (
                "scan 0 match a* match b*",
                "scan 0 match lab:1:a* match lab:1:b*",
            ),
            ("keys a b", "keys lab:1:a lab:1:b"),
        ] {
            assert_eq!(sent(line), expected);
        }
    }

    #[test]
    fn what_leads_outside_is_refused() {
        for line in [
            "copy a b db 1",
            "sort a by x*",
            "sort a get #",
            "sort a store b",
            "info",
            "flushall",
            "config get dir",
            "eval 'return 1' 0",
            "select 1",
            "setrange a 500000000 x",
            "srandmember s -9000000000",
            "scan 0 count 100000",
            "migrate h 1 a 0 1",
            "object help",
            "xadd s * a 1",
            "randomkey",
            "shutdown",
        ] {
            let words = split(line.as_bytes()).unwrap();
            assert!(scoped(b"lab:1:", &words).is_err(), "{line}");
        }
    }
}
