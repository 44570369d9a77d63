//! Which meaning an answer has: pure.

use super::{
    commands::{self, Keys},
    meaning::Meaning,
    scope::places,
    wire::Reply,
};

/// An answer, and what is known of it.
pub struct Seen<'a> {
    /// The words as they were typed.
    pub words: &'a [Vec<u8>],
    /// The last reply.
    pub reply: &'a Reply,
    /// Whether this key, as it was typed, is that of a session of the lab.
    pub is_session: &'a dyn Fn(&[u8]) -> bool,
    /// Whether others use this Redis too.
    pub shared: bool,
}

/// The meaning of an answer.
#[must_use]
pub fn meaning(seen: &Seen<'_>) -> Option<Meaning> {
    if let Reply::Error(text) = seen.reply {
        return error(seen, &String::from_utf8_lossy(text));
    }
    let command = commands::find(seen.words)?;
    deleting(seen, command.name)
        .or_else(|| writing(seen, command.name))
        .or_else(|| time(seen, command.name))
        .or_else(|| looking(seen, command.name))
        .or_else(|| server(seen, command.name))
}

impl Seen<'_> {
    fn word(&self, at: usize) -> Vec<u8> {
        self.words
            .get(at)
            .map(|word| word.to_ascii_lowercase())
            .unwrap_or_default()
    }

    fn has(&self, option: &str) -> bool {
        let mut options = self.words.iter().skip(3);
        options.any(|word| word.eq_ignore_ascii_case(option.as_bytes()))
    }

    /// Whether the key at this place is that of a session of the lab.
    fn session(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|key| (self.is_session)(key))
    }

    /// Whether the key at this place is named as a session's is.
    fn looks_like_one(&self, at: usize) -> bool {
        self.words
            .get(at)
            .is_some_and(|key| key.starts_with(b"sess:"))
    }

    /// How many different keys are named, and how many of them are sessions of the lab.
    fn sessions(&self, keys: Keys) -> (usize, usize) {
        let places = places(keys, self.words);
        let mut keys: Vec<_> = places.iter().map(|&at| &self.words[at]).collect();
        keys.sort_unstable();
        keys.dedup();
        let sessions = keys.iter().filter(|key| (self.is_session)(key)).count();
        (keys.len(), sessions)
    }

    fn number(&self, at: usize) -> Option<i64> {
        str::from_utf8(self.words.get(at)?).ok()?.parse().ok()
    }
}

fn error(seen: &Seen<'_>, text: &str) -> Option<Meaning> {
    let name = seen.words.first()?;
    let usage = || {
        let known = commands::find(seen.words)?;
        Some(Meaning::Usage {
            command: known.name.to_owned(),
            hint: known.hint.to_owned(),
        })
    };
    let code = text.split(' ').next().unwrap_or_default();
    match code {
        "WRONGTYPE" => Some(Meaning::WrongType),
        "NOPERM" => Some(Meaning::NoPerm),
        "OOM" => Some(Meaning::OutOfMemory),
        "BUSY" => Some(Meaning::Busy),
        _ if text.starts_with("ERR unknown command") => Some(Meaning::Unknown {
            nearest: commands::nearest(name).map(str::to_owned),
        }),
        _ if text.starts_with("ERR wrong number of arguments")
            || text.starts_with("ERR syntax error")
            || text.contains("unsupported option") =>
        {
            usage()
        }
        _ if text.starts_with("ERR value is not a")
            || text.starts_with("ERR hash value is not a") =>
        {
            Some(Meaning::NotANumber)
        }
        _ => None,
    }
}

fn deleting(seen: &Seen<'_>, name: &str) -> Option<Meaning> {
    match name {
        "DEL" | "UNLINK" => {
            let keys = seen.reply.integer()?;
            let (named, sessions) = seen.sessions(Keys::All);
            let gone = usize::try_from(keys).unwrap_or_default();
            Some(match (gone, sessions) {
                (0, _) => Meaning::NothingDeleted,
                (_, 1..) if gone == named => Meaning::LoggedOut { sessions },
                (_, 1..) if sessions == named => Meaning::LoggedOut { sessions: gone },
                // If there are others among them, it is not said which were there.
                _ => Meaning::Deleted { keys },
            })
        }
        "GETDEL" if *seen.reply != Reply::Nil => Some(if seen.session(1) {
            Meaning::LoggedOut { sessions: 1 }
        } else {
            Meaning::Deleted { keys: 1 }
        }),
        "FLUSHDB" | "FLUSHALL" => Some(Meaning::Flushed),
        _ => None,
    }
}

