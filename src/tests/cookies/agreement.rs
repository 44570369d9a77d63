//! What the page says of the browser: as the rule says, otherwise, or not known.

use super::visitor::{Answer, Visitor};
use crate::classroom::classroom;

async fn line(ana: &mut Visitor, line: &str) -> Answer {
    ana.post("/lab/cookies/line", &[("line", line)]).await
}

fn says(page: &Answer) -> &'static str {
    let known = ["yes", "partly", "no"];
    let found = known
        .into_iter()
        .find(|word| page.has(&format!("data-testid=\"agrees-{word}\"")));
    found.unwrap_or("nothing")
}

#[tokio::test]
async fn what_a_request_can_show_agrees() {
    let mut ana = Visitor::open(&classroom().await);
    for text in [
        "a=1; Path=/",
        "a=; Path=/; Max-Age=0",
        "b=1; Path=/; Secure",
        "c=1; Path=/lab/cookies/echo",
        "d=1",
    ] {
        let page = line(&mut ana, text).await;
        assert_eq!(says(&page), "yes", "{text}");
    }
}

#[tokio::test]
async fn a_refused_line_says_nothing_about_an_equal_pair_that_was_there() {
    let mut ana = Visitor::open(&classroom().await);
    line(&mut ana, "a=1; Path=/").await;
    for text in [
        "a=1; Path=/; SameSite=None",
        "a=1; Path=/; Domain=example.com",
    ] {
        let page = line(&mut ana, text).await;
        assert!(page.has("data-testid=\"predicted-rejected\""), "{text}");
        assert_eq!(says(&page), "yes", "{text}");
    }
}

#[tokio::test]
async fn a_refused_line_of_another_path_is_asked_there() {
    let mut ana = Visitor::open(&classroom().await);
    let page = line(&mut ana, "a=1; Path=/lab/cookies/echo; SameSite=None").await;
    assert_eq!(says(&page), "yes");
    let page = line(&mut ana, "a=1; Path=/con espacio; SameSite=None").await;
    assert_eq!(
        says(&page),
        "nothing",
        "where no redirect leads, nothing is known"
    );
}

#[tokio::test]
async fn where_chromium_keeps_something_else_a_request_does_not_prove_agreement() {
    let mut ana = Visitor::open(&classroom().await);
    for text in [
        "a=1; Path=/; Max-Age=+60",
        "a=1; Path=/; Max-Age=60; Max-Age=abc",
    ] {
        let page = line(&mut ana, text).await;
        assert_eq!(says(&page), "partly", "{text}");
    }
}

#[tokio::test]
async fn a_browser_that_keeps_something_else_is_said_to_differ() {
    let mut ana = Visitor::open(&classroom().await);
    let form = [("name", "a"), ("value", "1"), ("path", "/")];
    // A browser without a jar.
    ana.ask("/lab/cookies/set", &form).await;
    let lost = ana
        .jar
        .cookies()
        .iter()
        .find(|cookie| cookie.name == "a")
        .cloned();
    assert!(ana.jar.remove(&lost.unwrap()));
    let page = ana.get("/es/cookies").await;
    assert_eq!(says(&page), "no");
    assert_eq!(page.row("a").unwrap().state(), "missing");
}

#[tokio::test]
async fn the_prediction_names_everything_that_is_kept() {
    let mut ana = Visitor::at(&classroom().await, "localhost");
    let page = line(&mut ana, "a=1; Path=/; Secure; HttpOnly; Partitioned").await;
    let said = page.text_of("kept");
    assert!(said.contains("HttpOnly · Secure · Partitioned"), "{said}");
}
