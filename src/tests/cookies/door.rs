//! What the doors let in, what they give away, and how they say no.

use axum::http::StatusCode;
use session_playground::{config, cookies::user_agent::Place};

use super::visitor::Visitor;
use crate::{browser::Browser, classroom::classroom};

/// What browsers ask for when somebody follows a link or sends a form.
const NAVIGATION: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

#[tokio::test]
async fn a_pass_never_turns_into_a_cookie_nor_into_another_pass() {
    let playground = classroom().await;
    let mut ana = Browser::open(&playground);
    ana.press("login", "").await;
    let pass = ana.look().await.pass;
    let mut eve = Browser::open(&playground);
    eve.headers = vec![("playground-pass", pass)];
    let page = eve.get("/es/sessions").await;
    assert_eq!(page.status, 200);
    assert!(page.set_cookie("lab").is_empty() && !page.body.contains("Playground-Pass:"));
    assert_eq!(eve.look().await.pass, "");
    for experiment in ["eviction", "units"] {
        let path = format!("/lab/cookies/experiment/{experiment}");
        let answer = eve.post(&path, "guess=0").await;
        assert_eq!(answer.status, 200);
        assert!(answer.set_cookie("lab").is_empty(), "{experiment}");
    }
    let line = "line=a%3D1%3B+Max-Age%3D0%3B+Max-Age%3Dabc";
    let answer = eve.post("/lab/cookies/line", line).await;
    assert!(answer.set_cookie("lab").is_empty() && !eve.jar.contains_key("lab"));

    let answer = ana
        .post("/lab/cookies/experiment/eviction", "guess=0")
        .await;
    assert_eq!(answer.set_cookie("lab").len(), 1, "the lab's own browser");
}

#[tokio::test]
async fn cookies_that_weigh_too_much_are_deleted_wherever_they_belong() {
    let mut ana = Visitor::open(&classroom().await);
    ana.get("/es/cookies").await;
    let lab = ana.lab();
    let (host, now) = (ana.host.clone(), config::now_ms());
    let places = [
        "Path=/",
        "Path=/es",
        "Path=/es/",
        "Path=/es/cookies",
        "Path=/es; Domain=playground.test",
    ];
    for (number, place) in (0..20).zip(places.into_iter().cycle()) {
        let line = format!("peso_{number}={}; {place}", "x".repeat(4000));
        let here = Place {
            host: &host,
            path: "/es/cookies",
            secure: false,
        };
        ana.jar.receive(&line, &here, now);
    }
    let refused = ana.get("/es/cookies").await;
    assert_eq!(refused.status, StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE);
    assert!(ana.names().is_empty(), "{:?}", ana.names());
    assert_eq!(ana.get("/es/cookies").await.status, StatusCode::OK);
    assert_eq!(ana.lab(), lab);
}

#[tokio::test]
async fn whoever_is_turned_away_can_read_why_and_find_back() {
    let playground = classroom().await;
    let mut ana = Browser::open(&playground);
    ana.get("/en/cookies").await;
    let lab = ana.jar["lab"].clone();
    let mut ben = Browser::open(&playground);
    ben.get("/en/cookies").await;
    let from = |extra: Option<(&'static str, String)>| {
        let usual = [
            ("accept", NAVIGATION.to_owned()),
            ("accept-language", "en".to_owned()),
        ];
        usual.into_iter().chain(extra).collect::<Vec<_>>()
    };
    let is_small_page = |answer: &crate::browser::Answer, status: u16, text: &str| {
        assert_eq!(answer.status, status);
        assert!(answer.header("content-type").starts_with("text/html"));
        let page = &answer.body;
        assert!(
            page.contains("<html lang=\"en\">") && page.contains(text),
            "{page}"
        );
        assert!(page.contains("href=\"/en/cookies\""), "{page}");
        assert!(answer.set_cookie("a").is_empty());
    };
    ana.headers = from(Some(("origin", "http://evil.test".to_owned())));
    let answer = ana.post("/lab/cookies/set", "name=a&value=1").await;
    is_small_page(&answer, 403, "another site");

    ana.headers = from(None);
    let large = format!("name=a&value={}", "x".repeat(70_000));
    let answer = ana.post("/lab/cookies/set", &large).await;
    is_small_page(&answer, 413, "too large");

    ana.headers = from(Some(("x-filling", "x".repeat(70_000))));
    let answer = ana.get("/en/cookies").await;
    is_small_page(&answer, 431, "64 KB");

    ana.headers = from(None);
    ana.jar
        .insert("lab".to_owned(), format!("{lab}; lab={}", ben.jar["lab"]));
    let answer = ana.get("/en/cookies").await;
    is_small_page(&answer, 400, "Two signed lab cookies");

    ana.jar.insert("lab".to_owned(), lab);
    let mut hasty = ana.get("/en/cookies").await;
    for _ in 0..200 {
        if hasty.status == 429 {
            break;
        }
        hasty = ana.get("/lab/cookies/seal").await;
    }
    is_small_page(&hasty, 429, "Too many requests");
}

#[tokio::test]
async fn a_form_that_cannot_be_read_leads_back_to_the_page() {
    let mut ana = Visitor::open(&classroom().await);
    for (path, form) in [
        ("line", [("lain", "a=1")]),
        ("forge", [("act", "none")]),
        ("keys", [("act", "none")]),
        ("set", [("unit", "years")]),
        ("experiment/none", [("guess", "0")]),
    ] {
        let path = format!("/lab/cookies/{path}");
        let page = ana.post(&path, &form).await;
        assert!(
            page.url.starts_with("/es/cookies?refused=bad_form"),
            "{path}: {}",
            page.url
        );
        assert!(page.has("data-testid=\"notice\""), "{path}");
        assert_eq!(ana.ask(&path, &form).await.status, 422, "{path}");
    }
}
