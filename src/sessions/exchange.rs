//! One HTTP exchange with a site, and everything that is heard while it lasts.
//!
//! The request goes on the tape as the site receives it, then each store command with its reply, then
//! the answer as the site gives it. The same record is what a verdict is made of.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Instant,
};

use axum::{
    body::{Body, Bytes, to_bytes},
    http::{HeaderMap, HeaderValue, Request, Response, StatusCode, header},
};
use tower::ServiceExt;
use tower_sessions::session::{Id, Record};

use super::{
    cookie_rules::{self, Done, Held, Seal},
    fleet::Server,
    notebook::Notebook,
    site::Gate,
    tape::What,
    verdict::Answer,
};
use crate::{
    config,
    recorder::{Command, Recorder, recording},
    sandbox::limits::MOST_BODY,
    stores::{Seen, StoreError, StoreKind},
};

/// How often a request is done again because somebody else wrote its session meanwhile.
const TRIES: u32 = 8;

/// What is heard during one exchange.
#[derive(Debug, Default)]
pub struct Heard {
    /// Every store command with its reply.
    pub commands: Vec<(String, String)>,
    /// What the store said when it was first asked for the session.
    pub answer: Answer,
    /// The last thing that went wrong in the store.
    pub failure: Option<StoreError>,
    /// What the check of the cookie's signature said.
    pub seal: Seal,
    /// Whether no server was there to answer.
    pub no_server: bool,
    /// The record as it was read, with what the store held then.
    pub seen: Option<(Record, Seen)>,
    /// The record as it was written.
    pub written: Option<Record>,
}

impl Heard {
    /// What the store held when the request read this session.
    #[must_use]
    pub fn seen(&self, id: &Id) -> Option<(Record, Seen)> {
        self.seen.clone().filter(|(record, _)| record.id == *id)
    }

    fn done(&self) -> Done {
        let written = self.written.as_ref();
        let read = self.seen.as_ref().map(|(record, _)| &record.data);
        Done {
            changed: written.is_some_and(|written| read != Some(&written.data)),
            ends_ms: written.map(|written| config::to_ms(written.expiry_date)),
        }
    }
}

/// One HTTP exchange under way.
pub struct Exchange {
    notebook: Arc<Notebook>,
    store: StoreKind,
    number: u64,
    heard: Mutex<Heard>,
}

tokio::task_local! {
    static EXCHANGE: Arc<Exchange>;
}

impl Exchange {
    /// The exchange that this task serves, if it serves one.
    #[must_use]
    pub fn current() -> Option<Arc<Self>> {
        EXCHANGE.try_with(Arc::clone).ok()
    }

    /// What has been heard so far. Hold it for a few lines only.
    pub fn heard(&self) -> MutexGuard<'_, Heard> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Recorder for Exchange {
    fn record(&self, command: Command) {
        let Command {
            text,
            reply,
            failed,
        } = command;
        self.heard().commands.push((text.clone(), reply.clone()));
        self.notebook.record(
            Some(self.store),
            self.number,
            What::Command {
                text,
                reply,
                failed,
            },
        );
    }
}

/// The site's answer, whole, with what was heard.
pub struct Reply {
    /// The answer.
    pub response: Response<Bytes>,
    /// What the store did for it.
    pub heard: Heard,
}

