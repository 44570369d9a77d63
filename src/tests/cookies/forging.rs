//! Every forging click ends in the right verdict, in every format, in both worlds.

use super::visitor::{Answer, Visitor};
use crate::classroom::classroom;

async fn with_cookie(seal: &str) -> Visitor {
    let mut ana = Visitor::open(&classroom().await);
    set(&mut ana, seal, "alumna").await;
    ana
}

async fn set(ana: &mut Visitor, seal: &str, value: &str) -> Answer {
    let form = [
        ("name", "rol"),
        ("value", value),
        ("seal", seal),
        ("path", "/"),
    ];
    ana.post("/lab/cookies/set", &form).await
}

async fn forge(ana: &mut Visitor, act: &str) -> Answer {
    ana.post("/lab/cookies/forge", &[("name", "rol"), ("act", act)])
        .await
}

#[tokio::test]
async fn an_honest_cookie_is_valid_in_every_format() {
    for seal in ["express", "signed", "private"] {
        let mut ana = with_cookie(seal).await;
        let page = ana.get("/es/cookies").await;
        assert_eq!(page.row("rol").unwrap().verdict(), "valid", "{seal}");
    }
}

#[tokio::test]
async fn a_changed_character_or_signature_is_forged() {
    for seal in ["express", "signed", "private"] {
        for act in ["change-character", "change-signature"] {
            let mut ana = with_cookie(seal).await;
            let page = forge(&mut ana, act).await;
            let row = page.row("rol").unwrap();
            assert!(
                matches!(row.verdict(), "forged" | "unreadable"),
                "{seal} {act}: {}",
                row.verdict()
            );
            let (signed, tower) = (page.text_of("express-signed"), page.text_of("tower"));
            assert!(
                if seal == "express" {
                    signed.ends_with("→ false")
                } else {
                    tower.ends_with("→ None")
                },
                "{seal} {act}: {signed} {tower}"
            );
        }
    }
}

#[tokio::test]
async fn a_stripped_prefix_turns_up_among_the_plain_cookies() {
    let mut ana = with_cookie("express").await;
    let page = forge(&mut ana, "strip-prefix").await;
    assert_eq!(page.row("rol").unwrap().verdict(), "unreadable");
    assert!(page.text_of("express-signed").ends_with("→ undefined"));
    assert!(
        page.text_of("express-plain").contains("alumna."),
        "{}",
        page.text_of("express-plain")
    );
}

#[tokio::test]
async fn a_moved_value_verifies_if_signed_and_not_if_encrypted() {
    for (seal, verdict) in [
        ("express", "valid"),
        ("signed", "valid"),
        ("private", "forged"),
    ] {
        let mut ana = with_cookie(seal).await;
        let page = forge(&mut ana, "move").await;
        assert_eq!(page.row("rol_2").unwrap().verdict(), verdict, "{seal}");
        assert_eq!(page.row("rol").unwrap().verdict(), "valid", "{seal}");
    }
}

#[tokio::test]
async fn an_old_value_that_was_deleted_can_be_put_back() {
    for seal in ["express", "signed", "private"] {
        let mut ana = with_cookie(seal).await;
        let page = forge(&mut ana, "delete").await;
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
    }
}

#[tokio::test]
async fn rotation_keeps_or_refuses_old_cookies_and_goes_back() {
    for seal in ["express", "signed", "private"] {
        let mut ana = with_cookie(seal).await;
        let page = ana
            .post("/lab/cookies/keys", &[("act", "rotate-and-keep")])
            .await;
        assert_eq!(page.row("rol").unwrap().verdict(), "valid", "{seal}");
        let page = ana
            .post("/lab/cookies/keys", &[("act", "rotate-and-drop")])
            .await;
        assert_eq!(page.row("rol").unwrap().verdict(), "wrong-key", "{seal}");
        let page = set(&mut ana, seal, "nueva").await;
        assert_eq!(page.row("rol").unwrap().verdict(), "valid", "{seal}");
        let page = ana.post("/lab/cookies/keys", &[("act", "restore")]).await;
        assert_eq!(page.row("rol").unwrap().verdict(), "forged", "{seal}");
    }
}

#[tokio::test]
async fn a_signed_value_is_read_without_any_key_and_an_encrypted_one_is_not() {
    for (seal, readable) in [("express", true), ("signed", true), ("private", false)] {
        let mut ana = with_cookie(seal).await;
        let page = forge(&mut ana, "change-signature").await;
        assert_eq!(
            page.has("Sin ninguna clave se lee: alumna"),
            readable,
            "{seal}"
        );
    }
}

#[tokio::test]
async fn an_http_only_cookie_is_out_of_reach_so_the_request_is_edited() {
    let mut ana = Visitor::open(&classroom().await);
    let form = [
        ("name", "rol"),
        ("value", "alumna"),
        ("seal", "express"),
        ("path", "/"),
        ("http_only", "1"),
    ];
    ana.post("/lab/cookies/set", &form).await;
    let page = forge(&mut ana, "change-character").await;
    assert_eq!(
        page.row("rol").unwrap().verdict(),
        "valid",
        "the jar has not changed"
    );
    assert!(page.text_of("express-signed").ends_with("→ false"));
    assert!(page.has("Petición editada"));
}

#[tokio::test]
async fn a_deletion_must_repeat_what_makes_it_the_same_cookie() {
    let mut ana = Visitor::at(&classroom().await, "localhost");
    let form = [
        ("name", "__Host-rol"),
        ("value", "1"),
        ("path", "/"),
        ("secure", "1"),
    ];
    ana.post("/lab/cookies/set", &form).await;
    for (act, state) in [
        ("delete-wrong-path", "sent"),
        ("delete-without-secure", "sent"),
        ("delete", "deleted"),
    ] {
        let page = ana
            .post(
                "/lab/cookies/forge",
                &[("name", "__Host-rol"), ("act", act)],
            )
            .await;
        let rows = page.rows("__Host-rol");
        assert!(rows.iter().any(|row| row.state() == state), "{act}");
    }
    assert!(ana.names().is_empty());
}
