//! What a lab remembers of its failures: the experiment under way and the matrix.

use serde::{Deserialize, Serialize};

use super::{matrix::Row, menu::Failure};
use crate::{
    error::LabError,
    sandbox::{Sandbox, notes::Notes},
    sessions::{ledger::Known, verdict::Prediction},
};

/// How far the experiment under way is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    /// Something has to come to its end first: milliseconds since 1970, UTC.
    Waiting {
        /// When it will have.
        due_ms: i64,
    },
    /// The verdicts are there.
    Done,
}

/// The experiment under way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// What is done.
    pub failure: Failure,
    /// What the student expects, in the order of the stores.
    pub predictions: [Option<Prediction>; 4],
    /// What the lab knew of the sessions before.
    pub known: [Option<Known>; 4],
    /// What was done so far, with what came of it.
    pub deeds: Vec<(String, String)>,
    /// How far it is.
    pub phase: Phase,
}

/// One page of notes.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Page {
    /// The experiment under way, or the last one.
    pub run: Option<Run>,
    /// The last result of every entry that was tried.
    pub matrix: Vec<Row>,
    /// What went wrong last: the page that a form leads back to shows it.
    pub notice: Option<LabError>,
}

impl Page {
    /// The last result of an entry.
    #[must_use]
    pub fn row(&self, failure: Failure) -> Option<&Row> {
        self.matrix.iter().find(|row| row.failure == failure)
    }

    /// Puts a result in the place of an older one.
    pub fn enter(&mut self, mut row: Row) {
        row.bound();
        self.matrix.retain(|older| older.failure != row.failure);
        self.matrix.push(row);
    }
}

/// The failure lab of one student.
pub struct FailureLab {
    /// What the lab remembers.
    pub notes: Notes<Page>,
    /// One experiment at a time: held while one is done.
    pub turn: tokio::sync::Mutex<()>,
}

impl FailureLab {
    /// Opens the notes of a lab, or an empty page.
    #[must_use]
    pub fn open(sandbox: Sandbox) -> Self {
        Self {
            notes: Notes::open(sandbox, "failures.json"),
            turn: tokio::sync::Mutex::default(),
        }
    }

    /// Whether nothing has been tried yet.
    pub fn is_untouched(&self) -> bool {
        let page = self.notes.page();
        page.run.is_none() && page.matrix.is_empty()
    }
}
