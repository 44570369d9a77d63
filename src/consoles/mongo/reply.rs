//! The server's reply as mongosh prints it, and what it means.

use mongodb::bson::{Bson, Document, doc};

use super::{
    line::{Ask, Find, Shown},
    meaning::Meaning,
    print,
    scope::{SHOWN_AT_ONCE, Scoped},
    told,
};
use crate::{consoles::answer::Answer, stores::mongo::Said};

/// What the server says if a command took longer than it may.
const TOOK_TOO_LONG: i32 = 50;
/// What it says if an `_id` is taken.
const DUPLICATE_KEY: i32 = 11000;

/// The answer to what was asked.
#[must_use]
pub fn answer(ask: &Ask, scoped: &Scoped, said: &Said) -> Answer {
    match said {
        Said::Nothing => Answer {
            failed: true,
            ..told(String::new(), Some(Meaning::cut_off()))
        },
        Said::Error {
            code,
            name,
            message,
        } => error(*code, name, message),
        Said::Reply(reply) => {
            // The server names a write's error by its number only, and so does mongosh.
            if let Some((code, message)) = write_error(reply) {
                return error(code, "", &message);
            }
            let (printed, meaning) = printed(ask, scoped, reply);
            told(printed, meaning)
        }
    }
}

fn error(code: i32, name: &str, message: &str) -> Answer {
    let name = match name {
        "" => String::new(),
        name => format!("[{name}]"),
    };
    let meaning = match code {
        TOOK_TOO_LONG => Meaning::cut_off(),
        DUPLICATE_KEY => Meaning::IdIsTaken,
        _ => Meaning::ServerRefused,
    };
    Answer {
        failed: true,
        ..told(format!("MongoServerError{name}: {message}"), Some(meaning))
    }
}

fn write_error(reply: &Document) -> Option<(i32, String)> {
    let error = reply
        .get_array("writeErrors")
        .ok()?
        .first()?
        .as_document()?;
    let code = number(error, "code").and_then(|code| i32::try_from(code).ok());
    let message = error.get_str("errmsg").unwrap_or_default().to_owned();
    Some((code.unwrap_or_default(), message))
}

fn printed(ask: &Ask, scoped: &Scoped, reply: &Document) -> (String, Option<Meaning>) {
    let batch = first_batch(reply);
    match ask {
        Ask::Find(find, shown) => found(find, *shown, batch),
        Ask::Explain(find, _) => {
            let text = print::whole(&Bson::Document(reply.clone()));
            let has_id = find.filter.get("_id").is_some();
            let meaning = match (scans(reply.get("queryPlanner")), has_id) {
                (false, _) => Meaning::ByIndex,
                (true, true) => Meaning::ScansForTheLab,
                (true, false) => Meaning::Scans,
            };
            (text, Some(meaning))
        }
        Ask::Count { filter, .. } => {
            let count = number(reply, "n").unwrap_or_default();
            (count.to_string(), Some(Meaning::of_count(filter, count)))
        }
        Ask::CountDocuments(filter) => {
            let group = batch.first().and_then(Bson::as_document);
            let count = group
                .and_then(|group| number(group, "n"))
                .unwrap_or_default();
            (count.to_string(), Some(Meaning::of_count(filter, count)))
        }
        Ask::Distinct { .. } => {
            let values = reply
                .get("values")
                .cloned()
                .unwrap_or(Bson::Array(Vec::new()));
            (print::documents(&values), Some(Meaning::Distinct))
        }
        Ask::Indexes => (
            print::documents(&Bson::Array(batch.to_vec())),
            Some(Meaning::Indexes),
        ),
        Ask::IndexKeys => {
            let keys = batch
                .iter()
                .filter_map(|index| index.as_document()?.get("key").cloned());
            (
                print::documents(&Bson::Array(keys.collect())),
                Some(Meaning::Indexes),
            )
        }
        Ask::Collections => {
            let names = batch
                .iter()
                .filter_map(|found| found.as_document()?.get_str("name").ok());
            (
                names.collect::<Vec<_>>().join("\n"),
                Some(Meaning::Collections),
            )
        }
        Ask::Insert(_) => inserted(scoped),
        Ask::Update { .. } => {
            let [matched, modified] =
                ["n", "nModified"].map(|name| number(reply, name).unwrap_or_default());
            let result = doc! {
                "acknowledged": true,
                "insertedId": null,
                "matchedCount": small(matched),
                "modifiedCount": small(modified),
                "upsertedCount": 0,
            };
            let text = print::whole(&Bson::Document(result));
            (text, Some(Meaning::of_update(ask, matched, modified)))
        }
        Ask::Delete { filter, .. } => {
            let count = number(reply, "n").unwrap_or_default();
            let result = doc! { "acknowledged": true, "deletedCount": small(count) };
            let text = print::whole(&Bson::Document(result));
            (text, Some(Meaning::of_delete(filter, count)))
        }
    }
}

