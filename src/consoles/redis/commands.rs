//! The commands that the console knows, and where in each of them the keys are.
//!
//! On the lab's own Redis nothing has to be known of a command: the server decides. On a Redis that
//! others use too, only what stands here is sent, because only there it is certain which words are
//! keys. The same table completes what is typed.

/// Where a command's keys are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keys {
    /// Nowhere.
    None,
    /// One, at this place (0 is the command's name).
    At(usize),
    /// The first two arguments.
    Two,
    /// All arguments.
    All,
    /// Every other argument, from the first on.
    Pairs,
    /// As many as the number at this place says, behind it; if it is the second argument, the first one too.
    Counted(usize),
    /// `KEYS`: a pattern of names.
    Pattern,
    /// `SCAN`: a pattern behind `MATCH`.
    Scan,
    /// `DBSIZE`: all of them.
    Whole,
    /// It is about the whole server, so only the student's own Redis gets it.
    Server,
}

/// What a command can do to what is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It looks.
    Look,
    /// It takes away, or changes a time to live.
    Shrink,
    /// It may create a key, or make one larger.
    Grow,
}

/// One command.
#[derive(Clone, Copy, Debug)]
pub struct Command {
    /// In upper case, with its subcommand.
    pub name: &'static str,
    /// Its arguments, as redis-cli hints at them.
    pub hint: &'static str,
    /// Where its keys are.
    pub keys: Keys,
    /// What it can do.
    pub effect: Effect,
}

use Effect::{Grow, Look, Shrink};
use Keys::{All, At, Counted, None as No, Pairs, Pattern, Scan, Server, Two, Whole};

const fn c(name: &'static str, hint: &'static str, keys: Keys, effect: Effect) -> Command {
    Command {
        name,
        hint,
        keys,
        effect,
    }
}

