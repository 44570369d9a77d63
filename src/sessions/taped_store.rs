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
    settings::{Settings, Sliding, Writes},
    verdict::Answer,
};
use crate::{
    config,
    i18n::Locale,
    stores::{SandboxStore, StoreError, StoreKind},
};

/// One of the four stores, with the lab listening.
#[derive(Clone)]
pub struct TapedStore {
    kind: StoreKind,
    store: Arc<dyn SandboxStore>,
    notebook: Arc<Notebook>,
    settings: Arc<Settings>,
}

impl TapedStore {
    /// Wraps a store of the given kind.
    pub fn new(
        kind: StoreKind,
        store: impl SandboxStore,
        (notebook, settings): (Arc<Notebook>, Arc<Settings>),
    ) -> Self {
        Self {
            kind,
            store: Arc::new(store),
            notebook,
            settings,
        }
    }

    /// Writes a session that exists, as the lab's settings say.
    async fn write(&self, record: &Record) -> Result<()> {
        let seen = Exchange::current().and_then(|exchange| exchange.heard().seen(&record.id));
        match (self.settings.writes, seen) {
            (Writes::Upsert, _) => self.store.upsert(record).await?,
            (Writes::Compare, Some((_, seen))) => self.store.replace(record, &seen).await?,
            (Writes::Compare, None) => self.store.save(record).await?,
        }
        Ok(())
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
        if let Some(exchange) = Exchange::current() {
            exchange.heard().written = Some(record.clone());
        }
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
        let mut record = record.clone();
        if self.settings.sliding == Sliding::Fixed
            && let Some((read, _)) =
                Exchange::current().and_then(|exchange| exchange.heard().seen(&record.id))
        {
            record.expiry_date = read.expiry_date;
        }
        noting_failure(self.write(&record).await)?;
        self.note(&record).await;
        Ok(())
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let read = self.store.read(id).await.map_err(Into::into);
        let read = noting_failure(read);
        if let Some(exchange) = Exchange::current() {
            let mut heard = exchange.heard();
            heard.seen = read.as_ref().ok().cloned().flatten();
            if heard.answer == Answer::NotAsked {
                heard.answer = match &read {
                    Ok(Some(_)) => Answer::Found,
                    Ok(None) => Answer::Missing,
                    Err(error) => Answer::Failed {
                        reason: StoreError::of(error).to_string(),
                    },
                };
            }
        }
        read.map(|read| read.map(|(record, _)| record))
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
