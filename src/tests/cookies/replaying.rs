//! Old values sent again, and the keys whose rotation ends them.

use std::collections::HashSet;

use session_playground::{
    cookies::{
        forge::{self, Act, Attempt},
        request::{Heard, Visit},
        seal::{Seal, Verdict, check, seal},
        state::Page,
    },
    i18n::Locale,
};

use super::{
    forging::{forge as tamper, is_accepted, set, with_cookie, worlds},
    visitor::{Visitor, plain},
};
use crate::classroom::classroom;

#[tokio::test]
async fn an_old_value_that_was_deleted_can_be_put_back() {
    for seal in ["express", "signed", "private"] {
        let mut ana = with_cookie(seal).await;
        let page = tamper(&mut ana, "delete").await;
        let row = page.row("rol").unwrap();
        assert_eq!(row.state(), "deleted", "{seal}");
        let (_, after) = row.0.split_once("name=\"gone_ms\" value=\"").unwrap();
        let gone_ms = after.split('"').next().unwrap().to_owned();
        let page = ana
            .post(
                "/lab/cookies/forge",
                &[("name", "rol"), ("act", "replay"), ("gone_ms", &gone_ms)],
            )
            .await;
        let row = page.row("rol").unwrap();
        assert_eq!((row.state(), row.verdict()), ("sent", "valid"), "{seal}");
        assert!(is_accepted(seal, &page), "{seal}");
        assert!(page.text_of("moral").contains("no lleva fecha"));
    }
}

#[tokio::test]
async fn the_value_before_the_last_one_counts_as_well_as_the_last() {
    for seal in ["express", "signed", "private"] {
        let mut ana = with_cookie(seal).await;
        set(&mut ana, seal, "delegada").await;
        let page = tamper(&mut ana, "replay").await;
        assert!(is_accepted(seal, &page), "{seal}");
        let (_, answers) = page.body.split_once("data-testid=\"worlds\"").unwrap();
        assert!(
            answers.contains("alumna"),
            "{seal}: the first value is back"
        );
        // Until its key is forgotten: that is what ends it.
        ana.post("/lab/cookies/keys", &[("act", "rotate-and-drop")])
            .await;
        let page = tamper(&mut ana, "replay").await;
        assert!(!is_accepted(seal, &page), "{seal}");
        assert!(page.text_of("moral").contains("ya no cuenta"), "{seal}");
    }
}

#[tokio::test]
async fn what_was_signed_yesterday_counts_today() {
    const DAY_MS: i64 = 24 * 3600 * 1000;
    let now_ms = 1_800_000_000_000;
    let visit = Visit {
        https: false,
        host: "playground.test".to_owned(),
        path: "/es/cookies".to_owned(),
        locale: Locale::Es,
        wants_page: true,
        from_another_site: false,
        experiment: None,
    };
    for kind in [Seal::Express, Seal::Signed, Seal::Private] {
        let mut notes = Page::default();
        let [yesterday, today] = ["alumna", "delegada"].map(|value| {
            let wire = seal(kind, "rol", value, notes.key()).wire;
            (format!("rol={wire}; Path=/"), wire)
        });
        notes.send(&[(yesterday.0, kind)], &visit, now_ms - DAY_MS);
        notes.send(&[(today.0, kind)], &visit, now_ms);
        let attempt = Attempt {
            name: "rol".to_owned(),
            path: "/".to_owned(),
            act: Act::Replay,
            gone_ms: 0,
        };
        let heard = Heard::from_text(&format!("rol={}", today.1));
        let replayed = forge::attempt(&notes, &heard, &visit, &attempt, now_ms).unwrap();
        assert_eq!(replayed.after, yesterday.1);
        assert_eq!(replayed.at_ms - replayed.set_ms, DAY_MS);
        assert!(
            replayed
                .line
                .unwrap()
                .starts_with(&format!("rol={}; Path=/", yesterday.1))
        );
        let verdict = check(kind, "rol", &replayed.after, &notes.keys, &[]).verdict;
        let value = "alumna".to_owned();
        assert_eq!(verdict, Verdict::Valid { value, key: 0 });
    }
}

#[tokio::test]
async fn rotation_keeps_or_refuses_old_cookies_and_goes_back() {
    for seal in ["express", "signed", "private"] {
        let mut ana = with_cookie(seal).await;
        for (act, verdict) in [
            ("rotate-and-keep", "valid"),
            ("rotate-and-drop", "wrong-key"),
            ("restore", "valid"),
        ] {
            let page = ana.post("/lab/cookies/keys", &[("act", act)]).await;
            assert_eq!(page.row("rol").unwrap().verdict(), verdict, "{seal} {act}");
            assert!(page.has(&format!("card forged after-{act}\"")));
            assert_eq!(is_accepted(seal, &page), verdict == "valid", "{seal} {act}");
            assert!(!page.text_of("moral").is_empty());
        }
        ana.post("/lab/cookies/keys", &[("act", "rotate-and-drop")])
            .await;
        set(&mut ana, seal, "nueva").await;
        let page = ana.post("/lab/cookies/keys", &[("act", "restore")]).await;
        // Its key is remembered as one that counted once: it is not called a forgery.
        assert_eq!(page.row("rol").unwrap().verdict(), "wrong-key", "{seal}");
    }
}

#[tokio::test]
async fn keys_never_come_back_however_often_they_are_rotated() {
    let mut ana = with_cookie("express").await;
    let mut seen = HashSet::new();
    for turn in 0..12 {
        let keep = turn % 3 == 0;
        let act = if keep {
            "rotate-and-keep"
        } else {
            "rotate-and-drop"
        };
        set(&mut ana, "express", "alumna").await;
        let page = ana.post("/lab/cookies/keys", &[("act", act)]).await;
        let fresh = plain(page.body.split_once("<ol><li><code>").unwrap().1);
        let fresh = fresh.lines().next().unwrap_or_default().to_owned();
        let fresh = fresh.split(" sella").next().unwrap().to_owned();
        assert!(seen.insert(fresh.clone()), "{fresh} a second time");
        assert_eq!(is_accepted("express", &page), keep, "turn {turn}: {act}");
    }
}

#[tokio::test]
async fn an_http_only_value_that_is_sent_again_is_an_edited_request_too() {
    let mut ana = Visitor::open(&classroom().await);
    let form = |value| {
        [
            ("name", "rol"),
            ("value", value),
            ("seal", "express"),
            ("path", "/"),
            ("http_only", "1"),
        ]
    };
    ana.post("/lab/cookies/set", &form("alumna")).await;
    ana.post("/lab/cookies/set", &form("delegada")).await;
    let before = ana.jar.cookies().to_vec();
    let page = tamper(&mut ana, "replay").await;
    assert!(page.has("Petición editada"));
    assert_eq!(worlds(&page)[0], "\"alumna\"");
    assert_eq!(ana.jar.cookies(), before, "the browser keeps what it had");
}
