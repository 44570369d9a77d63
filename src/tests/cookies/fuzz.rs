//! Anything at all in the form and in the `Cookie` header: no panic, no header that was not meant, and
//! the lab's own cookie as it was.
//!
//! `make test` tries a few hundred and everything that was ever found (`fuzz-found.jsonl`);
//! `make fuzz` goes on for ten minutes and writes what it finds there.

use std::{
    fs::OpenOptions,
    io::Write,
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderValue, Method, Request, header},
};
use proptest::{
    collection::vec,
    prelude::*,
    sample::select,
    test_runner::{Config, TestCaseError, TestError, TestRunner},
};
use serde::{Deserialize, Serialize};
use session_playground::{
    cookies::{
        producer::names_the_lab,
        request::Heard,
        views::{observe, rows},
    },
    server::{Playground, app},
};
use tower::ServiceExt;

use crate::{browser::Browser, classroom::classroom};

/// What was ever found, one try per line.
const FOUND: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/src/tests/cookies/fuzz-found.jsonl"
);

/// One try: a form for a route, and a `Cookie` header of raw bytes beside the lab's own cookie.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Try {
    route: String,
    form: Vec<(String, String)>,
    header: Vec<u8>,
    page: bool,
}

/// A lab of its own for each try: one lab may not send this fast.
struct Target {
    app: Router,
    lab: String,
}

impl Target {
    async fn open(playground: &Arc<Playground>) -> Self {
        let mut browser = Browser::open(playground);
        browser.get("/es/cookies").await;
        Self {
            app: app(Arc::clone(playground)),
            lab: browser.jar["lab"].clone(),
        }
    }

    async fn hold(&self, tried: &Try) -> Result<(), String> {
        let form = serde_urlencoded::to_string(&tried.form).map_err(|error| error.to_string())?;
        let request = self.request(
            Method::POST,
            &format!("/lab/cookies/{}", tried.route),
            tried,
        );
        let kind = HeaderValue::from_static("application/x-www-form-urlencoded");
        let mut request = request.map(|_| Body::from(form.clone()));
        request.headers_mut().insert(header::CONTENT_TYPE, kind);
        self.send(request, "the form").await?;
        if form.len() < 30_000 {
            let url = format!("/es/cookies?{form}");
            self.send(self.request(Method::GET, &url, tried), "the query")
                .await?;
        }
        self.send(self.request(Method::GET, "/en/cookies", tried), "the page")
            .await?;
        self.send(
            self.request(Method::GET, "/lab/cookies/echo", tried),
            "the echo",
        )
        .await?;
        let reset = self.request(Method::POST, "/lab/cookies/reset", tried);
        self.send(reset, "starting over").await
    }

    fn request(&self, method: Method, url: &str, tried: &Try) -> Request<Body> {
        let mut cookies = format!("lab={}; ", self.lab).into_bytes();
        cookies.extend_from_slice(&tried.header);
        let accept = if tried.page { "text/html" } else { "*/*" };
        let mut request = Request::builder()
            .method(method)
            .uri(url)
            .header(header::HOST, "playground.test")
            .header(header::ACCEPT, accept)
            .body(Body::empty())
            .unwrap();
        // What no server would let in is no try: hyper checks the same.
        if let Ok(cookies) = HeaderValue::from_bytes(&cookies) {
            request.headers_mut().insert(header::COOKIE, cookies);
        }
        request
    }

