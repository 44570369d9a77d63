//! What an answer means for a session, or why a line was not sent.

use mongodb::bson::{Bson, Document};
use serde::{Deserialize, Serialize};

use super::{
    MOST_TIME,
    line::{Ask, Find},
    value::{Object, Value},
};
use crate::config;

/// What an answer of MongoDB means for a session, or why a line was not sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Meaning {
    // Refused: nothing was sent.
    /// Longer than is read.
    TooLong {
        /// How many bytes are read.
        limit: usize,
    },
    /// Nested deeper than is read.
    TooDeep,
    /// mongosh would wait for the rest of the line.
    Unfinished,
    /// JavaScript, perhaps; but no shell line, and no code is run here.
    NotRun,
    /// The method without its brackets.
    NoBrackets {
        /// The method.
        method: String,
    },
    /// mongosh has it, this console does not.
    NotHere {
        /// The method or command.
        method: String,
        /// Why not.
        why: Why,
    },
    /// An operator that runs JavaScript in the server.
    ServerCode {
        /// The operator.
        operator: String,
    },
    /// An operator that can fill the server's memory.
    Hungry {
        /// The operator.
        operator: String,
    },
    /// Another database.
    OtherDatabase {
        /// Its name.
        name: String,
    },
    /// Another collection: to MongoDB it is empty, and no error.
    OtherCollection {
        /// Its name.
        name: String,
        /// Whether `sessions` was probably meant.
        meant_sessions: bool,
    },
    /// The filter is no object, and a server may read that as everything.
    FilterIsNoObject,
    /// The document is no object.
    DocumentIsNoObject,
    /// A field name with a zero byte.
    ZeroByte,
    /// A date in a form that is not read here.
    UnclearDate,
    /// An update of `lab`.
    LabIsFixed,
    /// A document with another `lab`.
    LabIsAnothers,
    /// An `_id` that another lab may want as well.
    IdNeedsLab {
        /// What it may begin with.
        lab: String,
    },
    /// The lab has as many documents as it may.
    Full {
        /// The limit.
        limit: u32,
    },
    /// An update that is a pipeline.
    PipelineUpdate,
    /// `upsert: true`.
    Upsert,
    /// Options of a method.
    Options {
        /// The method.
        method: String,
    },
    /// A place far behind an array's end.
    FarPlace,
    /// `it`: no cursor is kept between two lines.
    NoCursor,
    /// It took too long.
    CutOff {
        /// How many seconds it had.
        seconds: u64,
    },

    // Printed as an error: what was probably meant.
    /// No JavaScript.
    NoSyntax,
    /// `data.user` without quotes.
    DotNeedsQuotes,
    /// Typographic quotes.
    CurlyQuotes,
    /// No such method.
    NoSuchMethod {
        /// What was typed.
        typed: String,
        /// What was probably meant.
        nearest: Option<String>,
    },
    /// No such name.
    NoSuchName {
        /// What was typed.
        typed: String,
        /// What was probably meant.
        nearest: Option<String>,
    },
    /// An update without an operator such as `$set`.
    NeedsOperator,
    /// The `_id` is taken.
    IdIsTaken,
    /// The server refused, in its own words.
    ServerRefused,

    // Answered.
    /// Documents.
    Found {
        /// How many of those that are shown have expired.
        expired: usize,
    },
    /// None.
    FoundNone,
    /// `findOne` without a document: that is what the store sees of an unknown cookie.
    NoSession,
    /// The filter has a number for `_id`, and a session's `_id` is a string.
    IdIsText,
    /// The filter compares `expires` with a string.
    DateIsNoText,
    /// A number of documents.
    Counted,
    /// Values of one field.
    Distinct,
    /// The TTL index.
    Indexes,
    /// The collections, or the name of one.
    Collections,
    /// A document was added.
    Inserted,
    /// A document was added whose `expires` is no date.
    InsertedForever,
    /// A document was added that the store takes for a session.
    InsertedSession {
        /// Its `_id`.
        id: String,
    },
    /// Nothing matched.
    UpdatedNone,
    /// What matched already was like that.
    UpdatedSame,
    /// The data changed.
    UpdatedData,
    /// `expires` is now in the past.
    UpdatedToPast,
    /// `expires` is now in the future.
    UpdatedToFuture,
    /// `expires` is no date any more.
    UpdatedToText,
    /// Documents are gone.
    Deleted {
        /// How many.
        count: i64,
    },
    /// Nothing matched.
    DeletedNone,
    /// The server goes through every document.
    Scans,
    /// It goes through every document although the filter has an `_id`: the lab stands beside it.
    ScansForTheLab,
    /// The server finds it by an index.
    ByIndex,
}