fn found(find: &Find, shown: Shown, batch: &[Bson]) -> (String, Option<Meaning>) {
    let here = &batch[..batch.len().min(SHOWN_AT_ONCE)];
    let text = match shown {
        Shown::Cursor if batch.is_empty() => String::new(),
        Shown::Cursor if batch.len() > SHOWN_AT_ONCE => {
            let documents = print::documents(&Bson::Array(here.to_vec()));
            format!("{documents}\nType \"it\" for more")
        }
        Shown::Cursor | Shown::Array => print::documents(&Bson::Array(batch.to_vec())),
        Shown::One => batch
            .first()
            .map_or_else(|| "null".to_owned(), print::documents),
        Shown::HasNext => (!batch.is_empty()).to_string(),
        Shown::Count => batch.len().to_string(),
    };
    let seen = if shown == Shown::Cursor { here } else { batch };
    let meaning = match shown {
        Shown::Count | Shown::HasNext => {
            Meaning::of_count(&find.filter, i64::from(!batch.is_empty()))
        }
        _ => Meaning::of_found(find, seen, shown == Shown::One),
    };
    (text, Some(meaning))
}

fn inserted(scoped: &Scoped) -> (String, Option<Meaning>) {
    let documents = scoped.command().get_array("documents").ok();
    let document = documents.and_then(|documents| documents.first()?.as_document());
    let id = document
        .and_then(|document| document.get("_id"))
        .cloned()
        .unwrap_or(Bson::Null);
    let result = doc! { "acknowledged": true, "insertedId": id };
    let meaning = document.map(Meaning::of_insert);
    (print::whole(&Bson::Document(result)), meaning)
}

/// Whether the plan goes through the whole collection.
fn scans(plan: Option<&Bson>) -> bool {
    match plan {
        Some(Bson::Document(plan)) => plan.iter().any(|(key, value)| {
            (key == "stage" && *value == Bson::from("COLLSCAN"))
                || (key != "rejectedPlans" && scans(Some(value)))
        }),
        Some(Bson::Array(plans)) => plans.iter().any(|plan| scans(Some(plan))),
        _ => false,
    }
}

fn first_batch(reply: &Document) -> &[Bson] {
    let cursor = reply.get_document("cursor").ok();
    let batch = cursor.and_then(|cursor| cursor.get_array("firstBatch").ok());
    batch.map(Vec::as_slice).unwrap_or_default()
}

/// A number of a reply, whatever its type.
#[must_use]
pub fn number(reply: &Document, name: &str) -> Option<i64> {
    match reply.get(name)? {
        Bson::Int32(number) => Some(i64::from(*number)),
        Bson::Int64(number) => Some(*number),
        Bson::Double(number) => print::number(*number).parse().ok(),
        _ => None,
    }
}

/// A count as JavaScript has it: a plain number.
fn small(count: i64) -> Bson {
    i32::try_from(count).map_or(Bson::Int64(count), Bson::Int32)
}
