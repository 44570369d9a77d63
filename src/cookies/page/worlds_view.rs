//! The same header in both worlds, side by side.

use leptos::prelude::*;
use serde_json::Value;

use super::verdict::short;
use crate::cookies::{readers::Worlds, seal::Seal, text::CookieText};

/// What was asked: a name in a header, with some keys.
pub struct Question<'a> {
    /// The cookie's name.
    pub name: &'a str,
    /// How it is sealed.
    pub seal: Seal,
    /// The `Cookie` header.
    pub header: &'a str,
    /// The keys; empty for a reader without any.
    pub keys: &'a [String],
}

/// What cookie-parser and tower-cookies find.
pub fn worlds_view(
    question: &Question<'_>,
    worlds: &Worlds,
    text: &'static CookieText,
) -> impl IntoView + use<> {
    let json = |value: &Option<Value>| {
        value
            .as_ref()
            .map_or_else(|| "undefined".to_owned(), |value| short(&value.to_string()))
    };
    let name = question.name;
    let call = match question.seal {
        Seal::Signed if !question.keys.is_empty() => format!("cookies.signed(&key).get({name:?})"),
        Seal::Private if !question.keys.is_empty() => {
            format!("cookies.private(&key).get({name:?})")
        }
        _ => format!("cookies.get({name:?})"),
    };
    let tower = worlds.tower.as_ref().map_or_else(
        || "None".to_owned(),
        |value| format!("Some({:?})", short(value)),
    );
    let keys = serde_json::to_string(question.keys).unwrap_or_default();
    view! {
        <div class="worlds" data-testid="worlds">
            // What was asked, for whoever wants to ask the real Express the same.
            <data hidden data-testid="asked-name" value=name.to_owned()></data>
            <data hidden data-testid="asked-header" value=question.header.to_owned()></data>
            <data hidden data-testid="asked-keys" value=keys></data>
            <div><b>"cookie-parser"</b>
                <code data-testid="express-signed">{format!("req.signedCookies[{name:?}] → {}", json(&worlds.signed_cookies))}</code>
                <code data-testid="express-plain">{format!("req.cookies[{name:?}] → {}", json(&worlds.cookies))}</code>
                <small class="soft">{text.computed}</small>
            </div>
            <div><b>"tower-cookies"</b>
                <code data-testid="tower">{format!("{call} → {tower}")}</code>
            </div>
        </div>
    }
}