/// All of them, those of the course first.
#[rustfmt::skip]
pub const COMMANDS: &[Command] = &[
    c("SET", "key value [NX|XX] [GET] [EX seconds|PX milliseconds|EXAT seconds|PXAT milliseconds|KEEPTTL]", At(1), Grow),
    c("GET", "key", At(1), Look),
    c("TTL", "key", At(1), Look),
    c("PTTL", "key", At(1), Look),
    c("EXPIRE", "key seconds [NX|XX|GT|LT]", At(1), Shrink),
    c("PEXPIRE", "key milliseconds [NX|XX|GT|LT]", At(1), Shrink),
    c("EXPIREAT", "key unix-seconds [NX|XX|GT|LT]", At(1), Shrink),
    c("PEXPIREAT", "key unix-milliseconds [NX|XX|GT|LT]", At(1), Shrink),
    c("EXPIRETIME", "key", At(1), Look),
    c("PEXPIRETIME", "key", At(1), Look),
    c("PERSIST", "key", At(1), Shrink),
    c("DEL", "key [key ...]", All, Shrink),
    c("UNLINK", "key [key ...]", All, Shrink),
    c("EXISTS", "key [key ...]", All, Look),
    c("TYPE", "key", At(1), Look),
    c("TOUCH", "key [key ...]", All, Look),
    c("KEYS", "pattern", Pattern, Look),
    c("SCAN", "cursor [MATCH pattern] [COUNT count] [TYPE type]", Scan, Look),
    c("RENAME", "key newkey", Two, Grow),
    c("RENAMENX", "key newkey", Two, Grow),
    c("COPY", "source destination [REPLACE]", Two, Grow),
    c("OBJECT ENCODING", "key", At(2), Look),
    c("OBJECT REFCOUNT", "key", At(2), Look),
    c("OBJECT IDLETIME", "key", At(2), Look),
    c("OBJECT FREQ", "key", At(2), Look),
    c("MEMORY USAGE", "key [SAMPLES count]", At(2), Look),
    c("SORT", "key [LIMIT offset count] [ASC|DESC] [ALPHA]", At(1), Look),
    // Strings and counters.
    c("MGET", "key [key ...]", All, Look),
    c("MSET", "key value [key value ...]", Pairs, Grow),
    c("MSETNX", "key value [key value ...]", Pairs, Grow),
    c("SETNX", "key value", At(1), Grow),
    c("SETEX", "key seconds value", At(1), Grow),
    c("PSETEX", "key milliseconds value", At(1), Grow),
    c("GETSET", "key value", At(1), Grow),
    c("GETDEL", "key", At(1), Shrink),
    c("GETEX", "key [EX seconds|PX milliseconds|EXAT seconds|PXAT milliseconds|PERSIST]", At(1), Shrink),
    c("INCR", "key", At(1), Grow),
    c("DECR", "key", At(1), Grow),
    c("INCRBY", "key increment", At(1), Grow),
    c("DECRBY", "key decrement", At(1), Grow),
    c("INCRBYFLOAT", "key increment", At(1), Grow),
    c("APPEND", "key value", At(1), Grow),
    c("STRLEN", "key", At(1), Look),
    c("GETRANGE", "key start end", At(1), Look),
    c("SETRANGE", "key offset value", At(1), Grow),
    // Lists.
    c("LPUSH", "key element [element ...]", At(1), Grow),
    c("RPUSH", "key element [element ...]", At(1), Grow),
    c("LPUSHX", "key element [element ...]", At(1), Grow),
    c("RPUSHX", "key element [element ...]", At(1), Grow),
    c("LPOP", "key [count]", At(1), Shrink),
    c("RPOP", "key [count]", At(1), Shrink),
    c("LRANGE", "key start stop", At(1), Look),
    c("LLEN", "key", At(1), Look),
    c("LINDEX", "key index", At(1), Look),
    c("LPOS", "key element [RANK rank] [COUNT count] [MAXLEN length]", At(1), Look),
    c("LSET", "key index element", At(1), Grow),
    c("LINSERT", "key BEFORE|AFTER pivot element", At(1), Grow),
    c("LREM", "key count element", At(1), Shrink),
    c("LTRIM", "key start stop", At(1), Shrink),
    c("LMOVE", "source destination LEFT|RIGHT LEFT|RIGHT", Two, Grow),
    c("RPOPLPUSH", "source destination", Two, Grow),
    // Hashes.
    c("HSET", "key field value [field value ...]", At(1), Grow),
    c("HMSET", "key field value [field value ...]", At(1), Grow),
    c("HSETNX", "key field value", At(1), Grow),
    c("HGET", "key field", At(1), Look),
    c("HMGET", "key field [field ...]", At(1), Look),
    c("HGETALL", "key", At(1), Look),
    c("HKEYS", "key", At(1), Look),
    c("HVALS", "key", At(1), Look),
    c("HLEN", "key", At(1), Look),
    c("HEXISTS", "key field", At(1), Look),
    c("HSTRLEN", "key field", At(1), Look),
    c("HDEL", "key field [field ...]", At(1), Shrink),
    c("HINCRBY", "key field increment", At(1), Grow),
    c("HINCRBYFLOAT", "key field increment", At(1), Grow),
    c("HRANDFIELD", "key [count [WITHVALUES]]", At(1), Look),
    c("HSCAN", "key cursor [MATCH pattern] [COUNT count]", At(1), Look),
    // Sets.
    c("SADD", "key member [member ...]", At(1), Grow),
    c("SREM", "key member [member ...]", At(1), Shrink),
    c("SMEMBERS", "key", At(1), Look),
    c("SCARD", "key", At(1), Look),
    c("SISMEMBER", "key member", At(1), Look),
    c("SMISMEMBER", "key member [member ...]", At(1), Look),
    c("SPOP", "key [count]", At(1), Shrink),
    c("SRANDMEMBER", "key [count]", At(1), Look),
    c("SMOVE", "source destination member", Two, Grow),
    c("SINTER", "key [key ...]", All, Look),
    c("SUNION", "key [key ...]", All, Look),
    c("SDIFF", "key [key ...]", All, Look),
    c("SINTERCARD", "numkeys key [key ...] [LIMIT limit]", Counted(1), Look),
    c("SINTERSTORE", "destination key [key ...]", All, Grow),
    c("SUNIONSTORE", "destination key [key ...]", All, Grow),
    c("SDIFFSTORE", "destination key [key ...]", All, Grow),
    c("SSCAN", "key cursor [MATCH pattern] [COUNT count]", At(1), Look),
    // Sorted sets.
    c("ZADD", "key [NX|XX] [GT|LT] [CH] [INCR] score member [score member ...]", At(1), Grow),
    c("ZREM", "key member [member ...]", At(1), Shrink),
    c("ZRANGE", "key start stop [BYSCORE|BYLEX] [REV] [LIMIT offset count] [WITHSCORES]", At(1), Look),
    c("ZREVRANGE", "key start stop [WITHSCORES]", At(1), Look),
    c("ZRANGEBYSCORE", "key min max [WITHSCORES] [LIMIT offset count]", At(1), Look),
    c("ZCARD", "key", At(1), Look),
    c("ZCOUNT", "key min max", At(1), Look),
    c("ZSCORE", "key member", At(1), Look),
    c("ZMSCORE", "key member [member ...]", At(1), Look),
    c("ZRANK", "key member", At(1), Look),
    c("ZREVRANK", "key member", At(1), Look),
    c("ZINCRBY", "key increment member", At(1), Grow),
    c("ZPOPMIN", "key [count]", At(1), Shrink),
    c("ZPOPMAX", "key [count]", At(1), Shrink),
    c("ZREMRANGEBYRANK", "key start stop", At(1), Shrink),
    c("ZREMRANGEBYSCORE", "key min max", At(1), Shrink),
    c("ZRANDMEMBER", "key [count [WITHSCORES]]", At(1), Look),
    c("ZUNION", "numkeys key [key ...] [WEIGHTS weight ...] [AGGREGATE SUM|MIN|MAX] [WITHSCORES]", Counted(1), Look),
    c("ZINTER", "numkeys key [key ...] [WEIGHTS weight ...] [AGGREGATE SUM|MIN|MAX] [WITHSCORES]", Counted(1), Look),
    c("ZDIFF", "numkeys key [key ...] [WITHSCORES]", Counted(1), Look),
    c("ZUNIONSTORE", "destination numkeys key [key ...] [WEIGHTS weight ...] [AGGREGATE SUM|MIN|MAX]", Counted(2), Grow),
    c("ZINTERSTORE", "destination numkeys key [key ...] [WEIGHTS weight ...] [AGGREGATE SUM|MIN|MAX]", Counted(2), Grow),
    c("ZDIFFSTORE", "destination numkeys key [key ...]", Counted(2), Grow),
    c("ZSCAN", "key cursor [MATCH pattern] [COUNT count]", At(1), Look),
    // No keys at all.
    c("PING", "[message]", No, Look),
    c("ECHO", "message", No, Look),
    c("TIME", "", No, Look),
    // The server.
    c("DBSIZE", "", Whole, Look),
    c("INFO", "[section]", Server, Look),
    c("CONFIG GET", "parameter", Server, Look),
    c("SAVE", "", Server, Look),
    c("BGSAVE", "", Server, Look),
    c("BGREWRITEAOF", "", Server, Look),
    c("LASTSAVE", "", Server, Look),
    c("SHUTDOWN", "[NOSAVE|SAVE]", Server, Look),
    c("FLUSHDB", "[ASYNC|SYNC]", Server, Shrink),
    c("FLUSHALL", "[ASYNC|SYNC]", Server, Shrink),
    c("RANDOMKEY", "", Server, Look),
    c("MEMORY DOCTOR", "", Server, Look),
    c("MEMORY STATS", "", Server, Look),
    c("CLIENT LIST", "", Server, Look),
    c("CLIENT ID", "", Server, Look),
    c("CLIENT INFO", "", Server, Look),
    c("COMMAND COUNT", "", Server, Look),
    c("ACL WHOAMI", "", Server, Look),
    c("ACL CAT", "[category]", Server, Look),
    c("SLOWLOG GET", "[count]", Server, Look),
    c("SELECT", "index", Server, Look),
    c("EVAL", "script numkeys [key ...] [arg ...]", Server, Grow),
    c("EVALSHA", "sha1 numkeys [key ...] [arg ...]", Server, Grow),
    c("SCRIPT LOAD", "script", Server, Look),
    c("CONFIG SET", "parameter value", Server, Look),
    c("DUMP", "key", Server, Look),
    c("ROLE", "", Server, Look),
];

