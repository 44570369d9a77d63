//! The HTML around the application: made on the server only, so none of it weighs on the wasm.

use axum::http::{HeaderValue, header};
use leptos::{
    config::LeptosOptions,
    hydration::{AutoReload, HydrationScripts},
    nonce::use_nonce,
    prelude::*,
};
use leptos_axum::ResponseOptions;

use crate::{
    app::App,
    handover::{Handover, PageData},
    sessions::page::site_section::SiteSection,
};

/// A whole page.
pub fn shell(
    site: &LeptosOptions,
    stylesheet: String,
    watched: bool,
    data: &PageData,
) -> impl IntoView + use<> {
    let locale = data.locale;
    let text = locale.text();
    set_content_security_policy(watched);
    view! {
        <!DOCTYPE html>
        <html lang=locale.tag()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="description" content=text.description/>
                <title>{text.title} " · Session Playground"</title>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="stylesheet" href=stylesheet/>
                <AutoReload options=site.clone() disable_watch=!watched/>
                <HydrationScripts options=site.clone()/>
            </head>
            <body>
                <a class="skip" href="#lab">{text.skip}</a>
                <div id="app"><App data=data.clone()/></div>
                <Handover data=data/>
                <SiteSection locale/>
            </body>
        </html>
    }
}

/// Scripts only with this response's nonce; nothing from anywhere else (CSP Level 3).
fn set_content_security_policy(watched: bool) {
    let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>()) else {
        return;
    };
    // While somebody develops, the page listens to the builder on another port.
    let reload = if watched { " ws:" } else { "" };
    let policy = format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; \
         connect-src 'self'{reload}; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
}
