//! What a Rust server with tower-cookies reads from a request: the library itself answers.
//!
//! A whole small server is built for each question, with one route and one layer, and asked once
//! without a socket.

use axum::{
    Json, Router,
    body::{Body, to_bytes},
    http::{HeaderValue, Request, header},
    routing::get,
};
use serde::{Deserialize, Serialize};
use tower::ServiceExt;
use tower_cookies::{Cookie, CookieManagerLayer, Cookies};

use super::seal::key_of;

/// What tower-cookies answers for one cookie name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub struct TowerReads {
    /// `cookies.get(name)`
    pub plain: Option<String>,
    /// `cookies.signed(&key).get(name)`
    pub signed: Option<String>,
    /// `cookies.private(&key).get(name)`
    pub private: Option<String>,
    /// `cookies.list()`, sorted by name: the jar knows no order, and of one name only the last.
    pub all: Vec<(String, String)>,
}

/// What tower-cookies reads under `name` in a request with these `Cookie` lines, and all else it finds there.
pub async fn tower_reads(lines: &[HeaderValue], name: &str, secret: &str) -> TowerReads {
    let (name, key) = (name.to_owned(), key_of(secret));
    let value = |cookie: Cookie| cookie.value().to_owned();
    let handler = async move |cookies: Cookies| {
        let mut all: Vec<_> = cookies
            .list()
            .into_iter()
            .map(|cookie| (cookie.name().to_owned(), cookie.value().to_owned()))
            .collect();
        all.sort();
        Json(TowerReads {
            plain: cookies.get(&name).map(value),
            signed: cookies.signed(&key).get(&name).map(value),
            private: cookies.private(&key).get(&name).map(value),
            all,
        })
    };
    let app = Router::new()
        .route("/", get(handler))
        .layer(CookieManagerLayer::new());
    let mut request = Request::new(Body::empty());
    for line in lines {
        request.headers_mut().append(header::COOKIE, line.clone());
    }
    let Ok(response) = app.oneshot(request).await;
    let body = to_bytes(response.into_body(), usize::MAX).await;
    body.ok()
        .and_then(|body| serde_json::from_slice(&body).ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cookies::seal::{Seal, seal};

    async fn reads(lines: &[&str], name: &str) -> TowerReads {
        let lines: Vec<_> = lines
            .iter()
            .map(|line| HeaderValue::from_bytes(line.as_bytes()).unwrap())
            .collect();
        tower_reads(&lines, name, "nueva").await
    }

    #[tokio::test]
    async fn the_last_of_two_wins_over_all_lines() {
        let found = reads(&["a=1; b=x; a=2", "%61=3"], "a").await;
        assert_eq!(found.plain.as_deref(), Some("3"));
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(found.all, [pair("a", "3"), pair("b", "x")]);
    }

    #[tokio::test]
    async fn each_jar_opens_only_what_it_sealed() {
        let signed = seal(Seal::Signed, "a", "sí", "nueva").wire;
        let found = reads(&[&format!("a={signed}")], "a").await;
        assert_eq!(found.plain, Some(signed));
        assert_eq!(found.signed.as_deref(), Some("sí"));
        assert_eq!(found.private, None);

        let private = seal(Seal::Private, "a", "100%41; x", "nueva").wire;
        let found = reads(&[&format!("a={private}; b={private}")], "a").await;
        assert_eq!(found.signed, None);
        assert_eq!(found.private.as_deref(), Some("100%41; x"));
        assert_eq!(reads(&[&format!("b={private}")], "b").await.private, None);
    }

    #[tokio::test]
    async fn a_signed_value_with_a_percent_sequence_is_lost_on_its_way_back() {
        let wire = seal(Seal::Signed, "a", "100%41", "nueva").wire;
        let found = reads(&[&format!("a={wire}")], "a").await;
        assert!(found.plain.is_some_and(|value| value.ends_with("100A")));
        assert_eq!(found.signed, None);
    }

    #[tokio::test]
    async fn nothing_is_found_in_a_line_that_is_not_utf8() {
        let line = HeaderValue::from_bytes(b"a=1; b=\xff").unwrap();
        assert_eq!(tower_reads(&[line], "a", "").await, TowerReads::default());
    }
}
