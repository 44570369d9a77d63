//! The configuration file of a lab's Redis: two users, small limits, no way out.
//!
//! Redis reads no command of the student that reaches a file, the network or another process. The
//! file is only for us (0600): it holds the keeper's password, which a command line would show to
//! everybody on the machine.

use std::{fmt::Write as _, io, path::Path};

use tokio::{fs, io::AsyncWriteExt};

use crate::engines::view::Persistence;

/// The file's name in the lab's folder.
pub const FILE: &str = "own.conf";
/// The snapshots that Redis takes by itself: after this many seconds if there were this many changes.
pub const SAVE_RULES: &str = "3600 1 300 100 60 10000";
/// What a student's Redis may hold.
pub const MAXMEMORY: &str = "8mb";

/// Which Redis is spoken to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// Redis 7, Valkey.
    Seven,
    /// Redis 6, which refuses to start when it reads a word of the other.
    Six,
}

/// What a student may not do, of what is not already `@admin` or `@dangerous`. Blocking,
/// transactions and subscriptions would hold up the one connection that the lab shares.
const TAKEN: &str = "-cluster -client -config -script -acl -module -debug -monitor -migrate -swapdb \
    -@blocking -@transaction -subscribe -psubscribe";
const TAKEN_SEVEN: &str = "-function -ssubscribe -sunsubscribe";
/// What a class may type although Redis calls it dangerous.
const GIVEN: &str = "+keys +info +sort +flushall +flushdb +save +bgsave +lastsave +bgrewriteaof +shutdown +role \
    +slowlog|get +slowlog|len +slowlog|reset +config|get +acl|whoami +acl|cat \
    +client|id +client|getname +client|setname +client|info +client|list \
    +script|load +script|exists +script|flush +script|kill";
const GIVEN_SEVEN: &str = "+sort_ro";

/// How a lab's Redis is told to be.
pub struct Conf<'a> {
    /// Its folder.
    pub folder: &'a Path,
    /// Its socket.
    pub socket: &'a Path,
    /// What it writes to disk.
    pub persistence: Persistence,
    /// The password of our own user.
    pub keeper: &'a str,
}

impl Conf<'_> {
    /// Writes the file so that only we can read it.
    pub async fn write(&self, dialect: Dialect) -> io::Result<()> {
        let path = self.folder.join(FILE);
        let mut file = fs::OpenOptions::new()
            .create(true)
            .write(true)
            .truncate(true)
            .mode(0o600)
            .open(path)
            .await?;
        file.write_all(self.text(dialect).as_bytes()).await?;
        file.flush().await
    }

    fn text(&self, dialect: Dialect) -> String {
        let (save, aof) = match self.persistence {
            Persistence::None => ("\"\"", "no"),
            Persistence::Rdb => (SAVE_RULES, "no"),
            Persistence::Aof => ("\"\"", "yes"),
        };
        let mut text = String::new();
        let mut line = |name: &str, value: &str| {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{name} {value}");
        };
        line("port", "0");
        line("daemonize", "no");
        line("databases", "1");
        line("unixsocket", &quoted(self.socket));
        line("unixsocketperm", "700");
        line("dir", &quoted(self.folder));
        line("maxmemory", MAXMEMORY);
        line("maxmemory-policy", "noeviction");
        // With as many samples as there are keys in a lesson, "least recently used" is exact.
        line("maxmemory-samples", "64");
        line("maxclients", "32");
        line("proto-max-bulk-len", "1mb");
        line("client-query-buffer-limit", "2mb");
        line("client-output-buffer-limit", "normal 16mb 8mb 10");
        line("jemalloc-bg-thread", "no");
        line("slowlog-max-len", "64");
        line("auto-aof-rewrite-min-size", "1mb");
        match dialect {
            Dialect::Seven => {
                line("save", save);
                line("enable-debug-command", "no");
                line("enable-module-command", "no");
                line("enable-protected-configs", "no");
                line("busy-reply-threshold", "500");
            }
            Dialect::Six => {
                // One rule per line.
                let words: Vec<_> = save.split(' ').collect();
                for rule in words.chunks(2) {
                    line("save", &rule.join(" "));
                }
                line("lua-time-limit", "500");
            }
        }
        line("appendonly", aof);
        // With `everysec` a write may wait up to 2 s in the process while the disk is busy with the
        // second before, and a kill would lose what was acknowledged.
        line("appendfsync", "always");
        let (channels, taken, given) = match dialect {
            Dialect::Seven => ("&* ", TAKEN_SEVEN, GIVEN_SEVEN),
            Dialect::Six => ("", "", ""),
        };
        line(
            "user",
            &format!(
                "default on nopass ~* {channels}+@all -@admin -@dangerous {TAKEN} {taken} {GIVEN} {given}"
            ),
        );
        line(
            "user",
            &format!("keeper on >{} ~* {channels}+@all", self.keeper),
        );
        text
    }
}

/// A path as a word of the file.
fn quoted(path: &Path) -> String {
    let path = path.to_string_lossy();
    format!("\"{}\"", path.replace('\\', "\\\\").replace('"', "\\\""))
}
