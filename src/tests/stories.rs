//! What students do, from the first request to the verdict, against real engines.

use axum::http::{Method, StatusCode};
use session_playground::{
    sessions::{
        tape::What,
        verdict::{Answer as StoreAnswer, Outcome},
    },
    stores::StoreKind,
};

use super::{browser::Browser, classroom::classroom};

const ALL: [StoreKind; 4] = StoreKind::ALL;

#[tokio::test]
async fn memory_forgets_and_the_others_remember() {
    let mut ana = Browser::open(&classroom().await);
    ana.press("login", "").await;
    ana.press("cart", "product=te").await;
    ana.press("visit", "").await;
    for (store, guess) in [
        ("memory", "lost"),
        ("file", "kept"),
        ("redis", "unsure"),
        ("mongo", "lost"),
    ] {
        ana.press("predict", &format!("store={store}&guess={guess}"))
            .await;
    }
    let before = ana.look().await;
    let after = ana.press("restart", "").await;

    let outcomes: Vec<_> = after
        .lanes
        .iter()
        .map(|lane| lane.verdict.as_ref().unwrap().outcome)
        .collect();
    assert_eq!(
        outcomes,
        [Outcome::Lost, Outcome::Kept, Outcome::Kept, Outcome::Kept]
    );
    assert_eq!(after.hits(), (2, 3));
    assert_eq!((before.boot, after.boot), (1, 2));
    for lane in &after.lanes[1..] {
        let me = ana
            .get(&format!("/lab/{}/me", lane.store.name()))
            .await
            .json();
        assert_eq!(
            (&me["user"], &me["visits"], &me["cart"][0]),
            (&"ana".into(), &1.into(), &"te".into())
        );
        assert_eq!((&me["server"], &me["boot"]), (&"A".into(), &2.into()));
    }
    let memory = &after.lanes[0];
    assert!(
        memory.cookie.is_none() && !ana.jar.contains_key("memory.sid"),
        "the answer took the cookie away"
    );
    let grave = memory.graves.last().unwrap();
    assert_eq!(
        (
            grave.boot,
            grave.session.user.as_deref(),
            grave.session.visits
        ),
        (1, Some("ana"), 1)
    );
    assert_eq!(
        ana.get("/lab/memory/me").await.json()["user"],
        serde_json::Value::Null
    );

    // A reload says the same.
    assert_eq!(ana.look().await.lanes[1].verdict, after.lanes[1].verdict);
}

#[tokio::test]
async fn each_verdict_carries_the_trace_that_led_to_it() {
    let mut ana = Browser::open(&classroom().await);
    ana.press("login", "").await;
    let ids: Vec<_> = ALL
        .map(|store| ana.jar[store.cookie_name()].clone())
        .to_vec();
    let after = ana.press("restart", "").await;
    for (lane, id) in after.lanes.iter().zip(&ids) {
        let verdict = lane.verdict.as_ref().unwrap();
        assert_eq!(verdict.cookie.as_ref(), Some(id));
        assert_eq!(verdict.commands.len(), 1, "{:?}", verdict.commands);
        assert!(
            verdict.commands[0].0.contains(id.as_str()),
            "{:?}",
            verdict.commands
        );
        let recorded = after.tape.iter().any(|entry| match &entry.what {
            What::Command { text, reply, .. } => {
                *text == verdict.commands[0].0 && *reply == verdict.commands[0].1
            }
            _ => false,
        });
        assert!(recorded, "the trace is on the tape");
    }
}

#[tokio::test]
async fn a_restart_in_one_browser_changes_nothing_in_another() {
    let playground = classroom().await;
    let (mut ana, mut eva) = (Browser::open(&playground), Browser::open(&playground));
    ana.press("login", "").await;
    eva.press("login", "account=profe").await;
    ana.press("restart", "").await;
    let eva_sees = eva.look().await;
    assert_eq!(eva_sees.boot, 1);
    assert!(eva_sees.lanes.iter().all(|lane| lane.verdict.is_none()));
    assert_eq!(eva.get("/lab/memory/me").await.json()["user"], "profe");
}

