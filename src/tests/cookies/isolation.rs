//! Nothing that can be typed here reaches the playground's own cookie, or another lab.

use axum::http::StatusCode;

use super::visitor::Visitor;
use crate::classroom::{classroom, classroom_with};

#[tokio::test]
async fn the_labs_own_cookie_cannot_be_set_shadowed_or_deleted() {
    let mut ana = Visitor::open(&classroom().await);
    ana.get("/es/cookies").await;
    let lab = ana.lab().unwrap();
    for name in [
        "lab",
        "LAB",
        " lab",
        "lab ",
        "%6Cab",
        "lab=evil",
        "\u{a0}lab",
        "\tlab",
    ] {
        for (value, path) in [("x", "/"), ("", "/es"), ("x; Max-Age=0", "/lab")] {
            let form = [
                ("name", name),
                ("value", value),
                ("path", path),
                ("anyway", "1"),
            ];
            let answer = ana.ask("/lab/cookies/set", &form).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name:?}");
            assert!(answer.body.contains("lab_cookie"), "{}", answer.body);
            assert!(answer.lines.is_empty());
        }
    }
    for line in [
        "lab=x; Path=/",
        "lab=; Max-Age=0; Path=/",
        "=lab=x",
        "lab",
        " lab =x; Path=/es/cookies",
        "%6cab=x",
    ] {
        let answer = ana.ask("/lab/cookies/line", &[("line", line)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{line:?}");
        assert!(answer.lines.is_empty());
    }
    for act in ["delete", "change-character", "move", "delete-wrong-path"] {
        let answer = ana
            .ask("/lab/cookies/forge", &[("name", "lab"), ("act", act)])
            .await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{act}");
    }
    assert_eq!(ana.lab().unwrap(), lab);
}

#[tokio::test]
async fn the_labs_own_cookie_is_never_shown() {
    let mut ana = Visitor::open(&classroom().await);
    ana.get("/es/cookies").await;
    let secret = ana.lab().unwrap();
    for url in ["/es/cookies", "/lab/cookies/echo", "/admin?probe=es"] {
        let answer = ana.get(url).await;
        assert!(!answer.body.contains(&secret), "{url}");
    }
}

#[tokio::test]
async fn a_neighbour_notices_nothing() {
    let playground = classroom().await;
    let (mut ana, mut ben) = (Visitor::open(&playground), Visitor::open(&playground));
    ben.post(
        "/lab/cookies/set",
        &[("name", "suya"), ("value", "1"), ("path", "/")],
    )
    .await;
    ana.post(
        "/lab/cookies/set",
        &[
            ("name", "rol"),
            ("value", "ana"),
            ("seal", "express"),
            ("path", "/"),
        ],
    )
    .await;
    ana.post("/lab/cookies/keys", &[("act", "rotate-and-drop")])
        .await;
    ana.post("/lab/cookies/reset", &[]).await;
    let page = ben.get("/es/cookies").await;
    assert_eq!(page.row("suya").unwrap().state(), "sent");
    assert!(page.row("rol").is_none());
    assert!(!page.has("gato con teclado 2"));
}

#[tokio::test]
async fn cookies_that_weigh_too_much_are_deleted_and_the_lab_stays() {
    let mut ana = Visitor::open(&classroom().await);
    ana.get("/es/cookies").await;
    let lab = ana.lab();
    // As a script could: past our own routes, which refuse to make the jar this heavy.
    let (host, now) = (ana.host.clone(), session_playground::config::now_ms());
    for number in 0..20 {
        let line = format!("peso_{number}={}; Path=/", "x".repeat(4000));
        let place = session_playground::cookies::user_agent::Place {
            host: &host,
            path: "/",
            secure: false,
        };
        ana.jar.receive(&line, &place, now);
    }
    let refused = ana.get("/es/cookies").await;
    assert_eq!(refused.status, StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE);
    let page = ana.get("/es/cookies").await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(ana.lab(), lab);
    assert!(ana.names().is_empty());
}

#[tokio::test]
async fn a_lab_may_only_set_so_much() {
    let mut ana = Visitor::open(&classroom().await);
    let value = "x".repeat(4000);
    let mut refused = None;
    for number in 0..12 {
        let name = format!("peso_{number}");
        let form = [("name", name.as_str()), ("value", &value), ("path", "/")];
        let answer = ana.ask("/lab/cookies/set", &form).await;
        if answer.status != StatusCode::OK {
            refused = Some(answer);
            break;
        }
    }
    let refused = refused.expect("a limit");
    assert!(refused.body.contains("jar_full"), "{}", refused.body);
    assert_eq!(ana.get("/es/cookies").await.status, StatusCode::OK);
}

#[tokio::test]
async fn another_sites_page_sets_nothing() {
    use axum::http::{Method, header};
    let playground = classroom().await;
    let mut browser = crate::browser::Browser::open(&playground);
    browser.get("/es/cookies").await;
    browser.headers = vec![("origin", "http://evil.test".to_owned())];
    for path in [
        "set",
        "line",
        "forge",
        "keys",
        "reset",
        "stolen",
        "experiment/units",
    ] {
        let answer = browser
            .send(
                Method::POST,
                &format!("/lab/cookies/{path}"),
                Some("name=a&value=1&line=a%3D1&act=restore"),
            )
            .await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
        assert!(answer.headers.get(header::SET_COOKIE).is_none());
    }
}

#[tokio::test]
async fn what_a_student_sends_is_shown_but_never_becomes_markup() {
    let mut ana = Visitor::open(&classroom().await);
    let evil = "\"><script>alert(1)</script><img src=x onerror=alert(1)>";
    let form = [
        ("name", evil),
        ("value", evil),
        ("path", evil),
        ("domain", evil),
        ("lifetime", evil),
        ("unit", "seconds"),
        ("anyway", "1"),
    ];
    let set = ana.post("/lab/cookies/set", &form).await;
    let line = ana
        .post("/lab/cookies/line", &[("line", &format!("{evil}={evil}"))])
        .await;
    let query = serde_urlencoded::to_string([
        ("name", evil),
        ("value", evil),
        ("seal_format", "express"),
        ("seal_value", evil),
        ("check_format", "signed"),
        ("check_cookie", evil),
        ("refused", evil),
    ]);
    let typed = ana.get(&format!("/en/cookies?{}", query.unwrap())).await;
    for page in [set, line, typed] {
        assert_eq!(page.status, StatusCode::OK);
        assert!(
            !page.has("<script>alert") && !page.has("<img src=x"),
            "{}",
            page.url
        );
    }
}

#[tokio::test]
async fn the_lab_remembers_its_cookies_when_the_program_comes_back() {
    let playground = classroom().await;
    let mut ana = Visitor::open(&playground);
    let form = [
        ("name", "rol"),
        ("value", "ana"),
        ("seal", "express"),
        ("path", "/"),
    ];
    ana.post("/lab/cookies/set", &form).await;
    ana.post("/lab/cookies/keys", &[("act", "rotate-and-keep")])
        .await;
    ana.post("/lab/cookies/line", &[("line", "rechazada=1; Secure")])
        .await;
    let data = playground.registry.folder().parent().unwrap().to_owned();
    playground.registry.close().await;
    let jar = ana.jar.clone();
    drop((ana, playground));
    let mut ana = Visitor::open(&classroom_with(|config| config.data = data).await);
    ana.jar = jar;
    let page = ana.get("/es/cookies").await;
    assert_eq!(page.row("rol").unwrap().verdict(), "valid");
    assert_eq!(page.row("rechazada").unwrap().state(), "rejected");
    assert!(page.has("gato con teclado 2"));
}
