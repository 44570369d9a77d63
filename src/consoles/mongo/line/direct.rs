//! The words of mongosh that are no JavaScript: `show`, `use`, `it` and a few more.

use super::{Ask, Request, Thrown};
use crate::consoles::mongo::meaning::{Meaning, Why};

/// The words that end mongosh, or change what it looks like.
const OF_THE_TERMINAL: [&str; 5] = ["exit", "quit", "cls", "help", "snippet"];

/// What a line asks for that begins with such a word; `None` if it does not.
pub(super) fn request(line: &str, database: &str) -> Result<Option<Request>, Thrown> {
    let line = line.trim();
    let line = line.strip_suffix(';').unwrap_or(line);
    let mut words = line.split_whitespace();
    let (word, argument) = (words.next().unwrap_or_default(), words.next());
    match word {
        "show" => show(argument).map(Some),
        "use" => used(argument, database).map(Some),
        "it" => Err(Thrown::refused(Meaning::NoCursor)),
        word if OF_THE_TERMINAL.contains(&word) => Err(not_here(word, Why::NotTaught)),
        _ => Ok(None),
    }
}

fn not_here(method: &str, why: Why) -> Thrown {
    Thrown::refused(Meaning::NotHere {
        method: method.to_owned(),
        why,
    })
}

fn show(what: Option<&str>) -> Result<Request, Thrown> {
    match what {
        Some("collections" | "tables") => Ok(Request::Ask(Ask::Collections)),
        Some("dbs" | "databases" | "profile" | "users" | "roles" | "log" | "logs") => Err(
            not_here(&format!("show {}", what.unwrap_or_default()), Why::Others),
        ),
        what => Err(Thrown::says(format!(
            "MongoshInvalidInputError: [COMMON-10001] '{}' is not a valid argument for \"show\".",
            what.unwrap_or("undefined")
        ))),
    }
}

fn used(name: Option<&str>, database: &str) -> Result<Request, Thrown> {
    match name {
        None => Err(Thrown::says(
            "MongoshInvalidInputError: [COMMON-10001] Missing required argument at position 0 (Mongo.use)",
        )),
        Some(name) if name == database => Ok(Request::Print {
            text: format!("already on db {name}"),
            meaning: None,
        }),
        Some(name) => Err(Thrown::refused(Meaning::OtherDatabase {
            name: name.to_owned(),
        })),
    }
}