/// The command that these words name.
#[must_use]
pub fn find(words: &[Vec<u8>]) -> Option<&'static Command> {
    let is = |name: &str, word: Option<&Vec<u8>>| {
        word.is_some_and(|word| word.eq_ignore_ascii_case(name.as_bytes()))
    };
    COMMANDS
        .iter()
        .find(|command| match command.name.split_once(' ') {
            Some((name, sub)) => is(name, words.first()) && is(sub, words.get(1)),
            None => is(command.name, words.first()),
        })
}

/// The most mistakes in a name that is still recognised.
const MISTAKES: usize = 2;

/// The command whose name is nearest to a mistyped one, if any is near.
#[must_use]
pub fn nearest(typed: &[u8]) -> Option<&'static str> {
    let typed = typed.to_ascii_uppercase();
    // Almost anything is near to a name of two letters.
    let allowed = MISTAKES.min(typed.len().saturating_sub(1) / 2);
    COMMANDS
        .iter()
        .map(|command| command.name.split(' ').next().unwrap_or_default())
        .map(|name| (distance(&typed, name.as_bytes()), name))
        .filter(|(mistakes, _)| *mistakes <= allowed)
        .min_by_key(|(mistakes, _)| *mistakes)
        // A name without a mistake is not a mistyped one.
        .filter(|(mistakes, _)| *mistakes > 0)
        .map(|(_, name)| name)
}

