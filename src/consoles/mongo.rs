//! mongosh on the lab's own documents.

use serde::{Deserialize, Serialize};

use super::answer::Answer;
use crate::{error::LabError, sessions::bench::SessionLab};

/// What an answer of MongoDB means for a session, or why a line was not sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Meaning {}

/// Does what mongosh does with a line.
///
/// # Errors
/// What keeps the server from being asked at all.
pub async fn type_line(_lab: &SessionLab, _line: &str) -> Result<Answer, LabError> {
    std::future::ready(()).await;
    Err(LabError::BadForm)
}

/// What can be completed: the text, and a hint of its arguments.
#[must_use]
pub fn completions() -> Vec<(&'static str, &'static str)> {
    Vec::new()
}
