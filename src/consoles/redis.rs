//! redis-cli on the lab's own Redis.

use serde::{Deserialize, Serialize};

use super::answer::Answer;
use crate::{error::LabError, sessions::bench::SessionLab};

/// What an answer of Redis means for a session, or why a line was not sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Meaning {}

/// Does what redis-cli does with a line.
///
/// # Errors
/// [`LabError::NoRedisLeft`], and what keeps a server from being asked at all.
pub async fn type_line(_lab: &SessionLab, _line: &str) -> Result<Answer, LabError> {
    std::future::ready(()).await;
    Err(LabError::BadForm)
}

/// What can stand where the line ends now: whole lines that continue it, best first, at most 12.
#[must_use]
pub fn completions() -> Vec<(&'static str, &'static str)> {
    Vec::new()
}
