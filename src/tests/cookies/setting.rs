//! Setting cookies with the form and by hand, and what the page shows of it.

use axum::http::StatusCode;

use super::visitor::Visitor;
use crate::classroom::classroom;

#[tokio::test]
async fn a_cookie_is_set_shown_and_deleted() {
    let mut ana = Visitor::open(&classroom().await);
    let page = ana
        .post(
            "/lab/cookies/set",
            &[
                ("name", "tema"),
                ("value", "oscuro"),
                ("path", "/"),
                ("lifetime", "90500"),
                ("unit", "ms"),
                ("same_site", "lax"),
            ],
        )
        .await;
    assert_eq!(page.url, "/es/cookies");
    assert_eq!(
        page.text_of("set-cookie"),
        "Set-Cookie: tema=oscuro; SameSite=Lax; Path=/; Max-Age=90"
    );
    assert!(page.has("data-testid=\"predicted-stored\"") && page.has("data-testid=\"agrees-yes\""));
    assert_eq!(page.row("tema").unwrap().state(), "sent");
    assert!(page.has("0:01:30") || page.has(">1:30<"), "its clock runs");

    let page = ana
        .post("/lab/cookies/forge", &[("name", "tema"), ("act", "delete")])
        .await;
    assert_eq!(page.row("tema").unwrap().state(), "deleted");
    assert!(ana.names().is_empty());
}

#[tokio::test]
async fn a_form_with_something_wrong_sends_nothing_until_it_is_sent_anyway() {
    let mut ana = Visitor::open(&classroom().await);
    let form = [("name", "__Host-id"), ("value", "1"), ("path", "/")];
    let page = ana.post("/lab/cookies/set", &form).await;
    assert!(page.has("data-testid=\"findings\"") && page.has("data-testid=\"notice\""));
    assert!(page.lines.iter().all(|line| line.starts_with("lab=")));

    let answer = ana.ask("/lab/cookies/set", &form).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("prefix_broken"), "{}", answer.body);

    let mut anyway = form.to_vec();
    anyway.push(("anyway", "1"));
    let page = ana.post("/lab/cookies/set", &anyway).await;
    assert!(page.lines.contains(&"__Host-id=1; Path=/".to_owned()));
    assert!(
        page.has("data-testid=\"predicted-rejected\"") && page.has("data-testid=\"agrees-yes\"")
    );
    assert_eq!(page.row("__Host-id").unwrap().state(), "rejected");
}

#[tokio::test]
async fn what_http_cannot_carry_is_said_and_not_sent_even_anyway() {
    let mut ana = Visitor::open(&classroom().await);
    for value in ["a\r\nSet-Cookie: b=1", "a\0b", "a\u{7f}"] {
        let form = [("name", "a"), ("value", value), ("anyway", "1")];
        let answer = ana.ask("/lab/cookies/set", &form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains("cannot_travel"), "{}", answer.body);
        let answer = ana
            .ask("/lab/cookies/line", &[("line", &format!("a={value}"))])
            .await;
        assert!(answer.body.contains("cannot_travel"), "{}", answer.body);
    }
    assert!(ana.names().is_empty());
}

#[tokio::test]
async fn the_preview_is_what_the_program_sends() {
    let mut ana = Visitor::open(&classroom().await);
    for form in [
        "name=a&value=1&path=/&lifetime=1500&unit=ms&http_only=1&same_site=strict",
        "name=b&value=dos&path=/es&lifetime=60&unit=seconds",
        "name=c&value=rol&seal=express&domain=playground.test",
        "name=d&value=rol&seal=signed&path=/",
        "name=e&value=1&unit=expires&lifetime=1-jan-2099+0:0:0&path=/",
        "name=f&value=1&secure=1&same_site=none&partitioned=1&path=/",
        "name=g&value=1&secure=1&http_only=1&lifetime=60&unit=seconds",
        "name=h&value=1&domain=playground.test",
    ] {
        let preview = ana.get(&format!("/es/cookies?{form}")).await;
        let preview = preview.text_of("preview");
        let fields: Vec<(String, String)> = serde_urlencoded::from_str(form).unwrap();
        let fields: Vec<_> = fields
            .iter()
            .map(|(a, b)| (a.as_str(), b.as_str()))
            .collect();
        let page = ana.post("/lab/cookies/set", &fields).await;
        assert_eq!(page.text_of("set-cookie"), preview, "{form}");
    }
}

#[tokio::test]
async fn the_preview_of_a_private_cookie_differs_in_its_bytes_only() {
    let mut ana = Visitor::open(&classroom().await);
    let form = [
        ("name", "a"),
        ("value", "sí"),
        ("seal", "private"),
        ("path", "/"),
        ("lifetime", "60"),
        ("unit", "seconds"),
    ];
    let query = serde_urlencoded::to_string(form).unwrap();
    let page = ana.get(&format!("/es/cookies?{query}")).await;
    let announced = page.text_of("preview");
    let page = ana.post("/lab/cookies/set", &form).await;
    let sent = page.text_of("set-cookie");
    let cut = |line: &str| {
        let (start, rest) = line.split_once("a=").unwrap();
        let (wire, attributes) = rest.split_once(';').unwrap();
        (start.to_owned(), wire.len(), attributes.to_owned())
    };
    assert_eq!(cut(&announced), cut(&sent));
    assert_ne!(announced, sent);
}

