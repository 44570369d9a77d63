//! What keeps a class safe from each other, from other sites, and from too much.

use axum::http::StatusCode;
use session_playground::{
    sandbox::{Bench, cleanup, limits},
    stores::StoreKind,
};

use super::{
    browser::{Browser, tag_of},
    classroom::{classroom, classroom_with},
};

#[tokio::test]
async fn every_answer_carries_its_headers() {
    let mut ana = Browser::open(&classroom().await);
    let page = ana.get("/es/sessions").await;
    let policy = page.header("content-security-policy");
    assert!(
        policy.contains("script-src 'self' 'nonce-") && policy.contains("frame-ancestors 'none'"),
        "{policy}"
    );
    assert!(
        !policy.contains("unsafe-inline") && policy.contains("base-uri 'none'"),
        "{policy}"
    );
    let nonce = policy
        .split("'nonce-")
        .nth(1)
        .unwrap()
        .split('\'')
        .next()
        .unwrap();
    for script in page
        .body
        .match_indices("<script")
        .map(|(at, _)| &page.body[at..])
    {
        let tag = &script[..script.find('>').unwrap()];
        assert!(tag.contains(&format!("nonce=\"{nonce}\"")), "{tag}");
    }
    assert!(
        !page.body.contains(" style=\""),
        "an inline style would be blocked"
    );
    for path in [
        "/lab/file/me",
        "/healthz",
        "/readyz",
        "/nowhere",
        "/api/view",
    ] {
        let answer = ana.get(path).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
        assert!(
            answer
                .header("content-security-policy")
                .contains("frame-ancestors 'none'"),
            "{path}"
        );
    }
    assert_eq!(
        ana.get("/lab/file/me").await.header("cache-control"),
        "no-store"
    );
}

#[tokio::test]
async fn another_sites_page_changes_nothing() {
    let mut ana = Browser::open(&classroom().await);
    ana.press("login", "").await;
    for origin in [
        "http://evil.test",
        "null",
        "http://playground.test.evil.test",
        "http://playground.test:81",
    ] {
        ana.headers = vec![("origin", origin.to_owned())];
        for path in [
            "/lab/file/logout",
            "/api/restart",
            "/api/reset",
            "/lab/redis/login",
        ] {
            let answer = ana.post(path, "user=ana&password=galleta").await;
            assert_eq!(
                (answer.status.as_u16(), &answer.json()["error"]),
                (403, &"foreign_origin".into()),
                "{origin} {path}"
            );
        }
    }
    ana.headers = vec![("origin", "http://playground.test".to_owned())];
    assert_eq!(ana.look().await.boot, 1);
    assert_eq!(ana.get("/lab/file/me").await.json()["user"], "ana");
    assert_eq!(ana.post("/lab/file/logout", "").await.status, 204);
}

#[tokio::test]
async fn the_lab_cookie_is_secure_exactly_over_https() {
    let mut plain = Browser::open(&classroom().await);
    plain.headers = vec![("x-forwarded-proto", "https".to_owned())];
    let line = plain.get("/es/sessions").await.set_cookie("lab").remove(0);
    assert!(
        line.contains("HttpOnly") && line.contains("SameSite=Lax") && line.contains("Path=/"),
        "{line}"
    );
    assert!(!line.contains("Secure"), "nobody trusts this proxy: {line}");
    let behind_a_proxy = classroom_with(|config| config.trust_proxy = true).await;
    let mut https = Browser::open(&behind_a_proxy);
    https.headers = vec![("x-forwarded-proto", "https".to_owned())];
    assert!(https.get("/es/sessions").await.set_cookie("lab")[0].contains("Secure"));
    assert!(
        https.get("/es/sessions").await.set_cookie("lab").is_empty(),
        "once is enough"
    );
}