#[tokio::test]
async fn the_site_answers_as_its_table_says() {
    let mut ana = Browser::open(&classroom().await);
    for store in ALL.map(StoreKind::name) {
        let path = |page: &str| format!("/lab/{store}/{page}");
        let me = ana.get(&path("me")).await;
        assert_eq!(
            me.body,
            r#"{"user":null,"role":null,"visits":0,"cart":[],"server":"A","boot":1}"#
        );
        assert!(
            me.set_cookie(&format!("{store}.sid")).is_empty(),
            "reading creates no session"
        );
        assert_eq!(ana.get(&path("private")).await.status, 401);
        assert_eq!(ana.get(&path("admin")).await.status, 401);
        assert_eq!(ana.get(&path("visit")).await.json()["visits"], 1);
        let wrong = ana.post(&path("login"), "user=ana&password=horno").await;
        assert_eq!(
            (wrong.status.as_u16(), &wrong.json()["error"]),
            (401, &"wrong_password".into())
        );
        assert!(
            wrong.set_cookie(&format!("{store}.sid")).is_empty(),
            "a wrong password changes nothing"
        );
        let login = ana
            .post(&path("login"), "user=ana&password=galleta")
            .await
            .json();
        assert_eq!(
            (&login["user"], &login["role"], &login["visits"]),
            (&"ana".into(), &"student".into(), &1.into())
        );
        assert_eq!(ana.get(&path("private")).await.status, 200);
        let admin = ana.get(&path("admin")).await;
        assert_eq!(
            (admin.status.as_u16(), &admin.json()["error"]),
            (403, &"not_admin".into())
        );
        assert_eq!(
            ana.post(&path("cart"), "product=queso").await.json()["cart"],
            serde_json::json!(["queso"])
        );
        let unknown = ana.post(&path("cart"), "product=oro").await;
        assert_eq!(
            (unknown.status.as_u16(), &unknown.json()["error"]),
            (422, &"unknown_product".into())
        );
        assert_eq!(ana.post(&path("cart"), "thing=1").await.status, 422);
        let logout = ana.post(&path("logout"), "").await;
        assert_eq!(
            (logout.status, logout.body.as_str()),
            (StatusCode::NO_CONTENT, "")
        );
        assert_eq!(
            ana.get(&path("me")).await.json()["user"],
            serde_json::Value::Null
        );
        let profe = ana
            .post(&path("login"), "user=profe&password=horno")
            .await
            .json();
        assert_eq!(profe["role"], "admin");
        assert_eq!(ana.get(&path("admin")).await.status, 200);
    }
    let nowhere = ana.get("/lab/sqlite/me").await;
    assert_eq!(
        (nowhere.status.as_u16(), &nowhere.json()["error"]),
        (404, &"unknown_store".into())
    );
}

#[tokio::test]
async fn logging_in_renews_the_id_and_the_old_one_is_worth_nothing() {
    let mut ana = Browser::open(&classroom().await);
    for store in ALL {
        let path = |page: &str| format!("/lab/{}/{page}", store.name());
        ana.get(&path("visit")).await;
        let planted = ana.jar[store.cookie_name()].clone();
        ana.post(&path("login"), "user=ana&password=galleta").await;
        let renewed = ana.jar[store.cookie_name()].clone();
        assert_ne!(planted, renewed);
        ana.jar.insert(store.cookie_name().to_owned(), planted);
        assert_eq!(
            ana.get(&path("me")).await.json()["user"],
            serde_json::Value::Null
        );
        ana.jar.insert(store.cookie_name().to_owned(), renewed);
        assert_eq!(ana.get(&path("me")).await.json()["user"], "ana");
    }
}

