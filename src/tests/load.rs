//! A large class at once: every verdict right, and nobody sees anybody else.

use std::time::Duration;

use session_playground::{sessions::verdict::Outcome, stores::StoreKind};

use super::{browser::Browser, classroom::classroom, engine_fixture::noisy};

const LABS: usize = 200;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_labs_log_in_and_restart_at_once() {
    let playground = classroom().await;
    let _noise = noisy().await;
    let students = (0..LABS).map(|number| {
        let mut browser = Browser::open(&playground);
        tokio::spawn(async move {
            let account = if number % 2 == 0 { "ana" } else { "profe" };
            let visits = number % 3;
            browser.press("login", &format!("account={account}")).await;
            for _ in 0..visits {
                browser.press("visit", "").await;
            }
            let after = browser.press("restart", "").await;
            let outcomes: Vec<_> = after
                .lanes
                .iter()
                .map(|lane| lane.verdict.as_ref().unwrap().outcome)
                .collect();
            assert_eq!(
                outcomes,
                [Outcome::Lost, Outcome::Kept, Outcome::Kept, Outcome::Kept],
                "{number}"
            );
            for store in [StoreKind::File, StoreKind::Redis, StoreKind::Mongo] {
                let me = browser
                    .get(&format!("/lab/{}/me", store.name()))
                    .await
                    .json();
                assert_eq!(
                    (&me["user"], &me["visits"]),
                    (&account.into(), &visits.into()),
                    "{number}"
                );
                let records = after.lanes[store.index()].records.as_ref().unwrap();
                assert_eq!(records.len(), 1, "{number}");
                assert!(records[0].text.contains(account), "{number}");
            }
            assert_eq!(after.boot, 2);
        })
    });
    let all = futures::future::join_all(students);
    for student in tokio::time::timeout(Duration::from_secs(60), all)
        .await
        .expect("a class cannot wait that long")
    {
        student.unwrap();
    }
}
