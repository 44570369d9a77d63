//! A line's way: from the form to the server, to the screen and to whoever asks without a browser.

use axum::http::{Method, StatusCode};

use crate::{
    browser::{Answer, Browser},
    classroom::{classroom, classroom_of_their_own},
};

async fn typed(browser: &mut Browser, tool: &str, line: &str) -> Answer {
    let form = serde_urlencoded::to_string([("line", line)]).unwrap();
    browser.post(&format!("/lab/consoles/{tool}"), &form).await
}

#[tokio::test]
async fn without_a_browser_the_answer_is_what_the_tool_prints() {
    let playground = classroom_of_their_own().await;
    let mut ana = Browser::open(&playground);
    let answer = typed(&mut ana, "redis", "SET uno \"1 y 2\"").await;
    assert_eq!(
        (answer.status, answer.body.as_str()),
        (StatusCode::OK, "OK\n")
    );
    assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8");
    assert_eq!(
        typed(&mut ana, "redis", "GET uno").await.body,
        "\"1 y 2\"\n"
    );
    assert_eq!(typed(&mut ana, "redis", "").await.body, "");
    let count = typed(&mut ana, "mongo", "db.sessions.countDocuments()").await;
    assert_eq!(count.body, "0\n");
    // Refused before anything is sent: the reason is the answer.
    let refused = typed(&mut ana, "mongo", "db.sessions.aggregate([])").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("aggregate"), "{}", refused.body);
    // No such console, and no line at all.
    let nowhere = typed(&mut ana, "sql", "SELECT 1").await;
    assert_eq!(nowhere.status, StatusCode::UNPROCESSABLE_ENTITY);
    let nothing = ana.post("/lab/consoles/redis", "").await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    ana.headers.push(("origin", "http://evil.test".to_owned()));
    let foreign = typed(&mut ana, "redis", "FLUSHALL").await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_form_leads_back_to_the_page_and_the_page_remembers() {
    let playground = classroom_of_their_own().await;
    let mut ana = Browser::open(&playground);
    ana.headers.push(("accept", "text/html".to_owned()));
    let back = typed(&mut ana, "redis", "SET uno <b>1</b>").await;
    assert_eq!(back.status, StatusCode::SEE_OTHER);
    assert!(
        back.header("location")
            .ends_with("/consoles?at=redis#redis")
    );
    let page = ana.get("/es/consoles?at=redis").await.body;
    assert!(
        page.contains("SET uno &lt;b&gt;1&lt;/b&gt;"),
        "what was typed is text"
    );
    assert!(
        !page.contains("redis.sock"),
        "who is elsewhere gets no address"
    );
    let clear = ana
        .send(Method::POST, "/lab/consoles/mongo/clear", Some(""))
        .await;
    assert_eq!(clear.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn what_a_site_sends_appears_and_a_neighbour_sees_nothing_of_it() {
    let playground = classroom().await;
    let mut ana = Browser::open(&playground);
    let mut eva = Browser::open(&playground);
    for store in ["redis", "mongo"] {
        ana.post(&format!("/lab/{store}/login"), "user=ana&password=galleta")
            .await;
    }
    let page = ana.get("/en/consoles").await.body;
    for line in ["db.sessions.insertOne({", "sent by your lab", "NX"] {
        assert!(page.contains(line), "{line}");
    }
    for store in ["redis.sid", "mongo.sid"] {
        assert!(
            page.contains(&ana.jar[store]),
            "a line worth trying names the session"
        );
    }
    let other = eva.get("/en/consoles").await.body;
    for store in ["redis.sid", "mongo.sid"] {
        assert!(!other.contains(&ana.jar[store]));
    }
    assert!(other.contains("You have no session here yet."));
}
