//! What a lab holds: one bench for each laboratory of the syllabus.

use std::sync::Arc;

use crate::{
    consoles::bench::ConsoleLab,
    cookies::state::CookieLab,
    engines::Engines,
    failures::state::FailureLab,
    sandbox::{Bench, Sandbox},
    sessions::lab::SessionLab,
};

/// The benches of one student.
pub struct Workbench {
    /// The cookie lab.
    pub cookies: Arc<CookieLab>,
    /// The session lab.
    pub sessions: Arc<SessionLab>,
    /// The failure lab, on the same two servers.
    pub failures: Arc<FailureLab>,
    /// The consoles, on the same stores.
    pub consoles: Arc<ConsoleLab>,
}

impl Bench for Workbench {
    type Tools = Engines;

    fn open(sandbox: Sandbox, engines: &Engines) -> Self {
        Self {
            cookies: Arc::new(CookieLab::open(sandbox.clone())),
            failures: Arc::new(FailureLab::open(sandbox.clone())),
            consoles: Arc::new(ConsoleLab::open(sandbox.clone())),
            sessions: Arc::new(SessionLab::open(sandbox, engines)),
        }
    }

    fn is_untouched(&self) -> bool {
        self.cookies.is_untouched()
            && self.sessions.is_untouched()
            && self.failures.is_untouched()
            && self.consoles.is_untouched()
    }

    async fn keep(&self) {
        self.cookies.notes.keep().await;
        self.failures.notes.keep().await;
        self.consoles.notes.keep().await;
        self.sessions.keep().await;
    }

    async fn clear(&self) {
        // The session lab owns records outside of the folder, and removes the folder last.
        self.sessions.clear().await;
    }
}
