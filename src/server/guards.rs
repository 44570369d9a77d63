//! What every request passes on its way in: sizes, origin, and whose lab it is.

use std::{net::IpAddr, sync::Arc};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, Method, header},
    middleware::Next,
    response::Response,
};
use tower::ServiceExt;

use super::Playground;
use crate::{
    cookies::{
        request::Visit,
        routes::{CrowdsOut, PROBE},
    },
    error::LabError,
    i18n::Locale,
    sandbox::{
        identity::{Proof, SandboxId},
        limits::{MOST_BODY, MOST_COOKIE_FORM, MOST_HEADERS},
    },
};

mod rejection;

use rejection::{too_many_cookies, turned_away};

/// Reads the body whole, up to the limit, and refuses what is larger.
pub async fn bounded(
    State(playground): State<Arc<Playground>>,
    request: Request,
    next: Next,
) -> Response {
    let size: usize = request
        .headers()
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len())
        .sum();
    if size > MOST_HEADERS {
        return too_many_cookies(request.headers(), request.uri(), playground.trust_proxy);
    }
    let (head, body) = request.into_parts();
    // A cookie that is too long for a browser must get as far as the page that says so.
    let most = if head.uri.path().starts_with("/lab/cookies/") {
        MOST_COOKIE_FORM
    } else {
        MOST_BODY
    };
    match to_bytes(body, most).await {
        Ok(body) => next.run(Request::from_parts(head, Body::from(body))).await,
        Err(_) => turned_away(LabError::TooLarge, &head.headers, &head.uri),
    }
}

/// Refuses state changes that another site's page sends (OWASP ASVS 3.5.1). Without an `Origin`, as
/// curl sends it, there is no browser whose cookies somebody could abuse.
pub async fn same_origin_only(
    State(playground): State<Arc<Playground>>,
    request: Request,
    next: Next,
) -> Response {
    let headers = request.headers();
    let reads = matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    if !reads && !is_same_origin(headers, playground.trust_proxy) {
        return turned_away(LabError::ForeignOrigin, headers, request.uri());
    }
    next.run(request).await
}

