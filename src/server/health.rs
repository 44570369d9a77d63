//! Is the program alive, and does each engine answer?

use std::sync::Arc;

use axum::{Json, extract::State};
use serde_json::{Value, json};

use super::Playground;

/// `GET /healthz`: the process lives.
pub async fn alive() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: every engine's state as JSON. Always 200: a missing engine never stops the playground.
pub async fn ready(State(playground): State<Arc<Playground>>) -> Json<Value> {
    let Playground {
        engines, registry, ..
    } = &*playground;
    Json(
        json!({ "redis": engines.redis.view(), "mongo": engines.mongo.view(), "labs": registry.len() }),
    )
}
