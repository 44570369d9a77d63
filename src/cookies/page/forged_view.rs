//! What came of tampering, in both worlds.

use leptos::prelude::*;
use serde_json::Value;

use super::{
    CookieView,
    verdict::{short, verdict},
};
use crate::cookies::{
    forge::Forged,
    seal::{Seal, check},
    worlds::Worlds,
};

/// The card; empty until something was tampered with.
pub fn forged_view(view: &CookieView) -> impl IntoView + use<> {
    let inside = view.notes.forged.as_ref().zip(view.worlds.as_ref());
    let inside = inside.map(|(forged, worlds)| card(view, forged, worlds));
    view! { <div id="forged" data-part="">{inside}</div> }
}

fn card(view: &CookieView, forged: &Forged, worlds: &Worlds) -> impl IntoView + use<> {
    let text = view.text();
    let keys = (&view.notes.keys, &view.notes.retired);
    let checked = check(forged.seal, &forged.target, &forged.after, keys.0, keys.1);
    let how = match &forged.edited {
        Some(header) => view! {
            <p>{text.edited_header}</p>
            <p class="line"><span class="key">"Cookie: "</span>{short(header)}</p>
        }
        .into_any(),
        None => view! { <p>{text.jar_changed}</p> }.into_any(),
    };
    let readable = match (&checked.readable, forged.seal) {
        (_, Seal::Plain) => None,
        (Some(value), _) => Some((text.no_key_needed)(&short(value))),
        (None, _) => Some(text.nothing_readable.to_owned()),
    };
    let json = |value: &Option<Value>| {
        value
            .as_ref()
            .map_or_else(|| "undefined".to_owned(), |value| short(&value.to_string()))
    };
    let name = &forged.target;
    let tower = worlds.tower.as_ref().map_or_else(
        || "None".to_owned(),
        |value| format!("Some({:?})", short(value)),
    );
    let call = match forged.seal {
        Seal::Plain | Seal::Express => format!("cookies.get({name:?})"),
        Seal::Signed => format!("cookies.signed(&key).get({name:?})"),
        Seal::Private => format!("cookies.private(&key).get({name:?})"),
    };
    view! {
        <section class="card forged" aria-labelledby="forged-title" data-testid="forged" data-act=forged.act.name()>
            <h2 id="forged-title">{text.forged_title}</h2>
            <p><b>{(text.act)(forged.act)}</b> " · " <code>{forged.name.clone()}</code></p>
            <dl class="change">
                <div><dt>{text.before}</dt><dd><code>{forged.name.clone()}"="{short(&forged.before)}</code></dd></div>
                <div><dt>{text.after}</dt><dd><code>{forged.target.clone()}"="{short(&forged.after)}</code></dd></div>
            </dl>
            {how}
            <p>{verdict(&checked, text)}</p>
            {readable.map(|line| view! { <p class="soft">{line}</p> })}
            <div class="worlds">
                <div><b>"cookie-parser"</b>
                    <code data-testid="express-signed">{format!("req.signedCookies[{name:?}] → {}", json(&worlds.signed_cookies))}</code>
                    <code data-testid="express-plain">{format!("req.cookies[{name:?}] → {}", json(&worlds.cookies))}</code>
                </div>
                <div><b>"tower-cookies"</b>
                    <code data-testid="tower">{format!("{call} → {tower}")}</code>
                </div>
            </div>
            <p class="soft">{text.nobody_tells}</p>
        </section>
    }
}