#[tokio::test]
async fn a_cookie_of_another_path_is_looked_for_where_it_travels() {
    let mut ana = Visitor::open(&classroom().await);
    for path in ["/admin", "/lab/cookies/echo/deep", "/otra/mas"] {
        let form = [("name", "a"), ("value", "1"), ("path", path)];
        let page = ana.post("/lab/cookies/set", &form).await;
        assert_eq!(page.url, "/es/cookies", "{path}");
        assert!(page.has("data-testid=\"agrees-yes\""), "{path}");
        assert_eq!(page.row("a").unwrap().state(), "elsewhere", "{path}");
    }
}

#[tokio::test]
async fn duplicates_are_shown_in_the_order_in_which_they_arrive() {
    let mut ana = Visitor::open(&classroom().await);
    for line in ["q=raiz; Path=/", "q=pagina; Path=/es/cookies"] {
        ana.post("/lab/cookies/line", &[("line", line)]).await;
    }
    let page = ana.get("/es/cookies").await;
    assert!(page.has("q=pagina; q=raiz"), "the raw header");
    assert_eq!(
        page.rows("q")
            .iter()
            .filter(|row| row.state() == "sent")
            .count(),
        2
    );
}

#[tokio::test]
async fn the_echo_shows_what_arrived_and_how_both_worlds_read_it() {
    let mut ana = Visitor::open(&classroom().await);
    for line in ["q=raiz; Path=/", "q=eco; Path=/lab/cookies/echo"] {
        ana.post("/lab/cookies/line", &[("line", line)]).await;
    }
    let echo = ana.get("/lab/cookies/echo").await;
    let echo: serde_json::Value = serde_json::from_str(&echo.body).unwrap();
    assert_eq!(echo["cookie"], "q=eco; q=raiz");
    assert_eq!(echo["express"]["cookies"]["q"], "eco");
    assert_eq!(echo["tower"][0][1], "raiz");
}

#[tokio::test]
async fn the_benches_show_every_step() {
    let mut ana = Visitor::open(&classroom().await);
    let sealed = ana
        .get("/en/cookies?seal_format=express&seal_name=a&seal_value=hello&seal_key=tobiiscool")
        .await;
    // cookie-signature's own vector (its test file).
    assert!(sealed.has("hello.DGDUkGlIkCzPz+C0B064FNgHdEjox7ch8tOBGslZ5QI"));
    let checked = ana
        .get("/en/cookies?check_format=express&check_name=a&check_cookie=s%253Ahello.DGDUkGlIkCzPz%252BC0B064FNgHdEjox7ch8tOBGslZ5QI&check_key=tobiiscool")
        .await;
    assert!(
        checked.text_of("check-verdict").contains("Valid"),
        "{}",
        checked.text_of("check-verdict")
    );
    let forged = ana
        .get("/en/cookies?check_format=express&check_name=a&check_cookie=s%253Ahello.DGDUkGlIkCzPz%252BC0B064FNgHdEjox7ch8tOBGslZ5QI&check_key=luna")
        .await;
    assert!(forged.text_of("check-verdict").contains("Forged"));
}

#[tokio::test]
async fn what_is_far_too_long_for_a_cookie_is_answered_with_the_page() {
    let mut ana = Visitor::open(&classroom().await);
    for (value, octets) in [("x".repeat(17_000), "17001"), ("ñ".repeat(2720), "5441")] {
        let form = [("name", "a"), ("value", value.as_str()), ("path", "/")];
        let page = ana.post("/lab/cookies/set", &form).await;
        assert_eq!(page.status, StatusCode::OK);
        let findings = page.text_of("findings");
        assert!(findings.contains(octets), "{findings}");
    }
    // Sent anyway, it is refused where the notes would have to keep it.
    let long = "x".repeat(17_000);
    let form = [("name", "a"), ("value", long.as_str()), ("anyway", "1")];
    let page = ana.post("/lab/cookies/set", &form).await;
    assert!(page.has("data-testid=\"notice\"") && page.row("a").is_none());
}

#[tokio::test]
async fn a_domain_that_is_none_is_said() {
    let mut ana = Visitor::open(&classroom().await);
    for (domain, said) in [
        ("playground.test:3000", "puerto"),
        ("http://playground.test", "http://"),
        ("a b", "nombre de dominio"),
        ("*.playground.test", "nombre de dominio"),
    ] {
        let form = [("name", "a"), ("value", "1"), ("domain", domain)];
        let answer = ana.ask("/lab/cookies/set", &form).await;
        assert!(answer.body.contains("no_domain"), "{}", answer.body);
        let page = ana.post("/lab/cookies/set", &form).await;
        let findings = page.text_of("findings");
        assert!(findings.contains(said), "{findings}");
    }
}
