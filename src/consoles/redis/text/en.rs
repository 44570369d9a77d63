//! English.

use super::{RedisConsoleText, time};
use crate::consoles::redis::Meaning;

pub(super) static TEXT: RedisConsoleText = RedisConsoleText { meaning };

#[expect(clippy::too_many_lines, reason = "one text for each meaning")]
fn meaning(meaning: &Meaning) -> String {
    match meaning {
        Meaning::LineTooLong { most } => {
            format!("The line has more than {most} bytes and was not sent.")
        }
        Meaning::TooManyTimes { most } => {
            format!("A command is repeated {most} times at most here; it was not sent.")
        }
        Meaning::LocalWord { word } => format!(
            "“{word}” is an order to redis-cli itself: it never reaches a server, and is not needed here."
        ),
        Meaning::EachLineAlone { command } => format!(
            "{command} changes the connection, and each line here has a new one: it would mean nothing to the next."
        ),
        Meaning::Endless { command } => format!(
            "{command} answers without end, and this console waits for one answer per line."
        ),
        Meaning::NotHere { command } => format!(
            "{command} is not sent: others use this Redis too, and only commands that stay with your keys pass."
        ),
        Meaning::Outside { option } => format!(
            "The option {option} leads outside of your keys, and others use this Redis too: it was not sent."
        ),
        Meaning::TooMuch { most } => {
            format!("That number is too large for a Redis that others use too: {most} at most.")
        }
        Meaning::KeysFull { most } => format!(
            "Your lab has {most} keys already, as many as fit here: others use this Redis too. Delete one with DEL."
        ),
        Meaning::ValuesFull { most } => format!(
            "Those keys take more than {} KB already, and others use this Redis too. Delete something before you write more.",
            most / 1024
        ),
        Meaning::Late { seconds, paused: true } => format!("No answer in {seconds} s: your Redis is paused (SIGSTOP). Resume it and try again."),
        Meaning::Late { seconds, paused: false } => format!("No answer in {seconds} s, so the line is cut off. Redis serves one command at a time: while a slow one lasts, everybody waits."),
        Meaning::Down { reason } => format!("Redis is not running ({reason}). If it is yours, start it and try again."),
        Meaning::Closed => "The server closed the connection instead of answering.".to_owned(),
        Meaning::Cut { bytes } => format!("The answer goes on: these are its first {} KB.", bytes / 1024),
        Meaning::Quotes => "A quote is not closed, or something stands right behind a closing one. Nothing was sent.".to_owned(),
        Meaning::BadTimes => "A number before a command repeats it, and has to be 1 or more.".to_owned(),
        Meaning::Unknown { nearest: Some(nearest) } => format!("There is no such command. Did you mean {nearest}?"),
        Meaning::Unknown { nearest: None } => "There is no such command. Tab shows those that there are.".to_owned(),
        Meaning::Usage { command, hint } => format!("It is written like this: {command} {hint}").trim_end().to_owned(),
        Meaning::WrongType => "The key holds another type of data; TYPE says which. A session is a string.".to_owned(),
        Meaning::NoPerm => "Your Redis user has no such permission (ACL): whatever reaches files, the network or other processes is closed.".to_owned(),
        Meaning::NotANumber => "A number is needed, and there is none.".to_owned(),
        Meaning::OutOfMemory => "The memory is full (maxmemory): Redis reads and deletes, but writes no more. Sessions are not kept either.".to_owned(),
        Meaning::Busy => "A script is still running and Redis serves nobody else; SCRIPT KILL ends it if it has not written yet.".to_owned(),
        Meaning::ShutDown { saved: Some(true) } => "Redis saved its data and ended. There are no Redis sessions until you start it.".to_owned(),
        Meaning::ShutDown { saved: Some(false) } => "Redis ended without saving: it comes back with what was on disk before. Start it and see which sessions are left.".to_owned(),
        Meaning::ShutDown { saved: None } => "Redis ended. Whether it saved first is up to its persistence: start it and see which sessions are left.".to_owned(),
        Meaning::LoggedOut { sessions: 1 } => "It was a session: the cookie is still in the browser, but leads nowhere. The next request will be anonymous.".to_owned(),
        Meaning::LoggedOut { sessions } => {
            format!(
                "They were {sessions} sessions: their cookies are still there, but lead nowhere. The next request of each will be anonymous."
            )
        }
        Meaning::Deleted { keys: 1 } => "One key less.".to_owned(),
        Meaning::Deleted { keys } => format!("{keys} keys less."),
        Meaning::NothingDeleted => "There was nothing to delete: 0 keys.".to_owned(),
        Meaning::Flushed => "Everything is gone, all Redis sessions too: their next requests will be anonymous.".to_owned(),
        Meaning::Forever { session: true } => "A SET without EX or KEEPTTL throws the TTL away: Redis will not delete this record by itself any more, until the Site saves it again. And the Site reads what you just wrote.".to_owned(),
        Meaning::Forever { session: false } => "Without EX or KEEPTTL the key does not expire; if it had a TTL, it has lost it.".to_owned(),
        Meaning::LivesFor { ms, session: true } => {
            format!(
                "This is the session's record now, and it dies in {}.",
                time(*ms)
            )
        }
        Meaning::LivesFor { ms, session: false } => {
            format!("The key dies by itself in {}.", time(*ms))
        }
        Meaning::KeptTtl => "KEEPTTL: the value changes, and the TTL is as it was.".to_owned(),
        Meaning::NotWritten { nx: true } => "Nothing was written: NX wants that there is no such key. So nobody writes over a session with the same id.".to_owned(),
        Meaning::NotWritten { nx: false } => "Nothing was written: XX wants that there is such a key. So a deleted session does not live again.".to_owned(),
        Meaning::NeverExpires { session: true } => "-1: it exists and does not expire. Redis will not delete this session by itself.".to_owned(),
        Meaning::NeverExpires { session: false } => "-1: the key exists and does not expire.".to_owned(),
        Meaning::NoKey { session: true } => "-2: there is no such key. That session is over: whoever brings its cookie comes in as anonymous.".to_owned(),
        Meaning::NoKey { session: false } => "-2: there is no such key.".to_owned(),
        Meaning::Left { ms, session: true } => {
            format!(
                "The session has {} left; then Redis deletes it by itself, nobody has to clean.",
                time(*ms)
            )
        }
        Meaning::Left { ms, session: false } => {
            format!(
                "It has {} left; then Redis deletes it by itself.",
                time(*ms)
            )
        }
        Meaning::WillExpire { session: true } => "The record's clock changes; the cookie's does not. When the record dies, the next request will be anonymous.".to_owned(),
        Meaning::WillExpire { session: false } => "The key has a TTL now.".to_owned(),
        Meaning::ExpiredAtOnce { session: true } => "A time that is over deletes at once: this session's next request will be anonymous.".to_owned(),
        Meaning::ExpiredAtOnce { session: false } => "A time that is over deletes the key at once.".to_owned(),
        Meaning::NotExpired => "0: nothing was changed; there is no such key, or the condition does not hold.".to_owned(),
        Meaning::Persisted { session: true } => "No TTL: Redis will not delete this session by itself. When the Site saves it again, it gets a new one.".to_owned(),
        Meaning::Persisted { session: false } => "No TTL: the key does not expire any more.".to_owned(),
        Meaning::NotPersisted => "0: there was no TTL to take away, or there is no such key.".to_owned(),
        Meaning::Record => "This JSON is all that the Site knows of the session; the cookie carries only the id.".to_owned(),
        Meaning::Nothing { session: true } => "(nil): that session does not exist. Whoever brings its cookie comes in as anonymous.".to_owned(),
        Meaning::Nothing { session: false } => "(nil): there is no such key.".to_owned(),
        Meaning::KeysBlocks { scanned: false } => "KEYS looks at every key in one go, and meanwhile Redis serves nobody. In production, SCAN.".to_owned(),
        Meaning::KeysBlocks { scanned: true } => "KEYS would stop everybody, and others use this Redis too: here it goes by SCAN, in steps and among your keys only.".to_owned(),
        Meaning::ScanMore { end: true } => "Cursor \"0\": this is the end. SCAN goes in steps and does not block the server.".to_owned(),
        Meaning::ScanMore { end: false } => "There is more: repeat SCAN with that cursor, until \"0\" comes back.".to_owned(),
        Meaning::Exist { keys: 0 } => "0: none of them exists.".to_owned(),
        Meaning::Exist { keys } => {
            format!("{keys} of those named exist; one named twice counts twice.")
        }
        Meaning::SessionType => "A session is a string: JSON that the server writes and reads as a whole.".to_owned(),
        Meaning::Size { lab: false } => "The keys of your Redis; each session is one.".to_owned(),
        Meaning::Size { lab: true } => "Only your keys are counted: others use this server too, and it has more.".to_owned(),
        Meaning::Bytes => "Bytes in memory, with what Redis adds to each key. Multiply by your users.".to_owned(),
        Meaning::Encoding => "How Redis keeps it inside; that changes by itself with the size.".to_owned(),
        Meaning::SaveBlocks => "SAVE writes dump.rdb in the process itself: until it is done, not one session is served. BGSAVE does not stop.".to_owned(),
        Meaning::BackgroundSave => "A child process (fork) writes dump.rdb and Redis goes on serving. What changes later is not in that copy.".to_owned(),
        Meaning::ConfigSave => "When Redis takes a copy by itself: seconds and changes. Empty: never.".to_owned(),
        Meaning::ConfigAof => "“yes”: every write goes to a journal, and a crash loses little or nothing. “no”: only the last copy is left.".to_owned(),
        Meaning::ConfigPolicy => "What it does when the memory is full: noeviction refuses to write; the allkeys-* ones forget keys, sessions too.".to_owned(),
        Meaning::ConfigDir => "The folder where it writes dump.rdb and the journal.".to_owned(),
        Meaning::InfoPersistence => "rdb_changes_since_last_save: the changes that a crash would lose if there are only RDB copies.".to_owned(),
    }
}