fn writing(seen: &Seen<'_>, name: &str) -> Option<Meaning> {
    let session = seen.session(1);
    match name {
        "SET"
            if *seen.reply == Reply::Nil
                && !seen.has("get")
                && (seen.has("nx") || seen.has("xx")) =>
        {
            Some(Meaning::NotWritten { nx: seen.has("nx") })
        }
        // With GET and a condition the reply does not say whether it was written.
        "SET" if seen.has("get") && (seen.has("nx") || seen.has("xx")) => None,
        "SET" if seen.has("keepttl") => Some(Meaning::KeptTtl),
        "SET" => Some(
            time_to_live(seen).map_or(Meaning::Forever { session }, |ms| Meaning::LivesFor {
                ms,
                session,
            }),
        )
        .filter(|_| !seen.has("exat") && !seen.has("pxat")),
        "SETEX" => Some(Meaning::LivesFor {
            ms: seen.number(2)?.saturating_mul(1000),
            session,
        }),
        "PSETEX" => Some(Meaning::LivesFor {
            ms: seen.number(2)?,
            session,
        }),
        "GETSET" => Some(Meaning::Forever { session }),
        "SETNX" => Some(match seen.reply.integer()? {
            0 => Meaning::NotWritten { nx: true },
            _ => Meaning::Forever { session },
        }),
        _ => None,
    }
}

/// What EX or PX of a SET says.
fn time_to_live(seen: &Seen<'_>) -> Option<i64> {
    (3..seen.words.len()).find_map(|at| match seen.word(at).as_slice() {
        b"ex" => seen.number(at + 1)?.checked_mul(1000),
        b"px" => seen.number(at + 1),
        _ => None,
    })
}

fn time(seen: &Seen<'_>, name: &str) -> Option<Meaning> {
    let session = seen.session(1);
    match name {
        "TTL" | "PTTL" => Some(match (seen.reply.integer()?, name) {
            (-1, _) => Meaning::NeverExpires { session },
            (-2, _) => Meaning::NoKey {
                session: seen.looks_like_one(1),
            },
            (ms, "PTTL") => Meaning::Left { ms, session },
            (seconds, _) => Meaning::Left {
                ms: seconds.saturating_mul(1000),
                session,
            },
        }),
        "EXPIRETIME" | "PEXPIRETIME" => match seen.reply.integer()? {
            -1 => Some(Meaning::NeverExpires { session }),
            -2 => Some(Meaning::NoKey {
                session: seen.looks_like_one(1),
            }),
            _ => None,
        },
        "EXPIRE" | "PEXPIRE" => Some(match (seen.reply.integer()?, seen.number(2)?) {
            (0, _) => Meaning::NotExpired,
            (_, ..=0) => Meaning::ExpiredAtOnce { session },
            _ => Meaning::WillExpire { session },
        }),
        "EXPIREAT" | "PEXPIREAT" => (seen.reply.integer()? == 0).then_some(Meaning::NotExpired),
        "PERSIST" => Some(match seen.reply.integer()? {
            0 => Meaning::NotPersisted,
            _ => Meaning::Persisted { session },
        }),
        _ => None,
    }
}

fn looking(seen: &Seen<'_>, name: &str) -> Option<Meaning> {
    match name {
        "GET" if *seen.reply == Reply::Nil => Some(Meaning::Nothing {
            session: seen.looks_like_one(1),
        }),
        "GET" => seen.session(1).then_some(Meaning::Record),
        "KEYS" => Some(Meaning::KeysBlocks {
            scanned: seen.shared,
        }),
        "SCAN" => {
            let Reply::Array { items, .. } = seen.reply else {
                return None;
            };
            let end = items.first() == Some(&Reply::Bulk(b"0".to_vec()));
            Some(Meaning::ScanMore { end })
        }
        "EXISTS" => Some(Meaning::Exist {
            keys: seen.reply.integer()?,
        }),
        "TYPE" => seen.session(1).then_some(Meaning::SessionType),
        "DBSIZE" => Some(Meaning::Size { lab: seen.shared }),
        "MEMORY USAGE" => seen.reply.integer().map(|_| Meaning::Bytes),
        "OBJECT ENCODING" => (*seen.reply != Reply::Nil).then_some(Meaning::Encoding),
        _ => None,
    }
}

fn server(seen: &Seen<'_>, name: &str) -> Option<Meaning> {
    match (name, seen.word(2).as_slice(), seen.word(1).as_slice()) {
        ("SAVE", ..) => Some(Meaning::SaveBlocks),
        ("BGSAVE", ..) => Some(Meaning::BackgroundSave),
        ("CONFIG GET", b"save", _) => Some(Meaning::ConfigSave),
        ("CONFIG GET", b"appendonly", _) => Some(Meaning::ConfigAof),
        ("CONFIG GET", b"maxmemory-policy", _) => Some(Meaning::ConfigPolicy),
        ("CONFIG GET", b"dir", _) => Some(Meaning::ConfigDir),
        ("INFO", _, b"persistence") => Some(Meaning::InfoPersistence),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
