//! What a store tells while somebody listens.

use std::sync::Mutex;

use session_playground::recorder::{self, Recorder};

/// A recorder that keeps what it hears.
#[derive(Default)]
pub struct Ear(Mutex<Vec<recorder::Command>>);

impl Ear {
    /// What it heard, in order.
    pub fn heard(&self) -> Vec<recorder::Command> {
        self.0.lock().expect("no panic in a recorder").clone()
    }
}

impl Recorder for Ear {
    fn record(&self, command: recorder::Command) {
        self.0.lock().expect("no panic in a recorder").push(command);
    }
}
