//! A reply, printed as redis-cli prints it on a terminal.
//!
//! A string is quoted, with escapes for what cannot be seen, so that `"1"` and `(integer) 1` are told
//! apart. Arrays are numbered, the numbers aligned to the right. A few answers are meant to be read by
//! people and come as they are, such as that of `INFO`.

use std::fmt::Write as _;

use super::wire::Reply;

/// How much is printed, in bytes.
pub const MOST: usize = 64 * 1024;

/// Bytes that were printed, up to the limit.
#[derive(Default)]
pub struct Paper {
    bytes: Vec<u8>,
}

impl Paper {
    /// Prints one reply, as it is or quoted, with the end of its line.
    pub fn reply(&mut self, reply: &Reply, raw: bool) {
        if raw {
            self.raw(reply);
        } else {
            self.quoted(reply, 0);
        }
    }

    /// Prints a text of redis-cli's own.
    pub fn text(&mut self, text: &str) {
        self.put(text.as_bytes());
    }

    /// Whether there is no more room.
    pub const fn is_full(&self) -> bool {
        self.bytes.len() > MOST
    }

    /// What was printed, without the last line break; whether something was left out.
    #[must_use]
    pub fn finish(mut self, cut: bool) -> (String, bool) {
        let cut = cut || self.is_full();
        if self.is_full() {
            self.bytes.truncate(MOST);
        }
        if cut {
            // The last line may not be whole. If there is but one, its beginning is better than nothing.
            if let Some(end) = self.bytes.iter().rposition(|&byte| byte == b'\n') {
                self.bytes.truncate(end);
            }
        } else if self.bytes.last() == Some(&b'\n') {
            self.bytes.pop();
        }
        (String::from_utf8_lossy(&self.bytes).into_owned(), cut)
    }

    fn put(&mut self, bytes: &[u8]) {
        if !self.is_full() {
            self.bytes.extend(bytes);
        }
    }

    /// `cliFormatReplyTTY`; `indent` is how far nested lines are moved to the right.
    fn quoted(&mut self, reply: &Reply, indent: usize) {
        match reply {
            Reply::Error(text) => {
                self.put(b"(error) ");
                self.put(as_c(text));
            }
            Reply::Status(text) => self.put(as_c(text)),
            Reply::Integer(number) => self.put(format!("(integer) {number}").as_bytes()),
            Reply::Bulk(bytes) => self.put(&repr(bytes)),
            Reply::Nil => self.put(b"(nil)"),
            Reply::Array { len: 0, .. } => self.put(b"(empty array)"),
            Reply::Array { len, items } => {
                let width = len.to_string().len();
                for (at, item) in items.iter().enumerate() {
                    if self.is_full() {
                        return;
                    }
                    if at > 0 {
                        self.put(&b" ".repeat(indent));
                    }
                    self.put(format!("{:>width$}) ", at + 1).as_bytes());
                    self.quoted(item, indent + width + 2);
                }
                return;
            }
        }
        self.put(b"\n");
    }

    /// `cliFormatReplyRaw`: nothing is added.
    fn raw(&mut self, reply: &Reply) {
        match reply {
            Reply::Status(text) | Reply::Bulk(text) => self.put(text),
            Reply::Error(text) => {
                self.put(as_c(text));
                self.put(b"\n");
            }
            Reply::Integer(number) => self.put(number.to_string().as_bytes()),
            Reply::Nil => {}
            Reply::Array { items, .. } => {
                for (at, item) in items.iter().enumerate() {
                    if at > 0 {
                        self.put(b"\n");
                    }
                    self.raw(item);
                }
            }
        }
    }
}

/// To C a text ends with its first zero byte.
fn as_c(text: &[u8]) -> &[u8] {
    let end = text.iter().position(|&byte| byte == 0);
    &text[..end.unwrap_or(text.len())]
}

/// A string in quotes (`sdscatrepr`).
#[must_use]
pub fn repr(bytes: &[u8]) -> Vec<u8> {
    let mut text = String::with_capacity(bytes.len() + 2);
    text.push('"');
    for &byte in bytes {
        match byte {
            b'\\' | b'"' => text.extend(['\\', char::from(byte)]),
            b'\n' => text.push_str("\\n"),
            b'\r' => text.push_str("\\r"),
            b'\t' => text.push_str("\\t"),
            7 => text.push_str("\\a"),
            8 => text.push_str("\\b"),
            b' '..=b'~' => text.push(char::from(byte)),
            other => {
                // Writing to a string cannot fail.
                let _ = write!(text, "\\x{other:02x}");
            }
        }
    }
    text.push('"');
    text.into_bytes()
}

/// Whether redis-cli prints the answer as it is.
#[must_use]
pub fn is_raw(words: &[Vec<u8>]) -> bool {
    let is = |at: usize, name: &str| {
        words
            .get(at)
            .is_some_and(|word| word.eq_ignore_ascii_case(name.as_bytes()))
    };
    is(0, "info")
        || is(0, "lolwut")
        || is(0, "memory") && (is(1, "malloc-stats") || is(1, "doctor"))
        || is(0, "client") && (is(1, "list") || is(1, "info"))
        || is(0, "cluster") && words.len() == 2 && (is(1, "nodes") || is(1, "info"))
        || is(0, "latency") && words.len() == 3 && is(1, "graph")
        || is(0, "latency") && words.len() == 2 && is(1, "doctor")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(reply: &Reply) -> String {
        let mut paper = Paper::default();
        paper.reply(reply, false);
        paper.finish(false).0
    }

    #[test]
    fn arrays_are_numbered_and_aligned() {
        let inner = Reply::array(vec![Reply::Nil, Reply::Integer(2)]);
        let mut items = vec![inner; 9];
        items.push(Reply::array(Vec::new()));
        let text = printed(&Reply::array(items));
        assert!(
            text.starts_with(" 1) 1) (nil)\n    2) (integer) 2\n 2) 1) (nil)\n"),
            "{text}"
        );
        assert!(text.ends_with("10) (empty array)"), "{text}");
    }

    #[test]
    fn strings_are_quoted() {
        let bytes = b"a\"\\\n\r\t\x07\x08\x00\xc3\xb1~";
        assert_eq!(
            String::from_utf8_lossy(&repr(bytes)),
            r#""a\"\\\n\r\t\a\b\x00\xc3\xb1~""#
        );
    }

    #[test]
    fn what_is_long_ends_with_a_whole_line() {
        let items = vec![Reply::Bulk(vec![b'x'; 1000]); 100];
        let mut paper = Paper::default();
        paper.reply(&Reply::array(items), false);
        let (text, cut) = paper.finish(false);
        assert!(cut && text.len() <= MOST && text.ends_with("x\""));
    }
}
