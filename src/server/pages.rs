//! Serves the table of pages, and the server functions behind their buttons.

use std::sync::Arc;

use axum::{
    extract::{Extension, Path, Query, Request, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use leptos::{prelude::provide_context, server_fn::error::ServerFnUrlError};
use serde::Deserialize;

use super::{Playground, doors};
use crate::{
    app::Page,
    error::LabError,
    handover::PageData,
    i18n::Locale,
    labs::{identity::LabId, registry::Lab},
    sessions::{bench::SessionLab, control::Caller, inspector},
    shell::shell,
};

/// What a server function left in the URL when it led a plain form back to the page.
#[derive(Deserialize)]
pub struct Failed {
    #[serde(rename = "__err")]
    error: Option<String>,
}

/// A page: the lab as it is now, as HTML that works without JavaScript.
pub async fn page(
    State(playground): State<Arc<Playground>>,
    Extension(lab): Extension<Arc<Lab<SessionLab>>>,
    Extension(id): Extension<LabId>,
    Path(locale): Path<String>,
    Query(failed): Query<Failed>,
    request: Request,
) -> Response {
    let Some(locale) = Locale::from_tag(&locale) else {
        return not_found(Locale::from_headers(request.headers())).await;
    };
    let headers = request.headers();
    let caller = Caller::new(lab, id, headers, locale);
    let scheme = if doors::is_https(headers, playground.trust_proxy) {
        "https"
    } else {
        "http"
    };
    let data = PageData {
        locale,
        origin: format!(
            "{scheme}://{}",
            doors::host(headers, playground.trust_proxy).unwrap_or("localhost")
        ),
        snapshot: inspector::look(&caller, &playground.identity, 0).await,
        notice: failed
            .error
            .as_deref()
            .map(ServerFnUrlError::<LabError>::decode_err),
    };
    let (site, stylesheet) = (playground.site.clone(), playground.stylesheet.clone());
    let watched = playground.watched;
    let render = leptos_axum::render_app_async_with_context(
        || (),
        move || shell(&site, stylesheet.clone(), watched, &data),
    );
    let mut response = render(request).await;
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// A server function: see `sessions::api`.
pub async fn server_function(
    State(playground): State<Arc<Playground>>,
    Extension(lab): Extension<Arc<Lab<SessionLab>>>,
    Extension(id): Extension<LabId>,
    locale: Locale,
    request: Request,
) -> Response {
    let caller = Caller::new(lab, id, request.headers(), locale);
    let context = move || {
        provide_context(caller.clone());
        provide_context(playground.identity.clone());
    };
    let mut response = leptos_axum::handle_server_fns_with_context(context, request)
        .await
        .into_response();
    tidy_location(&mut response);
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The way back to the page, without the `?` that is left when an old error is taken out of it.
fn tidy_location(response: &mut Response) {
    let location = response.headers().get(header::LOCATION);
    let tidy = location
        .and_then(|url| url.as_bytes().strip_suffix(b"?"))
        .and_then(|url| HeaderValue::from_bytes(url).ok());
    if let Some(tidy) = tidy {
        response.headers_mut().insert(header::LOCATION, tidy);
    }
}

/// `/` leads to the session lab in the language that the browser prefers; `/es` and `/en` in their own.
pub async fn to_the_lab(locale: Locale) -> Redirect {
    Redirect::temporary(&Page::Sessions.url(locale))
}

/// Nothing is here.
pub async fn not_found(locale: Locale) -> Response {
    (StatusCode::NOT_FOUND, locale.text().not_found).into_response()
}
