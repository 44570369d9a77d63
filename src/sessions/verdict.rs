//! What an experiment showed for one store, and why.
//!
//! Pure rules: they see only what was recorded (the cookie that travelled, the store's reply, what
//! the lab knew of that session before) and run the same on both sides. Lost, expired, refused and
//! unknown are different outcomes and never share a word.

use serde::{Deserialize, Serialize};

use super::ledger::Known;

/// What the student expects of a store before the restart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Prediction {
    /// The store will still know the session.
    Kept,
    /// The store will have forgotten it.
    Lost,
    /// The student does not know, and says so.
    Unsure,
}

impl Prediction {
    /// Every prediction, in the order of the page.
    pub const ALL: [Self; 3] = [Self::Kept, Self::Lost, Self::Unsure];

    /// Its name in forms: `kept`, `lost` or `unsure`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Lost => "lost",
            Self::Unsure => "unsure",
        }
    }

    /// The prediction that a form names, if it names one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|prediction| prediction.name() == name)
    }
}

/// What happened to the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// The store knew the id and returned the record.
    Kept,
    /// The lab had seen this session alive, its time was not over, and the store no longer knows it.
    Lost,
    /// Its time was over.
    Expired,
    /// The store could not answer.
    Refused,
    /// Nothing can be said: no cookie was sent, or the lab had never seen this session.
    Unknown,
}

impl Outcome {
    /// Its name in the page's markup: `kept`, `lost`, `expired`, `refused` or `unknown`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Lost => "lost",
            Self::Expired => "expired",
            Self::Refused => "refused",
            Self::Unknown => "unknown",
        }
    }
}

/// What the store said when it was asked for the session.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    /// It returned the record.
    Found,
    /// It does not know the id.
    Missing,
    /// It could not answer.
    Failed {
        /// What it or the attempt said.
        reason: String,
    },
    /// It was never asked: no cookie, or an id that cannot be one.
    #[default]
    NotAsked,
}

/// The step of the way that decided: from the browser to the engine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Step {
    /// The browser sent no cookie.
    Cookie,
    /// The cookie's signature was not accepted.
    Seal,
    /// No server was there to answer.
    Server,
    /// The store looked, and knew or did not know it.
    #[default]
    Store,
    /// The process behind the store did not answer, or refused.
    Engine,
}

impl Step {
    /// Its name in the page's markup.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cookie => "cookie",
            Self::Seal => "seal",
            Self::Server => "server",
            Self::Store => "store",
            Self::Engine => "engine",
        }
    }
}

/// A verdict with the trace that led to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// What happened.
    pub outcome: Outcome,
    /// What the student had said.
    pub predicted: Option<Prediction>,
    /// The cookie's value as it travelled, if one was sent.
    pub cookie: Option<String>,
    /// The commands that the store sent for the answer, each with its reply.
    pub commands: Vec<(String, String)>,
    /// What the store said.
    pub answer: Answer,
    /// The step that decided.
    #[serde(default)]
    pub step: Step,
    /// The status of the site's answer.
    pub status: u16,
    /// What the lab knew of this session before.
    pub before: Option<Known>,
    /// When it was asked: milliseconds since 1970, UTC.
    pub at_ms: i64,
}

impl Verdict {
    /// Whether the prediction came true; `None` where the student made none, was not sure, or the outcome is neither kept nor lost.
    #[must_use]
    pub fn hit(&self) -> Option<bool> {
        match (self.predicted?, self.outcome) {
            (Prediction::Unsure, _) => None,
            (predicted, Outcome::Kept) => Some(predicted == Prediction::Kept),
            (predicted, Outcome::Lost) => Some(predicted == Prediction::Lost),
            _ => None,
        }
    }
}

/// What was recorded of one question.
#[derive(Clone, Copy, Debug)]
pub struct Evidence<'a> {
    /// Whether the browser sent a session cookie.
    pub cookie_sent: bool,
    /// When the browser was to drop the cookie that it got last, if it has not been told to since: ms since 1970, UTC.
    pub cookie_ends_ms: Option<i64>,
    /// Whether the signature of the cookie was refused.
    pub seal_refused: bool,
    /// Whether no server was there.
    pub no_server: bool,
    /// What the store said.
    pub answer: &'a Answer,
    /// What the lab knew of the session before.
    pub before: Option<&'a Known>,
    /// When it was asked: milliseconds since 1970, UTC.
    pub now_ms: i64,
}

