//! A student's own cookies beside those of an experiment: its outcome stays true, or says that it cannot be told.

use std::collections::BTreeSet;

use session_playground::cookies::{experiments::Experiment, state::FIRST_KEY};

use super::{
    experiments::{outcome, run},
    visitor::{Answer, Visitor},
};
use crate::classroom::classroom;

fn is_unclear(page: &Answer) -> bool {
    page.has("data-testid=\"unclear\"") && outcome(page).is_none()
}

async fn line(ana: &mut Visitor, line: &str) {
    let answer = ana.ask("/lab/cookies/line", &[("line", line)]).await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn where_another_cookie_is_in_the_way_it_cannot_be_told() {
    let playground = classroom().await;
    let short = format!("grande={}; Path=/", "x".repeat(4090));
    for (own, experiment, alone) in [
        (short.as_str(), Experiment::Oversize, 2),
        ("segura=1; Path=/", Experiment::SecureHere, 1),
        (
            "rol=s%3Aprofe.firma; Path=/es",
            Experiment::StrippedPrefix,
            1,
        ),
        ("quien=otra; Path=/lab", Experiment::PathShadow, 2),
    ] {
        let mut ana = Visitor::open(&playground);
        line(&mut ana, own).await;
        let page = run(&mut ana, experiment, "0").await;
        assert!(
            is_unclear(&page),
            "{}: {:?}",
            experiment.id(),
            outcome(&page)
        );
        ana.post("/lab/cookies/reset", &[]).await;
        let page = run(&mut ana, experiment, "0").await;
        assert_eq!(outcome(&page), Some(alone), "{}", experiment.id());
    }
}

#[tokio::test]
async fn what_stays_beside_another_cookie_is_still_told() {
    let playground = classroom().await;
    for (own, experiment, expected) in [
        ("pegada=1; Path=/es", Experiment::FailedDeletion, 1),
        (
            "sin_max_age=1; Path=/es; Max-Age=60",
            Experiment::SessionCookie,
            1,
        ),
        ("entrada=1; Path=/es", Experiment::Rotation, 1),
        ("nota=1; Path=/es", Experiment::NotSecret, 0),
        ("rol=1; Path=/es", Experiment::NameNotBound, 1),
    ] {
        let mut ana = Visitor::open(&playground);
        line(&mut ana, own).await;
        let page = run(&mut ana, experiment, "0").await;
        assert_eq!(outcome(&page), Some(expected), "{}", experiment.id());
    }
}

#[tokio::test]
async fn a_name_that_ends_like_the_secret_one_is_no_theft() {
    let mut ana = Visitor::open(&classroom().await);
    line(&mut ana, "mi_secreta=1; Path=/").await;
    let page = run(&mut ana, Experiment::HttpOnly, "1").await;
    let visible = page.lines.iter().find(|line| line.starts_with("visible="));
    let visible = visible.unwrap().split(';').next().unwrap().to_owned();
    let steal = async |ana: &mut Visitor, loot: String| {
        let (name, value) = loot.split_once('=').unwrap();
        ana.ask("/lab/cookies/stolen", &[(name, value)]).await;
        ana.get("/es/cookies?experiment=http-only").await
    };
    // The body is `visible=…`, as a script's `document.cookie` begins.
    let page = steal(&mut ana, visible).await;
    assert_eq!(outcome(&page), Some(1));
    run(&mut ana, Experiment::HttpOnly, "1").await;
    let page = steal(&mut ana, "mi_secreta=1".to_owned()).await;
    assert!(is_unclear(&page), "the visible one was not there either");
}

#[tokio::test]
async fn a_value_of_an_earlier_run_passes_for_nothing() {
    let mut ana = Visitor::at(&classroom().await, "localhost");
    let page = run(&mut ana, Experiment::SecureHere, "0").await;
    assert_eq!(outcome(&page), Some(0));
    // The same browser where nothing counts as secure, with what it kept.
    let earlier = page.row("segura").unwrap();
    assert_eq!(earlier.state(), "sent");
    let of_run = |page: &Answer| {
        let sent = page.lines.iter().find(|line| line.starts_with("segura="));
        sent.map(|line| line.split(';').next().unwrap_or_default().to_owned())
    };
    let again = run(&mut ana, Experiment::SecureHere, "0").await;
    assert_ne!(of_run(&page), of_run(&again));
}

#[tokio::test]
async fn keys_never_come_back_however_they_are_rotated() {
    let mut ana = Visitor::open(&classroom().await);
    let mut seen = BTreeSet::from([FIRST_KEY.to_owned()]);
    let mut acts = ["rotate-and-keep", "rotate-and-drop"].into_iter().cycle();
    for round in 0..6 {
        let page = run(&mut ana, Experiment::Rotation, "1").await;
        assert_eq!(outcome(&page), Some(1), "round {round}");
        assert_eq!(page.row("entrada").unwrap().verdict(), "wrong-key");
        // Ten rotations among six runs.
        for act in acts.by_ref().take(if round < 4 { 2 } else { 1 }) {
            let answer = ana.ask("/lab/cookies/keys", &[("act", act)]).await;
            let answer: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
            let keys = answer["keys"].as_array().unwrap();
            assert!(
                seen.insert(keys[0].as_str().unwrap().to_owned()),
                "{act}: {answer}"
            );
            let distinct: BTreeSet<_> = keys.iter().map(|key| key.as_str()).collect();
            assert_eq!(distinct.len(), keys.len());
            let page = ana.get("/es/cookies").await;
            assert_eq!(page.row("entrada").unwrap().verdict(), "wrong-key", "{act}");
        }
    }
}
