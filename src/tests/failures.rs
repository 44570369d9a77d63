//! The failure menu: every entry is a real act, ends in the right verdict, and stays in its own lab.

use std::{sync::Arc, time::Duration};

use axum::http::{Method, StatusCode};
use serde_json::Value;
use session_playground::{
    config,
    failures::menu::{Failure, Group},
    server::Playground,
    sessions::verdict::Outcome::{self, Expired, Kept, Lost, Refused, Unknown},
};

use super::{
    browser::{Answer, Browser, tag_of},
    classroom::classroom_of_their_own,
    engine_fixture::until,
};

mod acts;
mod servers;
mod settings;

/// The outcomes, in the order memory, file, Redis, MongoDB, and the step that decided in the lane
/// that the entry is about.
fn expected(failure: Failure) -> ([Outcome; 4], &'static str) {
    use session_playground::failures::menu::Safety::{Aof, None, Rdb, Snapshot};
    let redis = |outcome| [Kept, Kept, outcome, Kept];
    match failure {
        Failure::Restart | Failure::Kill => ([Lost, Kept, Kept, Kept], "store"),
        Failure::Stop => ([Refused; 4], "server"),
        Failure::Redeploy | Failure::OtherServer => ([Lost, Lost, Kept, Kept], "store"),
        Failure::RedisDown | Failure::RedisPause | Failure::RedisFull => (redis(Refused), "engine"),
        Failure::RedisCrash(None | Rdb)
        | Failure::RedisStop(None)
        | Failure::RedisShutdown(None)
        | Failure::RedisEvict
        | Failure::DeleteKey => (redis(Lost), "store"),
        Failure::RedisCrash(Snapshot | Aof) | Failure::RedisStop(_) | Failure::RedisShutdown(_) => {
            (redis(Kept), "store")
        }
        Failure::RotateKey => ([Unknown; 4], "seal"),
        Failure::RotateKeyKeepOld | Failure::LostUpdate(false) | Failure::LogoutRace(true) => {
            ([Kept; 4], "store")
        }
        Failure::DeleteCookie => ([Unknown; 4], "cookie"),
        Failure::DeleteFile | Failure::CorruptFile => ([Kept, Lost, Kept, Kept], "store"),
        Failure::DeleteDocument => ([Kept, Kept, Kept, Lost], "store"),
        Failure::Expire | Failure::CookieFirst => ([Expired; 4], "cookie"),
        Failure::RecordFirst => ([Expired; 4], "store"),
        Failure::LogoutRace(false) | Failure::LostUpdate(true) => ([Lost; 4], "store"),
    }
}

/// A student of the failure lab.
struct Student(Browser);

impl Student {
    fn of(playground: &Arc<Playground>) -> Self {
        Self(Browser::open(playground))
    }

    async fn post(&mut self, path: &str, form: &str) -> Answer {
        let path = format!("/lab/failures/{path}");
        self.0.send(Method::POST, &path, Some(form)).await
    }

    /// Runs an entry to its end; gives back its row of the matrix.
    async fn run(&mut self, failure: Failure) -> Value {
        let guesses = "memory=lost&file=kept&redis=unsure&mongo=kept";
        let path = format!("run/{}", failure.id());
        let mut answer = self.post(&path, guesses).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
        if let Some(due_ms) = answer.json()["run"]["phase"]["waiting"]["due_ms"].as_i64() {
            let due = async || config::now_ms() > due_ms;
            until("the end has come", Duration::from_secs(10), due).await;
            answer = self.post("ask", "").await;
        }
        let row = answer.json()["row"].clone();
        assert_eq!(row["failure"], failure.id(), "{}", answer.body);
        row
    }

    /// Runs an entry and checks its verdicts and the step that decided.
    async fn check(&mut self, failure: Failure) -> Value {
        let row = self.run(failure).await;
        let (outcomes, step) = expected(failure);
        let verdicts = row["verdicts"].as_array().unwrap();
        let names: Vec<_> = verdicts
            .iter()
            .map(|verdict| verdict["outcome"].as_str().unwrap())
            .collect();
        assert_eq!(
            names,
            outcomes.map(Outcome::name),
            "{}: {row:#}",
            failure.id()
        );
        let about = verdicts
            .iter()
            .zip(outcomes)
            .find(|(_, outcome)| *outcome != Kept)
            .map_or(&verdicts[2], |(verdict, _)| verdict);
        assert_eq!(about["step"], step, "{}: {row:#}", failure.id());
        row
    }
}

async fn every_entry_of(group: Group) {
    let playground = classroom_of_their_own().await;
    let (mut ana, mut eva) = (Student::of(&playground), Student::of(&playground));
    eva.0.press("login", "").await;
    eva.0.press("visit", "").await;
    let before = eva.0.look().await;
    for failure in Failure::ALL {
        if failure.group() == group {
            ana.check(failure).await;
        }
    }
    // The neighbour notices nothing.
    let after = eva.0.look().await;
    for (before, after) in before.lanes.iter().zip(&after.lanes) {
        assert_eq!(before.cookie, after.cookie);
        let texts = |lane: &session_playground::sessions::snapshot::Lane| {
            let records = lane.records.as_ref().unwrap();
            records
                .iter()
                .map(|each| each.text.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(texts(before), texts(after));
    }
    assert_eq!((after.boot, after.tape.len()), (1, before.tape.len()));
}

#[tokio::test]
async fn servers_fail_as_they_say() {
    every_entry_of(Group::Servers).await;
}

#[tokio::test]
async fn redis_fails_as_it_says() {
    every_entry_of(Group::Redis).await;
}

#[tokio::test]
async fn cookies_and_keys_fail_as_they_say() {
    every_entry_of(Group::Cookie).await;
}

#[tokio::test]
async fn records_fail_as_they_say() {
    every_entry_of(Group::Record).await;
}

#[tokio::test]
async fn time_ends_sessions_as_it_says() {
    every_entry_of(Group::Time).await;
}

#[tokio::test]
async fn two_at_once_fail_as_they_say() {
    every_entry_of(Group::Together).await;
}
