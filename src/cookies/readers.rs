//! The same request in both worlds: what a program with cookie-parser finds, and what one with
//! tower-cookies finds.
//!
//! tower-cookies answers itself. cookie-parser is JavaScript: [`super::cookie_parser`] stands for it,
//! and a test holds it to the real one.

use axum::http::HeaderValue;
use serde_json::Value;

use super::{cookie_parser::cookie_parser, seal::Seal, tower_reader::tower_reads};

/// What both programs find under one name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Worlds {
    /// `req.cookies[name]`.
    pub cookies: Option<Value>,
    /// `req.signedCookies[name]`; `false` if the signature does not fit.
    pub signed_cookies: Option<Value>,
    /// `cookies.get(name)`, `.signed(&key).get(name)` or `.private(&key).get(name)`, by the seal; without
    /// any key the first of them.
    pub tower: Option<String>,
}

/// Shows these `Cookie` lines to both programs.
pub async fn ask(lines: &[HeaderValue], name: &str, seal: Seal, keys: &[String]) -> Worlds {
    let header = lines
        .iter()
        .map(HeaderValue::as_bytes)
        .collect::<Vec<_>>()
        .join(&b"; "[..]);
    let parsed = cookie_parser(&header, keys);
    let find = |list: &[(String, Value)]| {
        let found = list.iter().find(|(found, _)| found == name);
        found.map(|(_, value)| value.clone())
    };
    Worlds {
        cookies: find(&parsed.cookies),
        signed_cookies: find(&parsed.signed_cookies),
        tower: tower(lines, name, seal, keys).await,
    }
}

/// tower-cookies knows one key at a time: rotation is this loop. Without any key only the plain jar is left.
async fn tower(lines: &[HeaderValue], name: &str, seal: Seal, keys: &[String]) -> Option<String> {
    if keys.is_empty() {
        return tower_reads(lines, name, "").await.plain;
    }
    for key in keys {
        let reads = tower_reads(lines, name, key).await;
        let found = match seal {
            Seal::Plain | Seal::Express => reads.plain,
            Seal::Signed => reads.signed,
            Seal::Private => reads.private,
        };
        if found.is_some() {
            return found;
        }
    }
    None
}