/// Sends one request to a server's site and writes the whole exchange on the tape.
///
/// A request whose session somebody else wrote meanwhile is done again from its beginning. A `gate`
/// holds it, the first time, between reading and writing.
pub async fn dispatch(
    notebook: &Arc<Notebook>,
    store: StoreKind,
    server: &Server,
    request: Request<Bytes>,
    gate: Option<Arc<Gate>>,
) -> Reply {
    let began = Instant::now();
    let _inside = server.requests.token();
    let exchange = open(notebook, store, server.name.name, &request);
    let (head, body) = request.into_parts();
    let mut headers = head.headers;
    exchange.heard().seal = cookie_rules::unseal(&mut headers, store, &server.settings.secrets);
    let mut gate = gate;
    let mut answer = reset_by_peer();
    for _ in 0..TRIES {
        let mut again = Request::new(Body::from(body.clone()));
        *again.method_mut() = head.method.clone();
        *again.uri_mut() = head.uri.clone();
        *again.headers_mut() = headers.clone();
        if let Some(gate) = gate.take() {
            again.extensions_mut().insert(gate);
        }
        {
            let mut last_try = exchange.heard();
            (last_try.failure, last_try.seen, last_try.written) = (None, None, None);
        }
        let recorder: Arc<dyn Recorder> = Arc::clone(&exchange) as _;
        let work = EXCHANGE.scope(Arc::clone(&exchange), server.site(store).oneshot(again));
        tokio::select! {
            biased;
            () = server.killed.cancelled() => {
                exchange.heard().no_server = true;
                answer = reset_by_peer();
            }
            done = recording(recorder, work) => {
                let (head, body) = done.unwrap_or_else(|never| match never {}).into_parts();
                // The site's answers are a few hundred bytes of JSON; the bound is a matter of principle.
                let body = to_bytes(body, MOST_BODY).await.unwrap_or_default();
                answer = Response::from_parts(head, body);
            }
        }
        if exchange.heard().failure != Some(StoreError::Changed) {
            break;
        }
    }
    let done = exchange.heard().done();
    let now_ms = config::now_ms();
    let left = cookie_rules::rewrite(answer.headers_mut(), store, &server.settings, &done, now_ms);
    hold(notebook, store, left);
    close(&exchange, answer, began)
}

/// Notes what the browser holds after an answer.
fn hold(notebook: &Notebook, store: StoreKind, held: Held) {
    let given = match held {
        Held::AsBefore => return,
        Held::Nothing => None,
        Held::This(given) => Some(given),
    };
    notebook.page().given[store.index()] = given;
    notebook.touch();
}

/// What the balancer answers when the server that it asks is not there.
pub fn bad_gateway(
    notebook: &Arc<Notebook>,
    store: StoreKind,
    server: &'static str,
    request: &Request<Bytes>,
) -> Reply {
    let began = Instant::now();
    let exchange = open(notebook, store, server, request);
    exchange.heard().no_server = true;
    close(
        &exchange,
        gateway("bad_gateway", "connect ECONNREFUSED"),
        began,
    )
}

/// The answer for a request that was inside of a server when it was killed.
fn reset_by_peer() -> Response<Bytes> {
    gateway("bad_gateway", "read ECONNRESET")
}

fn gateway(code: &str, reason: &str) -> Response<Bytes> {
    let body = serde_json::json!({ "error": code, "reason": reason });
    let mut answer = Response::new(Bytes::from(body.to_string()));
    *answer.status_mut() = StatusCode::BAD_GATEWAY;
    let kind = HeaderValue::from_static("application/json");
    answer.headers_mut().insert(header::CONTENT_TYPE, kind);
    answer
}

fn open(
    notebook: &Arc<Notebook>,
    store: StoreKind,
    server: &'static str,
    request: &Request<Bytes>,
) -> Arc<Exchange> {
    let number = notebook.record(
        Some(store),
        0,
        What::Request {
            method: request.method().to_string(),
            path: request.uri().to_string(),
            headers: texts(request.headers()),
            body: String::from_utf8_lossy(request.body()).into_owned(),
            server: server.to_owned(),
        },
    );
    Arc::new(Exchange {
        notebook: Arc::clone(notebook),
        store,
        number,
        heard: Mutex::default(),
    })
}

fn close(exchange: &Exchange, response: Response<Bytes>, began: Instant) -> Reply {
    exchange.notebook.record(
        Some(exchange.store),
        exchange.number,
        What::Response {
            status: response.status().as_u16(),
            headers: texts(response.headers()),
            body: String::from_utf8_lossy(response.body()).into_owned(),
            took_us: u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX),
        },
    );
    let heard = std::mem::take(&mut *exchange.heard());
    Reply { response, heard }
}

fn texts(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    headers
        .iter()
        .map(|(name, value)| (name.to_string(), text(value.as_bytes())))
        .collect()
}
