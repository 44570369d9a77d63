//! Which language a request is in: that of the page it comes from, else what the browser prefers.

use std::convert::Infallible;

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};

use super::Locale;

impl Locale {
    /// The language of the page that the request comes from (`Referer`), else the browser's first
    /// choice of ours (`Accept-Language`, RFC 9110 section 12.5.4), else Spanish.
    #[must_use]
    pub fn from_headers(headers: &HeaderMap) -> Self {
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
        text(header::REFERER)
            .and_then(Self::from_referer)
            .or_else(|| text(header::ACCEPT_LANGUAGE).and_then(Self::from_accept_language))
            .unwrap_or(Self::Es)
    }

    fn from_referer(url: &str) -> Option<Self> {
        let (_, rest) = url.split_once("://")?;
        Self::from_tag(rest.split('/').nth(1)?)
    }

    fn from_accept_language(ranges: &str) -> Option<Self> {
        let weighed = ranges.split(',').filter_map(|range| {
            let (tag, parameters) = range.split_once(';').unwrap_or((range, ""));
            let locale = Self::from_tag(&tag.trim().split('-').next()?.to_ascii_lowercase())?;
            let weight: f32 = parameters
                .trim()
                .strip_prefix("q=")
                .map_or(Ok(1.0), str::parse)
                .ok()?;
            (weight > 0.0).then_some((locale, weight))
        });
        // The first of those with the highest weight.
        weighed
            .reduce(|best, next| if next.1 > best.1 { next } else { best })
            .map(|(locale, _)| locale)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Locale {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::from_headers(&parts.headers))
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn locale(referer: &str, accept: &str) -> Locale {
        let mut headers = HeaderMap::new();
        headers.insert(header::REFERER, HeaderValue::from_str(referer).unwrap());
        headers.insert(
            header::ACCEPT_LANGUAGE,
            HeaderValue::from_str(accept).unwrap(),
        );
        Locale::from_headers(&headers)
    }

    #[test]
    fn the_page_decides_then_the_browser_then_spanish() {
        assert_eq!(locale("http://x:3000/en/sessions?a", "es"), Locale::En);
        assert_eq!(locale("", "en-GB,en;q=0.9,es;q=0.8"), Locale::En);
        assert_eq!(locale("", "fr, es-AR;q=0.5, en;q=0.4"), Locale::Es);
        assert_eq!(locale("", "en;q=0, de"), Locale::Es);
        assert_eq!(locale("http://x/other", ""), Locale::Es);
    }
}
