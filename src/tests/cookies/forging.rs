//! Every forging click ends in the right verdict, in every format, in both worlds.

use super::visitor::{Answer, Visitor};
use crate::classroom::classroom;

pub async fn with_cookie(seal: &str) -> Visitor {
    let mut ana = Visitor::open(&classroom().await);
    set(&mut ana, seal, "alumna").await;
    ana
}

pub async fn set(ana: &mut Visitor, seal: &str, value: &str) -> Answer {
    let form = [
        ("name", "rol"),
        ("value", value),
        ("seal", seal),
        ("path", "/"),
    ];
    ana.post("/lab/cookies/set", &form).await
}

pub async fn forge(ana: &mut Visitor, act: &str) -> Answer {
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

/// The card's answers: `req.signedCookies`, `req.cookies` and tower-cookies, each after its arrow.
pub fn worlds(page: &Answer) -> [String; 3] {
    ["express-signed", "express-plain", "tower"].map(|world| {
        let line = page.text_of(world);
        let (_, answer) = line.split_once(" → ").unwrap_or_default();
        answer.to_owned()
    })
}

/// Whether the program of this format takes the cookie for its own.
pub fn is_accepted(seal: &str, page: &Answer) -> bool {
    let [signed, _, tower] = worlds(page);
    if seal == "express" {
        !matches!(signed.as_str(), "false" | "undefined")
    } else {
        tower != "None"
    }
}

#[tokio::test]
async fn a_changed_character_or_signature_is_forged() {
    for seal in ["express", "signed", "private"] {
        for act in ["change-character", "change-signature"] {
            let mut ana = with_cookie(seal).await;
            let page = forge(&mut ana, act).await;
            assert_eq!(page.row("rol").unwrap().verdict(), "forged", "{seal} {act}");
            assert!(page.text_of("forged").contains("Falsificada"));
            let [signed, plain, tower] = worlds(&page);
            if seal == "express" {
                assert_eq!([signed, plain], ["false", "undefined"], "{act}");
            } else {
                assert_eq!((signed.as_str(), tower.as_str()), ("undefined", "None"));
                assert!(plain.starts_with('"'), "{seal} {act}: {plain}");
            }
            assert!(page.text_of("moral").contains("Nadie avisa"));
        }
    }
}

#[tokio::test]
async fn a_stripped_prefix_turns_up_among_the_plain_cookies() {
    let mut ana = with_cookie("express").await;
    let page = forge(&mut ana, "strip-prefix").await;
    assert_eq!(page.row("rol").unwrap().verdict(), "unreadable");
    let [signed, plain, _] = worlds(&page);
    assert_eq!(signed, "undefined");
    assert!(plain.contains("alumna."), "{plain}");
    assert!(page.text_of("moral").contains("req.cookies"));
    // What has no prefix any more offers no way to change its signature.
    let again = forge(&mut ana, "change-signature").await;
    assert!(again.url.contains("refused=bad_form"), "{}", again.url);
    assert!(!again.row("rol").unwrap().0.contains("change-signature"));
}

#[tokio::test]
async fn a_moved_value_verifies_if_signed_and_not_if_encrypted() {
    for (seal, verdict, moral) in [
        ("express", "valid", "no incluye el nombre"),
        ("signed", "valid", "no incluye el nombre"),
        ("private", "forged", "El nombre entra"),
    ] {
        let mut ana = with_cookie(seal).await;
        let page = forge(&mut ana, "move").await;
        assert_eq!(page.row("rol_2").unwrap().verdict(), verdict, "{seal}");
        assert_eq!(page.row("rol").unwrap().verdict(), "valid", "{seal}");
        assert_eq!(is_accepted(seal, &page), verdict == "valid", "{seal}");
        let said = page.text_of("moral");
        assert!(said.contains(moral), "{seal}: {said}");
    }
}

#[tokio::test]
async fn a_signed_value_is_read_without_any_key_and_an_encrypted_one_is_not() {
    for (seal, readable) in [("express", true), ("signed", true), ("private", false)] {
        let mut ana = with_cookie(seal).await;
        let page = forge(&mut ana, "read-without-key").await;
        assert_eq!(
            page.has("Sin ninguna clave se lee: alumna"),
            readable,
            "{seal}"
        );
        assert_eq!(page.has("Sin la clave no se lee nada"), !readable, "{seal}");
        // Without a secret cookie-parser checks nothing, and hands out what came.
        let [signed, plain, tower] = worlds(&page);
        assert_eq!(signed, "undefined", "{seal}");
        assert_eq!(plain.contains("alumna"), readable, "{seal}: {plain}");
        assert_eq!(tower.contains("alumna"), readable, "{seal}: {tower}");
        assert_eq!(page.row("rol").unwrap().verdict(), "valid", "{seal}");
    }
}

#[tokio::test]
async fn a_deletion_says_whether_the_cookie_still_comes() {
    let mut ana = with_cookie("express").await;
    let page = forge(&mut ana, "delete-wrong-path").await;
    assert!(page.text_of("came").contains("la sigue enviando"));
    assert!(page.text_of("moral").contains("otra cookie"));
    assert_eq!(worlds(&page)[0], "\"alumna\"");
    let page = forge(&mut ana, "delete").await;
    assert!(page.text_of("came").contains("ya no la envía"));
    assert_eq!(worlds(&page)[..2], ["undefined", "undefined"]);
    // One that happens to live where the wrong path usually points.
    let form = [("name", "lejana"), ("value", "1"), ("path", "/otra")];
    ana.post("/lab/cookies/set", &form).await;
    let attempt = [("name", "lejana"), ("act", "delete-wrong-path")];
    let page = ana.post("/lab/cookies/forge", &attempt).await;
    assert_eq!(page.row("lejana").unwrap().state(), "elsewhere");
    assert!(page.text_of("came").contains("la sigue enviando"));
}

#[tokio::test]
async fn of_two_cookies_of_one_name_the_one_that_was_clicked_is_changed() {
    let mut ana = Visitor::open(&classroom().await);
    for (value, seal, path) in [("profe", "express", "/es"), ("alumna", "signed", "/")] {
        let form = [
            ("name", "rol"),
            ("value", value),
            ("seal", seal),
            ("path", path),
        ];
        ana.post("/lab/cookies/set", &form).await;
    }
    let attempt = [("name", "rol"), ("path", "/"), ("act", "change-character")];
    let page = ana.post("/lab/cookies/forge", &attempt).await;
    let verdicts: Vec<_> = page
        .rows("rol")
        .iter()
        .map(|row| row.verdict().to_owned())
        .collect();
    assert_eq!(
        verdicts[..2],
        ["valid", "forged"],
        "the longer path comes first"
    );
}

#[tokio::test]
async fn what_was_done_is_forgotten_when_the_cookie_is_set_anew() {
    let mut ana = with_cookie("express").await;
    forge(&mut ana, "change-character").await;
    let page = set(&mut ana, "express", "otra").await;
    assert!(!page.has("data-testid=\"forged\""));
    assert_eq!(page.row("rol").unwrap().verdict(), "valid");
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
