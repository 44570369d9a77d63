//! What an answer means for a session, or why there is none.
//!
//! One line beside each answer, decided from the words, the reply, and whether the key is one of the
//! lab's sessions. Only what a test shows is said.

use serde::{Deserialize, Serialize};

/// What an answer of Redis means for a session, or why a line was not sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Meaning {
    // Not sent.
    /// The line has more than so many bytes.
    LineTooLong {
        /// The limit.
        most: usize,
    },
    /// The number before the command is larger than so many.
    TooManyTimes {
        /// The limit.
        most: u64,
    },
    /// A word of redis-cli itself, which never reaches a server: `exit`, `clear`, `help`, …
    LocalWord {
        /// The word.
        word: String,
    },
    /// It would change the connection, and each line has one of its own.
    EachLineAlone {
        /// The command.
        command: String,
    },
    /// Its answer never ends.
    Endless {
        /// The command.
        command: String,
    },
    /// A Redis that others use too does not get this command from here.
    NotHere {
        /// The command.
        command: String,
    },
    /// This option leads outside of the lab.
    Outside {
        /// The option.
        option: String,
    },
    /// A number that is larger than others can bear.
    TooMuch {
        /// The limit.
        most: i64,
    },
    /// The lab has as many keys as it may, in a Redis that others use too.
    KeysFull {
        /// The limit.
        most: usize,
    },
    /// The values of the keys named are as large as they may be together, in a Redis that others use too.
    ValuesFull {
        /// The limit in bytes.
        most: u64,
    },

    // No answer, or only a part of it.
    /// No answer after so many seconds.
    Late {
        /// The limit.
        seconds: u64,
        /// Whether the student made the server stand still.
        paused: bool,
    },
    /// Nobody listens: why.
    Down {
        /// The reason.
        reason: String,
    },
    /// The server closed the connection instead of answering.
    Closed,
    /// Only so many bytes are printed.
    Cut {
        /// The limit.
        bytes: usize,
    },
    /// SHUTDOWN: it has ended.
    ShutDown {
        /// Whether it wrote what it had to disk: `None` if that is left to its settings.
        saved: Option<bool>,
    },

    // Errors.
    /// A quote is not closed, or something stands right behind one that is.
    Quotes,
    /// What stands before the command is no number to repeat it.
    BadTimes,
    /// No such command.
    Unknown {
        /// The one that was probably meant.
        nearest: Option<String>,
    },
    /// Too few arguments or too many, or an option that there is not.
    Usage {
        /// The command.
        command: String,
        /// Its arguments.
        hint: String,
    },
    /// The key holds another type than the command is for.
    WrongType,
    /// The student's user may not do this.
    NoPerm,
    /// The value is no number.
    NotANumber,
    /// The memory is full.
    OutOfMemory,
    /// A script is running on.
    Busy,

    // Deleting.
    /// So many of the lab's sessions were deleted.
    LoggedOut {
        /// How many.
        sessions: usize,
    },
    /// So many keys are gone, none of them a session.
    Deleted {
        /// How many.
        keys: i64,
    },
    /// There was nothing to delete.
    NothingDeleted,
    /// Everything is gone.
    Flushed,

    // Writing.
    /// Written without a time to live.
    Forever {
        /// Whether it is one of the lab's sessions.
        session: bool,
    },
    /// Written, with so many milliseconds to live.
    LivesFor {
        /// The time to live.
        ms: i64,
        /// Whether it is one of the lab's sessions.
        session: bool,
    },
    /// Written, and the time to live is as it was.
    KeptTtl,
    /// NX or XX: nothing was written.
    NotWritten {
        /// Whether it was NX.
        nx: bool,
    },

    // Time.
    /// TTL: -1.
    NeverExpires {
        /// Whether it is one of the lab's sessions.
        session: bool,
    },
    /// TTL: -2.
    NoKey {
        /// Whether the key would be a session's.
        session: bool,
    },
    /// TTL: so much is left.
    Left {
        /// In milliseconds.
        ms: i64,
        /// Whether it is one of the lab's sessions.
        session: bool,
    },
    /// EXPIRE: it will end.
    WillExpire {
        /// Whether it is one of the lab's sessions.
        session: bool,
    },
    /// EXPIRE with a time that is over: it is gone.
    ExpiredAtOnce {
        /// Whether it was one of the lab's sessions.
        session: bool,
    },
    /// EXPIRE: there is no such key, or the condition did not hold.
    NotExpired,
    /// PERSIST: it stays for ever.
    Persisted {
        /// Whether it is one of the lab's sessions.
        session: bool,
    },
    /// PERSIST: there was no time to live to take away.
    NotPersisted,

    // Looking.
    /// GET of one of the lab's sessions: this is what the Site reads.
    Record,
    /// GET: there is nothing.
    Nothing {
        /// Whether the key would be a session's.
        session: bool,
    },
    /// KEYS looks at every key in one go.
    KeysBlocks {
        /// Whether SCAN was sent in its place.
        scanned: bool,
    },
    /// SCAN: the first number says where to go on.
    ScanMore {
        /// Whether it has come to the end.
        end: bool,
    },
    /// So many of the keys named exist.
    Exist {
        /// How many.
        keys: i64,
    },
    /// A session is a string with JSON in it.
    SessionType,
    /// So many keys.
    Size {
        /// Whether only the lab's are counted, because others are there too.
        lab: bool,
    },
    /// How many bytes the key takes.
    Bytes,
    /// How Redis keeps the value inside.
    Encoding,

    // The server.
    /// SAVE: the process writes, and answers nobody meanwhile.
    SaveBlocks,
    /// BGSAVE: a child writes, and the process goes on.
    BackgroundSave,
    /// CONFIG GET save.
    ConfigSave,
    /// CONFIG GET appendonly.
    ConfigAof,
    /// CONFIG GET maxmemory-policy.
    ConfigPolicy,
    /// CONFIG GET dir.
    ConfigDir,
    /// INFO persistence.
    InfoPersistence,
}
