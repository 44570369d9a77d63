//! The operator's page: stopping and starting the one process that all labs share.
//!
//! The operator is whoever opens the address with the key that the program prints at its start.

use std::sync::Arc;

use axum::{
    Form,
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::{Playground, guards, pages};
use crate::{
    error::LabError, failures::page::operator::OperatorView, i18n::Locale,
    sessions::refusal::Refusal, shell,
};

/// The key, as the address or the form says it.
#[derive(Deserialize)]
pub struct Key {
    #[serde(default)]
    key: String,
}

impl Key {
    /// Compared by digests: how long it takes says nothing about the key.
    fn opens(&self, playground: &Playground) -> bool {
        Sha256::digest(&self.key) == Sha256::digest(&playground.operator_key)
    }
}

/// `GET /operator?key=…`
pub async fn page(
    State(playground): State<Arc<Playground>>,
    Query(key): Query<Key>,
    locale: Locale,
    request: axum::extract::Request,
) -> Response {
    let opens = key.opens(&playground);
    let view = Arc::new(OperatorView {
        locale,
        key: opens.then_some(key.key),
        mongo: playground.engines.mongo.view(),
        held: playground.engines.mongo.is_held(),
    });
    let shell = pages::shell_of(&playground);
    let render =
        leptos_axum::render_app_async_with_context(|| (), move || shell::operator(&shell, &view));
    let mut response = pages::unstored(render(request).await);
    if !opens {
        *response.status_mut() = StatusCode::FORBIDDEN;
    }
    response
}

/// `POST /operator/mongo/{act}`: `stop` or `start`, with the key in the form.
pub async fn mongo(
    State(playground): State<Arc<Playground>>,
    axum::extract::Path(act): axum::extract::Path<String>,
    headers: HeaderMap,
    locale: Locale,
    Form(key): Form<Key>,
) -> Response {
    if !guards::is_same_origin(&headers, playground.trust_proxy) {
        return Refusal(LabError::ForeignOrigin, locale).into_response();
    }
    if !key.opens(&playground) {
        return (StatusCode::FORBIDDEN, locale.failures().operator_wrong_key).into_response();
    }
    match act.as_str() {
        "stop" => playground.engines.mongo.hold(true),
        "start" => playground.engines.mongo.hold(false),
        _ => return Refusal(LabError::BadForm, locale).into_response(),
    };
    Redirect::to(&format!("/operator?key={}", playground.operator_key)).into_response()
}
