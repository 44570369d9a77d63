//! A line, taken apart as redis-cli does it.
//!
//! Words are separated by spaces. Between double quotes `\n`, `\r`, `\t`, `\b`, `\a`, `\"`, `\\` and
//! `\x41` stand for one byte, between single ones only `\'` does. A number before a command repeats
//! it. So a word may hold any byte, and what Redis gets are bytes, not text.

use std::num::ParseIntError;

/// What redis-cli makes of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// Nothing to do.
    Blank,
    /// A quote that is not closed, or something right behind one that is: `Invalid argument(s)`.
    Unbalanced,
    /// The number before the command is none that can be counted to.
    BadTimes,
    /// A command.
    Command {
        /// How often it is sent.
        times: u64,
        /// What was typed first: the number, or the command's name. redis-cli's own words are looked for there.
        first: Vec<u8>,
        /// The command and its arguments.
        words: Vec<Vec<u8>>,
    },
}

impl Line {
    /// Takes a line apart.
    #[must_use]
    pub fn of(line: &str) -> Self {
        let Some(mut words) = split(line.as_bytes()) else {
            return Self::Unbalanced;
        };
        let Some(first) = words.first().cloned() else {
            return Self::Blank;
        };
        let mut times = 1;
        if words.len() > 1
            && let Some(number) = number(&first)
        {
            match number.map(u64::try_from) {
                Ok(Ok(number)) if number > 0 => times = number,
                _ => return Self::BadTimes,
            }
            words.remove(0);
        }
        Self::Command {
            times,
            first,
            words,
        }
    }
}

/// The words of a line (`sdssplitargs` of redis-cli); `None` if a quote is not balanced.
#[must_use]
pub fn split(line: &[u8]) -> Option<Vec<Vec<u8>>> {
    // To redis-cli a line ends with its first zero byte.
    let end = line.iter().position(|&byte| byte == 0);
    let mut rest = &line[..end.unwrap_or(line.len())];
    let mut words = Vec::new();
    loop {
        rest = rest.trim_ascii_start();
        // `isspace` also knows the vertical tab.
        while let [0x0b, more @ ..] = rest {
            rest = more.trim_ascii_start();
        }
        if rest.is_empty() {
            return Some(words);
        }
        let (word, more) = word(rest)?;
        words.push(word);
        rest = more;
    }
}

/// The first word, and what follows it.
fn word(mut rest: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let mut word = Vec::new();
    loop {
        match rest {
            [] => return Some((word, rest)),
            [b' ' | b'\n' | b'\r' | b'\t', more @ ..] => return Some((word, more)),
            [b'"', more @ ..] => return double(more, word),
            [b'\'', more @ ..] => return single(more, word),
            [byte, more @ ..] => {
                word.push(*byte);
                rest = more;
            }
        }
    }
}

/// What stands between double quotes.
fn double(mut rest: &[u8], mut word: Vec<u8>) -> Option<(Vec<u8>, &[u8])> {
    loop {
        let byte = match rest {
            [b'\\', b'x', high, low, more @ ..]
                if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() =>
            {
                rest = more;
                digit(*high) * 16 + digit(*low)
            }
            [b'\\', escaped, more @ ..] => {
                rest = more;
                match escaped {
                    b'n' => b'\n',
                    b'r' => b'\r',
                    b't' => b'\t',
                    b'b' => 8,
                    b'a' => 7,
                    other => *other,
                }
            }
            [b'"', more @ ..] => return closed(more).then_some((word, more)),
            [byte, more @ ..] => {
                rest = more;
                *byte
            }
            [] => return None,
        };
        word.push(byte);
    }
}

/// What stands between single quotes.
fn single(mut rest: &[u8], mut word: Vec<u8>) -> Option<(Vec<u8>, &[u8])> {
    loop {
        let byte = match rest {
            [b'\\', b'\'', more @ ..] => {
                rest = more;
                b'\''
            }
            [b'\'', more @ ..] => return closed(more).then_some((word, more)),
            [byte, more @ ..] => {
                rest = more;
                *byte
            }
            [] => return None,
        };
        word.push(byte);
    }
}

/// After a closing quote there must be a space or nothing.
fn closed(rest: &[u8]) -> bool {
    rest.first().is_none_or(|&byte| is_space(byte))
}

fn is_space(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte == 0x0b
}

fn digit(byte: u8) -> u8 {
    match byte {
        b'0'..=b'9' => byte - b'0',
        b'a'..=b'f' => byte - b'a' + 10,
        _ => byte.wrapping_sub(b'A').wrapping_add(10),
    }
}

/// The number that `strtol` reads, if it reads the whole word, or that it is too large. An empty word
/// reads as 0.
fn number(word: &[u8]) -> Option<Result<i64, ParseIntError>> {
    let end = word.iter().position(|&byte| byte == 0);
    let word = &word[..end.unwrap_or(word.len())];
    if word.is_empty() {
        return Some(Ok(0));
    }
    let start = word.iter().position(|&byte| !is_space(byte))?;
    let word = &word[start..];
    let sign = word.strip_prefix(b"+").or_else(|| word.strip_prefix(b"-"));
    let digits = sign.unwrap_or(word);
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    Some(str::from_utf8(word).ok()?.parse())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Option<Vec<Vec<u8>>> {
        split(line.as_bytes())
    }

    #[test]
    fn words_are_bytes() {
        let bytes = |words: &[&[u8]]| Some(words.iter().map(|word| word.to_vec()).collect());
        assert_eq!(words("  a\tb "), bytes(&[b"a", b"b"]));
        assert_eq!(words(r#""\x00\xfF\n\q""#), bytes(&[b"\x00\xff\nq"]));
        assert_eq!(words(r"'a\'b' '\n'"), bytes(&[b"a'b", b"\\n"]));
        assert_eq!(words(r#"ab"cd" """#), bytes(&[b"abcd", b""]));
        assert_eq!(words(r#""a"b"#), None);
        assert_eq!(words(r#""a"#), None);
        assert_eq!(words("'a"), None);
        assert_eq!(words("a\0b"), bytes(&[b"a"]));
        assert_eq!(words("a\u{b}b \u{b}c"), bytes(&[b"a\x0bb", b"c"]));
    }

    #[test]
    fn a_number_repeats() {
        let times = |line| match Line::of(line) {
            Line::Command { times, words, .. } => Some((times, words.len())),
            _ => None,
        };
        assert_eq!(times("3 incr a"), Some((3, 2)));
        assert_eq!(times("+3 ping"), Some((3, 1)));
        assert_eq!(times("3"), Some((1, 1)));
        assert_eq!(times("3x ping"), Some((1, 2)));
        assert_eq!(Line::of("0 ping"), Line::BadTimes);
        assert_eq!(Line::of("-1 ping"), Line::BadTimes);
        assert_eq!(Line::of(r#""" ping"#), Line::BadTimes);
        assert_eq!(Line::of("99999999999999999999 ping"), Line::BadTimes);
        assert_eq!(Line::of("   "), Line::Blank);
    }
}