/// How many letters have to be put in, taken away, changed, or swapped with the next one.
fn distance(from: &[u8], to: &[u8]) -> usize {
    if from.len().abs_diff(to.len()) > MISTAKES {
        return usize::MAX;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, b) in to.iter().enumerate() {
            let changed = row[j] + usize::from(a != b);
            let mut least = changed.min(row[j + 1] + 1).min(next[j] + 1);
            if i > 0 && j > 0 && *a == to[j - 1] && from[i - 1] == *b {
                least = least.min(before[j - 1] + 1);
            }
            next.push(least);
        }
        before = std::mem::replace(&mut row, next);
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<Vec<u8>> {
        line.split(' ')
            .map(|word| word.as_bytes().to_vec())
            .collect()
    }

    #[test]
    fn a_command_is_found_with_its_subcommand() {
        assert_eq!(
            find(&words("object Encoding a")).unwrap().name,
            "OBJECT ENCODING"
        );
        assert_eq!(find(&words("gEt a")).unwrap().name, "GET");
        assert!(find(&words("object nothing a")).is_none());
        assert!(find(&words("gets a")).is_none());
    }

    #[test]
    fn the_nearest_command_is_named() {
        for (typed, name) in [
            ("gte", "GET"),
            ("exprie", "EXPIRE"),
            ("hgetal", "HGETALL"),
            ("EXIST", "EXISTS"),
            ("dbsise", "DBSIZE"),
            ("sett", "SET"),
            ("persits", "PERSIST"),
        ] {
            assert_eq!(nearest(typed.as_bytes()), Some(name), "{typed}");
        }
        for typed in ["hello-world", "xx", "console", "get", ""] {
            assert_eq!(nearest(typed.as_bytes()), None, "{typed}");
        }
    }

    #[test]
    fn no_name_stands_twice() {
        let mut names: Vec<_> = COMMANDS.iter().map(|command| command.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), COMMANDS.len());
    }
}
