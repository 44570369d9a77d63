//! Nothing that is set here makes the browser's jar too full or too heavy for the lab's own cookie.

use futures::future::join_all;
use session_playground::cookies::{state::MOST_JAR, user_agent::Place};

use super::visitor::{Answer, Visitor};
use crate::classroom::classroom;

/// What Chromium keeps of one site, less the lab's own cookie and those of four sessions.
const FULL: usize = 180 - 5;

/// Gives the browser cookies behind the lab's back, as a script does.
fn by_script(ana: &mut Visitor, names: std::ops::Range<usize>) {
    let host = ana.host.clone();
    let place = Place {
        host: &host,
        path: "/",
        secure: false,
    };
    for number in names {
        let line = format!("ajena_{number}=1; Path=/");
        let now = session_playground::config::now_ms();
        ana.jar.receive(&line, &place, now);
    }
}

async fn set(ana: &mut Visitor, name: &str, value: &str, path: &str) -> Answer {
    let form = [("name", name), ("value", value), ("path", path)];
    ana.ask("/lab/cookies/set", &form).await
}

#[tokio::test]
async fn there_are_never_so_many_cookies_that_the_labs_own_must_go() {
    let mut ana = Visitor::open(&classroom().await);
    ana.get("/es/cookies").await;
    let lab = ana.lab();
    // Some that every request brings, some that none of these requests brings.
    by_script(&mut ana, 0..100);
    let mut refused = None;
    for number in 0..40 {
        let answer = set(&mut ana, &format!("mini_{number}"), "1", "/q").await;
        if answer.status != 200 {
            refused = Some(answer.body);
            break;
        }
    }
    assert!(refused.expect("a limit").contains("jar_full"));
    assert!(ana.names().len() < FULL, "{}", ana.names().len());
    let line = [("line", "una_mas=1; Path=/")];
    let answer = ana.ask("/lab/cookies/line", &line).await;
    assert!(answer.body.contains("jar_full"), "{}", answer.body);
    let page = ana.post("/lab/cookies/line", &line).await;
    assert!(page.has("data-testid=\"notice\"") && page.row("una_mas").is_none());

    let again = set(&mut ana, "mini_0", "2", "/q").await;
    assert_eq!(again.status, 200, "one that is there may change");
    let delete = [("name", "mini_0"), ("path", "/q"), ("act", "delete")];
    assert_eq!(ana.ask("/lab/cookies/forge", &delete).await.status, 200);
    assert_eq!(set(&mut ana, "otra", "1", "/q").await.status, 200);
    assert_eq!(ana.lab(), lab);
}

#[tokio::test]
async fn moving_a_cookie_under_new_names_ends_where_the_jar_is_full() {
    let mut ana = Visitor::open(&classroom().await);
    let value = "x".repeat(3900);
    for number in 0..9 {
        let name = format!("peso_{number}");
        let form = [
            ("name", name.as_str()),
            ("value", &value),
            ("path", "/en"),
            ("seal", "express"),
        ];
        assert_eq!(ana.ask("/lab/cookies/set", &form).await.status, 200);
    }
    let mut full = 0;
    for number in 0..9 {
        let form = [
            ("name", format!("peso_{number}")),
            ("act", "move".to_owned()),
        ];
        let form = form.each_ref().map(|(field, text)| (*field, text.as_str()));
        let answer = ana.ask("/lab/cookies/forge", &form).await;
        full += usize::from(answer.body.contains("jar_full"));
    }
    assert!(full >= 8, "{full}");
    assert!(ana.jar.octets() <= MOST_JAR + 200, "{}", ana.jar.octets());
    assert_eq!(ana.get("/en/cookies").await.status, 200);
}

#[tokio::test]
async fn requests_at_once_share_the_room() {
    let playground = classroom().await;
    let mut ana = Visitor::open(&playground);
    ana.get("/es/cookies").await;
    let value = "x".repeat(4000);
    let tabs = (0..20).map(|number| {
        let mut tab = Visitor::open(&playground);
        tab.jar = ana.jar.clone();
        let (name, value) = (format!("peso_{number}"), value.clone());
        tokio::spawn(async move { set(&mut tab, &name, &value, "/").await.status })
    });
    let answers = join_all(tabs).await;
    let granted = answers
        .into_iter()
        .filter(|status| status.as_ref().is_ok_and(|status| *status == 200))
        .count();
    assert_eq!(granted, MOST_JAR / 4006);
}

#[tokio::test]
async fn a_line_of_which_browsers_keep_more_than_the_rule_costs_no_lab() {
    let mut ana = Visitor::open(&classroom().await);
    ana.get("/es/cookies").await;
    let lab = ana.lab().unwrap();
    let line = [("line", "a=1; Path=/q; Max-Age=0; Max-Age=abc")];
    let answer = ana.ask("/lab/cookies/line", &line).await;
    let last = answer.lines.last().unwrap();
    assert!(last.starts_with(&format!("lab={lab};")), "{last}");
}
