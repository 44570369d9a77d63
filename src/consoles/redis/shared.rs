//! A Redis that others use too: inside of the lab's prefix, with few keys, and never for long.

use ::redis::{Cmd, Value, aio::MultiplexedConnection};
use tokio::time::{Instant, timeout};

use super::{
    Heard, LIMIT, Meaning, Order,
    commands::Effect,
    print::is_raw,
    scope::{Plan, scoped},
    wire::Reply,
};
use crate::{
    error::LabError,
    sessions::lab::SessionLab,
    stores::{
        StoreError,
        redis::sweep::{found, literally, step},
    },
};

/// How many keys a lab may have.
pub const MOST_KEYS: usize = 200;
/// How large the values may be together that one command names, in bytes, before it makes them larger.
pub const MOST_VALUES: u64 = 256 * 1024;
/// How many names KEYS gives.
const MOST_NAMES: usize = 2 * MOST_KEYS;

const LATE: Meaning = Meaning::Late {
    seconds: LIMIT.as_secs(),
    paused: false,
};

/// What ends a line before its answer.
enum Stop {
    Refused(Meaning),
    Store(StoreError),
    /// The server answered a command of ours with an error.
    Said(Reply),
}

impl From<Meaning> for Stop {
    fn from(meaning: Meaning) -> Self {
        Self::Refused(meaning)
    }
}

/// Sends a command with its keys moved into the lab, and prints what comes back without the prefix.
pub async fn run(lab: &SessionLab, order: &Order) -> Result<Heard, LabError> {
    let mut heard = Heard::default();
    let prefix = lab.outside.redis.prefix().into_bytes();
    let plan = match scoped(&prefix, &order.words) {
        Ok(plan) => plan,
        Err(meaning) => {
            heard.fails(meaning);
            return Ok(heard);
        }
    };
    if matches!(
        &plan,
        Plan::Send {
            effect: Effect::Grow,
            ..
        }
    ) {
        lab.note_redis_console();
    }
    let asking = ask(lab, order, &plan, &prefix, &mut heard);
    match timeout(LIMIT, asking).await {
        Ok(Ok(())) => {}
        Ok(Err(Stop::Refused(meaning))) => heard.fails(meaning),
        Ok(Err(Stop::Said(reply))) => heard.reply(reply, false),
        Ok(Err(Stop::Store(StoreError::Unreachable { reason, .. }))) => {
            heard.fails(Meaning::Down { reason });
        }
        Ok(Err(Stop::Store(error))) => return Err(error.into()),
        Err(_) => heard.fails(LATE),
    }
    Ok(heard)
}

async fn ask(
    lab: &SessionLab,
    order: &Order,
    plan: &Plan,
    prefix: &[u8],
    heard: &mut Heard,
) -> Result<(), Stop> {
    let dialled = lab.engines.redis.connection_of_its_own(LIMIT).await;
    let mut line = SharedLine {
        connection: dialled.map_err(Stop::Store)?,
        prefix,
    };
    let raw = is_raw(&order.words);
    let begun = Instant::now();
    for _ in 0..order.times {
        let reply = line.carry_out(plan).await?;
        heard.reply(reply, raw);
        if heard.paper.is_full() {
            break;
        }
    }
    heard.took(begun.elapsed());
    Ok(())
}

struct SharedLine<'a> {
    connection: MultiplexedConnection,
    prefix: &'a [u8],
}

