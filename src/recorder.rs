//! How a store tells what it really did.
//!
//! Whoever dispatches a request puts a [`Recorder`] in scope with [`recording`]; the stores tell it
//! every command with its reply, at the place where the command was sent. Outside such a scope
//! (cleaning, the drawing's own look at the stores) nothing is recorded.

use std::{future::Future, sync::Arc};

use serde::{Deserialize, Serialize};

pub(crate) mod moment;
pub(crate) mod redis_text;

/// One command as a store sent it, and what came back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Command {
    /// The command in the store's own language: `GET sess:…`, `find {…}`, `open …`.
    pub text: String,
    /// What came back, in the same language: `(nil)`, `OK`, `1 document`, `ENOENT`.
    pub reply: String,
    /// Whether the command itself failed (a missing record is an answer, not a failure).
    pub failed: bool,
}

/// Somebody who keeps what stores tell.
pub trait Recorder: Send + Sync {
    /// Keeps one command. Called once the reply is there.
    fn record(&self, command: Command);
}

tokio::task_local! {
    static RECORDER: Arc<dyn Recorder>;
}

/// Runs `work` while `recorder` hears every command that stores send in the same task.
pub async fn recording<F: Future>(recorder: Arc<dyn Recorder>, work: F) -> F::Output {
    RECORDER.scope(recorder, work).await
}

/// Tells the recorder in scope, if there is one. The text is built only when somebody listens.
pub fn record(command: impl FnOnce() -> Command) {
    // Outside a scope `try_with` fails, and that is fine: nobody listens.
    let _ = RECORDER.try_with(|recorder| recorder.record(command()));
}

/// Whether somebody listens in this task.
pub fn listening() -> bool {
    RECORDER.try_with(|_| ()).is_ok()
}
