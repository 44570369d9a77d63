//! Any line at all in a Redis that others use too: no panic, and nothing of another lab is read, changed or named.
//!
//! `make test` tries a few hundred and everything that was ever found (`fuzz-redis-found.jsonl`);
//! `make fuzz` goes on for ten minutes. What either finds is kept there.

use std::{fs::OpenOptions, io::Write, sync::Arc};

use proptest::test_runner::{Config, TestCaseError, TestError, TestRunner};
use session_playground::server::Playground;

mod neighbour;
mod tries;

use crate::{classroom::classroom, engine_fixture::quiet};
use neighbour::Street;
use tries::{Try, attempt};

/// What was ever found, one try per line.
const FOUND: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/src/tests/consoles/fuzz-redis-found.jsonl"
);

/// Gives back the smallest try that fails.
async fn search(playground: &Arc<Playground>) -> Option<(Try, String)> {
    let street = Street::open(playground).await;
    let handle = tokio::runtime::Handle::current();
    tokio::task::block_in_place(|| {
        let mut runner = TestRunner::new(Config {
            failure_persistence: None,
            ..Config::default()
        });
        let result = runner.run(&attempt(), |tried| {
            let held = handle.block_on(street.hold(playground, &tried));
            held.map_err(TestCaseError::fail)
        });
        match result {
            Err(TestError::Fail(reason, tried)) => Some((tried, reason.to_string())),
            Err(TestError::Abort(reason)) => panic!("{reason}"),
            Ok(()) => None,
        }
    })
}

/// As many tries as proptest is told to make (`PROPTEST_CASES`), and a few hundred otherwise.
#[tokio::test(flavor = "multi_thread")]
async fn no_line_leaves_its_lab() {
    let _quiet = quiet().await;
    if let Some((tried, reason)) = search(&classroom().await).await {
        let line = serde_json::to_string(&tried).unwrap();
        let mut file = OpenOptions::new().append(true).open(FOUND).unwrap();
        writeln!(file, "{line}").unwrap();
        panic!("{reason}: kept in {FOUND}: {line}");
    }
}

#[tokio::test]
async fn what_was_ever_found_stays_mended() {
    let found = std::fs::read_to_string(FOUND).unwrap();
    let playground = classroom().await;
    let street = Street::open(&playground).await;
    for line in found.lines().filter(|line| !line.is_empty()) {
        let tried: Try = serde_json::from_str(line).unwrap();
        assert_eq!(street.hold(&playground, &tried).await, Ok(()), "{line}");
    }
}