    async fn send(&self, request: Request<Body>, what: &str) -> Result<(), String> {
        let has_cookies = request.headers().contains_key(header::COOKIE);
        let crowds = request.uri().path().ends_with("/eviction");
        let response = self.app.clone().oneshot(request).await.unwrap();
        if response.status().is_server_error() {
            return Err(format!("{what}: {}", response.status()));
        }
        let lines: Vec<_> = response
            .headers()
            .get_all(header::SET_COOKIE)
            .iter()
            .collect();
        // What is deleted when everything starts over was set before.
        if lines.len() > 8
            && !crowds
            && what != "starting over"
            && what != "the page"
            && what != "the query"
        {
            return Err(format!("{what}: {} Set-Cookie lines", lines.len()));
        }
        for line in lines {
            let line = String::from_utf8_lossy(line.as_bytes());
            if line.contains(['\r', '\n', '\0']) {
                return Err(format!("{what}: a control character in {line:?}"));
            }
            // The experiment that crowds cookies out sets the very same one again.
            let same = crowds && line.starts_with(&format!("lab={};", self.lab));
            if has_cookies && names_the_lab(&line) && !same {
                return Err(format!("{what}: {line:?} touches the lab's own cookie"));
            }
        }
        let body = to_bytes(response.into_body(), 8 << 20)
            .await
            .map_err(|error| error.to_string())?;
        if has_cookies && String::from_utf8_lossy(&body).contains(&self.lab) {
            return Err(format!("{what} shows the lab's own cookie"));
        }
        Ok(())
    }
}

