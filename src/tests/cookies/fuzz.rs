//! Anything at all in the form and in the `Cookie` header: no panic, no header that was not meant, and
//! the lab's own cookie as it was.
//!
//! `make test` tries a few hundred and everything that was ever found (`fuzz-found.jsonl`);
//! `make fuzz` goes on for ten minutes. What either finds is kept there.

use std::{fs::OpenOptions, io::Write, sync::Arc};

use axum::http::{HeaderValue, header};
use proptest::{
    collection::vec,
    prelude::*,
    test_runner::{Config, TestCaseError, TestError, TestRunner},
};
use session_playground::{
    cookies::{
        request::Heard,
        views::{observe, rows},
    },
    server::Playground,
};

mod target;
mod tries;

use crate::{
    classroom::classroom,
    engine_fixture::{quiet, quietly},
};
use target::Target;
use tries::{Try, attempt};

/// What was ever found, one try per line.
const FOUND: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/src/tests/cookies/fuzz-found.jsonl"
);

/// Gives back the smallest try that fails.
fn search(playground: &Arc<Playground>) -> Option<(Try, String)> {
    let handle = tokio::runtime::Handle::current();
    tokio::task::block_in_place(|| {
        let mut runner = TestRunner::new(Config {
            failure_persistence: None,
            ..Config::default()
        });
        let result = runner.run(&attempt(), |tried| {
            let held = handle.block_on(async { Target::open(playground).await.hold(&tried).await });
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
async fn anything_can_be_sent() {
    let _quiet = quiet().await;
    if let Some((tried, reason)) = search(&classroom().await) {
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
    for line in found.lines().filter(|line| !line.is_empty()) {
        let tried: Try = serde_json::from_str(line).unwrap();
        let target = Target::open(&playground).await;
        assert_eq!(target.hold(&tried).await, Ok(()), "{line}");
    }
}

#[test]
fn the_cookie_parser_takes_any_bytes() {
    let _quiet = quietly();
    let mut runner = TestRunner::new(Config {
        failure_persistence: None,
        ..Config::with_cases(2000)
    });
    let bytes = vec(any::<u8>(), 0..400);
    runner
        .run(&bytes, |bytes| {
            let Ok(line) = HeaderValue::from_bytes(&bytes) else {
                return Ok(());
            };
            let headers = [(header::COOKIE, line)].into_iter().collect();
            let heard = Heard::from_headers(&headers);
            let visit = session_playground::cookies::request::Visit {
                https: false,
                host: "playground.test".to_owned(),
                path: "/es/cookies".to_owned(),
                locale: session_playground::i18n::Locale::Es,
                wants_page: true,
                from_another_site: false,
                experiment: None,
            };
            let mut page = session_playground::cookies::bench::Page::default();
            observe(&mut page, &visit, &heard, 0);
            prop_assert_eq!(rows(&page, &visit, &heard).len(), heard.pairs.len());
            prop_assert!(heard.pairs.iter().all(|pair| pair.name != "lab"));
            Ok(())
        })
        .unwrap();
}
