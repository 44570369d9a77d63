//! One HTTP exchange with a site, and everything that is heard while it lasts.
//!
//! The request goes on the tape as the site receives it, then each store command with its reply, then
//! the answer as the site gives it. The same record is what a verdict is made of.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Instant,
};

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    http::{HeaderMap, Request, Response},
};
use tower::ServiceExt;

use super::{notebook::Notebook, tape::What, verdict::Answer};
use crate::{
    labs::limits::MOST_BODY,
    stores::{
        StoreError, StoreKind,
        recorder::{Command, Recorder, recording},
    },
};

/// What is heard during one exchange.
#[derive(Debug)]
pub struct Heard {
    /// Every store command with its reply.
    pub commands: Vec<(String, String)>,
    /// What the store said when it was first asked for the session.
    pub answer: Answer,
    /// The last thing that went wrong in the store.
    pub failure: Option<StoreError>,
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

/// Sends one request to a site and writes the whole exchange on the tape.
pub async fn dispatch(
    notebook: &Arc<Notebook>,
    store: StoreKind,
    site: Router,
    request: Request<Bytes>,
) -> Reply {
    let began = Instant::now();
    let number = notebook.record(
        Some(store),
        0,
        What::Request {
            method: request.method().to_string(),
            path: request.uri().to_string(),
            headers: texts(request.headers()),
            body: String::from_utf8_lossy(request.body()).into_owned(),
        },
    );
    let exchange = Arc::new(Exchange {
        notebook: Arc::clone(notebook),
        store,
        number,
        heard: Mutex::new(Heard {
            commands: Vec::new(),
            answer: Answer::NotAsked,
            failure: None,
        }),
    });
    let recorder: Arc<dyn Recorder> = Arc::clone(&exchange) as _;
    let answer = EXCHANGE.scope(Arc::clone(&exchange), site.oneshot(request.map(Body::from)));
    let (head, body) = recording(recorder, answer)
        .await
        .unwrap_or_else(|never| match never {})
        .into_parts();
    // The site's answers are a few hundred bytes of JSON; the bound is a matter of principle.
    let body = to_bytes(body, MOST_BODY).await.unwrap_or_default();
    notebook.record(
        Some(store),
        number,
        What::Response {
            status: head.status.as_u16(),
            headers: texts(&head.headers),
            body: String::from_utf8_lossy(&body).into_owned(),
            took_us: u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX),
        },
    );
    let all_heard = std::mem::replace(
        &mut *exchange.heard(),
        Heard {
            commands: Vec::new(),
            answer: Answer::NotAsked,
            failure: None,
        },
    );
    Reply {
        response: Response::from_parts(head, body),
        heard: all_heard,
    }
}

fn texts(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    headers
        .iter()
        .map(|(name, value)| (name.to_string(), text(value.as_bytes())))
        .collect()
}
