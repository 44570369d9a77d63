//! The axum program that the page shows: run by itself, and against what the page's form answers.

use axum::{
    body::{Body, to_bytes},
    http::{Request, header},
};
use proptest::prelude::*;
use serde_json::{Value, json};
use session_playground::cookies::{
    cookie_form::{Order, Unit},
    program::program,
    seal::{Seal, seal},
    server_rules,
    user_agent::{Jar, Place, SameSite},
};
use tower::ServiceExt;

use super::visitor::Visitor;
use crate::classroom::classroom;

const SECRET: &str = "gato con teclado";

/// Sends a form to the program, and gives back its `Set-Cookie` lines.
async fn post(route: &str, form: &str) -> Vec<String> {
    let request = Request::post(format!("/lab/cookies/{route}"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(form.to_owned()))
        .unwrap();
    let response = program(SECRET.to_owned()).oneshot(request).await.unwrap();
    assert_eq!(response.status(), 204, "{form}");
    let lines = response.headers().get_all(header::SET_COOKIE).iter();
    lines
        .map(|line| String::from_utf8(line.as_bytes().to_vec()).unwrap())
        .collect()
}

async fn read(cookies: &str) -> Value {
    let request = Request::get("/lab/cookies/read").header(header::COOKIE, cookies);
    let request = request.body(Body::empty()).unwrap();
    let response = program(SECRET.to_owned()).oneshot(request).await.unwrap();
    let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
    serde_json::from_slice(&body).unwrap()
}

#[tokio::test]
async fn what_it_sets_it_reads_again_and_nothing_else() {
    for (kind, signed, private) in [
        ("plain", Value::Null, Value::Null),
        ("express", Value::Null, Value::Null),
        ("signed", json!("sí"), Value::Null),
        ("private", Value::Null, json!("sí")),
    ] {
        let form = format!("name=rol&value=s%C3%AD&seal={kind}");
        let lines = post("set", &form).await;
        let [line] = lines.as_slice() else {
            panic!("{lines:?}")
        };
        let found = read(line).await;
        assert_eq!(found[0]["name"], "rol", "{kind}");
        assert_eq!(
            (&found[0]["signed"], &found[0]["private"]),
            (&signed, &private)
        );

        let changed = line.replace("rol=", "rol=A");
        let found = read(&changed).await;
        assert_eq!(found[0]["signed"], Value::Null, "{kind}");
        assert_eq!(found[0]["private"], Value::Null, "{kind}");
    }
}

#[tokio::test]
async fn what_it_deletes_is_gone() {
    let place = Place {
        host: "localhost",
        path: "/lab/cookies/set",
        secure: true,
    };
    for form in [
        "name=a&path=/",
        "name=a",
        "name=a&path=/otra",
        "name=__Host-a&path=/&secure=1",
        "name=__Secure-a&secure=1",
        "name=a&secure=1&partitioned=1&path=/",
        "name=a&secure=1&same_site=none&http_only=1",
    ] {
        let mut jar = Jar::default();
        let lifetime = "&value=1&unit=seconds&lifetime=60";
        for line in post("set", &format!("{form}{lifetime}")).await {
            jar.receive(&line, &place, 0);
        }
        assert_eq!(jar.cookies().len(), 1, "{form}");
        let lines = post("delete", form).await;
        assert_eq!(lines.len(), 1, "the request did not bring it: {form}");
        jar.receive(&lines[0], &place, 1000);
        assert_eq!(jar.cookies(), [], "{form}: {}", lines[0]);
    }
}

#[tokio::test]
async fn it_answers_when_the_page_sets_a_cookie() {
    let mut ana = Visitor::open(&classroom().await);
    for form in [
        "name=a&value=1&path=/&lifetime=1500&unit=ms&http_only=1&same_site=strict",
        "name=b&value=dos&path=/es&lifetime=60&unit=seconds",
        "name=c&value=rol&seal=express&domain=playground.test",
        "name=d&value=rol&seal=signed&path=/&same_site=lax",
        "name=e&value=1&unit=expires&lifetime=1-jan-2099+0:0:0&path=",
        "name=f&value=1&secure=1&partitioned=1&same_site=none",
        // Nothing is wrong with it, so the program answers this, too.
        "name=g&value=1&unit=expires&lifetime=1-jan-2099+0:0:0&anyway=1",
    ] {
        let fields: Vec<(String, String)> = serde_urlencoded::from_str(form).unwrap();
        let fields: Vec<_> = fields.iter().map(|(a, b)| (&**a, &**b)).collect();
        let answer = ana.ask("/lab/cookies/set", &fields).await;
        let lines: Vec<_> = answer
            .lines
            .iter()
            .filter(|line| !line.starts_with("lab="))
            .collect();
        let program = post("set", form).await;
        assert_eq!(lines, program.iter().collect::<Vec<_>>(), "{form}");
    }
}

#[tokio::test]
async fn what_no_server_should_send_leaves_without_it() {
    let mut ana = Visitor::open(&classroom().await);
    let form = [
        ("name", "__Host-a"),
        ("value", "1"),
        ("unit", "expires"),
        ("lifetime", "1-jan-2099 0:0:0"),
        ("anyway", "1"),
    ];
    let answer = ana.post("/lab/cookies/set", &form).await;
    let typed = "__Host-a=1; Expires=1-jan-2099 0:0:0";
    assert!(
        answer.lines.iter().any(|line| line == typed),
        "{:?}",
        answer.lines
    );
}

/// An order that a server may send, with everything that is special to one of its fields.
fn order() -> impl Strategy<Value = Order> {
    let unit = prop::sample::select(Unit::ALL.to_vec());
    let seals = prop::sample::select(vec![Seal::Plain, Seal::Express, Seal::Signed]);
    let same_sites = [
        SameSite::Unset,
        SameSite::Lax,
        SameSite::Strict,
        SameSite::None,
    ];
    let lifetime = prop_oneof![
        "-?[0-9]{0,12}",
        "[0-9]{1,2} (jan|Feb|DEC) [0-9]{2,4} [0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}",
        "(Sun, )?[0-9]{1,2}-Mar-(19|20|99)[0-9]{2} 10:00:00 GMT",
    ];
    (
        ("[a-z]{1,4}", "[a-z%]{0,9}", seals, lifetime, unit),
        ("(/[a-z]{0,3})?", "([.]?[a-z]{1,3}[.]es)?"),
        (
            any::<[bool; 3]>(),
            prop::sample::select(same_sites.to_vec()),
        ),
    )
        .prop_map(|(what, (path, domain), (ticks, same_site))| {
            let (name, value, seal, lifetime, unit) = what;
            let [http_only, secure, partitioned] = ticks;
            Order {
                name,
                value,
                seal,
                lifetime,
                unit,
                path,
                domain,
                http_only,
                secure,
                same_site,
                partitioned,
            }
        })
}

#[test]
fn the_line_that_is_announced_is_the_one_that_is_sent() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 1000,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let mut compared = std::cell::Cell::new(0);
    runner
        .run(&order(), |order| {
            let wire = order.wire(SECRET);
            let findings = server_rules::check(&order, &wire);
            if findings.iter().all(server_rules::Finding::only_warns) {
                let form = serde_urlencoded::to_string(&order).unwrap();
                let sent = runtime.block_on(post("set", &form));
                prop_assert_eq!(sent, [order.line(&wire)]);
                compared.set(compared.get() + 1);
            }
            Ok(())
        })
        .unwrap();
    assert!(*compared.get_mut() > 200, "{compared:?}");
}

#[tokio::test]
async fn a_private_cookie_has_other_bytes_each_time_and_as_many() {
    let lines = [
        post("set", "name=rol&value=s%C3%AD&seal=private").await,
        post("set", "name=rol&value=s%C3%AD&seal=private").await,
    ]
    .concat();
    let wire = seal(Seal::Private, "rol", "sí", SECRET).wire;
    assert_ne!(lines[0], lines[1]);
    for line in &lines {
        assert_eq!(line.len(), "rol=".len() + wire.len());
        assert_eq!(read(line).await[0]["private"], "sí");
    }
}