#[tokio::test]
async fn a_forged_or_foreign_lab_cookie_gets_a_lab_of_its_own() {
    let playground = classroom().await;
    let (mut ana, mut eve) = (Browser::open(&playground), Browser::open(&playground));
    ana.press("login", "").await;
    let real = ana.jar["lab"].clone();
    let id = &real[44..];
    for forged in [
        format!("{}{id}", "A".repeat(44)),
        id.to_owned(),
        format!("{real}A"),
        format!(" {real}%20"),
        String::new(),
    ] {
        eve.jar.clear();
        eve.jar.insert("lab".to_owned(), forged.clone());
        for store in ["memory.sid", "file.sid", "redis.sid", "mongo.sid"] {
            eve.jar.insert(store.to_owned(), ana.jar[store].clone());
        }
        assert_eq!(
            eve.get("/lab/file/me").await.json()["user"],
            serde_json::Value::Null,
            "{forged}"
        );
        assert_ne!(eve.jar["lab"], real);
    }
    eve.jar.insert(
        "lab".to_owned(),
        format!("{real}; lab={}", eve.jar["lab"].clone()),
    );
    let two = eve.get("/lab/file/me").await;
    assert_eq!(
        (two.status.as_u16(), &two.json()["error"]),
        (400, &"two_labs".into())
    );
}

#[tokio::test]
async fn too_much_is_refused_with_a_text_and_changes_nothing() {
    let mut ana = Browser::open(&classroom().await);
    ana.press("login", "").await;
    let large = format!("product=te&filling={}", "x".repeat(limits::MOST_BODY));
    let answer = ana.post("/lab/file/cart", &large).await;
    assert_eq!(
        (answer.status.as_u16(), &answer.json()["error"]),
        (413, &"too_large".into())
    );
    ana.headers = vec![("x-filling", "x".repeat(limits::MOST_HEADERS))];
    assert_eq!(
        ana.get("/lab/file/me").await.status,
        StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE
    );
    ana.headers.clear();
    assert_eq!(
        ana.get("/lab/file/me").await.json()["cart"],
        serde_json::json!([])
    );

    let mut refused = 0;
    for _ in 0..200 {
        let answer = ana.get("/lab/memory/me").await;
        if answer.status == 429 {
            assert_eq!(answer.json()["error"], "too_fast");
            refused += 1;
        }
    }
    assert!(refused > 50, "{refused}");
}

#[tokio::test]
async fn a_lab_keeps_only_so_many_sessions() {
    let mut script = Browser::open(&classroom().await);
    script.get("/es/sessions").await;
    for store in ["memory", "file", "redis", "mongo"] {
        let mut refused = 0;
        for _ in 0..14 {
            script.jar.remove(&format!("{store}.sid"));
            let answer = script.get(&format!("/lab/{store}/visit")).await;
            if answer.status == 429 {
                assert_eq!(answer.json()["error"], "too_many_sessions");
                assert!(answer.set_cookie(&format!("{store}.sid")).is_empty());
                refused += 1;
            }
        }
        assert_eq!(refused, 2, "{store}");
    }
    let held: Vec<_> = script
        .look()
        .await
        .lanes
        .iter()
        .map(|lane| lane.records.as_ref().unwrap().len())
        .collect();
    assert_eq!(held, [12; 4]);
}

#[tokio::test]
async fn an_idle_lab_leaves_with_everything_of_its() {
    let playground = classroom().await;
    let mut ana = Browser::open(&playground);
    let before = ana.press("login", "").await;
    let tag = tag_of(&before);
    let folder = playground.registry.folder().join(&tag);
    assert!(folder.join("server-a").exists());
    cleanup::round(
        &playground.registry,
        session_playground::config::now_ms() + limits::IDLE_MS + 1000,
    )
    .await;
    assert!(!folder.exists(), "the folder is gone");
    let after = ana.look().await;
    assert!(
        after
            .lanes
            .iter()
            .all(|lane| lane.records.as_ref().unwrap().is_empty())
    );
    // Even asked for by their very ids, the records are gone: the lab is a new one behind the same cookie.
    for store in ["file", "redis", "mongo"] {
        assert_eq!(
            ana.get(&format!("/lab/{store}/me")).await.json()["user"],
            serde_json::Value::Null
        );
    }
}

