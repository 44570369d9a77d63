//! The ready-made experiments end as they should, and none costs the student the lab.

use session_playground::cookies::experiments::{CROWD, Experiment};

use super::visitor::{Answer, Visitor};
use crate::{browser::Browser, classroom::classroom};

pub fn outcome(page: &Answer) -> Option<usize> {
    let (_, after) = page.body.split_once("class=\"outcome number-")?;
    after.split('"').next()?.parse().ok()
}

pub async fn run(ana: &mut Visitor, experiment: Experiment, guess: &str) -> Answer {
    let url = format!("/lab/cookies/experiment/{}", experiment.id());
    ana.post(&url, &[("guess", guess)]).await
}

#[tokio::test]
async fn each_ends_in_its_outcome_with_a_jar_that_follows_the_rule() {
    let playground = classroom().await;
    for (experiment, expected) in [
        (Experiment::SessionCookie, 1),
        (Experiment::NotSecret, 0),
        (Experiment::NameNotBound, 1),
        (Experiment::StrippedPrefix, 1),
        (Experiment::Rotation, 1),
        (Experiment::FailedDeletion, 1),
        (Experiment::PathShadow, 2),
        (Experiment::Oversize, 2),
        (Experiment::Eviction, 2),
        (Experiment::HostPrefix, 1),
        (Experiment::SecureHere, 1),
    ] {
        let mut ana = Visitor::open(&playground);
        let loaded = ana
            .get(&format!("/es/cookies?experiment={}", experiment.id()))
            .await;
        assert_eq!(outcome(&loaded), None, "a prediction comes first");
        let page = run(&mut ana, experiment, "0").await;
        assert_eq!(outcome(&page), Some(expected), "{}", experiment.id());
    }
    for experiment in [Experiment::HostPrefix, Experiment::SecureHere] {
        let mut ana = Visitor::at(&playground, "localhost");
        let page = run(&mut ana, experiment, "0").await;
        assert_eq!(outcome(&page), Some(0), "{} on localhost", experiment.id());
    }
}

#[tokio::test]
async fn what_a_script_stole_is_what_it_handed_in() {
    let mut ana = Visitor::open(&classroom().await);
    let page = run(&mut ana, Experiment::HttpOnly, "1").await;
    assert_eq!(outcome(&page), None, "no script has tried yet");
    assert!(page.has("data-component=\"TheftIsland_"));
    let visible = page.lines.iter().find(|line| line.starts_with("visible="));
    let value = visible.unwrap().split(['=', ';']).nth(1).unwrap();
    ana.ask("/lab/cookies/stolen", &[("visible", value)]).await;
    let page = ana.get("/es/cookies?experiment=http-only").await;
    assert_eq!(outcome(&page), Some(1));
}

#[tokio::test]
async fn the_crowd_pushes_nothing_of_the_playground_out_and_leaves() {
    let playground = classroom().await;
    let mut ana = Visitor::open(&playground);
    ana.get("/es/cookies").await;
    ana.ask("/api/login", &[]).await;
    let (lab, mut before) = (ana.lab(), names(&ana));
    before.sort();
    let url = format!("/lab/cookies/experiment/{}", Experiment::Eviction.id());
    let page = ana.post(&url, &[("guess", "0")]).await;
    assert_eq!(outcome(&page), Some(2));
    assert!(page.lines.len() > CROWD, "{}", page.lines.len());
    assert_eq!(ana.lab(), lab);
    let mut after = names(&ana);
    after.sort();
    assert_eq!(after, before, "the sessions are there and the crowd is not");
    assert!(ana.get("/es/sessions").await.has("lane-memory"));
    let page = ana.get("/es/cookies").await;
    assert!(!page.has("relleno_2"));
}

fn names(ana: &Visitor) -> Vec<String> {
    ana.names().into_iter().map(str::to_owned).collect()
}

#[tokio::test]
async fn an_experiment_answers_programs_too() {
    let mut ana = Browser::open(&classroom().await);
    let answer = ana
        .post("/lab/cookies/experiment/oversize", "guess=2")
        .await;
    assert_eq!(answer.json()["experiment"], "oversize");
    assert_eq!(
        ana.post("/lab/cookies/experiment/none", "").await.status,
        422
    );
}
