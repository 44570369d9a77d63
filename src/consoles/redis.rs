//! redis-cli on the lab's own Redis.
//!
//! A line is taken apart as redis-cli does it (`line`), sent over a connection of its own, so that
//! what takes long holds up nobody else, and the reply is printed as redis-cli prints it (`print`).
//! In the lab's own Redis nothing is rewritten: its ACL decides what a student may do (`private`). In
//! one that others use too, every key is moved into the lab first (`scope`, `shared`). Beside the
//! answer stands what it means for a session (`meaning`, `decide`).

use std::time::Duration;

use tower_sessions::session::Id;

use self::{line::Line, print::Paper, wire::Reply};
use super::answer::{self, Answer};
use crate::{error::LabError, sessions::lab::SessionLab, stores::StoreKind};

pub mod commands;
mod decide;
pub mod line;
mod meaning;
mod print;
mod private;
pub mod scope;
mod shared;
pub mod text;
mod wire;

pub use meaning::Meaning;

/// How long a line may be, in bytes.
pub const MOST_LINE: usize = 4096;
/// How often a line may repeat its command.
pub const MOST_TIMES: u64 = 20;
/// How long an answer may take.
pub const LIMIT: Duration = Duration::from_secs(2);
/// From here on redis-cli says how long it took.
const SLOW: Duration = Duration::from_millis(500);

/// Words of redis-cli that never reach a server, whatever follows them.
const LOCAL: &[&str] = &["exit", "quit", "restart", "help", "?"];
/// What changes the connection that it is sent over.
const OF_THE_CONNECTION: &[&str] = &[
    "auth",
    "hello",
    "reset",
    "quit",
    "asking",
    "readonly",
    "readwrite",
];
/// What is answered without end.
const ENDLESS: &[&str] = &[
    "subscribe",
    "psubscribe",
    "ssubscribe",
    "monitor",
    "sync",
    "psync",
];

/// What came back for a line.
#[derive(Default)]
struct Heard {
    paper: Paper,
    last: Option<Reply>,
    failed: bool,
    /// What is said whatever the last reply means.
    instead: Option<Meaning>,
    /// Whether the last reply was not read to its end.
    cut: bool,
}

impl Heard {
    fn reply(&mut self, reply: Reply, raw: bool) {
        self.paper.reply(&reply, raw);
        self.failed |= reply.is_error();
        self.last = Some(reply);
    }

    fn fails(&mut self, meaning: Meaning) {
        self.failed = true;
        self.instead = Some(meaning);
    }

    fn took(&mut self, time: Duration) {
        if time >= SLOW {
            self.paper.text(&format!("({:.2}s)\n", time.as_secs_f64()));
        }
    }
}

/// A command to be sent.
struct Order {
    words: Vec<Vec<u8>>,
    times: u64,
}

/// Does what redis-cli does with a line. What keeps a server from answering is an answer too.
///
/// # Errors
/// [`LabError::NoRedisLeft`], and what keeps a server from being asked at all.
pub async fn type_line(lab: &SessionLab, line: &str) -> Result<Answer, LabError> {
    let order = match order(line) {
        Ok(Some(order)) => order,
        Ok(None) => return Ok(said("", false, None)),
        Err(refused) => return Ok(refused),
    };
    let shared = lab.engines.own_redis.is_none();
    let heard = if shared {
        Box::pin(shared::run(lab, &order)).await?
    } else {
        let own = Box::pin(lab.own_redis()).await?;
        Box::pin(private::run(&own, &order)).await?
    };
    lab.notebook.announce();
    let is_session = |key: &[u8]| is_session(lab, key);
    let meant = heard.last.as_ref().and_then(|reply| {
        decide::meaning(&decide::Seen {
            words: &order.words,
            reply,
            is_session: &is_session,
            shared,
        })
    });
    let (printed, cut) = heard.paper.finish(heard.cut);
    let cut = cut.then_some(Meaning::Cut { bytes: print::MOST });
    Ok(Answer {
        printed,
        failed: heard.failed,
        meaning: heard.instead.or(cut).or(meant).map(answer::Meaning::Redis),
    })
}

/// What can be completed: a command with its subcommand, and its arguments.
#[must_use]
pub fn completions() -> Vec<(&'static str, &'static str)> {
    let pair = |command: &commands::Command| (command.name, command.hint);
    commands::COMMANDS.iter().map(pair).collect()
}

/// What is to be sent, or what redis-cli says by itself, or why it is not sent.
fn order(line: &str) -> Result<Option<Order>, Answer> {
    if line.len() > MOST_LINE {
        return Err(refused(Meaning::LineTooLong { most: MOST_LINE }));
    }
    match Line::of(line) {
        Line::Blank => Ok(None),
        Line::Unbalanced => Err(said("Invalid argument(s)", true, Some(Meaning::Quotes))),
        Line::BadTimes => Err(said(
            "Invalid redis-cli repeat command option value.",
            true,
            Some(Meaning::BadTimes),
        )),
        Line::Command {
            times,
            first,
            words,
        } => match not_sent(times, &first, &words) {
            Some(meaning) => Err(refused(meaning)),
            None => Ok(Some(Order { words, times })),
        },
    }
}

/// Why a command reaches no server.
fn not_sent(times: u64, first: &[u8], words: &[Vec<u8>]) -> Option<Meaning> {
    let name = words.first().map(Vec::as_slice).unwrap_or_default();
    let text = |word: &[u8]| String::from_utf8_lossy(word).into_owned();
    let among = |names: &[&str], word: &[u8]| {
        let mut names = names.iter();
        names.any(|name| word.eq_ignore_ascii_case(name.as_bytes()))
    };
    let of_redis_cli = among(LOCAL, first)
        || among(&["help", "?"], name)
        || first.starts_with(b":")
        || among(&["clear"], first) && words.len() == 1
        || among(&["connect"], first) && words.len() == 3;
    if of_redis_cli {
        return Some(Meaning::LocalWord { word: text(name) });
    }
    if times > MOST_TIMES {
        return Some(Meaning::TooManyTimes { most: MOST_TIMES });
    }
    let command = text(name).to_uppercase();
    if among(OF_THE_CONNECTION, name) {
        return Some(Meaning::EachLineAlone { command });
    }
    among(ENDLESS, name).then_some(Meaning::Endless { command })
}

fn refused(meaning: Meaning) -> Answer {
    said("", true, Some(meaning))
}

fn said(printed: &str, failed: bool, meaning: Option<Meaning>) -> Answer {
    Answer {
        printed: printed.to_owned(),
        failed,
        meaning: meaning.map(answer::Meaning::Redis),
    }
}

/// Whether this key is that of a session that the lab knows.
fn is_session(lab: &SessionLab, key: &[u8]) -> bool {
    let id = key
        .strip_prefix(b"sess:")
        .and_then(|id| str::from_utf8(id).ok());
    id.is_some_and(|id| {
        let known = id.parse::<Id>().is_ok();
        known
            && lab
                .notebook
                .page()
                .ledger
                .find(StoreKind::Redis, id)
                .is_some()
    })
}