#[tokio::test]
async fn a_full_registry_lets_the_unused_go_first() {
    let playground = classroom().await;
    let registry = session_playground::sandbox::registry::Registry::<
        session_playground::server::workbench::Workbench,
    >::new(
        playground.registry.folder().join("small"),
        playground.engines.clone(),
    )
    .with_room_for(3);
    let tags: Vec<_> = (0..5_u8)
        .map(|n| session_playground::stores::SandboxTag::of(&[n]))
        .collect();
    let worked = registry.enter(&tags[0]);
    worked.bench.sessions.restart();
    for tag in &tags[1..] {
        registry.enter(tag);
    }
    assert_eq!(registry.len(), 3);
    assert!(
        registry.all().iter().any(|(tag, _)| *tag == tags[0]),
        "somebody worked there"
    );
    assert!(!worked.bench.is_untouched());
}

#[tokio::test]
async fn a_stolen_session_id_opens_nothing_in_another_lab() {
    let playground = classroom().await;
    let (mut ana, mut thief) = (Browser::open(&playground), Browser::open(&playground));
    ana.press("login", "").await;
    ana.press("cart", "").await;
    thief.get("/es/sessions").await;
    for store in StoreKind::ALL {
        let (name, stolen) = (store.cookie_name(), ana.jar[store.cookie_name()].clone());
        for attempt in ["me", "visit", "login", "cart", "logout", "private"] {
            thief.jar.insert(name.to_owned(), stolen.clone());
            let path = format!("/lab/{}/{attempt}", store.name());
            let answer = match attempt {
                "login" => thief.post(&path, "user=profe&password=horno").await,
                "cart" => thief.post(&path, "product=te").await,
                "logout" => thief.post(&path, "").await,
                _ => thief.get(&path).await,
            };
            assert!(!answer.body.contains("ana"), "{path}: {}", answer.body);
            assert_ne!(
                thief.jar.get(name),
                Some(&stolen),
                "{path}: a foreign id is never adopted"
            );
            thief.jar.remove(name);
        }
        let me = ana.get(&format!("/lab/{}/me", store.name())).await.json();
        assert_eq!(
            (
                &me["user"],
                &me["visits"],
                me["cart"].as_array().unwrap().len()
            ),
            (&"ana".into(), &0.into(), 1)
        );
    }
}

#[tokio::test]
async fn the_lab_cookie_is_never_shown() {
    let mut ana = Browser::open(&classroom().await);
    ana.press("login", "").await;
    ana.get("/lab/file/visit").await;
    let lab = ana.jar["lab"].clone();
    let page = ana.get("/es/sessions").await.body;
    let view = ana.get("/api/view").await.body;
    assert!(!page.contains(&lab) && !view.contains(&lab));
    let id = &lab[44..];
    assert!(
        !page.contains(id) && !view.contains(id),
        "nor the id inside it"
    );
}

#[tokio::test]
async fn what_a_student_sends_is_shown_but_never_becomes_markup() {
    let mut ana = Browser::open(&classroom().await);
    ana.headers = vec![(
        "user-agent",
        "<img src=x onerror=alert(1)></script><script>".to_owned(),
    )];
    ana.get("/lab/file/visit?q=%3Cb%3E%3C/script%3E").await;
    ana.post(
        "/lab/file/login",
        "user=%3Cscript%3Ealert(2)%3C/script%3E&password=<script>",
    )
    .await;
    let page = ana.get("/es/sessions").await.body;
    assert!(
        !page.contains("<img src=x")
            && !page.contains("</script><script>")
            && !page.contains("<script>alert")
    );
    assert!(page.contains("&lt;img src=x"), "it is there as text");
}