/// Text that is likely to hurt, mixed with anything.
fn text() -> impl Strategy<Value = String> {
    let pieces = select(vec![
        "lab",
        "LAB",
        "%6Cab",
        "=",
        ";",
        "; ",
        "\r\n",
        "\0",
        "\t",
        " ",
        "\u{a0}",
        "\u{2003}",
        "%",
        "%25",
        "%zz",
        "s:",
        "s%3A",
        "j:",
        ".",
        "\"",
        ",",
        "\\",
        "__Host-",
        "__Secure-",
        "__Http-",
        "Max-Age=0",
        "Path=/",
        "HttpOnly",
        "Domain=",
        "ñ",
        "€",
        "🍪",
        "\u{feff}",
        "<script>",
        "</main>",
        "&amp;",
        "Set-Cookie: lab=x",
        "-1",
        "9999999999999999999",
        "+60",
        "1e3",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "relleno_1",
        "rol",
        "__proto__",
    ]);
    let piece = prop_oneof![
        4 => pieces.prop_map(str::to_owned),
        2 => "\\PC{0,6}",
        2 => any::<char>().prop_map(String::from),
        1 => (1_usize..5000).prop_map(|length| "x".repeat(length)),
    ];
    vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

fn word(words: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop_oneof![8 => select(words).prop_map(str::to_owned), 1 => text()]
}

fn field() -> impl Strategy<Value = (String, String)> {
    let named = |name: &'static str, value: BoxedStrategy<String>| (Just(name.to_owned()), value);
    prop_oneof![
        named("name", text().boxed()),
        named("value", text().boxed()),
        named("path", text().boxed()),
        named("domain", text().boxed()),
        named("lifetime", text().boxed()),
        named("line", text().boxed()),
        named(
            "unit",
            word(&["ms", "seconds", "expires", "session"]).boxed()
        ),
        named(
            "seal",
            word(&["plain", "express", "signed", "private"]).boxed()
        ),
        named(
            "same_site",
            word(&["unset", "lax", "strict", "none"]).boxed()
        ),
        named("secure", word(&["1", "on", ""]).boxed()),
        named("http_only", word(&["1", ""]).boxed()),
        named("partitioned", word(&["1", ""]).boxed()),
        named("anyway", word(&["1", ""]).boxed()),
        named("guess", text().boxed()),
        named("gone_ms", word(&["0", "1"]).boxed()),
        named("experiment", text().boxed()),
        named("seal_value", text().boxed()),
        named(
            "seal_format",
            word(&["express", "signed", "private"]).boxed()
        ),
        named("check_cookie", text().boxed()),
        named(
            "check_format",
            word(&["express", "signed", "private"]).boxed()
        ),
        named(
            "act",
            word(&[
                "change-character",
                "change-signature",
                "strip-prefix",
                "move",
                "replay",
                "delete-wrong-path",
                "delete-without-secure",
                "delete",
                "rotate-and-keep",
                "rotate-and-drop",
                "restore",
            ])
            .boxed()
        ),
        (text(), text()),
    ]
}

fn attempt() -> impl Strategy<Value = Try> {
    let route = prop_oneof![
        8 => select(vec!["set", "line", "forge"]),
        2 => select(vec!["keys", "stolen", "experiment/units", "experiment/oversize", "experiment/name-not-bound", "experiment/eviction", "line/a/b"]),
    ];
    let header = prop_oneof![
        text().prop_map(String::into_bytes),
        vec(any::<u8>(), 0..200),
        vec((text(), text()), 0..8).prop_map(|pairs| {
            let pairs = pairs.iter().map(|(name, value)| format!("{name}={value}"));
            pairs.collect::<Vec<_>>().join("; ").into_bytes()
        }),
    ];
    (route, vec(field(), 0..10), header, any::<bool>()).prop_map(|(route, form, header, page)| {
        Try {
            route: route.to_owned(),
            form,
            header,
            page,
        }
    })
}

/// Runs so many tries and gives back the smallest that fails.
fn search(playground: &Arc<Playground>, number: u32) -> Option<(Try, String)> {
    let handle = tokio::runtime::Handle::current();
    tokio::task::block_in_place(|| {
        let mut runner = TestRunner::new(Config {
            cases: number,
            failure_persistence: None,
            ..Config::default()
        });
        let result = runner.run(&attempt(), |tried| {
            let held = handle.block_on(async { Target::open(playground).await.hold(&tried).await });
            held.map_err(TestCaseError::fail)
        });
        match result {
            Err(TestError::Fail(reason, tried)) => Some((tried, reason.to_string())),
            Err(TestError::Abort(reason)) => panic!("{reason}"),
            Ok(()) => None,
        }
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn anything_can_be_sent() {
    if let Some((tried, reason)) = search(&classroom().await, 300) {
        panic!("{reason}: {}", serde_json::to_string(&tried).unwrap());
    }
}

#[tokio::test]
async fn what_was_ever_found_stays_mended() {
    let found = std::fs::read_to_string(FOUND).unwrap();
    let playground = classroom().await;
    for line in found.lines().filter(|line| !line.is_empty()) {
        let tried: Try = serde_json::from_str(line).unwrap();
        let target = Target::open(&playground).await;
        assert_eq!(target.hold(&tried).await, Ok(()), "{line}");
    }
}

#[test]
fn the_cookie_parser_takes_any_bytes() {
    let mut runner = TestRunner::new(Config {
        failure_persistence: None,
        ..Config::with_cases(2000)
    });
    let bytes = vec(any::<u8>(), 0..400);
    runner
        .run(&bytes, |bytes| {
            let Ok(line) = HeaderValue::from_bytes(&bytes) else {
                return Ok(());
            };
            let headers = [(header::COOKIE, line)].into_iter().collect();
            let heard = Heard::from_headers(&headers);
            let visit = session_playground::cookies::request::Visit {
                https: false,
                host: "playground.test".to_owned(),
                path: "/es/cookies".to_owned(),
                locale: session_playground::i18n::Locale::Es,
                wants_page: true,
            };
            let mut page = session_playground::cookies::bench::Page::default();
            observe(&mut page, &visit, &heard, 0);
            prop_assert_eq!(rows(&page, &visit, &heard).len(), heard.pairs.len());
            prop_assert!(heard.pairs.iter().all(|pair| pair.name != "lab"));
            Ok(())
        })
        .unwrap();
}

/// Ten minutes of it: `make fuzz`.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes ten minutes; make fuzz"]
async fn for_ten_minutes() {
    let began = Instant::now();
    let mut tries = 0;
    let playground = classroom().await;
    while began.elapsed() < Duration::from_secs(600) {
        if let Some((tried, reason)) = search(&playground, 500) {
            let line = serde_json::to_string(&tried).unwrap();
            let mut file = OpenOptions::new()
                .append(true)
                .create(true)
                .open(FOUND)
                .unwrap();
            writeln!(file, "{line}").unwrap();
            panic!("{reason}: written to {FOUND}: {line}");
        }
        tries += 500;
    }
    assert!(tries > 0);
    tracing::info!(tries, "nothing found");
}
