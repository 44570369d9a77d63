//! The two benches as data: seal a value, check a cookie, every step visible.

use axum::{
    Json,
    extract::Query,
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use crate::cookies::seal::{Seal, check, seal};

/// What the sealing bench is asked.
#[derive(Deserialize)]
pub struct ToSeal {
    #[serde(default)]
    format: Seal,
    #[serde(default)]
    name: String,
    #[serde(default)]
    value: String,
    #[serde(default)]
    key: String,
}

/// `GET /lab/cookies/seal`: seals a value, every step visible.
pub async fn seal_bench(Query(asked): Query<ToSeal>) -> Response {
    Json(seal(asked.format, &asked.name, &asked.value, &asked.key)).into_response()
}

/// What the checking bench is asked.
#[derive(Deserialize)]
pub struct ToCheck {
    #[serde(default)]
    format: Seal,
    #[serde(default)]
    name: String,
    #[serde(default)]
    cookie: String,
    #[serde(default)]
    key: String,
    #[serde(default)]
    old_key: String,
}

/// `GET /lab/cookies/check`: checks a sealed value with a key, and with an older one if it is given.
pub async fn check_bench(Query(asked): Query<ToCheck>) -> Response {
    let mut keys = vec![asked.key];
    if !asked.old_key.is_empty() {
        keys.push(asked.old_key);
    }
    let checked = check(asked.format, &asked.name, &asked.cookie, &keys, &[]);
    Json(checked).into_response()
}
