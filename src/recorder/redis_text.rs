//! Redis's commands, replies and errors as redis-cli shows them.

use redis::{Arg, Cmd, Value};

/// The command's own arguments, as they can be pasted into redis-cli.
pub(crate) fn command_text(command: &Cmd) -> String {
    let words = command.args_iter().map(|argument| match argument {
        Arg::Simple(bytes) => quoted(&String::from_utf8_lossy(bytes)),
        _ => String::new(),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// An argument for redis-cli, which knows one escape between single quotes: `\'`.
fn quoted(word: &str) -> String {
    let plain = |c: char| !c.is_whitespace() && !matches!(c, '"' | '\'' | '\\');
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "\\'"))
}

/// A reply as redis-cli prints it.
pub(crate) fn reply_text(value: &Value) -> String {
    match value {
        Value::Nil => "(nil)".to_owned(),
        Value::Int(number) => format!("(integer) {number}"),
        Value::Okay => "OK".to_owned(),
        Value::SimpleString(text) => text.clone(),
        Value::BulkString(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        other => format!("{other:?}"),
    }
}

/// The server's own line: `OOM command not allowed when used memory > 'maxmemory'.`
pub(crate) fn refusal(error: &redis::RedisError) -> String {
    let code = error.code().unwrap_or_default();
    format!("{code} {}", error.detail().unwrap_or_default())
        .trim()
        .to_owned()
}
