//! The site's plain routes, `/lab/{store}/…`: readable in DevTools and with curl.
//!
//! The request goes on to the site as it came, without the lab cookie and what only concerns the way
//! here; the answer comes back as the site gave it.

use std::sync::Arc;

use axum::{
    body::{Body, to_bytes},
    extract::{Extension, Path},
    http::{HeaderMap, HeaderName, HeaderValue, Request, header},
    response::{IntoResponse, Response},
};

use super::{lab::SessionLab, refusal::Refusal};
use crate::{
    error::LabError,
    i18n::Locale,
    sandbox::{
        identity::{PASS_HEADER, cookies_of_the_student},
        limits::MOST_BODY,
    },
    stores::StoreKind,
};

/// Headers that say how a request travels, not what it asks (RFC 9110 section 7.6.1).
const HOP_BY_HOP: [HeaderName; 6] = [
    header::CONNECTION,
    header::TE,
    header::TRAILER,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
    header::CONTENT_LENGTH,
];

/// Hands a request on to the site of the store that the path names.
pub async fn exhibit(
    Path((store, _page)): Path<(String, String)>,
    Extension(lab): Extension<Arc<SessionLab>>,
    locale: Locale,
    request: Request<Body>,
) -> Response {
    let Some(store) = StoreKind::from_name(&store) else {
        return Refusal(LabError::UnknownStore, locale).into_response();
    };
    // A new request with nothing of the outer one but its parts: extensions hold identities.
    let (head, body) = request.into_parts();
    // The doors have read it and know that it is not too large.
    let body = to_bytes(body, MOST_BODY).await.unwrap_or_default();
    let mut inner = Request::new(body);
    *inner.method_mut() = head.method;
    *inner.uri_mut() = head.uri;
    *inner.headers_mut() = headers_for_the_site(head.headers);
    let response = lab.send(store, inner).await.response;
    let (mut head, body) = response.into_parts();
    head.headers
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Response::from_parts(head, Body::from(body))
}

fn headers_for_the_site(mut headers: HeaderMap) -> HeaderMap {
    let cookies = cookies_of_the_student(&headers);
    headers.remove(header::COOKIE);
    headers.remove(PASS_HEADER);
    for name in &HOP_BY_HOP {
        headers.remove(name);
    }
    if !cookies.is_empty()
        && let Ok(cookies) = HeaderValue::from_str(&cookies)
    {
        headers.insert(header::COOKIE, cookies);
    }
    headers
}
