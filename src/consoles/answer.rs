//! What a console answers to one line.

use serde::{Deserialize, Serialize};

use super::{mongo, redis};

/// What a console answers to one line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// Byte for byte what the real tool prints, without the last line break. Empty if it prints nothing,
    /// and if the line was refused before it was sent.
    pub printed: String,
    /// Whether it is an error: the server's, the tool's, or a refusal of ours.
    pub failed: bool,
    /// What it means for a session, or why it was refused.
    pub meaning: Option<Meaning>,
}

/// What an answer means for a session, or why there is none; the words are in `i18n`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Meaning {
    /// Said by the console of Redis.
    Redis(redis::Meaning),
    /// Said by the console of MongoDB.
    Mongo(mongo::Meaning),
}
