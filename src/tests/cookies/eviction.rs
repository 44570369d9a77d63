//! The experiment that fills the browser's jar, and everything that comes through it unharmed.

use session_playground::cookies::{
    experiments::{CROWD, Experiment},
    user_agent::Cookie,
};

use super::{
    experiments::{outcome, run},
    visitor::Visitor,
};
use crate::classroom::classroom;

/// The form of the settings of the session lab, with the lifetimes of cookie and record.
async fn lifetimes(ana: &mut Visitor, cookie_s: &str, record_s: &str) {
    let form = [
        ("cookie_max_age_s", cookie_s),
        ("ttl_s", record_s),
        ("sliding", "change"),
        ("secrets", ""),
        ("folder", "sessions"),
        ("retries", "0"),
        ("reap_every_s", "60"),
        ("renewal", "cycle"),
        ("writes", "compare"),
        ("balance", "a"),
        ("disk", "separate"),
        ("dead_cookie", "remove"),
    ];
    let answer = ana.ask("/lab/failures/settings", &form).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
}

/// Every cookie that is not of a crowd.
fn held(ana: &Visitor) -> Vec<Cookie> {
    let own = ana.jar.cookies().iter();
    let mut own: Vec<_> = own
        .filter(|cookie| !cookie.name.starts_with("relleno_"))
        .cloned()
        .collect();
    own.sort_by(|a, b| (&a.name, &a.path).cmp(&(&b.name, &b.path)));
    own
}

/// The crowd's answer alone, with no page after it.
async fn only_crowd(ana: &mut Visitor) {
    let path = format!("/lab/cookies/experiment/{}", Experiment::Eviction.id());
    let answer = ana.ask(&path, &[("guess", "0")]).await;
    assert!(answer.lines.len() > CROWD);
}

#[tokio::test]
async fn every_cookie_comes_back_as_it_was_with_the_life_it_had() {
    let playground = classroom().await;
    for (cookie_s, record_s) in [("", "600"), ("20", "600"), ("1800", "1800")] {
        let mut ana = Visitor::open(&playground);
        lifetimes(&mut ana, cookie_s, record_s).await;
        ana.ask("/api/login", &[]).await;
        for line in [
            "de_sesion=1; Path=/",
            "larga=2; Path=/; Max-Age=3000; HttpOnly; SameSite=Strict",
            "aparte=3; Path=/es; Domain=playground.test",
        ] {
            ana.ask("/lab/cookies/line", &[("line", line)]).await;
        }
        let before = held(&ana);
        assert_eq!(before.len(), 8);
        let page = run(&mut ana, Experiment::Eviction, "0").await;
        assert_eq!(outcome(&page), Some(2));
        let after = held(&ana);
        assert_eq!(after.len(), before.len());
        for (before, after) in before.iter().zip(&after) {
            let late = match (before.expires_ms, after.expires_ms) {
                (Some(before), Some(after)) => (after - before).abs(),
                (None, None) => 0,
                other => panic!("{}: {other:?}", before.name),
            };
            assert!(
                before.name == "lab" || late <= 2000,
                "{} {late}",
                before.name
            );
            let same = Cookie {
                created_ms: before.created_ms,
                expires_ms: before.expires_ms,
                ..after.clone()
            };
            assert_eq!(&same, before);
        }
        for name in ["de_sesion", "larga", "aparte"] {
            assert_eq!(page.row(name).unwrap().state(), "sent", "{name}");
        }
    }
}

#[tokio::test]
async fn the_crowd_goes_whatever_comes_before_its_page() {
    let playground = classroom().await;
    for meanwhile in ["reset", "experiment/units"] {
        let mut ana = Visitor::open(&playground);
        ana.get("/es/cookies").await;
        let lab = ana.lab();
        only_crowd(&mut ana).await;
        ana.ask(&format!("/lab/cookies/{meanwhile}"), &[("guess", "0")])
            .await;
        assert!(ana.names().len() > 100, "{meanwhile}: they are still there");
        ana.get("/es/cookies").await;
        let crowd = |name: &&str| name.starts_with("relleno_");
        assert_eq!(
            ana.names().into_iter().filter(crowd).count(),
            0,
            "{meanwhile}"
        );
        assert_eq!(ana.lab(), lab);
    }
}

#[tokio::test]
async fn a_cookie_that_only_bears_such_a_name_stays() {
    let mut ana = Visitor::open(&classroom().await);
    let form = [("name", "relleno_7"), ("value", "1"), ("path", "/")];
    ana.post("/lab/cookies/set", &form).await;
    let page = ana.get("/es/cookies").await;
    assert_eq!(page.row("relleno_7").unwrap().state(), "sent");
}

#[tokio::test]
async fn a_request_without_the_crowd_is_not_counted_and_later_says_none() {
    let mut ana = Visitor::open(&classroom().await);
    ana.get("/es/cookies").await;
    let before = ana.jar.clone();
    only_crowd(&mut ana).await;
    let after = std::mem::replace(&mut ana.jar, before.clone());
    // Of another tab, already under way when the crowd arrived.
    let page = ana.get("/es/cookies?experiment=eviction").await;
    assert_eq!(outcome(&page), None);
    assert!(page.has("data-waits"));
    ana.jar = after;
    let page = ana.get("/es/cookies?experiment=eviction").await;
    assert_eq!(outcome(&page), Some(2));
    assert!(page.has("181"));
}