impl SharedLine<'_> {
    async fn carry_out(&mut self, plan: &Plan) -> Result<Reply, Stop> {
        match plan {
            Plan::Send {
                words,
                keys,
                effect,
                names,
            } => {
                if *effect == Effect::Grow {
                    self.has_room(words, keys).await?;
                }
                let reply = self.send(words).await?;
                Ok(if *names {
                    self.without_prefix(reply)
                } else {
                    self.without_hint(reply)
                })
            }
            Plan::Names(pattern) => {
                let names = self.names(pattern, MOST_NAMES).await?;
                let stripped = names
                    .iter()
                    .filter_map(|name| name.strip_prefix(self.prefix));
                Ok(Reply::array(
                    stripped.map(|name| Reply::Bulk(name.to_vec())).collect(),
                ))
            }
            Plan::Count(pattern) => {
                let names = self.names(pattern, usize::MAX).await?;
                Ok(Reply::Integer(
                    i64::try_from(names.len()).unwrap_or(i64::MAX),
                ))
            }
        }
    }

    async fn send(&mut self, words: &[Vec<u8>]) -> Result<Reply, Stop> {
        self.value(words).await.map(Reply::from)
    }

    async fn value(&mut self, words: &[Vec<u8>]) -> Result<Value, Stop> {
        let mut command = Cmd::new();
        for word in words {
            command.arg(word);
        }
        // An error of the server is a value.
        let sent = self.connection.send_packed_command(&command).await;
        sent.map_err(|error| {
            Stop::Refused(if error.is_timeout() {
                LATE
            } else {
                Meaning::Closed
            })
        })
    }

    /// The names that match, each once, in steps that let others in between.
    async fn names(&mut self, pattern: &[u8], most: usize) -> Result<Vec<Vec<u8>>, Stop> {
        let mut names: Vec<Vec<u8>> = Vec::new();
        let mut cursor = b"0".to_vec();
        loop {
            let answer = self.value(&step(&cursor, pattern)).await?;
            if let Value::ServerError(_) = answer {
                return Err(Stop::Said(self.without_hint(answer.into())));
            }
            let Some((next, more)) = found(answer) else {
                return Ok(names);
            };
            for name in more {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            if next == b"0" || names.len() >= most {
                return Ok(names);
            }
            cursor = next;
        }
    }

    /// Refuses to make more of what is already much.
    async fn has_room(&mut self, words: &[Vec<u8>], keys: &[usize]) -> Result<(), Stop> {
        let (mut new, mut bytes) = (Vec::new(), 0);
        for &at in keys {
            let key = &words[at];
            let usage = [b"MEMORY".to_vec(), b"USAGE".to_vec(), key.clone()];
            match self.send(&usage).await? {
                Reply::Integer(size) => bytes += size.unsigned_abs(),
                Reply::Nil if !new.contains(&key) => new.push(key),
                // An external server may forbid to ask; then every key counts as new.
                Reply::Error(_) => new.push(key),
                _ => {}
            }
        }
        if bytes > MOST_VALUES {
            return Err(Meaning::ValuesFull { most: MOST_VALUES }.into());
        }
        if new.is_empty() {
            return Ok(());
        }
        let mut pattern = literally(self.prefix);
        pattern.push(b'*');
        let held = self.names(&pattern, usize::MAX).await?.len();
        if held + new.len() > MOST_KEYS {
            return Err(Meaning::KeysFull { most: MOST_KEYS }.into());
        }
        Ok(())
    }

    /// The answer of SCAN with the names as the student knows them.
    fn without_prefix(&self, reply: Reply) -> Reply {
        let Reply::Array { len, mut items } = reply else {
            return self.without_hint(reply);
        };
        if let Some(Reply::Array { items: names, .. }) = items.get_mut(1) {
            let stripped = names.iter().filter_map(|name| match name {
                Reply::Bulk(name) => name.strip_prefix(self.prefix),
                _ => None,
            });
            let stripped = stripped.map(|name| Reply::Bulk(name.to_vec()));
            items[1] = Reply::array(stripped.collect());
        }
        Reply::Array { len, items }
    }

    /// An error that names a key names it as the student knows it.
    fn without_hint(&self, reply: Reply) -> Reply {
        match (reply, str::from_utf8(self.prefix)) {
            (Reply::Error(text), Ok(prefix)) => {
                let text = String::from_utf8_lossy(&text).replace(prefix, "");
                Reply::Error(text.into_bytes())
            }
            (reply, _) => reply,
        }
    }
}
