//! Anything at all in the form, on the buttons and in the `Cookie` header: no panic, no header that
//! was not meant, and the lab's own cookie as it was.
//!
//! `make test` tries a few hundred and everything that was ever found (`fuzz-found.jsonl`);
//! `make fuzz` goes on for ten minutes. What either finds is kept there.

use std::{cell::Cell, fmt::Debug, fs::OpenOptions, io::Write, sync::Arc};

use axum::http::{HeaderMap, HeaderValue, header};
use proptest::{
    prelude::*,
    test_runner::{Config, TestCaseError, TestError, TestRunner},
};
use serde::{Deserialize, Serialize};
use session_playground::{
    cookies::{
        cookie_parser::cookie_parser,
        request::{Heard, Visit, student_lines},
        state::Page,
        tower_reader::tower_reads,
        views::{observe, rows},
    },
    i18n::Locale,
    server::Playground,
};
use tokio::{runtime::Handle, task::block_in_place};

mod bytes;
mod may;
mod pressing;
mod target;
mod tries;

use crate::{
    classroom::classroom,
    engine_fixture::{quiet, quietly},
};
use bytes::latin1;
use target::{Reach, Target};
use tries::{Try, attempt};

/// What was ever found, one per line; some were never found but written down as the worst that could be.
const FOUND: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/src/tests/cookies/fuzz-found.jsonl"
);

/// A line of that file.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Found {
    Try(Try),
    Header(Raw),
}

/// The bytes of a `Cookie` header.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Raw(#[serde(with = "latin1")] Vec<u8>);

/// As many tries as proptest is told to make (`PROPTEST_CASES`), and a few hundred otherwise. The
/// smallest one that fails is kept.
fn search<S: Strategy>(
    tries: &S,
    found: impl Fn(S::Value) -> Found,
    hold: impl Fn(&S::Value) -> Result<(), String>,
) where
    S::Value: Clone + Debug,
{
    let mut runner = TestRunner::new(Config {
        failure_persistence: None,
        ..Config::default()
    });
    let result = runner.run(tries, |one| hold(&one).map_err(TestCaseError::fail));
    match result {
        Ok(()) => {}
        Err(TestError::Abort(reason)) => panic!("{reason}"),
        Err(TestError::Fail(reason, smallest)) => {
            let line = serde_json::to_string(&found(smallest)).unwrap();
            let mut file = OpenOptions::new().append(true).open(FOUND).unwrap();
            writeln!(file, "{line}").unwrap();
            panic!("{reason}: kept in {FOUND}: {line}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn anything_can_be_sent() {
    let _quiet = quiet().await;
    let playground = classroom().await;
    let handle = Handle::current();
    let reach = Cell::new(Reach::default());
    block_in_place(|| {
        search(&attempt(), Found::Try, |tried| {
            let one = handle.block_on(try_it(&playground, tried))?;
            let sum = reach.get();
            reach.set(Reach {
                requests: sum.requests + one.requests,
                heard: sum.heard + one.heard,
                acts: sum.acts + one.acts,
                done: sum.done + one.done,
            });
            Ok(())
        });
    });
    // A try that never gets in proves nothing.
    let Reach {
        requests,
        heard,
        acts,
        done,
    } = reach.get();
    assert!(heard * 10 > requests * 9, "{heard} of {requests} requests");
    assert!(done * 3 > acts, "{done} of {acts} acts");
}

async fn try_it(playground: &Arc<Playground>, tried: &Try) -> Result<Reach, String> {
    Target::open(playground).await.hold(tried).await
}

#[test]
fn the_readers_take_any_bytes() {
    let _quiet = quietly();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (drawn, heard) = (Cell::new(0_u32), Cell::new(0_u32));
    let keep = |bytes| Found::Header(Raw(bytes));
    search(&bytes::header(), keep, |bytes| {
        drawn.set(drawn.get() + 1);
        heard.set(heard.get() + u32::from(HeaderValue::from_bytes(bytes).is_ok()));
        runtime.block_on(read(bytes))
    });
    assert!(heard.get() * 10 > drawn.get() * 9, "{heard:?} of {drawn:?}");
}

/// Shows these bytes to everything that reads a `Cookie` header.
async fn read(bytes: &[u8]) -> Result<(), String> {
    let Ok(line) = HeaderValue::from_bytes(bytes) else {
        return Ok(());
    };
    let headers: HeaderMap = [(header::COOKIE, line)].into_iter().collect();
    let heard = Heard::from_headers(&headers);
    if heard.pairs.iter().any(|pair| pair.name == "lab") {
        return Err("the lab's own cookie is among the student's".to_owned());
    }
    let visit = Visit {
        https: false,
        host: "playground.test".to_owned(),
        path: "/es/cookies".to_owned(),
        locale: Locale::Es,
        wants_page: true,
        from_another_site: false,
        experiment: None,
    };
    let mut page = Page::default();
    observe(&mut page, &visit, &heard, 0);
    let rows = rows(&page, &visit, &heard).len();
    if rows != heard.pairs.len() {
        return Err(format!("{rows} rows for {:?}", heard.pairs));
    }
    let keys = ["nueva".to_owned(), "vieja".to_owned()];
    for keys in [&keys[..], &keys[..1], &[]] {
        let parsed = cookie_parser(bytes, keys);
        // Nobody has signed anything here.
        if parsed
            .signed_cookies
            .iter()
            .any(|(_, value)| value != false)
        {
            return Err(format!("signed by nobody: {:?}", parsed.signed_cookies));
        }
    }
    for pair in heard.pairs.iter().take(3) {
        let reads = tower_reads(&student_lines(&headers), &pair.name, &keys[0]).await;
        if reads.signed.is_some() || reads.private.is_some() {
            return Err(format!("sealed by nobody: {reads:?}"));
        }
    }
    Ok(())
}

#[tokio::test]
async fn what_was_ever_found_stays_mended() {
    let found = std::fs::read_to_string(FOUND).unwrap();
    let playground = classroom().await;
    let mut lines = 0;
    for line in found.lines() {
        let held = match serde_json::from_str(line).unwrap() {
            Found::Try(tried) => try_it(&playground, &tried).await.map(|_| ()),
            Found::Header(Raw(bytes)) => read(&bytes).await,
        };
        assert_eq!(held, Ok(()), "{line}");
        lines += 1;
    }
    assert!(lines >= 4, "nothing was tried again");
}
