//! A lab beside another one, whose keys must stay what they are.

use std::sync::Arc;

use redis::aio::MultiplexedConnection;
use session_playground::{
    consoles::redis::{
        commands::find,
        line::Line,
        scope::{Plan, places, scoped},
    },
    server::Playground,
};

use crate::{consoles::redis::Console, engine_fixture::redis_port};

/// What the neighbour's values say; nothing that a student types does.
const SECRET: &str = "MELOCOTON";

/// The neighbour's house.
pub struct Street {
    connection: MultiplexedConnection,
    prefix: String,
    before: Vec<Vec<u8>>,
}

impl Street {
    /// Fills the neighbour's house.
    pub async fn open(playground: &Arc<Playground>) -> Self {
        let prefix = Console::new(playground).prefix();
        let url = format!("redis://127.0.0.1:{}/", redis_port());
        let client = redis::Client::open(url).unwrap();
        let mut connection = client.get_multiplexed_async_connection().await.unwrap();
        for (kind, name, words) in [
            ("SET", "secret", vec![SECRET]),
            ("SET", "sess:x", vec![SECRET]),
            ("RPUSH", "list", vec![SECRET, SECRET]),
            ("HSET", "hash", vec![SECRET, SECRET]),
            ("SADD", "set", vec![SECRET]),
            ("ZADD", "zset", vec!["1", SECRET]),
        ] {
            let mut command = redis::cmd(kind);
            command.arg(format!("{prefix}{name}")).arg(words);
            command.exec_async(&mut connection).await.unwrap();
        }
        let mut street = Self {
            connection,
            prefix,
            before: Vec::new(),
        };
        street.before = street.dumped().await;
        street
    }

    /// Everything that the neighbour has, as Redis would save it, and when it ends.
    async fn dumped(&self) -> Vec<Vec<u8>> {
        let mut connection = self.connection.clone();
        let mut pipe = redis::pipe();
        let names = ["secret", "sess:x", "list", "hash", "set", "zset"];
        for name in names {
            pipe.cmd("DUMP").arg(format!("{}{name}", self.prefix));
        }
        for name in names {
            pipe.cmd("PTTL").arg(format!("{}{name}", self.prefix));
        }
        let values: Vec<redis::Value> = pipe.query_async(&mut connection).await.unwrap();
        values
            .iter()
            .map(|value| format!("{value:?}").into_bytes())
            .collect()
    }

    /// Types the lines in a new lab, and says what did not hold.
    pub async fn hold(
        &self,
        playground: &Arc<Playground>,
        tried: &super::Try,
    ) -> Result<(), String> {
        let console = Console::new(playground);
        let own = console.prefix();
        let mut printed = String::new();
        for line in &tried.lines {
            let typed = line.replace('@', &self.prefix).replace('#', &own);
            let sent = stays_inside(&own, &typed).map_err(|why| format!("{line:?}: {why}"))?;
            for key in self.keys_of(&sent).await {
                if !key.starts_with(own.as_bytes()) {
                    return Err(format!("{line:?}: Redis would take {key:?} for a key"));
                }
            }
            if typed.len() > 4096 {
                continue;
            }
            let answer = console.types(&typed).await;
            if answer.printed.contains(SECRET) {
                return Err(format!("{line:?} printed {:?}", answer.printed));
            }
            // One's own prefix is only seen if it was typed.
            if answer.printed.contains(&own) && !tried.lines.iter().any(|line| line.contains('#')) {
                return Err(format!("{line:?} shows the prefix: {:?}", answer.printed));
            }
            printed.push_str(&answer.printed);
        }
        let named = tried.lines.iter().any(|line| line.contains('@'));
        if !named && printed.contains(&self.prefix) {
            return Err(format!("the neighbour is named: {printed:?}"));
        }
        if self.dumped().await != self.before {
            return Err("the neighbour's keys are not what they were".to_owned());
        }
        let left: Vec<String> = self.keys("*").await;
        let strangers = left.iter().filter(|key| !key.starts_with("lab:"));
        let strangers: Vec<_> = strangers.filter(|key| !key.starts_with("end-of")).collect();
        console.reset().await;
        if strangers.is_empty() {
            Ok(())
        } else {
            Err(format!("keys of nobody's: {strangers:?}"))
        }
    }

    /// What Redis itself takes for keys in these words.
    async fn keys_of(&self, words: &[Vec<u8>]) -> Vec<Vec<u8>> {
        if words.is_empty() {
            return Vec::new();
        }
        let mut ask = redis::cmd("COMMAND");
        ask.arg("GETKEYS").arg(words);
        // It is an error if there are none.
        let answer = ask.query_async(&mut self.connection.clone()).await;
        answer.unwrap_or_default()
    }

    async fn keys(&self, pattern: &str) -> Vec<String> {
        let mut connection = self.connection.clone();
        let mut keys = redis::cmd("KEYS");
        keys.arg(pattern);
        let keys: Vec<Vec<u8>> = keys.query_async(&mut connection).await.unwrap();
        let texts = keys
            .iter()
            .map(|key| String::from_utf8_lossy(key).into_owned());
        texts.collect()
    }
}

/// Every word that is a key begins with the lab's prefix, and every pattern can only match what does:
/// the words to be sent.
fn stays_inside(own: &str, line: &str) -> Result<Vec<Vec<u8>>, String> {
    let Line::Command { words, .. } = Line::of(line) else {
        return Ok(Vec::new());
    };
    let inside = |word: &[u8]| word.starts_with(own.as_bytes());
    match scoped(own.as_bytes(), &words) {
        Err(_) => Ok(Vec::new()),
        Ok(Plan::Names(pattern) | Plan::Count(pattern)) if inside(&pattern) => Ok(Vec::new()),
        Ok(Plan::Names(_) | Plan::Count(_)) => Err("a pattern is outside".to_owned()),
        Ok(Plan::Send {
            words: sent, names, ..
        }) => {
            let keys = find(&words).map(|command| places(command.keys, &sent));
            for at in keys.unwrap_or_default() {
                if !inside(&sent[at]) {
                    return Err(format!("word {at} is outside"));
                }
            }
            let mut patterns = sent
                .windows(2)
                .filter(|pair| pair[0].eq_ignore_ascii_case(b"match"));
            let bounded = !names || sent.len() < 3 || patterns.any(|pair| inside(&pair[1]));
            bounded
                .then_some(sent)
                .ok_or_else(|| "an unbounded SCAN".to_owned())
        }
    }
}