/// The rule: from what was recorded to the outcome, and the step that decided.
#[must_use]
pub fn judge(evidence: &Evidence<'_>) -> (Outcome, Step) {
    let over = |ends_ms: i64| ends_ms <= evidence.now_ms;
    if evidence.no_server {
        return (Outcome::Refused, Step::Server);
    }
    match (evidence.answer, evidence.before) {
        (Answer::Found, _) => (Outcome::Kept, Step::Store),
        (Answer::Failed { .. }, _) => (Outcome::Refused, Step::Engine),
        (Answer::NotAsked, _) if evidence.seal_refused => (Outcome::Unknown, Step::Seal),
        (Answer::NotAsked, _) if !evidence.cookie_sent => {
            let expired = evidence.cookie_ends_ms.is_some_and(over);
            let outcome = if expired {
                Outcome::Expired
            } else {
                Outcome::Unknown
            };
            (outcome, Step::Cookie)
        }
        (Answer::NotAsked, _) => (Outcome::Unknown, Step::Cookie),
        (Answer::Missing, None) => (Outcome::Unknown, Step::Store),
        (Answer::Missing, Some(known)) if over(known.expires_ms) => (Outcome::Expired, Step::Store),
        (Answer::Missing, Some(_)) => (Outcome::Lost, Step::Store),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(expires_ms: i64) -> Known {
        Known {
            id: "x".to_owned(),
            user: Some("ana".to_owned()),
            visits: 1,
            expires_ms,
        }
    }

    fn asked<'a>(answer: &'a Answer, before: Option<&'a Known>) -> Evidence<'a> {
        Evidence {
            cookie_sent: true,
            cookie_ends_ms: None,
            seal_refused: false,
            no_server: false,
            answer,
            before,
            now_ms: 10,
        }
    }

    fn outcome(answer: &Answer, before: Option<&Known>) -> Outcome {
        judge(&asked(answer, before)).0
    }

    #[test]
    fn the_step_that_decided_is_named() {
        let nothing = asked(&Answer::NotAsked, None);
        let away = Evidence {
            no_server: true,
            ..nothing
        };
        assert_eq!(judge(&away), (Outcome::Refused, Step::Server));
        let forged = Evidence {
            seal_refused: true,
            ..nothing
        };
        assert_eq!(judge(&forged), (Outcome::Unknown, Step::Seal));
        let gone = Evidence {
            cookie_sent: false,
            ..nothing
        };
        assert_eq!(judge(&gone), (Outcome::Unknown, Step::Cookie));
        for (ends_ms, outcome) in [(10, Outcome::Expired), (11, Outcome::Unknown)] {
            let gone = Evidence {
                cookie_ends_ms: Some(ends_ms),
                ..gone
            };
            assert_eq!(judge(&gone), (outcome, Step::Cookie));
        }
        assert_eq!(judge(&asked(&Answer::Found, None)).1, Step::Store);
    }

    #[test]
    fn found_is_kept_and_failure_is_refused_whatever_was_known() {
        let failed = Answer::Failed {
            reason: "Connection refused".to_owned(),
        };
        for before in [None, Some(known(5)), Some(known(50))] {
            assert_eq!(outcome(&Answer::Found, before.as_ref()), Outcome::Kept);
            assert_eq!(outcome(&failed, before.as_ref()), Outcome::Refused);
        }
    }

    #[test]
    fn missing_is_lost_only_if_its_time_was_not_over() {
        assert_eq!(outcome(&Answer::Missing, Some(&known(50))), Outcome::Lost);
        assert_eq!(
            outcome(&Answer::Missing, Some(&known(10))),
            Outcome::Expired
        );
        assert_eq!(outcome(&Answer::Missing, None), Outcome::Unknown);
        assert_eq!(
            outcome(&Answer::NotAsked, Some(&known(50))),
            Outcome::Unknown
        );
    }

    #[test]
    fn only_kept_and_lost_can_be_predicted() {
        let mut verdict = Verdict {
            outcome: Outcome::Lost,
            predicted: Some(Prediction::Lost),
            cookie: None,
            commands: vec![],
            answer: Answer::Missing,
            step: Step::Store,
            status: 200,
            before: None,
            at_ms: 0,
        };
        assert_eq!(verdict.hit(), Some(true));
        verdict.predicted = Some(Prediction::Kept);
        assert_eq!(verdict.hit(), Some(false));
        verdict.predicted = Some(Prediction::Unsure);
        assert_eq!(verdict.hit(), None);
        verdict.predicted = Some(Prediction::Lost);
        verdict.outcome = Outcome::Refused;
        assert_eq!(verdict.hit(), None);
    }
}
