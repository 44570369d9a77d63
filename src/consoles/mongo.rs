//! mongosh on the lab's own documents.
//!
//! A line goes through six hands. [`parse`] gives it a shape as JavaScript's grammar has it, without
//! ever running it; [`line`](mod@line) finds out what is asked, as mongosh and its driver would; [`scope`] builds the
//! command, in which the lab's own name always stands beside the student's filter; the server answers;
//! [`reply`] and [`print`](mod@print) put the answer as mongosh prints it; [`meaning`] says what it means for a
//! session. All labs share one collection, so what cannot be kept within the lab is refused, and the
//! refusal says why.

use std::time::Duration;

use super::answer::{self, Answer};
use crate::{
    error::LabError,
    sessions::lab::SessionLab,
    stores::mongo::{MongoStore, Said},
};

pub mod constants;
pub mod dates;
pub mod line;
pub mod meaning;
pub mod names;
pub mod parse;
pub mod print;
pub mod reply;
pub mod scope;
pub mod text;
pub mod tokens;
pub mod value;

pub use self::meaning::{Meaning, Why};

use self::{
    constants::Thrown,
    line::{Ask, Request},
    scope::Scoped,
};

/// How long a line may be, in bytes.
pub const MOST_BYTES: usize = 4096;
/// How long a line may take.
pub const MOST_TIME: Duration = Duration::from_secs(2);
/// How many documents a lab may have for the console to add another.
pub const MOST_DOCUMENTS: u32 = 200;

/// Does what mongosh does with a line.
///
/// # Errors
/// What keeps the server from being asked at all.
pub async fn type_line(lab: &SessionLab, line: &str) -> Result<Answer, LabError> {
    let store = &lab.outside.mongo;
    let tag = lab.notebook.sandbox().tag.as_str();
    if line.len() > MOST_BYTES {
        return Ok(refusal(Thrown::refused(Meaning::TooLong {
            limit: MOST_BYTES,
        })));
    }
    let database = store.database()?;
    let line = line.replace(['\r', '\n'], " ");
    let understood = match line::understand(&line, &database) {
        Ok(understood) => understood,
        Err(thrown) => return Ok(refusal(thrown)),
    };
    let warned = understood
        .warnings
        .iter()
        .map(|warning| format!("{warning}\n"));
    let warned: String = warned.collect();
    let ask = match understood.request {
        Request::Print { text, meaning } => {
            return Ok(told(warned + &text, meaning));
        }
        Request::Ask(ask) => ask,
    };
    let scoped = match scope::scoped(&ask, tag) {
        Ok(scoped) => scoped,
        Err(meaning) => return Ok(refusal(Thrown::refused(meaning))),
    };
    if let Ask::Insert(document) = &ask
        && let Some(meaning) = no_room(store, tag, document).await?
    {
        return Ok(refusal(Thrown::refused(meaning)));
    }
    if matches!(ask, Ask::Insert(_)) {
        // Before it is sent: an answer that comes too late is a document all the same.
        lab.notebook.page().typed = true;
        lab.notebook.touch();
    }
    let said = ask_server(store, &scoped).await?;
    let mut answer = reply::answer(&ask, &scoped, &said);
    answer.printed = warned + &answer.printed;
    Ok(answer)
}

/// What can be completed: the text, and a hint of its arguments.
#[must_use]
pub fn completions() -> Vec<(&'static str, &'static str)> {
    line::COMPLETIONS.to_vec()
}

async fn ask_server(store: &MongoStore, scoped: &Scoped) -> Result<Said, LabError> {
    Ok(store.run(scoped.command().clone(), MOST_TIME).await?)
}

/// Why this document cannot be added, if it cannot.
async fn no_room(
    store: &MongoStore,
    tag: &str,
    document: &value::Object,
) -> Result<Option<Meaning>, LabError> {
    let held = ask_server(store, &scope::all_of(tag)).await?;
    let held = match &held {
        Said::Reply(reply) => reply::number(reply, "n"),
        Said::Nothing => return Ok(Some(Meaning::cut_off())),
        // The insert will say what is wrong.
        Said::Error { .. } => None,
    };
    if held.is_some_and(|held| held >= i64::from(MOST_DOCUMENTS)) {
        return Ok(Some(Meaning::Full {
            limit: MOST_DOCUMENTS,
        }));
    }
    let Some(foreign) = scope::id_that_may_be_anybodys(document, tag) else {
        return Ok(None);
    };
    // It may only be the id of a document that the lab has: the server then refuses a second one.
    match ask_server(store, &scope::with_id(tag, foreign)).await? {
        Said::Reply(reply) if reply::number(&reply, "n").is_some_and(|held| held > 0) => Ok(None),
        Said::Nothing => Ok(Some(Meaning::cut_off())),
        _ => Ok(Some(Meaning::IdNeedsLab {
            lab: tag.to_owned(),
        })),
    }
}

fn refusal(thrown: Thrown) -> Answer {
    Answer {
        failed: true,
        ..told(thrown.printed, thrown.meaning)
    }
}

fn told(printed: String, meaning: Option<Meaning>) -> Answer {
    Answer {
        printed,
        failed: false,
        meaning: meaning.map(answer::Meaning::Mongo),
    }
}
