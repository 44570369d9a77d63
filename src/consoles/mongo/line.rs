//! What a line asks for.
//!
//! mongosh first looks whether the line begins with one of its own words (`show`, `use`, `it`);
//! anything else is JavaScript. Here the chain of names and calls is walked from left to right as
//! JavaScript would do it, so that the first mistake is the one that mongosh would tell: arguments
//! before the method, the method before what follows it.

mod chain;
mod collection;
mod cursor;
mod direct;

use super::{
    constants::{Reader, Thrown},
    meaning::Meaning,
    names,
    parse::{self, Flaw, Shape},
    value::{Object, Value},
};

/// What a line asks for, and what mongosh prints before the answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Understood {
    /// Warnings, one line each.
    pub warnings: Vec<String>,
    /// What is asked.
    pub request: Request,
}

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// Nothing of the server: mongosh answers it by itself.
    Print {
        /// What it prints.
        text: String,
        /// What that means.
        meaning: Option<Meaning>,
    },
    /// A command.
    Ask(Ask),
}

/// What the server is asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    /// Documents.
    Find(Find, Shown),
    /// How it would find them; the verbosity.
    Explain(Find, String),
    /// `count` of a cursor or of a collection.
    Count {
        /// Which documents.
        filter: Object,
        /// How many are passed over.
        skip: Option<f64>,
        /// How many are counted at most.
        limit: Option<f64>,
    },
    /// `countDocuments`.
    CountDocuments(Object),
    /// The values of a field.
    Distinct {
        /// The field; anything, for the server to refuse.
        field: Value,
        /// Which documents.
        filter: Object,
    },
    /// `getIndexes`.
    Indexes,
    /// `getIndexKeys`.
    IndexKeys,
    /// `show collections`.
    Collections,
    /// `insertOne`.
    Insert(Object),
    /// `updateOne` and `updateMany`.
    Update {
        /// Which documents.
        filter: Object,
        /// The operators.
        update: Object,
        /// Whether it may change more than one.
        many: bool,
    },
    /// `deleteOne` and `deleteMany`.
    Delete {
        /// Which documents.
        filter: Object,
        /// Whether it may delete more than one.
        many: bool,
    },
}

/// What a cursor is for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Find {
    /// Which documents.
    pub filter: Object,
    /// Which fields; anything, for the server to refuse.
    pub projection: Option<Value>,
    /// In which order.
    pub sort: Option<Object>,
    /// How many are passed over.
    pub skip: Option<f64>,
    /// How many at most; negative ones come in one batch.
    pub limit: Option<f64>,
}

/// What is made of the documents that were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// The first twenty, and a word if there are more.
    Cursor,
    /// All, as an array.
    Array,
    /// One, or null.
    One,
    /// Whether there is one.
    HasNext,
    /// How many there are.
    Count,
}

/// What can be completed, with a hint of the arguments.
pub const COMPLETIONS: [(&str, &str); 25] = [
    ("db.sessions.find(", "{ filter }, { projection })"),
    ("db.sessions.findOne(", "{ filter }, { projection })"),
    ("db.sessions.countDocuments(", "{ filter })"),
    ("db.sessions.getIndexes()", ""),
    (
        "db.sessions.updateOne(",
        "{ filter }, { $set: { field: value } })",
    ),
    (
        "db.sessions.updateMany(",
        "{ filter }, { $set: { field: value } })",
    ),
    ("db.sessions.deleteOne(", "{ filter })"),
    ("db.sessions.deleteMany(", "{ filter })"),
    ("db.sessions.insertOne(", "{ document })"),
    ("db.sessions.distinct(", "\"field\", { filter })"),
    ("db.sessions.explain().find(", "{ filter })"),
    (".sort(", "{ field: 1 or -1 })"),
    (".limit(", "number)"),
    (".skip(", "number)"),
    (".projection(", "{ field: 1 or 0 })"),
    (".explain(", "\"executionStats\")"),
    (".count()", ""),
    (".toArray()", ""),
    (".pretty()", ""),
    ("ISODate(", "\"2026-01-31T12:00:00Z\")"),
    ("new Date(", "milliseconds or text)"),
    ("ObjectId(", "\"24 hexadecimal digits\")"),
    ("show collections", ""),
    ("use ", "database"),
    ("db", ""),
];

/// Finds out what a line asks for. `database`: the name of the one that there is.
///
/// # Errors
/// What mongosh prints instead of asking, or why it is refused.
pub fn understand(line: &str, database: &str) -> Result<Understood, Thrown> {
    if let Some(request) = direct::request(line, database)? {
        return Ok(Understood {
            warnings: Vec::new(),
            request,
        });
    }
    let characters: Vec<char> = line.chars().collect();
    let shape = parse::statement(&characters).map_err(|flaw| told(flaw, &characters))?;
    let mut reader = Reader::default();
    let request = match shape {
        None => Request::Print {
            text: String::new(),
            meaning: None,
        },
        Some(Shape::Chain(chain)) if chain.head == "db" => chain::Walk {
            line: &characters,
            chain: &chain,
            database,
            reader: &mut reader,
        }
        .request()?,
        Some(Shape::Chain(chain)) if !names::GLOBALS.contains(&chain.head.as_str()) => {
            return Err(unknown(&chain, &mut reader));
        }
        Some(_) => return Err(Thrown::not_run()),
    };
    Ok(Understood {
        warnings: reader.warnings,
        request,
    })
}

/// A chain that begins with a name that is nothing.
fn unknown(chain: &parse::Chain, reader: &mut Reader) -> Thrown {
    match reader.all(std::slice::from_ref(&Shape::Chain(chain.clone()))) {
        Err(thrown) => thrown,
        // `true` and its like.
        Ok(_) => Thrown::not_run(),
    }
}

/// A flaw as mongosh prints it: Babel's words and its drawing of the place.
fn told(flaw: Flaw, line: &[char]) -> Thrown {
    let (words, at) = match flaw {
        Flaw::Syntax(words, at) => (words, at),
        Flaw::Unfinished => return Thrown::refused(Meaning::Unfinished),
        Flaw::TooDeep => return Thrown::refused(Meaning::TooDeep),
        Flaw::NotALine => return Thrown::not_run(),
    };
    let before = &line[..at.min(line.len())];
    let column: usize = before.iter().map(|c| c.len_utf16()).sum();
    // A tab stays a tab, so that the arrow stands below its place.
    let mut blanks = String::new();
    for c in before {
        let blank = if *c == '\t' { "\t" } else { " " };
        blanks.push_str(&blank.repeat(c.len_utf16()));
    }
    let shown: String = line.iter().collect();
    let curly = words.contains(['“', '”', '‘', '’']);
    let dotted = line.get(at) == Some(&'.') && words.ends_with("expected \",\"");
    Thrown {
        printed: format!(
            "Uncaught:\nSyntaxError: {words} (1:{column})\n\n> 1 | {shown}\n    | {blanks}^\n  2 |\n"
        ),
        meaning: Some(match (curly, dotted) {
            (true, _) => Meaning::CurlyQuotes,
            (_, true) => Meaning::DotNeedsQuotes,
            _ => Meaning::NoSyntax,
        }),
    }
}