#[tokio::test]
async fn errors_are_in_the_language_of_the_student() {
    let mut ana = Browser::open(&classroom().await);
    ana.headers = vec![("accept-language", "en-GB,en;q=0.9".to_owned())];
    let english = ana.get("/lab/file/private").await.json()["message"]
        .as_str()
        .unwrap()
        .to_owned();
    ana.headers = vec![("accept-language", "es-AR".to_owned())];
    let spanish = ana.get("/lab/file/private").await.json()["message"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(
        english.starts_with("This page") && spanish.starts_with("Esta página"),
        "{english} {spanish}"
    );
}

#[tokio::test]
async fn restart_and_reset_need_no_arguments() {
    let mut script = Browser::open(&classroom().await);
    script.press("login", "").await;
    for _ in 0..2 {
        assert_eq!(
            script.send(Method::POST, "/api/restart", None).await.status,
            200
        );
    }
    assert_eq!(script.look().await.boot, 3);
    assert_eq!(
        script.send(Method::POST, "/api/reset", None).await.status,
        200
    );
    let fresh = script.look().await;
    assert_eq!((fresh.boot, fresh.tape.len()), (1, 1));
    assert!(fresh.lanes.iter().all(|lane| {
        lane.cookie.is_none()
            && lane.records.as_ref().unwrap().is_empty()
            && lane.graves.is_empty()
            && lane.verdict.is_none()
    }));
    let cookies: Vec<_> = script.jar.keys().cloned().collect();
    assert_eq!(cookies, ["lab"], "only the lab's own cookie is left");
}

#[tokio::test]
async fn a_restart_without_a_login_has_nothing_to_compare() {
    let mut ana = Browser::open(&classroom().await);
    ana.jar
        .insert("redis.sid".to_owned(), "../../etc/passwd".to_owned());
    ana.jar
        .insert("file.sid".to_owned(), "AAAAAAAAAAAAAAAAAAAAAA".to_owned());
    let after = ana.press("restart", "").await;
    assert!(
        after
            .lanes
            .iter()
            .all(|lane| lane.verdict.as_ref().unwrap().outcome == Outcome::Unknown)
    );
    assert_eq!(
        after.lanes[1].verdict.as_ref().unwrap().answer,
        StoreAnswer::Missing
    );
    assert_eq!(
        after.lanes[2].verdict.as_ref().unwrap().answer,
        StoreAnswer::NotAsked,
        "no store is asked for what is no id"
    );
}

#[tokio::test]
async fn without_javascript_the_form_leads_back_to_the_page() {
    let mut ana = Browser::open(&classroom().await);
    ana.headers = vec![
        ("accept", "text/html".to_owned()),
        ("referer", "http://playground.test/en/sessions".to_owned()),
        ("origin", "http://playground.test".to_owned()),
    ];
    let login = ana.post("/api/login", "").await;
    assert_eq!(
        (login.status.as_u16(), login.header("location")),
        (302, "http://playground.test/en/sessions")
    );
    assert_eq!(
        ana.jar.len(),
        5,
        "every store's cookie arrived: {:?}",
        ana.jar
    );
    let restart = ana
        .post("/api/restart", "memory=lost&file=kept&redis=unsure")
        .await;
    assert_eq!(restart.status, 302);
    let page = ana.get("/en/sessions").await.body;
    assert!(page.contains("Lost") && page.contains("Kept") && page.contains("not sure"));

    let failed = ana.post("/api/cart", "store=memory&product=oro").await;
    let back = failed.header("location").to_owned();
    let page = ana
        .get(back.strip_prefix("http://playground.test").unwrap())
        .await;
    assert!(page.body.contains("The shop has no such product"), "{back}");
}

#[tokio::test]
async fn a_curl_command_finds_the_lab_by_its_pass() {
    let playground = classroom().await;
    let mut ana = Browser::open(&playground);
    ana.press("login", "").await;
    let pass = ana.look().await.pass;
    let mut curl = Browser::open(&playground);
    curl.headers = vec![("playground-pass", pass)];
    curl.jar
        .insert("redis.sid".to_owned(), ana.jar["redis.sid"].clone());
    let answer = curl.get("/lab/redis/private").await;
    assert_eq!(
        (answer.status.as_u16(), &answer.json()["user"]),
        (200, &"ana".into())
    );
    assert!(answer.set_cookie("lab").is_empty());
    let tape = ana.look().await.tape;
    let headers = tape.iter().rev().find_map(|entry| match &entry.what {
        What::Request { headers, .. } => Some(headers.clone()),
        _ => None,
    });
    assert!(
        !format!("{headers:?}").contains("playground-pass"),
        "the pass is not on the tape"
    );
}
