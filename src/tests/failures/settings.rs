//! The settings do what they say, in the cookie and in the store.

use super::*;

pub const SESSIONS: [&str; 4] = ["memory", "file", "redis", "mongo"];

/// The form as the page sends it, with some fields changed.
fn form(changes: &[(&str, &str)]) -> String {
    let mut fields = vec![
        ("cookie_max_age_s", "1800"),
        ("ttl_s", "1800"),
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
    for (name, value) in changes {
        fields.retain(|(known, _)| known != name);
        fields.push((name, value));
    }
    let pairs = fields.iter().map(|(name, value)| format!("{name}={value}"));
    pairs.collect::<Vec<_>>().join("&")
}

pub async fn with(changes: &[(&str, &str)]) -> Student {
    let mut ana = Student::of(&classroom_of_their_own().await);
    ana.set(changes).await;
    ana
}

impl Student {
    pub async fn set(&mut self, changes: &[(&str, &str)]) {
        let answer = self.post("settings", &form(changes)).await;
        assert_eq!(
            answer.status,
            StatusCode::OK,
            "{changes:?}: {}",
            answer.body
        );
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.0.get(&format!("/lab/{path}")).await
    }

    pub async fn log_in(&mut self, store: &str) -> Answer {
        let path = format!("/lab/{store}/login");
        self.0.post(&path, "user=ana&password=galleta").await
    }
}

fn id_of(answer: &Answer, store: &str) -> String {
    let line = &answer.set_cookie(&format!("{store}.sid"))[0];
    let value = line.split(['=', ';']).nth(1).unwrap();
    value[value.len() - 22..].to_owned()
}

#[tokio::test]
async fn the_cookie_lives_as_long_as_it_is_told() {
    let mut ana = with(&[("cookie_max_age_s", "90"), ("ttl_s", "600")]).await;
    for store in SESSIONS {
        let line = ana.log_in(store).await.set_cookie(&format!("{store}.sid"));
        assert!(line[0].ends_with("Max-Age=90"), "{line:?}");
    }
    let snapshot = ana.0.look().await;
    for lane in &snapshot.lanes {
        let left = lane.records.as_ref().unwrap()[0].expires_ms - snapshot.now_ms;
        assert!((590_000..=600_000).contains(&left), "{left}");
    }
    ana.set(&[("cookie_max_age_s", "")]).await;
    let line = ana.log_in("redis").await.set_cookie("redis.sid");
    assert!(!line[0].contains("Max-Age"), "{line:?}");
}

#[tokio::test]
async fn what_cannot_be_set_is_refused_and_changes_nothing() {
    let mut ana = with(&[("ttl_s", "600")]).await;
    for bad in [
        ("ttl_s", "1"),
        ("folder", "../x"),
        ("retries", "9"),
        ("sliding", "x"),
    ] {
        let answer = ana.post("settings", &form(&[bad])).await;
        assert!(answer.status.is_client_error(), "{bad:?}: {}", answer.body);
    }
    let line = ana.log_in("file").await.set_cookie("file.sid");
    assert!(line[0].ends_with("Max-Age=1800"), "{line:?}");
}

#[tokio::test]
async fn rolling_sends_the_cookie_at_every_request_and_resave_only_writes() {
    let mut ana = with(&[]).await;
    for store in SESSIONS {
        ana.log_in(store).await;
        let me = ana.get(&format!("{store}/me")).await;
        assert!(me.set_cookie(&format!("{store}.sid")).is_empty());
    }
    ana.set(&[("sliding", "request")]).await;
    for store in SESSIONS {
        let me = ana.get(&format!("{store}/me")).await;
        assert_eq!(me.set_cookie(&format!("{store}.sid")).len(), 1, "{store}");
    }
    ana.set(&[
        ("resave", "on"),
        ("ttl_s", "900"),
        ("cookie_max_age_s", "900"),
    ])
    .await;
    for store in SESSIONS {
        let me = ana.get(&format!("{store}/me")).await;
        assert!(me.set_cookie(&format!("{store}.sid")).is_empty(), "{store}");
    }
    let snapshot = ana.0.look().await;
    for lane in &snapshot.lanes {
        let left = lane.records.as_ref().unwrap()[0].expires_ms - snapshot.now_ms;
        assert!(
            left <= 900_000,
            "{}: written again with its new end",
            lane.store.name()
        );
    }
}

#[tokio::test]
async fn a_fixed_end_does_not_move() {
    let mut ana = with(&[
        ("sliding", "fixed"),
        ("ttl_s", "100"),
        ("cookie_max_age_s", "100"),
    ])
    .await;
    for store in SESSIONS {
        ana.log_in(store).await;
    }
    let ends = |snapshot: &session_playground::sessions::snapshot::Snapshot| {
        snapshot
            .lanes
            .iter()
            .map(|lane| lane.records.as_ref().unwrap()[0].expires_ms / 100)
            .collect::<Vec<_>>()
    };
    let before = ends(&ana.0.look().await);
    let began = config::now_ms();
    until("a second has gone", Duration::from_secs(5), async || {
        config::now_ms() > began + 1100
    })
    .await;
    for store in SESSIONS {
        let line = ana
            .get(&format!("{store}/visit"))
            .await
            .set_cookie(&format!("{store}.sid"));
        let age: i64 = line[0].rsplit('=').next().unwrap().parse().unwrap();
        assert!(age < 100, "{line:?}");
    }
    let after = ends(&ana.0.look().await);
    for (before, after) in before.iter().zip(after) {
        assert!((before - after).abs() <= 1, "{before} {after}");
    }
}

#[tokio::test]
async fn an_uninitialized_session_is_saved_only_if_it_should_be() {
    let mut ana = with(&[]).await;
    for store in SESSIONS {
        assert!(
            ana.get(&format!("{store}/me"))
                .await
                .headers
                .get("set-cookie")
                .is_none()
        );
    }
    ana.set(&[("save_uninitialized", "on")]).await;
    for store in SESSIONS {
        let me = ana.get(&format!("{store}/me")).await;
        assert_eq!(me.set_cookie(&format!("{store}.sid")).len(), 1, "{store}");
    }
    for lane in &ana.0.look().await.lanes {
        assert_eq!(lane.records.as_ref().unwrap().len(), 1);
    }
}

#[tokio::test]
async fn a_signed_cookie_is_checked_before_the_store_is_asked() {
    let mut ana = with(&[("secrets", "uno")]).await;
    for store in SESSIONS {
        let name = format!("{store}.sid");
        let line = ana.log_in(store).await.set_cookie(&name);
        assert_eq!(line[0].split(['=', ';']).next(), Some(name.as_str()));
        assert_eq!(ana.0.jar[&name].len(), 44 + 22, "{line:?}");
        assert_eq!(ana.get(&format!("{store}/me")).await.json()["user"], "ana");
        let good = ana.0.jar[&name].clone();
        let bare = good[44..].to_owned();
        ana.0.jar.insert(name.clone(), bare);
        assert_eq!(
            ana.get(&format!("{store}/me")).await.json()["user"],
            Value::Null
        );
        ana.0.jar.insert(name, good);
    }
    ana.set(&[("secrets", "dos,uno")]).await;
    assert_eq!(ana.get("redis/me").await.json()["user"], "ana");
    ana.set(&[("secrets", "dos")]).await;
    assert_eq!(ana.get("redis/me").await.json()["user"], Value::Null);
    let commands = ana.0.look().await.tape;
    let last: Vec<_> = commands
        .iter()
        .rev()
        .take(2)
        .map(|entry| format!("{:?}", entry.what))
        .collect();
    assert!(
        !last.concat().contains("sess:"),
        "no store was asked: {last:?}"
    );
}

#[tokio::test]
async fn a_login_renews_the_id_as_it_is_told() {
    for (renewal, new_id, visits) in [
        ("cycle", true, 1),
        ("regenerate", true, 0),
        ("keep", false, 1),
    ] {
        let mut ana = with(&[("renewal", renewal)]).await;
        for store in SESSIONS {
            let before = id_of(&ana.get(&format!("{store}/visit")).await, store);
            let answer = ana.log_in(store).await;
            assert_eq!(id_of(&answer, store) != before, new_id, "{renewal} {store}");
            assert_eq!(answer.json()["visits"], visits, "{renewal} {store}");
        }
    }
}

#[tokio::test]
async fn the_dead_cookie_stays_where_express_rules() {
    for (rule, stays) in [("remove", false), ("keep", true)] {
        let mut ana = with(&[("dead_cookie", rule)]).await;
        ana.run(Failure::Restart).await;
        assert_eq!(ana.0.jar.contains_key("memory.sid"), stays, "{rule}");
        ana.0.post("/lab/redis/logout", "").await;
        assert_eq!(
            ana.0.jar.contains_key("redis.sid"),
            stays,
            "{rule}, after a logout"
        );
    }
}
