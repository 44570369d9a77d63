//! The tape: what really happened in a lab, in order.
//!
//! Every HTTP exchange, store command and server event is written here at the place where it
//! happens, and the page, the drawing and the verdicts are read from it. It is a ring: when it is
//! full the oldest entry leaves, so a lab's memory is bounded however long a class lasts.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use crate::stores::StoreKind;

/// The most entries that a tape keeps.
pub const MOST_ENTRIES: usize = 240;
/// The most bytes of text that a tape keeps.
pub const MOST_BYTES: usize = 48 * 1024;
/// The longest single text on the tape, in bytes; what is longer is cut and marked with `…`.
const LONGEST_TEXT: usize = 1500;

/// One line of the tape.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Its number: grows by one, never repeats, also not after a reset.
    pub seq: u64,
    /// When it happened: milliseconds since 1970, UTC.
    pub at_ms: i64,
    /// The lane it belongs to; `None` for events of the whole server.
    pub lane: Option<StoreKind>,
    /// Which exchange it belongs to: the `seq` of that exchange's request. 0 for none.
    pub exchange: u64,
    /// What happened.
    pub what: What,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// A request as the site received it.
    Request {
        /// `GET` or `POST`.
        method: String,
        /// The path with its query.
        path: String,
        /// The headers in order, without the playground's own cookie.
        headers: Vec<(String, String)>,
        /// The body, if there was one.
        body: String,
        /// The server that the balancer chose: `A` or `B`.
        server: String,
    },
    /// The site's answer.
    Response {
        /// The status.
        status: u16,
        /// The headers in order.
        headers: Vec<(String, String)>,
        /// The body.
        body: String,
        /// From request to answer, in microseconds.
        took_us: u64,
    },
    /// A command that a store sent to where its records are, and the reply.
    Command {
        /// The command.
        text: String,
        /// The reply.
        reply: String,
        /// Whether the command failed.
        failed: bool,
    },
    /// The lab's server was dropped and built again.
    Restarted {
        /// `A` or `B`.
        server: String,
        /// The boot that ended.
        from: u32,
        /// The boot that began.
        to: u32,
        /// Between the two, in microseconds.
        took_us: u64,
        /// Sessions that its memory held when it was dropped.
        held: u32,
    },
    /// The whole program was stopped and started again.
    Revived {
        /// The boot that began.
        boot: u32,
        /// Sessions that the memory of the last boot held when this lab was last written down.
        held: u32,
    },
    /// Something was done to a server, to an engine or behind a store's back.
    Deed {
        /// What was done: a signal, a command line, an operation.
        text: String,
        /// What came of it.
        reply: String,
    },
    /// The lab went back to its beginning.
    Reset,
}

impl What {
    /// Cuts what is too long and says how many bytes of text are left.
    fn bound(&mut self) -> usize {
        let headers_len = |headers: &mut Vec<(String, String)>| {
            headers
                .iter_mut()
                .map(|(name, value)| name.len() + cut(value))
                .sum::<usize>()
        };
        match self {
            Self::Request {
                method,
                path,
                headers,
                body,
                ..
            } => method.len() + cut(path) + headers_len(headers) + cut(body),
            Self::Response { headers, body, .. } => headers_len(headers) + cut(body),
            Self::Command { text, reply, .. } | Self::Deed { text, reply } => {
                cut(text) + cut(reply)
            }
            Self::Restarted { .. } | Self::Revived { .. } | Self::Reset => 0,
        }
    }
}

fn cut(text: &mut String) -> usize {
    if text.len() > LONGEST_TEXT {
        let end = (0..=LONGEST_TEXT)
            .rev()
            .find(|&end| text.is_char_boundary(end))
            .unwrap_or(0);
        text.truncate(end);
        text.push('…');
    }
    text.len()
}

/// The lab's ordered record.
#[derive(Debug, Default)]
pub struct Tape {
    entries: VecDeque<(usize, Entry)>,
    bytes: usize,
    last: u64,
}

impl Tape {
    /// Writes one entry and gives back its number. `exchange` 0 with a [`What::Request`] opens a new exchange.
    pub fn write(
        &mut self,
        at_ms: i64,
        lane: Option<StoreKind>,
        exchange: u64,
        mut what: What,
    ) -> u64 {
        self.last += 1;
        let seq = self.last;
        let bytes = what.bound();
        let exchange = if matches!(what, What::Request { .. }) {
            seq
        } else {
            exchange
        };
        self.bytes += bytes;
        self.entries.push_back((
            bytes,
            Entry {
                seq,
                at_ms,
                lane,
                exchange,
                what,
            },
        ));
        while self.entries.len() > MOST_ENTRIES
            || (self.bytes > MOST_BYTES && self.entries.len() > 1)
        {
            if let Some((bytes, _)) = self.entries.pop_front() {
                self.bytes -= bytes;
            }
        }
        seq
    }

    /// The entries after number `seq`, oldest first.
    pub fn after(&self, seq: u64) -> impl Iterator<Item = &Entry> {
        let from = self.entries.partition_point(|(_, entry)| entry.seq <= seq);
        self.entries.iter().skip(from).map(|(_, entry)| entry)
    }

    /// The number of the oldest entry that is still there, or of the next one to come.
    #[must_use]
    pub fn start(&self) -> u64 {
        self.entries
            .front()
            .map_or(self.last + 1, |(_, entry)| entry.seq)
    }

    /// The number of the newest entry.
    #[must_use]
    pub const fn last(&self) -> u64 {
        self.last
    }

    /// Forgets every entry; numbers go on.
    pub fn clear(&mut self) {
        self.entries.clear();
        self.bytes = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn command(text: &str) -> What {
        What::Command {
            text: text.to_owned(),
            reply: "OK".to_owned(),
            failed: false,
        }
    }

    #[test]
    fn numbers_grow_and_outlive_a_clear() {
        let mut tape = Tape::default();
        assert_eq!(tape.start(), 1);
        assert_eq!(tape.write(0, None, 0, command("a")), 1);
        tape.clear();
        assert_eq!(tape.write(0, None, 0, command("b")), 2);
        assert_eq!(tape.start(), 2);
    }

    #[test]
    fn the_oldest_leaves_first_by_count_and_by_bytes() {
        let mut tape = Tape::default();
        for _ in 0..MOST_ENTRIES + 10 {
            tape.write(0, None, 0, command("GET"));
        }
        assert_eq!(tape.after(0).count(), MOST_ENTRIES);
        assert_eq!(tape.start(), 11);
        for _ in 0..100 {
            tape.write(0, None, 0, command(&"x".repeat(1400)));
        }
        assert!(tape.bytes <= MOST_BYTES);
        assert_eq!(tape.after(tape.last()).count(), 0);
    }

    #[test]
    fn a_long_text_is_cut_between_characters_and_marked() {
        let mut tape = Tape::default();
        tape.write(0, None, 0, command(&"ñ".repeat(2000)));
        let What::Command { text, .. } = &tape.after(0).next().unwrap().what else {
            panic!("a command")
        };
        assert!(text.ends_with('…') && text.len() < LONGEST_TEXT + 8);
    }

    #[test]
    fn a_request_opens_its_exchange() {
        let mut tape = Tape::default();
        tape.write(0, None, 0, command("before"));
        let request = What::Request {
            method: "GET".into(),
            path: "/".into(),
            headers: vec![],
            body: String::new(),
            server: "A".into(),
        };
        let exchange = tape.write(0, Some(StoreKind::File), 0, request);
        tape.write(0, Some(StoreKind::File), exchange, command("read"));
        assert!(tape.after(1).all(|entry| entry.exchange == exchange));
    }
}
