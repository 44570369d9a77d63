//! Anything at all typed into the MongoDB console: no panic, no command that leaves the lab, and a
//! neighbour's document as it was.
//!
//! `make test` tries a few hundred and everything that was ever found (`fuzz-mongo-found.jsonl`);
//! `make fuzz` goes on. What either finds is kept there.

use std::{fs::OpenOptions, io::Write};

use mongodb::{
    Client, Collection,
    bson::{Document, doc},
};
use proptest::test_runner::{Config, TestCaseError, TestError, TestRunner};
use session_playground::{
    consoles::mongo::{
        line::{Request, understand},
        scope,
    },
    i18n::Locale,
};

mod lines;

use super::student::Student;
use crate::{
    classroom::classroom,
    engine_fixture::{mongo_url, quiet, quietly},
};
use lines::anything;

/// What was ever found, one line each, as a JSON string.
const FOUND: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/src/tests/consoles/fuzz-mongo-found.jsonl"
);
const OWN: &str = "0123456789abcdef";
const NEIGHBOUR: &str = "fedcba9876543210";
const SECRET: &str = "the neighbours secret";

/// Reads a line as far as a command, and says what is wrong with it.
fn read(line: &str) -> Result<(), String> {
    let meaning = match understand(line, "test") {
        Err(thrown) => thrown.meaning,
        Ok(understood) => match understood.request {
            Request::Print { meaning, .. } => meaning,
            Request::Ask(ask) => match scope::scoped(&ask, OWN) {
                Err(meaning) => Some(meaning),
                Ok(scoped) if scope::is_within(scoped.command(), OWN) => None,
                Ok(scoped) => return Err(format!("leaves the lab: {}", scoped.command())),
            },
        },
    };
    if let Some(meaning) = meaning {
        for locale in Locale::ALL {
            assert!(!(locale.mongo_console().meaning)(&meaning).is_empty());
        }
    }
    Ok(())
}

/// Tries so many lines; gives back the smallest that fails.
fn search(
    cases: u32,
    mut holds: impl FnMut(&str) -> Result<(), String>,
) -> Option<(String, String)> {
    let mut runner = TestRunner::new(Config {
        failure_persistence: None,
        ..Config::with_cases(cases)
    });
    let holds = std::cell::RefCell::new(&mut holds);
    let result = runner.run(&anything(), |line| {
        (holds.borrow_mut())(&line).map_err(TestCaseError::fail)
    });
    match result {
        Err(TestError::Fail(reason, line)) => Some((line, reason.to_string())),
        Err(TestError::Abort(reason)) => panic!("{reason}"),
        Ok(()) => None,
    }
}

fn keep(found: Option<(String, String)>) {
    if let Some((line, reason)) = found {
        let line = serde_json::to_string(&line).unwrap();
        let mut file = OpenOptions::new().append(true).open(FOUND).unwrap();
        writeln!(file, "{line}").unwrap();
        panic!("{reason}: kept in {FOUND}: {line}");
    }
}

/// A student, and a neighbour whose document must stay as it is.
struct Pair {
    ana: Student,
    eva: Student,
    sessions: Collection<Document>,
    before: Document,
}

impl Pair {
    async fn open() -> Self {
        let playground = classroom().await;
        let (ana, eva) = (
            Student::enter(&playground).await,
            Student::enter(&playground).await,
        );
        let client = Client::with_uri_str(mongo_url()).await.unwrap();
        let sessions = client.database("session_playground").collection("sessions");
        let set = format!("db.sessions.updateOne({{}}, {{$set: {{secret: '{SECRET}'}}}})");
        eva.types(&set).await;
        let mut pair = Self {
            ana,
            eva,
            sessions,
            before: Document::new(),
        };
        pair.before = pair.held().await;
        pair
    }

    async fn held(&self) -> Document {
        let held = self
            .sessions
            .find_one(doc! { "_id": &self.eva.id })
            .await
            .unwrap();
        held.unwrap_or_default()
    }

    /// Types a line with the real names in it.
    async fn hold(&self, line: &str) -> Result<(), String> {
        let line = line
            .replace(NEIGHBOUR, &self.eva.tag)
            .replace(OWN, &self.ana.tag)
            .replace("{ID}", &self.eva.id);
        let answer = self.ana.types(&line).await;
        if answer.printed.contains(SECRET) && !line.contains(SECRET) {
            return Err(format!("shows the neighbour: {}", answer.printed));
        }
        if self.held().await != self.before {
            return Err("changes the neighbour".to_owned());
        }
        Ok(())
    }
}

/// As many lines as proptest is told to try (`PROPTEST_CASES`), and a thousand otherwise.
#[test]
fn no_line_leaves_the_lab() {
    let _quiet = quietly();
    let told = Config::default().cases;
    keep(search(told.max(1000), read));
}

/// A tenth of that against the real server.
#[tokio::test(flavor = "multi_thread")]
async fn the_neighbour_stays_as_it_is() {
    let _quiet = quiet().await;
    let pair = Pair::open().await;
    let handle = tokio::runtime::Handle::current();
    let cases = (Config::default().cases / 10).max(100);
    let found =
        tokio::task::block_in_place(|| search(cases, |line| handle.block_on(pair.hold(line))));
    keep(found);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_ever_found_stays_mended() {
    let found = std::fs::read_to_string(FOUND).unwrap();
    let pair = Pair::open().await;
    for line in found.lines().filter(|line| !line.is_empty()) {
        let line: String = serde_json::from_str(line).unwrap();
        assert_eq!(read(&line), Ok(()), "{line}");
        assert_eq!(pair.hold(&line).await, Ok(()), "{line}");
    }
}
