//! How a request is told that it got no further than the door.
//!
//! A person's browser gets a small page in the visitor's language, with a way back: no redirect, since
//! the next request might be turned away for the same reason. Everybody else gets data.

use std::net::IpAddr;

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::{Html, IntoResponse, Response},
};

use super::{host, text, without_port};
use crate::{
    cookies::user_agent::path_match,
    error::LabError,
    i18n::Locale,
    pages::Page,
    sandbox::identity::{LAB_COOKIE, raw_cookies},
    sessions::refusal::Refusal,
};

/// The most cookies that one answer deletes: more than browsers keep of one site.
const MOST_DELETED: usize = 200;
/// The most paths at which it deletes each of them.
const MOST_PATHS: usize = 8;

/// The answer to a request that was turned away.
pub fn turned_away(error: LabError, headers: &HeaderMap, uri: &Uri) -> Response {
    let path = uri.path();
    let of_page = path.split('/').nth(1).and_then(Locale::from_tag);
    let locale = of_page.unwrap_or_else(|| Locale::from_headers(headers));
    // The page's own code asks for `text/html` and nothing else, and shows the message by itself.
    let navigates = text(headers, "accept").is_some_and(|accept| accept.starts_with("text/html,"));
    if !navigates {
        return Refusal(error, locale).into_response();
    }
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::BAD_REQUEST);
    (status, Html(small_page(&error, locale, path))).into_response()
}

fn small_page(error: &LabError, locale: Locale, path: &str) -> String {
    let message = error
        .text(locale)
        .replace('&', "&amp;")
        .replace('<', "&lt;");
    let names = |page: &Page| {
        let url = page.url(locale);
        let name = url.rsplit('/').next().unwrap_or_default();
        path.split('/').any(|part| part == name)
    };
    let page = Page::ALL.into_iter().find(names).unwrap_or(Page::Sessions);
    let (tag, status, url) = (locale.tag(), error.status(), page.url(locale));
    let (name, back) = ((locale.frame().page)(page), locale.frame().back_to);
    format!(
        r#"<!DOCTYPE html>
<html lang="{tag}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{status} · Session Playground</title>
</head>
<body>
<p>{message}</p>
<p><a href="{url}">{back} {name}</a></p>
</body>
</html>
"#
    )
}

/// Headers above our own limit. Cookies that weigh this much would come back with every request, and
/// their owner could not reach the lab any more: so the answer deletes those that are not ours.
pub fn too_many_cookies(headers: &HeaderMap, uri: &Uri, trust_proxy: bool) -> Response {
    let mut names: Vec<&[u8]> = raw_cookies(headers)
        .map(|(name, _)| name)
        .filter(|name| !name.eq_ignore_ascii_case(LAB_COOKIE.as_bytes()))
        .collect();
    names.sort_unstable();
    names.dedup();
    names.truncate(MOST_DELETED);
    let host = without_port(host(headers, trust_proxy).unwrap_or_default());
    let mut response = turned_away(LabError::HeadersTooLarge, headers, uri);
    for name in names {
        for place in places(name, uri.path(), host) {
            let line = [name, b"=; Max-Age=0", place.as_bytes()].concat();
            if let Ok(line) = HeaderValue::from_bytes(&line) {
                response.headers_mut().append(header::SET_COOKIE, line);
            }
        }
    }
    response
}

/// The attributes of every cookie of this name that a request to this path can carry.
fn places(name: &[u8], path: &str, host: &str) -> Vec<String> {
    // A name with a prefix can only be written, also with an end in the past, as its prefix says.
    let prefix = if name.starts_with(b"__") {
        "; Secure; HttpOnly"
    } else {
        ""
    };
    let is_name = !host.is_empty() && host.trim_matches(['[', ']']).parse::<IpAddr>().is_err();
    let starts = (1..=path.len()).filter_map(|end| path.get(..end));
    let paths = starts.filter(|start| path_match(path, start));
    let mut places = Vec::new();
    for path in paths.take(MOST_PATHS) {
        places.push(format!("; Path={path}{prefix}"));
        if is_name {
            places.push(format!("; Path={path}; Domain={host}{prefix}"));
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_named_that_a_cookie_can_have_come_from() {
        assert_eq!(
            places(b"a", "/en/cookies", "127.0.0.1"),
            [
                "; Path=/",
                "; Path=/en",
                "; Path=/en/",
                "; Path=/en/cookies"
            ]
        );
        assert_eq!(
            places(b"__Host-a", "/", "aula.test"),
            [
                "; Path=/; Secure; HttpOnly",
                "; Path=/; Domain=aula.test; Secure; HttpOnly"
            ]
        );
    }
}
