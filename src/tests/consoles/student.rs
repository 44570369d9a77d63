//! A student at the console, with a browser beside it.

use std::sync::Arc;

use session_playground::{
    consoles::{
        answer::{Answer, Meaning},
        mongo::{self, type_line},
    },
    sandbox::registry::Lab,
    server::{Playground, workbench::Workbench},
    stores::StoreKind,
};

use crate::browser::{Browser, tag_of};

/// A student who has logged in, and the student's lab.
pub struct Student {
    pub browser: Browser,
    pub lab: Arc<Lab<Workbench>>,
    pub tag: String,
    /// The id of the session in MongoDB.
    pub id: String,
}

impl Student {
    /// Somebody new, logged in as ana in every store.
    pub async fn enter(playground: &Arc<Playground>) -> Self {
        let mut browser = Browser::open(playground);
        let tag = tag_of(&browser.press("login", "").await);
        let id = browser.jar[StoreKind::Mongo.cookie_name()].clone();
        let mut labs = playground.registry.all().into_iter();
        let (_, lab) = labs
            .find(|(name, _)| name.as_str() == tag)
            .expect("the lab");
        Self {
            browser,
            lab,
            tag,
            id,
        }
    }

    /// Types a line.
    pub async fn types(&self, line: &str) -> Answer {
        let typed = type_line(&self.lab.bench.sessions, line).await;
        typed.unwrap_or_else(|error| panic!("{line}: {error}"))
    }

    /// What the answer to a line means.
    pub async fn means(&self, line: &str) -> mongo::Meaning {
        match self.types(line).await.meaning {
            Some(Meaning::Mongo(meaning)) => meaning,
            other => panic!("{line}: {other:?}"),
        }
    }

    /// Who the site says this is.
    pub async fn user(&mut self) -> String {
        let me = self.browser.get("/lab/mongo/me").await;
        assert_eq!(me.status, 200, "{}", me.body);
        me.json()["user"].as_str().unwrap_or("nobody").to_owned()
    }
}
