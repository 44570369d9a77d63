//! The store that a site really gets: one of the four, with the lab listening.
//!
//! tower-sessions wants one store type per layer, the lab has four kinds; this wrapper is both the
//! choice at run time and the place where the lab learns what the store said. The commands
//! themselves are told by the stores, where they are sent.

use std::{fmt, sync::Arc};

use async_trait::async_trait;
use axum::{
    extract::Request,
    http::StatusCode,
    middleware::Next,
    response::{IntoResponse, Response},
};
use tower_sessions::{
    SessionStore,
    session::{Id, Record},
    session_store::Result,
};

use super::{
    exchange::Exchange,
    ledger::{Known, MOST_SESSIONS},
    notebook::Notebook,
    refusal::Refusal,
    verdict::Answer,
};
use crate::{
    config,
    i18n::Locale,
    stores::{StoreError, StoreKind},
};

/// One of the four stores, with the lab listening.
#[derive(Clone)]
pub struct TapedStore {
    kind: StoreKind,
    store: Arc<dyn SessionStore>,
    notebook: Arc<Notebook>,
}

impl TapedStore {
    /// Wraps a store of the given kind.
    pub fn new(kind: StoreKind, store: impl SessionStore, notebook: Arc<Notebook>) -> Self {
        Self {
            kind,
            store: Arc::new(store),
            notebook,
        }
    }

    async fn note(&self, record: &Record) {
        let known = Known {
            id: record.id.to_string(),
            user: record
                .data
                .get("user")
                .and_then(|user| user.as_str())
                .map(str::to_owned),
            visits: record
                .data
                .get("visits")
                .and_then(serde_json::Value::as_u64)
                .unwrap_or(0)
                .try_into()
                .unwrap_or(u32::MAX),
            expires_ms: config::to_ms(record.expiry_date),
        };
        let new = self.notebook.page().ledger.note(self.kind, known);
        self.notebook.touch();
        if new {
            // A new id must be known after a kill -9 as well; counters may wait for the keeper.
            self.notebook.keep().await;
        }
    }
}

impl fmt::Debug for TapedStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TapedStore")
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

/// The same result; the exchange under way learns of an error.
fn noting_failure<T>(result: Result<T>) -> Result<T> {
    if let (Err(error), Some(exchange)) = (&result, Exchange::current()) {
        exchange.heard().failure = Some(StoreError::of(error));
    }
    result
}

#[async_trait]
impl SessionStore for TapedStore {
    async fn create(&self, record: &mut Record) -> Result<()> {
        if self
            .notebook
            .page()
            .ledger
            .is_full(self.kind, config::now_ms())
        {
            return noting_failure(Err(StoreError::TooManySessions {
                limit: MOST_SESSIONS,
            }
            .into()));
        }
        noting_failure(self.store.create(record).await)?;
        self.note(record).await;
        Ok(())
    }

    async fn save(&self, record: &Record) -> Result<()> {
        noting_failure(self.store.save(record).await)?;
        self.note(record).await;
        Ok(())
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let loaded = noting_failure(self.store.load(id).await);
        if let Some(exchange) = Exchange::current() {
            let mut heard = exchange.heard();
            if heard.answer == Answer::NotAsked {
                heard.answer = match &loaded {
                    Ok(Some(_)) => Answer::Found,
                    Ok(None) => Answer::Missing,
                    Err(error) => Answer::Failed {
                        reason: StoreError::of(error).to_string(),
                    },
                };
            }
        }
        loaded
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        noting_failure(self.store.delete(id).await)?;
        if self
            .notebook
            .page()
            .ledger
            .strike(self.kind, &id.to_string())
        {
            self.notebook.touch();
            self.notebook.keep().await;
        }
        Ok(())
    }
}

/// tower-sessions answers an empty 500 when a session cannot be saved; the site says what failed instead.
pub async fn answer_for_the_store(request: Request, next: Next) -> Response {
    let locale = Locale::from_headers(request.headers());
    let response = next.run(request).await;
    let failure = Exchange::current().and_then(|exchange| exchange.heard().failure.clone());
    match failure {
        Some(error) if response.status() == StatusCode::INTERNAL_SERVER_ERROR => {
            Refusal(error.into(), locale).into_response()
        }
        _ => response,
    }
}
