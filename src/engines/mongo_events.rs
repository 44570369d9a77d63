//! Hears what the MongoDB driver really sends, and tells the recorder.
//!
//! The driver announces every command and its outcome to one callback per client, in the task that
//! runs the operation. So a store's own commands are told apart from pings and from other labs by a
//! task-local: only what happens inside [`overheard`] is told.

use std::{cell::RefCell, future::Future};

use mongodb::{
    bson::{Bson, Document},
    event::{EventHandler, command::CommandEvent},
};

use crate::{
    recorder::moment::{moment_at, moment_text},
    recorder::{self, Command},
};

/// What belongs to the driver's own bookkeeping rather than to the command.
const NOISE: [&str; 5] = [
    "lsid",
    "$clusterTime",
    "txnNumber",
    "$db",
    "$readPreference",
];

tokio::task_local! {
    /// Commands that were sent and not answered yet: the driver's number and the text.
    static SENT: RefCell<Vec<(i32, String)>>;
}

/// Runs `work` while the recorder in scope, if any, hears its commands.
pub async fn overheard<F: Future>(work: F) -> F::Output {
    if !recorder::listening() {
        return work.await;
    }
    let told = async {
        let output = work.await;
        let unanswered = SENT.try_with(RefCell::take).unwrap_or_default();
        for (_, text) in unanswered {
            recorder::record(|| Command {
                text,
                reply: "(no answer in time)".to_owned(),
                failed: true,
            });
        }
        output
    };
    SENT.scope(RefCell::default(), told).await
}

/// The callback for a client's options.
pub fn handler() -> EventHandler<CommandEvent> {
    EventHandler::callback(|event| {
        // Outside of `overheard` there is nobody to tell.
        let _ = SENT.try_with(|sent| hear(sent, event));
    })
}

fn hear(sent: &RefCell<Vec<(i32, String)>>, event: CommandEvent) {
    match event {
        CommandEvent::Started(event) => {
            sent.borrow_mut()
                .push((event.request_id, text(&event.command_name, &event.command)));
        }
        CommandEvent::Succeeded(event) => {
            let (reply, failed) = reply(&event.reply);
            answer(sent, event.request_id, reply, failed);
        }
        CommandEvent::Failed(event) => {
            answer(sent, event.request_id, failure(&event.failure), true);
        }
        _ => {}
    }
}

fn answer(sent: &RefCell<Vec<(i32, String)>>, number: i32, reply: String, failed: bool) {
    let mut sent = sent.borrow_mut();
    if let Some(at) = sent.iter().position(|(waiting, _)| *waiting == number) {
        let (_, text) = sent.swap_remove(at);
        recorder::record(|| Command {
            text,
            reply,
            failed,
        });
    }
}

fn failure(error: &mongodb::error::Error) -> String {
    match &*error.kind {
        mongodb::error::ErrorKind::Command(refusal) => refusal.message.clone(),
        _ => super::mongo_unreachable(error).unwrap_or_else(|| "the command failed".to_owned()),
    }
}

/// A command as mongosh would show it: `find sessions {"filter":{…},"limit":1}`.
fn text(name: &str, command: &Document) -> String {
    let on = command.get_str(name).unwrap_or_default();
    let rest = command
        .iter()
        .filter(|(key, _)| *key != name && !NOISE.contains(&key.as_str()));
    format!("{name} {on} {}", object(rest))
}

/// What came back, in short, and whether it is an error.
fn reply(reply: &Document) -> (String, bool) {
    if let Some(Bson::Document(error)) = reply
        .get_array("writeErrors")
        .ok()
        .and_then(|errors| errors.first())
    {
        return (
            error.get_str("errmsg").unwrap_or("write error").to_owned(),
            true,
        );
    }
    let batch = reply
        .get_document("cursor")
        .and_then(|cursor| cursor.get_array("firstBatch"));
    let short = match (batch.map(Vec::as_slice), reply.get("n")) {
        (Ok([]), _) => "no document".to_owned(),
        (Ok([one]), _) => format!("1 document {}", shell(one)),
        (Ok(many), _) => format!("{} documents", many.len()),
        (Err(_), Some(n)) => match reply.get("nModified") {
            Some(modified) => format!("n: {}, nModified: {}", shell(n), shell(modified)),
            None => format!("n: {}", shell(n)),
        },
        (Err(_), None) => "ok".to_owned(),
    };
    (short, false)
}

/// A value as mongosh takes it: JSON, with `ISODate("…")` for dates.
fn shell(value: &Bson) -> String {
    match value {
        Bson::Document(document) => object(document.iter()),
        Bson::Array(items) => format!(
            "[{}]",
            items.iter().map(shell).collect::<Vec<_>>().join(",")
        ),
        Bson::DateTime(moment) => format!(
            "ISODate(\"{}\")",
            moment_text(moment_at(moment.timestamp_millis()))
        ),
        other => other.clone().into_relaxed_extjson().to_string(),
    }
}

fn object<'a>(fields: impl Iterator<Item = (&'a String, &'a Bson)>) -> String {
    let fields: Vec<_> = fields
        .map(|(key, value)| format!("{}:{}", serde_json::Value::from(key.as_str()), shell(value)))
        .collect();
    format!("{{{}}}", fields.join(","))
}
