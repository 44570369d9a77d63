//! The console of Redis beside the real `redis-cli`, and what it says of a session.

use std::{sync::Arc, time::Duration};

use session_playground::{
    config,
    consoles::{
        answer::{self, Answer},
        redis::{Meaning, type_line},
    },
    i18n::Locale,
    sandbox::registry::Lab,
    server::{Playground, workbench::Workbench},
    stores::SandboxTag,
};

use crate::{
    browser::Browser,
    classroom::{classroom, classroom_of_their_own},
    engine_fixture::{Folder, Server, free_port, program, quiet, redis_port, until},
};

mod alone;
mod lines;
mod long;
mod sessions;

const PATIENCE: Duration = Duration::from_secs(60);

/// A lab with its console.
pub struct Console(Arc<Lab<Workbench>>);

impl Console {
    /// Of a new lab.
    pub fn new(playground: &Arc<Playground>) -> Self {
        let tag = SandboxTag::of(&config::random::<16>());
        Self(playground.registry.enter(&tag))
    }

    /// Of the only lab that there is.
    fn of_the_only_lab(playground: &Arc<Playground>) -> Self {
        let mut labs = playground.registry.all();
        assert_eq!(labs.len(), 1);
        Self(labs.remove(0).1)
    }

    /// Types a line.
    pub async fn types(&self, line: &str) -> Answer {
        let answer = type_line(&self.0.bench.sessions, line).await;
        let answer = answer.unwrap_or_else(|error| panic!("{line}: {error}"));
        for locale in Locale::ALL {
            if let Some(answer::Meaning::Redis(meaning)) = &answer.meaning {
                let text = (locale.redis_console().meaning)(meaning);
                assert!(text.len() > 3, "{meaning:?}");
            }
        }
        answer
    }

    /// Types a line that is answered.
    async fn prints(&self, line: &str) -> String {
        self.types(line).await.printed
    }

    /// What a line means.
    async fn means(&self, line: &str) -> Meaning {
        match self.types(line).await.meaning {
            Some(answer::Meaning::Redis(meaning)) => meaning,
            other => panic!("{line}: {other:?}"),
        }
    }

    /// Takes the lab back to its beginning.
    pub async fn reset(&self) {
        self.0.bench.sessions.reset().await;
    }

    /// Where the lab's own Redis lives.
    fn folder(&self) -> std::path::PathBuf {
        let sandbox = self.0.bench.sessions.notebook.sandbox();
        sandbox.folder.join("redis")
    }

    /// What every key of the lab begins with.
    pub fn prefix(&self) -> String {
        self.0.bench.sessions.outside.redis.prefix()
    }
}