/// Finds the lab of a request or opens a new one, and counts the request.
pub async fn enter_lab(
    State(playground): State<Arc<Playground>>,
    mut request: Request,
    next: Next,
) -> Response {
    let (id, proof) = match playground.identity.recognise(request.headers()) {
        Ok(Some((id, proof))) => (id, Some(proof)),
        Ok(None) => (SandboxId::new(), None),
        Err(error) => return turned_away(error, request.headers(), request.uri()),
    };
    let lab = playground.registry.enter(&id.tag());
    if !lab.admits_request() {
        return turned_away(LabError::TooFast, request.headers(), request.uri());
    }
    let https = is_https(request.headers(), playground.trust_proxy);
    request
        .extensions_mut()
        .insert(Arc::clone(&lab.bench.cookies));
    request
        .extensions_mut()
        .insert(Arc::clone(&lab.bench.sessions));
    request
        .extensions_mut()
        .insert(Arc::clone(&lab.bench.failures));
    request
        .extensions_mut()
        .insert(Arc::clone(&lab.bench.consoles));
    request.extensions_mut().insert(id.clone());
    let mut response = next.run(request).await;
    let crowded_out = response.extensions_mut().remove::<CrowdsOut>();
    // Only what the request itself brought is set again: a pass must not turn into a cookie.
    let set_again = crowded_out.filter(|_| proof == Some(Proof::Cookie));
    if let Some(CrowdsOut(headers)) = &set_again {
        // Last in the answer: whatever it pushes out of the browser comes back with these.
        for line in lab.bench.sessions.set_again(headers) {
            response.headers_mut().append(header::SET_COOKIE, line);
        }
    }
    if (proof.is_none() || set_again.is_some())
        && let Some(cookie) = playground.identity.set_cookie(&id, https)
    {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// Sends a request that asks what the browser sends to a path (`?probe=es`) to the cookie lab, whatever
/// the path is.
pub async fn probes(State(probe): State<Router>, request: Request, next: Next) -> Response {
    let query = request.uri().query().unwrap_or_default();
    if request.method() == Method::GET && query.starts_with(PROBE) {
        let Ok(response) = probe.oneshot(request).await;
        return response;
    }
    next.run(request).await
}

/// Notes how a request for the cookie lab came in.
pub async fn note_visit(
    State(playground): State<Arc<Playground>>,
    mut request: Request,
    next: Next,
) -> Response {
    let visit = visit(&request, playground.trust_proxy);
    request.extensions_mut().insert(visit);
    next.run(request).await
}

fn visit(request: &Request, trust_proxy: bool) -> Visit {
    let headers = request.headers();
    let locale = Locale::from_headers(headers);
    let host = host(headers, trust_proxy).unwrap_or("localhost");
    Visit {
        https: is_https(headers, trust_proxy),
        host: without_port(host).to_ascii_lowercase(),
        path: request.uri().path().to_owned(),
        locale: probed_locale(request).unwrap_or(locale),
        wants_page: text(headers, "accept").is_some_and(|accept| accept.contains("text/html")),
        from_another_site: text(headers, "sec-fetch-site") == Some("cross-site"),
        experiment: text(headers, "referer").and_then(Visit::experiment_of),
    }
}

fn without_port(host: &str) -> &str {
    // An IPv6 address has colons of its own, inside brackets.
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

/// Whether the browser runs on the computer that the program runs on, as far as the host says that it asked for.
pub fn is_near(headers: &HeaderMap, trust_proxy: bool) -> bool {
    let host = without_port(host(headers, trust_proxy).unwrap_or_default());
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || address.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
}

fn probed_locale(request: &Request) -> Option<Locale> {
    let tag = request.uri().query()?.strip_prefix(PROBE)?;
    Locale::from_tag(tag.split('&').next()?)
}

/// Whether the browser speaks https, as far as we can know.
pub fn is_https(headers: &HeaderMap, trust_proxy: bool) -> bool {
    trust_proxy
        && text(headers, "x-forwarded-proto")
            .is_some_and(|proto| proto.eq_ignore_ascii_case("https"))
}

/// The host that the browser asked for.
pub fn host(headers: &HeaderMap, trust_proxy: bool) -> Option<&str> {
    let forwarded = trust_proxy
        .then(|| text(headers, "x-forwarded-host"))
        .flatten();
    forwarded.or_else(|| text(headers, "host"))
}

/// Whether the request comes from a page of this site, or from no browser at all.
pub fn is_same_origin(headers: &HeaderMap, trust_proxy: bool) -> bool {
    match text(headers, "origin") {
        Some(origin) => {
            let origin_host = origin.split_once("://").map(|(_, host)| host);
            origin_host.is_some() && origin_host == host(headers, trust_proxy)
        }
        // A browser that leaves Origin out still says where it comes from (Fetch Metadata).
        None => !matches!(
            text(headers, "sec-fetch-site"),
            Some("cross-site" | "same-site")
        ),
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value)))
            .collect()
    }

    #[test]
    fn only_this_site_or_no_browser_at_all_may_change_state() {
        let same = |pairs: &[_]| is_same_origin(&headers(pairs), false);
        assert!(same(&[("host", "aula:3000")]));
        assert!(same(&[
            ("host", "aula:3000"),
            ("origin", "http://aula:3000")
        ]));
        assert!(!same(&[
            ("host", "aula:3000"),
            ("origin", "http://aula:3001")
        ]));
        assert!(!same(&[("host", "aula:3000"), ("origin", "null")]));
        assert!(!same(&[
            ("host", "aula:3000"),
            ("sec-fetch-site", "cross-site")
        ]));
    }

    #[test]
    fn only_a_loopback_host_is_near() {
        let near = |host| is_near(&headers(&[("host", host)]), false);
        assert!(near("localhost:3000") && near("127.0.0.1") && near("[::1]:3000"));
        assert!(!near("192.168.1.7:3000") && !near("localhost.example") && !near(""));
    }

    #[test]
    fn a_proxy_counts_only_if_it_is_trusted() {
        let forwarded = headers(&[
            ("host", "inner:1"),
            ("origin", "https://clase.example"),
            ("x-forwarded-host", "clase.example"),
            ("x-forwarded-proto", "https"),
        ]);
        assert!(is_same_origin(&forwarded, true) && is_https(&forwarded, true));
        assert!(!is_same_origin(&forwarded, false) && !is_https(&forwarded, false));
    }
}