/// Why something of mongosh is not in this console.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// A pipeline has stages that read and write other collections.
    Pipeline,
    /// It would change the collection that the whole class shares.
    Structure,
    /// It takes no filter: it would tell about the whole class, or about the server.
    Others,
    /// It runs a function.
    Loop,
    /// One document at a time.
    OneByOne,
    /// The course does without it.
    NotTaught,
}

impl Meaning {
    /// It took too long.
    #[must_use]
    pub const fn cut_off() -> Self {
        Self::CutOff {
            seconds: MOST_TIME.as_secs(),
        }
    }

    /// What the documents that were found mean.
    #[must_use]
    pub fn of_found(find: &Find, found: &[Bson], one: bool) -> Self {
        if found.is_empty() {
            return hint(&find.filter).unwrap_or(if one {
                Self::NoSession
            } else {
                Self::FoundNone
            });
        }
        let now = config::now_ms();
        let expired = |document: &Bson| {
            let expires = document
                .as_document()
                .and_then(|document| document.get_datetime("expires").ok());
            expires.is_some_and(|expires| expires.timestamp_millis() <= now)
        };
        Self::Found {
            expired: found.iter().filter(|document| expired(document)).count(),
        }
    }

    /// What a count means.
    #[must_use]
    pub fn of_count(filter: &Object, count: i64) -> Self {
        let hint = (count == 0).then(|| hint(filter)).flatten();
        hint.unwrap_or(Self::Counted)
    }

    /// What a new document means: whether the store would take it for a session.
    #[must_use]
    pub fn of_insert(document: &Document) -> Self {
        match document.get("expires") {
            Some(Bson::DateTime(_)) => {}
            Some(_) => return Self::InsertedForever,
            None => return Self::Inserted,
        }
        let id = document.get_str("_id").unwrap_or_default();
        let is_id = id.parse::<tower_sessions::session::Id>().is_ok();
        let lives = document
            .get_datetime("expires")
            .is_ok_and(|expires| expires.timestamp_millis() > config::now_ms());
        if is_id && lives && document.get_document("data").is_ok() {
            Self::InsertedSession { id: id.to_owned() }
        } else {
            Self::Inserted
        }
    }

    /// What an update means.
    #[must_use]
    pub fn of_update(ask: &Ask, matched: i64, modified: i64) -> Self {
        let Ask::Update { filter, update, .. } = ask else {
            return Self::UpdatedData;
        };
        match (matched, modified) {
            (0, _) => return hint(filter).unwrap_or(Self::UpdatedNone),
            (_, 0) => return Self::UpdatedSame,
            _ => {}
        }
        let set = update
            .get("$set")
            .and_then(Value::object)
            .and_then(|set| set.get("expires"));
        match set.map(Value::bson) {
            Some(Bson::DateTime(at)) if at.timestamp_millis() <= config::now_ms() => {
                Self::UpdatedToPast
            }
            Some(Bson::DateTime(_)) => Self::UpdatedToFuture,
            Some(_) => Self::UpdatedToText,
            None => Self::UpdatedData,
        }
    }

    /// What a deletion means.
    #[must_use]
    pub fn of_delete(filter: &Object, count: i64) -> Self {
        match count {
            0 => hint(filter).unwrap_or(Self::DeletedNone),
            count => Self::Deleted { count },
        }
    }
}

/// Why a filter found nothing, where that can be seen.
fn hint(filter: &Object) -> Option<Meaning> {
    let number = matches!(filter.get("_id"), Some(Value::Number(_) | Value::Id(_)));
    let text = match filter.get("expires") {
        Some(Value::Text(_)) => true,
        Some(Value::Object(compared)) => compared
            .fields()
            .any(|(_, value)| matches!(value, Value::Text(_))),
        _ => false,
    };
    match (number, text) {
        (true, _) => Some(Meaning::IdIsText),
        (_, true) => Some(Meaning::DateIsNoText),
        _ => None,
    }
}
